"""Other inputs than CSV: RDF, TSV, workbooks, Parquet, standard input, and several landscapes at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pyoxigraph as ox
import pytest

from kg.build import check
from kg.errors import FileFault
from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.query.results import select
from kg.terms import ID, KG

Tables = Callable[..., Path]
TURTLE = """
@prefix kg: <https://w3id.org/partnership-kg/ontology#> .
@prefix id: <https://w3id.org/partnership-kg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:red-bank a kg:Bank ; skos:prefLabel "Red \\"Bank\\""@en , "红银行"@zh .
id:cloudy a kg:TechFirm ; skos:prefLabel "Cloudy"@en .
id:deal a kg:Partnership ; skos:prefLabel "Deal"@en ; kg:bankParty id:red-bank ; kg:techParty id:cloudy ;
    kg:covers id:cloud ; kg:signed "2019-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .
id:cloud a kg:Capability ; skos:prefLabel "Cloud"@en ; skos:definition "Computing."@en .
"""
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES, "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML, "owl": ox.RdfFormat.RDF_XML, "xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


def written(ending: str, folder: Path) -> Path:
    path = folder / f"claims.{ending}"
    path.write_bytes(ox.serialize(ox.parse(input=TURTLE, format=ox.RdfFormat.TURTLE), format=FORMATS[ending]) or b"")
    return path


def asked(landscape: Landscape, sparql: str) -> list[tuple[object, ...]]:
    return select(landscape.store, sparql).rows()


@pytest.mark.parametrize("ending", FORMATS)
def test_rdf_in_every_format_is_a_landscape(ending: str, tmp_path: Path) -> None:
    landscape = build_landscape([written(ending, tmp_path)], tmp_path / "kg")
    assert asked(landscape, "SELECT ?b { ?b kg:partnersWith id:cloudy }") == [(ID + "red-bank",)]
    assert asked(landscape, "SELECT ?d { id:deal kg:signedLatest ?d }") == [(dt.date(2019, 2, 28),)]
    assert landscape.tables.names.one('red "bank"') == ID + "red-bank"
    passages = asked(
        landscape, "SELECT ?s ?l { GRAPH ?g { id:deal kg:covers ?c } ?g dcterms:isPartOf ?s ; kg:locator ?l }"
    )
    assert passages == [(ID + "file-claims", f"claims.{ending}")]
    lonely = "SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    assert asked(landscape, lonely) == []


def test_named_graphs_are_passages_and_are_not_doubled(tmp_path: Path) -> None:
    file = tmp_path / "claims.trig"
    file.write_text(
        "@prefix kg: <https://w3id.org/partnership-kg/ontology#> .\n"
        "@prefix id: <https://w3id.org/partnership-kg/id/> .\n"
        "id:x a kg:Capability .\n"
        "<https://w3id.org/partnership-kg/id/source/paper#page%203> { id:x a kg:Capability . id:paper a kg:Source }\n"
        "<http://other.example/graph> { id:y a kg:Capability }\n",
        "utf-8",
    )
    landscape = build_landscape([file], tmp_path / "kg")
    assert asked(landscape, "SELECT (COUNT(*) AS ?n) { ?c a kg:Capability }") == [(2,)]
    graphs = asked(landscape, "SELECT ?c ?g { GRAPH ?g { ?c a kg:Capability } } ORDER BY ?c")
    assert graphs == [(ID + "x", ID + "source/paper#page%203"), (ID + "y", "http://other.example/graph")]
    assert asked(landscape, "SELECT ?l { ?p kg:locator ?l ; dcterms:isPartOf id:paper }") == [("page 3",)]


def test_a_store_written_out_and_read_again_is_the_same_landscape(china: Landscape, tmp_path: Path) -> None:
    file = tmp_path / "all.nq"
    china.store._store.dump(str(file), ox.RdfFormat.N_QUADS)
    again = build_landscape([file], tmp_path / "kg")

    def quads(landscape: Landscape) -> set[str]:
        return {str(quad) for quad in landscape.store._store}

    assert quads(again) == quads(china)
    for name in ("parties", "covers", "milestones", "labels"):
        assert again.tables[name].equals(china.tables[name])


def test_blank_nodes_and_lists_of_two_files_stay_apart_and_are_named_alike_each_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text('<http://a.example/a> <http://a.example/has> [ <http://a.example/list> ( 1 "two"@en ) ] .', "utf-8")
    two.write_text("<http://a.example/b> <http://a.example/has> [ <http://a.example/list> () ] .", "utf-8")
    landscapes = [build_landscape([one, two], tmp_path / name) for name in ("first", "second")]
    items = "SELECT ?x { <http://a.example/a> <http://a.example/has>/<http://a.example/list>/rdf:rest*/rdf:first ?x }"
    assert sorted(asked(landscapes[0], items)) == [("1",), ("two",)]
    assert asked(landscapes[0], "SELECT (COUNT(DISTINCT ?b) AS ?n) { ?s <http://a.example/has> ?b }") == [(2,)]
    assert landscapes[0].revision == landscapes[1].revision


def test_tables_name_what_rdf_describes_and_add_to_it(tables: Tables, tmp_path: Path) -> None:
    folder = tables(partnerships="id,label@en,bankParty,techParty,covers,source\nmore,More,红银行,cloudy,Cloud,s#p1\n")
    written("ttl", folder)
    landscape = build_landscape([folder], tmp_path / "kg")
    assert asked(landscape, "SELECT ?p { ?p kg:bankParty id:red-bank } ORDER BY ?p") == [(ID + "deal",), (ID + "more",)]


@pytest.mark.parametrize(
    ("name", "text", "row", "column"),
    [
        ("a.ttl", "<http://a/a> <http://a/b> 1 .\n<http://a/a> <http://a/b> .", 2, 27),
        ("a.nt", "<http://a/a> <http://a/b> 1 .", 1, 27),
        ("a.jsonld", '{"@id": "http://a/a",\n oops}', 2, 2),
        ("a.rdf", "<rdf:RDF>\n</rdf:RDX>", 2, 3),
        ("a.trig", "<http://a/g> { <http://a/a> }", 1, 29),
    ],
)
def test_bad_rdf_is_told_at_line_and_column(name: str, text: str, row: int, column: int, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (finding,) = check([tmp_path / name])
    assert finding.code == "bad-rdf"
    assert (finding.row, finding.unit) == (row, "line")
    assert abs(finding.column - column) < 5
    assert f"line {row}" in str(finding)


def test_tsv_is_read_as_csv_is(tables: Tables) -> None:
    folder = tables()
    (folder / "capabilities.tsv").write_text(
        'id\tlabel@en\tdefinition@en\tsource\npay\tPay\t"Moving\tmoney, or ""more"""\ts#p1\nlend\tLend\t\ts\n', "utf-8"
    )
    (finding,) = check([folder])
    assert (finding.code, finding.row, finding.column) == ("bad-source", 3, 4)


