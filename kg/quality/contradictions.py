"""What contradicts what: each cell of a contradiction is told, with the cells and passages that deny it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import polars as pl

from kg.findings import Doubt, Finding
from kg.load.gathering import Gathered
from kg.load.rdf import FILE
from kg.terms import SOURCE_GRAPHS, Language, shorten

_MOST = 5
"""How many of those that deny a cell are named."""
_CELL = ["file", "row", "column"]


def told(doubts: Iterable[Doubt], said: Gathered, headers: pl.DataFrame) -> list[Finding]:
    """A finding for each cell of the doubts that have another value against them, whose sentence has ``{others}``.

    Both sides of a doubt are told, each with all that is against it: the value, its file and row, and its passages.
    ``said`` and ``headers`` are as :func:`kg.quality.doubts.examine` takes them. What comes from RDF has no row.
    """
    doubts = list(doubts)
    if not doubts:
        return []
    sides = [(doubt.sentence, doubt.focus, *one, *other) for doubt in doubts for one, other in _both(doubt)]
    sentences = list(dict.fromkeys(side[0] for side in sides))
    columns = ["focus", "path", "value", "other_path", "other_value"]
    asked = pl.DataFrame(
        [(sentences.index(sentence), *rest) for sentence, *rest in sides],
        schema={"sentence": pl.Int64, **dict.fromkeys(columns, pl.String)},
        orient="row",
    ).unique(maintain_order=True)
    cells = _cells(said, asked)
    against = cells.rename({name: f"other_{name}" for name in cells.columns if name != "focus"})
    found = (
        asked.join(cells, on=["focus", "path", "value"], how="left")
        .join(against, on=["focus", "other_path", "other_value"], how="left")
        .join(headers, on=["file", "column"], how="left")
        .sort(*_CELL, "focus", "value", *(f"other_{name}" for name in _CELL), "other_value")
        .group_by("sentence", "focus", "value", *_CELL, "header", maintain_order=True)
        .agg(*(f"other_{name}" for name in ("value", "file", "row", "passages")))
    )
    findings = []
    for row in found.iter_rows(named=True):
        others = list(zip(*(row[f"other_{name}"] for name in ("value", "file", "row", "passages")), strict=True))
        listed: dict[Language, str] = {
            "en": ", ".join(_english(row["file"], *other) for other in others[:_MOST])
            + (f", and {more} more" if (more := len(others) - _MOST) > 0 else ""),
            "zh": "、".join(_chinese(row["file"], *other) for other in others[:_MOST])
            + (f"，另有 {more} 处" if more > 0 else ""),
        }
        sentence = sentences[row["sentence"]].of(others=listed).about(shorten(row["focus"]), row["value"])
        place = (row["file"] or "", row["row"] or 0, row["column"] or 0, row["header"] or "")
        findings.append(Finding(sentence, *place, row["value"]))
    return findings


def _both(doubt: Doubt) -> tuple[tuple[tuple[str | None, str | None], tuple[str | None, str | None]], ...]:
    """A doubt from either side: what is said, and what is against it."""
    one, other = (doubt.path, doubt.value), (doubt.other_path, doubt.other_value)
    return (one, other), (other, one)


def _cells(said: Gathered, asked: pl.DataFrame) -> pl.DataFrame:
    """The cells that state something of what is asked about: focus, path, value, file, row, column, passages."""
    return (
        said.about(asked["focus"].unique())
        .select(
            *_CELL,
            focus=pl.col("subject").str.strip_chars("<>"),
            path=pl.col("predicate").str.strip_chars("<>"),
            value=pl.col("object").str.extract(r'^"([^"]*)"'),
            passage=pl.col("passage").str.strip_chars("<>"),
        )
        .join(asked, on=["focus", "path", "value"], how="semi")
        .group_by("focus", "path", "value", *_CELL)
        .agg(passages=pl.col("passage").unique().sort())
    )


def _english(here: str, value: str, file: str | None, row: int | None, passages: list[str] | None) -> str:
    place = ", ".join(_named(here, file) + ([f"row {row}"] if row else []))
    return f"«{value}»" + (f" in {place}" if place else "") + _cited(passages, " ({})", ", ")


def _chinese(here: str, value: str, file: str | None, row: int | None, passages: list[str] | None) -> str:
    place = " ".join(_named(here, file) + ([f"第 {row} 行"] if row else []))
    return f"{place}{'的' if place else ''} «{value}»" + _cited(passages, "（{}）", "、")


def _named(here: str, file: str | None) -> list[str]:
    """The file's own name, unless it is the one that the finding is in."""
    return [Path(file).name] if file and file != here else []


def _cited(passages: list[str] | None, form: str, between: str) -> str:
    """The passages as a cell cites them; what the loader made of a file of RDF is none."""
    parts = [iri.partition(SOURCE_GRAPHS) for iri in passages or []]
    cited = [unquote(passage) for _, ours, passage in parts if ours and not passage.startswith(FILE)]
    return form.format(between.join(cited)) if cited else ""
