"""``kg why``."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl

from kg.analysis.citations import sources
from kg.commands import called, complete_names, format_option, language_option, opened, say_readings, show, store_option
from kg.landscape import Landscape
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.words import predicate_in_words, word


@click.command(name="why")
@click.argument("a", shell_complete=complete_names)
@click.argument("b", required=False, shell_complete=complete_names)
@store_option
@language_option
@format_option
def command(a: str, b: str | None, store: Path, language: Language, format_: RowFormat) -> None:
    """Show the passages behind an organization, a pair or a partnership.

    A and B are keys or names: of two organizations, of a partnership, or of a capability or product and who has to
    do with it. Each statement stands with the source and the place in it that make it, or with the rule that it
    follows by and the passages that it rests on. What something is called and of which class is told where it is asked
    for alone.
    """
    names = [name for name in (a, b) if name is not None]
    landscape = opened(store)
    rows = landscape.why(*names, language=language)
    say_readings(landscape, names)
    headings = [word(name, language) for name in ("subject", "predicate", "object", "source")]
    if format_ == "json":
        rows = rows.with_columns(premises=_premises(rows, landscape, language))
    rests_on = pl.Series("rests_on", called(landscape, rows["rests_on"], language), dtype=pl.List(pl.String))
    show(rows, _statements(rows.with_columns(rests_on), language), headings, format_)
    if format_ in ("table", "markdown"):
        click.echo()
        about = ["source", "source_label", "issued", "publisher", "address"]
        for name, title, *details in rows.select(about).drop_nulls("source").unique().sort(pl.all()).rows():
            told = f" ({', '.join(filter(None, details))})" if any(details) else ""
            click.echo(name + (f": {title}" if title else "") + told)


def _premises(rows: pl.DataFrame, landscape: Landscape, language: Language) -> pl.Series:
    """The passages of ``rests_on`` with what is known of their sources, a list of them for each row."""
    known = {
        row["source"]: row
        for row in sources(landscape.store, landscape.tables, language=language).iter_rows(named=True)
    }
    nothing = dict.fromkeys(("title", "publisher", "issued", "address", "language"))
    names = landscape.tables.called(rows["rests_on"].explode().drop_nulls(), language)

    def told(passage: str) -> dict[str, str | None]:
        source, _, locator = passage.partition("#")
        label = names.get(passage, locator)
        return {"source": source, "locator": locator, "locator_label": label, **nothing, **known.get(source, {})}

    kinds = pl.Struct(dict.fromkeys(("source", "locator", "locator_label", *nothing), pl.String()))
    listed = [
        None if passages is None else [told(text) for text in passages] for passages in rows["rests_on"].to_list()
    ]
    return pl.Series(listed, dtype=pl.List(kinds))


def _statements(rows: pl.DataFrame, language: str) -> list[list[str]]:
    """One row a statement, with all that make it in the last cell."""
    rests = pl.col("rests_on").list.join(", ")
    rule = pl.concat_str(
        pl.lit(word("rule", language)), "rule_label",
        pl.when(rests != "").then(pl.concat_str(pl.lit(word("from_passages", language)), rests)).otherwise(pl.lit("")),
    )  # fmt: skip
    other, same, end = word("said_of", language).split("{}")
    of = pl.concat_str(pl.lit(other), pl.col("said_of").list.join(", "), pl.lit(same), rests, pl.lit(end))
    passage = pl.concat_str("source", pl.lit("#"), "locator_label", of.fill_null(""))
    said = pl.coalesce(passage, rule, "passage")
    statement = [name for part in ("subject", "predicate", "object") for name in (part, f"{part}_label")]
    grouped = rows.with_columns(said=said).group_by(statement, maintain_order=True).agg("said", pl.col("origins").max())
    return [
        [
            row["subject_label"],
            predicate_in_words(row["predicate"], row["predicate_label"], language),
            row["object_label"],
            "\n".join([*row["said"], *_independent(row["origins"], language)]),
        ]
        for row in grouped.iter_rows(named=True)
    ]


def _independent(origins: int | None, language: str) -> list[str]:
    """How many independent sources make a statement, where they are several."""
    return [word("independent", language).format(origins)] if origins and origins > 1 else []
