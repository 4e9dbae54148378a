"""What the names in cells mean: gathered part by part as they are read, and looked up when all are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import polars as pl

from kg.findings import Finding, Sentence
from kg.load import quads, rdf, sentences
from kg.load.words import LABEL_PROPERTIES, Vocabulary
from kg.names import Names
from kg.shelf import apart
from kg.terms import ID, KG, RDF


class Naming:
    """Who is called what in a landscape, and what its cells mean by it (cells: :data:`kg.load.cells.SCHEMA`)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        classes = vocabulary.classes.select("iri", pl.lit("class").alias("class")).unique()
        self._classes = Names(classes, vocabulary.classes)
        self._typed = [vocabulary.entities]
        self._labelled = [vocabulary.labels]
        self._unclassed: set[str] = set()

    def classed(self, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
        """Cells as they were read, with IRIs for classes and, where a key makes them, for subjects.

        What is told so of keyed things is known from here on. Cells whose class can't be read are findings.
        """
        kept, findings = _resolved(cells, pl.col("kind") == "class", "value", self._classes)
        place = ["file", "row", "column", "subject"]
        typed = [each.filter(pl.col("kind") == "class").select(place) for each in (cells, kept)]
        lost = typed[0].join(typed[1], on=place, how="anti").select(_subject_iri().alias("subject"))
        self._unclassed |= set(lost["subject"])
        kept = kept.with_columns(subject=pl.when("keyed").then(_subject_iri()).otherwise("subject"))
        self._note(kept.filter("keyed"))
        return kept, findings

    def given(self, statements: pl.DataFrame) -> None:
        """Know what RDF files say of classes and of names (columns subject, predicate, object: terms)."""
        # A blank node has no name that a cell could mean.
        named = statements.filter(~pl.col("subject").str.starts_with("_:") & ~pl.col("object").str.starts_with("_:"))
        typed = named.filter(pl.col("predicate") == f"<{RDF.type}>")
        labelled = named.filter(pl.col("predicate").is_in([f"<{name}>" for name in LABEL_PROPERTIES]))
        iri, value = pl.col("subject").str.strip_chars("<>"), pl.col("object").str.strip_chars("<>")
        self._typed.append(typed.select(iri=iri, **{"class": value}))
        self._labelled.append(labelled.select(iri=iri, text=quads.text(pl.col("object"))))

    @cached_property
    def names(self) -> Names:
        """Who is called what, in the cells, in RDF files and in the ontology, as far as it was told."""
        names = Names(pl.concat(self._typed), pl.concat(self._labelled), self._vocabulary.superclasses)
        names.unclassed = self._unclassed
        self._typed, self._labelled = [names.classes], [names.labels]
        return names

    def subjects(self, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
        """Cells of triples with the IRIs of what they name as their subjects."""
        return _resolved(cells, ~pl.col("keyed"), "subject", self.names)

    def told(self, cells: Iterable[pl.DataFrame]) -> None:
        """Know what cells say whose subjects were named themselves: their aliases count as names too."""
        for each in cells:
            self._note(each)
        self.__dict__.pop("names", None)

    def _note(self, cells: pl.DataFrame) -> None:
        typed = cells.filter(pl.col("predicate") == RDF.type)
        labelled = cells.filter(pl.col("predicate").is_in(LABEL_PROPERTIES))
        self._typed.append(apart(typed.select(iri="subject", **{"class": "value"})))
        self._labelled.append(apart(labelled.select(iri="subject", text="value")))

    def statements(self, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
        """What cells state: subject, predicate, object as a term, file, row, column."""
        cells, findings = _resolved(cells, pl.col("kind") == "entity", "value", self.names)
        given = cells.filter(pl.col("kind") == "iri").select(pl.col("value").unique())
        iris = [_expanded(text, self._vocabulary) for text in given["value"]]
        bad = (pl.col("kind") == "iri") & pl.col("value").is_in(
            [text for text, iri in zip(given["value"], iris, strict=True) if not rdf.is_iri(iri)]
        )
        prefixes = {"en": ", ".join(self._vocabulary.prefixes), "zh": "、".join(self._vocabulary.prefixes)}
        findings += [
            finding_at(cell, sentences.BAD_IRI.of(value=iri, prefixes=prefixes), iri)
            for cell in cells.filter(bad).iter_rows(named=True)
            for iri in [_expanded(cell["value"], self._vocabulary)]
        ]
        whole = pl.col("value").replace(given["value"], pl.Series(iris, dtype=pl.String))
        value = pl.when(pl.col("kind") == "iri").then(whole).otherwise("value")
        cells = cells.filter(~bad).with_columns(value=value)
        resource = pl.col("kind").is_in(["entity", "class", "iri"])
        term = (
            pl.when(resource).then(quads.iri(pl.col("value")))
            .otherwise(quads.literal(pl.col("value"), pl.col("language"), pl.col("datatype")))
        )  # fmt: skip
        return cells.select("subject", "predicate", term.alias("object"), "file", "row", "column"), findings

    def untyped(self, cells: list[pl.DataFrame]) -> list[Finding]:
        """Things that cells speak of without anything saying what they are, each at the first of them."""
        spoken = pl.concat(cells)
        known = self.names.classes.select(subject="iri")
        spoken = spoken.filter(~pl.col("subject").is_in(list(self._unclassed)))
        first = spoken.join(known, on="subject", how="anti", maintain_order="left").unique(
            "subject", keep="first", maintain_order=True
        )
        return [
            finding_at(cell, sentences.NO_CLASS.of(value=cell["subject"].removeprefix(ID)), cell["subject"])
            for cell in first.iter_rows(named=True)
        ]

    def unknown_sources(self, keys: pl.Series) -> dict[str, Sentence]:
        """What is to be said of each of those keys that no table describes as a source."""
        asked = pl.DataFrame({"value": keys.unique(maintain_order=True)}).with_columns(range=pl.lit(KG.Source))
        sources = self.names.of_class(KG.Source).select(value=pl.col("iri").str.strip_prefix(ID))
        unknown = asked.join(sources, on="value", how="anti", maintain_order="left")
        _, unresolved = self.names.resolve(unknown)
        told = {each.value: replace(self.names.explain(each), code="unknown-source") for each in unresolved}
        return {key: told.get(key) or sentences.UNKNOWN_SOURCE.of(value=key) for key in unknown["value"]}


def unsaid(cells: pl.DataFrame) -> pl.DataFrame:
    """The first cell about each thing of which none of these cells says what it is."""
    typed = cells.filter(pl.col("predicate") == RDF.type).select("subject")
    rest = cells.join(typed, on="subject", how="anti", maintain_order="left")
    return rest.unique("subject", keep="first", maintain_order=True)


def naming_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """Those of the cells that say of what class something is, or what it is called."""
    return cells.filter(pl.col("predicate").is_in([RDF.type, *LABEL_PROPERTIES]))


def finding_at(cell: dict[str, str], sentence: Sentence, value: str) -> Finding:
    """A finding at a cell."""
    return Finding(sentence, cell["file"], int(cell["row"]), int(cell["column"]), cell["header"], value)


def _expanded(text: str, vocabulary: Vocabulary) -> str:
    """An IRI as a cell writes it: whole, in brackets, or with a prefix."""
    return vocabulary.expand(text[1:-1] if text.startswith("<") and text.endswith(">") else text)


def _resolved(cells: pl.DataFrame, which: pl.Expr, column: str, names: Names) -> tuple[pl.DataFrame, list[Finding]]:
    """The cells with the names in ``column`` replaced by identities; those that have none become findings.

    What is not asked of is not copied, since a landscape has millions of cells.
    """
    range_ = pl.col("range") if column == "value" else pl.lit(None, pl.String)
    at = cells.select(which.arg_true())
    if at.is_empty():
        return cells, []
    asked = cells.select(pl.all().gather(at.to_series())).with_row_index("number")
    asked = asked.with_columns(number=at.to_series(), asked=range_)
    found, unresolved = names.resolve(asked.select(value=column, range="asked"))
    joined = asked.join(
        found.rename({"value": column, "range": "asked"}),
        on=[column, "asked"], how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    faults = {(problem.value, problem.range): problem for problem in unresolved}
    failed = pl.col("iri").is_null()
    findings = [
        finding_at(_of(cell, column), names.explain(fault), cell[column])
        for cell in joined.filter(failed).iter_rows(named=True)
        for fault in [faults[(cell[column], cell["asked"])]]
        if not names.may_fit(fault)
    ]
    findings += [
        finding_at(_of(cell, column), names.read_as(cell[column], cell["iri"]), cell[column])
        for cell in joined.filter("loosely").iter_rows(named=True)
    ]
    replaced = cells.with_columns(cells[column].scatter(joined["number"], joined["iri"]))
    return replaced.filter(pl.col(column).is_not_null()), findings


def _of(cell: dict[str, str], column: str) -> dict[str, str]:
    """The cell, or where the ``column`` is subject the one that names what its row is about."""
    return {**cell, "header": "subject", "column": cell["subject_column"]} if column == "subject" else cell


def _subject_iri() -> pl.Expr:
    """The subject's IRI: a key's own, or as it stands where it is an IRI already."""
    made = pl.concat_str(pl.lit(ID), pl.col("subject"))
    return pl.when(pl.col("subject").str.contains(":", literal=True)).then("subject").otherwise(made)
