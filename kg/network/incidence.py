"""Who has what as sparse matrices, on which whatever counts in common is one product."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from kg.network.numbers import NUMBER
from kg.network.tables import NetworkTables

Ints = npt.NDArray[np.int64]
Matrix = sparse.csr_array


class Incidence(NamedTuple):
    """A matrix of ones, or of weights: a row for each of ``rows`` and a column for each of ``columns``, both sorted."""

    rows: list[str]
    columns: list[str]
    matrix: sparse.csr_array


def incidence(pairs: pl.DataFrame, row: str, column: str, weight: str | None = None) -> Incidence:
    """The matrix of the pairs in two columns of a frame, each pair counting once.

    With ``weight``, the values of that column, which has one for each pair.
    """
    once = pairs.unique() if weight else pairs.select(row, column).unique()
    rows, columns = once[row].unique().sort(), once[column].unique().sort()
    at_row = rows.search_sorted(once[row]).to_numpy()
    at_column = columns.search_sorted(once[column]).to_numpy()
    values = once[weight].to_numpy() if weight else np.ones(once.height, dtype=np.int64)
    matrix = sparse.csr_array((values, (at_row, at_column)), shape=(len(rows), len(columns)))
    return Incidence(rows.to_list(), columns.to_list(), matrix)


class Coverage(NamedTuple):
    """Which partnership covers which capability: a matrix of ones, and the numbers of its rows and columns, sorted."""

    partnerships: pl.Series
    capabilities: pl.Series
    matrix: sparse.csr_array


def coverage(tables: NetworkTables, *, exact: bool = False, stated: bool = False) -> Coverage:
    """What each partnership covers, as :meth:`NetworkTables.coverage` gives it in rows."""
    rows, most = tables.numbers("covers"), len(tables.entities)
    rows = rows.filter(pl.col("stated")) if stated else rows
    partnerships, at_row = _positions(rows["partnership"], most)
    capabilities, at_column = _positions(rows["capability"], most)
    own = _ones(at_row, at_column, (len(partnerships), len(capabilities)))
    if exact:
        return Coverage(_numbers(partnerships), _numbers(capabilities), own)
    above = tables.narrower_numbers.filter(pl.col("narrower").is_in(_numbers(capabilities).implode()))
    wider, at_wider = _positions(above["capability"], most)
    up = _ones(np.searchsorted(capabilities, above["narrower"].to_numpy()), at_wider, (len(capabilities), len(wider)))
    matrix = sparse.csr_array(own @ up)
    matrix.data[:] = 1
    return Coverage(_numbers(partnerships), _numbers(wider), matrix)


def parties(tables: NetworkTables, side: str, partnerships: pl.Series) -> sparse.csr_array:
    """Which of some partnerships (sorted numbers, the rows) has which parties on a side, ``bank`` or ``tech``."""
    rows, most = tables.numbers("parties").filter(pl.col("side") == side), len(tables.entities)
    at = np.full(most, -1)
    at[partnerships.to_numpy()] = np.arange(len(partnerships))
    at_row = at[rows["partnership"].to_numpy()]
    organizations, at_column = _positions(rows["organization"], most)
    there = at_row >= 0
    return _ones(at_row[there], at_column[there], (len(partnerships), len(organizations)))


def per_party(tables: NetworkTables, covers: Coverage, side: str) -> Matrix:
    """How many partnerships each capability (a row) has with each organization on a side (a column)."""
    return sparse.csr_array(covers.matrix.T @ parties(tables, side, covers.partnerships))


def per_group(covers: Coverage, groups: Ints, size: int) -> Ints:
    """How many partnerships each capability (a row) has in each of ``size`` groups; ``groups`` has theirs."""
    row = np.repeat(groups, np.diff(covers.matrix.indptr))
    counts = np.bincount(covers.matrix.indices * size + row, minlength=len(covers.capabilities) * size)
    return counts.reshape(-1, size)


def in_common(matrix: sparse.csr_array) -> pl.DataFrame:
    """How many ones each two columns have in the same rows: first < second (positions), count; none without any."""
    product = sparse.triu(matrix.T @ matrix, k=1).tocoo()
    return pl.DataFrame({"first": product.row, "second": product.col, "count": product.data}).select(
        pl.all().cast(pl.Int64)
    )


def _positions(numbers: pl.Series, most: int) -> tuple[Ints, Ints]:
    """The numbers (below ``most``) that there are, sorted, and where in them each stands."""
    places = numbers.to_numpy()
    there = np.zeros(most, dtype=bool)
    there[places] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[places]


def _numbers(places: Ints) -> pl.Series:
    return pl.Series(places, dtype=NUMBER)


def _ones(row: Ints, column: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    """A matrix of ones at some places, each counting once, in the order of rows and columns."""
    flat = row * shape[1] + column
    if not (flat[1:] > flat[:-1]).all():  # the tables are in order; what was made of them need not be
        flat = np.sort(flat)
        flat = flat[np.concatenate([[True], flat[1:] > flat[:-1]])]
    rows, columns = np.divmod(flat, max(shape[1], 1))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return sparse.csr_array((np.ones(len(flat), np.int64), columns, starts), shape=shape)
