"""When partnerships began and ended and each step was taken, as short as the page can be told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from kg.network.tables import NetworkTables
from kg.terms import ENDED
from kg.views.page.numbers import Numbers

NEVER = "0000-01-01"


def spans(tables: NetworkTables) -> dict[str, tuple[str | None, ...]]:
    """From when until when each partnership was in force: from and until when it may, from and until when it must.

    As :func:`kg.network.moments.in_force` has both. Each is a day (ISO) or None, which is a side that is open: what
    has no day from which it may have been in force may have begun at any time, and what has none from which it must
    have been need never have been; an end that may have come at any time has the day ``0000-01-01``.
    """
    found: dict[str, tuple[str | None, ...]] = {}
    ended = set(tables["codes"].filter(pl.col("list") == "stage", pl.col("code") == ENDED)["entity"])
    steps = tables["milestones"].with_columns(ended=pl.col("stage") == ENDED)
    for (of,), rows in steps.sort("of").group_by("of", maintain_order=True):
        begun, over = rows.filter(~pl.col("ended")), rows.filter("ended")
        first, last, earliest = begun["agreed_earliest"], over["agreed_latest"], over["agreed_earliest"]
        must = begun["agreed_latest"].min()
        open_ = not len(over) and of not in ended
        found[str(of)] = (
            str(first.min()) if len(first) and not first.null_count() else None,
            str(last.max()) if len(last) and not last.null_count() else None,
            str(must) if must else None,
            None if open_ else str(earliest.min()) if len(over) and not earliest.null_count() else NEVER,
        )
    return found


def milestones(tables: NetworkTables, numbers: Numbers) -> list[list[Any]]:
    """Of what each step is, its stage, and :func:`time`, in their order."""
    rows = tables["milestones"].sort("of", "agreed_earliest", "agreed_latest", "milestone")
    return [
        [numbers[of], numbers[stage], time(first, last)]
        for of, stage, first, last in rows.select("of", "stage", "agreed_earliest", "agreed_latest").iter_rows()
    ]


def time(first: dt.date | None, last: dt.date | None) -> str:
    """The days between which something came about, as short as ISO 8601 has it; a side that is open is left out.

    >>> time(dt.date(2017, 6, 1), dt.date(2017, 6, 30)), time(dt.date(2017, 3, 1), dt.date(2017, 12, 31))
    ('2017-06', '2017-03-01/2017-12-31')
    >>> time(dt.date(2016, 1, 1), dt.date(2016, 12, 31)), time(None, dt.date(2016, 12, 31)), time(None, None)
    ('2016', '/2016-12-31', '')
    """
    if first == last:
        return "" if first is None else first.isoformat()
    if first and last and last < dt.date.max:
        after = last + dt.timedelta(days=1)
        months = (after.year - first.year) * 12 + after.month - first.month
        if first.day == after.day == 1 and (months == 1 or (months == 12 and first.month == 1)):
            return first.isoformat()[: 7 if months == 1 else 4]
    return f"{first or ''}/{last or ''}"
