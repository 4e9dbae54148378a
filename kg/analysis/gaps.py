"""White space: what a bank does not have and, by what it has and others have, would be the likeliest to take up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from kg.network.incidence import Incidence, incidence
from kg.network.labels import key, keys_and_labels, labelled
from kg.network.tables import NetworkTables
from kg.network.walks import first_steps, from_columns, rarer

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
TOP = 10
LEAST = 2
ENOUGH = 6
"""How many banks there must be that a ranking could be right or wrong about.

Were it right for each of five, a two-sided sign test at 5 % would still take it for chance: 2 / 2^5 is 6 %.
"""
NAMED = 3
"""How many similar banks, and firms, are named of each cell."""
BLOCK = 256
"""How many banks are scored at once."""


class Gaps(NamedTuple):
    """What was ranked, and whether anything could be.

    ``independent`` counts the banks that a ranking could be right or wrong about; where they are fewer than ``needed``
    there are no rows. ``known`` is false where nothing is known that the bank asked for has.
    """

    rows: pl.DataFrame
    independent: int
    needed: int
    known: bool


class Cells(NamedTuple):
    """What the banks have: ``held`` has the weight of each bank's capability, ``ranked`` are columns of it.

    ``independent`` counts the banks with two ranked capabilities or more, those in the very same partnerships once.
    """

    held: Incidence
    ranked: Ints
    independent: int


def gaps(
    tables: NetworkTables, bank: str | None = None, *, top: int = TOP, least: int = LEAST, language: str = "en"
) -> Gaps:
    """The capabilities that a bank (an IRI), or each bank, does not have and would be the likeliest to take up.

    A bank has a capability when one of its partnerships covers it, itself or by a narrower one. Ranked are the
    narrowest that banks have, by so many banks and partnerships (``least``): what is broader says less, and what one
    bank alone has says nothing of others.

    The score is the share of a random walk with restart (Tong, Faloutsos, Pan 2006): from the bank to one of its
    capabilities, to another bank that has it, to one of that bank's, and so on, going back to its start with
    probability 0.15. What few banks have is stepped to more often than what many have (inverse frequency, Spärck Jones
    1972). A partnership of many banks counts as one: what a bank has by it weighs as much less.

    Returns
    -------
    Gaps
        ``rows`` has ``bank`` and ``capability`` (keys) with their ``_label``; ``score`` (the share of the walk's
        visits to capabilities, 0 to 1); ``banks`` (count of those that have it); ``similar`` and ``similar_labels``
        (up to three banks that have it, most alike first by the Jaccard similarity of all that they have);
        ``has_by`` (the partnerships by which these have it); ``firms`` and ``firm_labels`` (up to three technology
        firms that already work with the bank and offer it or brought it to others, the most often first);
        ``brought_by`` (the partnerships by which they did) and ``works_by`` (those with the bank): keys. Sorted by
        ``score``, most first, then by the keys; at most ``top``. There is no row where fewer than :data:`ENOUGH` banks
        in different partnerships (``independent``) have two of the ranked capabilities or more.
    """
    found = cells(tables, least=least)
    names = pl.Series(found.held.rows, dtype=pl.String)
    at = np.arange(len(names)) if bank is None else np.flatnonzero((names == bank).to_numpy())
    best = _best(found, at if found.independent >= ENOUGH else at[:0], top)
    return Gaps(_explained(tables, best, language), found.independent, ENOUGH, bank is None or len(at) > 0)


def cells(tables: NetworkTables, *, least: int = LEAST) -> Cells:
    """What the banks of a landscape have, and which capabilities are ranked."""
    by = _has(tables)
    share = by.group_by("partnership").agg(share=1 / pl.col("bank").n_unique())
    weighed = by.join(share, on="partnership").group_by("bank", "capability").agg(
        weight=pl.min_horizontal(pl.col("share").sort().sum(), 1.0)
    )  # fmt: skip
    counts = by.group_by("capability").agg(banks=pl.col("bank").n_unique(), deals=pl.col("partnership").n_unique())
    common = counts.filter(pl.col("banks") >= least, pl.col("deals") >= least).select("capability")
    above = tables.strictly_narrower.join(common, left_on="narrower", right_on="capability", how="semi")
    ranked = common.join(above, on="capability", how="anti").sort("capability")
    held = incidence(weighed, "bank", "capability", "weight")
    columns = pl.Series(held.columns, dtype=pl.String).search_sorted(ranked["capability"]).to_numpy().astype(np.int64)
    several = by.join(ranked, on="capability").group_by("bank").agg(pl.col("capability").n_unique())
    several = several.filter(pl.col("capability") > 1).select("bank")
    deals = by.join(several, on="bank", how="semi").group_by("bank").agg(pl.col("partnership").unique().sort())
    return Cells(held, columns, deals["partnership"].list.join(" ").n_unique())


def scores(found: Cells, rows: Ints) -> Floats:
    """The share of a walk's visits to capabilities that each ranked one has, for some rows (banks)."""
    weights = rarer(found.held.matrix)
    return np.asarray(first_steps(weights)[rows] @ from_columns(weights, found.ranked))


def _has(tables: NetworkTables) -> pl.DataFrame:
    """What each bank has by which partnership: columns bank, partnership, capability."""
    banks = tables["parties"].filter(pl.col("side") == "bank").select("partnership", bank="organization").unique()
    return banks.join(tables.coverage(), on="partnership").select("bank", "partnership", "capability").unique()


