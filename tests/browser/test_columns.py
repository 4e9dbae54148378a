"""The columns: each partnership a thread of its own, that can be followed, chosen and taken along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bench.curated import write_tables
from bench.landscapes import Drawn
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.terms import ID
from kg.views.page import PAGE, html

Opened = Callable[..., Page]
JOINED = """() => {
  const unit = kgPage.drawing.unit();
  const { data } = kgPage, boxes = [...document.querySelectorAll("#columns .node")].map((node) => {
    const { e: x, f: y } = node.transform.baseVal.consolidate().matrix, box = node.querySelector(".box");
    return { thing: Number((node.dataset.id || "||-1").split("|").at(-1)), x, y, right: x + box.width.baseVal.value,
      bottom: y + box.height.baseVal.value };
  });
  return [...document.querySelectorAll("#columns .thread")].map((thread) => {
    const met = new Set();
    for (const [, x, y, tox, toy] of thread.querySelector(".line").getAttribute("d")
      .matchAll(/M([\\d.-]+),([\\d.-]+)C\\S+ \\S+ ([\\d.-]+),([\\d.-]+)/g)) {
      const at = (left, up) => boxes.filter((box) => left >= box.x - 1 && left <= box.right + 20 * unit
        && up > box.y && up < box.bottom);
      const ends = [at(x, y), at(tox, toy)];
      if (ends.some((end) => end.length !== 1)) return [thread.dataset.numbers, "an end in no box or in two"];
      for (const [{ thing }] of ends) met.add(thing);
    }
    const one = kgPage.state.shown[Number(thread.dataset.numbers)];
    const wanted = [one.banks, one.covers.length ? one.covers : [-1], one.firms, one.products].flat();
    const same = met.size === new Set(wanted).size && wanted.every((thing) => met.has(thing));
    return same ? null : [data.key(one.thing), [...met].map((thing) => thing < 0 ? "" : data.key(thing))];
  }).filter(Boolean);
}"""
COVERED = """() => {
  const boxes = [...document.querySelectorAll("#columns .node")].map((node) => ({ name: node.textContent,
    box: node.querySelector(".box").getBoundingClientRect(),
    texts: [...node.querySelectorAll("text")].map((text) => text.getBoundingClientRect()) }));
  const meet = (one, two) => one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 1
    && two.top < one.bottom - 1;
  const over = boxes.flatMap(({ name, box }, at) => boxes.slice(at + 1).filter((other) => meet(box, other.box))
    .map((other) => [name, other.name]));
  const out = boxes.filter(({ box, texts }) => texts.some((text) => text.right > box.right || text.left < box.left
    || text.top < box.top - 3 || text.bottom > box.bottom + 3));
  return [...over, ...out.map(({ name }) => name)];
}"""
LIT = """() => [...document.querySelectorAll("#columns .node.lit")]
  .map((node) => kgPage.data.key(Number(node.dataset.id.split("|").at(-1)))).sort()"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_thread_joins_just_what_its_partnership_has(opened: Opened, text: str, language: str) -> None:
    page = opened(text, f"#view=columns&lang={language}")
    assert page.locator("#columns .thread").count() == 5
    assert page.evaluate(JOINED) == []
    assert page.evaluate(COVERED) == []
    assert page.locator("#columns .node.unnamed").count() == 0
    for width, letters in ((800, "16px"), (1280, "32px")):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("(letters) => { document.documentElement.style.fontSize = letters }", letters)
        page.wait_for_timeout(200)
        assert page.evaluate(JOINED) == []
        assert page.evaluate(COVERED) == []


def test_many_are_drawn_in_pieces_and_all_as_one_when_asked(opened: Opened, large: Landscape, large_text: str) -> None:
    page = opened(large_text, "#view=columns&lang=zh")
    nodes = page.locator("#columns .node.capability")
    page.locator("#columns:not([aria-busy])").wait_for()
    pieces = nodes.count()
    for _ in range(2):
        assert page.evaluate(JOINED) == []
        assert page.evaluate(COVERED) == []
        page.get_by_label(PAGE["together"]["zh"]).check()
    covered = large.tables["covers"]["capability"].n_unique()
    assert nodes.count() == covered < pieces


