"""``kg view``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands import View, language_option, say, view_options
from kg.revisions import outside
from kg.terms import Language


@click.command(name="view")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
    default=Path("build/network.html"),
    show_default=True,
    help="The file to write, - for standard output; .svg and .png make a picture.",
)
@view_options
@language_option
def command(
    output: Path,
    *,
    view: View,
    language: Language,
) -> None:
    """Write the network as one page that opens anywhere.

    The page needs no network and nothing beside it. It can be switched between English and Chinese; --lang is the
    language that it opens in. A file that ends in .svg or .png becomes a picture instead: every partnership between
    its banks and its firms, with what it is on. PNG needs partnership-kg[png].
    """
    landscape = view()
    if output.suffix.lower() in {".svg", ".png"}:
        outside(landscape.place, output)
        landscape.picture(language=language).write(output)
        say(f"Wrote {output}.")
        return
    page = landscape.page(language=language)
    if str(output) == "-":
        sys.stdout.buffer.write(page.html.encode())
        return
    outside(landscape.place, output)
    page.write(output)
    say(f"Wrote {output} ({len(page.html.encode()) / 1_000_000:.1f} MB). Open it in a browser.")
