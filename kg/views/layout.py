"""Where each bank and firm of the page's network stands, worked out beforehand so that no label covers another.

Those that hang together are a block: the one with most partners in the middle, its partners to the left and the right,
theirs further out (a layered drawing, Sugiyama, Tagawa and Toda 1981, with breadth-first layers). Blocks are packed to
about the shape of a screen (:mod:`kg.views.packing`), or into each other's gaps (:mod:`kg.views.inlay`). Sizes are in
the page's own units, those of the font's pixels; it is scaled as a whole, which changes nothing about what overlaps. Of
several styles (:mod:`kg.views.spacing`) the first is taken in which all names can be read when the whole is in sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from math import ceil, inf, sqrt
from statistics import fmean

import networkx as nx

from kg.views import inlay
from kg.views.letters import FONT, measured, wrapped
from kg.views.packing import packed
from kg.views.spacing import CLOSE, ROOMY, SHORT, SHORTER, SPEAKING, Style
from kg.views.telling import BELOW, between, partners, taken, telling

_FEW = 4
"""So many partners stand on one side: banks to the left of a firm, firms to the right of a bank."""
WRITTEN = 30
"""Lines say what they are about where there are no more than so many."""
WIDE, NARROW = (1256, 552), (366, 430)
"""What the first look is fitted to: a window that is wide, and one that is held upright."""
_READ = 7.8
"""How many pixels letters have at least where the whole is in sight: the page makes them a little larger yet."""
_MOST = 500
"""Of more than so many no style leaves all names legible."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node's place: its centre, its size with the longer of its labels, that of its letters, its labels in lines.

    ``upright`` is its centre in a window that is higher than wide, ``values`` lines below the name, by language.
    """

    x: float
    y: float
    width: float
    height: float
    letters: int
    labels: Mapping[str, str]
    upright: tuple[float, float] | None = None
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Item:
    width: float
    height: float
    letters: int
    labels: Mapping[str, str]
    gap: float
    below: float = 0
    """Room beneath, within its height, for what its lines are about."""
    aside: float = 0
    """How far it reaches to both sides, with that."""

    def __post_init__(self) -> None:
        self.aside = self.width / 2


@dataclass(slots=True)
class _Block:
    """What hangs together: the middle of each of its nodes, from the block's own corner."""

    width: float = 0
    height: float = 0
    places: dict[str, tuple[float, float]] = field(default_factory=dict)


def place(graph: nx.Graph, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Box]:
    """A box for each node of a graph of parties; ``labels`` has each name by language.

    Nodes have ``kind``, edges between one and its owner ``owner``, others may have ``said``: how wide what the line is
    about is in letters of the names' size. What is joined by an edge stands in one block.
    """
    speaking = sum(1 for *_, owner in graph.edges(data="owner") if not owner) <= WRITTEN
    styles = (*([SPEAKING] if speaking else []), ROOMY, CLOSE, SHORT, SHORTER)
    tried: list[tuple[float, Style]] = []
    for style in styles if len(graph) <= _MOST else ():
        items, blocks = _laid(graph, labels, style)
        wide, scale = _packed(graph, items, blocks, style)
        tried.append((scale, style))
        if scale * FONT >= _READ:
            break
    else:
        style = max(tried, key=lambda one: one[0])[1] if tried else replace(ROOMY, said=0)
        items, blocks = _laid(graph, labels, style)
        wide, _ = _packed(graph, items, blocks, style)
    at = dict(_standing(blocks, wide))
    # What is held upright has no room beside what partners for what that belongs to.
    partnered = nx.subgraph_view(graph, filter_edge=lambda a, b: not graph.edges[a, b].get("owner"))
    narrow = _laid(partnered, labels, replace(style, said=0))[1] if len(graph) <= _MOST else []
    upright = dict(_standing(narrow, packed(narrow, style.apart, NARROW)[0]))
    return {
        node: Box(
            at[node][0], round(at[node][1] - item.below / 2, 1), round(item.width, 1),
            round(item.height - item.below, 1), item.letters, item.labels, upright.get(node),
        )
        for node, item in items.items()
    }  # fmt: skip


