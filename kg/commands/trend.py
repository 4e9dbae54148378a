"""``kg trend``."""

from __future__ import annotations

import click

from kg.analysis.trends import Period, known_days
from kg.commands import View, format_option, language_option, say, show, sources_option, view_options, with_passages
from kg.terms import Language
from kg.views.report.timeline import telling
from kg.views.rows import RowFormat, in_words
from kg.views.words import known_days as told_days
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

    Began and Ended count what surely lies in a period, Perhaps began and Perhaps ended what may, the sure ones among
    them: a date known to the year lies in no month for sure, but perhaps in each. Both are of what lies between two
    known days. Where only a last day is known, the period of that day has it once, under By then: it may as well lie in
    any period before. Where only a first day is known, it is under Then or later. What has no date is in no row, and
    its count is said. A column that says no more than the others is not printed; CSV, TSV and JSON have all.
    """
    landscape = view()
    rows = landscape.trend(period, sources=sources)
    if rows.is_empty():
        say(word("no_dates", language))
    else:
        for of in known_days(landscape.tables).iter_rows(named=True):
            if of["both"] < of["partnerships"]:
                say(told_days(of, language, over=of["over"]))
    columns = ["period", *telling(rows), "capabilities", "new"]
    headings = [word("new_capabilities" if name == "new" else name, language) for name in columns]
    shown = in_words(rows, columns)
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
