"""The landscape as a picture by itself, drawn without a browser: who partners with whom, and on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import log
from statistics import fmean
from typing import Any

import networkx as nx
import polars as pl

from kg.errors import known
from kg.network.progress import furthest
from kg.network.tables import NetworkTables
from kg.terms import ENDED, LANGUAGES, STAGES
from kg.views.drawing import Drawing, clean, cut, plain_style
from kg.views.image import Picture
from kg.views.letters import measured, wrapped

WORDS: dict[str, dict[str, str]] = {
    "bank": {"en": "bank", "zh": "银行"},
    "begun": {"en": "begun {}", "zh": "始于 {} 年"},
    "by": {"en": "by {}", "zh": "不晚于 {} 年"},
    "counts": {
        "en": "Partnerships: {}, banks: {}, technology firms: {}",
        "zh": "{} 项合作 · {} 家银行 · {} 家科技公司",
    },
    "firm": {"en": "technology firm", "zh": "科技公司"},
    "more": {"en": "and {} more", "zh": "等另外 {} 项"},
    "none": {"en": "No partnership.", "zh": "没有合作。"},
    "since": {"en": "since {}", "zh": "自 {} 年"},
    "title": {"en": "Who partners with whom, and on what", "zh": "谁与谁合作，合作什么"},
    "unstaged": {"en": "stage unknown", "zh": "阶段不详"},
}
_SIDE, _BOX, _GAP, _ROOM = 210, 330, 64, 10
"""How wide names are, and what partnerships are on; the room for lines; the room between what stands in a column."""
_PANEL = 2 * _SIDE + _BOX + 2 * _GAP
_BETWEEN = 56
_LINE = 17
_FEW, _LINES = 20, 3
"""Of more partnerships than these, each says what it is on in so many lines; of fewer, in three times as many."""
_SHAPE = 1.4
"""How much wider than high a picture is wanted."""


@dataclass(slots=True)
class _Item:
    """What stands in a column: a party by its name in lines, or a partnership by what it is on."""

    lines: list[str]
    kind: str
    whole: str
    y: float = 0

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + 10


@dataclass(slots=True)
class _Panel:
    """Parties that hang together by partnerships: banks, what they do together, firms; and the lines between them."""

    columns: tuple[dict[str, _Item], dict[str, _Item], dict[str, _Item]]
    lines: list[tuple[str, str, int]] = field(default_factory=list)
    height: float = 0


def picture(tables: NetworkTables, *, language: str = "en") -> Picture:
    """The landscape as a picture, the same for the same landscape: every partnership between its banks and its firms.

    What a partnership is on is told by its capabilities, those first that most partnerships are on; long lists are cut.
    """
    known("language", language, LANGUAGES)
    panels = _panels(tables, language)
    columns = _columns(panels)
    width = max(len(columns), 1) * (_PANEL + _BETWEEN) - _BETWEEN
    title = WORDS["title"][language]
    sides = [sum(len(panel.columns[n]) for panel in panels) for n in (1, 0, 2)]
    counts = WORDS["counts"][language].format(*sides) if panels else WORDS["none"][language]
    drawing = Drawing("network", title, counts, width)
    drawing.text(0, 14, title, "heading")
    drawing.text(0, 32, counts, "soft")
    top = drawing.legend(44, _legend(tables, panels, language)) + 8 if panels else 44.0
    low = top
    for number, column in enumerate(columns):
        y = top
        for panel in column:
            _draw(drawing, panel, number * (_PANEL + _BETWEEN), y)
            y += panel.height + 2 * _ROOM
        low = max(low, y)
    return Picture(drawing.finished(low).alone(plain_style(language)))


def _legend(tables: NetworkTables, panels: list[_Panel], language: str) -> list[tuple[str, str]]:
    """What stands for what: the parties, and the stages that there are, those that look alike together."""
    labels = dict(tables.labels(language).iter_rows())
    met = set(furthest(tables)["stage"])
    stages: dict[str, list[str]] = {}
    for stage in STAGES:
        if stage in met:
            stages.setdefault(_kind(stage), []).append(labels.get(stage, stage))
    between = "、" if language == "zh" else ", "
    told = {kind: between.join(names) for kind, names in stages.items()} | {"unstaged": WORDS["unstaged"][language]}
    there = {item.kind for panel in panels for column in panel.columns for item in column.values()}
    parties = {kind: WORDS[kind][language] for kind in ("bank", "firm")}
    return [(kind, said) for kind, said in (parties | told).items() if kind in there]


def _panels(tables: NetworkTables, language: str) -> list[_Panel]:
    """The communities, those with most partnerships first."""
    labels = dict(tables.labels(language).iter_rows())
    parties = tables["parties"].select("partnership", "organization", "side").unique().sort(pl.all())
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_edges_from((f"p {p}", f"{side} {o}") for p, o, side in parties.iter_rows())
    boxes = _boxes(tables, labels, language)
    sides: dict[str, list[tuple[str, str]]] = {}
    for partnership, organization, side in parties.iter_rows():
        sides.setdefault(partnership, []).append((organization, side))
    panels = []
    for group in nx.connected_components(graph):
        panel = _Panel(({}, {}, {}))
        for partnership in sorted(node[2:] for node in group if node.startswith("p ")):
            panel.columns[1][partnership] = boxes[partnership]
            for organization, side in sides[partnership]:
                at = 0 if side == "bank" else 2
                name = labels.get(organization, organization)
                panel.columns[at].setdefault(organization, _party(name, "bank" if at == 0 else "firm"))
                panel.lines.append((organization, partnership, at))
        _arrange(panel)
        panels.append(panel)
    return sorted(panels, key=lambda panel: (-len(panel.columns[1]), min(panel.columns[1])))


def _party(name: str, kind: str) -> _Item:
    for width in (3 * _SIDE - 90, 2 * _SIDE - 40, _SIDE):
        lines = wrapped(cut(name, width), _SIDE - 20).split("\n")
        if len(lines) < 4 and max(map(measured, lines)) <= _SIDE - 12:
            return _Item(lines, kind, name)
    return _Item([cut(name, _SIDE - 12)], kind, name)


def _boxes(tables: NetworkTables, labels: Mapping[str, str], language: str) -> dict[str, _Item]:
    """What each partnership is on, and how far it came since when."""
    covers = tables["covers"].select("partnership", "capability").unique()
    often = dict(covers.group_by("capability").len().iter_rows())
    covered: dict[str, list[str]] = {}
    for partnership, capability in covers.iter_rows():
        covered.setdefault(partnership, []).append(capability)
    begun = tables["milestones"].filter(pl.col("stage") != ENDED).group_by("of").agg(
        pl.col("agreed_earliest").min(), pl.col("agreed_latest").min()
    )  # fmt: skip
    first = {of: (earliest, latest) for of, earliest, latest in begun.iter_rows()}
    reached = furthest(tables)
    lines = _LINES if reached.height > _FEW else 3 * _LINES
    found = {}
    for partnership, stage in reached.iter_rows():
        told = labels.get(stage, stage) if stage else WORDS["unstaged"][language]
        since, latest = first.get(partnership, (None, None))
        if since or latest:
            word = "by" if not since else "begun" if stage == ENDED else "since"
            told = f"{told} · {WORDS[word][language].format((since or latest).year)}"
        ordered = sorted(covered.get(partnership, []), key=lambda c: (-often[c], labels.get(c, c)))
        names = [labels.get(capability, capability) for capability in ordered]
        whole = f"{labels.get(partnership, partnership)}: {told}. {', '.join(names)}"
        found[partnership] = _Item([told, *_told(names, lines, language)], _kind(stage), whole)
    return found


def _kind(stage: str | None) -> str:
    if stage is None or stage not in STAGES:
        return "unstaged"
    at = STAGES.index(stage)
    return "announced" if at == 0 else "ended" if stage == ENDED else "live" if at == len(STAGES) - 2 else "underway"


def _told(names: list[str], most: int, language: str) -> list[str]:
    """As many names as stand in so many lines, and how many more there are."""
    mark, wide = "、" if language == "zh" else ", ", _BOX - 24
    for count in range(len(names), 0, -1):
        left = len(names) - count
        shown = [_whole(name, wide) for name in names[:count]]
        said = mark.join(shown) + (f" {WORDS['more'][language].format(left)}" if left else "")
        lines = wrapped(said, wide).split("\n")
        if len(lines) <= most:
            return lines
    return []


def _whole(name: str, wide: float) -> str:
    """A name that stands in two lines at most; a longer one is cut."""
    lines = wrapped(clean(name), wide).split("\n")
    return clean(name) if len(lines) <= 2 and max(map(measured, lines)) <= wide else cut(name, wide - 20)


def _arrange(panel: _Panel) -> None:
    """Order each column so that few lines cross, and put all at their heights."""
    ties: dict[str, list[str]] = {}
    for organization, partnership, at in panel.lines:
        ties.setdefault(f"{at} {organization}", []).append(f"1 {partnership}")
        ties.setdefault(f"1 {partnership}", []).append(f"{at} {organization}")
    orders = [sorted(column) for column in panel.columns]
    for _ in range(6):
        for at in (1, 0, 2):
            place = {
                f"{n} {key}": rank / max(len(order) - 1, 1)
                for n, order in enumerate(orders)
                for rank, key in enumerate(order)
            }
            means = {key: fmean(place[tie] for tie in ties[f"{at} {key}"]) for key in orders[at]}
            orders[at] = sorted(orders[at], key=lambda key, means=means: (round(means[key], 6), key))  # type: ignore[misc]
    heights = [sum(item.height + _ROOM for item in column.values()) - _ROOM for column in panel.columns]
    panel.height = max(heights)
    _stack([panel.columns[1][key] for key in orders[1]], panel.height)
    for at in (0, 2):
        wanted = {key: fmean(panel.columns[1][tie[2:]].y for tie in ties[f"{at} {key}"]) for key in orders[at]}
        keys = sorted(orders[at], key=lambda key, wanted=wanted: (wanted[key], key))  # type: ignore[misc]
        _level([panel.columns[at][key] for key in keys], [wanted[key] for key in keys], panel.height)


def _stack(items: list[_Item], height: float) -> None:
    """One below the other, in the middle of the height."""
    ends = list(accumulate(item.height + _ROOM for item in items))
    top = (height - ends[-1] + _ROOM) / 2
    for item, end in zip(items, ends, strict=True):
        item.y = top + end - _ROOM - item.height / 2


def _level(items: list[_Item], wanted: list[float], height: float) -> None:
    """At the heights wanted, as near as leaves room between them."""
    least = 0.0
    for item, y in zip(items, wanted, strict=True):
        item.y = max(least + item.height / 2, y)
        least = item.y + item.height / 2 + _ROOM
    most = height
    for item in reversed(items):  # what was pushed over the edge comes back
        item.y = min(item.y, most - item.height / 2)
        most = item.y - item.height / 2 - _ROOM


def _columns(panels: list[_Panel]) -> list[list[_Panel]]:
    """The communities in as many columns as give the picture about the shape wanted."""
    total = sum(panel.height + 2 * _ROOM for panel in panels)
    best: list[list[_Panel]] = []
    least = float("inf")
    for count in range(1, 9):
        columns: list[list[_Panel]] = [[]]
        filled = 0.0
        for panel in panels:
            if columns[-1] and filled + panel.height / 2 > total / count and len(columns) < count:
                columns.append([])
                filled = 0
            columns[-1].append(panel)
            filled += panel.height + 2 * _ROOM
        high = max(sum(panel.height + 2 * _ROOM for panel in column) for column in columns)
        off = abs(log(len(columns) * (_PANEL + _BETWEEN) / max(high, 1) / _SHAPE))
        if off < least:
            best, least = columns, off
    return best


def _draw(drawing: Drawing, panel: _Panel, left: float, top: float) -> None:
    starts = (left, left + _SIDE + _GAP, left + _SIDE + _BOX + 2 * _GAP)
    for organization, partnership, at in panel.lines:
        ys = panel.columns[at][organization].y + top, panel.columns[1][partnership].y + top
        x1, x2 = (starts[0] + _SIDE, starts[1]) if at == 0 else (starts[2], starts[1] + _BOX)
        drawing.curve(x1, ys[0], x2, ys[1], "edge")
    for at, column in enumerate(panel.columns):
        for item in column.values():
            y, wide = top + item.y - item.height / 2, _BOX if at == 1 else _SIDE
            with drawing.link(None, item.whole):
                if at == 1:
                    drawing.rect(starts[1], y, wide, item.height, "box")
                    drawing.rect(starts[1], y, 8, item.height, item.kind)
                else:
                    drawing.rect(starts[at], y, wide, item.height, item.kind, rounded=0 if at == 0 else 12)
                for number, line in enumerate(item.lines):
                    base = y + 5 + _LINE * number + 13
                    if at == 1:
                        drawing.text(starts[1] + 16, base, line, "soft" if number == 0 else "name")
                    else:
                        drawing.text(starts[at] + wide / 2, base, line, anchor="middle")
