"""Where each bank and firm of the page's network stands, worked out beforehand so that no label covers another.

Those that hang together are a block: the one with most partners in the middle, its partners to the left and the right,
theirs further out (a layered drawing, Sugiyama, Tagawa and Toda 1981, with breadth-first layers). Blocks are packed to
about the shape of a screen. Sizes are in the page's own units, those of the font's pixels; the page is scaled as a
whole, which changes nothing about what overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import ceil, inf, sqrt
from statistics import fmean

import networkx as nx

FONT = 13
LINE = 17
_WRAP = 110
"""Where a label breaks, in units of a label of the least size."""
_GROWTH = 0.4
"""With which power of the number of partners letters grow: twice as large at six."""
_GAP = 9
"""Room between two in a column."""
_BETWEEN = (36, 2.5, 90)
"""Room for lines between two layers: the least, more for each line, the most."""
_APART = (30, 16)
"""Room between blocks, to the right and below."""
_FEW = 4
"""So many partners stand on one side: banks to the left of a firm, firms to the right of a bank."""
_TALL = 40
"""So many in a layer stand below each other before a further column is begun."""
_SCREEN = (1240, 540)
"""What the first look is fitted to."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node's place: its centre, its size with the longer of its labels, that of its letters, its labels in lines."""

    x: float
    y: float
    width: float
    height: float
    letters: int
    labels: Mapping[str, str]


@dataclass(slots=True)
class _Item:
    width: float
    height: float
    letters: int
    labels: Mapping[str, str]


@dataclass(slots=True)
class _Block:
    """What hangs together: the middle of each of its nodes, from the block's own corner."""

    width: float = 0
    height: float = 0
    places: dict[str, tuple[float, float]] = field(default_factory=dict)


def measured(text: str) -> float:
    """How wide a text is at most, in any usual font."""
    return sum(FONT if ord(sign) > 0x2E7F else FONT * (0.74 if sign.isupper() else 0.6) for sign in text)


