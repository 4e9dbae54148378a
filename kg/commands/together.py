"""``kg together``."""

from __future__ import annotations

import click

from kg.analysis.together import Measure
from kg.commands import (
    View,
    format_option,
    language_option,
    say,
    show,
    sources_option,
    top_option,
    view_options,
    with_passages,
)
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.words import word


@click.command(name="together")
@click.option("--exact", is_flag=True, help="Count only what is covered itself, not by a narrower capability.")
@click.option("--stated", is_flag=True, help="Count only what a source says, not what follows from products.")
@click.option("--all", "everything", is_flag=True, help="Pairs of a single partnership too.")
@click.option(
    "--by",
    type=click.Choice(["partnerships", "jaccard", "lift"]),
    default="partnerships",
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
    exact: bool,
    stated: bool,
    everything: bool,
    by: Measure,
    top: int | None,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show which capabilities come together in the same partnerships.

    Jaccard is the share of the partnerships that cover either which cover both; lift how many times more often the
    two come together than if they were independent of each other.
    """
    landscape = view()
    rows = landscape.together(
        exact=exact, stated=stated, everything=everything, by=by, sources=sources, language=language
    )
    rows = rows if top is None else rows.head(top)
    columns = ["capability_label", "other_label", "partnerships", "jaccard", "lift"]
    shown = [
        [one, other, str(count), f"{jaccard:.2f}", f"{lift:.1f}"]
        for one, other, count, jaccard, lift in rows.select(columns).iter_rows()
    ]
    if rows.is_empty():
        say("No two capabilities are covered by two partnerships or more. --all shows those of a single one.")
    names = ("capability", "and", "partnerships", "jaccard", "lift")
    headings = [word(name, language) for name in names]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
