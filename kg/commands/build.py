"""``kg build``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kg.build import STEPS, Built, build
from kg.commands import (
    landscapes_argument,
    language_option,
    opened,
    say,
    standard_input_option,
    store_option,
)
from kg.errors import BadLandscape
from kg.terms import KG, Language

COUNTED = {
    "partnership": KG.Partnership, "bank": KG.Bank, "technology firm": KG.TechFirm, "capability": KG.Capability,
    "product": KG.Product, "passage": KG.Passage, "source": KG.Source,
}  # fmt: skip
PLURALS = {"capability": "capabilities"}
SUMMARY_ZH = (
    "{done} {store}\uff1a{partnership} 项合作、{bank} 家银行、{technology firm} 家科技公司、"
    "{capability} 项能力、{product} 个产品。\n"
    "{quads} 条陈述\uff0c出自 {source} 个来源的 {passage} 处段落。"
)


@click.command(name="build")
@landscapes_argument
@standard_input_option
@click.option("--again", is_flag=True, help="Build even when nothing changed since the last time.")
@click.option(
    "--optimize",
    is_flag=True,
    help="Merge the engine's files too: SPARQL over millions of statements is answered sooner, from twice the room.",
)
@store_option
@language_option
def command(
    *,
    landscapes: tuple[Path, ...],
    standard_input: str,
    again: bool,
    optimize: bool,
    store: Path,
    language: Language,
) -> None:
    """Read, check and store landscapes; derive what follows from them.

    Each PATH is a folder of tables or RDF files, such as graphs/china-2017, or a single file: CSV, TSV, XLSX, Parquet,
    Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD; - is standard input. What they claim adds up. When there is
    an error in them, all are told and the old store stays as it was. When nothing changed since the last time, that is
    said at once.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    try:
        # The bar is drawn in a terminal only, and is gone at the end.
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            progress.disable = not progress.console.is_terminal
            task = progress.add_task(STEPS[0], total=len(STEPS))

            def step(name: str) -> None:
                progress.update(task, description=name, completed=STEPS.index(name))

            built = build(list(landscapes), store, step, standard_input=standard_input, again=again, optimize=optimize)
    except BadLandscape as fault:
        for finding in fault.findings:
            say(finding.line(language))
        raise
    for finding in built.findings:
        if finding.level != "note":
            say(finding.line(language))
    say(_summary(built, language))


def _summary(built: Built, language: str) -> str:
    """What was built, in numbers."""
    store = built.place
    tables = opened(store).tables
    numbers = {name: tables.of_class(iri).len() for name, iri in COUNTED.items()}
    if language == "zh":
        done = "已构建" if built.fresh else "文件未变，沿用"
        words = {**numbers, "quads": built.quads, "store": store, "done": done}
        return SUMMARY_ZH.format(**words)
    counted = {name: f"{n:,} {name if n == 1 else PLURALS.get(name, name + 's')}" for name, n in numbers.items()}
    counts = ", ".join(counted[name] for name in list(COUNTED)[:5])
    done = "Built" if built.fresh else "Nothing changed in"
    return f"{done} {store}: {counts}.\n{built.quads:,} quads, from {counted['passage']} of {counted['source']}."
