"""A store that is filled when something is asked of it: while one thread writes the statements, another loads them."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.store.embedded import EmbeddedStore
from kg.store.engine import Answer

_BUFFER = 1 << 20
"""How many bytes are read at a time."""
_GIVEN_BACK = 1 << 26
"""After how many bytes the memory that the engine let go of is given back."""


class Loading:
    """An engine over a new store, which is filled by threads of its own: one writes, one loads.

    They begin when the engine is asked (:meth:`query`) or taken (:attr:`store`). As a context it ends no sooner than
    they, who may still write where the store lies; a fault in its block lets them end soon.

    Parameters
    ----------
    folder
        Where the store will be; None for memory.
    parts
        Quads without blank nodes, as N-Quads (UTF-8), part by part.
    blanks
        What gives the quads with blank nodes, whose names are kept.
    """

    def __init__(self, folder: Path | None, parts: Iterable[bytes], blanks: Callable[[], bytes]) -> None:
        self._folder = folder
        self._parts = parts
        self._blanks = blanks
        self._threads = ThreadPoolExecutor(2)
        self._in_vain = False

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Wait for the threads."""
        self._in_vain = fault is not None
        self._threads.shutdown()

    @cached_property
    def store(self) -> EmbeddedStore:
        """The store with all that was to be loaded; what kept it from being loaded is raised here."""
        loaded, written = self._tasks
        store = loaded.result()
        written.result()
        return store

    @cached_property
    def digest(self) -> bytes:
        """The SHA-256 of all that was loaded, when all is there."""
        self.store  # noqa: B018
        return self._tasks[1].result()

    def query(self, sparql: str) -> Answer:
        """The answer to a query, when all is there."""
        return self.store.query(sparql)

    @cached_property
    def _tasks(self) -> tuple[Future[EmbeddedStore], Future[bytes]]:
        reading, writing = os.pipe()
        return self._threads.submit(self._load, reading), self._threads.submit(self._write, writing)

    def _load(self, reading: int) -> EmbeddedStore:
        # Closed whatever comes, so that the other end breaks off.
        with open(reading, "rb", buffering=_BUFFER) as file:
            store = EmbeddedStore.create(self._folder)
            store.load(file)
        store.load_with_blanks(self._blanks())
        return store

    def _write(self, writing: int) -> bytes:
        digest = hashlib.sha256()
        since = 0
        with open(writing, "wb", buffering=0) as file:
            for part in self._parts:
                if self._in_vain:
                    break
                digest.update(part)
                since += len(part)
                if since > _GIVEN_BACK:
                    _give_back()
                    since = 0
                rest = memoryview(part)
                while rest:
                    rest = rest[file.write(rest) :]
        digest.update(self._blanks())
        return digest.digest()


def _give_back() -> None:
    """Have the C library return what is free in it to the system, where it can.

    glibc keeps what one thread frees of what another took, as the engine's do with millions of texts: of a hundred
    million quads it held more than twice of what was in use.
    """
    with suppress(OSError, AttributeError, TypeError):  # other systems have no such function, or no such name for all
        ctypes.CDLL(None).malloc_trim(0)
