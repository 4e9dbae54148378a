"""Landmarks: where boxes are too small for letters, the most connected are named over the others, as on a map."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import polars as pl
import pytest
from bench.curated import write_tables
from bench.landscapes import Drawn
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.views.page import html

Opened = Callable[..., Page]
LONG = "First Amalgamated Savings and Commercial Bank of the Northern and Southern Provinces"
WRITES = """(() => {
  const written = CanvasRenderingContext2D.prototype.fillText;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const { a, e, f } = this.getTransform(), size = parseFloat(this.font) * a, wide = this.measureText(text).width * a;
    window.written.push({ text, size, wide, x: a * x + e, y: a * y + f, ink: this.fillStyle });
    return written.call(this, text, x, y);
  };
})()"""
WRITTEN = """() => {
  window.written = [];
  kgPage.network.redraw();
  const canvas = [...document.querySelectorAll("#network canvas")].find((one) => one.checkVisibility());
  const pen = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  return window.written.filter(({ x, y }) => x > 0 && y > 0 && x < canvas.width && y < canvas.height)
    .map((one) => ({ ...one, ground: [...pen.getImageData(one.x - one.wide / 2 - 1, one.y, 1, 1).data].slice(0, 3) }));
}"""
"""What is written on the canvas in sight: how large, where, in what colour, and on what."""
NAMELESS = """(texts) => {
  const { network } = kgPage, { clientWidth: wide, clientHeight: high } = document.getElementById("network");
  return [...kgPage.plotted().boxes.values()].filter(({ left, right, top, bottom }) => {
    const first = network.canvasToDOM({ x: left, y: top }), last = network.canvasToDOM({ x: right, y: bottom });
    return first.x > 0 && first.y > 0 && last.x < wide && last.y < high;
  }).map(({ whole }) => whole).filter((name) => !texts.includes(name));
}"""
PICTURED = "[...kgPage.picture('near').querySelectorAll('text')].map((one) => one.textContent)"
LANDMARKS = "kgPage.landmarks.of(kgPage.plotted(), kgPage.network.getScale()).size"
Written = dict[str, Any]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    """A thousand banks and a thousand firms, of which that with most partnerships has a long name."""
    folder = write_tables(Drawn(1200, parties=1000), tmp_path_factory.mktemp("many") / "tables")
    table = folder / "organizations.csv"
    table.write_text(table.read_text("utf-8").replace("bank-00000000,Thing 6,", f"bank-00000000,{LONG},"), "utf-8")
    return build_landscape([folder], tmp_path_factory.mktemp("many") / "kg")


def met(names: list[Written]) -> list[tuple[str, str]]:
    """Names that lie on each other."""
    return [
        (one["text"], two["text"])
        for one, two in combinations(names, 2)
        if 2 * abs(one["x"] - two["x"]) < one["wide"] + two["wide"]
        and 2.4 * abs(one["y"] - two["y"]) < one["size"] + two["size"]
    ]


def contrast(one: Written) -> float:
    """Of a name's letters and what they stand on, as WCAG has it."""

    def light(colour: list[int]) -> float:
        parts = [part / 255 for part in colour]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    letters = [int(one["ink"][at : at + 2], 16) for at in (1, 3, 5)]
    high, low = sorted([light(letters), light(one["ground"])], reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(page: Page) -> dict[str, Written]:
    """What is written large enough, on what lets it be read; nothing in sight is written over another."""
    written: list[Written] = page.evaluate(WRITTEN)
    assert met(written) == []
    large = {one["text"]: one for one in written if one["size"] > 9.9}
    assert [one for one in large.values() if contrast(one) < 4.5] == []
    return large


def on_page(page: Page, one: Written) -> tuple[float, float]:
    """The end of a name, beyond the box that is too small for it."""
    area = page.locator("#network").bounding_box()
    assert area is not None
    return area["x"] + one["x"] + one["wide"] / 2 - 2, area["y"] + one["y"]


def connected(landscape: Landscape) -> list[str]:
    """The two organizations with most partnerships."""
    counts = landscape.tables["parties"].group_by("organization").agg(pl.col("partnership").n_unique())
    return counts.sort("partnership", descending=True)["organization"].head(2).to_list()


def test_the_most_connected_of_two_thousand_are_named_and_lead_there(opened: Opened, many: Landscape) -> None:
    page = opened(html(many.store, many.tables), "#view=network", before=WRITES)
    names = readable(page)
    assert len(names) >= 30
    labels = dict(many.tables.labels("en").iter_rows())
    first, second = connected(many)
    assert labels[first] == LONG
    assert labels[second] in names
    # A name that is cut is told whole under the pointer; one that isn't needs no telling.
    page.mouse.move(*on_page(page, next(one for text, one in names.items() if text.endswith("…"))))
    expect(page.get_by_role("tooltip")).to_have_text(LONG)
    page.mouse.move(*on_page(page, names[labels[second]]))
    expect(page.get_by_role("tooltip")).to_be_hidden()
    assert page.evaluate("document.getElementById('network').style.cursor") == "pointer"
    page.mouse.move(640, 680)
    # Under a hand they stay with what they name, and none comes or goes.
    stood = {one["text"]: one["x"] for one in page.evaluate(WRITTEN)}
    page.mouse.down()
    page.mouse.move(600, 660, steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)
    after = {one["text"]: one for one in page.evaluate(WRITTEN)}
    shift = after[labels[second]]["x"] - names[labels[second]]["x"]
    assert shift < -20
    stayed = {text: x + shift for text, x in stood.items() if x + shift > 0}
    assert {text: one["x"] for text, one in after.items()} == pytest.approx(stayed, abs=1.5)
    # In the dark they can be read as well.
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(100)
    readable(page)
    page.mouse.click(*on_page(page, after[labels[second]]))
    expect(page.locator("#panel h2")).to_have_text(labels[second])
    # From afar what is chosen is named with whom it partners, and the others, which step back, can be read.
    page.mouse.move(640, 60)
    page.focus("#network")
    while page.evaluate("kgPage.network.getScale()") > 0.15:
        page.keyboard.press("-")
    chosen = readable(page)
    # So it is in a picture of what is in sight.
    assert set(page.evaluate(PICTURED)) > set(chosen)
    assert labels[second] in chosen
    assert len({one["ink"] for one in chosen.values()}) == 2
    parties = many.tables["parties"]
    own = parties.filter(pl.col("organization") == second).select("partnership").join(parties, on="partnership")
    assert len({labels[one] for one in own["organization"]} & set(chosen)) >= 4
    page.keyboard.press("Escape")
    # Nearer, boxes have room for their own names, all of them, and nothing stands over them.
    page.click("#network-whole")
    page.mouse.move(640, 400)
    while page.evaluate("kgPage.network.getScale()") < 0.6:
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(30)
    page.wait_for_timeout(400)
    assert page.evaluate(LANDMARKS) == 0
    near = sorted({one["text"] for one in page.evaluate(WRITTEN)})
    assert len(near) > 10
    assert page.evaluate(NAMELESS, near) == []


def test_where_all_can_be_read_there_are_none_until_it_is_far_away(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=network", before=WRITES)
    assert page.evaluate(LANDMARKS) == 0
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(200)
    assert page.evaluate(LANDMARKS) == 0
    page.click("#network-whole")
    page.wait_for_timeout(200)
    assert len(readable(page)) >= 20
