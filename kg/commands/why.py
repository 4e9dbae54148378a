"""``kg why``."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl

from kg.commands import complete_names, format_option, language_option, opened, say_readings, show, store_option
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.words import word


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
    follows by and the passages that it rests on.
    """
    names = [name for name in (a, b) if name is not None]
    landscape = opened(store)
    rows = landscape.why(*names, language=language)
    say_readings(landscape, names)
    headings = [word(name, language) for name in ("subject", "predicate", "object", "source")]
    show(rows, _statements(rows, language), headings, format_)
    if format_ in ("table", "markdown"):
        click.echo()
        for source in (
            rows.select("source", "source_label", "issued").drop_nulls("source").unique().sort(pl.all()).rows()
        ):
            name, title, issued = source
            click.echo(name + (f": {title}" if title else "") + (f" ({issued})" if issued else ""))


def _statements(rows: pl.DataFrame, language: str) -> list[list[str]]:
    """One row a statement, with all that make it in the last cell."""
    rests = pl.col("rests_on").list.join(", ")
    rule = pl.concat_str(
        pl.lit(word("rule", language)), "rule_label",
        pl.when(rests != "").then(pl.concat_str(pl.lit(word("from_passages", language)), rests)).otherwise(pl.lit("")),
    )  # fmt: skip
    said = pl.coalesce(pl.concat_str("source", pl.lit("#"), "locator"), rule, "passage")
    statement = [name for part in ("subject", "predicate", "object") for name in (part, f"{part}_label")]
    grouped = rows.with_columns(said=said).group_by(statement, maintain_order=True).agg("said")
    return [
        [row["subject_label"], row["predicate_label"], row["object_label"], "\n".join(row["said"])]
        for row in grouped.iter_rows(named=True)
    ]
