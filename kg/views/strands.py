"""The rows of a SELECT as strands through columns, one for each variable that has things, with places worked out.

Rows that hang together are a piece; in each the order of a column's things crosses little (barycentre sweeps, Sugiyama,
Tagawa and Toda 1981), and each row comes and goes at a height of its own in every box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

import networkx as nx

from kg.views.letters import LINE
from kg.views.page.answer import Answered, Cell

_MANY, _COLOURS, _SWEEPS = 40, 8, 6
_GAP, _APART, _PORT, _TAGGED, _WORDS = 7, 30, 7, 14, 16
"""Room below a box and a piece; how high a row is at a box, at one with tags, and at the last where words follow."""

Thread = Mapping[int, Cell]
"""By column what a row passes: nothing where it has nothing there, though it goes on."""


@dataclass(slots=True)
class Node:
    """What stands in a column of a piece, with the height of its middle and the one at which each row passes it."""

    cell: Cell
    lines: list[str]
    rows: list[int]
    height: float
    y: float = 0
    ports: dict[int, float] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    """Where its rows go on to, when rows of several meet here and part again."""


@dataclass(slots=True)
class Piece:
    """Rows that stand beside each other: the nodes of each column, and of each row its colour."""

    rows: list[int]
    columns: list[list[Node]]
    colours: dict[int, int]
    height: float = 0


@dataclass(slots=True)
class Strands:
    """All rows: ``columns`` and ``texts`` are places of variables, ``rows`` those that differ."""

    columns: list[int]
    texts: list[int]
    rows: list[tuple[Cell, ...]]
    threads: list[Thread]
    pieces: list[Piece]
    height: float = 0


def strands(read: Answered, labelled: Callable[[Cell], str]) -> Strands:
    """The rows as they are drawn; ``labelled`` gives a cell's name in lines."""
    rows = list(dict.fromkeys(read.rows))
    columns = [n for n in range(len(read.heads)) if any(cell and cell[1] for cell in (row[n] for row in rows))]
    texts = [n for n in range(len(read.heads)) if n not in columns]
    threads = [_thread([row[n] for n in columns], last=bool(texts)) for row in rows]
    found = Strands(columns, texts, rows, threads, [])
    given = 0
    for part in _parted(threads, len(columns), ordered=read.ordered):
        key = _colouring(part, threads, len(columns), len(rows))
        own = list(dict.fromkeys(map(key, part)))
        colours = {row: (given + own.index(key(row))) % _COLOURS for row in part}
        given += len(own)
        piece = Piece(
            part, _columns(part, threads, len(columns), labelled, words=bool(texts), kept=read.ordered), colours
        )
        piece.height = _settled(piece, found.height)
        found.height += piece.height + _APART
        found.pieces.append(piece)
    found.height -= _APART
    return found


def _thread(cells: Sequence[Cell], *, last: bool) -> Thread:
    """Where a row has nothing between two things, or before its words, it passes nothing; else it begins or ends."""
    known = [n for n, cell in enumerate(cells) if cell is not None]
    end = len(cells) if last else known[-1] + 1 if known else 0
    return {n: cells[n] for n in range(known[0] if known else 0, end)}


def _hanging(rows: Iterable[int], threads: Sequence[Thread], columns: Iterable[int]) -> list[list[int]]:
    """Rows that hang together by the things of some columns, those with most of them first."""
    graph: nx.Graph[Any] = nx.Graph()
    joined = list(columns)
    for row in rows:
        graph.add_node(row)
        graph.add_edges_from((row, (n, threads[row][n])) for n in joined if threads[row].get(n) is not None)
    parts = [sorted(one for one in part if isinstance(one, int)) for part in nx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), part))


def _parted(threads: Sequence[Thread], count: int, *, ordered: bool) -> list[list[int]]:
    """Pieces of few enough rows.

    Where too many hang together, the variable is left out of which that leaves fewest, whose things stand in several
    pieces then; what is still too large is cut where the order of its first column crosses little.
    Where the rows are ``ordered``, pieces follow each other as their first rows do, and those that would lie between
    each other are one.
    """
    every = range(count)
    places = _places(threads)
    tries = [_hanging(range(len(threads)), threads, every)]
    if count > 2 and len(tries[0][0]) > _MANY:
        tries += [_hanging(range(len(threads)), threads, [n for n in every if n != left]) for left in every]
    if ordered:
        tries = [_following(parts, places) for parts in tries]
    best = min(tries, key=lambda parts: max(map(len, parts)))
    if ordered:
        runs = [[row for part in run for row in part] for run in _runs(best)]
        return [piece for run in runs for piece in (_sliced(run, places) if len(run) > _MANY else [run])]
    several = [part for part in best if len(part) > 1]
    alone = [row for part in best if len(part) == 1 for row in part]  # which stand together
    pieces = [
        piece
        for part in several
        for piece in (_sliced(part, _crossing(part, threads, count)) if len(part) > _MANY else [part])
    ]
    return pieces + [alone[at : at + _MANY] for at in range(0, len(alone), _MANY)]


