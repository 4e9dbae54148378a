"""What stands behind each number of a report: partnerships, their passages, and the sources of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import polars as pl

from kg.views.report.figures import STAGES, called
from kg.views.report.words import text
from kg.views.words import interval, joined, word

MOST = 1_000
"""How many partnerships are listed behind a number."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its number and place in the report, what is known of it, and its address where it is one of the web."""

    number: int
    title: str
    about: str
    address: str | None

    @property
    def place(self) -> str:
        """Where it is told of."""
        return f"source-{self.number}"


@dataclass(frozen=True, slots=True)
class Ref:
    """Places in a source, as they are called in the language of the report, else by their locators."""

    source: Source
    locators: list[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A partnership behind a number, with the passages by which it counts."""

    name: str
    place: str | None
    refs: list[Ref]


@dataclass(frozen=True, slots=True)
class Part:
    """Partnerships that count in the same way."""

    place: str | None
    heading: str | None
    items: list[Item]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is behind the numbers of a row."""

    place: str
    heading: str
    parts: list[Part]
    index: bool = False
    """Whether it tells which are counted, without passages."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A partnership: its place, name, what is known of it in lines, and its passages."""

    place: str
    name: str
    lines: list[str]
    refs: list[Ref]


def evidence(
    told: Mapping[str, pl.DataFrame], shown: Mapping[str, Sequence[int]], language: str
) -> tuple[list[tuple[str, list[Entry]]], list[Deal], list[Source]]:
    """The evidence of the rows that are shown of each section, the partnerships in it, and the sources of these."""
    rows = told["evidence"]
    kept = [rows.filter(pl.col("section") == name, pl.col("row").is_in(list(at))) for name, at in shown.items()]
    whole = pl.concat([rows.clear(), *kept])
    every = told["partnerships"]
    if every.height > MOST:
        every = every.filter(pl.col("partnership").is_in(whole["partnership"].implode()))
    cited = [passage for column in (whole, every) for passages in column["sources"] for passage in passages]
    sources = _Sources(told["sources"], cited, dict(told["passages"].iter_rows()))
    places = {key: f"partnership-{n}" for n, key in enumerate(every["partnership"], start=1)}
    names = dict(every.select("partnership", "label").iter_rows())
    deals = [_deal(row, places, sources, language) for row in every.iter_rows(named=True)]
    groups = []
    for section, frame in zip(shown, kept, strict=True):
        headings = _headings(told, section, language)
        entries = []
        for (row,), of_row in frame.group_by("row", maintain_order=True):
            place = f"{section}-{int(row) + 1}"
            parts = list(_parts(of_row, section, place, names, places, sources, language))
            entries.append(Entry(place, headings[int(row)], parts, section == "counts"))
        groups.append((text("holds" if section == "counts" else section, language), entries))
    return groups, deals, sources.known


def _parts(
    rows: pl.DataFrame, section: str, place: str, names: Mapping[str, str], places: Mapping[str, str],
    sources: _Sources, language: str,
) -> Iterator[Part]:  # fmt: skip
    """What is behind a row, by the part of it that it is behind, or by whom it counts for."""
    order = pl.col("part").replace_strict({part: n for n, part in enumerate(_ORDER)}, default=len(_ORDER))
    for (part, name), each in rows.sort(order, maintain_order=True).group_by("part", "name", maintain_order=True):
        items = [
            Item(names.get(key, key) if key else "", places.get(key) if key else None, sources.refs(passages))
            for key, passages in each.head(MOST).select("partnership", "sources").iter_rows()
        ]
        more = max(each.height - MOST, 0)
        if section in ("ranking", "trend"):
            yield Part(f"{place}-{part or 'unstaged'}", _heading(section, part, language), items, more)
        else:
            by = text(f"by_{_BY[str(part)]}", language) if part else None
            yield Part(None, by if name is None else str(name), items, more)


_ORDER = (
    *STAGES, *(way for end in ("began", "ended") for way in (end, f"perhaps_{end}", f"{end}_by", f"{end}_from")),
    "has_by", "brought_by", "works_by", "offers",
)  # fmt: skip
"""The order in which the parts of an entry stand; what is none of them comes last."""
_BY = {"has_by": "has", "brought_by": "brought", "works_by": "works", "banks": "banks", "offers": "offers"}


def _heading(section: str, part: object, language: str) -> str:
    if section == "ranking":
        return word(str(part), language) if part else text("unstaged", language)
    return text(f"surely_{part}" if part in ("began", "ended") else str(part), language)


def _headings(told: Mapping[str, pl.DataFrame], section: str, language: str) -> list[str]:
    """What each row of a section is called."""
    rows = told[section].iter_rows(named=True)
    if section == "counts":
        other = {"bank_parties": "banks", "firm_parties": "firms", "sources": "source_count"}
        return [text(other.get(row["name"], row["name"]), language) for row in rows]
    if section == "ranking":
        return [row["label"] for row in rows]
    if section == "matrix":
        return [text("partners", language, row["bank_label"], row["firm_label"]) for row in rows]
    if section == "gaps":
        return [text("lacking", language, row["bank_label"], row["capability_label"]) for row in rows]
    if section == "trend":
        return [row["period"] for row in rows]
    return [called(row, language) for row in rows]


def _deal(row: dict[str, Any], places: Mapping[str, str], sources: _Sources, language: str) -> Deal:
    """A partnership in lines: who, how far, since when, on what."""
    stage = word(row["stage"], language) if row["stage"] else text("no_stage", language)
    since = interval(row["since_earliest"], row["since_latest"], language) or text("no_stage", language)
    known = [
        text("stage", language, stage), text("since", language, since), text("independent", language, row["origins"])
    ]  # fmt: skip
    lines = [
        text("partners", language, joined(row["banks"], language) or "–", joined(row["firms"], language) or "–"),
        text("apart", language).join(known),
    ]
    if row["capabilities"]:
        lines.append(text("covers", language, joined(row["capabilities"], language)))
    return Deal(places[row["partnership"]], row["label"], lines, sources.refs(row["sources"]))


class _Sources:
    """The sources that are cited, numbered in the order of their keys."""

    def __init__(self, rows: pl.DataFrame, cited: Sequence[str], names: Mapping[str, str]) -> None:
        every = {row["source"]: row for row in rows.iter_rows(named=True)}
        self._parted = {passage: _parted(passage, every) for passage in cited}
        self._names = names
        keys = sorted({source for source, _ in self._parted.values()})
        self._of = {key: _source(n, key, every.get(key, {})) for n, key in enumerate(keys, start=1)}
        self.known = list(self._of.values())

    def refs(self, passages: Sequence[str]) -> list[Ref]:
        """The passages, source by source."""
        found: dict[str, list[str]] = {}
        for passage in passages:
            source, locator = self._parted[passage]
            found.setdefault(source, []).append(self._names.get(passage, locator))
        return [Ref(self._of[source], locators) for source, locators in found.items()]


def _parted(passage: str, known: Mapping[str, Any]) -> tuple[str, str]:
    """The source (key) of a passage and the place in it; a key that is an IRI may hold the sign between them itself."""
    for at, sign in enumerate(passage):
        if sign == "#" and passage[:at] in known:
            return passage[:at], passage[at + 1 :]
    source, _, locator = passage.partition("#")
    return source, locator


def _source(number: int, key: str, row: Mapping[str, Any]) -> Source:
    about = ", ".join(said for said in (row.get("publisher"), row.get("issued")) if said)
    return Source(number, row.get("title") or key, about, web(row.get("address")))


def web(address: str | None) -> str | None:
    """An address of the web as a link can hold it, else nothing: no other kind is ever a link."""
    if address is None or not address.lower().startswith(("http://", "https://")):
        return None
    return quote(address, safe="%/:=&?~#+!$,;'@()*")
