"""What the derived statements of an answer rest on, so that its page can tell it beneath each without being asked."""

from __future__ import annotations

from typing import Any

from kg.query.results import decode
from kg.store.engine import Engine
from kg.terms import RULE_GRAPHS

_GROUNDS = """
SELECT DISTINCT ?subject ?predicate ?object ?graph WHERE {
  VALUES (?partnership ?capability) { THESE }
  ?partnership kg:delivers ?product . ?product kg:realizes ?capability .
  VALUES ?predicate { kg:delivers kg:realizes }
  BIND(IF(?predicate = kg:delivers, ?partnership, ?product) AS ?subject)
  BIND(IF(?predicate = kg:delivers, ?product, ?capability) AS ?object)
  GRAPH ?graph { ?subject ?predicate ?object }
}
ORDER BY ?subject ?predicate ?object ?graph
"""


def grounds(store: Engine, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other statements from which a rule concluded some of these: what is delivered, and what that realizes.

    Rows have ``subject``, ``predicate``, ``object`` and ``graph``, terms as :func:`kg.query.results.decode` gives them.
    """
    derived = {
        (row["subject"]["value"], row["object"]["value"])
        for row in wanted
        if row["graph"]["value"] == RULE_GRAPHS + "covers" and row["subject"]["kind"] == row["object"]["kind"] == "iri"
    }
    if not derived:
        return []
    these = " ".join(f"(<{partnership}> <{capability}>)" for partnership, capability in sorted(derived))
    found = decode(store.query(_GROUNDS.replace("THESE", these)).text("tsv")).iter_rows(named=True)
    held = {_values(row) for row in wanted}
    return [row for row in found if _values(row) not in held]


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
