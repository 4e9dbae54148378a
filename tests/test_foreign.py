"""Someone else's RDF loads, is queried and goes out again without loss."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.terms import ONTOLOGY, RULE_GRAPHS, SOURCE_GRAPHS

OWN = Path(__file__).resolve().parent / "foreign"
PACKAGED = Path(str(files("pyshacl").joinpath("assets")))
FILES = [
    OWN / "organization.ttl", OWN / "thesaurus.rdf", OWN / "library.jsonld",
    *(PACKAGED / name for name in ("shacl.ttl", "shacl-shacl.ttl", "dash.ttl", "schema.ttl")),
]  # fmt: skip
READ = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD}


def valued(term: ox.Term) -> ox.Term:
    """A number or truth by its value: the engine keeps that, not whether it was written 2.5 or 2.50."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind in ("decimal", "integer", "double"):
            return ox.Literal(str(float(term.value)), datatype=term.datatype)
    return term


def canonical(quads: list[ox.Quad]) -> set[str]:
    """The same quads with blank nodes named by what they are (W3C's RDF Dataset Canonicalization)."""
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, valued(q.object), q.graph_name) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def given(file: Path) -> set[str]:
    """What the file says, by a parser and nothing else."""
    data = file.read_bytes()
    if b'encoding="ISO-8859-1"' in data:  # the parser reads UTF-8 alone; kg reads what is declared
        data = data.decode("latin-1").replace('encoding="ISO-8859-1"', "").encode()
    return canonical(list(ox.parse(input=data, format=READ[file.suffix])))


def claimed(quads: list[ox.Quad]) -> set[str]:
    """What came from the file: all but what the ontology says and the rules derive, its passage the default graph."""
    found = []
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, ox.DefaultGraph) or graph.value == ONTOLOGY or graph.value.startswith(RULE_GRAPHS):
            continue
        name = ox.DefaultGraph() if graph.value.startswith(SOURCE_GRAPHS) else graph
        found.append(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    return canonical(found)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], kg.Landscape]:
    """Each file as a landscape, built once."""
    known: dict[Path, kg.Landscape] = {}

    def build(file: Path) -> kg.Landscape:
        if file not in known:
            known[file] = kg.build_landscape(file, tmp_path_factory.mktemp("foreign") / "kg")
        return known[file]

    return build


@cache
def whole(landscape: kg.Landscape) -> set[str]:
    """All that a landscape holds: the merged one, the ontology and what was derived too."""
    return canonical(list(landscape.store._store))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_all_of_it_is_there(file: Path, built: Callable) -> None:
    expected = given(file)
    assert len(expected) > 20
    assert claimed(list(built(file).store._store)) == expected


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_it_goes_out_as_it_came_in(file: Path, ending: str, built: Callable, tmp_path: Path) -> None:
    landscape = built(file)
    out = tmp_path / f"all.{ending}"
    landscape.export(out)
    formats = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    # Where the whole is the same, so is what came from the file: all else is told by the names of graphs.
    assert canonical(list(ox.parse(path=str(out), format=formats[ending]))) == whole(landscape)
    again = kg.build_landscape(out, tmp_path / "kg")
    assert canonical(list(again.store._store)) == whole(landscape)


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_command_takes_it(file: Path, built: Callable, run: Callable, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    store = str(built(file).place)
    for args in (("capabilities",), ("matrix",), ("query", "-q", "who-with-whom"), ("view", "-o", str(out))):
        run(*args, "--store", store)
    for format_ in ("ttl", "rdf", "nt", "annotated.ttl", "graphml", "gexf", "xlsx"):
        assert run("export", "-o", "-", "--format", format_, "--store", store).stdout_bytes


def test_it_is_queried(built: Callable) -> None:
    organization, thesaurus, library = map(built, FILES[:3])
    labels = organization.select(
        'SELECT ?l { <http://harbour.example/#harbour> skos:prefLabel ?l FILTER(LANGMATCHES(LANG(?l), "zh")) }'
    )
    assert sorted(labels["l"]) == ["港湾信托", "港灣信託"]
    path = "?h org:hasUnit/org:hasPost/org:heldBy/<http://xmlns.com/foaf/0.1/name> ?name"
    assert organization.select(f"SELECT ?name {{ {path} }}")["name"].to_list() == ["The head of payments"]
    items = "?c skos:memberList/rdf:rest*/rdf:first ?item"
    assert thesaurus.select(f"SELECT (COUNT(?item) AS ?n) {{ {items} }}")["n"].to_list() == [3]
    within = "GRAPH <http://library.example/catalogue> { ?shelf ?p ?note } ?lib ?q ?shelf"
    assert library.select(f"SELECT ?note {{ {within} }}")["note"].to_list() == ["seen from within"]
