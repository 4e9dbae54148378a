"""``kg build``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kg.build import STEPS, Built, build
from kg.commands import landscapes_argument, say, standard_input_option, store_option
from kg.errors import BadLandscape
from kg.terms import KG


@click.command(name="build")
@landscapes_argument
@standard_input_option
@store_option
def command(landscapes: tuple[Path, ...], standard_input: str, store: Path) -> None:
    """Read, check and store landscapes; derive what follows from them.

    Each PATH is a folder of tables or RDF files, such as graphs/china-2017, or a single file: CSV, TSV, XLSX, Parquet,
    Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD; - is standard input. What they claim adds up. When there is
    an error in them, all are told and the old store stays as it was.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    try:
        # The bar is drawn in a terminal only, and is gone at the end.
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            progress.disable = not progress.console.is_terminal
            task = progress.add_task(STEPS[0], total=len(STEPS))

            def step(name: str) -> None:
                progress.update(task, description=name, completed=STEPS.index(name))

            built = build(list(landscapes), store, step, standard_input=standard_input)
    except BadLandscape as fault:
        for finding in fault.findings:
            say(str(finding))
        raise
    for finding in built.findings:
        say(str(finding))
    say(_summary(built, store))


def _summary(built: Built, store: Path) -> str:
    tables = built.landscape.tables
    counts = ", ".join(
        f"{tables.of_class(iri).len():,} {one if tables.of_class(iri).len() == 1 else several}"
        for iri, one, several in (
            (KG.Partnership, "partnership", "partnerships"),
            (KG.Bank, "bank", "banks"),
            (KG.TechFirm, "technology firm", "technology firms"),
            (KG.Capability, "capability", "capabilities"),
            (KG.Product, "product", "products"),
        )
    )
    passages = tables.of_class(KG.Passage).len()
    sources = tables.of_class(KG.Source).len()
    return f"Built {store}: {counts}.\n{built.quads:,} quads, from {passages:,} passages of {sources:,} sources."
