"""The page as bytes: the same each time, whole, and asking nothing of any network."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.landscape import Landscape
from kg.network.graphs import everything, network
from kg.views import inlay
from kg.views.layout import Box, place
from kg.views.letters import wrapped
from kg.views.page import html
from kg.views.page.document import answer_told
from kg.views.page.model import model


def test_the_same_landscape_gives_the_same_bytes(china: Landscape) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path\n"
        "from kg.landscape import Landscape; from kg.views.page import html\n"
        "one = Landscape(Path(sys.argv[1])); print(hashlib.sha256(html(one.store, one.tables).encode()).hexdigest())"
    )
    runs = {
        subprocess.check_output(
            [sys.executable, "-c", code, str(china.place)],
            env={**os.environ, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": seed, "TZ": zone},
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


def test_names_of_places_stand_once_and_take_no_room_where_there_are_none(world: Landscape, tiny: Landscape) -> None:
    def told(landscape: Landscape) -> dict[str, Any]:
        nodes = everything(landscape.tables).nodes(data=True)
        return model(landscape.store, landscape.tables, {data["iri"]: data["kind"] for _, data in nodes})

    large = told(world)
    called = [names["zh"] for names in large["called"]]
    assert len(called) == len(set(called)) > 300
    named = {passage[1]: called[passage[2]] for passage in large["passages"] if len(passage) > 2}
    assert named["paragraphs 1–2, all five banks"] == "第1至2段，五家银行全部"
    assert [passage[1] for passage in large["passages"] if passage[1] == "L15"] == ["L15"]
    small = told(tiny)
    assert "called" not in small
    assert {len(passage) for passage in small["passages"]} == {2}


def test_a_place_without_an_english_name_is_not_called_by_its_chinese_one(china: Landscape) -> None:
    """Names of things fall back on another language, which would have an English page of passages speak Chinese."""
    query = "SELECT ?p ?c { GRAPH ?p { ?c kg:covers ?x } FILTER(CONTAINS(STR(?p), 'jiemian')) }"
    things = answer_told(china.store, china.tables, china.store.query(query), query)[0]["things"]
    places = {row[0]: row[2:4] for row in things if row[0].startswith("source/")}
    key = "source/jiemian-201706#paragraph%207%2C%20one%20plus%20six"
    assert places[key] == [key, "第7段，一加六"]


def test_placing_leaves_the_graph_as_it_was_and_knows_every_node(tiny: Landscape) -> None:
    graph = network(tiny.tables)
    before = nx.node_link_data(graph, edges="edges")
    boxes = place(graph, {node: {"en": node, "zh": node} for node in graph})
    assert list(boxes) == list(graph)
    assert json.dumps(before) == json.dumps(nx.node_link_data(graph, edges="edges"))


def covering(boxes: dict[str, Box]) -> list[tuple[str, str]]:
    """Those that cover each other."""
    pairs = itertools.combinations(boxes.items(), 2)
    return [
        (a, b)
        for (a, one), (b, two) in pairs
        if abs(one.x - two.x) < (one.width + two.width) / 2 and abs(one.y - two.y) < (one.height + two.height) / 2
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(15, 29), st.booleans()), min_size=1, max_size=60))
def test_none_covers_another_whoever_partners_with_whom_or_belongs_to_whom(
    joined: list[tuple[int, int, bool]],
) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(30), kind="firm")
    for node in range(15):
        graph.nodes[node]["kind"] = "bank"
    for bank, firm, owned in joined:
        if owned:
            graph.add_edge(bank, (bank + firm) % 15, owner=True)
        else:
            graph.add_edge(bank, firm, said=10.0 * firm)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    graph = nx.relabel_nodes(graph, {number: f"n{number:02}" for number in graph})
    names = {node: {"en": "A name of some length " * (number % 4 + 1)} for number, node in enumerate(graph)}
    assert covering(place(graph, names)) == []


def test_one_stands_where_another_has_nothing_and_none_lies_on_another() -> None:
    frame = inlay.Block(200, 100, [(0, 0, 200, 20), (0, 0, 20, 100)])
    blocks = [inlay.Block(120, 40, [(0, 0, 120, 40)]), frame]
    corners, scale = inlay.inlaid(blocks, (10, 5), (1256, 552), 5)
    assert corners == [(30, 25), (0, 0)]
    taken = [
        (x + left, y + top, x + right, y + bottom)
        for (x, y), block in zip(corners, blocks, strict=True)
        for left, top, right, bottom in block.taken
    ]
    ends = [max(box[side] for box in taken) for side in (2, 3)]
    assert scale == pytest.approx(min(1256 / ends[0], 552 / ends[1]))
    met = [
        (a, b)
        for a, b in itertools.combinations(taken, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert met == [((0, 0, 200, 20), (0, 0, 20, 100))]  # the frame's own


def test_banks_face_their_firms() -> None:
    graph = nx.Graph()
    graph.add_nodes_from(["bank", "unit"], kind="bank")
    graph.add_nodes_from(["firm", "other"], kind="firm")
    graph.add_edges_from([("bank", "firm"), ("unit", "other")])
    graph.add_edge("bank", "unit", owner=True)
    boxes = place(graph, {node: {"en": node} for node in graph})
    left = sorted(boxes, key=lambda node: boxes[node].x)
    assert left == ["bank", "firm", "unit", "other"]


def test_long_chains_are_placed() -> None:
    graph = nx.path_graph([f"n{n:04}" for n in range(3000)])
    nx.set_node_attributes(graph, "firm", "kind")
    assert len(place(graph, {node: {"en": node} for node in graph})) == 3000


def test_labels_break_between_words_and_between_signs() -> None:
    assert wrapped("Industrial and Commercial Bank", 100).split("\n") == ["Industrial", "and", "Commercial", "Bank"]
    assert wrapped("中国工商银行", 40).split("\n") == ["中国工", "商银行"]
    assert wrapped("", 40) == ""
