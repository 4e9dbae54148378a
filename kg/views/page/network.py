"""The network as pyvis holds it, and the drawing library that pyvis brings along; nothing else here knows pyvis."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyvis
from jinja2 import Environment
from pyvis.network import Network

from kg.network.graphs import network as projected
from kg.network.tables import NetworkTables
from kg.terms import KG, shorten
from kg.views.layout import Box, place
from kg.views.letters import FONT, measured

SHAPES: dict[str, dict[str, Any]] = {
    "bank": {"shape": "box", "borderWidth": 2, "shapeProperties": {"borderRadius": 0}},
    "firm": {"shape": "box", "borderWidth": 2, "shapeProperties": {"borderRadius": 99}},
    "capability": {"shape": "box", "borderWidth": 1, "shapeProperties": {"borderRadius": 5}},
    "product": {"shape": "box", "borderWidth": 1, "shapeProperties": {"borderRadius": 0, "borderDashes": [4, 2]}},
}
"""Each kind has a shape of its own; its colours are the page's (``assets/page/page.css``)."""
SHAPES["thing"] = SHAPES["capability"]
SHAPES["organization"] = SHAPES["firm"]
FACE = "system-ui, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
MANY = 500
"""With more lines than that, lines are left out while the drawing is moved."""


def network(tables: NetworkTables, names: dict[str, dict[str, str]]) -> Network:
    """Banks and firms as pyvis holds them, a line for each pair: positions set, physics off.

    ``names`` are those of everything, by key and language. A node's id is its number among these, ``box`` its place
    (:class:`kg.views.layout.Box`); an edge has ``from``, ``to`` and ``predicate``: one partners with the other, or
    belongs to it, where both are in partnerships.
    """
    graph = projected(tables)
    kinds = {data["iri"]: data["kind"] for _, data in graph.nodes(data=True)}
    for iri in banking(tables, kinds):
        graph.nodes[shorten(iri)]["kind"] = "bank"
    numbers = {node: number for number, node in enumerate(names)}
    pairs = [(a, b, shorten(KG.partnersWith)) for a, b in graph.edges]
    owned = [
        (shorten(a), shorten(b)) for a, b in tables["owners"].select("organization", "owner").sort(pl.all()).rows()
    ]
    within = [(a, b) for a, b in owned if a in graph and b in graph]
    graph.add_edges_from(((a, b) for a, b in within if not graph.has_edge(a, b)), owner=True)
    often = dict(tables["covers"].select("partnership", "capability").unique()["capability"].value_counts().iter_rows())
    counts = {shorten(capability): count for capability, count in often.items()}
    for _, _, edge in graph.edges(data=True):
        edge["said"] = _said(edge.get("capabilities", ()), counts, names)
    boxes = place(graph, names)
    drawn = Network(directed=True, cdn_resources="in_line")
    # Not from_nx: it changes the caller's graph and takes a time that grows with the square of its size.
    drawn.nodes = [{"id": numbers[node], "box": box} for node, box in boxes.items()]
    drawn.edges = [
        {"from": numbers[a], "to": numbers[b], "predicate": predicate}
        for a, b, predicate in [*pairs, *((a, b, shorten(KG.subsidiaryOf)) for a, b in within)]
    ]
    return _set(drawn)


def _said(covered: Collection[str], counts: Mapping[str, int], names: Mapping[str, Mapping[str, str]]) -> float:
    """How wide the name is, in either language, of what a line is first said to be about: what is most frequent."""
    most = max((counts[one] for one in covered), default=0)
    called = (label for one in covered if counts[one] == most for label in names[one].values())
    return max(map(measured, called), default=0) + (measured(" +9") if most and len(set(covered)) > 1 else 0)


def banking(tables: NetworkTables, kinds: Mapping[str, str]) -> list[str]:
    """Organizations (IRIs) that are neither bank nor firm but on the bank's side, as an association of banks is.

    ``kinds`` are those of the nodes, by IRI.
    """
    parties = set(tables["parties"].filter(pl.col("side") == "bank")["organization"])
    return sorted(iri for iri in parties if kinds.get(iri) == "organization")


def answered(lines: Iterable[tuple[str, str, str]], things: Iterable[str], boxes: Mapping[str, Box]) -> Network:
    """An answer as pyvis holds it; ``things`` in the order of their numbers, ``boxes`` those that have a place."""
    numbers = {thing: number for number, thing in enumerate(things)}
    drawn = Network(directed=True, cdn_resources="in_line")
    drawn.nodes = [{"id": number, "box": boxes[thing]} for thing, number in numbers.items() if thing in boxes]
    drawn.edges = [{"from": numbers[a], "to": numbers[b], "predicate": shorten(p)} for a, p, b in lines]
    return _set(drawn)


def _set(drawn: Network) -> Network:
    """The same with its options: nothing moves by itself."""
    curve = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45}
    moved = {"hideEdgesOnDrag": len(drawn.edges) > MANY, "hideEdgesOnZoom": len(drawn.edges) > MANY}
    options: dict[str, Any] = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True, "multiselect": False, "navigationButtons": False, "keyboard": False, "dragNodes": False,
            "tooltipDelay": 0, "zoomSpeed": 0.7, **moved,
        },
        "groups": SHAPES,
        "nodes": {"font": {"size": FONT, "face": FACE}, "margin": 5, "labelHighlightBold": False},
        "edges": {"smooth": curve, "selectionWidth": 1, "hoverWidth": 1, "color": {"inherit": False}},
    }  # fmt: skip
    drawn.set_options(json.dumps(options))
    return drawn


def filled(drawn: Network, environment: Environment, template: str) -> str:
    """A template of ours filled in by pyvis, which gives it ``nodes``, ``edges`` and ``options``."""
    drawn.templateEnv = environment
    drawn.path = template
    return str(drawn.generate_html())


def rows(drawn: list[dict[str, Any]]) -> dict[str, Any]:
    """What pyvis hands to the template, short: texts that come again are said once, names of fields not at all.

    Nodes are number, x, y, width, height, size of letters, x and y in an upright window where they differ (else 0), and
    the labels in both languages, and the lines below them, if any; edges from, to and the place of the predicate in
    ``predicates``.
    """
    if drawn and "predicate" in drawn[0]:
        predicates = sorted({edge["predicate"] for edge in drawn})
        place = {predicate: number for number, predicate in enumerate(predicates)}
        return {"predicates": predicates, "rows": [[e["from"], e["to"], place[e["predicate"]]] for e in drawn]}
    return {"rows": [[n["id"], *_row(n["box"])] for n in drawn]}


def _row(box: Box) -> list[Any]:
    upright = [*map(round, box.upright)] if box.upright else 0
    size = map(round, (box.x, box.y, box.width, box.height))
    labels = [*dict.fromkeys(box.labels.values())]
    values = [list(own) for own in dict.fromkeys(map(tuple, box.values.values()))]
    return [*size, box.letters, upright, *(labels if not values else [*box.labels.values()]), *values]


def library() -> str:
    """The drawing library that pyvis carries, without the pointer to a file that is not there."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    script = max(folder.glob("vis-*/vis-network.min.js")).read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", script)


def packed(script: str) -> str:
    """The library as the page carries it: its notice, with its licence, and all of it as zlib packs it, in Base64."""
    notice, end, _ = script.partition("*/")
    return f"{notice}{end}\n{base64.b64encode(zlib.compress(script.encode(), 9)).decode()}\n"
