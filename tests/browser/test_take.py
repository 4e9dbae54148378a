"""What a person takes along from the page: pictures as drawn, a table, and what the printer gets."""

from __future__ import annotations

import base64
import csv
import io
import re
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.views.page import PAGE, html

Opened = Callable[..., Page]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '=HYPERLINK("http://x")',
    "<script>window.hacked=1</script>",
    "]]></svg>&\"'",
    "@a|b\nc,d",
    "-1+1 \u05d0\u05d1",
]

STANDING = """() => [...document.querySelectorAll(".view:not([hidden]) :is(.name, .node, .rows text)")]
  .map((one) => [one.textContent, Math.round(one.getBoundingClientRect().top)])
  .filter(([, top]) => top > 150 && top < 700).map(String).sort()"""
"""What stands where in the view, as far as it is in sight."""


def taken(page: Page, kind: str) -> tuple[str, bytes]:
    page.click("#take")
    with page.expect_download() as download:
        page.click(f"#take-{kind}")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("view", ["matrix", "columns", "network", "timeline"])
def test_a_picture_is_the_view_as_drawn(opened: Opened, china: Landscape, text: str, view: str) -> None:
    page = opened(text, f"#view={view}&lang=zh&theme=dark")
    file, drawn = taken(page, "svg")
    assert file == f"合作 {PAGE[view]['zh']}.svg"
    root = ET.fromstring(drawn)
    said = "".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    names = dict(china.tables.labels("zh").iter_rows())
    for bank in china.tables.pairs["bank"].unique():
        assert names[bank] in said
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "g", "rect", "circle", "ellipse", "line", "path", "text", "title",
    }  # fmt: skip
    paints = {value for one in root.iter() for name in ("fill", "stroke") if (value := one.get(name))}
    assert {paint for paint in paints if not paint.startswith("#")} <= {"none"}
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    file, drawn = taken(page, "png")
    assert file.endswith(".png")
    assert struct.unpack(">II", drawn[16:24]) == pytest.approx((2 * width, 2 * height), abs=2)
    # The ground is the page's own, and what is drawn upon it isn't.
    painted = page.evaluate(
        """async (text) => {
          const image = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))]));
          const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
          pen.drawImage(image, 0, 0);
          const { data } = pen.getImageData(0, 0, image.width, image.height), met = new Map();
          for (let at = 0; at < data.length; at += 4) {
            const colour = data.slice(at, at + 3).join();
            met.set(colour, (met.get(colour) || 0) + 1);
          }
          return [...met].sort((a, b) => b[1] - a[1])[0][0] + " " + (met.size > 20);
        }""",
        base64.b64encode(drawn).decode(),
    )
    assert painted == "20,23,27 true"


