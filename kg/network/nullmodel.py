"""The bipartite configuration model: random links that keep, on average, how many each row and column has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse
from scipy.special import gammaln, xlog1py, xlogy

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MOST_STEPS = 10_000
MOST_CELLS = 2_000_000
"""How many random links are held in memory at once."""
EXACT = 1e-10
"""By how much the expected count of links of a row or column may differ from its own, relative to it."""


@dataclass(frozen=True, slots=True)
class Model:
    """The probability of a link, by the degrees of the row and of the column: all with one degree have the same.

    ``sizes`` counts the rows of each degree, ``of_row`` says which of these a row has; ``chances`` has a row for each
    of them and a column for each degree of ``column_degrees``.
    """

    sizes: Ints
    of_row: Ints
    column_degrees: Ints
    chances: Floats

    def column(self, degree: int) -> Floats:
        """The probability of a link to a column of a degree, for each degree of rows."""
        return np.asarray(self.chances[:, int(np.searchsorted(self.column_degrees, degree))])

    def held(self, of: sparse.csr_array, rows: Ints, degree: int, draws: int, random: np.random.Generator) -> Ints:
        """How many groups of rows have a link to a column of a degree, in so many random landscapes.

        ``of`` has the groups as rows and those ``rows`` of the model as columns. Groups may have rows in common, and
        are then not independent of each other, so that nothing but drawing tells.
        """
        chances = self.column(degree)[self.of_row[rows]]
        members, starts = of.indices, of.indptr[:-1][np.diff(of.indptr) > 0]
        drawn = [np.zeros(0, np.int64)]
        for start in range(0, draws, step := max(1, MOST_CELLS // max(len(rows), 1))):
            links = random.random((min(step, draws - start), len(rows))) < chances
            drawn.append(np.logical_or.reduceat(links[:, members], starts, axis=1).sum(axis=1))
        return np.concatenate(drawn)


def fitted(matrix: sparse.csr_array) -> Model:
    """The model of a matrix of ones, by the fixed point of its likelihood's equations.

    Raises
    ------
    ArithmeticError
        when it is not found to :data:`EXACT` in :data:`MOST_STEPS` steps.
    """
    rows, of_row, sizes = np.unique(matrix.sum(axis=1), return_inverse=True, return_counts=True)
    columns, counts = np.unique(matrix.sum(axis=0), return_counts=True)
    if not len(rows) or not len(columns):
        return Model(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 0)))
    chances = _solved(rows.astype(float), sizes, columns.astype(float), counts)
    return Model(sizes.astype(np.int64), of_row.reshape(-1).astype(np.int64), columns.astype(np.int64), chances)


def _solved(rows: Floats, sizes: Ints, columns: Floats, counts: Ints) -> Floats:
    """The probabilities of links between rows and columns of given degrees, of which there are so many each."""
    chances = np.zeros((len(rows), len(columns)))
    # What has links to all or to none has them for sure, and is no part of the rest.
    row_rest, column_rest = rows.copy(), columns.copy()
    row_open, column_open = np.ones(len(rows), bool), np.ones(len(columns), bool)
    while True:
        full_rows = row_open & (row_rest >= counts[column_open].sum())
        if full_rows.any():
            chances[np.ix_(full_rows, column_open)] = 1.0
            column_rest[column_open] -= sizes[full_rows].sum()
            row_open &= ~full_rows
            continue
        full_columns = column_open & (column_rest >= sizes[row_open].sum())
        if full_columns.any():
            chances[np.ix_(row_open, full_columns)] = 1.0
            row_rest[row_open] -= counts[full_columns].sum()
            column_open &= ~full_columns
            continue
        empty_rows, empty_columns = row_open & (row_rest <= 0), column_open & (column_rest <= 0)
        if not empty_rows.any() and not empty_columns.any():
            break
        row_open &= ~empty_rows
        column_open &= ~empty_columns
    if row_open.any() and column_open.any():
        part = _parted(row_rest[row_open], sizes[row_open], column_rest[column_open], counts[column_open])
        chances[np.ix_(row_open, column_open)] = part
    return chances


def _parted(rows: Floats, sizes: Ints, columns: Floats, counts: Ints) -> Floats:
    """The same where nothing has links to all or to none, in two parts where the degrees leave no choice between them.

    Where the greatest columns have as many links as their number lets rows have (Gale and Ryser's bound), rows that
    could have more have all of these, and the others have none elsewhere.
    """
    for first in range(len(columns) - 1, 0, -1):
        number = counts[first:].sum()
        if columns[first:] @ counts[first:] == np.minimum(rows, number) @ sizes:
            less, more, chances = rows < number, rows > number, np.zeros((len(rows), len(columns)))
            chances[~less, first:] = 1.0
            rest = columns[first:] - sizes[~less].sum()
            chances[less, first:] = _solved(rows[less], sizes[less], rest, counts[first:])
            chances[more, :first] = _solved(rows[more] - number, sizes[more], columns[:first], counts[:first])
            return chances
    return _fixed_point(rows, sizes, columns, counts)


def _fixed_point(rows: Floats, sizes: Ints, columns: Floats, counts: Ints) -> Floats:
    links = float(rows @ sizes)
    x, y = rows / np.sqrt(links), columns / np.sqrt(links)
    for _ in range(MOST_STEPS):
        x = rows / ((y * counts) / (1 + np.outer(x, y))).sum(axis=1)
        y = columns / ((x * sizes)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        chances = np.outer(x, y) / (1 + np.outer(x, y))
        if np.abs(chances @ counts / rows - 1).max() < EXACT and np.abs(sizes @ chances / columns - 1).max() < EXACT:
            return np.asarray(chances)
    raise ArithmeticError("The null model was not found: its equations did not converge.")


def tails(sizes: Ints, chances: Floats, most: int) -> Floats:
    """For each count from 0 to ``most`` the probability of so many successes or more.

    They are of so many independent trials with these chances each. Exact: the sum of binomials that a Poisson binomial
    distribution is.
    """
    mean = float(sizes @ chances)
    spread = float(np.sqrt(sizes @ (chances * (1 - chances))))
    length = int(min(sizes.sum(), max(most, mean) + 40 + 12 * spread)) + 1
    distribution = np.ones(1)
    for trials, chance in zip(sizes, chances, strict=True):
        hits = np.arange(min(int(trials), length - 1) + 1)
        ways = gammaln(trials + 1) - gammaln(hits + 1) - gammaln(trials - hits + 1)
        binomial = np.exp(ways + xlogy(hits, chance) + xlog1py(trials - hits, -chance))
        distribution = np.convolve(distribution, binomial)[:length]
    told = np.zeros(max(most + 1, len(distribution)))
    told[: len(distribution)] = np.minimum(np.cumsum(distribution[::-1])[::-1], 1.0)
    told[0] = 1.0
    return told[: most + 1]


def adjusted(p: pl.Series, tests: int) -> pl.Series:
    """Benjamini and Hochberg's adjusted p-values of some of ``tests`` tests, of which the others found nothing."""
    if p.is_empty():
        return p
    order = p.arg_sort()
    ranked = p.gather(order).to_numpy() * tests / np.arange(1, len(p) + 1)
    kept = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    back = np.empty(len(p))
    back[order.to_numpy()] = kept
    return pl.Series(p.name, back)
