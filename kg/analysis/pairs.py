"""Who partners with whom, and on what: a row for each pair, and the matrix of banks by firms."""

from __future__ import annotations

import polars as pl

from kg.network.labels import key
from kg.network.tables import NetworkTables


def partners(tables: NetworkTables, organization: str, *, language: str = "en") -> pl.DataFrame:
    """Who partners with an organization (an IRI), and on what.

    Returns
    -------
    polars.DataFrame
        A row for each partner and partnership: ``partner`` (key), ``label``, ``partnership`` (key), ``since_earliest``
        and ``since_latest`` (dates: when its first milestone was reached, by what all sources leave open, else by what
        any does; null where none is known), ``capabilities`` (keys) and ``on`` (their labels in the same order);
        sorted by label of the partner, then partnership.
    """
    all_pairs = tables.pairs
    found = pl.concat(
        [
            all_pairs.filter(pl.col(own) == organization).select("partnership", partner=other)
            for own, other in (("bank", "firm"), ("firm", "bank"))
        ]
    ).unique()
    labels = tables.labels(language)
    return (
        found.join(labels, left_on="partner", right_on="entity", how="left")
        .join(since(tables), on="partnership", how="left")
        .join(_covered(tables, labels, ["partnership"]), on="partnership", how="left")
        .select(
            key("partner"), label=pl.coalesce("label", key("partner")), partnership=key("partnership"),
            since_earliest="since_earliest", since_latest="since_latest",
            capabilities=pl.col("capabilities").fill_null([]), on=pl.col("on").fill_null([]),
        )
        .sort("label", "partnership")
    )  # fmt: skip


def matrix(tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """Which bank partners with which firm, and on what.

    Returns
    -------
    polars.DataFrame
        A row for each pair that has a partnership: ``bank`` and ``firm`` (keys), ``bank_label`` and ``firm_label``,
        ``bank_short`` and ``firm_short`` (the shortest alias), ``partnerships`` (keys), ``capabilities`` (keys of all
        that they cover) and ``on`` (their labels in the same order); sorted by the keys.
    """
    all_pairs = tables.pairs
    labels = tables.labels(language)
    grouped = all_pairs.group_by("bank", "firm").agg(partnerships=key("partnership").sort())
    covered = _covered(tables, labels, ["bank", "firm"], all_pairs)
    for side in ("bank", "firm"):
        for length, named in (("label", labels), ("short", tables.short_labels(language))):
            name = f"{side}_{length}"
            grouped = grouped.join(
                named.rename({"label": name}), left_on=side, right_on="entity", how="left"
            ).with_columns(pl.coalesce(name, key(side)).alias(name))
    return (
        grouped.join(covered, on=["bank", "firm"], how="left").sort("bank", "firm")
        .select(
            key("bank"), key("firm"), "bank_label", "firm_label", "bank_short", "firm_short", "partnerships",
            pl.col("capabilities").fill_null([]), pl.col("on").fill_null([]),
        )
    )  # fmt: skip


def _covered(
    tables: NetworkTables, labels: pl.DataFrame, by: list[str], all_pairs: pl.DataFrame | None = None
) -> pl.DataFrame:
    """What is covered, once each, in the order of labels: the columns of ``by``, capabilities, on."""
    covers = tables["covers"].select("partnership", "capability")
    if all_pairs is not None:
        covers = all_pairs.join(covers, on="partnership")
    return (
        covers.select(*by, "capability").unique()
        .join(labels, left_on="capability", right_on="entity", how="left")
        .with_columns(key("capability"), label=pl.coalesce("label", key("capability")))
        .sort("label", "capability")
        .group_by(by, maintain_order=True)
        .agg(capabilities="capability", on="label")
    )  # fmt: skip


def since(tables: NetworkTables) -> pl.DataFrame:
    """When each partnership's first milestone was reached: partnership (IRI), since_earliest, since_latest (dates)."""
    milestones = tables["milestones"].filter(~pl.col("stage").str.ends_with("/ended"))
    return milestones.group_by(partnership="of").agg(
        # Of a milestone that has no earliest day it is not known how early it was.
        since_earliest=pl.when(pl.col("agreed_earliest").is_not_null().all()).then(pl.col("agreed_earliest").min()),
        since_latest=pl.col("agreed_latest").min(),
    )
