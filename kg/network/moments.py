"""Which partnerships were in force at a time, and the network tables of that time."""

from __future__ import annotations

import datetime as dt

import polars as pl

from kg.network.tables import NetworkTables
from kg.terms import ENDED, KG


def in_force(tables: NetworkTables, first: dt.date, last: dt.date, *, certain: bool = False) -> set[str]:
    """The partnerships (IRIs) that may have been in force on some day from ``first`` to ``last``.

    A partnership may be in force from the first day on which any of its steps may have been taken, and from ever where
    none is dated, to the last day on which it may have ended. With ``certain``, those that must have been in force on
    each of the days: a step was taken by the first of them whatever the sources leave open, and no end can have come
    before the last of them is over.
    """
    steps = tables["milestones"].with_columns(ended=pl.col("stage") == ENDED)
    spans = steps.group_by("of", "ended").agg(
        # A step without an earliest day may have been taken at any time before.
        may=pl.when(pl.col("earliest").null_count() == 0).then(pl.col("earliest").min()),
        must=pl.col("latest").min(),
    )  # fmt: skip
    begun, over = (spans.filter(pl.col("ended") == end).drop("ended") for end in (False, True))
    stages = tables["codes"].filter(pl.col("list") == "stage", pl.col("code") == ENDED).select(of="entity", gone=True)
    known = (
        tables.of_class(KG.Partnership).unique().to_frame("of")
        .join(begun, on="of", how="left").join(over, on="of", how="left", suffix="_end")
        .join(stages, on="of", how="left")
        .with_columns(dated_end=pl.col("of").is_in(over["of"].implode()), gone=pl.col("gone").fill_null(value=False))
    )  # fmt: skip
    if certain:
        open_ = ~pl.col("dated_end") & ~pl.col("gone")
        fits = (pl.col("must") <= first) & (open_ | (pl.col("may_end") > last))
    else:
        fits = (pl.col("may").is_null() | (pl.col("may") <= last)) & (
            pl.col("must_end").is_null() | (pl.col("must_end") >= first)
        )
    return set(known.filter(fits.fill_null(value=False))["of"])


class TablesAt(NetworkTables):
    """The network tables without the partnerships that were not in force, and without what only they delivered."""

    whole = False

    def __init__(self, whole: NetworkTables, partnerships: set[str]) -> None:
        super().__init__(whole.folder)
        self._whole = whole
        gone = set(whole.of_class(KG.Partnership)) - partnerships
        delivered = whole["delivers"]
        kept = set(delivered.filter(~pl.col("partnership").is_in(list(gone)))["product"])
        self._gone = pl.Series("gone", sorted(gone | (set(delivered["product"]) - kept)), dtype=pl.String)

    def meant(self, organization: str) -> str:
        """The organization that stands for one."""
        return self._whole.meant(organization)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The rows of a table that speak of nothing that is gone."""
        if name == "labels":
            return self._whole[name]  # a name harms nobody
        if name not in self._read:
            rows = self._whole[name]
            texts = [column for column, kind in rows.schema.items() if kind == pl.String]
            self._read[name] = rows.filter(~pl.any_horizontal(pl.col(texts).is_in(self._gone.implode())))
        return self._read[name]
