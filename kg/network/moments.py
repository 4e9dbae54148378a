"""Which partnerships were in force at a time, and the network tables of that time."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from kg.network.narrowed import Narrowed
from kg.network.numbers import numbered
from kg.network.tables import NetworkTables
from kg.query.questions import day
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import ENDED, KG, STAGES


def in_force(
    tables: NetworkTables,
    first: dt.date,
    last: dt.date,
    *,
    certain: bool = False,
    stated: pl.DataFrame | None = None,
) -> set[str]:
    """The partnerships (IRIs) that may have been in force on some day from ``first`` to ``last``.

    A partnership may be in force from the first day on which any of its steps may have been taken, and from ever where
    none is dated, to the last day on which it may have ended. With ``certain``, those that must have been in force on
    each of the days: a step was taken by the first of them whatever all sources leave open, and no end can have come
    before the last of them is over. Where sources can't all be right, what any of them leaves open counts. An end
    without a date (``stated``, as :func:`undated` gives them) came by the last day on which its source was issued.
    """
    steps = tables["milestones"].with_columns(ended=pl.col("stage") == ENDED)
    spans = steps.group_by("of", "ended").agg(
        # A step without an earliest day may have been taken at any time before.
        *(
            pl.when(pl.col(day).null_count() == 0).then(pl.col(day).min()).alias(name)
            for name, day in (("may", "earliest"), ("surely_may", "agreed_earliest"))
        ),
        must=pl.col("latest").min(), surely_must=pl.col("agreed_latest").min(),
    )  # fmt: skip
    begun, over = (spans.filter(pl.col("ended") == end).drop("ended") for end in (False, True))
    stages = tables["codes"].filter(pl.col("list") == "stage", pl.col("code") == ENDED).select(of="entity", gone=True)
    known = (
        tables.of_class(KG.Partnership).unique().to_frame("of")
        .join(begun, on="of", how="left").join(over, on="of", how="left", suffix="_end")
        .join(stages, on="of", how="left")
        .with_columns(dated_end=pl.col("of").is_in(over["of"].implode()), gone=pl.col("gone").fill_null(value=False))
    )  # fmt: skip
    if stated is not None:
        ends = stated.filter(pl.col("code") == ENDED).group_by(of="entity").agg(said_end=pl.col("latest").min())
        known = known.join(ends, on="of", how="left").with_columns(must_end=pl.min_horizontal("must_end", "said_end"))
    if certain:
        open_ = ~pl.col("dated_end") & ~pl.col("gone")
        fits = (pl.col("surely_must") <= first) & (open_ | (pl.col("surely_may_end") > last))
    else:
        fits = (pl.col("may").is_null() | (pl.col("may") <= last)) & (
            pl.col("must_end").is_null() | (pl.col("must_end") >= first)
        )
    return set(known.filter(fits.fill_null(value=False))["of"])


def without_start(tables: NetworkTables) -> set[str]:
    """The partnerships (IRIs) that may have begun at any time before, since no first day of some step is known."""
    begun = tables["milestones"].filter(pl.col("stage") != ENDED).group_by("of").agg(pl.col("earliest").null_count())
    return set(tables.of_class(KG.Partnership)) - set(begun.filter(pl.col("earliest") == 0)["of"])


_STAGED = """
SELECT DISTINCT ?thing ?stage ?issued {
  GRAPH ?passage { ?thing kg:stage ?stage } ?passage dcterms:isPartOf ?source .
  FILTER NOT EXISTS { ?thing a kg:Milestone }
  OPTIONAL { ?source dcterms:issued ?date } BIND(STR(?date) AS ?issued)
}
"""


def undated(store: Engine) -> pl.DataFrame:
    """The stages that are stated without a date, as of the first and the last day on which their source was issued.

    Columns entity, code, earliest, latest; those whose source has no date are left out.
    """
    told = [
        (thing, stage, *(dt.date.fromisoformat(day("The date", issued, last=end)) for end in (False, True)))
        for thing, stage, issued in select(store, _STAGED).iter_rows()
        if issued and re.fullmatch(r"\d{4}(-\d{2}){0,2}", issued)
    ]
    schema = {"entity": pl.String, "code": pl.String, "earliest": pl.Date, "latest": pl.Date}
    return pl.DataFrame(told, schema=schema, orient="row")


def stages(
    tables: NetworkTables, stated: pl.DataFrame, first: dt.date, last: dt.date, *, certain: bool = False
) -> pl.DataFrame:
    """How far partnerships and products are known to have come by a time: columns entity, code.

    A dated step counts from the first day on which it may have been taken, an undated stage (``stated``, as
    :func:`undated` gives them) from the first day on which its source may have been issued; with ``certain``, from the
    last such days. Of several, the one that comes last in a life counts; a code of another list stands beside it.
    """
    latest = "agreed_latest" if certain else "latest"
    steps = tables["milestones"].select(entity="of", code="stage", earliest="earliest", latest=latest)
    by = pl.col("latest") <= first if certain else pl.coalesce("earliest", dt.date.min) <= last
    known = pl.concat([steps, stated]).filter(by.fill_null(value=False)).select("entity", "code").unique()
    far = pl.col("code").replace_strict({code: n for n, code in enumerate(STAGES)}, default=None, return_dtype=pl.Int64)
    reached = known.with_columns(far=far).filter(
        pl.col("far").is_null() | (pl.col("far") == pl.col("far").max().over("entity"))
    )
    return reached.select("entity", "code").sort(pl.all())


class TablesAt(Narrowed):
    """The network tables without the partnerships that were not in force, and without what only they delivered.

    ``reached`` has the stages of that time, as :func:`stages` gives them.
    """

    def __init__(self, whole: NetworkTables, partnerships: set[str], reached: pl.DataFrame) -> None:
        super().__init__(whole, set(whole.of_class(KG.Partnership)) - partnerships)
        self._reached = reached
        self.of_a_time = True

    def _before(self, name: str) -> pl.DataFrame:
        rows = self._whole.numbers(name)
        if name != "codes":
            return rows
        then = numbered(self._reached, self.entities, ["entity", "code"]).drop_nulls()
        then = then.select("entity", list=pl.lit("stage"), code="code")
        return pl.concat([rows.filter(pl.col("list") != "stage"), then])
