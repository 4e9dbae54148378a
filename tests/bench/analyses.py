"""Ranking and pairs from the network tables, beside a bare sparse product and NetworkX's weighted projection.

python -m bench.analyses TASK CONTESTANT FOLDER RUNS
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
from networkx.algorithms import bipartite
from scipy import sparse

from bench.contest import Contestant, measured
from kg.analysis.sharing import sharing
from kg.analysis.together import together
from kg.network.incidence import coverage
from kg.network.tables import NetworkTables
from kg.terms import ID

Counts = dict[tuple[str, ...], int]


def ours(task: str, folder: Path) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
    """The two analyses, from tables that are in memory."""
    tables = NetworkTables(folder)
    for name in ("covers", "parties", "milestones", "codes", "broader", "types", "labels"):
        tables.numbers(name)
    len(tables.entities)
    if task == "ranking":
        return lambda: sharing(tables, everything=True), ranked
    return lambda: together(tables, everything=True), paired


def ranked(rows: pl.DataFrame) -> Counts:
    """How many partnerships cover each capability."""
    return {(capability,): count for capability, count in rows.select("capability", "partnerships").iter_rows()}


def paired(rows: pl.DataFrame) -> Counts:
    """How many partnerships cover each two capabilities."""
    return {(a, b): count for a, b, count in rows.select("capability", "other", "partnerships").iter_rows()}


def product(task: str, folder: Path) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
    """The bare product of the matrix of partnerships by capabilities with itself: both answers, without their names."""
    tables = NetworkTables(folder)
    covers = coverage(tables)
    keys = tables.entities.gather(covers.capabilities).str.strip_prefix(ID).to_list()
    matrix = sparse.csr_array(covers.matrix)

    def read(told: Any) -> Counts:
        dense = told.toarray()
        if task == "ranking":
            return {(key,): int(count) for key, count in zip(keys, dense.diagonal(), strict=True)}
        return without_nested(tables, keys, np.triu(dense, 1))

    return lambda: matrix.T @ matrix, read


def without_nested(tables: NetworkTables, keys: list[str], counts: Any) -> Counts:
    """The pairs of which neither is narrower than the other."""
    nested = {
        frozenset((capability.removeprefix(ID), narrower.removeprefix(ID)))
        for capability, narrower in tables.strictly_narrower.iter_rows()
    }
    told = ((keys[i], keys[j], int(counts[i, j])) for i, j in zip(*counts.nonzero(), strict=True))
    return {(one, other): count for one, other, count in told if frozenset((one, other)) not in nested}


def projection(task: str, folder: Path) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
    """NetworkX's weighted projection of the bipartite graph onto the capabilities."""
    tables = NetworkTables(folder)
    covers = coverage(tables)
    keys = tables.entities.gather(covers.capabilities).str.strip_prefix(ID).to_list()
    links = covers.matrix.tocoo()
    graph = nx.Graph()
    graph.add_edges_from((int(deal), keys[capability]) for deal, capability in zip(links.row, links.col, strict=True))

    def read(told: nx.Graph) -> Counts:
        if task == "ranking":
            return {(key,): graph.degree[key] for key in keys}
        at = {key: n for n, key in enumerate(keys)}
        counts = np.zeros((len(keys), len(keys)), np.int64)
        for one, other, weight in told.edges(data="weight"):
            first, second = sorted((at[one], at[other]))
            counts[first, second] = weight
        return without_nested(tables, keys, counts)

    return lambda: bipartite.weighted_projected_graph(graph, keys), read


HERE = "bench.analyses"
WORK = {"kg": ours, "scipy": product, "networkx": projection}


def contestants(*, projected: bool = True) -> list[Contestant]:
    """Who does what; NetworkX once, since it takes so long."""
    peers = [
        Contestant("ranking", "kg", HERE), Contestant("pairs", "kg", HERE),
        Contestant("ranking", "scipy", HERE), Contestant("pairs", "scipy", HERE),
    ]  # fmt: skip
    return [*peers, Contestant("pairs", "networkx", HERE, rounds=1, runs=1)] if projected else peers


def main(task: str, name: str, folder: str, runs: str) -> None:
    """Do the work and print how it went."""
    work, read = WORK[name](task, Path(folder))

    def answer(told: object) -> str:
        return hashlib.sha256(repr(sorted(read(told).items())).encode()).hexdigest()

    sys.stdout.write(measured(work, answer, int(runs)))


if __name__ == "__main__":
    main(*sys.argv[1:])
