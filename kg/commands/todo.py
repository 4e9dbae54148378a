"""``kg todo``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import format_option, language_option, opened, say, show, store_option
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.words import word


@click.command(name="todo")
@store_option
@language_option
@format_option
def command(store: Path, language: Language, format_: RowFormat) -> None:
    """List what still lacks a second source, a date, a stage, a name or a verdict.

    A second source is one of another publisher and origin, as kg sources tells them apart.
    """
    rows = opened(store).todo(language=language)
    shown = [[row["what"], row["label"], row["thing"]] for row in rows.iter_rows(named=True)]
    show(rows, shown, [word(name, language) for name in ("lacks", "name", "key")], format_)
    if rows.is_empty():
        say(word("nothing_lacks", language))
