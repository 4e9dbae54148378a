"""The matrix and the filters, used as a person would use them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.views.page import PAGE

Opened = Callable[..., Page]
FILLED = """() => [...document.querySelectorAll("#matrix table")].flatMap((table) => {
  const named = (cell) => cell.querySelector(".name").textContent;
  const heads = [...table.querySelectorAll("thead th:has(.name)")].map(named);
  if (table.closest(".list")) return [...table.querySelectorAll("tbody tr")].flatMap((row) =>
    [...row.querySelectorAll("td .name")].map((firm) => [named(row.cells[0]), firm.textContent]));
  return [...table.querySelectorAll("tbody tr")].flatMap((row) => {
    let at = 0;
    return [...row.cells].slice(1).flatMap((td) => {
      const spanned = heads.slice(at, at += td.colSpan);
      return td.classList.contains("filled") ? spanned.map((firm) => [named(row.cells[0]), firm]) : [];
    });
  });
})"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_matrix_has_each_pair_once(opened: Opened, china: Landscape, text: str, language: str) -> None:
    page = opened(text, f"#lang={language}")
    labels = dict(china.tables.labels(language).iter_rows())
    pairs = {(labels[bank], labels[firm]) for bank, firm, _ in china.tables.pairs.iter_rows()}
    shown = [tuple(pair) for pair in page.evaluate(FILLED)]
    assert sorted(shown) == sorted(pairs)
    assert page.locator("#matrix table").count() == 1


def test_a_large_matrix_has_each_pair_once_in_tables_of_their_own(
    opened: Opened, large: Landscape, large_text: str
) -> None:
    page = opened(large_text)
    page.locator("#matrix:not([aria-busy])").wait_for()
    labels = dict(large.tables.labels("en").iter_rows())
    pairs = {(labels[bank], labels[firm]) for bank, firm, _ in large.tables.pairs.iter_rows()}
    assert sorted(tuple(pair) for pair in page.evaluate(FILLED)) == sorted(pairs)
    # Banks that share no firm stand in lists, not each in a table of its own.
    rows = "[...document.querySelectorAll('#matrix :not(.list) > table')].map((one) => one.tBodies[0].rows.length)"
    assert min(page.evaluate(rows)) > 1
    assert 20 < page.locator("#matrix table").count() < 35
    lists = page.evaluate(
        "[...document.querySelectorAll('#matrix .list table')].map((one) => one.tBodies[0].rows.length)"
    )
    assert len(lists) == 4
    assert sum(lists) > 40
    empty = "[...document.querySelectorAll('#matrix tbody tr')].filter((tr) => !tr.querySelector('.filled')).length"
    assert page.evaluate(empty) == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_of_a_name_at_a_head_is_broken(opened: Opened, large_text: str, width: int) -> None:
    page = opened(large_text)
    page.set_viewport_size({"width": width, "height": 844})
    broken = """() => {
      const range = document.createRange();
      return [...document.querySelectorAll("#matrix th .cut")].flatMap(({ firstChild }) =>
        [...firstChild.data.matchAll(/[\\p{Script=Latin}0-9'’]+/gu)].flatMap(({ 0: word, index }) => {
          range.setStart(firstChild, index);
          range.setEnd(firstChild, index + word.length);
          return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1 ? [word] : [];
        }));
    }"""
    for filtered in ("", "capability=payments"):
        page.evaluate("(at) => { location.hash = at; }", filtered)
        page.locator("#matrix:not([aria-busy])").wait_for()
        assert page.locator("#matrix th .cut").count() > 80
        assert page.evaluate(broken) == []
        if width == 1280 and not filtered:
            page.click("#filter")
            assert page.evaluate(broken) == []
            page.click("#filter")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_hand_it_says_how_much_stands_beside_what_is_in_sight(opened: Opened, text: str, language: str) -> None:
    """Of five rows the first alone had something in sight, and nothing said that the others have it farther right."""
    page = opened(text, f"#view=matrix&lang={language}")
    more, toolbar = page.locator("#view-matrix .more-of button:visible"), page.locator("#view-matrix .toolbar")
    many = PAGE["partnerships"][language].rpartition("|")[2]
    expect(more).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(more).to_have_text(f"→ {many.format(3)}")
    height = toolbar.evaluate("(one) => one.offsetHeight")
    seen = "[...document.querySelectorAll('#matrix [data-pair]')].map((one) => one.getBoundingClientRect().x < 300)"
    met = page.evaluate(seen)
    assert met == [True, *[False] * 4]
    while "→" in "".join(more.all_inner_texts()):
        before = page.evaluate("document.getElementById('matrix').scrollLeft")
        more.last.click()
        page.wait_for_function("(x) => document.getElementById('matrix').scrollLeft > x", arg=before)
        page.wait_for_timeout(100)
        met = [was or other for was, other in zip(met, page.evaluate(seen), strict=True)]
        # Names stay where they can be read, with nothing at their side.
        assert page.evaluate("document.elementFromPoint(4, 300).closest('th') !== null")
    assert met == [*[True] * 4, False]
    expect(more).to_have_count(1)
    assert toolbar.evaluate("(one) => one.offsetHeight") == height
    # What comes into sight below has its own farther on; where there is no room for both in words, the numbers stand.
    page.locator("#matrix").evaluate("(one) => one.scrollTo(one.scrollLeft, one.scrollHeight)")
    expect(more.last).to_have_text("→ 1" if language == "en" else f"→ {many.format(1)}")


