"""The passages behind a ranking: why each capability counts for each partnership."""

from __future__ import annotations

import polars as pl

from kg.analysis.merges import Merges
from kg.analysis.rollups import broadened, owned, ownership
from kg.network.labels import key, keys_and_labels, labelled, number
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import KG, citation

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
_NAMED = """
SELECT DISTINCT ?partnership ?source ?locator WHERE {
  {
    VALUES ?property {
      kg:bankParty kg:techParty kg:covers kg:delivers kg:announced kg:announcedEarliest kg:announcedLatest
      kg:signed kg:signedEarliest kg:signedLatest kg:launched kg:launchedEarliest kg:launchedLatest
    }
    GRAPH ?passage { ?partnership ?property ?any }
  } UNION {
    ?partnership kg:delivers ?product .
    GRAPH ?passage { ?product kg:realizes ?any }
  } UNION {
    GRAPH ?passage { ?step kg:of ?partnership }
  }
  ?partnership a kg:Partnership .
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
"""
_PARTS = """
SELECT DISTINCT ?partnership ?thing WHERE {
  { ?partnership a kg:Partnership . BIND(?partnership AS ?thing) }
  UNION { ?partnership a kg:Partnership ; kg:delivers ?thing }
  UNION { ?partnership a kg:Partnership . ?thing kg:of ?partnership }
}
"""
_DATED = """
SELECT DISTINCT ?partnership ?source ?locator WHERE {
  {
    VALUES ?property {
      kg:announced kg:announcedEarliest kg:announcedLatest kg:signed kg:signedEarliest kg:signedLatest
      kg:launched kg:launchedEarliest kg:launchedLatest kg:ended kg:endedEarliest kg:endedLatest
    }
    GRAPH ?passage { ?partnership ?property ?day }
  } UNION {
    ?step kg:of ?partnership . VALUES ?property { kg:on kg:onEarliest kg:onLatest }
    GRAPH ?passage { ?step ?property ?day }
  }
  ?partnership a kg:Partnership .
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
"""
_OFFERED = """
SELECT DISTINCT ?firm ?offered ?source ?locator WHERE {
  GRAPH ?passage { ?firm kg:offers ?offered }
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
"""
_SOURCES = """
SELECT ?source (MIN(?p) AS ?publisher) (MIN(?i) AS ?issued) (MIN(?a) AS ?address) (MIN(?l) AS ?written) WHERE {
  ?source a kg:Source .
  OPTIONAL { ?source dc:publisher ?p }
  OPTIONAL { ?source dcterms:issued ?i }
  OPTIONAL { ?source rdfs:seeAlso | schema:url ?a }
  OPTIONAL { ?source dc:language ?l }
}
GROUP BY ?source
"""


