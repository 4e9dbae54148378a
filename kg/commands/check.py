"""``kg check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import polars as pl

from kg.build import check
from kg.commands import format_option, landscapes_argument, language_option, say, show, standard_input_option
from kg.findings import Finding
from kg.views.rows import RowFormat
from kg.views.words import word


@click.command(name="check")
@landscapes_argument
@standard_input_option
@language_option
@format_option
def command(landscapes: tuple[Path, ...], standard_input: str, language: str, format_: RowFormat) -> None:
    """Tell everything that is wrong with landscapes, and store nothing.

    PATH is as in kg build. Each finding names the file, the row and the column where it is. Exits 1 when there is an
    error.
    """
    findings = check(list(landscapes), standard_input)
    columns = ["level", "code", "file", "row", "column", "header", "value", "message", "advice"]
    rows = pl.DataFrame(
        [[getattr(finding, column) for column in columns] for finding in findings], schema=columns, orient="row"
    )
    errors = sum(finding.level == "error" for finding in findings)
    if format_ == "table":
        for finding in findings:
            click.echo(str(finding))
    else:
        headings = [word(name, language) for name in ("level", "place", "message", "code")]
        show(rows, [_words(finding) for finding in findings], headings, format_)
    if not findings:
        say("Nothing is wrong.")
    elif errors:
        say(f"{errors} error{'s' if errors != 1 else ''}.")
    sys.exit(1 if errors else 0)


def _words(finding: Finding) -> list[str]:
    return [finding.level, finding.place, f"{finding.message} {finding.advice}", finding.code]