def test_it_says_how_many_banks_stand_above_and_below_what_is_in_sight(opened: Opened, large_text: str) -> None:
    """Of 142 banks eight were seen, and nothing said how many follow."""
    page = opened(large_text, "#view=matrix")
    more = page.locator("#view-matrix .more-of button:visible")
    banks = PAGE["banks"]["en"].split("|")[1]
    expect(more).to_have_count(1)
    page.locator("#matrix:not([aria-busy])").wait_for()
    seen = """() => {
      const place = document.getElementById("matrix"), { bottom } = place.getBoundingClientRect();
      const within = (one) => one.getBoundingClientRect().top < bottom;
      const all = kgPage.state.shown.flatMap(({ banks }) => banks), blocks = [...place.querySelectorAll(".block")];
      const rows = blocks.filter(within).flatMap((one) => [...one.querySelectorAll("tbody tr")]);
      const middle = (own) => (own.top + own.bottom) / 2;
      return [new Set(all).size, rows.filter((row) => middle(row.getBoundingClientRect()) < bottom).length];
    }"""
    count, met = page.evaluate(seen)
    told = int(more.inner_text().split()[1])
    assert more.inner_text() == f"↓ {banks.format(told)}"
    # One that stands in several tables may follow, too.
    assert count - met <= told <= count
    assert told > count - 15
    more.click()
    expect(more).to_have_count(2)
    up, down = (int(one.split()[1]) for one in more.all_inner_texts())
    assert 0 < up < 15
    assert told - 20 < down < told
    for _ in range(3):  # tables that come into sight may be higher than they were taken for
        page.locator("#matrix").evaluate("(one) => one.scrollTo(0, one.scrollHeight)")
        page.wait_for_timeout(200)
    expect(more).to_have_count(1)
    expect(more).to_contain_text("↑")
    # A firm that is chosen, whose head moves with its table, comes into sight with the first that it partners with.
    page.locator("#matrix").evaluate("(one) => one.scrollTo(0, 0)")
    page.fill("#search", "google")
    page.keyboard.press("Enter")
    inside = """() => {
      const { top, bottom } = document.getElementById("matrix").getBoundingClientRect();
      const head = document.querySelector("#matrix th.chosen"), row = head.closest("table").tBodies[0].rows[0];
      const met = [head, row].map((one) => one.getBoundingClientRect());
      return met.every((own) => own.top >= top && own.bottom <= bottom);
    }"""
    page.wait_for_function(inside)
    # Of its partners it is said how many follow, and of those alone.
    chosen = PAGE["banks_chosen"]["en"].split("|")[1]
    expect(more.last).to_have_text(re.compile("↓ " + re.escape(chosen).replace(re.escape("{}"), r"\d")))
    followed, seen = (
        int(more.last.inner_text().split()[1]),
        page.evaluate("""() => {
      const { bottom } = document.getElementById("matrix").getBoundingClientRect(), google = kgPage.data.find("google");
      const cells = [...document.querySelectorAll(`#matrix [data-pair$=" ${google}"]`)].map((one) => one.parentElement);
      const middles = cells.map((row) => row.getBoundingClientRect()).map((own) => (own.top + own.bottom) / 2);
      return [middles.length, middles.filter((at) => at > bottom).length];
    }"""),
    )
    assert [9, followed] == seen