def wrapped(text: str, width: float) -> str:
    """The text in lines of about a width: broken between words, or between Chinese signs.

    >>> wrapped("移动支付、云计算（公有云）", 70).splitlines()
    ['移动支付、', '云计算（公', '有云）']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and measured(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line.rstrip()])


_ENDS, _BEGINS = "，。、；：！？）》」』】〉”’…", "（《「『【〈“‘"
"""What no line begins with, and what none ends with (clreq, the W3C's requirements for Chinese)."""


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for sign, after in zip(text, [*text[1:], ""], strict=False):  # an empty text has no sign
        piece += sign
        if sign == " " or (ord(sign) > 0x2E7F and sign not in _BEGINS and (not after or after not in _ENDS)):
            yield piece
            piece = ""
    yield piece


def place(graph: nx.Graph, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Box]:
    """A box for each node of a graph of parties; ``labels`` has each name by language.

    Nodes have ``kind``, edges between one and its owner ``owner``. What is joined by an edge stands in one block.
    """
    items = {node: _item(labels[node], _partners(graph, node)) for node in graph}
    order = {node: number for number, node in enumerate(graph)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    blocks = [_block(graph, part, items) for part in sorted(parts, key=lambda part: order[part[0]])]
    boxes: dict[str, Box] = {}
    for block, (left, top) in zip(blocks, _packed(blocks), strict=True):
        for node, (x, y) in block.places.items():
            item = items[node]
            place_ = round(left + x, 1), round(top + y, 1)
            boxes[node] = Box(*place_, round(item.width, 1), round(item.height, 1), item.letters, item.labels)
    return {node: boxes[node] for node in graph}


def _item(names: Mapping[str, str], partners: int) -> _Item:
    labels = {language: wrapped(text, _WRAP) for language, text in names.items()}
    rows = max(text.count("\n") + 1 for text in labels.values())
    grown = max(partners, 1) ** _GROWTH
    width = max(measured(row) for text in labels.values() for row in text.split("\n"))
    return _Item(width * grown + 22, rows * LINE * grown + 10, round(FONT * grown), labels)


def _block(graph: nx.Graph, part: list[str], items: Mapping[str, _Item]) -> _Block:
    """The one with most partners in the middle, what hangs on it on two sides, as even as can be."""
    hub = max(part, key=lambda node: _partners(graph, node))  # the first of the most
    branches = _branches(graph, part, hub)
    firm = graph.nodes[hub]["kind"] != "bank"
    sides: list[set[str]] = [set(), set()]
    if _partners(graph, hub) <= _FEW or len(branches) == 1:
        sides[0 if firm else 1] = {node for branch in branches for node in branch}
    else:
        heights = [0.0, 0.0]
        for branch in sorted(branches, key=len, reverse=True):
            lower = heights.index(min(heights))
            sides[lower] |= branch
            heights[lower] += sum(items[node].height + _GAP for node in branch)
    block = _Block()
    rows: dict[str, tuple[float, float]] = {hub: (0.0, 0.0)}
    for side, sign in zip(sides, (-1, 1), strict=True):
        _spread(graph, hub, side, sign, items, rows)
    left = min(x - items[node].width / 2 for node, (x, _) in rows.items())
    top = min(y - items[node].height / 2 for node, (_, y) in rows.items())
    block.places = {node: (x - left, y - top) for node, (x, y) in rows.items()}
    block.width = max(x + items[node].width / 2 for node, (x, _) in block.places.items())
    block.height = max(y + items[node].height / 2 for node, (_, y) in block.places.items())
    return block


def _partners(graph: nx.Graph, node: str) -> int:
    return sum(1 for edge in graph[node].values() if not edge.get("owner"))


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
) -> None:
    """Layers outward from the middle, each in an order that crosses little and level with what it is tied to."""
    layers = _ordered(graph, _layers(graph, hub, side))
    if len(layers) < 2:
        return
    columns = [list(_columns(layer)) for layer in layers]
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
        least, more, most = _BETWEEN
        edge += min(most, least + more * lines)
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


def _columns(layer: list[str]) -> Iterator[list[str]]:
    """A layer of many in columns of about as many each."""
    count = max(1, ceil(sqrt(len(layer) / _TALL)))
    size = ceil(len(layer) / count)
    for start in range(0, len(layer), size):
        yield layer[start : start + size]


def _height(column: Sequence[str], items: Mapping[str, _Item]) -> float:
    return sum(items[node].height + _GAP for node in column) - _GAP


def _stacked(column: Sequence[str], items: Mapping[str, _Item]) -> Iterator[tuple[str, float]]:
    """One below the other, around nought."""
    y = -_height(column, items) / 2
    for node in column:
        yield node, y + items[node].height / 2
        y += items[node].height + _GAP


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


def _packed(blocks: Sequence[_Block]) -> list[tuple[float, float]]:
    """The corner of each block, within the width that lets the whole be largest on the screen."""
    widest = max((block.width for block in blocks), default=0)
    area = sum((block.width + _APART[0]) * (block.height + _APART[1]) for block in blocks)
    most = max(widest, 1.8 * sqrt(area * _SCREEN[0] / _SCREEN[1]))
    tries = [_filled(blocks, widest + (most - widest) * step / 24) for step in range(25)]
    return max(tries, key=lambda found: min(_SCREEN[0] / found[1], _SCREEN[1] / found[2]))[0]


def _filled(blocks: Sequence[_Block], width: float) -> tuple[list[tuple[float, float]], float, float]:
    """Each block as high as it goes, the largest first: the skyline of Burke, Kendall and Whitwell (2004)."""
    right, below = _APART
    line: list[tuple[float, float]] = [(0.0, 0.0)]  # from where on the place down to where is taken
    corners: dict[int, tuple[float, float]] = {}
    for number in sorted(range(len(blocks)), key=lambda one: (-blocks[one].height, -blocks[one].width, one)):
        block = blocks[number]
        options = [
            (max(y for x, y in _under(line, left, left + block.width)), left)
            for left, _ in line
            if left + block.width <= width + 0.001 or left == 0
        ]
        y, x = min(options)
        corners[number] = (x, y)
        end = x + block.width + right
        after = [taken for left, taken in line if left <= end][-1]
        line = [point for point in line if point[0] < x] + [(x, y + block.height + below), (end, after)] + [
            point for point in line if point[0] > end
        ]  # fmt: skip
    wide = max((corners[at][0] + block.width for at, block in enumerate(blocks)), default=1)
    high = max((corners[at][1] + block.height for at, block in enumerate(blocks)), default=1)
    return [corners[number] for number in range(len(blocks))], wide, high


def _under(line: Sequence[tuple[float, float]], left: float, right: float) -> Iterator[tuple[float, float]]:
    """The steps of the skyline between two sides."""
    for (x, y), (end, _) in zip(line, [*line[1:], (inf, 0.0)], strict=True):
        if x < right and end > left:
            yield x, y
