"""The files of the network tables, of which no more is read than what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import polars as pl

from kg.errors import StoreUnreadable
from kg.network.numbers import NUMBER, Numbering

PART = 1 << 14
"""How many rows of a file are read at once, where a few are asked for."""
FEW = 1 << 10
"""Up to so many are a few."""


def read(path: Path, of: Callable[[pl.LazyFrame], pl.LazyFrame]) -> pl.DataFrame:
    """What is asked for of a file (Parquet).

    Raises
    ------
    StoreUnreadable
        when it is not what a build writes.
    """
    try:
        return of(pl.scan_parquet(path)).collect()
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise StoreUnreadable(f"The store is damaged at {path}. Build it again.") from fault


def among(
    path: Path,
    column: str,
    values: Sequence[str | int],
    of: Callable[[pl.LazyFrame], pl.LazyFrame] = lambda rows: rows,
) -> pl.DataFrame:
    """The rows of a file (as ``of`` gives them) in whose column is one of a few values; what :func:`read` raises."""
    # By a list, whole parts of the file are passed over, which by a series they are not.
    return read(path, lambda rows: of(rows).filter(pl.col(column).is_in(list(values))))


class NumberingOfFile(Numbering):
    """The entities of a file, of which a few are found without all others."""

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: read(path, lambda rows: rows.select("entity"))["entity"])
        self._path = path

    @cached_property
    def count(self) -> int:
        """As above; the file says it without being read."""
        return int(read(self._path, lambda rows: rows.select(pl.len())).item())

    def places(self, iris: Iterable[str]) -> pl.Series:
        """As above; for a few, only the parts of the file are read that they can be in."""
        asked = list(iris)
        if "all" in self.__dict__ or len(asked) > FEW:
            return super().places(asked)
        known = self.known(asked)
        return pl.Series([known[iri] for iri in asked if iri in known], dtype=NUMBER)

    def known(self, iris: Iterable[str]) -> dict[str, int]:
        """As above, in the same way."""
        asked = list(iris)
        if "all" in self.__dict__ or len(asked) > FEW:
            return super().known(asked)
        found = among(self._path, "entity", asked, lambda rows: rows.with_row_index("place"))
        return dict(found.select("entity", "place").iter_rows())

    def iris(self, places: pl.Series) -> pl.Series:
        """As above; where those asked for lie near each other, their parts of the file are enough."""
        parts = (places // PART).unique().sort()
        if "all" in self.__dict__ or len(parts) * PART > self.count // 2:
            return super().iris(places)
        texts = read(
            self._path, lambda rows: pl.concat([rows.head(0), *(rows.slice(part * PART, PART) for part in parts)])
        )["entity"]
        return texts.gather(parts.search_sorted(places // PART) * PART + places % PART)
