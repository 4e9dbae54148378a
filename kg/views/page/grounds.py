"""What the derived statements of an answer rest on, so that its page can tell it beneath each without being asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.query.results import decode
from kg.store.engine import Engine
from kg.terms import DATED, DATES_GRAPH, KG, RULE_GRAPHS, SAME_GRAPH

_COVERED = """
  VALUES (?partnership ?capability) { THESE }
  ?partnership kg:delivers ?product . ?product kg:realizes ?capability .
  VALUES ?predicate { kg:delivers kg:realizes }
  BIND(IF(?predicate = kg:delivers, ?partnership, ?product) AS ?subject)
  BIND(IF(?predicate = kg:delivers, ?product, ?capability) AS ?object)
"""
_PARTNERED = """
  VALUES (?one ?other) { THESE }
  { ?subject kg:bankParty ?one ; kg:techParty ?other } UNION { ?subject kg:bankParty ?other ; kg:techParty ?one }
  VALUES ?predicate { kg:bankParty kg:techParty }
  ?subject ?predicate ?object FILTER(?object IN (?one, ?other))
"""
_DATED = "VALUES (?subject ?predicate) { THESE }"
_JUDGED = """
  VALUES ?thing { THESE }
  ?thing (^kg:one/kg:other | ^kg:other/kg:one)* ?member .
  ?subject kg:one | kg:other ?member ; kg:judgement code:same .
  VALUES ?predicate { kg:one kg:other kg:judgement }
"""
_GROUNDS = f"""
SELECT DISTINCT ?subject ?predicate ?object ?graph WHERE {{
  %s
  GRAPH ?graph {{ ?subject ?predicate ?object }} FILTER(!STRSTARTS(STR(?graph), "{RULE_GRAPHS}"))
}}
ORDER BY ?subject ?predicate ?object ?graph
"""
_BOUND = re.compile(rf"{re.escape(KG.base)}({'|'.join((*DATED, 'on'))})(Earliest|Latest)$")


def grounds(store: Engine, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other statements from which a rule concluded some of these, as ``kg why`` has them.

    A covered capability rests on a delivered product and on what that realizes; who partners with whom on the parties
    of their partnerships; a first or last day on the date, one that sources agree on upon all that date the step; that
    a thing is another on the judgements. Rows have ``subject``, ``predicate``, ``object`` and ``graph``, terms as
    :func:`kg.query.results.decode` gives them.
    """
    derived = [_values(row) for row in wanted if row["graph"]["value"].startswith(RULE_GRAPHS)]
    asked = {
        _COVERED: {f"(<{s}> <{o}>)" for s, p, o, _ in derived if p == KG.covers},
        _PARTNERED: {f"(<{s}> <{o}>)" for s, p, o, _ in derived if p == KG.partnersWith},
        _DATED: {f"(<{s}> <{p}>)" for s, p in _dates(derived)},
        _JUDGED: {f"<{s}>" for s, _, _, graph in derived if graph == SAME_GRAPH},
    }
    held = {_values(row) for row in wanted}
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for pattern, these in asked.items():
        if these := {one for one in these if "<_:" not in one}:  # SPARQL can't name a blank node
            query = _GROUNDS % pattern.replace("THESE", " ".join(sorted(these)))
            rows = decode(store.query(query).text("tsv")).iter_rows(named=True)
            found |= {_values(row): row for row in rows if _values(row) not in held}
    return list(found.values())


def _dates(derived: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What dates each derived day, as subject and predicate."""
    for subject, predicate, _, graph in derived:
        if graph == DATES_GRAPH and (bound := _BOUND.match(predicate)):
            yield subject, KG.base + bound[1]
        if predicate in {KG.agreedEarliest, KG.agreedLatest}:
            of, _, base = subject.rpartition("/")
            of, base = (of, base) if base in DATED else (subject, "on")
            yield from ((of, KG.base + base + end) for end in ("", "Earliest", "Latest"))


def _values(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name]["value"] for name in ("subject", "predicate", "object", "graph"))


def parted(facts: list[list[Any]], said: set[tuple[Any, ...]]) -> dict[str, Any]:
    """The facts of an answer, those ``said`` (subject, predicate, object, as numbers), and apart from them the rest."""
    parts: dict[str, list[list[Any]]] = {"facts": [], "grounds": []}
    for subject, *rest in facts:
        for name, own in (
            ("facts", [fact for fact in rest if (subject, *fact[:2]) in said]),
            ("grounds", [fact for fact in rest if (subject, *fact[:2]) not in said]),
        ):
            if own:
                parts[name].append([subject, *own])
    return parts
