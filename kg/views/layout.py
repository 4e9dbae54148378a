"""Where each node of the page stands, worked out beforehand so that no label covers another.

Columns from left to right: banks, firms, partnerships, products, and the hierarchy of capabilities in indented lists.
Partnerships stand to the right of their parties, so that no line to what they work on runs through a firm.
Sizes are in the page's own units, those of the font's pixels; the page is scaled as a whole, which changes nothing
about what overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product as combinations
from statistics import fmean

import networkx as nx

from kg.terms import KG, SKOS

FONT = 13
LINE = 17
ICON = 6
"""Half the height of a sign that has its label below it."""

_WRAP = {"bank": 170, "firm": 190, "organization": 190, "capability": 260, "product": 210, "partnership": 190}
_GAP = {"bank": 14, "firm": 10, "product": 10, "capability": 7, "partnership": 10}
_INDENT = 16
_DEEPEST = 6
"""How far a list is indented at most."""
_BETWEEN = {"bank": 44, "partnership": 44, "firm": 44, "product": 44, "capability": 26}
"""Room to the right of a column, for lines to be seen."""
_SCREEN = (1240, 640)
"""What the first look is fitted to."""
_MOST_COLUMNS = {"bank": 3, "firm": 3, "product": 6, "capability": 12}


@dataclass(frozen=True, slots=True)
class Box:
    """A node's place: its centre as vis draws it, and its label in lines for each language."""

    x: float
    y: float
    labels: Mapping[str, str]


@dataclass(slots=True)
class _Item:
    node: str
    width: float
    height: float
    indent: float = 0


Columns = list[list[_Item]]


def measured(text: str) -> float:
    """How wide a text is at most, in any usual font."""
    return sum(FONT if ord(sign) > 0x2E7F else FONT * (0.74 if sign.isupper() else 0.6) for sign in text)


def wrapped(text: str, width: float) -> str:
    """The text in lines of about a width: broken between words, or between Chinese signs."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and measured(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line.rstrip()])


def _lines(text: str, kind: str) -> str:
    """A label in lines; those of an ellipse, which has no margin of its own, get a hard space at either end."""
    lines = wrapped(text, _WRAP[kind])
    return "\n".join(f"\u00a0{line}\u00a0" for line in lines.split("\n")) if kind == "firm" else lines


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for sign in text:
        piece += sign
        if sign == " " or ord(sign) > 0x2E7F:
            yield piece
            piece = ""
    yield piece


def place(graph: nx.MultiDiGraph, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Box]:
    """A box for each node of :func:`kg.network.graphs.everything`; ``labels`` has each name by language."""
    kinds = {node: "firm" if kind == "organization" else kind for node, kind in graph.nodes(data="kind")}
    lines = {node: {language: _lines(text, kinds[node]) for language, text in labels[node].items()} for node in graph}
    items = {node: _item(node, kinds[node], lines[node]) for node in graph}
    orders = _orders(graph, kinds)
    blocks = {kind: [[items[node]] for node in nodes] for kind, nodes in orders.items()}
    blocks["capability"] = _tree(graph, [n for n, k in kinds.items() if k == "capability"], items)
    columns = _fitted(blocks)
    height = max((_height(column, kind) for kind, cs in columns.items() for column in cs), default=0)
    boxes: dict[str, Box] = {}
    left = 0.0
    for kind in ("bank", "firm", "partnership", "product", "capability"):
        for column in columns[kind]:
            _stack(column, kind, left, height, lines, boxes)
            left += _width(column) + _BETWEEN[kind]
    parties = _parties(graph)
    for kind, other in (("partnership", "firm"), ("bank", "partnership")):
        if len(columns[kind]) == 1:
            wanted = _means(boxes, parties, kinds, kind, other)
            _level_out(columns[kind][0], _GAP[kind], wanted, height, boxes)
    return boxes


def _parties(graph: nx.MultiDiGraph) -> list[tuple[str, str]]:
    """Each partnership with each of its parties."""
    return [(p, o) for p, o, key in graph.edges(keys=True) if key in (KG.bankParty, KG.techParty)]


def _means(
    boxes: Mapping[str, Box], parties: list[tuple[str, str]], kinds: Mapping[str, str], kind: str, other: str
) -> dict[str, float]:
    """The mean height of what each node of one kind is tied to among those of the other."""
    heights: dict[str, list[float]] = {}
    for pair in parties:
        for node, tied in (pair, pair[::-1]):
            if kinds[node] == kind and kinds[tied] == other:
                heights.setdefault(node, []).append(boxes[tied].y)
    return {node: fmean(ys) for node, ys in heights.items()}


def _level_out(
    column: list[_Item], gap: float, wanted: Mapping[str, float], height: float, boxes: dict[str, Box]
) -> None:
    """Move a column's items to the heights wanted, as near as leaves room between them."""
    items = sorted(column, key=lambda item: (wanted.get(item.node, boxes[item.node].y), item.node))
    places: list[float] = []
    for before, item in zip([None, *items], items, strict=False):
        least = item.height / 2 if before is None else places[-1] + (before.height + item.height) / 2 + gap
        places.append(max(least, wanted.get(item.node, boxes[item.node].y)))
    most = height
    for number in range(len(items) - 1, -1, -1):  # what was pushed over the edge comes back
        places[number] = min(places[number], most - items[number].height / 2)
        most = places[number] - items[number].height / 2 - gap
    for item, y in zip(items, places, strict=True):
        box = boxes[item.node]
        boxes[item.node] = Box(box.x, round(y, 1), box.labels)


