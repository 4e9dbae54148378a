"""A landscape, built or opened: all that Python can ask of it, each room loaded when it is first entered."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import revisions
from kg.analyses import Analyses
from kg.errors import BadParameter, FileFault, UnresolvedName, why
from kg.exports import EXPORT_FORMATS, ExportFormat, content, export_format, write
from kg.terms import KG, Language, NetworkKind, resource_folder

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl
    import rdflib

    from kg.network.tables import NetworkTables
    from kg.store.embedded import EmbeddedStore
    from kg.store.engine import Answer
    from kg.views.image import Picture
    from kg.views.page import Page
    from kg.views.report import Report


class Landscape(Analyses):
    """A built landscape: its store answers SPARQL, its tables the analyses.

    Names are keys, names or short names in any language, as on the command line. Rows are polars frames, sorted; what
    their columns hold is told by the function that each method names.

    >>> import kg
    >>> landscape = kg.build_landscape("china-2017")
    >>> landscape.capabilities()["label"].to_list()[:4]
    ['Channels and service', 'Credit', 'Financial technology', 'Marketing']
    >>> sorted(landscape.partners("工行")["partner"])
    ['jd', 'jd-finance']
    >>> landscape.select("SELECT ?bank { ?bank kg:partnersWith id:jd }")["bank"].to_list()
    ['https://w3id.org/partnership-kg/id/icbc']
    >>> landscape.answer("units-of", organization="JD")["unit"].to_list()[0]
    'https://w3id.org/partnership-kg/id/jd-finance'
    >>> "L15" in landscape.why("abc", "baidu")["locator"]
    True
    >>> landscape.network("banks-firms").edges["boc", "tencent"]["partnerships"]
    ['boc-tencent']
    >>> len(landscape.graph()) > 1000
    True
    """

    def __init__(self, store: str | Path = "build/kg") -> None:
        """Open what was built into the folder ``store``."""
        self.place = Path(store)
        self._folder = revisions.current(self.place)
        self._asked: Callable[[], EmbeddedStore] = lambda: self.store
        self.narrowed: tuple[tuple[str, str], ...] = ()
        """How it was narrowed: the names and values of what :meth:`as_of` and the like were asked."""

    @property
    def asked(self) -> EmbeddedStore:
        """What answers named questions: the store, or what of it was so at a time (:meth:`as_of`)."""
        return self._asked()

    def __repr__(self) -> str:
        return f"<Landscape {self.revision} in {self.place}>"

    @cached_property
    def store(self) -> EmbeddedStore:
        """What answers SPARQL."""
        from kg.store.embedded import EmbeddedStore

        return EmbeddedStore.open(self._folder / "graph")

    @cached_property
    def tables(self) -> NetworkTables:
        """The network tables: who is party to what, what covers what (:mod:`kg.network.tables`)."""
        from kg.network.tables import NetworkTables

        return NetworkTables(self._folder / "tables")

    @cached_property
    def revision(self) -> str:
        """Names the content: equal for builds of the same tables by the same version."""
        return str(json.loads((self._folder / "revision.json").read_text(encoding="utf-8"))["revision"])

    def as_of(self, date: str | dt.date, *, certain: bool = False) -> Landscape:
        """The same landscape with the partnerships that may have been in force at a date: a day, a month or a year.

        With ``certain``, those that must have been (:func:`kg.network.moments.in_force`). Stages are the last ones
        known then (:func:`kg.network.moments.stages`). Tables, networks, rankings, named questions and the page are
        those of that time; the store, and so SPARQL and the passages, stay whole.

        Raises
        ------
        BadParameter
            when it is no date.
        """
        from kg.network.moments import TablesAt, in_force, stages, undated
        from kg.query.questions import day

        first, last = (dt.date.fromisoformat(day("The date", str(date), last=end)) for end in (False, True))
        then = self._copied()
        stated = undated(self.store)
        reached = stages(self.tables, stated, first, last, certain=certain)
        there = in_force(self.tables, first, last, certain=certain, stated=stated)
        then.tables = tables = TablesAt(self.tables, there, reached)
        then.narrowed += (("as_of", str(date)), *([("certain", "")] if certain else []))
        codes: dict[str, list[str]] = {}
        for thing, code in reached.iter_rows():
            codes.setdefault(thing, []).append(code)
        then._asked = lambda: self.store.at(tables.gone, codes)  # noqa: SLF001  it is of this class
        return then

    def at_stage(self, *stages: str) -> Landscape:
        """The same landscape with the partnerships whose furthest known stage is one of these: ``live``, ``ended``.

        Tables, networks, rankings and the page are those of them; the store stays whole.

        Raises
        ------
        UnresolvedName
            when there is no such stage.
        """
        from kg.network.narrowed import Narrowed
        from kg.network.progress import not_at

        then = self._copied()
        then.tables = Narrowed(self.tables, not_at(self.tables, {self.find(stage, KG.Stage) for stage in stages}))
        then.narrowed += tuple(("stages", stage) for stage in stages)
        return then

    def by_owner(self) -> Landscape:
        """The same landscape with what a subsidiary does counted as its parent's (:mod:`kg.network.owners`).

        Tables, networks, rankings and the page are those of whole groups; the store, and so SPARQL and the passages,
        stay as they were curated.
        """
        from kg.network.owners import TablesByOwner

        whole = self._copied()
        whole.tables = TablesByOwner(self.tables)
        whole.narrowed += (("group", ""),)
        return whole

    def _copied(self) -> Landscape:
        import copy  # which free SPARQL does without

        return copy.copy(self)

    def find(self, name: str, range_: str | None = None) -> str:
        """The IRI of the one thing that a name means, of the class ``range_`` (an IRI) where one is given.

        Raises
        ------
        UnresolvedName
            when it means nothing known, or more than one thing.
        """
        return self.tables.one(name, range_)

    def select(self, sparql: str) -> pl.DataFrame:
        """The rows of a SELECT, which knows the project's prefixes: a column for each variable.

        IRIs and texts are strings; a column whose values all are numbers, truths or days becomes that.

        Raises
        ------
        BadQuery
            when it can't be read or answered, or asks for no rows.
        """
        from kg.query.results import select

        return select(self.store, sparql)

    def answer(self, question: str, *, sources: bool = False, **parameters: str) -> pl.DataFrame:
        """The rows of a named question (``kg questions`` lists them).

        With ``sources``, a column of that name has the passages behind each (:func:`kg.analysis.behind.answered`).

        Raises
        ------
        BadParameter, UnresolvedName
            when the question or a parameter is unknown, or a name means nothing.
        """
        from kg.query.results import rows_of

        rows = rows_of(self.by_name(question, parameters))
        return self.with_passages(rows) if sources else rows

    def by_name(self, question: str, parameters: Mapping[str, str]) -> Answer:
        """The answer to a named question: from the network tables where they have it at once, else by SPARQL.

        Raises
        ------
        BadParameter, UnresolvedName
            as :meth:`answer` does.
        """
        from kg.analysis.answers import answered
        from kg.query.framed import FramedAnswer
        from kg.query.questions import find

        asked = find(resource_folder("ontology") / "questions", question)
        terms = asked.terms(parameters, self.tables)
        # Of a time, steps stay in the store that are in no table.
        rows = None if self.narrowed else answered(question, self.tables, terms)
        return self.asked.query(asked.filled(parameters, self.tables)) if rows is None else FramedAnswer(rows)

    def with_passages(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows of a SELECT with the passages behind each (:func:`kg.analysis.behind.answered`)."""
        from kg.analysis.behind import answered

        return answered(self.store, self.tables, rows)

    def graph(self) -> rdflib.Dataset:
        """The same store as rdflib knows it, to be read: the merged landscape in the default graph, a graph a passage.

        ``len``, ``triples``, ``query``, ``quads``, ``get_graph`` and ``serialize`` work on the store itself; nothing is
        copied, and whatever would write raises.
        """
        return self.store.dataset()

    def network(self, kind: NetworkKind = "banks-firms", *, language: Language = "en") -> nx.Graph:
        """A NetworkX graph whose edges keep what they stand for (:func:`kg.network.graphs.network`)."""
        from kg.network.graphs import network

        return network(self.tables, kind, language=language)

    def why(self, *names: str, language: Language = "en") -> pl.DataFrame:
        """Each statement behind what all the names have to do with, and who makes it (:func:`kg.analysis.why.why`).

        Raises
        ------
        UnresolvedName
            when a name means nothing, or no partnership has to do with all of them.
        BadParameter
            when there is no name.
        """
        from kg.analysis.why import behind, why

        if not names:
            raise BadParameter("There is nothing to tell the passages of. Name an organization, or two.")
        entities = [self.find(name) for name in names]
        found = behind(self.tables, *entities)
        if not found and len(set(entities)) > 1:
            told = " and ".join(f"«{name}»" for name in names)
            raise UnresolvedName(f"No partnership has to do with {told}. See who is in one with: kg matrix")
        themselves = [entity for entity in entities if entity not in found]
        rows = why(self.store, self.tables, found, entities=themselves, language=language)
        if rows.is_empty():
            raise UnresolvedName(f"Nothing is said of «{names[0]}» but its name. See who partners with: kg matrix")
        return rows

    def todo(self, *, language: Language = "en") -> pl.DataFrame:
        """What still lacks a second source, a date, a stage, a name or a verdict (:func:`kg.analysis.todo.todo`)."""
        from kg.analysis.todo import todo

        return todo(self.store, self.tables, resource_folder("ontology") / "todo", language=language)

    def differences(self, older: Landscape, *, language: Language = "en") -> pl.DataFrame:
        """What changed since another landscape (:func:`kg.analysis.differences.differences`)."""
        from kg.analysis.differences import differences

        return differences(older, self, language=language)

    def description(self) -> str:
        """The landscape described as data, in Turtle (:func:`kg.views.description.description`)."""
        from kg.views.description import description

        return description(self.store, self.revision)

    def page(self, *, query: str | None = None, language: Language = "en") -> Page:
        """The network as one HTML page, which shows itself in a notebook (:class:`kg.views.page.Page`).

        With ``query``, just what it answers: the triples of a CONSTRUCT or DESCRIBE, or each row of a SELECT as a
        strand through its things, in the order of its variables, with its words at the end.

        Raises
        ------
        BadQuery
            when the query can't be answered, or its answer be drawn.
        """
        from kg.views.page import answer_page, page

        if query is not None:
            return answer_page(self.store, self.tables, self.store.query(query), query=query, language=language)
        return page(self.store, self.tables, language=language)

    def picture(self, *, query: str | None = None, language: Language = "en") -> Picture:
        """Who partners with whom, and on what, as SVG or PNG, without a browser (:func:`kg.views.picture.picture`).

        With ``query``, just what it answers (:func:`kg.views.answered.answer_picture`); faults are as for :meth:`page`.
        """
        from kg.views.answered import answer_picture
        from kg.views.picture import picture

        if query is not None:
            return answer_picture(self.store, self.tables, self.store.query(query), query=query, language=language)
        return picture(self.tables, language=language)

    def report(self, *, language: Language = "en") -> Report:
        """Ranking, matrix, gaps, trend and communities in one document, each number linked to its evidence.

        What it tells is what :func:`kg.analysis.report.report` computes; :class:`kg.views.report.Report` writes it.
        """
        from kg.analysis.report import report as computed
        from kg.views.report import report

        told = computed(self.store, self.tables, language=language)
        labels = dict(self.tables.labels(language).iter_rows())
        narrowed = [
            (how, labels.get(self.find(value, KG.Stage), value) if how == "stages" else value)
            for how, value in self.narrowed
        ]
        return report(told, self.revision, narrowed=narrowed, language=language)

    def export(
        self,
        path: str | Path,
        format_: ExportFormat | None = None,
        *,
        network: NetworkKind = "all",
        language: Language = "en",
    ) -> None:
        """Write the landscape to a file (csv, parquet: to a folder), in the format of its ending or the one named.

        ``network`` is what GraphML and GEXF hold; ``language`` is that of labels in them and in workbooks.

        Raises
        ------
        FileFault
            when the ending names no format, or the file can't be written.
        """
        path = Path(path)
        chosen = format_ or export_format(path)
        if chosen is None:
            raise FileFault(f"{path.name} names no format. Name one of {', '.join(EXPORT_FORMATS)}.")
        try:
            revisions.outside(self.place, path)
            write(self.store, self.tables, path, chosen, network, language)
        except (OSError, ValueError) as fault:
            raise FileFault(f"{path} can't be written: {why(fault)}. Name another place.") from fault

    def exported(self, format_: ExportFormat, *, network: NetworkKind = "all", language: Language = "en") -> bytes:
        """What :meth:`export` writes to a file; csv and parquet are several files."""
        return content(self.store, self.tables, format_, network, language)
