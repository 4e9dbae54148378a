"""A drawn landscape as an analyst would have curated it: tables in the project's grammar."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from bench.landscapes import CAPABILITIES, FIRST_DAY, SEED, Drawn
from kg.terms import ID, KG

PASSAGES = 3
"""A partnership is told of in one to so many passages, each of a source of its own."""
OPEN = {"announced": 0.6, "signed": 0.3, "launched": 0.4, "ended": 0.1}
"""How often a partnership has a step."""
FORMS = {"1d": "%Y-%m-%d", "1mo": "%Y-%m", "1y": "%Y"}
GROUPS, MEMBER, UNIT = 5, 10, 20
"""How many groups of banks there are; every how many-th bank is a member, and every how many-th organization a unit."""


def write_tables(drawn: Drawn, folder: Path, seed: int = SEED) -> Path:
    """Write the tables of a landscape to a new folder, the same for the same landscape and seed."""
    folder.mkdir()
    draw = np.random.default_rng(seed)
    passages = draw.integers(1, PASSAGES + 1, len(drawn.of_class(KG.Partnership)))
    for name, rows in {
        "groups": _groups(),
        "organizations": _organizations(drawn),
        "capabilities": _capabilities(drawn),
        "products": _products(drawn),
        "partnerships": _partnerships(drawn, passages, draw),
        "sources": _sources(int(passages.sum()), draw),
    }.items():
        rows.write_csv(folder / f"{name}.csv")
    return folder


def _keys(column: str) -> pl.Expr:
    return pl.col(column).str.strip_prefix(ID)


def _named(drawn: Drawn, things: pl.Series) -> pl.DataFrame:
    """Columns id, label@en, label@zh."""
    labels = drawn["labels"].pivot("language", index="entity", values="label")
    rows = things.to_frame("entity").join(labels, on="entity", maintain_order="left")
    return rows.select(id=_keys("entity"), **{"label@en": "en", "label@zh": "zh"})


def _cited(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(source=pl.lit("registry#list"))


def _groups() -> pl.DataFrame:
    number = pl.int_range(GROUPS).cast(pl.String)
    return _cited(
        pl.select(id="group-" + number.str.zfill(8), **{"label@en": "Group " + number, "label@zh": "集团" + number})
    )


def _organizations(drawn: Drawn) -> pl.DataFrame:
    """Banks, of which some are members of a group, and firms, each strong in something; some are units of another."""
    place = pl.int_range(pl.len())
    unit = pl.when(place % UNIT == UNIT - 1).then(pl.col("id").shift(1))
    group = "group-" + (place // MEMBER % GROUPS).cast(pl.String).str.zfill(8)
    banks, firms = (_named(drawn, drawn.of_class(cls)) for cls in (KG.Bank, KG.TechFirm))
    strong = drawn.of_class(KG.Capability).str.strip_prefix(ID).gather(np.arange(len(firms)) % CAPABILITIES)
    kinds = [
        banks.with_columns(type=pl.lit("Bank"), subsidiaryOf=unit, memberOf=pl.when(place % MEMBER == 0).then(group)),
        firms.with_columns(type=pl.lit("TechFirm"), subsidiaryOf=unit, offers=strong),
    ]
    return _cited(pl.concat(kinds, how="diagonal"))


def _capabilities(drawn: Drawn) -> pl.DataFrame:
    above = drawn["broader"].select(id=_keys("capability"), broader=_keys("broader"))
    return _cited(_named(drawn, drawn.of_class(KG.Capability)).join(above, on="id", how="left", maintain_order="left"))


def _unstated(drawn: Drawn) -> pl.DataFrame:
    """What follows from a product alone: columns partnership, product, capability, a product for each partnership."""
    covers = drawn["covers"].filter(~pl.col("stated")).select(_keys("partnership"), _keys("capability"))
    grouped = covers.group_by("partnership", maintain_order=True).agg(pl.col("capability").str.join("|"))
    return grouped.with_columns(product=pl.col("partnership").str.replace("partnership", "product"))


def _products(drawn: Drawn) -> pl.DataFrame:
    number = pl.col("product").str.strip_prefix("product-")
    return _cited(
        _unstated(drawn).select(
            id="product",
            **{"label@en": "Product " + number, "label@zh": "产品" + number},
            kind=pl.lit("service"),
            stage=pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("pilot")).otherwise(pl.lit("live")),
            realizes="capability",
        )
    )


def _partnerships(drawn: Drawn, passages: np.ndarray, draw: np.random.Generator) -> pl.DataFrame:
    """A row for each passage; the first says all, the others who takes part and on what."""
    sides = [
        drawn["parties"].filter(pl.col("side") == side).group_by(id=_keys("partnership"), maintain_order=True)
        .agg(_keys("organization").str.join("|").alias(column))
        for side, column in (("bank", "bankParty"), ("tech", "techParty"))
    ]  # fmt: skip
    covers = drawn["covers"].filter("stated").group_by(id=_keys("partnership"), maintain_order=True).agg(
        covers=_keys("capability").str.join("|")
    )  # fmt: skip
    rows = _named(drawn, drawn.of_class(KG.Partnership))
    for part in (*sides, covers, _unstated(drawn).select(id="partnership", delivers="product")):
        rows = rows.join(part, on="id", how="left", maintain_order="left")
    rows = rows.with_columns(_dates(len(rows), draw))
    source = pl.Series(np.arange(passages.sum())).cast(pl.String).str.zfill(8)
    told = rows[np.repeat(np.arange(len(rows)), passages)].with_columns(source="source-" + source + "#paragraph 1")
    first = pl.Series(np.concatenate([[0], np.cumsum(passages)[:-1]]))
    once = ["label@en", "label@zh", "delivers", *OPEN]
    return told.with_columns(
        pl.when(pl.int_range(pl.len()).is_in(first.implode())).then(pl.col(once)),
    )  # fmt: skip


def _dates(count: int, draw: np.random.Generator) -> list[pl.Series]:
    """The columns of dates: each step later than the last, to the day, the month or the year."""
    day = np.datetime64(FIRST_DAY) + draw.integers(0, 10 * 365, count)
    columns = []
    for name, share in OPEN.items():
        day = day + draw.integers(366, 500, count)  # so that no year of one is that of the next
        precision = draw.choice(list(FORMS), count, p=[0.6, 0.3, 0.1])
        days = pl.Series(day).cast(pl.Date).to_frame("day").with_columns(precision=pl.Series(precision))
        text = pl.coalesce(
            pl.when(pl.col("precision") == kind).then(pl.col("day").dt.to_string(form)) for kind, form in FORMS.items()
        )
        there = pl.Series(draw.random(count) < share)
        columns.append(days.select(pl.when(there).then(text).alias(name)).to_series())
    return columns


def _sources(count: int, draw: np.random.Generator) -> pl.DataFrame:
    """Pages of fifty publishers, and the register that the names are from."""
    number, publisher = pl.int_range(count).cast(pl.String).str.zfill(8), pl.Series(draw.integers(0, 50, count))
    pages = pl.select(
        id="source-" + number,
        **{"title@en": "Page " + number, "publisher@en": "Publisher " + publisher.cast(pl.String)},
        issued=pl.lit("2025-01-01"), language=pl.lit("en"), address="https://news.example/" + number,
    ).with_columns(source=pl.col("id") + "#imprint")  # fmt: skip
    own = pl.DataFrame({
        "id": ["registry"], "title@en": ["Register"], "publisher@en": ["Registrar"], "issued": ["2025-01-01"],
        "language": ["en"], "address": ["https://register.example/"], "source": ["registry#imprint"],
    })  # fmt: skip
    return pl.concat([own, pages])
