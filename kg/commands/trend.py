"""``kg trend``."""

from __future__ import annotations

import click

from kg.analysis.trends import Period
from kg.commands import View, format_option, language_option, say, show, sources_option, view_options, with_passages
from kg.terms import Language
from kg.views.rows import RowFormat, in_words
from kg.views.words import word


@click.command(name="trend")
@click.option(
    "--by",
    "period",
    type=click.Choice(["month", "quarter", "year"]),
    default="year",
    show_default=True,
    help="The length of a period.",
)
@sources_option
@view_options
@language_option
@format_option
def command(
    *,
    period: Period,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show how partnerships began and ended over time.

    What surely lies in a period is counted apart from what may: a date known to the year lies in no month for sure.
    """
    rows = view().trend(period, sources=sources)
    if rows.is_empty():
        say("No partnership has a date.")
    columns = ["period", "began", "perhaps_began", "ended", "perhaps_ended", "capabilities", "new"]
    names = [*columns[:5], "capabilities", "new_capabilities"]
    shown, headings = in_words(rows, columns), [word(name, language) for name in names]
    if sources:
        shown, headings = with_passages(rows, shown, headings, language)
    show(rows, shown, headings, format_)
