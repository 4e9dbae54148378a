"""Tables become cells that each state one thing: header words understood, values parted, forms checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from kg.findings import Finding, Sentence
from kg.load import sentences
from kg.load.literals import LANGUAGE, well_formed
from kg.load.passages import CITATIONS, KEY, cited, named, split
from kg.load.tables import Table
from kg.load.words import Vocabulary, Word
from kg.terms import KG, RDF

SCHEMA = {
    "file": pl.String, "row": pl.Int64, "column": pl.Int64, "header": pl.String,
    "subject": pl.String, "subject_column": pl.Int64, "keyed": pl.Boolean, "predicate": pl.String, "kind": pl.String,
    "range": pl.String,
    "datatype": pl.String, "language": pl.String, "value": pl.String,
}  # fmt: skip
"""A cell: ``subject`` is a key when ``keyed``, else a name; ``value`` is text, read by ``kind``."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a table's cells state (:data:`SCHEMA`), the passages that state its rows (:data:`CITATIONS`), its faults.

    ``passages`` are those that its rows are about (:data:`CITATIONS`), in a table of such.
    """

    cells: pl.DataFrame
    citations: pl.DataFrame
    findings: list[Finding]
    passages: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Column:
    number: int
    header: str
    word: Word | None = None
    language: str | None = None
    role: str = "word"

    @property
    def name(self) -> str:
        return f"c{self.number}"


def read(table: Table, vocabulary: Vocabulary) -> Iterator[Cells]:
    """The cells of one table, part by part; the first part has what is wrong with its header.

    Every cell that is not empty is stated, cites, or is a finding.
    """
    columns, findings = _columns(table, vocabulary)
    roles = {column.role: column for column in columns if column.role != "word"}
    triples = "subject" in roles
    anchor = roles.get("subject" if triples else "id")
    if anchor is None or (triples and "predicate" not in roles):
        parted = [word for sign, word in _PARTED.items() if len(table.header) == 1 and sign in table.header[0]]
        said = sentences.NO_ID_PARTED.of(sign=parted[0]) if parted else sentences.NO_ID
        findings.append(_finding(sentences.NO_PREDICATE_COLUMN if triples else said, table, 1, None))
        yield _nothing(findings)
        return
    yield _nothing(findings)
    form = _Form(table, vocabulary, columns, roles, anchor, _typed(table, columns, anchor))
    for rows in table.rows():
        yield _part(form, rows)


def _nothing(findings: list[Finding]) -> Cells:
    """No cells, and what is wrong."""
    none = pl.DataFrame(schema=CITATIONS)
    return Cells(pl.DataFrame(schema=SCHEMA), none, findings, none)


@dataclass(frozen=True, slots=True)
class _Form:
    """What the header of a table says of its rows, and the subjects that a ``type`` cell of it gives a class."""

    table: Table
    vocabulary: Vocabulary
    columns: list[_Column]
    roles: dict[str, _Column]
    anchor: _Column
    typed: pl.Series

    @property
    def triples(self) -> bool:
        """Whether each row is a triple, rather than all that is said of one thing."""
        return "subject" in self.roles

    @property
    def default(self) -> str | None:
        """The class that the file's name gives to what has no other."""
        return self.vocabulary.tables.get(self.table.stem)

    @property
    def of_passages(self) -> bool:
        """Whether its rows are about passages, which have no keys and are named as they are cited."""
        return self.default == KG.Passage and not self.triples


def _typed(table: Table, columns: list[_Column], anchor: _Column) -> pl.Series:
    cells = [column.name for column in columns if column.word is not None and column.word.kind == "class"]
    filled = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in cells))
    parts = [rows.filter(filled)[anchor.name].drop_nulls() for rows in (table.rows() if cells else ())]
    return pl.concat([pl.Series(anchor.name, dtype=pl.String), *parts]).unique()


def _part(form: _Form, rows: pl.DataFrame) -> Cells:
    """The cells of some rows."""
    table, anchor, roles = form.table, form.anchor, form.roles
    rows = rows.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    findings = _unreadable(table, rows, form.columns)
    kept, row_findings = _anchored(table, rows, anchor, keyed=not form.triples and not form.of_passages)
    passages = pl.DataFrame(schema=CITATIONS)
    if form.of_passages:
        kept, passages, bad = named(table.file, kept, anchor.number)
        row_findings += [
            _finding(sentences.NO_PASSAGE.of(value=value), table, row, anchor, value) for row, value in bad.iter_rows()
        ]
    citations, citation_findings = _citations(table, kept, roles.get("source"))
    findings += row_findings + citation_findings
    stated = [column for column in form.columns if column.role in ("word", "object")]
    wide = kept.select("row", subject=anchor.name, **{c.name: c.name for c in stated})
    wide = wide.with_columns(subject_column=pl.lit(anchor.number, pl.Int64))
    if form.triples:
        wide = wide.with_columns(kept[roles["predicate"].name].alias("predicate"))
        cells, predicate_findings = _triples(table, wide, stated, roles["predicate"], form.vocabulary)
        findings += predicate_findings
    else:
        cells = _records(table, wide, stated)
        if form.default is not None and not form.of_passages:  # that it is one is the loader's own step
            untyped = wide.filter(~pl.col("subject").is_in(form.typed.implode()))
            cells = pl.concat([cells, _default_types(table, untyped, anchor, form.default)])
        findings += [
            _finding(sentences.NO_STATEMENT, table, row, None)
            for row in wide.join(cells.select("row").unique(), on="row", how="anti")["row"]
        ]
    cells, form_findings = well_formed(split(cells))
    return Cells(cells, citations, findings + form_findings, passages)


