"""Landscapes from their tables into a store: load, check, store, derive, and make the network tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import __version__, past, revisions, rules, scratch
from kg.check import Claims, examine
from kg.dataset import Dataset
from kg.errors import BadLandscape, FileFault
from kg.findings import Finding, in_order, sound
from kg.load import files
from kg.load.words import Vocabulary
from kg.network import tables
from kg.network.made import TablesOf
from kg.quality import doubts, knowledge
from kg.quality.doubts import Examined
from kg.store.engine import Engine
from kg.store.exact import unsure
from kg.store.loading import Loading
from kg.terms import resource_folder

STEPS = (
    "Reading the tables", "Deriving what follows", "Making the network tables", "Checking the whole",
    "Storing the statements",
)  # fmt: skip
_IN_MEMORY = 100_000
"""Up to how many quads are stored in memory to be checked: to wait for a disk takes longer than all that is asked."""


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
    vocabulary = _vocabulary(resource_folder("ontology"))
    with scratch.folder() as aside:
        return _examined(examine(paths, vocabulary, standard_input, aside), vocabulary)


def _examined(claims: Claims, vocabulary: Vocabulary) -> Examined:
    """What is wrong in the tables and in the whole, which is stored only if something must be asked of it."""
    dataset = _dataset(claims)
    with ExitStack() as stack:
        folder = stack.enter_context(scratch.folder()) if len(dataset) > _IN_MEMORY else None
        engine = stack.enter_context(_loading(dataset, folder))
        return _all_findings(claims, dataset, engine, vocabulary.folder)


def build(
    paths: list[Path],
    place: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    standard_input: str = "csv",
    again: bool = False,
    optimize: bool = False,
) -> Built:
    """Read landscapes, check them, and store them in ``place`` in the stead of what was there.

    Where that is what this very program made of the very same files, nothing is done, unless ``again`` asks for it.
    With ``optimize`` the engine merges its files, which takes longer and twice the room, and answers SPARQL sooner.

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
    before = None if again else past.built(place, inputs)
    if before and (before.optimized or not optimize):
        return Built(place, before.findings, before.quads, fresh=False)
    vocabulary = _vocabulary(ontology)
    with scratch.folder() as aside:
        claims = examine(paths, vocabulary, standard_input, aside)
        if not claims.sound:
            raise BadLandscape(_examined(claims, vocabulary).findings)
        return _stored(claims, place, inputs, ontology, progress, optimize=optimize)


def _stored(
    claims: Claims, place: Path, inputs: str | None, ontology: Path, progress: Callable[[str], None], *, optimize: bool
) -> Built:
    """Claims in which no error was found so far, with what follows from them, as a store."""
    try:
        with revisions.building(place) as folder:
            progress(STEPS[1])
            dataset = _dataset(claims)
            count = len(dataset)
            made = TablesOf(dataset)
            # The engine begins when something must be asked of it, or last, since it takes as much memory as all else.
            with _loading(dataset, folder) as engine:
                progress(STEPS[2])
                made.make()
                progress(STEPS[3])
                findings = _all_findings(claims, dataset, engine, ontology).findings
                if not sound(findings):
                    raise BadLandscape(findings)
                progress(STEPS[4])
                engine.store.restoring(dataset.quads_of(dataset.terms.others(unsure)))
                engine.store.finish(optimize=optimize)
            revision = _revision(engine.digest, ontology)
            tables.write(made, folder / "tables", revision)
            (folder / "revision.json").write_text(json.dumps({"revision": revision, "kg": __version__}), "utf-8")
            past.keep(folder, past.Past(inputs, count, findings, optimize))
    except (OSError, SyntaxError) as fault:
        raise FileFault(f"The store can't be written to {place}: {fault}. What was there before still is.") from fault
    return Built(place, findings, count)


@cache
def _vocabulary(ontology: Path) -> Vocabulary:
    """What the words mean, read once in a process."""
    return Vocabulary(ontology)


def _dataset(claims: Claims) -> Dataset:
    """The claims with the ontology, and with what follows from both."""
    dataset = Dataset(claims.said)
    rules.derive(dataset)
    return dataset


def _loading(dataset: Dataset, folder: Path | None) -> Loading:
    """The store in ``folder``, or in memory, that is filled with a dataset when it is asked or told to."""
    return Loading(folder and folder / "graph", dataset.lines(), dataset.lines_with_blanks)


def _all_findings(claims: Claims, dataset: Dataset, store: Engine, ontology: Path) -> Examined:
    """What is wrong or doubtful in the tables, and in the whole."""
    lacking = knowledge.lacking(claims.findings, claims.columns)
    found = doubts.examine(store, dataset, claims.said, claims.headers, ontology, lacking)
    return Examined(in_order([*claims.findings, *found.findings]), found.left_out)


def _revision(claims: bytes, ontology: Path) -> str:
    """A name for the content, from the digest of the statements and the files that the rest follows from."""
    digest = hashlib.sha256(__version__.encode() + claims)
    for path in [*sorted(ontology.rglob("*.ttl")), *sorted(ontology.rglob("*.rq"))]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
