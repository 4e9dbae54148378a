"""What a record must have: SHACL shapes asked as SPARQL, so that the store itself answers and nothing is loaded twice.

The constraint components that :data:`COMPONENTS` names are all that ``ontology/shapes.ttl`` may use; each gives what
the W3C's "Shapes Constraint Language (SHACL)", section 4, says. pySHACL and the W3C's own tests judge that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.collection import Collection as RDFList
from rdflib.term import Node

from kg.query.results import select
from kg.store.engine import Engine


def _values(condition: str) -> str:
    """The query of a component that asks something of each value."""
    return f"SELECT DISTINCT ?focus ?value {{ @target @values FILTER({condition}) }}"


COMPONENTS = {
    SH.minCount: "SELECT ?focus { @target OPTIONAL { @values } } "
    "GROUP BY ?focus HAVING(COUNT(DISTINCT ?value) < @given)",
    SH.maxCount: "SELECT ?focus { @target @values } GROUP BY ?focus HAVING(COUNT(DISTINCT ?value) > @given)",
    SH["class"]: _values("NOT EXISTS { ?value a/rdfs:subClassOf* @given }"),
    SH.datatype: _values("!isLITERAL(?value) || DATATYPE(?value) != @given"),
    SH.nodeKind: _values("!(@given)"),
    SH.minLength: _values("isBLANK(?value) || STRLEN(STR(?value)) < @given"),
    SH.maxLength: _values("isBLANK(?value) || STRLEN(STR(?value)) > @given"),
    SH.pattern: _values("isBLANK(?value) || !REGEX(STR(?value), @given, @flags)"),
    SH.minInclusive: _values("!COALESCE(?value >= @given, false)"),
    SH.minExclusive: _values("!COALESCE(?value > @given, false)"),
    SH.maxInclusive: _values("!COALESCE(?value <= @given, false)"),
    SH.maxExclusive: _values("!COALESCE(?value < @given, false)"),
    SH["in"]: "SELECT DISTINCT ?focus ?value { @target @values "
    "FILTER NOT EXISTS { VALUES ?known { @given } FILTER(SAMETERM(?value, ?known)) } }",
    SH.hasValue: "SELECT DISTINCT ?focus { @target FILTER NOT EXISTS { @values FILTER(SAMETERM(?value, @given)) } }",
    SH.uniqueLang: "SELECT ?focus { @target @values FILTER(LANG(?value) != '') } "
    "GROUP BY ?focus (LCASE(LANG(?value)) AS ?language) HAVING(COUNT(DISTINCT ?value) > 1)",
    SH.languageIn: _values("!isLITERAL(?value) || NOT EXISTS { VALUES ?range { @given } "
                           "FILTER(LANG(?value) != '' && LANGMATCHES(LANG(?value), ?range)) }"),
    SH.disjoint: _values("EXISTS { ?focus @given ?value }"),
    SH.lessThan: "SELECT ?focus ?value { @target @values ?focus @given ?other "
    "BIND(?value < ?other AS ?fits) FILTER(!COALESCE(?fits, false)) }",
    SH.lessThanOrEquals: "SELECT ?focus ?value { @target @values ?focus @given ?other "
    "BIND(?value <= ?other AS ?fits) FILTER(!COALESCE(?fits, false)) }",
}  # fmt: skip
"""The query of each constraint component, a row a violation: the focus node, and the value where one is at fault."""

_AMONG = "@among "
"""Where a query names the only focus nodes that it is asked of."""
_OF_PROPERTIES = {SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals}
"""What a node shape can't ask."""
_SAID = {
    SH.path, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.flags,
    SH.deactivated, SH.property, SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf,
}  # fmt: skip
"""What a shape says beside its constraints."""
_KINDS = {
    SH.IRI: "isIRI(?value)", SH.Literal: "isLITERAL(?value)", SH.BlankNode: "isBLANK(?value)",
    SH.BlankNodeOrIRI: "!isLITERAL(?value)", SH.BlankNodeOrLiteral: "!isIRI(?value)",
    SH.IRIOrLiteral: "!isBLANK(?value)",
}  # fmt: skip
_STEPS = {SH.inversePath: "^({})", SH.zeroOrMorePath: "({})*", SH.oneOrMorePath: "({})+", SH.zeroOrOnePath: "({})?"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One component of a shape: what it asks of whom, and what is said when it is broken.

    ``classes`` are those of its targets, where it has no others; ``predicates`` are the properties (IRIs) that its path
    is or chooses from, if it is no longer one; ``given`` is what the component says, unless that is a list or has
    flags.
    """

    shape: str
    component: str
    path: str
    messages: dict[str, str]
    sparql: str
    classes: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    given: Node | None = None

    def among(self, terms: Iterable[str] | None) -> str:
        """The query, asked of some focus nodes only."""
        only = "" if terms is None else f"VALUES ?focus {{ {' '.join(terms)} }} "
        return self.sparql.replace(_AMONG, only)


def read(path: Path) -> list[Constraint]:
    """The constraints of the shapes in a Turtle file, in the order of their names.

    Raises
    ------
    ValueError
        when a shape uses what is not in :data:`COMPONENTS`, so that none is passed over in silence.
    """
    graph = rdflib.Graph().parse(path, format="turtle")
    return sorted(_constraints(graph), key=lambda constraint: (constraint.shape, constraint.component))


def violations(store: Engine, constraints: list[Constraint], among: Collection[str] | None = None) -> pl.DataFrame:
    """What breaks the shapes in a store: columns focus, path, value (IRIs or texts, value null), shape, component.

    With ``among`` (terms), only of these focus nodes.
    """
    schema = dict.fromkeys(("focus", "path", "value", "shape", "component"), pl.String)
    found = [pl.DataFrame(schema=schema)]
    for constraint in constraints if among is None or among else ():
        rows = select(store, constraint.among(among))
        told = {"path": constraint.path, "shape": constraint.shape, "component": constraint.component}
        found.append(rows.select(pl.all().cast(pl.String), **{name: pl.lit(text) for name, text in told.items()}))
    return pl.concat(found, how="diagonal")  # where no value is at fault there is none


def _constraints(graph: rdflib.Graph) -> Iterator[Constraint]:
    """The constraints of each shape that has a target, and of its property shapes."""
    for shape in set(graph.subjects(RDF.type, SH.NodeShape)) | set(graph.subjects(RDF.type, SH.PropertyShape)) | {
        subject
        for target in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
        for subject in graph.subjects(target)
    }:  # fmt: skip
        targets = list(_targets(graph, shape))
        if not targets or graph.value(shape, SH.deactivated) == rdflib.Literal(True):
            continue
        target = f"{{ SELECT DISTINCT ?focus {{ {_AMONG}" + " UNION ".join(f"{{ {one} }}" for one in targets) + " } }"
        classes = _classes(graph, shape) if len(targets) == 1 else ()
        yield from _of_shape(graph, shape, target, classes)
        for part in graph.objects(shape, SH.property):
            if (part, SH.property, None) in graph:
                raise ValueError(f"{part} has shapes of its own, which is not understood.")
            if graph.value(part, SH.deactivated) != rdflib.Literal(True):
                yield from _of_shape(graph, part, target, classes)


def _targets(graph: rdflib.Graph, shape: Node) -> Iterator[str]:
    """The focus nodes of a shape, as patterns."""
    for node in graph.objects(shape, SH.targetNode):
        yield f"VALUES ?focus {{ {_term(node)} }}"
    if classes := _classes(graph, shape):
        yield f"VALUES ?class {{ {' '.join(f'<{cls}>' for cls in classes)} }} ?focus a/rdfs:subClassOf* ?class"
    for property_ in graph.objects(shape, SH.targetSubjectsOf):
        yield f"?focus {_term(property_)} ?any"
    for property_ in graph.objects(shape, SH.targetObjectsOf):
        yield f"?any {_term(property_)} ?focus"


def _classes(graph: rdflib.Graph, shape: Node) -> tuple[str, ...]:
    """The classes that are targets of a shape, in order."""
    classes = list(graph.objects(shape, SH.targetClass))
    if (shape, RDF.type, RDFS.Class) in graph or (shape, RDF.type, OWL.Class) in graph:
        classes.append(shape)
    return tuple(sorted(_term(cls).strip("<>") for cls in classes))


def _of_shape(graph: rdflib.Graph, shape: Node, target: str, classes: tuple[str, ...]) -> Iterator[Constraint]:
    """The constraints that a shape itself states."""
    given_path = graph.value(shape, SH.path)
    path = "" if given_path is None else _path(graph, given_path)
    values = f"?focus {path} ?value ." if path else "BIND(?focus AS ?value)"
    messages = {str(text.language): str(text) for text in graph.objects(shape, SH.message)}  # type: ignore[attr-defined]
    flags = graph.value(shape, SH.flags) or rdflib.Literal("")
    for component, given in graph.predicate_objects(shape):
        if component in _SAID or not str(component).startswith(str(SH)):
            continue
        known = isinstance(component, rdflib.URIRef) and component in COMPONENTS
        if not known or (not path and component in _OF_PROPERTIES):
            raise ValueError(f"{shape} uses {component}, which is not understood.")
        if component == SH.uniqueLang and str(given) != "true":
            continue
        text = COMPONENTS[rdflib.URIRef(str(component))]
        meanings = {"@target": target, "@values": values, "@given": _given(graph, given), "@flags": _term(flags)}
        for sign, meaning in meanings.items():
            text = text.replace(sign, meaning)
        listed = given == RDF.nil or (given, RDF.first, None) in graph
        single = None if listed or (component == SH.pattern and str(flags)) else given
        predicates = _predicates(graph, given_path)
        yield Constraint(str(shape), str(component), path.strip("<>"), messages, text, classes, predicates, single)


def _predicates(graph: rdflib.Graph, path: Node | None) -> tuple[str, ...]:
    """The properties that a path is or chooses from, unless it is no longer one of these."""
    alternatives = None if path is None else graph.value(path, SH.alternativePath)
    parts = [path] if alternatives is None else list(graph.items(alternatives))
    simple = all(isinstance(part, rdflib.URIRef) for part in parts)
    return tuple(map(str, parts)) if simple else ()


def _path(graph: rdflib.Graph, path: Node) -> str:
    """A path as SPARQL writes it."""
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return "(" + "/".join(_path(graph, part) for part in graph.items(path)) + ")"
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "(" + "|".join(_path(graph, part) for part in graph.items(alternatives)) + ")"
    for step, written in _STEPS.items():
        if (inner := graph.value(path, step)) is not None:
            return written.format(_path(graph, inner))
    raise ValueError(f"The path {path} is not understood.")


def _given(graph: rdflib.Graph, value: Node) -> str:
    """What a component is given: a kind of node as a condition, a list by its members, all else as a term."""
    if isinstance(value, rdflib.URIRef) and value in _KINDS:
        return _KINDS[value]
    if value == RDF.nil or (value, RDF.first, None) in graph:
        return " ".join(_term(member) for member in RDFList(graph, value))
    return _term(value)


def _term(term: Node) -> str:
    """A term as SPARQL writes it."""
    if isinstance(term, rdflib.BNode):
        raise ValueError("A shape names a blank node, which is not understood.")  # noqa: TRY004  as all that is not
    return term.n3()
