"""Frames of which only so much is held in memory, the others in files: one after another, or each by its key."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, MutableMapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import polars as pl

from kg import scratch

HELD = 50_000_000
"""How many bytes a shelf holds in memory; drawers, of which there are several at a time, a third of that."""

_EACH = 100
"""Of how many rows one is looked at to part them into ranges."""

Key = TypeVar("Key", bound=Hashable)


def apart(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with texts of its own; else a few rows of a frame hold the texts of all rows in memory."""
    return frame.with_columns(pl.col(pl.String) + "")


Frames = tuple[pl.DataFrame, ...]


class Shelf:
    """What was put in, in that order, as often as it is asked for. As a context it takes its files away at the end."""

    def __init__(self) -> None:
        self._all: list[Frames | list[Path]] = []
        self._held = 0
        self._stack = ExitStack()
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Take the files away."""
        self._all.clear()
        self._stack.close()

    def put(self, *frames: pl.DataFrame) -> None:
        """Keep frames that belong together, in memory or in files."""
        size = sum(int(frame.estimated_size()) for frame in frames)
        if self._held + size <= HELD:
            self._held += size
            self._all.append(tuple(map(apart, frames)))
            return
        if self._folder is None:
            self._folder = self._stack.enter_context(scratch.folder())
        places = [self._folder / f"{len(self._all)}-{number}" for number in range(len(frames))]
        for frame, place in zip(frames, places, strict=True):
            frame.write_ipc(place, compression="lz4")
        self._all.append(places)

    def __iter__(self) -> Iterator[Frames]:
        """What was put in together, each time."""
        for each in self._all:
            yield each if isinstance(each, tuple) else tuple(pl.read_ipc(place) for place in each)


class Drawers(MutableMapping[Key, pl.DataFrame]):
    """Frames by key. Where there is a folder, only so much is held in memory and the rest lies there."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._all: dict[Key, list[pl.DataFrame | Path]] = {}
        self._heights: dict[Key, int] = {}
        self._held = 0
        self._written = 0

    def __setitem__(self, key: Key, frame: pl.DataFrame) -> None:
        """Keep a frame in the stead of what was there."""
        self.pop(key, None)
        self.add(key, frame)

    def add(self, key: Key, frame: pl.DataFrame) -> None:
        """Keep a frame below what is there."""
        size = int(frame.estimated_size())
        kept: pl.DataFrame | Path = frame
        if self._folder is None or 3 * (self._held + size) <= HELD:
            self._held += size
        else:
            # Of a new name, since what was there may be being read.
            self._written += 1
            kept = self._folder / f"{id(self)}-{self._written}"
            frame.write_ipc(kept, compression="uncompressed")
        self._all.setdefault(key, []).append(kept)
        self._heights[key] = self._heights.get(key, 0) + len(frame)

    def __getitem__(self, key: Key) -> pl.DataFrame:
        """A frame."""
        parts = [each if isinstance(each, pl.DataFrame) else pl.read_ipc(each) for each in self._all[key]]
        return pl.concat(parts, rechunk=True) if len(parts) > 1 else parts[0]

    def part(self, key: Key, start: int, end: int) -> pl.DataFrame:
        """Some rows of a frame, of which the others are not read."""
        return _collected(self._whole(key).slice(start, end - start))

    def column(self, key: Key, name: str) -> pl.Series:
        """A column of a frame, of which the others are not read."""
        return _collected(self._whole(key).select(name))[name]

    def spans(self, name: str, rows: int) -> Iterator[Iterator[tuple[Key, pl.DataFrame]]]:
        """All frames by ranges of a column in which each of them is in order, about so many rows at a time.

        Of each range, the rows of the frames that have any there, one after the other as they are read.
        """
        seen = [self.column(key, name).gather_every(_EACH) for key in self]
        if not seen:
            return
        edges = pl.concat(seen).sort().gather_every(rows // _EACH)[1:].unique().sort()
        cuts = {key: [0, *self.column(key, name).search_sorted(edges, "left"), self._heights[key]] for key in self}
        for span in range(len(edges) + 1):
            found = ((key, at[span], at[span + 1]) for key, at in cuts.items())
            yield ((key, self.part(key, start, end)) for key, start, end in found if start < end)

    def height(self) -> int:
        """How many rows there are in all."""
        return sum(self._heights.values())

    def __delitem__(self, key: Key) -> None:
        """Keep a frame no longer."""
        self._heights.pop(key)
        for each in self._all.pop(key):
            self._held -= int(each.estimated_size()) if isinstance(each, pl.DataFrame) else 0

    def __iter__(self) -> Iterator[Key]:
        """The keys."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many frames there are."""
        return len(self._all)

    def _whole(self, key: Key) -> pl.DataFrame | pl.LazyFrame:
        """A frame, lazy unless it is in memory in one."""
        parts = self._all[key]
        if len(parts) == 1 and isinstance(parts[0], pl.DataFrame):
            return parts[0]
        return pl.concat([each.lazy() if isinstance(each, pl.DataFrame) else pl.scan_ipc(each) for each in parts])


def _collected(frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    return frame.collect() if isinstance(frame, pl.LazyFrame) else frame
