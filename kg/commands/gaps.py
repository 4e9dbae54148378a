"""``kg gaps``."""

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


@click.command(name="gaps")
@click.argument("bank", required=False, shell_complete=complete_names)
@click.option("--top", type=click.IntRange(min=1), metavar="N", default=10, show_default=True, help="The first N.")
@click.option(
    "--least",
    type=click.IntRange(min=2),
    metavar="N",
    default=2,
    show_default=True,
    help="Compare the narrowest capabilities that N banks have; the more, the broader.",
)
@sources_option
@view_options
@language_option
@format_option
def command(
    bank: str | None,
    *,
    top: int,
    least: int,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Rank what banks do not have, by what they have and others have, each explained.

    With BANK, a key or a name, what that one lacks; without, the likeliest of all. The score is the share of a random
    walk with restart from the bank over what banks have. Shown with each are the banks most like it that have the
    capability, and the technology firms that bring it and already work with the bank.
    """
    landscape = view()
    found = landscape.gaps(bank, top=top, least=least, sources=sources, language=language)
    if bank is not None:
        say_readings(landscape, [bank], KG.Organization)
    if not found.known:
        say(word("nothing_taken_up", language).format(bank))
    elif found.independent < found.needed:
        say(word("too_few_banks", language).format(found.independent, found.needed))
    elif found.rows.is_empty():
        say(word("no_gaps", language))
    shown = [
        [
            *([row["bank_label"]] if bank is None else []),
            row["capability_label"],
            f"{row['score']:.3f}",
            str(row["banks"]),
            joined(row["similar_labels"], language),
            joined(row["firm_labels"], language),
        ]
        for row in found.rows.iter_rows(named=True)
    ]
    names = ["capability", "score", "banks", "gap_similar", "gap_firms"]
    headings = [word(name, language) for name in (names if bank is not None else ["bank", *names])]
    if sources:
        shown, headings = with_passages(landscape, found.rows, shown, headings, language)
    show(found.rows, shown, headings, format_)