def test_what_is_cut_off_has_points_and_what_is_filtered_is_gone(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix&country=KE&from=2015")
    file, drawn = taken(page, "svg")
    assert file == "Partnerships Matrix From 2015.svg"
    root = ET.fromstring(drawn)
    assert "Kenya" in root.findtext(f"{SVG}title", "")
    said = [one.text or "" for one in root.iter(f"{SVG}text")]
    assert "Safaricom" in said
    assert "Apple" not in said
    # What was filtered stands on the picture too, with what its signs stand for.
    assert any("Country of a bank: Kenya, 2015 – " in text for text in said)
    assert {"announced", "live"} & set(said)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert all(0 <= float(one.get("x", "")) < width for one in root.iter(f"{SVG}text"))
    # The words stand below the one small table, of two rows, and nothing is empty between them or beside it.
    assert height < 320
    assert width == 480


def test_a_picture_is_of_what_is_in_sight_or_chosen_where_that_is_asked_for(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix")

    def said(part: str) -> list[str]:
        page.click("#take")
        page.locator("#take-part").select_option(part)
        page.keyboard.press("Escape")
        file, drawn = taken(page, "svg")
        of = {"near": " what is in sight", "chosen": " Apple", "all": ""}[part]
        assert file == f"Partnerships {page.locator('#tabs [aria-selected=true]').text_content()}{of}.svg"
        root = ET.fromstring(drawn)
        assert part == "all" or float(root.get("height", "")) < 1100
        return [one.text or "" for one in root.iter(f"{SVG}text")]

    for view in ("matrix", "columns", "timeline"):
        place = f"#{view}"
        page.click(f"#tab-{view}")
        page.locator(place).evaluate("(one) => one.scrollTo(0, 2600)")
        page.wait_for_timeout(200)
        own = page.locator(f"{place} .name, {place} .node").evaluate_all(
            """(all) => all.map((one) => [one.textContent, one.getBoundingClientRect()])
              .filter(([, { top, bottom }]) => top > 250 && bottom < 600).map(([text]) => text)"""
        )
        seen = " ".join(said("near"))
        assert own
        assert not [name for name in own if name.split()[0] not in seen]
        # Of the whole, which has 135, it tells what it shows.
        count = int(re.findall(r"what is in sight · (\d+) partnership", seen)[0])
        assert 0 < count < 30
        assert page.locator(place).evaluate("(one) => one.scrollTop") == pytest.approx(2600, abs=1)
    assert any("135 partnerships" in text for text in said("all"))
    page.evaluate("kgPage.choose('thing', kgPage.data.find('apple'))")
    for view in ("matrix", "columns", "network", "timeline"):
        page.click(f"#tab-{view}")
        before = page.evaluate(STANDING)
        drawn = said("chosen")
        assert any(text.endswith("Apple · 4 partnerships · 10 banks · 1 technology firm") for text in drawn)
        assert "Goldman Sachs" in " ".join(drawn)
        assert "Google" not in " ".join(drawn)
        # The legend has what is drawn, and the view is as it was.
        assert "ended" not in drawn
        assert page.evaluate(STANDING) == before
    page.click("#panel .close")
    # Of a table that is higher than the window, above another, the rows that are in sight are there, and no others.
    page.click("#tab-matrix")
    above = page.locator("#matrix tbody tr:last-child th .name", has_text="U.S. Bank")
    for _ in range(3):  # what comes into sight is laid out, and may be higher than it was taken for
        page.wait_for_timeout(200)
        above.evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    expect(above).to_be_in_viewport(ratio=1)
    seen = set(said("near"))
    assert {"Alipay", "U.S. Bank"} <= seen
    assert "ReiseBank" not in seen  # the second of its rows
    # Where all is in sight and nothing chosen, there is no choice.
    page.evaluate("kgPage.facets.toggle('country', 'KE')")
    page.click("#take")
    expect(page.locator("#take-part")).to_be_hidden()


UNTOLD = """() => {
  const { data, state } = kgPage, plain = (text) => text.replace(/\\s/g, ""), found = [];
  const many = ["firm", "set"].flatMap(data.ofKind).filter((thing) => {
    kgPage.choose("thing", thing);
    return kgPage.sight.chosen()?.length > 2;
  });
  for (const thing of many) {
    kgPage.choose("thing", thing);
    const texts = [...kgPage.picture("chosen").querySelectorAll("text")].map((one) => one.textContent);
    for (const one of kgPage.sight.chosen()) for (const capability of one.covers) {
      const told = plain(texts.join("")).includes(plain(kgPage.name(capability)));
      if (!told) found.push([thing, one.thing, capability].map(data.key).join(" "));
    }
  }
  return [many.length, found];
}"""
"""Of the firms and groups with some partnerships how many there are, and what the picture of each doesn't say."""


def test_a_picture_of_what_is_chosen_says_all_that_its_lines_are_about(opened: Opened, large_text: str) -> None:
    """Between lines that cross there was room for narrow words alone, and so none were said, nor anything below."""
    page = opened(large_text, "#view=network")
    for width, height in ((1280, 800), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)
        many, untold = page.evaluate(UNTOLD)
        assert many > 10
        assert untold == []


def contrast(colour: str, much: float, ground: str) -> float:
    """Of a colour, laid on a ground so much, to the ground (WCAG 2.1)."""

    def light(parts: list[float]) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    one, other = ([int(said[at : at + 2], 16) / 255 for at in (1, 3, 5)] for said in (colour, ground))
    mixed = [much * a + (1 - much) * b for a, b in zip(one, other, strict=True)]
    low, high = sorted((light(mixed), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_what_is_taken_is_whole_and_of_what_is_chosen(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix&country=TW&lang=zh&from=2012&certain=yes")

    def said() -> list[str]:
        return [one.text or "" for one in ET.fromstring(taken(page, "svg")[1]).iter(f"{SVG}text")]

    # The caption is wholly Chinese.
    assert any(text.startswith("矩阵，银行所在国家或地区：台湾，2012 –，只看必定有效的") for text in said())
    page.click("#switch")
    page.evaluate("kgPage.change({ certain: '' })")
    # No pointer tells the rest of a name on a picture.
    matrix = said()
    assert "International" in matrix
    assert not [text for text in matrix if text.endswith("…")]
    page.get_by_role("button", name="CTBC Bank", exact=True).click()
    page.click("#take")
    expect(page.locator("#take-csv")).to_have_text(PAGE["take_csv_chosen"]["en"])
    page.keyboard.press("Escape")
    file, content = taken(page, "csv")
    assert file == "Partnerships table CTBC Bank From 2012.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows
    assert all("CTBC Bank" in row["Bank"].split("|") for row in rows)
    page.click("#panel .close")
    _, content = taken(page, "csv")
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))) > 1 + len(rows)
    # What numbers on lines are is told beneath a network that has some, and no other.
    page.click("#tab-network")
    assert PAGE["counted"]["en"] not in said()
    page.evaluate("kgPage.facets.clear()")
    root = ET.fromstring(taken(page, "svg")[1])
    assert PAGE["counted"]["en"] in [one.text for one in root.iter(f"{SVG}text")]
    # Lines to owners can be seen, as the W3C asks it of what is drawn.
    strokes = [one for one in root.iter(f"{SVG}path") if one.get("fill") == "none"]
    owned = [one for one in strokes if one.get("stroke-width") == "3.2"]
    assert len(owned) > 10
    assert len(owned) == len([one for one in strokes if one.get("stroke") == "#ffffff"])
    for one in owned:
        much = float(one.get("opacity") or one.get("stroke-opacity") or 1)
        assert contrast(one.get("stroke", ""), much, "#ffffff") >= 3


def test_a_picture_has_what_nobody_scrolled_to_where_it_belongs(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix")
    _, at_once = taken(page, "svg")
    for _ in range(30):
        page.locator("#matrix").hover()
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(40)
    page.locator("#matrix").evaluate("(one) => one.scrollTo(0, 0)")
    _, later = taken(page, "svg")
    assert at_once == later
    last = page.locator("#matrix .block").last
    last.scroll_into_view_if_needed()
    low = (
        "Math.max(...[...document.querySelectorAll('#matrix .block')].map((one) => one.getBoundingClientRect().bottom))"
    )
    whole = page.evaluate(f"document.querySelector('#matrix').scrollTop + {low}")
    top = page.locator("#matrix").bounding_box()
    assert top is not None
    # And the words below it; names are whole in a picture, which makes it a little higher.
    assert float(ET.fromstring(at_once).get("height", "")) == pytest.approx(whole - top["y"] + 76, rel=0.02)


def test_the_table_has_what_is_shown(opened: Opened, china: Landscape, text: str) -> None:
    page = opened(text, "#from=2017-05&to=2017-06")
    file, content = taken(page, "csv")
    assert file == "Partnerships table From 2017-05 To 2017-06.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == page.evaluate("kgPage.state.shown.length")
    by_key = {row["Key"]: row for row in rows}
    row = by_key["abc-baidu"]
    assert row["Bank"] == "Agricultural Bank of China"
    assert row["Technology firm"] == "Baidu|Baidu Finance"
    assert row["Steps"] == "announced 2017-06-20|signed 2017-06-20"
    why = china.why("abc", "baidu")
    assert {one.partition("#")[0] for one in row["Sources"].split("|")} <= set(why["source"])
    assert "fintech-banks-2017#L15" in row["Sources"].split("|")
    # Of each passage, in the same order, what it is in and where that is read.
    known = {
        source: (label, address or "") for source, label, address in why["source", "source_label", "address"].rows()
    }
    passages, titles, addresses = (
        row[column].split("|") for column in ("Sources", "Titles of the sources", "Addresses of the sources")
    )
    assert len(passages) == len(titles) == len(addresses) > 3
    for passage, title, address in zip(passages, titles, addresses, strict=True):
        assert (title, address) == known[passage.partition("#")[0]]
    assert any(address.startswith("https://") for address in addresses)


def test_places_are_told_in_the_language_of_the_page(opened: Opened, text: str) -> None:
    """In the panel and in what is taken along; who read Chinese was told each place in English."""
    page = opened(text, "#chosen=thing,abc-baidu&view=network")
    line = page.locator("#panel dd", has_text="Securities Daily").first
    expect(line).to_contain_text("2017-12-05) · paragraph 3, dates of four pairs")
    page.click("#switch")
    expect(line).to_contain_text("2017-12-05) · 第3段，四对合作的日期")
    expect(page.locator("#panel dd", has_text="· L15").first).to_be_visible()
    expect(page.locator("#panel")).not_to_contain_text("paragraph")
    (row,) = csv.DictReader(io.StringIO(taken(page, "csv")[1].decode("utf-8-sig"), newline=""))
    passages = row[PAGE["column_sources"]["zh"]].split("|")
    assert {"fintech-banks-2017#L15", "securities-daily-20171205#第3段，四对合作的日期"} <= set(passages)
    page.click("#switch")
    expect(line).to_contain_text("· paragraph 3, dates of four pairs")


def test_hostile_names_are_taken_as_text(opened: Opened, tables: Callable[..., Path], tmp_path: Path) -> None:
    def cell(value: str) -> str:
        return '"' + value.replace('"', '""').replace("|", r"\|") + '"'

    folder = tables(
        organizations="id,type,label@en,source\n"
        + "".join(
            f"b{n},Bank,{cell(name)},s#1\nf{n},TechFirm,{cell(name + ' firm')},s#1\n" for n, name in enumerate(HOSTILE)
        ),
        capabilities="id,label@en,source\n"
        + "".join(f"c{n},{cell(name + ' c')},s#1\n" for n, name in enumerate(HOSTILE)),
        partnerships="id,label@en,bankParty,techParty,covers,source\n"
        + "".join(f"p{n},{cell(name + ' p')},b{n},f{n},c{n},s#=1\n" for n, name in enumerate(HOSTILE)),
        sources="id,title@en,issued,language,source\ns,Source,2017,en,s#1\n",
    )
    landscape = build_landscape([folder], tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables))
    for view in ("matrix", "columns", "network", "timeline"):
        page.click(f"#tab-{view}")
        root = ET.fromstring(taken(page, "svg")[1])
        assert not list(root.iter(f"{SVG}script"))
        assert len(taken(page, "png")[1]) > 1000
    rows = list(csv.reader(io.StringIO(taken(page, "csv")[1].decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(HOSTILE)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [one for row in rows for one in row if one.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'" + HOSTILE[0] in rows[1]
    assert page.evaluate("window.hacked") is None


def test_the_printer_gets_the_view_and_the_evidence(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=matrix&theme=dark&chosen=thing,icbc-jd")
    page.emulate_media(media="print")
    for gone in ("#filter", "#take", "#tabs", "#time", ".toolbar"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("#panel h2")).to_be_visible()
    whole = page.evaluate("document.documentElement.scrollHeight")
    matrix, panel = page.locator("#matrix").bounding_box(), page.locator("#panel").bounding_box()
    assert matrix is not None
    assert panel is not None
    assert matrix["height"] == pytest.approx(page.evaluate("document.querySelector('#matrix').scrollHeight"), abs=1)
    assert matrix["height"] > 5000
    assert panel["y"] >= matrix["y"] + matrix["height"]
    assert whole >= panel["y"] + panel["height"] - 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_menu_is_used_by_keyboard(opened: Opened, text: str) -> None:
    page = opened(text)
    page.focus("#take")
    page.keyboard.press("Enter")
    expect(page.locator("#take-svg")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#take-png")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#takes")).to_be_hidden()
    expect(page.locator("#take")).to_be_focused()
    page.keyboard.press("Enter")
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Saved as Partnerships Matrix.svg.")


@pytest.mark.parametrize("width", [360, 390, 640, 1280])
def test_the_menu_lies_within_the_window(opened: Opened, text: str, width: int) -> None:
    page = opened(text)
    page.set_viewport_size({"width": width, "height": 740})
    page.click("#take")
    menu, button = (page.locator(one).bounding_box() for one in ("#takes", "#take"))
    assert menu is not None
    assert button is not None
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= width
    assert 0 <= menu["y"] - (button["y"] + button["height"]) < 10


def test_paper_is_light_says_what_it_leaves_out_and_has_the_network_as_shapes(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network&theme=dark&from=2017-03&chosen=pair,boc,tencent")
    dark = page.evaluate("kgPage.views.get('network').svg().innerHTML")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#network")).to_be_hidden()
    drawn = page.locator("#printed")
    expect(drawn).to_be_visible()
    assert {"Bank of China", "Tencent Cloud"} <= set(drawn.locator("text").all_text_contents())
    assert drawn.evaluate("one => one.innerHTML") != dark
    assert "#ffffff" in drawn.locator("rect").first.evaluate("one => one.outerHTML")
    expect(page.locator("#paper")).to_have_text("Network, 2017-03 – ")
    expect(page.locator("#stages .clear")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#printed").count() == 0
    expect(page.locator("#network")).to_be_visible()
    expect(page.locator("#paper")).to_be_hidden()
    assert page.evaluate("kgPage.state.theme") == "dark"
    assert "theme=dark" in page.evaluate("location.hash")


def test_no_column_of_the_matrix_is_lost_on_paper(opened: Opened, text: str) -> None:
    page = opened(text, "#view=matrix")
    page.set_viewport_size({"width": 1050, "height": 740})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1050
    last = page.locator("#matrix thead th").last.bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 1050


@pytest.mark.parametrize("language", ["en", "zh"])
def test_products_of_an_answer_look_as_what_the_picture_says_they_do(
    opened: Opened, china: Landscape, language: str
) -> None:
    where = "{ ?p kg:bankParty ?bank ; kg:delivers ?what }"
    page = opened(china.page(query=f"CONSTRUCT {{ ?bank kg:delivers ?what }} WHERE {where}", language=language).html)
    products = page.evaluate("kgPage.data.drawn.filter(({ id }) => kgPage.data.look(id) === 'product').length")
    assert products > 1
    root = ET.fromstring(taken(page, "svg")[1])
    looks = [(one.get("fill"), one.get("stroke"), one.get("stroke-dasharray")) for one in root.iter(f"{SVG}rect")]
    # Each as the sign that stands beside the word below.
    assert looks.count(("#ffffff", "#8c2020", "4 2")) == products + 1
    assert PAGE["product"][language] in [one.text for one in root.iter(f"{SVG}text")]
    drawn = """Object.values(kgPage.network.body.nodes).filter(({ options }) => options.group === "product")
      .map(({ options }) => options)
      .map(({ color, shapeProperties }) => [color.background, color.border, shapeProperties.borderDashes])"""
    assert page.evaluate(drawn) == [["#ffffff", "#8c2020", [4, 2]]] * products
    rows = opened(china.page(query=f"SELECT ?bank ?what {where}", language=language).html)
    looks = [
        (one.get("fill"), one.get("stroke"), one.get("stroke-dasharray", "").replace("px,", "").removesuffix("px"))
        for one in ET.fromstring(taken(rows, "svg")[1]).iter(f"{SVG}rect")
    ]
    assert looks.count(("#ffffff", "#8c2020", "4 2")) == rows.locator("#strands .node.product").count() + 1
