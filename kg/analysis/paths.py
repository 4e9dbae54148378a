"""How two organizations are connected: by which partnerships, step by step."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import polars as pl

from kg.analysis.citations import behind_pairs
from kg.network.graphs import network
from kg.network.tables import NetworkTables
from kg.store.engine import Engine
from kg.terms import shorten

MOST = 100
"""How many shortest paths are told at most; of two well connected ones there may be thousands."""


def paths(
    store: Engine, tables: NetworkTables, one: str, other: str, *, most: int = MOST, language: str = "en"
) -> pl.DataFrame:
    """All shortest paths between two organizations (IRIs) from bank to technology firm and on.

    Found by breadth-first search, each step counting as one (Moore 1959, "The Shortest Path Through a Maze"; by
    :func:`networkx.all_shortest_paths`).

    Returns
    -------
    polars.DataFrame
        A row for each step of each path: ``path`` and ``step`` (numbers from 1), ``from`` and ``to`` (keys) with
        ``from_label`` and ``to_label``, ``partnerships`` (keys of those that connect the two), ``on`` (labels of what
        they cover), ``sources`` (passages, ``source#locator``); without rows where they are not connected, or are one
        and the same. Paths come in the order of their keys; at most ``most``.
    """
    graph = network(tables, "banks-firms", language=language)
    start, end = shorten(one), shorten(other)
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "path": pl.Int64, "step": pl.Int64, "from": pl.String, "from_label": pl.String, "to": pl.String,
        "to_label": pl.String, "partnerships": pl.List(pl.String), "on": pl.List(pl.String),
    }  # fmt: skip
    rows = []
    if start != end and start in graph and end in graph and nx.has_path(graph, start, end):
        found = sorted(nx.all_shortest_paths(graph, start, end))[:most]
        labels = dict(graph.nodes(data="label"))
        names = {shorten(iri): label for iri, label in tables.labels(language).iter_rows()}
        for number, path in enumerate(found, start=1):
            for step, (a, b) in enumerate(pairwise(path), start=1):
                edge = graph.edges[a, b]
                on = sorted(names.get(capability, capability) for capability in edge["capabilities"])
                rows.append((number, step, a, labels[a], b, labels[b], edge["partnerships"], on))
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    steps = frame.select(bank="from", firm="to", partnerships="partnerships").unique(["bank", "firm"])
    cited = behind_pairs(store, tables, steps).rename({"bank": "from", "firm": "to"})
    return frame.join(cited, on=["from", "to"], how="left", maintain_order="left")