def _packed(
    graph: nx.Graph, items: Mapping[str, _Item], blocks: Sequence[_Block], style: Style
) -> tuple[list[tuple[float, float]], float]:
    """The corner of each block, and how many pixels of a wide window a unit has then."""
    if not style.said:
        return packed(blocks, style.apart, WIDE)
    shapes = [inlay.Block(block.width, block.height, list(taken(graph, items, block.places))) for block in blocks]
    row = (style.line + style.margin[1] + style.apart[1]) / 2  # two for a name of one line
    return inlay.inlaid(shapes, style.apart, WIDE, row)


def _standing(
    blocks: Sequence[_Block], corners: Sequence[tuple[float, float]]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """The middle of each node, when each block has its corner."""
    for block, (left, top) in zip(blocks, corners, strict=True):
        for node, (x, y) in block.places.items():
            yield node, (round(left + x, 1), round(top + y, 1))


def _laid(
    graph: nx.Graph, labels: Mapping[str, Mapping[str, str]], style: Style
) -> tuple[dict[str, _Item], list[_Block]]:
    items = {node: _item(labels[node], partners(graph, node), style) for node in graph}
    for node in graph if style.said else ():
        if wide := telling(graph, node):
            items[node].below = BELOW
            items[node].height += BELOW
            items[node].aside = max(items[node].aside, wide / 2)
    order = {node: number for number, node in enumerate(graph)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: order[part[0]])
    return items, [_block(graph, part, items, style) for part in parts]


def _item(names: Mapping[str, str], partners: int, style: Style) -> _Item:
    cut = style.one_line and partners < _FEW
    labels = {language: text if cut else wrapped(text, style.wrap) for language, text in names.items()}
    rows = max(text.count("\n") + 1 for text in labels.values())
    grown = max(partners, 1) ** style.growth
    width = max(measured(row) for text in labels.values() for row in text.split("\n"))
    aside, above = style.margin
    width = (min(width, style.wrap) if cut else width) * grown + aside
    return _Item(width, rows * style.line * grown + above, round(FONT * grown), labels, style.gap)


def _block(graph: nx.Graph, part: list[str], items: Mapping[str, _Item], style: Style) -> _Block:
    """The one with most partners in the middle, what hangs on it on two sides, as even as can be."""
    hub = max(part, key=lambda node: partners(graph, node))  # the first of the most
    branches = _branches(graph, part, hub)
    firm = graph.nodes[hub]["kind"] != "bank"
    sides: list[set[str]] = [set(), set()]
    if partners(graph, hub) <= _FEW or len(branches) == 1:
        sides[0 if firm else 1] = {node for branch in branches for node in branch}
    else:
        heights = [0.0, 0.0]
        for branch in sorted(branches, key=len, reverse=True):
            lower = heights.index(min(heights))
            sides[lower] |= branch
            heights[lower] += sum(items[node].height + items[node].gap for node in branch)
    block = _Block()
    rows: dict[str, tuple[float, float]] = {hub: (0.0, 0.0)}
    for side, sign in zip(sides, (-1, 1), strict=True):
        _spread(graph, hub, side, sign, items, rows, style)
    left = min(x - items[node].aside for node, (x, _) in rows.items())
    top = min(y - items[node].height / 2 for node, (_, y) in rows.items())
    block.places = {node: (x - left, y - top) for node, (x, y) in rows.items()}
    block.width = max(x + items[node].aside for node, (x, _) in block.places.items())
    block.height = max(y + items[node].height / 2 for node, (_, y) in block.places.items())
    return block


def _branches(graph: nx.Graph, part: list[str], hub: str) -> list[set[str]]:
    """What would hang together without the one in the middle, in the order of their first."""
    found: list[set[str]] = []
    met = {hub}
    for node in part:
        if node not in met:
            branch = _reached(graph, node, met)
            met |= branch
            found.append(branch)
    return found


def _reached(graph: nx.Graph, start: str, without: set[str]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        new = [other for other in graph[waiting.pop()] if other not in reached and other not in without]
        reached.update(new)
        waiting.extend(new)
    return reached


def _spread(
    graph: nx.Graph,
    hub: str,
    side: set[str],
    sign: int,
    items: Mapping[str, _Item],
    rows: dict[str, tuple[float, float]],
    style: Style,
) -> None:
    """Layers outward from the middle, each in an order that crosses little and level with what it is tied to."""
    layers = _ordered(graph, _layers(graph, hub, side))
    if len(layers) < 2:
        return
    columns = [list(_columns(layer, style.tall)) for layer in layers]
    edge = items[hub].width / 2
    heights = [max(_height(column, items) for column in layer) for layer in columns]
    tallest = max(range(1, len(layers)), key=lambda at: heights[at])
    level = {node: y for column in columns[tallest] for node, y in _stacked(column, items)}
    level[hub] = 0.0
    for at in [*range(tallest - 1, 0, -1), *range(tallest + 1, len(layers))]:
        beside = {
            node
            for layer in (layers[at + 1 : min(at + 2, tallest) + 1] if at < tallest else layers[max(0, at - 2) : at])
            for node in layer
        }
        for column in columns[at]:
            level.update(_levelled(column, [_mean(graph, node, beside, level) for node in column], items))
    for at in range(1, len(layers)):
        inner, outer = set(layers[at - 1]), layers[at]
        lines = sum(1 for node in outer for other in graph[node] if other in inner)
        least, more, most = style.between
        edge += max(between(graph, hub, outer, style.said), min(most, least + more * lines))
        for column in columns[at]:
            width = max(items[node].width for node in column)
            for node in column:  # names of a column begin, or end, where its lines do
                rows[node] = (sign * (edge + items[node].width / 2), level[node])
            edge += width + 14
        edge -= 14


def _layers(graph: nx.Graph, hub: str, side: set[str]) -> list[list[str]]:
    """Those one step from the middle, two steps, and so on: an owner is two steps away, so that banks face firms."""
    steps, waiting = {hub: 0}, [(0, 0, hub)]
    while waiting:
        far, _, node = heappop(waiting)
        if far > steps[node]:
            continue
        for other, edge in graph[node].items():
            away = far + (2 if edge.get("owner") else 1)
            if other in side and away < steps.get(other, inf):
                steps[other] = away
                heappush(waiting, (away, len(steps), other))
    layers: dict[int, list[str]] = {}
    for node, far in sorted(steps.items(), key=lambda step: step[1]):
        layers.setdefault(far, []).append(node)
    return list(layers.values())


def _ordered(graph: nx.Graph, layers: list[list[str]]) -> list[list[str]]:
    """The layers, each in the order of the mean places of what it is tied to, there and back."""
    places = {node: number / len(layer) for layer in layers for number, node in enumerate(layer)}
    for turn in range(6):
        there = turn % 2 == 0
        for at in range(1, len(layers)) if there else range(len(layers) - 2, -1, -1):
            passed = {
                node for layer in (layers[max(0, at - 2) : at] if there else layers[at + 1 : at + 3]) for node in layer
            }
            level = {node: _mean(graph, node, passed, places) for node in layers[at]}
            level |= {node: places[node] for node, mean in level.items() if mean is None}
            layers[at] = sorted(layers[at], key=level.__getitem__)  # type: ignore[arg-type]
            places |= {node: number / len(layers[at]) for number, node in enumerate(layers[at])}
    return layers


def _columns(layer: list[str], tall: int) -> Iterator[list[str]]:
    """A layer of many in columns of about as many each."""
    count = max(1, ceil(sqrt(len(layer) / tall)))
    size = ceil(len(layer) / count)
    for start in range(0, len(layer), size):
        yield layer[start : start + size]


def _height(column: Sequence[str], items: Mapping[str, _Item]) -> float:
    return sum(items[node].height + items[node].gap for node in column) - items[column[-1]].gap


def _stacked(column: Sequence[str], items: Mapping[str, _Item]) -> Iterator[tuple[str, float]]:
    """One below the other, around nought."""
    y = -_height(column, items) / 2
    for node in column:
        yield node, y + items[node].height / 2
        y += items[node].height + items[node].gap


def _mean(graph: nx.Graph, node: str, beside: set[str], level: Mapping[str, float]) -> float | None:
    tied = [level[other] for other in graph[node] if other in beside]
    return fmean(tied) if tied else None


def _levelled(
    column: Sequence[str], wanted: Sequence[float | None], items: Mapping[str, _Item]
) -> Iterator[tuple[str, float]]:
    """As near to the heights wanted as leaves each its room: least squares by pooling neighbours (Ayer et al. 1955)."""
    middles = [y for _, y in _stacked(column, items)]
    pools: list[list[float]] = []
    for middle, height in zip(middles, wanted, strict=True):
        pools.append([0.0 if height is None else height - middle, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, size = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += size
    moved = [total / size for total, size in pools for _ in range(int(size))]
    for node, middle, by in zip(column, middles, moved, strict=True):
        yield node, middle + by
