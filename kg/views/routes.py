"""How lines go between the boxes of a CONSTRUCT, where no browser draws them (as ``assets/page/routes.js`` has it)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import inf
from typing import Any

import networkx as nx

from kg.views.layout import Box
from kg.views.page.answer import Answered, Triple
from kg.views.page.places import PORT


def ports(read: Answered, boxes: Mapping[str, Box]) -> dict[tuple[Triple, str, int], float]:
    """Where each line leaves and arrives: beside the others at a side of a box, in the order of what they lead to."""
    sides: dict[tuple[str, bool], list[tuple[float, Triple, int]]] = {}
    for line in read.lines:
        for end, (one, other) in enumerate(((line[0], line[2]), (line[2], line[0]))):
            a, b = boxes[one], boxes[other]
            sides.setdefault((one, b.x < a.x), []).append((inf if a.x == b.x else b.y, line, end))
    found = {}
    for (thing, _), lines in sides.items():
        step = min(PORT[0], (boxes[thing].height - 8) / len(lines))
        for at, (_, line, end) in enumerate(sorted(lines)):
            found[line, thing, end] = boxes[thing].y + (at - (len(lines) - 1) / 2) * step
    return found


def passed(read: Answered, boxes: Mapping[str, Box]) -> dict[Triple, list[tuple[float, float]]]:
    """Where each line goes through the columns between its ends: by a gap of each, beside what goes there too."""
    graph: nx.Graph[Any] = nx.Graph((a, b) for a, _, b in read.lines)
    part = {thing: n for n, things in enumerate(nx.connected_components(graph)) for thing in things}
    columns: dict[int, dict[float, list[Box]]] = {}
    for thing, n in part.items():
        columns.setdefault(n, {}).setdefault(boxes[thing].x, []).append(boxes[thing])
    taken: Counter[tuple[int, float, float]] = Counter()
    found: dict[Triple, list[tuple[float, float]]] = {}
    for line in read.lines:
        a, b = boxes[line[0]], boxes[line[2]]
        for x in sorted(columns[part[line[0]]], reverse=b.x < a.x):
            if not min(a.x, b.x) < x < max(a.x, b.x):
                continue
            own = sorted(columns[part[line[0]]][x], key=lambda box: box.y)
            edges = [(box.y - box.height / 2, box.y + box.height / 2) for box in own]
            gaps = [edges[0][0] - 8, *((low + high) / 2 for (_, low), (high, _) in pairwise(edges)), edges[-1][1] + 8]
            y = min(gaps, key=lambda gap, x=x: abs(gap - a.y - (b.y - a.y) * (x - a.x) / (b.x - a.x)))  # type: ignore[misc]
            half = max(box.width for box in own) / 2 * (1 if b.x > a.x else -1)
            taken[part[line[0]], x, y] += 1
            n = taken[part[line[0]], x, y]
            aside = min(3.5, n // 2 * 1.5) * (1 if n % 2 else -1)
            found.setdefault(line, []).extend([(x - half, y + aside), (x + half, y + aside)])
    return found
