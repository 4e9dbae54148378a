"""What is derived, tabled and suspected by columns is what the ontology's queries say."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
from bench.curated import write_tables
from bench.landscapes import Drawn

from kg.dataset import Dataset
from kg.landscape import Landscape
from kg.load import statements
from kg.load.gathering import of_statements
from kg.network.made import TablesOf
from kg.network.tables import SCHEMAS, day
from kg.opening import build_landscape
from kg.quality import suspects
from kg.quality.shapes import Constraint, read, violations
from kg.query.results import select
from kg.rules import RULES, derive
from kg.store.embedded import EmbeddedStore
from kg.terms import ID, KG, RULE_GRAPHS, resource_folder

FOLDER = resource_folder("ontology")
CONSTRAINTS = read(FOLDER / "shapes.ttl")
CHECKS = {path.stem: path.read_text("utf-8") for path in sorted((FOLDER / "checks").glob("*.rq"))}
STRANGE = f"""@prefix id: <{ID}> . @prefix kg: <{KG.base}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix code: <https://w3id.org/partnership-kg/code/> .
id:g {{
id:a a kg:Partnership ; rdfs:label "A"@en ; kg:covers id:x ; kg:signed "no day"^^xsd:date ; kg:delivers _:p ;
  skos:prefLabel "A"@en , "plain" , id:b , "a \\"quoted\\" \\\\ line\\nbreak"@zh-hant ;
  kg:bankParty id:b , _:c ; kg:techParty id:b , id:d ; kg:announced "2017"^^xsd:gYear , "2018-03"^^xsd:gYearMonth .
_:p kg:realizes id:x , id:y ; kg:launched "2016-02-30"^^xsd:date ; kg:ended "2019-01-01"^^xsd:date .
id:b a id:MyBank . id:MyBank rdfs:subClassOf kg:Bank , id:MyBank .
id:x a kg:Capability ; kg:stage code:live . <http://a.example/y> skos:broader id:x . id:y skos:broader id:x .
id:m a kg:Milestone ; kg:of id:a ; kg:stage code:live ; kg:onEarliest "2003-01-01"^^xsd:date , "2001-01-01" .
id:m kg:onEarliest "0000-01-01"^^xsd:date .
id:x skos:broader id:x . id:b kg:subsidiaryOf id:d ; kg:creditCode "1" . id:d kg:subsidiaryOf id:b ; kg:creditCode "1" .
id:p1 a kg:Product ; skos:prefLabel "P"@en , "Q"@en . id:q a kg:Partnership .
id:z kg:onEarliest "2000-01-01"^^xsd:date .
id:z a kg:Milestone ; kg:of id:a ; kg:stage code:ended ; kg:onLatest "1999-01-01"^^xsd:date .
id:n a kg:Milestone ; kg:of id:a , id:x ; kg:stage code:live ; kg:onLatest "2000-02-03"^^xsd:date .
id:b kg:country "China" . id:j a kg:Judgement ; kg:one "a text" .
id:s a kg:Source ; kg:releaseOf id:b . <{ID}source/s#p1> <http://purl.org/dc/terms/isPartOf> id:s .
<{ID}source/s#p1> a kg:Passage ; kg:locator "" .
}}
<{ID}source/s#p1> {{ id:a kg:bankParty id:b }}
"""
DATE, YEAR = ("http://www.w3.org/2001/XMLSchema#" + name for name in ("date", "gYear"))
VALUES = (
    '"x"', '"x"@en', '"y"@en-GB', '""@zh', '""', "<http://a.example/>", f'"2017"^^<{YEAR}>', f'"1999"^^<{YEAR}>',
    f'"2031-01-01"^^<{DATE}>', f'"1999-02-30"^^<{DATE}>', f'"-0044-03-15"^^<{DATE}>',
)  # fmt: skip


class Both:
    """The same quads as a dataset to which the rules were applied, and in a store."""

    def __init__(self, lines: str, folder: Path) -> None:
        quads = statements.frame(lines).drop_nulls().rename({"graph": "passage"})
        self.dataset = Dataset(of_statements(quads))
        derive(self.dataset)
        folder.mkdir()
        self.store = EmbeddedStore.create(folder / "graph")
        self.store.load(io.BytesIO(b"".join(self.dataset.lines())))
        self.store.load_with_blanks(self.dataset.lines_with_blanks())


def stated(landscape: Landscape) -> list[str]:
    """What a landscape states and its ontology, without what rules derived: lines of N-Quads."""
    graphs = (graph for graph in landscape.store.graphs() if graph[1:-1] not in {RULE_GRAPHS + name for name in RULES})
    return [line for graph in graphs for line in landscape.store.quads(graph)]


@pytest.fixture(scope="module")
def strange(tiny: Landscape) -> str:
    """RDF that no build lets pass, with the ontology."""
    quads = ox.parse(input=STRANGE, format=ox.RdfFormat.TRIG)
    known = [line for line in stated(tiny) if f"{ID}" not in line]
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode() + "\n".join(known) + "\n"


@pytest.fixture(params=["tiny", "china", "drawn", "strange"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Both:
    if request.param == "strange":
        return Both(request.getfixturevalue("strange"), tmp_path / "both")
    if request.param == "drawn":
        landscape = build_landscape([write_tables(Drawn(80), tmp_path / "tables")], tmp_path / "kg")
    else:
        landscape = request.getfixturevalue(request.param)
    return Both("\n".join(stated(landscape)) + "\n", tmp_path / "both")


def test_a_dataset_and_its_store_have_the_same_quads(both: Both) -> None:
    assert len(both.store) == len(both.dataset)
    graphs = both.dataset.texts(both.dataset.graphs)
    assert sorted(graphs) == both.store.graphs()


def test_rules_derive_what_their_queries_construct(both: Both) -> None:
    assert {path.stem[3:] for path in (FOLDER / "rules").glob("*.rq")} == set(RULES)
    for path in sorted((FOLDER / "rules").glob("*.rq")):
        constructed = both.store.query(path.read_text("utf-8")).text("ntriples").split("\n")[:-1]
        assert constructed
        assert sorted(set(constructed)) == both.store.triples(f"<{RULE_GRAPHS}{path.stem[3:]}>")


def test_the_tables_have_the_rows_of_their_queries(both: Both) -> None:
    tables = TablesOf(both.dataset)
    for name, schema in SCHEMAS.items():
        rows = select(both.store, (FOLDER / "tables" / f"{name}.rq").read_text("utf-8"))
        assert rows.columns == list(schema)
        told = rows.select(
            day(rows[column]) if kind == pl.Date and rows.schema[column] == pl.String else rows[column].cast(kind)
            for column, kind in schema.items()
        )
        assert told.sort(pl.all()).equals(tables[name].sort(pl.all())), name
    assert tables.entities.is_sorted()


def broken(both: Both, constraint: Constraint, among: list[str] | None = None) -> list[tuple[object, ...]]:
    return violations(both.store, [constraint], among).select("focus", "value").sort(pl.all()).rows()


def damaged(lines: list[str], seed: int) -> list[str]:
    """Lines of which some are taken away, moved to other things, or given other values."""
    own = [line for line in lines if line.startswith(f"<{ID}")]
    parts = statements.frame("\n".join(own) + "\n")
    chance = random.Random(seed)
    gone = set(chance.sample(own, len(own) // 12))
    changed = [line for line in lines if line not in gone]
    for subject, predicate, object_, graph in chance.sample(parts.rows(), len(own) // 6):
        anew = chance.choice([*VALUES, object_, chance.choice(parts["object"])])
        about = chance.choice([subject, chance.choice(parts["subject"])])
        changed.append(f"{about} {predicate} {anew} {graph} .")
    return changed


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_at_fault_is_suspected(seed: int, tiny: Landscape, strange: str, tmp_path: Path) -> None:
    named = re.sub(r"_:(\w+)", rf"<{ID}blank-\1>", strange)  # of blank nodes the whole is asked
    lines = "\n".join(damaged(stated(tiny), seed)) + "\n" + named
    both = Both(lines, tmp_path / "both")
    judged, at_fault = set(), set()
    for constraint in CONSTRAINTS:
        among, whole = suspects.of_shape(both.dataset, constraint), broken(both, constraint)
        if among.sure:
            assert [(term.strip("<>"), None) for term in sorted(among.terms or [])] == whole, constraint.shape
        assert broken(both, constraint, among.terms) == whole, constraint.shape
        judged |= set() if among.terms is None else {constraint.component}
        at_fault |= {constraint.component} if whole else set()
    for name, query in CHECKS.items():
        among, rows = suspects.of_check(both.dataset, name), select(both.store, query)
        if among.sure:
            assert sorted(term.strip("<>") for term in among.terms or []) == sorted(rows["focus"]), name
        elif among.terms is not None:
            only = f"WHERE {{ VALUES ?focus {{ {' '.join(among.terms)} }}"
            assert select(both.store, query.replace("WHERE {", only, 1)).rows() == rows.rows(), name
        judged |= set() if among.terms is None else {name}
        at_fault |= {name} if rows.height else set()
    assert set(suspects.CHECKS) == set(CHECKS)
    assert judged == {str(component) for component in suspects.COMPONENTS} | set(suspects.CHECKS)
    assert at_fault >= judged  # each has something to find


def test_more_suspects_than_can_be_named_leave_the_whole_to_be_asked(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suspects, "MOST", 0)
    judged = [each for each in CONSTRAINTS if each.component not in suspects.SURE]
    told = {suspects.of_shape(both.dataset, constraint).terms is None for constraint in judged}
    assert told == {True, False} if any(broken(both, each) for each in judged) else told == {False}
