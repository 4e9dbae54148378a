"""Room in the network for what its lines are about: between two that partner with nobody else, else by a name.

The page says it there (``assets/page/gist.js``), of more lines than can say it each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import networkx as nx

from kg.views.inlay import Rectangle

BELOW = 20
"""How high the room is beneath a name."""
_LONGEST, _ENDS = 150, 36
"""So wide at most is what is said on a line, and so much of the line is seen on both sides of it together."""
_WIDE = ((4, 180), (0, 140))
"""How wide it is beneath a name at which so many lines end at least."""
_PARTS = 4
"""In how many parts a line is looked at, where nothing else may lie on it."""


class Item(Protocol):
    """A name's box, how high the room beneath is within it, and how far that reaches to both sides."""

    width: float
    height: float
    below: float
    aside: float


def partners(graph: nx.Graph, node: str) -> int:
    """With how many others one partners."""
    return sum(1 for edge in graph[node].values() if not edge.get("owner"))


def telling(graph: nx.Graph, node: str) -> float:
    """How wide the room is for what lines are about: at that of their ends of which more come, of several; else 0."""
    own = partners(graph, node)
    others = (partners(graph, other) for other, edge in graph[node].items() if not edge.get("owner"))
    firm = graph.nodes[node]["kind"] != "bank"
    told = own > 1 and any(many < own or (many == own and firm) for many in others)
    return next(wide for many, wide in _WIDE if own >= many) if told else 0


def between(graph: nx.Graph, hub: str, outer: Sequence[str], letters: float) -> float:
    """How far apart two stand that partner with nobody else; ``letters`` are as large beside those of names."""
    if not letters or set(graph[hub]) != set(outer) or len(outer) > 1 or len(graph[outer[0]]) > 1:
        return 0
    said: float = graph.edges[hub, outer[0]].get("said", 0)
    return min(_LONGEST, said * letters) + _ENDS if said else 0


def taken(graph: nx.Graph, items: Mapping[str, Item], places: Mapping[str, tuple[float, float]]) -> Iterator[Rectangle]:
    """Where those that hang together have anything: names, what lines are about beneath, and lines, part by part."""
    for node, (x, y) in places.items():
        item = items[node]
        low = y + item.height / 2
        yield x - item.width / 2, y - item.height / 2, x + item.width / 2, low
        if item.below:
            yield x - item.aside, low - item.below, x + item.aside, low
    for a, b in graph.subgraph(places).edges:
        if not graph.edges[a, b].get("owner"):
            (x, y, start), (tox, toy, end) = sorted((*places[node], items[node].width / 2) for node in (a, b))
            yield from _curved(x + start, y, tox - end, toy)


def _curved(x: float, y: float, tox: float, toy: float) -> Iterator[Rectangle]:
    """About where a line is that leaves and arrives level."""
    steps = [(part / _PARTS) for part in range(_PARTS + 1)]
    points = [(x + (tox - x) * step, y + (toy - y) * step * step * (3 - 2 * step)) for step in steps]
    for (left, one), (right, other) in pairwise(points):
        if right > left:
            yield left, min(one, other), right, max(one, other)
