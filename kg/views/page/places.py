"""Where the things of a CONSTRUCT stand: what hangs together in columns from left to right, as its lines lead."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import Any

import networkx as nx

from kg.views.drawing import small
from kg.views.layout import WIDE, Box
from kg.views.letters import FONT, LINE, measured, wrapped
from kg.views.packing import Size, packed
from kg.views.page.answer import Answered
from kg.views.page.values import taken, valued

_DEEPEST, _SWEEPS = 5, 8
"""The most ranks; how often columns are sorted."""
FEW, _LABEL, _ROOM, PORT = 60, (220, 165), (16, 9), (13, 7)
"""So many lines are few; how wide names are, room below a box and for each line at its side, of few and of more."""
_BETWEEN, _EACH, _MOST = 100, 0.8, 150
"""The room between two columns: the least, more for each line, the most."""
_ASIDE = 24
"""The room on both sides of a name together."""
_SAID = (4, 2)
"""In how many lines a value is told, of few and of more."""
_APART, _BESIDE, _READ, _SCREENS = (90, 44), 14, 8, 5
"""The room between blocks, and between things that hang together with nothing; how high letters are that can be read;
how many windows are below each other elsewhere."""

Names = Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class _Block:
    """What hangs together: each thing's middle, from the block's own corner."""

    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    """A box is as wide as its column, so that lines begin and end at its sides."""
    width: float = 0
    height: float = 0


def placed(answered: Answered, kinds: Mapping[str, str], names: Names) -> dict[str, Box]:
    """A box for each thing; none covers another.

    A box is as high as the lines at a side of it need, and a column as it has things, so that lines to the next go
    through no other. Its order crosses little, and each thing is level with what it is tied to, as near as leaves room.
    What doesn't hang together is packed to about the shape of a window, or, where that could not be read, to one to be
    read downwards. What hangs together with nothing stands in rows, in the order of the answer. A box has below its
    name what is said of it in words, numbers and dates.
    """
    ranks = _ranks(answered, kinds)
    met = Counter((one, ranks[one] > ranks[other]) for a, _, b in answered.lines for one, other in ((a, b), (b, a)))
    many = len(answered.lines) > FEW
    close = len(answered.lines) + len(answered.texts) > FEW
    values = valued(answered, names, _LABEL[many], _SAID[close])
    beside = {thing: max(met[thing, True], met[thing, False]) for thing in answered.things}
    boxes = {
        thing: _box(names[thing], _LABEL[many], beside[thing] * PORT[many] + 8, values.get(thing, {}))
        for thing in answered.things
    }
    graph: nx.MultiGraph[Any] = nx.MultiGraph()
    graph.add_nodes_from(answered.things)
    graph.add_edges_from((a, b) for a, _, b in answered.lines if a != b)
    order = {thing: n for n, thing in enumerate(answered.things)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), order[part[0]]))
    lone = [part[0] for part in parts if len(part) == 1]
    # What has a word that is longer than a line doesn't make all others as wide.
    shelves = [
        [thing for thing in lone if (boxes[thing].width > _LABEL[many] + _ASIDE) is wide] for wide in (False, True)
    ]
    hanging = [_block(graph.subgraph(part), part, ranks, boxes, _ROOM[many]) for part in parts if len(part) > 1]

    def laid(screen: Size) -> tuple[list[_Block], list[Size], float]:
        blocks = [*hanging, *(_shelved(shelf, boxes, screen) for shelf in shelves if shelf)]
        return blocks, *packed(blocks, _APART, screen)

    at: dict[str, tuple[float, float]] = {}
    blocks, corners, scale = laid(WIDE)
    if scale * FONT < _READ:
        blocks, corners, _ = laid((WIDE[0], _SCREENS * WIDE[1]))
    for block, (left, top) in zip(blocks, corners, strict=True):
        at |= {thing: (round(left + x, 1), round(top + y, 1)) for thing, (x, y) in block.places.items()}
    wide = {thing: width for block in blocks for thing, width in block.widths.items()}
    return {
        thing: replace(boxes[thing], x=at[thing][0], y=at[thing][1], width=wide[thing]) for thing in answered.things
    }


def _box(names: Mapping[str, str], wide: float, least: float, values: Mapping[str, list[str]]) -> Box:
    labels = {language: wrapped(name, wide) for language, name in names.items()}
    lines = [text.split("\n") for text in labels.values()]
    width = max(
        [measured(line) for own in lines for line in own] + [small(line) for own in values.values() for line in own]
    )
    high = max(map(len, lines)) * LINE + 12 + taken(values)
    return Box(0, 0, width + _ASIDE, max(high, least), FONT, labels, values=values)


def _shelved(things: Sequence[str], boxes: Mapping[str, Box], screen: Size) -> _Block:
    """What hangs together with nothing, in rows, each box as wide as the widest: as large as can be on a screen."""
    wide, count = max(boxes[thing].width for thing in things), len(things)

    def heights(across: int) -> list[float]:
        return [max(boxes[thing].height for thing in things[n : n + across]) for n in range(0, count, across)]

    def scales(across: int) -> tuple[float, float]:
        """How large they may be for the width of the screen, and for its height."""
        rows = heights(across)
        return screen[0] / (across * (wide + _BESIDE) - _BESIDE), screen[1] / (sum(rows) + _BESIDE * (len(rows) - 1))

    # The more beside each other, the less for the width and the more for the height: best is where the two meet.
    met = bisect_left(range(1, count), True, key=lambda across: scales(across)[0] <= scales(across)[1]) + 1
    across = max(met - 1, 1) if min(scales(max(met - 1, 1))) >= min(scales(met)) else met
    rows = heights(across)
    block = _Block(widths=dict.fromkeys(things, wide), width=across * (wide + _BESIDE) - _BESIDE)
    y = 0.0
    for row, tallest in enumerate(rows):
        block.places |= {
            thing: (wide / 2 + n * (wide + _BESIDE), y + boxes[thing].height / 2)
            for n, thing in enumerate(things[row * across : (row + 1) * across])
        }
        y += tallest + _BESIDE
    block.height = y - _BESIDE
    return block


def _block(
    graph: nx.MultiGraph[Any], part: list[str], ranks: Mapping[str, int], boxes: Mapping[str, Box], room: float
) -> _Block:
    by_rank: dict[int, list[str]] = {}
    for thing in part:
        by_rank.setdefault(ranks[thing], []).append(thing)
    columns = _ordered(graph, [by_rank[rank] for rank in sorted(by_rank)])
    heights = [sum(boxes[thing].height + room for thing in column) - room for column in columns]
    tallest = heights.index(max(heights))
    level = dict(zip(columns[tallest], _stacked(columns[tallest], boxes, room), strict=True))
    for n in sorted(range(len(columns)), key=lambda n: (abs(n - tallest), n))[1:]:
        wanted = [fmean([level[one] for one in graph[thing] if one in level] or [0]) for thing in columns[n]]
        level |= zip(columns[n], _levelled(columns[n], wanted, boxes, room), strict=True)
    top = min(level[thing] - boxes[thing].height / 2 for thing in part)
    block = _Block(height=max(level[thing] + boxes[thing].height / 2 for thing in part) - top)
    between = min(_MOST, _BETWEEN + _EACH * graph.number_of_edges() / max(len(columns) - 1, 1))
    left = 0.0
    for column in columns:
        wide = max(boxes[thing].width for thing in column)
        block.widths |= dict.fromkeys(column, wide)
        block.places |= {thing: (left + wide / 2, level[thing] - top) for thing in column}
        left += wide + between
    block.width = left - between
    return block


def _ordered(graph: nx.MultiGraph[Any], columns: list[list[str]]) -> list[list[str]]:
    """Each column in the order of the mean places of what it is tied to before it, and behind it, there and back."""
    place = {thing: n / len(column) for column in columns for n, thing in enumerate(column)}
    rank = {thing: n for n, column in enumerate(columns) for thing in column}
    for turn in range(_SWEEPS):
        there = turn % 2 == 0
        for n in range(1, len(columns)) if there else range(len(columns) - 2, -1, -1):
            passed = {
                thing: [place[one] for one in graph[thing] if (rank[one] < n if there else rank[one] > n)]
                for thing in columns[n]
            }
            mean = {thing: fmean(places or [place[thing]]) for thing, places in passed.items()}
            columns[n] = sorted(columns[n], key=lambda thing, mean=mean: (round(mean[thing], 6), place[thing]))  # type: ignore[misc]
            place |= {thing: at / len(columns[n]) for at, thing in enumerate(columns[n])}
    return columns


def _stacked(column: Sequence[str], boxes: Mapping[str, Box], room: float) -> list[float]:
    """One below the other, from 0 on: the middle of each."""
    middles, y = [], 0.0
    for thing in column:
        middles.append(y + boxes[thing].height / 2)
        y += boxes[thing].height + room
    return middles


def _levelled(column: Sequence[str], wanted: Sequence[float], boxes: Mapping[str, Box], room: float) -> list[float]:
    """As near to the heights wanted as leaves each its room: least squares by pooling neighbours (Ayer et al. 1955)."""
    middles = _stacked(column, boxes, room)
    pools: list[tuple[float, int]] = []
    for middle, height in zip(middles, wanted, strict=True):
        pools.append((height - middle, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, size = pools.pop()
            pools[-1] = (pools[-1][0] + total, pools[-1][1] + size)
    moved = [total / size for total, size in pools for _ in range(size)]
    return [middle + by for middle, by in zip(middles, moved, strict=True)]


def _ranks(answered: Answered, kinds: Mapping[str, str]) -> dict[str, int]:
    """How far to the right each thing stands: right of what leads to it, banks left of their partnerships."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(answered.things)
    graph.add_edges_from((a, b) for a, _, b in answered.lines if a != b)
    # Of two that lead to each other the bank stands left, or what is spoken of first.
    order = {thing: (kinds.get(thing) != "bank", n) for n, thing in enumerate(answered.things)}
    graph.remove_edges_from([(a, b) for a, b in graph.edges if graph.has_edge(b, a) and order[a] > order[b]])
    whole = nx.condensation(graph)
    ranks: dict[int, int] = {}
    for part in nx.lexicographical_topological_sort(whole):
        ranks[part] = min(max((ranks[before] + 1 for before in whole.predecessors(part)), default=0), _DEEPEST)
    found = {thing: ranks[part] for thing, part in whole.graph["mapping"].items()}
    for thing in answered.things:
        before = list(graph.predecessors(thing))
        deals = {kinds.get(one) for one in before} == {"partnership"}
        if deals and kinds.get(thing) == "bank" and not graph.out_degree(thing):
            found[thing] = min(found[one] for one in before) - 1
    return found
