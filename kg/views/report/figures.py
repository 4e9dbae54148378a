"""The figures of a report, drawn from its frames: bars by stage, a grid, and who works with whom."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Any

import polars as pl

from kg.views.drawing import Drawing, Figure, cut, small
from kg.views.letters import measured, wrapped
from kg.views.report.words import text
from kg.views.words import joined, word

WIDTH = 800
STAGES = ("live", "underway", "announced", "ended", "unstaged")
"""The parts of a bar, those that came furthest without an end first."""
BARS, FIRMS, BANKS, PANELS, PANEL = 20, 16, 20, 6, 14
"""How many of each are drawn: bars, columns and rows of the grid, communities and members on a side of one."""
_ROW, _NAME = 24, 260
"""How high a bar with its room is, and how wide a line of its name may be."""
_LEFT, _RIGHT = 350, 456
"""Where the banks and the firms of a community stand."""


def ranking(rows: pl.DataFrame, language: str) -> Figure:
    """A bar for each of the first capabilities, in parts by how far its partnerships came."""
    shown = rows.head(BARS)
    drawing = Drawing("ranking", text("ranking", language), text("ranking_ylabel", language), WIDTH)
    counts = [[row[stage] for stage in STAGES[:-1]] for row in shown.iter_rows(named=True)]
    totals = shown["partnerships"].to_list()
    parts = [[*each, total - sum(each)] for each, total in zip(counts, totals, strict=True)]
    used = [stage for n, stage in enumerate(STAGES) if any(part[n] for part in parts)]
    y = drawing.legend(4, [(stage, _stage(stage, language)) for stage in used]) + 8
    lines = [_lines(label) for label in shown["label"]]
    left = max((measured(line) for each in lines for line in each), default=0) + 10
    scale = (WIDTH - left - 40) / max(totals, default=1)
    for row, (label, part) in enumerate(zip(shown["label"], parts, strict=True)):
        height = _ROW if len(lines[row]) == 1 else _ROW + 14
        _label(drawing, label, lines[row], left - 8, y + height / 2)
        x = left
        for stage, count in zip(STAGES, part, strict=True):
            if not count:
                continue
            said = f"{label}: {_stage(stage, language)} {count}"
            with drawing.link(f"ranking-{row + 1}-{stage}", said):
                drawing.rect(x, y + 3, count * scale, height - 6, stage)
                if count * scale > small(str(count)) + 4:
                    kind = "on-live" if stage == "live" else "halo"
                    drawing.text(x + count * scale / 2, y + height / 2 + 4, str(count), kind, anchor="middle")
            x += count * scale
        with drawing.link(f"ranking-{row + 1}", f"{label}: {totals[row]}"):
            drawing.text(x + 6, y + height / 2 + 4.5, str(totals[row]))
        y += height
    return drawing.finished(y + 4)


def _lines(label: str) -> list[str]:
    """A name in a line or two."""
    for width in (480, 420, 360, 300):
        lines = wrapped(cut(label, width), _NAME).split("\n")
        if len(lines) < 3 and max(map(measured, lines)) <= _NAME:
            return lines
    return [cut(label, _NAME)]


def _label(drawing: Drawing, label: str, lines: Sequence[str], right: float, middle: float) -> None:
    """A name in its lines before a bar."""
    for number, line in enumerate(lines):
        y = middle + 4.5 + 15 * (number - (len(lines) - 1) / 2)
        drawing.text(right, y, line, anchor="end", whole=label if "…" in "".join(lines) else None)


def _stage(stage: str, language: str) -> str:
    return text("unstaged", language) if stage == "unstaged" else word(stage, language)


def grid(rows: pl.DataFrame) -> tuple[list[str], list[str]]:
    """The banks and firms (keys) that are shown: the firms with most banks, and the banks with most of these."""
    firms = rows.group_by("firm").agg(n=pl.len()).sort("n", "firm", descending=[True, False]).head(FIRMS)["firm"]
    among = rows.filter(pl.col("firm").is_in(firms.implode())).group_by("bank").agg(n=pl.len())
    banks = among.sort("n", "bank", descending=[True, False]).head(BANKS)["bank"]
    kept = rows.filter(pl.col("bank").is_in(banks.implode()))["firm"].unique()
    return banks.to_list(), [firm for firm in firms if firm in set(kept)]


def matrix(rows: pl.DataFrame, language: str) -> Figure:
    """A grid of banks and firms with the count of capabilities in each cell."""
    banks, firms = grid(rows)
    names = {side: dict(rows.select(side, f"{side}_label").iter_rows()) for side in ("bank", "firm")}
    held = {(row["bank"], row["firm"]): (n, row) for n, row in enumerate(rows.iter_rows(named=True), start=1)}
    drawing = Drawing("matrix", text("matrix", language), text("cells", language), WIDTH)
    left = min(max((measured(names["bank"][bank]) for bank in banks), default=0), 310) + 8
    above = min(max((measured(names["firm"][firm]) for firm in firms), default=0), 190)
    top = above * 0.71 + 18
    side = min(34.0, (WIDTH - left - above * 0.71 - 10) / max(len(firms), 1))
    most = max((len(row["capabilities"]) for _, row in held.values()), default=1)
    for column, firm in enumerate(firms):
        label = names["firm"][firm]
        x = left + (column + 0.5) * side
        drawing.text(x + 4, top - 8, cut(label, 190), turn=-45, whole=label)
    for line, bank in enumerate(banks):
        y, label = top + line * 26, names["bank"][bank]
        drawing.text(left - 8, y + 17.5, cut(label, 310), anchor="end", whole=label)
        for column, firm in enumerate(firms):
            x = left + column * side
            if (bank, firm) not in held:
                drawing.rect(x + 1, y + 1, side - 2, 24, "cell")
                continue
            number, row = held[bank, firm]
            count = len(row["capabilities"])
            level = 3 if count > most * 2 / 3 else 2 if count > most / 3 else 1
            pair = text("partners", language, label, names["firm"][firm])
            with drawing.link(f"matrix-{number}", f"{pair}: {count}"):
                drawing.rect(x + 1, y + 1, side - 2, 24, f"cell level-{level}")
                kind = "on-live" if level == 3 else "number"
                drawing.text(x + side / 2, y + 17, str(count), kind, anchor="middle")
    return drawing.finished(top + len(banks) * 26 + 6)


def gaps(rows: pl.DataFrame, language: str) -> Figure:
    """A bar for the score of each empty cell, named by its bank and its capability."""
    drawing = Drawing("gaps", text("gaps", language), text("gaps_ylabel", language), WIDTH)
    names = [text("lacking", language, *pair) for pair in rows.select("bank_label", "capability_label").iter_rows()]
    left = min(max(map(measured, names), default=0), 440) + 10
    scale = (WIDTH - left - 56) / max(rows["score"].to_list(), default=1)
    for n, (name, score) in enumerate(zip(names, rows["score"], strict=True)):
        y = 4 + n * _ROW
        drawing.text(left - 8, y + _ROW / 2 + 4.5, cut(name, 440), anchor="end", whole=name)
        with drawing.link(f"gaps-{n + 1}", f"{name}: {score:.3f}"):
            drawing.rect(left, y + 3, score * scale, _ROW - 6, "sure")
            drawing.text(left + score * scale + 6, y + _ROW / 2 + 4.5, f"{score:.3f}", "number")
    return drawing.finished(8 + rows.height * _ROW)


def panels(rows: pl.DataFrame) -> pl.DataFrame:
    """The communities that are drawn: the largest with two partnerships or more, else the largest."""
    several = rows.filter(pl.col("partnerships").list.len() > 1)
    return (several if several.height else rows).head(PANELS)


def communities(rows: pl.DataFrame, pairs: pl.DataFrame, language: str) -> Figure:
    """The largest communities, each with its banks on the left, its firms on the right and who works with whom."""
    drawing = Drawing("communities", text("communities", language), text("communities_ylabel", language), WIDTH)
    y = 4.0
    drawing.rect(1, y + 1, 12, 12, "bank")
    drawing.text(20, y + 12, text("banks", language))
    x = 20 + measured(text("banks", language)) + 24
    drawing.circle(x, y + 7, 6, "firm")
    drawing.text(x + 14, y + 12, text("firms", language))
    y += 34
    for row in panels(rows).iter_rows(named=True):
        y = _panel(drawing, row, pairs, y, language) + 22
    return drawing.finished(y - 10)


def _panel(drawing: Drawing, row: dict[str, Any], pairs: pl.DataFrame, top: float, language: str) -> float:
    """A community below ``top``; where it ends."""
    members = pl.Series("members", row["members"], dtype=pl.String).implode()
    inside = pairs.filter(pl.col("bank").is_in(members), pl.col("firm").is_in(members))
    place, name = f"communities-{row['community']}", called(row, language)
    with drawing.link(place, name):
        for line in wrapped(name, WIDTH - 20).split("\n"):
            drawing.text(0, top + 10, line, "heading")
            top += 18
    banks, firms = _most(inside, "bank"), _most(inside, "firm")
    edges = {
        (bank, firm): len(keys)
        for bank, firm, keys in inside.select("bank", "firm", "partnerships").iter_rows()
        if bank in banks and firm in firms
    }
    left, right = _uncrossed(list(banks), list(firms), list(edges))
    tall = max(len(left), len(right)) * 20
    heights = [
        {key: top + (n + 0.5) * tall / max(len(keys), 1) for n, key in enumerate(keys)} for keys in (left, right)
    ]  # fmt: skip
    for (bank, firm), count in edges.items():
        y1, y2 = heights[0][bank], heights[1][firm]
        drawing.line(_LEFT, y1, _RIGHT, y2, "edge", min(1 + 0.8 * (count - 1), 5))
        if count > 1:
            with drawing.link(place, f"{text('partners', language, banks[bank], firms[firm])}: {count}"):
                drawing.text((_LEFT + _RIGHT) / 2, (y1 + y2) / 2 + 4, str(count), "halo", anchor="middle")
    for key, y in heights[0].items():
        drawing.rect(_LEFT - 6, y - 6, 12, 12, "bank")
        drawing.text(_LEFT - 14, y + 4.5, cut(banks[key], _LEFT - 20), anchor="end", whole=banks[key])
    for key, y in heights[1].items():
        drawing.circle(_RIGHT, y, 6, "firm")
        drawing.text(_RIGHT + 14, y + 4.5, cut(firms[key], WIDTH - _RIGHT - 20), whole=firms[key])
    more = [inside["bank"].n_unique() - len(banks), inside["firm"].n_unique() - len(firms)]
    for count, x, anchor in zip(more, (_LEFT - 14, _RIGHT + 14), ("end", "start"), strict=True):
        if count:
            drawing.text(x, top + tall + 12, text("more", language, count), "soft", anchor=anchor)
    return top + tall + (14 if any(more) else 0)


def _most(inside: pl.DataFrame, side: str) -> dict[str, str]:
    """The members on a side (keys) with most partners, and their names."""
    counted = inside.group_by(side).agg(pl.len(), pl.col(f"{side}_label").first())
    ordered = counted.sort("len", side, descending=[True, False]).head(PANEL)
    return dict(ordered.select(side, f"{side}_label").iter_rows())


def called(row: dict[str, Any], language: str) -> str:
    """A community by its number and what it shares."""
    return text("community", language, row["community"], joined(row["shares"], language) or "–")


def _uncrossed(banks: list[str], firms: list[str], edges: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Both sides in an order in which few lines cross: each at the mean place of those that it is joined to."""
    for _ in range(4):
        for own, other, near in ((firms, banks, 1), (banks, firms, 0)):
            place = {key: n / max(len(other) - 1, 1) for n, key in enumerate(other)}
            means = {key: fmean([place[edge[1 - near]] for edge in edges if edge[near] == key] or [0.5]) for key in own}
            own.sort(key=lambda key: (round(means[key], 6), key))
    return banks, firms
