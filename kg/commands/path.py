"""``kg path``."""

from __future__ import annotations

import click

from kg.commands import (
    View,
    complete_names,
    format_option,
    language_option,
    say,
    say_readings,
    show,
    sources_option,
    view_options,
    with_passages,
)
from kg.terms import KG, Language
from kg.views.rows import RowFormat
from kg.views.words import joined, word


@click.command(name="path")
@click.argument("a", shell_complete=complete_names)
@click.argument("b", shell_complete=complete_names)
@click.option("--most", type=click.IntRange(min=1), default=100, show_default=True, help="Tell no more than these.")
@sources_option
@view_options
@language_option
@format_option
def command(
    a: str,
    b: str,
    *,
    most: int,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show how two organizations are connected: all shortest paths, step by step.

    A and B are keys or names. Each step is a partnership of a bank and a technology firm, with what it covers.
    """
    landscape = view()
    rows = landscape.path(a, b, most=most, language=language)
    say_readings(landscape, [a, b], KG.Organization)
    shown = [
        [
            str(row["path"]),
            row["from_label"],
            row["to_label"],
            "\n".join(row["partnerships"]),
            joined(row["on"], language),
        ]
        for row in rows.iter_rows(named=True)
    ]
    if rows.is_empty():
        one, other = (landscape.tables.meant(landscape.find(name, KG.Organization)) for name in (a, b))
        say(word("one_and_same" if one == other else "not_connected", language).format(a, b))
    elif rows["path"].max() == most:
        say(f"There may be more than {most} such paths; --most tells more.")
    headings = [word(name, language) for name in ("path", "start", "end", "partnership", "on")]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
