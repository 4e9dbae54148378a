"""``kg questions``."""

from __future__ import annotations

import click
import polars as pl

from kg.commands import format_option, language_option, show
from kg.query.questions import read_all
from kg.terms import resource_folder
from kg.views.rows import RowFormat
from kg.views.words import word


@click.command(name="questions")
@language_option
@format_option
def command(language: str, format_: RowFormat) -> None:
    """List the named questions and their parameters.

    Ask one with: kg query -q NAME -p PARAMETER=VALUE
    """
    questions = read_all(resource_folder("ontology") / "questions")
    shown = [
        [
            question.name,
            question.titles.get(language, ""),
            "\n".join(
                f"{p.name} ({p.kind})" + (f" = {p.default}" if p.default else "") for p in question.parameters.values()
            ),
        ]
        for question in questions
    ]
    rows = pl.DataFrame(
        {
            "name": [question.name for question in questions],
            "question": [question.titles.get(language, "") for question in questions],
            "parameters": [list(question.parameters) for question in questions],
        },
        schema_overrides={"parameters": pl.List(pl.String)},
    )
    show(rows, shown, [word(name, language) for name in ("name", "question", "parameters")], format_)
