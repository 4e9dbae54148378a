"""A landscape as JSON-LD, compacted by the context of the tables: the same words as in their headers.

rdflib's writer does this too, but it rewrites literals, turns 3.0 into 3 and names blank nodes by chance.
"""

from __future__ import annotations

import json
from typing import Any

from kg.store.files import Term, terms
from kg.terms import RDF, XSD, resource_folder


def export(nquads: str) -> bytes:
    """N-Quads as JSON-LD: the default graph at the top, each named one with its name; nodes and values in order.

    Lists stand as their statements, and every literal with its own text. What JSON-LD can't hold, such as triple
    terms, does not come back from it: :func:`kg.views.rdf.export` finds that.
    """
    context = json.loads((resource_folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    words = _Words(context)
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for graph, subject, predicate, object_ in terms(nquads):
        node = graphs.setdefault(graph, {}).setdefault(subject, {"id": subject})
        words.add(node, predicate, object_)
    top = [_ordered(node) for _, node in sorted(graphs.pop("", {}).items())]
    named = [
        {"id": graph, "@graph": [_ordered(node) for _, node in sorted(nodes.items())]}
        for graph, nodes in sorted(graphs.items())
    ]
    whole = {"@context": context, "@graph": [*top, *named]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


class _Words:
    """What the words of a context stand for, read backwards."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._prefixes = {
            name: iri for name, iri in context.items() if isinstance(iri, str) and iri.endswith(("#", "/"))
        }
        # A word says of which kind its values are: the datatype, @id, or @language; nothing where they say it.
        self._words: dict[tuple[str, str], str] = {}
        for name, told in context.items():
            if isinstance(told, dict):
                kind = told.get("@type") or told.get("@container") or ""
                self._words[self._expanded(told["@id"]), self._expanded(kind)] = name

    def add(self, node: dict[str, Any], predicate: str, value: Term) -> None:
        """Add a statement to a node, by the word whose values are of this kind, else with all that it needs."""
        if value["kind"] != "literal":
            if predicate == RDF.type:
                node.setdefault("type", []).append(self._compact(value["value"]))
            elif word := self._words.get((predicate, "@id")):
                node.setdefault(word, []).append(value["value"])
            else:
                node.setdefault(self._compact(predicate), []).append({"id": value["value"]})
        elif value["language"]:
            if word := self._words.get((predicate, "@language")):
                node.setdefault(word, {}).setdefault(value["language"], []).append(value["value"])
            else:
                whole = {"@value": value["value"], "@language": value["language"]}
                node.setdefault(self._words.get((predicate, ""), self._compact(predicate)), []).append(whole)
        elif word := self._words.get((predicate, value["datatype"])):
            node.setdefault(word, []).append(value["value"])
        else:
            plain = value["datatype"] == XSD.string
            whole = {"@value": value["value"], "@type": self._compact(value["datatype"])}
            word = self._words.get((predicate, ""), self._compact(predicate))
            node.setdefault(word, []).append(value["value"] if plain else whole)

    def _expanded(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        return self._prefixes[prefix] + rest if prefix in self._prefixes else name

    def _compact(self, iri: str) -> str:
        for prefix, base in self._prefixes.items():
            rest = iri.removeprefix(base)
            if iri.startswith(base) and rest and not rest.startswith("//"):  # prefix:// is no compact IRI
                return f"{prefix}:{rest}"
        return iri


def _ordered(node: dict[str, Any]) -> dict[str, Any]:
    """A node with its words and values in order; a single value stands alone."""

    def values(held: list[Any]) -> Any:  # noqa: ANN401  whatever JSON holds
        ordered = sorted(held, key=lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True))
        return ordered if len(ordered) > 1 else ordered[0]

    def value(held: Any) -> Any:  # noqa: ANN401
        if isinstance(held, dict):
            return {language: values(texts) for language, texts in sorted(held.items())}
        return held if isinstance(held, str) else values(held)

    return {name: value(held) for name, held in sorted(node.items())}
