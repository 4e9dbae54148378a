"""Who has what as sparse matrices, on which whatever counts in common is one product.

What ranks capabilities counts without scipy, which takes longer to load than that takes at a hundred thousand
partnerships.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from kg.network.numbers import NUMBER
from kg.network.tables import NetworkTables

if TYPE_CHECKING:
    from scipy import sparse

Ints = npt.NDArray[np.int64]
FEW, SHORT = 2048, 64
"""Up to so many columns, and ones in a row, pairs are counted row by row."""
AT_ONCE = 4_000_000
"""How many pairs are counted at once."""
CELLS, MARKS = 1 << 25, 1 << 20
"""How many cells of a matrix are counted at once, and marked, which is quickest where they stay in a cache."""


class Incidence(NamedTuple):
    """A matrix of ones, or of weights: a row for each of ``rows`` and a column for each of ``columns``, both sorted."""

    rows: list[str]
    columns: list[str]
    matrix: sparse.csr_array


def incidence(pairs: pl.DataFrame, row: str, column: str, weight: str | None = None) -> Incidence:
    """The matrix of the pairs in two columns of a frame, each pair counting once.

    With ``weight``, the values of that column, which has one for each pair.
    """
    from scipy import sparse  # noqa: PLC0415  what counts without products does without

    once = pairs.unique() if weight else pairs.select(row, column).unique()
    rows, columns = once[row].unique().sort(), once[column].unique().sort()
    at_row = rows.search_sorted(once[row]).to_numpy()
    at_column = columns.search_sorted(once[column]).to_numpy()
    values = once[weight].to_numpy() if weight else np.ones(once.height, dtype=np.int64)
    matrix = sparse.csr_array((values, (at_row, at_column)), shape=(len(rows), len(columns)))
    return Incidence(rows.to_list(), columns.to_list(), matrix)


class Ones(NamedTuple):
    """A matrix of ones by its rows: row ``i`` has them at ``indices[indptr[i]:indptr[i + 1]]``, in order."""

    indices: Ints
    indptr: Ints
    shape: tuple[int, int]

    def csr(self) -> sparse.csr_array:
        """The same as scipy has it."""
        from scipy import sparse  # noqa: PLC0415  as above

        return sparse.csr_array((np.ones(len(self.indices), np.int32), self.indices, self.indptr), shape=self.shape)

    def of_columns(self) -> Ints:
        """How many ones each column has."""
        return np.bincount(self.indices, minlength=self.shape[1])


class Coverage(NamedTuple):
    """Which partnership covers which capability: a matrix of ones, and the numbers of its rows and columns, sorted."""

    partnerships: pl.Series
    capabilities: pl.Series
    matrix: Ones


class Counts(NamedTuple):
    """The cells of a matrix that count something, row by row: the column of each and its count."""

    columns: Ints
    counts: Ints
    width: int


def coverage(tables: NetworkTables, *, exact: bool = False, stated: bool = False) -> Coverage:
    """What each partnership covers, as :meth:`NetworkTables.coverage` gives it in rows; made once for the tables."""
    asked = coverage, exact, stated
    if asked not in tables.kept:
        tables.kept[asked] = _coverage(tables, exact=exact, stated=stated)
    return tables.kept[asked]  # type: ignore[no-any-return]


def _coverage(tables: NetworkTables, *, exact: bool, stated: bool) -> Coverage:
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
    return Coverage(_numbers(partnerships), _numbers(wider), _through(own, up))


def _through(own: Ones, up: Ones) -> Ones:
    """Where each row comes by its ones and then by those of another matrix: their product, with ones alone."""
    rows, columns = own.shape[0], up.shape[1]
    if columns > FEW:
        product = own.csr() @ up.csr()
        product.sort_indices()
        return Ones(product.indices, product.indptr, (rows, columns))
    steps, block = np.diff(up.indptr), max(MARKS // max(columns, 1), 1)
    found = []
    for first in range(0, rows, block):
        last = min(first + block, rows)
        start, end = own.indptr[first], own.indptr[last]
        at_row = np.repeat(np.arange(last - first) * columns, np.diff(own.indptr[first : last + 1]))
        column, marked = own.indices[start:end], np.zeros((last - first) * columns, dtype=bool)
        for step in range(steps.max(initial=0)):
            far = steps[column] > step
            marked[at_row[far] + up.indices[up.indptr[column[far]] + step]] = True
        found.append(np.flatnonzero(marked) + first * columns)
    return _rows(np.concatenate([np.zeros(0, np.int64), *found]), (rows, columns))


def per_party(tables: NetworkTables, covers: Coverage, side: str) -> Counts:
    """How many partnerships each organization on a side, ``bank`` or ``tech`` (a row), has on each capability."""
    rows, most = tables.numbers("parties").filter(pl.col("side") == side), len(tables.entities)
    at = np.full(most, -1)
    at[covers.partnerships.to_numpy()] = np.arange(len(covers.partnerships))
    at_column = at[rows["partnership"].to_numpy()]
    organizations, at_row = _positions(rows["organization"], most)
    there = at_column >= 0
    parties = _ones(at_row[there], at_column[there], (len(organizations), len(covers.partnerships)))
    own, width = covers.matrix, covers.matrix.shape[1]
    lengths = np.diff(own.indptr)[parties.indices]
    # The places of all that a party's partnerships cover, one after the other.
    places = np.repeat(own.indptr[parties.indices] - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    party = np.repeat(np.repeat(np.arange(len(organizations)), np.diff(parties.indptr)), lengths)
    flat = party * width + own.indices[places]
    if len(organizations) * width <= CELLS:
        counted = np.bincount(flat)
        cells = np.flatnonzero(counted)
        return Counts(cells % max(width, 1), counted[cells], width)
    cells, counts = np.unique(flat, return_counts=True)
    return Counts(cells % width, counts, width)


def per_group(covers: Coverage, groups: Ints, size: int) -> Ints:
    """How many partnerships each capability (a row) has in each of ``size`` groups; ``groups`` has theirs."""
    row = np.repeat(groups, np.diff(covers.matrix.indptr))
    counts = np.bincount(covers.matrix.indices * size + row, minlength=len(covers.capabilities) * size)
    return counts.reshape(-1, size)


def in_common(matrix: sparse.csr_array | Ones) -> pl.DataFrame:
    """How many ones each two columns have in the same rows: first < second (positions), count; none without any.

    The product of the matrix with itself. Where rows are short and columns few, as partnerships and capabilities are,
    it is counted from all rows of a length at once, in a third of the time that the product of any two matrices takes.
    """
    columns, lengths = matrix.shape[1], np.diff(matrix.indptr)
    if columns <= FEW and lengths.max(initial=0) <= SHORT:
        dense = np.triu(_pairs(matrix, lengths), 1)
        row, column = np.nonzero(dense)
        counts = dense[row, column]
    else:
        from scipy import sparse  # noqa: PLC0415  as above

        whole = matrix.csr() if isinstance(matrix, Ones) else matrix
        product = sparse.triu(whole.T @ whole, k=1).tocoo()
        row, column, counts = product.row, product.col, product.data
    return pl.DataFrame({"first": row, "second": column, "count": counts}).select(pl.all().cast(pl.Int64))


def _pairs(matrix: sparse.csr_array | Ones, lengths: Ints) -> Ints:
    """How many rows have a one in both of two columns, of any two that differ."""
    columns = matrix.shape[1]
    counts = np.zeros(columns * columns, np.int64)
    for length in np.unique(lengths[lengths > 1]).tolist():
        starts = matrix.indptr[:-1][lengths == length]
        one, other = np.triu_indices(length, 1)
        for block in np.array_split(starts, 1 + len(starts) * len(one) // AT_ONCE):
            held = matrix.indices[block + np.arange(length)[:, None]].astype(np.int64)  # as codes may be long
            counts += np.bincount((held[one] * columns + held[other]).ravel(), minlength=len(counts))
    square = counts.reshape(columns, columns)
    return square + square.T


def _positions(numbers: pl.Series, most: int) -> tuple[Ints, Ints]:
    """The numbers (below ``most``) that there are, sorted, and where in them each stands."""
    places = numbers.to_numpy()
    there = np.zeros(most, dtype=bool)
    there[places] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[places]


def _numbers(places: Ints) -> pl.Series:
    return pl.Series(places, dtype=NUMBER)


def _ones(row: Ints, column: Ints, shape: tuple[int, int]) -> Ones:
    """A matrix of ones at some places, each counting once, in the order of rows and columns."""
    flat = row * shape[1] + column
    if not (flat[1:] > flat[:-1]).all():  # the tables are in order; what was made of them need not be
        flat = np.sort(flat)
        flat = flat[np.concatenate([[True], flat[1:] > flat[:-1]])]
    return _rows(flat, shape)


def _rows(flat: Ints, shape: tuple[int, int]) -> Ones:
    """The ones at some places, counted through all rows one after the other, in order and each once."""
    row, column = np.divmod(flat, max(shape[1], 1))
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=shape[0]))])
    kind = np.int32 if len(flat) < np.iinfo(np.int32).max else np.int64  # half the memory, and products are faster
    return Ones(column.astype(kind), starts.astype(kind), shape)