def _item(node: str, kind: str, lines: Mapping[str, str]) -> _Item:
    rows = max(text.count("\n") + 1 for text in lines.values())
    width = max(measured(row) for text in lines.values() for row in text.split("\n"))
    if kind == "partnership":
        return _Item(node, 2 * ICON, 2 * ICON)
    if kind == "product":
        return _Item(node, width + 6, 2 * ICON + 6 + rows * LINE)
    if kind == "firm":  # an ellipse is wider by its height, and twice as high as its text
        return _Item(node, width + rows * LINE + 6, 2 * rows * LINE)
    return _Item(node, width + 14, rows * LINE + 10)


def _orders(graph: nx.MultiDiGraph, kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """Banks, partnerships, firms and products in an order that keeps what belongs together level."""
    found: dict[str, list[str]] = {kind: [] for kind in ("bank", "partnership", "firm", "product")}
    for node, kind in kinds.items():
        if kind in found:
            found[kind].append(node)
    first: dict[str, str] = {}
    for partnership, party in sorted(_parties(graph)):
        if kinds[party] == "bank":
            first.setdefault(partnership, party)
    found["partnership"].sort(key=lambda p: (first.get(p, ""), p))
    rank = {p: float(number) for number, p in enumerate(found["partnership"])}
    for kind in ("bank", "firm", "product"):
        level = {node: _level(graph, node, rank) for node in found[kind]}
        found[kind].sort(key=lambda node, level=level: (level[node], node))  # type: ignore[misc]
    return found


def _level(graph: nx.MultiDiGraph, node: str, rank: Mapping[str, float]) -> float:
    """The mean rank of a node's partnerships; without any, just after its owner, else at the end."""
    seen: list[str] = []
    while node not in seen:
        own = [rank[p] for p in graph.predecessors(node) if p in rank]
        if own:
            return fmean(own) + 0.01 * len(seen)
        seen.append(node)
        node = next((o for _, o, key in graph.out_edges(node, keys=True) if key == KG.subsidiaryOf), node)
    return float(len(rank))


def _tree(graph: nx.MultiDiGraph, nodes: list[str], items: Mapping[str, _Item]) -> list[list[_Item]]:
    """A block for each top of the hierarchy, its narrower ones below it, indented."""
    known = set(nodes)
    parent = {
        node: min(
            (b for _, b, key in graph.out_edges(node, keys=True) if key == SKOS.broader and b in known), default=""
        )
        for node in nodes
    }
    children: dict[str, list[str]] = {}
    for node in nodes:
        children.setdefault(parent[node], []).append(node)
    placed: set[str] = set()

    def down(top: str) -> list[_Item]:
        block: list[_Item] = []
        waiting = [(top, 0)]
        while waiting:
            node, depth = waiting.pop()
            if node in placed:
                continue
            placed.add(node)
            items[node].indent = min(depth, _DEEPEST) * _INDENT
            block.append(items[node])
            waiting += [(child, depth + 1) for child in reversed(children.get(node, []))]
        return block

    tops = [down(node) for node in children.get("", [])]
    # What hangs in a circle has no top: each that is left begins a block of its own.
    return [block for block in [*tops, *map(down, nodes)] if block]


def _fitted(blocks: Mapping[str, list[list[_Item]]]) -> dict[str, Columns]:
    """Each kind in as many columns as let the whole be largest on the screen."""
    choices = {
        kind: [_columns(blocks[kind], count, kind) for count in range(1, most + 1)]
        for kind, most in _MOST_COLUMNS.items()
    }
    partnerships: Columns = [[item for block in blocks["partnership"] for item in block]]
    sizes = {
        kind: [
            (sum(_width(c) + _BETWEEN[kind] for c in columns), max((_height(c, kind) for c in columns), default=0))
            for columns in options
        ]
        for kind, options in choices.items()
    }
    kinds = list(choices)
    best = max(
        combinations(*(range(len(choices[kind])) for kind in kinds)),
        key=lambda picks: _scale([sizes[kind][pick] for kind, pick in zip(kinds, picks, strict=True)]),
    )
    return {"partnership": partnerships, **{k: choices[k][pick] for k, pick in zip(kinds, best, strict=True)}}


def _scale(sizes: list[tuple[float, float]]) -> float:
    width, height = sum(size[0] for size in sizes) + 2 * ICON + _BETWEEN["partnership"], max(size[1] for size in sizes)
    return min(_SCREEN[0] / max(width, 1), _SCREEN[1] / max(height, 1))


def _columns(blocks: list[list[_Item]], count: int, kind: str) -> Columns:
    """The blocks one after the other in at most so many columns, the highest as low as can be, none torn apart."""
    heights = [_height(block, kind) for block in blocks]
    low, high = max(heights, default=0), sum(heights)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(blocks, middle, kind)) <= count else (middle, high)
    return _filled(blocks, high, kind)


