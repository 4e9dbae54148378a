"""Curated files to claims that can be stored, or to findings that each name a file, a row and a column."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kg.findings import Finding, in_order, sound
from kg.load import cells as loaded
from kg.load import dates, files, identity, quads, rdf, sentences, sheets, statements, tables
from kg.load.gathering import Gathered, Gathering
from kg.load.words import Vocabulary
from kg.naming import Naming, finding_at, naming_cells, unsaid
from kg.shelf import Shelf, apart
from kg.terms import ONTOLOGY

UNREAD = ("not-utf8", "bad-quotes", "too-many-cells", "empty-table", "bad-rdf", "empty-rdf", "bad-file")
"""Findings after which nothing of their file is known."""
ABSENT = ("unknown-name", "unknown-source", "no-class", "uncited-passage")
"""Findings that say that something is nowhere."""
_HEAD = ["file", "column", "header"]
_JUDGES = pl.col("predicate").is_in([f"<{term}>" for term in identity.JUDGEMENT])
_DATED_AT_ONCE = 500_000
"""How many statements with dates are put together at a time."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a landscape claims, and all that is wrong with it.

    ``said`` are the claims with their cells, what the loader's own steps add, what stands as evidence only
    (:func:`kg.load.dates.bounds`), and the ontology. ``headers`` names the columns of cells (file, column, header);
    ``columns`` has the header words of each table.
    """

    said: Gathered
    headers: pl.DataFrame
    findings: list[Finding]
    columns: dict[str, list[str]]

    @property
    def sound(self) -> bool:
        """Whether no finding is an error."""
        return sound(self.findings)


def examine(
    paths: list[Path], vocabulary: Vocabulary, standard_input: str = "csv", folder: Path | None = None
) -> Claims:
    """Read the landscapes in the folders and files given, and tell everything that is wrong with them.

    ``-`` among the paths is standard input, of the sort that ``standard_input`` names by its ending. Where a ``folder``
    is given, of what is claimed only so much is held in memory, and the rest lies there.
    """
    with Shelf() as batches, Shelf() as waiting, Shelf() as dated, Shelf() as numbers:
        read = _Read(vocabulary, batches, waiting)
        for number, file in enumerate(files.find(paths, standard_input)):
            read.file(file, number)
        about_names = read.name_subjects()
        gathering = Gathering(numbers, folder)
        gathering.derive(statements.frame(vocabulary.statements).with_columns(passage=pl.lit(f"<{ONTOLOGY}>")))
        about_names += _gather(read, _Merging(gathering, dated, vocabulary))
        if any(finding.code in UNREAD for finding in read.findings):
            # What a file that can't be read would have named is not known to be missing.
            about_names = [finding for finding in about_names if finding.code not in ABSENT]
        findings, headers, columns = in_order([*read.findings, *about_names]), read.headers(), read.columns
        del read
        return Claims(gathering.gathered(), headers, findings, columns)


class Batch(NamedTuple):
    """Some rows of a table: their cells (:data:`kg.load.cells.SCHEMA`) and citations (those of the same rows)."""

    cells: pl.DataFrame
    citations: pl.DataFrame


class _Read:
    """What the files say before all names are known: tables in batches, what they judge by itself, and RDF."""

    def __init__(self, vocabulary: Vocabulary, batches: Shelf, waiting: Shelf) -> None:
        self.naming = Naming(vocabulary)
        self._vocabulary = vocabulary
        self._batches = batches
        self.judges: list[Batch] = []
        self.graphs: list[rdf.Read] = []
        self.findings: list[Finding] = []
        self.columns: dict[str, list[str]] = {}
        self._waiting = waiting
        self._heads = [pl.DataFrame(schema=loaded.SCHEMA).select(_HEAD)]
        self._cited = [pl.Series("source", dtype=pl.String)]
        self._unsaid = [pl.DataFrame(schema=loaded.SCHEMA)]
        self._passages: list[pl.DataFrame] = []
        self._taken: set[str] = set()

    def file(self, file: files.File, number: int) -> None:
        """Read a file as what it is."""
        if file.ending in files.RDF:
            graph, faults = rdf.read(file, number, self._vocabulary, self._taken)
            if graph is not None:
                self.graphs.append(graph)
                self.naming.given(graph.quads)
                self.naming.given(graph.described)
        else:
            found, faults = (sheets if file.ending in files.SHEETS else tables).read(file)
            for table in found:
                self.columns[table.file] = table.header
                for part in loaded.read(table, self._vocabulary):
                    self._part(part)
        self.findings += faults

    def _part(self, part: loaded.Cells) -> None:
        self.findings += part.findings
        if part.cells.is_empty() and part.citations.is_empty():
            return
        cells, about_classes = self.naming.classed(part.cells)
        self.findings += about_classes
        heads = part.cells.select(_HEAD).unique(_HEAD[:2], keep="first", maintain_order=True)
        self._heads.append(apart(heads))
        self._cited.append(apart(part.citations.select("source").unique(maintain_order=True))["source"])
        batch = Batch(cells, part.citations)
        if part.passages.height:
            self._passages.append(apart(part.passages))
            self._put(batch)
        elif cells["keyed"].all():
            self._unsaid.append(apart(unsaid(batch.cells)))
            self._put(batch)
        else:
            self._waiting.put(*batch)  # what a triple speaks of may be named in any file

    def _put(self, batch: Batch) -> None:
        judging = pl.col("predicate").is_in(identity.JUDGEMENT)
        judges = batch.cells.filter(judging)
        self.judges += [Batch(judges, batch.citations)] if len(judges) else []
        self._batches.put(batch.cells.filter(~judging) if len(judges) else batch.cells, batch.citations)

    @property
    def batches(self) -> Iterator[Batch]:
        """The tables, without what they judge."""
        return (Batch(*frames) for frames in self._batches)

    def name_subjects(self) -> list[Finding]:
        """Look up what triples speak of; what could not be is told."""
        findings: list[Finding] = []
        told = []
        for cells, citations in self._waiting:
            named, faults = self.naming.subjects(cells)
            findings += faults
            told.append(apart(naming_cells(named)))
            self._unsaid.append(apart(unsaid(named)))
            self._put(Batch(named, citations))
        self.naming.told(told)
        return findings

    def forget(self) -> None:
        """Hold no longer what was read and what is called what, of which there may be millions."""
        self.naming = Naming(self._vocabulary)
        self.graphs.clear()
        self._cited.clear()

    def headers(self) -> pl.DataFrame:
        """What each column is called: file, column, header."""
        return pl.concat(self._heads).unique(_HEAD[:2], keep="first", maintain_order=True)

    def nameless(self) -> list[Finding]:
        """Things that are spoken of without a class, and sources that are cited and nowhere described."""
        unknown = self.naming.unknown_sources(pl.concat(self._cited))
        batches = self.batches if unknown else ()
        rows = [batch.citations.filter(pl.col("source").is_in(list(unknown))) for batch in batches]
        return self.naming.untyped(self._unsaid) + [
            finding_at({**cell, "header": "source"}, unknown[cell["source"]], cell["source"])
            for part in rows
            for cell in part.iter_rows(named=True)
        ]

    def uncited(self) -> list[Finding]:
        """The passages that rows are about and nothing cites, or whose source is nowhere described."""
        if not self._passages:
            return []
        named = pl.concat(self._passages)
        unknown = self.naming.unknown_sources(named["source"])
        for cited in self._citations():
            named = named.join(cited, on=["source", "locator"], how="anti")
        known: dict[str, set[str]] = {source: set() for source in named["source"]}
        for cited in self._citations() if known else ():
            for source, locator in cited.filter(pl.col("source").is_in(list(known))).unique().iter_rows():
                known[source].add(f"{source}#{locator}")
        findings = []
        for cell in named.with_columns(header=pl.lit("id")).iter_rows(named=True):
            value = f"{cell['source']}#{cell['locator']}"
            close = difflib.get_close_matches(value, sorted(known[cell["source"]]), n=1)
            said = sentences.UNCITED_PASSAGE_LIKE if close else sentences.UNCITED_PASSAGE
            said = unknown.get(cell["source"]) or said.of(value=value, close="".join(close))
            findings.append(finding_at(cell, said, value))
        return findings

    def _citations(self) -> Iterator[pl.DataFrame]:
        """What is cited in tables and in RDF, part by part: source (key) and locator."""
        yield from (batch.citations.select("source", "locator") for batch in self.batches)
        yield from (graph.passages.select("source", "locator") for graph in self.graphs)


def _gather(read: _Read, merging: _Merging) -> list[Finding]:
    """All that was read as statements, merged as judgements have it, with what the loader's steps add."""
    judged, findings = _judgements(read)
    # Judgements are about things as they were curated; all else is read as they leave it.
    into = merging.begin(judged)
    read.naming.names.into = {merged.strip("<>"): first.strip("<>") for merged, first in into.items()}
    for batch in read.batches:
        told, faults = read.naming.statements(batch.cells)
        findings += faults
        merging.take(quads.quads(told, batch.citations))
        merging.gathering.derive(quads.passages(batch.citations.select("source", "locator")))
    for graph in read.graphs:
        merging.take(quads.without_cells(graph.quads.filter(~_JUDGES)))
        merging.gathering.derive(graph.described)
        merging.gathering.derive(quads.passages(graph.passages))
    findings += [*read.nameless(), *read.uncited()]
    read.forget()
    return findings + merging.done()


