"""Landscapes from their tables into a store: load, check, store, derive, and make the network tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kg import __version__, past, revisions, rules, scratch
from kg.check import Claims, examine
from kg.dataset import Dataset
from kg.errors import BadLandscape, FileFault
from kg.findings import Finding, in_order, sound
from kg.load import files, quads, rdf
from kg.load.words import Vocabulary
from kg.network import tables
from kg.network.made import TablesOf
from kg.quality import doubts, knowledge
from kg.quality.doubts import Examined
from kg.store.embedded import EmbeddedStore
from kg.store.engine import Engine
from kg.store.exact import unsure
from kg.store.loading import Loading
from kg.terms import ONTOLOGY, resource_folder

STEPS = (
    "Reading the tables", "Deriving what follows", "Storing the statements", "Making the network tables",
    "Checking the whole",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and what it found that did not stop it; ``fresh`` is false where all was there already."""

    place: Path
    findings: list[Finding]
    quads: int
    fresh: bool = True


def check(paths: list[Path], standard_input: str = "csv") -> list[Finding]:
    """Everything that is wrong or doubtful in landscapes: folders and files of tables and RDF.

    ``-`` among the paths is standard input, of the sort that ``standard_input`` names by its ending.
    """
    return examined(paths, standard_input).findings


def examined(paths: list[Path], standard_input: str = "csv") -> Examined:
    """The same, with how many checks were left out.

    Where cells could not be read, the rest is examined all the same, but for checks that those cells may answer.
    """
    vocabulary = Vocabulary(resource_folder("ontology"))
    return _examined(examine(paths, vocabulary, standard_input), vocabulary)


def _examined(claims: Claims, vocabulary: Vocabulary) -> Examined:
    """What is wrong in the tables and in the whole, which is stored only if something must be asked of it."""
    dataset = _dataset(claims, vocabulary)
    with (
        scratch.folder() as folder,
        Loading(lambda: _filled(dataset, _written(dataset, folder), folder), now=False) as engine,
    ):
        return _all_findings(claims, dataset, engine, vocabulary.folder)


def build(
    paths: list[Path],
    place: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    standard_input: str = "csv",
    again: bool = False,
) -> Built:
    """Read landscapes, check them, and store them in ``place`` in the stead of what was there.

    Where that is what this very program made of the very same files, nothing is done, unless ``again`` asks for it.

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
    inputs = past.fingerprint(files.find(paths, standard_input), ontology)
    if not again and (before := past.built(place, inputs)):
        return Built(place, before.findings, before.quads, fresh=False)
    vocabulary = Vocabulary(ontology)
    claims = examine(paths, vocabulary, standard_input)
    if not claims.sound:
        raise BadLandscape(_examined(claims, vocabulary).findings)
    try:
        with revisions.building(place) as folder:
            progress(STEPS[1])
            dataset = _dataset(claims, vocabulary)
            progress(STEPS[2])
            written = _written(dataset, folder)
            with Loading(lambda: _filled(dataset, written, folder), now=True) as engine:
                progress(STEPS[3])
                revision = _revision(written, ontology)
                tables.write(TablesOf(dataset), folder / "tables", revision)
                progress(STEPS[4])
                findings = _all_findings(claims, dataset, engine, ontology).findings
                if not sound(findings):
                    raise BadLandscape(findings)
                engine.store.finish()
            count = len(dataset)
            for path in written:
                path.unlink()
            (folder / "revision.json").write_text(json.dumps({"revision": revision, "kg": __version__}), "utf-8")
            past.keep(folder, past.Past(inputs, count, findings))
    except (OSError, SyntaxError) as fault:
        raise FileFault(f"The store can't be written to {place}: {fault}. What was there before still is.") from fault
    return Built(place, findings, count)


def _dataset(claims: Claims, vocabulary: Vocabulary) -> Dataset:
    """The claims with the ontology, and with what follows from both."""
    known = rdf.frame(vocabulary.statements).with_columns(passage=pl.lit(f"<{ONTOLOGY}>"))
    parts = (part.select(list(quads.STATEMENTS)) for part in (claims.quads, claims.derived, known))
    dataset = Dataset(pl.concat(list(parts)), claims.outdone)
    rules.derive(dataset)
    return dataset


def _written(dataset: Dataset, folder: Path) -> tuple[Path, Path]:
    """A dataset as N-Quads in two files: what has no blank nodes, and what has."""
    written = folder / "statements.nq", folder / "statements-with-blank-nodes.nq"
    dataset.write(*written)
    return written


def _filled(dataset: Dataset, written: tuple[Path, Path], folder: Path) -> EmbeddedStore:
    """The store in ``folder`` of what :func:`_written` gave."""
    store = EmbeddedStore.create(folder / "graph")
    for path, blanks in zip(written, (False, True), strict=True):
        store.load(path, blanks=blanks)
    store.restoring(dataset.quads_of(unsure(dataset.terms)))
    return store


def _all_findings(claims: Claims, dataset: Dataset, store: Engine, ontology: Path) -> Examined:
    """What is wrong or doubtful in the tables, and in the whole."""
    lacking = knowledge.lacking(claims.findings, claims.columns)
    found = doubts.examine(store, dataset, claims.quads, claims.headers, ontology, lacking)
    return Examined(in_order([*claims.findings, *found.findings]), found.left_out)


def _revision(claims: Iterable[Path], ontology: Path) -> str:
    """A name for the content, from the statements and from the files that the rest follows from."""
    digest = hashlib.sha256(__version__.encode())
    for path in [*claims, *sorted(ontology.rglob("*.ttl")), *sorted(ontology.rglob("*.rq"))]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
