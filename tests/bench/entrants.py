"""Who enters the contest at a size, and at what; the caps are such that two cores do S in five minutes, M in thirty."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bench import processes
from bench.contest import Entrant, Worker
from bench.prepared import Prepared
from bench.processes import CAPS, ROWS, Caps, Peers
from bench.queries import SPARQL

ENGINES = (
    "kg", "pyoxigraph, on disk", "pyoxigraph, in memory", "oxrdflib", "rdflib", "kglab", "maplib", "duckdb",
)  # fmt: skip
ANALYSTS = (
    "kg", "scipy", "polars", "duckdb", "dictionaries", "igraph", "rustworkx", "networkit", "networkx",
)  # fmt: skip
ANALYSES = tuple("analysis: " + name for name in ("ranking", "pairs", "projection", "betweenness", "centrality"))
QUERIES = tuple("query: " + name for name in sorted(SPARQL, key="pairs".__eq__))
"""The last takes longest: after who is over its cap, whatever comes next has all to load again."""
AT_L = {
    ("help", "kg"), ("help", "python -c 'import click'"),
    ("first answer", "kg"), ("first answer", "pyoxigraph"),
    ("ranking from a new process", "kg"), ("ranking from a new process", "duckdb"),
    ("ranking from a new process", "polars"), *(("question: " + name, "kg") for name in processes.QUESTIONS),
    ("build from tables", "kg"), ("build without a change", "kg"), ("load its statements", "oxigraph load"),
    ("check", "kg"),
}  # fmt: skip
"""Of a million partnerships what is done within minutes, without all of it in memory: task and name."""
SLOW = {"rdflib", "kglab", "networkit", "networkx"}
"""Whose work is done once, who may take no more time to load and to answer than tells that they are slow."""


def entrants(size: str, here: Prepared, peers: Peers, statements: int) -> list[Sequence[Entrant]]:
    """The entrants in groups, each of which is a contest of its own."""
    caps, rounds = CAPS[size], 3 if size == "S" else 2
    most = max((count for count in ROWS.values() if count <= statements), default=0)
    frames = tuple(f"frame of {words} rows" for words, count in ROWS.items() if count <= most)
    once = 1 if size != "S" else rounds
    if size == "L":
        large = [
            processes.cold(here, peers, caps),
            processes.questions(here),
            processes.building(here, peers, caps, 1),
            processes.checking(here, peers, caps),
        ]
        return [[each for each in group if (each.task, each.name) in AT_L] for group in large]
    return [
        processes.cold(here, peers, caps),
        processes.questions(here),
        processes.rows(here, peers, most),
        [Worker(name, "bench.frames", here.folder, frames, rounds, 5, 60) for name in ("kg", "pyoxigraph, as TSV")],
        [
            Worker(
                name,
                "bench.analyses",
                here.network,
                ANALYSES,
                1 if name in SLOW else once,
                5,
                20 if name in SLOW else 60,
                caps.load,
            )
            for name in ANALYSTS
        ],
        processes.building(here, peers, caps, once),
        processes.checking(here, peers, caps),
        [_engine(name, here, peers, caps, min(once, 2)) for name in ENGINES if name != "kglab" or peers.kglab],
    ]


def _engine(name: str, here: Prepared, peers: Peers, caps: Caps, rounds: int) -> Worker:
    python = peers.kglab if name == "kglab" and peers.kglab else sys.executable
    slow = name in SLOW
    return Worker(
        name, "bench.engines", here.folder, QUERIES, 1 if slow else rounds, 1 if slow else 5, caps.query,
        caps.slowly if slow else caps.load, python,
    )  # fmt: skip
