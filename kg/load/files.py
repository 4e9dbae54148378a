"""Which files a landscape is made of, and of which sort each is."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import FileFault, known, why
from kg.findings import STANDARD_INPUT_IN_WORDS
from kg.terms import resource_folder

TEXT_TABLES = (".csv", ".tsv")
SHEETS = (".xlsx", ".parquet")
RDF = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld")
ENDINGS = TEXT_TABLES + SHEETS + RDF
STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class File:
    """A file, or what stands on standard input; ``name`` is what it is called in findings."""

    path: Path
    ending: str

    @property
    def name(self) -> str:
        """What the file is called in findings."""
        return STANDARD_INPUT_IN_WORDS["en"] if self.path == STANDARD_INPUT else str(self.path)

    @property
    def stem(self) -> str:
        """What may name the class of its rows."""
        return "" if self.path == STANDARD_INPUT else self.path.stem

    def read(self) -> bytes:
        """The content; what :meth:`opened` raises."""
        with self.opened() as stream:
            return stream.read()

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The content to be read part by part, as often as it takes; standard input is read whole.

        Raises
        ------
        FileFault
            when it can't be read.
        """
        try:
            with io.BytesIO(sys.stdin.buffer.read()) if self.path == STANDARD_INPUT else self.path.open("rb") as stream:
                yield stream
        except OSError as fault:
            raise FileFault(f"{self.path} can't be read: {fault.strerror}. Check its permissions.") from fault


def find(paths: list[Path], standard_input: str = "csv") -> list[File]:
    """The files in the folders and files given, in order of names; ``-`` is standard input, of the sort named.

    Raises
    ------
    FileFault
        when a path does not exist, or is of no sort that can be read.
    """
    found: list[File] = []
    for path in paths:
        _possible(path)
        if path == STANDARD_INPUT:
            known("sort of standard input", standard_input, [ending.removeprefix(".") for ending in ENDINGS])
            found.append(File(path, "." + standard_input))
        elif (folder := _shipped(path)).is_dir():
            found += _in_folder(folder)
        elif path.is_file():
            if path.suffix.lower() not in ENDINGS:
                raise FileFault(
                    f"{path} can't be read as a landscape. Give a folder, or files that end in {', '.join(ENDINGS)}."
                )
            found.append(File(path, path.suffix.lower()))
        elif path.exists():
            raise FileFault(f"{path} is neither a file nor a folder. Give one, or - for standard input.")
        else:
            shipped = ", ".join(entry.name for entry in sorted(resource_folder("graphs").iterdir()) if entry.is_dir())
            raise FileFault(
                f"{path} does not exist. Give a folder, a file, or a landscape that comes along: {shipped}."
            )
    return list({os.path.realpath(file.path): file for file in found}.values())


def _possible(path: Path) -> None:
    try:
        path.exists()
    except (OSError, ValueError) as fault:
        raise FileFault(f"«{str(path)[:60]}» can't be a path: {why(fault)}. Name a folder or a file.") from fault


def _shipped(path: Path) -> Path:
    """The landscape that comes with the program where its name alone is given and nothing else has that name."""
    shipped = resource_folder("graphs") / path.name
    return shipped if len(path.parts) == 1 and not path.exists() and shipped.is_dir() else path


def _in_folder(folder: Path) -> list[File]:
    """The tables and RDF of a landscape; of a folder that holds landscapes and nothing else, of all of them."""
    files, inner = _held(folder)
    if files:
        return files
    held = [file for path in inner for file in _held(path)[0]]
    if not held:
        raise FileFault(
            f"{folder} holds no table and no RDF. A landscape is a folder of .csv files; see graphs/README.md."
        )
    return held


def _held(folder: Path) -> tuple[list[File], list[Path]]:
    """The files of a folder that can be read as a landscape, and the folders in it."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as fault:
        raise FileFault(f"{folder} can't be read: {fault.strerror}. Check its permissions.") from fault
    folders = [path for path in entries if path.is_dir()]
    files = [File(path, path.suffix.lower()) for path in entries if path.suffix.lower() in ENDINGS]
    files = [file for file in files if file.path not in folders]
    for file in files:
        if file.path.is_symlink() and not file.path.exists():
            raise FileFault(f"{file.path} is a link to nothing. Mend it, or take it away.")
        if not file.path.is_file():
            raise FileFault(f"{file.path} is neither a file nor a folder. Take it away.")
    return files, folders
