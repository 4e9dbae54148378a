"""What all contestants start from: one landscape as tables, as a store, and as the statements of that store.

python -m bench.prepared PARTNERSHIPS FOLDER
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bench.contest import environment


class Prepared(NamedTuple):
    """A folder with the tables of a landscape, the store that was built of them, and its statements."""

    folder: Path

    @property
    def tables(self) -> Path:
        """The tables as an analyst would have curated them."""
        return self.folder / "tables"

    @property
    def store(self) -> Path:
        """What ``kg build`` made of them."""
        return self.folder / "store"

    @property
    def revision(self) -> Path:
        """The folder of the revision that answers."""
        told = json.loads((self.store / "current").read_text("utf-8"))
        return self.store / str(told["folder"])

    @property
    def graph(self) -> Path:
        """The engine's files, which Oxigraph itself opens."""
        return self.revision / "graph"

    @property
    def network(self) -> Path:
        """The network tables (Parquet)."""
        return self.revision / "tables"

    @property
    def quads(self) -> Path:
        """All statements of the store, each passage a named graph, as N-Quads."""
        return self.folder / "quads.nq"

    @property
    def merged(self) -> Path:
        """The merged landscape alone, the default graph, as N-Triples."""
        return self.folder / "merged.nt"


def prepare(partnerships: int, folder: Path) -> Prepared:
    """Draw a landscape of a size, build it, and write what the store holds; what is there already stays."""
    import pyoxigraph as ox

    from bench.curated import write_tables
    from bench.landscapes import Drawn

    here = Prepared(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not here.tables.exists():
        write_tables(Drawn(partnerships), here.tables)
    command = [sys.executable, "-m", "kg", "build", str(here.tables), "--store", str(here.store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    if done.returncode:
        raise RuntimeError(f"The landscape can't be built:\n{done.stderr[-2000:]}")
    known = folder / "of.json"
    if not known.exists() or json.loads(known.read_text("utf-8")) != here.revision.name:
        store = ox.Store.read_only(str(here.graph))
        store.dump(str(here.quads), format=ox.RdfFormat.N_QUADS)
        store.dump(str(here.merged), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        known.write_text(json.dumps(here.revision.name), "utf-8")
    return here


def on_disk(here: Prepared) -> dict[str, float]:
    """How much everything holds (MiB)."""
    return {
        "the tables": size(here.tables), "the statements as N-Quads": size(here.quads),
        "the store, with its network tables": size(here.revision), "the network tables alone": size(here.network),
    }  # fmt: skip


def size(path: Path) -> float:
    """How much a file or a folder holds (MiB)."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files) / 2**20


if __name__ == "__main__":
    prepare(int(sys.argv[1]), Path(sys.argv[2]))