def _judgements(read: _Read) -> tuple[pl.DataFrame, list[Finding]]:
    """What is judged (:data:`kg.load.quads.QUADS`), in tables and in RDF."""
    findings: list[Finding] = []
    said = [pl.DataFrame(schema=quads.QUADS)]
    for batch in read.judges:
        told, faults = read.naming.statements(batch.cells)
        said.append(quads.quads(told, batch.citations))
        findings += faults
    said += [quads.without_cells(graph.quads.filter(_JUDGES)) for graph in read.graphs]
    return pl.concat(said), findings


class _Merging:
    """Claims on their way into a gathering: those about what is merged wait until all are there."""

    def __init__(self, gathering: Gathering, dated: Shelf, vocabulary: Vocabulary) -> None:
        self.gathering = gathering
        self._superclasses = vocabulary.superclasses
        self._dated = dated
        self._waiting = [pl.DataFrame(schema=quads.QUADS)]
        self._asked = [pl.DataFrame(schema=quads.QUADS)]
        self._touched: set[str] = set()
        self._judging = False

    def begin(self, judgements: pl.DataFrame) -> dict[str, str]:
        """Take what is judged; what is merged by it into what is given."""
        into = identity.judge(judgements, self._superclasses).into
        self._judging = len(judgements) > 0
        self._touched = {*into, *into.values()}
        self.take(judgements)
        return into

    def take(self, claims: pl.DataFrame) -> None:
        """Take claims with their cells (:data:`kg.load.quads.QUADS`)."""
        if self._judging:
            self._asked.append(claims.filter(pl.col("predicate").is_in(identity.ASKED)))
        if self._touched:
            touched = pl.any_horizontal(pl.col("subject", "object").is_in(list(self._touched)))
            self._waiting.append(claims.filter(touched))
            claims = claims.filter(~touched)
        self._claim(claims)

    def _claim(self, claims: pl.DataFrame) -> None:
        self.gathering.claim(claims)
        self._dated.put(dates.dated(claims))

    def done(self) -> list[Finding]:
        """Merge what waited, and add what follows of merges and of dates; what is wrong with judgements is told."""
        judged = identity.judge(pl.concat(self._asked), self._superclasses)
        # Judgements that contradict something merge nothing, so that what is found beside them is true of the rows.
        into = judged.into if sound(judged.findings) else {}
        waiting = pl.concat(self._waiting)
        merged = identity.merged(waiting, into)
        self._claim(merged)
        self.gathering.derive(identity.described(into))
        self.gathering.derive(identity.as_said(waiting, merged, into))
        for dated in self._by_thing():
            known = dates.days_of(dated)
            days, outdone = dates.bounds(dated, known)
            self.gathering.derive(days)
            self.gathering.derive(dates.agreed(known))
            self.gathering.outdo(outdone)
        return judged.findings

    def _by_thing(self) -> Iterator[pl.DataFrame]:
        """What dates, in parts each of which has all of its things."""
        number = sum(len(dated) for (dated,) in self._dated) // _DATED_AT_ONCE + 1
        part = pl.col("subject").hash() % number
        for each in range(number):
            yield pl.concat([dated.filter(part == each) for (dated,) in self._dated]).unique()
