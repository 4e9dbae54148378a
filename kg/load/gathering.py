"""Quads that come part by part become numbers at once, so that of a great landscape no text is held but its terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from kg.load.dictionary import TERM, Dictionary
from kg.load.quads import QUADS, STATEMENT, STATEMENTS
from kg.shelf import Drawers, Shelf, apart

TERMS = list(STATEMENTS)
"""The columns that hold terms."""
_CELL: dict[str, type[pl.DataType]] = {"file": pl.UInt16, "row": pl.UInt32, "column": pl.UInt16}
_ENOUGH = 200_000
"""How many rows are numbered together, if there are so many."""
_ROWS = 1_000_000
"""How many rows are numbered at a time at most."""
_TOGETHER = 1_000_000
"""How many terms of all dictionaries are put in order at a time, about."""


_CLAIMED, _DERIVED, _OUTDONE = range(3)


class Gathering:
    """What is said so far: in cells or files, by the loader's own steps, and what is evidence alone.

    ``shelf`` is where the numbers are laid down until all are there, ``folder`` where what is gathered may lie.
    """

    def __init__(self, shelf: Shelf, folder: Path | None = None) -> None:
        self._shelf = shelf
        self._folder = folder
        self._waiting: list[list[pl.DataFrame]] = [[], [], []]
        self._kinds: list[int] = []
        self._dictionaries = Drawers[int](folder)
        self._files: list[str] = []

    def claim(self, quads: pl.DataFrame) -> None:
        """Add claims with their cells (:data:`kg.load.quads.QUADS`)."""
        if quads.is_empty():
            return
        known = set(self._files)
        self._files += [file for file in quads["file"].unique(maintain_order=True) if file not in known]
        file = pl.col("file").replace_strict(self._files, range(len(self._files)), return_dtype=pl.UInt16)
        cell = (file, pl.col("row").cast(pl.UInt32), pl.col("column").cast(pl.UInt16))
        self._add(_CLAIMED, quads.with_columns(*cell))

    def derive(self, statements: pl.DataFrame) -> None:
        """Add statements that stand in no cell (:data:`kg.load.quads.STATEMENTS`)."""
        self._add(_DERIVED, statements.select(TERMS))

    def outdo(self, statements: pl.DataFrame) -> None:
        """Add statements (subject, predicate, object) that stand as evidence, but not in the merged landscape."""
        self._add(_OUTDONE, statements.select(STATEMENT))

    def _add(self, kind: int, rows: pl.DataFrame) -> None:
        """Number rows when there are enough: to do so for each of many small tables would take longer."""
        waiting = self._waiting[kind]
        waiting.append(rows)
        if sum(map(len, waiting)) >= _ENOUGH:
            self._number(kind)

    def _number(self, kind: int) -> None:
        """Lay what waits down in numbers of a dictionary of its own, so many rows at a time."""
        if not self._waiting[kind]:
            return
        rows = pl.concat(self._waiting[kind])
        self._waiting[kind].clear()
        texts = [name for name in TERMS if name in rows.columns]
        for part in rows.iter_slices(_ROWS):
            terms = pl.concat([part[name].unique().alias("term") for name in texts]).unique().sort()
            self._shelf.put(part.with_columns(pl.col(texts).cast(pl.Enum(terms)).to_physical().cast(TERM)))
            self._kinds.append(kind)
            self._dictionaries[len(self._dictionaries)] = apart(terms.to_frame())

    def gathered(self) -> Gathered:
        """All of it, in numbers of one dictionary; what was gathered is handed on and held here no longer."""
        for kind in range(len(self._waiting)):
            self._number(kind)
        terms, places = _one(self._dictionaries)
        self._dictionaries.clear()
        kept = [Drawers[int](self._folder) for _ in self._waiting]
        for kind, at, (rows,) in zip(self._kinds, places, self._shelf, strict=True):
            told = rows.with_columns(at.gather(rows[name]).alias(name) for name in TERMS if name in rows.columns)
            for (predicate,), each in told.partition_by("predicate", as_dict=True, include_key=False).items():
                kept[kind].add(int(predicate), each)
        claimed, derived, outdone = kept
        return Gathered(terms, claimed, derived, outdone, self._files, self._folder)


@dataclass(frozen=True)
class Gathered:
    """Quads in numbers, by the number of their predicate, as ``terms`` has it.

    ``claimed`` has subject, object, passage, file (a place in ``files``), row and column; ``derived`` the first three;
    ``outdone`` the first two. What is too much to be held lies in ``folder``.
    """

    terms: Dictionary
    claimed: Drawers[int]
    derived: Drawers[int]
    outdone: Drawers[int]
    files: list[str]
    folder: Path | None

    def claims(self, *predicates: str) -> pl.DataFrame:
        """What cells and files say by some properties (IRIs), or by any, in texts (:data:`kg.load.quads.QUADS`)."""
        asked = {self.terms.number(f"<{iri}>") for iri in predicates} if predicates else set(self.claimed)
        return self._texts((each, self.claimed[each]) for each in self.claimed if each in asked)

    def about(self, things: Iterable[str]) -> pl.DataFrame:
        """The same of some things: IRIs, or terms that are none."""
        terms = (f"<{thing}>" if not thing.startswith(("_:", "<", '"')) else thing for thing in things)
        numbers = pl.Series([at for term in terms if (at := self.terms.number(term)) is not None], dtype=TERM)
        if numbers.is_empty():
            return self._texts(())
        chosen = pl.col("subject").is_in(numbers.implode())
        return self._texts((each, rows.filter(chosen)) for each, rows in self.claimed.items())

    def _texts(self, chosen: Iterable[tuple[int, pl.DataFrame]]) -> pl.DataFrame:
        rows = [rows.with_columns(predicate=pl.lit(each, TERM)) for each, rows in chosen]
        told = pl.concat([pl.DataFrame(schema=self._schema), *(part.select(list(QUADS)) for part in rows)])
        return told.with_columns(
            *(self.terms.texts(told[name]).alias(name) for name in TERMS),
            self._files.gather(told["file"]).alias("file"),
            pl.col("row", "column").cast(pl.Int64),
        )

    @cached_property
    def _schema(self) -> dict[str, type[pl.DataType]]:
        return {name: _CELL.get(name, TERM) for name in QUADS}

    @cached_property
    def _files(self) -> pl.Series:
        return pl.Series(self.files, dtype=pl.String)


def of_statements(statements: pl.DataFrame) -> Gathered:
    """Statements that nobody claims in a cell (:data:`kg.load.quads.STATEMENTS`), in numbers."""
    with Shelf() as shelf:
        gathering = Gathering(shelf)
        gathering.derive(statements)
        return gathering.gathered()


def _one(dictionaries: Drawers[int]) -> tuple[Dictionary, list[pl.Series]]:
    """One of all terms of some dictionaries; and of each dictionary where its terms are among them."""
    places = {each: [pl.Series(dtype=TERM)] for each in dictionaries}
    one = Dictionary(_in_order(dictionaries, places))
    return one, [pl.concat(parts) for parts in places.values()]


def _in_order(dictionaries: Drawers[int], places: dict[int, list[pl.Series]]) -> Iterator[pl.Series]:
    """All terms in order, each once, part by part; where those of each dictionary are among them goes to ``places``."""
    count = 0
    for parts in dictionaries.spans("term", _TOGETHER):
        told = [apart(rows).with_columns(of=pl.lit(each, TERM)) for each, rows in parts]
        if not told:
            continue
        order = pl.concat(told).with_row_index("at").sort("term")
        fresh = (order["term"] != order["term"].shift(1)).fill_null(value=True)
        place = fresh.cast(TERM).cum_sum() - 1 + count
        found = order.select("at", "of", place=place.cast(TERM)).sort("at").partition_by("of", as_dict=True)
        for (each,), rows in found.items():
            places[int(each)].append(rows["place"])
        yield order["term"].filter(fresh)
        count += int(fresh.sum())
