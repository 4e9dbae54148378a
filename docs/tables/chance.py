"""Random landscapes to judge the analyses against chance by; run, it prints how often they find what.

python docs/tables/chance.py
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from kg.analysis.chance import ALPHA, sharing_by_chance, together_by_chance
from kg.network.tables import TablesInMemory, framed
from kg.terms import ID, KG

LANDSCAPES = 200


class Drawn(TablesInMemory):
    """The network tables of a matrix of partnerships by capabilities; each partnership has one bank and one firm."""

    def __init__(self, links: Any, random: np.random.Generator, banks: int = 30) -> None:
        partnerships, capabilities = links.shape
        deals, names = [f"{ID}p{n:03}" for n in range(partnerships)], [f"{ID}c{n:02}" for n in range(capabilities)]
        covers = [(deals[i], names[j], True) for i, j in zip(*np.nonzero(links), strict=True)]
        parties = [
            (deal, f"{ID}{letter}{random.integers(banks):03}", side) for deal in deals
            for letter, side in (("b", "bank"), ("f", "tech"))
        ]  # fmt: skip
        rows: dict[str, list[tuple[Any, ...]]] = {
            "covers": covers, "parties": parties,
            "types": [*((deal, KG.Partnership) for deal in deals), *((name, KG.Capability) for name in names)],
        }  # fmt: skip
        super().__init__({name: framed(name, told) for name, told in rows.items()})


def chances(random: np.random.Generator, partnerships: int, capabilities: int) -> Any:
    """Links by sizes of partnerships and a popularity of capabilities that falls as Zipf's law has it."""
    sizes = random.uniform(0.3, 2.0, partnerships)
    popularity = 1 / np.arange(1, capabilities + 1) ** 0.8
    odds = np.outer(sizes, popularity)
    return odds / (1 + odds)


def landscape(seed: int, partnerships: int = 120, capabilities: int = 18) -> tuple[Any, np.random.Generator]:
    """A random landscape, a matrix of partnerships by capabilities, and the generator that goes on from there."""
    random = np.random.default_rng(seed)
    return random.random((partnerships, capabilities)) < chances(random, partnerships, capabilities), random


def plant(links: Any, random: np.random.Generator, a: int, b: int, share: float) -> None:
    """Move a share of the partnerships of one capability to those of another, neither being more popular for it."""
    held = np.flatnonzero(links[:, b])
    moved = random.permutation(held)[: round(share * len(held))]
    links[moved, b] = False
    free = random.permutation(np.flatnonzero(links[:, a] & ~links[:, b]))
    links[free[: len(moved)], b] = True


def finds(seed: int, partnerships: int, share: float) -> tuple[bool, bool]:
    """Whether a planted pair is found in a random landscape, and whether any other is."""
    links, random = landscape(seed, partnerships)
    if share:
        plant(links, random, 4, 9, share)
    rows = together_by_chance(Drawn(links, random)).rows.filter("more")
    pairs = set(rows.select("capability", "other").iter_rows())
    return ("c04", "c09") in pairs, bool(pairs - {("c04", "c09")})


def spread(seed: int, partnerships: int, of: int) -> tuple[bool, bool]:
    """Whether a capability of ``of`` partnerships, each of a bank of its own, is found, and whether any other is.

    All other partnerships are of five banks.
    """
    links, random = landscape(seed, partnerships)
    if of:
        links[:, 5] = np.arange(partnerships) < of
    tables = Drawn(links, random, banks=5)
    own = {f"{ID}p{n:03}": f"{ID}n{n:03}" for n in range(of)}
    bank = pl.when(pl.col("side") == "bank", pl.col("partnership").is_in(list(own))).then(
        pl.col("partnership").replace(own)
    )
    parties = tables["parties"].with_columns(organization=bank.otherwise("organization"))
    rows = sharing_by_chance(tables.with_rows(parties=parties)).rows.filter("more")
    found = set(rows["capability"])
    return "c05" in found, bool(found - {"c05"})


def main() -> None:
    """Print the tables."""
    print(
        f"{LANDSCAPES} landscapes each, 18 capabilities, alpha {ALPHA}. Share of landscapes in which the planted pair"
    )
    print("is found, and in which any other pair is, which is false.")
    print(f"{'partnerships':>12} {'planted':>8} {'found':>6} {'false':>6}")
    for partnerships in (60, 120, 300):
        for share in (0.0, 0.5, 0.7, 0.9):
            told = [finds(seed, partnerships, share) for seed in range(LANDSCAPES)]
            print(f"{partnerships:>12} {share:>8.0%} {rates(told)}")
    print(
        "The same of a capability that so many partnerships have, each of another bank, while the others are of five."
    )
    for of in (0, 5, 10, 20, 30):
        print(f"{120:>12} {of:>8} {rates([spread(seed, 120, of) for seed in range(LANDSCAPES)])}")


def rates(told: list[tuple[bool, bool]]) -> str:
    """How often the planted one and any other were found."""
    found, false = (sum(column) / len(told) for column in zip(*told, strict=True))
    return f"{found:>6.1%} {false:>6.1%}"


if __name__ == "__main__":
    main()
