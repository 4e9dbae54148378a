"""The ten queries on each engine that can, from what it loaded: SPARQL engines from the statements, DuckDB from tables.

python -m bench.engines NAME FOLDER RUNS CAP TASK…
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.prepared import Prepared
from bench.queries import SPARQL, SQL, VIEWS
from bench.worker import CannotError, Task, serve

Rows = Iterable[Iterable[object]]
Asked = tuple[Callable[[str], Any], Callable[[Any], Rows]]
"""What answers a query, and what makes rows of texts of the answer; a truth is one row."""


def _tsv(told: bytes) -> Rows:
    """The rows of an answer in TSV; of a truth, the one."""
    lines = told.decode().split("\n")
    if lines[0] in ("true", "false"):
        return [[lines[0]]]
    return [list(map(_text, line.split("\t"))) for line in lines[1:-1]]


def _text(term: object) -> str:
    """A term as the text that it holds, whatever sort it is of."""
    text = "" if term is None else str(term)
    if text.startswith("<"):
        return text[1:-1]
    return text[1 : text.rindex('"')] if text.startswith('"') else text


def _terms(told: Any) -> Rows:
    """The rows of an answer of rdflib's."""
    if isinstance(told, bool) or told in ([True], [False]):
        return [[str(told).strip("[]").lower()]]
    return [[_text(term) for term in row] for row in told]


def ours(here: Prepared) -> Asked:
    from kg.landscape import Landscape

    store = Landscape(here.store).store
    return lambda sparql: store.query(sparql).text("tsv").encode(), _tsv


def _oxigraph(store: Any) -> Asked:
    import pyoxigraph as ox

    return lambda sparql: store.query(sparql).serialize(format=ox.QueryResultsFormat.TSV), _tsv


def on_disk(here: Prepared) -> Asked:
    import pyoxigraph as ox

    return _oxigraph(ox.Store.read_only(str(here.graph)))


def in_memory(here: Prepared) -> Asked:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(here.quads), format=ox.RdfFormat.N_QUADS)
    return _oxigraph(store)


def oxrdflib(here: Prepared) -> Asked:
    import pyoxigraph as ox
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return _rdflib(Dataset(store=OxigraphStore(store=ox.Store.read_only(str(here.graph)))))


def _rdflib(dataset: Any) -> Asked:
    def ask(sparql: str) -> object:
        told = dataset.query(sparql)
        return bool(told) if told.type == "ASK" else list(told)

    return ask, _terms


def rdflib(here: Prepared) -> Asked:
    from rdflib import Dataset

    dataset = Dataset()
    dataset.parse(here.quads, format="nquads")
    return _rdflib(dataset)


def kglab(here: Prepared) -> Asked:
    import kglab

    graph = kglab.KnowledgeGraph()
    graph.load_rdf(str(here.merged), format="nt")
    return lambda sparql: _without_graphs(sparql, lambda: list(graph.query(sparql)), "holds one graph"), _terms


def maplib(here: Prepared) -> Asked:
    import maplib

    model = maplib.Model()
    model.read(str(here.merged))

    def rows(told: Any) -> Rows:
        return [list(map(_text, row)) for row in told.iter_rows()]

    return lambda sparql: _without_graphs(sparql, lambda: model.query(sparql), "reads no N-Quads"), rows


def _without_graphs(sparql: str, ask: Callable[[], Any], why: str) -> Any:
    if "GRAPH" in sparql:
        raise CannotError(why)
    return ask()


def duckdb(here: Prepared) -> Asked:
    import duckdb

    memory = duckdb.connect()
    memory.execute(VIEWS.format(tables=here.network))

    def rows(told: list[tuple[object, ...]]) -> Rows:
        return [["" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell) for cell in row]
                for row in told]  # fmt: skip

    return lambda sql: memory.execute(sql).fetchall(), rows


ENGINES = {
    "kg": ours, "pyoxigraph, on disk": on_disk, "pyoxigraph, in memory": in_memory, "oxrdflib": oxrdflib,
    "rdflib": rdflib, "kglab": kglab, "maplib": maplib, "duckdb": duckdb,
}  # fmt: skip


def main(name: str, folder: str, runs: str, cap: str, *tasks: str) -> None:
    """Load, and answer the queries asked for."""

    def load() -> Callable[[str], Task]:
        ask, rows = ENGINES[name](Prepared(Path(folder)))
        texts = SQL if name == "duckdb" else SPARQL

        def task_of(task: str) -> Task:
            text = texts.get(task.removeprefix("query: "))
            if text is None:
                raise CannotError("not in the tables")
            return lambda: ask(text), lambda told: map(tuple, rows(told))

        return task_of

    serve(load, tasks, int(runs), float(cap))


if __name__ == "__main__":
    main(*sys.argv[1:])
