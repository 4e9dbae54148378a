"""The NetworkX graphs: what an edge stands for is kept, and equals what SPARQL says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from kg.landscape import Landscape
from kg.network.graphs import NETWORKS, everything, network
from kg.opening import build_landscape
from kg.query.results import select
from kg.terms import KG, shorten

Tables = Callable[..., Path]
PAIRS = """SELECT DISTINCT ?bank ?firm ?p ?c {
  ?p kg:bankParty ?bank ; kg:techParty ?firm . OPTIONAL { ?p kg:covers ?c } FILTER(?bank != ?firm) }"""
TOGETHER = "SELECT DISTINCT ?a ?b ?p { ?p kg:covers ?a, ?b FILTER(STR(?a) < STR(?b)) }"
IN_COMMON = """SELECT DISTINCT ?a ?b ?c {
  { SELECT DISTINCT ?a ?c { ?p kg:techParty ?a ; kg:covers/skos:broader* ?c } }
  { SELECT DISTINCT ?b ?c { ?q kg:techParty ?b ; kg:covers/skos:broader* ?c } }
  FILTER(STR(?a) < STR(?b)) }"""


def rows(landscape: Landscape, sparql: str) -> list[tuple[str, ...]]:
    return [tuple(shorten(v) if v else "" for v in row) for row in select(landscape.store, sparql).iter_rows()]


@pytest.mark.parametrize("name", ["china", "tiny"])
def test_banks_by_firms_keeps_partnerships_and_capabilities(name: str, request: pytest.FixtureRequest) -> None:
    landscape = request.getfixturevalue(name)
    graph = network(landscape.tables, "banks-firms")
    told: dict[frozenset[str], tuple[set[str], set[str]]] = {}
    for bank, firm, partnership, capability in rows(landscape, PAIRS):
        partnerships, capabilities = told.setdefault(frozenset((bank, firm)), (set(), set()))
        partnerships.add(partnership)
        capabilities |= {capability} - {""}
    assert {frozenset(edge) for edge in graph.edges} == set(told)
    assert len(told) > 4
    for a, b, data in graph.edges(data=True):
        partnerships, capabilities = told[frozenset((a, b))]
        assert data == {
            "weight": len(partnerships), "partnerships": sorted(partnerships), "capabilities": sorted(capabilities),
        }  # fmt: skip


@pytest.mark.parametrize("name", ["china", "tiny"])
def test_capabilities_of_one_partnership_are_joined(name: str, request: pytest.FixtureRequest) -> None:
    landscape = request.getfixturevalue(name)
    graph = network(landscape.tables, "capabilities")
    told: dict[frozenset[str], set[str]] = {}
    for a, b, partnership in rows(landscape, TOGETHER):
        told.setdefault(frozenset((a, b)), set()).add(partnership)
    assert {frozenset((a, b)): set(data) for a, b, data in graph.edges(data="partnerships")} == told
    assert all(data["weight"] == len(data["partnerships"]) for *_, data in graph.edges(data=True))
    assert all(data["capabilities"] == sorted((a, b)) for a, b, data in graph.edges(data=True))


@pytest.mark.parametrize("name", ["china", "tiny"])
def test_firms_are_joined_by_the_narrowest_that_both_bring(name: str, request: pytest.FixtureRequest) -> None:
    landscape = request.getfixturevalue(name)
    graph = network(landscape.tables, "firms")
    common: dict[frozenset[str], set[str]] = {}
    for a, b, capability in rows(landscape, IN_COMMON):
        common.setdefault(frozenset((a, b)), set()).add(capability)
    above = {
        (a, b) for a, b in rows(landscape, "SELECT DISTINCT ?a ?b { ?b skos:broader+ ?a . ?b a kg:Capability }")
    }  # fmt: skip
    assert {frozenset(edge) for edge in graph.edges} == set(common)
    for a, b, data in graph.edges(data=True):
        every = common[frozenset((a, b))]
        narrowest = {c for c in every if not any((c, other) in above for other in every)}
        assert set(data["capabilities"]) == narrowest
        assert data["weight"] == len(narrowest)


def test_two_firms_in_different_kinds_of_credit_have_credit_in_common(china: Landscape) -> None:
    graph = network(china.tables, "firms")
    assert graph.edges["alibaba", "jd"]["capabilities"] == [
        "credit", "online-offline-channels", "wealth-management",
    ]  # fmt: skip
    assert graph.edges["alibaba", "jd"]["partnerships"] == ["ccb-alibaba", "icbc-jd"]
    assert graph.edges["jd", "tencent"]["capabilities"] == ["fintech"]
    assert not graph.has_edge("tencent", "wechat-hk")


def test_a_circle_of_capabilities_leaves_one_in_common(tables: Tables, tmp_path: Path) -> None:
    organizations = "id,type,label@en,source\nb,Bank,B,s#p\nf,TechFirm,F,s#p\ng,TechFirm,G,s#p\n"
    capabilities = "id,label@en,broader,source\nx,X,y,s#p\ny,Y,x,s#p\n"
    deals = "id,label@en,bankParty,techParty,covers,source\nd,D,b,f,x,s#p\ne,E,b,g,y,s#p\n"
    folder = tables(organizations=organizations, capabilities=capabilities, partnerships=deals)
    made = build_landscape([folder], tmp_path / "kg").tables
    assert network(made, "firms").edges["f", "g"]["capabilities"] == ["x"]


def test_the_whole_is_that_of_the_landscape(china: Landscape) -> None:
    graph = everything(china.tables)
    kinds = nx.get_node_attributes(graph, "kind")
    assert kinds["abc"] == "bank"
    assert kinds["baidu"] == "firm"
    assert graph.has_edge("abc-baidu", "abc", KG.bankParty)
    assert graph.edges["abc-baidu", "robo-advice", KG.covers]["stated"] is True
    assert graph.edges["abc-baidu", "cash-loan", KG.covers]["stated"] is False
    assert sum(1 for *_, key in graph.edges(keys=True) if key == KG.covers) == china.tables["covers"].height


@pytest.mark.parametrize("kind", NETWORKS)
def test_nodes_have_their_kind_their_iri_and_a_label_in_the_language(china: Landscape, kind: str) -> None:
    graph = network(china.tables, kind, language="zh")  # type: ignore[arg-type]
    assert graph.number_of_nodes() >= 9
    for node, data in graph.nodes(data=True):
        assert shorten(data["iri"]) == node
        assert data["label"]
        assert data["kind"]
    labels = nx.get_node_attributes(graph, "label")
    assert labels["payments" if kind == "capabilities" else "jd"] in ("支付", "京东")
