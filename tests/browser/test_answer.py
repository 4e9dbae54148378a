"""From a query to a picture: just what it answers, with its evidence, and clear words where there is none."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import polars as pl
import pytest
from browser.test_access import faults
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from test_identity import GOOD, SAME

from kg.cli import group
from kg.errors import BadQuery
from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.views.page import PAGE, html
from kg.views.words import PROPERTIES

Opened = Callable[..., Page]
IDS = "https://w3id.org/partnership-kg/id/"
CONSTRUCT = """CONSTRUCT { ?p kg:bankParty ?bank ; kg:covers ?c ; <http://a.example/says> "in words" } WHERE {
  ?p kg:bankParty ?bank ; kg:covers ?c . ?c skos:broader id:payments }"""
SELECT = """SELECT ?bank ?firm ?on (COUNT(*) AS ?n) {
  ?p kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on . ?on skos:broader id:credit } GROUP BY ?bank ?firm ?on"""
PAIRS = "CONSTRUCT { ?bank kg:partnersWith ?firm } WHERE { ?deal kg:bankParty ?bank ; kg:techParty ?firm }"
DEALS = "CONSTRUCT { ?deal kg:covers ?on } WHERE { ?deal kg:covers ?on }"
GROUPS = """() => [...document.querySelectorAll("#printed > svg")].flatMap((sheet) => {
  const sizes = ["x", "y", "width", "height"], own = [...sheet.children], area = (one) => one.viewBox.baseVal;
  const placed = (one) => new DOMRect(...sizes.map((side) => one[side].baseVal.value));
  const within = (box, all) => box.x >= all.x - 0.1 && box.y >= all.y - 0.1
    && box.x + box.width <= all.x + all.width + 0.1 && box.y + box.height <= all.y + all.height + 0.1;
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return own.map((one) => ({ boxes: one.querySelectorAll("rect").length,
    over: own.some((other) => other !== one && meet(placed(one), placed(other))),
    beyond: !within(placed(one), area(sheet))
      || ![...one.querySelectorAll("rect, path")].every((part) => within(part.getBBox(), area(one))) }));
})"""
OVERLAPS = """() => {
  const boxes = kgPage.data.drawn.map(({ id }) => kgPage.network.getBoundingBox(id)), found = [];
  for (const [i, one] of boxes.entries()) for (const two of boxes.slice(i + 1))
    if (one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom) found.push(i);
  return found;
}"""
BEHIND = """() => {
  // Points on each line, and the boxes that it doesn't join: none holds one of them.
  const points = (d) => {
    const found = [];
    let x = 0, y = 0;
    for (const [, letter, rest] of d.matchAll(/([MHC])([^MHC]*)/g)) {
      const [ax, ay, bx, by, cx, cy] = rest.split(/[ ,]/).map(Number);
      for (let t = 0; t <= 1 && letter !== "M"; t += 0.05) {
        const s = 1 - t, [one, two, three, four] = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3];
        found.push(letter === "H" ? [x + (ax - x) * t, y]
          : [one * x + two * ax + three * bx + four * cx, one * y + two * ay + three * by + four * cy]);
      }
      [x, y] = letter === "M" ? [ax, ay] : letter === "H" ? [ax, y] : [cx, cy];
    }
    return found;
  };
  return kgPage.lines.flatMap(({ from, to, d }) => {
    const all = points(d), over = kgPage.data.drawn.find((box) => box.id !== from && box.id !== to
      && all.some(([x, y]) => Math.abs(box.x - x) < box.width / 2 && Math.abs(box.y - y) < box.height / 2));
    return over ? [[from, to, over.id].map(kgPage.data.key)] : [];
  });
}"""
IN_SIGHT = """() => {
  const { network, data } = kgPage, { clientWidth, clientHeight } = document.getElementById("network");
  return data.drawn.filter(({ x, y, width, height }) => {
    const start = network.canvasToDOM({ x: x - width / 2, y: y - height / 2 });
    const end = network.canvasToDOM({ x: x + width / 2, y: y + height / 2 });
    return start.x >= 0 && start.y >= 0 && end.x <= clientWidth && end.y <= clientHeight;
  }).map(({ id, letters }) => [id, letters * network.getScale()]);
}"""
TABLE = ("subject", "predicate", "object", "answer_tag", "column_sources", "column_titles", "column_addresses")
VALUES = "(language) => kgPage.data.drawn.map(({ id, values }) => [kgPage.data.key(id), values[language]])"
WRITTEN = """() => {
  // What is written on the canvas when it is drawn.
  const { prototype } = CanvasRenderingContext2D, { fillText } = prototype, found = [];
  prototype.fillText = function (text, ...at) {
    found.push(text);
    fillText.call(this, text, ...at);
  };
  kgPage.network.renderer._redraw();
  prototype.fillText = fillText;
  return found;
}"""
LINES = "kgPage.data.edges.map(({ from, predicate, to }) => [kgPage.data.key(from), predicate, kgPage.data.key(to)])"


@pytest.fixture(scope="module")
def pairs(large: Landscape) -> str:
    """Who partners with whom, of all landscapes, drawn."""
    return large.page(query=PAIRS).html


def table(page: Page, language: str) -> list[dict[str, str]]:
    """The rows of the table that is taken along, by the words of the page for their columns."""
    page.click("#take")
    with page.expect_download() as download:
        page.click("#take-csv")
    assert download.value.suggested_filename == f"{PAGE['answer'][language]} {PAGE['table'][language]}.csv"
    heads, *rows = csv.reader(Path(download.value.path()).read_text("utf-8-sig").splitlines())
    assert heads == [PAGE[column][language] for column in TABLE]
    return [dict(zip(TABLE, row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_construct_shows_its_triples_and_who_says_so(opened: Opened, china: Landscape, language: str) -> None:
    page = opened(china.page(query=CONSTRUCT, language=language).html, "#theme=dark")
    wanted = china.select(
        "SELECT DISTINCT ?p ?bank ?c { ?p kg:bankParty ?bank ; kg:covers ?c . ?c skos:broader id:payments }"
    )
    short = {(p.rpartition("/")[2], bank.rpartition("/")[2], c.rpartition("/")[2]) for p, bank, c in wanted.iter_rows()}
    triples = {(p, "kg:bankParty", bank) for p, bank, _ in short} | {(p, "kg:covers", c) for p, _, c in short}
    assert {tuple(line) for line in page.evaluate(LINES)} == triples
    assert page.evaluate("kgPage.views.names()") == ["answer"]
    assert page.evaluate(OVERLAPS) == []
    assert faults(page) == []
    names = dict(china.tables.labels(language).iter_rows())
    # What is said in words stands below the name, is counted, found, and told by the keyboard.
    deals = {p for p, *_ in short}
    below = {key: lines for key, lines in page.evaluate(VALUES, language) if lines}
    assert below == {deal: [f"says{PAGE['colon'][language]}in words"] for deal in deals}
    counts = [("things", len({end for s, _, o in triples for end in (s, o)})), ("lines", len(triples))]
    counted = [*counts, ("answer_values", len(deals))]
    head = [PAGE[word][language].split("|")[-1].replace("{}", str(many)) for word, many in counted]
    expect(page.locator("#count")).to_have_text(" · ".join(head))
    assert page.evaluate(WRITTEN).count(f"says{PAGE['colon'][language]}in words") == len(deals)
    page.fill("#search", "in words")
    expect(page.locator("#found [role=option]")).to_have_count(len(deals))
    page.keyboard.press("Escape")
    page.locator("#network").focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        said = page.locator("#said").text_content()
        assert said is not None
        known = [key for key in below if names[IDS + key] in said]
        assert ("in words" in said) == bool(known), said
    page.fill("#search", names[f"{IDS}ccb"])
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(names[f"{IDS}ccb"])
    expect(panel).to_contain_text("L17 · L33")
    page.evaluate("kgPage.choose('thing', kgPage.data.find('ccb-alibaba'))")
    expect(panel).to_contain_text("in words")
    expect(panel).to_contain_text(PAGE["made"][language])
    # The table has of each statement the passages, as the command has them, and of what the query made none.
    rows = table(page, language)
    assert len(rows) == len(triples) + len({p for p, _, _ in short})
    assert {row["column_sources"] for row in rows if row["object"] == "in words"} == {""}
    why = china.why("ccb-alibaba", language=language).filter(predicate="kg:bankParty")
    ends = [names[f"{IDS}{end}"] for end in ("ccb-alibaba", "ccb")]
    [row] = [row for row in rows if [row["subject"], row["object"]] == ends]
    said = zip(*(row[column].split("|") for column in TABLE[4:]), strict=True)
    passages = {(passage.partition("#")[0], title, address) for passage, title, address in said}
    known = why.select("source", "source_label", pl.col("address").fill_null("")).rows()
    assert passages == set(known)


def test_what_follows_by_a_rule_is_shown_with_what_it_rests_on(opened: Opened, china: Landscape) -> None:
    page = opened(china.page(query="CONSTRUCT { id:abc-baidu kg:covers id:cash-loan } WHERE {}").html)
    assert page.evaluate(LINES) == [["abc-baidu", "kg:covers", "cash-loan"]]
    page.fill("#search", "ABC and Baidu")
    page.keyboard.press("Enter")
    # What it rests on is told beneath it, and is no statement of the answer.
    expect(page.locator("#panel > dl > dt")).to_have_text(["ABC and Baidu covers Cash loan"])
    grounds = page.locator("#panel dd dl")
    expect(grounds.locator("dt").first).to_contain_text("ABC and Baidu delivers")
    expect(grounds.locator("dt").last).to_contain_text("realizes Cash loan")
    expect(grounds.locator("dd a[href^=http]").first).to_be_visible()
    told = [" ".join(dd.split()) for dd in grounds.locator("dd").all_inner_texts()]
    # Where the answer says that too, it stands as a statement besides, with each passage once.
    query = "CONSTRUCT { id:abc-baidu kg:covers id:cash-loan ; kg:delivers ?p } WHERE { id:abc-baidu kg:delivers ?p }"
    other = opened(china.page(query=query).html)
    other.fill("#search", "ABC and Baidu")
    other.keyboard.press("Enter")
    expect(other.locator("#panel > dl > dt").nth(2)).to_contain_text("delivers")
    assert [" ".join(dd.split()) for dd in other.locator("#panel dd dl dd").all_inner_texts()] == told


DERIVED = {
    "CONSTRUCT { id:boc kg:partnersWith id:tencent } WHERE {}": ("boc", "tencent", "kg:partnersWith"),
    "CONSTRUCT { id:boc-tencent kg:announcedEarliest ?d } WHERE { id:boc-tencent kg:announcedEarliest ?d }": (
        "boc-tencent", None, "kg:announcedEarliest",
    ),
    "CONSTRUCT { ?m kg:agreedLatest ?d } WHERE { ?m kg:of id:ccb-alibaba ; kg:agreedLatest ?d }": (
        "ccb-alibaba", None, "kg:agreedLatest",
    ),
}  # fmt: skip


@pytest.mark.parametrize("query", DERIVED)
def test_partners_and_days_are_shown_with_what_they_rest_on(opened: Opened, china: Landscape, query: str) -> None:
    one, other, predicate = DERIVED[query]
    page = opened(china.page(query=query).html)
    page.evaluate("kgPage.choose('thing', kgPage.data.drawn[0].id)")
    told = page.locator("#panel > dl > dd > dl").first.inner_text()
    rows = china.why(*filter(None, (one, other))).filter(pl.col("predicate") == predicate, pl.col("rule").is_not_null())
    rests = {passage for row in rows["rests_on"] for passage in row}
    assert rests
    for passage in rests:
        assert passage.partition("#")[2] in told, passage
    assert {passage for row in table(page, "en") for passage in row["column_sources"].split("|")} == rests


def test_what_is_one_with_another_is_shown_with_the_judgements(
    opened: Opened, tables: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tables(**GOOD, same=SAME)
    landscape = build_landscape(folder, tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables))
    page.evaluate("kgPage.choose('thing', kgPage.data.find('abc'))")
    head = page.locator("#panel > dl > dt", has_text=PROPERTIES["skos:exactMatch"]["en"])
    grounds = head.locator("xpath=following-sibling::dd[1]/dl")
    expect(grounds.locator("dt")).to_have_count(3)
    expect(grounds).to_contain_text("p3")
    answer = opened(landscape.page(query="CONSTRUCT { id:abc skos:exactMatch id:agri } WHERE {}").html)
    answer.evaluate("kgPage.choose('thing', kgPage.data.find('abc'))")
    expect(answer.locator("#panel > dl > dt")).to_have_count(1)
    expect(answer.locator("#panel > dl > dd > dl dt")).to_have_count(3)


FAR = """CONSTRUCT { ?p kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?c ; kg:delivers ?made .
  ?made kg:realizes ?c . ?c skos:broader ?above . ?firm kg:subsidiaryOf ?owner . ?bank kg:partnersWith ?firm .
  ?c kg:of ?c
} WHERE { ?p kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?c . OPTIONAL { ?c skos:broader ?above }
  OPTIONAL { ?p kg:delivers ?made . ?made kg:realizes ?c } OPTIONAL { ?firm kg:subsidiaryOf ?owner } }"""


def test_lines_at_a_side_of_a_box_stand_beside_each_other_in_the_order_of_their_ends(
    opened: Opened, pairs: str
) -> None:
    page = opened(pairs)
    found = page.evaluate(
        """() => {
          const at = new Map(kgPage.data.drawn.map((box) => [box.id, box])), met = {};
          for (const { from, to, d, end } of kgPage.lines)
            for (const [own, other, y] of [[from, to, Number(d.match(/M[^,]*,([-\\d.]+)/)[1])], [to, from, end[1]]])
              (met[own] ||= []).push([at.get(other).y, y - at.get(own).y, at.get(own).height / 2]);
          return Object.values(met);
        }"""
    )
    assert max(map(len, found)) > 8
    for side in found:
        places = [y for _, y, _ in sorted(side)]
        assert all(later - y >= 3 for y, later in itertools.pairwise(places))
        assert all(abs(y) < half for _, y, half in side)


def test_no_line_lies_behind_a_box_that_it_does_not_join(opened: Opened, china: Landscape, large: Landscape) -> None:
    page = opened(large.page(query=FAR + " LIMIT 400").html)
    assert page.evaluate("kgPage.lines.length") > 200
    assert page.evaluate("new Set(kgPage.data.drawn.map(({ x }) => x)).size") > 4
    assert page.evaluate(BEHIND) == []
    few = opened(china.page(query=FAR + " LIMIT 30").html)
    assert few.evaluate(BEHIND) == []
    # The measure sees a straight line as what it is.
    few.evaluate(
        """() => {
          const { drawn } = kgPage.data;
          const left = drawn.reduce((a, b) => (a.x < b.x ? a : b));
          const right = drawn.reduce((a, b) => (a.x > b.x ? a : b));
          const between = drawn.find(({ x }) => x > left.x && x < right.x);
          kgPage.lines.push({ from: left.id, to: right.id, d: `M${left.x},${between.y}H${right.x}` });
        }"""
    )
    assert few.evaluate(BEHIND)


def test_the_picture_has_what_lies_out_of_sight_too(opened: Opened, china: Landscape) -> None:
    page = opened(china.page(query=CONSTRUCT).html)
    page.evaluate("kgPage.network.moveTo({ scale: 3 })")
    page.click("#take")
    with page.expect_download() as download:
        page.click("#take-svg")
    root = ET.fromstring(Path(download.value.path()).read_bytes())
    said = "".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")).replace(" ", "")
    for name in page.evaluate("kgPage.data.drawn.map(({ id }) => kgPage.name(id))"):
        assert name.replace(" ", "") in said
    assert said.count("says:inwords") == page.evaluate("kgPage.data.values") > 2
    arrows = page.evaluate("kgPage.lines.length")
    # One for each of the two predicates stands in the legend.
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 2 * (arrows + 2)


CUT = """() => {
  // What is in sight in part: boxes whose left end, with the beginning of a name, is not.
  const { network, data } = kgPage, { clientWidth, clientHeight } = document.getElementById("network");
  return data.drawn.filter(({ x, y, width, height }) => {
    const start = network.canvasToDOM({ x: x - width / 2, y: y - height / 2 });
    const end = network.canvasToDOM({ x: x + width / 2, y: y + height / 2 });
    return start.x < 0 && end.x > 0 && end.y > 0 && start.y < clientHeight;
  }).map(({ id }) => kgPage.name(id));
}"""
BOTH = """CONSTRUCT { ?a kg:subsidiaryOf ?b . ?bank kg:partnersWith ?firm } WHERE {
  { ?a kg:subsidiaryOf ?b } UNION
  { SELECT DISTINCT ?bank ?firm { ?p kg:bankParty ?bank ; kg:techParty ?firm } ORDER BY ?bank ?firm LIMIT 45 } }"""


def test_each_predicate_has_a_stroke_of_its_own_that_the_legend_names(opened: Opened, large: Landscape) -> None:
    page = opened(large.page(query=BOTH).html)
    assert page.evaluate("kgPage.lines.length") > 60
    named = ["partners with", "belongs to"]
    assert [one for one in page.locator(".legend li").all_text_contents() if one in named] == named
    dashes = page.evaluate(
        """() => {
          const drawn = kgPage.picture("all"), found = kgPage.data.edges.map(() => null);
          kgPage.lines.forEach(({ d, predicate }, at) => {
            const path = [...drawn.querySelectorAll("path")].find((one) => one.getAttribute("d") === d);
            found[at] = [predicate, path.getAttribute("stroke-dasharray"), path.getAttribute("stroke")];
          });
          return found;
        }"""
    )
    looks = {predicate: {(dash, hue) for other, dash, hue in dashes if other == predicate} for predicate, *_ in dashes}
    assert sorted(map(len, looks.values())) == [1, 1]
    assert len({dash for own in looks.values() for dash, _ in own}) == 2
    legend = page.locator(".legend svg path[fill='none']").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('stroke-dasharray'))"
    )
    assert set(legend) == {dash for own in looks.values() for dash, _ in own}
    # And in a picture that is drawn without a browser.
    root = ET.fromstring(large.picture(query=BOTH).svg)
    drawn = Counter(one.get("class") for one in root.iter("{http://www.w3.org/2000/svg}path"))
    wanted = Counter(predicate for predicate, *_ in dashes).most_common()
    assert [drawn["edge p0"], drawn["edge p1"]] == [many + 1 for _, many in wanted]
    assert (
        "svg.figure path.edge.p1 { stroke: #b5520b; stroke-dasharray: 6 3; }" in large.picture(query=BOTH).svg.decode()
    )


def test_what_is_chosen_is_told_beside_a_drawing_that_can_still_be_read(opened: Opened, large: Landscape) -> None:
    page = opened(large.page(query=BOTH).html)
    thing = page.evaluate("kgPage.data.drawn.find(({ labels }) => labels.en === 'Alipay').id")
    place = """(id) => {
      const { x, y } = kgPage.data.drawn.find((one) => one.id === id);
      return { ...kgPage.network.canvasToDOM({ x, y }), scale: kgPage.network.getScale() };
    }"""
    before, area = page.evaluate(place, thing), page.locator("#network").bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + before["x"], area["y"] + before["y"])
    expect(page.locator("#panel h2")).to_have_text("Alipay")
    page.wait_for_timeout(200)
    assert page.evaluate(place, thing) == pytest.approx(before, abs=1.5)
    assert 13 * before["scale"] > 9
    # Its lines say what they state, though all are too many for that.
    svg = ET.fromstring(page.evaluate("new XMLSerializer().serializeToString(kgPage.picture('all'))"))
    said = Counter("".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert (said["partners with"], said["belongs to"]) == (2, 2)  # once each, and in the legend
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.evaluate(place, thing) == pytest.approx(before, abs=1.5)
    # Moved, and with something else chosen, it is seen as it is here by whoever is sent the address; when that is
    # closed, what was seen before is seen again.
    page.mouse.move(area["x"] + 300, area["y"] + 300)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(500)
    near, at = page.evaluate(place, thing), page.evaluate("location.hash")
    assert near["scale"] > 1.05 * before["scale"]
    page.evaluate("kgPage.choose('thing', [...kgPage.data.drawn].sort((a, b) => b.y - a.y)[0].id)")
    page.wait_for_timeout(300)
    moved, chosen = page.evaluate(place, thing), page.evaluate("location.hash")
    assert moved != pytest.approx(near, abs=100)
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.evaluate(place, thing) == pytest.approx(near, abs=1.5)
    assert page.evaluate("location.hash") == at
    for sent, seen in ((at, near), (chosen, moved)):
        page.evaluate("(at) => { location.hash = at; }", sent)
        page.reload()
        page.wait_for_function("() => window.kgPage?.ready")
        assert page.evaluate(place, thing) == pytest.approx(seen, abs=8)  # its scale has two digits there
    page.evaluate("() => { location.hash = ''; }")
    page.wait_for_timeout(200)
    # In a hand it opens where no name is cut where it begins.
    page.set_viewport_size({"width": 375, "height": 800})
    page.wait_for_timeout(200)
    page.evaluate("kgPage.change({ view: 'answer' })")  # as when it is opened
    assert len(page.evaluate(IN_SIGHT)) > 5
    assert page.evaluate(CUT) == []


def test_two_that_lead_to_each_other_stand_beside_each_other_and_each_line_says_what(
    opened: Opened, china: Landscape
) -> None:
    back = PAIRS.replace("?firm }", "?firm . ?firm <http://a.example/serves> ?bank }", 1)
    page = opened(china.page(query=back).html)
    page.click("#take")
    with page.expect_download() as download:
        page.click("#take-svg")
    root = ET.fromstring(Path(download.value.path()).read_bytes())
    said = Counter("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
    lines = Counter(page.evaluate("kgPage.lines.map(({ told }) => kgPage.name(told))"))
    # Once more each in the legend; a name is cut to its room.
    for name, many in lines.items():
        assert sum(number for text, number in said.items() if text.rstrip("…") in name and len(text) > 3) == many + 1


def test_hostile_answers_are_text(opened: Opened, tables: Callable[..., Path], tmp_path: Path) -> None:
    evil = "<img src=x onerror=window.hacked=1>"
    folder = tables(
        organizations=f"id,type,label@en,source\na,Bank,{evil},s#1\n",
        sources="id,title@en,issued,language,source\ns,</script><script>window.hacked=2</script>,2017,en,s#1\n",
    )
    landscape = build_landscape([folder], tmp_path / "kg")
    query = f"""CONSTRUCT {{ ?a <javascript:window.hacked=3> _:b . _:b rdfs:label "{evil}{{{{7*7}}}}"@en ;
      <http://a.example/p> <javascript:window.hacked=4> }} WHERE {{ ?a a kg:Bank }}"""
    page = opened(landscape.page(query=query).html)
    assert page.evaluate("kgPage.data.drawn.map(({ labels }) => labels.en)").count(f"{evil}{{{{7*7}}}}") <= 1
    [lines] = [lines for _, lines in page.evaluate(VALUES, "en") if lines]
    assert "".join(lines).replace(" ", "") == f"label(en):{evil}{{{{7*7}}}}".replace(" ", "")
    for thing in page.evaluate("kgPage.data.drawn.map(({ id }) => id)"):
        page.evaluate("(id) => kgPage.choose('thing', id)", thing)
        assert page.locator("#panel img, #panel script, a[href^=javascript]").count() == 0
    expect(page.locator("#panel")).to_contain_text("javascript:window.hacked=4")
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ASK { ?s ?p ?o }", "ASK gives a truth"),
        ("SELECT ?s { ?s kg:covers id:no }", "returns no row"),
        ("CONSTRUCT { ?s a kg:Bank } WHERE { ?s kg:covers id:no }", "returns no triple"),
        ("SELECT ?l { ?s skos:prefLabel ?l }", r"only texts: \?l"),
        ("SELECT ?s { ", "can't be read"),
    ],
)
def test_what_has_no_picture_is_said(china: Landscape, query: str, told: str) -> None:
    with pytest.raises(BadQuery, match=told):
        china.page(query=query)


