"""GraphML and GEXF: NetworkX opens what was written, and nothing that an edge stood for is lost."""

from __future__ import annotations

import io
import re
import time
from typing import Any

import networkx as nx
import pytest

from kg.landscape import Landscape
from kg.network.graphs import NETWORKS, NetworkKind, network
from kg.views.graphs import GraphFormat, export

READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def again(graph: nx.Graph, format_: GraphFormat) -> nx.Graph:
    return READERS[format_](io.BytesIO(export(graph, format_)))


def parted(value: str) -> list[str]:
    return [part.replace(r"\|", "|") for part in re.split(r"(?<!\\)\|", value) if part]


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """What was read back, with lists parted again and without the names that the files give to edges."""
    lists = ("partnerships", "capabilities")
    return {
        name: parted(value) if name in lists and isinstance(value, str) else value
        for name, value in data.items()
        if name != "id"
    }


@pytest.mark.parametrize("format_", READERS)
@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_networkx_opens_it_again_without_loss(
    china: Landscape, kind: NetworkKind, format_: GraphFormat, language: str
) -> None:
    graph = network(china.tables, kind, language=language)
    read = again(graph, format_)
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert read.is_directed() == graph.is_directed()

    def edges(g: nx.Graph) -> list[Any]:
        ends = tuple if g.is_directed() else sorted
        return sorted(((*ends(edge[:2]), sorted(plain(edge[2]).items())) for edge in g.edges(data=True)), key=str)  # type: ignore[operator]

    told, known = edges(read), edges(graph)
    assert len(told) == len(known) > 3
    for one, other in zip(told, known, strict=True):
        assert dict(one[2]) == dict(other[2])  # GEXF's weight comes back as 1.0, which equals 1
        assert one[:2] == other[:2]


@pytest.mark.parametrize("format_", READERS)
def test_parallel_lines_strange_signs_and_nothing_survive(format_: GraphFormat) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a|b", kind="bank", label="A & <B> \x01 \u202e")
    graph.add_node("http://a.example/?q=1&r=2", kind="firm", label=None)
    graph.add_edge("a|b", "http://a.example/?q=1&r=2", "covers", capabilities=["x|y", "z"], stated=False)
    graph.add_edge("a|b", "http://a.example/?q=1&r=2", "offers", capabilities=[], stated=True)
    read = again(graph, format_)
    assert read.nodes["a|b"]["label"] == "A & <B> \ufffd \u202e"
    lines = [plain(data) for *_, data in read.edges(data=True)]
    assert sorted(lines, key=str) == sorted(
        [{"capabilities": ["x|y", "z"], "stated": False}, {"capabilities": [], "stated": True}], key=str
    )


@pytest.mark.parametrize("format_", READERS)
def test_the_day_of_writing_leaves_no_trace(
    china: Landscape, format_: GraphFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = network(china.tables, "all")
    today = export(graph, format_)
    monkeypatch.setattr(time, "strftime", lambda *_: "1999-01-01")
    assert export(graph, format_) == today
    assert "中国".encode() in export(network(china.tables, "all", language="zh"), format_)