def test_a_line_under_the_pointer_shows_its_whole_partnership_and_a_click_its_passages(
    opened: Opened, text: str, china: Landscape
) -> None:
    page = opened(text, "#view=columns")
    where = page.evaluate(
        """() => {
          const one = kgPage.data.partnershipOf.get(kgPage.data.find("boc-tencent"));
          const line = document.querySelector(`.thread[data-numbers="${one.number}"] .hit`);
          line.scrollIntoView({ block: "center" });
          const area = line.ownerSVGElement.getScreenCTM();
          for (let at = 60; at < line.getTotalLength(); at += 5) {
            const { x, y } = line.getPointAtLength(at).matrixTransform(area);
            if (document.elementFromPoint(x, y) === line) return [x, y];
          }
        }"""
    )
    page.wait_for_timeout(200)
    page.mouse.move(640, 20)
    page.mouse.move(*where)
    parties = {"boc", "tencent", "tencent-cloud"}
    tables = china.tables
    mine = {
        iri.rpartition("/")[2]
        for name, column in (("covers", "capability"), ("delivers", "product"))
        for p, iri in tables[name].select("partnership", column).iter_rows()
        if p.endswith("/boc-tencent")
    }
    assert set(page.evaluate(LIT)) == parties | mine
    expect(page.locator("#whole-name")).to_contain_text("in integration")
    page.mouse.click(*where)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(dict(tables.labels("en").iter_rows())[f"{ID}boc-tencent"])
    assert "L15" in panel.inner_text() or panel.locator("dd").count() > 3
    page.mouse.move(640, 20)
    assert set(page.evaluate(LIT)) == parties | mine
    page.click("#panel .close")
    assert page.evaluate(LIT) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_more_than_half_of_the_banks_are_seen_at_once_and_the_others_told(
    opened: Opened, text: str, language: str
) -> None:
    page = opened(text, f"#view=columns&lang={language}")
    whole = """[...document.querySelectorAll("#columns .node.bank")].filter((one) => {
      const own = one.getBoundingClientRect(), place = document.getElementById("columns").getBoundingClientRect();
      return own.bottom < place.bottom;
    }).length"""
    assert page.evaluate(whole) == 3
    more = page.locator("#columns .more-of button:visible")
    assert more.all_text_contents() == [f"↓ {PAGE['banks'][language].split('|')[-1].format(2)}"]
    more.click()
    expect(more).to_contain_text("↑")
    # The first have fewest capabilities.
    sizes = """[...document.querySelectorAll("#columns .node.bank")].map((one) => {
      const bank = Number(one.dataset.id.split("|").at(-1));
      return kgPage.state.shown.find(({ banks }) => banks.includes(bank)).covers.length;
    })"""
    found = page.evaluate(sizes)
    assert found[0] == min(found)
    assert found[-1] == max(found)


