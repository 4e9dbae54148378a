"""The timeline, and the window on time that all views share, used as a person would use them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from itertools import pairwise

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.network.moments import in_force
from kg.query.questions import day as day_of
from kg.terms import ID
from kg.views.page import PAGE

Opened = Callable[..., Page]
HEADED = """[...document.querySelectorAll("#timeline .group, #timeline .rows [role=button]")].map((one) =>
  one.dataset.key ? kgPage.data.key(Number(one.dataset.key.split("|")[1])) : one.textContent)"""
FIRST = """kgPage.data.key(Number([...document.querySelectorAll("#timeline .rows [role=button]")].find((row) =>
  row.getBoundingClientRect().bottom > document.querySelector("#timeline .axis").getBoundingClientRect().bottom + 2)
  .dataset.key.split("|")[1]))"""
ROWS = "[...document.querySelectorAll('#timeline .rows [role=button]')].map((row) => row.getAttribute('aria-label'))"
COVERED = """() => {
  const boxes = [...document.querySelectorAll("#timeline :is(.sign-of, .told, .about, .name, .group)")]
    .filter((one) => !one.matches(".about-told")).map((one) => [one.textContent, one.getBoundingClientRect()]);
  const found = [];
  for (const [i, [a, one]] of boxes.entries()) for (const [b, two] of boxes.slice(i + 1))
    if (one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 2 && two.top < one.bottom - 2)
      found.push([a, b]);
  return found;
}"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_partnership_and_each_step_is_there_once(
    opened: Opened, large: Landscape, large_text: str, language: str
) -> None:
    page = opened(large_text, f"#view=timeline&lang={language}")
    page.locator("#timeline:not([aria-busy])").wait_for()
    rows = page.evaluate(ROWS)
    partnerships = set(large.tables.pairs["partnership"])
    assert len(rows) == len(partnerships)
    steps = large.tables["milestones"]
    dated = steps.filter(steps["of"].is_in(list(partnerships)))
    assert page.locator("#timeline .step").count() == dated.height
    # The latest stand first, and each says on what it is; how many more there are is told, and a press goes on.
    years = [one for one in page.locator("#timeline .group").all_text_contents() if one.isdigit()]
    assert years == sorted(years, reverse=True)
    covered = set(large.tables["covers"]["partnership"])
    assert page.locator("#timeline .about").count() == len(partnerships & covered)
    names = set(large.tables.labels(language)["label"])
    told = page.locator("#timeline .about-told").all_text_contents()
    firsts = [re.split(", |、| \\+|…", one)[0] for one in told]
    assert sum(one in names for one in firsts) > 0.95 * len(firsts)
    more = page.locator("#view-timeline .more-of button:visible")
    expect(more).to_have_count(1)
    count, first, last = re.findall("[0-9]+", more.inner_text())
    assert len(partnerships) - 22 < int(count) < len(partnerships) - 10
    assert (first, last) == ("2004", "2022")
    more.click()
    expect(more).to_have_count(2)
    counts = [int(re.findall("[0-9]+", one)[0]) for one in more.all_inner_texts()]
    assert counts[1] < int(count)
    assert sum(counts) < len(partnerships) - 10
    undated = partnerships - set(dated["of"])
    assert undated
    assert sum(PAGE["undated"][language] in row for row in rows) == len(undated)
    assert page.evaluate(COVERED) == []


