"""The network as pyvis holds it, and the drawing library that pyvis brings along; nothing else here knows pyvis."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from jinja2 import Environment
from pyvis.network import Network

from kg.terms import shorten
from kg.views.layout import FONT, ICON, place

SHAPES: dict[str, dict[str, Any]] = {
    "bank": {"shape": "box", "borderWidth": 2, "shapeProperties": {"borderRadius": 0}},
    "firm": {"shape": "ellipse", "borderWidth": 2},
    "capability": {"shape": "box", "borderWidth": 1, "shapeProperties": {"borderRadius": 5}},
    "product": {"shape": "diamond", "borderWidth": 1, "font": {"vadjust": -5}},
    "partnership": {"shape": "dot", "borderWidth": 1},
}
"""Each kind has a shape of its own; its colours are the page's (``assets/page/page.css``)."""
SHAPES["organization"] = SHAPES["firm"]
FACE = "system-ui, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def network(graph: nx.MultiDiGraph, names: dict[str, dict[str, str]]) -> Network:
    """The graph as pyvis holds it: positions set, physics off.

    A node's id is its number in the graph's order, its ``group`` its kind, ``labels`` its names in lines; an edge has
    ``from``, ``to`` and ``predicate``.
    """
    boxes = place(graph, names)
    numbers = {node: number for number, node in enumerate(graph)}
    drawn = Network(directed=True, cdn_resources="in_line")
    # Not from_nx: it changes the caller's graph and takes a time that grows with the square of its size.
    drawn.nodes = [
        {
            "id": numbers[node], "group": kind, "x": boxes[node].x, "y": boxes[node].y, "labels": boxes[node].labels,
        }
        for node, kind in graph.nodes(data="kind")
    ]  # fmt: skip
    drawn.edges = [
        {"from": numbers[a], "to": numbers[b], "predicate": shorten(predicate)}
        for a, b, predicate, data in graph.edges(keys=True, data=True)
        # What follows from a product is seen as the way through that product.
        if data.get("stated", True)
    ]
    curve = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45}
    options: dict[str, Any] = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": False, "multiselect": False, "navigationButtons": False, "keyboard": False},
        "groups": SHAPES,
        "nodes": {"font": {"size": FONT, "face": FACE}, "margin": 5, "size": ICON, "labelHighlightBold": False},
        "edges": {"smooth": curve, "selectionWidth": 2, "color": {"inherit": False}},
    }
    drawn.set_options(json.dumps(options))
    return drawn


def filled(drawn: Network, environment: Environment, template: str) -> str:
    """A template of ours filled in by pyvis, which gives it ``nodes``, ``edges`` and ``options``."""
    drawn.templateEnv = environment
    drawn.path = template
    return str(drawn.generate_html())


def rows(drawn: list[dict[str, Any]]) -> dict[str, Any]:
    """What pyvis hands to the template, short: texts that come again are said once, names of fields not at all.

    Nodes are x, y and the labels in both languages, in the order of their numbers; edges from, to and the place of the
    predicate in ``predicates``.
    """
    if drawn and "predicate" in drawn[0]:
        predicates = sorted({edge["predicate"] for edge in drawn})
        place = {predicate: number for number, predicate in enumerate(predicates)}
        return {"predicates": predicates, "rows": [[e["from"], e["to"], place[e["predicate"]]] for e in drawn]}
    return {"rows": [[round(n["x"]), round(n["y"]), *dict.fromkeys(n["labels"].values())] for n in drawn]}


def library() -> str:
    """The drawing library that pyvis carries, without the pointer to a file that is not there."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    script = max(folder.glob("vis-*/vis-network.min.js")).read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", script)
