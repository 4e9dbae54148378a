"""``kg init``."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from pathlib import Path

import click

from kg.commands import say
from kg.errors import FileFault
from kg.terms import resource_folder


@click.command(name="init")
@click.argument("folder", type=click.Path(path_type=Path, readable=False))
def command(folder: Path) -> None:
    """Make a landscape folder that builds as it stands and explains itself.

    FOLDER is new or empty. It gets a small invented landscape, a table each, and a README that says how to put your
    own in its place.
    """
    starter = resource_folder("ontology") / "examples" / "starter"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileFault(f"{folder} is there already and not empty. Name a new folder.")
        folder.mkdir(parents=True, exist_ok=True)
        # What the curators of two landscapes add must not become one source where both are built together.
        name = folder.resolve().name
        slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
        if slug != name:  # others may leave the same
            slug = f"{slug or 'my'}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:6]}"
        for path in sorted(starter.iterdir()):
            text = path.read_text(encoding="utf-8")
            (folder / path.name).write_text(text.replace("editorial", f"{slug}-editorial"), encoding="utf-8")
    except OSError as fault:
        raise FileFault(f"{folder} can't be made: {fault.strerror}. Name another folder.") from fault
    named = shlex.quote(f"./{folder}" if str(folder).startswith("-") else str(folder))
    say(f"Made {folder}. Read {folder / 'README.md'}, then: kg build {named}")
