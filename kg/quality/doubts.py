"""What a landscape as a whole has wrong, as findings at the cells that say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias, cast

import polars as pl

from kg.dataset import Dataset
from kg.findings import Doubt, Finding, Level, Sentence
from kg.load.gathering import Gathered
from kg.load.quads import text
from kg.load.rdf import FILE
from kg.network.labels import key
from kg.quality import collisions, contradictions, identifiers, likeness, shapes, suspects
from kg.quality.knowledge import Need
from kg.quality.suspects import Suspects
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import ID, KG, MILESTONES_GRAPH, SHAPE, shorten

_ADVICE = {
    "minCount": ("State it: in a row with the same id, or in RDF.", "补上：写在相同 id 的一行里，或写在 RDF 里。"),
    "maxCount": ("Keep one, or take the others out.", "只留一个，删去其余。"),
    "uniqueLang": ("Keep one as label, and make the others alias.", "留一个作 label，其余改作 alias。"),
    "class": ("Name a thing of that sort.", "改写为该类事物的名称。"),
}
"""What to do where a component is broken, in English and Chinese; the others say it themselves."""
_MEND = ("Mend it.", "更正。")
_SPARE = ("maxCount", "uniqueLang")
"""The components that are broken by more than one of what should be one."""

_NEEDS: dict[str, Need] = {
    "class": "everything", "hasValue": "everything", "lessThan": "dates", "lessThanOrEquals": "dates",
    "maxCount": "judgements", "minCount": "everything",
}  # fmt: skip
"""What must be known in full before a component is broken for sure; the others ask of what is there."""
_HEADER = re.compile(r"^# (en|zh|level|needs|advice(?:@zh)?): (.*)$", re.MULTILINE)
_Check: TypeAlias = "tuple[Need, Callable[[], list[Doubt]]]"
"""What must be known in full for it to tell nothing false, and what asks it."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, and how many checks were not made, since what could not be read may refute what they find."""

    findings: list[Finding]
    left_out: int = 0


def examine(
    store: Engine,
    dataset: Dataset,
    said: Gathered,
    headers: pl.DataFrame,
    ontology: Path,
    lacking: AbstractSet[Need] = frozenset(),
) -> Examined:
    """The shapes that a landscape breaks and the checks that it fails, each at the cell of the statement at fault.

    What lacks or stands twice is a warning, what is wrong an error; a check states its own level. What stands twice is
    told at the second, what contradicts something else at each (:mod:`kg.quality.contradictions`). Where a statement
    stands in no cell, because it lacks, was derived or comes from RDF, the finding stands at the cell that it follows
    from, else at the first cell or file about its subject. Sources that the loader itself made of files are passed by.

    Parameters
    ----------
    store, dataset
        What was claimed and what follows from it.
    said
        The claims with their cells and files.
    headers
        What each column of a file is called: file, column, header.
    lacking
        What is not known in full (:func:`kg.quality.knowledge.lacking`).
    """
    checks = [*_shapes(store, dataset, ontology), *_queries(store, dataset, ontology), *_others(dataset, said)]
    sure = [ask for need, ask in checks if need not in lacking]
    doubts = [doubt for ask in sure for doubt in ask()]
    files = {doubt.focus for doubt in doubts if doubt.focus.startswith(ID + FILE)}
    made = files - set(said.about(files)["subject"].str.strip_chars("<>"))
    doubts = [doubt for doubt in doubts if doubt.focus not in made]
    denied = [doubt for doubt in doubts if doubt.other_value is not None]
    doubts = [doubt for doubt in doubts if doubt.other_value is None]
    placed = _placed(doubts, _milestones(dataset), said)
    findings = contradictions.told(denied, said, headers) + [
        Finding(
            doubts[row["doubt"]].sentence.about(row["key"], row["value"]), row["file"] or "", row["row"] or 0,
            row["column"] or 0, row["header"] or "", row["value"] or row["said"] or "",
        )
        for row in placed.join(headers, on=["file", "column"], how="left", maintain_order="left").iter_rows(named=True)
    ]  # fmt: skip
    return Examined(findings, len(checks) - len(sure))


@cache
def _constraints(ontology: Path) -> list[shapes.Constraint]:
    return shapes.read(ontology / "shapes.ttl")


def _shapes(store: Engine, dataset: Dataset, ontology: Path) -> list[_Check]:
    """The shapes: a check for each constraint."""
    return [
        (_NEEDS.get(_name(each.component), "nothing"), partial(_broken, store, each, suspects.of_shape(dataset, each)))
        for each in _constraints(ontology)
    ]


def _broken(store: Engine, constraint: shapes.Constraint, among: Suspects) -> list[Doubt]:
    """Where a constraint is broken, among the suspects or anywhere."""
    sentence, spare = _sentence(constraint), _name(constraint.component) in _SPARE
    if among.sure or among.terms == []:  # of nobody nothing is asked
        return [Doubt(sentence, term.strip("<>"), constraint.path) for term in among.terms or ()]
    found = shapes.violations(store, [constraint], among.terms).select("focus", "path", "value")
    return [Doubt(sentence, focus, path, value, spare) for focus, path, value in found.iter_rows()]


