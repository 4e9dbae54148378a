"""The page for everyone: nothing that axe-core finds fault with, the keyboard alone, narrow screens, large letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg.opening import build_landscape
from kg.views.page import html

Opened = Callable[..., Page]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def faults(page: Page, *without: str, only: str = "", contrast: bool = True) -> list[Any]:
    """What axe-core finds fault with, outside of some parts; by one rule alone, or without that of contrast."""
    rules = {} if contrast else {"rules": {"color-contrast": {"enabled": False}}}
    rules = {"runOnly": [only]} if only else rules
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    # What passes is not told: to bring all that over takes as long as to find it.
    run = "([exclude, options]) => axe.run({ exclude }, options).then(({ violations }) => violations)"
    told = page.evaluate(run, [without, {**RULES, **rules}])
    return [(fault["id"], node["html"][:150], node["failureSummary"]) for fault in told for node in fault["nodes"]]


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "zh")])
def test_axe_finds_no_fault_in_any_view(opened: Opened, text: str, theme: str, language: str) -> None:
    # In the dark colours alone differ, and in Chinese all but these, which take longest by far.
    asked: dict[str, Any] = {"only": "color-contrast"} if theme == "dark" else {"contrast": language == "en"}
    page = opened(text, f"#lang={language}&theme={theme}")
    page.click("#filter")
    # The filters and what is told are the same in each view, and most of what there is.
    seen: tuple[str, ...] = ()
    for view in page.evaluate("kgPage.views.names()"):
        page.click(f"#tab-{view}")
        page.evaluate("kgPage.choose('pair', kgPage.data.find('abc'), kgPage.data.find('baidu'))")
        page.wait_for_timeout(50)
        assert faults(page, *seen, **asked) == [], view
        seen = ("#filters", "#panel")
    page.fill("#search", "a")
    page.keyboard.press("ArrowDown")
    assert faults(page, *seen, **asked) == [], "search"
    page.click("#index")
    assert faults(page, "#filters", "#views", **asked) == [], "index"


def test_axe_finds_no_fault_in_the_large_matrix(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    page.click("#filter")
    page.click("#stages button >> nth=0")
    page.evaluate("kgPage.choose('thing', kgPage.data.find('payments'))")
    assert faults(page) == []


def test_axe_sees_what_is_wrong(opened: Opened, text: str) -> None:
    page = opened(text)
    page.evaluate("document.getElementById('index').style.color = '#ddd'")
    assert [name for name, *_ in faults(page)] == ["color-contrast"]


def test_the_keyboard_alone_goes_through_the_page(opened: Opened, text: str) -> None:
    page = opened(text)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    assert page.locator("#skip").bounding_box()["x"] >= 0  # type: ignore[index]
    met = []
    ring = """() => { const style = getComputedStyle(document.activeElement);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }"""
    for _ in range(30):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
        if met[-1] == "" or page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(ring), met[-1]
    for wanted in ("search", "filter", "index", "switch", "theme", "tab-matrix", "matrix", "Baidu"):
        assert wanted in met
    # What was set stays, and so does the way back.
    page.evaluate("kgPage.change({ view: 'columns', language: 'zh' })")
    before = page.evaluate("[location.hash, history.length]")
    page.focus("#skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "views"
    page.wait_for_timeout(50)
    assert page.evaluate("[location.hash, history.length]") == before
    assert page.locator("#view-columns").is_visible()


def test_the_arrows_change_the_view(opened: Opened, text: str) -> None:
    page = opened(text)
    page.focus("#tab-matrix")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=tab][aria-selected=true]")).not_to_have_id("tab-matrix")
    expect(page.locator("#view-matrix")).to_be_hidden()
    page.keyboard.press("Home")
    expect(page.locator("#tab-matrix")).to_be_focused()
    expect(page.locator("#view-matrix")).to_be_visible()


def test_the_keyboard_goes_as_the_eye_does_in_a_hand_and_what_is_told_turns_nothing(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    stops = """() => [...document.querySelectorAll("header :is(button, input, select), #time :is(input, select)")]
      .filter((one) => one.checkVisibility() && !one.disabled && !one.closest("#stages, [hidden]"))
      .map((one) => [one.id, one.getBoundingClientRect(), one.type === "range"])
      .map(([id, { left, top, bottom }, range]) => [id, Math.round((top + bottom) / 24), range ? 0 : left])"""
    for width, first in ((375, "switch"), (1280, "search"), (620, "switch")):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        seen = page.evaluate(stops)
        assert seen[0][0] == first
        assert [name for name, *_ in sorted(seen, key=lambda stop: stop[1:])] == [name for name, *_ in seen]
    time_ = page.locator("#time").bounding_box()
    assert time_ is not None
    assert time_["height"] < 72
    page.set_viewport_size({"width": 1000, "height": 1000})
    page.wait_for_timeout(100)
    assert page.evaluate("kgPage.standing().upright") is False
    page.evaluate("kgPage.choose('thing', kgPage.data.find('tencent'))")
    page.wait_for_timeout(200)
    network = page.locator("#network").bounding_box()
    assert network is not None
    assert network["width"] < network["height"]
    assert page.evaluate("kgPage.standing().upright") is False


def test_what_is_closed_gives_the_focus_back(opened: Opened, text: str) -> None:
    page = opened(text)
    page.locator("#matrix .chip").nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    again = page.evaluate("document.activeElement.className")
    assert again.startswith("chip")
    page.locator("#panel .close").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement === document.querySelectorAll('#matrix .chip')[3]")
    # The index, and what is chosen from it, go back to their button; the filters to theirs, and close alone.
    for steps in ([], ["Enter"]):
        page.focus("#index")
        page.keyboard.press("Enter")
        page.locator("#panel .entry").nth(2).focus()
        for key in [*steps, "Escape"]:
            page.keyboard.press(key)
        expect(page.locator("#panel")).to_be_hidden()
        expect(page.locator("#index")).to_be_focused()
    page.locator("#matrix .chip").nth(3).click()
    page.focus("#filter")
    for within in ("#date-from", "#filters .option input >> nth=0", "#filter"):
        page.locator("#filter").press("Enter")
        page.locator(within).press("Escape")
        expect(page.locator("#filters")).to_be_hidden()
        expect(page.locator("#filter")).to_be_focused()
        expect(page.locator("#filter")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (640, 400), (320, 256)])
def test_it_can_be_used_on_a_phone_and_with_doubled_letters(
    opened: Opened, large_text: str, width: int, height: int
) -> None:
    page = opened(large_text, "#lang=en")
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("#search", "apple")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    close = page.locator("#panel .close").bounding_box()
    assert close is not None
    assert close["x"] + close["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if height == 740:
        assert faults(page) == []
    page.click("#panel .close")
    page.click("#filter")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#filter")
    page.locator("#matrix .chip").first.click()
    expect(page.locator("#panel h2")).to_be_visible()


def test_the_names_that_are_cut_come_whole_on_focus(
    opened: Opened, tables: Callable[..., Path], tmp_path: Path
) -> None:
    name = "The Very Old and Long Established Savings and Loans Bank of the Upper and the Lower River Valleys"
    folder = tables(
        organizations=f"id,type,label@en,source\nb,Bank,{name},s#1\nf,TechFirm,Firm,s#1\n",
        capabilities="id,label@en,source\nc,Payments,s#1\n",
        partnerships="id,label@en,bankParty,techParty,covers,source\np,Bank and Firm,b,f,c,s#1\n",
    )
    landscape = build_landscape([folder], tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables), "#view=matrix")
    page.locator("#matrix tbody th button").focus()
    expect(page.get_by_role("tooltip")).to_have_text(name)
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_the_colours_follow_the_system_and_the_switch(opened: Opened, text: str) -> None:
    page = opened(text, "", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.select_option("#theme", "light")
    light = page.evaluate(ground)
    assert light == "rgb(255, 255, 255)" != dark
    page.select_option("#theme", "auto")
    assert page.evaluate(ground) == dark
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == light


def goes_back(page: Page) -> None:
    """Going back closes what covers the view, and leaves the page as little as closing it leaves a step behind."""
    length, at = page.evaluate("[history.length, location.hash]")
    assert "chosen=chip" in at
    page.locator("#panel .links .link").first.tap()
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    assert "chosen" not in page.evaluate("location.hash")
    for _ in range(2):
        page.locator("#matrix .chip").first.tap()
        expect(page.locator("#panel h2")).to_be_focused()
        page.evaluate("kgPage.change({ language: 'zh' })")
        page.tap("#panel .close")
        page.wait_for_function("!location.hash.includes('chosen')")
        assert "lang=zh" in page.evaluate("location.hash")
        page.tap("#switch")
    page.go_forward()
    expect(page.locator("#panel")).to_be_visible()
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("history.length") == length


def test_on_a_phone_all_is_done_by_touch(browser: Browser, text: str, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, offline=True, reduced_motion="reduce"
    )
    file = tmp_path / "page.html"
    file.write_text(text, "utf-8")
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(f"{file.as_uri()}#view=network")
    page.wait_for_function("window.kgPage?.ready")
    page.wait_for_timeout(200)
    x, y = page.evaluate(
        """() => {
          const { left, right, top, bottom } = kgPage.boxOf(kgPage.data.find("boc"));
          const at = kgPage.network.canvasToDOM({ x: (left + right) / 2, y: (top + bottom) / 2 });
          const area = document.getElementById("network").getBoundingClientRect();
          return [area.left + at.x, area.top + at.y];
        }"""
    )
    page.touchscreen.tap(x, y)
    expect(page.locator("#panel h2")).to_have_text("Bank of China")
    # What is told lies below the view, which shows what is chosen; it is drawn up to be read.
    panel, drawn = page.locator("#panel"), "() => [panel.offsetHeight, document.getElementById('network').offsetHeight]"
    low, free = page.evaluate(drawn)
    assert 150 < low < 0.4 * 740
    assert free > 300
    assert free + low < 740
    page.locator("#panel h2").tap()
    assert page.evaluate(drawn) == [740, free]
    page.tap("#panel .draw")
    assert page.evaluate(drawn) == [low, free]
    page.tap("#panel .draw")
    page.tap("#panel .unfold")
    assert page.evaluate(drawn) == [low, free]
    assert "unfolded=boc" in page.evaluate("location.hash")
    assert page.evaluate("[...kgPage.standing().boxes.keys()].some((id) => String(id).includes('|'))")
    page.tap("#panel .close")
    expect(panel).to_be_hidden()
    page.tap("#network-fold_all")
    page.tap("#tab-timeline")
    # Names stand above their steps, whole.
    names = page.locator("#timeline .name").all_text_contents()
    assert "Tencent, Tencent Cloud" in names
    assert not [name for name in names if "…" in name]
    page.tap("#tab-matrix")
    page.locator("#matrix .chip").first.tap()
    expect(page.locator("#panel h2")).to_be_visible()
    goes_back(page)
    page.tap("#filter")
    page.locator("#filters .option").first.tap()
    page.tap("#filter")
    expect(page.locator("#count")).not_to_contain_text("5 partnerships")
    page.tap("#stages .clear")
    expect(page.locator("#count")).to_contain_text("5 partnerships")
    page.tap("#take")
    with page.expect_download():
        page.tap("#take-svg")
    assert messages == []
    context.close()


def test_what_is_chosen_is_seen_where_the_system_gives_the_colours(opened: Opened, text: str) -> None:
    """A tab that is open, a filter that is set and a cell that is chosen are told by lines, not by shadows."""
    page = opened(text, forced_colors="active")
    page.locator("#matrix .pair").first.click()
    assert page.locator("#matrix td.chosen").evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    page.locator("#stages button").first.click()
    page.mouse.move(640, 600)
    lines = "(all, chosen) => all.map((one) => [one.matches(chosen), getComputedStyle(one).borderBottomColor])"
    for group, chosen in (("#tabs button", "[aria-selected='true']"), ("#stages button", "[aria-pressed='true']")):
        told = page.locator(group).evaluate_all(lines, chosen)
        own = {colour for is_chosen, colour in told if is_chosen}
        assert len(own) == 1
        assert own.isdisjoint(colour for is_chosen, colour in told if not is_chosen)


@pytest.mark.parametrize(("theme", "scheme"), [("light", "dark"), ("dark", "light")])
def test_a_theme_does_not_stand_against_the_colours_of_the_system(
    opened: Opened, text: str, theme: str, scheme: str
) -> None:
    page = opened(text, f"#view=timeline&theme={theme}", forced_colors="active", color_scheme=scheme)
    expect(page.locator("#theme")).to_be_disabled()
    expect(page.locator("#theme")).to_have_value("auto")
    dark = scheme == "dark"
    # Names stand on the system's ground: light ones on dark, dark ones on light.
    inks = page.locator("#timeline text").evaluate_all("(all) => all.map((one) => getComputedStyle(one).fill)")
    assert inks
    for ink in inks:
        parts = [int(part) for part in re.findall(r"\d+", ink)[:3]]
        assert (sum(parts) > 3 * 128) == dark, ink
    page.click("#tab-network")
    paints = page.evaluate("kgPage.plotted().inks")
    page_, ink = (sum(int(paints[name][at : at + 2], 16) for at in (1, 3, 5)) for name in ("page", "ink"))
    assert (ink > page_) == dark
    # Without them the theme is the one that was chosen.
    page.emulate_media(forced_colors="none", color_scheme=scheme)
    expect(page.locator("#theme")).to_have_value(theme)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