def _filled(blocks: list[list[_Item]], most: float, kind: str) -> Columns:
    """The blocks in columns that are no higher than ``most``, unless one block is."""
    columns: Columns = [[]]
    for block in blocks:
        if columns[-1] and _height(columns[-1], kind) + _height(block, kind) > most:
            columns.append([])
        columns[-1].extend(block)
    return columns


def _width(column: list[_Item]) -> float:
    return max((item.indent + item.width for item in column), default=0)


def _height(column: list[_Item], kind: str) -> float:
    return sum(item.height + _GAP[kind] for item in column)


def _stack(
    column: list[_Item],
    kind: str,
    left: float,
    height: float,
    lines: Mapping[str, Mapping[str, str]],
    boxes: dict[str, Box],
) -> None:
    """Put a column's items one below the other, spread over the whole height."""
    spare = (height - _height(column, kind)) / max(len(column), 1)
    if kind == "capability":
        spare = min(spare, 6)
    top = 0.0
    for item in column:
        top += spare / 2
        x = left + item.indent + item.width / 2 if kind == "capability" else left + _width(column) / 2
        y = top + (ICON if kind == "product" else item.height / 2)
        boxes[item.node] = Box(round(x, 1), round(y, 1), lines[item.node])
        top += item.height + _GAP[kind] + spare / 2
