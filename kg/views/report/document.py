"""A report before it is set as HTML or Markdown: sections with figures and tables, and the evidence of each number.

What stands here is plain text; each form escapes it in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from kg.views.drawing import Figure
from kg.views.report import evidence as behind
from kg.views.report import figures, timeline
from kg.views.report.evidence import Deal, Entry, Source
from kg.views.report.words import text
from kg.views.words import joined, known_days, tallied, word

RANKED, PARTED, PAIRED = 50, 20, 40
"""How many capabilities, communities and pairs a table lists."""
Frames = Mapping[str, pl.DataFrame]
"""What :func:`kg.analysis.report.report` gives."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the place of its evidence where it has one, and whether it is a number."""

    text: str
    target: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    headings: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Section:
    """One question with its answer: what is counted, a figure and a table of it, and how far it carries."""

    name: str
    heading: str
    words: list[str]
    figure: Figure | None = None
    table: Table | None = None
    carries: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    language: str
    title: str
    about: list[str]
    sections: list[Section]
    evidence: list[tuple[str, list[Entry]]]
    deals: list[Deal]
    sources: list[Source]


def document(told: Frames, *, about: list[str], language: str) -> Document:
    """The report on what was computed (:func:`kg.analysis.report.report`); ``about`` are lines below its title."""
    sections = [part(told, language) for part in (_holds, _ranking, _matrix, _gaps, _trend, _communities)]
    titles = told["titles"]["title"].to_list()
    groups, deals, sources = behind.evidence(told, _listed(told), language)
    title = text("report_on", language, text("apart", language).join(titles)) if titles else text("report", language)
    return Document(language, title, about, sections, groups, deals, sources)


def _listed(told: Frames) -> dict[str, list[int]]:
    """The rows of each section whose numbers are shown."""
    pairs = told["matrix"]
    banks, firms = figures.grid(pairs)
    drawn = pairs["bank"].is_in(banks) & pairs["firm"].is_in(firms)
    trend = told["trend"]
    return {
        "counts": list(range(told["counts"].height)),
        "ranking": list(range(min(told["ranking"].height, RANKED))),
        "matrix": [n for n, shown in enumerate(drawn) if shown or pairs.height <= PAIRED],
        "gaps": list(range(told["gaps"].height)),
        "trend": list(range(trend.height)),
        "communities": list(range(min(told["communities"].height, PARTED))),
    }


def _holds(told: Frames, language: str) -> Section:
    name_of = {
        "partnerships": "partnerships", "corroborated": "corroborated", "bank_parties": "banks",
        "firm_parties": "firms", "covered": "covered", "sources": "source_count", "dated": "dated",
        "bounded": "bounded", "undated": "undated",
    }  # fmt: skip
    place_of = {"partnerships": "partnerships", "sources": "sources"}
    rows = [
        [Cell(text(name_of[name], language)), _number(count, place_of.get(name, f"counts-{n}") if count else None)]
        for n, (name, count) in enumerate(told["counts"].iter_rows(), start=1)
    ]
    words = [text("holds_what", language)]
    days = [day for column in ("since_earliest", "since_latest") for day in told["partnerships"][column].drop_nulls()]
    if days:
        words.append(text("from_to", language, min(days), max(days)))
    table = Table([text("number", language), text("count", language)], rows)
    return Section("counts", text("holds", language), words, None, table, [text("holds_carry", language)])


def _ranking(told: Frames, language: str) -> Section:
    rows = told["ranking"]
    heading = text("ranking", language)
    if rows.is_empty():
        return Section("ranking", heading, [text("no_ranking", language)])
    words = [text("ranking_what", language)]
    if rows.height > figures.BARS:
        words.append(text("ranking_cut", language, figures.BARS, rows.height))
    if rows.height > RANKED:
        words.append(text("more_rows", language, RANKED, rows.height, "kg capabilities --format csv"))
    counted = Counter(rows["rank"])
    stages = [stage for stage in figures.STAGES[:-1] if rows[stage].sum()]
    lines = []
    for n, row in enumerate(rows.head(RANKED).iter_rows(named=True), start=1):
        place = f"ranking-{n}"
        tied = f"={row['rank']}" if counted[row["rank"]] > 1 else str(row["rank"])
        numbers = [_number(row["partnerships"], place), _number(f"{row['share']:.0%}", place)]
        numbers += [_number(row[side], place) for side in ("banks", "firms")]
        numbers += [_number(row[stage], f"{place}-{stage}" if row[stage] else None) for stage in stages]
        lines.append([Cell(tied, None, number=True), Cell(row["label"]), *numbers])
    names = ("rank", "capability", "partnerships", "share", "banks", "firms", *stages)
    table = Table([word(name, language) for name in names], lines)
    figure = figures.ranking(rows, language)
    return Section("ranking", heading, words, figure, table, [text("ranking_carry", language)])


