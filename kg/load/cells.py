"""Tables become cells that each state one thing: header words understood, values parted, forms checked."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import polars as pl

from kg.findings import Finding
from kg.load.literals import LANGUAGE, well_formed
from kg.load.tables import Table
from kg.load.words import Vocabulary, Word
from kg.terms import RDF

KEY = r"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$"
_BAR = "\x00"  # stands for a written \| while a cell is parted; control characters are refused before

SCHEMA = {
    "file": pl.String, "row": pl.Int64, "column": pl.Int64, "header": pl.String,
    "subject": pl.String, "subject_column": pl.Int64, "keyed": pl.Boolean, "predicate": pl.String, "kind": pl.String,
    "range": pl.String,
    "datatype": pl.String, "language": pl.String, "value": pl.String,
}  # fmt: skip
"""A cell: ``subject`` is a key when ``keyed``, else a name; ``value`` is text, read by ``kind``."""

CITATIONS = {"file": pl.String, "row": pl.Int64, "column": pl.Int64, "source": pl.String, "locator": pl.String}
"""A passage that states every cell of a row: ``source`` is a key."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a table's cells state (:data:`SCHEMA`), the passages that state its rows (:data:`CITATIONS`), its faults."""

    cells: pl.DataFrame
    citations: pl.DataFrame
    findings: list[Finding]


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


def read(table: Table, vocabulary: Vocabulary) -> Cells:
    """The cells of one table. Every cell that is not empty is stated, cites, or is a finding."""
    columns, findings = _columns(table, vocabulary)
    roles = {column.role: column for column in columns if column.role != "word"}
    triples = "subject" in roles
    anchor = roles.get("subject" if triples else "id")
    if anchor is None or (triples and "predicate" not in roles):
        wanted = "«predicate» column beside «subject»" if triples else "«id» column"
        parted = [word for sign, word in _PARTED.items() if len(table.header) == 1 and sign in table.header[0]]
        advice = f"Its cells seem to be parted by {parted[0]}: save them parted by commas." if parted else "Add it."
        findings.append(_finding("no-id", table, 1, None, f"The table has no {wanted}.", advice))
        return Cells(pl.DataFrame(schema=SCHEMA), pl.DataFrame(schema=CITATIONS), findings)
    rows = table.rows.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    findings += _unreadable(table, rows, columns)
    kept, row_findings = _anchored(table, rows, anchor, keyed=not triples)
    citations, citation_findings = _citations(table, kept, roles.get("source"))
    findings += row_findings + citation_findings
    stated = [column for column in columns if column.role in ("word", "object")]
    wide = kept.select("row", subject=anchor.name, **{c.name: c.name for c in stated})
    wide = wide.with_columns(subject_column=pl.lit(anchor.number, pl.Int64))
    if triples:
        wide = wide.with_columns(kept[roles["predicate"].name].alias("predicate"))
        cells, predicate_findings = _triples(table, wide, stated, roles["predicate"], vocabulary)
        findings += predicate_findings
    else:
        cells = _records(table, wide, stated)
        default = vocabulary.tables.get(table.stem)
        if default is not None:
            cells = pl.concat([cells, _default_types(table, cells, wide, anchor, default)])
        findings += [
            _finding("no-statement", table, row, None, "The row states nothing.", "Fill a cell, or remove the row.")
            for row in wide.join(cells.select("row").unique(), on="row", how="anti")["row"]
        ]
    cells, form_findings = well_formed(_split(cells))
    return Cells(cells, citations, findings + form_findings)


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
            if table.rows[column.name].is_not_null().any():
                message = "The column has cells but no header word."
                findings.append(_finding("unknown-column", table, 1, column, message, "Name it, or empty it."))
        elif header in seen:
            message = f"The column «{header}» stands twice."
            advice = "Join the two; several values in a cell are parted by |."
            findings.append(_finding("doubled-column", table, 1, column, message, advice))
        elif name in special:
            if at and (name != "object" or not LANGUAGE.match(language)):
                findings.append(_bad_language(table, column, name))
            else:
                columns.append(_Column(number, header, None, language or None, name))
        elif word is None or (triples and name != "object"):
            known = sorted(special | (set() if triples else set(vocabulary.words)))
            close = difflib.get_close_matches(name, known, n=1)
            meant = f"Perhaps «{close[0]}» is meant" if close else f"The words are: {', '.join(known)}"
            message = f"There is no column word «{name}»."
            advice = meant + ". Rename the column, or remove it."
            findings.append(_finding("unknown-column", table, 1, column, message, advice))
        elif (word.kind == "text") != bool(at) or (at and not LANGUAGE.match(language)):
            findings.append(_bad_language(table, column, name, text=word.kind == "text"))
        else:
            columns.append(_Column(number, header, word, language or None, "id" if word.kind == "id" else "word"))
        seen.add(header)
    return columns, findings


