"""A built landscape, opened to be asked."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import revisions
from kg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from kg.network.tables import NetworkTables


class Landscape:
    """A built landscape: its store answers SPARQL, its tables the analyses."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._folder = revisions.current(place)

    @cached_property
    def store(self) -> EmbeddedStore:
        """What answers SPARQL."""
        return EmbeddedStore.open(self._folder / "graph")

    @cached_property
    def tables(self) -> NetworkTables:
        """Who is party to what, what covers what."""
        from kg.network.tables import NetworkTables  # noqa: PLC0415  loads polars, which free SPARQL does without

        return NetworkTables(self._folder / "tables")

    @cached_property
    def revision(self) -> str:
        """Names the content: equal for builds of the same tables by the same version."""
        return str(json.loads((self._folder / "revision.json").read_text(encoding="utf-8"))["revision"])
