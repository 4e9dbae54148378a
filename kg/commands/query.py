"""``kg query``."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg.commands import (
    as_of_options,
    complete_questions,
    language_option,
    opened,
    query_text,
    say,
    sources_option,
    store_option,
    with_passages,
)
from kg.store.engine import GRAPH_FORMATS, ROW_FORMATS, Format
from kg.terms import Language

if TYPE_CHECKING:
    from kg.landscape import Landscape
    from kg.store.engine import Answer
    from kg.views.rows import RowFormat


def _seconds(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """A time that can be waited for: neither none, nor for ever, nor no number."""
    if value is not None and not 0 < value <= threading.TIMEOUT_MAX:
        raise click.BadParameter(f"{value:g} is no time that can pass. Write seconds, such as 10.", ctx, param)
    return value


@click.command(name="query")
@click.argument("sparql", required=False)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, readable=False),
    help="Read the query from a file; - is standard input.",
)
@click.option(
    "-q",
    "--question",
    metavar="NAME",
    shell_complete=complete_questions,
    help="Ask a named question (kg questions lists them).",
)
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Tell a question its parameter.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", *ROW_FORMATS, "markdown", *GRAPH_FORMATS]),
    help="How the answer is printed.  [default: table; turtle for CONSTRUCT and DESCRIBE]",
)
@click.option(
    "--timeout",
    type=float,
    callback=_seconds,
    metavar="SECONDS",
    help="End the query when it takes longer.  [default: never]",
)
@sources_option
@as_of_options
@store_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    sparql: str | None,
    file: Path | None,
    question: str | None,
    params: tuple[str, ...],
    format_: Format | Literal["table", "markdown"] | None,
    timeout: float | None,
    sources: bool,
    as_of: str | None,
    certain: bool,
    store: Path,
    language: Language,
) -> None:
    """Answer SPARQL, or a named question.

    SPARQL is the query itself, or - for standard input. The prefixes kg, id, code, dc, dcterms, org, owl, prov, rdf,
    rdfs, schema, skos, wd and xsd are known without being written. SELECT and ASK give rows, CONSTRUCT and DESCRIBE
    RDF.
    """
    _together(sparql, file, question, {"--param": params, "--as-of": as_of, "--sources": sources})
    landscape = opened(store, as_of, certain=certain, language=language)
    text = query_text(sparql, file) if question is None else ""
    told = _parameters(params)
    if timeout is not None:
        ctx.call_on_close(_ended_after(timeout).cancel)
    answer = landscape.asked.query(text) if question is None else landscape.by_name(question, told)
    fitting = GRAPH_FORMATS if answer.kind == "graph" else ("table", *ROW_FORMATS, "markdown")
    chosen: Format | Literal["table", "markdown"] = format_ or ("turtle" if answer.kind == "graph" else "table")
    if chosen not in fitting:
        what = "CONSTRUCT and DESCRIBE give RDF" if answer.kind == "graph" else "SELECT and ASK give rows"
        del answer  # it must not live on in the exception, and end in another thread
        raise click.UsageError(f"{what}: take --format {', '.join(fitting)}.")
    if sources and chosen != "turtle" and chosen != "ntriples":  # noqa: PLR1714  so that mypy follows
        _cited(landscape, answer, chosen, language)
    elif chosen != "table" and chosen != "markdown":  # noqa: PLR1714
        answer.write(chosen, sys.stdout.buffer)
        if answer.kind == "truth":
            sys.stdout.buffer.write(b"\n")
    elif answer.kind == "truth":
        click.echo(answer.text("csv"))
    else:
        _rows(landscape, answer, chosen, language)


_OF_QUESTIONS = {
    "--param": "--param goes with --question.",
    "--as-of": "--as-of goes with --question: SPARQL asks the whole.",
    "--sources": "--sources goes with --question: in SPARQL, GRAPH ?passage finds them.",
}


def _together(sparql: str | None, file: Path | None, question: str | None, options: dict[str, object]) -> None:
    """Refuse what can't stand together: two queries, and what only a named question takes."""
    given = [
        name for name, value in (("SPARQL", sparql), ("--file", file), ("--question", question)) if value is not None
    ]
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} can't stand together: give one.")
    for name, value in options.items():
        if value and question is None:
            raise click.UsageError(_OF_QUESTIONS[name])


def _ended_after(seconds: float) -> threading.Timer:
    """A timer that ends the process, wherever the engine is: it can't be interrupted, but it lets other threads run."""

    def end() -> None:
        say(f"Error: The query took longer than {seconds:g} s and was ended. Ask for less, or give --timeout more.")
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    """The parameters of a named question by their names."""
    values: dict[str, str] = {}
    for param in params:
        key, sign, value = param.partition("=")
        if not sign or not key:
            raise click.BadParameter(f"«{param}» is not NAME=VALUE.", param_hint="--param")
        if key.strip() in values:
            raise click.BadParameter(f"«{key.strip()}» is given twice.", param_hint="--param")
        values[key.strip()] = value
    return values


def _cited(landscape: Landscape, answer: Answer, format_: RowFormat, language: Language) -> None:
    """The rows of a question with the passages behind each."""
    from kg.query.results import decode, plain  # noqa: PLC0415
    from kg.views import rows  # noqa: PLC0415
    from kg.views.terms import in_words  # noqa: PLC0415

    terms = decode(answer.text("tsv"))
    cited = landscape.with_passages(plain(terms))
    shown = in_words(terms, dict(landscape.tables.labels(language).iter_rows()))
    shown, headings = with_passages(landscape, cited, shown, terms.columns, language)
    rows.write(cited, shown, headings, format_, sys.stdout)
    if terms.is_empty():
        say("No rows.")


def _rows(landscape: Landscape, answer: Answer, format_: RowFormat, language: str) -> None:
    """Rows for people: labels beside IRIs."""
    from kg.query.results import decode  # noqa: PLC0415  they load polars, which the streamed formats do without
    from kg.views import rows  # noqa: PLC0415
    from kg.views.terms import in_words  # noqa: PLC0415

    terms = decode(answer.text("tsv"))
    labels = dict(landscape.tables.labels(language).iter_rows())
    rows.write(terms, in_words(terms, labels), terms.columns, format_, sys.stdout)
    if terms.is_empty():
        say("No rows.")