def _anchored(table: Table, rows: pl.DataFrame, anchor: _Column, *, keyed: bool) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows that say what they are about."""
    missing = pl.col(anchor.name).is_null()
    findings = [
        _finding("no-subject", table, row, anchor, "The row does not say what it is about.", "Fill this cell.")
        for row in rows.filter(missing)["row"]
    ]
    rows = rows.filter(~missing)
    if keyed:
        good = pl.col(anchor.name).str.contains(KEY)
        findings += [
            _finding("bad-key", table, row, anchor, f"«{key}» can't be a key.",
                     "Use letters a to z, digits and -, beginning and ending with a letter or digit.", key)
            for row, key in rows.filter(~good).select("row", anchor.name).iter_rows()
        ]  # fmt: skip
        rows = rows.filter(good)
    return rows, findings


def _citations(table: Table, rows: pl.DataFrame, column: _Column | None) -> tuple[pl.DataFrame, list[Finding]]:
    """The passages of each row; a row without one is a finding."""
    empty = pl.DataFrame(schema=CITATIONS)
    advice = "Write the passages that state the row as key#locator, parted by |."
    if column is None:
        place = _Column(len(table.header) + 1, "source")
        message = "The row has no source: the table has no «source» column."
        return empty, [_finding("no-source", table, row, place, message, advice) for row in rows["row"]]
    missing = pl.col(column.name).is_null()
    findings = [
        _finding("no-source", table, row, column, "The row has no source.", advice)
        for row in rows.filter(missing)["row"]
    ]
    passages = _split(rows.filter(~missing).select("row", value=column.name)).with_columns(
        parts=pl.col("value").str.splitn("#", 2)
    )
    passages = passages.select(
        pl.lit(table.file).alias("file"), "row", pl.lit(column.number, pl.Int64).alias("column"), "value",
        source=pl.col("parts").struct.field("field_0").str.strip_chars(),
        locator=pl.col("parts").struct.field("field_1").str.strip_chars(),
    )  # fmt: skip
    good = pl.col("source").str.contains(KEY) & pl.col("locator").is_not_null() & (pl.col("locator") != "")
    findings += [
        _finding("bad-source", table, row, column, f"«{value}» is not a passage.", advice, value)
        for row, value in passages.filter(~good).select("row", "value").iter_rows()
    ]
    return passages.filter(good).select(list(CITATIONS)), findings


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
            close = difflib.get_close_matches(str(name), set(vocabulary.words) - {"id"}, n=1)
            advice = f"Perhaps «{close[0]}» is meant." if close else "Use a header word, or its prefixed name."
            message = "The row has no predicate." if name is None else f"There is no predicate «{name}»."
            findings += [
                _finding("unknown-predicate", table, row, predicate, message, advice, str(name or ""))
                for row in group["row"]
            ]
            continue
        for column in columns:
            filled = group.filter(pl.col(column.name).is_not_null())
            if (word.kind == "text") == (column.language is not None):
                reading = _reading(word, keyed=False)
                parts.append(
                    filled.select(*_place(table, column), "subject", "subject_column", *reading, *_value(column))
                )
            else:
                wanted = "a column object@en, object@zh, …" if word.kind == "text" else "the column object"
                message = f"The object of «{word.name}» stands in the wrong column."
                findings += [
                    _finding("wrong-object", table, row, column, message, f"Write it in {wanted}.", value)
                    for row, value in filled.select("row", column.name).iter_rows()
                ]
    for row in wide.filter(pl.all_horizontal([pl.lit(value=True), *(pl.col(c.name).is_null() for c in columns)]))[
        "row"
    ]:
        findings.append(_finding("no-object", table, row, None, "The row has no object.", "Fill object or object@…."))
    return pl.concat([part.select(list(SCHEMA)) for part in parts]), findings


def _default_types(
    table: Table, cells: pl.DataFrame, wide: pl.DataFrame, anchor: _Column, default: str
) -> pl.DataFrame:
    """The class that the file's name gives, for the subjects that no ``type`` cell of it gives one."""
    typed = cells.filter(pl.col("kind") == "class")["subject"].unique()
    word = Word("type", RDF.type, "iri")
    return (
        wide.filter(~pl.col("subject").is_in(typed.implode()))
        .select(
            *_place(table, anchor), "subject", "subject_column", *_reading(word),
            language=pl.lit(None, pl.String), value=pl.lit(default),
        )
        .select(list(SCHEMA))
    )  # fmt: skip


def _split(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each of the values that | parts."""
    parts = pl.col("value").str.replace_all(r"\|", _BAR, literal=True).str.split("|")
    exploded = frame.with_columns(value=parts).explode("value", empty_as_null=True)
    value = pl.col("value").str.replace_all(_BAR, "|", literal=True).str.strip_chars()
    return exploded.with_columns(value=value).filter(pl.col("value") != "")


_CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]"
_PARTED = {";": "semicolons", "\t": "tabs"}
"""What else than commas may part the cells of a file."""
_NO_VALUE = r"^[|\s]*\|[|\s]*$"


def _unreadable(table: Table, rows: pl.DataFrame, columns: list[_Column]) -> list[Finding]:
    """Cells with characters that no text needs, and cells that part nothing."""
    findings = []
    for column in columns:
        if column.role == "id":
            continue
        text = pl.col(column.name)
        for row, sign in rows.select("row", text.str.extract(f"({_CONTROL})")).drop_nulls().iter_rows():
            message = f"The cell holds U+{ord(sign):04X}, a control character or one that turns the direction of text."
            findings.append(_finding("control-character", table, row, column, message, "Remove it."))
        for row in rows.filter(text.str.contains(_NO_VALUE))["row"]:
            message = "The cell holds | and no value."
            findings.append(_finding("no-value", table, row, column, message, "Remove it."))
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


def _finding(
    code: str, table: Table, row: int, column: _Column | None, message: str, advice: str, value: str = ""
) -> Finding:
    number, header = (column.number, column.header) if column else (0, "")
    return Finding(code, message, advice, table.file, row, number, header, value or header if row == 1 else value)


def _bad_language(table: Table, column: _Column, name: str, *, text: bool = False) -> Finding:
    if text:
        message, advice = f"«{column.header}» is text and needs a language.", f"Write {name}@en, {name}@zh, …."
    else:
        message, advice = f"«{column.header}» takes no language.", f"Write {name}."
    return _finding("bad-language", table, 1, column, message, advice)