def _places(threads: Sequence[Thread]) -> list[int]:
    """Of each row the first one with the same in the first column."""
    firsts: dict[Cell, int] = {}
    for row, thread in enumerate(threads):
        if 0 in thread:
            firsts.setdefault(thread[0], row)
    return [firsts[thread[0]] if 0 in thread else row for row, thread in enumerate(threads)]


def _following(parts: list[list[int]], places: Sequence[int]) -> list[list[int]]:
    def key(row: int) -> tuple[int, int]:
        return places[row], row

    found: list[list[int]] = []
    for part in sorted((sorted(part, key=key) for part in parts), key=lambda part: key(part[0])):
        if found and places[part[0]] <= places[found[-1][-1]]:
            found[-1] = sorted(found[-1] + part, key=key)
        else:
            found.append(part)
    return found


def _runs(parts: list[list[int]]) -> list[list[list[int]]]:
    """Neighbours that stand alone, together."""
    runs: list[list[list[int]]] = []
    for part in parts:
        if runs and len(part) == len(runs[-1][-1]) == 1 and len(runs[-1]) < _MANY:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _crossing(part: list[int], threads: Sequence[Thread], count: int) -> dict[int, int]:
    """The place of each row by an order of the first column that crosses little."""
    order = {cell: n for n, cell in enumerate(_ordered(part, threads, count, kept=False)[0])}
    return {row: order.get(threads[row].get(0), -1) if 0 in threads[row] else -1 for row in part}


def _sliced(part: list[int], ranks: Sequence[int] | Mapping[int, int]) -> list[list[int]]:
    slices: list[list[int]] = [[]]
    before = None
    for row in sorted(part, key=lambda row: (ranks[row], row)):
        full = len(slices[-1])
        if full >= _MANY or (full >= _MANY / 2 and ranks[row] != before):
            slices.append([])
        slices[-1].append(row)
        before = ranks[row]
    return slices


def _through(part: Iterable[int], threads: Sequence[Thread], count: int) -> list[dict[Cell, list[int]]]:
    found: list[dict[Cell, list[int]]] = [{} for _ in range(count)]
    for row in part:
        for n, cell in threads[row].items():
            found[n].setdefault(cell, []).append(row)
    return found


def _ordered(part: Sequence[int], threads: Sequence[Thread], count: int, *, kept: bool) -> list[list[Cell]]:
    """Each column, the first if it is not ``kept``, in the order of the mean places of what its rows pass beside it."""
    through = _through(part if kept else _walked(part, threads), threads, count)
    ranks = [{cell: n / max(len(column) - 1, 1) for n, cell in enumerate(column)} for column in through]
    for turn in range(8):
        way = range(1, count) if turn % 2 == 0 else range(count - 2, kept - 1, -1)
        for n in way:
            beside = n - 1 if turn % 2 == 0 else n + 1
            means = {
                cell: fmean([ranks[beside][threads[row][beside]] for row in rows if beside in threads[row]] or [at])
                for (cell, rows), at in zip(through[n].items(), ranks[n].values(), strict=True)
            }
            column = sorted(through[n], key=lambda cell, means=means, n=n: (round(means[cell], 6), ranks[n][cell]))  # type: ignore[misc]
            through[n] = {cell: through[n][cell] for cell in column}
            ranks[n] = {cell: at / max(len(column) - 1, 1) for at, cell in enumerate(column)}
    return [list(column) for column in through]


def _walked(part: Sequence[int], threads: Sequence[Thread]) -> list[int]:
    """Rows that share things after each other."""
    by_cell: dict[tuple[int, Cell], list[int]] = {}
    for row in part:
        for n, cell in threads[row].items():
            if cell is not None:
                by_cell.setdefault((n, cell), []).append(row)
    found: dict[int, None] = {}
    for start in part:
        waiting = [start]
        while waiting:
            row = waiting.pop()
            if row in found:
                continue
            found[row] = None
            for at in threads[row].items():
                waiting += [other for other in reversed(by_cell.pop(at, [])) if other not in found]
    return list(found)


