"""Curated files to claims that can be stored, or to findings that each name a file, a row and a column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kg.findings import Finding, Sentence, in_order, sound
from kg.load import cells as loaded
from kg.load import dates, files, identity, quads, rdf, sentences, sheets, tables
from kg.load.words import LABEL_PROPERTIES, Vocabulary
from kg.names import Names
from kg.terms import ID, KG, RDF

UNREAD = ("not-utf8", "bad-quotes", "too-many-cells", "empty-table", "bad-rdf", "empty-rdf", "bad-file")
"""Findings after which nothing of their file is known."""
ABSENT = ("unknown-name", "unknown-source", "no-class")
"""Findings that say that something is nowhere."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a landscape claims, and all that is wrong with it.

    ``quads`` come with their cells, whose columns ``headers`` names (file, column, header); ``derived`` is what the
    loader's own steps add; ``outdone`` are statements that stand as evidence only (:func:`kg.load.dates.bounds`);
    ``columns`` has the header words of each table.
    """

    quads: pl.DataFrame
    headers: pl.DataFrame
    derived: pl.DataFrame
    outdone: pl.DataFrame
    findings: list[Finding]
    columns: dict[str, list[str]]

    @property
    def sound(self) -> bool:
        """Whether no finding is an error."""
        return sound(self.findings)


def examine(paths: list[Path], vocabulary: Vocabulary, standard_input: str = "csv") -> Claims:
    """Read the landscapes in the folders and files given, and tell everything that is wrong with them.

    ``-`` among the paths is standard input, of the sort that ``standard_input`` names by its ending.
    """
    read = _read(paths, vocabulary, standard_input)
    findings, citations, given = read.findings, read.citations, read.given
    statements, about_classes, about_names = _statements(read, vocabulary)
    if any(finding.code in UNREAD for finding in findings):
        # What a file that can't be read would have named is not known to be missing.
        about_names = [finding for finding in about_names if finding.code not in ABSENT]
    stated = pl.concat([quads.quads(statements, citations), quads.without_cells(given)])
    judged = identity.judge(stated, vocabulary.superclasses)
    # Judgements that contradict something merge nothing, so that what is found beside them is true of the rows.
    into = judged.into if sound(judged.findings) else {}
    merged = identity.merged(stated, into)
    as_said = identity.as_said(stated, merged, into)
    dated = dates.dated(merged)
    known_days = dates.days_of(dated)
    days, outdone = dates.bounds(dated, known_days)
    agreed = dates.agreed(known_days)
    described = [quads.passages(read.passages), read.described, identity.described(into)]
    derived = pl.concat([*described, as_said, days, agreed])
    findings += about_classes + about_names + judged.findings
    return Claims(merged, read.headers, derived, outdone, in_order(findings), read.columns)


@dataclass(slots=True)
class _Read:
    """What the files say before names are known: the cells and citations of tables, and the quads of RDF."""

    cells: pl.DataFrame
    citations: pl.DataFrame
    given: pl.DataFrame
    described: pl.DataFrame
    passages: pl.DataFrame
    headers: pl.DataFrame
    findings: list[Finding]
    columns: dict[str, list[str]]

    def handed_on(self) -> pl.DataFrame:
        """The cells, which are kept here no longer, since there may be millions."""
        cells, self.cells = self.cells, self.cells.clear()
        return cells


def _read(paths: list[Path], vocabulary: Vocabulary, standard_input: str) -> _Read:
    """All files, each as what it is."""
    findings: list[Finding] = []
    parts: list[loaded.Cells] = []
    graphs: list[rdf.Read] = []
    taken: set[str] = set()
    columns: dict[str, list[str]] = {}
    for number, file in enumerate(files.find(paths, standard_input)):
        if file.ending in files.RDF:
            graph, faults = rdf.read(file, number, vocabulary, taken)
            graphs += [graph] if graph is not None else []
        else:
            found, faults = (sheets if file.ending in files.SHEETS else tables).read(file)
            parts += [loaded.read(table, vocabulary) for table in found]
            columns |= {table.file: table.header for table in found}
        findings += faults
    findings += [finding for part in parts for finding in part.findings]
    cells = pl.concat([pl.DataFrame(schema=loaded.SCHEMA), *(part.cells for part in parts)])
    citations = pl.concat([pl.DataFrame(schema=loaded.CITATIONS), *(part.citations for part in parts)])
    return _Read(
        cells,
        citations,
        given=pl.concat([pl.DataFrame(schema=quads.IN_FILES), *(graph.quads for graph in graphs)]),
        described=pl.concat([pl.DataFrame(schema=quads.STATEMENTS), *(graph.described for graph in graphs)]),
        passages=pl.concat([citations.select("source", "locator"), *(graph.passages for graph in graphs)]),
        headers=cells.select("file", "column", "header").unique(["file", "column"], keep="first", maintain_order=True),
        findings=findings,
        columns=columns,
    )


def _statements(read: _Read, vocabulary: Vocabulary) -> tuple[pl.DataFrame, list[Finding], list[Finding]]:
    """What the cells state, and what is wrong with names of classes and with others.

    The frame has subject, predicate, object as a term, file, row and column.
    """
    citations, given = read.citations, read.given
    known = _known(pl.concat([given, read.described], how="diagonal"))
    cells, unclassed, about_classes = _classes(read.handed_on(), vocabulary)
    names = _names(cells.filter("keyed"), vocabulary, known, unclassed)  # what a triple speaks of is named elsewhere
    cells, subject_findings = _subjects(cells, names)
    if not cells["keyed"].all():
        names = _names(cells, vocabulary, known, unclassed)  # aliases from triples count as names too
    # Judgements are about things as they were curated; all else is read as they leave it.
    judging = pl.col("predicate").is_in(identity.JUDGEMENT)
    judgements, judgement_findings = _objects(cells.filter(judging), names, vocabulary)
    unmerged = pl.concat([quads.quads(judgements, citations), quads.without_cells(given)])
    names.into = _into(identity.judge(unmerged, vocabulary.superclasses).into)
    statements, object_findings = _objects(cells.filter(~judging), names, vocabulary)
    findings = subject_findings + judgement_findings + object_findings
    findings += _untyped(cells, names) + _sources(citations, names)
    return pl.concat([judgements, statements]), about_classes, findings


def _into(terms: dict[str, str]) -> dict[str, str]:
    """Merges by IRI."""
    return {merged.strip("<>"): first.strip("<>") for merged, first in terms.items()}


def _known(given: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What RDF files say of classes and of names, as :class:`Names` takes them."""
    iri, value = pl.col("subject").str.strip_chars("<>"), pl.col("object").str.strip_chars("<>")
    # A blank node has no name that a cell could mean.
    given = given.filter(~pl.col("subject").str.starts_with("_:") & ~pl.col("object").str.starts_with("_:"))
    typed = given.filter(pl.col("predicate") == f"<{RDF.type}>")
    labelled = given.filter(pl.col("predicate").is_in([f"<{name}>" for name in LABEL_PROPERTIES]))
    return typed.select(iri=iri, **{"class": value}), labelled.select(iri=iri, text=quads.text(pl.col("object")))


