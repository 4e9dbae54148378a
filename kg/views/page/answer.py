"""What a query answers, as things and the lines between them: the triples of a CONSTRUCT, the rows of a SELECT."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import polars as pl

from kg.errors import BadQuery
from kg.query.results import decode
from kg.store.engine import Answer
from kg.terms import XSD, shorten

ROW = "row"
"""The predicate of a line that joins two entities of one row, where no statement does."""
MOST_THINGS, MOST_LINES = 2000, 8000

_ASIDE = re.compile(
    r"""#[^\n]*|<[^<>"{}|^`\\\s]*>|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)
"""What of a query is no word of it: comments, addresses and texts."""
_INNER = re.compile(r"\{[^{}]*\}")
_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)

Triple = tuple[str, str, str]
Cell = tuple[str, bool] | None
"""What stands in a row: an entity's IRI or a text, and whether it is an entity."""


@dataclass(slots=True)
class Answered:
    """What is drawn: ``things`` (IRIs and blank nodes) in the order in which the answer speaks of them.

    ``lines`` are subject, predicate, object; ``texts`` what is said in words, numbers and dates: subject, predicate,
    text, and its language or else what it is as a literal (:func:`tagged`).
    ``left_out`` names what can't be drawn.
    ``heads`` and ``rows`` are the whole answer to a SELECT, whose rows are drawn; its lines are where two of one meet.
    ``ordered`` says whether the query asks for the order of its rows.
    """

    things: list[str] = field(default_factory=list)
    lines: list[Triple] = field(default_factory=list)
    texts: list[tuple[str, str, str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    ordered: bool = False

    def joined(self, statements: set[Triple]) -> Answered:
        """The same with what is stated of two that a row joins in place of the mere row, the same both ways once."""
        by_ends: dict[tuple[str, str], list[Triple]] = {}
        for one in sorted(statements):
            by_ends.setdefault((one[0], one[2]), []).append(one)
        lines: list[Triple] = []
        for a, predicate, b in self.lines:
            there = by_ends.get((a, b), []) if predicate == ROW else []
            said = {one[1] for one in there}
            back = [one for one in by_ends.get((b, a), []) if one[1] not in said] if predicate == ROW else []
            lines += [*there, *back] or [(a, predicate, b)]
        return replace(self, lines=list(dict.fromkeys(lines)))


def read(answer: Answer, query: str = "") -> Answered:
    """What an answer draws; ``query`` is its text, which says whether its rows have an order.

    Raises
    ------
    BadQuery
        when it is a truth, is empty, has no entities, or is too large to be read as a picture.
    """
    if answer.kind == "truth":
        raise BadQuery("ASK gives a truth, of which there is no picture. Write SELECT or CONSTRUCT.")
    found = _triples(answer) if answer.kind == "graph" else _rows(answer)
    found.ordered = bool(found.rows) and _ordered(query)
    lines, what = (len(found.rows), "rows") if found.rows else (len(found.lines) + len(found.texts), "triples")
    if len(found.things) > MOST_THINGS or lines > MOST_LINES:
        raise BadQuery(
            f"The answer has {len(found.things)} things and {lines} {what}; a picture holds at most "
            f"{MOST_THINGS} and {MOST_LINES}. Ask for less, with a FILTER or a LIMIT."
        )
    return found


def _triples(answer: Answer) -> Answered:
    cells = "".join("\t".join(parts) + "\n" for parts in _parts(answer.text("ntriples")))
    found = Answered()
    things: dict[str, None] = {}
    odd = 0
    for subject, predicate, object_ in decode(f"?s\t?p\t?o\n{cells}").iter_rows():
        if "triple" in {subject["kind"], object_["kind"]}:
            odd += 1
            continue
        things[subject["value"]] = None
        if object_["kind"] == "literal":
            found.texts.append((subject["value"], predicate["value"], object_["value"], tagged(object_)))
        else:
            things[object_["value"]] = None
            found.lines.append((subject["value"], predicate["value"], object_["value"]))
    if odd:
        found.left_out.append(f"{odd} with a triple in them")
    if not things:
        raise BadQuery("The query returns no triple, so there is nothing to draw. Ask for what is there.")
    found.things = list(things)
    return found


def tagged(term: Mapping[str, Any]) -> str:
    """The language of a literal, or what else it is, such as ``xsd:date``; of a mere text nothing."""
    if term["language"] or term["datatype"] in {None, XSD.string}:
        return term["language"] or ""
    return shorten(term["datatype"])


def _parts(triples: str) -> list[list[str]]:
    """Subject, predicate and object of each triple, once each.

    Neither their order nor the names of blank nodes hang on what the engine called these.
    """
    every = [line.removesuffix(" .").split(" ", 2) for line in set(filter(None, triples.split("\n")))]
    names: dict[str, str] = {}

    def masked(parts: list[str]) -> list[str]:
        return ["_:" if part.startswith("_:") else part for part in parts]

    def named(part: str) -> str:
        return names.setdefault(part, f"_:b{len(names) + 1}") if part.startswith("_:") else part

    return [[named(part) for part in parts] for parts in sorted(every, key=lambda parts: (masked(parts), parts))]


def _rows(answer: Answer) -> Answered:
    terms = decode(answer.text("tsv"))
    if terms.is_empty():
        raise BadQuery("The query returns no row, so there is nothing to draw. Ask for what is there.")
    found = Answered()
    lines: dict[Triple, None] = {}
    things: dict[str, None] = {}
    entities = [name for name in terms.columns if _entities(terms[name])]
    if not entities:
        texts = ", ".join(f"?{name}" for name in terms.columns)
        raise BadQuery(f"No variable is an entity, only texts: {texts}. Select entities to draw.")
    found.heads = list(terms.columns)
    found.rows = [tuple(map(_cell, row)) for row in terms.iter_rows()]
    for row in terms.select(entities).iter_rows():
        own = [term["value"] for term in row if term and term["kind"] in {"iri", "bnode"}]
        things |= dict.fromkeys(own)
        for one, other in pairwise(own):
            if one != other and (other, ROW, one) not in lines:
                lines[one, ROW, other] = None
    found.lines = list(lines)
    found.things = list(things)
    return found


def _ordered(query: str) -> bool:
    r"""Whether a query itself has an order, not just a part of it.

    >>> _ordered("SELECT * { ?a ?b '}' } ORDER BY ?a"), _ordered("SELECT * { { SELECT * { ?a ?b '}' } ORDER BY ?a } }")
    (True, False)
    """
    words, found = _ASIDE.sub(" ", query), 1
    while found:
        words, found = _INNER.subn(" ", words)
    return bool(_ORDER.search(words))


def _cell(term: dict[str, Any] | None) -> Cell:
    return (str(term["value"]), term["kind"] in {"iri", "bnode"}) if term else None


def _entities(terms: pl.Series) -> bool:
    return bool(terms.struct.field("kind").is_in(["iri", "bnode"]).any())
