"""``make bench-pages``: our page beside those of others that draw the same network, in one browser, in turn.

python -m bench.pages [--no-npm] [--ready] [--rounds=N] [SIZE …]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from math import cos, hypot, sin
from pathlib import Path
from typing import Any, NamedTuple

from browser.install import ADVICE, QUIET, SIZE, find
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from bench.curated import write_tables
from bench.landscapes import Drawn
from bench.peers import Graph, Peer, graph, peers
from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.views.page import html

GRAPHS = Path(__file__).resolve().parents[2] / "graphs"
SIZES = ("graphs", "100", "500", "2000")
"""How many nodes are drawn, or the landscapes that come along."""
CAP = 30.0
"""Seconds after which a page that hasn't got ready is given up."""
ROUNDS = 5
LATE = 10.0
"""Seconds that a gesture may be late before it is broken off."""
TICK = 0.016
"""Seconds from one movement of the hand to the next: one for each frame."""
SPOTS = [(x, y) for x in range(160, 1121, 80) for y in range(250, 551, 50)]
SOFTWARE = "--enable-unsafe-swiftshader"
"""Without a GPU WebGL is drawn by the processor, or not at all."""
WAITING = """(() => {
  const ready = () => { try { return READY; } catch { return false; } };
  const look = () => (ready() ? requestAnimationFrame(() => requestAnimationFrame(() =>
    setTimeout(() => console.debug("ready", performance.now())))) : setTimeout(look, 2));
  look();
})()"""
"""Ready is when what was drawn has been shown for one frame and the page does the next thing that it is asked."""
NODES = """[...kgPage.plotted().boxes.values()].map((box) => kgPage.network.canvasToDOM(box)).map(({ x, y }) => {
  const area = document.getElementById("network").getBoundingClientRect();
  return [area.left + x, area.top + y];
})"""
"""Where ours are on the screen."""
FOLLOWED = """addEventListener("pointerdown", ({ timeStamp }) => {
  const place = () => JSON.stringify((NODES)[0]), before = place();
  const look = () => requestAnimationFrame(() => (place() === before ? look()
    : requestAnimationFrame(() => console.debug("followed", performance.now() - timeStamp))));
  look();
}, { capture: true, once: true })"""
"""How long after it was taken hold of the drawing has been shown for one frame where the hand has moved it to."""
WATCH = """() => {
  window.frames_ = [];
  const beat = (time) => { frames_.push(time); window.beat = requestAnimationFrame(beat); };
  requestAnimationFrame(beat);
}"""
SEEN = "() => { cancelAnimationFrame(window.beat); return window.frames_; }"


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


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests of the page."""
    program = find()
    if program is None:
        raise RuntimeError(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, SOFTWARE])
        yield browser
        browser.close()


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


def drag(page: Page, spot: tuple[float, float]) -> None:
    """The hand goes once round a circle and half as far across, with the button down."""
    x, y = spot
    page.mouse.move(x, y)
    page.mouse.down()
    _ticked([
        *((x + 120 * sin(turn / 10), y + 120 - 120 * cos(turn / 10)) for turn in range(0, 63, 2)),
        *((x + 4 * step, y + 2 * step) for step in range(28)),
    ], lambda at: page.mouse.move(*at))  # fmt: skip
    page.mouse.up()


def zoom(page: Page, spot: tuple[float, float]) -> None:
    """The wheel is turned six steps in, six steps out, and so on, as finely as a touchpad does."""
    page.mouse.move(*spot)
    _ticked([-20 if step // 6 % 2 == 0 else 20 for step in range(48)], lambda by: page.mouse.wheel(0, by))


def scroll(page: Page) -> None:
    """The wheel is turned down, a notch at a time."""
    page.mouse.move(640, 400)
    _ticked([120] * 48, lambda by: page.mouse.wheel(0, by))


def _ticked(steps: Sequence[Any], move: Callable[[Any], None]) -> None:
    """A movement for each frame, as long as the page more or less follows."""
    begun = time.monotonic()
    for number, step in enumerate(steps, 1):
        move(step)
        left = begun + number * TICK - time.monotonic()
        if left > 0:
            time.sleep(left)
        if left < -LATE:
            break


def frames(page: Page, gesture: Callable[[], None]) -> list[float]:
    """Milliseconds from each frame to the next while something is done, and until it is shown."""
    page.evaluate(WATCH)
    gesture()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return [after - before for before, after in pairwise(page.evaluate(SEEN))]


def spot(nodes: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Where the hand takes hold of the drawing, and of no node."""

    def fit(at: tuple[float, float]) -> float:
        """How far from all nodes, to a hand's breadth, and how near to the middle."""
        x, y = at
        return min(60, *(hypot(x - left, 2 * (y - top)) for left, top in nodes)) - hypot(x - 640, y - 400) / 100

    return max(SPOTS, key=fit)