def _sentence(constraint: shapes.Constraint) -> Sentence:
    """What is said where a component of a shape is broken."""
    name = _name(constraint.component)
    advice, advice_zh = _ADVICE.get(name, _MEND)
    en, zh = (constraint.messages["en"], advice), (constraint.messages["zh"], advice_zh)
    level: Level = "warning" if name == "minCount" or name in _SPARE else "error"
    return Sentence(constraint.shape.removeprefix(SHAPE), en, zh, level)


def _name(component: str) -> str:
    """What a component is called in SHACL."""
    return component.rpartition("#")[2]


def _queries(store: Engine, dataset: Dataset, ontology: Path) -> list[_Check]:
    """The checks that are queries: what each needs, and how it is asked."""
    checks: list[_Check] = []
    for path in sorted((ontology / "checks").glob("*.rq")):
        sparql = path.read_text(encoding="utf-8")
        told = dict(_HEADER.findall(sparql))
        en, zh = (told["en"], told["advice"]), (told["zh"], told["advice@zh"])
        sentence = Sentence(path.stem, en, zh, cast("Level", told["level"]))
        checks.append(
            (
                cast("Need", told["needs"]),
                partial(_failed, store, sentence, sparql, suspects.of_check(dataset, path.stem)),
            )
        )
    return checks


def _failed(store: Engine, sentence: Sentence, sparql: str, among: Suspects) -> list[Doubt]:
    """The rows of a check, asked of the suspects or of all; they need not tell of path or value."""
    if among.sure:
        return [Doubt(sentence, term.strip("<>")) for term in among.terms or ()]
    if among.terms is not None:
        if not among.terms:
            return []
        sparql = sparql.replace("WHERE {", f"WHERE {{ VALUES ?focus {{ {' '.join(among.terms)} }}", 1)
    rows = select(store, sparql).select(pl.all().cast(pl.String))
    return [Doubt(sentence, **row) for row in rows.iter_rows(named=True)]


def _others(dataset: Dataset, said: Gathered) -> list[_Check]:
    """The checks that SPARQL can't make."""
    return [
        ("nothing", partial(identifiers.broken, dataset)),
        ("everything", partial(likeness.alike, dataset)),
        ("judgements", partial(collisions.told, dataset, said)),
    ]


def _milestones(dataset: Dataset) -> pl.DataFrame:
    """The steps that date columns stand for: columns focus, of (IRIs)."""
    rows = dataset.plain(dataset.told_by(MILESTONES_GRAPH, KG.of))
    return rows.rename({"subject": "focus", "object": "of"})


def _placed(doubts: list[Doubt], derived: pl.DataFrame, said: Gathered) -> pl.DataFrame:
    """The numbers of doubts, with file, row and column of the cell or file that states each, else the first about it.

    ``derived`` has the milestones that date columns stand for, and what they are of: what is said of one stands in
    the cells of the other, in the column with its name.
    """
    columns = {"focus": pl.String, "path": pl.String, "value": pl.String, "spare": pl.Boolean}
    about = pl.DataFrame([[getattr(doubt, name) for name in columns] for doubt in doubts], columns, orient="row")
    asked = about.with_row_index("doubt").join(derived, on="focus", how="left").with_columns(
        about=pl.coalesce("of", "focus"),
        at=pl.when(pl.col("of").is_null()).then("path").otherwise(
            pl.concat_str(
                pl.lit(KG.base), pl.col("focus").str.extract("([^/]*)$"), pl.col("path").str.extract(f"^{KG.on}(.*)$")
            )
        ),
    )  # fmt: skip
    cells = said.about(asked["about"].unique()).select(
        "file", "row", "column",
        about=pl.col("subject").str.strip_chars("<>"), at=pl.col("predicate").str.strip_chars("<>"),
        value=pl.coalesce(pl.col("object").str.extract("^<(.*)>$"), text(pl.col("object"))),
        language=pl.col("object").str.extract('"@([^"]*)$'),
    ).join(asked, on="about", how="semi").sort("file", "row", "column")  # fmt: skip
    first = pl.col("value").first().over("about", "at", "language")
    second = cells.filter(pl.col("value") != first).unique(["about", "at"], keep="first", maintain_order=True)
    by_date = asked.with_columns(pl.col("at").str.replace("(Earliest|Latest)$", ""))
    bounds = [asked.with_columns(pl.col("at") + bound) for bound in ("Latest", "Earliest")]
    exact, column, subject = ["about", "at", "value"], ["about", "at"], ["about"]
    found = pl.concat(
        [
            asked.filter("spare")
            .join(second, on=column, suffix="_cell")
            .select("doubt", "file", "row", "column", "value_cell")
        ]
        + [
            wanted.join(cells.unique(on, keep="first", maintain_order=True), on=on, suffix="_cell").select(
                "doubt",
                "file",
                "row",
                column=pl.lit(0, pl.Int64) if on == subject else pl.col("column"),
                value_cell=pl.lit(None, pl.String) if on in (subject, exact) else pl.col("value_cell"),
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
        "doubt",
        key=pl.col("about").map_elements(shorten, return_dtype=pl.String), value=key("value"),
        said=key("value_cell"), file="file", row="row", column="column",
    )  # fmt: skip
