"""Names that would run, or break the page, in every field: none runs, and all are shown as the texts that they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from kg.opening import build_landscape
from kg.views.page import html

Opened = Callable[..., Page]
EVIL = [
    "<img src=x onerror=\"window.hacked='label'\">",
    "</script><script>window.hacked='script'</script>",
    "<a href=\"javascript:window.hacked='link'\">href</a>",
    "{{ 7 * 7 }}{% raw %}${window.hacked=1}",
    "<!--<script>]]>",
    "' onclick='window.hacked=1\" onfocus=\"window.hacked=1",
    "RIGHT-TO-LEFTknaB liveISOLATE <svg onload=window.hacked=1>",
    "</style><style>*{display:none}</style>",
    "\\u003cscript\\u003e\u2028alert(1)//&lt;b&gt;",
]


SMUGGLED = {
    "RIGHT-TO-LEFT": "\u202e",
    "ISOLATE": "\u2066",
    "https://a.example/javascript": "javascript:window.hacked=2",
    "https://a.example/data": "data:text/html,\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
}
"""What the tables' own checks refuse, and a page must bear all the same: put into what it knows afterwards."""


def sheet(*rows: list[str]) -> str:
    """Rows as CSV; a bar within a value is no parting of values."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[cell.replace("|", "\\|") for cell in row] for row in rows])
    return out.getvalue()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a landscape that has all of them in every field that holds a text."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    count = len(EVIL)
    texts: dict[str, list[list[str]]] = {
        "organizations": [["id", "type", "label@en", "label@zh", "alias@en", "hidden@zh", "country", "source"]],
        "capabilities": [["id", "label@en", "label@zh", "alias@zh", "definition@en", "broader", "source"]],
        "products": [["id", "label@en", "label@zh", "kind", "realizes", "source"]],
        "partnerships": [
            ["id", "label@en", "label@zh", "bankParty", "techParty", "covers", "delivers", "stage", "signed", "source"],
        ],
        "sources": [["id", "title@en", "title@zh", "publisher@en", "issued", "language", "address", "source"]],
    }
    for n, name in enumerate(EVIL):
        zh, cited = name + "中", f"s-{n}#{name}"
        texts["organizations"] += [
            [f"bank-{n}", "Bank", name, zh, name + " alias", zh + "隐", "CN", cited],
            [f"firm-{n}", "TechFirm", name + " firm", zh + "技", "", "", "", cited],
        ]
        texts["capabilities"].append(
            [f"cap-{n}", name + " cap", zh + "能", zh + "别", name + " definition", f"cap-{n - 1}" if n else "", cited]
        )
        texts["products"].append([f"product-{n}", name + " product", zh + "品", "service", f"cap-{n}", cited])
        texts["partnerships"].append(
            [
                f"deal-{n}",
                name + " deal",
                zh + "合",
                f"bank-{n}",
                f"firm-{(n + 1) % count}",
                f"cap-{(n + 2) % count}",
                f"product-{n}",
                "live",
                "2017-06",
                cited,
            ]
        )
        address = ["https://a.example/javascript", "https://a.example/data", "https://a.example/?q=%22%3E%3Cb%3E"]
        texts["sources"].append([f"s-{n}", name + " title", zh + "题", name, "2017", "en", address[n % 3], cited])
    for name, rows in texts.items():
        (folder / f"{name}.csv").write_text(sheet(*rows), "utf-8")
    landscape = build_landscape([folder], tmp_path_factory.mktemp("store") / "kg")
    text = html(landscape.store, landscape.tables)
    for refused, smuggled in SMUGGLED.items():
        assert refused in text
        text = text.replace(refused, smuggled)
    return text


WRONG = """() => ({
  hacked: window.hacked ?? null,
  made: document.querySelectorAll("body img, body iframe, body object, body base, body style").length,
  handlers: [...document.querySelectorAll("body *")]
    .filter((one) => one.getAttributeNames().some((name) => name.startsWith("on"))).length,
  links: [...document.querySelectorAll("a[href]")].map((a) => a.protocol).filter((p) => !/^(https?|file):$/.test(p)),
})"""
RIGHT = {"hacked": None, "made": 0, "handlers": 0, "links": []}


def texts_of(page: Page) -> str:
    return str(page.evaluate("document.body.textContent"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_runs_whatever_is_chosen(opened: Opened, hostile: str, language: str) -> None:
    page = opened(hostile, f"#lang={language}")
    page.click("#filter")
    for view in page.evaluate("kgPage.views.names()"):
        page.click(f"#tab-{view}")
        assert page.evaluate("kgPage.data.nodes.map(({ id }) => kgPage.choose('thing', id)).length") > 10
        page.click("#index")
    page.click("#tab-matrix")
    for button in page.locator("#matrix .chip, #matrix .name, #matrix .pair").all():
        button.hover()
        button.focus()
        button.click()
        assert page.evaluate(WRONG) == RIGHT
    page.wait_for_timeout(100)
    assert page.evaluate(WRONG) == RIGHT


def test_each_is_found_and_shown_as_it_is(opened: Opened, hostile: str) -> None:
    page = opened(hostile, "#view=matrix")
    heads = page.locator("#matrix tbody th").evaluate_all("all => all.map((one) => one.textContent)")
    for evil in EVIL:
        name = evil
        for refused, smuggled in SMUGGLED.items():
            name = name.replace(refused, smuggled)
        assert heads.count(name) == 1
        page.fill("#search", name)
        page.keyboard.press("Enter")
        title: Any = page.locator("#panel h2").evaluate("one => one.textContent")
        assert title == name
        told = page.locator("#panel").evaluate("one => one.textContent")
        for part in (name + " alias", name + " title", f" · {name}", f"({name}, 2017)"):
            assert part in told
        assert page.evaluate(WRONG) == RIGHT


def test_a_link_leads_to_the_web_alone(opened: Opened, hostile: str) -> None:
    page = opened(hostile)
    for n in range(3):
        page.evaluate("(key) => kgPage.choose('thing', kgPage.data.find(key))", f"bank-{n}")
        links = page.locator("#panel a")
        assert links.count() == 0 or set(links.evaluate_all("all => all.map((a) => a.host)")) == {"a.example"}
        assert (links.count() > 0) == (n == 2)
        for link in links.all():
            assert link.get_attribute("rel") == "noopener noreferrer"
            assert link.get_attribute("target") == "_blank"


def test_a_name_from_right_to_left_turns_nothing_around_it_in_what_is_told_under_the_pointer(
    opened: Opened, hostile: str
) -> None:
    page = opened(hostile, "#view=columns")
    # Where the words after the name are, from the left.
    order = """(before) => {
      const tip = document.getElementById("whole-name"), text = tip.firstChild, at = text.data.lastIndexOf(", live");
      const left = (from) => {
        const word = document.createRange();
        word.setStart(text, from);
        word.setEnd(text, from + 1);
        return word.getBoundingClientRect().left;
      };
      return !tip.hidden && at > 0 && [2, 3, 4].every((n) => left(at + n) < left(at + n + 1));
    }"""
    number = page.evaluate("kgPage.state.shown.findIndex((one) => one.thing === kgPage.data.find('deal-6'))")
    page.hover(f"#columns .handle[data-numbers='{number}']")
    assert page.evaluate(order)
    page.click("#tab-network")
    page.evaluate("kgPage.choose('pair', kgPage.data.find('bank-6'), kgPage.data.find('firm-7'))")
    assert (
        page.evaluate("document.querySelector('#panel h2').textContent.replace(/[^\\u2068\\u2069]/g, '')")
        == "\u2068\u2069"
    )


def test_a_name_from_right_to_left_turns_nothing_around_it(opened: Opened, hostile: str) -> None:
    page = opened(hostile)
    page.evaluate("kgPage.choose('thing', kgPage.data.find('bank-6'))")
    order = """() => {
      const line = [...document.querySelectorAll("#panel p")].find((p) => p.querySelector("bdi"));
      const word = document.createRange();
      word.selectNodeContents(line.firstChild);
      return word.getBoundingClientRect().right <= line.querySelector("bdi").getBoundingClientRect().left + 1;
    }"""
    assert page.evaluate(order)