@contextmanager
def opened(browser: Browser, file: Path, view: str, sign: str, watch: str = "") -> Iterator[tuple[Page, float]]:
    """A page in a window of its own, with the network refused, and the seconds that it took to get ready.

    Raises
    ------
    TooLate
        when it didn't in time.
    """
    context = browser.new_context(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(CAP * 1000)
        page.add_init_script(f"{WAITING.replace('READY', sign)};{watch}")
        with page.expect_console_message(lambda message: message.text.startswith("ready ")) as told:
            page.goto(f"{file.as_uri()}#view={view}", wait_until="commit")
        yield page, float(told.value.text.split()[1]) / 1000
    finally:
        context.close()


def opening(browser: Browser, file: Path, view: str, sign: str) -> tuple[float, float]:
    """Seconds until a page is ready, and the milliseconds of the processor that its main thread worked for that.

    Raises
    ------
    TooLate
        when it didn't get ready.
    """
    context = browser.new_context(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(CAP * 1000)
        page.add_init_script(WAITING.replace("READY", sign))
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        with page.expect_console_message(lambda message: message.text.startswith("ready ")) as told:
            page.goto(f"{file.as_uri()}#view={view}", wait_until="commit")
        ready = float(told.value.text.split()[1]) / 1000
        counted = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return ready, 1000 * counted["TaskDuration"]
    finally:
        context.close()


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
                    told[name].append(opening(browser, *page))
                except TooLate:
                    late.add(name)
    lines = ["| page | s to ready | least to most | ms of the processor |", "|---|--:|--:|--:|"]
    for name, outcomes in told.items():
        cells = [f"not in {CAP:.0f}", "", ""]
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
        with opened(browser, file, "network", peer.ready) as (page, ready):
            before = page.evaluate(peer.nodes)
            hold = spot(before)
            page.wait_for_timeout(300)
            dragged = frames(page, lambda: drag(page, hold))
            if page.evaluate(peer.nodes) == before:
                return Outcome(size, ready, [], [])
            zoomed = frames(page, lambda: zoom(page, (640, 400)))
        return Outcome(size, ready, dragged, zoomed, followed(browser, file, peer, hold))
    except TooLate:
        return Outcome(size, None, [], [])


def followed(browser: Browser, file: Path, peer: Peer, hold: tuple[float, float]) -> float:
    """Milliseconds from when the hand takes hold, as soon as the page is ready, until the drawing has followed it.

    Raises
    ------
    TooLate
        when it didn't get ready, or didn't follow.
    """
    x, y = hold
    with opened(browser, file, "network", peer.ready, FOLLOWED.replace("NODES", peer.nodes)) as (page, _):
        with page.expect_console_message(lambda message: message.text.startswith("followed ")) as told:
            page.mouse.move(x, y)
            page.mouse.down()
            for step in range(1, 21):
                page.mouse.move(x + 4 * step, y + 2 * step)
        return float(told.value.text.split()[1])


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
            cells += [f"not in {CAP:.0f}", "", "", "", "", ""]
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
            with opened(browser, file, view, "kgPage.ready") as (page, ready):
                page.wait_for_timeout(300)
                outcomes.append((ready, _spread(frames(page, lambda page=page: scroll(page)))))
    for view, outcomes in told.items():
        ready = statistics.median(ready for ready, _ in outcomes)
        middle, late = _middle([spread for _, spread in outcomes])
        lines.append(f"| {view} | {ready:.2f} | {middle:.1f} | {late:.1f} |")
    return "\n".join(lines)


def main(*asked: str) -> None:
    """Draw a landscape of each size and print who shows it how fast."""
    rounds = next((int(word.partition("=")[2]) for word in asked if word.startswith("--rounds=")), ROUNDS)
    npm, sizes = "--no-npm" not in asked, [size for size in asked if not size.startswith("-")] or SIZES
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
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