def test_what_is_too_large_is_said(china: Landscape, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.views.page.answer.MOST_THINGS", 3)
    with pytest.raises(BadQuery, match=r"9 things .* at most 3 and .* LIMIT"):
        china.page(query=SELECT)


def test_the_command_reads_a_file_and_says_what_it_leaves_out(china: Landscape, tmp_path: Path) -> None:
    file, page = tmp_path / "credit.rq", tmp_path / "credit.html"
    file.write_text(SELECT, encoding="utf-8")
    where = ["view", "--store", str(china.place), "--query", str(file)]
    told = CliRunner().invoke(group, [*where, "-o", str(page)])
    assert told.exit_code == 0, told.output
    assert told.stderr.startswith("Wrote ")
    assert page.read_text("utf-8") == china.page(query=SELECT).html
    file.write_text(
        "CONSTRUCT { << ?b kg:partnersWith ?f >> a kg:Claim . ?b a ?t } WHERE { ?b kg:partnersWith ?f ; a ?t }", "utf-8"
    )
    told = CliRunner().invoke(group, [*where, "-o", str(page)])
    assert told.stderr.startswith("Not shown: "), told.output
    file.write_text(SELECT, encoding="utf-8")
    assert CliRunner().invoke(group, [*where, "--stage", "live"]).exit_code == 2
    assert CliRunner().invoke(group, [*where[:-1], str(tmp_path / "none.rq")]).exit_code == 1


def test_nothing_of_an_answer_steps_back_on_paper(opened: Opened, china: Landscape) -> None:
    page = opened(china.page(query=CONSTRUCT).html)
    page.locator("#network").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#printed rect").count() > 2
    assert page.locator("#printed [opacity]").count() == 0
    expect(page.locator("#panel h2")).to_be_visible()


def test_what_is_large_has_several_sheets_on_which_all_can_be_read(opened: Opened, pairs: str) -> None:
    page = opened(pairs)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheets = page.locator("#printed > svg").evaluate_all(
        "(all) => all.map((one) => [one.viewBox.baseVal.width, one.viewBox.baseVal.height])"
    )
    assert len(sheets) > 1
    # A sheet that lies across is 785 points wide and 505 high within its margins.
    for width, height in sheets:
        assert 13 * 785 / width > 6
        assert height * 785 / width < 600
    written = " ".join(" ".join(page.locator("#printed text").all_text_contents()).split())
    names = page.evaluate("kgPage.data.drawn.map(({ labels }) => labels.en.replace('\\n', ' '))")
    assert not [name for name in names if " ".join(name.split()) not in written]
    # What hangs together is whole on one of them, beside others; a line was cut where a sheet ended.
    groups = page.evaluate(GROUPS)
    ties = nx.Graph(page.evaluate("kgPage.lines.map(({ from, to }) => [from, to])"))
    assert len(groups) == nx.number_connected_components(ties) > len(sheets)
    assert not [group for group in groups if group["beyond"] or group["over"]]
    assert sum(group["boxes"] for group in groups) == len(names)
    assert sum(height for _, height in sheets[:-1]) > 0.9 * sum(width * 430 / 785 for width, _ in sheets[:-1])


VALUED = """CONSTRUCT { ?bank kg:country ?c ; rdfs:label ?l ; kg:n 1, "1", "LONG" } WHERE {
  ?bank a kg:Bank ; kg:country ?c ; skos:prefLabel ?l }""".replace("LONG", "so that it must be cut " * 20)


def test_what_is_said_in_words_alone_stands_in_rows_which_paper_keeps(opened: Opened, large: Landscape) -> None:
    page = opened(large.page(query=VALUED).html)
    boxes = page.evaluate("kgPage.data.drawn")
    assert page.evaluate("kgPage.lines.length") == 0
    assert page.evaluate(OVERLAPS) == []
    assert len({box["width"] for box in boxes}) == 1
    tops = [box["y"] - box["height"] / 2 for box in boxes]
    assert all(later > top - 2 for top, later in itertools.pairwise(tops))
    lefts = [box["x"] for box in boxes]
    assert lefts == lefts[: len(set(lefts))] * (len(boxes) // len(set(lefts))) + lefts[: len(boxes) % len(set(lefts))]
    # It opens at the first, in letters that can be read; the whole of what is cut is under the pointer.
    seen = [thing for thing, _ in page.evaluate(IN_SIGHT)]
    assert seen[0] == boxes[0]["id"]
    assert page.evaluate("kgPage.network.getScale()") * 11 >= 7
    assert [line for line in boxes[0]["values"]["en"] if line.startswith("n")][:2] == [
        "n: 1", "n (xsd:integer): 1",
    ]  # fmt: skip
    area = page.locator("#network").bounding_box()
    assert area is not None
    at = page.evaluate("(box) => kgPage.network.canvasToDOM({ x: box.x, y: box.y })", boxes[0])
    page.mouse.move(area["x"] + at["x"], area["y"] + at["y"])
    whole = page.locator("#whole-name")
    expect(whole).to_contain_text("so that it must be cut " * 20)
    # In the table and in what is told each is told from others of the same words.
    page.mouse.click(area["x"] + at["x"], area["y"] + at["y"])
    expect(page.locator("#panel > dl > dt")).to_have_count(6)
    first = [row for row in table(page, "en") if row["subject"] == boxes[0]["labels"]["en"].replace("\n", " ")]
    assert {(row["object"], row["answer_tag"]) for row in first if row["object"] == "1"} == {
        ("1", ""), ("1", "xsd:integer"),
    }  # fmt: skip
    assert {row["answer_tag"] for row in first if row["predicate"] == "label"} == {"en", "zh"}
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    groups = page.evaluate(GROUPS)
    assert not [group for group in groups if group["beyond"] or group["over"]]
    assert sum(group["boxes"] for group in groups) == len(boxes)
    written = " ".join(" ".join(page.locator("#printed text").all_text_contents()).split())
    places = [written.index(" ".join([*box["labels"]["en"].split(), *box["values"]["en"]])) for box in boxes]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_headed_by_what_was_asked(opened: Opened, china: Landscape, language: str) -> None:
    words = "# en: Who | works with {} Tencent?\n# zh: 谁与腾讯合作？\n"
    query = words + "SELECT ?bank ?firm { ?p kg:bankParty ?bank ; kg:techParty ?firm FILTER(?firm = id:tencent) }"
    page = opened(china.page(query=query, language=language).html)
    said = {"en": "Who | works with {} Tencent?", "zh": "谁与腾讯合作？"}
    expect(page.locator("h1")).to_have_text(said[language])
    assert page.title() == said[language]
    page.click("#asked summary")
    expect(page.locator("#asked pre")).to_have_text(query)
    page.click("#take")
    with page.expect_download() as download:
        page.click("#take-csv")
    called = {"en": "Who - works with {} Tencent- table.csv", "zh": "谁与腾讯合作？ 表格.csv"}
    assert download.value.suggested_filename == called[language]
    page.click("#switch")
    expect(page.locator("h1")).to_have_text(said["zh" if language == "en" else "en"])
    assert faults(page) == []
    other = opened(china.page(query=query.removeprefix(words), language=language).html)
    expect(other.locator("h1")).to_have_text(PAGE["answer_title"][language])
    assert opened(china.page().html).locator("#asked").count() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1280, 800)])