def test_a_step_is_as_wide_as_it_is_unknown(opened: Opened, text: str) -> None:
    page = opened(text, "#view=timeline")
    assert page.evaluate(COVERED) == []
    # The legend has the stages of steps, which are not those that partnerships have come to, and so has a picture.
    drawn = {one.partition(":")[0] for one in page.locator("#timeline .step title").all_text_contents()}
    reached = set(page.locator("#stages button span:nth-child(2)").all_text_contents())
    assert reached - drawn
    assert set(page.locator("#view-timeline .legend li").all_text_contents()[1:]) == drawn
    texts = set(page.evaluate("[...kgPage.picture().querySelectorAll('text')].map((one) => one.textContent)"))
    assert texts & (drawn | reached) == drawn
    row = page.get_by_role("button", name="Alibaba, Ant Financial")
    expect(row).to_have_attribute("aria-label", "Alibaba, Ant Financial: announced 2017-03, signed 2017-03-28")
    area = page.evaluate("document.querySelector('#timeline').clientWidth")
    year = area - 20 - min(310, round(area * 0.3))
    announced, signed = row.locator(".step").all()
    box = announced.locator(".known").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(year * 31 / 365, abs=2)
    assert signed.locator("rect:not(.under-told)").count() == 0
    sign = signed.locator(".sign-of").bounding_box()
    assert sign is not None
    day = (dt.date(2017, 3, 28) - dt.date(2017, 1, 1)).days
    assert sign["x"] + sign["width"] / 2 == pytest.approx(area - 20 - year + year * day / 365, abs=2)
    open_ = page.get_by_role("button", name="WeChat HK wallet: ").locator(".step").first
    assert open_.locator(".span").count() > 1
    assert open_.locator(".known").count() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_lies_outside_the_window_is_told_by_an_arrow_alone(
    opened: Opened, large_text: str, large: Landscape, language: str
) -> None:
    page = opened(large_text, f"#view=timeline&lang={language}")
    page.click("#filter")
    for side, year in (("from", "2011"), ("to", "2012")):
        page.fill(f"#date-{side}", year)
        page.press(f"#date-{side}", "Tab")
    page.click("#filter")
    expect(page.locator("#time output")).to_have_text("2011 – 2012")
    page.locator("#timeline:not([aria-busy])").wait_for()
    headings = page.locator("#timeline .group").all_text_contents()
    first, before, after = PAGE["step_in_time"][language], PAGE["first_before"][language], PAGE["first_after"][language]
    assert headings[:5] == [first, "2012", "2011", before.format("2011"), after.format("2012")]
    assert not [one for one in headings[5:] if one.isdigit()]
    told = page.locator("#timeline .step title").all_text_contents()
    assert told
    assert not [one for one in told if not ("2011" in one or "2012" in one)]
    names = dict(large.tables.labels(language).iter_rows())
    for bank, firm in (("kiwibank", "sap"), ("banco-santander", "izettle")):
        iri = {name.rpartition("/")[2]: called for name, called in names.items()}
        row = page.locator("#timeline .rows [role=button]").filter(has_text=f"{iri[bank]} – {iri[firm]}")
        assert row.locator(".step").count() == 0
        arrow, area = row.locator(".beyond").bounding_box(), page.locator("#timeline .axis").bounding_box()
        assert arrow is not None
        assert area is not None
        assert arrow["x"] > area["x"] + 0.95 * area["width"]
    # What happened in a month stands first, wherever one was before.
    page.locator("#timeline").evaluate("(place) => place.scrollTo(0, 1000)")
    page.evaluate("kgPage.change({ from: '2017-06', to: '2017-06' })")
    assert page.locator("#timeline").evaluate("(place) => place.scrollTop") == 0
    page.locator("#timeline:not([aria-busy])").wait_for()
    steps = large.tables["milestones"]
    begun, ended = pl.coalesce("agreed_earliest", "agreed_latest"), pl.coalesce("agreed_latest", "agreed_earliest")
    month = steps.filter((begun <= dt.date(2017, 6, 30)) & (ended >= dt.date(2017, 6, 1)))
    head, *told = page.evaluate(HEADED)
    assert head == first
    rows = told[: told.index(before.format("2017-06"))]
    assert sorted(rows) == sorted({one.removeprefix(ID) for one in month["of"]} & set(told))
    assert len(rows) > 3
    # Those that have one for sure stand before those that may have one.
    first_day, last_day = pl.col("agreed_earliest"), pl.col("agreed_latest")
    inside = month.filter(first_day >= dt.date(2017, 6, 1), last_day <= dt.date(2017, 6, 30))
    sure = {one.removeprefix(ID) for one in inside["of"]} & set(rows)
    assert set(rows[: len(sure)]) == sure
    # How far one has read is in the address.
    page.locator("#timeline").evaluate("(place) => place.scrollTo(0, 1000)")
    page.wait_for_timeout(400)
    at = page.evaluate("location.hash")
    assert "&top=" in at
    other = opened(large_text, at)
    row = page.evaluate(FIRST)
    assert row != page.evaluate(HEADED)[1]
    assert other.evaluate(FIRST) == row


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bar_tells_its_days_and_its_sign_the_stage_only(opened: Opened, text: str, language: str, width: int) -> None:
    page = opened(text, f"#view=timeline&lang={language}")
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(200)
    if width > 640:
        said = {"en": "its sign tells the stage only", "zh": "条上的符号只表示阶段"}[language]
        expect(page.locator("#view-timeline .hint")).to_contain_text(said)
    bars = page.locator("#timeline .step").filter(has=page.locator(".known"))
    labels = [bars.nth(at).locator(".told").all_text_contents() for at in range(bars.count())]
    assert len(labels) > 5
    stage = {"en": "signed", "zh": "已签约"}[language]
    assert [f"{stage} · {PAGE['between'][language]}".format("2017-03-01", "2017-12-31")] in labels
    assert all(len(label) == 1 and "2017-" in label[0] for label in labels)
    assert page.evaluate(COVERED) == []
    told = "[...document.querySelectorAll('#timeline .told')].map((one) => one.getBoundingClientRect().right)"
    assert max(page.evaluate(told)) <= width


