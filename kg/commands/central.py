"""``kg central``."""

from __future__ import annotations

import click

from kg.analysis.standing import Measure
from kg.commands import (
    View,
    format_option,
    language_option,
    network_option,
    say,
    show,
    sources_option,
    top_option,
    view_options,
    with_passages,
)
from kg.terms import Language, NetworkKind
from kg.views.rows import RowFormat
from kg.views.words import word


@click.command(name="central")
@network_option
@click.option(
    "--by",
    type=click.Choice(["degree", "strength", "betweenness", "pagerank"]),
    default="strength",
    show_default=True,
    help="Sort by this.",
)
@top_option
@sources_option
@view_options
@language_option
@format_option
def command(
    *,
    network: NetworkKind,
    by: Measure,
    top: int | None,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show how central each is: degree, strength, betweenness, PageRank.

    Degree counts neighbours, strength the partnerships (or capabilities) that connect to them; betweenness is the
    share of shortest paths that go through one, PageRank the share of a walk that steps along the edges at random.
    """
    landscape = view()
    rows = landscape.central(network, by=by, sources=sources, language=language)
    rows = rows if top is None else rows.head(top)
    shown = [
        [row["label"], str(row["degree"]), str(row["strength"]), f"{row['betweenness']:.4f}", f"{row['pagerank']:.4f}"]
        for row in rows.iter_rows(named=True)
    ]
    if rows.is_empty():
        say("The network is empty.")
    names = ("name", "degree", "strength", "betweenness", "pagerank")
    headings = [word(name, language) for name in names]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
