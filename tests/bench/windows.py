"""Pages opened each in a window of its own, and what a hand and a wheel do there: what pages are measured by."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from math import cos, hypot, sin
from pathlib import Path
from typing import Any

from browser.install import ADVICE, QUIET, SIZE, find
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CAP = 30.0
"""Seconds after which a page that hasn't got ready is given up."""
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
FOLLOWED = """addEventListener("pointerdown", ({ timeStamp }) => {
  const place = () => JSON.stringify((NODES)(1)), before = place();
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


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests of the page, with its windows."""
    program = find(windows=True)
    if program is None:
        raise RuntimeError(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, SOFTWARE])
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, view: str, sign: str, before: Callable[[Page], object] = lambda _: None
) -> Iterator[tuple[Page, float]]:
    """A page in a window of its own, with the network refused, and the seconds that it took to get ready.

    ``before`` is done to the window before the page is opened.

    Raises
    ------
    TooLate
        when it didn't in time.
    """
    context = browser.new_context(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(CAP * 1000)
        page.add_init_script(WAITING.replace("READY", sign))
        before(page)
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
    sessions: list[CDPSession] = []

    def counted(page: Page) -> None:
        sessions.append(page.context.new_cdp_session(page))
        sessions[0].send("Performance.enable", {"timeDomain": "threadTicks"})

    with opened(browser, file, view, sign, counted) as (_, ready):
        told = {one["name"]: one["value"] for one in sessions[0].send("Performance.getMetrics")["metrics"]}
    return ready, 1000 * told["TaskDuration"]


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


def followed(browser: Browser, file: Path, sign: str, nodes: str, hold: tuple[float, float]) -> float:
    """Milliseconds from when the hand takes hold, as soon as the page is ready, until the drawing has followed it.

    Raises
    ------
    TooLate
        when it didn't get ready, or didn't follow.
    """
    x, y = hold
    script = FOLLOWED.replace("NODES", nodes)
    with opened(browser, file, "network", sign, lambda page: page.add_init_script(script)) as (page, _):
        with page.expect_console_message(lambda message: message.text.startswith("followed ")) as told:
            page.mouse.move(x, y)
            page.mouse.down()
            for step in range(1, 21):
                page.mouse.move(x + 4 * step, y + 2 * step)
        return float(told.value.text.split()[1])