def test_the_keyboard_goes_through_the_rows_and_chooses(opened: Opened, text: str) -> None:
    page = opened(text, "#view=timeline")
    page.locator("#timeline").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == "Agricultural Bank of China"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    assert page.evaluate("kgPage.state.chosen.kind") == "thing"
    assert page.evaluate(focused).startswith("Baidu, Baidu Finance")
    page.keyboard.press("End")
    assert page.evaluate("document.querySelectorAll('#timeline [role=button][tabindex=\"0\"]').length") == 1


def test_the_handles_narrow_every_view_by_keyboard(opened: Opened, large: Landscape, large_text: str) -> None:
    page = opened(large_text)
    page.locator("#time-from").focus()
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    page.locator("#time-to").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#time output")).to_have_text("2018")
    then = large.as_of("2018")
    count = then.tables.pairs["partnership"].n_unique()
    expect(page.locator("#count")).to_contain_text(f"{count} partnerships")
    assert "from=2018&to=2018" in page.evaluate("location.hash")
    page.click("#tab-timeline")
    page.locator("#timeline:not([aria-busy])").wait_for()
    assert len(page.evaluate(ROWS)) == count
    page.select_option("#time-step", "month")
    page.locator("#time-to").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#time output")).to_have_text("2018 – 2018-11")
    # In what steps they go is brought along by a link; a side that isn't moved stays as exact as it was.
    other = opened(large_text, "#from=2015-06-09&to=2022" + page.evaluate("location.hash").replace("#", "&"))
    assert other.locator("#time-step").input_value() == "month"
    other.select_option("#time-step", "year")
    assert "step=" not in other.evaluate("location.hash")
    other = opened(large_text, "#from=2015-06-09&to=2022")
    other.locator("#time-to").press("ArrowLeft")
    expect(other.locator("#time output")).to_have_text("2015-06-09 – 2021")
    other.locator("#time-from").press("ArrowRight")
    expect(other.locator("#time output")).to_have_text("2016 – 2021")
    # What is finer than they go stands where it is: of 2017 a month is a twelfth.
    month = opened(large_text, "#from=2017-06&to=2017-06")
    wide = "[...document.querySelectorAll('.window, .track')].map((one) => one.getBoundingClientRect().width)"
    track, window = month.evaluate(wide)
    assert window == pytest.approx(track / 23 / 12, rel=0.1)
    month.locator("#time-to").press("ArrowRight")
    expect(month.locator("#time output")).to_have_text("2017-06 – 2017")
    # A bar that is clicked is the time that is shown, and clicked again all time.
    box = month.locator(".track").bounding_box()
    assert box is not None
    at = (box["x"] + 9.5 / 23 * box["width"], box["y"] + 10)
    for said in ("2013", PAGE["all_time"]["en"], "2013"):
        month.mouse.click(*at)
        expect(month.locator("#time output")).to_have_text(said)
    month.mouse.click(at[0] + 4 / 23 * box["width"], at[1])
    expect(month.locator("#time output")).to_have_text("2017")
    bar = other.locator(".window").bounding_box()
    assert bar is not None
    other.mouse.move(bar["x"] + 60, bar["y"] + 10)
    other.mouse.down()
    other.mouse.move(bar["x"] + 60 - bar["width"] / 6, bar["y"] + 10, steps=4)
    other.mouse.up()
    expect(other.locator("#time output")).to_have_text("2015 – 2020")
    page.click("#time button")
    expect(page.locator("#count")).to_contain_text("135 partnerships")
    assert "from=" not in page.evaluate("location.hash")


