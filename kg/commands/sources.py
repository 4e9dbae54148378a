"""``kg sources``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.analysis.corroboration import claims, corroborated, sources, told_by
from kg.commands import format_option, language_option, opened, say, show, store_option
from kg.terms import KG, Language
from kg.views.rows import RowFormat, in_words
from kg.views.words import joined, predicate_in_words, word


@click.command(name="sources")
@click.argument("source", required=False)
@click.option("--partnerships", is_flag=True, help="Show each partnership with its sources instead.")
@store_option
@language_option
@format_option
def command(source: str | None, *, partnerships: bool, store: Path, language: Language, format_: RowFormat) -> None:
    """Show what each source says alone, what others say too, and what they contradict.

    Sources of one publisher, releases of one organization, and what was derived from another source are not
    independent: they have one origin. One of which nothing is known has none, and is independent of nobody. The columns
    publisher, releaseOf and derivedFrom of the table of sources say so. What a source says it says alone, or others
    repeat it that are not independent, or it shares it with one that is. With SOURCE, a key or a title, each statement
    that it makes, with who makes it too or denies it.
    """
    landscape = opened(store)
    said = claims(landscape.store)
    if source is not None:
        rows = told_by(said, landscape.tables, landscape.find(source, KG.Source), language=language)
        columns = ["subject_label", "predicate", "predicate_label", "object_label", "standing", "others"]
        shown = [
            [subject, predicate_in_words(predicate, label, language), told, word(standing, language), "\n".join(others)]
            for subject, predicate, label, told, standing, others in rows.select(columns).iter_rows()
        ]
        names = ("subject", "predicate", "object", "standing", "others")
        show(rows, shown, [word(name, language) for name in names], format_)
        return
    backed = corroborated(said, landscape.tables, language=language)
    if partnerships:
        shown = [[row["label"], "\n".join(row["sources"]), str(row["origins"])] for row in backed.iter_rows(named=True)]
        show(backed, shown, [word(name, language) for name in ("partnership", "source", "origins")], format_)
    else:
        rows = sources(said, landscape.tables, language=language)
        columns = ["label", "origin", "statements", "alone", "repeated", "shared", "contradicted"]
        headings = [word("source" if name == "label" else name, language) for name in columns]
        shown = in_words(rows, columns)
        for cells, origin in zip(shown, rows["origin"].to_list(), strict=True):
            cells[1] = joined([str(number) for number in origin], language) or word("unknown_origin", language)
        show(rows, shown, headings, format_)
    several = backed.filter(backed["origins"] > 1).height
    say(word("corroborated", language).format(several, backed.height))
