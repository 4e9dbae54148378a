"""The same network as others draw it: pages as their documentation has them, from pyvis and from npm."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pyvis.network import Network

from kg.network.graphs import network
from kg.network.tables import NetworkTables
from kg.views.layout import place

COLOURS = {"bank": "#1f4e8c", "firm": "#1d6b3f", "organization": "#1d6b3f"}
HEIGHT = 600
"""Pixels of the drawing, which is pyvis's default; ours has about as many."""
PACKAGES = {"cytoscape": "3.35.0", "graphology": "0.26.0", "sigma": "4.0.4"}
FILES = {
    "cytoscape": "cytoscape/dist/cytoscape.min.js",
    "graphology": "graphology/dist/graphology.umd.min.js",
    "sigma": "sigma/dist/sigma.min.js",
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Network</title>
<style>body { margin: 0 } #drawing { width: 100%; height: HEIGHTpx }</style></head>
<body><div id="drawing"></div>SCRIPTS</body></html>
""".replace("HEIGHT", str(HEIGHT))


class Graph(NamedTuple):
    """What all draw: nodes with id, label, colour and our place for them; edges with two ids and what they count."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


class Peer(NamedTuple):
    """Who draws; in the page, whether it has drawn and answers, and where its nodes are on the screen, or the first."""

    name: str
    page: Callable[[Graph], str]
    ready: str
    nodes: str


def graph(tables: NetworkTables) -> Graph:
    """Banks and firms at our page's places, an edge for each pair that partners."""
    projected = network(tables)
    labels = {language: dict(tables.labels(language).iter_rows()) for language in ("en", "zh")}
    names = {
        node: {language: called.get(iri, node) for language, called in labels.items()}
        for node, iri in projected.nodes(data="iri")
    }
    boxes = place(projected, names)
    nodes = [
        {"id": node, "label": names[node]["en"], "color": COLOURS[kind], "x": boxes[node].x, "y": boxes[node].y}
        for node, kind in projected.nodes(data="kind")
    ]
    edges = [{"source": a, "target": b, "count": count} for a, b, count in projected.edges(data="weight")]
    return Graph(nodes, edges)


def pyvis_default(drawn: Graph) -> str:
    """As pyvis's first example: nodes, edges, and the physics that places them; vis-network within the file."""
    made = Network(cdn_resources="in_line")
    for node in drawn.nodes:
        made.add_node(node["id"], label=node["label"], color=node["color"])
    _joined(made, drawn)
    return str(made.generate_html())


def pyvis_fixed(drawn: Graph) -> str:
    """The same at places given, with the physics off."""
    made = Network(cdn_resources="in_line")
    for node in drawn.nodes:
        made.add_node(node["id"], label=node["label"], color=node["color"], x=node["x"], y=node["y"])
    _joined(made, drawn)
    made.toggle_physics(status=False)
    return str(made.generate_html())


def _joined(made: Network, drawn: Graph) -> None:
    for edge in drawn.edges:
        made.add_edge(edge["source"], edge["target"], title=str(edge["count"]))


def cytoscape(library: str, options: dict[str, Any], edge_style: dict[str, Any]) -> Callable[[Graph], str]:
    """As "Getting started" has it, with the layout that takes places as given."""

    def page(drawn: Graph) -> str:
        nodes = [
            {"data": {key: node[key] for key in ("id", "label", "color")}, "position": {"x": node["x"], "y": node["y"]}}
            for node in drawn.nodes
        ]
        edges = [{"data": {"id": f"e{number}", **edge}} for number, edge in enumerate(drawn.edges)]
        style = [
            {"selector": "node", "style": {"background-color": "data(color)", "label": "data(label)"}},
            {"selector": "edge", "style": {"width": 2, "line-color": "#ccc", **edge_style}},
        ]
        asked = {"elements": nodes + edges, "style": style, "layout": {"name": "preset"}, **options}
        begin = f"""let drawn = false;
const asked = {_json(asked)};
const cy = cytoscape({{ container: document.getElementById("drawing"), ...asked }});
cy.ready(() => {{ drawn = true; }});"""
        return _page(library, begin)

    return page


def sigma(graphology: str, library: str) -> Callable[[Graph], str]:
    """As the README has it; y points up there."""

    def page(drawn: Graph) -> str:
        nodes = [{**node, "y": -node["y"], "size": 5} for node in drawn.nodes]
        begin = f"""const graph = new graphology.Graph();
for (const {{ id, ...rest }} of {_json(nodes)}) graph.addNode(id, rest);
for (const {{ source, target }} of {_json(drawn.edges)}) graph.addEdge(source, target, {{ size: 1, color: "#ccc" }});
const drawing = new Sigma(graph, document.getElementById("drawing"));"""
        return _page(graphology, library, begin)

    return page


def _page(*scripts: str) -> str:
    return PAGE.replace("SCRIPTS", "".join(f"<script>{script}</script>\n" for script in scripts))


def _json(value: object) -> str:
    """JSON that may stand in a script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


VIS = """(most) => {
  const area = document.querySelector("canvas").getBoundingClientRect();
  return network.body.nodeIndices.slice(0, most ?? undefined).map((id) => network.canvasToDOM(network.getPosition(id)))
    .map(({ x, y }) => [area.left + x, area.top + y]);
}"""
CYTOSCAPE = "(most) => cy.nodes().slice(0, most ?? undefined).map((node) => Object.values(node.renderedPosition()))"
SIGMA = """(most) => graph.nodes().slice(0, most ?? undefined)
  .map((node) => drawing.graphToViewport(graph.getNodeAttributes(node))).map(({ x, y }) => [x, y])"""
TUNED = {"textureOnViewport": True, "hideEdgesOnViewport": True, "pixelRatio": 1}
"""What its documentation advises for large graphs, beside edges that are cheap to draw."""
STRAIGHT = {"curve-style": "haystack"}


def peers(place: Path, *, npm: bool = True) -> list[Peer]:
    """All who can be had; those of npm are fetched into a folder, never into the project.

    Raises
    ------
    RuntimeError
        when npm is asked for and gives nothing.
    """
    own = [
        Peer("pyvis, default", pyvis_default, "network?.physics.ready", VIS),
        Peer("pyvis, fixed places, no physics", pyvis_fixed, "network?.body.nodeIndices.length", VIS),
    ]
    if not npm:
        return own
    script = fetched(place)
    return [
        *own,
        Peer("cytoscape.js", cytoscape(script["cytoscape"], {}, {}), "drawn", CYTOSCAPE),
        Peer("cytoscape.js, tuned", cytoscape(script["cytoscape"], TUNED, STRAIGHT), "drawn", CYTOSCAPE),
        Peer("sigma.js", sigma(script["graphology"], script["sigma"]), "drawing", SIGMA),
    ]  # fmt: skip


def fetched(place: Path) -> dict[str, str]:
    """The libraries of npm at the versions named, by the ordinary client; nothing of them is run while they come."""
    program = shutil.which("npm")
    if program is None:
        raise RuntimeError("npm is not there: install Node, or leave out cytoscape.js and sigma.js with --no-npm.")
    names = [f"{name}@{version}" for name, version in PACKAGES.items()]
    command = [program, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", str(place)]
    done = subprocess.run([*command, *names], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"npm failed:\n{done.stderr}")
    return {name: (place / "node_modules" / file).read_text("utf-8") for name, file in FILES.items()}
