"""By which judgements two things are one, and which statements were made of a thing that is now another."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import polars as pl

from kg.network.labels import key
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import ID, passage_iri

_JUDGED = """
SELECT DISTINCT ?judged ?one ?other ?verdict ?source ?locator {
  ?judged kg:one ?one ; kg:other ?other ; kg:judgement ?verdict .
  GRAPH ?passage { ?judged kg:one | kg:other | kg:judgement ?any }
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
ORDER BY ?judged ?source ?locator
"""
_AS_SAID = """
SELECT DISTINCT ?subject ?predicate ?object ?graph ?was {
  ?said kg:speaksOf ?was ; dcterms:source ?graph ;
    rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
}
"""
_STATEMENT = ["subject", "predicate", "object", "graph"]


class Merges:
    """The judgements of a landscape, and what follows from those that say that two things are the same."""

    def __init__(self, store: Engine) -> None:
        self._store = store
        rows = select(store, _JUDGED).select(pl.all().cast(pl.String))
        self._judged = rows.with_columns(passage=pl.concat_str(key("source"), pl.lit("#"), "locator"))
        self._one = nx.Graph()
        same = self._judged.filter(pl.col("verdict").str.ends_with("/same"), pl.col("one") != pl.col("other"))
        for one, other, passages in (
            same.group_by("one", "other", maintain_order=True).agg("passage").select("one", "other", "passage").rows()
        ):
            told = self._one.get_edge_data(one, other, {"passages": []})["passages"]
            self._one.add_edge(one, other, passages=[*told, *passages])

    def judgements(self, things: Iterable[str], *, same: bool = False) -> list[str]:
        """The judgements (IRIs) on any of the things, or on what is one with it; with ``same`` only such that say so.

        In the order of their IRIs.
        """
        members = {member for thing in things for member in self._whole(thing)}
        about = self._judged.filter(pl.col("one").is_in(list(members)) | pl.col("other").is_in(list(members)))
        if same:
            about = about.filter(pl.col("verdict").str.ends_with("/same"))
        return sorted(set(about["judged"]))

    def passages(self, one: str, other: str) -> list[str]:
        """The passages (``source#locator``) by which two things are one: those of the shortest chains of judgements."""
        if one not in self._one or other not in self._whole(one):
            return []
        there, back = (nx.single_source_shortest_path_length(self._one, thing) for thing in (one, other))
        found: dict[str, None] = {}
        for first, second, passages in self._one.edges(self._whole(one), data="passages"):
            if any(there[a] + 1 + back[b] == there[other] for a, b in ((first, second), (second, first))):
                found.update(dict.fromkeys(passages))
        return sorted(found)

    def as_said(self) -> pl.DataFrame:
        """Which passages make which statements of a thing that is now another.

        Columns subject, predicate, object, graph (the passage's IRI), ``said_of`` (keys of those things, a list) and
        ``judged_by``, the passages (``source#locator``) by which they are the subject or the object.
        """
        rows = select(self._store, _AS_SAID).select(pl.all().cast(pl.String)) if self._one else None
        kept = [] if rows is None else rows.sort(pl.all()).rows()
        found = [(*row, self.passages(row[0], row[4]) or self.passages(row[2], row[4])) for row in kept]
        schema = {**dict.fromkeys([*_STATEMENT, "was"], pl.String()), "judged_by": pl.List(pl.String())}
        told = pl.DataFrame(found, schema=schema, orient="row").with_columns(said_of=key("was"))
        return told.group_by(_STATEMENT, maintain_order=True).agg(
            "said_of", pl.col("judged_by").explode().drop_nulls().unique(maintain_order=True)
        )

    def judging(self) -> pl.DataFrame:
        """The passages by which statements stand where they do, a row each.

        Columns subject, object, graph (the passage that makes the statement), and source, locator and passage of a
        judgement by which it is of this subject and object; all but the locator IRIs.
        """
        told = self.as_said().select("subject", "object", "graph", "judged_by").explode("judged_by").drop_nulls()
        places = [text.split("#", 1) for text in told["judged_by"]]
        return told.select("subject", "object", "graph").with_columns(
            source=pl.Series([ID + source for source, _ in places], dtype=pl.String),
            locator=pl.Series([locator for _, locator in places], dtype=pl.String),
            passage=pl.Series([passage_iri(*place) for place in places], dtype=pl.String),
        )

    def _whole(self, thing: str) -> set[str]:
        """A thing with all that is one with it."""
        return nx.node_connected_component(self._one, thing) if thing in self._one else {thing}
