"""Landscapes from their tables into a store: load, check, store, derive, and make the network tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg import __version__, revisions, rules
from kg.check import examine
from kg.errors import BadLandscape, FileFault
from kg.findings import Finding
from kg.load import quads
from kg.load.words import Vocabulary
from kg.network import tables
from kg.store.embedded import EmbeddedStore
from kg.terms import ONTOLOGY, resource_folder

ONTOLOGY_FILES = ("partnership.ttl", "codes.ttl", "mappings.ttl", "rules/rules.ttl")
"""What stands in the default graph and in the ontology's own."""

STEPS = ("Reading the tables", "Storing the statements", "Deriving what follows", "Making the network tables")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and what it found that did not stop it."""

    place: Path
    findings: list[Finding]
    quads: int


def check(paths: list[Path], standard_input: str = "csv") -> list[Finding]:
    """Everything that is wrong or doubtful in landscapes: folders and files of tables and RDF.

    ``-`` among the paths is standard input, of the sort that ``standard_input`` names by its ending.
    """
    return examine(paths, Vocabulary(resource_folder("ontology")), standard_input).findings


def build(
    paths: list[Path],
    place: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    standard_input: str = "csv",
) -> Built:
    """Read landscapes, check them, and store them in ``place`` in the stead of what was there.

    ``paths`` and ``standard_input`` are as in :func:`check`. ``progress`` is told each of :data:`STEPS` as it begins.

    Raises
    ------
    BadLandscape
        when there are errors in the tables; what was stored before stays as it was.
    StoreBusy, FileFault
        when the place can't be had, or a file can't be read or written.
    """
    ontology = resource_folder("ontology")
    progress(STEPS[0])
    claims = examine(paths, Vocabulary(ontology), standard_input)
    if not claims.sound:
        raise BadLandscape(claims.findings)
    try:
        with revisions.building(place) as folder:
            progress(STEPS[1])
            file = folder / "claims.nq"
            quads.write([claims.quads, claims.derived], claims.outdone, file)
            store = EmbeddedStore.create(folder / "graph")
            store.load(file)
            for name in ONTOLOGY_FILES:
                store.add((ontology / name).read_text(encoding="utf-8"), (None, ONTOLOGY), "turtle")
            progress(STEPS[2])
            rules.derive(store, ontology / "rules")
            progress(STEPS[3])
            revision = _revision(file, ontology)
            file.unlink()
            tables.make(store, ontology / "tables", folder / "tables", revision)
            count = len(store)
            store.finish()
            (folder / "revision.json").write_text(json.dumps({"revision": revision, "kg": __version__}), "utf-8")
    except (OSError, SyntaxError) as fault:
        raise FileFault(f"The store can't be written to {place}: {fault}. What was there before still is.") from fault
    return Built(place, claims.findings, count)


def _revision(claims: Path, ontology: Path) -> str:
    """A name for the content, from the statements and from the files that the rest follows from."""
    digest = hashlib.sha256(__version__.encode())
    for path in [claims, *sorted(ontology.rglob("*.ttl")), *sorted(ontology.rglob("*.rq"))]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
