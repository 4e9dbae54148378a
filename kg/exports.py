"""A landscape in every format that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from kg import scratch
from kg.errors import BadParameter, FileFault, known
from kg.terms import LANGUAGES, Language, NetworkKind

if TYPE_CHECKING:
    from kg.network.tables import NetworkTables
    from kg.store.embedded import EmbeddedStore

ExportFormat = Literal[
    "nq", "trig", "jsonld", "annotated.ttl", "nt", "ttl", "rdf", "csv", "parquet", "xlsx", "graphml", "gexf"
]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
FOLDERS = ("csv", "parquet")
"""The formats that are a folder of files."""
NETWORK_FORMATS = ("graphml", "gexf")
"""The formats of networks."""


def export_format(path: Path) -> ExportFormat | None:
    """The format that a file's ending names."""
    return next((name for name in EXPORT_FORMATS if path.name.lower().endswith("." + name)), None)


def write(
    store: EmbeddedStore,
    tables: NetworkTables,
    path: Path,
    format_: ExportFormat,
    network: NetworkKind,
    language: Language,
) -> None:
    """Write a landscape to a file, or to a folder; what :func:`content` raises, and what the system does."""
    if format_ in FOLDERS:
        from kg.views import tables as folder

        folder.write(tables, path, "csv" if format_ == "csv" else "parquet")
    else:
        whole = content(store, tables, format_, network, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write(path, whole)


def content(
    store: EmbeddedStore, tables: NetworkTables, format_: ExportFormat, network: NetworkKind, language: Language
) -> bytes:
    """What a file of a format holds.

    Raises
    ------
    BadParameter
        when a format, network or language is unknown, or RDF is asked of a time or of groups.
    FileFault
        when the format is a folder of files.
    BadQuery
        when it can't hold what the landscape does.
    """
    known("format", format_, EXPORT_FORMATS)
    known("language", language, LANGUAGES)
    known("network", network, get_args(NetworkKind))
    if format_ in NETWORK_FORMATS:
        from kg.network import graphs as networks
        from kg.views import graphs

        graph = networks.network(tables, network, language=language)
        return graphs.export(graph, "gexf" if format_ == "gexf" else "graphml")
    if format_ == "xlsx":
        from kg.analysis.rankings import rankings
        from kg.views.workbook import workbook

        return workbook(rankings(store, tables, language=language), language)
    if format_ in FOLDERS:
        raise FileFault(f"{format_} is a folder of files, not one. Name the folder.")
    if not tables.whole:
        raise BadParameter(
            f"{format_} holds the whole landscape. --as-of and --group go with csv, parquet, xlsx, graphml and gexf."
        )
    from kg.views import rdf

    return rdf.export(store, format_)
