"""What a record must have: SHACL shapes asked as SPARQL, so that the store itself answers and nothing is loaded twice.

The constraint components that :data:`COMPONENTS` names are all that ``ontology/shapes.ttl`` may use; each gives what
the W3C's "Shapes Constraint Language (SHACL)", section 4, says. pySHACL is the judge of that in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from kg.query.results import select
from kg.store.engine import Engine

COMPONENTS = {
    SH.minCount: "SELECT ?focus { @target OPTIONAL { ?focus @path ?v } } "
    "GROUP BY ?focus HAVING(COUNT(DISTINCT ?v) < @given)",
    SH.maxCount: "SELECT ?focus { @target ?focus @path ?v } GROUP BY ?focus HAVING(COUNT(DISTINCT ?v) > @given)",
    SH["class"]: "SELECT DISTINCT ?focus ?value { @target ?focus @path ?value "
    "FILTER NOT EXISTS { ?value a/rdfs:subClassOf* @given } }",
    SH.datatype: "SELECT DISTINCT ?focus ?value { @target ?focus @path ?value "
    "FILTER(!isLITERAL(?value) || DATATYPE(?value) != @given) }",
    SH.nodeKind: "SELECT DISTINCT ?focus ?value { @target ?focus @path ?value FILTER(!@given(?value)) }",
    SH.minLength: "SELECT DISTINCT ?focus ?value { @target ?focus @path ?value "
    "FILTER(isBLANK(?value) || STRLEN(STR(?value)) < @given) }",
    SH.uniqueLang: "SELECT ?focus { @target ?focus @path ?v FILTER(LANG(?v) != '') } "
    "GROUP BY ?focus (LCASE(LANG(?v)) AS ?language) HAVING(COUNT(DISTINCT ?v) > 1)",
    SH.lessThanOrEquals: "SELECT ?focus ?value { @target ?focus @path ?value ; @given ?other "
    "BIND(?value <= ?other AS ?fits) FILTER(!COALESCE(?fits, false)) }",
}
"""The query of each constraint component, a row a violation: the focus node, and the value where one is at fault."""

_SAID = {RDF.type, SH.path, SH.message, SH.severity, SH.name}
_KINDS = {SH.IRI: "isIRI", SH.Literal: "isLITERAL", SH.BlankNode: "isBLANK"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One component of a property shape: what it asks of whom, and what is said when it is broken."""

    shape: str
    component: str
    path: str
    messages: dict[str, str]
    sparql: str


def read(path: Path) -> list[Constraint]:
    """The constraints of the shapes in a Turtle file, in the order of their names.

    Raises
    ------
    ValueError
        when a shape uses what is not in :data:`COMPONENTS`, so that none is passed over in silence.
    """
    graph = rdflib.Graph().parse(path, format="turtle")
    return sorted(_constraints(graph), key=lambda constraint: (constraint.shape, constraint.component))


def violations(store: Engine, constraints: list[Constraint]) -> pl.DataFrame:
    """What breaks the shapes in a store: columns focus, path, value (IRIs or texts, value null), shape, component."""
    schema = dict.fromkeys(("focus", "path", "value", "shape", "component"), pl.String)
    found = [pl.DataFrame(schema=schema)]
    for constraint in constraints:
        rows = select(store, constraint.sparql)
        told = {"path": constraint.path, "shape": constraint.shape, "component": constraint.component}
        found.append(rows.select(pl.all().cast(pl.String), **{name: pl.lit(text) for name, text in told.items()}))
    return pl.concat(found, how="diagonal")  # where no value is at fault there is none


def _constraints(graph: rdflib.Graph) -> Iterator[Constraint]:
    for node_shape in graph.subjects(RDF.type, SH.NodeShape):
        classes = " ".join(sorted(f"<{cls}>" for cls in graph.objects(node_shape, SH.targetClass)))
        target = f"{{ SELECT DISTINCT ?focus {{ VALUES ?class {{ {classes} }} ?focus a/rdfs:subClassOf* ?class }} }}"
        strange = set(graph.predicates(node_shape)) - {RDF.type, SH.targetClass, SH.property}
        if strange:
            raise ValueError(f"{node_shape} uses {min(map(str, strange))}, which is not understood.")
        for shape in graph.objects(node_shape, SH.property):
            path = _path(graph, graph.value(shape, SH.path))
            messages = {str(text.language): str(text) for text in graph.objects(shape, SH.message)}  # type: ignore[attr-defined]
            for component, given in graph.predicate_objects(shape):
                if component in _SAID:
                    continue
                if not isinstance(component, rdflib.URIRef) or component not in COMPONENTS:
                    raise ValueError(f"{shape} uses {component}, which is not understood.")
                text = COMPONENTS[component]
                for sign, meaning in (("@target", target), ("@path", path), ("@given", _given(given))):
                    text = text.replace(sign, meaning)
                yield Constraint(str(shape), str(component), path.strip("<>"), messages, text)


def _path(graph: rdflib.Graph, path: Node | None) -> str:
    """A property, or one of several, as SPARQL writes it."""
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>"
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is None:
        raise ValueError(f"The path {path} is not understood.")
    return "(" + "|".join(_path(graph, part) for part in graph.items(alternatives)) + ")"


def _given(value: Node) -> str:
    if isinstance(value, rdflib.URIRef):
        return _KINDS.get(value, f"<{value}>")
    return str(value)
