"""Random landscapes of any size, the same for the same seed, as network tables."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import polars as pl

from kg.network.numbers import NUMBER, Numbering
from kg.network.tables import SCHEMAS, NetworkTables, entity_columns
from kg.terms import ID, KG, STAGES

CAPABILITIES = 400
BROAD = 20
"""How many of the capabilities are broad; each of the others is narrower than one of these."""
MOST = 8
"""How many capabilities a partnership covers at most, each drawn by the law of Zipf."""
ZIPF = 1.1
SEED = 2017
FIRST_DAY = dt.date(2010, 1, 1)
DAYS = 15 * 365
CLASSES = {"bank": KG.Bank, "capability": KG.Capability, "firm": KG.TechFirm, "partnership": KG.Partnership}

Ints = npt.NDArray[np.int64]


class Drawn(NetworkTables):
    """The network tables of a number of partnerships.

    Each has one bank and one firm, every tenth a second of both, of which a few have many (hubs). It covers one to
    eight capabilities, a tenth of them by what its product does alone, and has up to three dated steps, to the day,
    the month or the year. All have a name in English and in Chinese. ``parties`` says how many banks and how many firms
    there are, each with at least one partnership; without it there are as many as hubs need.
    """

    def __init__(self, partnerships: int, seed: int = SEED, parties: int | None = None) -> None:
        super().__init__(None)
        draw = np.random.default_rng(seed)
        steps = np.sort(np.repeat(np.arange(partnerships), draw.integers(0, 4, partnerships)))
        count = max(partnerships // 30, 5) if parties is None else parties
        counts = {
            "bank": count, "capability": CAPABILITIES, "firm": count, "milestone": len(steps),
            "partnership": partnerships,
        }  # fmt: skip
        drawn = _entities(counts)
        self.numbering = Numbering(lambda: drawn)
        starts = dict(zip(counts, accumulate([len(STAGES), *counts.values()]), strict=False))
        own = {kind: np.arange(counts[kind]) + start for kind, start in starts.items()}
        covered, capability = _covers(draw, partnerships)
        rows = {
            "parties": _parties(draw, own, all_=parties is not None),
            "covers": (own["partnership"][covered], own["capability"][capability], draw.random(len(covered)) < 0.9),
            "broader": (own["capability"][BROAD:], own["capability"][draw.integers(0, BROAD, CAPABILITIES - BROAD)]),
            "milestones": (own["milestone"], own["partnership"][steps], *_dated(draw, len(steps))),
            "types": _types(own, len(drawn)),
            "labels": _labels(np.concatenate([own[kind] for kind in CLASSES])),
        }
        for name, schema in SCHEMAS.items():
            kinds = {**schema, **dict.fromkeys(entity_columns(name), NUMBER)}
            told = rows.get(name, [[]] * len(schema))
            self._numbers[name] = pl.DataFrame(dict(zip(schema, told, strict=True)), schema=kinds)


def _entities(counts: dict[str, int]) -> pl.Series:
    """The IRIs of all, in their order: the codes, our own by kind and number, the classes."""
    own = [
        pl.select(ID + kind + "-" + pl.int_range(count).cast(pl.String).str.zfill(8)).to_series()
        for kind, count in counts.items()
    ]
    return pl.concat([pl.Series(sorted(STAGES)), *own, pl.Series(sorted(CLASSES.values()))]).alias("entity")


def _parties(draw: np.random.Generator, own: dict[str, Ints], *, all_: bool) -> tuple[Ints, Ints, pl.Series]:
    """Partnership, organization and side, in order and each once; ``all_`` organizations, if need be."""
    deals = own["partnership"]
    several = np.concatenate([deals, deals[::10]])

    def drawn(count: int) -> Ints:
        party = (draw.random(len(several)) ** 2 * count).astype(np.int64)
        if all_:
            party[draw.permutation(len(deals))[:count]] = np.arange(count)
        return party

    sides = [
        pl.DataFrame({
            "partnership": several,
            "organization": own[kind][drawn(len(own[kind]))],
            "side": [side] * len(several),
        })
        for kind, side in (("bank", "bank"), ("firm", "tech"))
    ]  # fmt: skip
    rows = pl.concat(sides).unique().sort("partnership", "side", "organization")
    return rows["partnership"].to_numpy(), rows["organization"].to_numpy(), rows["side"]


def _covers(draw: np.random.Generator, partnerships: int) -> tuple[Ints, Ints]:
    """Partnership and capability (positions), in order and each once."""
    odds = 1 / np.arange(1, CAPABILITIES + 1) ** ZIPF
    deal = np.repeat(np.arange(partnerships), draw.integers(1, MOST + 1, partnerships))
    # What is popular is not what comes first by its key.
    capability = draw.permutation(CAPABILITIES)[draw.choice(CAPABILITIES, len(deal), p=odds / odds.sum())]
    flat = np.sort(deal * CAPABILITIES + capability)
    return np.divmod(flat[np.concatenate([[True], flat[1:] > flat[:-1]])], CAPABILITIES)


def _dated(draw: np.random.Generator, steps: int) -> tuple[Ints, pl.Series, pl.Series, pl.Series, pl.Series]:
    """Stage, earliest and latest day of each step, and the same two days as what all sources leave open."""
    day = pl.Series(np.datetime64(FIRST_DAY) + draw.integers(0, DAYS, steps)).cast(pl.Date)
    precision = pl.Series(draw.choice(["1d", "1mo", "1y"], steps, p=[0.6, 0.3, 0.1]))
    spans = pl.DataFrame({"day": day, "precision": precision}).select(
        first=pl.col("day").dt.truncate(pl.col("precision")),
        last=pl.col("day").dt.truncate(pl.col("precision")).dt.offset_by(pl.col("precision")).dt.offset_by("-1d"),
    )
    first, last = spans["first"], spans["last"]
    return draw.integers(0, len(STAGES), steps), first, last, first, last


def _types(own: dict[str, Ints], entities: int) -> tuple[Ints, Ints]:
    """Entity and class; the classes are the last of the entities."""
    order = sorted(CLASSES.values())
    things = np.concatenate([own[kind] for kind in CLASSES])
    classes = [np.full(len(own[kind]), entities - len(order) + order.index(cls)) for kind, cls in CLASSES.items()]
    return things, np.concatenate(classes)


def _labels(things: Ints) -> tuple[Ints, list[str], list[str], pl.Series]:
    """Entity, kind, language and label: a name in each language."""
    number = pl.Series(things).cast(pl.String)
    names = pl.concat([pl.select(pl.lit(word) + number).to_series() for word in ("Thing ", "事物")])
    count = len(things)
    return np.tile(things, 2), ["preferred"] * 2 * count, ["en"] * count + ["zh"] * count, names
