"""Rows for a landscape's tables, written only when the landscape is as sound with them as it was without."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from kg import scratch
from kg.build import check
from kg.errors import BadLandscape, FileFault, why
from kg.findings import Finding, sound
from kg.load.files import TEXT_TABLES, find
from kg.load.words import Vocabulary
from kg.terms import resource_folder


@dataclass(frozen=True, slots=True)
class Added:
    """Where a row was written, and what is found now that was not found before."""

    path: Path
    row: int
    findings: list[Finding]


def add(folder: Path, table: str, cells: Mapping[str, str]) -> Added:
    """Append a row to a table of a landscape: ``cells`` by header word.

    A header word that the table lacks becomes a new last column; a table that is not there is made. Nothing that stands
    in the table is changed. Whoever adds at the same time waits.

    Raises
    ------
    BadLandscape
        when the landscape has errors already, or the row brings one, with all of them; nothing is written.
    FileFault
        when the folder is no landscape, or the table can't be read or written.
    """
    if not folder.is_dir():
        raise FileFault(f"{folder} is no folder. Name the folder of a landscape, or make one: kg init {folder}")
    path = _table(folder, table)
    tables = sorted([*Vocabulary(resource_folder("ontology")).tables, "triples"])
    if not path.is_file() and path.stem not in tables:
        close = difflib.get_close_matches(path.stem, tables, n=1)
        meant = f" Perhaps «{close[0]}» is meant." if close else ""
        raise FileFault(f"There is no table «{table}» in {folder}.{meant} One of these is made: {', '.join(tables)}.")
    try:
        with FileLock(Path(tempfile.gettempdir()) / f"kg-add-{os.getuid()}-{_name(folder)}.lock"):
            before = check([folder])
            if not sound(before):
                raise BadLandscape([finding for finding in before if finding.level == "error"])
            content, row = _with_row(path, cells)
            with scratch.folder() as copy:
                files = find([folder])
                if any(file.path.parent != folder for file in files):
                    raise FileFault(f"{folder} holds landscapes. Name the folder of one of them.")
                for file in files:
                    shutil.copyfile(file.path, copy / file.path.name)
                (copy / path.name).write_bytes(content)
                found = [
                    replace(finding, file=finding.file.replace(str(copy), str(folder))) for finding in check([copy])
                ]
            fresh = [finding for finding in found if finding not in set(before)]
            if not sound(fresh):
                raise BadLandscape(fresh)
            scratch.write(path, content)
    except OSError as fault:
        raise FileFault(f"{path} can't be written: {why(fault)}. Check its permissions.") from fault
    return Added(path, row, fresh)


def _name(folder: Path) -> str:
    """What a folder is called among all, for as long as rows are added to it."""
    return hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]


def _table(folder: Path, table: str) -> Path:
    """The file of a table, by its name with or without its ending."""
    if Path(table).name != table or not table.strip() or table.startswith("."):
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
    if "\r" in text.replace("\r\n", ""):
        raise FileFault(f"{path} has lines that end in CR alone. Save it with other line ends.")
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r")
    header = [word.strip() for word in next(csv.reader([first.removeprefix("\ufeff")], delimiter=sign), [])]
    fresh = [word for word in cells if word not in header]
    if fresh:
        first += (sign if header else "") + _line(fresh, sign, "")
    whole = first + ending + rest + ("" if not rest or rest.endswith("\n") else ending)
    rows = list(csv.reader(io.StringIO(whole, newline=""), delimiter=sign))
    wanted = {word: value.strip() for word, value in cells.items()}
    for number, row in enumerate(rows[1:], start=2):
        if {word: cell.strip() for word, cell in zip(header, row, strict=False) if cell.strip()} == wanted:
            raise FileFault(f"{path} has this row already, as row {number}. Change that one, or cite another passage.")
    return (whole + _line([cells.get(word, "") for word in [*header, *fresh]], sign, ending)).encode(), len(rows) + 1


def _line(cells: list[str], sign: str, ending: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=ending).writerow(cells)
    return out.getvalue()
