"""An RDF dataset in numbers, so that rules, network tables and checks join columns and no text is read twice."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import polars as pl

from kg.load.quads import plain
from kg.steps import reached_from
from kg.terms import RDF, RDFS

TERM = pl.UInt32
_STATEMENT = ["subject", "predicate", "object"]
_QUAD = [*_STATEMENT, "passage"]
_ROWS = 200_000
"""How many rows are texts at a time when they are written."""


class Dataset:
    """The merged landscape (the default graph) and the evidence (the named graphs); each statement stands once in each.

    Terms are numbers, places in :attr:`terms`; with the same statements come the same numbers.

    Parameters
    ----------
    quads
        Subject, predicate, object and passage as N-Triples writes them.
    outdone
        Subject, predicate and object of statements that the merged landscape does without.
    """

    def __init__(self, quads: pl.DataFrame, outdone: pl.DataFrame) -> None:
        columns = [quads[name] for name in _QUAD] + [outdone[name] for name in _STATEMENT]
        self._blocks = [pl.concat([column.unique() for column in columns]).unique().sort()]
        kind = pl.Enum(self._blocks[0])
        said, less = (
            frame.select(pl.col(names).cast(kind).to_physical().cast(TERM))
            for frame, names in ((quads, _QUAD), (outdone, _STATEMENT))
        )
        self._evidence = [said]
        self._merged = [said.select(_STATEMENT).join(less, on=_STATEMENT, how="anti")]

    @cached_property
    def evidence(self) -> pl.DataFrame:
        """What each passage says: columns subject, predicate, object, passage (numbers)."""
        return pl.concat(self._evidence).unique()

    @cached_property
    def merged(self) -> pl.DataFrame:
        """The merged landscape: columns subject, predicate, object (numbers)."""
        return pl.concat(self._merged).unique()

    @cached_property
    def terms(self) -> pl.Series:
        """Every term as N-Triples writes it, in the order of the numbers."""
        return pl.concat(self._blocks).alias("term")

    def __len__(self) -> int:
        """How many quads there are, those of the default graph among them."""
        return len(self.merged) + len(self.evidence)

    def number(self, iri: str) -> int | None:
        """The number of an IRI, if anything speaks of it."""
        start, term = 0, f"<{iri}>"
        for block in self._blocks:
            place = int(block.search_sorted(term))
            if place < len(block) and block[place] == term:
                return start + place
            start += len(block)
        return None

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
        asked = terms.rename("term").to_frame()
        known = pl.DataFrame({"term": self.terms}).with_row_index("number")
        fresh = asked.unique().join(known, on="term", how="anti")["term"].sort()
        self._blocks.append(fresh)
        self._forget("terms", "_blanks")
        known = pl.concat([known, fresh.to_frame().with_row_index("number", offset=len(known)).select(known.columns)])
        return asked.join(known, on="term", how="left", maintain_order="left")["number"]

    def add(self, derived: Mapping[str, pl.DataFrame]) -> None:
        """Add statements (columns subject, predicate, object: numbers) to the default graph and to their graph (IRI).

        What was asked of the dataset before is worked out anew.
        """
        for passage, statements in derived.items():
            told = statements.select(pl.col(_STATEMENT).cast(TERM))
            self._merged.append(told)
            self._evidence.append(told.with_columns(passage=pl.lit(self.minted(passage), TERM)))
        self._forget("merged", "evidence", "classes", "_by_predicate", "_instances")

    def pairs(self, *predicates: str) -> pl.DataFrame:
        """Who has what by any of some properties (IRIs) in the merged landscape: columns subject, object (numbers)."""
        rows = [self._by_predicate[number] for number in self.numbers(predicates) if number in self._by_predicate]
        return pl.concat(rows) if rows else pl.DataFrame(schema={"subject": TERM, "object": TERM})

    @cached_property
    def _by_predicate(self) -> dict[int, pl.DataFrame]:
        parts = self.merged.partition_by("predicate", as_dict=True, include_key=False)
        return {number: rows for (number,), rows in parts.items()}

    def steps(self, predicate: str) -> dict[int, list[int]]:
        """The same by thing, of one property: for each that has any, all that it has."""
        found: dict[int, list[int]] = {}
        for thing, other in self.pairs(predicate).iter_rows():
            found.setdefault(thing, []).append(other)
        return found

    def told_by(self, passage: str, predicate: str) -> pl.DataFrame:
        """What a passage (IRI) says by a property (IRI): columns subject, object (numbers)."""
        by, what = self.numbers([passage]).implode(), self.numbers([predicate]).implode()
        rows = self.evidence.filter(pl.col("passage").is_in(by), pl.col("predicate").is_in(what))
        return rows.select("subject", "object")

    @cached_property
    def classes(self) -> pl.DataFrame:
        """Of which classes each thing is, broader ones among them, once each: columns subject, object (numbers)."""
        broader, typed = self.steps(RDFS.subClassOf), self.pairs(RDF.type)
        rows = [(cls, above) for cls in typed["object"].unique() for above in reached_from(cls, broader)]
        steps = pl.DataFrame(rows, schema={"object": TERM, "above": TERM}, orient="row")
        return typed.join(steps, on="object").select("subject", object="above").unique()

    def instances(self, *classes: str) -> pl.Series:
        """The things of any of some classes (IRIs) or of a narrower one, once each."""
        if classes not in self._instances:
            found = self.classes.filter(pl.col("object").is_in(self.numbers(classes).implode()))
            self._instances[classes] = found["subject"].unique()
        return self._instances[classes]

    @cached_property
    def _instances(self) -> dict[tuple[str, ...], pl.Series]:
        return {}

    def typed(self, iri: str) -> pl.Series:
        """The things that are said to be of just this class (IRI)."""
        return self.pairs(RDF.type).filter(pl.col("object").is_in(self.numbers([iri]).implode()))["subject"]

    def passages_under(self, start: str) -> pl.Series:
        """The named graphs whose IRIs begin so."""
        graphs = self.evidence["passage"].unique()
        return graphs.filter(self.texts(graphs).str.starts_with(f"<{start}"))

    def texts(self, numbers: pl.Series) -> pl.Series:
        """The terms with these numbers, as N-Triples writes them."""
        return self.terms.gather(numbers)

    def values(self, numbers: pl.Series) -> pl.Series:
        """The terms with these numbers as a SELECT tells them: IRIs and literals without their signs."""
        return self.texts(numbers).to_frame().select(plain(pl.col("term")).alias("value"))["value"]

    def plain(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of numbers as a SELECT tells them (:meth:`values`)."""
        return rows.select(self.values(rows[name]).alias(name) for name in rows.columns)

    def quads_of(self, objects: pl.Series) -> pl.DataFrame:
        """The quads that have one of some objects (numbers), in texts; those of the default graph have no passage."""
        rows = pl.concat([self.merged, self.evidence], how="diagonal")
        rows = rows.filter(pl.col("object").is_in(objects.implode()))
        return rows.select(self.texts(rows[name]).alias(name) for name in _QUAD)

    def lines(self) -> Iterator[bytes]:
        """The quads without blank nodes as N-Quads, part by part: first the landscape, then the evidence.

        The order is that of the numbers, so that the same dataset has the same bytes.
        """
        yield from self._lines(None if self._blanks.is_empty() else ~self._has_blank)

    def lines_with_blanks(self) -> bytes:
        """The quads with blank nodes, in the same order."""
        return b"" if self._blanks.is_empty() else b"".join(self._lines(self._has_blank))

    @cached_property
    def _blanks(self) -> pl.Series:
        """The terms that are blank nodes, or speak of one."""
        triple = self.terms.str.starts_with("<<") & self.terms.str.contains("_:", literal=True)
        return (self.terms.str.starts_with("_:") | triple).arg_true().cast(TERM)

    @property
    def _has_blank(self) -> pl.Expr:
        return pl.any_horizontal(pl.all().is_in(self._blanks.implode()))

    def _lines(self, which: pl.Expr | None) -> Iterator[bytes]:
        """Some of the quads, or all, in order."""
        for quads, order in ((self.merged, _STATEMENT), (self.evidence, ["passage", *_STATEMENT])):
            rows = (quads if which is None else quads.filter(which)).sort(order)
            for part in rows.iter_slices(_ROWS):
                told = part.select(self.texts(part[name]).alias(name) for name in part.columns)
                file = io.BytesIO()
                told.with_columns(end=pl.lit(".")).write_csv(
                    file, include_header=False, quote_style="never", separator=" "
                )
                yield file.getvalue()

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)
