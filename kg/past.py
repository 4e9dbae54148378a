"""What the last build was made of and what it found, so that the same is not built again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kg import __version__, revisions
from kg.errors import KGError
from kg.findings import Finding, Sentence
from kg.load.files import STANDARD_INPUT, File

_FILE = "inputs.json"


class Past(NamedTuple):
    """A build: the fingerprint of its inputs (null where they can't be read again), its quads and findings, and how."""

    inputs: str | None
    quads: int
    findings: list[Finding]
    optimized: bool


def fingerprint(found: Iterable[File], ontology: Path) -> str | None:
    """Names all that a build depends on: its files with their names, the ontology, and the program itself.

    Null where one of the files is standard input.

    Raises
    ------
    FileFault
        when a file can't be read.
    """
    found = list(found)
    if any(file.path == STANDARD_INPUT for file in found):
        return None
    package = Path(__file__).resolve().parent
    own = sorted(
        [*package.rglob("*.py"), *ontology.rglob("*.ttl"), *ontology.rglob("*.rq"), *ontology.rglob("*.json*")]
    )
    digest = hashlib.sha256(__version__.encode())
    # Where the program is says nothing of it.
    for name, file in [*((file.name, file) for file in found), *((path.name, File(path, path.suffix)) for path in own)]:
        with file.opened() as stream:
            content = hashlib.file_digest(stream, "sha256").digest()  # type: ignore[arg-type]
        digest.update(b"\0%b\0%b" % (os.fsencode(name), content))
    return digest.hexdigest()


def keep(folder: Path, past: Past) -> None:
    """Write down beside a revision what it was built of."""
    told = {**past._asdict(), "findings": [dataclasses.asdict(finding) for finding in past.findings]}
    (folder / _FILE).write_text(json.dumps(told), "utf-8")


def built(place: Path, inputs: str | None) -> Past | None:
    """The build that answers in a place, if it was made of these inputs and is whole."""
    if inputs is None:
        return None
    try:
        told = json.loads((revisions.current(place) / _FILE).read_text("utf-8"))
        if told["inputs"] != inputs:
            return None
        return Past(inputs, told["quads"], [_finding(finding) for finding in told["findings"]], told["optimized"])
    except (KGError, OSError, ValueError, KeyError, TypeError):
        return None  # what can't be read is built anew


def _finding(told: dict[str, object]) -> Finding:
    sentence = dict(told.pop("sentence"))  # type: ignore[call-overload]
    languages = {language: tuple(sentence.pop(language)) for language in ("en", "zh")}
    return Finding(Sentence(**sentence, **languages), **told)  # type: ignore[arg-type]
