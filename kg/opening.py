"""Landscapes to be opened, built or checked: what stands before :class:`kg.landscape.Landscape`."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import scratch
from kg.errors import BadLandscape, FileFault
from kg.landscape import Landscape

if TYPE_CHECKING:
    from kg.findings import Finding

_TABLES = (".csv", ".tsv", ".parquet")
"""The endings of files that hold a single table."""
Paths = str | Path | Sequence[str | Path]


def open_landscape(store: str | Path = "build/kg") -> Landscape:
    """The landscape that was built into a folder.

    Raises
    ------
    StoreMissing, StoreUnreadable
        when nothing was built there, or what is there can't be read.
    """
    return Landscape(store)


def build_landscape(paths: Paths, store: str | Path | None = None, *, standard_input: str = "csv") -> Landscape:
    """Read, check and store landscapes: folders, files, or the names of those that come along.

    Without ``store`` it goes to a folder that is gone when Python ends.

    Raises
    ------
    BadLandscape
        when there are errors in them, with all findings; what was stored before stays as it was.
    StoreBusy, FileFault
        when the place can't be had, or a file can't be read or written.
    """
    from kg.build import build

    if store is None:
        atexit.register(scratch.clear)
        store = scratch.lasting_folder() / "kg"
    build(_listed(paths), Path(store), standard_input=standard_input)
    return Landscape(store)


def landscape_of(text: str) -> Landscape:
    """The landscape that a word means: a store, a folder, a file, one that comes along, or what git knows.

    Raises
    ------
    BadLandscape, FileFault
        when there are errors in it, or there is nothing of that name, or it is one table that needs others.
    """
    from kg.check import ABSENT
    from kg.load import git

    path = Path(text)
    if (path / "current").is_file():
        return open_landscape(path)
    try:
        if ":" in text and not path.exists():
            with scratch.folder() as folder:
                return _named(git.extract(text, folder), folder, text)
        return build_landscape(path)
    except BadLandscape as fault:
        if path.suffix.lower() in _TABLES and any(finding.code in ABSENT for finding in fault.findings):
            revision, sign, place = text.rpartition(":")
            above = str(Path(place).parent)
            whole = f"{revision}{sign}{'' if sign and above == '.' else above}"
            message = f"{text} is one table, which speaks of what other tables hold. Name their folder: {whole}"
            raise FileFault(message) from fault
        raise


def _named(path: Path, folder: Path, text: str) -> Landscape:
    """A landscape out of a folder that will be gone: what is said of it is said by the name that was given."""

    def told(place: str) -> str:
        return place.replace(f"{folder}/", f"{text.rstrip('/')}/").replace(str(folder), text)

    try:
        return build_landscape(path)
    except BadLandscape as fault:
        raise BadLandscape([replace(finding, file=told(finding.file)) for finding in fault.findings]) from fault
    except FileFault as fault:
        raise FileFault(told(str(fault))) from fault


def check_landscape(paths: Paths, *, standard_input: str = "csv") -> list[Finding]:
    """Everything that is wrong or doubtful in landscapes, each at its place; nothing is stored."""
    from kg.build import check

    return check(_listed(paths), standard_input)


def _listed(paths: Paths) -> list[Path]:
    listed = [Path(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    if not listed:
        raise FileFault("There is nothing to read. Name a folder, a file, or a landscape that comes along.")
    return listed
