"""``kg capabilities``."""

from __future__ import annotations

from collections import Counter

import click
import polars as pl

from kg.analysis.sharing import By
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
from kg.views.rows import RowFormat, in_words
from kg.views.words import word

MEASURES = ("bank_evenness", "bank_hhi", "firm_evenness", "firm_hhi")
VIEWS = {
    "shares": ("share", "banks", "firms"),
    "stages": ("announced", "underway", "live", "ended"),
    "concentration": MEASURES,
}


def _weights(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, float]:
    """The stages (as typed) with their weights."""
    del ctx
    told: dict[str, float] = {}
    for value in values:
        stage, sign, number = value.rpartition("=")
        try:
            weight = float(number)
        except ValueError:
            weight = -1.0
        if not sign or not 0 <= weight < float("inf"):
            raise click.BadParameter(f"{value!r} is no stage with a number from 0, as announced=0.5.", param=param)
        if stage in told:
            raise click.BadParameter(f"{stage!r} has two weights.", param=param)
        told[stage] = weight
    return told


@click.command(name="capabilities")
@click.option("--exact", is_flag=True, help="Count only what is covered itself, not by a narrower capability.")
@click.option(
    "--stated",
    is_flag=True,
    help="Count only what a source says, not what follows from products; shares are of what is so counted.",
)
@click.option("--all", "everything", is_flag=True, help="Leave nothing out, not even what one partnership covers.")
@click.option(
    "--by",
    type=click.Choice(["partnerships", "banks", "firms", "weighted"]),
    help="Sort by the number of these; by partnerships, or weighted where there are weights, unless it is said.",
)
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="STAGE=NUMBER",
    callback=_weights,
    help="How much a partnership counts that came as far as this stage and no farther: announced=0.5. Others count 1.",
)
@top_option
@click.option(
    "--show",
    "columns_of",
    type=click.Choice(list(VIEWS)),
    default="shares",
    show_default=True,
    help="What a table shows beside the count: shares and parties, how far they came, or how concentrated they are.",
)
@sources_option
@view_options
@language_option
@format_option
def command(
    *,
    exact: bool,
    stated: bool,
    everything: bool,
    by: By | None,
    weights: dict[str, float],
    top: int | None,
    columns_of: str,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Rank the capabilities that partnerships share most.

    A capability is shared when at least two partnerships cover it, themselves or by a narrower one. One is left out
    when its partnerships are the very same as those of a narrower one that is shown. Equals have the same rank.
    """
    landscape = view()
    rows = landscape.capabilities(
        exact=exact, stated=stated, everything=everything, by=by, weights=weights, sources=sources, language=language
    )
    by = by or ("weighted" if weights else "partnerships")
    counted = Counter(rows["rank"])
    tied = [f"={rank}" if counted[rank] > 1 else str(rank) for rank in rows["rank"]]
    rest = rows.height - (top or rows.height)
    if top is not None and rest > 0:
        if rows[by][top - 1] == rows[by][top]:
            equal = "the same weight" if by == "weighted" else f"as many {by}"
            say(f"Row {top} and the next have {equal}: the cut at {top} parts equals.")
        rows = rows.head(top)
    columns = ["label", "partnerships", *(["weighted"] if weights else []), *VIEWS[columns_of]]
    headings = [word(name, language) for name in ("rank", "capability", *columns[1:])]
    if rows.is_empty():
        if everything:
            say("No partnership covers a capability.")
        else:
            say("No capability is covered by two partnerships or more. --all shows what is covered at all.")
    measures = [name for name in (*MEASURES, "weighted") if name in rows.columns]  # which are no shares in per cent
    plain = rows.with_columns(pl.col(measures).map_elements("{:.2f}".format, return_dtype=pl.String))
    shown = [[rank, *cells] for rank, cells in zip(tied, in_words(plain, columns), strict=False)]
    if sources:
        shown, headings = with_passages(landscape, rows, shown, headings, language)
    show(rows, shown, headings, format_)
