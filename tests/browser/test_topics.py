"""What the lines of the network are about stands where it can be read, whole, in sight, and over nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl
import pytest
from browser.test_network import place_of
from playwright.sync_api import Page

from kg.landscape import Landscape
from kg.terms import ID

Opened = Callable[..., Page]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_of_a_few_each_line_says_what_it_is_about(
    opened: Opened, china: Landscape, text: str, language: str, width: int, height: int
) -> None:
    page = opened(text, f"#lang={language}")
    page.set_viewport_size({"width": width, "height": height})
    page.click("#tab-network")
    told = page.evaluate("kgPage.plotted().told")
    # Two firms of one partnership are said once what it is about.
    assert len(told) == 5
    labels = dict(china.tables.labels(language).iter_rows())
    for one in told:
        bank, firm = page.evaluate("(id) => id.split('-').map((thing) => kgPage.data.key(Number(thing)))", one["id"])
        ties = china.tables["parties"].filter(pl.col("organization").is_in([f"{ID}{bank}", f"{ID}{firm}"]))
        (partnership,) = {p for p, rows in ties.group_by("partnership") if len(rows) > 1 for p in p}
        covers = china.tables["covers"].filter(pl.col("partnership") == partnership)["capability"]
        said = "".join(one["texts"]).replace(" ", "")
        assert any(said.startswith(labels[capability].replace(" ", "")) for capability in covers), said
        if more := said.partition("+")[2]:
            parts = re.split("[,、]", said.partition("+")[0])
            assert len(parts) + int(more) == covers.n_unique()
    assert page.evaluate(COVERED) == []
    scale = page.evaluate("kgPage.network.getScale()")
    assert min(one["letters"] for one in told) * scale >= 8.5
    # Its words lead to a pair as its line does.
    one = told[0]
    at = page.evaluate("([x, y]) => kgPage.network.canvasToDOM({ x, y })", [one["x"], one["y"]])
    area = page.locator("#network").bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + at["x"], area["y"] + at["y"])
    assert page.evaluate("kgPage.state.chosen.kind") == "pair"


COVERED = """() => {
  const { boxes, told } = kgPage.plotted(), all = [...boxes.values(), ...told];
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return told.flatMap((one) => all.filter((other) => other !== one && meet(one, other)).map(({ id }) => [one.id, id]));
}"""

OVER_ANOTHER = """(said) => {
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const all = [...[...kgPage.plotted().boxes.values()].filter(({ on }) => on), ...said];
  return said.flatMap((one, at) => all.filter((other) => other !== one && meet(one, other)).length ? [at] : []);
}"""
HALF_COVERED = """() => {
  const { network, drawing } = kgPage, { prototype } = CanvasRenderingContext2D, written = [], own = prototype.fillText;
  prototype.fillText = function (text, x, y) {
    const size = parseFloat(this.font), width = this.measureText(text).width;
    written.push({ text, left: x - width / 2, right: x + width / 2, top: y - size / 2, bottom: y + size / 2 });
    return own.call(this, text, x, y);
  };
  network.redraw();
  prototype.fillText = own;
  const { told } = kgPage.plotted().spoken, said = new Set(told.flatMap(({ texts }) => texts));
  const names = written.filter(({ text }) => !said.has(text));
  const covered = (one) => told.some((word) => drawing.meet(one, word));
  return names.length ? names.filter(covered).map(({ text }) => text) : null;
}"""
OVER_OTHERS = """() => {
  const { data, network, drawing } = kgPage, own = [data.find("citigroup"), data.find("qatar-national-bank")];
  const parties = [...kgPage.standing().boxes.keys()].filter((_, at) => at % 3 === 0);
  return [...own, ...parties].flatMap((party) => {
    kgPage.choose("thing", party);
    const plot = kgPage.plotted(), said = kgPage.plot.spoken(plot, network.getScale(), null);
    const over = (one) => [...plot.boxes.values()].some((box) => drawing.meet(one, box));
    return said.filter(over).map(() => data.key(party));
  });
}"""
"""Of whom, chosen, words lie on a box, be it of what steps back."""
UNCHOSEN = """() => {
  const { network, gist, facets, state, name } = kgPage, plot = kgPage.plotted();
  const about = new Set([...facets.concerned(state)].flatMap(({ covers }) => covers.map(name)));
  return gist.seen(plot, network.getScale()).flatMap(({ texts }) => texts.join(" "))
    .filter((text) => ![...about].some((one) => text.startsWith(one)));
}"""
OUT_OF_SIGHT = """(said) => {
  const { clientWidth, clientHeight } = document.getElementById("network"), { network } = kgPage;
  return said.filter(({ left, right, top, bottom }) => {
    const start = network.canvasToDOM({ x: left, y: top }), end = network.canvasToDOM({ x: right, y: bottom });
    return start.x < 0 || start.y < 0 || end.x > clientWidth || end.y > clientHeight;
  });
}"""


def test_of_many_the_lines_of_what_is_pointed_at_or_chosen_say_it(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=network")
    assert page.evaluate("kgPage.plotted().told") == []
    said = "(kgPage.plotted().spoken?.told || []).map(({ texts }) => texts.join(' '))"
    page.mouse.move(*place_of(page, "google"))
    page.wait_for_timeout(150)
    pointed = page.evaluate(said)
    assert len(pointed) == 9
    assert "Mobile payment" in pointed
    # What has no better place than on names lies on none of their letters: such a name isn't written.
    assert page.evaluate(HALF_COVERED) == []
    page.mouse.click(*place_of(page, "ripple"))
    page.mouse.move(640, 120)
    page.wait_for_timeout(150)
    assert {"Blockchain, Cross-border payment"} == set(page.evaluate(said))
    # What is said beside a firm that is lit is of what is chosen, and not of all its lines.
    page.fill("#search", "alipay")
    page.keyboard.press("Enter")
    page.wait_for_timeout(150)
    assert page.evaluate("kgPage.plotted().boxes.get(kgPage.data.find('tencent')).on")
    assert page.evaluate(UNCHOSEN) == []
    # Of much that they are about, what is chosen is said first.
    page.evaluate("kgPage.choose('thing', kgPage.data.find('cash-loan'))")
    page.wait_for_timeout(150)
    lit = page.evaluate("kgPage.plotted().spoken.told.map(({ texts }) => texts.join(' '))")
    assert len(lit) == 2
    assert all(one.startswith("Cash loan") for one in lit)
    page.evaluate("kgPage.choose('pair', kgPage.data.find('boc'), kgPage.data.find('tencent'))")
    page.wait_for_timeout(150)
    assert page.evaluate("kgPage.plotted().spoken.told.length") == 2
    assert page.evaluate(HALF_COVERED) == []
    # Of several that are in one partnership each says it, and none lies over what is in it or over another.
    for language in ("en", "zh"):
        chosen = opened(large_text, f"#view=network&chosen=thing,apple&lang={language}")
        told = chosen.evaluate("kgPage.plotted().spoken.told")
        assert len({one["id"] for one in told}) == len(told) == 10
        assert chosen.evaluate(OVER_ANOTHER, told) == []
        assert chosen.evaluate(OUT_OF_SIGHT, told) == []
        assert len(chosen.evaluate(OVER_OTHERS)) <= 1  # of some ninety


def test_of_a_few_that_a_filter_leaves_each_that_stands_alone_says_what_it_is_about(
    opened: Opened, large_text: str
) -> None:
    page = opened(large_text, "#view=network&country=KE,US")
    said = page.evaluate("kgPage.plot.spoken(kgPage.plotted(), kgPage.network.getScale(), null)")
    assert len(said) > 15
    assert page.evaluate("kgPage.plotted().joining.length") <= 30
    assert page.evaluate(OVER_ANOTHER, said) == []


UNHEARD = """(said) => kgPage.plotted().joining.filter((line) => {
  const { id, x, y, tox, toy } = line, points = [...kgPage.topics.pointsOf(line), [x, y], [tox, toy]], room = 14;
  return !said.some(({ of, left, right, top, bottom }) => of.includes(id) && points.some(([across, down]) =>
    across > left - room && across < right + room && down > top - room && down < bottom + room));
}).map(({ from, to }) => [from, to].map(kgPage.name))"""
"""The lines that say nothing on them or beside their ends."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "asked", ["capability=cloud-computing", "country=CN", "country=KE,US", "capability=blockchain"]
)
def test_what_a_filter_leaves_is_whole_in_sight_with_what_it_is_about(
    opened: Opened, large_text: str, asked: str, language: str
) -> None:
    page = opened(large_text, f"#view=network&lang={language}&{asked}")
    for width, height in ((1280, 800), (900, 700)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)
        page.click("#network-whole")
        said = page.evaluate("kgPage.plot.spoken(kgPage.plotted(), kgPage.network.getScale(), null)")
        assert said
        assert width < 1280 or asked.startswith("country") or page.evaluate(UNHEARD, said) == []
        assert page.evaluate(OUT_OF_SIGHT, said) == []
        assert page.evaluate(OUT_OF_SIGHT, page.evaluate("[...kgPage.plotted().boxes.values()]")) == []
    page.click("#network-whole")
    # In the picture too.
    beyond = page.evaluate(
        """() => {
          const svg = kgPage.views.get("network").svg(), { x, y, width, height } = svg.viewBox.baseVal;
          return [...svg.querySelectorAll("rect")].filter((one) => {
            const [left, top, wide, high] = ["x", "y", "width", "height"].map((side) => Number(one.getAttribute(side)));
            const over = [x - left, y - top, left + wide - x - width, top + high - y - height];
            return Math.max(...over) > 0.01;
          }).length;
        }"""
    )
    assert beyond == 0


