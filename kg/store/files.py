"""Statements as files of RDF: with the prefixes that they use, in an order, and looked at again for what was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.terms import PREFIXES

Term = dict[str, str]
"""An object: its kind (literal or resource), value, language and datatype, the latter two empty where it has none."""
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


def serialized(statements: ox.QueryTriples | ox.QuadParser, format_: ox.RdfFormat) -> bytes:
    """RDF with the prefixes that it uses, in their order; Oxigraph writes all of them in an order by chance."""
    if format_ == ox.RdfFormat.RDF_XML:
        whole = ox.serialize(statements, format=format_, prefixes={"kg": PREFIXES["kg"]}) or b""
        return whole.replace(b"\r", b"&#13;")  # which readers of XML would take for the end of a line
    whole = ox.serialize(statements, format=format_, prefixes=PREFIXES) or b""
    lines = whole.splitlines(keepends=True)
    body = b"".join(line for line in lines if not line.startswith(b"@prefix "))
    used = [f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items() if f"{name}:".encode() in body]
    return "".join(used).encode() + body


def rewritten(nquads: str, ending: str) -> bytes:
    """N-Quads in another format: ``ttl``, ``trig`` or ``rdf``, in the order in which they come."""
    return serialized(ox.parse(input=nquads, format=ox.RdfFormat.N_QUADS), _FORMATS[ending])


def terms(nquads: str) -> Iterator[tuple[str, str, str, Term]]:
    """The graph (empty for the default graph), subject and predicate of each quad as text, and its object."""
    for quad in ox.parse(input=nquads, format=ox.RdfFormat.N_QUADS):
        default = isinstance(quad.graph_name, ox.DefaultGraph)
        object_ = quad.object
        literal = isinstance(object_, ox.Literal)
        yield (
            "" if default else _text(quad.graph_name),
            _text(quad.subject),
            quad.predicate.value,
            {
                "kind": "literal" if literal else "resource",
                "value": object_.value if isinstance(object_, ox.Literal) else _text(object_),
                "language": (object_.language or "") if isinstance(object_, ox.Literal) else "",
                "datatype": object_.datatype.value if isinstance(object_, ox.Literal) else "",
            },
        )


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def lost(nquads: str, content: bytes, ending: str) -> str | None:
    """The first line of N-Quads that a file does not give back; None where it gives all of them."""
    lines = nquads.split("\n")[:-1]
    told = _told(content, ending)
    if told is None:  # which statement makes it no file of its format is asked one by one
        return next((line for line in lines if _told(rewritten(line, ending), ending) is None), lines[0])
    return next((line for line in lines if line not in told), None)


def canonical(nquads: Iterable[str]) -> set[str]:
    """Lines of N-Quads whose blank nodes are named by what is said of them, so that two stores' can be compared.

    The names are those of the W3C's "RDF Dataset Canonicalization"; lines without blank nodes stay as they are.
    """
    lines = set(nquads)
    blank = {line for line in lines if "_:" in line}
    dataset = ox.Dataset(ox.parse(input="\n".join(blank), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    named = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")
    return (lines - blank) | set(named.split("\n")[:-1])


def _told(content: bytes, ending: str) -> set[str] | None:
    """The lines of N-Quads that a file gives; None where it is not of its format."""
    from xml.parsers import expat  # noqa: PLC0415  answering does without

    try:
        if ending == "rdf":  # Oxigraph forgives what is no XML
            expat.ParserCreate(namespace_separator=" ").Parse(content, True)
        return {f"{quad} ." for quad in ox.parse(input=content, format=_FORMATS[ending])}
    except (SyntaxError, expat.ExpatError):
        return None
