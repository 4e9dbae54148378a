"""Whose hand, finger or wheel comes before vis is there waits for nothing, and all goes on when it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.test_first import QUIET, RELEASED, STARTED, WHERE, Opened, brought, early
from browser.test_network import between, place_of
from browser.test_topics import OUT_OF_SIGHT
from playwright.sync_api import Browser, BrowserContext, Page, expect

__all__ = ["early"]


def test_who_drags_it_at_once_moves_it(early: Opened, text: str) -> None:
    page = early(text)
    x, y, scale = page.evaluate(WHERE)
    page.evaluate(RELEASED)
    page.mouse.move(640, 650)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(640 + 10 * step, 650 - 5 * step)
    # It follows without vis, which doesn't come while it is held.
    page.wait_for_timeout(QUIET)
    page.evaluate(RELEASED)
    assert not page.evaluate(STARTED)
    assert page.evaluate(WHERE) == pytest.approx([x + 100, y - 50, scale], abs=1)
    page.mouse.up()
    # The hand has let it go.
    page.mouse.move(300, 300)
    assert page.evaluate(WHERE) == pytest.approx([x + 100, y - 50, scale], abs=1)
    assert "seen=" in page.url
    expect(page.locator("#panel")).to_be_hidden()
    brought(page)
    assert page.evaluate(STARTED)
    assert page.evaluate(WHERE) == pytest.approx([x + 100, y - 50, scale], abs=1)
    page.mouse.move(640, 650)
    page.mouse.down()
    page.mouse.move(600, 640)
    page.mouse.move(590, 640)
    page.mouse.up()
    assert page.evaluate(WHERE) == pytest.approx([x + 50, y - 60, scale], abs=1)


def fingers(page: Page, *all_: tuple[str, list[tuple[float, float]]]) -> None:
    """What fingers do, one after the other: begin, move or end at points of the screen, however slow the machine is."""
    session = page.context.new_cdp_session(page)
    began = time.time()
    for step, (kind, at) in enumerate(all_):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(at)]
        told = {"type": f"touch{kind}", "touchPoints": points, "timestamp": began + step / 50}
        session.send("Input.dispatchTouchEvent", told)
    page.wait_for_timeout(100)


def test_a_finger_that_drags_it_at_once_moves_it(early: Opened, text: str) -> None:
    page = early(text)
    x, y, scale = page.evaluate(WHERE)
    moves = [("Move", [(640.0 + 10 * step, 650.0 - 10 * step)]) for step in range(1, 11)]
    fingers(page, ("Start", [(640, 650)]), *moves, ("End", []))
    assert page.evaluate(WHERE) == pytest.approx([x + 100, y - 100, scale], abs=25)  # a finger moves some way first
    assert page.evaluate(WHERE)[0] > x + 50
    assert not page.evaluate(STARTED)


def test_two_fingers_scale_it_at_once(early: Opened, text: str) -> None:
    page = early(text)
    *_, scale = page.evaluate(WHERE)
    apart = [("Move", [(600.0 - 10 * step, 500.0), (660.0 + 10 * step, 500.0)]) for step in range(1, 11)]
    fingers(page, ("Start", [(600, 500)]), ("Start", [(600, 500), (660, 500)]), *apart, ("End", []))
    assert page.evaluate(STARTED)
    assert page.evaluate(WHERE)[2] > 1.5 * scale


def test_where_vis_can_not_be_unpacked_a_finger_moves_it_all_the_same(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network", before="delete window.DecompressionStream")
    x, _, scale = page.evaluate(WHERE)
    fingers(page, ("Start", [(600, 500)]), ("Start", [(600, 500), (660, 500)]), ("End", []))
    page.wait_for_timeout(100)
    fingers(page, ("Start", [(600, 650)]), *[("Move", [(600.0 + 20 * step, 650.0)]) for step in range(6)], ("End", []))
    assert page.evaluate(WHERE)[0] > x + 50
    assert page.evaluate(WHERE)[2] == scale
    page.wait_for_timeout(2 * QUIET)
    assert not page.evaluate(STARTED)


def test_two_taps_of_a_finger_unfold_at_once(early: Opened, text: str) -> None:
    page = early(text)
    at = place_of(page, "abc")
    fingers(page, ("Start", [at]), ("End", []))
    expect(page.locator("#panel h2")).to_have_text("Agricultural Bank of China")
    other = early(text)
    fingers(other, ("Start", [at]), ("End", []), ("Start", [at]), ("End", []))
    expect(other.locator("#network-fold_all")).to_be_visible()
    assert not other.evaluate(STARTED)


def test_the_first_turns_of_the_wheel_scale_it_as_vis_does(early: Opened, text: str) -> None:
    page, other = early(text), early(text)
    brought(other)
    for one in (page, other):
        one.mouse.move(500, 400)
        for by in (-100, -100, 100, -100):
            one.mouse.wheel(0, by)
        one.wait_for_timeout(300)
    assert [one.evaluate(STARTED) for one in (page, other)] == [False, True]
    assert page.evaluate(WHERE) == pytest.approx(other.evaluate(WHERE), abs=1e-6)
    assert page.evaluate(WHERE)[2] > 1.01 * early(text).evaluate(WHERE)[2]


def test_the_first_click_chooses(early: Opened, text: str) -> None:
    page = early(text)
    page.mouse.click(*place_of(page, "boc"))
    expect(page.locator("#panel h2")).to_have_text("Bank of China")
    other = early(text)
    other.mouse.click(*between(other, "boc", "tencent"))
    expect(other.locator("#panel h2")).to_have_text("Bank of China – Tencent")


def test_the_first_double_click_unfolds(early: Opened, text: str) -> None:
    page = early(text)
    page.mouse.dblclick(*place_of(page, "abc"))
    expect(page.locator("#network-fold_all")).to_be_visible()
    assert page.evaluate("[...kgPage.standing().boxes.keys()].some((id) => typeof id === 'string')")


IN_SIGHT = """() => [...kgPage.standing().boxes.keys()].filter((id) => typeof id === "number").filter((id) => {
  const { left, right, top, bottom } = kgPage.boxOf(id), area = document.getElementById("network");
  const start = kgPage.network.canvasToDOM({ x: left, y: top });
  const end = kgPage.network.canvasToDOM({ x: right, y: bottom });
  return start.x >= 0 && start.y >= 0 && end.x <= area.clientWidth && end.y <= area.clientHeight;
}).length"""


READ = """(key) => {
  const { network, plot, data } = kgPage, area = document.getElementById("network"), scale = network.getScale();
  const own = data.find(key), found = { party: null, pieces: [] };
  for (const box of kgPage.plotted().boxes.values()) {
    const start = network.canvasToDOM({ x: box.left, y: box.top });
    const end = network.canvasToDOM({ x: box.right, y: box.bottom });
    if (start.x < 0 || start.y < 0 || end.x > area.clientWidth || end.y > area.clientHeight) continue;
    const size = (plot.lettered(box, scale, 1)?.size ?? 0) * scale;
    if (box.id === own) found.party = size;
    else if (String(box.id).startsWith(`${own}|`)) found.pieces.push(size);
  }
  return found;
}"""
"""How many pixels letters have of a party, and of what it unfolds into, as far as these are wholly in sight."""


def read_unfolded(page: Page, key: str, least: int) -> None:
    read = page.evaluate(READ, key)
    assert len(read["pieces"]) >= least
    assert min([*read["pieces"], read["party"] or 0]) >= 9.5


CURSOR = "document.getElementById('network').style.cursor"
GROUNDS = """() => ["unfold", "whole"].map((one) => document.getElementById(`network-${one}`))
  .map((one) => getComputedStyle(one).backgroundColor)"""


def moved_and_closed(follow: Callable[[str], Page], address: str) -> None:
    """What is said of what is chosen is whole; what is moved beneath what is told stays so, and is what is sent on."""
    page = follow(address)
    said = page.evaluate("kgPage.plotted().spoken.told")
    assert len(said) == 4
    assert page.evaluate(OUT_OF_SIGHT, said) == []
    page.mouse.move(*place_of(page, "ibm"))
    page.wait_for_timeout(50)
    assert page.evaluate(CURSOR) == "pointer"
    # A tap soon after a finger that was still on its way would only stop it.
    moves = [("Move", [(180.0 + 8 * min(step, 7), 300.0)]) for step in range(16)]
    fingers(page, ("Start", [(180, 300)]), *moves, ("End", []))
    page.locator("#panel .close").tap()
    page.wait_for_function("() => !location.hash.includes('chosen')")
    page.wait_for_timeout(100)
    assert "seen=" in page.url
    assert page.evaluate(WHERE) == pytest.approx(follow(page.url).evaluate(WHERE), abs=1)
    # A finger leaves nothing behind as if something still pointed there.
    assert page.evaluate(CURSOR) == ""
    page.locator("#network-whole").tap()
    assert len(set(page.evaluate(GROUNDS))) == 1


def test_in_a_hand_it_opens_with_what_is_read_there(
    browser: Browser, text: str, large_text: str, tmp_path: Path
) -> None:
    files = {name: tmp_path / f"{name}.html" for name in ("small", "large")}
    for name, content in (("small", text), ("large", large_text)):
        files[name].write_text(content, "utf-8")
    hand = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, offline=True)
    desk = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)

    def view(context: BrowserContext, address: str) -> Page:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("window.kgPage?.ready")
        page.wait_for_timeout(100)
        return page

    for name, least in (("small", 14), ("large", 15)):
        page = view(hand, files[name].as_uri())
        expect(page.locator("#tab-network")).to_have_attribute("aria-selected", "true")
        assert page.evaluate(IN_SIGHT) >= least  # of the small one, all
        assert page.url == files[name].as_uri()
        # Whoever is sent what was chosen there sees it in the same view.
        page.fill("#search", "Tencent")
        page.keyboard.press("Enter")
        other = view(desk, page.url)
        expect(other.locator("#tab-network")).to_have_attribute("aria-selected", "true")
        other = view(desk, files[name].as_uri())
        expect(other.locator("#tab-matrix")).to_have_attribute("aria-selected", "true")
        # A view that an address names wins.
        other = view(hand, f"{files[name].as_uri()}#view=columns")
        expect(other.locator("#tab-columns")).to_have_attribute("aria-selected", "true")
        # What is chosen stays marked in the view, and what it unfolds into is read there, at once or by a link.
        assert (page.evaluate(READ, "tencent")["party"] or 0) >= 9.5
        assert page.evaluate("kgPage.plotted().boxes.get(kgPage.data.find('tencent')).on")
        page.locator("#network-unfold").tap()
        expect(page.locator("#panel h2")).to_have_text("Tencent")
        read_unfolded(page, "tencent", 8)
        if name == "large":
            other = view(hand, f"{files[name].as_uri()}#view=network&unfolded=google")
            read_unfolded(other, "google", 8)
            other.set_viewport_size({"width": 900, "height": 600})
            other.reload()
            other.wait_for_function("window.kgPage?.ready")
            read_unfolded(other, "google", 10)
            moved_and_closed(lambda at: view(hand, at), f"{files[name].as_uri()}#view=network&chosen=thing,ibm")
        page.locator("#panel .close").tap()
        page.locator("#network-fold_all").tap()
        page.locator("#tab-matrix").tap()
        assert page.url.endswith("#view=matrix")
        more = page.locator("#matrix .more").first.bounding_box()
        assert more is not None
        assert name == "large" or more["x"] + more["width"] < 366  # of the large one the first is beyond
    hand.close()
    desk.close()