def _classes(cells: pl.DataFrame, vocabulary: Vocabulary) -> tuple[pl.DataFrame, set[str], list[Finding]]:
    """``type`` cells with the class that they name, and the things (IRIs) one of whose classes could not be read."""
    pairs = vocabulary.classes.select("iri", pl.lit("class").alias("class")).unique()
    names = Names(pairs, vocabulary.classes)
    kept, findings = _resolved(cells, pl.col("kind") == "class", "value", names)
    place = ["file", "row", "column", "subject"]
    typed = [each.filter(pl.col("kind") == "class").select(place) for each in (cells, kept)]
    lost = typed[0].join(typed[1], on=place, how="anti").select(_subject_iri().alias("subject"))
    return kept, set(lost["subject"]), findings


def _names(
    cells: pl.DataFrame, vocabulary: Vocabulary, known: tuple[pl.DataFrame, pl.DataFrame], unclassed: set[str]
) -> Names:
    """Who is called what, in the cells, in RDF files and in the ontology."""
    subject = _subject_iri()
    typed = cells.filter(pl.col("predicate") == RDF.type)
    labelled = cells.filter(pl.col("predicate").is_in(LABEL_PROPERTIES))
    names = Names(
        pl.concat([typed.select(iri=subject, **{"class": "value"}), known[0], vocabulary.entities]),
        pl.concat([labelled.select(iri=subject, text="value"), known[1], vocabulary.labels]),
        vocabulary.superclasses,
    )
    names.unclassed = unclassed
    return names


def _subjects(cells: pl.DataFrame, names: Names) -> tuple[pl.DataFrame, list[Finding]]:
    """Cells whose subject is the IRI of an entity; ``keyed`` stays true where a key made it."""
    keyed = cells.with_columns(subject=pl.when("keyed").then(_subject_iri()).otherwise("subject"))
    return _resolved(keyed, ~pl.col("keyed"), "subject", names)


