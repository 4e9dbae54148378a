"""Each statement of the page with the passages that make it, and what those are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from kg.network.tables import NetworkTables
from kg.query.results import decode
from kg.store.engine import Engine
from kg.terms import DATES_GRAPH, KG, LANGUAGES, MILESTONES_GRAPH, ONTOLOGY, PASSAGES_GRAPH, RDF, SKOS
from kg.views.page.numbers import Numbers, Things

_HIDDEN = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, KG.party, KG.partnersWith, RDF.type)
_FACTS = f"""
SELECT ?subject ?predicate ?object ?graph WHERE {{
  GRAPH ?graph {{ ?subject ?predicate ?object }}
  FILTER(?graph NOT IN (<{ONTOLOGY}>, <{PASSAGES_GRAPH}>, <{MILESTONES_GRAPH}>, <{DATES_GRAPH}>))
  FILTER(?predicate NOT IN ({", ".join(f"<{iri}>" for iri in _HIDDEN)}))
}}
ORDER BY ?subject ?predicate ?object ?graph
"""
_PASSAGES = """
SELECT ?passage ?source ?locator WHERE { ?passage dcterms:isPartOf ?source ; kg:locator ?locator }
ORDER BY ?passage ?source ?locator
"""
_SOURCES = """
SELECT ?source ?issued ?publisher ?address WHERE {
  ?source a kg:Source .
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source dc:publisher ?publisher }
  OPTIONAL { ?source rdfs:seeAlso | schema:url ?address }
}
ORDER BY ?source ?issued ?publisher ?address
"""


class Place(NamedTuple):
    """A passage: its source (IRI), where in it that stands, and what it is called instead in some languages."""

    source: str
    locator: str
    names: tuple[tuple[str, str], ...]


def evidence(store: Engine, tables: NetworkTables, numbers: Numbers, kinds: dict[str, str]) -> dict[str, Any]:
    """Each statement with the passages that make it, and what those are."""
    ever = decode(store.query("SELECT ?thing { VALUES ?c { kg:Partnership kg:Product } ?thing a ?c }").text("tsv"))
    gone = {thing["value"] for thing in ever["thing"]} - kinds.keys()
    silent = gone | set(tables.of_class(KG.Source)) | set(tables.of_class(KG.Passage))
    rows = [
        row
        for row in decode(store.query(_FACTS).text("tsv")).iter_rows(named=True)
        if row["subject"]["value"] not in silent and row["object"]["value"] not in gone
    ]
    told = cited(rows, numbers, located(store, tables))
    countries = {
        (numbers[row["subject"]["value"]], row["object"]["value"])
        for row in rows
        if row["predicate"]["value"] == KG.country
    }
    return {**told, "countries": [list(pair) for pair in sorted(countries)], **sources(store, numbers)}


def located(store: Engine, tables: NetworkTables) -> dict[str, Place]:
    """Where each passage stands."""
    names: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        for passage, name in tables.passages(language).items():
            names.setdefault(passage, []).append((language, name))
    return {
        passage: Place(source, locator, tuple(names.get(passage, ())))
        for row in decode(store.query(_PASSAGES).text("tsv")).iter_rows(named=True)
        for passage, source, locator in [[row[name]["value"] for name in ("passage", "source", "locator")]]
    }


def _language(term: Mapping[str, Any]) -> str:
    """In which language a literal is; none is empty."""
    return term["language"] or ""


def cited(
    rows: Iterable[dict[str, Any]],
    numbers: Numbers,
    located: Mapping[str, Place],
    unsaid: Iterable[tuple[str, str, str, str, bool]] = (),
    tag: Callable[[Mapping[str, Any]], str] = _language,
) -> dict[str, Any]:
    """Statements with the passages that make them, and these; ``unsaid`` may be made by none.

    Of these: subject, predicate, object, the ``tag`` that tells a literal from another of the same text, and whether
    the object is a text.
    """
    places: dict[str, int] = {}
    passages: list[list[Any]] = []
    called: dict[tuple[tuple[str, str], ...], int] = {}
    facts: dict[tuple[int, int, int | str, str], Things] = {}
    for subject, predicate, object_, own, text in unsaid:
        facts[numbers[subject], numbers[predicate], object_ if text else numbers[object_], own] = []
    for row in rows:
        subject, predicate, object_ = (row[name]["value"] for name in ("subject", "predicate", "object"))
        literal = row["object"]["kind"] == "literal"
        value = object_ if literal else numbers[object_]
        statement = (numbers[subject], numbers[predicate], value, tag(row["object"]) if literal else "")
        graph = row["graph"]["value"]
        if graph in located and graph not in places:
            places[graph] = len(passages)
            source, locator, names = located[graph]
            name = [called.setdefault(names, len(called))] if names else []
            passages.append([numbers[source], locator, *name])
        place = places[graph] if graph in places else -1 - numbers[graph]
        facts.setdefault(statement, []).append(place)
    by_subject: list[list[Any]] = []
    by_place = {place: natural(locator) for place, (_, locator, *_) in enumerate(passages)}

    def order(place: int) -> tuple[int, Any]:
        return (passages[place][0], by_place[place]) if place >= 0 else (1 << 40, [(-place, "")])

    # What the rows say of a subject comes together; with what nobody says it is put together.
    told = sorted(facts.items(), key=lambda fact: fact[0][0]) if unsaid else facts.items()
    for (one, predicate_, value_, tag_), where in told:
        if not by_subject or by_subject[-1][0] != one:
            by_subject.append([one])
        cited = where[0] if len(where) == 1 else sorted(where, key=order)
        by_subject[-1].append([predicate_, value_, cited, *filter(None, [tag_])])
    names_ = {"called": [dict(names) for names in called]} if called else {}
    return {"facts": by_subject, "passages": passages, **names_}


def sources(store: Engine, numbers: Numbers) -> dict[str, Any]:
    """The sources that some passage spoken of is in, and their publishers, each named once."""
    found: dict[int, list[Any]] = {}
    publishers: dict[str | None, int] = {}
    for row in decode(store.query(_SOURCES).text("tsv")).iter_rows(named=True):
        if row["source"]["value"] in numbers:
            publisher, issued, address = (
                row[name] and row[name]["value"] for name in ("publisher", "issued", "address")
            )
            place = publishers.setdefault(publisher, len(publishers))
            found.setdefault(numbers[row["source"]["value"]], [place, issued, address])
    return {"sources": [[source, *told] for source, told in found.items()], "publishers": list(publishers)}


def natural(text: str) -> list[tuple[int, str]]:
    """An order in which L5 comes before L15."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", text)]
