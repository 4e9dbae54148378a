"""How well what is empty is ranked: known cells are held out and ranked again; run, it prints the table.

python docs/tables/gaps.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from chance import Drawn
from scipy import sparse
from scipy.sparse.csgraph import connected_components

import kg
from kg.analysis.gaps import Cells, cells, scores
from kg.network.tables import NetworkTables, framed
from kg.terms import ID

Floats = npt.NDArray[np.float64]
HITS = 10
LANDSCAPES = 20
CELLS = 60
"""How many cells of a generated landscape are held out."""
DRAWS = 2000
SEED = 2017


# The methods: of what banks have and the row of one, a score for each ranked capability


def random(found: Cells, row: int) -> Floats:
    """The same for all: equals count as what they give on average in any order."""
    del row
    return np.zeros(len(found.ranked))


def popularity(found: Cells, row: int) -> Floats:
    """How many banks have it, those in one partnership as one."""
    del row
    return np.asarray(found.held.matrix.sum(axis=0)[found.ranked])


def banks(found: Cells, row: int) -> Floats:
    """How alike the banks are that have it, by Jaccard (neighbours; Resnick et al. 1994)."""
    has = (found.held.matrix > 0).astype(float)
    both = np.asarray((has @ has[[row]].T).todense()).ravel()
    sizes = has.sum(axis=1)
    alike = both / (sizes + sizes[row] - both)
    return np.asarray(found.held.matrix.T @ alike)[found.ranked]


def capabilities(found: Cells, row: int) -> Floats:
    """How often it comes with those that the bank has, by cosine (item-based; Sarwar et al. 2001)."""
    weights = found.held.matrix
    norms = np.sqrt((weights**2).sum(axis=0))
    own = (weights[[row]].toarray().ravel() > 0) / norms
    return np.asarray((weights.T @ (weights @ own)) / norms)[found.ranked]


def walk(found: Cells, row: int) -> Floats:
    """As kg gaps has it."""
    return scores(found, np.array([row]))[0]


METHODS: dict[str, Callable[[Cells, int], Floats]] = {
    "random": random,
    "popularity": popularity,
    "banks": banks,
    "capabilities": capabilities,
    "walk": walk,
}


# Holding out


def without(tables: NetworkTables, gone: pl.DataFrame) -> NetworkTables:
    """The network tables without some statements that a partnership covers a capability, for all of its parties.

    Whatever is computed of them starts from these rows, so that nothing can know of what is not there.
    """
    kept = tables["covers"].join(gone, on=["partnership", "capability"], how="anti")
    return tables.with_rows(covers=kept)


class Cell(NamedTuple):
    """A cell that a bank has, and what goes when it is held out; what goes together counts once."""

    bank: str
    capability: str
    gone: pl.DataFrame

    @property
    def together(self) -> str:
        """Names what goes."""
        return " ".join(sorted(self.gone["partnership"] + "|" + self.gone["capability"]))


def taken(tables: NetworkTables, bank: str, capability: str, *, whole: bool) -> Cell:
    """A cell with all by which the bank has it, if it does: what its partnerships cover of it or of narrower ones.

    With ``whole``, all that these partnerships cover. It goes for all parties of the partnerships.
    """
    own = tables["parties"].filter(pl.col("side") == "bank", pl.col("organization") == bank)
    covers = tables["covers"].join(own, on="partnership", how="semi")
    below = tables.narrower.filter(pl.col("capability") == capability)["narrower"]
    gone = covers.filter(pl.col("capability").is_in(below.implode()))
    if whole:
        gone = covers.join(gone, on="partnership", how="semi")
    return Cell(bank, capability, gone.select("partnership", "capability").unique())


def held_out(tables: NetworkTables, *, whole: bool) -> Iterator[Cell]:
    """Each cell of the ranked capabilities that a bank has (:func:`taken`)."""
    found = cells(tables)
    ranked = set(found.ranked.tolist())
    for row, column in zip(*found.held.matrix.nonzero(), strict=True):
        if column in ranked:
            yield taken(tables, found.held.rows[row], found.held.columns[column], whole=whole)


def ranks(values: Floats, value: float, most: int = HITS) -> tuple[float, float]:
    """Whether one value is among the first so many of others and itself, and the share of others that it exceeds.

    Equals count as what they give on average in any order.
    """
    above, equal = int((values > value).sum()), int((values == value).sum())
    hit = min(1.0, max(0.0, (most - above) / (equal + 1)))
    return hit, float(((values < value).sum() + equal / 2) / len(values))


def judged(tables: NetworkTables, of: list[Cell]) -> pl.DataFrame:
    """A row for each cell that can be ranked and each method: bank, capability, together, method, hit, auc.

    A cell can't be ranked where the bank has nothing else, or no two others have the capability.
    """
    truth = cells(tables)
    has = {
        bank: set(np.array(truth.held.columns)[truth.held.matrix[[n]].indices])
        for n, bank in enumerate(truth.held.rows)
    }
    rows = []
    for bank, capability, gone in of:
        found = cells(without(tables, gone))
        names = np.array(found.held.columns)[found.ranked] if len(found.ranked) else np.array([])
        if bank not in found.held.rows or capability not in names:
            continue
        row, at = found.held.rows.index(bank), int(np.flatnonzero(names == capability)[0])
        empty = np.array([name not in has[bank] for name in names])
        if not empty.any():
            continue
        together = Cell(bank, capability, gone).together
        for name, method in METHODS.items():
            told = np.round(method(found, row), 12)
            rows.append((bank, capability, together, name, *ranks(told[empty], told[at])))
    schema = {"bank": str, "capability": str, "together": str, "method": str, "hit": float, "auc": float}
    return pl.DataFrame(rows, schema=schema, orient="row")


def clusters(tables: NetworkTables) -> dict[str, str]:
    """Of each bank, by which name it goes with those that it is in a partnership with, directly or by others."""
    parties = tables["parties"].filter(pl.col("side") == "bank")
    names, deals = (parties[column].unique().sort().to_list() for column in ("organization", "partnership"))
    at = {name: n for n, name in enumerate([*names, *deals])}
    i, j = ([at[name] for name in parties[column]] for column in ("organization", "partnership"))
    _, label = connected_components(sparse.coo_array((np.ones(len(i)), (i, j)), shape=(len(at), len(at))))
    return {name: str(label[at[name]]) for name in names}


class Judgement(NamedTuple):
    """The means of a method, and how much more than by popularity, with 95 % intervals."""

    method: str
    hits: float
    auc: float
    more_hits: tuple[float, float, float]
    more_auc: tuple[float, float, float]


def summary(rows: pl.DataFrame) -> list[Judgement]:
    """The means of each method over what was held out together, with intervals of draws of whole clusters."""
    once = rows.group_by("cluster", "together", "method").agg(pl.col("hit").mean(), pl.col("auc").mean())
    wide = {name: once.filter(pl.col("method") == name).sort("cluster", "together") for name in METHODS}
    clusters_ = wide["random"]["cluster"].to_numpy()
    distinct = np.unique(clusters_)
    draws = np.random.default_rng(SEED).integers(len(distinct), size=(DRAWS, len(distinct)))
    sizes = np.array([(clusters_ == name).sum() for name in distinct])

    def more(name: str, column: str) -> tuple[float, float, float]:
        by = (wide[name][column] - wide["popularity"][column]).to_numpy()
        sums = np.array([by[clusters_ == cluster].sum() for cluster in distinct])
        drawn = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
        low, high = np.quantile(drawn, [0.025, 0.975])
        return float(by.mean()), float(low), float(high)

    return [
        Judgement(
            name, float(wide[name]["hit"].mean()), float(wide[name]["auc"].mean()), more(name, "hit"), more(name, "auc")
        )
        for name in METHODS
    ]  # fmt: skip


# Generated landscapes


class Generated(NamedTuple):
    """A landscape of banks of types, what banks of each want, and a hole for each type (bank, capability)."""

    tables: NetworkTables
    wants: dict[str, set[str]]
    holes: list[tuple[str, str]]


def generated(seed: int, share: float, banks: int = 60, capabilities: int = 40, types: int = 5) -> Generated:
    """Banks of five types that each want eight capabilities of their own, of different broader ones.

    A bank has one to three partnerships on one to three capabilities each, of its type's with the probability
    ``share``, else of any, by a popularity as Zipf's law has it; every tenth has five banks of any types, and covers
    anything. One bank of each type has all that its type wants but one, the hole.
    """
    draw = np.random.default_rng(seed)
    popular = 1 / (1 + draw.permutation(capabilities))
    wanted = draw.permutation(capabilities).reshape(types, -1)
    deals: list[tuple[list[int], list[int]]] = []
    for bank in range(banks):
        own = wanted[bank % types]
        for _ in range(draw.integers(1, 4)):
            alone = draw.random() >= 0.1
            members = [bank] if alone else draw.choice(banks, 5, replace=False).tolist()
            some = own if alone and draw.random() < share else np.arange(capabilities)
            size = draw.integers(1, 4)
            deals.append(
                (members, draw.choice(some, size, replace=False, p=popular[some] / popular[some].sum()).tolist())
            )
    holes = []
    for type_ in range(types):
        hole, *rest = draw.permutation(wanted[type_]).tolist()
        bank = banks + type_
        deals += [([bank], rest[:4]), ([bank], rest[4:])]
        holes.append((bank, hole))
    links = np.zeros((len(deals), capabilities), bool)
    for deal, (_, covered) in enumerate(deals):
        links[deal, covered] = True
    parties = [(f"{ID}p{n:03}", f"{ID}b{bank:03}", "bank") for n, (members, _) in enumerate(deals) for bank in members]
    broader = [(f"{ID}c{n:02}", f"{ID}w{n % 10}") for n in range(capabilities)]
    tables = Drawn(links, draw).with_rows(parties=framed("parties", parties), broader=framed("broader", broader))
    wants = {f"{ID}b{bank:03}": {f"{ID}c{n:02}" for n in wanted[bank % types]} for bank in range(banks)}
    return Generated(tables, wants, [(f"{ID}b{bank:03}", f"{ID}c{hole:02}") for bank, hole in holes])


def holes_found(made: Generated, method: str, most: int = 1) -> tuple[int, int]:
    """Of how many banks with a hole it is ranked among the first, and how many could be: others have it."""
    found = cells(made.tables)
    names = np.array(found.held.columns)[found.ranked]
    right = of = 0
    for bank, hole in made.holes:
        if hole not in names:
            continue
        row = found.held.rows.index(bank)
        told = np.round(METHODS[method](found, row), 12)
        empty = (found.held.matrix[[row]].toarray()[0, found.ranked] == 0) & (names != hole)
        of += 1
        right += ranks(told[empty], told[names == hole][0], most)[0] == 1
    return right, of


def of_generated(share: float, landscapes: int = LANDSCAPES) -> tuple[pl.DataFrame, dict[str, float]]:
    """What :func:`judged` gives of generated landscapes, each a cluster, and which share of holes is ranked first."""
    told, holes = [], {name: [0, 0] for name in METHODS}
    for seed in range(landscapes):
        made = generated(seed, share)
        every = list(held_out(made.tables, whole=False))
        chosen = np.random.default_rng(seed).permutation(len(every))[:CELLS]
        told.append(judged(made.tables, [every[n] for n in chosen]).with_columns(cluster=pl.lit(str(seed))))
        for name, counts in holes.items():
            for n, count in enumerate(holes_found(made, name)):
                counts[n] += count
    return pl.concat(told), {name: right / of for name, (right, of) in holes.items()}


def show(title: str, rows: pl.DataFrame, every: int, holes: dict[str, float] | None = None) -> None:
    """Print a table."""
    ranked = rows.filter(pl.col("method") == "walk")
    banks = ranked["bank"].n_unique()
    print(f"\n{title}: {every} cells held out, of which {ranked.height} can be ranked, of {banks} banks")
    print("| method | hits at 10 | AUC | AUC more than by popularity |" + (" holes first |" if holes else ""))
    print("|---|--:|--:|--:|" + ("--:|" if holes else ""))
    for name, hits, auc, _, (mean, low, high) in summary(rows):
        more = "–" if name == "popularity" else f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"
        print(f"| {name} | {hits:.1%} | {auc:.3f} | {more} |" + (f" {holes[name]:.0%} |" if holes else ""))


def of_landscape(tables: NetworkTables, *, whole: bool) -> tuple[pl.DataFrame, int]:
    """What :func:`judged` gives of a landscape, with the clusters of banks, and how many cells were held out."""
    every = list(held_out(tables, whole=whole))
    by: dict[Any, Any] = clusters(tables)
    rows = judged(tables, every)
    return rows.with_columns(cluster=pl.col("bank").replace_strict(by, return_dtype=pl.String)), len(every)


def main() -> None:
    """Print the tables."""
    tables = kg.build_landscape(["china-2017", "world"]).tables
    for whole, title in ((False, "World, a capability"), (True, "World, whole partnerships")):
        rows, every = of_landscape(tables, whole=whole)
        show(title, rows, every)
    for share, title in ((0.8, "Generated, with types"), (0.0, "Generated, without types")):
        rows, holes = of_generated(share)
        show(title, rows, CELLS * LANDSCAPES, holes)


if __name__ == "__main__":
    main()
