"""An RDF dataset in numbers, so that rules, network tables and checks join columns and no text is read twice."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import polars as pl

from kg.load.dictionary import TERM
from kg.load.gathering import Gathered
from kg.load.quads import STATEMENT, plain
from kg.shelf import Drawers
from kg.steps import reached_from
from kg.terms import RDF, RDFS

_QUAD = [*STATEMENT, "passage"]
_PAIR = ["subject", "object"]
_ROW = [*_PAIR, "passage"]
_ROWS = 20_000
"""How many rows are texts at a time when they are written."""
_RANGE = 1_000_000
"""How many rows are put in order at a time."""


class Dataset:
    """The merged landscape (the default graph) and the evidence (the named graphs); each statement stands once in each.

    Terms are numbers, as :attr:`terms` has them; with the same statements come the same numbers. Both are kept by
    predicate, so that no join is greater than what one property says.

    Parameters
    ----------
    said
        The claims, what is derived of them before the rules are, and what the merged landscape does without.
    """

    def __init__(self, said: Gathered) -> None:
        self.terms = said.terms
        self.folder = said.folder
        self._merged, self._evidence = Drawers[int](said.folder), Drawers[int](said.folder)
        for predicate in sorted({*said.claimed, *said.derived}):
            parts = [kind[predicate][_ROW] for kind in (said.claimed, said.derived) if predicate in kind]
            told = pl.concat(parts) if len(parts) > 1 else parts[0]
            kept = told[_PAIR]
            if predicate in said.outdone:
                kept = kept.join(said.outdone[predicate], on=_PAIR, how="anti")
            self._keep(predicate, kept, told)

    def _keep(self, predicate: int, merged: pl.DataFrame, evidence: pl.DataFrame) -> None:
        """Keep all that there is of a predicate, each row once, in the order in which it is written."""
        for kept, rows, first in ((self._merged, merged, "subject"), (self._evidence, evidence, "passage")):
            kept[predicate] = _rows_once(rows, first).sort(first) if len(rows) > 1 else rows

    def evidence(self, *predicates: str) -> pl.DataFrame:
        """What passages say by some properties (IRIs): columns subject, predicate, object, passage (numbers)."""
        rows = [
            self._evidence[number].select("subject", pl.lit(number, TERM).alias("predicate"), "object", "passage")
            for number in self.numbers(predicates)
            if number in self._evidence
        ]
        return pl.concat(rows) if rows else pl.DataFrame(schema=dict.fromkeys(_QUAD, TERM))

    @property
    def graphs(self) -> pl.Series:
        """The named graphs: all passages and steps that say something (numbers)."""
        parts = [self._evidence.column(each, "passage") for each in self._evidence]
        return pl.concat([pl.Series("passage", dtype=TERM), *parts]).unique()

    def __len__(self) -> int:
        """How many quads there are, those of the default graph among them."""
        return self._merged.height() + self._evidence.height()

    def number(self, iri: str) -> int | None:
        """The number of an IRI, if anything speaks of it."""
        return self.terms.number(f"<{iri}>")

    def numbers(self, iris: Iterable[str]) -> pl.Series:
        """The numbers of those of the IRIs that anything speaks of."""
        found = (self.number(iri) for iri in iris)
        return pl.Series([number for number in found if number is not None], dtype=TERM)

    def minted(self, iri: str) -> int:
        """The number of an IRI, which is new or not."""
        known = self.number(iri)
        return int(self.mint(pl.Series([f"<{iri}>"]))[0]) if known is None else known

    def mint(self, terms: pl.Series) -> pl.Series:
        """The numbers of terms, which are new or not."""
        self._forget("_blanks")
        return self.terms.add(terms)

    def add(self, derived: Mapping[str, pl.DataFrame]) -> None:
        """Add statements (columns subject, predicate, object: numbers) to the default graph and to their graph (IRI).

        What was asked of the dataset before is worked out anew.
        """
        for passage, statements in derived.items():
            by = pl.lit(self.minted(passage), TERM)
            told = statements.select(pl.col(STATEMENT).cast(TERM))
            for (predicate,), rows in told.partition_by("predicate", as_dict=True, include_key=False).items():
                more = rows.with_columns(passage=by)
                before = self._merged.get(predicate, rows.clear()), self._evidence.get(predicate, more.clear())
                self._keep(predicate, pl.concat([before[0], rows]), pl.concat([before[1], more]))
        self._forget("classes")

    def pairs(self, *predicates: str) -> pl.DataFrame:
        """Who has what by any of some properties (IRIs) in the merged landscape: columns subject, object (numbers)."""
        rows = [self._merged[number] for number in self.numbers(predicates) if number in self._merged]
        return pl.concat(rows) if rows else pl.DataFrame(schema={"subject": TERM, "object": TERM})

    def steps(self, predicate: str) -> dict[int, list[int]]:
        """The same by thing, of one property: for each that has any, all that it has."""
        found: dict[int, list[int]] = {}
        for thing, other in self.pairs(predicate).iter_rows():
            found.setdefault(thing, []).append(other)
        return found

    def told_by(self, passage: str, predicate: str) -> pl.DataFrame:
        """What a passage (IRI) says by a property (IRI): columns subject, object (numbers)."""
        by = self.numbers([passage]).implode()
        return self.evidence(predicate).filter(pl.col("passage").is_in(by)).select("subject", "object")

    @cached_property
    def classes(self) -> dict[int, pl.Series]:
        """The things of each class (number), those of narrower ones among them, once each (numbers)."""
        broader = self.steps(RDFS.subClassOf)
        found: dict[int, list[pl.Series]] = {}
        typed = self.pairs(RDF.type).partition_by("object", as_dict=True, include_key=False)
        for (cls,), things in typed.items():
            for above in reached_from(int(cls), broader):
                found.setdefault(above, []).append(things["subject"])
        return {cls: _each_once(things) for cls, things in found.items()}

    def instances(self, *classes: str) -> pl.Series:
        """The things of any of some classes (IRIs) or of a narrower one, once each."""
        return _each_once([self.classes[number] for number in self.numbers(classes) if number in self.classes])

    def typed(self, iri: str) -> pl.Series:
        """The things that are said to be of just this class (IRI)."""
        return self.pairs(RDF.type).filter(pl.col("object").is_in(self.numbers([iri]).implode()))["subject"]

    def passages_under(self, start: str) -> pl.Series:
        """The named graphs whose IRIs begin so."""
        graphs = self.graphs
        return graphs.filter(self.texts(graphs).str.starts_with(f"<{start}"))

    def texts(self, numbers: pl.Series) -> pl.Series:
        """The terms with these numbers, as N-Triples writes them."""
        return self.terms.texts(numbers)

    def values(self, numbers: pl.Series) -> pl.Series:
        """The terms with these numbers as a SELECT tells them: IRIs and literals without their signs."""
        texts = self.texts(numbers)
        if (texts.str.starts_with("<") & ~texts.str.starts_with("<<")).all():
            return texts.str.slice(1).str.head(-1).alias("value")  # millions of IRIs need nothing else worked out
        return self.texts(numbers).to_frame().select(plain(pl.col("term")).alias("value"))["value"]

    def plain(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of numbers as a SELECT tells them (:meth:`values`)."""
        return rows.select(self.values(rows[name]).alias(name) for name in rows.columns)

    def quads_of(self, objects: pl.Series) -> pl.DataFrame:
        """The quads that have one of some objects (numbers), in texts; those of the default graph have no passage."""
        asked = pl.col("object").is_in(objects.implode())
        rows = [pl.DataFrame(schema=dict.fromkeys(_QUAD, TERM))]
        for kept in (self._merged, self._evidence):
            for predicate, told in kept.items():
                rows.append(told.filter(asked).with_columns(predicate=pl.lit(predicate, TERM)))
        found = pl.concat(rows, how="diagonal")
        return found.select(self.texts(found[name]).alias(name) for name in _QUAD)

    def lines(self) -> Iterator[bytes]:
        """The quads without blank nodes as N-Quads, part by part: first the landscape, then the evidence.

        The order is that of the numbers, so that the same dataset has the same bytes. What is of which class is held no
        longer, since the engine needs the room that it takes.
        """
        self._forget("classes")
        yield from self._lines(None if self._blanks.is_empty() else ~self._has_blank)

    def lines_with_blanks(self) -> bytes:
        """The quads with blank nodes, in the same order."""
        return b"" if self._blanks.is_empty() else b"".join(self._lines(self._has_blank))

    @cached_property
    def _blanks(self) -> pl.Series:
        """The terms that are blank nodes, or speak of one."""
        return self.terms.others(
            lambda terms: (
                terms.str.starts_with("_:") | (terms.str.starts_with("<<") & terms.str.contains("_:", literal=True))
            )
        )

    @property
    def _has_blank(self) -> pl.Expr:
        return pl.any_horizontal(pl.all().is_in(self._blanks.implode()))

    def _lines(self, which: pl.Expr | None) -> Iterator[bytes]:
        """Some of the quads, or all, in order."""
        for kept, order in ((self._merged, STATEMENT), (self._evidence, ["passage", *STATEMENT])):
            for rows in _in_order(kept, order):
                part = rows if which is None else rows.filter(which)
                told = part.select(self.texts(part[name]).alias(name) for name in part.columns)
                file = io.BytesIO()
                told.select(*STATEMENT, *told.columns[3:], end=pl.lit(".")).write_csv(
                    file, include_header=False, quote_style="never", separator=" "
                )
                yield file.getvalue()

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)


def _each_once(parts: list[pl.Series]) -> pl.Series:
    """What is in any of some columns, in each of which it is once."""
    if len(parts) == 1:
        return parts[0]
    return pl.concat([pl.Series("subject", dtype=TERM), *parts]).unique()


def _rows_once(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Each row once; of many so many at a time, parted by a column, that what was seen does not take the most room."""
    number = len(rows) // _RANGE + 1
    if number == 1:
        return rows.unique()
    return pl.concat([rows.filter(pl.col(column) % number == each).unique() for each in range(number)])


def _in_order(kept: Drawers[int], order: list[str]) -> Iterator[pl.DataFrame]:
    """Rows by predicate, each in order by the first column, as rows of all in order, so many at a time."""
    for parts in kept.spans(order[0], _RANGE):
        told = [rows.with_columns(predicate=pl.lit(each, TERM)) for each, rows in parts]
        rows = pl.concat(told).select(STATEMENT + order[:-3]).sort(order) if told else pl.DataFrame()
        yield from rows.iter_slices(_ROWS)
