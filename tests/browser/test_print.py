"""What the printer gets, as a person sees it on A4: all of each view, in the paper's width, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kg.landscape import Landscape

Opened = Callable[..., Page]
A4 = {"width": 718, "height": 1047}
"""What is left of an upright sheet within 10 mm, in pixels of a style sheet."""
BEYOND = """(view) => [...document.querySelectorAll(`#${view} :is(text, button, .heads span)`)]
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < -0.5 || box.right > innerWidth + 0.5)).map(([text]) => text)"""
SPLIT = """() => {
  const areas = [...document.querySelectorAll(".paged .band")].map((band) => band.viewBox.baseVal);
  const ends = areas.map(({ y, height }) => y + height);
  return [...document.querySelectorAll(".paged .band .node text")].filter((text) => {
    const at = text.parentElement.transform.baseVal[0].matrix.f + text.y.baseVal[0].value;
    return ends.some((end) => at - 10 < end && at + 3 > end);
  }).map((text) => text.textContent);
}"""
BROKEN = """() => {
  const walker = document.createTreeWalker(document.querySelector("#matrix"), NodeFilter.SHOW_TEXT);
  const found = [], range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".unseen")) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{Script=Latin}0-9'’]+/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size !== 1) found.push(word);
    }
  }
  for (const one of document.querySelectorAll("#matrix :is(button, .cut)"))
    if (getComputedStyle(one).overflow !== "visible" && one.scrollWidth > one.clientWidth + 1) found.push(one.id);
  return found;
}"""

WRITTEN = """() => {
  const { name, state } = kgPage, comma = state.language === "zh" ? "、" : ", ";
  const all = [...document.querySelectorAll("#written dt")]
    .map((who) => [who.textContent, who.nextElementSibling.textContent.split(comma).sort()]);
  const said = [...document.querySelectorAll("#printed g")]
    .map((one) => [...one.querySelectorAll("text")].map((text) => text.textContent).join(" "));
  // Of one partnership several lines may say it, one of them whole.
  const parts = said.map((text) => /^(.*?)(?: \\+(\\d+))?$/.exec(text).slice(1));
  const many = (text) => text.split(comma).length, whole = parts.filter(([, more]) => !more).map(([text]) => text);
  const fuller = (one, text, more) => one.startsWith(text) && many(one) === many(text) + Number(more);
  const elsewhere = ([text, more]) => whole.some((one) => fuller(one, text, more));
  const cut = new Set(parts.filter((one) => one[1] && !elsewhere(one)).map(([text]) => text)).size;
  return { all, cut, meant: state.shown.map((one) => one.covers.map(name).sort()) };
}"""

SHEETS = """() => {
  const sheets = [...document.querySelectorAll("#printed > svg")], found = { letters: [], loose: 0 };
  const within = (own, one) => one.y >= own.y && one.y + one.height <= own.y + own.height;
  const whole = sheets.map((sheet) => [...sheet.querySelectorAll("g:not(.gist) > rect")].map((rect) => rect.getBBox())
    .filter((box) => within(sheet.viewBox.baseVal, box)));
  found.names = new Set(whole.flat().map(({ x, y }) => `${x} ${y}`)).size;
  found.meant = new Set(kgPage.state.shown.flatMap(({ banks, firms }) => [...banks, ...firms])).size;
  for (const sheet of sheets) {
    const { y, width, height } = sheet.viewBox.baseVal;
    const sizes = [...sheet.querySelectorAll("text")].map((text) => parseFloat(text.getAttribute("font-size")));
    found.letters.push(785 / width * Math.min(...sizes)); // in points, on a sheet of A4 that lies across
    for (const line of sheet.querySelectorAll("path:not([stroke-width='3.2'], .core)")) {
      const box = line.getBBox(), [from, to] = [box.y, box.y + box.height];
      if (from < y + height - 1 && to > y + 1 && (from < y - 1 || to > y + height + 1)) found.loose += 1;
    }
  }
  return found;
}"""


def laid_out(page: Page) -> None:
    """As the browser lays it out for the printer."""
    page.set_viewport_size(A4)  # type: ignore[arg-type]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


def sheets(page: Page) -> int:
    """How many sheets of A4 it takes."""
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margin)))  # type: ignore[arg-type]


def across(page: Page) -> list[bool]:
    """Of each sheet whether it is wider than high, where the printer does as the page says."""
    found = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(format="A4", prefer_css_page_size=True))
    return [float(width) > float(height) for width, height in found]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["text", "large_text"])
def test_the_network_lies_across_its_sheets_and_all_else_stands_upright(
    opened: Opened, request: pytest.FixtureRequest, name: str, language: str
) -> None:
    page = opened(request.getfixturevalue(name), f"#view=network&lang={language}")
    own = across(page)
    assert all(own)
    # Of many it takes several, with all that its lines are about after it.
    assert len(own) == 1 if name == "text" else 5 < len(own) < 9
    page.locator("#network").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    every = across(page)
    assert every[: len(own)] == own
    assert len(every) > len(own)
    assert not any(every[len(own) :])
    page.keyboard.press("Escape")
    for view in ("columns", "matrix", "timeline"):
        page.click(f"#tab-{view}")
        sheets_ = across(page)
        assert sheets_
        assert not any(sheets_)


def test_a_table_alone_has_the_width_of_the_paper(opened: Opened, text: str) -> None:
    page = opened(text, "#view=matrix")
    laid_out(page)
    table, place = page.locator("#matrix table").bounding_box(), page.locator("#matrix").bounding_box()
    assert table is not None
    assert place is not None
    assert table["width"] == pytest.approx(place["width"], abs=4)
    # Beside a bank's fewer firms no empty cell is left, and no ground lies on the rule of the row above it.
    assert page.locator("#matrix td:empty").count() == 0
    grounds = "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
    assert set(page.locator("#matrix :is(th, td)").evaluate_all(grounds)) == {"rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize("name", ["text", "large_text"])
def test_columns_are_as_wide_as_the_paper_and_no_name_is_cut_at_its_end(
    opened: Opened, request: pytest.FixtureRequest, name: str
) -> None:
    page = opened(request.getfixturevalue(name), "#view=columns&chosen=thing,boc")
    page.locator("#columns:not([aria-busy])").wait_for()
    before = page.locator("#columns .sheet").evaluate("(one) => one.outerHTML")
    names = "[...new Set([...document.querySelectorAll('#columns .node')].map((one) => one.textContent))].sort()"
    things = """[...new Set([...document.querySelectorAll('#columns .node[data-id]')]
      .map((one) => one.dataset.id.split('|').at(-1)))].sort()"""
    seen = page.evaluate(things)
    laid_out(page)
    assert page.evaluate(BEYOND, "columns") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]
    assert len(page.evaluate(names)) > 20
    assert page.evaluate(things) == seen
    # A piece stands on one sheet, with its threads whole; none here is higher than that.
    rows = page.evaluate(
        """[...document.querySelectorAll('.paged tr:has(td)')].map((one) => [one.getBoundingClientRect().height,
          getComputedStyle(one).breakInside, Math.max(0, ...[...one.querySelectorAll('.band')]
            .map((band) => band.getBoundingClientRect().height))])"""
    )
    assert len(rows) > 1
    assert max(height for height, inside, _ in rows if inside == "avoid") < 0.9 * A4["height"]
    assert max(band for *_, band in rows) < A4["height"] / 2
    assert [inside for _, inside, _ in rows].count("auto") == 0
    assert page.locator("#columns .following").count() == 0
    assert page.locator("#columns .thread.marked").count() == page.evaluate(
        "kgPage.facets.concerned(kgPage.state).size"
    )
    assert page.evaluate(SPLIT) == []
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.locator("#columns:not([aria-busy])").wait_for()
    assert page.locator("#columns .sheet").evaluate("(one) => one.outerHTML") == before


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["text", "large_text"])
def test_no_word_of_the_matrix_is_broken_on_paper(
    opened: Opened, request: pytest.FixtureRequest, name: str, language: str
) -> None:
    page = opened(request.getfixturevalue(name), f"#view=matrix&lang={language}")
    page.locator("#matrix:not([aria-busy])").wait_for()
    pairs = "new Set([...document.querySelectorAll('#matrix .pair')].map((one) => one.ariaLabel.split(':')[0])).size"
    banks = "#matrix tbody th .name"
    shown = page.locator(banks).all_text_contents()
    page.locator("#matrix .pair").first.click()
    assert page.locator("#matrix .more").count() > 0
    laid_out(page)
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(BEYOND, "matrix") == []
    assert page.evaluate(pairs) >= len(set(shown)) > 4
    assert set(page.locator(banks).all_text_contents()) == set(shown)
    # What a button would show stands there, and what is chosen has a ring around it.
    assert page.locator("#matrix .more").count() == 0
    ring = page.locator("#matrix .chosen").first
    assert ring.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    looks = "(one) => [getComputedStyle(one).breakInside, getComputedStyle(one.querySelector('thead')).breakAfter]"
    # A list may be longer than a sheet, and a table of many rows goes on below its head; its rows are whole.
    for block in page.locator("#matrix .block").all():
        long = "list" in (block.get_attribute("class") or "") or block.locator("tbody tr").count() > 5
        assert block.evaluate(looks) == ["auto" if long else "avoid", "avoid"]
    row = page.locator("#matrix tbody tr").first
    assert row.evaluate("(one) => getComputedStyle(one).breakInside") == "avoid"
    # Chromium paints a button in a head that stands on several sheets on the first alone.
    for button in page.locator("#matrix thead .name").all()[:1]:
        assert button.evaluate("(one) => getComputedStyle(one).display") == "contents"


def test_the_timeline_begins_below_its_axis_on_each_sheet(
    opened: Opened, text: str, large: Landscape, large_text: str
) -> None:
    page = opened(text, "#view=timeline")
    assert sheets(page) == 1
    assert page.locator("#timeline .paged").count() == 0
    page = opened(large_text, "#view=timeline")
    assert 3 < sheets(page) < 7
    laid_out(page)
    assert page.evaluate(BEYOND, "timeline") == []
    assert (
        page.locator("thead .axis").evaluate("(one) => getComputedStyle(one.closest('thead')).display")
        == "table-header-group"
    )
    assert page.locator("#timeline .rows [role=button]").count() == large.tables.pairs["partnership"].n_unique()
    heights = page.evaluate(
        "[...document.querySelectorAll('.paged td')].map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) > 10
    assert max(heights) < 200


def test_nothing_of_the_network_steps_back_on_paper_and_what_was_read_is_there(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    assert sheets(page) == 1
    page.locator("#network").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    told = page.locator("#panel h2").text_content()
    assert sheets(page) > 1
    faint = "#printed :is([opacity], [stroke-opacity='0.1'], [stroke-opacity='0.12'])"
    laid_out(page)
    # The bank that is chosen, its firms, and the lines to them are marked.
    assert page.locator("#printed rect.marked").count() == 3
    assert page.locator("#printed path.marked").count() == 2
    assert page.locator("#printed rect").count() > 10
    assert page.locator(faint).count() == 0
    expect(page.locator("#panel h2")).to_have_text(told or "")
    drawn, panel = page.locator("#printed").bounding_box(), page.locator("#panel").bounding_box()
    assert drawn is not None
    assert panel is not None
    assert panel["y"] >= drawn["y"] + drawn["height"]
    assert panel["height"] > 1000


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "at"), [("text", ""), ("large_text", "&capability=cloud-computing"), ("large_text", "")]
)
def test_what_the_lines_of_the_network_are_about_is_written_out_on_paper(
    opened: Opened, request: pytest.FixtureRequest, name: str, at: str, language: str
) -> None:
    page = opened(request.getfixturevalue(name), f"#view=network&lang={language}{at}")
    laid_out(page)
    written = page.evaluate(WRITTEN)
    if not at and name == "large_text":
        # Of so many it is told in few words in the picture, and not all written out.
        assert written["all"] == []
        assert written["cut"] > 0
        assert page.locator("#view-network .legend li:visible").count() == 5
        # It is drawn on several sheets in letters that can be read, each name whole on one, and hardly a line is cut.
        drawn = page.evaluate(SHEETS)
        assert drawn["names"] == drawn["meant"]
        assert len(drawn["letters"]) == 3
        assert min(drawn["letters"]) >= 6
        assert drawn["loose"] < 4
        # And each partnership is told in words.
        rows = [row.split("\t") for row in page.locator("#written tbody tr").all_inner_texts()]
        assert len(rows) == 135
        assert {"en": "Apple", "zh": "苹果公司"}[language] in {row[1] for row in rows}
        assert {"en": "since 2016", "zh": "自 2016 年"}[language] in {row[4] for row in rows}
        return
    assert len(written["all"]) >= written["cut"] > 0
    for who, what in written["all"]:
        assert " – " in who
        assert what in written["meant"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#written").count() == 0


def test_what_is_told_of_each_partnership_is_open_on_paper(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=network&chosen=thing,apple")
    shut = page.locator("#panel details:not([open])")
    count = shut.count()
    assert count > 3
    passages = page.locator("#panel dd").count()
    laid_out(page)
    assert shut.count() == 0
    assert page.locator("#panel details dd").count() > count
    assert page.locator("#panel dd").count() > passages + 10
    assert page.locator("#stages button").last.evaluate("(one) => one.getBoundingClientRect().right") <= A4["width"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert shut.count() == count


def test_paper_says_what_was_filtered(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=timeline&from=2015")
    page.click("#filter")
    for word in ("Kenya", "United Kingdom"):
        page.locator("#filters").get_by_label(re.compile(f"^{word}")).first.check()
    laid_out(page)
    expect(page.locator("#paper")).to_have_text("Timeline, Country of a bank: Kenya / United Kingdom, 2015 – ")
