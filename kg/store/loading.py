"""A store that is still to be filled: what asks it waits, and what needs no answer of it is done meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from types import TracebackType
from typing import Self

from kg.store.embedded import EmbeddedStore
from kg.store.engine import Answer


class Loading:
    """An engine over the store that ``load`` gives, which is called in a thread of its own: now, or when it is asked.

    As a context it ends no sooner than the thread, which may still write where the store lies.
    """

    def __init__(self, load: Callable[[], EmbeddedStore], *, now: bool) -> None:
        self._load = load
        self._threads = ThreadPoolExecutor(1)
        if now:
            self._loaded  # noqa: B018  begins

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Wait for the thread."""
        self._threads.shutdown()

    @property
    def store(self) -> EmbeddedStore:
        """The store with all that was to be loaded; what kept it from being loaded is raised here."""
        return self._loaded.result()

    @cached_property
    def _loaded(self) -> Future[EmbeddedStore]:
        return self._threads.submit(self._load)

    def query(self, sparql: str) -> Answer:
        """The answer to a query, when all is there."""
        return self.store.query(sparql)
