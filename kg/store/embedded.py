"""Oxigraph inside this process, on disk: the engine that needs nothing installed beside it."""

from __future__ import annotations

import io
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg import nesting
from kg.errors import BadQuery, StoreUnreadable
from kg.store.engine import GRAPH_FORMATS, ROW_FORMATS, AnswerKind, Format
from kg.store.exact import Exact, changed, write
from kg.store.files import serialized
from kg.terms import KG, PREFIXES

if TYPE_CHECKING:
    import polars as pl
    import rdflib

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}
_GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}
_NOT_NAMES = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*', re.DOTALL
)

_UPDATE = re.compile(r"^\s*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE | re.MULTILINE)


class EmbeddedAnswer:
    """An answer of Oxigraph's, handed on in its own serialization."""

    def __init__(self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self._result = result

    @property
    def kind(self) -> AnswerKind:
        """What was asked for."""
        if isinstance(self._result, ox.QuerySolutions):
            return "rows"
        return "truth" if isinstance(self._result, ox.QueryBoolean) else "graph"

    def write(self, format_: Format, out: BinaryIO) -> None:
        """Write the answer in a W3C format, once."""
        try:
            if isinstance(self._result, ox.QueryTriples):
                if format_ not in GRAPH_FORMATS:
                    raise BadQuery(f"CONSTRUCT and DESCRIBE give RDF, not {format_}. Ask for turtle or ntriples.")
                if format_ == "turtle":
                    out.write(serialized(self._result, ox.RdfFormat.TURTLE))
                else:
                    self._result.serialize(out, format=_GRAPHS[format_])
            else:
                if format_ not in ROW_FORMATS:
                    raise BadQuery(f"SELECT and ASK give rows, not {format_}. Ask for csv, tsv or json.")
                self._result.serialize(out, format=_RESULTS[format_])
        except (OSError, RuntimeError, ValueError) as fault:
            if isinstance(fault, OSError) and fault.errno is not None:
                raise  # the fault of where it is written to
            raise BadQuery(_unanswered(fault)) from fault

    def text(self, format_: Format) -> str:
        """The same as text."""
        out = io.BytesIO()
        self.write(format_, out)
        return out.getvalue().decode("utf-8")


class EmbeddedStore:
    """A store in a folder; :meth:`create` opens it for writing, :meth:`open` for any number of readers at once."""

    def __init__(self, store: ox.Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def create(cls, folder: Path | None) -> EmbeddedStore:
        """A new store in a folder that does not exist yet, or in memory."""
        return cls(ox.Store(folder and str(folder)), folder)

    def restoring(self, quads: pl.DataFrame) -> None:
        """Know how those quads are written (subject, predicate, object, passage or null) that the engine changes."""
        assert self._folder is not None  # noqa: S101
        write(changed(quads), _beside(self._folder))

    @classmethod
    def open(cls, folder: Path) -> EmbeddedStore:
        """The store in a folder, to be read.

        Raises
        ------
        StoreUnreadable
            when what is there is no store of Oxigraph's.
        """
        try:
            return cls(ox.Store.read_only(str(folder)), folder)
        except (OSError, ValueError, RuntimeError) as fault:
            raise StoreUnreadable(f"The store in {folder} can't be read ({fault}). Build it again.") from fault

    def __len__(self) -> int:
        """How many quads there are, the merged landscape and the evidence together."""
        return len(self._store)

    def graphs(self) -> list[str]:
        """The names of the named graphs as N-Quads writes them, in order."""
        return sorted(map(str, self._store.named_graphs()))

    def triples(self, graph: str | None) -> list[str]:
        """The triples of a named graph, or of the default graph, as lines of N-Triples in order."""
        try:
            text = (self._store.dump(from_graph=_graph(graph), format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
        except (OSError, RuntimeError) as fault:
            raise StoreUnreadable(f"The store is damaged ({fault}). Build it again.") from fault
        return sorted(self._exact.restored(graph, text.split("\n")[:-1]))

    @cached_property
    def _exact(self) -> Exact:
        """The statements that the engine keeps otherwise than they were written."""
        return Exact(_beside(self._folder) if self._folder else Path())

    def quads(self, graph: str) -> list[str]:
        """The triples of a named graph with its name, as lines of N-Quads in order."""
        return [f"{line.removesuffix(' .')} {graph} ." for line in self.triples(graph)]

    def load(self, quads: BinaryIO) -> None:
        """Add the quads of N-Quads that this program wrote, none of which has a blank node."""
        self._store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)

    def load_with_blanks(self, quads: bytes) -> None:
        """Add quads whose blank nodes keep their names, which the quicker way would give names of its own."""
        self._store.bulk_extend(ox.parse(input=quads, format=ox.RdfFormat.N_QUADS))

    def at(self, gone: frozenset[str], stages: dict[str, list[str]]) -> EmbeddedStore:
        """A copy in memory without some things (IRIs), whose things have the stages given in the stead of their own.

        Steps (milestones) keep theirs, and so does the evidence in the named graphs.
        """
        stage, of = ox.NamedNode(KG.stage), ox.NamedNode(KG.of)
        steps = {quad.subject for quad in self._store.quads_for_pattern(None, of, None, ox.DefaultGraph())}
        default = ox.DefaultGraph()

        def kept(quad: ox.Quad) -> bool:
            named = (term.value for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode))
            if any(iri in gone or iri.rpartition("/")[0] in gone for iri in named):
                return False
            return quad.predicate != stage or quad.graph_name != default or quad.subject in steps

        copy = ox.Store()
        copy.bulk_extend(filter(kept, self._store))
        copy.extend(
            ox.Quad(ox.NamedNode(thing), stage, ox.NamedNode(code))
            for thing, codes in stages.items()
            if thing not in gone
            for code in codes
        )
        return EmbeddedStore(copy)

    def dataset(self) -> rdflib.Dataset:
        """The store as rdflib sees it, with the project's prefixes; it holds no copy."""
        from oxrdflib import OxigraphStore  # noqa: PLC0415  loads rdflib, which answering does without
        from rdflib import Dataset, URIRef  # noqa: PLC0415

        dataset = Dataset(store=OxigraphStore(store=self._store), default_union=False)
        for prefix, base in PREFIXES.items():
            dataset.bind(prefix, URIRef(base))
        return dataset

    def finish(self, *, optimize: bool) -> None:
        """Let go of the files, which hold all that was loaded: one for each million quads, or merged if so asked."""
        if optimize:
            self._store.optimize()
        # To flush, when nothing waits to be written, would only wait until the engine has merged what are some dozens.
        del self._store

    def query(self, sparql: str) -> EmbeddedAnswer:
        """The answer to a query, which knows the project's prefixes."""
        if nesting.too_deep(sparql.encode(), unclosed=True):
            raise BadQuery(f"The query can't be read: it nests more than {nesting.MOST} deep. Write it flatter.")
        try:
            return EmbeddedAnswer(self._store.query(sparql, prefixes=PREFIXES))
        except SyntaxError as fault:
            raise BadQuery(_explained(sparql, str(fault))) from fault
        except (OSError, RuntimeError, ValueError) as fault:
            raise BadQuery(_unanswered(fault)) from fault


def _unanswered(fault: Exception) -> str:
    """Why the engine gives no answer, and what may help."""
    told = str(fault).rstrip(".")
    advice = "Take one of SPARQL's own functions." if "custom function" in told else "Mend the query, or ask for less."
    return f"The query can't be answered: {told}. {advice}"


def _beside(folder: Path) -> Path:
    return folder.with_name(folder.name + ".exact.json")


def _graph(name: str | None) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    if name is None:
        return ox.DefaultGraph()
    return ox.BlankNode(name.removeprefix("_:")) if name.startswith("_:") else ox.NamedNode(name.strip("<>"))


def _shortened(reason: str) -> str:
    """What was expected, as far as a person would type it: without classes of signs, and not more than ten."""
    known, expected = re.match(r"(expected (?:one of )?)(.*)", reason, re.DOTALL), []
    if known is None:
        return reason
    for name in re.findall(r'"(?:[^"\\]|\\.)+"|[A-Za-z]{2,}', re.sub(r"\[[^\]]*\]", "", known[2])):
        expected += [name] if name not in expected else []
    if not expected:
        return "something else is expected here or just before"
    return known[1] + ", ".join(expected[:10]) + (", …" if len(expected) > 10 else "")


def _explained(sparql: str, fault: str) -> str:
    """Where a query can't be read, with the line and a mark under the place, and why as far as can be told."""
    placed = re.match(r"error at (\d+):(\d+): (.*)", fault, re.DOTALL)
    reason = _shortened(placed[3]) if placed else fault
    names = _NOT_NAMES.sub(" ", sparql)
    declared = set(re.findall(r"\bPREFIX\s+([\w.-]*)\s*:", names, re.IGNORECASE)) | set(PREFIXES)
    unknown = [
        name for name in re.findall(r"(?<![\w?$:.-])([A-Za-z][\w.-]*):(?=[\w:%\\-])", names) if name not in declared
    ]
    if unknown:
        reason = (
            f"there is no prefix «{unknown[0]}:». Those known are {', '.join(PREFIXES)}; declare others with PREFIX"
        )
    elif _UPDATE.search(names):
        reason += ". Queries only read: write SELECT, ASK, CONSTRUCT or DESCRIBE"
    if not placed:
        return f"The query can't be read: {reason}."
    line, column = int(placed[1]), int(placed[2])
    lines = sparql.splitlines() or [""]
    shown = lines[line - 1] if line <= len(lines) else ""
    mark = "".join("\t" if sign == "\t" else "  " if ord(sign) > 0x2E7F else " " for sign in shown[: column - 1])
    return f"The query can't be read at or before line {line}, column {column}: {reason}.\n  {shown}\n  {mark}^"
