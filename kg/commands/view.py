"""``kg view``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import language_option, opened, say, store_option
from kg.errors import FileFault
from kg.views.page import html


@click.command(name="view")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("build/network.html"),
    show_default=True,
    help="The file to write.",
)
@store_option
@language_option
def command(output: Path, store: Path, language: str) -> None:
    """Write the network as one page that opens anywhere.

    The page needs no network and nothing beside it. It can be switched between English and Chinese; --lang is the
    language that it opens in.
    """
    landscape = opened(store)
    page = html(landscape.store, landscape.tables, language=language)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise FileFault(f"{output} can't be written: {fault.strerror}. Name another file with -o.") from fault
    say(f"Wrote {output} ({len(page.encode()) / 1_000_000:.1f} MB). Open it in a browser.")
