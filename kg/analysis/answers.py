"""Named questions that the network tables answer at once, where SPARQL would join all with all.

What a question means stands in ``ontology/questions/``; a test holds these equal to it, row by row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

import polars as pl

from kg.network.numbers import named
from kg.network.tables import NetworkTables
from kg.terms import KG

Terms = Mapping[str, str]
"""The parameters of a question as SPARQL writes them."""


def answered(question: str, tables: NetworkTables, terms: Terms) -> pl.DataFrame | None:
    """The rows of a question, entities as IRIs, in its order; None where SPARQL is to be asked."""
    ask = _ANSWERS.get(question)
    if ask is None:
        return None
    rows = ask(tables, terms)
    return named(rows, tables.entities, [name for name in rows.columns if name not in _VALUES])


_VALUES = {"partnerships", "banks", "firms", "earliest", "latest"}
"""The columns that hold no entities."""


def _who_with_whom(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    del terms
    rows = tables.pair_numbers.join(tables.numbers("covers").select("partnership", "capability"), on="partnership")
    return rows.select("bank", "firm", "partnership", "capability").unique().sort(pl.all())


def _partners_of_group(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    group = pl.col("group").is_in(_number(tables, terms["group"]).implode())
    member = pl.col("member").is_in(tables.numbers("groups").filter(group)["organization"].implode())
    rows = [
        tables.pair_numbers.select("partnership", member=one, partner=other).filter(member)
        for one, other in (("bank", "firm"), ("firm", "bank"))
    ]
    return pl.concat(rows).select("member", "partner", "partnership").unique().sort(pl.all())


def _partnerships_on(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    asked = tables.narrower_numbers.filter(pl.col("capability").is_in(_number(tables, terms["capability"]).implode()))
    covers = tables.numbers("covers").select("partnership", "capability")
    covers = covers.filter(pl.col("capability").is_in(asked["narrower"].implode()))
    rows = covers.join(tables.both_sides, on="partnership").select("partnership", "capability", "bank", "firm")
    return rows.unique().sort(pl.all())


def _shared_capabilities(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    deals = tables.both_sides
    kind = pl.col("capability").is_in(tables.numbers_of_class(KG.Capability).implode())
    covers = tables.numbers("covers").select("partnership", narrower="capability").join(
        tables.narrower_numbers.filter(kind), on="narrower"
    ).select("partnership", "capability").unique()  # fmt: skip
    # Both sides are asked of each partnership, and each is counted for itself.
    covers = covers.join(deals, on="partnership", how="semi")
    counts = covers.group_by("capability").agg(partnerships=pl.len().cast(pl.Int64))
    for name, side in (("banks", "bank"), ("firms", "tech")):
        parties = tables.numbers("parties").filter(pl.col("side") == side).select("partnership", "organization")
        each = covers.join(parties, on="partnership").group_by("capability")
        counts = counts.join(each.agg(pl.col("organization").n_unique().cast(pl.Int64).alias(name)), on="capability")
    enough = counts.filter(pl.col("partnerships") >= int(terms["minimum"]))
    return enough.sort("partnerships", "capability", descending=[True, False])


def _banks_without(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    below = tables.narrower_numbers.filter(pl.col("capability").is_in(_number(tables, terms["capability"]).implode()))
    covering = tables.numbers("covers").join(below.select(capability="narrower"), on="capability", how="semi")
    parties = tables.numbers("parties").filter(pl.col("side") == "bank")
    having = parties.join(covering, on="partnership", how="semi")["organization"]
    banks = tables.numbers_of_class(KG.Bank).unique().sort()
    return banks.filter(~banks.is_in(having.implode())).to_frame("bank")


def _offered_unused(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    del terms
    offers = tables.numbers("offers").select("organization", "capability").unique()
    parties = tables.numbers("parties").select("partnership", "organization").unique()
    parties = parties.join(offers, on="organization", how="semi")
    covered = tables.numbers("covers").select("partnership", narrower="capability")
    used = parties.join(covered, on="partnership").select("organization", "narrower").unique()
    used = used.join(tables.narrower_numbers, on="narrower").select("organization", "capability")
    return offers.join(used, on=["organization", "capability"], how="anti").sort(pl.all())


def _milestones_between(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    first, last = (dt.date.fromisoformat(terms[end].split('"')[1]) for end in ("from", "to"))
    may = (pl.col("earliest").fill_null(first) <= last) & (pl.col("latest").fill_null(last) >= first)
    rows = tables.numbers("milestones").filter(may).select("of", "stage", "earliest", "latest")
    return rows.sort("earliest", "latest", "of", "stage", nulls_last=False)


def _products_at(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    codes, stage = tables.numbers("codes"), _number(tables, terms["stage"])
    at = codes.filter((pl.col("list") == "stage") & pl.col("code").is_in(stage.implode())).select(product="entity")
    at = at.unique().filter(pl.col("product").is_in(tables.numbers_of_class(KG.Product).implode()))
    kinds = codes.filter(pl.col("list") == "kind").select(product="entity", kind="code")
    deals = tables.numbers("delivers").join(tables.both_sides, on="partnership")
    rows = at.join(kinds, on="product", how="left").join(deals.drop("partnership"), on="product", how="left")
    return rows.select("product", "kind", "bank", "firm").unique().sort("product", "bank", "firm", nulls_last=False)


def _stated_once(tables: NetworkTables, terms: Terms) -> pl.DataFrame:
    del terms
    kind = pl.col("partnership").is_in(tables.numbers_of_class(KG.Partnership).implode())
    each = tables.numbers("vouched").filter(kind).group_by("partnership", "capability")
    once = each.agg(pl.col("source").min(), pl.len().alias("sources")).filter(pl.col("sources") == 1)
    return once.select("partnership", "capability", "source").sort(pl.all())


def _number(tables: NetworkTables, term: str) -> pl.Series:
    """The number of the entity that a parameter names; none where no table does."""
    return tables.places(re.findall(r"^<(.*)>$", term))


_ANSWERS: dict[str, Callable[[NetworkTables, Terms], pl.DataFrame]] = {
    "banks-without": _banks_without,
    "milestones-between": _milestones_between,
    "offered-unused": _offered_unused,
    "partners-of-group": _partners_of_group,
    "partnerships-on": _partnerships_on,
    "products-at": _products_at,
    "shared-capabilities": _shared_capabilities,
    "stated-once": _stated_once,
    "who-with-whom": _who_with_whom,
}
