"""Which firms and banks form a community, and what it shares."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import NamedTuple

import networkx as nx
import polars as pl

from kg.network.graphs import network
from kg.network.tables import NetworkTables
from kg.terms import NetworkKind, shorten

TRIALS = 20
"""How many seeds are tried to see how stable a community is."""
_NAMED = 3


class Communities(NamedTuple):
    """What was found: a row a community, and how well the whole falls into them."""

    rows: pl.DataFrame
    modularity: float
    agreement: float


def communities(
    tables: NetworkTables, kind: NetworkKind = "banks-firms", *, seed: int = 0, language: str = "en"
) -> Communities:
    """The communities of a network by Louvain's method (Blondel et al. 2008), with weights.

    Returns
    -------
    Communities
        ``rows`` has ``community`` (number, the largest first), ``size``, ``members`` (keys) and ``labels`` in the
        same order, ``shares`` and ``capabilities`` (labels and keys of up to three that two or more of its partnerships
        cover, those of most first, of equals the one that is rarer elsewhere; a broader one of the same number is left
        out, since the narrower says more; of a single partnership what it covers itself), ``shared_by`` (how many of
        its partnerships cover each), ``partnerships`` (keys of those inside it) and ``stability`` (the mean over
        twenty other seeds of its greatest Jaccard similarity to a community found there, 0 to 1). ``modularity`` is
        Newman's (2004) of the whole, ``agreement`` the mean over all pairs of those seeds of the adjusted Rand index
        (Hubert, Arabie 1985), 1 where all find the same.
    """
    graph = network(tables, kind, language=language)
    if isinstance(graph, nx.MultiDiGraph):
        graph = nx.Graph(graph.to_undirected())
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "community": pl.Int64, "size": pl.Int64, "members": pl.List(pl.String), "labels": pl.List(pl.String),
        "shares": pl.List(pl.String), "capabilities": pl.List(pl.String), "shared_by": pl.List(pl.Int64),
        "partnerships": pl.List(pl.String), "stability": pl.Float64,
    }  # fmt: skip
    if not graph.number_of_edges():
        return Communities(pl.DataFrame(schema=schema), 0.0, 1.0)
    found = _found(graph, seed)
    trials = [_found(graph, seed + number) for number in range(1, TRIALS + 1)]
    labels = dict(graph.nodes(data="label"))
    inside = [_inside(graph, members) for members in found]
    names = _shared(inside, tables, language)
    rows = [
        (
            number, len(members), sorted(members), [labels[member] for member in sorted(members)], *shared,
            sorted(partnerships),
            round(sum(max(_jaccard(members, other) for other in trial) for trial in trials) / len(trials), 9),
        )
        for number, (members, shared, partnerships) in enumerate(zip(found, names, inside, strict=True), start=1)
    ]  # fmt: skip
    pairs = list(combinations(trials, 2))
    agreement = sum(adjusted_rand(one, other) for one, other in pairs) / len(pairs)
    modularity = nx.community.modularity(graph, found)
    return Communities(pl.DataFrame(rows, schema=schema, orient="row"), round(modularity, 9), round(agreement, 9))


def _found(graph: nx.Graph, seed: int) -> list[set[str]]:
    parts = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def adjusted_rand(one: list[set[str]], other: list[set[str]]) -> float:
    """How far two partitions of the same nodes agree: 1 the same, about 0 by chance."""
    pairs = [len(a & b) for a in one for b in other]
    total = sum(len(part) for part in one)
    both, first, second = (sum(n * (n - 1) / 2 for n in counts) for counts in (pairs, map(len, one), map(len, other)))
    chance = first * second / max(total * (total - 1) / 2, 1)
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def _inside(graph: nx.Graph, members: set[str]) -> set[str]:
    """The partnerships (keys) that connect two members."""
    edges = graph.subgraph(members).edges(data="partnerships")
    return {key for a, b, keys in edges if a != b for key in keys or ()}


def _shared(
    inside: list[set[str]], tables: NetworkTables, language: str
) -> list[tuple[list[str], list[str], list[int]]]:
    """What the partnerships inside each community share: labels, keys, and how many of them cover each."""
    labels = dict(tables.labels(language).iter_rows())
    covers = {exact: _covers(tables, exact=exact) for exact in (True, False)}
    everywhere = Counter(capability for capabilities in covers[False].values() for capability in capabilities)
    narrower: dict[str, set[str]] = {}
    for capability, below in tables.strictly_narrower.iter_rows():
        narrower.setdefault(capability, set()).add(below)
    told = []
    for partnerships in inside:
        own = covers[len(partnerships) == 1]
        counted = Counter(capability for partnership in partnerships for capability in own.get(partnership, ()))
        least = min(2, len(partnerships))
        kept = [
            capability for capability, count in counted.items()
            if count >= least and all(counted[below] < count for below in narrower.get(capability, ()))
        ]  # fmt: skip
        best = sorted(kept, key=lambda c: (-counted[c], everywhere[c], c))[:_NAMED]
        keys = [shorten(capability) for capability in best]
        named = [labels.get(capability, key) for capability, key in zip(best, keys, strict=True)]
        told.append((named, keys, [counted[capability] for capability in best]))
    return told


def _covers(tables: NetworkTables, *, exact: bool) -> dict[str, list[str]]:
    """The capabilities that each partnership (key) covers, once each."""
    rows = tables.coverage(exact=exact).unique().sort(pl.all()).group_by("partnership", maintain_order=True)
    return {shorten(partnership): of for partnership, of in rows.agg("capability").iter_rows()}
