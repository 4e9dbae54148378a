"""How partnerships came and went over time, as far as their dates say."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.labels import key
from kg.network.tables import NetworkTables
from kg.terms import ENDED, KG

Period = Literal["month", "quarter", "year"]
_EVERY = {"month": "1mo", "quarter": "1q", "year": "1y"}


def trend(tables: NetworkTables, period: Period = "year") -> pl.DataFrame:
    """How many partnerships began and ended in each period, and what they were about.

    A date known to the year lies in no month for sure, but in each of its months perhaps: the precision of the sources
    is kept by two counts. Of a partnership's steps the first counts as its beginning; days are those that all its
    sources leave open, where they agree. What has no earliest or no latest day lies in no period for sure, and only
    in the one of the day that it has perhaps.

    Returns
    -------
    polars.DataFrame
        A row for each period from the first to the last that anything lies in: ``period`` (2017, 2017-Q2 or 2017-06),
        ``began`` and ``ended`` (counts of partnerships that surely did in it), ``perhaps_began`` and
        ``perhaps_ended`` (of those that may have, the sure ones among them), ``capabilities`` (count of what those
        that surely began cover), ``new`` (of these, such as none that surely began in a period before covers) and
        ``partnerships`` (keys of those that began or ended in it, surely or perhaps).
    """
    known("period", period, get_args(Period))
    spans = _spans(tables).with_columns(pl.col("first", "last").dt.truncate(_EVERY[period]).name.suffix("_period"))
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "period": pl.String, "began": pl.Int64, "perhaps_began": pl.Int64, "ended": pl.Int64,
        "perhaps_ended": pl.Int64, "capabilities": pl.Int64, "new": pl.Int64, "partnerships": pl.List(pl.String),
    }  # fmt: skip
    if spans.is_empty():
        return pl.DataFrame(schema=schema)
    bounds = spans.select(start=pl.col("first_period").min(), end=pl.col("last_period").max())
    periods = bounds.select(at=pl.date_ranges("start", "end", _EVERY[period]).explode())
    sure = spans.filter(pl.col("sure"), pl.col("first_period") == pl.col("last_period"))
    perhaps = periods.join_where(spans, pl.col("at") >= pl.col("first_period"), pl.col("at") <= pl.col("last_period"))
    counted = periods
    for name, over in (("began", False), ("ended", True)):
        surely = sure.filter(pl.col("over") == over).group_by(at="first_period").agg(pl.len().alias(name))
        maybe = perhaps.filter(pl.col("over") == over).group_by("at").agg(pl.len().alias(f"perhaps_{name}"))
        counted = counted.join(surely, on="at", how="left").join(maybe, on="at", how="left")
    covered = sure.filter(~pl.col("over")).select(partnership="of", at="first_period").join(
        tables["covers"].select("partnership", "capability"), on="partnership"
    ).select("at", "capability").unique()  # fmt: skip
    firsts = covered.group_by("capability").agg(pl.col("at").min())
    counted = counted.join(covered.group_by("at").agg(capabilities=pl.len()), on="at", how="left").join(
        firsts.group_by("at").agg(new=pl.len()), on="at", how="left"
    )
    within = perhaps.group_by("at").agg(partnerships=key("of").unique().sort())
    return (
        counted.join(within, on="at", how="left")
        .sort("at")
        .select(
            period=_named(period),
            **{name: pl.col(name).fill_null(0).cast(pl.Int64) for name in list(schema)[1:-1]},
            partnerships=pl.col("partnerships").fill_null([]),
        )
    )


def steps(tables: NetworkTables, period: Period = "year") -> pl.DataFrame:
    """What began and what ended in each period of :func:`trend`, surely or perhaps.

    Returns
    -------
    polars.DataFrame
        A row for each partnership and period: ``period`` (as in :func:`trend`), ``partnership`` (key), ``over`` (true
        where it is its end, else its beginning) and ``sure`` (whether it surely lies in that period). Sorted by these.
    """
    known("period", period, get_args(Period))
    spans = _spans(tables).with_columns(pl.col("first", "last").dt.truncate(_EVERY[period]))
    within = spans.with_columns(
        at=pl.date_ranges("first", "last", _EVERY[period]), sure=pl.col("sure") & (pl.col("first") == pl.col("last"))
    ).explode("at")
    return within.select(_named(period).alias("period"), "over", "sure", partnership=key("of")).select(
        "period", "partnership", "over", "sure"
    ).sort(pl.all())  # fmt: skip


def _named(period: Period) -> pl.Expr:
    """A period as people write it."""
    if period == "quarter":
        return pl.concat_str(pl.col("at").dt.year(), pl.lit("-Q"), pl.col("at").dt.quarter())
    return pl.col("at").dt.to_string("%Y" if period == "year" else "%Y-%m")


def _spans(tables: NetworkTables) -> pl.DataFrame:
    """When each partnership began and ended: of, over, first, last, and whether both days are known (``sure``)."""
    steps = tables["milestones"].with_columns(over=pl.col("stage") == ENDED).filter(
        pl.col("of").is_in(tables.of_class(KG.Partnership).implode())
    )  # fmt: skip
    day = {"first": "agreed_earliest", "last": "agreed_latest"}
    grouped = steps.group_by("of", "over").agg(
        first=pl.when(pl.col(day["first"]).is_not_null().all()).then(pl.col(day["first"]).min()),
        last=pl.col(day["last"]).min(),
    )
    known_days = grouped.filter(pl.col("first").is_not_null() | pl.col("last").is_not_null())
    return known_days.select(
        "of", "over", sure=pl.col("first").is_not_null() & pl.col("last").is_not_null(),
        first=pl.coalesce("first", "last"), last=pl.coalesce("last", "first"),
    )  # fmt: skip
