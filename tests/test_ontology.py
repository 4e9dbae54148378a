"""The ontology: whole, bilingual, spelt right, and each shape breaks on what it is there to catch."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, XSD, DefinedNamespace

from kg import terms

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
HEADER = rdflib.URIRef(terms.ONTOLOGY)
OWN = ("partnership.ttl", "codes.ttl", "rules/rules.ttl")
LANGUAGES = {"en", "zh"}
CLOSED: tuple[type[DefinedNamespace], ...] = (RDF, RDFS, OWL, XSD, SH)
"""The languages that the files are written in; rdflib raises for a name that they don't have."""
BAD = sorted((ONTOLOGY / "examples" / "bad").glob("*.ttl"))
GOOD = sorted((ONTOLOGY / "examples" / "good").glob("*.ttl"))


def read(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        graph.parse(ONTOLOGY / name)
    return graph


def declared() -> set[str]:
    """Every term that a file may use from a namespace that is not one of the languages."""
    own = {str(s) for s in read(*OWN).subjects(unique=True)}
    outside = {str(s) for s in read("outside.ttl").subjects(RDFS.label, None)}
    shapes = {str(s) for s in read("shapes.ttl").subjects(RDF.type, None) if isinstance(s, rdflib.URIRef)}
    return own | outside | shapes


def is_declared(iri: str, known: set[str]) -> bool:
    for namespace in CLOSED:
        if iri.startswith(str(namespace)):
            return iri in namespace
    bases = {re.sub(r"[^#/]*$", "", term) for term in known} - {"https://w3id.org/partnership-kg/"}
    return iri in known or not any(iri.startswith(base) and iri != base for base in bases)


def undeclared(used: set[str]) -> set[str]:
    known = declared()
    return {iri for iri in used if not is_declared(iri, known)}


def test_header_is_whole() -> None:
    graph = read("partnership.ttl")
    for text in (DCTERMS.title, DCTERMS.description):
        assert {literal.language for literal in graph.objects(HEADER, text)} == LANGUAGES
    version = str(graph.value(HEADER, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert graph.value(HEADER, OWL.versionIRI) == rdflib.URIRef(f"{terms.ONTOLOGY}/{version}")
    assert isinstance(graph.value(HEADER, DCTERMS.license), rdflib.URIRef)
    assert str(graph.value(HEADER, VANN.preferredNamespacePrefix)) == "kg"
    assert str(graph.value(HEADER, VANN.preferredNamespaceUri)) == terms.KG.base
    assert (HEADER, RDF.type, OWL.Ontology) in graph


def test_every_term_has_a_label_and_a_definition_in_both_languages() -> None:
    graph = read(*OWN)
    subjects = set(graph.subjects(RDF.type)) - {HEADER}
    assert len(subjects) > 60  # the classes, properties, codes and rules
    for subject in subjects:
        label = RDFS.label if (subject, RDFS.label, None) in graph else SKOS.prefLabel
        for text in (label, SKOS.definition):
            languages = sorted(literal.language for literal in graph.objects(subject, text))
            assert languages == sorted(LANGUAGES), f"{subject} {text}"


def test_the_terms_that_the_code_knows_are_those_of_the_ontology() -> None:
    own = {str(s).removeprefix(terms.KG.base) for s in read(*OWN).subjects() if str(s).startswith(terms.KG.base)}
    assert own == terms.KG.names


def turtle_files() -> list[Path]:
    return sorted(ONTOLOGY.rglob("*.ttl"))


@pytest.mark.parametrize("path", turtle_files(), ids=lambda path: str(path.relative_to(ONTOLOGY)))
def test_no_file_uses_a_term_that_nobody_declares(path: Path) -> None:
    graph = rdflib.Graph().parse(path)
    graph.remove((None, DCTERMS.source, None))  # where a document is, not a term
    used = {str(term) for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}
    used |= {str(term.datatype) for term in graph.objects() if isinstance(term, rdflib.Literal) and term.datatype}
    own = {str(subject) for subject in graph.subjects()} if "examples" in path.parts else set()
    assert not undeclared({iri for iri in used - own if not iri.startswith(terms.ID)})


def query_files() -> list[Path]:
    return sorted(ONTOLOGY.rglob("*.rq"))


@pytest.mark.parametrize("path", query_files(), ids=lambda path: str(path.relative_to(ONTOLOGY)))
def test_no_query_uses_a_term_that_nobody_declares(path: Path) -> None:
    text = re.sub(r'#(?=\s).*|"[^"]*"', "", path.read_text(encoding="utf-8"))
    names = re.findall(r"(?<![\w<?$])([a-z]+):([A-Za-z]\w*)", text)
    assert names, "the query names no term at all"
    assert not [prefix for prefix, _ in names if prefix not in terms.PREFIXES]
    assert not undeclared({terms.PREFIXES[prefix] + name for prefix, name in names})


def test_no_header_word_stands_for_a_term_that_nobody_declares() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    prefixes = {k: v for k, v in context.items() if isinstance(v, str) and v[-1] in "#/"}
    assert all(terms.PREFIXES[prefix] == base for prefix, base in prefixes.items())
    used = set()
    for name, definition in context.items():
        if name in prefixes or name.startswith("@"):
            continue
        values = [definition] if isinstance(definition, str) else [definition["@id"], definition.get("@type", "@id")]
        used |= {prefixes[value.partition(":")[0]] + value.partition(":")[2] for value in values if value[0] != "@"}
    assert len(used) > 40
    assert not undeclared(used)


@pytest.mark.parametrize(
    "misspelt",
    [
        "http://www.w3.org/ns/org#subOrganzationOf",
        "http://www.w3.org/2000/01/rdf-schema#subClasOf",
        "http://www.w3.org/2004/02/skos/core#preferredLabel",
        "https://w3id.org/partnership-kg/ontology#Bnak",
        "https://w3id.org/partnership-kg/code/lvie",
        "https://schema.org/Prodcut",
    ],
)
def test_a_misspelt_term_is_found(misspelt: str) -> None:
    assert undeclared({misspelt}) == {misspelt}


def test_every_rule_is_described_and_every_description_has_its_rule() -> None:
    described = {str(s).removeprefix(terms.RULE_GRAPHS) for s in read("rules/rules.ttl").subjects(unique=True)}
    queries = {re.sub(r"^\d+-", "", path.stem) for path in (ONTOLOGY / "rules").glob("*.rq")}
    assert described == queries | {"passages", "dates", "same"}


# Shapes


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return read("shapes.ttl")


@pytest.fixture(scope="module")
def background() -> rdflib.Graph:
    return read("partnership.ttl", "codes.ttl")


def broken(path: Path, shapes: rdflib.Graph, background: rdflib.Graph) -> set[str]:
    """The names of the shapes that the records in a file break, according to pySHACL."""
    data = background + rdflib.Graph().parse(path)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph)
    return {str(shape).removeprefix(terms.SHAPE) for shape in report.objects(None, SH.sourceShape)}


def test_each_shape_has_an_example_of_either_sort(shapes: rdflib.Graph) -> None:
    def named(kind: rdflib.URIRef) -> set[str]:
        return {str(shape).removeprefix(terms.SHAPE) for shape in shapes.subjects(RDF.type, kind)}

    assert {path.stem for path in GOOD} == named(SH.NodeShape)
    assert {path.stem for path in BAD} == named(SH.PropertyShape)
    assert len(BAD) > 30


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_record_breaks_no_shape(path: Path, shapes: rdflib.Graph, background: rdflib.Graph) -> None:
    assert broken(path, shapes, background) == set()
    target = shapes.objects(rdflib.URIRef(terms.SHAPE + path.stem), SH.targetClass)
    data = rdflib.Graph().parse(path) + background
    assert any((None, RDF.type, cls) in data for cls in target), "the record is of another class than its shape's"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_record_breaks_just_its_shape(path: Path, shapes: rdflib.Graph, background: rdflib.Graph) -> None:
    assert broken(path, shapes, background) == {path.stem}
