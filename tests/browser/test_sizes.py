"""From a handful of things to two thousand, the page opens, says nothing, asks for nothing and stays light."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bench.curated import write_tables
from bench.landscapes import Drawn
from playwright.sync_api import Page, expect

from kg.landscape import Landscape
from kg.network.graphs import everything
from kg.opening import build_landscape
from kg.views.page import PAGE, html

Opened = Callable[..., Page]
MOST = {"tiny": 0.6, "china": 0.6, "hundred": 0.7, "large": 0.9, "drawn": 1.8}
"""Megabytes that a page may have, its evidence and the drawing library included."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    """A landscape of two thousand things, each partnership with one to three passages."""
    folder = write_tables(Drawn(1200), tmp_path_factory.mktemp("drawn") / "tables")
    return build_landscape([folder], tmp_path_factory.mktemp("drawn") / "kg")


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    """Fifty banks and fifty firms."""
    folder = write_tables(Drawn(60, parties=50), tmp_path_factory.mktemp("hundred") / "tables")
    landscape = build_landscape([folder], tmp_path_factory.mktemp("hundred") / "kg")
    assert len(landscape.network("banks-firms")) == 100
    return landscape


@pytest.mark.parametrize(
    ("name", "least"), [("tiny", 9), ("china", 80), ("hundred", 100), ("large", 500), ("drawn", 2000)]
)
def test_it_opens_at_any_size(opened: Opened, request: pytest.FixtureRequest, name: str, least: int) -> None:
    landscape: Landscape = request.getfixturevalue(name)
    assert len(everything(landscape.tables)) >= least
    text = html(landscape.store, landscape.tables)
    assert len(text.encode()) < MOST[name] * 1_000_000
    page = opened(text)
    for view in page.evaluate("kgPage.views.names()"):
        page.click(f"#tab-{view}")
        page.locator(f"#view-{view}").wait_for()
    if name == "drawn":
        no_picture_that_cannot_be_read(page)
    page.click("#tab-matrix")
    page.locator("#matrix:not([aria-busy])").wait_for()
    pairs = {(bank, firm) for bank, firm, _ in landscape.tables.pairs.iter_rows()}
    spans = "[...document.querySelectorAll('#matrix td.filled')].reduce((sum, td) => sum + td.colSpan, 0)"
    assert page.evaluate(spans) == len(pairs)


def no_picture_that_cannot_be_read(page: Page) -> None:
    """Of columns of seventy thousand pixels there is no PNG, and the page says so where it was asked for."""
    saved: list[object] = []
    page.on("download", lambda download: saved.append(download))  # noqa: PLW0108  Playwright marks it
    page.click("#tab-columns")
    page.click("#take")
    page.click("#take-png")
    expect(page.locator("#refused")).to_have_text(PAGE["not_saved"]["en"])
    expect(page.locator("#refused")).to_be_in_viewport(ratio=1)
    expect(page.locator("#said")).to_have_text(PAGE["not_saved"]["en"])
    # What can be taken has the focus.
    expect(page.locator("#take-svg")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator("#take-svg")).to_be_focused()
    expect(page.locator("#refused")).to_be_hidden()
    page.keyboard.press("Escape")
    assert saved == []


def test_every_milestone_is_told_as_exactly_as_it_is_known(opened: Opened, large: Landscape, large_text: str) -> None:
    page = opened(large_text)
    told = page.evaluate("kgPage.data.milestones.map(({ of, first, last }) => [kgPage.data.key(of), first, last])")
    rows = large.tables["milestones"].select("of", "agreed_earliest", "agreed_latest").iter_rows()
    wanted = [[of.rpartition("/")[2], *(day and str(day) for day in days)] for of, *days in rows]
    assert sorted(map(str, told)) == sorted(map(str, wanted))
    assert len(wanted) > 200
    known = set(page.evaluate("kgPage.data.milestones.map((one) => one.precision)"))
    assert known <= {"day", "month", "year", "span", "from", "until", ""}
    assert len(known) > 3


def test_every_statement_stands_with_all_its_passages(china: Landscape, opened: Opened, text: str) -> None:
    page = opened(text)
    told = page.evaluate(
        """() => {
          const { data } = kgPage, found = [];
          for (let thing = 0; thing < data.things; thing += 1)
            for (const [, predicate, object, passages] of data.about(thing))
              for (const place of passages) if (place >= 0 && data.key(predicate) === "kg:covers") {
                const [source, locator] = data.passage(place);
                found.push([...[thing, object, source].map(data.key), locator]);
              }
          return found;
        }"""
    )
    rows = china.select(
        "SELECT ?s ?o ?source ?locator { GRAPH ?p { ?s kg:covers ?o } "
        "?p dcterms:isPartOf ?source ; kg:locator ?locator }"
    )
    key = "https://w3id.org/partnership-kg/id/"
    wanted = [
        tuple(str(value).removeprefix(key) for value in row)
        for row in rows.select("s", "o", "source", "locator").rows()
    ]
    assert sorted(map(tuple, told)) == sorted(wanted)
    assert len(wanted) > 50
