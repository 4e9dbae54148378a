"""What every engine can do, so that the rest of the house does not know which one it speaks to."""

from __future__ import annotations

from typing import BinaryIO, Literal, Protocol

AnswerKind = Literal["rows", "truth", "graph"]
Format = Literal["csv", "tsv", "json", "turtle", "ntriples"]
ROW_FORMATS: tuple[Format, ...] = ("csv", "tsv", "json")
GRAPH_FORMATS: tuple[Format, ...] = ("turtle", "ntriples")


class Answer(Protocol):
    """The answer to one query: rows (SELECT), a truth (ASK) or a graph (CONSTRUCT, DESCRIBE)."""

    @property
    def kind(self) -> AnswerKind:
        """What was asked for."""

    def write(self, format_: Format, out: BinaryIO) -> None:
        """Write the answer in a W3C format, once: rows and truths in csv, tsv or json, a graph in the others."""

    def text(self, format_: Format) -> str:
        """The same as text."""


class Engine(Protocol):
    """A store that can be read."""

    def query(self, sparql: str) -> Answer:
        """The answer to a query, which knows the project's prefixes (:data:`kg.terms.PREFIXES`).

        Raises
        ------
        BadQuery
            when the query can't be read, or can't be answered.
        """
