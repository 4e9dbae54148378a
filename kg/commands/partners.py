"""``kg partners``."""

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
)  # fmt: skip
from kg.terms import KG, Language
from kg.views.rows import RowFormat
from kg.views.words import interval, joined, word


@click.command(name="partners")
@click.argument("organization", shell_complete=complete_names)
@sources_option
@view_options
@language_option
@format_option
def command(
    organization: str,
    *,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show who partners with an organization, and on what.

    ORGANIZATION is a key, a name, a short name or an abbreviation, in any language: icbc, ICBC, 工行.
    """
    landscape = view()
    rows = landscape.partners(organization, sources=sources, language=language)
    say_readings(landscape, [organization], KG.Organization)
    shown = [
        [
            row["label"],
            row["partnership"],
            interval(row["since_earliest"], row["since_latest"], language),
            joined(row["on"], language),
        ]
        for row in rows.iter_rows(named=True)
    ]
    if rows.is_empty():
        when = "in this landscape" if landscape.tables.whole else "there"
        say(f"«{organization}» is in no partnership {when} that has a bank and a technology firm.")
    headings = [word(name, language) for name in ("partner", "partnership", "since", "on")]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
