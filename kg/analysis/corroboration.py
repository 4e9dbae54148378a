"""Who says what alone, and what stands on more than one independent source."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import polars as pl

from kg.network.tables import NetworkTables, key
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import DATED, KG

_CURATORS = r"/(?:[A-Za-z0-9-]+-)?editorial$"

_STATED = """
SELECT DISTINCT ?subject ?predicate ?object ?source WHERE {
  GRAPH ?passage { ?subject ?predicate ?object }
  ?passage dcterms:isPartOf ?source .
}
"""
_ORIGINS = """
SELECT DISTINCT ?source ?other WHERE {
  ?source a kg:Source .
  { ?source prov:wasDerivedFrom ?other . ?other a kg:Source }
  UNION { ?source dc:publisher ?publisher . ?other dc:publisher ?publisher ; a kg:Source }
  UNION { ?source kg:releaseOf ?party . ?other kg:releaseOf ?party }
  UNION { ?source a kg:Source . BIND(?source AS ?other) }
}
"""
_DATES = [KG.base + name for name in DATED]


def origins(store: Engine) -> dict[str, int]:
    """The origin of each source (IRI), a number: equal for sources that are not independent of each other.

    Those of one publisher have one origin, releases of one organization too, and what was derived from another source
    has that one's.
    """
    graph = nx.Graph()
    graph.add_edges_from(select(store, _ORIGINS).iter_rows())
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    return {source: number for number, part in enumerate(parts) for source in part}


def of_others() -> pl.Expr:
    """Whether a ``source`` (IRI) is another than the curators themselves, who are no source of what they found.

    Theirs has the key ``editorial``, or one that ends in ``-editorial``.
    """
    return ~pl.col("source").str.contains(_CURATORS)


class Claims(NamedTuple):
    """What the sources state but the curators: subject, predicate, object, source, origin; and each source's origin."""

    stated: pl.DataFrame
    origins: pl.DataFrame


def claims(store: Engine) -> Claims:
    """Who states what, and from which origin (:func:`origins`); read once, for both questions asked of it."""
    known = {"source": pl.String, "origin": pl.Int64}
    origin = pl.DataFrame(list(origins(store).items()), schema=known, orient="row")
    stated = select(store, _STATED).select(pl.all().cast(pl.String)).filter(of_others())
    return Claims(stated.join(origin, on="source"), origin)


def sources(said: Claims, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """What each source says, and who else says it, of :func:`claims`.

    Returns
    -------
    polars.DataFrame
        A row for each source but the curators' own: ``source`` (key), ``label``, ``origin`` (a number, equal for
        sources that are not independent), ``statements`` that it makes, those that it makes ``alone``, those that an
        independent source makes too (``shared``), and ``contradicted``: dates that another source puts elsewhere.
        Counts; sorted by ``source``.
    """
    stated, origin = said
    others = stated.join(stated, on=["subject", "predicate", "object"], suffix="_other")
    others = others.filter(pl.col("source") != pl.col("source_other"))
    statement = ["source", "subject", "predicate", "object"]
    backed = others.select(statement).unique()
    shared = others.filter(pl.col("origin") != pl.col("origin_other")).select(statement).unique()
    alone = stated.join(backed, on=statement, how="anti")
    rows = {"statements": stated, "alone": alone, "shared": shared, "contradicted": _contradicted(stated)}
    counted = stated.select("source").unique()
    for name, frame in rows.items():
        counted = counted.join(frame.group_by("source").agg(pl.len().alias(name)), on="source", how="left")
    every = origin.filter(of_others())
    labels = tables.labels(language)
    return (
        every.join(counted, on="source", how="left").join(labels, left_on="source", right_on="entity", how="left")
        .select(
            key("source"), pl.coalesce("label", key("source")).alias("label"), "origin",
            *(pl.col(count).fill_null(0).cast(pl.Int64) for count in rows),
        )
        .sort("source")
    )  # fmt: skip


def corroborated(said: Claims, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """How many independent sources say that there is each partnership, of :func:`claims`.

    Returns
    -------
    polars.DataFrame
        A row for each partnership: ``partnership`` (key), ``label``, ``sources`` (keys, of those that name a party of
        it) and ``origins`` (count of independent ones); those of least first.
    """
    named = said.stated.filter(pl.col("predicate").is_in([KG.bankParty, KG.techParty]))
    grouped = named.group_by("subject").agg(
        sources=key("source").unique().sort(), origins=pl.col("origin").n_unique().cast(pl.Int64)
    )
    labels = tables.labels(language)
    every = tables.of_class(KG.Partnership).unique().to_frame("subject")
    return (
        every.join(grouped, on="subject", how="left").join(labels, left_on="subject", right_on="entity", how="left")
        .select(
            partnership=key("subject"), label=pl.coalesce("label", key("subject")),
            sources=pl.col("sources").fill_null([]), origins=pl.col("origins").fill_null(0),
        )
        .sort("origins", "partnership")
    )  # fmt: skip


def _contradicted(stated: pl.DataFrame) -> pl.DataFrame:
    """Dates for which another source has one that is neither wider nor narrower: source, subject, predicate, object."""
    dated = stated.filter(pl.col("predicate").is_in(_DATES))
    both = dated.join(dated, on=["subject", "predicate"], suffix="_other").filter(
        pl.col("source") != pl.col("source_other"),
        ~pl.col("object").str.starts_with(pl.col("object_other")),
        ~pl.col("object_other").str.starts_with(pl.col("object")),
    )
    return both.select("source", "subject", "predicate", "object").unique()
