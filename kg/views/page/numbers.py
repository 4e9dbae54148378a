"""The number that each thing that the page speaks of has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Things = list[int]


class Numbers:
    """Gives each IRI that the page speaks of a number, in the order in which it is first spoken of."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._numbers = {iri: number for number, iri in enumerate(nodes)}

    def __getitem__(self, iri: str) -> int:
        return self._numbers.setdefault(iri, len(self._numbers))

    def __contains__(self, iri: str) -> bool:
        return iri in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)
