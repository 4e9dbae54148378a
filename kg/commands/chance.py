"""``kg chance``."""

from __future__ import annotations

import click

from kg.analyses import Of
from kg.commands import View, format_option, language_option, say, show, sources_option, view_options, with_passages
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.words import word


@click.command(name="chance")
@click.option(
    "--of",
    type=click.Choice(["together", "sharing"]),
    default="together",
    show_default=True,
    help="Which capabilities come together, or which are shared by many parties.",
)
@click.option("--stated", is_flag=True, help="Count only what a source says, not what follows from products.")
@click.option(
    "--alpha",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="The share of false findings that is borne.",
)
@click.option("--all", "everything", is_flag=True, help="What may well be chance too.")
@sources_option
@view_options
@language_option
@format_option
def command(
    *,
    of: Of,
    stated: bool,
    alpha: float,
    everything: bool,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show what is more than the sizes of partnerships and the popularity of capabilities would give.

    Against random landscapes in which partnerships have as many capabilities, and capabilities as many partnerships,
    as they have, on average (the bipartite configuration model). p is the probability of as much or more there; q is
    adjusted for the number of questions (Benjamini and Hochberg), and those with q up to alpha are shown.
    """
    landscape = view()
    found = landscape.by_chance(of, stated=stated, alpha=alpha, sources=sources, language=language)
    rows = found.rows if everything else found.rows.filter("more")
    if not found.enough:
        say(word("too_little", language))
    elif rows.is_empty():
        say(word("by_chance", language))
    if of == "together":
        texts, figures = ["capability_label", "other_label", "partnerships"], ["expected", "p", "q"]
        names = ["capability", "and", "partnerships", "expected", "p", "q"]
    else:
        texts = ["label", "partnerships"]
        figures = [f"{side}{end}" for side in ("banks", "firms") for end in ("", "_expected", "_p", "_q")]
        names = ["capability", "partnerships", "banks", "expected", "p", "q", "firms", "expected", "p", "q"]
    shown = [
        [*map(str, told), *map(_figure, numbers)]
        for told, numbers in zip(rows.select(texts).iter_rows(), rows.select(figures).iter_rows(), strict=True)
    ]
    headings = [word(name, language) for name in names]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)


def _figure(number: float) -> str:
    """A count as it is, a probability or an expected count to three digits."""
    return str(number) if isinstance(number, int) else f"{number:.3g}"