def sources(store: Engine, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """The sources of a landscape.

    Returns
    -------
    polars.DataFrame
        ``source`` (key), ``title`` (in the language where it has one), ``publisher``, ``issued`` (as the source gives
        it), ``address``, ``language`` (that it is written in); texts, null where not known; sorted by ``source``.
    """
    rows = select(store, _SOURCES)
    labels = tables.labels(language)
    return (
        rows.select(pl.all().cast(pl.String)).join(labels, left_on="source", right_on="entity", how="left")
        .select(key("source"), "publisher", "issued", "address", title="label", language="written")
        .select("source", "title", "publisher", "issued", "address", "language")
        .sort("source")
    )  # fmt: skip


def passages(tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """What passages are called in a language: columns passage (``source#locator``), label; those that have a name."""
    named = sorted((citation(iri), label) for iri, label in tables.passages(language).items())
    return pl.DataFrame(named, schema={"passage": pl.String, "label": pl.String}, orient="row")


def places_in_words(tables: NetworkTables, cited: pl.DataFrame, language: str) -> pl.Series:
    """What the places of passages (source, a key, and locator) are called in a language, else their locators."""
    passages = cited.select(passage=pl.concat_str("source", pl.lit("#"), "locator"))["passage"].to_list()
    names = tables.called(filter(None, passages), language)
    told = [names.get(passage, place) for passage, place in zip(passages, cited["locator"], strict=True)]
    return pl.Series("locator", told, dtype=pl.String)


def citations(store: Engine, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """The passages by which each partnership counts for each capability of :func:`kg.analysis.sharing.sharing`.

    Returns
    -------
    polars.DataFrame
        A row for each passage: ``capability``, ``partnership``, ``covered`` (the capability itself or a narrower one
        that the partnership covers), ``product`` (by which it does, null where the source says it of the partnership),
        each a key with its ``_label``; ``source`` (key), ``locator``, ``passage`` (IRI). Sorted by these. The passages
        that put the narrower one under the capability are among them, and where a passage speaks of another thing,
        those by which it is judged to be this one.
    """
    rows = select(store, _COVERED).select(pl.all().cast(pl.String))
    rows = pl.concat([rows, _judging(store, rows)])
    counted = rows.join(tables.narrower, left_on="covered", right_on="narrower")
    columns = ("capability", "partnership", "covered", "product")
    above = counted.select(columns).unique().join(broadened(store, tables), on=["capability", "covered"])
    counted = pl.concat([counted.select(above.columns), above])
    named = labelled(counted, tables.labels(language), *columns)
    cited = named.select(*keys_and_labels(*columns), key("source"), "locator", "passage")
    return cited.sort(*columns, "source", number("locator"), "passage")


def _judging(store: Engine, covered: pl.DataFrame) -> pl.DataFrame:
    """The passages by which rows of what is covered speak of things that are others now, as further rows."""
    judging = Merges(store).judging().rename({"source": "by", "locator": "place", "passage": "judged"})
    of_product = (pl.col("subject") == pl.col("product")) & (pl.col("object") == pl.col("covered"))
    to_either = (pl.col("object") == pl.col("covered")) | (pl.col("object") == pl.col("product"))
    spoken = covered.join(judging, left_on="passage", right_on="graph").filter(
        (of_product | ((pl.col("subject") == pl.col("partnership")) & to_either)).fill_null(value=False)
    )
    told = {"passage": "judged", "source": "by", "locator": "place"}
    return spoken.with_columns(**{name: pl.col(column) for name, column in told.items()}).select(covered.columns)


def behind_capabilities(
    store: Engine, tables: NetworkTables, *, exact: bool = False, stated: bool = False
) -> pl.DataFrame:
    """The passages behind each capability as it is ranked: columns capability (key), sources (``source#locator``).

    ``exact`` and ``stated`` are as in :func:`kg.analysis.sharing.sharing`.
    """
    cited = citations(store, tables)
    kept = cited.filter(pl.col("partnership").is_in(_keys(tables)))
    if exact:
        kept = kept.filter(pl.col("covered") == pl.col("capability"))
    if stated:
        kept = kept.filter(pl.col("product").is_null())
    return _listed(_with_owners(store, tables, kept, "capability", "partnership"), "capability")


def behind_coverage(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """The passages by which a partnership counts for a capability: capability, partnership (keys), sources."""
    by = ("capability", "partnership")
    kept = citations(store, tables).filter(pl.col("partnership").is_in(_keys(tables)))
    return _listed(_with_owners(store, tables, kept, *by), *by)


def behind_partnerships(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """The passages that say who partners, on what and since when: partnership (key), sources."""
    rows = _telling(store).filter(pl.col("partnership").is_in(_keys(tables)))
    return _listed(_with_owners(store, tables, rows, "partnership"), "partnership")


def _telling(store: Engine) -> pl.DataFrame:
    """The passages that tell of partnerships, and by which what they speak of is what is meant: as :func:`_named`."""
    judging = Merges(store).judging()
    parts = select(store, _PARTS).select(pl.all().cast(pl.String))
    spoken = pl.concat(
        [parts.join(judging, left_on="thing", right_on=side) for side in ("subject", "object")], how="diagonal"
    )
    judged = spoken.select(key("source"), "locator", partnership=key("partnership"))
    return pl.concat([_named(store, _NAMED), judged.unique()])


def dating(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """The passages that date the steps of partnerships: columns partnership (key), sources (``source#locator``)."""
    rows = _named(store, _DATED)
    return _listed(rows.filter(pl.col("partnership").is_in(_keys(tables))), "partnership").explode("sources")


def _named(store: Engine, query: str) -> pl.DataFrame:
    """The passages of a query that names partnership, source and locator, with keys."""
    rows = select(store, query).select(pl.all().cast(pl.String))
    return rows.select(key("source"), "locator", partnership=key("partnership"))


def _with_owners(store: Engine, tables: NetworkTables, rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The passages (source, locator) of rows, with those that say whose the parties of their ``partnership`` are.

    Only where these count as their owners; ``by`` are the columns that are kept.
    """
    told = rows.select(*by, "source", "locator")
    owners = owned(store, tables).select("partnership", "source", "locator")
    return pl.concat([told, told.select(by).unique().join(owners, on="partnership").select(told.columns)])


def behind_pairs(store: Engine, tables: NetworkTables, pairs: pl.DataFrame) -> pl.DataFrame:
    """The passages behind the partnerships of each pair (bank, firm, partnerships): columns bank, firm, sources."""
    behind = behind_partnerships(store, tables).explode("sources")
    told = pairs.select("bank", "firm", partnership="partnerships").explode("partnership")
    joined = told.join(behind, on="partnership", how="left", maintain_order="left")
    return joined.group_by("bank", "firm", maintain_order=True).agg(
        pl.col("sources").drop_nulls().unique(maintain_order=True)
    )


def behind_gaps(store: Engine, tables: NetworkTables, cells: pl.DataFrame) -> pl.DataFrame:
    """The passages that explain each cell of :func:`kg.analysis.gaps.gaps`: columns bank, capability, sources.

    They say that the partnerships named cover the capability, that the firms work with the bank, or offer it.
    """
    cell, passage = ["bank", "capability"], ["source", "locator"]
    on = pl.concat([cells.select(*cell, partnership=by).explode("partnership") for by in ("has_by", "brought_by")])
    covering = on.join(citations(store, tables).select("capability", "partnership", *passage), on=on.columns[1:])
    works = cells.select(*cell, partnership="works_by").explode("partnership")
    stated = select(store, _OFFERED).select(pl.all().cast(pl.String))
    firms = {firm: tables.meant(firm) for firm in stated["firm"]}
    offered = stated.join(tables.narrower, left_on="offered", right_on="narrower")
    above = offered.select("firm", "capability", covered="offered").join(
        broadened(store, tables), on=["capability", "covered"]
    )
    whose = offered.select("firm", "capability").join(ownership(store, tables), left_on="firm", right_on="party")
    offers = pl.concat([rows.select("firm", "capability", *passage) for rows in (offered, above, whose)])
    offers = offers.with_columns(pl.col("firm").replace(firms)).select(
        key("capability"), key("source"), "locator", firms=key("firm")
    )
    offering = cells.select(*cell, "firms").explode("firms").join(offers, on=["capability", "firms"])
    working = works.join(_telling(store), on="partnership")
    by = [*cell, "partnership"]
    owning = pl.concat([on.select(by), works.select(by)]).join(owned(store, tables), on="partnership")
    found = pl.concat([rows.select(*cell, *passage) for rows in (covering, working, owning, offering)])
    return _listed(found, *cell)


def _keys(tables: NetworkTables) -> list[str]:
    """The keys of the partnerships that there are."""
    return tables.of_class(KG.Partnership).to_frame("iri").select(key("iri")).to_series().to_list()


def _listed(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    cited = rows.select(*by, "source", "locator").unique().sort(*by, "source", number("locator"), "locator")
    return cited.group_by(by, maintain_order=True).agg(sources=pl.concat_str("source", pl.lit("#"), "locator"))
