"""Our null model against the package bicm, on random landscapes and on a real one; run where bicm is installed.

python docs/tables/against_bicm.py [STORE]
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import sys
import warnings
from typing import Any, NamedTuple

import numpy as np
from bicm import BipartiteGraph
from chance import landscape, plant
from scipy import sparse

import kg
from kg.analysis.chance import ALPHA, _pairs
from kg.network.incidence import Incidence, in_common, incidence
from kg.network.nullmodel import adjusted, fitted

LANDSCAPES = 12
PRECISE = 1e-12


class Differences(NamedTuple):
    """The greatest difference of a link's probability and of a pair's p-value; how many pairs are validated by whom."""

    links: float
    p: float
    pairs: int
    ours: int
    theirs: int
    both: int


def compared(links: Any) -> Differences:
    """A matrix of ones and zeros, partnerships by capabilities, by our model and by bicm's with exact p-values."""
    links = links[np.ix_(links.any(axis=1), links.any(axis=0))]  # what has no link is in neither model
    matrix = sparse.csr_array(links.astype(np.int64))
    model = fitted(matrix)
    whole = np.column_stack([model.column(int(degree))[model.of_row] for degree in links.sum(axis=0)])
    counts = in_common(matrix)
    rows, columns = ([str(number) for number in range(size)] for size in links.shape)
    told, _ = _pairs(Incidence(rows, columns, matrix), model, counts)
    p = counts.select(p="count").to_series().cast(float).scatter(range(counts.height), [value for _, value in told])
    q = adjusted(p, len(columns) * (len(columns) - 1) // 2)
    pairs = list(zip(counts["first"].to_list(), counts["second"].to_list(), strict=True))
    found = {pair for pair, value in zip(pairs, q, strict=True) if value <= ALPHA}

    quiet = io.StringIO()  # it tells of its progress, and without that computes no exact p-values in one process
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = BipartiteGraph(biadjacency=links.astype(np.int64))
        theirs.solve_tool(method="newton", tol=PRECISE, eps=PRECISE, max_steps=1000)
        theirs.compute_projection(rows=False, alpha=ALPHA, approx_method="poibin", threads_num=1)
    values = {tuple(sorted((a, b))): value for a, held in theirs.cols_pvals.items() for b, value in held.items()}
    projection = theirs.projected_cols_adj_list
    validated = {tuple(sorted((int(a), int(b)))) for a, held in projection.items() for b in held}
    return Differences(
        links=float(np.abs(whole - theirs.get_bicm_matrix()).max()),
        p=max(abs(values[pair] - value) for pair, value in zip(pairs, p, strict=True)),
        pairs=len(pairs), ours=len(found), theirs=len(validated), both=len(found & validated),
    )  # fmt: skip


def random_ones(partnerships: int) -> list[Differences]:
    """Random landscapes with one pair of capabilities planted, as docs/tables/chance.py draws them."""
    told = []
    for seed in range(LANDSCAPES):
        links, random = landscape(seed, partnerships)
        plant(links, random, 4, 9, 0.9)
        told.append(compared(links))
    return told


def main() -> None:
    """Print the table."""
    print(f"bicm {importlib.metadata.version('bicm')}; {LANDSCAPES} random landscapes a row, alpha {ALPHA}")
    print(f"{'landscape':>24} {'links':>8} {'p':>8} {'pairs':>6} {'ours':>5} {'bicm':>5} {'both':>5}")
    tables = kg.open_landscape(sys.argv[1] if len(sys.argv) > 1 else "build/kg").tables
    real = incidence(tables.coverage(exact=True), "partnership", "capability").matrix.toarray() > 0
    rows = {f"{size} partnerships": random_ones(size) for size in (60, 120, 300)}
    rows["both landscapes"] = [compared(real)]
    for name, told in rows.items():
        links, p = max(one.links for one in told), max(one.p for one in told)
        sums = [sum(getattr(one, column) for one in told) for column in ("pairs", "ours", "theirs", "both")]
        print(f"{name:>24} {links:>8.0e} {p:>8.0e} {sums[0]:>6} {sums[1]:>5} {sums[2]:>5} {sums[3]:>5}")


if __name__ == "__main__":
    main()
