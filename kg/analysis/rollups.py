"""By which passages a thing counts as a wider one: a capability as a broader one, a subsidiary as its owner."""

from __future__ import annotations

import polars as pl

from kg.network.labels import key
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.steps import reached_from
from kg.store.engine import Engine
from kg.terms import KG, SKOS

_STEPS = """
SELECT DISTINCT ?thing ?above ?source ?locator ?passage WHERE {
  GRAPH ?passage { ?thing <%s> ?above }
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
"""
_PARTIES = "SELECT DISTINCT ?partnership ?organization { ?partnership kg:bankParty | kg:techParty ?organization }"


def broadened(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """The passages that put a capability under a broader one, over any number of steps.

    Columns capability (the broader one), covered (the narrower one), both IRIs; source (IRI), locator and passage
    (IRI), once for each step on any way from the one up to the other.
    """
    steps = select(store, _STEPS % SKOS.broader).select(pl.all().cast(pl.String))
    below = tables.narrower.select(thing="capability", covered="narrower")
    above = tables.narrower.select("capability", above="narrower")
    ways = steps.join(below, on="thing").join(above, on="above").filter(pl.col("covered") != pl.col("capability"))
    return ways.select("capability", "covered", "source", "locator", "passage").unique()


def ownership(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """The passages that say whose the organizations are that count as their owners (:mod:`kg.network.owners`).

    Columns party (the subsidiary), organization (the owner, at the top), source, all IRIs, and locator; nothing where
    everybody counts for itself.
    """
    steps = select(store, _STEPS % KG.subsidiaryOf).select(pl.all().cast(pl.String))
    owners: dict[str, set[str]] = {}
    for thing, above in steps.select("thing", "above").iter_rows():
        owners.setdefault(thing, set()).add(above)
    rows = [
        (organization, top, *step)
        for organization in owners
        if (top := tables.meant(organization)) != organization
        for step in _way(organization, top, owners)
    ]
    schema = dict.fromkeys(("party", "organization", "thing", "above"), pl.String)
    ways = pl.DataFrame(rows, schema=schema, orient="row")
    return ways.join(steps, on=["thing", "above"]).select("party", "organization", "source", "locator").unique()


def owned(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """The passages of :func:`ownership` by partnership: partnership, organization, source (keys), locator."""
    whose = ownership(store, tables)
    parties = select(store, _PARTIES).select(pl.all().cast(pl.String)).rename({"organization": "party"})
    found = whose.join(parties, on="party")
    return found.select(key("partnership"), key("organization"), key("source"), "locator").unique()


def _way(thing: str, top: str, owners: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The steps on any way from a thing up to another."""
    reached = reached_from(thing, owners)
    steps = ((one, above) for one in reached - {top} for above in owners.get(one, ()))
    return [(one, above) for one, above in steps if top in reached_from(above, owners)]
