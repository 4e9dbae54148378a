"""Which capabilities come together in the same partnerships."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.incidence import in_common, incidence
from kg.network.tables import NetworkTables, keys_and_labels, labelled

Measure = Literal["partnerships", "jaccard", "lift"]


def together(
    tables: NetworkTables,
    *,
    exact: bool = False,
    stated: bool = False,
    everything: bool = False,
    by: Measure = "partnerships",
    language: str = "en",
) -> pl.DataFrame:
    """The pairs of capabilities that partnerships cover both of.

    A partnership covers a capability itself or by a narrower one. A capability and what is broader than it come
    together by definition and are no pair.

    Parameters
    ----------
    exact, stated
        As in :func:`kg.analysis.sharing.sharing`.
    everything
        Pairs of a single partnership too.
    by
        Sort by this measure.

    Returns
    -------
    polars.DataFrame
        ``capability`` and ``other`` (keys, the first before the second), each with its ``_label``; ``partnerships``
        (count of those that cover both), ``jaccard`` (that count over the count of those that cover either, 0 to 1;
        Jaccard 1901) and ``lift`` (how many times more often than if the two were independent of each other among the
        partnerships that cover anything; Brin, Motwani, Ullman, Tsur 1997). Sorted by ``by``, most first, then by
        the other measures and the keys.
    """
    known("order", by, get_args(Measure))
    covered = tables.coverage(exact=exact, stated=stated)
    partnerships, capabilities, matrix = incidence(covered, "partnership", "capability")
    names, sizes = pl.Series(capabilities, dtype=pl.String), pl.Series(matrix.sum(axis=0), dtype=pl.Int64)
    counts = in_common(matrix)
    pairs = counts.select(
        capability=names.gather(counts["first"]), other=names.gather(counts["second"]), partnerships="count",
        size=sizes.gather(counts["first"]), other_size=sizes.gather(counts["second"]),
    )  # fmt: skip
    above = tables.strictly_narrower.select(capability="capability", other="narrower")
    pairs = pairs.join(above, on=["capability", "other"], how="anti").join(
        above.rename({"capability": "other", "other": "capability"}), on=["capability", "other"], how="anti"
    )
    if not everything:
        pairs = pairs.filter(pl.col("partnerships") > 1)
    both, one, other = pl.col("partnerships"), pl.col("size"), pl.col("other_size")
    measured = pairs.with_columns(
        jaccard=(both / (one + other - both)).round(9), lift=(both * len(partnerships) / (one * other)).round(9)
    )
    order = [by, *(measure for measure in get_args(Measure) if measure != by)]
    return (
        labelled(measured, tables.labels(language), "capability", "other")
        .sort(*order, "capability", "other", descending=[True, True, True, False, False])
        .select(*keys_and_labels("capability", "other"), "partnerships", "jaccard", "lift")
    )
