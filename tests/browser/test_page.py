"""The page in a real browser, with the network refused: right, safe and legible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.terms import ID, KG
from kg.views.page import PAGE, html

SIZE = {"width": 1280, "height": 800}
Opened = Callable[..., Page]

OVERLAPS = """() => {
  const { network, nodes } = kgPage;
  const boxes = nodes.map(({ id }) => [kgPage.data.key(id), network.getBoundingBox(id)]);
  const found = [];
  for (const [i, [a, one]] of boxes.entries()) for (const [b, two] of boxes.slice(i + 1))
    if (one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom)
      found.push([a, b]);
  return found;
}"""
OUTSIDE = """() => {
  const { network, nodes } = kgPage, area = document.getElementById("network");
  return nodes.filter(({ id }) => {
    const box = network.getBoundingBox(id);
    const first = network.canvasToDOM({ x: box.left, y: box.top });
    const last = network.canvasToDOM({ x: box.right, y: box.bottom });
    return first.x < 0 || first.y < 0 || last.x > area.clientWidth || last.y > area.clientHeight;
  }).map((node) => node.id);
}"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_label_covers_another_and_all_are_in_sight(opened: Opened, text: str, language: str) -> None:
    page = opened(text, "#view=network")
    page.evaluate(f"kgPage.change({{ language: '{language}' }})")
    page.wait_for_timeout(200)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("13 * kgPage.network.getScale()") > 9, "the letters are too small to be read"


CROSSINGS = """() => {
  const { network, nodes, edges } = kgPage, kinds = new Map(nodes.map((node) => [node.id, node.group]));
  const parties = (id) => new Set(edges.filter((e) => e.from === id && e.predicate.endsWith("Party")).map((e) => e.to));
  const found = new Set();
  for (const edge of edges.filter((e) => kinds.get(e.from) === "partnership")) {
    const own = parties(edge.from);
    const a = network.getPosition(edge.from), b = network.getPosition(edge.to), bend = 0.45 * (b.x - a.x);
    for (let t = 0; t <= 1; t += 0.01) {
      const u = 1 - t, x = u ** 3 * a.x + 3 * u * u * t * (a.x + bend) + 3 * u * t * t * (b.x - bend) + t ** 3 * b.x;
      const y = a.y * (u ** 3 + 3 * u * u * t) + b.y * (3 * u * t * t + t ** 3);
      for (const node of nodes) {
        if (!["bank", "firm"].includes(node.group) || own.has(node.id)) continue;
        const box = network.getBoundingBox(node.id);
        if (x > box.left && x < box.right && y > box.top && y < box.bottom) found.add(`${edge.id} through ${node.id}`);
      }
    }
  }
  return [...found];
}"""


