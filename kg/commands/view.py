"""``kg view``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands import View, language_option, query_text, say, view_options
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
@click.option(
    "--query",
    "query",
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
    metavar="FILE",
    help="Show just what a CONSTRUCT or SELECT in a file answers; - is standard input.",
)
@view_options
@language_option
def command(
    output: Path,
    *,
    query: Path | None,
    view: View,
    language: Language,
) -> None:
    """Write the network as one page that opens anywhere.

    The page needs no network and nothing beside it. It can be switched between English and Chinese; --lang is the
    language that it opens in. A file that ends in .svg or .png becomes a picture instead: every partnership between
    its banks and its firms, with what it is on. PNG needs partnership-kg[png].

    With --query, the page shows just what the query answers: the triples of a CONSTRUCT, or the entities of each row
    of a SELECT, joined in the order of its variables.
    """
    landscape = view()
    if query is not None and (output.suffix.lower() in {".svg", ".png"} or landscape.narrowed):
        raise click.UsageError("--query makes a page of what it asks, and stands without --as-of, --group and --stage.")
    if output.suffix.lower() in {".svg", ".png"}:
        outside(landscape.place, output)
        landscape.picture(language=language).write(output)
        say(f"Wrote {output}.")
        return
    page = landscape.page(query=None if query is None else query_text(None, query), language=language)
    if page.left_out:
        say(f"Not shown: {', '.join(page.left_out)}.")
    if str(output) == "-":
        sys.stdout.buffer.write(page.html.encode())
        return
    outside(landscape.place, output)
    page.write(output)
    say(f"Wrote {output} ({len(page.html.encode()) / 1_000_000:.1f} MB). Open it in a browser.")
