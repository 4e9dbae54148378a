"""``kg communities``."""

from __future__ import annotations

import click

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
from kg.views.words import joined, tallied, word


@click.command(name="communities")
@network_option
@top_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of the method's random choices.")
@sources_option
@view_options
@language_option
@format_option
def command(
    *,
    network: NetworkKind,
    top: int | None,
    seed: int,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show who forms a community, what it shares, and how stable it is.

    By Louvain's method. A community is called by what two or more of its partnerships cover, with how many of them do;
    its stability says how alike the communities are that twenty other seeds find, 1 being the same.
    """
    landscape = view()
    found = landscape.communities(network, seed=seed, sources=sources, language=language)
    rows = found.rows if top is None else found.rows.head(top)
    shown = [
        [
            str(row["size"]),
            tallied(row["shares"], row["shared_by"], len(row["partnerships"]), language),
            joined(row["labels"], language),
            f"{row['stability']:.2f}",
        ]
        for row in rows.iter_rows(named=True)
    ]
    names = ("size", "shares", "members", "stability")
    headings = [word(name, language) for name in names]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
    say(word("modularity", language).format(found.modularity, found.agreement))
