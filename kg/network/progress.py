"""How far partnerships have come: the stage that each is known to have reached last."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from kg.network.numbers import NUMBER, named
from kg.network.tables import NetworkTables
from kg.terms import KG, STAGES


def furthest(tables: NetworkTables) -> pl.DataFrame:
    """The stage that each partnership is known to have reached last: columns partnership, stage (null where none is).

    Of its stages the one that comes last in a life, one of another list before them.
    """
    told = _told(tables)
    far = {code: n for n, code in enumerate(STAGES)}
    met = told["stage"].unique().sort()
    in_life = sorted(zip(tables.entities.gather(met), met, strict=True), key=lambda told: (far.get(told[0], -1), told))
    order = pl.DataFrame({"stage": pl.Series([place for _, place in in_life], dtype=NUMBER)}).with_row_index("order")
    last = told.join(order, on="stage").group_by(partnership="of").agg(pl.col("order").max()).join(order, on="order")
    every = tables.numbers_of_class(KG.Partnership).unique().sort().to_frame("partnership")
    rows = every.join(last.select("partnership", "stage"), on="partnership", how="left", maintain_order="left")
    return named(rows, tables.entities, rows.columns)


def reached(tables: NetworkTables, partnerships: pl.Series) -> npt.NDArray[np.int64]:
    """How far each of some partnerships (numbers) came: its place in :data:`kg.terms.STAGES`, -1 for none of them."""
    told = _told(tables)
    places = tables.numbering.known(STAGES)
    far = np.full(tables.numbering.count, -1, dtype=np.int64)
    far[list(places.values())] = [STAGES.index(stage) for stage in places]
    last = np.full(tables.numbering.count, -1, dtype=np.int64)
    np.maximum.at(last, told["of"].to_numpy(), far[told["stage"].to_numpy()])
    return np.asarray(last[partnerships.to_numpy()])


def not_at(tables: NetworkTables, stages: set[str]) -> set[str]:
    """The partnerships (IRIs) whose furthest stage is none of these (IRIs)."""
    kept = furthest(tables).filter(pl.col("stage").is_in(list(stages)))
    return set(tables.of_class(KG.Partnership)) - set(kept["partnership"])


def _told(tables: NetworkTables) -> pl.DataFrame:
    """The stages, dated and undated, of partnerships and products; in the tables of a time, those known then.

    Columns of, stage (numbers of ``tables.entities``).
    """
    told = tables.numbers("codes").filter(pl.col("list") == "stage").select(of="entity", stage="code")
    if tables.of_a_time:
        return told
    return pl.concat([told, tables.numbers("milestones").select("of", "stage")])
