"""What a landscape as a whole has wrong, as findings at the cells that say so."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

import polars as pl

from kg.findings import Finding, Level
from kg.network.tables import key
from kg.quality import shapes
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import SHAPE, shorten

_ADVICE = {
    "minCount": "Add it in a row with the same id.",
    "maxCount": "Keep one, or take the others out.",
    "uniqueLang": "Keep one as label, and make the others alias.",
    "class": "Name a thing of that sort.",
}
"""What to do where a component is broken; the others say it themselves."""

_HEADER = re.compile(r"^# (en|zh|level|advice): (.*)$", re.MULTILINE)


def examine(store: Engine, quads: pl.DataFrame, ontology: Path) -> list[Finding]:
    """The shapes that a landscape breaks and the checks that it fails, each at the cell of the statement at fault.

    What lacks or stands twice is a warning, what is wrong an error; a check states its own level. Where a statement
    stands in no cell, because it lacks, was derived or comes from RDF, the finding stands at the first cell about its
    subject.

    Parameters
    ----------
    store
        What was claimed and what follows from it.
    quads
        The claims with their cells (:data:`kg.load.quads.QUADS`).
    """
    doubts = pl.concat([_broken(store, ontology), _failed(store, ontology)])
    return [
        Finding(
            row["code"], f"{row['key']}: {row['message']}", row["advice"], row["file"] or row["key"], row["row"] or 0,
            row["column"] or 0, value=row["value"] or "", level=cast("Level", row["level"]),
        )
        for row in _placed(doubts, quads).iter_rows(named=True)
    ]  # fmt: skip


@cache
def _constraints(ontology: Path) -> list[shapes.Constraint]:
    return shapes.read(ontology / "shapes.ttl")


_DOUBT = dict.fromkeys(("focus", "path", "value", "code", "message", "advice", "level"), pl.String)


def _broken(store: Engine, ontology: Path) -> pl.DataFrame:
    """The shapes that are broken, as :data:`_DOUBT`."""
    constraints = _constraints(ontology)
    found = shapes.violations(store, constraints)
    told = [
        (c.shape, c.component, c.shape.removeprefix(SHAPE), c.messages["en"], _ADVICE.get(name, "Mend it."), level)
        for c in constraints
        for name in [c.component.rpartition("#")[2]]
        for level in ["warning" if name in ("minCount", "maxCount", "uniqueLang") else "error"]
    ]
    columns = ["shape", "component", "code", "message", "advice", "level"]
    words = pl.DataFrame(told, schema=dict.fromkeys(columns, pl.String), orient="row")
    return found.join(words, on=["shape", "component"]).select(list(_DOUBT))


def _failed(store: Engine, ontology: Path) -> pl.DataFrame:
    """The checks whose queries have rows, as :data:`_DOUBT`."""
    found = [pl.DataFrame(schema=_DOUBT)]
    for path in sorted((ontology / "checks").glob("*.rq")):
        sparql = path.read_text(encoding="utf-8")
        told = dict(_HEADER.findall(sparql))
        rows = select(store, sparql)
        words = {"code": path.stem, "message": told["en"], "advice": told["advice"], "level": told["level"]}
        found.append(rows.select(pl.all().cast(pl.String), **{name: pl.lit(text) for name, text in words.items()}))
    return pl.concat(found, how="diagonal")  # a check need not tell of a path or value


def _placed(doubts: pl.DataFrame, quads: pl.DataFrame) -> pl.DataFrame:
    """With file, row and column of the cell that states it, else of the first cell about its subject."""
    cells = quads.filter(pl.col("row") > 0).select(
        "file", "row", "column",
        focus=pl.col("subject").str.strip_chars("<>"), path=pl.col("predicate").str.strip_chars("<>"),
        value=pl.coalesce(pl.col("object").str.extract("^<(.*)>$"), pl.col("object").str.extract(r'(?s)^"(.*)"')),
    ).sort("file", "row", "column")  # fmt: skip
    exact = cells.unique(["focus", "path", "value"], keep="first", maintain_order=True)
    about = cells.unique(["focus", "path"], keep="first", maintain_order=True).drop("value")
    any_ = cells.unique("focus", keep="first", maintain_order=True).select("focus", "file", "row")
    joined = (
        doubts.join(exact, on=["focus", "path", "value"], how="left")
        .join(about, on=["focus", "path"], how="left", suffix="_about")
        .join(any_, on="focus", how="left", suffix="_any")
    )
    return joined.select(
        "code", "message", "advice", "level",
        key=pl.col("focus").map_elements(shorten, return_dtype=pl.String), value=key("value"),
        file=pl.coalesce("file", "file_about", "file_any"), row=pl.coalesce("row", "row_about", "row_any"),
        column=pl.coalesce("column", "column_about"),
    )  # fmt: skip
