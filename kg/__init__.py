"""Curated, cited claims about who partners with whom, on what and since when, as a knowledge graph.

>>> import kg
>>> landscape = kg.build_landscape("china-2017")
>>> landscape.matrix()["bank"].unique().sort().to_list()
['abc', 'boc', 'bochk', 'ccb', 'icbc']

Nothing is loaded before it is used; :class:`kg.Landscape` tells what can be asked.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import BadLandscape as BadLandscape
    from kg.errors import BadQuery as BadQuery
    from kg.errors import KGError as KGError
    from kg.errors import StoreMissing as StoreMissing
    from kg.errors import UnresolvedName as UnresolvedName
    from kg.findings import Finding as Finding
    from kg.landscape import Landscape as Landscape
    from kg.opening import build_landscape as build_landscape
    from kg.opening import check_landscape as check_landscape
    from kg.opening import open_landscape as open_landscape

__version__ = "0.1.0"

_FROM = {
    "BadLandscape": "kg.errors",
    "BadQuery": "kg.errors",
    "Finding": "kg.findings",
    "KGError": "kg.errors",
    "Landscape": "kg.landscape",
    "StoreMissing": "kg.errors",
    "UnresolvedName": "kg.errors",
    "build_landscape": "kg.opening",
    "check_landscape": "kg.opening",
    "open_landscape": "kg.opening",
}
__all__ = [
    "BadLandscape", "BadQuery", "Finding", "KGError", "Landscape", "StoreMissing", "UnresolvedName",
    "build_landscape", "check_landscape", "open_landscape",
]  # fmt: skip


if not TYPE_CHECKING:  # a checker is to tell names that don't exist

    def __getattr__(name: str) -> object:
        """A public name, loaded when it is first asked for, so that ``kg --help`` costs nothing."""
        if name in _FROM:
            return getattr(importlib.import_module(_FROM[name]), name)
        raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_FROM])