def _best(found: Cells, rows: Ints, top: int) -> pl.DataFrame:
    """The empty cells with the highest scores: columns bank, capability (IRIs), score."""
    banks, names = (pl.Series(part, dtype=pl.String) for part in (found.held.rows, found.held.columns))
    capabilities = names.gather(found.ranked)
    best = pl.DataFrame(schema={"bank": pl.String, "capability": pl.String, "score": pl.Float64})
    if not len(rows) or not len(found.ranked):
        return best
    weights = rarer(found.held.matrix)
    steps, onward = first_steps(weights), from_columns(weights, found.ranked)
    least = 0.0
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        told = np.round(steps[block] @ onward, 9)
        told[(found.held.matrix[block][:, found.ranked] > 0).toarray()] = 0
        # Equals of the last one stay until they are sorted by their names.
        i, j = np.nonzero((told >= least) & (told > 0))
        fresh = pl.DataFrame({
            "bank": banks.gather(block[i]), "capability": capabilities.gather(j), "score": told[i, j]
        })  # fmt: skip
        best = pl.concat([best, fresh]).sort("score", "bank", "capability", descending=[True, False, False]).head(top)
        least = float(best["score"].min() or 0) if best.height == top else 0.0  # type: ignore[arg-type]
    return best


def _explained(tables: NetworkTables, best: pl.DataFrame, language: str) -> pl.DataFrame:
    """The cells with who is similar and has it, and who brings it and works with the bank."""
    cell, by, labels = ["bank", "capability"], _has(tables), tables.labels(language)
    having = by.join(best.select("capability").unique(), on="capability", how="semi")
    counts = having.group_by("capability").agg(banks=pl.col("bank").n_unique().cast(pl.Int64))
    rows = labelled(best, labels, *cell).join(counts, on="capability", how="left")
    for column, told, names in (
        ("similar", _similar(best, by, having), "has_by"),
        ("firm", _firms(tables, best), "brought_by"),
    ):
        own = [names, "works_by"] if column == "firm" else [names]
        named = labelled(told, labels, column).select(*cell, *keys_and_labels(column), "order", *own)
        named = named.sort(*cell, "order", column).group_by(cell, maintain_order=True).head(NAMED)
        plural, label = ("similar", "similar_labels") if column == "similar" else ("firms", "firm_labels")
        lists = named.group_by(cell, maintain_order=True).agg(
            pl.col(column).alias(plural), pl.col(f"{column}_label").alias(label),
            *(pl.col(name).list.explode(keep_nulls=False, empty_as_null=False).unique().sort() for name in own),
        )  # fmt: skip
        rows = rows.join(lists, on=cell, how="left")
    lists_of = ["similar", "similar_labels", "has_by", "firms", "firm_labels", "brought_by", "works_by"]
    return rows.sort("score", *cell, descending=[True, False, False]).select(
        *keys_and_labels(*cell), "score", "banks",
        *(pl.col(name).fill_null([]) for name in lists_of),
    )  # fmt: skip


def _similar(best: pl.DataFrame, by: pl.DataFrame, having: pl.DataFrame) -> pl.DataFrame:
    """The banks that have the capability of a cell, with how alike they are: bank, capability, similar, order, has_by.

    Only those that have something in common with the bank.
    """
    has = by.select("bank", "capability").unique()
    sizes = has.group_by("bank").agg(size=pl.len().cast(pl.Int64))
    own = has.join(best.select("bank").unique(), on="bank", how="semi")
    alike = own.join(has.rename({"bank": "similar"}), on="capability").group_by("bank", "similar").agg(both=pl.len())
    alike = alike.join(sizes, on="bank").join(sizes.rename({"bank": "similar"}), on="similar", suffix="_similar")
    jaccard = pl.col("both") / (pl.col("size") + pl.col("size_similar") - pl.col("both"))
    deals = having.group_by("capability", similar="bank").agg(has_by=key("partnership").unique().sort())
    return (
        best.select("bank", "capability").join(deals, on="capability").join(alike, on=["bank", "similar"])
        .select("bank", "capability", "similar", "has_by", order=-jaccard.round(9))
    )  # fmt: skip


def _firms(tables: NetworkTables, best: pl.DataFrame) -> pl.DataFrame:
    """The firms that work with the bank of a cell and offer its capability or brought it to others.

    Columns bank, capability, firm, order, brought_by, works_by.
    """
    works = tables.pairs.join(best.select("bank").unique(), on="bank", how="semi")
    works = works.group_by("bank", "firm").agg(works_by=key("partnership").unique().sort())
    asked = best.select("capability").unique()
    tech = tables["parties"].filter(pl.col("side") == "tech").select("partnership", firm="organization").unique()
    covered = tables.coverage().join(asked, on="capability", how="semi")
    brought = tech.join(covered, on="partnership").group_by("firm", "capability").agg(
        brought_by=key("partnership").unique().sort()
    )  # fmt: skip
    offers = tables["offers"].select(firm="organization", narrower="capability").join(tables.narrower, on="narrower")
    offered = offers.join(asked, on="capability", how="semi").select("firm", "capability").unique()
    can = brought.join(offered, on=["firm", "capability"], how="full", coalesce=True)
    can = can.with_columns(pl.col("brought_by").fill_null([]))
    told = best.select("bank", "capability").join(works, on="bank").join(can, on=["firm", "capability"])
    return told.with_columns(order=-pl.col("brought_by").list.len().cast(pl.Int64))
