"""What is measured as a person meets it, a whole process from start to end: cold start, building, checking, rows."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bench.contest import Process
from bench.prepared import Prepared
from bench.queries import SPARQL
from kg.terms import resource_folder

BARE = Path(__file__).resolve().parent / "bare"
SHAPES = resource_folder("ontology") / "shapes.ttl"
MANY = 1_000_000
ROWS = {"1 thousand": 1_000, "100 thousand": 100_000, "1 million": MANY}


class Peers(NamedTuple):
    """Where the peers are: this Python with its packages, kglab's own, and Oxigraph's command line."""

    python: str = sys.executable
    kglab: str | None = None
    oxigraph: str | None = None

    @staticmethod
    def found() -> Peers:
        """Those that ``make bench`` installed."""
        here = Path(sys.executable).parent
        apart = here.parent.parent / ".venv-kglab" / "bin" / "python"
        own = here / "oxigraph"
        return Peers(sys.executable, str(apart) if apart.exists() else None, str(own) if own.exists() else None)


class Caps(NamedTuple):
    """How long a contestant may take, in seconds, no longer than it takes to tell what is to be told.

    For a first answer, a hundred times that of kg; to load, three times a build; to load where that is slow as was
    told before; for pySHACL, twenty times the checks of a build; for a build; for one query.
    """

    answer: float
    load: float
    slowly: float
    shapes: float
    build: float
    query: float


CAPS = {
    "S": Caps(30, 60, 30, 60, 60, 20), "M": Caps(30, 240, 20, 150, 400, 10), "L": Caps(60, 2400, 60, 900, 3600, 20),
}  # fmt: skip


def _kg(*arguments: object) -> tuple[str, ...]:
    script = Path(sys.executable).with_name("kg")
    start = (str(script),) if script.exists() else (sys.executable, "-m", "kg")
    return (*start, *map(str, arguments))


def _bare(python: str, script: str, *arguments: object) -> tuple[str, ...]:
    return (python, str(BARE / f"{script}.py"), *map(str, arguments))


def whole(out: BinaryIO) -> str:
    """All that was printed."""
    return out.read().decode()


def _lines(out: BinaryIO) -> str:
    """The rows of an answer, in whatever order and with whatever ends of lines."""
    return "\n".join(sorted(whole(out).replace("\r\n", "\n").strip().split("\n")[1:]))


def _columns(out: BinaryIO) -> str:
    """The first six columns of a ranking."""
    return "\n".join("|".join(row[:6]) for row in csv.reader(io.StringIO(whole(out))))


def _count(out: BinaryIO) -> str:
    """How many lines there are, counted bit by bit: what is read here a peer's peak of memory would begin with."""
    return str(sum(part.count(b"\n") for part in iter(lambda: out.read(1 << 20), b"")))


def cold(here: Prepared, peers: Peers, caps: Caps) -> list[Process]:
    """Help, the first answer of SPARQL and the ranking, each from a new process."""
    asked = SPARQL["firms of a bank"]
    first, ranking = "first answer", "ranking from a new process"
    store = ("--store", here.store)
    return [
        Process("help", "kg", _kg("--help"), rounds=15),
        Process("help", "python -c 'import click'", (peers.python, "-c", "import click"), rounds=15),
        Process(first, "kg", _kg("query", "--format", "csv", *store, asked), _lines, rounds=9),
        Process(first, "pyoxigraph", _bare(peers.python, "rows", "pyoxigraph", here.graph, "csv", asked), _lines, 9),
        Process(first, "oxrdflib", _bare(peers.python, "rows", "oxrdflib", here.graph, "csv", asked), _lines, 5),
        Process(
            first, "rdflib", _bare(peers.python, "rows", "rdflib", here.merged, "csv", asked), _lines, 1, caps.answer
        ),
        Process(ranking, "kg", _kg("capabilities", "--format", "csv", *store), _columns, 9),
        Process(ranking, "duckdb", _bare(peers.python, "ranking", "duckdb", here.network), _columns, 9),
        Process(ranking, "polars", _bare(peers.python, "ranking", "polars", here.network), _columns, 9),
    ]