def _columns(table: Table, vocabulary: Vocabulary) -> tuple[list[_Column], list[Finding]]:
    """What each column is for; an unknown or doubled one is a finding and is left out."""
    columns: list[_Column] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    triples = "subject" in table.header
    special = {"subject", "predicate", "object", "source"} if triples else {"source"}
    for number, header in enumerate(table.header, start=1):
        name, at, language = header.partition("@")
        word = vocabulary.words.get(name)
        column = _Column(number, header)
        if not header:
            if any(rows[column.name].is_not_null().any() for rows in table.rows()):
                findings.append(_finding(sentences.NO_HEADER_WORD, table, 1, column))
        elif header in seen:
            findings.append(_finding(sentences.COLUMN_STANDS_TWICE.of(header=header), table, 1, column))
        elif name in special:
            if at and (name != "object" or not LANGUAGE.match(language)):
                findings.append(_bad_language(table, column, name))
            else:
                columns.append(_Column(number, header, None, language or None, name))
        elif word is None or (triples and name != "object"):
            known = special | (set() if triples else set(vocabulary.words))
            findings.append(_finding(_unknown_column(name, sorted(known)), table, 1, column))
        elif (word.kind == "text") != bool(at) or (at and not LANGUAGE.match(language)):
            findings.append(_bad_language(table, column, name, text=word.kind == "text"))
        else:
            columns.append(_Column(number, header, word, language or None, "id" if word.kind == "id" else "word"))
        seen.add(header)
    return columns, findings


def _anchored(table: Table, rows: pl.DataFrame, anchor: _Column, *, keyed: bool) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows that say what they are about."""
    missing = pl.col(anchor.name).is_null()
    findings = [_finding(sentences.NO_SUBJECT, table, row, anchor) for row in rows.filter(missing)["row"]]
    rows = rows.filter(~missing)
    if keyed:
        good = pl.col(anchor.name).str.contains(KEY)
        findings += [
            _finding(sentences.BAD_KEY.of(value=key), table, row, anchor, key)
            for row, key in rows.filter(~good).select("row", anchor.name).iter_rows()
        ]
        rows = rows.filter(good)
    return rows, findings


def _citations(table: Table, rows: pl.DataFrame, column: _Column | None) -> tuple[pl.DataFrame, list[Finding]]:
    """The passages of each row; a row without one is a finding."""
    empty = pl.DataFrame(schema=CITATIONS)
    if column is None:
        place = _Column(len(table.header) + 1, "source")
        return empty, [_finding(sentences.NO_SOURCE_COLUMN, table, row, place) for row in rows["row"]]
    missing = pl.col(column.name).is_null()
    findings = [_finding(sentences.NO_SOURCE, table, row, column) for row in rows.filter(missing)["row"]]
    passages, bad = cited(table.file, rows.filter(~missing), column.number)
    return passages, findings + [
        _finding(sentences.BAD_SOURCE.of(value=value), table, row, column, value) for row, value in bad.iter_rows()
    ]


def _records(table: Table, wide: pl.DataFrame, columns: list[_Column]) -> pl.DataFrame:
    """The cells of a table of records, one a column and row."""
    parts = [
        wide.filter(pl.col(column.name).is_not_null()).select(
            *_place(table, column), "subject", "subject_column", *_reading(column.word), *_value(column)
        )
        for column in columns
        if column.word is not None
    ]
    return pl.concat(parts).select(list(SCHEMA)) if parts else pl.DataFrame(schema=SCHEMA)


def _triples(
    table: Table, wide: pl.DataFrame, columns: list[_Column], predicate: _Column, vocabulary: Vocabulary
) -> tuple[pl.DataFrame, list[Finding]]:
    """The cells of a table of subject, predicate and object."""
    findings: list[Finding] = []
    parts = [pl.DataFrame(schema=SCHEMA)]
    for text, group in wide.partition_by("predicate", as_dict=True, include_key=True).items():
        name = text[0]
        word = vocabulary.predicate(str(name)) if name is not None else None
        if word is None:
            said = sentences.NO_PREDICATE if name is None else _unknown_predicate(str(name), vocabulary)
            findings += [_finding(said, table, row, predicate, str(name or "")) for row in group["row"]]
            continue
        for column in columns:
            filled = group.filter(pl.col(column.name).is_not_null())
            if (word.kind == "text") == (column.language is not None):
                reading = _reading(word, keyed=False)
                parts.append(
                    filled.select(*_place(table, column), "subject", "subject_column", *reading, *_value(column))
                )
            else:
                said = sentences.WRONG_TEXT if word.kind == "text" else sentences.WRONG_OBJECT
                findings += [
                    _finding(said.of(name=word.name), table, row, column, value)
                    for row, value in filled.select("row", column.name).iter_rows()
                ]
    for row in wide.filter(pl.all_horizontal([pl.lit(value=True), *(pl.col(c.name).is_null() for c in columns)]))[
        "row"
    ]:
        findings.append(_finding(sentences.NO_OBJECT, table, row, None))
    return pl.concat([part.select(list(SCHEMA)) for part in parts]), findings


def _default_types(table: Table, untyped: pl.DataFrame, anchor: _Column, default: str) -> pl.DataFrame:
    """The class that the file's name gives, for the subjects that no ``type`` cell of it gives one."""
    word = Word("type", RDF.type, "iri")
    return untyped.select(
        *_place(table, anchor), "subject", "subject_column", *_reading(word),
        language=pl.lit(None, pl.String), value=pl.lit(default),
    ).select(list(SCHEMA))  # fmt: skip


_CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]"
_PARTED = {";": sentences.SEMICOLONS, "\t": sentences.TABS}
"""What else than commas may part the cells of a file."""
_NO_VALUE = r"^[|\s]*\|[|\s]*$"


def _unreadable(table: Table, rows: pl.DataFrame, columns: list[_Column]) -> list[Finding]:
    """Cells with characters that no text needs, and cells that part nothing."""
    findings = []
    asked = {column.name: column for column in columns if column.role != "id"}
    suspected = rows.select(pl.col(list(asked)).str.contains(f"{_CONTROL}|{_NO_VALUE}").any())
    for name in (each.name for each in suspected if each.any()):
        column, text = asked[name], pl.col(name)
        for row, sign in rows.select("row", text.str.extract(f"({_CONTROL})")).drop_nulls().iter_rows():
            said = sentences.CONTROL_CHARACTER.of(sign=f"U+{ord(sign):04X}")
            findings.append(_finding(said, table, row, column))
        valueless = rows.filter(text.str.contains(_NO_VALUE))["row"]
        findings += [_finding(sentences.NO_VALUE, table, row, column) for row in valueless]
    return findings


def _place(table: Table, column: _Column) -> list[pl.Expr]:
    return [
        pl.lit(table.file).alias("file"),
        pl.col("row"),
        pl.lit(column.number, pl.Int64).alias("column"),
        pl.lit(column.header).alias("header"),
    ]


def _reading(word: Word, *, keyed: bool = True) -> list[pl.Expr]:
    return [
        pl.lit(keyed).alias("keyed"),
        pl.lit(word.iri).alias("predicate"),
        pl.lit(word.kind).alias("kind"),
        pl.lit(word.range, pl.String).alias("range"),
        pl.lit(word.datatype, pl.String).alias("datatype"),
    ]


def _value(column: _Column) -> list[pl.Expr]:
    return [pl.lit(column.language, pl.String).alias("language"), pl.col(column.name).alias("value")]


def _finding(sentence: Sentence, table: Table, row: int, column: _Column | None, value: str = "") -> Finding:
    number, header = (column.number, column.header) if column else (0, "")
    return Finding(sentence, table.file, row, number, header, value or header if row == 1 else value)


def _bad_language(table: Table, column: _Column, name: str, *, text: bool = False) -> Finding:
    sentence = sentences.LANGUAGE_LACKS if text else sentences.LANGUAGE_UNASKED
    return _finding(sentence.of(header=column.header, name=name), table, 1, column)


def _unknown_column(name: str, known: list[str]) -> Sentence:
    if close := difflib.get_close_matches(name, known, n=1):
        return sentences.UNKNOWN_COLUMN_LIKE.of(name=name, close=close[0])
    return sentences.UNKNOWN_COLUMN.of(name=name, known={"en": ", ".join(known), "zh": "、".join(known)})


def _unknown_predicate(name: str, vocabulary: Vocabulary) -> Sentence:
    if close := difflib.get_close_matches(name, set(vocabulary.words) - {"id"}, n=1):
        return sentences.UNKNOWN_PREDICATE_LIKE.of(name=name, close=close[0])
    return sentences.UNKNOWN_PREDICATE.of(name=name)
