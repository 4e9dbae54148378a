"""``import kg``: what Python is offered, typed, over the same store that the command line asks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import rdflib
from rdflib import RDF, URIRef

import kg
from kg.network.graphs import NETWORKS
from kg.terms import ID, KG

Tables = Callable[..., Path]
ABC = URIRef(ID + "abc")


def test_about_ten_names_are_offered_and_each_says_what_it_is() -> None:
    assert 8 <= len(kg.__all__) <= 12
    assert sorted(kg.__all__) == kg.__all__
    for name in kg.__all__:
        assert getattr(kg, name).__doc__
        assert name in dir(kg)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_importing_it_loads_nothing() -> None:
    code = "import kg, sys; print([name for name in sys.modules if name.partition('.')[0] in " + repr(HEAVY) + "])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


HEAVY = ("polars", "rdflib", "networkx", "pyvis", "pyoxigraph", "click", "rich")


def test_a_landscape_is_built_by_name_and_checked(tables: Tables, tmp_path: Path) -> None:
    landscape = kg.build_landscape("china-2017")
    assert landscape.select("SELECT ?b { ?b a kg:Bank }").height == 5
    assert kg.build_landscape(["china-2017"], tmp_path / "kg").revision == landscape.revision
    assert kg.open_landscape(tmp_path / "kg").revision == landscape.revision
    assert landscape.revision in repr(landscape)
    folder = tables(partnerships="id,signed,source\nd,2017-13,s#p\n")
    assert [finding.code for finding in kg.check_landscape(folder)] == ["bad-date"]
    with pytest.raises(kg.BadLandscape) as caught:
        kg.build_landscape(folder)
    assert [finding.row for finding in caught.value.findings] == [2]
    with pytest.raises(kg.StoreMissing):
        kg.open_landscape(tmp_path / "nowhere")


def test_a_store_without_a_place_is_gone_when_python_ends() -> None:
    code = "import kg; landscape = kg.build_landscape('china-2017'); print(landscape.place)"
    place = Path(subprocess.check_output([sys.executable, "-c", code], text=True).strip())
    assert place.name == "kg"
    assert not place.parent.exists()


def test_methods_give_what_the_commands_print(china: kg.Landscape, run: Callable) -> None:
    told = run("capabilities", "--format", "csv").stdout
    assert china.capabilities().write_csv() == told
    assert china.partners("ICBC").height == 2
    assert china.partners("工行").equals(china.partners("icbc"))
    assert china.answer("partners-of", organization="ICBC").height > 0
    assert china.why("ABC", "Baidu").height > 20
    assert china.find("农行") == str(ABC)
    with pytest.raises(kg.UnresolvedName, match="No partnership has to do with «abc» and «jd»"):
        china.why("abc", "jd")
    for sparql in ("ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(kg.BadQuery, match="rows are asked for here"):
            china.select(sparql)
    assert china.rankings()["capabilities"].height == china.capabilities().height
    for kind in NETWORKS:
        assert china.network(kind).number_of_edges() > 5


SLIPS: dict[str, tuple[Callable[[kg.Landscape], object], str]] = {
    "network": (lambda told: told.network("bank-firms"), "no network 'bank-firms'. Name one of banks-firms, firms"),  # type: ignore[arg-type]
    "language": (lambda told: told.capabilities(language="fr"), "no language 'fr'. Name one of en, zh"),  # type: ignore[arg-type]
    "language of a page": (lambda told: told.page(language="fr"), "no language 'fr'"),  # type: ignore[arg-type]
    "language of a network": (lambda told: told.network(language="fr"), "no language 'fr'"),  # type: ignore[arg-type]
    "language of rankings": (lambda told: told.rankings(language="fr"), "no language 'fr'"),  # type: ignore[arg-type]
    "order": (lambda told: told.capabilities(by="size"), "no order 'size'. Name one of partnerships, banks"),  # type: ignore[arg-type]
    "format": (lambda told: told.exported("docx"), "no format 'docx'. Name one of nq"),  # type: ignore[arg-type]
    "format of a file": (lambda told: told.export("a.nq", "docx"), "no format 'docx'"),  # type: ignore[arg-type]
    "nothing": (lambda told: told.why(), "nothing to tell the passages of. Name an organization"),
    "no path": (lambda _: kg.build_landscape([]), "nothing to read. Name a folder"),
    "nothing to check": (lambda _: kg.check_landscape([]), "nothing to read. Name a folder"),
}


@pytest.mark.parametrize("what", SLIPS)
def test_a_slip_is_told_with_what_would_do(what: str, china: kg.Landscape) -> None:
    slip, message = SLIPS[what]
    with pytest.raises(kg.KGError, match=message):
        slip(china)


def test_a_partnership_without_a_name_is_told_too(tmp_path: Path) -> None:
    text = """
        @prefix kg: <https://w3id.org/partnership-kg/ontology#> . @prefix a: <http://a.example/> .
        @prefix schema: <https://schema.org/> .
        a:bank a kg:Bank . a:other a kg:Bank . schema:firm a kg:TechFirm . a:pay a kg:Capability .
        [] a kg:Partnership ; kg:bankParty a:bank ; kg:techParty schema:firm ; kg:covers a:pay .
        [] a kg:Partnership ; kg:bankParty a:other ; kg:techParty schema:firm .
    """
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    landscape = kg.build_landscape(tmp_path / "a.ttl")
    told = landscape.why("http://a.example/bank")
    assert told.filter(pl.col("predicate") == "kg:bankParty").height == 1  # of one partnership, not of both
    assert told["subject"].n_unique() == 2  # it, and the bank itself
    assert set(told["object"]) >= {"http://a.example/bank", "schema:firm", "http://a.example/pay"}
    assert landscape.partners("http://a.example/bank")["partner"].to_list() == ["schema:firm"]
    (edge,) = landscape.network("banks-firms").edges("http://a.example/bank")
    assert edge == ("http://a.example/bank", "schema:firm")  # keys are spelt alike everywhere
    assert landscape.why("schema:firm").filter(pl.col("predicate") == "kg:bankParty").height == 2


# rdflib over the same store. Several ways of wrapping an Oxigraph store answer nothing, silently; these must not.


def test_the_dataset_is_the_store_and_answers(china: kg.Landscape) -> None:
    dataset = china.graph()
    merged = int(china.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["n"][0])
    evidence = int(china.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")["n"][0])
    assert merged > 1000
    assert len(dataset.default_graph) == merged
    union = china.select("SELECT DISTINCT ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    assert len(dataset) == union.height > merged  # as rdflib counts; bounds that others outdo are evidence alone
    assert len(list(dataset.triples((None, None, None)))) == merged
    assert len(list(dataset.quads((None, None, None, None)))) == merged + evidence
    assert (ABC, RDF.type, URIRef(KG.Bank)) in dataset
    assert dataset.value(ABC, RDF.type) == URIRef(KG.Bank)
    assert len(set(dataset.subjects(RDF.type, URIRef(KG.Bank)))) == 5


def test_the_dataset_answers_sparql_as_the_store_does(china: kg.Landscape) -> None:
    dataset = china.graph()
    sparql = "SELECT ?bank ?firm { ?p kg:bankParty ?bank ; kg:techParty ?firm } ORDER BY ?bank ?firm"
    assert [tuple(map(str, row)) for row in dataset.query(sparql)] == china.select(sparql).rows()
    assert dataset.query("ASK { id:abc a kg:Bank }").askAnswer is True
    assert len(dataset.query("CONSTRUCT WHERE { ?bank a kg:Bank }").graph or ()) == 5
    assert len(list(dataset.query("SELECT ?g { GRAPH ?g { id:abc-baidu kg:covers id:robo-advice } }"))) == 2
    bound = dataset.query("SELECT ?a ?b { ?a kg:partnersWith ?b }", initBindings={"a": ABC})
    assert {str(row.b) for row in bound} == {ID + "baidu", ID + "baidu-finance"}  # type: ignore[union-attr]


def test_a_passage_is_a_graph_of_the_dataset(china: kg.Landscape) -> None:
    dataset = china.graph()
    (passage,) = (graph for graph in dataset.contexts() if str(graph.identifier).endswith("fintech-banks-2017#L15"))
    assert len(passage) == len(list(passage)) > 3
    assert len(dataset.get_graph(passage.identifier) or ()) == len(passage)


@pytest.mark.parametrize("format_", ["trig", "nquads"])
def test_the_dataset_is_written_and_read_again(china: kg.Landscape, format_: str) -> None:
    dataset = china.graph()
    again = rdflib.Dataset()
    again.parse(data=dataset.serialize(format=format_), format=format_)
    assert len(again) == len(dataset) > 1000
    assert len(list(again.quads())) == len(list(dataset.quads()))
    merged = rdflib.Graph().parse(data=dataset.default_graph.serialize(format="turtle"), format="turtle")
    assert len(merged) == len(dataset.default_graph)


def test_the_dataset_is_read_only(china: kg.Landscape) -> None:
    before = len(china.graph())
    with pytest.raises(RuntimeError, match="read-write"):
        china.graph().add((ABC, RDF.type, ABC))
    assert len(china.graph()) == before


# Types

GOOD = """
import networkx as nx
import polars as pl
import rdflib

