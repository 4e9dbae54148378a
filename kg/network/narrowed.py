"""The network tables seen otherwise than they are: without some partnerships, as those of a time or of a stage."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from kg.names import Names
from kg.network.numbers import Numbering
from kg.network.tables import NetworkTables, entity_columns


class TablesOver(NetworkTables):
    """Network tables with other rows than those of the ``whole``, but with its numbers and names for all entities."""

    whole = False

    def __init__(self, whole: NetworkTables) -> None:
        super().__init__(whole.folder)
        self._whole = whole
        self.of_a_time = whole.of_a_time

    @cached_property
    def numbering(self) -> Numbering:
        """Which entity has which number, whether it is there or not."""
        return self._whole.numbering

    def labels_of(self, places: pl.Series) -> pl.DataFrame:
        """The rows of ``labels`` of some entities, whether they are there or not."""
        return self._whole.labels_of(places)

    @cached_property
    def names(self) -> Names:
        """Who is called what, whether it is there or not."""
        return self._whole.names

    def _plainly(self, text: str, range_: str | None) -> str | None:
        return self._whole._plainly(text, range_)  # noqa: SLF001  it is of a class above


class Narrowed(TablesOver):
    """The network tables without some partnerships, and without what only they delivered."""

    def __init__(self, whole: NetworkTables, gone: set[str]) -> None:
        super().__init__(whole)
        self._gone = whole.with_products(gone)

    @property
    def gone(self) -> frozenset[str]:
        """The partnerships and products (IRIs) that are not there."""
        return frozenset(self._gone)

    def meant(self, organization: str) -> str:
        """The organization that stands for one."""
        return self._whole.meant(organization)

    def _rows(self, name: str) -> pl.DataFrame:
        """The rows of a table that speak of nothing that is gone."""
        rows = self._before(name)
        return rows if name == "labels" else without(rows, name, self._lost)  # a name harms nobody

    @cached_property
    def _lost(self) -> pl.Series:
        return self.places(self._gone)

    def _before(self, name: str) -> pl.DataFrame:
        """The rows of a table before what is gone goes."""
        return self._whole.numbers(name)


def without(rows: pl.DataFrame, name: str, gone: pl.Series) -> pl.DataFrame:
    """The rows of a table that speak of nothing that is gone (numbers)."""
    return rows.filter(~pl.any_horizontal(pl.col(entity_columns(name)).is_in(gone.implode())))