def building(here: Prepared, peers: Peers, caps: Caps, rounds: int) -> list[Process]:
    """A build from tables and from statements, again without a change, and the same statements into each engine.

    Where each is asked once, since it takes long, Oxigraph loads onto the disk by its command line alone.
    """
    out = here.folder / "made"

    def gone() -> None:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()

    def load(
        name: str, path: Path, *, python: str = peers.python, disk: bool = False, times: int = 1, cap: float = caps.load
    ) -> Process:
        script = _bare(python, "load", name, path, *([out / "bare"] if disk else []))
        task = "load its statements" if path == here.quads else "load its merged statements"
        label = name + (", on disk" if disk else ", in memory" if name == "pyoxigraph" else "")
        return Process(task, label, script, whole, times, cap, gone)

    entered = [
        Process("build from tables", "kg", _kg("build", here.tables, "--store", out / "kg"), rounds=rounds,
                cap=caps.build, before=gone),
        Process("steps of a build", "kg", _bare(peers.python, "steps", here.tables, out / "kg"), whole, 1,
                caps.build, gone),
        Process("build from N-Quads", "kg", _kg("build", here.quads, "--store", out / "kg"), rounds=1,
                cap=caps.build, before=gone),
        Process("build without a change", "kg", _kg("build", here.tables, "--store", here.store), cap=caps.build),
        *([load("pyoxigraph", here.quads, disk=True, times=rounds)] if rounds > 1 or not peers.oxigraph else []),
        load("pyoxigraph", here.quads),
        load("rdflib", here.quads),
        load("maplib", here.merged),
    ]  # fmt: skip
    if peers.oxigraph:
        command = (peers.oxigraph, "load", "--location", str(out / "bare"), "--file", str(here.quads))
        entered.append(
            Process(
                "load its statements", "oxigraph load", command, rounds=rounds, cap=caps.load, before=gone
            )
        )  # fmt: skip
    if peers.kglab:
        entered.append(load("kglab", here.merged, python=peers.kglab, cap=caps.slowly))
    return entered


def checking(here: Prepared, peers: Peers, caps: Caps) -> list[Process]:
    """All shapes on all statements; kg checks much else on the way, pySHACL has the statements to load first."""
    shapes = set(re.findall(r"^shape:([\w-]+)", SHAPES.read_text("utf-8"), re.MULTILINE))

    def told(out: BinaryIO) -> str:
        codes = Counter(row["code"] for row in csv.DictReader(io.StringIO(whole(out))) if row["code"] in shapes)
        return "".join(f"{code} {count}\n" for code, count in sorted(codes.items()))

    return [
        Process("check", "kg", _kg("check", here.tables, "--format", "csv"), told, 1, caps.build),
        Process("check", "pySHACL", _bare(peers.python, "shacl", here.merged, SHAPES), whole, 1, caps.shapes),
    ]


def asked_for(count: int) -> str:
    """A query for so many rows."""
    return f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {count}"


def rows(here: Prepared, peers: Peers, most: int) -> list[Process]:
    """So many rows of free SPARQL in CSV, beside the engine's own TSV and CSV; ``most`` is how many there are."""
    entered = []
    for name, count in ROWS.items():
        if count > most:
            continue
        asked, read, rounds = asked_for(count), _count, 5 if count < MANY else 2
        bare = [
            Process(f"{name} rows", f"pyoxigraph, as {form.upper()}",
                    _bare(peers.python, "rows", "pyoxigraph", here.graph, form, asked), read, rounds)
            for form in ("tsv", "csv")
        ]  # fmt: skip
        entered += [
            Process(f"{name} rows", "kg", _kg("query", "--format", "csv", "--store", here.store, asked), read, rounds),
            *bare,
        ]
    return entered


QUESTIONS = {
    "banks-without": {"capability": "capability-00000003"},
    "capabilities-of": {"partnership": "partnership-00000004"},
    "milestones-between": {"from": "2020-05", "to": "2020-12-31"},
    "offered-unused": {},
    "partners-of": {"organization": "bank-00000003"},
    "partners-of-group": {"group": "group-00000000"},
    "partnerships-on": {"capability": "capability-00000003"},
    "passages-behind": {"partnership": "partnership-00000004"},
    "products-at": {"stage": "live"},
    "products-of": {"organization": "bank-00000003"},
    "shared-capabilities": {},
    "stated-once": {},
    "units-of": {"organization": "bank-00000003"},
    "who-with-whom": {},
}


def questions(here: Prepared, cap: float = 60) -> list[Process]:
    """Each named question from a new process; nobody else has them."""
    told = {name: [f"-p{key}={value}" for key, value in values.items()] for name, values in QUESTIONS.items()}
    return [
        Process(f"question: {name}", "kg", _kg("query", "-q", name, *given, "--format", "csv", "--store", here.store),
                _count, 3, cap)
        for name, given in told.items()
    ]  # fmt: skip