def test_the_keyboard_follows_a_thread_from_bank_to_product(opened: Opened, text: str) -> None:
    page = opened(text, "#view=columns")
    page.locator("#columns").focus()
    page.keyboard.press("Tab")
    kinds = []
    for _ in range(5):
        kinds.append(
            page.evaluate(
                "document.activeElement.getAttribute('class').split(' ')[0] + document.activeElement.dataset.column"
            )
        )
        page.keyboard.press("ArrowRight")
    assert kinds == ["node0", "handle1", "node2", "node3", "node4"]
    assert page.evaluate("document.querySelectorAll('#columns [tabindex=\"0\"]').length") == 1
    page.keyboard.press("Home")
    product = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    title = page.locator("#panel h2").inner_text()
    assert product.startswith(title)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == product
    reached = set()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    for _ in range(page.locator("#columns .node.firm").count()):
        reached.add(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("ArrowDown")
    assert reached == set(page.locator("#columns .node.firm").all_text_contents())


def test_a_filter_leaves_the_threads_that_fit(opened: Opened, text: str) -> None:
    page = opened(text, "#view=columns")
    page.click("#stages button:has-text('live')")
    assert page.locator("#columns .thread").count() == 1
    assert page.evaluate(JOINED) == []
    assert page.locator("#columns .heads").inner_text().startswith("1 bank")
    page.evaluate("kgPage.facets.toggle('form', kgPage.data.forms[0])")
    expect(page.locator("#columns")).to_have_text(PAGE["empty"]["en"])


HEADS = """() => {
  const those = "#columns .heads > span, #columns .more-of button:not([hidden])";
  const told = [...document.querySelectorAll(those)].map((one) => {
    const words = document.createRange();
    words.selectNodeContents(one.firstChild);
    return (one.matches("button") ? one : words).getBoundingClientRect();
  }).filter(({ width }) => width).sort((a, b) => a.left - b.left);
  return told.slice(1).filter(({ left }, at) => left < told[at].right).length;
}"""


def test_a_long_name_is_cut_and_whole_on_focus(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=columns&chosen=thing,boc")
    # Beside what is told of what is chosen there is room for how many banks are above and below by their numbers alone.
    more = page.locator("#columns .more-of button:visible")
    assert page.evaluate(HEADS) == 0
    assert all(len(text.split()) == 2 for text in more.all_text_contents())
    page.get_by_role("button", name=PAGE["filters"]["en"], exact=True).click()
    expect(more).to_have_count(0)
    assert page.evaluate(HEADS) == 0
    page.click("#panel .close")
    expect(more.first).to_be_visible()
    assert page.evaluate(HEADS) == 0
    cut = page.locator("#columns .node[data-cut]").first
    whole = cut.get_attribute("data-whole")
    assert "…" in (cut.text_content() or "")
    cut.evaluate("(node) => node.focus()")
    expect(page.locator("#whole-name")).to_have_text(whole or "")
    # What has the keyboard is told from what is lit, whose rim may be as strong.
    page.evaluate("kgPage.choose('thing', kgPage.data.find('apple'))")
    page.locator("#columns [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    outlined = "(all) => all.filter((one) => getComputedStyle(one).outlineStyle === 'solid')"
    ringed = page.locator("#columns .node").evaluate_all(
        f"(all) => ({outlined})(all).map((one) => one.matches(':focus'))"
    )
    assert ringed == [True]


def test_the_drawing_stands_alone(opened: Opened, text: str) -> None:
    page = opened(text, "#view=columns&theme=dark")
    page.evaluate("kgPage.choose('thing', kgPage.data.find('boc'))")
    taken = page.evaluate("new XMLSerializer().serializeToString(kgPage.views.get('columns').svg())")
    other = page.context.new_page()
    other.set_content(f"<!doctype html><body>{taken}")
    texts = other.locator("text").all_text_contents()
    assert {"5 banks", "9 technology firms", "Baidu"} <= set(texts)
    assert other.locator("[class], [role], [tabindex], [style]").count() == 0
    lines = "[...document.querySelectorAll('path[fill=none]')].map((path) => path.getAttribute('stroke'))"
    strokes = other.evaluate(lines)
    assert len(strokes) == 5
    assert len(set(strokes)) == 5
    assert all(stroke.startswith("rgb(") for stroke in strokes)
    assert other.evaluate("document.querySelector('rect').getAttribute('fill')") == "rgb(20, 23, 27)"


IN_SIGHT = """(things) => {
  const { bottom } = document.getElementById("columns").getBoundingClientRect();
  const top = document.querySelector("#columns .heads").getBoundingClientRect().bottom;
  return things.filter((thing) => [...document.querySelectorAll("#columns .node.lit")].some((node) => {
    const own = node.getBoundingClientRect(), meant = node.dataset.id.endsWith(`|${kgPage.data.find(thing)}`);
    return meant && own.top >= top && own.bottom <= bottom;
  }));
}"""
GOES_THROUGH = """() => {
  const [{ banks, covers, firms, products }] = kgPage.facets.concerned(kgPage.state);
  return [banks, covers, firms, products].flat().map(kgPage.name).sort();
}"""
NODES = """(called) => [...document.querySelectorAll(`#columns .node.${called}`)].filter((one) => !one.closest("use"))
  .map((one) => kgPage.name(Number(one.dataset.id.split("|").at(-1)))).sort()"""


@pytest.mark.parametrize("bank", ["boc", "bank-of-gansu"])
def test_a_pair_that_is_chosen_is_in_sight_and_lit_where_it_goes(opened: Opened, large_text: str, bank: str) -> None:
    page = opened(large_text, f"#view=columns&chosen=pair,{bank},tencent")
    page.locator("#columns:not([aria-busy])").wait_for()
    through = page.evaluate(GOES_THROUGH)
    # Each once, though other groups have boxes of the same capabilities.
    assert page.evaluate(NODES, "lit") == through
    assert page.evaluate(IN_SIGHT, [bank, "tencent"]) == [bank, "tencent"]
    # So is a chip of the matrix.
    page.click("#tab-matrix")
    chip = [bank, "tencent", "cloud-computing"]
    page.evaluate("(chip) => kgPage.choose('chip', ...chip.map(kgPage.data.find))", chip)
    page.click("#tab-columns")
    assert page.evaluate(NODES, "lit") == through
    assert page.evaluate(IN_SIGHT, chip) == chip
    # And on paper.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(NODES, "marked") == through
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    # What is told of it takes room from what is drawn, which is then higher.
    page.evaluate("kgPage.choose(null)")
    page.wait_for_timeout(200)
    page.locator("#columns").evaluate("(place) => { place.scrollTop = 0; }")
    page.evaluate("(pair) => kgPage.choose('pair', ...pair.map(kgPage.data.find))", chip[:2])
    page.wait_for_timeout(300)
    assert page.evaluate(IN_SIGHT, chip[:2]) == chip[:2]


def test_in_a_hand_it_says_what_stands_beside_what_is_in_sight(opened: Opened, text: str) -> None:
    """Banks and capabilities were seen, and nothing said that firms stand farther right, nor that one chosen does."""
    page = opened(text, "#view=columns")
    more = page.locator("#view-columns .toolbar .more-of button:visible")
    firms = PAGE["firms"]["en"].split("|")[1]
    expect(more).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(more).to_have_text(f"→ {firms.format(9)}")
    height = page.locator("#view-columns .toolbar").evaluate("(one) => one.offsetHeight")
    # Of what is chosen it is said of that alone, and a press leads there.
    page.fill("#search", "abc baidu")
    page.keyboard.press("Enter")
    expect(more).to_have_text(f"→ {firms.format(2)}")
    more.click()
    expect(more.first).to_contain_text(f"← {PAGE['capabilities']['en'].split('|')[1].format(19)}")
    firm = page.locator("#columns .node.firm.lit").first.bounding_box()
    assert firm is not None
    assert firm["x"] + firm["width"] < 360
    # Closed, it stays where the press led, and tells of all.
    page.click("#panel .close")
    capabilities = PAGE["capabilities"]["en"].split("|")[1]
    expect(more.first).to_have_text(f"← {capabilities.format(49)}")
    page.locator("#columns").evaluate("(place) => { place.scrollLeft = 0; }")
    expect(more).to_have_text(f"→ {firms.format(9)}")
    assert page.locator("#view-columns .toolbar").evaluate("(one) => one.offsetHeight") == height


def test_a_landscape_that_fits_opens_with_its_columns(opened: Opened, tiny: Landscape, text: str) -> None:
    page = opened(html(tiny.store, tiny.tables))
    expect(page.get_by_role("tab", selected=True)).to_have_text(PAGE["columns"]["en"])
    fits = "(box) => box.scrollHeight <= box.clientHeight + 1"
    assert page.locator("#columns").evaluate(fits)
    other = opened(text)
    expect(other.get_by_role("tab", selected=True)).to_have_text(PAGE["matrix"]["en"])


def test_of_a_great_many_no_piece_is_more_than_can_be_followed(opened: Opened, tmp_path: Path) -> None:
    folder = write_tables(Drawn(300), tmp_path / "tables")
    landscape = build_landscape([folder], tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables), "#view=columns")
    expect(page.locator("#columns .thread")).to_have_count(300)  # when there has been time for all
    assert page.evaluate(JOINED) == []
    tall = "[...document.querySelectorAll('#columns .line')].map((line) => line.getBBox().height)"
    assert max(page.evaluate(tall)) < 4 * 800


ON_A_LINE = """() => {
  for (const line of document.querySelectorAll("#columns .thread.lit .hit")) {
    const area = line.ownerSVGElement.getScreenCTM();
    for (let at = 60; at < line.getTotalLength(); at += 5) {
      const { x, y } = line.getPointAtLength(at).matrixTransform(area);
      if (document.elementFromPoint(x, y) === line) return [x, y];
    }
  }
}"""
MET = """() => [...document.querySelectorAll("#columns .node.capability .box")].map((box) => {
  const { top, bottom } = box.getBoundingClientRect();
  return [...document.querySelectorAll("#columns .tag")].map((tag) => [tag.textContent, tag.getBoundingClientRect()])
    .filter(([, own]) => own.top + own.height / 2 > top && own.top + own.height / 2 < bottom).map(([said]) => said);
})"""
TAGS = """() => [...document.querySelectorAll("#columns .tag")].map((tag) => [tag.dataset.numbers,
  tag.querySelector("text").textContent, getComputedStyle(tag.querySelector("text")).fill])"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_threads_of_a_few_are_told_apart_without_pointing(
    opened: Opened, china: Landscape, text: str, language: str, theme: str
) -> None:
    page = opened(text, f"#view=columns&lang={language}&theme={theme}")
    colours = page.evaluate("""() => [...document.querySelectorAll("#columns .thread")]
      .map((one) => [one.dataset.numbers, getComputedStyle(one.querySelector(".line")).stroke])""")
    assert len(dict(colours)) == len({colour for _, colour in colours}) == 5
    # Where several meet each is named by its firm too, in its colour.
    tags = page.evaluate(TAGS)
    shared = china.tables["covers"].unique(["partnership", "capability"])["capability"].value_counts()
    assert len(tags) == shared.filter(shared["count"] > 1)["count"].sum()
    firms = page.evaluate("kgPage.state.shown.map((one) => one.firms.map(kgPage.name))")
    for number, said, colour in tags:
        assert any(firm.startswith(said.rstrip("…")) for firm in firms[int(number)])
        assert colour == dict(colours)[number]
    # How far each has come is still told by its sign.
    assert page.locator("#columns .handle .mark").count() == 5
    # What steps back when one is followed can be read all the same.
    page.locator("#columns .handle").first.hover()
    looks = page.evaluate("""() => [...document.querySelectorAll("#columns .node:not(.lit) text, .tag:not(.lit) text")]
      .map((one) => [getComputedStyle(one).fill, getComputedStyle(one).fillOpacity])""")
    soft = page.evaluate("""() => {
      document.body.style.setProperty("outline-color", "var(--soft)");
      return getComputedStyle(document.body).outlineColor;
    }""")
    assert {tuple(look) for look in looks} == {(soft, "1")}


@pytest.mark.parametrize("view", ["matrix", "columns", "timeline"])
def test_who_is_sent_an_address_reads_on_where_its_sender_was(opened: Opened, large_text: str, view: str) -> None:
    page = opened(large_text, f"#view={view}")
    page.set_viewport_size({"width": 700, "height": 800})
    place, sides = page.locator(f"#{view}"), "(place) => [place.scrollLeft, place.scrollTop]"

    def turned(by: str) -> str:
        page.locator(f"#{view}:not([aria-busy])").wait_for()
        place.evaluate(f"(place) => place.{by}")
        page.wait_for_timeout(500)
        return str(page.evaluate("location.hash"))

    at, seen = turned("scrollTo(150, 2000)"), place.evaluate(sides)
    assert seen[1] == 2000
    assert (seen[0] == 150) is (view == "matrix")
    page.reload()
    page.wait_for_timeout(500)
    assert place.evaluate(sides)[0] == seen[0]
    assert place.evaluate(sides)[1] == pytest.approx(2000, abs=120)
    assert page.evaluate("location.hash") == at
    # Back from another view one is there again, and so is who closes what is told, where that brought something
    # else into sight; who has gone on since stays, and so does who was sent a link to what is told.
    page.click("#tab-network")
    assert "top=" not in page.evaluate("location.hash")
    page.click(f"#tab-{view}")
    assert page.evaluate("location.hash") == at
    last = page.evaluate("kgPage.data.key(kgPage.state.shown.at(-1).thing)")
    for on, back, sent in [
        ("scrollBy(0, 0)", True, False),
        ("scrollBy(0, -300)", False, False),
        ("scrollBy(0, -300)", False, True),
    ]:
        page.evaluate("document.activeElement.blur()")
        page.evaluate(f"kgPage.choose('thing', kgPage.data.find('{last}'))")
        page.wait_for_timeout(300)
        expect(place.locator(".chosen, .lit").first).to_be_in_viewport()
        assert turned(on).partition("&chosen")[0] != at
        moved = page.evaluate("kgPage.state.top.things")
        if sent:
            page.reload()
            page.wait_for_timeout(500)
        page.keyboard.press("Escape")
        page.wait_for_timeout(500)
        assert (page.evaluate("location.hash") == at) is back
        assert back or page.evaluate("kgPage.state.top.things") == moved
    # What is drawn anew may have something else where it stood, of which the address then tells; on paper it stays.
    page.evaluate("kgPage.facets.toggle('stage', kgPage.state.shown.at(-1).stage)")
    at, seen = turned("scrollTo(0, 500)"), place.evaluate(sides)
    assert seen[1] > 100
    page.evaluate("kgPage.facets.clear()")
    again = turned("scrollBy(0, 0)")
    assert again.partition("top=")[2] not in ("", at.partition("top=")[2])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert turned("scrollBy(0, 0)") == again
    seen = place.evaluate(sides)
    page.reload()
    page.wait_for_timeout(500)
    assert place.evaluate(sides)[1] == pytest.approx(seen[1], abs=120)
    # What is not there is nowhere: it begins where it begins.
    page.evaluate("location.hash = location.hash.replace(/top=[^&]*/, 'top=nowhere')")
    page.wait_for_timeout(300)
    assert place.evaluate(sides) == [0, 0]


def test_threads_of_many_have_the_colours_of_their_stages(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=columns")
    assert page.locator("#columns .tag").count() == 0
    assert page.locator("#columns_tags").is_hidden()
    assert page.locator("#columns .thread[class*=' t']").count() == 0
    # What is chosen stands out, whatever comes to lie beneath a pointer that rests; what it then goes to, among it.
    choose = "kgPage.choose('thing', kgPage.data.find('mobile-payment'))"
    page.evaluate(choose)
    page.wait_for_timeout(200)
    x, y = page.evaluate(ON_A_LINE)
    page.click("#panel .close")
    page.mouse.move(x, y)
    page.evaluate(choose)
    page.wait_for_timeout(300)
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).matches('.hit')", [x, y])
    chosen = page.evaluate("kgPage.facets.concerned(kgPage.state).size")
    assert page.locator("#columns .thread.lit").count() == chosen > 1
    assert page.locator("#columns .pointed").count() == 0
    page.mouse.move(x + 1.5, y + 1.5)
    expect(page.locator("#columns .thread.pointed")).to_have_count(1)
    assert page.locator("#columns .thread.lit").count() == chosen
    assert page.locator("#columns [aria-pressed=true]:not(.lit)").count() == 0
    # Of fewer, those that meet at a capability are told apart by words: by the bank where the firm is the same.
    page.click("#panel .close")
    page.evaluate("kgPage.facets.toggle('capability', kgPage.data.find('mobile-payment'))")
    page.locator("#columns:not([aria-busy])").wait_for()
    met = page.evaluate(MET)
    assert max(map(len, met)) > 2
    assert [tags for tags in met if len(set(tags)) < len(tags)] == []
