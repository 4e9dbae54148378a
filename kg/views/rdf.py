"""A landscape as RDF that other programs read: with its evidence where the format holds named graphs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import rdflib

from kg.store.embedded import EmbeddedStore, rewritten
from kg.terms import ID, PREFIXES, resource_folder

WITH_EVIDENCE = ("nq", "trig", "jsonld")
MERGED = ("nt", "ttl", "rdf")
ANNOTATED = "annotated.ttl"
_REIFIES = f"<{PREFIXES['rdf']}reifies>"
_SOURCE = f"<{PREFIXES['dcterms']}source>"


def export(store: EmbeddedStore, ending: str) -> bytes:
    """The landscape in a format, the same bytes for the same landscape.

    N-Quads, TriG and JSON-LD (``nq``, ``trig``, ``jsonld``) hold the merged landscape in the default graph and the
    evidence in named graphs; N-Triples, Turtle and RDF/XML (``nt``, ``ttl``, ``rdf``) hold the merged landscape alone.
    ``annotated.ttl`` is RDF 1.2: the merged landscape, each statement reified with the passages that make it.
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
    if ending == "jsonld":
        return _jsonld(text)
    return rewritten(text, "ttl" if ending == ANNOTATED else ending)


def _quads(store: EmbeddedStore) -> Iterator[str]:
    yield from store.triples(None)
    for graph in store.graphs():
        for line in store.triples(graph):
            yield f"{line.removesuffix(' .')} <{graph}> ."


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
            yield f"{reifier} {_SOURCE} <{graph}> ."


def _jsonld(nquads: str) -> bytes:
    """JSON-LD compacted by the context of the tables; nodes and values in order, the default graph at the top."""
    dataset = rdflib.Dataset()
    dataset.parse(data=nquads, format="nquads")
    context = json.loads((resource_folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    written = json.loads(dataset.serialize(format="json-ld", context=context))
    top: list[Any] = []
    for node in written["@graph"]:
        # rdflib writes the default graph as one more graph, without a name or with that of a blank node.
        default = "@graph" in node and str(node.get("id", "_:")).startswith(("_:", "urn:x-rdflib:default"))
        top += node["@graph"] if default else [node]
    whole = {"@context": context, "@graph": _ordered(top)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _ordered(value: Any) -> Any:  # noqa: ANN401  whatever JSON holds
    """The same JSON in an order of its own: keys by name, values of a property by content; lists stay as they are."""
    if isinstance(value, dict):
        return {k: v if k == "@list" else _ordered(v) for k, v in sorted(value.items())}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda item: json.dumps(item, ensure_ascii=False, sort_keys=True))
    return value
