"""``kg matrix``."""

from __future__ import annotations

from typing import Any

import click
import polars as pl

from kg.commands import View, called, format_option, language_option, say, show, sources_option, view_options
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.words import joined, word

MOST_FIRMS = 16
"""How many columns can be read at a terminal's width."""


@click.command(name="matrix")
@sources_option
@view_options
@language_option
@format_option
def command(
    *,
    sources: bool,
    view: View,
    language: Language,
    format_: RowFormat,
) -> None:
    """Show banks by firms, with what they work on together.

    The table has a row for each bank, with the number of capabilities in each cell, and below it what each cell
    holds; in csv, tsv and markdown the capabilities stand in the cells, or with --sources the passages.
    """
    landscape = view()
    cells = landscape.matrix(sources=sources, language=language)
    if cells.is_empty():
        say("There is no partnership of a bank and a technology firm in this landscape.")
    if format_ == "json":
        show(cells, [], [], format_)
        return
    if sources and format_ in ("table", "markdown"):
        told = called(landscape, cells["sources"], language)
        cells = cells.with_columns(sources=pl.Series(told, dtype=pl.List(pl.String)))
    banks, firms = _names(cells, "bank"), _names(cells, "firm")
    held = {(row["bank"], row["firm"]): row for row in cells.iter_rows(named=True)}

    def grid(content: str) -> list[list[Any]]:
        return [[held[bank, firm][content] if (bank, firm) in held else None for firm in firms] for bank in banks]

    def named(rows: list[list[str]], length: int) -> list[list[str]]:
        return [[names[length], *row] for names, row in zip(banks.values(), rows, strict=True)]

    bank = word("bank", language)
    if format_ == "table" and len(firms) > MOST_FIRMS:
        say(word("too_many_firms", language).format(len(firms)))
    elif format_ == "table":
        counts = [["" if cell is None else str(len(cell)) for cell in row] for row in grid("capabilities")]
        show(cells, named(counts, 1), [bank, *(short for _, short in firms.values())], format_)
        click.echo()
    if format_ == "table":
        names = ("bank", "firm", "on", *(("source",) if sources else ()))
        show(cells, _contents(cells, language), [word(name, language) for name in names], format_)
    elif format_ == "markdown":
        content = "sources" if sources else "on"
        lists = [["" if cell is None else joined(cell, language) for cell in row] for row in grid(content)]
        show(cells, named(lists, 0), [bank, *(label for label, _ in firms.values())], format_)
    else:
        columns = [list(column) for column in zip(*grid("sources" if sources else "capabilities"), strict=True)]
        labels = [label for label, _ in banks.values()]
        taken = {"bank": "id:bank", "label": "id:label"}  # firms whose key is that of a column
        heads = [taken.get(firm, firm) for firm in firms]
        wide = pl.DataFrame(
            {"bank": list(banks), "label": labels, **dict(zip(heads, columns, strict=True))},
            schema_overrides=dict.fromkeys(heads, pl.List(pl.String)),
        )
        show(wide, [], [], format_)


def _names(cells: pl.DataFrame, side: str) -> dict[str, tuple[str, str]]:
    """The keys on one side in their order, with label and short name."""
    return {
        key: (label, short)
        for key, label, short in cells.select(side, f"{side}_label", f"{side}_short").sort(side).iter_rows()
    }


def _contents(cells: pl.DataFrame, language: str) -> list[list[str]]:
    """A row for each bank and set of firms that share the very same partnerships with it."""
    by = ["bank_label", "bank_short", "partnerships", "on", *(["sources"] if "sources" in cells.columns else [])]
    merged = cells.group_by(by, maintain_order=True).agg("firm_label", "firm_short")
    return [
        [
            _both(row["bank_label"], row["bank_short"]),
            joined(list(map(_both, row["firm_label"], row["firm_short"])), language),
            joined(row["on"], language),
            *(["\n".join(row["sources"])] if "sources" in row else []),
        ]
        for row in merged.iter_rows(named=True)
    ]


def _both(label: str, short: str) -> str:
    return label if label == short else f"{label} ({short})"
