"""``kg describe``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import opened, store_option


@click.command(name="describe")
@store_option
def command(store: Path) -> None:
    """Describe the landscape as data: title, licence, citation and counts.

    In Turtle, by DCAT and VoID. What it is called, under which licence it stands and how to cite it is said in the
    table landscapes; what is counted is in the store.
    """
    click.echo(opened(store).description(), nl=False)
