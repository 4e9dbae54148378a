"""A landscape as RDF that other programs read: with its evidence where the format holds named graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from kg.errors import BadQuery
from kg.store.embedded import EmbeddedStore
from kg.store.files import lost, rewritten
from kg.terms import ID, PREFIXES
from kg.views import jsonld

WITH_EVIDENCE = ("nq", "trig", "jsonld")
MERGED = ("nt", "ttl", "rdf")
ANNOTATED = "annotated.ttl"
_NARROW = {"jsonld": ("JSON-LD", "nq or trig"), "rdf": ("RDF/XML", "ttl or nt")}
"""Formats that can't hold everything, and those that can; whatever they lost is found by reading them back."""
_REIFIES = f"<{PREFIXES['rdf']}reifies>"
_SOURCE = f"<{PREFIXES['dcterms']}source>"


def export(store: EmbeddedStore, ending: str) -> bytes:
    """The landscape in a format, the same bytes for the same landscape.

    N-Quads, TriG and JSON-LD (``nq``, ``trig``, ``jsonld``) hold the merged landscape in the default graph and the
    evidence in named graphs; N-Triples, Turtle and RDF/XML (``nt``, ``ttl``, ``rdf``) hold the merged landscape alone.
    ``annotated.ttl`` is RDF 1.2: the merged landscape, each statement reified with the passages that make it.

    Raises
    ------
    BadQuery
        when there is a statement that JSON-LD or RDF/XML can't hold, such as one with a triple term (RDF 1.2).
    """
    if ending in MERGED:
        lines = store.triples(None)
    elif ending == ANNOTATED:
        lines = list(_annotated(store))
    else:
        lines = list(_quads(store))
    text = "".join(line + "\n" for line in lines)
    if ending in ("nt", "nq"):
        return text.encode()
    content = jsonld.export(text) if ending == "jsonld" else rewritten(text, "ttl" if ending == ANNOTATED else ending)
    if ending in _NARROW and (line := lost(text, content, ending)) is not None:
        name, wider = _NARROW[ending]
        raise BadQuery(f"{name} can't hold this statement: {line.removesuffix(' .')}. Take {wider}.")
    return content


def _quads(store: EmbeddedStore) -> Iterator[str]:
    yield from store.triples(None)
    for graph in store.graphs():
        yield from store.quads(graph)


def _annotated(store: EmbeddedStore) -> Iterator[str]:
    """Each statement, a name for it, and the graphs that hold it (RDF 1.2's reifiers)."""
    graphs: dict[str, list[str]] = {}
    for graph in store.graphs():
        for line in store.triples(graph):
            graphs.setdefault(line, []).append(graph)
    for line in store.triples(None):
        yield line
        reifier = f"<{ID}statement/{hashlib.sha256(line.encode()).hexdigest()[:24]}>"
        yield f"{reifier} {_REIFIES} <<( {line.removesuffix(' .')} )>> ."
        for graph in graphs.get(line, []):
            yield f"{reifier} {_SOURCE} {graph} ."
