"""Who says what alone, and what stands on more than one independent source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import networkx as nx
import polars as pl

from kg.network.labels import key, keys_and_labels, labelled
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.spellings import loosened
from kg.store.engine import Engine
from kg.terms import DATED, KG

_CURATORS = r"/(?:[A-Za-z0-9-]+-)?editorial$"

_STATED = """
SELECT DISTINCT ?subject ?predicate ?object ?source WHERE {
  GRAPH ?passage { ?subject ?predicate ?object }
  ?passage dcterms:isPartOf ?source .
  FILTER(?predicate NOT IN (rdf:type, skos:prefLabel, skos:altLabel, skos:hiddenLabel))
  FILTER NOT EXISTS { ?subject a kg:Source } # what a source says of itself is its description
}
"""
_ALIKE = """
SELECT DISTINCT ?source ?other WHERE {
  ?source a kg:Source .
  { ?source kg:releaseOf ?party . BIND(CONCAT("released by ", STR(?party)) AS ?other) }
  UNION { ?source a kg:Source . BIND(STR(?source) AS ?other) }
}
"""
_PUBLISHED = "SELECT DISTINCT ?source ?publisher { ?source a kg:Source ; dc:publisher ?publisher }"
_UNKNOWN = """
SELECT ?source WHERE {
  ?source a kg:Source FILTER NOT EXISTS { ?source dc:publisher | kg:releaseOf | prov:wasDerivedFrom ?any }
}
"""
_DERIVED = "SELECT DISTINCT ?source ?other { ?source a kg:Source ; prov:wasDerivedFrom ?other . ?other a kg:Source }"
_DATES = [KG.base + name for name in DATED]


def origins(store: Engine) -> dict[str, list[int]]:
    """Where what each source (IRI) says comes from: numbers, none in common for sources that are independent.

    Sources of one publisher have one origin, however its name is cased or spaced, with its legal ending or without, in
    either script, and releases of one organization too. What was derived from other sources has all of theirs, in the
    stead of one of its own; a circle of such has one. A source of which neither publisher nor origin is known has no
    number, nor has what was derived from it: it may come from anybody.
    """
    alike, derived = nx.Graph(), nx.DiGraph()
    rows = select(store, _ALIKE)
    alike.add_edges_from(rows.iter_rows())
    published = select(store, _PUBLISHED).select(pl.all().cast(pl.String))
    alike.add_edges_from((source, f"published by {loosened(name)}") for source, name in published.iter_rows())
    known = set(rows["source"])
    parts = sorted(sorted(known & part) for part in nx.connected_components(alike))
    part_of = {source: number for number, part in enumerate(parts) for source in part}
    derived.add_nodes_from(range(len(parts)))
    derived.add_edges_from((part_of[source], part_of[other]) for source, other in select(store, _DERIVED).iter_rows())
    unknown = {part_of[source] for source in select(store, _UNKNOWN)["source"]}
    whole = nx.condensation(derived)
    member = whole.graph["mapping"]
    roots: dict[int, list[int]] = {}
    for node in reversed(list(nx.topological_sort(whole))):
        members, above = whole.nodes[node]["members"], [roots[other] for other in whole.successors(node)]
        if unknown & members or not all(above):
            roots[node] = []
        else:
            roots[node] = sorted({root for others in above for root in others}) or [min(members)]
    return {source: roots[member[part]] for source, part in part_of.items()}


def independent(sources: Iterable[Sequence[int]]) -> int:
    """How many sources, of these origins, are independent of each other: as many as have none in common.

    Those of which no origin is known are independent of nobody: they add none to others, and are one by themselves.
    """
    taken: set[int] = set()
    count = 0
    given = sorted(sources, key=lambda origin: (len(origin), list(origin)))
    for own in filter(None, given):
        if not taken.intersection(own):
            taken.update(own)
            count += 1
    return count or min(len(given), 1)


def of_others() -> pl.Expr:
    """Whether a ``source`` (IRI) is another than the curators themselves, who are no source of what they found.

    Theirs has the key ``editorial``, or one that ends in ``-editorial``.
    """
    return ~pl.col("source").str.contains(_CURATORS)


def _apart() -> pl.Expr:
    """Whether the ``origin`` of one source and that of another, ``origin_other``, are known to be different."""
    common = pl.col("origin").list.set_intersection("origin_other").list.len()
    return (common == 0) & (pl.col("origin").list.len() > 0) & (pl.col("origin_other").list.len() > 0)


class Claims(NamedTuple):
    """What the sources state but the curators: subject, predicate, object, source, origin; and each source's origin.

    Classes, names and what a source says of itself are no claims.
    """

    stated: pl.DataFrame
    origins: pl.DataFrame


def claims(store: Engine) -> Claims:
    """Who states what, and from which origin (:func:`origins`); read once, for both questions asked of it."""
    known = {"source": pl.String(), "origin": pl.List(pl.Int64)}
    origin = pl.DataFrame(list(origins(store).items()), schema=known, orient="row")
    stated = select(store, _STATED).select(pl.all().cast(pl.String)).filter(of_others())
    return Claims(stated.join(origin, on="source"), origin)


def sources(said: Claims, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """What each source says, and who else says it, of :func:`claims`.

    Returns
    -------
    polars.DataFrame
        A row for each source but the curators' own: ``source`` (key), ``label``, ``origin`` (numbers, of which sources
        that are independent have none in common; none where nothing is known of it), ``statements`` that it makes
        (:class:`Claims`): those that it makes ``alone``, those that only others make too which are not known to be
        independent of it (``repeated``), and those that an independent one makes too (``shared``), which together are
        all; and of them ``contradicted``: dates and bounds of dates that can't be if another source is right.
        Counts; sorted by ``source``.
    """
    stated, origin = said
    others = stated.join(stated, on=["subject", "predicate", "object"], suffix="_other")
    others = others.filter(pl.col("source") != pl.col("source_other"))
    statement = ["source", "subject", "predicate", "object"]
    backed = others.select(statement).unique()
    shared = others.filter(_apart()).select(statement).unique()
    rows = {
        "statements": stated,
        "alone": stated.join(backed, on=statement, how="anti"),
        "repeated": backed.join(shared, on=statement, how="anti"),
        "shared": shared,
        "contradicted": _conflicts(stated).drop("source_other").unique(),
    }
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


def backed(said: Claims, tables: NetworkTables) -> pl.DataFrame:
    """Each partnership with the sources that name parties on both sides of it: subject (IRI), sources (keys), origins.

    Half of a partnership is none; ``origins`` counts the independent ones.
    """
    named = said.stated.filter(pl.col("predicate").is_in([KG.bankParty, KG.techParty]))
    both = named.group_by("subject", "source").agg(pl.col("predicate").n_unique(), pl.col("origin").first())
    both = both.filter(pl.col("predicate") == 2).sort("subject", "source")
    grouped = both.group_by("subject", maintain_order=True).agg(sources=key("source"), origin="origin")
    counts = pl.Series("origins", map(independent, grouped["origin"].to_list()), dtype=pl.Int64)
    every = tables.of_class(KG.Partnership).unique().to_frame("subject")
    joined = every.join(grouped.select("subject", "sources", counts), on="subject", how="left")
    return joined.with_columns(pl.col("sources").fill_null([]), pl.col("origins").fill_null(0))


def corroborated(said: Claims, tables: NetworkTables, *, language: str = "en") -> pl.DataFrame:
    """How many independent sources say that there is each partnership, of :func:`claims`.

    Returns
    -------
    polars.DataFrame
        A row for each partnership: ``partnership`` (key), ``label``, ``sources`` (keys, of those that name parties on
        both sides of it) and ``origins`` (count of independent ones); those of least first.
    """
    return (
        backed(said, tables).join(tables.labels(language), left_on="subject", right_on="entity", how="left")
        .with_columns(partnership=key("subject"), label=pl.coalesce("label", key("subject")))
        .select("partnership", "label", "sources", "origins")
        .sort("origins", "partnership")
    )  # fmt: skip


def told_by(said: Claims, tables: NetworkTables, source: str, *, language: str = "en") -> pl.DataFrame:
    """What one source (IRI) states, and who else does, of :func:`claims`.

    Returns
    -------
    polars.DataFrame
        A row for each statement: ``subject``, ``predicate``, ``object`` (keys, or the text of a literal), each with its
        ``_label``; ``standing``: ``contradicted`` (a date that another source puts elsewhere), ``shared`` (an
        independent source states it too), ``repeated`` (others do, none of them known to be independent) or ``alone``;
        ``others`` (keys of the sources that state it too, or that contradict it). Sorted by standing, then by the
        statement.
    """
    statement = ["subject", "predicate", "object"]
    own = said.stated.filter(pl.col("source") == source)
    too = own.join(said.stated, on=statement, suffix="_other").filter(pl.col("source_other") != source)
    listed = too.group_by(statement).agg(independent=_apart().any(), with_=key("source_other").unique().sort())
    against = _conflicts(said.stated).filter(pl.col("source") == source).group_by(statement).agg(
        against=key("source_other").unique().sort()
    )  # fmt: skip
    order = {"contradicted": 0, "alone": 1, "repeated": 2, "shared": 3}
    standing = (
        pl.when(pl.col("against").is_not_null()).then(pl.lit("contradicted"))
        .when(pl.col("independent")).then(pl.lit("shared"))
        .when(pl.col("with_").is_not_null()).then(pl.lit("repeated"))
        .otherwise(pl.lit("alone"))
    )  # fmt: skip
    rows = (
        own.join(listed, on=statement, how="left").join(against, on=statement, how="left")
        .with_columns(standing=standing, others=pl.coalesce("against", "with_").fill_null([]))
    )  # fmt: skip
    return (
        labelled(rows, tables.labels(language), *statement)
        .sort(pl.col("standing").replace_strict(order, return_dtype=pl.Int64), *statement)
        .select(*keys_and_labels(*statement), "standing", "others")
    )


def _conflicts(stated: pl.DataFrame) -> pl.DataFrame:
    """The dates that can't be if another source is right: source, subject, predicate, object, source_other.

    What one source says of a step, by its date and by its bounds, leaves some days open; where two leave none in
    common, one of them is wrong.
    """
    dated = stated.with_columns(
        base=pl.col("predicate").str.replace("(Earliest|Latest)$", ""),
        bound=pl.col("predicate").str.extract("(Earliest|Latest)$").fill_null(""),
    ).filter(pl.col("base").is_in(_DATES))
    size = pl.col("object").str.len_chars()
    first = pl.when(pl.col("bound") != "Latest").then(
        pl.concat_str("object", pl.lit("-01-01").str.slice(size - 4))
    )  # fmt: skip
    last = pl.when(pl.col("bound") != "Earliest").then(
        pl.concat_str(
            "object",
            pl.when(size == 4).then(pl.lit("-12-31")).when(size == 7).then(pl.lit("-31")).otherwise(pl.lit("")),
        )
    )
    spans = dated.with_columns(first=first, last=last).group_by("source", "subject", "base").agg(
        pl.col("first").max(), pl.col("last").min()
    )  # fmt: skip
    apart = (pl.col("first") > pl.col("last_other")) | (pl.col("first_other") > pl.col("last"))
    pairs = spans.join(spans, on=["subject", "base"], suffix="_other").filter(
        pl.col("source") != pl.col("source_other"), apart
    )
    found = dated.join(pairs.select("source", "subject", "base", "source_other"), on=["source", "subject", "base"])
    return found.select("source", "subject", "predicate", "object", "source_other").unique()
