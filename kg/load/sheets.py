"""Excel workbooks, a table a sheet, and Parquet files: cells become the text that a curator would have written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import polars as pl

from kg.errors import FileFault
from kg.findings import Finding
from kg.load.files import File
from kg.load.tables import Table, framed, no_header, of_rows


def read(file: File) -> tuple[list[Table], list[Finding]]:
    """The tables in a workbook or Parquet file, or the finding that says why it can't be read."""
    return _parquet(file) if file.ending == ".parquet" else _workbook(file)


def _parquet(file: File) -> tuple[list[Table], list[Finding]]:
    try:
        frame = pl.read_parquet(io.BytesIO(file.read()))
    except pl.exceptions.PolarsError as fault:
        return [], [_broken(file, "Parquet", str(fault).splitlines()[0])]
    nested = [name for name, kind in frame.schema.items() if kind.is_nested() or kind == pl.Binary]
    if nested:
        message = f"The column «{nested[0]}» holds {frame.schema[nested[0]]}, not text."
        number = frame.columns.index(nested[0]) + 1
        return [], [
            Finding("not-text", message, "Write it as text, with | between values.", file.name, 1, number, nested[0])
        ]
    header = frame.columns
    rows = frame.select(
        pl.int_range(2, pl.len() + 2).alias("row"),
        *(pl.col(name).cast(pl.String).alias(f"c{n}") for n, name in enumerate(header, start=1)),
    )
    return [of_rows(file.name, file.stem, [name.strip() for name in header], rows)], []


def _workbook(file: File) -> tuple[list[Table], list[Finding]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415
    except ImportError as fault:
        raise FileFault(f"{file.name} is an Excel workbook: install partnership-kg[xlsx] to read it.") from fault
    try:
        workbook = load_workbook(io.BytesIO(file.read()), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        return [], [_broken(file, "an Excel workbook", str(fault))]
    tables: list[Table] = []
    findings: list[Finding] = []
    for sheet in workbook.worksheets:
        name = f"{file.name}[{sheet.title}]"
        records = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
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
    workbook.close()
    return tables, findings


def _text(cell: object) -> str:
    """A cell as text: a date as a day, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _broken(file: File, what: str, why: str) -> Finding:
    return Finding("bad-file", f"The file can't be read as {what} ({why}).", "Save it anew.", file.name)
