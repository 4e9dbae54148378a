"""Who is like whom: banks by what they take up, technology firms by what they bring."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.incidence import in_common, in_common_with, incidence
from kg.network.labels import key, keys_and_labels, labelled
from kg.network.tables import NetworkTables

Side = Literal["bank", "firm"]
_SIDES = {"bank": "bank", "firm": "tech"}


def similar(
    tables: NetworkTables,
    side: Side = "firm",
    *,
    organization: str | None = None,
    exact: bool = False,
    everything: bool = False,
    language: str = "en",
) -> pl.DataFrame:
    """Banks, or technology firms, whose partnerships cover alike capabilities.

    What an organization has is what its partnerships cover, themselves or by narrower ones, so that two that share
    only a broader capability are alike in part.

    Parameters
    ----------
    side
        Whether banks or technology firms are compared.
    organization
        Only those that are like this one (an IRI), which is then the first of each pair.
    exact
        Compare only what is covered itself.
    everything
        Pairs too that have nothing but the same partnerships, as the parties of one have.

    Returns
    -------
    polars.DataFrame
        ``organization`` and ``other`` (keys) with their ``_label``; ``jaccard`` (of the two sets of capabilities, 0 to
        1; Jaccard 1901), ``shared``, ``only`` and ``other_only`` (counts of capabilities of both, of the first alone,
        of the other alone), ``on`` and ``capabilities`` (labels and keys of the narrowest shared ones). Sorted by
        ``jaccard`` and ``shared``, most first, then by the keys.
    """
    known("side", side, get_args(Side))
    parties = tables["parties"].filter(pl.col("side") == _SIDES[side]).select("partnership", "organization")
    has = parties.join(tables.coverage(exact=exact), on="partnership").select("organization", "capability").unique()
    _, organizations, matrix = incidence(has, "capability", "organization")
    names, sizes = pl.Series(organizations, dtype=pl.String), pl.Series(matrix.sum(axis=0), dtype=pl.Int64)
    if organization is None:
        counts = in_common(matrix)
    else:
        counts = in_common_with(matrix, organizations.index(organization) if organization in organizations else None)
    if not everything:
        # Two parties of the same partnerships have the same capabilities by that alone.
        own = parties.group_by("organization").agg(pl.col("partnership").unique().sort().str.join(" "))
        same = names.to_frame("organization").join(own, on="organization", how="left", maintain_order="left")
        deals = same["partnership"].rank("dense")  # in the stead of texts, which would stand beside each pair
        counts = counts.filter(deals.gather(counts["first"]) != deals.gather(counts["second"]))
    pairs = counts.select(
        organization=names.gather(counts["first"]), other=names.gather(counts["second"]), shared="count",
        size=sizes.gather(counts["first"]), other_size=sizes.gather(counts["second"]),
    )  # fmt: skip
    shared, one, two = pl.col("shared"), pl.col("size"), pl.col("other_size")
    measured = pairs.with_columns(jaccard=(shared / (one + two - shared)).round(9))
    labels = tables.labels(language)
    return (
        labelled(measured, labels, "organization", "other")
        .join(_narrowest(has, pairs, tables, labels), on=["organization", "other"], how="left")
        .sort("jaccard", "shared", "organization", "other", descending=[True, True, False, False])
        .select(
            *keys_and_labels("organization", "other"), "jaccard", "shared",
            pl.col("on", "capabilities").fill_null([]), only=one - shared, other_only=two - shared,
        )
    )  # fmt: skip


def side_of(tables: NetworkTables, organization: str, other: Side = "firm") -> Side:
    """The side on which an organization (IRI) is a party; ``other`` where it is on both or on none."""
    sides = set(tables["parties"].filter(pl.col("organization") == organization)["side"])
    return "bank" if sides == {"bank"} else "firm" if sides == {"tech"} else other


def _narrowest(has: pl.DataFrame, pairs: pl.DataFrame, tables: NetworkTables, labels: pl.DataFrame) -> pl.DataFrame:
    """The shared capabilities of each pair of which it shares none that is narrower: ``on``, ``capabilities``."""
    theirs = has.rename({"organization": "other"})
    shared = pairs.select("organization", "other").join(has, on="organization").join(theirs, on=["other", "capability"])
    broader = shared.join(tables.strictly_narrower, on="capability").join(
        shared.rename({"capability": "narrower"}), on=["organization", "other", "narrower"], how="semi"
    )
    narrowest = shared.join(broader, on=["organization", "other", "capability"], how="anti")
    named = narrowest.join(labels, left_on="capability", right_on="entity", how="left")
    label = pl.coalesce("label", key("capability")).alias("on")
    told = named.with_columns(label, key("capability").alias("capabilities")).sort("on", "capabilities")
    return told.group_by("organization", "other").agg("on", "capabilities")
