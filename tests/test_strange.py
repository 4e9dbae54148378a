"""Inputs that nobody means to write and somebody will: nothing is lost, nothing hangs, and each is told."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pyoxigraph as ox
import pytest

import kg
from kg.analysis.differences import differences, statements
from kg.findings import Finding
from kg.terms import ID, KG, ONTOLOGY, RULE_GRAPHS, SKOS, XSD

Run = Callable[..., Any]
Tables = Callable[..., Path]
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a.example/">'
KNOWN = {"kg": KG.base, "id": ID, "xsd": XSD.base, "skos": SKOS.base}
PREFIXES = "".join(f"@prefix {name}: <{base}> .\n" for name, base in KNOWN.items())
THING = '<rdf:Description rdf:about="a:b"><a:p>one</a:p>'


def checked(path: Path, content: str | bytes) -> list[Finding]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return kg.check_landscape(path)


# RDF that is not whole

LOL = (
    '<!DOCTYPE a [<!ENTITY a "'
    + "x" * 1000
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(8))
    + "]>"
)


@pytest.mark.parametrize(
    ("name", "content", "message", "row"),
    [
        ("a.rdf", RDF_XML + THING + "<a:p>tw", "as RDF: no element found", 1),
        ("a.rdf", RDF_XML + "\n" + THING + "</rdf:Description>", "no element found", 2),
        ("a.rdf", LOL + RDF_XML + THING + "<a:p>&i;</a:p></rdf:Description></rdf:RDF>", "amplification", 1),
        ("a.rdf", RDF_XML + "<a:b><a:c>" * 300, "it nests more than 200 deep", 1),
        ("a.rdf", "", "no element found", 1),
        ("a.jsonld", '{"http://a.example/l":' * 300 + "1" + "}" * 300, "it nests more than 200 deep", 0),
        ("a.ttl", "<a:b> <a:l> " + "[ <a:l> " * 300 + "1" + "]" * 300 + " .", "it nests more than 200 deep", 0),
        ("a.jsonld", '{"@id": "http://a.example/s", "name": "lost?"}', "states nothing", 0),
        ("a.ttl", "# nothing\n", "states nothing", 0),
        ("a.nq", "", "states nothing", 0),
        ("a.ttl", "<a:b> <a:c> 1 .".encode("utf-16"), "is not UTF-8: it seems to be UTF-16", 1),
        ("a.jsonld", "{}".encode("utf-16-le"), "is not UTF-8: it seems to be UTF-16", 1),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_rdf_that_is_not_whole_is_told(name: str, content: str | bytes, message: str, row: int, tmp_path: Path) -> None:
    (finding,) = checked(tmp_path / name, content)
    assert message in finding.message
    assert (finding.level, finding.row, Path(finding.file).name) == ("error", row, name)
    assert str(finding).isprintable()


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_a_byte_order_mark_is_no_sign(ending: str, tmp_path: Path) -> None:
    formats = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES,
               "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}  # fmt: skip
    statement = ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("http://a.example/p"), ox.Literal("x"))
    content = ox.serialize([statement], format=formats[ending]) or b""
    (tmp_path / f"a.{ending}").write_bytes(b"\xef\xbb\xbf" + content)
    landscape = kg.build_landscape(tmp_path / f"a.{ending}")
    assert landscape.select("SELECT ?o { <a:b> ?p ?o }")["o"].to_list() == ["x"]


# Blank nodes: no number of them, however alike, takes its time

CLIQUE = "".join(f"_:a{a} <a:k> _:a{b} .\n" for a in range(12) for b in range(12) if a != b)


@pytest.mark.parametrize(
    "text",
    [
        CLIQUE, "<a:b> <a:l> (" + "0 " * 3000 + ") .",
        "".join(f"_:n{n} <a:next> _:n{n + 1} .\n" for n in range(5000)),
    ],
    ids=["clique", "list", "chain"],
)  # fmt: skip
def test_blank_nodes_that_look_alike_are_named_at_once(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", "a.ttl", "--store", "kg"],
        cwd=tmp_path, timeout=60, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    # And they have the same names in another process.
    twice = [kg.open_landscape(tmp_path / "kg"), kg.build_landscape(tmp_path / "a.ttl")]
    assert twice[0].exported("nq") == twice[1].exported("nq")
    assert statements(*(landscape.store for landscape in twice)) == ([], [])


NAMELESS = (
    PREFIXES
    + """
