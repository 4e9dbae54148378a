"""What meets the eye: in each view, language and size of letters, no text lies on another or is cut in silence."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import QUIET
from browser.install import find
from browser.sight import TANGLED
from playwright.sync_api import Browser, Page, expect

Opened = Callable[..., Page]
VIEWS = ("matrix", "columns", "network", "timeline")
FRAMES = """() => new Promise((done) => {
  const frames = (left) => (left ? requestAnimationFrame(() => frames(left - 1)) : done());
  frames(5);
})"""
"""After which what is made of a new size stands, however slow the machine is."""


def looked_at(page: Page) -> dict[str, list[list[str]]]:
    """What is wrong in each view as it opens, with a thing chosen, and with the filters open; nothing is left out."""
    found = {}
    for view in VIEWS:
        page.click(f"#tab-{view}")
        for way, act in (
            ("open", "kgPage.choose(null)"),
            ("chosen", "kgPage.choose('pair', kgPage.data.find('bochk'), kgPage.data.find('wechat-hk'))"),
            ("filters", "(kgPage.choose(null), document.getElementById('filter').click())"),
        ):
            page.evaluate(act)
            page.evaluate(FRAMES)
            found[f"{view}, {way}"] = page.evaluate(TANGLED)
            if page.evaluate("(scrollTo(0, 1_000_000), scrollY > 0)"):  # where there is more than the window holds
                found[f"{view}, {way}, below"] = page.evaluate(TANGLED)
                page.evaluate("scrollTo(0, 0)")
        page.evaluate("document.getElementById('filter').click()")
    return {place: faults for place, faults in found.items() if faults}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["text", "large_text"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_no_text_lies_on_another(
    opened: Opened, request: pytest.FixtureRequest, name: str, language: str, width: int, height: int
) -> None:
    page = opened(request.getfixturevalue(name), f"#lang={language}")
    page.set_viewport_size({"width": width, "height": height})
    assert looked_at(page) == {}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_nor_where_the_browser_is_set_to_letters_twice_as_large(
    browser: Browser, text: str, large_text: str, tmp_path: Path, width: int, height: int
) -> None:
    settings = tmp_path / "settings" / "Default" / "Preferences"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"webkit": {"webprefs": {"default_font_size": 32}}}))
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "settings",
        executable_path=find(),
        args=[*QUIET, "--blink-settings=defaultFontSize=32"],  # for one without windows, which reads no settings
        viewport={"width": width, "height": height},
    )
    for name, content in (("small", text), ("large", large_text)):
        file = tmp_path / f"{name}.html"
        file.write_text(content, "utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_function("window.kgPage?.ready")
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "28px"
        if width < height:  # the head leaves the view its room
            assert page.evaluate("document.querySelector('header').offsetHeight") < 0.6 * height
        assert looked_at(page) == {}
        at = page.locator("#timeline-by").bounding_box()
        assert at is not None
        assert at["x"] + at["width"] <= width
        # What matters can all be brought into sight.
        for place in ("#search", "#tab-timeline", "#views", "#time"):
            page.locator(place).scroll_into_view_if_needed()
            expect(page.locator(place)).to_be_in_viewport()
        view = page.locator("#views").bounding_box()
        assert view is not None
        assert view["height"] <= height
        # What lines say is larger too.
        page = context.new_page()
        page.goto(f"{file.as_uri()}#view=network")
        page.wait_for_function("window.kgPage?.ready")
        letters = "Math.min(...kgPage.plotted().told.map((one) => one.letters)) * kgPage.network.getScale()"
        assert name == "large" or page.evaluate(letters) >= (23.9 if width > 1000 else 19)
    context.close()


def test_the_measure_sees_what_is_cut_and_what_is_covered(opened: Opened, text: str) -> None:
    page = opened(text)
    assert page.evaluate(TANGLED) == []
    # Without the points that say that it goes on.
    cut = "{ overflow: 'hidden', textOverflow: 'clip', width: '40px' }"
    page.evaluate(f"Object.assign(document.getElementById('count').style, {cut})")
    assert [kind for kind, *_ in page.evaluate(TANGLED)] == ["cut"]
    page.evaluate("document.getElementById('count').removeAttribute('style')")
    page.evaluate("document.getElementById('tab-columns').style.marginLeft = '-40px'")
    assert ["on each other", "Matrix", "Columns"] in page.evaluate(TANGLED)
    page.evaluate("document.getElementById('tab-columns').removeAttribute('style')")
    page.evaluate("document.getElementById('search').style.width = '2000px'")
    assert ["wider than the window"] in page.evaluate(TANGLED)


def test_the_documentation_shows_each_view_of_both_landscapes_in_both_looks(root: Path) -> None:
    pictures = {file.name for file in (root / "docs" / "page").glob("*.png")}
    looks = ("light-en", "dark-zh", "light-zh", "dark-en")
    wanted = {
        f"{landscape}-{view}-{look}.png"
        for landscape in ("china-2017", "world")
        for view in (*VIEWS, "unfolded", "rows", *(["near", "triples"] if landscape == "world" else []))
        for look in looks
    }
    assert pictures == wanted
    told = (root / "docs" / "page.md").read_text("utf-8")
    for name in wanted:
        assert f"](page/{name})" in told
        content = (root / "docs" / "page" / name).read_bytes()
        assert struct.unpack(">II", content[16:24]) == (1280, 800)
        assert len(content) < 200_000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_stages_stand_on_one_line_with_the_signs_of_the_view_and_so_does_the_legend(
    opened: Opened, large_text: str, language: str
) -> None:
    page = opened(large_text, f"#view=network&lang={language}")
    height = "(one) => one.getBoundingClientRect().height"
    bar, legend = page.locator(".bar"), page.locator("#view-network .legend")
    before = bar.evaluate(height)
    assert before < 45
    assert legend.evaluate(height) < 35
    assert page.locator("#stages .stroke").count() == page.locator("#stages button").count() == 7
    page.locator("#stages button").nth(3).click()
    expect(page.locator("#stages .clear")).to_be_visible()
    assert bar.evaluate(height) == before
    page.click("#tab-matrix")
    assert page.locator("#stages .stroke").count() == 0
    assert page.locator("#stages .stage").count() == 7


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_hand_stages_fade_where_there_are_more_of_them(opened: Opened, large_text: str, language: str) -> None:
    page = opened(large_text, f"#view=matrix&lang={language}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("#tab-network")
    stages = page.locator("#stages")
    expect(stages).to_have_attribute("data-more", "after")
    mask = "(one) => getComputedStyle(one).maskImage"
    assert "gradient" in stages.evaluate(mask)
    # As a finger would move them.
    stages.hover()
    page.mouse.wheel(60, 0)
    expect(stages).to_have_attribute("data-more", "before after")
    page.mouse.wheel(2000, 0)
    expect(stages).to_have_attribute("data-more", "before")
    expect(page.locator("#stages button").last).to_be_in_viewport(ratio=0.99)
    legend = page.locator("#view-network .legend").bounding_box()
    assert legend is not None
    assert legend["height"] < 55
    # In a notebook, too, the head leaves the view most of its room, and stages fade that have none.
    page.set_viewport_size({"width": 900, "height": 600})
    # What stood beside the title in a hand is moved with the next picture.
    page.evaluate(FRAMES)
    heights = page.locator("header, #network").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert heights[0] < 100
    assert heights[1] > 360
    expect(stages).to_have_attribute("data-more", re.compile("."))
    # Where there is room for all, nothing fades.
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(stages).not_to_have_attribute("data-more", re.compile("."))
    assert stages.evaluate(mask) == "none"
