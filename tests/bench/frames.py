"""Many rows of free SPARQL as a frame in Python, beside the engine's own TSV of the same rows in memory.

python -m bench.frames NAME FOLDER RUNS CAP TASK…
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bench.prepared import Prepared
from bench.processes import ROWS, asked_for
from bench.worker import Task, serve

TASK = "frame of {} rows"


def main(name: str, folder: str, runs: str, cap: str, *tasks: str) -> None:
    """Open the store, and answer with so many rows."""
    queries = {TASK.format(words): asked_for(count) for words, count in ROWS.items()}

    def load() -> Callable[[str], Task]:
        here = Prepared(Path(folder))
        if name == "kg":
            from kg.landscape import Landscape

            landscape = Landscape(here.store)
            landscape.select("SELECT ?s { ?s ?p ?o } LIMIT 1")  # so that what it needs is loaded
            return lambda task: (lambda: landscape.select(queries[task]), lambda rows: str(len(rows)))
        import pyoxigraph as ox

        store = ox.Store.read_only(str(here.graph))

        def of(task: str) -> Task:
            return (
                lambda: store.query(queries[task]).serialize(format=ox.QueryResultsFormat.TSV),
                lambda told: str(told.count(b"\n") - 1),
            )

        return of

    serve(load, tasks, int(runs), float(cap))


if __name__ == "__main__":
    main(*sys.argv[1:])