def test_a_row_says_what_the_partnership_is_about(opened: Opened, china: Landscape, text: str) -> None:
    page = opened(text)
    page.get_by_label(PAGE["all_chips"]["en"]).check()
    row = page.locator("#matrix tbody tr").filter(has_text="Bank of China (Hong Kong)")
    names = dict(china.tables.labels("en").iter_rows())
    covers = china.tables["covers"]
    wanted = {names[capability] for p, capability, _ in covers.iter_rows() if p.endswith("/bochk-wechat-hk")}
    assert wanted
    assert set(row.locator(".chip .cut").all_text_contents()) == wanted
    assert row.locator(".chip").first.get_attribute("aria-label").endswith(", live")  # type: ignore[union-attr]


def test_the_keyboard_goes_through_the_matrix(opened: Opened, text: str) -> None:
    page = opened(text)
    page.locator("#matrix").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "Baidu"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "Baidu Finance"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className").startswith("chip")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    page.keyboard.press("End")
    assert page.evaluate("document.querySelectorAll('#matrix [tabindex=\"0\"]').length") == 1


def test_what_stands_in_several_tables_says_so_in_each(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix")
    page.locator("#matrix:not([aria-busy])").wait_for()
    heads = page.locator("#matrix :is(th, td):has(> .name)").evaluate_all(
        "(all) => all.flatMap((one) => [...one.querySelectorAll(':scope > .name')].map((button) => [button.textContent,"
        " button.nextElementSibling?.matches('.often') ? button.nextElementSibling.textContent : '']))"
    )
    tables: dict[str, list[str]] = {}
    for name, said in heads:
        tables.setdefault(name, []).append(said)
    several = {name: said for name, said in tables.items() if len(said) > 1}
    assert "Apple" in several
    wanted = {name: [PAGE["tables"]["en"].format(len(said))] * len(said) for name, said in several.items()}
    assert several == wanted
    assert all(said == [""] for name, said in tables.items() if name not in several)
    # From one it leads to the next, and from the last to the first.
    page.locator("#matrix .name", has_text=re.compile("^Tencent$")).first.click()
    ways = page.locator("#matrix :is(th, td):has(> .name[aria-pressed=true]) > .often")
    count = ways.count()
    assert count > 1
    at = "[...document.querySelectorAll('#matrix .block')].indexOf(document.activeElement.closest('.block'))"
    ways.first.click()
    met = [page.evaluate(at)]
    for _ in range(count):
        page.keyboard.press("Enter")
        met.append(page.evaluate(at))
        expect(page.locator("#matrix .often:focus")).to_be_in_viewport()
    assert len(set(met)) == count
    assert met[0] == met[count]
    # For who can't see them, tables are tables: those of one community are several.
    captions = page.locator("#matrix caption").all_inner_texts()
    assert not [said for said in captions if "Community" in said]


def test_a_filter_leaves_what_fits_and_says_how_many(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    page.click("#filter")
    country = page.get_by_role("group", name=PAGE["country"]["en"])
    option = country.locator("label").filter(has_text="Kenya")
    number = int(option.locator(".number").inner_text())
    option.click()
    expect(page.locator("#count")).to_contain_text(f"{number} partnerships")
    assert 0 < len(page.evaluate(FILLED)) < 20
    page.click("#stages button:has-text('live')")
    expect(page.locator("#stages button:has-text('live')")).to_have_attribute("aria-pressed", "true")
    left = page.evaluate("kgPage.state.shown.map((one) => kgPage.name(one.stage))")
    assert set(left) == {"live"}
    page.click("#switch")
    expect(country).to_have_count(0)
    expect(
        page.get_by_role("group", name=PAGE["country"]["zh"]).locator("label").filter(has_text="肯尼亚")
    ).to_be_visible()
    page.click("#stages .clear")
    expect(page.locator("#count")).to_contain_text("135 ")


def test_a_broad_capability_filters_by_the_narrower_ones_too(opened: Opened, china: Landscape, text: str) -> None:
    page = opened(text)
    page.click("#filter")
    capabilities = page.get_by_role("group", name=PAGE["capability"]["en"])
    capabilities.locator("label").filter(has_text="Payments").first.click()
    ranking = china.capabilities()
    number = dict(zip(ranking["label"], ranking["partnerships"], strict=True))["Payments"]
    expect(page.locator("#count")).to_contain_text(f"{number} partnerships")
    # Who is sent a link to it reads by what it is filtered, too.
    expect(page.locator("#count")).to_contain_text(f"{PAGE['capability']['en']}: Payments")


def test_what_is_clicked_at_the_edge_does_not_go_behind_what_is_told(opened: Opened, text: str) -> None:
    page = opened(text, "#view=matrix")
    own = page.get_by_role("button", name="Electronic payment, live")
    own.click()
    expect(page.locator("#panel")).to_be_visible()
    page.wait_for_timeout(200)
    chip, panel = own.bounding_box(), page.locator("#panel").bounding_box()
    assert chip is not None
    assert panel is not None
    assert chip["x"] + chip["width"] <= panel["x"]


def test_what_is_asked_for_is_among_the_first_chips_of_a_cell(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix&capability=consumer-finance")
    cell = page.locator("td.filled", has=page.get_by_role("button", name="Baidu Finance", exact=True))
    expect(cell.locator(".chip").first).to_have_text("Cash loan")
    expect(cell.locator(".more")).to_have_text("+16")
    # What else is chosen there comes out from among the rest, as long as it is chosen.
    page.fill("#search", "Credit anti-fraud")
    page.keyboard.press("Enter")
    expect(cell.locator(".chip.lit")).to_have_text("Credit anti-fraud")
    expect(cell.locator(".more")).to_have_text("+15")
    expect(cell.locator(".more")).to_have_attribute(
        "aria-label", PAGE["more_capabilities"]["en"].partition("|")[2].format(15)
    )
    page.click("#panel .close")
    expect(cell.locator(".more")).to_have_text("+16")
    # All of them come out, and whoever is sent the address sees them too, until the same button is pressed anew.
    cell.locator(".more").focus()
    page.keyboard.press("Enter")
    expect(cell.locator(".chip")).to_have_count(19)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.parentElement.querySelectorAll('.chip').length") == 19
    page.reload()
    expect(cell.locator(".chip")).to_have_count(19)
    cell.locator(".more").click()
    expect(cell.locator(".more")).to_have_text("+16")
    assert "opened=" not in page.evaluate("location.hash")


EDGES = """async ([png, width, height]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0, width, height);
  const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
  const seen = (x, y) => "#" + [...pen.getImageData(x, y, 1, 1).data].slice(0, 3)
    .map((part) => part.toString(16).padStart(2, "0")).join("");
  return [1, height - 2].map((y) => Array.from({ length: width - 8 }, (_, x) => seen(x + 4, y))
    .every((one) => one === accent));
}"""


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_ring_around_a_row_goes_around_its_filled_cells_too(opened: Opened, large_text: str, width: int) -> None:
    page = opened(large_text)
    page.set_viewport_size({"width": width, "height": 800})
    page.fill("#search", "Bank of Gansu")
    page.keyboard.press("Enter")
    row = page.locator("#matrix tr.chosen")
    expect(row.locator("th")).to_have_text("Bank of Gansu")
    # It ends where its cells do.
    last = page.evaluate("""() => {
      const row = document.querySelector("#matrix tr.chosen");
      return row.getBoundingClientRect().right - row.lastElementChild.getBoundingClientRect().right;
    }""")
    assert abs(last) <= 1
    for cell in [row.locator("th"), row.locator("td.filled")]:
        whole, box = row.bounding_box(), cell.bounding_box()
        assert whole
        assert box
        clip = {
            "x": round(box["x"]),
            "y": round(whole["y"]),
            "width": int(box["width"]),
            "height": round(whole["height"]),
        }
        png = base64.b64encode(page.screenshot(clip=clip)).decode()  # type: ignore[arg-type]
        assert page.evaluate(EDGES, [png, clip["width"], clip["height"]]) == [True, True]


@pytest.mark.parametrize("date", ["2016", "2017-06", "2018"])
def test_the_window_keeps_what_may_have_been_in_force(opened: Opened, china: Landscape, text: str, date: str) -> None:
    page = opened(text)
    page.click("#filter")
    page.fill("#date-from", date)
    page.fill("#date-to", date)
    page.keyboard.press("Enter")
    then = china.as_of(date)
    assert page.evaluate("kgPage.state.shown.length") == then.tables.pairs["partnership"].n_unique()
    assert page.evaluate("location.hash").count(date) == 2
    page.fill("#date-to", "no date")
    page.keyboard.press("Enter")
    expect(page.locator("#date-to")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    ("language", "typed", "told", "marked"),
    [
        ("en", ("abc", "2018"), "date_wrong", ["from"]),
        ("zh", ("2015", "2017-13"), "date_wrong", ["to"]),
        ("en", ("2020", "2010"), "dates_reversed", ["from", "to"]),
        ("zh", ("2018-02", "2018-01-31"), "dates_reversed", ["from", "to"]),
    ],
)
def test_a_time_that_is_none_is_told_and_filters_nothing(
    opened: Opened, text: str, language: str, typed: tuple[str, str], told: str, marked: list[str]
) -> None:
    page = opened(text, f"#lang={language}")
    page.click("#filter")
    for side, date in zip(("from", "to"), typed, strict=True):
        page.fill(f"#date-{side}", date)
        page.keyboard.press("Tab")
    for side, date in zip(("from", "to"), typed, strict=True):
        field = page.locator(f"#date-{side}")
        wrong = side in marked
        expect(field).to_have_attribute("aria-invalid", str(wrong).lower())
        expect(field).to_have_accessible_description(PAGE[told][language] if wrong else "")
        expect(field).to_have_value(date)
        assert page.evaluate(f"kgPage.state.{side}") == ("" if wrong else date)
    expect(page.locator("#said")).to_have_text(PAGE[told][language])
    expect(page.locator(".dates .fault:visible")).to_have_text([PAGE[told][language]])
    expect(page.locator(".dates .fault:visible")).to_be_in_viewport()
    # It stays, and is told in the other language too, until a right one is written.
    page.click("#switch")
    other = "zh" if language == "en" else "en"
    expect(page.locator(".dates .fault:visible")).to_have_text([PAGE[told][other]])
    expect(page.locator(f"#date-{marked[-1]}")).to_have_value(typed[1 if marked[-1] == "to" else 0])
    page.locator("#time-from").press("ArrowRight")
    expect(page.locator(".dates .fault:visible")).to_have_count(0)
    expect(page.locator("#date-from")).not_to_have_value("")
    # The side that wasn't moved stays what it is.
    expect(page.locator("#date-to")).to_have_value("" if "to" in marked else typed[1])
    page.fill("#date-from", "2016")
    page.fill("#date-to", "2019")
    page.keyboard.press("Enter")
    expect(page.locator(".dates .fault:visible")).to_have_count(0)
    assert page.evaluate("[kgPage.state.from, kgPage.state.to]") == ["2016", "2019"]
    assert opened(text, "#from=2020&to=2010").evaluate("[kgPage.state.from, kgPage.state.to]") == ["", ""]


@pytest.mark.parametrize("view", ["matrix", "columns", "network", "timeline"])
def test_where_nothing_fits_the_page_says_so(opened: Opened, text: str, view: str) -> None:
    page = opened(text, f"#view={view}")
    empty = page.locator(f"#view-{view} .empty")
    page.click("#stages button:has-text('live')")
    expect(empty.locator("visible=true")).to_have_count(0)
    page.evaluate("kgPage.facets.toggle('form', kgPage.data.forms[0])")
    expect(empty).to_have_text(PAGE["empty"]["en"])
    expect(empty).to_be_in_viewport()
    page.click("#switch")
    expect(empty).to_have_text(PAGE["empty"]["zh"])
    page.click("#stages .clear")
    expect(empty.locator("visible=true")).to_have_count(0)


def test_an_address_brings_another_to_the_same_place(opened: Opened, text: str) -> None:
    page = opened(text)
    page.click("#filter")
    page.get_by_role("group", name=PAGE["capability"]["en"]).locator("label").filter(has_text="Robo-advice").click()
    page.locator("#matrix thead button").first.click()
    page.click("#switch")
    page.select_option("#theme", "dark")
    address = page.evaluate("location.hash")
    other = opened(text, address)
    assert other.evaluate("location.hash") == address
    assert other.evaluate("document.documentElement.dataset.theme") == "dark"
    assert other.locator("#panel h2").inner_text() == page.locator("#panel h2").inner_text()
    assert other.evaluate(FILLED) == page.evaluate(FILLED)


RESTED = """(view) => new Promise((done) => {
  let last = "", since = 0;
  const look = (time) => {
    const now = `${document.getElementById(view).scrollTop} ${location.hash}`;
    if (now !== last) [last, since] = [now, time];
    return time - since > 400 ? done() : requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
"""Until a view has stood still for longer than the address takes to say where."""


@pytest.mark.parametrize("view", ["matrix", "columns", "timeline"])
def test_in_another_language_it_stands_where_the_address_says(opened: Opened, large_text: str, view: str) -> None:
    page = opened(large_text, f"#view={view}&chosen=thing,alipay")
    page.evaluate(RESTED, view)
    page.click("#switch")
    page.evaluate(RESTED, view)
    top = f"document.querySelector('#{view}').scrollTop"
    other = opened(large_text, page.evaluate("location.hash"))
    other.evaluate(RESTED, view)
    assert page.evaluate(top) == pytest.approx(other.evaluate(top), abs=2)
    assert page.evaluate(top) > 100


@pytest.mark.parametrize("hash_", ["#view=x&lang=xx&chosen=thing,none&stage=%zz&from=1&theme=y", "#=&&=&chosen", "#%"])
def test_an_address_that_means_nothing_opens_the_page(opened: Opened, text: str, hash_: str) -> None:
    page = opened(text, hash_)
    assert page.locator("#matrix td.filled").count() > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_at_no_known_stage_is_in_the_legend_and_can_be_filtered(
    opened: Opened, text: str, large_text: str, language: str
) -> None:
    page = opened(large_text, f"#lang={language}")
    whole = page.evaluate("kgPage.state.shown.length")
    numbers = page.locator("#stages .number").all_inner_texts()
    assert sum(map(int, numbers)) == whole
    button = page.locator("#stages button").filter(has_text=PAGE["unstaged"][language])
    number = button.locator(".number").inner_text()
    expect(button.locator(".stage.s")).to_be_visible()
    button.click()
    expect(page.locator("#count")).to_contain_text(f"{number} ")
    assert page.evaluate("kgPage.state.shown.every((one) => one.stage === null)")
    address = page.evaluate("location.hash")
    assert "stage=unknown" in address
    other = opened(large_text, address.replace("#", "#view=network&"))
    assert other.evaluate("kgPage.state.shown.length") == int(number)
    expect(other.locator("#stages .stroke.s + span")).to_have_text(PAGE["unstaged"][language])
    other.click("#filter")
    option = (
        other.get_by_role("group", name=PAGE["stage"][language])
        .locator("label")
        .filter(has_text=PAGE["unstaged"][language])
    )
    expect(option.locator("input")).to_be_checked()
    # Where every stage is known, there is no such choice, and an address that names it filters nothing.
    known = opened(text, "#stage=unknown")
    assert known.evaluate("kgPage.state.shown.length === kgPage.data.partnerships.length")
    expect(known.locator("#stages button").filter(has_text=PAGE["unstaged"]["en"])).to_have_count(0)


def test_the_stage_stands_where_no_capability_does(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix&lang=en")
    cell = page.locator("#matrix tr", has_text="Bank Jago").locator("td.filled").first
    stage = page.evaluate("kgPage.stageName(kgPage.data.partnershipOf.get(kgPage.data.find('bank-jago-gojek')).stage)")
    expect(cell.locator(".staged")).to_have_text(stage)
    assert cell.locator(".stage").count() == 1
    cell.scroll_into_view_if_needed()
    page.wait_for_timeout(100)  # what comes into sight is laid out
    at = cell.locator(".staged").bounding_box()
    assert at is not None
    page.mouse.click(at["x"] + 20, at["y"] + at["height"] / 2)  # as the rest of the cell
    assert "chosen=pair" in page.evaluate("location.hash")
    # In a picture, too; where capabilities stand, they say it.
    assert (
        page.evaluate("[...kgPage.picture().querySelectorAll('text')].map((one) => one.textContent)").count(stage) > 1
    )
    assert page.locator("#matrix td.filled:has(.chip) .staged").count() < page.locator("#matrix .staged").count()
