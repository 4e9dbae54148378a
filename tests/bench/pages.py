"""``make bench-pages``: our page beside those of others that draw the same network, in one browser, in turn.

python -m bench.pages [--no-npm] [--ready] [--rounds=N] [SIZE …]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as TooLate

from bench import windows
from bench.curated import write_tables
from bench.landscapes import Drawn
from bench.peers import Graph, Peer, graph, peers
from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.views.page import html

GRAPHS = Path(__file__).resolve().parents[2] / "graphs"
SIZES = ("graphs", "100", "500", "2000")
"""How many nodes are drawn, or the landscapes that come along."""
ROUNDS = 5
NODES = """(most) => {
  const area = document.getElementById("network").getBoundingClientRect();
  return [...kgPage.plotted().boxes.values()].slice(0, most ?? undefined).map((box) => kgPage.network.canvasToDOM(box))
    .map(({ x, y }) => [area.left + x, area.top + y]);
}"""
"""Where ours are on the screen."""


class Outcome(NamedTuple):
    """A page once: MB; seconds to ready, None when it didn't get there; milliseconds between frames of each gesture.

    There are none where the drawing did not follow the hand; ``followed`` are the milliseconds until it followed one
    that came as soon as it was ready.
    """

    size: float
    ready: float | None
    dragged: list[float]
    zoomed: list[float]
    followed: float | None = None


class Measured(NamedTuple):
    """A contestant over all rounds: medians; of frames the median and the 95th percentile, in milliseconds."""

    name: str
    size: float
    ready: float | None
    dragged: tuple[float, float] | None
    zoomed: tuple[float, float] | None
    followed: float | None = None


def landscape(size: str, place: Path) -> Landscape:
    """The landscapes that come along, or a drawn one of so many banks and firms, half of each."""
    if size == "graphs":
        return build_landscape([GRAPHS], place / "kg")
    count = int(size)
    drawn = Drawn(count * 6 // 10, parties=count // 2)
    return build_landscape([write_tables(drawn, place / "tables")], place / "kg")


def ours(drawn: Landscape) -> Peer:
    """What ``kg view`` writes, opened at its network."""
    text = html(drawn.store, drawn.tables)
    return Peer("kg view", lambda _: text, "kgPage.ready", NODES)


def openings(browser: Browser, entered: Sequence[Peer], drawn: Graph, place: Path, rounds: int = ROUNDS) -> str:
    """All pages opened in turn, and our other views, in Markdown: how soon each is ready, and what work that is."""
    files = []
    for number, peer in enumerate(entered):
        files.append(place / f"page-{number}.html")
        files[-1].write_text(peer.page(drawn), encoding="utf-8", newline="\n")
    asked = [(peer.name, file, "network", peer.ready) for peer, file in zip(entered, files, strict=True)]
    others = ("matrix", "columns", "timeline")
    asked += [(f"{entered[0].name}, {view}", files[0], view, entered[0].ready) for view in others]
    told: dict[str, list[tuple[float, float]]] = {name: [] for name, *_ in asked}
    late: set[str] = set()
    for _ in range(rounds):
        for name, *page in asked:
            if name not in late:
                try:
                    told[name].append(windows.opening(browser, *page))
                except TooLate:
                    late.add(name)
    lines = ["| page | s to ready | least to most | ms of the processor |", "|---|--:|--:|--:|"]
    for name, outcomes in told.items():
        cells = [f"not in {windows.CAP:.0f}", "", ""]
        if name not in late:
            readies = sorted(ready for ready, _ in outcomes)
            cells = [f"{statistics.median(readies):.2f}", f"{readies[0]:.2f} to {readies[-1]:.2f}"]
            cells.append(f"{statistics.median(work for _, work in outcomes):.0f}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def visit(browser: Browser, file: Path, peer: Peer) -> Outcome:
    """A page opened, dragged and zoomed."""
    size = file.stat().st_size / 1e6
    try:
        with windows.opened(browser, file, "network", peer.ready) as (page, ready):
            before = page.evaluate(peer.nodes)
            hold = windows.spot(before)
            page.wait_for_timeout(300)
            dragged = windows.frames(page, lambda: windows.drag(page, hold))
            if page.evaluate(peer.nodes) == before:
                return Outcome(size, ready, [], [])
            zoomed = windows.frames(page, lambda: windows.zoom(page, (640, 400)))
        return Outcome(size, ready, dragged, zoomed, windows.followed(browser, file, peer.ready, peer.nodes, hold))
    except TooLate:
        return Outcome(size, None, [], [])


def contest(
    browser: Browser, entered: Sequence[Peer], drawn: Graph, place: Path, rounds: int = ROUNDS
) -> list[Measured]:
    """All in turn, round by round; who has not got ready in time is not asked again."""
    files = []
    for number, peer in enumerate(entered):
        files.append(place / f"page-{number}.html")
        files[-1].write_text(peer.page(drawn), encoding="utf-8", newline="\n")
    told: list[list[Outcome]] = [[] for _ in entered]
    for _ in range(rounds):
        for number, peer in enumerate(entered):
            if all(outcome.ready is not None for outcome in told[number]):
                told[number].append(visit(browser, files[number], peer))
    return [_measured(peer.name, outcomes) for peer, outcomes in zip(entered, told, strict=True)]


def _measured(name: str, outcomes: Sequence[Outcome]) -> Measured:
    readies = [outcome.ready for outcome in outcomes if outcome.ready is not None]
    if len(readies) < len(outcomes):
        return Measured(name, outcomes[0].size, None, None, None)
    if not all(outcome.dragged for outcome in outcomes):
        return Measured(name, outcomes[0].size, statistics.median(readies), None, None)
    dragged, zoomed = ([_spread(getattr(one, kind)) for one in outcomes] for kind in ("dragged", "zoomed"))
    late = statistics.median(outcome.followed for outcome in outcomes if outcome.followed is not None)
    return Measured(name, outcomes[0].size, statistics.median(readies), _middle(dragged), _middle(zoomed), late)


def _spread(times: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def _middle(spreads: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(one for one, _ in spreads), statistics.median(other for _, other in spreads)


def table(measured: Sequence[Measured]) -> str:
    """What was measured in Markdown, in the order of the contestants."""
    lines = ["| page | MB | s to ready | ms until it follows | ms a frame, dragging | 95th | zooming | 95th |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|")
    for each in measured:
        cells = [f"{each.size:.2f}"]
        if each.ready is None:
            cells += [f"not in {windows.CAP:.0f}", "", "", "", "", ""]
        elif each.dragged is None or each.zoomed is None or each.followed is None:
            cells += [f"{each.ready:.2f}", "did not follow the hand", "", "", "", ""]
        else:
            cells += [
                f"{each.ready:.2f}",
                f"{each.followed:.0f}",
                *(f"{ms:.1f}" for ms in (*each.dragged, *each.zoomed)),
            ]
        lines.append(f"| {each.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def views(browser: Browser, file: Path, rounds: int = ROUNDS) -> str:
    """Our other views in Markdown: seconds until each is ready, and its frames while the wheel scrolls it."""
    lines = ["| view | s to ready | ms a frame, scrolling | 95th |", "|---|--:|--:|--:|"]
    told: dict[str, list[tuple[float, tuple[float, float]]]] = {view: [] for view in ("matrix", "columns", "timeline")}
    for _ in range(rounds):
        for view, outcomes in told.items():
            with windows.opened(browser, file, view, "kgPage.ready") as (page, ready):
                page.wait_for_timeout(300)
                outcomes.append((ready, _spread(windows.frames(page, lambda page=page: windows.scroll(page)))))
    for view, outcomes in told.items():
        ready = statistics.median(ready for ready, _ in outcomes)
        middle, late = _middle([spread for _, spread in outcomes])
        lines.append(f"| {view} | {ready:.2f} | {middle:.1f} | {late:.1f} |")
    return "\n".join(lines)


def main(*asked: str) -> None:
    """Draw a landscape of each size and print who shows it how fast."""
    rounds = next((int(word.partition("=")[2]) for word in asked if word.startswith("--rounds=")), ROUNDS)
    npm, sizes = "--no-npm" not in asked, [size for size in asked if not size.startswith("-")] or SIZES
    with tempfile.TemporaryDirectory() as place, windows.chromium() as browser:
        others = peers(Path(place) / "npm", npm=npm)
        for size in sizes:
            folder = Path(place) / size
            folder.mkdir()
            built = landscape(size, folder)
            own, drawn = ours(built), graph(built.tables)
            entered = [own, *others]
            if "--ready" in asked:
                told = [openings(browser, entered, drawn, folder, rounds)]
            else:
                measured = contest(browser, entered, drawn, folder, rounds)
                told = [table(measured), views(browser, folder / "page-0.html", rounds)]
            sys.stdout.write(f"{len(drawn.nodes):,} nodes, {len(drawn.edges):,} lines\n\n")
            sys.stdout.write("".join(f"{part}\n\n" for part in told))
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