def test_the_handles_and_what_lies_between_them_can_be_dragged(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    track = page.locator("#time .counts").bounding_box()
    assert track is not None
    year, middle = track["width"] / 23, track["y"] + track["height"] / 2

    def drag(start: float, end: float) -> None:
        page.mouse.move(track["x"] + start * year, middle)
        page.mouse.down()
        page.mouse.move(track["x"] + end * year, middle, steps=4)
        page.mouse.up()

    drag(0, 10)
    expect(page.locator("#time output")).to_have_text("2014 –")
    drag(23, 14)
    expect(page.locator("#time output")).to_have_text("2014 – 2017")
    drag(12, 15)
    expect(page.locator("#time output")).to_have_text("2017 – 2020")
    drag(17, 2)  # the later handle stays behind the earlier one
    expect(page.locator("#time output")).to_have_text("2017")


MARKS = """() => [...document.querySelectorAll("#time .years span")].map((mark) => {
  const box = mark.getBoundingClientRect(), room = mark.parentElement.getBoundingClientRect();
  return [mark.textContent, box.left, box.right, room.right];
})"""


def test_how_many_more_there_are_stands_in_a_foot_where_no_sign_is_told(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=timeline&from=2025&to=2025&certain=yes")
    foot, more = page.locator("#view-timeline .foot"), page.locator("#view-timeline .more-of button:visible")
    expect(foot.locator(".legend")).to_be_hidden()
    expect(more).to_have_count(1)
    edge = "(one) => getComputedStyle(one).borderTopWidth"
    assert foot.evaluate(edge) == "1px"
    room, own = foot.bounding_box(), more.bounding_box()
    assert room is not None
    assert own is not None
    assert own["y"] >= room["y"] + 4
    # Where all is in sight there is none.
    page.evaluate("kgPage.facets.toggle('country', 'KE')")
    expect(more).to_have_count(0)
    assert foot.evaluate(edge) == "0px"


def test_of_several_rows_that_are_chosen_the_first_stands_first_and_the_others_are_told(
    opened: Opened, large_text: str
) -> None:
    """The first of sixteen was the last row in sight, and nothing told of the others below it."""
    page = opened(large_text, "#view=timeline")
    more = page.locator("#view-timeline .more-of button:visible")
    page.fill("#search", "cloud computing")
    page.keyboard.press("Enter")
    seen = """() => {
      const place = document.getElementById("timeline");
      const axis = place.querySelector(".axis").getBoundingClientRect().bottom;
      const tops = [...place.querySelectorAll(".lit")].map((one) => one.getBoundingClientRect().top);
      const { bottom } = place.getBoundingClientRect(), half = 14;
      return { far: Math.min(...tops.filter((top) => top > axis - half)) - axis,
        above: tops.filter((top) => top < axis - half).length,
        below: tops.filter((top) => top > bottom - half).length };
    }"""
    chosen = PAGE["partnerships_chosen"]["en"].split("|")[1]
    expect(more.last).to_contain_text("chosen")
    page.wait_for_timeout(300)
    met = page.evaluate(seen)
    assert met["above"] == 0
    assert met["far"] < 40
    assert met["below"] > 10
    expect(more.last).to_contain_text(f"↓ {chosen.format(met['below'])}")
    assert "chosen" not in more.first.inner_text()
    # A press leads to the next of them, and then says of those that it has passed.
    more.last.click()
    expect(more.first).to_contain_text("chosen")
    after = page.evaluate(seen)
    assert after["far"] < 40
    assert after["above"] > 0
    assert after["below"] < met["below"]
    # Of nothing chosen all are told again.
    page.click("#panel .close")
    for one in (more.first, more.last):
        expect(one).not_to_contain_text("chosen")


def test_the_handles_go_from_a_month_of_a_single_year(opened: Opened, text: str) -> None:
    page = opened(text, "#from=2017-06&to=2017-06&step=year")
    told = page.locator("#time output")
    track, window = (page.locator(one).bounding_box() for one in (".track", ".window"))
    assert track is not None
    assert window is not None
    for handle, side in (("from", window["x"]), ("to", window["x"] + window["width"])):
        share = page.locator(f"#time-{handle}").evaluate("({ value, min, max }) => (value - min) / (max - min)")
        assert track["x"] + share * track["width"] == pytest.approx(side, abs=2)
    # There is no year within the month to go to; beyond it there is.
    page.locator("#time-from").press("ArrowRight")
    page.locator("#time-to").press("ArrowLeft")
    expect(told).to_have_text("2017-06")
    page.locator("#time-to").press("ArrowRight")
    expect(told).to_have_text("2017-06 –")
    page.locator("#time-from").press("ArrowLeft")
    expect(told).to_have_text(PAGE["all_time"]["en"])
    # A handle that is dragged stays until it is nearer to the end of the year.
    page.evaluate("kgPage.change({ from: '2017-06', to: '2017-06' })")
    end = window["x"] + window["width"]
    for by, said in ((0.1, "2017-06"), (0.4, "2017-06 –")):
        page.mouse.move(end + 3, window["y"] + 12)
        page.mouse.down()
        page.mouse.move(end + by * track["width"], window["y"] + 12, steps=5)
        page.mouse.up()
        page.wait_for_timeout(100)
        expect(told).to_have_text(said)


@pytest.mark.parametrize("name", ["text", "large_text"])
@pytest.mark.parametrize(("width", "letters"), [(360, 16), (320, 32), (1280, 16), (1280, 32)])
def test_the_marks_of_the_slider_stand_beside_each_other(
    opened: Opened, request: pytest.FixtureRequest, name: str, width: int, letters: int
) -> None:
    page = opened(request.getfixturevalue(name))
    page.evaluate("(size) => { document.documentElement.style.fontSize = `${size}px` }", letters)
    page.set_viewport_size({"width": width, "height": 740})
    page.wait_for_timeout(200)
    marks = page.evaluate(MARKS)
    assert len(marks) > (0 if letters > 16 and width < 1280 else 1)
    for (_, _, right, room), (_, left, _, _) in pairwise(marks):
        assert right < left
        assert right <= room
    assert marks[-1][2] <= marks[-1][3]
    if (width, letters) == (1280, 16):
        assert marks[0][0] == {"text": "2017", "large_text": "2004"}[name]


@pytest.mark.parametrize("day", ["2017", "2018-06"])
def test_only_what_is_certain_is_what_the_commands_show_of_it(
    opened: Opened, large: Landscape, large_text: str, day: str
) -> None:
    page = opened(large_text, f"#from={day}&to={day}&lang=zh")
    expect(page.locator("label:has(#certain)")).to_have_attribute("title", PAGE["certain_told"]["zh"])
    shown = "kgPage.state.shown.map((one) => kgPage.data.key(one.thing)).sort()"
    may = page.evaluate(shown)
    box = page.get_by_role("checkbox", name=PAGE["certain"]["zh"])
    box.check()
    must = page.evaluate(shown)
    earliest, latest = (dt.date.fromisoformat(day_of("The date", day, last=end)) for end in (False, True))
    certain = in_force(large.tables, earliest, latest, certain=True)
    assert must == sorted(one.removeprefix(ID) for one in certain)
    assert 0 < len(must) < len(may)
    at = page.evaluate("location.hash")
    assert "&certain=yes" in at
    other = opened(large_text, at)
    assert other.evaluate(shown) == must
    assert other.locator("#certain").is_checked()
    # Without a time nothing is left out by it, as with the commands; it says why it can't be set.
    other.click("#time button:not([disabled])")
    assert len(other.evaluate(shown)) == 135
    assert "certain" not in other.evaluate("location.hash")
    expect(other.locator("#certain")).to_be_disabled()
    expect(other.locator("label:has(#certain)")).to_have_attribute("title", PAGE["certain_untimed"]["zh"])
    box.uncheck()
    assert page.evaluate(shown) == may
    assert "certain" not in page.evaluate("location.hash")
    # Of a window that goes on to the end of all time shown, nothing that ended within it is certain.
    box.check()
    page.evaluate("kgPage.change({ to: '' })")
    end = dt.date(page.evaluate("kgPage.time.whole.last"), 12, 31)
    lasting = in_force(large.tables, earliest, end, certain=True)
    assert page.evaluate(shown) == sorted(one.removeprefix(ID) for one in lasting)
    assert 0 < len(lasting) < len(must)
