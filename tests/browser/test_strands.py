"""What a SELECT answers, row by row: which things go together is seen at once, also where rows meet."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from browser.test_access import faults
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.views.page import PAGE

Opened = Callable[..., Page]
SELECT = """SELECT ?bank ?firm ?on (COUNT(*) AS ?n) {
  ?p kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on . ?on skos:broader id:credit } GROUP BY ?bank ?firm ?on"""
MEETING = """SELECT ?bank ?on ?firm ?from {
  ?p kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on . ?on skos:broader id:payments
  OPTIONAL { ?p kg:announcedEarliest ?from } }"""
ALL = "SELECT ?bank ?on ?firm { ?p kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on }"
STRANDS = """() => {
  // Each strand as it is seen: the boxes at whose sides its lines begin and end, and the words at its end.
  for (const piece of document.querySelectorAll("#strands .piece")) piece.style.contentVisibility = "visible";
  const place = (one) => one.getBoundingClientRect(), near = (a, b) => Math.abs(a - b) < 1.5;
  const name = (node) => node.getAttribute("aria-label")?.replace(/(, |，)[^,，]*$/, "") ?? node.textContent;
  const boxes = [...document.querySelectorAll("#strands .node .box")]
    .map((box) => ({ name: name(box.parentNode), ...place(box).toJSON() }));
  const at = (x, y, side) => boxes.find((box) => near(box[side], x) && y > box.top && y < box.bottom);
  return [...document.querySelectorAll("#strands .thread")].map((thread) => {
    const met = [], ports = [];
    for (const line of thread.querySelectorAll(".line")) {
      const at_ = (far) => line.getPointAtLength(far).matrixTransform(line.getScreenCTM());
      const [start, end] = [0, line.getTotalLength()].map(at_);
      const from = at(start.x, start.y, "right"), to = at(end.x, end.y, "left");
      if (!met.length) met.push(from.name);
      if (met.at(-1) !== from.name) throw new Error(`${met.at(-1)} is left for ${from.name}`);
      ports.push(`${from.name} ${start.y.toFixed(0)}`);
      if (to) met.push(to.name);
      else for (const text of thread.querySelectorAll(".told"))
        if (place(text).top < end.y && place(text).bottom > end.y) met.push(text.dataset.whole ?? text.textContent);
    }
    return { met, ports };
  });
}"""
LIT = """[...document.querySelectorAll("#strands .node.lit, #strands .thread.lit .told")]
  .map((one) => one.getAttribute("aria-label")?.replace(/(, |，)[^,，]*$/, "") ?? one.textContent)"""


def named(landscape: Landscape, query: str, language: str = "en") -> list[list[str]]:
    names = dict(landscape.tables.labels(language).iter_rows())
    return [[names.get(cell, str(cell or "")) for cell in row] for row in landscape.select(query).iter_rows()]


def taken(page: Page, what: str) -> str:
    page.click("#take")
    with page.expect_download() as download:
        page.click(f"#take-{what}")
    return Path(download.value.path()).read_text("utf-8-sig")


def crossed(strands: list[dict[str, list[str]]]) -> list[object]:
    """Strands that cross though they go from one box to the same other."""
    between: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for strand in strands:
        ports = [one.rsplit(" ", 1) for one in strand["ports"]]
        for (a, y), (b, to) in itertools.pairwise(ports):
            between.setdefault((a, b), []).append((float(y), float(to)))
    return [ends for ends, lines in between.items() if [to for _, to in sorted(lines)] != sorted(to for _, to in lines)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_row_is_a_strand_of_its_own_and_says_so_where_rows_meet(
    opened: Opened, china: Landscape, language: str
) -> None:
    page = opened(china.page(query=MEETING, language=language).html)
    asked = named(china, MEETING, language)
    strands = page.evaluate(STRANDS)
    assert sorted(strand["met"] for strand in strands) == sorted([cell for cell in row if cell] for row in asked)
    # No two lie upon each other at a box.
    assert max(Counter(port for strand in strands for port in strand["ports"]).values()) == 1
    assert not crossed(strands)
    # Where rows of several banks meet and part again, each names the firm it goes on to.
    meeting = {
        on: sorted(firm for _, other, firm, _ in asked if other == on)
        for on in {row[1] for row in asked}
        if len({row[0] for row in asked if row[1] == on}) > 1 and len({row[2] for row in asked if row[1] == on}) > 1
    }
    assert meeting
    tags = page.locator("#strands .tag").all_text_contents()
    assert sorted(tags) == sorted(firm for firms in meeting.values() for firm in firms)
    expect(page.locator("#answer_tags")).to_be_visible()
    # Each in a colour of its own: two of one bank had one. (They meet at one thing here.)
    colours = "(all) => all.map((one) => getComputedStyle(one.querySelector('text')).fill)"
    assert len(meeting) == 1
    assert len(set(page.locator("#strands .tag").evaluate_all(colours))) == len(tags) == 3
    # In a picture of it too, which says what its signs mean.
    root = ET.fromstring(taken(page, "svg"))
    said = Counter("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
    assert all(said[tag] >= count for tag, count in Counter(tags).items())
    assert all(said[day] == count for day, count in Counter(row[3] for row in asked if row[3]).items())
    for word in ("bank", "firm", "capability", "answer_colours"):
        assert said[PAGE[word][language]] == 1
        expect(page.locator(".legend")).to_contain_text(PAGE[word][language])
    expect(page.locator(".legend")).not_to_contain_text(PAGE["product"][language])
    # And on paper.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert sorted(page.locator(".paged .tag").all_text_contents()) == sorted(tags)
    assert page.locator(".paged .thread").count() == len(strands)


def test_a_select_joins_the_entities_of_each_row(opened: Opened, china: Landscape) -> None:
    answer = china.page(query=SELECT)
    assert answer.left_out == ()
    page = opened(answer.html)
    expect(page.locator("#count")).to_have_text("6 rows of the answer · 9 things")
    expect(page.locator("#filter")).to_be_hidden()
    asked = named(china, SELECT)
    assert sorted(strand["met"] for strand in page.evaluate(STRANDS)) == sorted(asked)
    # What is stated of two is a whole line, what only a row joins a dashed one; the legend tells both.
    dashes = (
        page.locator("#strands .thread")
        .first.locator(".line")
        .evaluate_all("(lines) => lines.map((line) => getComputedStyle(line).strokeDasharray !== 'none')")
    )
    assert dashes == [False, True, False]
    expect(page.locator(".legend")).to_contain_text("partners with")
    expect(page.locator(".legend")).to_contain_text(PAGE["row"]["en"])
    page.locator("#strands").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    chosen = page.locator("#panel h2").inner_text()
    assert chosen in {row[1] for row in asked}
    # The rows of what is chosen, and without a choice all.
    for wanted in ([row for row in asked if chosen in row], asked):
        rows = list(csv.reader(io.StringIO(taken(page, "csv"))))
        assert rows == [["bank", "firm", "on", "n"], *wanted]
        assert wanted
        if page.locator("#panel").is_visible():
            page.click("#panel .close")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whole_rows_stand_out_where_many_meet_at_one_thing(opened: Opened, china: Landscape, language: str) -> None:
    page = opened(china.page(query=MEETING, language=language).html)
    names = dict(china.tables.labels(language).iter_rows())
    asked = named(china, MEETING, language)
    expect(page.locator(".hint").first).to_have_text(PAGE["answer_rows_hint"][language])
    for key in ("ccb", "electronic-payment"):
        name = names[f"https://w3id.org/partnership-kg/id/{key}"]
        own = [row for row in asked if name in row]
        cells = {cell for row in own for cell in row if cell}
        node = page.locator("#strands .node", has_text=name)
        # Under the pointer its rows stand out, and no longer when it is gone.
        node.hover()
        page.wait_for_timeout(200)
        assert set(page.evaluate(LIT)) == cells
        page.mouse.move(20, 20)
        page.wait_for_timeout(200)
        assert page.evaluate(LIT) == []
        node.click()
        expect(page.locator("#panel h3").first).to_have_text(re.compile(rf"^{len(own)} |{len(own)} 行$"))
        heads = page.locator("#panel .answer-rows th").all_inner_texts()
        assert heads == ["bank", "on", "firm", "from"]
        told = [row.locator("td").all_inner_texts() for row in page.locator("#panel .answer-rows tbody tr").all()]
        assert told == own
        assert set(page.evaluate(LIT)) == cells
        assert PAGE["row"][language] not in page.locator("#panel").inner_text()
        # A row that is pointed at stands out among them.
        page.locator("#panel .answer-rows tbody tr").first.hover()
        page.wait_for_timeout(200)
        expect(page.locator("#strands .thread.pointed")).to_have_count(1)
        assert faults(page) == []
        page.keyboard.press("Escape")
        page.mouse.move(20, 20)
        page.wait_for_timeout(200)


def test_a_line_is_told_under_the_pointer_and_chosen_by_a_click(opened: Opened, china: Landscape) -> None:
    page = opened(china.page(query=SELECT).html)
    x, y = page.locator("#strands .thread .hit").first.evaluate(
        """(line) => {
          const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
          return [x, y];
        }"""
    )
    row = page.evaluate(STRANDS)[0]["met"]
    page.mouse.move(x, y)
    expect(page.locator("#whole-name")).to_have_text(f"{' – '.join(row)} · {row[0]} partners with {row[1]}")
    page.mouse.click(x, y)
    expect(page.locator("#panel h2")).to_have_text(f"{row[0]} – {row[1]}")
    expect(page.locator("#panel")).to_contain_text("follows by the rule partners")
    page.mouse.click(640, 740)
    expect(page.locator("#panel")).to_be_hidden()
    # Of rows that are the same in all it tells how many they are.
    query = "SELECT ?bank ?firm { VALUES ?n { 1 2 3 } ?bank kg:partnersWith ?firm FILTER(?firm = id:baidu) }"
    same = opened(china.page(query=query).html)
    expect(same.locator("#count")).to_contain_text("3 rows of the answer")
    expect(same.locator("#strands .thread")).to_have_count(1)
    assert PAGE["rows_of"]["en"].split("|")[1].replace("{}", "3") in (
        same.locator("#strands .hit").get_attribute("data-whole") or ""
    )
    assert b" \xc3\x97 3</title>" in china.picture(query=query).svg


@pytest.mark.parametrize("size", [(375, 800), (844, 390), (1280, 800)])
def test_many_rows_open_on_some_that_can_be_read_from_end_to_end(
    opened: Opened, large: Landscape, size: tuple[int, int]
) -> None:
    page = opened(large.page(query=ALL).html)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(200)
    seen = page.evaluate(
        """() => {
          const area = document.querySelector("#strands").getBoundingClientRect();
          const met = {};
          for (const node of document.querySelectorAll("#strands .node")) {
            const { left, right, top, bottom } = node.getBoundingClientRect();
            if (left < area.left || right > area.right || top < area.top || bottom > area.bottom) continue;
            met[node.dataset.column] = (met[node.dataset.column] || 0) + 1;
          }
          return [met, parseFloat(getComputedStyle(document.querySelector("#strands .node text")).fontSize)];
        }"""
    )
    assert set(seen[0]) == {"0", "1", "2"}
    assert seen[1] >= 13
    if size[0] < 1280:
        return
    # All of it is there, further down, however many pieces it stands in.
    page.evaluate("kgPage.views.get('answer').svg()")
    strands = page.evaluate(STRANDS)
    rows = {tuple(row): row for row in named(large, ALL)}
    assert sorted(strand["met"] for strand in strands) == sorted(rows.values())
    # What is chosen elsewhere comes into sight.
    page.fill("#search", "Avafin")
    page.keyboard.press("Enter")
    expect(page.locator("#strands [aria-pressed='true']").first).to_be_in_viewport()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?on (COUNT(?p) AS ?n) { ?p kg:covers ?on } GROUP BY ?on ORDER BY DESC(?n) LIMIT 12",
        """SELECT ?firm ?on (COUNT(?p) AS ?n) { ?p kg:techParty ?firm ; kg:covers ?on }
        GROUP BY ?firm ?on ORDER BY DESC(?n) ?firm ?on LIMIT 60""",
    ],
)
def test_rows_stand_in_the_order_that_the_query_asks_for(opened: Opened, large: Landscape, query: str) -> None:
    rows = named(large, query)
    page = opened(large.page(query=query).html)
    page.evaluate("kgPage.views.get('answer').svg()")
    seen = page.evaluate(
        """() => {
          for (const piece of document.querySelectorAll("#strands .piece")) piece.style.contentVisibility = "visible";
          const height = (one) => one.getBoundingClientRect().top;
          return [...document.querySelectorAll("#strands .node[data-column='0']")].sort((a, b) => height(a) - height(b))
            .map((node) => node.getAttribute("aria-label").replace(/, [^,]*$/, ""));
        }"""
    )
    wanted = list(dict.fromkeys(row[0] for row in rows))
    assert list(dict.fromkeys(seen)) == wanted
    drawn = ET.fromstring(large.picture(query=query).svg)
    texts = [
        one for one in drawn.iter("{http://www.w3.org/2000/svg}text") if one.text in wanted and one.get("x") == "9"
    ]
    assert list(dict.fromkeys(one.text for one in sorted(texts, key=lambda one: float(one.get("y", 0))))) == wanted


@pytest.mark.parametrize(("what", "width"), [("SELECT ?on", 718), ("CONSTRUCT { ?p kg:covers ?on }", 1047)])
def test_few_rows_have_no_larger_letters_on_paper_than_its_texts(
    opened: Opened, china: Landscape, what: str, width: int
) -> None:
    page = opened(china.page(query=f"{what} {{ ?p kg:covers ?on }} ORDER BY ?on LIMIT 2").html)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": 1000})  # a sheet within its margins
    high = page.locator("#printed text, .paged .node text").first.evaluate(
        "(text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
    )
    body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert 8 < high <= body


def test_what_a_row_lacks_and_what_is_no_thing_is_drawn_as_such(
    opened: Opened, tables: Callable[..., Path], tmp_path: Path
) -> None:
    evil = "<img src=x onerror=window.hacked=1>"
    folder = tables(
        organizations=f"id,type,label@en,source\na,Bank,{evil},s#1\nb,Bank,Bank b,s#1\n",
        sources="id,title@en,issued,language,source\ns,</script><script>window.hacked=2</script>,2017,en,s#1\n",
    )
    landscape = build_landscape([folder], tmp_path / "kg")
    query = f"""SELECT ?who ?what ?other ?said {{ VALUES (?who ?what ?other ?said) {{
      (id:a <javascript:window.hacked=3> id:b "{evil}{{{{7*7}}}}") (id:b UNDEF id:a UNDEF)
      (id:b "words &amp; {evil}" id:a "one") (id:a UNDEF UNDEF "two")
      (UNDEF UNDEF UNDEF "alone") }} }}"""
    drawn = ET.fromstring(landscape.picture(query=query).svg)
    assert f"{evil} – two" in [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}title")]
    page = opened(landscape.page(query=query).html)
    met = sorted(strand["met"] for strand in page.evaluate(STRANDS))
    none, broken = PAGE["none"]["en"], f"words &amp; {evil}".replace(" onerror", "onerror")  # in two lines
    assert met == sorted(
        [
            [evil, "javascript:window.hacked=3", "Bank b", f"{evil}{{{{7*7}}}}"],
            ["Bank b", none, evil],
            [
                "Bank b",
                broken,
                evil,
                "one",
            ],
            [evil, none, none, "two"],
            [none, none, none, "alone"],
        ]
    )
    for node in page.locator("#strands [role='button']").all():
        node.click()
        assert page.locator("#panel img, #panel script, #strands img, a[href^=javascript]").count() == 0
        node.hover()
        page.keyboard.press("Escape")
    ET.fromstring(taken(page, "svg"))
    assert evil in taken(page, "csv")
    assert page.evaluate("window.hacked") is None
    assert faults(page) == []


def test_a_picture_is_of_the_rows_in_sight_or_of_those_chosen(opened: Opened, large: Landscape) -> None:
    page = opened(large.page(query=ALL).html)

    def said(part: str) -> Counter[str]:
        page.click("#take")
        page.locator("#take-part").select_option(part)
        page.keyboard.press("Escape")
        root = ET.fromstring(taken(page, "svg"))
        return Counter(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))

    page.locator("#strands").evaluate("(one) => one.scrollTo(0, 3000)")
    page.wait_for_timeout(300)
    first = page.locator("#strands .node.lit, #strands .node").evaluate_all(
        "(all) => all.find((one) => one.getBoundingClientRect().top > 300).textContent"
    )
    seen = said("near")
    assert seen[first]
    count = next(int(text.split("in sight · ")[1].split()[0]) for text in seen if "in sight · " in text)
    assert 0 < count < 100
    page.evaluate("kgPage.choose('thing', kgPage.data.find('google'))")
    own = [row for row in named(large, ALL) if row[2] == "Google"]
    things = {cell for row in own for cell in row}
    drawn = said("chosen")
    assert any(text.endswith(f"Google · {len(own)} rows of the answer · {len(things)} things") for text in drawn)
    assert drawn["Google"] == 1
    assert not drawn["Apple"]
    # The view is as it was.
    assert page.locator("#strands .thread").count() > len(own)
    # Who closes what is told is back where he was, and so is who is sent the address of that.
    page.click("#panel .close")
    page.wait_for_timeout(500)
    top = "(place) => place.scrollTop"
    assert page.locator("#strands").evaluate(top) == 3000
    page.reload()
    page.wait_for_timeout(300)
    assert page.locator("#strands").evaluate(top) == pytest.approx(3000, abs=2)
