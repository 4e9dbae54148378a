"""``kg similar``."""

from __future__ import annotations

import click

from kg.analysis.similarity import Side
from kg.commands import (
    View,
    complete_names,
    format_option,
    language_option,
    say,
    say_readings,
    show,
    sources_option,
    top_option,
    view_options,
    with_passages,
)
from kg.terms import KG, Language
from kg.views.rows import RowFormat
from kg.views.words import joined, word


@click.command(name="similar")
@click.argument("organization", required=False, shell_complete=complete_names)
@click.option(
    "--side",
    type=click.Choice(["bank", "firm"]),
    default="firm",
    show_default=True,
    help="Without ORGANIZATION: whether banks or technology firms are compared.",
)
@click.option("--exact", is_flag=True, help="Compare only what is covered itself, not by a narrower capability.")
@click.option("--all", "everything", is_flag=True, help="Pairs too that are in the very same partnerships.")
@top_option
@sources_option
@view_options
@language_option
@format_option
def command(
    organization: str | None,
    *,
    side: Side,
    exact: bool,
    everything: bool,
    top: int | None,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show who is like whom: banks by what they take up, technology firms by what they bring.

    Two are as alike as the share of the capabilities of either that both have (Jaccard). With ORGANIZATION, a key or
    a name, who is like it on its own side; without, the most alike pairs of a side.
    """
    landscape = view()
    rows = landscape.similar(organization, side, exact=exact, everything=everything, sources=sources, language=language)
    rows = rows if top is None else rows.head(top)
    if organization is not None:
        say_readings(landscape, [organization], KG.Organization)
    shown = [
        [row["organization_label"], row["other_label"], f"{row['jaccard']:.2f}", joined(row["on"], language)]
        for row in rows.iter_rows(named=True)
    ]
    if rows.is_empty():
        say("Nobody is like another: no two have a capability in common.")
    names = ("organization", "and", "jaccard", "in_common")
    headings = [word(name, language) for name in names]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
