"""The page as one document: what it knows, its scripts and its styles, each by its hash in the page's policy."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from kg.errors import known
from kg.network.graphs import everything
from kg.network.tables import NetworkTables
from kg.store.engine import Engine
from kg.terms import LANGUAGES
from kg.views.page.model import model
from kg.views.page.network import filled, library, network, rows
from kg.views.page.words import PAGE

SCRIPTS = (
    "data", "state", "facets", "views", "signs", "drawing", "time", "filters", "evidence", "search", "slider",
    "matrix", "weave", "columns", "unfold", "network", "timeline", "pen", "picture", "take", "page",
)  # fmt: skip
"""The files of ``assets/page/`` that end in .js, in the order in which they run; views come up in this order."""
STYLES = ("page", "filters", "matrix", "columns", "network", "evidence", "time", "take")
"""The files of ``assets/page/`` that end in .css."""


def html(store: Engine, tables: NetworkTables, *, language: str = "en") -> str:
    """The page as text, the same for the same landscape; ``language`` is the one that it opens in."""
    known("language", language, LANGUAGES)
    graph = everything(tables)
    labels: dict[str, dict[str, str]] = {one: dict(tables.labels(one).iter_rows()) for one in LANGUAGES}
    nodes = graph.nodes(data="iri")
    names = {node: {one: called.get(iri, node) for one, called in labels.items()} for node, iri in nodes}
    told = model(store, tables, {data["iri"]: data["kind"] for _, data in graph.nodes(data=True)})
    assets = Path(str(files("kg.views").joinpath("assets"))) / "page"
    scripts = [library(), *((assets / f"{name}.js").read_text("utf-8") for name in SCRIPTS)]
    styles = [(assets / f"{name}.css").read_text("utf-8") for name in STYLES]
    environment = Environment(loader=FileSystemLoader(assets), autoescape=select_autoescape(default=True))
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["rows"] = rows
    environment.globals |= {
        "language": language, "words": PAGE, "told": {"language": language, "words": PAGE, **told},
        "scripts": scripts, "styles": styles, "policy": policy(scripts, styles),
    }  # fmt: skip
    return filled(network(tables, names), environment, "page.html")


def policy(scripts: list[str], styles: list[str]) -> str:
    """What the page may do: run its own scripts and styles, by their hashes, and nothing else."""
    return (
        "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"script-src {' '.join(map(_hash, scripts))}; style-src {' '.join(map(_hash, styles))}"
    )


def _hash(text: str) -> str:
    """A text's name in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
