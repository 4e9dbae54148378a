"""A store's folder: each build is a new folder beside the old one and takes its place in one rename.

::

    build/kg/
    ├── current            which revision answers, and how long its files are; replaced in one rename, so never half
    ├── lock               held while a build is at work
    └── revision-1f0c…/    graph/ (the engine's files), tables/ (Parquet), revision.json

The revision before the current one stays until the next build, for readers that still have it open.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg import scratch
from kg.errors import FileFault, StoreBusy, StoreMissing, StoreUnreadable

FORMAT = 6
"""The layout of a store's folder; another number can't be read by this version."""

_POINTER = "current"
_GARBLED = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a pointer raises that no build wrote."""
_LOCK = "lock"
_PREFIX = "revision-"
_OURS = re.compile(r"revision-[0-9a-f]{12}")
_LASTING = re.compile(r".*\.(sst|parquet|json)$|CURRENT$|MANIFEST-")
"""The files of a revision that are never written again; the engine keeps logs beside them."""


def current(place: Path) -> Path:
    """The folder of the revision that answers.

    Raises
    ------
    StoreMissing
        when nothing was ever built there.
    StoreUnreadable
        when something else is there, or a store of another version.
    """
    pointer = place / _POINTER
    if place.is_file():
        raise StoreUnreadable(f"{place} is a file, not a store. Name a folder with --store, or remove it.")
    try:
        told = json.loads(pointer.read_text(encoding="utf-8"))
        written, name, sizes = told["format"], str(told["folder"]), dict(told.get("files", {}))
    except FileNotFoundError as fault:
        raise StoreMissing(f"There is no store in {place}. Build one: kg build FOLDER --store {place}") from fault
    except PermissionError as fault:
        raise StoreUnreadable(f"{pointer} can't be read: {fault.strerror}. Check its permissions.") from fault
    except _GARBLED as fault:
        raise StoreUnreadable(f"{pointer} is not what a build writes. Build the store again.") from fault
    if written != FORMAT:
        raise StoreUnreadable(f"The store in {place} was built by another version of kg. Build it again.")
    if not _OURS.fullmatch(name) or not (place / name).is_dir():
        raise StoreUnreadable(f"The store in {place} lacks its folder {name}. Build it again.")
    # An engine may end the whole process over a file cut short, so that is found here.
    for file, size in sizes.items():
        path = place / name / file
        if not path.is_file() or path.stat().st_size != size:
            raise StoreUnreadable(f"The store in {place} is damaged at {path}. Build it again.")
    return place / name


def outside(place: Path, path: Path) -> None:
    """Refuse a path in a store's folder, which nobody else may write to.

    Raises
    ------
    FileFault
        when it lies there.
    """
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(place)):
        raise FileFault(f"{path} lies in the store. Name another place.")


@contextmanager
def building(place: Path) -> Iterator[Path]:
    """A new folder to build in. It takes the old one's place when the block ends, and is gone when the block fails.

    Raises
    ------
    StoreBusy
        when another build holds the place.
    FileFault
        when the place is something else than a store, or can't be written to.
    """
    import secrets  # noqa: PLC0415  they take longer to load than a first answer, which makes no folder

    from filelock import FileLock, Timeout  # noqa: PLC0415

    _claim(place)
    lock = FileLock(place / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as fault:
        raise StoreBusy(f"Another build is at work in {place}. Wait for it, or name another --store.") from fault
    except OSError as fault:
        raise FileFault(f"{place} can't be written to: {fault.strerror}. Name another --store.") from fault
    try:
        _clear(place, keep=_pointed(place))  # what killed builds left
        new = place / f"{_PREFIX}{secrets.token_hex(6)}"
        with scratch.passing(new):
            new.mkdir()
            yield new
            with scratch.settled(new):
                _point(place, new)
        _clear(place, keep=_pointed(place))
    finally:
        lock.release()


def _claim(place: Path) -> None:
    """Make the folder, unless what is there is no store: nothing of others is ever touched."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        strange = [
            entry.name
            for entry in place.iterdir()
            if entry.name not in (_POINTER, _POINTER + ".new", _LOCK) and not _OURS.fullmatch(entry.name)
        ]
    except (FileExistsError, NotADirectoryError) as fault:
        raise FileFault(f"{place} is a file, not a folder. Name another --store, or remove it.") from fault
    except OSError as fault:
        raise FileFault(f"{place} can't be written to: {fault.strerror}. Name another --store.") from fault
    if strange:
        raise FileFault(f"{place} holds other things ({min(strange)}). Name a new or empty folder with --store.")


def _pointed(place: Path) -> set[str]:
    """The names of the folder that answers and of the one before it, as far as there are any."""
    try:
        told = json.loads((place / _POINTER).read_text(encoding="utf-8"))
        return {str(told["folder"]), str(told.get("before", ""))}
    except _GARBLED:
        return set()


def _point(place: Path, folder: Path) -> None:
    """Let the folder answer from now on: the one rename."""
    try:
        before = current(place).name
    except (StoreMissing, StoreUnreadable):
        before = ""
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _LASTING.match(path.name)
    }
    fresh = place / (_POINTER + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "folder": folder.name, "before": before, "files": sizes}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place / _POINTER)


def _clear(place: Path, keep: set[str]) -> None:
    """Remove what killed builds and older revisions left."""
    import shutil  # noqa: PLC0415  as above

    for entry in place.iterdir():
        if _OURS.fullmatch(entry.name) and entry.name not in keep:
            shutil.rmtree(entry, ignore_errors=True)
