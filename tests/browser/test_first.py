"""What is drawn first stands before the rest is made, and whoever does something meanwhile loses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser.test_network import DIFFERENT, KEPT, place_of
from playwright.sync_api import Page, expect

from kg.views.page import PAGE

Opened = Callable[..., Page]
NEVER = "window.requestIdleCallback = (job) => { (window.held ??= []).push(job); };"
"""Nothing is ever idle, so that what waits for it waits until it is asked for, or until RELEASED."""
RELEASED = """() => new Promise((done) => {
  const work = () => {
    while (window.held?.length) window.held.shift()();
    done();
  };
  const frames = (left) => (left ? requestAnimationFrame(() => frames(left - 1)) : setTimeout(work));
  frames(3); // what has just been drawn stands
})"""
STARTED = "Boolean(window.vis)"
QUIET = 600
"""Milliseconds after which vis is started, when there is time, where no hand is upon the network."""
WHERE = """() => {
  const { network } = kgPage, { x, y } = network.canvasToDOM({ x: 0, y: 0 });
  return [x, y, network.getScale()];
}"""


def brought(page: Page) -> None:
    """Lets there be time for what comes after the first picture, and then for vis, when it wants to start."""
    for _ in range(5):
        page.evaluate(RELEASED)
        if page.evaluate(STARTED):
            return
        page.wait_for_timeout(QUIET // 2)


@pytest.fixture
def early(opened: Opened) -> Opened:
    """A page for which there is never time to start vis."""
    return lambda text, at="#view=network", **emulated: opened(text, at, before=NEVER, **emulated)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["text", "large_text"])
def test_it_is_the_picture_that_vis_goes_on_with(
    early: Opened, request: pytest.FixtureRequest, size: str, theme: str
) -> None:
    page = early(request.getfixturevalue(size), f"#view=network&theme={theme}")
    assert not page.evaluate(STARTED)
    before = page.evaluate(WHERE)
    page.evaluate(KEPT, "before")
    brought(page)
    assert page.evaluate(STARTED)
    page.evaluate(KEPT, "after")
    assert page.evaluate("kept.before.some((part) => part) && String(kept.before) === String(kept.after)")
    assert page.evaluate(WHERE) == pytest.approx(before, abs=1e-9)
    page.wait_for_timeout(200)
    page.evaluate(KEPT, "rested")
    assert page.evaluate(DIFFERENT, ["before", "rested"]) == 0
    assert page.locator("#network canvas").count() == 1


def test_pointing_keys_and_pictures_need_no_vis(early: Opened, large_text: str) -> None:
    page = early(large_text)
    page.mouse.move(*place_of(page, "icbc"))
    expect(page.locator("#whole-name")).to_have_text("Industrial and Commercial Bank of China")
    page.mouse.move(640, 140)
    expect(page.locator("#whole-name")).to_be_hidden()
    page.locator("#network").focus()
    page.keyboard.press("Home")
    x, y, scale = page.evaluate(WHERE)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.evaluate(WHERE)[2] == pytest.approx(scale * 1.25**2)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(WHERE)[:2] != [x, y]
    assert page.locator("#ring").is_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("0")
    with page.expect_download() as taken:
        page.click("#take")
        page.click("#take-svg")
    assert b"<path" in taken.value.path().read_bytes()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed rect").count() > 200
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.evaluate(STARTED)


def test_what_is_in_the_middle_stays_there_when_the_window_changes(early: Opened, text: str) -> None:
    page, other = early(text), early(text)
    brought(other)
    places = []
    for one in (page, other):
        for width, height in ((900, 700), (1200, 500)):
            one.set_viewport_size({"width": width, "height": height})
            one.wait_for_timeout(200)
        places.append(one.evaluate(WHERE))
    assert places[0] == pytest.approx(places[1], abs=0.01)
    assert not page.evaluate(STARTED)


def test_who_looks_at_other_views_alone_starts_no_vis(opened: Opened, text: str) -> None:
    page = opened(text)
    for view in ("columns", "timeline", "matrix"):
        page.click(f"#tab-{view}")
        page.wait_for_timeout(200)
    assert not page.evaluate(STARTED)
    page.click("#tab-network")
    page.wait_for_function(f"() => {STARTED}")
    # It has left the network by the time that there would be time.
    other = opened(text, "#view=network", before=NEVER)
    other.click("#tab-matrix")
    brought(other)
    assert not other.evaluate(STARTED)
    other.click("#tab-network")
    brought(other)
    assert other.evaluate(STARTED)


def test_what_is_said_and_found_is_there_when_it_is_asked_for(early: Opened, text: str) -> None:
    page = early(text, "")
    page.fill("#search", "gongshang")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Industrial and Commercial Bank of China")
    expect(page.locator("#panel dd", has_text="third quarterly report of 2019").first).to_be_visible()
    expect(page.locator("#panel")).to_contain_text(PAGE["statements"]["en"])


SHOWN = "kgPage.state.shown.length"
DRAWN = "new Set([...document.querySelectorAll('#columns .thread')].map((one) => one.dataset.numbers)).size"


def test_columns_far_below_are_drawn_when_there_is_time(early: Opened, large_text: str) -> None:
    page = early(large_text, "#view=columns")
    all_, first = page.evaluate(SHOWN), page.evaluate(DRAWN)
    assert 0 < first < all_
    whole = page.locator("#columns").evaluate("(one) => one.scrollHeight")
    page.evaluate(RELEASED)
    assert page.evaluate(DRAWN) == all_
    assert page.locator("#columns[aria-busy]").count() == 0
    assert page.locator("#columns").evaluate("(one) => one.scrollHeight") == whole


def test_columns_far_below_are_drawn_when_they_come_into_sight(early: Opened, large_text: str) -> None:
    page = early(large_text, "#view=columns")
    all_ = page.evaluate(SHOWN)
    for at in (0.3, 0.6, 1):
        page.locator("#columns").evaluate("(one, at) => one.scrollTo(0, at * one.scrollHeight)", at)
        page.wait_for_timeout(200)
        empty = """() => [...document.querySelectorAll("#columns .piece")].filter((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return bottom > 0 && top < innerHeight && !one.childElementCount;
        }).length"""
        assert page.evaluate(empty) == 0
    assert page.evaluate(DRAWN) < all_


def test_columns_are_whole_for_the_keyboard_a_picture_and_paper(early: Opened, large_text: str) -> None:
    page = early(large_text, "#view=columns")
    all_ = page.evaluate(SHOWN)
    page.locator("#columns").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.dataset.id")
    assert page.evaluate(DRAWN) == all_
    assert last == page.evaluate("[...document.querySelectorAll('#columns .node.bank')].at(-1).dataset.id")
    other, another = early(large_text, "#view=columns"), early(large_text, "#view=columns")
    another.evaluate(RELEASED)
    taken = "new XMLSerializer().serializeToString(kgPage.picture())"
    assert other.evaluate(taken) == another.evaluate(taken)
    third = early(large_text, "#view=columns")
    third.emulate_media(media="print")
    third.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert third.evaluate(DRAWN) == all_


def test_who_is_chosen_by_an_address_is_drawn_and_in_sight(early: Opened, large_text: str) -> None:
    page = early(large_text, "#view=columns")
    firm = page.evaluate(
        """() => {
          const met = new Set([...document.querySelectorAll("#columns .node")].map((one) => one.dataset.id));
          const drawn = (firm) => [...met].some((id) => id?.startsWith("2|") && id.endsWith(`|${firm}`));
          return kgPage.data.key(kgPage.data.partnerships.flatMap((one) => one.firms).find((firm) => !drawn(firm)));
        }"""
    )
    other = early(large_text, f"#view=columns&chosen=thing,{firm}")
    chosen = other.locator("#columns .node.firm[aria-pressed='true']").first
    expect(chosen).to_be_in_viewport()
    expect(other.locator("#columns .thread.lit").first).to_be_attached()
    other.evaluate(RELEASED)
    concerned = "kgPage.facets.concerned(kgPage.state).size"
    lit = "new Set([...document.querySelectorAll('#columns .thread.lit')].map((one) => one.dataset.numbers)).size"
    assert other.evaluate(lit) == other.evaluate(concerned)


def test_what_is_lit_in_a_piece_is_lit_in_one_that_is_drawn_later(early: Opened, large_text: str) -> None:
    page = early(large_text, "#view=columns")
    node = page.locator("#columns .node.capability")
    box = node.first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    thing = (node.first.get_attribute("data-id") or "").split("|")[-1]
    page.wait_for_timeout(300)
    page.evaluate(RELEASED)
    # It stands in each piece with the partnerships that have it there.
    pieces = [one.get_attribute("data-numbers") or "" for one in page.locator(f"#columns [data-id$='|{thing}']").all()]
    numbers = {number for one in pieces for number in one.split()}
    assert len(pieces) > 1
    lit = "[...document.querySelectorAll('#columns .thread.lit')].map((one) => one.dataset.numbers)"
    assert set(page.evaluate(lit)) == numbers


TABLES = "document.querySelectorAll('#matrix table').length"
BLOCKS = "document.querySelectorAll('#matrix .block').length"
BARE = """() => {
  const { top, bottom } = document.getElementById("matrix").getBoundingClientRect();
  return [...document.querySelectorAll("#matrix .block:empty")].map((one) => one.getBoundingClientRect())
    .filter((at) => at.bottom > top && at.top < bottom).length;
}"""


def test_tables_far_below_are_drawn_when_there_is_time_or_when_they_come_into_sight(
    early: Opened, large_text: str
) -> None:
    page = early(large_text, "#view=matrix")
    whole, first = page.evaluate(BLOCKS), page.evaluate(TABLES)
    assert 0 < first < whole
    assert page.evaluate(BARE) == 0
    for _ in range(4):
        page.locator("#matrix").evaluate("(one) => one.scrollBy(0, 700)")
        page.wait_for_timeout(200)
        assert page.evaluate(BARE) == 0
    assert first < page.evaluate(TABLES) < whole
    page.evaluate(RELEASED)
    assert page.evaluate(TABLES) == whole
    assert page.locator("#matrix[aria-busy]").count() == 0
    assert page.locator("#matrix [tabindex='0']").count() == 1


def test_the_matrix_is_whole_for_the_keyboard_a_picture_and_paper_and_as_far_as_needed_for_what_is_chosen(
    early: Opened, large_text: str
) -> None:
    pages = [early(large_text, "#view=matrix") for _ in range(5)]
    whole = pages[0].evaluate(BLOCKS)
    pages[0].locator("#matrix button[tabindex='0']").focus()
    pages[0].keyboard.press("End")
    assert pages[0].evaluate("document.activeElement === [...document.querySelectorAll('#matrix button')].at(-1)")
    taken = "new XMLSerializer().serializeToString(kgPage.picture())"
    pages[1].evaluate(RELEASED)
    assert pages[2].evaluate(taken) == pages[1].evaluate(taken)
    pages[3].emulate_media(media="print")
    pages[3].evaluate("dispatchEvent(new Event('beforeprint'))")
    assert pages[3].locator("#matrix .block:empty").count() == 0
    last = pages[1].locator("#matrix tbody th .name").last.text_content() or ""
    pages[4].fill("#search", last)
    pages[4].keyboard.press("Enter")
    expect(pages[4].locator("#matrix .chosen").first).to_be_in_viewport()
    assert pages[4].evaluate(TABLES) < whole
    assert [page.evaluate(TABLES) for page in pages[:3]] == [whole] * 3


def test_what_is_drawn_anew_stays_where_it_was(early: Opened, large_text: str) -> None:
    page = early(large_text, "#view=matrix")
    page.locator("#matrix").evaluate("(one) => one.scrollTo(0, 2000)")
    page.wait_for_timeout(200)
    page.locator("#matrix tbody .name").last.focus()
    page.click("#switch")
    page.wait_for_function(f"() => ({BARE})() === 0")  # however slow the machine is
    assert page.locator("#matrix").evaluate("(one) => one.scrollTop") > 1000


ROWS = "document.querySelectorAll('#timeline .rows [role=button]').length"
UNDRAWN = """() => {
  const area = document.getElementById("timeline").getBoundingClientRect();
  const rows = [...document.querySelectorAll("#timeline .rows .ground")].map((one) => one.getBoundingClientRect());
  const sides = rows.flatMap(({ top, bottom }) => [top, bottom]);
  return [area.top + 120, area.bottom - 40].filter((y) => y < Math.min(...sides) || y > Math.max(...sides)).length;
}"""


def test_a_timeline_far_below_is_drawn_when_there_is_time_or_when_it_comes_into_sight(
    early: Opened, large_text: str
) -> None:
    page, other = early(large_text, "#view=timeline"), early(large_text, "#view=timeline")
    whole, first = page.evaluate(SHOWN), page.evaluate(ROWS)
    assert 0 < first < whole
    height = page.locator("#timeline").evaluate("(one) => one.scrollHeight")
    place = page.locator("#timeline")
    place.evaluate("(one) => one.scrollTo(0, one.scrollHeight)")
    page.wait_for_timeout(200)
    assert page.evaluate(UNDRAWN) == 0
    assert first < page.evaluate(ROWS) <= whole
    other.evaluate(RELEASED)
    assert other.evaluate(ROWS) == whole
    assert other.locator("#timeline[aria-busy]").count() == 0
    assert other.locator("#timeline").evaluate("(one) => one.scrollHeight") == height
    # In their order, whichever was drawn first.
    page.evaluate(RELEASED)
    labels = "[...document.querySelectorAll('#timeline .rows [role=button]')].map((one) => one.ariaLabel)"
    assert page.evaluate(labels) == other.evaluate(labels)
    assert page.locator("#timeline [tabindex='0'][role=button]").count() == 1


def test_the_timeline_is_whole_for_the_keyboard_a_picture_paper_and_what_is_chosen(
    early: Opened, large_text: str
) -> None:
    pages = [early(large_text, "#view=timeline") for _ in range(5)]
    whole = pages[0].evaluate(SHOWN)
    pages[0].locator("#timeline [role=button][tabindex='0']").focus()
    pages[0].keyboard.press("End")
    rows = "[...document.querySelectorAll('#timeline .rows [role=button]')]"
    assert pages[0].evaluate(f"document.activeElement === {rows}.at(-1)")
    pages[1].evaluate(RELEASED)
    taken = "new XMLSerializer().serializeToString(kgPage.picture())"
    assert pages[2].evaluate(taken) == pages[1].evaluate(taken)
    assert [page.evaluate(ROWS) for page in pages[:3]] == [whole] * 3
    pages[3].emulate_media(media="print")
    pages[3].evaluate("dispatchEvent(new Event('beforeprint'))")
    assert pages[3].evaluate(ROWS) == whole
    pages[3].emulate_media(media="screen")
    pages[3].evaluate("dispatchEvent(new Event('afterprint'))")
    assert pages[3].evaluate(ROWS) < whole
    # Who stands last is found, and stays the keyboard's place when all is drawn anew.
    last = pages[1].evaluate(f"kgPage.data.key(Number({rows}.at(-1).dataset.key.split('|')[1]))")
    pages[4].evaluate("(key) => kgPage.choose('thing', kgPage.data.find(key))", last)
    lit = pages[4].locator("#timeline [role=button].lit")
    expect(lit).to_be_in_viewport()
    lit.focus()
    key = lit.get_attribute("data-key")
    pages[4].evaluate("kgPage.change({ language: 'zh' })")
    assert pages[4].evaluate("document.activeElement.dataset.key") == key
    assert pages[4].evaluate(ROWS) < whole
