"""``kg view``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands import View, language_option, query_text, say, view_options
from kg.revisions import outside
from kg.terms import Language

_PAGES, _PICTURES = (".html", ".htm"), (".svg", ".png")


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

    With --query, the page or picture shows just what the query answers: the triples of a CONSTRUCT, or each row of a
    SELECT as a line through its things, in the order of its variables, with its texts at the end.
    """
    landscape = view()
    if query is not None and landscape.narrowed:
        raise click.UsageError("--query shows what it asks of the whole, and stands without --as-of, --group, --stage.")
    sparql = None if query is None else query_text(None, query)
    if (ending := output.suffix.lower()) not in {"", *_PAGES, *_PICTURES}:
        raise click.UsageError(f"{output.name} names no form. Name a page (.html) or a picture (.svg, .png).")
    if ending in _PICTURES:
        picture = landscape.picture(query=sparql, language=language)
        _left_out(picture.left_out)
        outside(landscape.place, output)
        picture.write(output)
        say(f"Wrote {output}.")
        return
    page = landscape.page(query=sparql, language=language)
    _left_out(page.left_out)
    if str(output) == "-":
        sys.stdout.buffer.write(page.html.encode())
        return
    outside(landscape.place, output)
    page.write(output)
    say(f"Wrote {output} ({len(page.html.encode()) / 1_000_000:.1f} MB). Open it in a browser.")


def _left_out(names: tuple[str, ...]) -> None:
    if names:
        say(f"Not shown: {', '.join(names)}.")
