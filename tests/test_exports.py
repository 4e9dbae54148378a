"""Exports: read back they are the same landscape, they are the same bytes each time, and no formula runs."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import openpyxl
import polars as pl
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.analysis.differences import statements
from kg.errors import BadQuery, FileFault
from kg.exports import EXPORT_FORMATS, ExportFormat
from kg.landscape import Landscape
from kg.network.graphs import NETWORKS
from kg.network.tables import SCHEMAS
from kg.opening import build_landscape
from kg.query.results import select
from kg.terms import ID, PREFIXES, citation, shorten
from kg.views.rdf import ANNOTATED, MERGED, WITH_EVIDENCE, export
from kg.views.rows import separated
from kg.views.workbook import workbook

FORMATS = {
    "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML,
    ANNOTATED: ox.RdfFormat.TURTLE,
}  # fmt: skip


def quads(landscape: Landscape) -> set[str]:
    return {str(quad) for quad in landscape.store._store}


@pytest.mark.parametrize("ending", WITH_EVIDENCE)
@pytest.mark.parametrize("name", ["china", "tiny"])
def test_read_back_it_is_the_same_landscape_evidence_included(
    ending: str, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    landscape = request.getfixturevalue(name)
    file = tmp_path / f"all.{ending}"
    file.write_bytes(export(landscape.store, ending))
    assert quads(build_landscape([file], tmp_path / "kg")) == quads(landscape)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(lambda t: t.strip())


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TEXT, min_size=1, max_size=4), locator=TEXT)
def test_any_names_and_locators_come_back(
    names: list[str], locator: str, tables: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = io.StringIO()
    safe = [name.replace("|", r"\|") for name in names]
    rows = [[f"c{n}", name, "D.", "s#" + locator.replace("|", r"\|")] for n, name in enumerate(safe)]
    csv.writer(out).writerows([["id", "label@en", "definition@zh", "source"], *rows])
    folder = tmp_path_factory.mktemp("round")
    first = build_landscape([tables(capabilities=out.getvalue())], folder / "first")
    for ending in WITH_EVIDENCE:
        (folder / f"all.{ending}").write_bytes(export(first.store, ending))
        assert quads(build_landscape([folder / f"all.{ending}"], folder / ending)) == quads(first)


@pytest.mark.parametrize("ending", MERGED)
def test_the_merged_landscape_is_the_default_graph(ending: str, china: Landscape) -> None:
    told = {str(quad) for quad in ox.parse(input=export(china.store, ending), format=FORMATS[ending])}
    assert told == {quad for quad in quads(china) if ox.DefaultGraph() == next(iter(_parsed(quad))).graph_name}


def _parsed(quad: str) -> list[ox.Quad]:
    return list(ox.parse(input=quad + " .", format=ox.RdfFormat.N_QUADS))


def test_the_annotations_name_every_passage_of_every_statement(tiny: Landscape) -> None:
    store = ox.Store()
    store.load(input=export(tiny.store, ANNOTATED), format=ox.RdfFormat.TURTLE)
    statement = f"<{ID}river-paylo> kg:covers <{ID}payments>"
    query = f"SELECT ?passage {{ ?r rdf:reifies <<( {statement} )>> ; dcterms:source ?passage }}"
    told = {solution["passage"].value.removeprefix(ID) for solution in store.query(query, prefixes=PREFIXES)}  # type: ignore[union-attr]
    assert told == {"source/gazette#p3", "source/release#top"}


def test_rdflib_reads_what_it_can(china: Landscape) -> None:
    for ending, name in (("ttl", "turtle"), ("rdf", "xml"), ("nt", "nt")):
        graph = rdflib.Graph().parse(data=export(china.store, ending), format=name)
        assert len(graph) == len(china.store.triples(None))
    for ending, name in (("trig", "trig"), ("jsonld", "json-ld"), ("nq", "nquads")):
        dataset = rdflib.Dataset()
        dataset.parse(data=export(china.store, ending), format=name)
        assert len(list(dataset.quads())) == len(quads(china))


BLANK = """
<http://a.example/s> <http://a.example/p> "v" _:g .
<http://a.example/s> <http://a.example/p> _:n .
<http://a.example/s> <http://a.example/p> "see _:c14n7 _:n" .
_:n <http://a.example/c14n/_:c14n0> "_:g .\\n_:c14n1" _:g .
"""
"""Blank nodes as subject, object and graph, and texts that look like them."""


def test_blank_nodes_come_back_and_no_text_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "blank.nq").write_text(BLANK)
    first = build_landscape(tmp_path / "blank.nq")
    texts = first.select('SELECT ?t { { ?s ?p ?t } UNION { GRAPH ?g { ?s ?p ?t } } FILTER(CONTAINS(?t, "_:")) }')["t"]
    assert set(texts) == {"see _:c14n7 _:n", "_:g .\n_:c14n1"}
    for ending in WITH_EVIDENCE:
        first.export(tmp_path / f"all.{ending}")
        again = build_landscape(tmp_path / f"all.{ending}")
        assert statements(again.store, first.store) == ([], [])
        assert len(again.store) == len(first.store)
    first.export(tmp_path / "all.annotated.ttl")
    assert b"_:g .\\n_:c14n1" in (tmp_path / "all.annotated.ttl").read_bytes()
    assert statements(first.store, build_landscape(tmp_path / "blank.nq").store) == ([], [])


@pytest.mark.parametrize("given", ["graphs/china-2017", "tests/foreign"])
def test_the_same_landscape_is_the_same_bytes_elsewhere_and_at_another_time(
    given: str, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "blank.nq").write_text(BLANK)
    code = """if True:
        import hashlib, sys
        from pathlib import Path
        import kg
        from kg.exports import EXPORT_FORMATS
        from kg.network.graphs import NETWORKS
        landscape = kg.build_landscape([sys.argv[1], "blank.nq"], sys.argv[2])
        for format_ in EXPORT_FORMATS:
            for network in NETWORKS if format_ in ("graphml", "gexf") else ("all",):
                landscape.export(Path(sys.argv[3], f"{network}.{format_}"), network=network, language="zh")
        landscape.page().write(Path(sys.argv[3], "page.html"))
        for path in sorted(path for path in Path(sys.argv[3]).rglob("*") if path.is_file()):
            print(path.relative_to(sys.argv[3]), hashlib.sha256(path.read_bytes()).hexdigest())
    """
    runs = [
        subprocess.check_output(
            [sys.executable, "-c", code, str(root / given), str(tmp_path / place), str(tmp_path / "out" / place)],
            env={**os.environ, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": seed, "TZ": zone}, cwd=tmp_path, text=True,
        ).splitlines()
        for seed, zone, place in (("1", "UTC", "here"), ("7", "Asia/Shanghai", "some where/else"))
    ]  # fmt: skip
    assert runs[0] == runs[1]
    assert len(runs[0]) == len(EXPORT_FORMATS) - 4 + 2 * len(SCHEMAS) + 2 * len(NETWORKS) + 1


def test_the_command_writes_by_the_ending_or_the_format(run: Callable, tmp_path: Path, china: Landscape) -> None:
    assert "Wrote" in run("export", "-o", str(tmp_path / "new" / "all.trig")).stderr
    assert (tmp_path / "new" / "all.trig").read_bytes() == export(china.store, "trig")
    run("export", "-o", str(tmp_path / "all.annotated.ttl"))
    assert b"reifies" in (tmp_path / "all.annotated.ttl").read_bytes()
    assert run("export", "-o", "-", "--format", "nt").stdout_bytes == export(china.store, "nt")
    assert "names no format" in run("export", "-o", "all.docx", exit_code=2).stderr
    for format_ in ("csv", "parquet"):
        run("export", "-o", str(tmp_path / format_), "--format", format_)
        assert {path.stem for path in (tmp_path / format_).glob(f"*.{format_}")} == set(SCHEMAS)
        assert "is a folder of files" in run("export", "-o", "-", "--format", format_, exit_code=1).stderr
    for format_ in ("graphml", "gexf"):
        run("export", "-o", str(tmp_path / f"pairs.{format_}"), "--network", "banks-firms", "--lang", "zh")
        assert "\u4e2d\u56fd\u519c\u4e1a\u94f6\u884c".encode() in (tmp_path / f"pairs.{format_}").read_bytes()
    assert pl.read_csv(tmp_path / "csv" / "covers.csv").height == china.tables["covers"].height
    assert pl.read_parquet(tmp_path / "parquet" / "covers.parquet").equals(china.tables["covers"])


def test_a_spreadsheet_takes_no_text_for_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "fine", "a=b"]
    rows = pl.DataFrame({"text": texts, "list": [[text] for text in texts], "n": range(len(texts))})
    told = list(csv.reader(io.StringIO(separated(rows, "csv"))))[1:]
    assert [row[0] for row in told] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "fine", "a=b"]
    assert [row[1] for row in told] == [row[0] for row in told]
    assert [row[2] for row in told] == [str(n) for n in range(len(texts))]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rankings_as_a_workbook_stand_with_their_citations(
    china: Landscape, tmp_path: Path, language: Literal["en", "zh"]
) -> None:
    china.export(tmp_path / "rankings.xlsx", language=language)
    book = openpyxl.load_workbook(tmp_path / "rankings.xlsx")
    ranked, pairs, cited, sources = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    told = china.capabilities(language=language)
    columns = ("label", "partnerships", "share", "banks", "firms", "capability")
    assert [list(row) for row in ranked[1:]] == [list(row) for row in told.select(columns).rows()]
    assert ranked[0][0] == {"en": "Capability", "zh": "\u80fd\u529b"}[language]
    assert len(pairs) - 1 == china.matrix().height
    assert {row[6] for row in cited[1:]} <= {row[0] for row in sources[1:]}
    for name, number in told.select("label", "partnerships").rows():
        assert len({row[1] for row in cited[1:] if row[0] == name}) == number  # each partnership that counts is cited
    named = {citation(passage): name for passage, name in china.tables.passages(language).items()}
    asked = "SELECT ?s ?l { ?p dcterms:isPartOf ?s ; kg:locator ?l }"
    places = {(shorten(source), locator) for source, locator in select(china.store, asked).iter_rows()}
    told = {(source, named.get(f"{source}#{locator}", locator)) for source, locator in places}
    cells = {(row[6], row[7]) for row in cited[1:]}
    assert {("fintech-banks-2017", locator) for locator in ("L15", "L31", "L17")} <= cells <= told
    assert any("\u6bb5" in locator for _, locator in cells) == (language == "zh")


def test_no_cell_of_a_workbook_runs(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "http://a.example/", "fine", "\x01", "a\nb"]
    rows = pl.DataFrame({"title": texts, "on": [[text, "=2"] for text in texts], "share": [0.5] * len(texts)})
    (tmp_path / "a.xlsx").write_bytes(workbook({"pairs": rows}))
    (sheet,) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    told = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for row in told for cell in row[:2]} == {"s"}
    assert all(cell.style and cell.quotePrefix for row in told for cell in row[:2])
    assert [row[0].value.replace("_x0001_", "\x01") for row in told] == texts  # openpyxl leaves Excel's escape
    assert all(row[1].value.endswith("\n=2") for row in told)
    assert not [cell for row in told for cell in row if cell.hyperlink]


def test_what_excel_does_not_hold_is_told() -> None:
    with pytest.raises(FileFault, match="A cell of 40,000 signs is more than Excel holds"):
        workbook({"pairs": pl.DataFrame({"title": ["x" * 40_000]})})


@pytest.mark.parametrize(
    ("ending", "statement"),
    [
        ("jsonld", "<a:b> <schema:x> <a:c>"),
        ("jsonld", "<a:b> <a:x> <kg:c>"),
        ("jsonld", '<a:b> <a:x> "x"@he--rtl'),
        ("jsonld", "<a:b> <a:x> <<( <a:b> <a:x> <a:c> )>>"),
        ("rdf", '<a:b> <http://e.example/1> "x"'),
        ("rdf", '<a:b> <a:x> "\\u0001"'),
    ],
)
def test_what_a_format_would_twist_is_told(ending: ExportFormat, statement: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(statement + ' . <a:b> <a:x> "fine" .', "utf-8")
    landscape = build_landscape(tmp_path / "a.ttl")
    with pytest.raises(BadQuery, match=r"can't hold this statement: .*Take (nq or trig|ttl or nt)\.$") as told:
        landscape.exported(ending)
    assert f"statement: {statement}." in str(told.value)
    landscape.export(tmp_path / "a.nq")
    assert quads(build_landscape(tmp_path / "a.nq")) == quads(landscape)


def test_what_looks_hard_to_hold_is_held(tmp_path: Path) -> None:
    text = '<https://schema.org///x> <a:x> "a\\r\\nb" , <http://kg/c> , <https://schema.org/> , "<b>"@en-gb .'
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    landscape = build_landscape(tmp_path / "a.ttl")
    for ending in WITH_EVIDENCE:
        landscape.export(tmp_path / f"all.{ending}")
        assert quads(build_landscape(tmp_path / f"all.{ending}")) == quads(landscape)
    for ending in MERGED:
        told = ox.parse(input=landscape.exported(ending), format=FORMATS[ending])
        assert {f"{triple} ." for triple in told} == set(landscape.store.triples(None))
    graph = rdflib.Graph().parse(data=landscape.exported("rdf"), format="xml")  # by a parser of XML that forgives less
    assert rdflib.Literal("a\r\nb") in set(graph.objects())
