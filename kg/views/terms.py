"""RDF terms as a person reads them: a label beside each IRI."""

from __future__ import annotations

import polars as pl

from kg.terms import ID, shorten


def in_words(terms: pl.DataFrame, labels: dict[str, str]) -> list[list[str]]:
    """The cells of a decoded SELECT (:data:`kg.query.results.TERM`) as text; ``labels`` has a name for each IRI."""
    return [[_cell(term, labels) for term in row] for row in terms.iter_rows()]


def _cell(term: dict[str, str] | None, labels: dict[str, str]) -> str:
    if term is None:
        return ""
    value = term["value"]
    if term["kind"] != "iri":
        return value
    name = "id:" + value.removeprefix(ID) if value.startswith(ID) else shorten(value)
    return f"{name} ({labels[value]})" if value in labels else name
