"""NetworkX graphs made of the network tables: the whole, and projections that keep what each edge stands for."""

from __future__ import annotations

from typing import get_args

import networkx as nx
import polars as pl

from kg.errors import known
from kg.network.labels import key
from kg.network.tables import NetworkTables
from kg.terms import KG, SKOS, NetworkKind, shorten

NETWORKS: tuple[NetworkKind, ...] = get_args(NetworkKind)

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


def network(tables: NetworkTables, kind: NetworkKind = "banks-firms", *, language: str = "en") -> nx.Graph:
    """A landscape as a NetworkX graph.

    Nodes are keys (IRIs with a prefix, or whole ones, for entities of others) with ``kind`` (:data:`KINDS`), ``iri``
    and ``label``; nodes and edges come in the order of their names.

    Parameters
    ----------
    kind
        ``banks-firms``: each bank party with each technology party of a partnership; ``weight`` counts partnerships.

        ``firms``: technology parties with capabilities in common, themselves or by narrower ones; ``weight`` counts
        the narrowest such capabilities.

        ``capabilities``: those that one partnership covers; ``weight`` counts partnerships.

        ``all``: organizations, partnerships, capabilities and products, as :func:`everything` gives them.
    language
        The language of labels.

    Returns
    -------
    networkx.Graph
        Every edge of the first three has ``partnerships`` and ``capabilities``, lists of the keys that it stands for;
        ``all`` is a ``MultiDiGraph``.

    Notes
    -----
    The one-mode projections are those of the bipartite networks of firms by capabilities and of partnerships by
    capabilities (Newman, "Networks", 2nd ed., section 6.6.1), each pair once and none with itself.
    """
    known("network", kind, NETWORKS)
    if kind == "all":
        graph = everything(tables)
    else:
        edges = {"banks-firms": _banks_firms, "firms": _firms, "capabilities": _capabilities}[kind](tables)
        graph = nx.Graph()
        kinds = _kinds(tables)
        for iri in sorted(_parties_or_covered(tables, kind)):
            graph.add_node(shorten(iri), kind=kinds.get(iri, "organization"), iri=iri)
        for row in edges.sort("a", "b").iter_rows(named=True):
            lists = {name: row[name] for name in ("partnerships", "capabilities")}
            graph.add_edge(shorten(row["a"]), shorten(row["b"]), weight=row["weight"], **lists)
    labels = dict(tables.labels(language).iter_rows())
    for node, iri in graph.nodes(data="iri"):
        graph.nodes[node]["label"] = labels.get(iri, node)
    return graph


def everything(tables: NetworkTables) -> nx.MultiDiGraph:
    """Organizations, partnerships, capabilities and products, and how they hang together.

    Nodes are keys with ``kind`` and ``iri``. Edges have their ``predicate`` (IRI) as key and attribute; one that
    covers a capability says whether that is ``stated``. Nodes and edges are added in the order of their IRIs.
    """
    kinds = _kinds(tables)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((shorten(iri), {"kind": kinds[iri], "iri": iri}) for iri in sorted(kinds))
    sides = {"bank": KG.bankParty, "tech": KG.techParty}
    for partnership, organization, side in tables["parties"].iter_rows():
        if partnership in kinds and organization in kinds:
            graph.add_edge(shorten(partnership), shorten(organization), sides[side], predicate=sides[side])
    for name, subject, object_, predicate in _EDGES:
        rows = tables[name].filter(pl.col(subject).is_in(list(kinds)) & pl.col(object_).is_in(list(kinds)))
        for row in rows.iter_rows(named=True):
            extra = {"stated": row["stated"]} if "stated" in row else {}
            graph.add_edge(shorten(row[subject]), shorten(row[object_]), predicate, predicate=predicate, **extra)
    return graph


def _kinds(tables: NetworkTables) -> dict[str, str]:
    """The kind of each thing (IRI) that is of one of :data:`KINDS`."""
    return {iri: kind for kind, cls in reversed(KINDS.items()) for iri in tables.of_class(cls)}


def _parties_or_covered(tables: NetworkTables, kind: NetworkKind) -> pl.Series:
    """Which nodes a projection has, those without an edge among them (IRIs)."""
    if kind == "capabilities":
        return tables["covers"]["capability"].unique()
    parties = tables["parties"]
    return (parties.filter(pl.col("side") == "tech") if kind == "firms" else parties)["organization"].unique()


def _banks_firms(tables: NetworkTables) -> pl.DataFrame:
    """Columns a, b, weight, partnerships, capabilities; two that are each other's bank are one pair."""
    rows = tables.pairs.select(
        "partnership", a=pl.min_horizontal("bank", "firm"), b=pl.max_horizontal("bank", "firm")
    ).unique()  # fmt: skip
    return _edges(rows.join(_covers(tables), on="partnership", how="left"), weight="partnership")


def _firms(tables: NetworkTables) -> pl.DataFrame:
    """Columns a, b, weight, partnerships, capabilities: the narrowest that both bring, themselves or by narrower ones.

    Two firms that deal in different kinds of credit have credit in common; two that both score credit have only that.
    """
    firms = tables["parties"].filter(pl.col("side") == "tech").select("partnership", firm="organization")
    own = firms.join(_covers(tables), on="partnership").rename({"capability": "narrower"})
    brought = own.join(tables.narrower, on="narrower").select("firm", "partnership", "capability").unique()
    once = brought.select("firm", "capability").unique()
    common = once.join(once, on="capability").filter(pl.col("firm") < pl.col("firm_right"))
    common = common.select("capability", a="firm", b="firm_right")
    narrow = common.rename({"capability": "narrower"})
    implied = narrow.join(tables.strictly_narrower, on="narrower").select("a", "b", "capability")
    common = common.join(implied, on=["a", "b", "capability"], how="anti")
    sides = [common.join(brought, left_on=[side, "capability"], right_on=["firm", "capability"]) for side in "ab"]
    return _edges(pl.concat([side.select("a", "b", "capability", "partnership") for side in sides]), "capability")


def _capabilities(tables: NetworkTables) -> pl.DataFrame:
    """Columns a, b, weight, partnerships, capabilities; the last are the two themselves."""
    covers = _covers(tables)
    both = covers.join(covers, on="partnership").filter(pl.col("capability") < pl.col("capability_right"))
    both = both.rename({"capability": "a", "capability_right": "b"})
    return _edges(pl.concat([both.with_columns(capability=side) for side in "ab"]), "partnership")


def _covers(tables: NetworkTables) -> pl.DataFrame:
    return tables["covers"].select("partnership", "capability").unique()


def _edges(rows: pl.DataFrame, weight: str) -> pl.DataFrame:
    """One row a pair: what it stands for as sorted lists of keys, and how many of ``weight`` there are."""
    grouped = rows.group_by("a", "b").agg(
        pl.col(weight).n_unique().cast(pl.Int64).alias("weight"),
        partnerships=key("partnership").unique().sort(),
        capabilities=key("capability").drop_nulls().unique().sort(),
    )
    return grouped.select("a", "b", "weight", "partnerships", "capabilities")
