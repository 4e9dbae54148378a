"""Where steps lead: in a hierarchy, from owner to owner, from class to class."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def reached_from(start: Thing, steps: Mapping[Thing, Iterable[Thing]]) -> set[Thing]:
    """Where one can go from a thing by steps, itself among them."""
    reached, waiting = {start}, [start]
    while waiting:
        fresh = [thing for thing in steps.get(waiting.pop(), ()) if thing not in reached]
        reached.update(fresh)
        waiting += fresh
    return reached
