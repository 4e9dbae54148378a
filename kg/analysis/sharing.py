"""Which capabilities are shared most across partnerships."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.moments import furthest
from kg.network.tables import NetworkTables, key
from kg.terms import CODE

By = Literal["partnerships", "banks", "firms"]
STAGE_GROUPS = {
    "announced": ("announced", "signed"), "underway": ("integration", "pilot"), "live": ("live",), "ended": ("ended",),
}  # fmt: skip
"""How far partnerships have come, in four words for the six stages."""
_MEASURES = ("evenness", "hhi")


def sharing(
    tables: NetworkTables,
    *,
    exact: bool = False,
    stated: bool = False,
    everything: bool = False,
    by: By = "partnerships",
    language: str = "en",
) -> pl.DataFrame:
    """The capabilities that at least two partnerships cover, those of most first.

    A partnership covers a capability itself or by a narrower one, and counts once. A capability whose partnerships
    are the very same as those of a narrower one is left out, since the narrower says more.

    Parameters
    ----------
    exact
        Count only what is covered itself, not by a narrower one.
    stated
        Count only what a source says is covered, not what follows from delivered products.
    everything
        Leave nothing out: neither what a narrower one says better, nor what a single partnership covers.
    by
        Sort by the number of these.

    Returns
    -------
    polars.DataFrame
        ``capability`` (key), ``label``, ``partnerships`` (count), ``share`` (of the partnerships that cover anything,
        0 to 1), ``banks``, ``firms`` (counts of distinct parties on each side); ``rank`` by ``by``, from 1, equals
        having the same; ``announced`` (or signed), ``underway`` (in integration or piloted), ``live`` and ``ended``:
        counts of the partnerships by the furthest stage that is known; ``bank_evenness`` and ``firm_evenness``: how
        evenly its partnerships fall to the banks, or firms, 0 to 1 (Shannon's entropy over its greatest, Pielou 1966;
        null where there is one alone), ``bank_hhi`` and ``firm_hhi``: how concentrated they are, 1 where one has
        all (the sum of squared shares; Herfindahl 1950, Hirschman 1945). Sorted by ``by``, most first, then by
        ``capability``.
    """
    known("order", by, get_args(By))
    covered = tables.coverage(exact=exact, stated=stated)
    counts = covered.group_by("capability").agg(partnerships=pl.len())
    for column, side in (("banks", "bank"), ("firms", "tech")):
        parties = tables["parties"].filter(pl.col("side") == side)
        counts = counts.join(_spread(covered.join(parties, on="partnership"), column), on="capability", how="left")
        counts = counts.with_columns(pl.col(column).fill_null(0))
    counts = counts.join(_stages(covered, tables), on="capability", how="left")
    if not everything:
        counts = counts.filter(pl.col("partnerships") > 1)
        if not exact:
            counts = counts.join(_said_better(counts, tables.strictly_narrower), on="capability", how="anti")
    total = max(covered["partnership"].n_unique(), 1)
    return (
        counts.join(tables.labels(language), left_on="capability", right_on="entity", how="left")
        .sort(pl.col(by), pl.col("capability"), descending=[True, False])
        .select(
            key("capability"),
            label=pl.coalesce("label", key("capability")),
            partnerships=pl.col("partnerships").cast(pl.Int64),
            share=(pl.col("partnerships") / total).round(9),
            banks=pl.col("banks").cast(pl.Int64),
            firms=pl.col("firms").cast(pl.Int64),
            rank=pl.col(by).rank("min", descending=True).cast(pl.Int64),
            **{name: pl.col(name).fill_null(0).cast(pl.Int64) for name in STAGE_GROUPS},
            **{f"{side}_{measure}": pl.col(f"{side}s_{measure}") for side in ("bank", "firm") for measure in _MEASURES},
        )
    )


def _spread(held: pl.DataFrame, column: str) -> pl.DataFrame:
    """For each capability how many organizations there are (``column``), how evenly and how concentrated."""
    share = pl.col("len") / pl.col("len").sum()
    entropy = -(share * share.log()).sum()
    of_each = held.select("capability", "partnership", "organization").unique().group_by("capability", "organization")
    return (
        of_each.len()
        .group_by("capability")
        .agg(
            pl.len().alias(column),
            pl.when(pl.len() > 1).then((entropy / pl.len().log()).round(9)).alias(f"{column}_evenness"),
            (share**2).sum().round(9).alias(f"{column}_hhi"),
        )
    )


def _stages(covered: pl.DataFrame, tables: NetworkTables) -> pl.DataFrame:
    """For each capability how many of its partnerships came how far (:data:`STAGE_GROUPS`)."""
    group_of = {CODE + stage: group for group, stages in STAGE_GROUPS.items() for stage in stages}
    far = furthest(tables).with_columns(pl.col("stage").replace_strict(group_of, default=None))
    joined = covered.join(far, on="partnership", how="left").group_by("capability")
    return joined.agg(*((pl.col("stage") == group).sum().alias(group) for group in STAGE_GROUPS))


def _said_better(counts: pl.DataFrame, strictly_narrower: pl.DataFrame) -> pl.DataFrame:
    """The capabilities that have a narrower one with the same partnerships."""
    size = counts.select("capability", "partnerships")
    # What covers the narrower covers the broader, so that equal numbers mean the same partnerships.
    return (
        strictly_narrower.join(size, on="capability")
        .join(size, left_on=["narrower", "partnerships"], right_on=["capability", "partnerships"], how="semi")
        .select("capability").unique()
    )  # fmt: skip
