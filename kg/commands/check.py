"""``kg check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click
import polars as pl

from kg.build import examined
from kg.commands import (
    ROW_FORMATS,
    landscapes_argument,
    language_option,
    say,
    show,
    standard_input_option,
)
from kg.findings import LEVELS, LEVELS_IN_WORDS, Finding, Level
from kg.terms import Language
from kg.views.rows import RowFormat
from kg.views.sarif import sarif
from kg.views.words import word

_LEFT_OUT: dict[Language, str] = {
    "en": "{} checks of what may be missing were left out, since cells or files could not be read.",
    "zh": "因有单元格或文件无法读取，{} 项关于缺失内容的检查未做。",
}


@click.command(name="check")
@landscapes_argument
@standard_input_option
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="Exit 1 when there is a finding of this level, or of a graver one.",
)
@language_option
@click.option(
    "--format",
    "format_",
    type=click.Choice([*ROW_FORMATS, "sarif"]),
    default="table",
    show_default=True,
    help="How findings are printed; sarif is for editors and code hosts.",
)
def command(
    landscapes: tuple[Path, ...],
    standard_input: str,
    fail_on: Level,
    language: Language,
    format_: RowFormat | Literal["sarif"],
) -> None:
    """Tell everything that is wrong with landscapes, and store nothing.

    PATH is as in kg build. Each finding names the file, the row and the column where it is: an error stops a build, a
    warning is something that lacks or is doubtful, a note something that could be better. Where something can't be
    read, the rest is examined all the same, and how many checks were left out is said. docs/checks.md tells what each
    code means.
    """
    found = examined(list(landscapes), standard_input)
    findings = found.findings
    if format_ == "sarif":
        click.echo(sarif(findings, language), nl=False)
    elif format_ == "table":
        for finding in findings:
            click.echo(finding.line(language))
    else:
        headings = [word(name, language) for name in ("level", "place", "message", "code")]
        words = [(*found.told(language), found.code) for found in findings]
        show(_rows(findings, language), words, headings, format_)
    counts = {level: sum(found.level == level for found in findings) for level in LEVELS}
    say(_counted(counts, language))
    if found.left_out:
        say(_LEFT_OUT[language].format(found.left_out))
    sys.exit(any(counts[level] for level in LEVELS[: LEVELS.index(fail_on) + 1]))


def _rows(findings: list[Finding], language: Language) -> pl.DataFrame:
    """Findings for programs: only what they say is in a language."""
    columns = ["level", "code", "file", "row", "column", "header", "value"]
    rows = [[*(getattr(found, column) for column in columns), *found.sentence.said(language)] for found in findings]
    return pl.DataFrame(rows, schema=[*columns, "message", "advice"], orient="row")


def _counted(counts: dict[Level, int], language: Language) -> str:
    if not any(counts.values()):
        return "没有发现问题。" if language == "zh" else "Nothing is wrong."
    if language == "zh":
        return "，".join(f"{count} 条{LEVELS_IN_WORDS[level]['zh']}" for level, count in counts.items() if count) + "。"
    return ", ".join(f"{n} {level}{'s' if n != 1 else ''}" for level, n in counts.items() if n) + "."
