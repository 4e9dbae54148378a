"""Ranking, pairs, projection and betweenness, from what each has in memory: kg's tables, a matrix, rows, a graph.

python -m bench.analyses NAME FOLDER RUNS CAP TASK…
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from bench.worker import CannotError, Task, serve
from kg.network.incidence import Incidence, coverage, incidence
from kg.network.tables import NetworkTables
from kg.terms import ID

Counts = Mapping[tuple[str, ...], float]
Maker = Callable[["Landscape"], tuple[Callable[[], Any], Callable[[Any], Counts]]]


class Landscape:
    """What contestants start from: the tables, which partnership covers what, and which bank works with which firm."""

    def __init__(self, folder: Path) -> None:
        self.tables = NetworkTables(folder)
        for name in ("covers", "parties", "milestones", "codes", "broader", "types", "labels"):
            self.tables.numbers(name)
        covers = coverage(self.tables)
        self.keys = self._named(covers.capabilities)
        self.matrix = covers.matrix.csr()
        self.pairs = self._pairs()
        self.joint = self.pairs.select("bank", "firm").unique().sort("bank", "firm")

    def _named(self, numbers: pl.Series) -> list[str]:
        return self.tables.entities.gather(numbers).str.strip_prefix(ID).to_list()

    def _pairs(self) -> pl.DataFrame:
        """Each bank with each firm of each partnership: columns bank, firm (keys), partnership."""
        return self.tables.pairs.select(pl.col("bank", "firm").str.strip_prefix(ID), "partnership")

    @property
    def covered(self) -> list[list[int]]:
        """The capabilities (places in ``keys``) of each partnership."""
        return [sorted(row.tolist()) for row in np.split(self.matrix.indices, self.matrix.indptr[1:-1])]

    @property
    def rows(self) -> pl.DataFrame:
        """The same as rows: columns partnership, capability (a place in ``keys``)."""
        links = self.matrix.tocoo()
        return pl.DataFrame({"partnership": links.row, "capability": links.col})

    def incidence(self) -> tuple[Incidence, Incidence]:
        """Partnerships by banks, and by firms."""
        return incidence(self.pairs, "partnership", "bank"), incidence(self.pairs, "partnership", "firm")

    def ranked(self, counts: Any) -> Counts:
        """How many partnerships cover each capability, from the counts in the order of ``keys``."""
        return {(key,): int(count) for key, count in zip(self.keys, counts, strict=True)}

    def paired(self, rows: Any) -> Counts:
        """How many partnerships cover each two capabilities, of which neither is narrower, from places and counts."""
        nested = {
            frozenset((capability.removeprefix(ID), narrower.removeprefix(ID)))
            for capability, narrower in self.tables.strictly_narrower.iter_rows()
        }
        told = ((*sorted((self.keys[one], self.keys[other])), int(count)) for one, other, count in rows if count)
        return {(one, other): count for one, other, count in told if frozenset((one, other)) not in nested}


def _ours() -> dict[str, Maker]:
    from kg.analysis.pairs import matrix
    from kg.analysis.sharing import sharing
    from kg.analysis.standing import betweenness, standing
    from kg.analysis.together import together
    from kg.network.graphs import network

    def keyed(*columns: str) -> Callable[[pl.DataFrame], Counts]:
        def read(rows: pl.DataFrame) -> Counts:
            return {tuple(keys): count for *keys, count in rows.select(columns).iter_rows()}

        return read

    def between(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        graph = network(of.tables, "banks-firms")
        return lambda: betweenness(graph), _rounded(lambda told: {(node,): value for node, value in told.items()})

    def projected(rows: pl.DataFrame) -> Counts:
        return keyed("bank", "firm", "n")(rows.with_columns(n=pl.col("partnerships").list.len()))

    return {
        "ranking": lambda of: (lambda: sharing(of.tables, everything=True), keyed("capability", "partnerships")),
        "pairs": lambda of: (lambda: together(of.tables, everything=True),
                             keyed("capability", "other", "partnerships")),
        "projection": lambda of: (lambda: matrix(of.tables), projected),
        "centrality": lambda of: (lambda: standing(of.tables), _rounded(keyed("node", "betweenness"))),
        "betweenness": between,
    }  # fmt: skip


def _rounded(read: Callable[[Any], Counts]) -> Callable[[Any], Counts]:
    """Shares to six digits: sums of floating numbers differ by the order in which they are taken."""
    return lambda told: {key: round(value, 6) + 0.0 for key, value in read(told).items()}


def _scipy() -> dict[str, Maker]:
    def pairs(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        matrix = sparse.csr_array(of.matrix)

        def read(told: Any) -> Counts:
            upper = sparse.triu(told, 1).tocoo()
            return of.paired(zip(upper.row, upper.col, upper.data, strict=True))

        return lambda: matrix.T @ matrix, read

    def projection(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        banks, firms = of.incidence()

        def read(told: Any) -> Counts:
            cells = told.tocoo()
            named = ((banks.columns[i], firms.columns[j]) for i, j in zip(cells.row, cells.col, strict=True))
            return {pair: int(count) for pair, count in zip(named, cells.data, strict=True)}

        return lambda: banks.matrix.T @ firms.matrix, read

    return {
        "ranking": lambda of: (lambda: of.matrix.sum(axis=0), of.ranked),
        "pairs": pairs,
        "projection": projection,
    }


def _plain() -> dict[str, Maker]:
    def pairs(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        covered = of.covered
        return (
            lambda: Counter(pair for row in covered for pair in combinations(row, 2)),
            lambda told: of.paired((*pair, count) for pair, count in told.items()),
        )

    return {"pairs": pairs}


def _polars() -> dict[str, Maker]:
    def ranking(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        rows = of.rows
        return (
            lambda: rows.group_by("capability").len(),
            lambda told: {(of.keys[capability],): count for capability, count in told.iter_rows()},
        )

    def pairs(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        rows = of.rows.lazy()
        both = rows.join(rows, on="partnership").filter(pl.col("capability") < pl.col("capability_right"))
        asked = both.group_by("capability", "capability_right").len()
        return asked.collect, lambda told: of.paired(told.iter_rows())

    def projection(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        return (
            lambda: of.pairs.group_by("bank", "firm").len(),
            lambda told: {(bank, firm): count for bank, firm, count in told.iter_rows()},
        )

    return {"ranking": ranking, "pairs": pairs, "projection": projection}


def _duckdb() -> dict[str, Maker]:
    import duckdb

    def asked(sql: str, rows: Callable[[Landscape], pl.DataFrame], read: Callable[[Landscape, Any], Counts]) -> Maker:
        def made(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
            memory = duckdb.connect()
            frame = rows(of)
            memory.register("frame", frame.to_arrow())
            memory.execute("CREATE TABLE r AS FROM frame")
            return lambda: memory.execute(sql).fetchall(), lambda told: read(of, told)

        return made

    pairs = """SELECT a.capability, b.capability, COUNT(*) FROM r a JOIN r b
               ON a.partnership = b.partnership AND a.capability < b.capability GROUP BY 1, 2"""
    return {
        "ranking": asked("SELECT capability, COUNT(*) FROM r GROUP BY 1", lambda of: of.rows,
                         lambda of, told: {(of.keys[capability],): count for capability, count in told}),
        "pairs": asked(pairs, lambda of: of.rows, lambda of, told: of.paired(told)),
        "projection": asked("SELECT bank, firm, COUNT(*) FROM r GROUP BY 1, 2", lambda of: of.pairs,
                            lambda _, told: {(bank, firm): count for bank, firm, count in told}),
    }  # fmt: skip


def _places(of: Landscape) -> tuple[list[str], list[tuple[int, int]]]:
    """The nodes of the projection onto banks and firms, and its edges by their places."""
    nodes = sorted({*of.joint["bank"], *of.joint["firm"]})
    at = {node: place for place, node in enumerate(nodes)}
    return nodes, [(at[bank], at[firm]) for bank, firm in of.joint.iter_rows()]


def _shares(nodes: list[str], values: Any) -> Counts:
    return {(node,): value for node, value in zip(nodes, values, strict=True)}


def _igraph() -> dict[str, Maker]:
    import igraph

    def pairs(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        links, start = of.matrix.tocoo(), len(of.keys)
        graph = igraph.Graph(
            start + of.matrix.shape[0],
            list(zip((links.row + start).tolist(), links.col.tolist(), strict=True)),
            vertex_attrs={"type": [True] * start + [False] * of.matrix.shape[0]},
        )

        def read(told: Any) -> Counts:
            return of.paired((*edge.tuple, edge["weight"]) for edge in told.es)

        return lambda: graph.bipartite_projection(multiplicity=True, which=1), read

    def between(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        nodes, edges = _places(of)
        graph = igraph.Graph(len(nodes), edges)
        whole = (len(nodes) - 1) * (len(nodes) - 2) / 2
        return graph.betweenness, _rounded(lambda told: _shares(nodes, [each / whole for each in told]))

    return {"pairs": pairs, "betweenness": between}


def _rustworkx() -> dict[str, Maker]:
    import rustworkx

    def between(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        nodes, edges = _places(of)
        graph = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from(nodes)
        graph.add_edges_from_no_data(edges)
        return (
            lambda: rustworkx.betweenness_centrality(graph),
            _rounded(lambda told: _shares(nodes, [told[n] for n in range(len(nodes))])),
        )

    return {"betweenness": between}


def _networkit() -> dict[str, Maker]:
    import networkit

    def between(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        nodes, edges = _places(of)
        graph = networkit.Graph(len(nodes))
        for one, other in edges:
            graph.addEdge(one, other)

        def work() -> list[float]:
            return list(networkit.centrality.Betweenness(graph, normalized=True).run().scores())

        return work, _rounded(lambda told: _shares(nodes, told))

    return {"betweenness": between}


def _networkx() -> dict[str, Maker]:
    import networkx as nx
    from networkx.algorithms import bipartite

    def pairs(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        links, graph, start = of.matrix.tocoo(), nx.Graph(), len(of.keys)
        graph.add_nodes_from(range(start))
        graph.add_edges_from(zip((links.row + start).tolist(), links.col.tolist(), strict=True))
        return (
            lambda: bipartite.weighted_projected_graph(graph, range(start)),
            lambda told: of.paired(told.edges(data="weight")),
        )

    def between(of: Landscape) -> tuple[Callable[[], Any], Callable[[Any], Counts]]:
        nodes, edges = _places(of)
        graph = nx.Graph(edges)
        return (
            lambda: nx.betweenness_centrality(graph),
            _rounded(lambda told: _shares(nodes, [told[n] for n in range(len(nodes))])),
        )

    return {"pairs": pairs, "betweenness": between}


CONTESTANTS: dict[str, Callable[[], dict[str, Maker]]] = {
    "kg": _ours, "scipy": _scipy, "polars": _polars, "duckdb": _duckdb, "dictionaries": _plain, "igraph": _igraph,
    "rustworkx": _rustworkx, "networkit": _networkit, "networkx": _networkx,
}  # fmt: skip
PREFIX = "analysis: "
TASKS = ("ranking", "pairs", "projection", "betweenness", "centrality")


def main(name: str, folder: str, runs: str, cap: str, *tasks: str) -> None:
    """Have the tables in memory, and do the analyses asked for."""

    def load() -> Callable[[str], Task]:
        landscape, makers = Landscape(Path(folder)), CONTESTANTS[name]()

        def task_of(task: str) -> Task:
            if task.removeprefix(PREFIX) not in makers:
                raise CannotError("has none")
            work, read = makers[task.removeprefix(PREFIX)](landscape)
            return work, lambda told: read(told).items()

        return task_of

    serve(load, tasks, int(runs), float(cap))


if __name__ == "__main__":
    main(*sys.argv[1:])