def test_no_line_of_a_partnership_runs_through_one_that_is_no_party(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    assert page.evaluate(CROSSINGS) == []


def test_the_measure_of_overlaps_finds_one(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.evaluate(
        "kgPage.network.moveNode(kgPage.data.find('abc'), "
        "...Object.values(kgPage.network.getPosition(kgPage.data.find('icbc'))))"
    )
    page.wait_for_timeout(100)
    assert ["abc", "icbc"] in page.evaluate(OVERLAPS)


def test_it_is_whole(opened: Opened, text: str, china: Landscape) -> None:
    page = opened(text, "#view=network")
    ids = set(page.evaluate("kgPage.nodes.map((node) => kgPage.data.key(node.id))"))
    for cls in (KG.Bank, KG.TechFirm, KG.Capability, KG.Product, KG.Partnership):
        assert {iri.removeprefix(ID) for iri in china.tables.of_class(cls)} <= ids
    shapes = page.evaluate(
        "Object.fromEntries(kgPage.nodes.map(({ group }) => [group, kgPage.data.options.groups[group]])"
        ".map(([kind, drawn]) => [kind, drawn.shape + drawn.shapeProperties?.borderRadius]))"
    )
    assert len(set(shapes.values())) == len(shapes) == 5
    colours = page.evaluate(
        "[...new Set(kgPage.nodes.map((node) => kgPage.network.body.nodes[node.id].options.color.border))]"
    )
    assert len(set(colours)) == 5
    assert page.locator(".legend li .sign").count() == 5
    assert page.locator(".legend li .line").count() == 6


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_can_be_found_by_each_of_its_names(
    opened: Opened, text: str, china: Landscape, language: str
) -> None:
    page = opened(text, "#view=network")
    page.evaluate(f"kgPage.change({{ language: '{language}' }})")
    labels = dict(china.tables.labels(language).iter_rows())
    other = dict(china.tables.labels("zh" if language == "en" else "en").iter_rows())
    for cls in (KG.Bank, KG.TechFirm, KG.Capability, KG.Product):
        for iri in china.tables.of_class(cls):
            for name in {labels[iri], other[iri]}:
                page.fill("#search", name.upper())
                found = page.locator("#found [role=option]").all_inner_texts()
                assert any(text.startswith(labels[iri]) for text in found), name
    page.fill("#search", "no such thing")
    assert page.locator("#found [role=option]").all_inner_texts() == [PAGE["nothing"][language]]


def test_a_search_leads_to_the_passages(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.fill("#search", "农行")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.is_visible()
    assert panel.locator("h2").inner_text() == "Agricultural Bank of China"
    told = panel.inner_text()
    assert "Year-end review" in told
    assert "L15" in told
    assert "follows by the rule" in told
    link = panel.locator("a").first
    assert (link.get_attribute("href") or "").startswith("http")
    assert link.get_attribute("rel") == "noopener noreferrer"


def place_of(page: Page, node: str) -> tuple[float, float]:
    where = page.evaluate(f"kgPage.network.canvasToDOM(kgPage.network.getPosition(kgPage.data.find('{node}')))")
    area = page.locator("#network").bounding_box()
    assert area is not None
    return area["x"] + where["x"], area["y"] + where["y"]


def test_a_bank_is_shown_with_what_it_works_on(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.evaluate("kgPage.choose('thing', kgPage.data.find('bochk'))")
    assert "BOCHK and WeChat HK wallet covers Wallet top-up" in page.locator("#panel").inner_text()


def test_a_click_on_a_node_shows_its_passages(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.mouse.click(*place_of(page, "robo-advice"))
    told = page.locator("#panel").inner_text()
    assert "Robo-advice" in told
    assert "ABC and Baidu covers Robo-advice" in told
    assert "L15" in told
    page.click("#switch")
    told = page.locator("#panel").inner_text()
    assert "农行与百度 涉及 智能投顾" in told
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert page.title() == PAGE["title"]["zh"]
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_a_click_on_a_line_shows_its_passages(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    edge = ["abc-baidu", "kg:techParty", "baidu"]
    where = page.evaluate(
        """([from, predicate, to]) => {
          const { network, data } = kgPage, [a_, b_] = [from, to].map(data.find);
          const edge = kgPage.edges.find((one) => one.from === a_ && one.to === b_ && one.predicate === predicate);
          const a = network.getPosition(edge.from), b = network.getPosition(edge.to);
          for (let x = 0.2; x < 0.9; x += 0.02) for (let y = 0; y <= 1; y += 0.02) {
            const at = network.canvasToDOM({ x: a.x + (b.x - a.x) * x, y: a.y + (b.y - a.y) * y });
            // A place where a hand that trembles still meets the line.
            const near = [-3, 0, 3].flatMap((dx) => [-3, 0, 3].map((dy) => ({ x: at.x + dx, y: at.y + dy })));
            const meets = (one) => network.getNodeAt(one) === undefined && network.getEdgeAt(one) === edge.id;
            if (near.every(meets)) return at;
          }
        }""",
        edge,
    )
    area = page.locator("#network").bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + where["x"], area["y"] + where["y"])
    told = page.locator("#panel").inner_text()
    assert "ABC and Baidu technology party Baidu" in told
    assert "L15" in told
    assert "L29" in told
    assert "L31" not in told  # there it is Baidu Finance


def test_the_index_lists_everything_and_the_keyboard_reaches_it(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.focus("#index")
    page.keyboard.press("Enter")
    entries = page.locator("#panel .entry")
    assert entries.count() == page.evaluate("kgPage.data.nodes.length")
    entries.first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel dl").count() > 0
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_keys_that_javascript_has_a_meaning_for_are_keys(
    opened: Opened, tables: Callable[..., Path], tmp_path: Path
) -> None:
    keys = ["constructor", "toString", "valueOf", "hasOwnProperty"]
    rows = "".join(f"{key},Bank,The {key},s#p\n" for key in keys)
    folder = tables(organizations="id,type,label@en,source\n" + rows)
    landscape = build_landscape([folder], tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables))
    for key in keys:
        page.fill("#search", key)
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == f"The {key}"


def test_the_policy_lets_no_other_script_run(browser: Browser, text: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    injected = "<script>window.hacked = 1</script><b onclick='window.hacked = 2'>b</b></body>"
    file.write_text(text.replace("</body>", injected), "utf-8")
    page = browser.new_page()
    complaints: list[Any] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_function("window.kgPage?.ready")
    page.click("b", force=True)
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)
    page.close()


def test_in_a_notebook_the_page_works_in_a_frame_that_reaches_nothing(
    browser: Browser, china: Landscape, tmp_path: Path
) -> None:
    file = tmp_path / "notebook.html"
    cell = china.page(language="zh")._repr_html_()
    file.write_text(f"<!doctype html><meta charset=utf-8><title>A notebook</title>{cell}", "utf-8")
    page = browser.new_page(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(file.as_uri())
    (frame,) = page.frames[1:]
    for _ in range(200):  # the frame's policy forbids Playwright's own way of waiting, which evaluates a string there
        if frame.evaluate("window.kgPage?.ready"):
            break
        page.wait_for_timeout(50)
    assert frame.evaluate("kgPage.data.nodes.length") > 80
    assert frame.locator("h1").inner_text() == PAGE["title"]["zh"]
    search = frame.get_by_role("combobox").first
    search.fill("工行")
    search.press("Enter")
    assert "中国工商银行" in frame.locator("body").inner_text()
    assert frame.evaluate("window.origin") == "null"
    reached = "() => { try { return parent.document.title } catch (fault) { return fault.name } }"
    assert frame.evaluate(reached) == "SecurityError"
    assert messages == []
    page.close()