REACH = {"left": -1, "right": 1, "top": -1, "bottom": 1}
NEAR = "(kgPage.plotted().near?.told || [])"
COVERING = f"""() => {{
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const told = {NEAR}, all = [...kgPage.plotted().boxes.values(), ...told];
  return told.flatMap((one) => all.filter((other) => other !== one && meet(one, other)).map(({{ id }}) => id));
}}"""
ABOUT = """(told) => told.flatMap(({ of, texts }) => of.map((id) => {
  const { partnerships } = kgPage.plotted().joining.find((line) => line.id === id);
  const said = texts.join("").replaceAll(" ", "");
  return partnerships.flatMap(({ covers }) => covers.map(kgPage.name))
    .some((name) => said.startsWith(name.replaceAll(" ", "").slice(0, 8)));
}))"""


WATCHED = f"""() => {{
  const begun = window.watched;
  Object.assign(window, {{ watched: [], last: 0, late: false }});
  if (begun) return;
  document.getElementById("network").addEventListener("wheel", () => {{
    const now = performance.now();
    // What stands when the next turn comes, where it comes before the page takes it for the last.
    late ||= last > 0 && now - last > 140;
    if (last && !late) watched.push({NEAR});
    last = now;
  }}, {{ capture: true }});
}}"""


def turned(page: Page, turns: int, rest: int = 400) -> None:
    """The wheel is turned so often, and then the hand rests."""
    for _ in range(abs(turns)):
        page.mouse.wheel(0, -120 if turns > 0 else 120)
        page.wait_for_timeout(30)
    page.wait_for_timeout(rest)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_comes_near_reads_what_the_lines_in_sight_are_about(opened: Opened, large_text: str, language: str) -> None:
    page = opened(large_text, f"#view=network&lang={language}")
    assert page.evaluate(NEAR) == []
    page.mouse.move(600, 330)
    turned(page, 12)
    told = page.evaluate(NEAR)
    assert len(told) > 10
    assert page.evaluate(COVERING) == []
    assert page.evaluate(OUT_OF_SIGHT, told) == []
    assert set(page.evaluate(ABOUT, told)) == {True}
    scale = page.evaluate("kgPage.network.getScale()")
    assert min(one["letters"] for one in told) * scale >= 10
    # They lead to a pair, as their line does; what is told beside it changes nothing else in the drawing.
    at = page.evaluate("([x, y]) => kgPage.network.canvasToDOM({ x, y })", [told[0]["x"], told[0]["y"]])
    area = page.locator("#network").bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + at["x"], area["y"] + at["y"])
    assert page.evaluate("kgPage.state.chosen.kind") == "pair"
    page.keyboard.press("Escape")
    # Far away again, they would be too many.
    page.mouse.move(600, 330)
    turned(page, -12)
    assert page.evaluate(NEAR) == []


