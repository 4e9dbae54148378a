"""The browser in which the page is tried, and how a page is opened in it: with the network refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.install import ADVICE, QUIET, SIZE, find
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from kg.landscape import Landscape
from kg.views.page import html

GRAPHS = Path(__file__).resolve().parents[2] / "graphs"
Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find()
    assert program is not None, ADVICE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page from a file; afterwards it must have asked for nothing and complained of nothing."""
    context = browser.new_context(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    requests: list[str] = []
    messages: list[str] = []
    pages: set[str] = set()

    def open_(text: str, at: str = "", before: str = "", **emulated: str) -> Page:
        file = tmp_path / "a page.html"
        file.write_text(text, encoding="utf-8", newline="\n")
        pages.add(file.as_uri())
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.emulate_media(**{"reduced_motion": "reduce", **emulated})  # type: ignore[arg-type]
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("dialog", lambda dialog: messages.append(dialog.message))
        page.goto(file.as_uri() + at)
        page.wait_for_function("window.kgPage?.ready")
        page.wait_for_timeout(100)
        return page

    yield open_
    context.close()
    # What the page made itself or holds, such as its icon, is asked of nobody.
    asked = [url for url in requests if not url.startswith(("blob:", "data:"))]
    assert [url for url in asked if url.partition("#")[0] not in pages] == []
    assert messages == []


def written(landscape: Landscape, file: Path) -> str:
    """The page of a landscape; whichever worker comes first writes it for all of them."""
    with FileLock(f"{file}.lock"):
        if not file.exists():
            file.write_text(html(landscape.store, landscape.tables), encoding="utf-8", newline="")
        return file.read_bytes().decode()


@pytest.fixture(scope="session")
def text(china: Landscape, shared: Path) -> str:
    return written(china, shared / "china.html")


@pytest.fixture(scope="session")
def large(world: Landscape) -> Landscape:
    """All landscapes as one."""
    return world


@pytest.fixture(scope="session")
def large_text(large: Landscape, shared: Path) -> str:
    return written(large, shared / "world.html")
