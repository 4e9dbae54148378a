"""``kg export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands import View, language_option, say, view_options
from kg.exports import EXPORT_FORMATS, FOLDERS, NETWORK_FORMATS, ExportFormat, export_format
from kg.network.graphs import NETWORKS
from kg.terms import Language, NetworkKind


@click.command(name="export")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
    required=True,
    help="The file to write, - for standard output; a folder for csv and parquet.",
)
@click.option(
    "--format", "format_", type=click.Choice(EXPORT_FORMATS), help="The format.  [default: by the file's ending]"
)
@click.option(
    "--network",
    type=click.Choice(NETWORKS),
    help="What graphml and gexf hold: banks by firms, firms by what they have in common, capabilities, or all.  "
    "[default: all]",
)
@view_options
@language_option
def command(
    output: Path,
    format_: ExportFormat | None,
    network: NetworkKind | None,
    *,
    view: View,
    language: Language,
) -> None:
    """Write the landscape in a format that other programs read.

    nq, trig and jsonld hold the evidence in named graphs; read back by kg build, they give the same landscape. nt, ttl
    and rdf hold the merged landscape alone. annotated.ttl is RDF 1.2, each statement with its passages. csv and parquet
    are the network tables, a file each in a folder. xlsx is the rankings with their citations. graphml and gexf are
    networks for Gephi and the like; --lang is the language of the names in these and in xlsx.
    """
    chosen = format_ or export_format(output)
    if chosen is None:
        where = "Standard output" if str(output) == "-" else output.name
        raise click.UsageError(f"{where} names no format: take --format, one of {', '.join(EXPORT_FORMATS)}.")
    if format_ is None and chosen in FOLDERS:
        raise click.UsageError(f"{chosen} is a folder of files: name the folder, and take --format {chosen}.")
    if network is not None and chosen not in NETWORK_FORMATS:
        raise click.UsageError(f"--network goes with {' and '.join(NETWORK_FORMATS)}, not with {chosen}.")
    landscape = view()
    if str(output) == "-":
        sys.stdout.buffer.write(landscape.exported(chosen, network=network or "all", language=language))
    else:
        landscape.export(output, chosen, network=network or "all", language=language)
        say(f"Wrote {output}.")
