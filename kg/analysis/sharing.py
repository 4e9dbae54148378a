"""Which capabilities are shared most across partnerships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
import polars as pl

from kg.errors import BadParameter, known
from kg.network.incidence import Counts, Ints, coverage, per_group, per_party
from kg.network.progress import reached
from kg.network.tables import NetworkTables
from kg.terms import CODE, STAGES

By = Literal["partnerships", "banks", "firms", "weighted"]
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
    by: By | None = None,
    weights: Mapping[str, float] | None = None,
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
        Sort by the number of these: ``weighted`` where there are ``weights``, else ``partnerships``, unless it is said.
    weights
        How much a partnership counts whose furthest known stage is one of these (IRIs of :data:`kg.terms.STAGES`), a
        number from 0; all others count 1.

    Returns
    -------
    polars.DataFrame
        ``capability`` (key), ``label``, ``partnerships`` (count), ``share`` (of the partnerships that cover anything,
        0 to 1), with ``weights`` ``weighted`` (the sum of the weights of its partnerships), ``banks``, ``firms``
        (counts of distinct parties on each side); ``rank`` by ``by``, from 1, equals having the same; ``announced``
        (or signed), ``underway`` (in integration or piloted), ``live`` and ``ended``: counts of the partnerships by
        the furthest stage that is known; ``bank_evenness`` and ``firm_evenness``: how evenly its partnerships fall to
        the banks, or firms, 0 to 1 (Shannon's entropy over its greatest, Pielou 1966; null where there is one alone),
        ``bank_hhi`` and ``firm_hhi``: how concentrated they are, 1 where one has all (the sum of squared shares;
        Herfindahl 1950, Hirschman 1945). Sorted by ``by``, most first, then by ``capability``.
    """
    by = by or ("weighted" if weights else "partnerships")
    known("order", by, get_args(By))
    if by == "weighted" and not weights:
        raise BadParameter("The order «weighted» needs the weight of a stage. Give one, as --weight announced=0.5.")
    covers = coverage(tables, exact=exact, stated=stated)
    shown = tables.shown(covers.capabilities, language)
    # The last column is of those that came to none of these stages.
    came = per_group(covers, reached(tables, covers.partnerships) % (len(STAGES) + 1), len(STAGES) + 1)
    counts = shown.select(
        "place", capability="key", label="label",
        partnerships=pl.Series(covers.matrix.of_columns(), dtype=pl.Int64),
        **_spread(per_party(tables, covers, "bank"), "bank"),
        **_spread(per_party(tables, covers, "tech"), "firm"),
        **_stages(came),
        **_weighted(came, weights),
    )  # fmt: skip
    if not everything:
        counts = counts.filter(pl.col("partnerships") > 1)
        if not exact:
            counts = counts.join(_said_better(counts, tables.strictly_narrower_numbers), on="place", how="anti")
    total = max(len(covers.partnerships), 1)
    return counts.sort(pl.col(by), pl.col("place"), descending=[True, False]).select(
        "capability", "label", "partnerships",
        share=(pl.col("partnerships") / total).round(9),
        **({"weighted": "weighted"} if weights else {}),
        banks="banks", firms="firms",
        rank=pl.col(by).rank("min", descending=True).cast(pl.Int64),
        **{name: name for name in STAGE_GROUPS},
        **{f"{side}_{measure}": f"{side}_{measure}" for side in ("bank", "firm") for measure in _MEASURES},
    )  # fmt: skip


def _spread(counts: Counts, side: str) -> dict[str, pl.Series]:
    """With how many organizations each capability (a column) has partnerships, how evenly, and how concentrated."""
    at, capabilities = counts.columns, counts.width
    several = np.bincount(at, minlength=capabilities)
    shares = counts.counts / np.bincount(at, counts.counts, capabilities)[at]
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


def _stages(came: Ints) -> dict[str, pl.Series]:
    """How many partnerships of each capability came how far (:data:`STAGE_GROUPS`), of their counts by stage."""
    at = {stage.removeprefix(CODE): n for n, stage in enumerate(STAGES)}
    return {
        name: pl.Series(came[:, [at[stage] for stage in stages]].sum(axis=1), dtype=pl.Int64)
        for name, stages in STAGE_GROUPS.items()
    }


def _weighted(came: Ints, weights: Mapping[str, float] | None) -> dict[str, pl.Series]:
    """The sum of the weights of each capability's partnerships, where there are weights, of their counts by stage."""
    if not weights:
        return {}
    for stage, weight in weights.items():
        known("stage", stage, STAGES)
        if not 0 <= weight < float("inf"):
            raise BadParameter(f"The weight of a stage must be a number from 0, not {weight:g}.")
    of_each = np.array([*(weights.get(stage, 1.0) for stage in STAGES), 1.0])
    return {"weighted": pl.Series(came @ of_each, dtype=pl.Float64).round(9)}


def _said_better(counts: pl.DataFrame, strictly_narrower: pl.DataFrame) -> pl.DataFrame:
    """The capabilities that have a narrower one with the same partnerships."""
    size = counts.select("place", "partnerships")
    # What covers the narrower covers the broader, so that equal numbers mean the same partnerships.
    return (
        strictly_narrower.join(size, left_on="capability", right_on="place")
        .join(size, left_on=["narrower", "partnerships"], right_on=["place", "partnerships"], how="semi")
        .select(place="capability").unique()
    )  # fmt: skip
