"""The report in a real browser: it opens by itself, nothing is cut off, and no name in a figure covers another."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kg.landscape import Landscape
from kg.opening import build_landscape

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = {
    "en": "The Most Honourable and Worshipful Savings and Commercial Banking Corporation of the Northern Islands",
    "zh": "北方群岛最尊贵最可敬的储蓄与商业银行股份有限公司暨其全体附属机构",
}
FAULTS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg.figure")) {
    const view = svg.viewBox.baseVal, texts = [...svg.querySelectorAll("text")];
    const boxes = texts.map((text) => {
      const box = text.getBBox(), turned = text.getAttribute("transform");
      if (box.x < -1 || (!turned && box.x + box.width > view.width + 1) || box.y + box.height > view.height + 3)
        found.push(["outside", text.textContent]);
      return turned ? null : box;
    });
    boxes.forEach((one, i) => boxes.slice(i + 1).forEach((two, j) => {
      if (one && two && one.x + 1 < two.x + two.width && two.x + 1 < one.x + one.width
          && one.y + 3 < two.y + two.height && two.y + 3 < one.y + one.height)
        found.push(["covered", texts[i].textContent, texts[i + j + 1].textContent]);
    }));
    for (const text of texts) if (text.hasAttribute("transform")) {
      const box = text.getBoundingClientRect(), whole = svg.getBoundingClientRect();
      if (box.right > whole.right + 1 || box.top < whole.top - 1) found.push(["outside", text.textContent]);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(["wide", document.documentElement.scrollWidth]);
  return found;
}"""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    """Thirty banks and firms with long names, over sixty years."""
    folder = tmp_path_factory.mktemp("long")

    def table(name: str, header: str, rows: list[list[str]]) -> None:
        out = io.StringIO()
        csv.writer(out).writerows([header.split(","), *rows])
        (folder / f"{name}.csv").write_text(out.getvalue(), "utf-8")

    def named(sign: str) -> list[list[str]]:
        return [[f"{sign}{n}", f"{NAMES['en']} {sign}{n}", f"{NAMES['zh']}{sign}{n}"] for n in range(30)]

    sorts = [[*row, kind, "s#1"] for sign, kind in (("b", "Bank"), ("f", "TechFirm")) for row in named(sign)]
    table("organizations", "id,label@en,label@zh,type,source", sorts)
    table("capabilities", "id,label@en,label@zh,definition@en,source", [[*row, "D.", "s#1"] for row in named("c")])
    deals = [
        [f"p{n}", f"b{n % 30}", f"f{n % 7}", f"c{n % 9}|c{n % 4}|c{n % 25}", str(1960 + n), f"s#{n}"] for n in range(60)
    ]
    table("partnerships", "id,bankParty,techParty,covers,signed,source", deals)
    table("sources", "id,title@en,issued,language,source", [["s", NAMES["en"], "2017", "en", "s#top"]])
    return build_landscape([folder], folder / "kg")


def opened(browser: Browser, html: str, file: Path, **options: Any) -> Page:
    file.write_text(html, "utf-8")
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["china", "world", "long"])
def test_nothing_is_cut_off_or_covered(
    name: str, language: Any, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    landscape: Landscape = request.getfixturevalue(name)
    html = landscape.report(language=language).html
    size = {"width": 1280, "height": 800}
    page = opened(browser, html, tmp_path / "a.html", viewport=size)
    assert page.evaluate(FAULTS) == []
    page.close()


def test_it_asks_for_nothing_and_complains_of_nothing(browser: Browser, china: Landscape, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(china.report().html, "utf-8")
    said: list[str] = []
    for scheme in ("light", "dark"):
        context = browser.new_context(offline=True, color_scheme=scheme, viewport={"width": 390, "height": 800})  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: said.append(request.url))
        page.goto(file.as_uri())
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}[scheme]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.click('a[href="#ranking-1"] >> nth=0')
        assert page.evaluate("document.querySelector(':target').id") == "ranking-1"
        context.close()
    assert set(said) == {file.as_uri()}
