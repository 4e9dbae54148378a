"""Which capabilities are shared most across partnerships."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import polars as pl

from kg.errors import known
from kg.network.incidence import Coverage, Ints, Matrix, coverage, per_group, per_party
from kg.network.moments import reached
from kg.network.tables import NetworkTables
from kg.terms import CODE, STAGES

By = Literal["partnerships", "banks", "firms"]
STAGE_GROUPS = {
    "announced": ("announced", "signed"), "underway": ("integration", "pilot"), "live": ("live",), "ended": ("ended",),
}  # fmt: skip
"""How far partnerships have come, in four words for the six stages."""
_MEASURES = ("evenness", "hhi")


def sharing(
    tables: NetworkTables,
    *,
    exact: bool = False,
    stated: bool = False,
    everything: bool = False,
    by: By = "partnerships",
    language: str = "en",
) -> pl.DataFrame:
    """The capabilities that at least two partnerships cover, those of most first.

    A partnership covers a capability itself or by a narrower one, and counts once. A capability whose partnerships
    are the very same as those of a narrower one is left out, since the narrower says more.

    Parameters
    ----------
    exact
        Count only what is covered itself, not by a narrower one.
    stated
        Count only what a source says is covered, not what follows from delivered products.
    everything
        Leave nothing out: neither what a narrower one says better, nor what a single partnership covers.
    by
        Sort by the number of these.

    Returns
    -------
    polars.DataFrame
        ``capability`` (key), ``label``, ``partnerships`` (count), ``share`` (of the partnerships that cover anything,
        0 to 1), ``banks``, ``firms`` (counts of distinct parties on each side); ``rank`` by ``by``, from 1, equals
        having the same; ``announced`` (or signed), ``underway`` (in integration or piloted), ``live`` and ``ended``:
        counts of the partnerships by the furthest stage that is known; ``bank_evenness`` and ``firm_evenness``: how
        evenly its partnerships fall to the banks, or firms, 0 to 1 (Shannon's entropy over its greatest, Pielou 1966;
        null where there is one alone), ``bank_hhi`` and ``firm_hhi``: how concentrated they are, 1 where one has
        all (the sum of squared shares; Herfindahl 1950, Hirschman 1945). Sorted by ``by``, most first, then by
        ``capability``.
    """
    known("order", by, get_args(By))
    covers = coverage(tables, exact=exact, stated=stated)
    shown = tables.shown(covers.capabilities, language)
    counts = shown.select(
        "iri", capability="key", label="label",
        partnerships=pl.Series(covers.matrix.sum(axis=0), dtype=pl.Int64),
        **_spread(per_party(tables, covers, "bank"), "bank"),
        **_spread(per_party(tables, covers, "tech"), "firm"),
        **_stages(covers, reached(tables, covers.partnerships)),
    )  # fmt: skip
    if not everything:
        counts = counts.filter(pl.col("partnerships") > 1)
        if not exact:
            counts = counts.join(_said_better(counts, tables.strictly_narrower), on="iri", how="anti")
    total = max(len(covers.partnerships), 1)
    return counts.sort(pl.col(by), pl.col("iri"), descending=[True, False]).select(
        "capability", "label", "partnerships",
        share=(pl.col("partnerships") / total).round(9),
        banks="banks", firms="firms",
        rank=pl.col(by).rank("min", descending=True).cast(pl.Int64),
        **{name: name for name in STAGE_GROUPS},
        **{f"{side}_{measure}": f"{side}_{measure}" for side in ("bank", "firm") for measure in _MEASURES},
    )  # fmt: skip


def _spread(counts: Matrix, side: str) -> dict[str, pl.Series]:
    """With how many organizations each capability (a column) has partnerships, how evenly, and how concentrated."""
    at, capabilities = counts.indices, counts.shape[1]
    several = np.bincount(at, minlength=capabilities)
    shares = counts.data / np.bincount(at, counts.data, capabilities)[at]
    entropy = np.bincount(at, -shares * np.log(shares), capabilities)
    even, alone = np.full(capabilities, np.nan), several < 2
    np.divide(entropy, np.log(np.maximum(several, 1)), out=even, where=~alone)
    hhi = np.where(several > 0, np.bincount(at, shares**2, capabilities), np.nan)
    return {
        f"{side}s": pl.Series(several, dtype=pl.Int64),
        **{
            f"{side}_{name}": pl.Series(values).fill_nan(None).round(9)
            for name, values in zip(_MEASURES, (even, hhi), strict=True)
        },
    }


def _stages(covers: Coverage, reached: Ints) -> dict[str, pl.Series]:
    """For each capability how many of its partnerships came how far (:data:`STAGE_GROUPS`)."""
    group_of = [
        n for stage in STAGES for n, stages in enumerate(STAGE_GROUPS.values()) if stage.removeprefix(CODE) in stages
    ]
    groups = np.array([*group_of, len(STAGE_GROUPS)])[reached]  # the last for no stage, or another
    told = per_group(covers, groups, len(STAGE_GROUPS) + 1)
    return {name: pl.Series(told[:, n], dtype=pl.Int64) for n, name in enumerate(STAGE_GROUPS)}


def _said_better(counts: pl.DataFrame, strictly_narrower: pl.DataFrame) -> pl.DataFrame:
    """The capabilities that have a narrower one with the same partnerships."""
    size = counts.select("iri", "partnerships")
    # What covers the narrower covers the broader, so that equal numbers mean the same partnerships.
    return (
        strictly_narrower.join(size, left_on="capability", right_on="iri")
        .join(size, left_on=["narrower", "partnerships"], right_on=["iri", "partnerships"], how="semi")
        .select(iri="capability").unique()
    )  # fmt: skip
