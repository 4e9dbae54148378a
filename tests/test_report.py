"""The report: its numbers are those of the commands, each leads to its evidence, and no name in it does anything."""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg.analysis.citations import passages as named_passages
from kg.errors import KGError
from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.terms import ID, LANGUAGES
from kg.views.drawing import clean
from kg.views.report import Report
from kg.views.report.evidence import web
from kg.views.report.markdown import escaped
from kg.views.report.words import TEXTS

Run = Callable[..., Result]
VOID = {"meta", "br", "link", "img", "input", "hr", "path", "rect", "circle", "line"}


class Reader(HTMLParser):
    """What a file of HTML holds: its tags with attributes, its tables, and the text of each place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, str | None]] = []
        self.tables: list[list[list[tuple[str, str | None]]]] = []
        self.texts: dict[str, str] = {}
        self._target: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append((tag, found.get("id")))
        if "id" in found:
            self.texts.setdefault(found["id"], "")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(("", None))
        elif tag == "a":
            self._target = found.get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1][0] == tag, (self.open[-3:], tag)
        self.open.pop()
        if tag == "a":
            self._target = None

    def handle_data(self, data: str) -> None:
        for _, place in self.open:
            if place:
                self.texts[place] += data
        if any(tag in ("td", "th") for tag, _ in self.open):
            text, target = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (text + data, target or self._target)

    @property
    def links(self) -> list[str]:
        return [found["href"] for tag, found in self.tags if tag == "a" and "href" in found]

    @property
    def places(self) -> list[str]:
        return [found["id"] for _, found in self.tags if "id" in found]


def cells(table: list[list[tuple[str, str | None]]]) -> list[list[str]]:
    return [[text for text, _ in row] for row in table[1:]]


@functools.cache
def written(landscape: Landscape, language: Any = "en") -> Report:
    """The report on a landscape; it is asked for by many tests."""
    return landscape.report(language=language)


@pytest.fixture(scope="module")
def whole(world: Landscape) -> str:
    return written(world).html


@pytest.fixture(scope="module")
def told(whole: str) -> Reader:
    return Reader(whole)


@pytest.fixture
def printed(run: Run, world: Landscape) -> Callable[..., Any]:
    """``printed("trend")``: the rows that a command prints of both landscapes, as JSON."""

    def rows(*args: str) -> Any:
        return json.loads(run(*args, "--format", "json", "--store", str(world.place)).stdout)

    return rows


# The numbers


def test_counts_are_those_of_the_commands(told: Reader, world: Landscape, printed: Callable) -> None:
    counts = [int(count) for _, count in cells(told.tables[0])]
    backed = printed("sources", "--partnerships")
    pairs = printed("matrix")
    assert counts[:2] == [len(backed), sum(row["origins"] > 1 for row in backed)]
    assert counts[2:4] == [len({row[side] for row in pairs}) for side in ("bank", "firm")]
    covered = world.select("SELECT DISTINCT ?c { ?p a kg:Partnership ; kg:covers ?c }").height
    assert counts[4] == covered
    cited = "GRAPH ?g { ?p ?any ?x } ?p a kg:Partnership . ?g dcterms:isPartOf ?source"
    assert 0 < counts[5] <= world.select(f"SELECT DISTINCT ?source {{ {cited} }}").height
    assert sum(counts[6:]) == counts[0]


def test_the_ranking_is_that_of_kg_capabilities(told: Reader, printed: Callable) -> None:
    expected = printed("capabilities")
    shown = cells(told.tables[1])
    assert len(shown) == min(len(expected), 50) > 40
    stages = ("live", "underway", "announced", "ended")
    for row, known in zip(shown, expected, strict=False):
        assert row[0].lstrip("=") == str(known["rank"])
        assert row[1] == known["label"]
        share = f"{known['share']:.0%}"
        assert row[2:6] == [str(known["partnerships"]), share, str(known["banks"]), str(known["firms"])]
        assert row[6:] == [str(known[stage]) for stage in stages]


def test_the_matrix_is_that_of_kg_matrix(whole: str, printed: Callable) -> None:
    expected = printed("matrix")
    drawn = re.findall(r'<a href="#matrix-(\d+)"><title>([^<]*): (\d+)</title>', whole)
    assert len(drawn) > 30
    for number, name, count in drawn:
        known = expected[int(number) - 1]
        assert (unescape(name), int(count)) == (
            f"{known['bank_label']} with {known['firm_label']}", len(known["capabilities"]),
        )  # fmt: skip


def test_gaps_trend_and_communities_are_those_of_the_commands(told: Reader, printed: Callable) -> None:
    gaps, trend, communities = map(cells, told.tables[2:5])
    assert [row[:4] for row in gaps] == [
        [row["bank_label"], row["capability_label"], f"{row['score']:.3f}", str(row["banks"])]
        for row in printed("gaps")
    ]  # fmt: skip
    # What perhaps began is no other than what surely did, and of nothing only a first day is known.
    names = ("period", "began", "began_by", "ended", "perhaps_ended", "ended_by", "ended_from")
    expected = [[str(row[name]) for name in names] for row in printed("trend")]
    assert trend == [row for row in expected if set(row[1:]) != {"0"}]
    assert [row[2:5] for row in communities] == [
        [str(row["size"]), str(len(row["partnerships"])), f"{row['stability']:.2f}"] for row in printed("communities")
    ][: len(communities)]
    assert len(communities) == 20


def test_the_bars_of_years_are_as_long_as_the_numbers_of_kg_trend(whole: str, printed: Callable) -> None:
    """Each kind by itself: what has one known day is no part of what a year surely or perhaps has."""
    (svg,) = re.findall(r'<svg[^>]*"trend-title.*?</svg>', whole, re.DOTALL)
    root = ET.fromstring(svg)
    drawn = {
        (link.get("href", ""), bar.get("class")): float(bar.get("height", ""))
        for link in root.iter("a") for bar in link.iter("rect") if bar.get("class")
    }  # fmt: skip
    rows = printed("trend")
    expected: dict[tuple[str, str], int] = {}
    for n, row in enumerate(rows, start=1):
        for end in ("began", "ended"):
            kinds = {end: "sure", f"{end}_by": "by", f"{end}_from": "from"}
            expected |= {(f"#trend-{n}-{name}", kind): row[name] for name, kind in kinds.items()}
            expected[f"#trend-{n}", "perhaps"] = row[f"perhaps_{end}"] - row[end]
    expected = {at: count for at, count in expected.items() if count}
    assert {kind for _, kind in expected} == {"sure", "perhaps", "by", "from"}
    unit = drawn["#trend-1-began", "sure"]
    assert {at: round(height / unit) for at, height in drawn.items()} == expected
    said = [text.text for text in root.iter("text")]
    assert "6–17" not in said
    assert {"2–3", "3+3"} <= set(said)


# The evidence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["china", "tiny", "world"])
def test_each_number_leads_to_a_place_that_is_there(name: str, language: Any, request: pytest.FixtureRequest) -> None:
    reader = Reader(written(request.getfixturevalue(name), language).html)
    within = [link[1:] for link in reader.links if link.startswith("#")]
    assert len(reader.places) == len(set(reader.places))
    assert set(within) <= set(reader.places)
    for table in reader.tables:
        for row in table[1:]:
            for text, target in row:
                figure = re.fullmatch(r"\d[\d.]*%?", text) and text not in ("0", row[0][0])
                assert not figure or target is not None, row


def test_what_is_counted_is_listed_where_its_number_leads(told: Reader, whole: str) -> None:
    for row in told.tables[1][1:]:
        for (text, target), column in list(zip(row, told.tables[1][0], strict=True))[2:]:
            if text != "0" and column[0] not in ("Share", "Banks", "Firms"):
                assert target is not None
                assert _listed(whole, target[1:]) == int(text), (row[1], column)
    columns = [text for text, _ in told.tables[3][0]]
    for row in told.tables[3][1:]:
        for (number, place), column in list(zip(row, columns, strict=True))[1:]:
            if place and column.startswith("Perhaps"):
                # A year's own place has all that it counts, surely, perhaps and by one day, beginnings and ends.
                assert _listed(whole, place[1:]) >= int(number)
            else:
                assert (_listed(whole, place[1:]) if place else 0) == int(number), (row, column)
    for row in told.tables[0][1:]:
        text, target = row[1]
        assert target is not None
        if target.startswith("#counts") and row[0][0] not in (
            "Banks",
            "Technology firms",
            "Capabilities that they cover themselves",
        ):
            assert _listed(whole, target[1:]) == int(text), row


def _listed(html: str, place: str) -> int:
    """How many partnerships are listed in a place."""
    start = re.search(rf'<div class="(entry|part)"(?: id="{place}"| id="{place}")>', html)
    assert start is not None, place
    rest, depth = html[start.start() :], 0
    for tag in re.finditer(r"<(/?)div\b", rest):
        depth += -1 if tag[1] else 1
        if not depth:
            return len(re.findall(r'href="#partnership-\d+"', rest[: tag.start()]))
    raise AssertionError(place)


def test_the_passages_of_a_number_are_those_that_kg_capabilities_gives(china: Landscape) -> None:
    reader = Reader(written(china).html)
    rows = china.capabilities(sources=True)
    assert rows.height > 10
    for n, passages in enumerate(rows["sources"], start=1):
        text = reader.texts[f"ranking-{n}"]
        for passage in passages:
            assert passage.partition("#")[2] in text, (passage, text)


def test_a_partnership_is_told_with_its_passages(china: Landscape) -> None:
    reader = Reader(written(china).html)
    (place,) = (place for place, text in reader.texts.items() if text.strip().startswith("BOCHK and WeChat HK wallet"))
    text = " ".join(reader.texts[place].split())
    assert "Bank of China (Hong Kong) with WeChat HK wallet" in text
    assert "stage: Live; since by 2017-12-23; independent sources: 1" in text
    assert "Ta Kung Pao, 2017-12-23. Places: paragraphs 1 and 2, linking of bank accounts" in text
    assert "http://www.takungpao.com.hk/finance/text/2017/1223/134952.html" in reader.links


def test_places_are_told_in_the_language_of_the_report(china: Landscape, tmp_path: Path) -> None:
    """In a Chinese report each was told in English; lines of the article have no words and stay as they are."""
    reader = Reader(written(china, "zh").html)
    (place,) = (place for place, text in reader.texts.items() if text.strip().startswith("中银香港与微信香港钱包"))
    assert "Ta Kung Pao, 2017-12-23. 位置：第1、2段，绑定银行账户" in " ".join(reader.texts[place].split())
    passages = {passage for row in china.capabilities(sources=True)["sources"] for passage in row}
    names = dict(named_passages(china.tables, language="zh").iter_rows())
    assert len(passages & names.keys()) > 10
    for n, listed in enumerate(china.capabilities(sources=True)["sources"], start=1):
        for passage in listed:
            assert names.get(passage, passage.partition("#")[2]) in reader.texts[f"ranking-{n}"], passage
    written(china, "zh").write(tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text("utf-8")
    assert "第1、2段，绑定银行账户" in text
    assert "paragraph" not in text


# The file


@pytest.mark.parametrize("name", ["china", "world"])
def test_it_asks_nothing_and_runs_nothing(name: str, request: pytest.FixtureRequest) -> None:
    html = written(request.getfixturevalue(name), "zh").html
    reader = Reader(html)
    assert html.startswith('<!doctype html>\n<html lang="zh-Hans">')
    tags = {tag for tag, _ in reader.tags}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form", "use", "image"})
    assert not [name for _, found in reader.tags for name in found if name.startswith("on") or name in ("style", "src")]
    (policy,) = (found["content"] for _, found in reader.tags if found.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "url(http" not in html
    assert "@import" not in html
    assert all(link.startswith(("#", "http://", "https://")) for link in reader.links)


def test_the_same_landscape_gives_the_same_bytes(china: Landscape) -> None:
    code = (
        "import sys, hashlib; from kg.landscape import Landscape\n"
        "print(hashlib.sha256(Landscape(sys.argv[1]).report().html.encode()).hexdigest())"
    )
    runs = {
        subprocess.check_output(
            [sys.executable, "-c", code, str(china.place)],
            env={**os.environ, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": seed, "TZ": zone},
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(runs) == 1


@pytest.mark.parametrize("name", ["china", "tiny", "world"])
def test_figures_are_well_formed_and_told_in_words(name: str, request: pytest.FixtureRequest) -> None:
    html = written(request.getfixturevalue(name)).html
    drawn = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(drawn) == {"china": 4, "world": 5}.get(name, len(drawn)) > 0
    for svg in drawn:
        root = ET.fromstring(svg)
        assert [root[0].tag, root[1].tag] == ["title", "desc"]
        assert root[0].text
        assert root[1].text
        assert root.get("aria-labelledby", "").split() == [root[0].get("id"), root[1].get("id")]
        width, height = map(float, (root.get("width", ""), root.get("height", "")))
        for text in root.iter("text"):  # nothing is drawn outside
            assert -1 <= float(text.get("x", "")) <= width + 1
            assert 0 <= float(text.get("y", "")) <= height + 1


def test_every_word_stands_in_both_languages() -> None:
    assert list(TEXTS) == sorted(TEXTS)
    for name, words in TEXTS.items():
        assert set(words) == set(LANGUAGES), name
        slots = [sorted(re.findall(r"{(\w*)", said)) for said in words.values()]
        assert slots[0] == slots[1], name


def test_chinese_has_no_english_words_but_names(china: Landscape) -> None:
    reader = Reader(written(china, "zh").html)
    heads = [text for table in reader.tables for text, _ in table[0] if text]
    assert heads
    assert all(re.search("[\u4e00-\u9fff]", text) for text in heads)


# Names that want to be something else

HOSTILE = "</title></svg><script>alert(1)</script>\"'><img src=x onerror=alert(1)> [x](javascript:alert(1)) `|` *a* _b_"


def hostile(tables: Callable[..., Path], tmp_path: Path) -> Landscape:
    def table(header: str, *rows: list[str]) -> str:
        out = io.StringIO()
        csv.writer(out).writerows([header.split(","), *rows])
        return out.getvalue()

    name = HOSTILE.replace("|", r"\|")
    firms = [["b", "Bank", name, "s#" + name], ["f", "TechFirm", name + "2", "s#1"]]
    deals = [[f"p{n}", name + str(n), "b", "f", "c", f"20{n}7", "s#" + name] for n in (1, 2)]
    folder = tables(
        organizations=table("id,type,label@en,source", *firms),
        capabilities=table("id,label@en,definition@en,source", ["c", name, "D.", "s#1"]),
        partnerships=table("id,label@en,bankParty,techParty,covers,signed,source", *deals),
        sources=table("id,title@en,issued,language,publisher@en,source", ["s", name, "2017", "en", name, "s#top"]),
    )
    # A table with such an address is refused; RDF may hold it.
    statement = f'<{ID}s> <https://schema.org/url> "javascript:alert(1)"^^<http://www.w3.org/2001/XMLSchema#anyURI> .'
    (tmp_path / "address.nt").write_text(statement + "\n")
    return build_landscape([folder, tmp_path / "address.nt"], tmp_path / "kg")


def test_names_are_text_and_addresses_of_other_kinds_no_links(tables: Callable[..., Path], tmp_path: Path) -> None:
    landscape = hostile(tables, tmp_path)
    told = landscape.report()
    reader = Reader(told.html)
    tags = {tag for tag, _ in reader.tags}
    assert tags.isdisjoint({"script", "img"})
    assert not [name for _, found in reader.tags for name in found if name.startswith("on")]
    assert not [link for link in reader.links if not link.startswith("#")]
    assert any(HOSTILE in text for place, text in reader.texts.items() if place.startswith("source-"))
    assert "javascript:alert(1)" in landscape.select("SELECT ?a { ?s schema:url ?a }")["a"].to_list()
    for svg in re.findall(r"<svg.*?</svg>", told.html, re.DOTALL):
        assert {element.tag for element in ET.fromstring(svg).iter()}.isdisjoint({"script", "img"})


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (None, None), ("javascript:alert(1)", None), ("data:text/html,x", None), ("//a.example/", None),
        ("ftp://a.example/", None), (" http://a.example/", None), ("http://a.example/x?y=1&z=%20", "http://a.example/x?y=1&z=%20"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"), ("HTTPS://a.example/", "HTTPS://a.example/"),
        ("https://a.example/工行 x", "https://a.example/%E5%B7%A5%E8%A1%8C%20x"),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(address: str | None, link: str | None) -> None:
    assert web(address) == link


# Markdown


def rendered(text: str) -> Reader:
    return Reader(MarkdownIt("commonmark").enable("table").render(text).replace("<br />", "<br>"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["china", "tiny", "world"])
def test_markdown_says_what_html_says(name: str, language: Any, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    report = written(request.getfixturevalue(name), language)
    report.write(tmp_path / "my report.md")
    text = (tmp_path / "my report.md").read_text("utf-8")
    told, page = rendered(text), Reader(report.html)
    assert told.tables == page.tables
    assert len(told.places) == len(set(told.places))
    links = [link for link in told.links if not link.startswith(("http://", "https://"))]
    assert {link[1:] for link in links} <= set(told.places)
    assert all(link.startswith("#") for link in links)
    web_links = {link for link in page.links if not link.startswith("#")}
    assert {link for link in told.links if not link.startswith("#")} == web_links
    drawn = [found["src"] for tag, found in told.tags if tag == "img"]
    assert sorted(drawn) == sorted(f"my%20report.figures/{path.name}" for path in tmp_path.glob("*.figures/*"))
    assert len(drawn) == page.places.count("ranking-title") + sum(
        f"{figure}-title" in page.places for figure in ("matrix", "gaps", "trend", "communities")
    )
    for path in tmp_path.glob("*.figures/*.svg"):
        root = ET.fromstring(path.read_bytes())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        tags = {element.tag.partition("}")[2] for element in root.iter()}
        assert tags.isdisjoint({"a", "script", "image", "foreignObject", "use"})
        assert b"http" not in path.read_bytes().replace(b"http://www.w3.org/2000/svg", b"")


def test_names_are_text_in_markdown_and_in_files_of_figures(tables: Callable[..., Path], tmp_path: Path) -> None:
    report = hostile(tables, tmp_path).report()
    report.write(tmp_path / "report.md")
    told = rendered((tmp_path / "report.md").read_text("utf-8"))
    assert {tag for tag, _ in told.tags} <= {
        "h1", "h2", "h3", "h4", "p", "ul", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "img",
        "br", "strong",
    }  # fmt: skip
    assert all(link.startswith("#") for link in told.links)
    assert all(found["src"].startswith("report.figures/") for tag, found in told.tags if tag == "img")
    assert told.tables == Reader(report.html).tables
    assert any(text == HOSTILE for table in told.tables for row in table for text, _ in row)
    for path in tmp_path.glob("report.figures/*.svg"):
        tags = {element.tag.partition("}")[2] for element in ET.fromstring(path.read_bytes()).iter()}
        assert tags.isdisjoint({"script", "img"})


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_any_text_is_read_as_it_is(said: str) -> None:
    """As a line, in a list, in a heading and in a cell: one text without a tag."""
    text = escaped(said)
    for form, tags in (
        (f"{text}\n", ["p"]), (f"- {text}\n", ["ul", "li"]), (f"# {text}\n", ["h1"]),
        (f"| {text} | x |\n| --- | --- |\n", ["table", "thead", "tr", "th", "th"]),
    ):  # fmt: skip
        html = MarkdownIt("commonmark").enable("table").render(form)
        assert re.findall(r"<(\w+)", html) == tags, (form, html)
        found = unescape(re.sub(r"<[^>]*>", "", html)).split()
        assert found == [*clean(said).split(), *(["x"] if "table" in tags else [])]


def test_markdown_is_written_whole_or_not_at_all(china: Landscape, tiny: Landscape, tmp_path: Path) -> None:
    report, file, folder = china.report(), tmp_path / "new" / "report.md", tmp_path / "new" / "report.figures"
    report.write(file)
    written = {path: path.read_bytes() for path in sorted(file.parent.rglob("*")) if path.is_file()}
    assert len(written) == 5
    report.write(file)
    assert {path: path.read_bytes() for path in sorted(file.parent.rglob("*")) if path.is_file()} == written
    (folder / "mine.txt").write_text("mine")
    # A folder where a figure should be: nothing else may change, and nothing half written may stay.
    (folder / "trend.svg").unlink()
    (folder / "trend.svg").mkdir()
    with pytest.raises(KGError, match=r"report.md can't be written"):
        china.report(language="zh").write(file)
    assert file.read_bytes() == written[file]
    assert {path.name for path in folder.iterdir()} == {*report.figures, "mine.txt"}
    (folder / "trend.svg").rmdir()
    tiny.report().write(file)
    assert {path.name for path in folder.iterdir()} == {*tiny.report().figures, "mine.txt"}
    with pytest.raises(KGError, match="can't be written"):
        report.write(file / "a.md")
    assert file.is_file()


# Small landscapes and views

PARTY = "id,type,label@en,source\nb,Bank,B,s#1\nf,TechFirm,F,s#1\n"
CAPABILITY = "id,label@en,definition@en,source\nc,C,D.,s#1\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("deals", "numbers"),
    [
        ("", "000"),
        ("p,b,f,c,2017-05,s#2\n", "111"),
        ("p,b,f,c,,s#2\n", "111"),
        ("p,b,f,,,s#2\n", "111"),
    ],
)
def test_one_partnership_none_or_none_dated(
    deals: str, numbers: str, language: Any, tables: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tables(
        organizations=PARTY, capabilities=CAPABILITY,
        partnerships="id,bankParty,techParty,covers,signed,source\n" + deals,
    )  # fmt: skip
    reader = Reader(build_landscape([folder], tmp_path / "kg").report(language=language).html)
    counts = [count for _, count in cells(reader.tables[0])]
    assert [counts[0], counts[2], counts[3]] == list(numbers)
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.places)
    assert TEXTS["no_ranking"][language] in reader.texts["ranking"]
    assert (TEXTS["no_trend"][language] in reader.texts["trend"]) == ("2017" not in deals)
    assert (TEXTS["no_matrix"][language] in reader.texts["matrix"]) == (not deals)


def test_a_view_is_told_and_counted(china: Landscape, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "report.html"
    done = run("report", "-o", str(file), "--as-of", "2017-06-19", "--certain", "--group", "--stage", "integration")
    assert done.stderr.endswith(f"Wrote {file}.\n")
    reader = Reader(file.read_text("utf-8"))
    about = "as of 2017-06-19; those that must have been in force; only stage: in integration"
    assert f"subsidiaries counted as their parents; {about}" in file.read_text("utf-8")
    narrowed = china.by_owner().as_of("2017-06-19", certain=True).at_stage("integration")
    assert cells(reader.tables[0])[0][1] == str(narrowed.matrix()["partnerships"].explode().n_unique())
    assert run("report", "-o", "-", "--lang", "zh").stdout_bytes == china.report(language="zh").html.encode()


def test_the_ending_names_the_form(china: Landscape, run: Run, tmp_path: Path) -> None:
    told = run("report", "-o", str(tmp_path / "report.doc"), exit_code=2)
    assert "report.doc names no form: take --format, one of html" in told.stderr
    run("report", "-o", str(tmp_path / "report.doc"), "--format", "html")
    assert (tmp_path / "report.doc").read_text("utf-8").startswith("<!doctype html>")
    with pytest.raises(KGError, match="names no form"):
        china.report().write(tmp_path / "a.txt")
    with pytest.raises(KGError, match="no form 'pdf'"):
        china.report().write(tmp_path / "a.pdf", "pdf")  # type: ignore[arg-type]
    assert not (tmp_path / "a.txt").exists()
    frame = china.report()._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-popups" ')