[] a kg:Partnership ; kg:bankParty [ a kg:Bank ; skos:prefLabel 'B'@en ] ;
   kg:techParty [ a kg:TechFirm ; skos:prefLabel 'F'@en ] ; kg:covers [ a kg:Capability ; skos:prefLabel 'C'@en ] .
"""
)


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_things_without_names_come_back_unchanged(ending: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(NAMELESS, "utf-8")
    first = kg.build_landscape(tmp_path / "a.ttl")
    first.export(tmp_path / f"b.{ending}")
    again = kg.build_landscape(tmp_path / f"b.{ending}")
    assert differences(first, again).is_empty()
    assert statements(first.store, again.store) == ([], [])


def test_no_cell_means_a_blank_node(tables: Tables) -> None:
    folder = tables(partnerships="id,bankParty,source\nd,B,s#p\n")
    (folder / "a.ttl").write_text(NAMELESS, "utf-8")
    assert ("unknown-name", 2, 2) in [(f.code, f.row, f.column) for f in kg.check_landscape(folder)]


# Graphs


def test_what_stands_in_other_graphs_is_kept_or_told(tables: Tables) -> None:
    folder = tables()
    graphs = (
        f"<{RULE_GRAPHS}mine> {{ id:x skos:altLabel 'in a rule of mine' }}"
        f"<{ONTOLOGY}> {{ id:x skos:altLabel 'in the ontology' }}"
        f"<{ID}source/s#p,7> {{ id:x kg:covers id:y . id:x a kg:Partnership . id:y a kg:Capability }}"
    )
    (folder / "a.trig").write_text(PREFIXES + graphs, "utf-8")
    (told,) = (f for f in kg.check_landscape(folder) if f.code == "left-out")
    assert (told.level, Path(told.file).name) == ("warning", "a.trig")
    assert "1 statements" in told.message
    assert "in the ontology" in told.message
    landscape = kg.build_landscape(folder)
    assert landscape.select("SELECT ?l { id:x skos:altLabel ?l }")["l"].to_list() == ["in a rule of mine"]
    passage = "GRAPH ?g { id:x kg:covers id:y } ?g kg:locator ?l ; dcterms:isPartOf ?s"
    assert landscape.select(f"SELECT ?l ?s {{ {passage} }}").rows() == [("p,7", ID + "s")]


def test_a_word_that_the_ontology_does_not_have_is_told(tmp_path: Path) -> None:
    text = PREFIXES + "<a:b> kg:lei 'x' ; a kg:Bnak ; kg:zzzzzz 'y', 'z' ; kg:country 'CN' . <a:c> <a:lei> kg:Bank ."
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    told = [(f.level, f.message, f.advice) for f in kg.check_landscape(tmp_path) if f.code == "unknown-word"]
    assert told == [
        ("warning", "The ontology has no word kg:Bnak; statements that use it: 1.", "Perhaps kg:Bank is meant."),
        ("warning", "The ontology has no word kg:lei; statements that use it: 1.", "Perhaps schema:leiCode is meant."),
        ("warning", "The ontology has no word kg:zzzzzz; statements that use it: 2.",
         "Use a word that it has, or one of another vocabulary."),
    ]  # fmt: skip


def test_the_passage_of_a_statement_may_be_any_graph(tmp_path: Path, run: Run) -> None:
    text = (
        PREFIXES + "id:b a kg:Bank . id:f a kg:TechFirm . id:y a kg:Capability . id:d a kg:Partnership ."
        "<http://a.example/g> { id:d kg:covers id:y ; kg:bankParty id:b ; kg:techParty id:f }"
    )
    (tmp_path / "a.trig").write_text(text, "utf-8")
    kg.build_landscape(tmp_path / "a.trig", tmp_path / "kg")
    assert "http://a.example/g" in run("why", "d", "--store", str(tmp_path / "kg")).stdout


def test_every_file_is_a_source_of_its_own(tmp_path: Path) -> None:
    for folder, name in (("one", "x.ttl"), ("two", "x.ttl"), ("one", "\u6570\u636e.ttl"), ("two", "\u5176\u4ed6.ttl")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(f"<a:{folder}> <a:p> '{name}' .", "utf-8")
    landscape = kg.build_landscape([tmp_path / "one", tmp_path / "two"])
    assert landscape.select("SELECT ?s { ?s a kg:Source }").height == 4


def test_a_source_whose_key_looks_like_a_file_stays_as_it_is(tables: Tables, tmp_path: Path) -> None:
    sources = "id,title@en,issued,language,source\nfile-note,My note,2018,en,file-note#L1\n"
    first = kg.build_landscape(tables(sources=sources))
    first.export(tmp_path / "a.nq")
    again = kg.build_landscape(tmp_path / "a.nq")
    assert differences(first, again).is_empty()
    assert [f.code for f in kg.check_landscape(tables(sources=sources.replace("2018", "")))] == ["Source-issued"]


# Values are exported as they were written

WRITTEN = [
    ("5", "nonNegativeInteger"), ("+5", "integer"), ("005", "int"), ("300", "byte"), ("99999999999", "int"),
    ("2.50", "decimal"), ("1.0E3", "double"), ("16777217", "float"), ("1", "boolean"), ("01", "boolean"),
    ("2020-01-01T00:00:00.000+00:00", "dateTime"), ("2020-01-01T00:00:00Z", "dateTimeStamp"), ("PT24H", "duration"),
    ("10:00:00.00", "time"), ("2020-01-01Z", "date"), ("2020-01-01", "date"), ("2020", "gYear"), ("--05", "gMonth"),
    ("a b", "token"), ("http://A/%7e", "anyURI"), ("x", "base64Binary"),
]  # fmt: skip


def test_a_literal_goes_out_as_it_came_in(tmp_path: Path) -> None:
    lines = [f'<a:s> <a:p> "{text}"^^<{XSD.base}{name}> .' for text, name in WRITTEN]
    lines.append(f'<a:s> <a:p> <<( <a:s> <a:p> "2.50"^^<{XSD.base}decimal> )>> .')
    (tmp_path / "a.nt").write_text("\n".join(lines), "utf-8")
    landscape = kg.build_landscape(tmp_path / "a.nt")
    for ending in ("nt", "nq", "trig", "annotated.ttl"):
        told = [f"{quad.subject} {quad.predicate} {quad.object} ." for quad in read(landscape, ending, tmp_path)]
        assert set(lines[:-1]) <= set(told), ending
        assert f'"2.50"^^<{XSD.base}decimal> )>> .' in landscape.exported("nq").decode()
    again = kg.build_landscape(tmp_path / "all.nq")
    assert statements(landscape.store, again.store) == ([], [])
    (tmp_path / "a.nt").write_text("\n".join(lines[:-1]), "utf-8")
    flat = kg.build_landscape(tmp_path / "a.nt")
    for ending in ("jsonld", "rdf", "ttl"):
        told = [f"{quad.subject} {quad.predicate} {quad.object} ." for quad in read(flat, ending, tmp_path)]
        assert set(lines[:-1]) <= set(told), ending
    assert flat.select("SELECT ?o { <a:s> <a:p> ?o FILTER(?o = 2.5) }").height == 1


def read(landscape: kg.Landscape, ending: str, folder: Path) -> list[ox.Quad]:
    landscape.export(folder / f"all.{ending}")
    turtle = ox.RdfFormat.TURTLE if ending.endswith("ttl") else None
    formats = {"rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}
    return list(ox.parse(path=str(folder / f"all.{ending}"), format=formats.get(ending, turtle)))


# Dates in RDF

DATES = {
    "2017-02-29": "date", "2017": "date", "2017-05": "date", "2017-05-01": "gYear", "2017-1": "gYearMonth",
    "0000-01-01": "date", "-0044-03-15": "date", "0000": "gYear", "2020-01-01Z": "date", "soon": "string",
}  # fmt: skip


@pytest.mark.parametrize("column", ["announced", "announcedEarliest"])
def test_what_is_no_date_is_told_and_bounds_nothing(column: str, tmp_path: Path) -> None:
    products = {
        text: f'id:d{n} kg:{column} "{text}"^^xsd:{kind} ; a kg:Product ; kg:launched "2017-05"^^xsd:gYearMonth .\n'
        for n, (text, kind) in enumerate(DATES.items())
    }
    (tmp_path / "a.ttl").write_text(PREFIXES + "".join(products.values()), "utf-8")
    findings = kg.check_landscape(tmp_path / "a.ttl")
    told = [finding for finding in findings if finding.code == "no-date"]
    assert sorted(finding.value for finding in told) == sorted(DATES)
    assert all(f"\u00ab{finding.value}\u00bb" in finding.message for finding in told)
    # announcedEarliest is an xsd:date and nothing else.
    wrong = {text for text, kind in DATES.items() if kind != "date"} if column == "announcedEarliest" else set()
    assert {finding.value for finding in findings if finding.level == "error"} == wrong
    (tmp_path / "a.ttl").write_text(
        PREFIXES + "".join(products[text] for text in products if text not in wrong), "utf-8"
    )
    days = kg.build_landscape(tmp_path / "a.ttl").tables["milestones"]
    dated = days.filter(pl.col("earliest").is_not_null()).select("earliest", "latest").rows()
    assert dated == [(dt.date(2017, 5, 1), dt.date(2017, 5, 31))] * (len(DATES) - len(wrong))


# Workbooks

HEADER = ["id", "label@en", "definition@en", "source"]


def workbook(*rows: list[object], change: Callable[[str, bytes], bytes | None] | None = None) -> bytes:
    """A workbook with a sheet of capabilities, whose parts may be changed, or left out."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "capabilities"
    for row in (HEADER, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    if change is None:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as parts, zipfile.ZipFile(changed, "w") as copy:
        for name in parts.namelist():
            content = change(name, parts.read(name))
            if content is not None:
                copy.writestr(name, content)
    return changed.getvalue()


def found(folder: Path, content: bytes, name: str = "a.xlsx") -> list[tuple[str, int, int]]:
    (folder / name).write_bytes(content)
    return [(f.code, f.row, f.column) for f in kg.check_landscape(folder) if f.level == "error"]


def test_a_formula_without_a_value_and_an_error_are_told(tables: Tables) -> None:
    folder = tables()
    assert found(folder, workbook(["x", '="a"&"b"', "D.", "s#p"], ["y", "Y", "=1+1", "s#p"])) == [
        ("no-value", 2, 2), ("no-value", 3, 3),
    ]  # fmt: skip
    assert found(folder, workbook(["x", "#N/A", "D.", "s#p"])) == [("no-value", 2, 2)]


def test_a_wrong_dimension_loses_no_row(tables: Tables) -> None:
    rows = [[f"c{n}", f"C {n}", "D.", "s#p"] for n in range(5)]
    for wrong in ("A1:D2", "A1:B2", "A1"):
        content = workbook(
            *rows, change=lambda _, part, wrong=wrong: re.sub(rb'ref="A1:D6"', f'ref="{wrong}"'.encode(), part)
        )
        folder = tables()
        assert found(folder, content) == []
        assert kg.build_landscape(folder).select("SELECT ?c { ?c a kg:Capability }").height == 5


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("how", ["gone", "halved"])
def test_a_workbook_that_lacks_a_part_is_told(part: str, how: str, tables: Tables) -> None:
    def change(name: str, content: bytes) -> bytes | None:
        if name != part:
            return content
        return None if how == "gone" else content[: len(content) // 2]

    told = found(tables(), workbook(["x", "X", "D.", "s#p"], change=change))
    assert told == [("bad-file", 0, 0)] or (part.endswith("styles.xml") and not told)


def test_a_workbook_with_any_byte_changed_is_read_or_told(tables: Tables) -> None:
    folder, whole = tables(), workbook(["x", "X", "D.", "s#p"])
    for place in range(0, len(whole), 97):
        (folder / "a.xlsx").write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        kg.check_landscape(folder)  # does not raise


def test_parquet_is_read_as_a_curator_would_have_written_it(tables: Tables) -> None:
    folder = tables()
    day = dt.datetime(2018, 5, 1)  # noqa: DTZ001
    frame = pl.DataFrame({"id": ["d"], "signed": [day], "launched": [2018.0], "source": ["s#p"]})
    frame.write_parquet(folder / "partnerships.parquet")
    assert [f for f in kg.check_landscape(folder) if f.level == "error"] == []
    told = kg.build_landscape(folder).select("SELECT ?s ?l { id:d kg:signed ?s ; kg:launched ?l }")
    assert [str(cell) for cell in told.row(0)] == ["2018-05-01", "2018"]
    pl.DataFrame({"id": ["d"], "signed": [dt.timedelta(hours=3)]}).write_parquet(folder / "partnerships.parquet")
    assert [(f.code, f.column) for f in kg.check_landscape(folder)] == [("not-text", 2)]


# Folders


def test_what_is_no_file_in_a_folder_is_told(tables: Tables) -> None:
    folder = tables()
    os.mkfifo(folder / "pipe.csv")
    with pytest.raises(kg.KGError, match=r"pipe.csv is neither a file nor a folder. Take it away"):
        kg.check_landscape(folder)
    (folder / "pipe.csv").unlink()
    for target in ("nowhere.csv", "loop.csv"):
        (folder / "loop.csv").symlink_to(target)
        with pytest.raises(kg.KGError, match=r"loop.csv is a link to nothing. Mend it"):
            kg.check_landscape(folder)
        (folder / "loop.csv").unlink()
    with pytest.raises(kg.KGError, match="can't be a path: File name too long"):
        kg.build_landscape("a" * 5000)
    with pytest.raises(kg.KGError, match=r"does not exist. Give a folder"):
        kg.build_landscape("a\0b")
    with pytest.raises(kg.KGError, match="can't be written"):
        kg.build_landscape("china-2017").export("a\0.nq")


def test_a_name_that_is_no_utf8_is_read(tables: Tables) -> None:
    folder = tables()
    (folder / os.fsdecode(b"caf\xe9.nt")).write_text("<a:b> <a:c> <a:d> .", "utf-8")
    assert kg.build_landscape(folder).select("SELECT ?o { <a:b> <a:c> ?o }").height == 1


# Hierarchies


def test_a_long_chain_of_capabilities_is_ranked_at_once(tables: Tables) -> None:
    rows = "".join(f"c{n},C {n},c{n + 1},s#p\n" for n in range(700)) + "c700,C 700,,s#p\n"
    deals = "id,covers,source\nd,c0,s#p\ne,c1,s#p\n"
    folder = tables(capabilities="id,label@en,broader,source\n" + rows, partnerships=deals)
    ranked = kg.build_landscape(folder).capabilities()
    assert ranked["capability"].to_list() == ["c1"]


# Outputs


def test_an_export_that_fails_leaves_what_was_there(china: kg.Landscape, tmp_path: Path) -> None:
    (tmp_path / "keep.nq").write_text("before", "utf-8")
    command = f'ulimit -f 100; "{sys.executable}" -m kg export -o keep.nq --store "{china.place}"'
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert (tmp_path / "keep.nq").read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["keep.nq"]


def test_a_file_keeps_its_place_and_permissions(china: kg.Landscape, tmp_path: Path) -> None:
    (tmp_path / "real.nq").touch(mode=0o640)
    (tmp_path / "link.nq").symlink_to("real.nq")
    china.export(tmp_path / "link.nq")
    assert (tmp_path / "link.nq").is_symlink()
    assert (tmp_path / "real.nq").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "real.nq").stat().st_size > 1000


def test_nothing_is_written_into_a_store(tmp_path: Path, run: Run) -> None:
    landscape = kg.build_landscape("china-2017", tmp_path / "kg")
    for path in ("current", "new/all.nq", "."):
        with pytest.raises(kg.KGError, match=r"lies in the store. Name another place"):
            landscape.export(tmp_path / "kg" / path, "csv" if path == "." else "nq")
    run("view", "-o", str(tmp_path / "kg" / "current"), "--store", str(tmp_path / "kg"), exit_code=1)
    assert kg.open_landscape(tmp_path / "kg").revision == landscape.revision


def test_rdf_of_a_time_or_of_groups_is_refused(china: kg.Landscape, tmp_path: Path, run: Run) -> None:
    for view in (china.as_of("2017-06"), china.by_owner(), china.as_of(dt.date(2017, 6, 1))):
        with pytest.raises(kg.KGError, match="nq holds the whole landscape"):
            view.exported("nq")
        view.export(tmp_path / "a.gexf")
    run("export", "-o", str(tmp_path / "a.ttl"), "--as-of", "2017-06", exit_code=1)


CLOSED = {
    "standard output": ("matrix >&-", 1, "Standard output is closed"),
    "standard output of a query": ("query 'ASK {}' --format csv >&-", 1, "Standard output is closed"),
    "standard input of a query": ("query - <&-", 2, "There is no query"),
    "standard input of a build": ("check - <&-", 1, "has no header"),
    "help on a full disk": ("--help >/dev/full", 1, "No space left on device"),
}


@pytest.mark.parametrize("what", CLOSED)
def test_a_stream_that_is_closed_is_told(what: str, china: kg.Landscape) -> None:
    args, code, message = CLOSED[what]
    command = f'"{sys.executable}" -m kg {args}'
    environment = {**os.environ, "KG_STORE": str(china.place)}
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert message in done.stderr + done.stdout


def test_a_query_that_nests_too_deep_is_told(china: kg.Landscape) -> None:
    for sparql in ("SELECT * " + "{" * 3000, "ASK { FILTER" + "(" * 20000 + "1" + ")" * 20000 + "}"):
        with pytest.raises(kg.BadQuery, match=r"nests more than 200 deep. Write it flatter"):
            china.select(sparql)