def _matrix(told: Frames, language: str) -> Section:
    rows = told["matrix"]
    heading = text("matrix", language)
    if rows.is_empty():
        return Section("matrix", heading, [text("no_matrix", language)])
    words = [text("matrix_what", language)]
    banks, firms = figures.grid(rows)
    every = rows["bank"].n_unique(), rows["firm"].n_unique()
    if every != (len(banks), len(firms)):
        drawn = (rows["bank"].is_in(banks) & rows["firm"].is_in(firms)).sum()
        words.append(text("matrix_cut", language, *every, len(firms), len(banks), drawn, rows.height))
    table = None
    if rows.height <= PAIRED:
        lines = [
            [
                Cell(row["bank_label"]), Cell(row["firm_label"]), Cell(joined(row["on"], language)),
                _number(len(row["capabilities"]), f"matrix-{n}"),
            ]
            for n, row in enumerate(rows.iter_rows(named=True), start=1)
        ]  # fmt: skip
        table = Table([word(name, language) for name in ("bank", "firm", "on", "capabilities")], lines)
    return Section("matrix", heading, words, figures.matrix(rows, language), table, [text("matrix_carry", language)])


def _gaps(told: Frames, language: str) -> Section:
    rows = told["gaps"]
    heading = text("gaps", language)
    measured = dict(told["measures"].iter_rows())
    if measured["independent"] < measured["needed"]:
        few = word("too_few_banks", language).format(int(measured["independent"]), int(measured["needed"]))
        return Section("gaps", heading, [text("gaps_what", language), few])
    if rows.is_empty():
        return Section("gaps", heading, [text("gaps_what", language), text("no_gaps", language)])
    lines = [
        [
            Cell(row["bank_label"]), Cell(row["capability_label"]), _number(f"{row['score']:.3f}", f"gaps-{n}"),
            _number(row["banks"], f"gaps-{n}"), Cell(joined(row["similar_labels"], language)),
            Cell(joined(row["firm_labels"], language)),
        ]
        for n, row in enumerate(rows.iter_rows(named=True), start=1)
    ]  # fmt: skip
    names = ("bank", "lacks", "score", "banks", "gap_similar", "gap_firms")
    table = Table([word(name, language) for name in names], lines)
    words, carries = [text("gaps_what", language)], [text("gaps_carry", language)]
    return Section("gaps", heading, words, figures.gaps(rows, language), table, carries)


def _trend(told: Frames, language: str) -> Section:
    rows = told["trend"]
    heading = text("trend", language)
    if rows.is_empty():
        return Section("trend", heading, [text("no_trend", language)])
    words = [text("trend_what", language)]
    dated = told["known_days"].iter_rows(named=True)
    words += [known_days(of, language, over=of["over"]) for of in dated if of["partnerships"]]
    if rows.height > timeline.YEARS:
        words.append(text("trend_cut", language, timeline.YEARS, rows.height))
    names = timeline.telling(rows)
    lines = []
    for n, row in enumerate(rows.iter_rows(named=True), start=1):
        # What surely lies in a year lies in it perhaps too: the count of the second leads to both.
        places = [f"trend-{n}" if name.startswith("perhaps") else f"trend-{n}-{name}" for name in names]
        numbers = [_number(row[name], place if row[name] else None) for name, place in zip(names, places, strict=True)]
        if any(row[name] for name in names):
            lines.append([Cell(row["period"]), *numbers])
    table = Table([word("period", language), *(word(name, language) for name in names)], lines)
    figure = timeline.trend(rows, language)
    return Section("trend", heading, words, figure, table, [text("trend_carry", language)])


def _communities(told: Frames, language: str) -> Section:
    rows = told["communities"]
    heading = text("communities", language)
    if rows.is_empty():
        return Section("communities", heading, [text("no_communities", language)])
    words = [text("communities_what", language)]
    single = rows.filter(pl.col("partnerships").list.len() < 2).height
    if rows.height > PARTED:
        words.append(text("communities_cut", language, rows.height, PARTED, single))
    drawn = figures.panels(rows).height
    if drawn < rows.height:
        words.append(text("communities_drawn", language, drawn))
    lines = [_community(row, language) for row in rows.head(PARTED).iter_rows(named=True)]
    names = ("shares", "size", "partnerships", "stability", "members")
    table = Table(["", *(word(name, language) for name in names)], lines)
    measured = dict(told["measures"].iter_rows())
    carries = [text("agreement", language, **measured), text("communities_carry", language)]
    return Section("communities", heading, words, figures.communities(rows, told["matrix"], language), table, carries)


def _community(row: dict[str, Any], language: str) -> list[Cell]:
    place = f"communities-{row['community']}"
    shares = tallied(row["shares"], row["shared_by"], len(row["partnerships"]), language)
    return [
        Cell(str(row["community"]), None, number=True), Cell(shares),
        _number(row["size"], place), _number(len(row["partnerships"]), place),
        _number(f"{row['stability']:.2f}", place), Cell(joined(row["labels"], language)),
    ]  # fmt: skip


def _number(value: object, place: str | None) -> Cell:
    return Cell(str(value), place, number=True)
