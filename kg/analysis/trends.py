"""How partnerships came and went over time, as far as their dates say."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kg.errors import known
from kg.network.labels import key
from kg.network.progress import furthest
from kg.network.tables import NetworkTables
from kg.terms import ENDED, KG

Period = Literal["month", "quarter", "year"]
COUNTS = (
    "began", "perhaps_began", "began_by", "began_from", "ended", "perhaps_ended", "ended_by", "ended_from",
)  # fmt: skip
"""What is counted of beginnings, and of ends: surely, perhaps, by then, from then on."""
_EVERY = {"month": "1mo", "quarter": "1q", "year": "1y"}


def trend(tables: NetworkTables, period: Period = "year") -> pl.DataFrame:
    """How many partnerships began and ended in each period, and what they were about.

    A date known to the year lies in no month for sure, but in each of its months perhaps: what lies between two known
    days is counted by the certain and by the possible answers (Imieliński, Lipski 1984, "Incomplete Information in
    Relational Databases"). What has only a last day (left-censored) or only a first (right-censored; Turnbull 1976,
    "The Empirical Distribution Function with Arbitrarily Grouped, Censored and Truncated Data") may lie in any period
    on that side, and so is counted apart, once, by the period of the day that it has. Of a partnership's steps the
    first counts as its beginning; days are those that all its sources leave open, where they agree.

    Returns
    -------
    polars.DataFrame
        A row for each period from the first to the last in which any known day lies: ``period`` (2017, 2017-Q2 or
        2017-06); of what lies between two known days ``began`` and ``ended`` (counts of partnerships that surely did
        in it), ``perhaps_began`` and ``perhaps_ended`` (of those that may have, the sure ones among them); of what has
        one day, in this period, ``began_by`` and ``ended_by`` (that did then or before), ``began_from`` and
        ``ended_from`` (then or later); ``capabilities`` (count of what those that surely began cover), ``new`` (of
        these, such as none that surely began in a period before covers) and ``partnerships`` (keys of all that the
        counts of the row count). What has no date is in none (:func:`known_days` counts it).
    """
    known("period", period, get_args(Period))
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "period": pl.String, **dict.fromkeys(COUNTS, pl.Int64), "capabilities": pl.Int64, "new": pl.Int64,
        "partnerships": pl.List(pl.String),
    }  # fmt: skip
    within = _within(tables, period)
    if within.is_empty():
        return pl.DataFrame(schema=schema)
    bounds = within.select(start=pl.col("at").min(), end=pl.col("at").max())
    periods = bounds.select(at=pl.date_ranges("start", "end", _EVERY[period]).explode())
    counted = periods
    for over, names in ((False, COUNTS[:4]), (True, COUNTS[4:])):
        for name, ways in zip(names, (["sure"], ["sure", "perhaps"], ["by"], ["from"]), strict=True):
            meant = within.filter(pl.col("over") == over, pl.col("how").is_in(ways))
            counted = counted.join(meant.group_by("at").agg(pl.len().alias(name)), on="at", how="left")
    surely = within.filter(~pl.col("over"), pl.col("how") == "sure").select("at", partnership="of")
    covers = tables["covers"].select("partnership", "capability")
    covered = surely.join(covers, on="partnership").select("at", "capability").unique()
    firsts = covered.group_by("capability").agg(pl.col("at").min())
    listed = within.group_by("at").agg(partnerships=key("of").unique().sort())
    for more in (
        covered.group_by("at").agg(capabilities=pl.len()), firsts.group_by("at").agg(new=pl.len()), listed
    ):  # fmt: skip
        counted = counted.join(more, on="at", how="left")
    return counted.sort("at").select(
        period=_named(period),
        **{name: pl.col(name).fill_null(0).cast(pl.Int64) for name in list(schema)[1:-1]},
        partnerships=pl.col("partnerships").fill_null([]),
    )


def steps(tables: NetworkTables, period: Period = "year") -> pl.DataFrame:
    """What began and what ended in each period of :func:`trend`, and how it counts there.

    Returns
    -------
    polars.DataFrame
        A row for each partnership and period: ``period`` (as in :func:`trend`), ``partnership`` (key), ``over`` (true
        where it is its end, else its beginning) and ``how``: ``sure`` or ``perhaps`` of what lies between two known
        days, ``by`` where only a last day is known, ``from`` where only a first. Sorted by these.
    """
    known("period", period, get_args(Period))
    return _within(tables, period).select(
        period=_named(period), partnership=key("of"), over="over", how="how"
    ).sort(pl.all())  # fmt: skip


def known_days(tables: NetworkTables) -> pl.DataFrame:
    """Of how many partnerships it is known between which days they began, and ended.

    Returns
    -------
    polars.DataFrame
        Two rows, of beginnings and of ends: ``over`` (false, true), ``partnerships`` (all, and those that ended),
        ``both`` (count of those with a first and a last day), ``by`` (with a last day alone), ``from`` (with a first
        day alone) and ``undated`` (with neither).
    """
    spans = _spans(tables)
    every = tables.of_class(KG.Partnership).unique()
    ended = furthest(tables).filter(pl.col("stage") == ENDED)["partnership"]
    rows = []
    for over, meant in ((False, set(every)), (True, set(ended) | set(spans.filter(pl.col("over"))["of"]))):
        days = dict(spans.filter(pl.col("over") == over).group_by("days").len().iter_rows())
        counts = [days.get(name, 0) for name in ("both", "by", "from")]
        rows.append((over, len(meant), *counts, len(meant) - sum(counts)))
    schema = {"over": pl.Boolean, **dict.fromkeys(("partnerships", "both", "by", "from", "undated"), pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _within(tables: NetworkTables, period: Period) -> pl.DataFrame:
    """Each beginning and end in each period that it has to do with: of, over, at (the period's first day), how."""
    spans = _spans(tables).with_columns(pl.col("first", "last").dt.truncate(_EVERY[period]))
    sure = pl.when(pl.col("first") == pl.col("last")).then(pl.lit("sure")).otherwise(pl.lit("perhaps"))
    return spans.select(
        "of", "over", at=pl.date_ranges("first", "last", _EVERY[period]),
        how=pl.when(pl.col("days") == "both").then(sure).otherwise("days"),
    ).explode("at")  # fmt: skip


def _named(period: Period) -> pl.Expr:
    """A period as people write it."""
    if period == "quarter":
        return pl.concat_str(pl.col("at").dt.year(), pl.lit("-Q"), pl.col("at").dt.quarter())
    return pl.col("at").dt.to_string("%Y" if period == "year" else "%Y-%m")


def _spans(tables: NetworkTables) -> pl.DataFrame:
    """When each partnership began and ended: of, over, first, last, and which days are known (``days``).

    They are ``both``, ``by`` (only the last) or ``from`` (only the first); of one day both columns have it.
    """
    steps = tables["milestones"].with_columns(over=pl.col("stage") == ENDED).filter(
        pl.col("of").is_in(tables.of_class(KG.Partnership).implode())
    )  # fmt: skip
    day = {"first": "agreed_earliest", "last": "agreed_latest"}
    grouped = steps.group_by("of", "over").agg(
        first=pl.when(pl.col(day["first"]).is_not_null().all()).then(pl.col(day["first"]).min()),
        last=pl.col(day["last"]).min(),
    )
    no_first, no_last = pl.col("first").is_null(), pl.col("last").is_null()
    dated = grouped.filter(~(no_first & no_last))
    days = pl.when(no_first).then(pl.lit("by")).when(no_last).then(pl.lit("from")).otherwise(pl.lit("both"))
    return dated.select("of", "over", days=days, first=pl.coalesce("first", "last"), last=pl.coalesce("last", "first"))
