"""Networks as GraphML and GEXF, which Gephi, yEd, Cytoscape and NetworkX open."""

from __future__ import annotations

import io
import re
from typing import Any, Literal

import networkx as nx

GraphFormat = Literal["graphml", "gexf"]
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML can't hold."""


def export(graph: nx.Graph, format_: GraphFormat) -> bytes:
    r"""A network (:func:`kg.network.graphs.network`) in a format, the same bytes for the same network.

    Both formats know single values only, so that a list stands as one text with ``|`` between the values (``\|`` for
    the sign itself), as in a curated table. Signs that XML can't hold become U+FFFD.
    """
    out = io.BytesIO()
    write = nx.write_graphml_xml if format_ == "graphml" else nx.write_gexf
    write(_flat(graph), out)
    # The day of writing would make the same network another file tomorrow.
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)


def _flat(graph: nx.Graph) -> nx.Graph:
    """The same network with single values only, and a name of its own for each edge."""
    flat = graph.__class__()
    flat.add_nodes_from((_text(node), _single(data)) for node, data in graph.nodes(data=True))
    for number, (a, b, data) in enumerate(graph.edges(data=True)):
        name = {"key": f"e{number}"} if graph.is_multigraph() else {}
        flat.add_edge(_text(a), _text(b), **name, **_single(data))
    return flat


def _single(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _text("|".join(str(part).replace("|", "\\|") for part in value) if isinstance(value, list) else value)
        for name, value in data.items()
        if value is not None
    }


def _text(value: Any) -> Any:  # noqa: ANN401  numbers and truths pass as they are
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value
