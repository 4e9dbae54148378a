"""``kg report``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands import View, language_option, say, view_options
from kg.revisions import outside
from kg.terms import Language

if TYPE_CHECKING:
    from kg.views.report import ReportFormat

FORMATS = ("html", "markdown")


@click.command(name="report")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
    default=Path("build/report.html"),
    show_default=True,
    help="The file to write, - for standard output.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="The form.  [default: by the file's ending]")
@view_options
@language_option
def command(
    output: Path,
    format_: ReportFormat | None,
    *,
    view: View,
    language: Language,
) -> None:
    """Write a report: ranking, matrix, gaps, trend and communities, each number with its evidence.

    One document with figures drawn from the data and words on how far each part carries. HTML is one file that needs no
    network and runs nothing; Markdown has its figures, in SVG, in a folder beside it that ends in .figures.
    """
    from kg.views.report import report_format  # noqa: PLC0415  loads polars, which help must not

    to_standard_output = str(output) == "-"
    chosen = format_ or ("html" if to_standard_output else report_format(output))
    if chosen is None:
        raise click.UsageError(f"{output.name} names no form: take --format, one of {', '.join(FORMATS)}.")
    if to_standard_output and chosen == "markdown":
        raise click.UsageError("markdown is a file with a folder of figures beside it: name the file.")
    landscape = view()
    told = landscape.report(language=language)
    if to_standard_output:
        sys.stdout.buffer.write(told.html.encode())
        return
    outside(landscape.place, output)
    told.write(output, chosen)
    say(f"Wrote {output}.")
