"""The passages behind a ranking: why each capability counts for each partnership."""

from __future__ import annotations

import polars as pl

from kg.network.tables import NetworkTables, key, keys_and_labels, labelled, number
from kg.query.results import select
from kg.store.engine import Engine

_COVERED = """
SELECT DISTINCT ?partnership ?covered ?product ?passage ?source ?locator WHERE {
  {
    GRAPH ?passage { ?partnership kg:covers ?covered }
  } UNION {
    ?partnership kg:delivers ?product . ?product kg:realizes ?covered .
    { GRAPH ?passage { ?partnership kg:delivers ?product } }
    UNION
    { GRAPH ?passage { ?product kg:realizes ?covered } }
  }
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
"""
_SOURCES = """
SELECT ?source (MIN(?p) AS ?publisher) (MIN(?i) AS ?issued) (MIN(?a) AS ?address) WHERE {
  ?source a kg:Source .
  OPTIONAL { ?source dc:publisher ?p }
  OPTIONAL { ?source dcterms:issued ?i }
  OPTIONAL { ?source rdfs:seeAlso | schema:url ?a }
}
GROUP BY ?source
"""


def sources(store: Engine, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """The sources of a landscape.

    Returns
    -------
    polars.DataFrame
        ``source`` (key), ``title`` (in the language where it has one), ``publisher``, ``issued`` (as the source gives
        it), ``address``; texts, null where not known; sorted by ``source``.
    """
    rows = select(store, _SOURCES)
    labels = tables.labels(language)
    return (
        rows.select(pl.all().cast(pl.String)).join(labels, left_on="source", right_on="entity", how="left")
        .select(key("source"), pl.col("label").alias("title"), "publisher", "issued", "address")
        .sort("source")
    )  # fmt: skip


def citations(store: Engine, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """The passages by which each partnership counts for each capability of :func:`kg.analysis.sharing.sharing`.

    Returns
    -------
    polars.DataFrame
        A row for each passage: ``capability``, ``partnership``, ``covered`` (the capability itself or a narrower one
        that the partnership covers), ``product`` (by which it does, null where the source says it of the partnership),
        each a key with its ``_label``; ``source`` (key), ``locator``, ``passage`` (IRI). Sorted by these.
    """
    rows = select(store, _COVERED).select(pl.all().cast(pl.String))
    counted = rows.join(tables.narrower, left_on="covered", right_on="narrower")
    columns = ("capability", "partnership", "covered", "product")
    named = labelled(counted, tables.labels(language), *columns)
    cited = named.select(*keys_and_labels(*columns), key("source"), "locator", "passage")
    return cited.sort(*columns, "source", number("locator"), "passage")