def _colouring(part: list[int], threads: Sequence[Thread], count: int, rows: int) -> Callable[[int], Any]:
    """By what rows are coloured: few by themselves, more by a variable of few things, or by the first and the last,
    whichever leaves fewest of one colour where they meet; else by the first of several.
    """
    if rows <= _COLOURS:
        return lambda row: row
    met = [own for column in _through(part, threads, count)[1:-1] for own in column.values()]
    tries = [(n,) for n in [0, *range(count - 1, 0, -1)]] + [(0, count - 1)]

    def key(by: tuple[int, ...], row: int) -> tuple[Cell, ...]:
        return tuple(threads[row].get(n) for n in by)

    sizes = {by: len({key(by, row) for row in part}) for by in tries}
    several = [by for by, size in sizes.items() if size > 1]
    alike = {
        by: sum(len(own) - len({key(by, row) for row in own}) for own in met) for by in several if sizes[by] <= _COLOURS
    }
    best = min(alike, key=alike.__getitem__, default=several[0] if several else ())
    return lambda row: key(best, row)


def _columns(
    part: list[int], threads: Sequence[Thread], count: int, labelled: Callable[[Cell], str], *, words: bool, kept: bool
) -> list[list[Node]]:
    through = _through(part, threads, count)
    columns = []
    for n, order in enumerate(_ordered(part, threads, count, kept=kept)):
        nodes = []
        for cell in order:
            rows, lines = through[n][cell], labelled(cell).split("\n")
            tags = _tags(n, rows, threads, count, labelled)
            port = _WORDS if words and n == count - 1 else _TAGGED if tags else _PORT
            nodes.append(Node(cell, lines, rows, max(len(lines) * LINE + 10, len(rows) * port), tags=tags))
        columns.append(nodes)
    return columns


def _tags(
    at: int, rows: Sequence[int], threads: Sequence[Thread], count: int, labelled: Callable[[Cell], str]
) -> dict[int, str]:
    def different(first: int, last: int) -> int:
        return len({tuple(threads[row].get(n) for n in range(first, last)) for row in rows})

    ends = different(at + 1, count)
    if not 0 < at < count - 1 or ends < 2 or different(0, at) < 2:
        return {}
    further = []
    for n in range(at + 1, count):
        if different(n, n + 1) > 1:
            further.append(n)
        if different(at + 1, n + 1) == ends:
            break
    tags = {}
    for row in rows:
        cells = [threads[row].get(n) for n in further]
        known = [labelled(cell) for cell in cells if cell is not None]
        tags[row] = " · ".join(known or [labelled(None)]).replace("\n", " ")
    return tags


def _settled(piece: Piece, top: float) -> float:
    """All nodes at their heights, as near as can be to what their rows pass; how high the piece is."""
    totals = [sum(node.height + _GAP for node in column) - _GAP for column in piece.columns]
    high = max(totals)
    widest = totals.index(high)
    at = {(n, row): node for n, column in enumerate(piece.columns) for node in column for row in node.rows}
    y = top
    for node in piece.columns[widest]:
        node.y = y + node.height / 2
        y += node.height + _GAP
    for n in sorted(range(len(piece.columns)), key=lambda n: (abs(n - widest), n))[1:]:
        beside = n + 1 if n < widest else n - 1
        for node in piece.columns[n]:
            node.y = fmean([at[beside, row].y for row in node.rows if (beside, row) in at] or [top + high / 2])
        _levelled(piece.columns[n], top, top + high)
    _ported(piece, at)
    return high


def _ported(piece: Piece, at: Mapping[tuple[int, int], Node]) -> None:
    """Where each row passes its boxes: in the order of where it passes those beside them, so that few cross."""
    for column in piece.columns:
        for node in column:
            node.ports = dict.fromkeys(node.rows, node.y)
    for turn in range(_SWEEPS):
        there = turn % 2 == 0
        for n in range(len(piece.columns)) if there else range(len(piece.columns) - 1, -1, -1):
            near = (n - 1, n + 1) if turn > 1 else (n - 1,) if there else (n + 1,)
            for node in piece.columns[n]:
                beside = {row: [at[m, row].ports[row] for m in near if (m, row) in at] for row in node.rows}
                wanted = {
                    row: (fmean(ports or [node.ports[row]]), node.ports[row], row) for row, ports in beside.items()
                }
                for place, row in enumerate(sorted(node.rows, key=wanted.__getitem__)):
                    node.ports[row] = node.y - node.height / 2 + node.height * (place + 0.5) / len(node.rows)


def _levelled(column: list[Node], top: float, low: float) -> None:
    """At the heights wanted, as near as leaves room between them."""
    least = top
    for node in column:
        node.y = max(least + node.height / 2, node.y)
        least = node.y + node.height / 2 + _GAP
    for node in reversed(column):  # what was pushed over the edge comes back
        node.y = min(node.y, low - node.height / 2)
        low = node.y - node.height / 2 - _GAP
