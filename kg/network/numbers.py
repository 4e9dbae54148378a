"""Entities as numbers in the order of their IRIs, so that tables are joined, sorted and multiplied without texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import polars as pl

NUMBER = pl.UInt32


class Numbering:
    """The entities, each with its place in the order of their IRIs as its number."""

    def __init__(self, read: Callable[[], pl.Series]) -> None:
        self._read = read

    @cached_property
    def all(self) -> pl.Series:
        """The IRIs of all, sorted."""
        return self._read()

    @cached_property
    def count(self) -> int:
        """How many there are; every number is below it."""
        return len(self.all)

    def places(self, iris: Iterable[str]) -> pl.Series:
        """The numbers of some IRIs in their order, without those that there are not."""
        asked = pl.Series(list(iris), dtype=pl.String)
        at = self.all.search_sorted(asked).cast(NUMBER)
        there = at.filter(at < self.count)
        return there.filter(self.all.gather(there) == asked.filter(at < self.count))

    def known(self, iris: Iterable[str]) -> dict[str, int]:
        """Those of some IRIs that there are, with their numbers."""
        places = self.places(iris)
        return dict(zip(self.iris(places), places, strict=True))

    def iris(self, places: pl.Series) -> pl.Series:
        """The IRIs of some numbers."""
        return self.all.gather(places)


def entities(columns: Iterable[pl.Series]) -> pl.Series:
    """Every IRI of the columns once, in order: the place of each is its number."""
    once = [column.unique() for column in columns]
    return pl.concat([pl.Series(dtype=pl.String), *once]).drop_nulls().unique().sort().alias("entity")


def numbered(rows: pl.DataFrame, entities: pl.Series, columns: list[str]) -> pl.DataFrame:
    """The rows with numbers in the stead of IRIs; what is none of the entities has null."""
    places = pl.DataFrame({"entity": entities, "place": pl.int_range(len(entities), dtype=NUMBER, eager=True)})
    found = [
        rows.select(entity=column).join(places, on="entity", how="left", maintain_order="left")["place"].alias(column)
        for column in columns
    ]
    return rows.with_columns(found)


def named(rows: pl.DataFrame, entities: pl.Series, columns: list[str]) -> pl.DataFrame:
    """The rows with IRIs in the stead of numbers."""
    return rows.with_columns(entities.gather(rows[column]).alias(column) for column in columns)
