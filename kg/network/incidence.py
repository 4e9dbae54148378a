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
CELLS, MARKS = 1 << 25, 1 << 28
"""How many cells of a matrix are counted at once, and marked."""


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
    rows, most = tables.numbers("covers"), tables.numbering.count
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
    # Only a column that is reached from several can be reached more than once.
    shared = np.flatnonzero(up.of_columns() > 1)
    bits = _bits(len(shared))
    if rows << bits > MARKS:
        product = own.csr() @ up.csr()
        product.sort_indices()
        return Ones(product.indices, product.indptr, (rows, columns))
    mark = np.full(columns, -1, np.int32)
    mark[shared] = np.arange(len(shared))
    row, steps = np.repeat(np.arange(rows), np.diff(own.indptr)), np.diff(up.indptr)
    marked, found = np.zeros(rows << bits, dtype=bool), []
    for step in range(steps.max(initial=0)):
        to = np.full(len(steps), columns)  # where none leads any further
        to[steps > step] = up.indices[up.indptr[:-1][steps > step] + step]
        column = to[own.indices]
        among = np.append(mark, -2)[column]
        marked[row[among >= 0] << bits | among[among >= 0]] = True
        found.append(_places(row[among == -1], column[among == -1], columns))
    at_row, at_mark = _split(np.flatnonzero(marked), len(shared))
    found.append(_places(at_row, shared[at_mark], columns))
    return _rows(np.sort(np.concatenate(found), kind="stable"), (rows, columns))  # each is in order, so that it merges


def per_party(tables: NetworkTables, covers: Coverage, side: str) -> Counts:
    """How many partnerships each organization on a side, ``bank`` or ``tech`` (a row), has on each capability."""
    rows, most = tables.numbers("parties").filter(pl.col("side") == side), tables.numbering.count
    at = np.full(most, -1, np.int32)
    at[covers.partnerships.to_numpy()] = np.arange(len(covers.partnerships))
    at_row = at[rows["partnership"].to_numpy()]
    organizations, at_party = _positions(rows["organization"], most)
    there, own, width = at_row >= 0, covers.matrix, covers.matrix.shape[1]
    parties = _once(_places(at_row[there], at_party[there], len(organizations)))
    partnership, party = _split(parties, len(organizations))
    starts = own.indptr[partnership]
    lengths = own.indptr[partnership + 1] - starts
    # The places of all that each partnership of a party covers, one after the other.
    places = np.repeat(starts - (np.cumsum(lengths, dtype=starts.dtype) - lengths), lengths)
    places += np.arange(len(places), dtype=places.dtype)
    flat = np.repeat(party * width, lengths)
    flat += own.indices[places]
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


def in_common_with(matrix: sparse.csr_array, column: int | None) -> pl.DataFrame:
    """What :func:`in_common` counts of one column with each other, that one being the first; of none, nothing."""
    schema = dict.fromkeys(("first", "second", "count"), pl.Int64)
    if column is None:
        return pl.DataFrame(schema=schema)
    counts = np.asarray(matrix.T @ matrix[:, [column]].toarray()).reshape(-1)
    counts[column] = 0
    others = np.flatnonzero(counts)
    return pl.DataFrame({"first": np.full(len(others), column), "second": others, "count": counts[others]}, schema)


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
    there, at = np.zeros(most, dtype=bool), np.empty(most, np.int32)
    there[places] = True
    found = np.flatnonzero(there)
    at[found] = np.arange(len(found))
    return found, at[places]


def _numbers(places: Ints) -> pl.Series:
    return pl.Series(places, dtype=NUMBER)


def _ones(row: Ints, column: Ints, shape: tuple[int, int]) -> Ones:
    """A matrix of ones at some places, each counting once, in the order of rows and columns."""
    return _rows(_once(_places(row, column, shape[1])), shape)


def _bits(columns: int) -> int:
    """How many bits the number of a column takes."""
    return max(columns - 1, 0).bit_length()


def _places(row: Ints, column: Ints, columns: int) -> Ints:
    """Row and column as one number, by which they are in order."""
    places: Ints = row.astype(np.int64) << _bits(columns) | column
    return places


def _split(places: Ints, columns: int) -> tuple[Ints, Ints]:
    """The rows and columns of :func:`_places`."""
    return places >> _bits(columns), places & ((1 << _bits(columns)) - 1)


def _once(places: Ints) -> Ints:
    """The places in order, each once."""
    if (places[1:] > places[:-1]).all():  # the tables are in order; what was made of them need not be
        return places
    places = np.sort(places)
    once: Ints = places[np.concatenate([[True], places[1:] > places[:-1]])]
    return once


def _rows(places: Ints, shape: tuple[int, int]) -> Ones:
    """The ones at some places, in order and each once."""
    row, column = _split(places, shape[1])
    kind = np.int32 if len(places) < np.iinfo(np.int32).max else np.int64  # half the memory, and products are faster
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=shape[0]))])
    return Ones(column.astype(kind), starts.astype(kind), shape)
