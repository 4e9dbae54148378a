"""What is not known of a landscape where cells could not be read, so that no check says what they may refute."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from kg.findings import Finding
from kg.terms import DATED

Need = Literal["nothing", "judgements", "dates", "everything"]
"""What a check must know in full: what it finds can be refuted by nothing more, by a judgement or a date, by anything.

Dates are those of steps, and what the steps are of; by a judgement dates come together too.
"""
_CELL = (
    "ambiguous-name", "bad-address", "bad-date", "bad-iri", "bad-language", "contradicting-judgement",
    "control-character", "merged-classes", "merged-with-parent", "no-value", "unknown-name", "wrong-class",
)  # fmt: skip
"""Findings after which nothing is lost but what their cell, or their column, says."""
_ROW = ("bad-key", "bad-source", "no-source", "no-statement", "no-subject")
"""Findings after which a row is lost."""
_NOTHING = {"no-class": "type", "unknown-source": "source"}
"""Findings after which all is known but what a header word says."""
_JUDGING = {"one", "other", "judgement"}
_DATING = {"of", "stage", *(base + bound for base in (*DATED, "on") for bound in ("", "Earliest", "Latest"))}
_ANY = {"object", "predicate", "subject"}
"""Header words of triples, which may say anything."""


def lacking(findings: Iterable[Finding], columns: Mapping[str, Collection[str]]) -> set[Need]:
    """What is not known in full after these findings: nothing is lacking where none is an error.

    ``columns`` has the header words of each table that could be read.
    """
    lost: set[Need] = set()
    for finding in findings:
        if finding.level != "error":
            continue
        lost.add("everything")
        words = _lost(finding, columns)
        if words is None or words & (_JUDGING | _ANY):
            lost |= {"judgements", "dates"}
        elif words & _DATING:
            lost.add("dates")
    return lost


def _lost(finding: Finding, columns: Mapping[str, Collection[str]]) -> set[str] | None:
    """The header words of what a finding leaves unread; None for anything."""
    if finding.code in _NOTHING:
        return {_NOTHING[finding.code]}
    words: Collection[str] | None = None
    if finding.code in _CELL and finding.header:
        words = [finding.header]
    elif finding.code in _ROW:
        words = columns.get(finding.file)
    return None if words is None else {word.partition("@")[0].rpartition(":")[2].strip() for word in words}
