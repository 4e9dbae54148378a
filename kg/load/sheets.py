"""Excel workbooks, a table a sheet, and Parquet files: cells become the text that a curator would have written."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import polars as pl

from kg.errors import FileFault
from kg.findings import Finding
from kg.load import sentences
from kg.load.files import File
from kg.load.tables import Table, framed, no_header, of_rows

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, NotImplementedError,
    AttributeError, IndexError, KeyError, TypeError, ValueError,
)  # fmt: skip
"""What the reader raises where a workbook is none, or is damaged."""


def read(file: File) -> tuple[list[Table], list[Finding]]:
    """The tables in a workbook or Parquet file, or the finding that says why it can't be read."""
    return _parquet(file) if file.ending == ".parquet" else _workbook(file)


def _parquet(file: File) -> tuple[list[Table], list[Finding]]:
    try:
        frame = pl.read_parquet(io.BytesIO(file.read()))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as fault:
        return [], [_broken(file, "Parquet", sentences.reported(str(fault).splitlines()[0]))]
    for number, (name, kind) in enumerate(frame.schema.items(), start=1):
        if kind.is_nested() or kind in (pl.Binary, pl.Duration, pl.Object):
            return [], [Finding(sentences.NOT_TEXT.of(name=name, kind=kind), file.name, 1, number, name)]
    header = frame.columns
    rows = frame.select(
        pl.int_range(2, pl.len() + 2).alias("row"),
        *(_as_text(name, kind).alias(f"c{n}") for n, (name, kind) in enumerate(frame.schema.items(), start=1)),
    )
    return [of_rows(file.name, file.stem, [name.strip() for name in header], rows)], []


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as :func:`_text` writes its cells."""
    column = pl.col(name)
    if kind == pl.Datetime:
        day = column.dt.time() == dt.time()
        return pl.when(day).then(column.dt.to_string("%Y-%m-%d")).otherwise(column.dt.to_string("iso:strict"))
    if kind.is_float():
        whole = column.is_finite() & (column == column.floor()) & (column.abs() < 2**53)
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String)


def _workbook(file: File) -> tuple[list[Table], list[Finding]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra
    except ImportError as fault:
        raise FileFault(f"{file.name} is an Excel workbook: install partnership-kg[xlsx] to read it.") from fault
    data = file.read()
    tables: list[Table] = []
    findings: list[Finding] = []
    try:
        counted, formulas = _parts(data)
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        written = load_workbook(io.BytesIO(data), read_only=True) if formulas else None
        if len(values.sheetnames) < counted:
            return [], [_broken(file, sentences.WORKBOOK, sentences.SHEET_IS_MISSING)]
        for sheet in values.worksheets:
            sheet.reset_dimensions()  # some programs write wrong ones, over which rows would be lost
            name = f"{file.name}[{sheet.title}]"
            records = []
            for number, row in enumerate(sheet.iter_rows(), start=1):
                records.append([_text(cell.value) for cell in row])
                findings += _errors(name, number, row)
            if written is not None:
                findings += _uncounted(name, written[sheet.title], records)
            width = max((n for row in records for n, cell in enumerate(row, start=1) if cell), default=0)
            if not width:
                continue  # an empty sheet, such as Excel leaves
            header = [cell.strip() for cell in (records[0] + [""] * width)[:width]]
            if not any(header):
                findings.append(no_header(name))
                continue
            columns = [f"c{number}" for number in range(1, width + 1)]
            rows = framed(enumerate(records[1:], start=2), columns)
            tables.append(of_rows(name, sheet.title.strip(), header, rows))
    except _DAMAGE as fault:
        lines = str(fault).splitlines()
        return [], [_broken(file, sentences.WORKBOOK, sentences.reported(lines[0]) if lines else sentences.DAMAGED)]
    return tables, findings


def _parts(data: bytes) -> tuple[int, bool]:
    """How many sheets a workbook says that it has, and whether there are formulas in any."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        counted = len(re.findall(rb"<(?:\w+:)?sheet\s", parts.read("xl/workbook.xml")))
        return counted, any(re.search(rb"<(?:\w+:)?f[\s>]", parts.read(name)) for name in names)


def _errors(name: str, number: int, row: Iterable[Cell]) -> list[Finding]:
    """The cells of a row that hold an error of Excel's, such as #N/A."""
    return [
        Finding(sentences.FORMULA_FAILED.of(value=cell.value), name, number, place)
        for place, cell in enumerate(row, start=1)
        if cell.data_type == "e"
    ]  # fmt: skip


def _uncounted(name: str, written: Worksheet, records: list[list[str]]) -> list[Finding]:
    """The cells that hold a formula whose value no program has counted and saved."""
    written.reset_dimensions()
    return [
        Finding(sentences.FORMULA, name, number, place)
        for number, row in enumerate(written.iter_rows(), start=1)
        for place, cell in enumerate(row, start=1)
        if cell.data_type == "f" and not records[number - 1][place - 1]
    ]


def _text(cell: object) -> str:
    """A cell as text: a date as a day, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _broken(file: File, what: object, why: object) -> Finding:
    return Finding(sentences.BAD_FILE.of(what=what, why=why), file.name)