def test_what_would_be_too_small_is_opened_where_most_lines_end(
    opened: Opened, large: Landscape, pairs: str, size: tuple[int, int], language: str
) -> None:
    page = opened(pairs, f"#lang={language}")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(200)
    page.evaluate("kgPage.change({ view: 'answer' })")  # as when it is opened
    seen = page.evaluate(IN_SIGHT)
    assert len(seen) > 5
    assert min(letters for *_, letters in seen) >= 8
    # Who partners with most is there, beside those that it partners with.
    ends = Counter(end for one, _, other in page.evaluate(LINES) for end in (one, other))
    hub = ends.most_common(1)[0][0]
    keys = {page.evaluate("kgPage.data.key", thing) for thing, _ in seen}
    partners = {a if b == hub else b for a, _, b in page.evaluate(LINES) if hub in {a, b}}
    assert hub in keys
    assert len(partners & keys) >= (5 if size[1] > 400 else 2)
    if size[0] == 390:  # where all that is tied to it stands on its left, too
        other = opened(large.page(query=DEALS).html, f"#lang={language}")
        other.set_viewport_size({"width": size[0], "height": size[1]})
        other.wait_for_timeout(200)
        other.evaluate("kgPage.change({ view: 'answer' })")
        looks = {other.evaluate("kgPage.data.look", thing) for thing, _ in other.evaluate(IN_SIGHT)}
        assert {"capability", "partnership"} <= looks
    page.get_by_role("button", name=PAGE["whole"][language]).click()
    assert len(page.evaluate(IN_SIGHT)) == page.evaluate("kgPage.data.drawn.length")
    # What is chosen elsewhere comes into sight.
    page.wait_for_timeout(200)
    page.evaluate("kgPage.change({ view: 'answer', seen: null })")  # as when it is opened
    thing = page.evaluate("kgPage.data.drawn.reduce((a, b) => (b.x + b.y > a.x + a.y ? b : a)).id")
    assert thing not in [one for one, _ in page.evaluate(IN_SIGHT)]
    page.fill("#search", page.evaluate("kgPage.name", thing))
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert thing in [one for one, _ in page.evaluate(IN_SIGHT)]
