"""Which capabilities come together in the same partnerships."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.incidence import coverage, in_common
from kg.network.tables import NetworkTables

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
    covers = coverage(tables, exact=exact, stated=stated)
    counts = in_common(covers.matrix)
    if not everything:
        counts = counts.filter(pl.col("count") > 1)
    shown = tables.shown(covers.capabilities, language).with_row_index("position", 0)
    counts = counts.join(_above(tables, shown), on=["first", "second"], how="anti")
    sizes = pl.Series(covers.matrix.of_columns(), dtype=pl.Int64)
    both, one, other = counts["count"], sizes.gather(counts["first"]), sizes.gather(counts["second"])
    measured = counts.select(
        "first", "second", partnerships="count",
        jaccard=(both / (one + other - both)).round(9),
        lift=(both * len(covers.partnerships) / (one * other)).round(9),
    )  # fmt: skip
    order = [by, *(measure for measure in get_args(Measure) if measure != by)]
    rows = measured.sort(*order, "first", "second", descending=[True, True, True, False, False])
    return rows.select(
        *(
            shown[column].gather(rows[end]).alias(name + suffix)
            for end, name in (("first", "capability"), ("second", "other"))
            for column, suffix in (("key", ""), ("label", "_label"))
        ),
        *get_args(Measure),
    )


def _above(tables: NetworkTables, shown: pl.DataFrame) -> pl.DataFrame:
    """Which capabilities are broader than which, or narrower: their positions, the lesser as first."""
    at = shown.select("position", "iri")
    above = tables.strictly_narrower.join(at, left_on="capability", right_on="iri")
    above = above.join(at, left_on="narrower", right_on="iri", suffix="_narrower")
    return above.select(
        first=pl.min_horizontal("position", "position_narrower").cast(pl.Int64),
        second=pl.max_horizontal("position", "position_narrower").cast(pl.Int64),
    )
