"""``kg export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, cast

import click

from kg.commands import opened, say, store_option
from kg.errors import FileFault
from kg.views import tables
from kg.views.rdf import ANNOTATED, MERGED, WITH_EVIDENCE, export

FORMATS = (*WITH_EVIDENCE, ANNOTATED, *MERGED, "csv", "parquet")


@click.command(name="export")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="The file to write, - for standard output; a folder for csv and parquet.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="The format.  [default: by the file's ending]")
@store_option
def command(output: Path, format_: str | None, store: Path) -> None:
    """Write the landscape in a format that other programs read.

    nq, trig and jsonld hold the evidence in named graphs; read back by kg build, they give the same landscape. nt, ttl
    and rdf hold the merged landscape alone. annotated.ttl is RDF 1.2, each statement with its passages. csv and parquet
    are the network tables, a file each in a folder.
    """
    ending = format_ or next((name for name in FORMATS if output.name.lower().endswith("." + name)), None)
    if ending is None:
        raise click.UsageError(f"{output.name} names no format: take --format, one of {', '.join(FORMATS)}.")
    landscape = opened(store)
    try:
        if ending in ("csv", "parquet"):
            written = tables.write(landscape.tables, output, cast("Literal['csv', 'parquet']", ending))
            say(f"Wrote {len(written)} tables to {output}.")
        elif str(output) == "-":
            sys.stdout.buffer.write(export(landscape.store, ending))
        else:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(export(landscape.store, ending))
            say(f"Wrote {output}.")
    except OSError as fault:
        raise FileFault(f"{output} can't be written: {fault.strerror}. Name another with -o.") from fault