import kg

landscape: kg.Landscape = kg.open_landscape("build/kg")
made: kg.Landscape = kg.build_landscape(["graphs/china-2017"], "build/kg")
findings: list[kg.Finding] = kg.check_landscape("graphs/china-2017")
rows: list[pl.DataFrame] = [
    landscape.select("SELECT * {}"), landscape.answer("partners-of", organization="ICBC"), landscape.capabilities(),
    landscape.partners("ICBC", language="zh"), landscape.matrix(), landscape.why("ABC", "Baidu"),
]
dataset: rdflib.Dataset = landscape.graph()
weight: int = landscape.network("firms").edges["jd", "baidu"]["weight"]
html: str = landscape.page(language="zh").html
landscape.page().write("page.html")
landscape.export("all.trig")
try:
    landscape.find("nobody")
except (kg.UnresolvedName, kg.KGError) as fault:
    print(fault)
"""


MISTYPED = """
import kg

kg.open_landscape("a").network("bank-firms")
kg.open_landscape("a").capabilities(by=1)
kg.x
"""


def test_a_users_code_passes_strict_types_and_a_slip_does_not(tmp_path: Path) -> None:
    """What mypy says of a user's files, which see the installed package as anybody's do."""
    for name, code in {"good.py": GOOD, "mistyped.py": MISTYPED}.items():
        (tmp_path / name).write_text(code, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--ignore-missing-imports", "."]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout.splitlines()
    assert [line.split(":")[:2] for line in told[:-1]] == [["mistyped.py", line] for line in ("4", "5", "6")]
    assert told[-1] == "Found 3 errors in 1 file (checked 2 source files)"


def test_frames_and_pages_are_what_they_say(china: kg.Landscape) -> None:
    assert isinstance(china.select("SELECT * { ?s ?p ?o } LIMIT 1"), pl.DataFrame)
    page = china.page(language="zh")
    assert page.html == str(page)
    frame = page._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts allow-popups allow-downloads allow-modals" ')
    assert "allow-same-origin" not in frame
