"""CSV and TSV files as frames of text, with the number of each row, so that every later fault can be placed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kg.findings import Finding
from kg.load import sentences
from kg.load.files import File


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its header, and its rows as text columns ``c1``, ``c2``, … beside ``row`` (the header is row 1).

    Cells are stripped of the spaces at their ends; empty ones are null.
    """

    file: str
    stem: str
    header: list[str]
    rows: pl.DataFrame


def read(file: File) -> tuple[list[Table], list[Finding]]:
    """The table in a CSV or TSV file, or the findings that say why its rows can't be read."""
    data = file.read()
    separator = "\t" if file.ending == ".tsv" else ","
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return [], [_not_utf8(data, fault, file.name, separator)]
    try:
        header = [cell.strip() for cell in next(_reader(text, separator), [])]
    except csv.Error as fault:
        return [], [_unreadable(file.name, 1, fault)]
    if not any(header):
        return [], [no_header(file.name)]
    columns = [f"c{number}" for number in range(1, len(header) + 1)]
    rows = _at_once(text, columns, separator)
    if rows is None:
        rows_or_findings = _row_by_row(text, columns, file.name, separator)
        if isinstance(rows_or_findings, list):
            return [], rows_or_findings
        rows = rows_or_findings
    return [of_rows(file.name, file.stem, header, rows.slice(1))], []


def of_rows(name: str, stem: str, header: list[str], rows: pl.DataFrame) -> Table:
    """A table of text columns ``row``, ``c1``, ``c2``, …: cells stripped, empty ones null."""
    cells = [pl.col(column).str.strip_chars().replace("", None) for column in rows.columns if column != "row"]
    return Table(name, stem, header, rows.select(pl.col("row").cast(pl.Int64), *cells))


def no_header(name: str) -> Finding:
    """A table whose first row is empty."""
    return Finding(sentences.EMPTY_TABLE, name)


def framed(records: Iterable[tuple[int, Sequence[str]]], columns: Sequence[str]) -> pl.DataFrame:
    """Numbered records as text columns beside ``row``: short ones filled up, long ones cut."""
    width = len(columns)
    rows = [[row, *record[:width], *[""] * (width - len(record))] for row, record in records]
    return pl.DataFrame(rows, schema={"row": pl.Int64, **dict.fromkeys(columns, pl.String)}, orient="row")


def _reader(text: str, separator: str, *, strict: bool = True) -> Iterator[list[str]]:
    """The records of a text, with cells of any length."""
    csv.field_size_limit(max(len(text), 131_072))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _at_once(text: str, columns: list[str], separator: str) -> pl.DataFrame | None:
    """The rows as polars reads them, or nothing where it can't be relied on.

    It forgives quotes that don't match, takes a lone carriage return for a sign, and does not name a row at fault.
    """
    if '"' in text or re.search(r"\r(?!\n)", text):
        return None
    try:
        return pl.read_csv(
            io.BytesIO(text.encode("utf-8")),
            has_header=False,
            separator=separator,
            schema=dict.fromkeys(columns, pl.String),
            row_index_name="row",
            row_index_offset=1,
        )
    except pl.exceptions.PolarsError:
        return None


def _row_by_row(text: str, columns: list[str], name: str, separator: str) -> pl.DataFrame | list[Finding]:
    """Every row that has more cells than the header, and the row where quoting goes wrong; else the frame."""
    findings: list[Finding] = []
    records: list[tuple[int, list[str]]] = []
    row = 0
    try:
        for row, record in enumerate(_reader(text, separator), start=1):
            if len(record) > len(columns) and any(cell.strip() for cell in record[len(columns) :]):
                said = sentences.TOO_MANY_CELLS.of(cells=len(record), words=len(columns))
                findings.append(Finding(said, name, row, len(columns) + 1, value=record[len(columns)]))
            records.append((row, record))
    except csv.Error as fault:
        findings.append(_unreadable(name, row + 1, fault))
    return findings or framed(records, columns)


def _unreadable(name: str, row: int, fault: csv.Error) -> Finding:
    return Finding(sentences.BAD_QUOTES.of(why=sentences.reported(fault)), name, row)


def _not_utf8(data: bytes, fault: UnicodeDecodeError, name: str, separator: str) -> Finding:
    before = data[: fault.start].decode("utf-8", errors="replace") + "?"  # stands for what can't be read
    records = list(_reader(before, separator, strict=False))
    byte = f"0x{data[fault.start]:02X}"
    said = sentences.NOT_UTF8.of(byte=byte, offset=fault.start)
    return Finding(said, name, len(records), len(records[-1]), value=byte)