def _objects(cells: pl.DataFrame, names: Names, vocabulary: Vocabulary) -> tuple[pl.DataFrame, list[Finding]]:
    """Statements: subject, predicate, object as a term, file, row, column."""
    cells, findings = _resolved(cells, pl.col("kind") == "entity", "value", names)
    given = cells.filter(pl.col("kind") == "iri").select(pl.col("value").unique())
    iris = [_expanded(text, vocabulary) for text in given["value"]]
    bad = (pl.col("kind") == "iri") & pl.col("value").is_in(
        [text for text, iri in zip(given["value"], iris, strict=True) if not rdf.is_iri(iri)]
    )
    prefixes = {"en": ", ".join(vocabulary.prefixes), "zh": "、".join(vocabulary.prefixes)}
    findings += [
        _at(cell, sentences.BAD_IRI.of(value=iri, prefixes=prefixes), iri)
        for cell in cells.filter(bad).iter_rows(named=True)
        for iri in [_expanded(cell["value"], vocabulary)]
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


def _expanded(text: str, vocabulary: Vocabulary) -> str:
    """An IRI as a cell writes it: whole, in brackets, or with a prefix."""
    return vocabulary.expand(text[1:-1] if text.startswith("<") and text.endswith(">") else text)


def _resolved(cells: pl.DataFrame, which: pl.Expr, column: str, names: Names) -> tuple[pl.DataFrame, list[Finding]]:
    """The cells with the names in ``column`` replaced by identities; those that have none become findings.

    What is not asked of is not copied, since a landscape has millions of cells.
    """
    range_ = pl.col("range") if column == "value" else pl.lit(None, pl.String)
    at = cells.select(which.arg_true())
    asked = cells.select(pl.all().gather(at.to_series())).with_row_index("number")
    asked = asked.with_columns(number=at.to_series(), asked=range_)
    found, unresolved = names.resolve(asked.select(value=column, range="asked"))
    if found.is_empty() and not unresolved:
        return cells, []
    joined = asked.join(
        found.rename({"value": column, "range": "asked"}),
        on=[column, "asked"], how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    faults = {(problem.value, problem.range): problem for problem in unresolved}
    failed = pl.col("iri").is_null()
    findings = [
        _at(_of(cell, column), names.explain(fault), cell[column])
        for cell in joined.filter(failed).iter_rows(named=True)
        for fault in [faults[(cell[column], cell["asked"])]]
        if not names.may_fit(fault)
    ]
    findings += [
        _at(_of(cell, column), names.read_as(cell[column], cell["iri"]), cell[column])
        for cell in joined.filter("loosely").iter_rows(named=True)
    ]
    replaced = cells.with_columns(cells[column].scatter(joined["number"], joined["iri"]))
    return replaced.filter(pl.col(column).is_not_null()), findings


def _of(cell: dict[str, str], column: str) -> dict[str, str]:
    """The cell, or where the ``column`` is subject the one that names what its row is about."""
    return {**cell, "header": "subject", "column": cell["subject_column"]} if column == "subject" else cell


def _untyped(cells: pl.DataFrame, names: Names) -> list[Finding]:
    """Things that the tables speak of without ever saying what they are."""
    known = names.classes.select(subject="iri").unique()
    cells = cells.filter(~pl.col("subject").is_in(list(names.unclassed)))
    first = cells.join(known, on="subject", how="anti").unique("subject", keep="first", maintain_order=True)
    return [
        _at(cell, sentences.NO_CLASS.of(value=cell["subject"].removeprefix(ID)), cell["subject"])
        for cell in first.iter_rows(named=True)
    ]


def _sources(citations: pl.DataFrame, names: Names) -> list[Finding]:
    """Citations of sources that no table describes."""
    asked = citations.select(value="source", range=pl.lit(KG.Source)).unique(maintain_order=True)
    sources = names.classes.filter(pl.col("class") == KG.Source).select(value=pl.col("iri").str.strip_prefix(ID))
    unknown = asked.join(sources, on="value", how="anti")
    _, unresolved = names.resolve(unknown)
    told = {problem.value: replace(names.explain(problem), code="unknown-source") for problem in unresolved}
    missing = citations.join(unknown.select(source="value"), on="source")
    findings = []
    for cell in missing.iter_rows(named=True):
        said = told.get(cell["source"]) or sentences.UNKNOWN_SOURCE.of(value=cell["source"])
        findings.append(_at({**cell, "header": "source"}, said, cell["source"]))
    return findings


def _at(cell: dict[str, str], sentence: Sentence, value: str) -> Finding:
    return Finding(sentence, cell["file"], int(cell["row"]), int(cell["column"]), cell["header"], value)


def _subject_iri() -> pl.Expr:
    """The subject's IRI: a key's own, or as it stands where it is an IRI already."""
    made = pl.concat_str(pl.lit(ID), pl.col("subject"))
    return pl.when(pl.col("subject").str.contains(":", literal=True)).then("subject").otherwise(made)
