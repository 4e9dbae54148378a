"""Who stands where: how central each is in a network of the landscape."""

from __future__ import annotations

from typing import Literal, get_args

import networkx as nx
import polars as pl
import rustworkx as rx

from kg.errors import known
from kg.network.graphs import network
from kg.network.tables import NetworkTables
from kg.terms import NetworkKind

Measure = Literal["degree", "strength", "betweenness", "pagerank"]
SMALL = 300
"""Up to how many nodes NetworkX is asked for betweenness; above, rustworkx, whose values are the same."""

PRECISE = 1e-12
"""By how much a step of PageRank's walk may still change what it gives each node, on average."""


def standing(
    tables: NetworkTables, kind: NetworkKind = "banks-firms", *, by: Measure = "strength", language: str = "en"
) -> pl.DataFrame:
    """How central each node of a network is (:func:`kg.network.graphs.network`).

    Returns
    -------
    polars.DataFrame
        ``node`` (key), ``label``, ``kind``; ``degree`` (count of neighbours), ``strength`` (sum of the weights of its
        edges; Barrat et al. 2004), ``betweenness`` (share of the shortest paths between two others that go through
        it, 0 to 1, every step counting alike; Freeman 1977), ``pagerank`` (with the weights, damping 0.85, all
        nodes' sum 1; Brin, Page 1998). Sorted by ``by``, most first, then by ``node``.
    """
    known("order", by, get_args(Measure))
    graph = network(tables, kind, language=language)
    if isinstance(graph, nx.MultiDiGraph):  # the whole: who has to do with whom, in whatever way
        graph = nx.Graph(graph.to_undirected())
    strength, ranks = dict(graph.degree(weight="weight")), pagerank(graph)
    between = betweenness(graph)
    rows = [
        (node, data["label"], data["kind"], graph.degree(node), strength[node], between[node], ranks[node])
        for node, data in graph.nodes(data=True)
    ]
    schema = {
        "node": pl.String, "label": pl.String, "kind": pl.String, "degree": pl.Int64, "strength": pl.Int64,
        "betweenness": pl.Float64, "pagerank": pl.Float64,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("betweenness", "pagerank").round(9))
    return frame.sort(by, "node", descending=[True, False])


def pagerank(graph: nx.Graph) -> dict[str, float]:
    """The PageRank of each node, with weights; NetworkX's own tolerance leaves the fourth digit open."""
    return dict(nx.pagerank(graph, tol=PRECISE, max_iter=1000)) if len(graph) else {}


def betweenness(graph: nx.Graph) -> dict[str, float]:
    """The betweenness of each node, normalized, without weights."""
    if len(graph) <= SMALL:
        return dict(nx.betweenness_centrality(graph))
    nodes = list(graph)
    at = {node: number for number, node in enumerate(nodes)}
    made = rx.PyGraph(multigraph=False)
    made.add_nodes_from(nodes)
    made.add_edges_from_no_data([(at[a], at[b]) for a, b in graph.edges if a != b])
    return {nodes[number]: value for number, value in rx.betweenness_centrality(made).items()}
