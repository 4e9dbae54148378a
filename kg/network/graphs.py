"""NetworkX graphs made of the network tables."""

from __future__ import annotations

import networkx as nx
import polars as pl

from kg.network.tables import NetworkTables
from kg.terms import KG, SKOS

KINDS = {
    "bank": KG.Bank,
    "firm": KG.TechFirm,
    "organization": KG.Organization,
    "capability": KG.Capability,
    "product": KG.Product,
    "partnership": KG.Partnership,
}
"""What a node can be, the first that fits: a bank that is a technology firm too is a bank."""

_EDGES = (
    ("covers", "partnership", "capability", KG.covers),
    ("delivers", "partnership", "product", KG.delivers),
    ("realizes", "product", "capability", KG.realizes),
    ("offers", "organization", "capability", KG.offers),
    ("owners", "organization", "owner", KG.subsidiaryOf),
    ("broader", "capability", "broader", SKOS.broader),
)


def everything(tables: NetworkTables) -> nx.MultiDiGraph:
    """Organizations, partnerships, capabilities and products, and how they hang together.

    Nodes are IRIs with ``kind`` (:data:`KINDS`). Edges have their ``predicate`` (IRI) as key and attribute; one that
    covers a capability says whether that is ``stated``. Nodes and edges are added in the order of their IRIs.
    """
    graph = nx.MultiDiGraph()
    for kind, iri in reversed(KINDS.items()):
        graph.add_nodes_from(tables.of_class(iri).sort(), kind=kind)
    ordered = nx.MultiDiGraph()
    ordered.add_nodes_from(sorted(graph.nodes(data=True), key=lambda node: node[0]))
    sides = {"bank": KG.bankParty, "tech": KG.techParty}
    for partnership, organization, side in tables["parties"].iter_rows():
        if partnership in ordered and organization in ordered:
            ordered.add_edge(partnership, organization, sides[side], predicate=sides[side])
    for name, subject, object_, predicate in _EDGES:
        rows = tables[name].filter(pl.col(subject).is_in(ordered.nodes) & pl.col(object_).is_in(ordered.nodes))
        for row in rows.iter_rows(named=True):
            extra = {"stated": row["stated"]} if "stated" in row else {}
            ordered.add_edge(row[subject], row[object_], predicate, predicate=predicate, **extra)
    return ordered
