"""``kg sources``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.analysis.corroboration import claims, corroborated, sources
from kg.commands import format_option, language_option, opened, say, show, store_option
from kg.terms import Language
from kg.views.rows import RowFormat, in_words
from kg.views.words import word


@click.command(name="sources")
@click.option("--partnerships", is_flag=True, help="Show each partnership with its sources instead.")
@store_option
@language_option
@format_option
def command(*, partnerships: bool, store: Path, language: Language, format_: RowFormat) -> None:
    """Show what each source says alone, what others say too, and what they contradict.

    Sources of one publisher, releases of one organization, and what was derived from another source are not
    independent: they have one origin. The columns publisher, releaseOf and derivedFrom of the table of sources say so.
    """
    landscape = opened(store)
    said = claims(landscape.store)
    backed = corroborated(said, landscape.tables, language=language)
    if partnerships:
        shown = [[row["label"], "\n".join(row["sources"]), str(row["origins"])] for row in backed.iter_rows(named=True)]
        show(backed, shown, [word(name, language) for name in ("partnership", "source", "origins")], format_)
    else:
        rows = sources(said, landscape.tables, language=language)
        columns = ["label", "origin", "statements", "alone", "shared", "contradicted"]
        headings = [word("source" if name == "label" else name, language) for name in columns]
        show(rows, in_words(rows, columns), headings, format_)
    several = backed.filter(backed["origins"] > 1).height
    say(word("corroborated", language).format(several, backed.height))