def test_what_is_read_from_near_stays_where_it_is_while_a_hand_moves(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=network")
    page.mouse.move(600, 330)
    turned(page, 14)
    # The wheel goes on: nothing moves before it rests. A busy machine may be so slow that it rests after each turn.
    for turns in (4, -4) * 5:
        before = page.evaluate(NEAR)
        assert before
        page.evaluate(WATCHED)
        turned(page, turns)
        during = page.evaluate("watched")
        after = page.evaluate(NEAR)
        if during:
            break
    assert during
    assert all(one == before for one in during)
    assert after != before
    page.mouse.move(640, 650)
    page.mouse.down()
    page.mouse.move(560, 620, steps=8)
    assert page.evaluate(NEAR) == after
    page.mouse.up()
    page.wait_for_timeout(100)
    # What was moved aside has not moved upon the drawing; what is new in sight says it too.
    moved = page.evaluate(NEAR)
    apart = 4 / page.evaluate("kgPage.network.getScale()")  # from the window's edge, as nearby.js has it
    wide = [{**one, **{side: one[side] + apart * way for side, way in REACH.items()}} for one in after]
    seen = {one["id"] for one in after} - {one["id"] for one in page.evaluate(OUT_OF_SIGHT, wide)}
    places = [[(one["id"], one["x"], one["y"]) for one in all_ if one["id"] in seen] for all_ in (after, moved)]
    assert len(places[0]) > 3
    assert sorted(places[0]) == sorted(places[1])
    assert page.evaluate(COVERING) == []
    # The same address brings another person to the same place, where it says as much.
    other = opened(large_text, page.evaluate("location.hash"))
    assert len(other.evaluate(NEAR)) > 3


def test_who_chooses_something_near_finds_the_rest_as_it_was(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=network&theme=light")
    page.mouse.move(600, 330)
    turned(page, 12)
    before = {one["id"]: one["x"] for one in page.evaluate(NEAR)}
    page.select_option("#theme", "dark")
    page.wait_for_timeout(100)
    assert {one["id"]: one["x"] for one in page.evaluate(NEAR)} == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_hand_it_is_read_at_once(opened: Opened, large_text: str, language: str) -> None:
    page = opened(large_text, "#view=matrix&lang=" + language)
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("#tab-network")
    page.wait_for_timeout(200)
    told = page.evaluate(NEAR)
    assert len(told) > 3
    assert page.evaluate(COVERING) == []
    assert page.evaluate(OUT_OF_SIGHT, told) == []


LEFT = """() => {
  const { network } = kgPage, { clientWidth, clientHeight } = document.getElementById("network");
  const all = [...kgPage.plotted().boxes.values()];
  const [x, toX] = [Math.min(...all.map(({ left }) => left)), Math.max(...all.map(({ right }) => right))];
  const [y, toY] = [Math.min(...all.map(({ top }) => top)), Math.max(...all.map(({ bottom }) => bottom))];
  const start = network.canvasToDOM({ x, y }), end = network.canvasToDOM({ x: toX, y: toY });
  const letters = Math.min(...all.map((one) => one.letters)) * network.getScale();
  const inside = start.x >= 0 && start.y >= 0 && end.x <= clientWidth && end.y <= clientHeight;
  return { inside, letters, used: (end.x - start.x) * (end.y - start.y) / clientWidth / clientHeight };
}"""
WHERE = "JSON.stringify([...kgPage.plotted().boxes.values()].map(({ id, x, y }) => [id, x, y]))"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_few_that_a_filter_leaves_of_many_move_together_and_say_what_they_are_about(
    opened: Opened, large_text: str, language: str
) -> None:
    page = opened(large_text, f"#view=network&lang={language}")
    whole = page.evaluate(WHERE)
    for number, least in ((3, 16), (1, 9.5), (5, 9.5)):
        stage = page.locator("#stages button").nth(number)
        stage.click()
        left = page.evaluate(LEFT)
        assert left["inside"]
        assert left["letters"] >= least
        assert left["used"] > 0.25
        # What lines in sight say is worked out with the next picture.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        said = page.evaluate(f"kgPage.plot.spoken(kgPage.plotted(), kgPage.network.getScale(), null, {NEAR})")
        partnerships = page.evaluate("new Set(kgPage.plotted().joining.flatMap((one) => one.partnerships)).size")
        assert len(said) > 0.8 * partnerships >= 2
        assert page.evaluate(OVER_ANOTHER, said) == []
        # Where there is room, the lines of one partnership that lead apart have its words each.
        assert number != 3 or len(said) == page.evaluate("kgPage.plotted().joining.length") > partnerships
        stage.click()
    assert page.evaluate(WHERE) == whole
    # An address with a filter leads to the same places.
    page.locator("#stages button").nth(3).click()
    other = opened(large_text, page.evaluate("location.hash"))
    assert other.evaluate(WHERE) == page.evaluate(WHERE)
    # In a hand they are below each other, whole.
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    page.click("#network-whole")
    held = page.evaluate(LEFT)
    assert held["inside"]
    assert held["letters"] > 7


def test_who_has_come_near_stays_there_when_a_filter_leaves_many(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=network")
    page.mouse.move(440, 235)
    turned(page, 12)
    google = "kgPage.network.canvasToDOM(kgPage.boxOf(kgPage.data.find('google')))"
    before, scale = page.evaluate(google), page.evaluate("kgPage.network.getScale()")
    page.click("#stages button:has-text('live')")
    assert page.evaluate("kgPage.plotted().joining.length") > 30
    assert page.evaluate("kgPage.network.getScale()") == pytest.approx(scale)
    assert page.evaluate(google) == pytest.approx(before, abs=2)
    assert "seen=" in page.evaluate("location.hash")
    # Of few all are seen.
    page.click("#stages button:has-text('live')")
    page.click("#stages button:has-text('pilot')")
    assert page.evaluate(LEFT)["inside"]
