"""Who partners with whom, and on what: a row for each pair, and the matrix of banks by firms."""

from __future__ import annotations

import polars as pl
from polars.dataframe.group_by import GroupBy

from kg.network.labels import key, shortest
from kg.network.tables import NetworkTables


def partners(tables: NetworkTables, organization: str, *, language: str = "en") -> pl.DataFrame:
    """Who partners with an organization (an IRI), and on what.

    Returns
    -------
    polars.DataFrame
        A row for each partner and partnership: ``partner`` (key), ``label``, ``partnership`` (key), ``since_earliest``
        and ``since_latest`` (dates: when its first milestone was reached, by what all sources leave open, else by what
        any does; null where none is known), ``capabilities`` (keys) and ``on`` (their labels in the same order);
        sorted by label of the partner, then partnership.
    """
    own = tables.places([organization])
    found = pl.concat(
        [
            tables.pair_numbers.filter(pl.col(side).is_in(own.implode())).select("partnership", partner=other)
            for side, other in (("bank", "firm"), ("firm", "bank"))
        ]
    ).unique()
    deals = found["partnership"].unique()
    partners = tables.shown(found["partner"].unique(), language).select(partner="place", key="key", label="label")
    named = tables.shown(deals, language).select("iri", partnership="place")
    rows = (
        found.join(partners, on="partner").join(named, on="partnership")
        .join(since(tables), left_on="iri", right_on="partnership", how="left")
        .join(_covered(tables, deals, language), on="partnership", how="left")
    )  # fmt: skip
    return rows.select(
        partner="key", label="label", partnership=key("iri"),
        since_earliest="since_earliest", since_latest="since_latest",
        capabilities=pl.col("capabilities").fill_null([]), on=pl.col("on").fill_null([]),
    ).sort("label", "partnership")  # fmt: skip


def matrix(tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """Which bank partners with which firm, and on what.

    Returns
    -------
    polars.DataFrame
        A row for each pair that has a partnership: ``bank`` and ``firm`` (keys), ``bank_label`` and ``firm_label``,
        ``bank_short`` and ``firm_short`` (the shortest alias), ``partnerships`` (keys), ``capabilities`` (keys of all
        that they cover) and ``on`` (their labels in the same order); sorted by the keys.
    """
    pairs, pair = tables.pair_numbers, ["bank", "firm"]
    deals = tables.shown(pairs["partnership"].unique(), language).select("key", partnership="place")
    covers = pairs.join(tables.numbers("covers").select("partnership", "capability"), on="partnership")
    topics = tables.shown(covers["capability"].unique(), language).select("key", "label", capability="place")
    rows = _listed(pairs, deals, pair, "key").agg(partnerships="key").join(
        _listed(covers.select(*pair, "capability").unique(), topics, pair, "label", "key").agg(
            capabilities="key", on="label"
        ),
        on=pair, how="left", maintain_order="left",
    )  # fmt: skip
    named = _named(tables, pl.concat([rows["bank"], rows["firm"]]).unique(), language)
    for side in pair:
        names = named.select(pl.all().name.prefix(f"{side}_"))
        rows = rows.join(names, left_on=side, right_on=f"{side}_place", how="left", maintain_order="left")
    return rows.select(
        bank="bank_key", firm="firm_key", bank_label="bank_label", firm_label="firm_label",
        bank_short="bank_short", firm_short="firm_short", partnerships="partnerships",
        capabilities=pl.col("capabilities").fill_null([]), on=pl.col("on").fill_null([]),
    )  # fmt: skip


def _listed(rows: pl.DataFrame, things: pl.DataFrame, pair: list[str], *order: str) -> GroupBy:
    """Rows of numbers by pairs, in their order; of each, its things with their names, in the order of these."""
    # Texts are put in order once each, and rows by numbers.
    named = things.sort(*order).with_row_index("at")
    return rows.join(named, on=things.columns[-1]).sort(*pair, "at").group_by(pair, maintain_order=True)


def _named(tables: NetworkTables, places: pl.Series, language: str) -> pl.DataFrame:
    """How some organizations (numbers) are called: place, key, label, short (the shortest alias)."""
    own = tables.numbers("labels").filter(pl.col("entity").is_in(places.implode()))
    short = shortest(own, language).select(place="entity", short="label")
    rows = tables.shown(places, language).join(short, on="place", how="left")
    return rows.select("place", "key", "label", short=pl.coalesce("short", "key"))


def _covered(tables: NetworkTables, deals: pl.Series, language: str) -> pl.DataFrame:
    """What some partnerships (numbers) cover, once each, in the order of labels: partnership, capabilities, on."""
    covers = tables.numbers("covers").filter(pl.col("partnership").is_in(deals.implode()))
    covers = covers.select("partnership", "capability").unique()
    topics = tables.shown(covers["capability"].unique(), language).select("key", "label", capability="place")
    return (
        covers.join(topics, on="capability").sort("label", "key")
        .group_by("partnership", maintain_order=True)
        .agg(capabilities="key", on="label")
    )  # fmt: skip


def since(tables: NetworkTables) -> pl.DataFrame:
    """When each partnership's first milestone was reached: partnership (IRI), since_earliest, since_latest (dates)."""
    milestones = tables["milestones"].filter(~pl.col("stage").str.ends_with("/ended"))
    return milestones.group_by(partnership="of").agg(
        # Of a milestone that has no earliest day it is not known how early it was.
        since_earliest=pl.when(pl.col("agreed_earliest").is_not_null().all()).then(pl.col("agreed_earliest").min()),
        since_latest=pl.col("agreed_latest").min(),
    )
