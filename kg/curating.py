"""Rows for a landscape's tables, written only when the landscape is as sound with them as it was without."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg import scratch
from kg.build import check
from kg.errors import BadLandscape, FileFault
from kg.findings import Finding, sound
from kg.load.files import TEXT_TABLES
from kg.terms import Language


@dataclass(frozen=True, slots=True)
class Added:
    """Where a row was written, and what is found now that was not found before."""

    path: Path
    row: int
    findings: list[Finding]


def add(folder: Path, table: str, cells: Mapping[str, str], language: Language = "en") -> Added:
    """Append a row to a table of a landscape: ``cells`` by header word.

    A header word that the table lacks becomes a new last column; a table that is not there is made. Nothing that stands
    in the table is changed.

    Raises
    ------
    BadLandscape
        when the row brings an error, with all that it brings; nothing is written.
    FileFault
        when the folder is no landscape, or the table can't be read or written.
    """
    if not folder.is_dir():
        raise FileFault(f"{folder} is no folder. Name the folder of a landscape, or make one: kg init {folder}")
    path = _table(folder, table)
    content, row = _with_row(path, cells)
    before = set(check([folder], language=language)) if any(folder.iterdir()) else set()
    with scratch.folder() as copy:
        tried = copy / "landscape"
        shutil.copytree(folder, tried)
        (tried / path.name).write_bytes(content)
        found = [replace(f, file=f.file.replace(str(tried), str(folder))) for f in check([tried], language=language)]
    fresh = [finding for finding in found if finding not in before]
    if not sound(fresh):
        raise BadLandscape(fresh)
    try:
        scratch.write(path, content)
    except OSError as fault:
        raise FileFault(f"{path} can't be written: {fault.strerror}. Check its permissions.") from fault
    return Added(path, row, fresh)


def _table(folder: Path, table: str) -> Path:
    """The file of a table, by its name with or without its ending."""
    if Path(table).name != table:
        raise FileFault(f"«{table}» is no table. Name one without its folder, such as partnerships.")
    names = [table] if table.lower().endswith(TEXT_TABLES) else [table + ending for ending in TEXT_TABLES]
    return next((folder / name for name in names if (folder / name).is_file()), folder / names[0])


def _with_row(path: Path, cells: Mapping[str, str]) -> tuple[bytes, int]:
    """What a table holds with a row more, and which row that is."""
    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
    except OSError as fault:
        raise FileFault(f"{path} can't be read: {fault.strerror}. Check its permissions.") from fault
    except UnicodeDecodeError as fault:
        raise FileFault(f"{path} is not UTF-8. Save it as UTF-8.") from fault
    sign = "\t" if path.suffix.lower() == ".tsv" else ","
    ending = "\r\n" if "\r\n" in text else "\n"
    first, _, rest = text.removeprefix("\ufeff").partition("\n")
    header = [word.strip() for word in next(csv.reader([first.rstrip("\r")], delimiter=sign), [])]
    columns = [*header, *(word for word in cells if word not in header)]
    lines = [_line(columns, sign, ending) if len(columns) > len(header) else first + "\n"]
    if rest:
        lines.append(rest if rest.endswith("\n") else rest + ending)
    held = list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=sign))
    lines.append(_line([cells.get(word, "") for word in columns], sign, ending))
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return (mark + "".join(lines)).encode(), len(held) + 1


def _line(cells: list[str], sign: str, ending: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=ending).writerow(cells)
    return out.getvalue()
