"""The terms of a dataset and their numbers: what an RDF store calls its dictionary."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

import polars as pl

from kg.shelf import apart
from kg.terms import ID

TERM = pl.UInt32
_START = f"<{ID}"
"""How most terms begin, which are held without it: it is a quarter of all that there is to hold."""
_PAST = f"{_START[:-1]}{chr(ord(_START[-1]) + 1)}"
"""The least text that is greater than all that begin so."""
_STARTS = ("", _START, "")
"""Without what terms in order are held: those before the ones that begin so, these, and those after them."""
_FEW = 16
"""Fewer are looked up one by one, in less time than polars takes to begin."""


class _Run(NamedTuple):
    """Terms in order whose numbers begin at ``first``; all begin with ``start``, without which they are held."""

    first: int
    rests: pl.Series
    start: str


class Dictionary:
    """Terms as N-Triples writes them, each once, and their numbers, from 0 on.

    Parameters
    ----------
    parts
        Terms in order, part by part, each greater than those before.
    """

    def __init__(self, parts: Iterable[pl.Series]) -> None:
        self._runs: list[_Run] = []
        self._number = 0
        self._append(parts)

    def _append(self, parts: Iterable[pl.Series]) -> None:
        """Hold terms in order, as those before, at their beginning, and after it."""
        runs: list[list[pl.Series]] = [[], [], []]
        for part in parts:
            first, past = bisect_left(part, _START), bisect_left(part, _PAST)
            for run, start, rests in zip(runs, _STARTS, (part[:first], part[first:past], part[past:]), strict=True):
                if len(rests):
                    run.append(apart(rests.str.strip_prefix(start).to_frame("term"))["term"])
        for run, start in zip(runs, _STARTS, strict=True):
            if run:
                rests = pl.concat(run, rechunk=True)
                self._runs.append(_Run(self._number, rests, start))
                self._number += len(rests)
        self.__dict__.pop("_rests", None)

    def number(self, term: str) -> int | None:
        """The number of a term, if it is there."""
        for first, rests, start in self._runs:
            if not term.startswith(start) or (not start and term.startswith(_START)):
                continue
            rest = term.removeprefix(start)
            place = bisect_left(rests, rest)  # which takes a tenth of the time that polars takes to begin
            if place < len(rests) and rests[place] == rest:
                return first + place
        return None

    def numbers(self, terms: pl.Series) -> pl.Series:
        """The numbers of those terms that are there; the others have none."""
        if len(terms) < _FEW:
            return pl.Series([term if term is None else self.number(term) for term in terms], dtype=TERM)
        found = pl.repeat(None, len(terms), dtype=TERM, eager=True)
        same = pl.col("there") == pl.col("asked")
        for first, rests, start in self._runs:
            rest = terms.str.strip_prefix(start).set(~terms.str.starts_with(start), None) if start else terms
            place = rests.search_sorted(rest).clip(0, len(rests) - 1).cast(TERM)
            told = pl.DataFrame({"place": place, "there": rests.gather(place), "asked": rest, "found": found})
            found = told.select(found=pl.when(same).then(pl.col("place") + first).otherwise("found"))["found"]
        return found.cast(TERM)

    def add(self, terms: pl.Series) -> pl.Series:
        """The numbers of terms, which are new or not."""
        known = self.numbers(terms)
        fresh = terms.filter(known.is_null()).unique().sort()
        if fresh.is_empty():
            return known
        self._append([fresh])
        return self.numbers(terms)

    def texts(self, numbers: pl.Series) -> pl.Series:
        """The terms with these numbers; where there is no number, there is no term."""
        if len(numbers) < _FEW:
            terms = [number if number is None else self._text(number) for number in numbers]
            return pl.Series("term", terms, pl.String)
        found = pl.DataFrame({"number": numbers, "term": self._rests.gather(numbers)})
        cut = pl.any_horizontal(
            pl.lit(value=False),
            *(
                pl.col("number").is_between(first, first + len(rests), closed="left")
                for first, rests, start in self._runs
                if start
            ),
        )
        return found.select(pl.when(cut).then(pl.lit(_START) + pl.col("term")).otherwise("term").alias("term"))["term"]

    def _text(self, number: int) -> str:
        run = next(run for run in self._runs if number < run.first + len(run.rests))
        return f"{run.start}{run.rests[number - run.first]}"

    def others(self, which: Callable[[pl.Series], pl.Series]) -> pl.Series:
        """The numbers of the terms that are no IRIs of the project's things, and of which something is true."""
        found = [(which(rests).arg_true() + first).cast(TERM) for first, rests, start in self._runs if not start]
        return pl.concat([pl.Series(dtype=TERM), *found])

    @cached_property
    def _rests(self) -> pl.Series:
        return pl.concat([pl.Series("term", dtype=pl.String), *(run.rests for run in self._runs)])
