"""What a landscape as a whole has wrong, as findings at the cells that say so."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

import polars as pl

from kg.findings import Finding, Level
from kg.load.rdf import FILE
from kg.network.tables import key
from kg.quality import identifiers, likeness, shapes
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import ID, KG, MILESTONES_GRAPH, SHAPE, Language, shorten

_ADVICE: dict[str, dict[Language, str]] = {
    "minCount": {
        "en": "State it: in a row with the same id, or in RDF.", "zh": "补上：写在相同 id 的一行里，或写在 RDF 里。"
    },
    "maxCount": {"en": "Keep one, or take the others out.", "zh": "只留一个，删去其余。"},
    "uniqueLang": {"en": "Keep one as label, and make the others alias.", "zh": "留一个作 label，其余改作 alias。"},
    "class": {"en": "Name a thing of that sort.", "zh": "改写为该类事物的名称。"},
}  # fmt: skip
"""What to do where a component is broken; the others say it themselves."""
_MEND: dict[Language, str] = {"en": "Mend it.", "zh": "更正。"}

_HEADER = re.compile(r"^# (en|zh|level|advice(?:@zh)?): (.*)$", re.MULTILINE)
_DERIVED = f"SELECT ?focus ?of {{ GRAPH <{MILESTONES_GRAPH}> {{ ?focus kg:of ?of }} }}"


def examine(
    store: Engine, quads: pl.DataFrame, headers: pl.DataFrame, ontology: Path, language: Language = "en"
) -> list[Finding]:
    """The shapes that a landscape breaks and the checks that it fails, each at the cell of the statement at fault.

    What lacks or stands twice is a warning, what is wrong an error; a check states its own level. What stands twice is
    told at the second. Where a statement stands in no cell, because it lacks, was derived or comes from RDF, the
    finding stands at the cell that it follows from, else at the first cell or file about its subject. Sources that the
    loader itself made of files are passed by.

    Parameters
    ----------
    store
        What was claimed and what follows from it.
    quads
        The claims with their cells and files (:data:`kg.load.quads.QUADS`).
    headers
        What each column of a file is called: file, column, header.
    language
        That of messages and advice.
    """
    doubts = pl.concat(
        [
            _broken(store, ontology, language), _failed(store, ontology, language),
            identifiers.broken(store, language), likeness.alike(store, language),
        ],
        how="diagonal",
    )  # fmt: skip
    files = doubts.filter(pl.col("focus").str.starts_with(ID + FILE))["focus"].unique()
    made = [file for file in files if not (quads["subject"] == f"<{file}>").any()]
    doubts = doubts.filter(~pl.col("focus").is_in(made))
    placed = _placed(doubts, select(store, _DERIVED), quads)
    colon = "：" if language == "zh" else ": "
    return [
        Finding(
            row["code"], _message(row, colon), row["advice"], row["file"] or "", row["row"] or 0,
            row["column"] or 0, row["header"] or "", row["value"] or "", cast("Level", row["level"]),
        )
        for row in placed.join(headers, on=["file", "column"], how="left", maintain_order="left").iter_rows(named=True)
    ]  # fmt: skip


def _message(row: dict[str, str], colon: str) -> str:
    """What is said of a thing, with the value at fault where it is no thing's name."""
    value = f"«{row['value']}»{colon}" if row["value"] else ""
    return f"{row['key']}{colon}{value}{row['message']}"


@cache
def _constraints(ontology: Path) -> list[shapes.Constraint]:
    return shapes.read(ontology / "shapes.ttl")


_DOUBT = {
    **dict.fromkeys(("focus", "path", "value", "code", "message", "advice", "level"), pl.String), "spare": pl.Boolean
}  # fmt: skip
"""What is doubted; ``spare`` where there is more than one of what should be one."""


