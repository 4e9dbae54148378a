"""CSV and TSV files as frames of text, with the number of each row, so that every later fault can be placed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kg.findings import Finding
from kg.load import sentences
from kg.load.files import File

_PIECE = 1 << 20
"""How many bytes are looked at a time."""
_READ = 1 << 25
"""How many bytes are read as rows at a time."""
_CUT = re.compile(rb"[^\r\n]\r?\n(?=[^\r\n])")
_ROWS = 20_000
"""How many rows are handed on at a time, so that a table of a million is never held cell by cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its header, and what gives its rows as they were written, part by part, as often as they are needed."""

    file: str
    stem: str
    header: list[str]
    written: Callable[[], Iterator[pl.DataFrame]]

    def rows(self) -> Iterator[pl.DataFrame]:
        """Its rows, some at a time, as text columns ``c1``, ``c2``, … beside ``row`` (the header is row 1).

        Cells are stripped of the spaces at their ends; empty ones are null.
        """
        for part in self.written():
            for rows in part.iter_slices(_ROWS):
                cells = [pl.col(name).str.strip_chars().replace("", None) for name in rows.columns if name != "row"]
                yield rows.select(pl.col("row").cast(pl.Int64), *cells)


def read(file: File) -> tuple[list[Table], list[Finding]]:
    """The table in a CSV or TSV file, or the findings that say why its rows can't be read."""
    data = file.read()
    separator = "\t" if file.ending == ".tsv" else ","
    data = data.removeprefix(codecs.BOM_UTF8)
    if (bad := _no_text(data)) is not None:
        return [], [_not_utf8(data, bad, file.name, separator)]
    try:
        header = [cell.strip() for cell in next(_reader(data, separator), [])]
    except csv.Error as fault:
        return [], [_unreadable(file.name, 1, fault)]
    if not any(header):
        return [], [no_header(file.name)]
    columns = [f"c{number}" for number in range(1, len(header) + 1)]
    written = _at_once(data, columns, separator)
    if written is None:
        rows = _row_by_row(data, columns, file.name, separator)
        if isinstance(rows, list):
            return [], rows
        return [of_rows(file.name, file.stem, header, rows.slice(1))], []
    return [Table(file.name, file.stem, header, written)], []


def of_rows(name: str, stem: str, header: list[str], rows: pl.DataFrame) -> Table:
    """A table of text columns ``row``, ``c1``, ``c2``, …, which is held whole."""
    return Table(name, stem, header, lambda: iter([rows]))


def no_header(name: str) -> Finding:
    """A table whose first row is empty."""
    return Finding(sentences.EMPTY_TABLE, name)


def framed(records: Iterable[tuple[int, Sequence[str]]], columns: Sequence[str]) -> pl.DataFrame:
    """Numbered records as text columns beside ``row``: short ones filled up, long ones cut."""
    width = len(columns)
    rows = [[row, *record[:width], *[""] * (width - len(record))] for row, record in records]
    return pl.DataFrame(rows, schema={"row": pl.Int64, **dict.fromkeys(columns, pl.String)}, orient="row")


def _no_text(data: bytes) -> int | None:
    """Where it can't be decoded, which is tried piece by piece, since as text a whole file may take twice its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _PIECE):
        before = decoder.getstate()[0]
        try:
            decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))
        except UnicodeDecodeError as fault:
            return start - len(before) + fault.start
    return None


def _reader(data: bytes, separator: str, *, strict: bool = True) -> Iterator[list[str]]:
    """The records of a file, with cells of any length; bytes that are no text stand as a sign for such."""
    csv.field_size_limit(max(len(data), 131_072))
    text = io.TextIOWrapper(io.BytesIO(data), "utf-8", errors="replace", newline="")
    return csv.reader(text, delimiter=separator, strict=strict)


def _at_once(data: bytes, columns: list[str], separator: str) -> Callable[[], Iterator[pl.DataFrame]] | None:
    """The rows below the header as polars reads them, a piece at a time, or nothing where it can't be relied on.

    It forgives quotes that don't match, takes a lone carriage return for a sign, and does not name a row at fault.
    """
    if b'"' in data or re.search(rb"\r(?!\n)", data):
        return None

    def rows(piece: tuple[int, int], offset: int) -> pl.DataFrame:
        return pl.read_csv(
            data[slice(*piece)],
            has_header=False,
            separator=separator,
            schema=dict.fromkeys(columns, pl.String),
            row_index_name="row",
            row_index_offset=offset,
        )

    pieces: list[tuple[tuple[int, int], int]] = []
    row = 1
    try:
        for piece in _pieces(data):
            read = rows(piece, row)
            pieces.append((piece, row))
            row += len(read)
    except pl.exceptions.PolarsError:
        return None
    if len(pieces) == 1:
        return lambda: iter([read.slice(1)])
    return lambda: (rows(*each).slice(1 if number == 0 else 0) for number, each in enumerate(pieces))


def _pieces(data: bytes) -> Iterator[tuple[int, int]]:
    """Where a file can be parted between two rows, neither of which is empty: start and end of each piece."""
    start = 0
    while (cut := _CUT.search(data, start + _READ)) is not None:
        yield start, cut.end()
        start = cut.end()
    yield start, len(data)


def _row_by_row(data: bytes, columns: list[str], name: str, separator: str) -> pl.DataFrame | list[Finding]:
    """Every row that has more cells than the header, and the row where quoting goes wrong; else the frame."""
    findings: list[Finding] = []
    records: list[tuple[int, list[str]]] = []
    row = 0
    try:
        for row, record in enumerate(_reader(data, separator), start=1):
            if len(record) > len(columns) and any(cell.strip() for cell in record[len(columns) :]):
                said = sentences.TOO_MANY_CELLS.of(cells=len(record), words=len(columns))
                findings.append(Finding(said, name, row, len(columns) + 1, value=record[len(columns)]))
            records.append((row, record))
    except csv.Error as fault:
        findings.append(_unreadable(name, row + 1, fault))
    return findings or framed(records, columns)


def _unreadable(name: str, row: int, fault: csv.Error) -> Finding:
    return Finding(sentences.BAD_QUOTES.of(why=sentences.reported(fault)), name, row)


def _not_utf8(data: bytes, start: int, name: str, separator: str) -> Finding:
    """The first byte that can't be read."""
    records = list(_reader(data[:start] + b"?", separator, strict=False))
    byte = f"0x{data[start]:02X}"
    return Finding(sentences.NOT_UTF8.of(byte=byte, offset=start), name, len(records), len(records[-1]), value=byte)
