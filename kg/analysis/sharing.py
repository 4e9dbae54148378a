"""Which capabilities are shared most across partnerships."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.tables import NetworkTables, key

By = Literal["partnerships", "banks", "firms"]


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
        0 to 1), ``banks``, ``firms`` (counts of distinct parties on each side); sorted by ``by``, most first, then
        by ``capability``.
    """
    known("order", by, get_args(By))
    covered = tables.coverage(exact=exact, stated=stated)
    counts = covered.group_by("capability").agg(partnerships=pl.len())
    for column, side in (("banks", "bank"), ("firms", "tech")):
        parties = tables["parties"].filter(pl.col("side") == side)
        distinct = covered.join(parties, on="partnership").group_by("capability")
        counts = counts.join(
            distinct.agg(pl.col("organization").n_unique().alias(column)), on="capability", how="left"
        ).with_columns(pl.col(column).fill_null(0))
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
        )
    )


def _said_better(counts: pl.DataFrame, strictly_narrower: pl.DataFrame) -> pl.DataFrame:
    """The capabilities that have a narrower one with the same partnerships."""
    size = counts.select("capability", "partnerships")
    # What covers the narrower covers the broader, so that equal numbers mean the same partnerships.
    return (
        strictly_narrower.join(size, on="capability")
        .join(size, left_on=["narrower", "partnerships"], right_on=["capability", "partnerships"], how="semi")
        .select("capability").unique()
    )  # fmt: skip
