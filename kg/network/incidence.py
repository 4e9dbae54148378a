"""Who has what as sparse matrices, on which whatever counts in common is one product."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse


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


def in_common(matrix: sparse.csr_array) -> pl.DataFrame:
    """How many ones each two columns have in the same rows: first < second (positions), count; none without any."""
    product = sparse.triu(matrix.T @ matrix, k=1).tocoo()
    return pl.DataFrame({"first": product.row, "second": product.col, "count": product.data}).select(
        pl.all().cast(pl.Int64)
    )
