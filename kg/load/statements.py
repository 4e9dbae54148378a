"""Statements of RDF as columns of numbers, part by part, so that no file is ever held as text or as objects."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import polars as pl
import pyoxigraph as ox

from kg.load.quads import STATEMENT

_TOKEN = re.compile(rb'<[^<> ]*>|"(?:[^"\\]|\\.)*"|_:\S+')
"""What a line of N-Quads is made of, as far as a blank node must be told from the text of an IRI or a literal."""
_GRAPH = r' (<[^<>" ]*>|_:[^<>" ]+)$'
"""What ends a line that has a graph, whatever else stands in it: neither a literal nor a triple ends so."""
_NEVER = "\x1f"
"""A sign that stands on no line, since what writes them writes it as an escape."""
_ROWS = 200_000
"""How many statements are text at a time."""


class Statements(NamedTuple):
    """Quads in numbers: ``rows`` has subject, predicate, object and graph (null in the default graph).

    They are places in ``terms``, which are written as N-Triples does; each stands there once.
    """

    rows: pl.DataFrame
    terms: pl.Series

    def numbers(self, terms: Iterable[str]) -> pl.Series:
        """The numbers of those of some terms that there are."""
        return self.terms.is_in(list(terms)).arg_true().cast(pl.UInt32)

    def texts(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of numbers as terms; the text of each is kept once."""
        return rows.select(self.terms.gather(rows[name]).alias(name) for name in rows.columns)

    def renamed(self, column: str, names: dict[str, str]) -> Statements:
        """The same with other terms in the stead of some in a column."""
        if not names:
            return self
        old, new = (pl.Series(list(part), dtype=pl.String) for part in (names, names.values()))
        terms = pl.concat([self.terms, new.filter(~new.is_in(self.terms.implode())).unique()])
        place = dict(zip(terms, range(len(terms)), strict=True))
        told = pl.col(column).replace([place[term] for term in old], [place[term] for term in new])
        return Statements(self.rows.with_columns(told), terms)


def read(quads: Iterable[ox.Quad | ox.Triple], number: int) -> Statements:
    """The statements that a parser gives, in their order; what it raises.

    Blank nodes are named by the ``number`` of their file and the order in which it speaks of them.
    """
    known: dict[bytes, bytes] = {}

    def named(token: re.Match[bytes]) -> bytes:
        if not token[0].startswith(b"_:"):
            return token[0]
        return known.setdefault(token[0], b"_:f%dn%d" % (number, len(known)))

    given: Iterator[Any] = iter(quads)
    once = pl.Categories.random()
    parts = [_columns(b"").cast(pl.Categorical(once))]
    while text := ox.serialize(islice(given, _ROWS), format=ox.RdfFormat.N_QUADS):
        if b"_:" in text:
            text = b"".join(
                _TOKEN.sub(named, line) if b"_:" in line else line for line in text.splitlines(keepends=True)
            )
        parts.append(_columns(text).cast(pl.Categorical(once)))
    rows = pl.concat(parts).with_columns(pl.all().to_physical())
    return Statements(rows, once.to_series())


def frame(text: str) -> pl.DataFrame:
    """Lines of N-Quads as pyoxigraph writes them: columns subject, predicate, object, graph (terms, graph or null)."""
    return _columns(text.encode())


def _columns(text: bytes) -> pl.DataFrame:
    names = [*STATEMENT, "graph"]
    if not text:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    lines = pl.read_csv(
        io.BytesIO(text), has_header=False, separator=_NEVER, quote_char=None, schema={"line": pl.String}
    )
    tokens = lines.select(pl.col("line").str.splitn(" ", 3).struct.rename_fields(STATEMENT)).unnest("line")
    rest = pl.col("object").str.strip_suffix(" .")
    told = tokens.with_columns(object=rest, graph=rest.str.extract(_GRAPH))
    end = pl.concat_str(pl.lit(" "), "graph")
    return told.with_columns(
        object=pl.when(pl.col("graph").is_null()).then("object").otherwise(pl.col("object").str.strip_suffix(end))
    )