def _broken(store: Engine, ontology: Path, language: Language) -> pl.DataFrame:
    """The shapes that are broken, as :data:`_DOUBT`."""
    constraints = _constraints(ontology)
    found = shapes.violations(store, constraints)
    told = []
    for c in constraints:
        name = c.component.rpartition("#")[2]
        level = "warning" if name in ("minCount", "maxCount", "uniqueLang") else "error"
        advice = _ADVICE.get(name, _MEND)[language]
        spare = name in ("maxCount", "uniqueLang")
        told.append((c.shape, c.component, c.shape.removeprefix(SHAPE), c.messages[language], advice, level, spare))
    columns = ["shape", "component", "code", "message", "advice", "level"]
    words = pl.DataFrame(told, schema={**dict.fromkeys(columns, pl.String), "spare": pl.Boolean}, orient="row")
    return found.join(words, on=["shape", "component"]).select(list(_DOUBT))


def _failed(store: Engine, ontology: Path, language: Language) -> pl.DataFrame:
    """The checks whose queries have rows, as :data:`_DOUBT`."""
    found = [pl.DataFrame(schema=_DOUBT)]
    for path in sorted((ontology / "checks").glob("*.rq")):
        sparql = path.read_text(encoding="utf-8")
        told = dict(_HEADER.findall(sparql))
        rows = select(store, sparql)
        advice = told["advice@zh" if language == "zh" else "advice"]
        words = {"code": path.stem, "message": told[language], "advice": advice, "level": told["level"]}
        found.append(rows.select(pl.all().cast(pl.String), **{name: pl.lit(text) for name, text in words.items()}))
    return pl.concat(found, how="diagonal")  # a check need not tell of a path or value


def _placed(doubts: pl.DataFrame, derived: pl.DataFrame, quads: pl.DataFrame) -> pl.DataFrame:
    """With file, row and column of the cell or file that states it, else of the first about its subject.

    ``derived`` has the milestones that date columns stand for, and what they are of: what is said of one stands in
    the cells of the other, in the column with its name.
    """
    asked = doubts.with_row_index("doubt").join(derived, on="focus", how="left").with_columns(
        about=pl.coalesce("of", "focus"),
        at=pl.when(pl.col("of").is_null()).then("path").otherwise(
            pl.concat_str(
                pl.lit(KG.base), pl.col("focus").str.extract("([^/]*)$"), pl.col("path").str.extract(f"^{KG.on}(.*)$")
            )
        ),
    )  # fmt: skip
    cells = quads.select(
        "file", "row", "column",
        about=pl.col("subject").str.strip_chars("<>"), at=pl.col("predicate").str.strip_chars("<>"),
        value=pl.coalesce(pl.col("object").str.extract("^<(.*)>$"), pl.col("object").str.extract(r'(?s)^"(.*)"')),
        language=pl.col("object").str.extract('"@([^"]*)$'),
    ).join(asked, on="about", how="semi").sort("file", "row", "column")  # fmt: skip
    first = pl.col("value").first().over("about", "at", "language")
    second = cells.filter(pl.col("value") != first).unique(["about", "at"], keep="first", maintain_order=True)
    by_date = asked.with_columns(pl.col("at").str.replace("(Earliest|Latest)$", ""))
    bounds = [asked.with_columns(pl.col("at") + bound) for bound in ("Latest", "Earliest")]
    exact, column, subject = ["about", "at", "value"], ["about", "at"], ["about"]
    found = pl.concat(
        [
            asked.filter(pl.col("spare").fill_null(value=False))
            .join(second, on=column, suffix="_cell")
            .select("doubt", "file", "row", "column")
        ]
        + [
            wanted.join(cells.unique(on, keep="first", maintain_order=True), on=on, suffix="_cell").select(
                "doubt", "file", "row", column=pl.lit(0, pl.Int64) if on == subject else pl.col("column")
            )
            for wanted, on in (
                (asked, exact),
                (asked, column),
                (by_date, column),
                *((bound, column) for bound in bounds),
                (asked, subject),
            )
        ]
    ).unique("doubt", keep="first", maintain_order=True)
    return asked.join(found, on="doubt", how="left").select(
        "code", "message", "advice", "level",
        key=pl.col("about").map_elements(shorten, return_dtype=pl.String), value=key("value"),
        file="file", row="row", column="column",
    )  # fmt: skip
