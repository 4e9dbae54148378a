"""The page: the network as one HTML file that asks nothing of any network and runs nothing from the data."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pyvis
from jinja2 import Environment, FileSystemLoader, select_autoescape
from pyvis.network import Network

from kg import scratch
from kg.errors import FileFault, known, why
from kg.network.graphs import everything
from kg.network.tables import NetworkTables
from kg.query.results import decode
from kg.store.engine import Engine
from kg.terms import KG, LANGUAGES, MILESTONES_GRAPH, ONTOLOGY, PASSAGES_GRAPH, RDF, SKOS, shorten
from kg.views.layout import FONT, ICON, place
from kg.views.words import PAGE

# Colours that keep their contrast on white; each kind has a shape of its own too.
STYLES: dict[str, dict[str, Any]] = {
    "bank": {"shape": "box", "color": {"background": "#dbe7f6", "border": "#1f4e8c"}, "borderWidth": 2,
             "shapeProperties": {"borderRadius": 0}},
    "firm": {"shape": "ellipse", "color": {"background": "#d9f0e1", "border": "#1d6b3f"}, "borderWidth": 2},
    "capability": {"shape": "box", "color": {"background": "#fdf3d8", "border": "#b98d1b"}, "borderWidth": 1,
                   "shapeProperties": {"borderRadius": 5}},
    "product": {"shape": "diamond", "color": {"background": "#c65353", "border": "#8c2020"}, "borderWidth": 1,
                "font": {"vadjust": -5}},
    "partnership": {"shape": "dot", "color": {"background": "#3a3a3a", "border": "#3a3a3a"}, "borderWidth": 1},
}  # fmt: skip
STYLES["organization"] = STYLES["firm"]
LINES: dict[str, dict[str, Any]] = {
    KG.bankParty: {"color": {"color": "#1f4e8c", "opacity": 0.5}, "width": 2.2},
    KG.techParty: {"color": {"color": "#1d6b3f", "opacity": 0.5}, "width": 2.2},
    KG.covers: {"color": {"color": "#b98d1b", "opacity": 0.5}, "width": 1},
    KG.delivers: {"color": {"color": "#8c2020", "opacity": 0.5}, "width": 1},
    KG.realizes: {"color": {"color": "#8c2020", "opacity": 0.5}, "width": 1, "dashes": [2, 4]},
    KG.offers: {"color": {"color": "#1d6b3f", "opacity": 0.5}, "width": 1, "dashes": [2, 4]},
    KG.subsidiaryOf: {"color": {"color": "#5a6b62", "opacity": 0.5}, "width": 1.4, "dashes": [7, 4]},
    SKOS.broader: {"color": {"color": "#c9c2ae", "opacity": 0.5}, "width": 1},
}
_HIDDEN = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, KG.party, RDF.type)
_FACTS = f"""
SELECT ?subject ?predicate ?object ?graph WHERE {{
  GRAPH ?graph {{ ?subject ?predicate ?object }}
  FILTER(?graph NOT IN (<{ONTOLOGY}>, <{PASSAGES_GRAPH}>, <{MILESTONES_GRAPH}>))
  FILTER(?predicate NOT IN ({", ".join(f"<{iri}>" for iri in _HIDDEN)}))
}}
ORDER BY ?subject ?predicate ?object ?graph
"""
_SOURCES = """
SELECT ?passage ?source ?locator ?issued ?address WHERE {
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source rdfs:seeAlso | schema:url ?address }
}
ORDER BY ?passage ?issued ?address
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a landscape; ``html`` is the whole file. As the value of a notebook's cell it shows itself."""

    html: str

    def __str__(self) -> str:
        return self.html

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can reach neither the notebook nor its origin."""
        frame = 'sandbox="allow-scripts allow-popups" style="width:100%;height:720px;border:1px solid #ccc"'
        return f'<iframe {frame} title="{escape(PAGE["title"]["en"])}" srcdoc="{escape(self.html)}"></iframe>'

    def write(self, path: str | Path) -> None:
        """Write the page to a file.

        Raises
        ------
        FileFault
            when it can't be written.
        """
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write(path, self.html.encode())
        except (OSError, ValueError) as fault:
            raise FileFault(f"{path} can't be written: {why(fault)}. Name another file.") from fault


def page(store: Engine, tables: NetworkTables, *, language: str = "en") -> Page:
    """The page of a landscape, the same for the same landscape; ``language`` is the one that it opens in."""
    return Page(html(store, tables, language=language))


def html(store: Engine, tables: NetworkTables, *, language: str = "en") -> str:
    """The page as text."""
    known("language", language, LANGUAGES)
    graph = everything(tables)
    names = _names(tables, graph)
    network = _network(graph, names, language)
    details = {
        "language": language,
        "words": PAGE,
        "names": names,
        "aliases": _aliases(tables, graph),
        **_evidence(store, tables),
    }
    assets = Path(str(files("kg.views").joinpath("assets")))
    style, script, vis = (assets / "page.css").read_text("utf-8"), (assets / "page.js").read_text("utf-8"), _vis()
    network.templateEnv = Environment(loader=FileSystemLoader(assets), autoescape=select_autoescape(default=True))
    network.templateEnv.globals |= {
        "language": language, "words": PAGE, "details": details, "style": style, "script": script, "vis": vis,
        "policy": "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"script-src {_hash(vis)} {_hash(script)}; style-src {_hash(style)}",
    }  # fmt: skip
    network.path = "page.html"
    return str(network.generate_html())


def _network(graph: nx.MultiDiGraph, names: dict[str, dict[str, str]], language: str) -> Network:
    """The graph as pyvis holds it: positions set, physics off."""
    boxes = place(graph, {node: names[node] for node in graph})
    network = Network(directed=True, cdn_resources="in_line")
    network.heading = PAGE["title"][language]
    # Not from_nx: it changes the caller's graph and takes a time that grows with the square of its size.
    network.nodes = [
        {
            "id": node, "kind": kind, "x": boxes[node].x, "y": boxes[node].y,
            "labels": boxes[node].labels, "label": "" if kind == "partnership" else boxes[node].labels[language],
            "size": ICON, **STYLES[kind],
        }
        for node, kind in graph.nodes(data="kind")
    ]  # fmt: skip
    network.edges = [
        {
            "id": f"{a} {shorten(predicate)} {b}",
            "from": a, "to": b, "predicate": shorten(predicate),
            **LINES[predicate],
        }
        for a, b, predicate, data in graph.edges(keys=True, data=True)
        # What follows from a product is seen as the way through that product.
        if data.get("stated", True)
    ]  # fmt: skip
    curve = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45}
    options: dict[str, Any] = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": False, "multiselect": False, "navigationButtons": False, "keyboard": False},
        "nodes": {"font": {"size": FONT, "color": "#1b1b1b", "face": FACE}, "margin": 5, "labelHighlightBold": False},
        "edges": {"smooth": curve, "selectionWidth": 2, "color": {"inherit": False}},
    }
    network.set_options(json.dumps(options))
    return network


FACE = "system-ui, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def _names(tables: NetworkTables, graph: nx.MultiDiGraph) -> dict[str, dict[str, str]]:
    """A name in each language for everything that has one, and for each node; keys of entities, CURIEs of the rest."""
    found: dict[str, dict[str, str]] = {node: {} for node in graph}
    for language in LANGUAGES:
        for iri, label in tables.labels(language).iter_rows():
            found.setdefault(shorten(iri), {})[language] = label
    for name, texts in found.items():
        for language in LANGUAGES:
            texts.setdefault(language, name)
    return found


def _aliases(tables: NetworkTables, graph: nx.MultiDiGraph) -> dict[str, list[str]]:
    """Whatever a node is called, in any language."""
    known = [(iri, node) for node, iri in graph.nodes(data="iri")]
    nodes = pl.DataFrame(known, {"entity": pl.String, "node": pl.String}, orient="row")
    called = tables["labels"].join(nodes, on="entity").select("node", "label").unique().sort(pl.all())
    return dict(called.group_by("node", maintain_order=True).agg("label").iter_rows())


def _evidence(store: Engine, tables: NetworkTables) -> dict[str, Any]:
    """Each statement with the graphs that hold it, and what those graphs are."""
    facts: dict[tuple[str, str, str, str], list[str]] = {}
    for row in decode(store.query(_FACTS).text("tsv")).iter_rows(named=True):
        literal = row["object"]["kind"] == "literal"
        value = row["object"]["value"] if literal else shorten(row["object"]["value"])
        language = (row["object"]["language"] or "*") if literal else ""
        statement = (shorten(row["subject"]["value"]), shorten(row["predicate"]["value"]), value, language)
        facts.setdefault(statement, []).append(shorten(row["graph"]["value"]))
    passages: dict[str, dict[str, str]] = {}
    for row in decode(store.query(_SOURCES).text("tsv")).iter_rows(named=True):
        known = {name: row[name]["value"] for name in ("source", "locator", "issued", "address") if row[name]}
        known["source"] = shorten(known["source"])
        passages.setdefault(shorten(row["passage"]["value"]), known)
    return {
        "facts": [[*statement, sorted(graphs, key=natural)] for statement, graphs in facts.items()],
        "passages": passages,
        "rules": sorted(shorten(iri) for iri in tables.of_class(KG.Rule)),
    }


def natural(text: str) -> list[tuple[int, str]]:
    """An order in which L5 comes before L15."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", text)]


def _vis() -> str:
    """The drawing library that pyvis carries, without the pointer to a file that is not there."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    script = max(folder.glob("vis-*/vis-network.min.js")).read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", script)


def _hash(text: str) -> str:
    """A text's name in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
