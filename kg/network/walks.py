"""Random walks with restart on who has what: how often a walk from a row comes to each column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
RESTART = 0.15
"""The probability that a walk goes back to its start rather than on, as in PageRank."""


def rarer(weights: sparse.csr_array) -> sparse.csr_array:
    """The weights times the inverse frequency of their columns: what few rows have says more of them.

    log(1 + rows / rows that have it): Spärck Jones, "A statistical interpretation of term specificity", 1972.
    """
    having = np.asarray((weights > 0).sum(axis=0), dtype=float)
    return sparse.csr_array(weights.multiply(np.log1p(weights.shape[0] / having)[None, :]))


def first_steps(weights: sparse.csr_array) -> sparse.csr_array:
    """The probability of each step from a row to a column, in proportion to the weights; each row has one at least."""
    return sparse.csr_array(weights.multiply(1 / weights.sum(axis=1)[:, None]))


def from_columns(weights: sparse.csr_array, columns: Ints) -> Floats:
    """How the visits to columns that follow a first step to one of them (a row each) fall to some ``columns``.

    The product of :func:`first_steps` and this is, for each row, the share of a walk's visits to columns that each of
    ``columns`` has. A walk steps from a row to a column and from a column to a row, in proportion to the weights, and
    before each step it may go back to its start (:data:`RESTART`; Tong, Faloutsos, Pan, "Fast random walk with
    restart and its applications", 2006). Since rows and columns take turns, its limit follows from a system with as
    many equations as there are columns, which is solved as it stands.
    """
    on = (1 - RESTART) ** 2
    back = sparse.csr_array(weights.T.multiply(1 / weights.sum(axis=0)[:, None]))
    # Of a walk on columns that goes on with probability ``on``: the sum of on^k (1 - on) M^k over all k.
    there = np.asarray((back @ first_steps(weights)).toarray())
    ends = np.zeros((there.shape[0], len(columns)))
    ends[columns, np.arange(len(columns))] = 1 - on
    return np.asarray(np.linalg.solve(np.eye(there.shape[0]) - on * there, ends))
