"""CSV files as frames of text, with the number of each row, so that every later fault can be placed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kg.errors import FileFault
from kg.findings import Finding

ENDINGS = (".csv",)


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its header, and its rows as text columns ``c1``, ``c2``, … beside ``row`` (the header is row 1).

    Cells are stripped of the spaces at their ends; empty ones are null.
    """

    file: str
    stem: str
    header: list[str]
    rows: pl.DataFrame


def find(paths: list[Path]) -> list[tuple[Path, str]]:
    """The table files in the folders and files given, each with the name it is spoken of by, in order of names."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
            if not files:
                raise FileFault(f"{path} holds no table. A landscape is a folder of .csv files; see graphs/README.md.")
            found += [(file, str(file)) for file in files]
        elif path.is_file():
            if path.suffix.lower() not in ENDINGS:
                raise FileFault(f"{path} is not a table. Give a folder or files whose names end in .csv.")
            found.append((path, str(path)))
        else:
            raise FileFault(f"{path} does not exist. Give a landscape folder such as graphs/china-2017.")
    return list(dict.fromkeys(found))


def read(path: Path, name: str) -> tuple[Table | None, list[Finding]]:
    """The table in a file, or the findings that say why its rows can't be read."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise FileFault(f"{path} can't be read: {fault.strerror}. Check its permissions.") from fault
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return None, [_not_utf8(data, fault, name)]
    try:
        header = [cell.strip() for cell in next(csv.reader(io.StringIO(text, newline=""), strict=True), [])]
    except csv.Error as fault:
        return None, [_unreadable(name, 1, fault)]
    if not any(header):
        return None, [
            Finding("empty-table", "The file has no header.", "Write the header words in row 1, or remove it.", name)
        ]
    columns = [f"c{number}" for number in range(1, len(header) + 1)]
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode("utf-8")),
            has_header=False,
            schema=dict.fromkeys(columns, pl.String),
            row_index_name="row",
            row_index_offset=1,
        )
    except pl.exceptions.PolarsError:
        # polars refuses the file without naming the row; the standard library's slower reader names it.
        frame_or_findings = _row_by_row(text, columns, name)
        if isinstance(frame_or_findings, list):
            return None, frame_or_findings
        frame = frame_or_findings
    cells = [pl.col(column).str.strip_chars().replace("", None) for column in columns]
    rows = frame.slice(1).select(pl.col("row").cast(pl.Int64), *cells)
    return Table(name, path.stem, header, rows), []


def _row_by_row(text: str, columns: list[str], name: str) -> pl.DataFrame | list[Finding]:
    """Every row that has more cells than the header, and the row where quoting goes wrong; else the frame."""
    findings: list[Finding] = []
    records: list[list[str | int]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            if len(record) > len(columns) and any(cell.strip() for cell in record[len(columns) :]):
                findings.append(
                    Finding(
                        "too-many-cells",
                        f"The row has {len(record)} cells; the header has {len(columns)}.",
                        "Put a cell that holds a comma in double quotes, or remove what is too much.",
                        name,
                        row,
                        len(columns) + 1,
                        value=record[len(columns)],
                    )
                )
            records.append([row, *record[: len(columns)], *[""] * (len(columns) - len(record))])
    except csv.Error as fault:
        findings.append(_unreadable(name, row + 1, fault))
    if findings:
        return findings
    return pl.DataFrame(records, schema={"row": pl.Int64, **dict.fromkeys(columns, pl.String)}, orient="row")


def _unreadable(name: str, row: int, fault: csv.Error) -> Finding:
    return Finding(
        "bad-quotes",
        f"The row that begins here can't be read as CSV ({fault}).",
        'Close each cell that begins with a double quote, and write a quote inside it twice: "".',
        name,
        row,
    )


def _not_utf8(data: bytes, fault: UnicodeDecodeError, name: str) -> Finding:
    before = data[: fault.start].decode("utf-8-sig", errors="replace")
    records = list(csv.reader(io.StringIO(before, newline=""))) or [[""]]
    row, column = len(records), len(records[-1]) or 1
    if before.endswith("\n"):
        row, column = row + 1, 1
    return Finding(
        "not-utf8",
        f"The file is not UTF-8: byte 0x{data[fault.start]:02X} at offset {fault.start}.",
        "Save it as UTF-8 (in Excel: «CSV UTF-8»).",
        name,
        row,
        column,
        value=f"0x{data[fault.start]:02X}",
    )
