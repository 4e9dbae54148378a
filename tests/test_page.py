"""The page as bytes: the same each time, whole, and asking nothing of any network."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys

import networkx as nx

from kg.landscape import Landscape
from kg.network.graphs import everything
from kg.terms import KG
from kg.views.layout import place, wrapped
from kg.views.page import html


def test_the_same_landscape_gives_the_same_bytes(china: Landscape) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path\n"
        "from kg.landscape import Landscape; from kg.views.page import html\n"
        "one = Landscape(Path(sys.argv[1])); print(hashlib.sha256(html(one.store, one.tables).encode()).hexdigest())"
    )
    runs = {
        subprocess.check_output(
            [sys.executable, "-c", code, str(china.place)], env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(runs) == 1


def test_it_is_a_page_of_today_that_names_no_host(china: Landscape) -> None:
    text = html(china.store, china.tables, language="zh")
    assert text.startswith('<!doctype html>\n<html lang="zh">')
    assert '<meta charset="utf-8">' in text
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert "default-src &#39;none&#39;" in policy[1]
    assert not re.findall(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["'](?!data:)""", text)


def test_placing_leaves_the_graph_as_it_was_and_knows_every_node(tiny: Landscape) -> None:
    graph = everything(tiny.tables)
    before = nx.node_link_data(graph, edges="edges")
    boxes = place(graph, {node: {"en": node, "zh": node} for node in graph})
    assert set(boxes) == set(graph)
    assert json.dumps(before) == json.dumps(nx.node_link_data(graph, edges="edges"))


def test_a_circle_of_capabilities_is_placed_too() -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from("abc", kind="capability")
    for one, other in ("ab", "bc", "ca"):
        graph.add_edge(one, other, "http://www.w3.org/2004/02/skos/core#broader")
    boxes = place(graph, {node: {"en": node} for node in graph})
    assert len({(box.x, box.y) for box in boxes.values()}) == 3


def test_long_chains_are_placed() -> None:
    graph = nx.MultiDiGraph()
    for kind, predicate in (("capability", "http://www.w3.org/2004/02/skos/core#broader"), ("firm", KG.subsidiaryOf)):
        names = [f"{kind}{n:04}" for n in range(1500)]
        graph.add_nodes_from(names, kind=kind)
        for one, other in itertools.pairwise(names):
            graph.add_edge(one, other, predicate)
    assert len(place(graph, {node: {"en": node} for node in graph})) == 3000


def test_labels_break_between_words_and_between_signs() -> None:
    assert wrapped("Industrial and Commercial Bank", 100).split("\n") == ["Industrial", "and", "Commercial", "Bank"]
    assert wrapped("中国工商银行", 40).split("\n") == ["中国工", "商银行"]
    assert wrapped("", 40) == ""