def test_a_workbook_has_a_table_a_sheet_and_parquet_is_one(tables: Tables, tmp_path: Path) -> None:
    folder = tables()
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "partnerships"
    for row in (
        ["id", "label@en", "signed", "covers", "source"],
        ["deal", "Deal", dt.date(2019, 2, 28), "pay", "s#p1"],
        ["other", "Other", 2019, "pay", "s#p2"],
        ["wrong", "Wrong", "2019-13", "pay", "s#p3"],
    ):
        sheet.append(row)
    workbook.create_sheet("empty")
    workbook.save(folder / "book.xlsx")
    pl.DataFrame({"id": ["pay"], "label@en": ["Pay"], "definition@en": [None], "source": ["s#p1"]}).write_parquet(
        folder / "capabilities.parquet"
    )
    (finding,) = check([folder])
    assert (finding.code, finding.row, finding.column) == ("bad-date", 4, 3)
    assert finding.file.endswith("book.xlsx[partnerships]")
    sheet["C4"] = "2019-12"
    workbook.save(folder / "book.xlsx")
    landscape = build_landscape([folder], tmp_path / "kg")
    dates = asked(landscape, "SELECT ?p ?e { ?p kg:signedEarliest ?e } ORDER BY ?e ?p")
    assert dates == [
        (ID + "other", dt.date(2019, 1, 1)), (ID + "deal", dt.date(2019, 2, 28)), (ID + "wrong", dt.date(2019, 12, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_a_broken_workbook_or_parquet_file_is_a_finding(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 nothing")
    (finding,) = check([tmp_path / name])
    assert finding.code == "bad-file"


def test_a_parquet_column_of_lists_is_a_finding(tmp_path: Path) -> None:
    pl.DataFrame({"id": ["a"], "covers": [["x"]]}).write_parquet(tmp_path / "a.parquet")
    (finding,) = check([tmp_path / "a.parquet"])
    assert (finding.code, finding.column) == ("not-text", 2)


def test_several_landscapes_add_up(root: Path, china: Landscape, tiny: Landscape, tmp_path: Path) -> None:
    folders = [root / "graphs" / "china-2017", root / "ontology" / "examples" / "tiny"]
    both = build_landscape([*folders, folders[0], folders[1] / "products.csv"], tmp_path / "kg")

    def partnerships(landscape: Landscape) -> set[str]:
        return set(landscape.tables.of_class(KG.Partnership))

    assert partnerships(both) == partnerships(china) | partnerships(tiny)


def test_standard_input_is_a_file_of_the_sort_told(run: Callable, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "kg"))
    assert "1 bank" in run("build", "-", "--stdin", "ttl", *store, input=TURTLE).stderr
    told = run("check", "-", input="id,type,label@en,source\nx,Bnak,X,s#p\n", exit_code=1)
    assert "standard input, row 2, column 2 (type)" in told.stdout


def test_a_file_of_no_known_sort_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").touch()
    with pytest.raises(FileFault, match=r"can't be read as a landscape.*\.csv"):
        check([tmp_path / "a.docx"])
    with pytest.raises(FileFault, match="holds no table and no RDF"):
        check([tmp_path])


XML = (
    '<?xml version="1.0"{}?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a.example/">'
    '<rdf:Description rdf:about="http://a.example/s"><a:p>\u5de5\u884c</a:p></rdf:Description></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-8-sig", "GBK"), ("utf-16", ""), ("utf-16-le", "UTF-16"),
        ("utf-16-be", ""), ("utf-32", "UTF-32"), ("utf-32-be", ""), ("gbk", "GB2312"), ("gb18030", "gb18030"),
        ("big5", "Big5"), ("shift-jis", "Shift_JIS"),
    ],
)  # fmt: skip
def test_xml_is_read_in_the_encoding_that_it_begins_with_or_declares(
    encoding: str, declared: str, tmp_path: Path
) -> None:
    text = XML.format(f' encoding="{declared}"' if declared else "")
    (tmp_path / "a.rdf").write_bytes(text.encode(encoding))
    landscape = build_landscape(tmp_path / "a.rdf")
    told = landscape.select("SELECT ?t { <http://a.example/s> <http://a.example/p> ?t }")
    assert told["t"].to_list() == ["\u5de5\u884c"]
