"""A landscape described as data: what it is, under which licence, and how much of what is in it."""

from __future__ import annotations

from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Graph, Literal, URIRef

from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import ID, KG, ONTOLOGY, PREFIXES

_FORMATS = ("N-Quads", "TriG", "JSON-LD", "Turtle", "N-Triples", "RDF_XML")
_CLASSES = (
    KG.Bank, KG.TechFirm, KG.Organization, KG.Partnership, KG.Capability, KG.Product, KG.Group, KG.Renaming,
    KG.Judgement, KG.Source, KG.Passage,
)  # fmt: skip

_ABOUT = """
SELECT ?landscape ?property ?value (LANG(?value) AS ?language) (isIRI(?value) AS ?named) {
  ?landscape a kg:Landscape ; ?property ?value
  FILTER(?property IN (dcterms:title, dcterms:description, dcterms:license, dcterms:bibliographicCitation,
                       dcterms:issued))
}
ORDER BY ?landscape ?property ?value
"""
_OURS = f"?s ?p ?o FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}"
_COUNTS = f"""
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects) (COUNT(DISTINCT ?p) AS ?properties)
       (COUNT(DISTINCT ?o) AS ?distinctObjects) {{ {_OURS} }}
"""
_OF_CLASS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?entities) { VALUES ?class { %s } ?thing a/rdfs:subClassOf* ?class }
GROUP BY ?class
"""
_SPAN = """
SELECT ?start ?end {
  { SELECT (MIN(?first) AS ?start) { ?step kg:of ?thing ; kg:onEarliest ?first } }
  { SELECT (MAX(?last) AS ?end) { ?step kg:of ?thing ; kg:onLatest ?last } }
}
"""


def description(store: Engine, revision: str) -> str:
    """The landscape in Turtle, by the W3C's "Data Catalog Vocabulary (DCAT) - Version 3" and its note on VoID.

    A dataset that stands for the whole, with each landscape that it was built of as a part; its triples are those of
    the merged landscape without the ontology, and its period that of all dated steps. ``revision`` names the content.
    """
    graph = Graph()
    for prefix in ("id", "kg", "xsd"):
        graph.bind(prefix, PREFIXES[prefix])
    whole = URIRef(f"{ID}dataset/{revision}")
    for kind in (DCAT.Dataset, VOID.Dataset):
        graph.add((whole, RDF.type, kind))
    graph.add((whole, URIRef("http://www.w3.org/ns/dcat#version"), Literal(revision)))
    graph.add((whole, VOID.uriSpace, Literal(ID)))
    graph.add((whole, VOID.vocabulary, URIRef(KG.base)))
    for name in _FORMATS:
        graph.add((whole, VOID.feature, URIRef(f"http://www.w3.org/ns/formats/{name}")))
    for landscape, property_, value, language, named in select(store, _ABOUT).iter_rows():
        part = URIRef(landscape)
        graph.add((whole, DCTERMS.hasPart, part))
        graph.add((part, RDF.type, DCAT.Dataset))
        said = URIRef(value) if named else Literal(value, lang=language or None)
        graph.add((part, URIRef(property_), said if language or named else Literal(value, datatype=XSD.date)))
        if URIRef(property_) == DCTERMS.license:
            graph.add((whole, DCTERMS.license, said))
    for name, count in select(store, _COUNTS).row(0, named=True).items():
        graph.add((whole, VOID[name], Literal(count)))
    classes = " ".join(f"<{iri}>" for iri in _CLASSES)
    for iri, count in select(store, _OF_CLASS % classes).iter_rows():
        partition = URIRef(f"{whole}/{iri.removeprefix(KG.base)}")
        graph.add((whole, VOID.classPartition, partition))
        graph.add((partition, VOID["class"], URIRef(iri)))
        graph.add((partition, VOID.entities, Literal(count)))
    start, end = select(store, _SPAN).row(0)
    if start and end:
        period = URIRef(f"{whole}/period")
        graph.add((whole, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(start)))
        graph.add((period, DCAT.endDate, Literal(end)))
    return graph.serialize(format="turtle")
