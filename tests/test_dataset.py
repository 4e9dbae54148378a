"""What is derived, tabled and suspected by columns is what the ontology's queries say."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
from bench.curated import write_tables
from bench.landscapes import Drawn

from kg.dataset import Dataset
from kg.landscape import Landscape
from kg.load import rdf
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
id:z a kg:Milestone ; kg:of id:a ; kg:stage code:ended ; kg:onLatest "1999-01-01"^^xsd:date .
id:n a kg:Milestone ; kg:of id:a , id:x ; kg:stage code:live ; kg:onLatest "2000-02-03"^^xsd:date .
id:b kg:country "China" . id:j a kg:Judgement ; kg:one "a text" .
id:s a kg:Source ; kg:releaseOf id:b . <{ID}source/s#p1> <http://purl.org/dc/terms/isPartOf> id:s .
<{ID}source/s#p1> a kg:Passage ; kg:locator "" .
}}
<{ID}source/s#p1> {{ id:a kg:bankParty id:b }}
"""


class Both:
    """The same quads as a dataset to which the rules were applied, and in a store."""

    def __init__(self, lines: str, folder: Path) -> None:
        quads = rdf.frame(lines).drop_nulls().rename({"graph": "passage"})
        self.dataset = Dataset(quads, quads.clear())
        derive(self.dataset)
        folder.mkdir()
        files = folder / "quads.nq", folder / "blanks.nq"
        self.dataset.write(*files)
        self.store = EmbeddedStore.create(folder / "graph")
        for file, blanks in zip(files, (False, True), strict=True):
            self.store.load(file, blanks=blanks)


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
    graphs = both.dataset.texts(both.dataset.evidence["passage"].unique())
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


def test_whatever_is_at_fault_is_suspected(tiny: Landscape, strange: str, tmp_path: Path) -> None:
    """Landscapes whose statements are taken away, moved to other things, or given other values."""
    at_fault, asked_of_few = set(), set()
    lines = stated(tiny)
    own = [line for line in lines if line.startswith(f"<{ID}")]
    parts = rdf.frame("\n".join(own) + "\n")
    values = [
        '"x"', '"x"@en', '"y"@en-GB', '""@zh', '""', '"2017"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        '"2031-01-01"^^<http://www.w3.org/2001/XMLSchema#date>', '"1999-02-30"^^<http://www.w3.org/2001/XMLSchema#date>',
        "<http://a.example/>", '"-0044-03-15"^^<http://www.w3.org/2001/XMLSchema#date>', '"1999"^^<http://www.w3.org/2001/XMLSchema#gYear>',
    ]  # fmt: skip
    for seed in range(8):
        chance = random.Random(seed)
        gone = set(chance.sample(own, len(own) // 12))
        changed = [line for line in lines if line not in gone]
        for subject, predicate, object_, graph in chance.sample(parts.rows(), len(own) // 6):
            anew = chance.choice([*values, object_, chance.choice(parts["object"])])
            about = chance.choice([subject, chance.choice(parts["subject"])])
            changed.append(f"{about} {predicate} {anew} {graph} .")
        both = Both("\n".join(changed) + "\n" + (strange if seed == 0 else ""), tmp_path / str(seed))
        for constraint in CONSTRAINTS:
            among = suspects.of_shape(both.dataset, constraint)
            assert broken(both, constraint, among) == broken(both, constraint), (seed, constraint.shape)
            if among is not None:
                asked_of_few.add(constraint.component)
                at_fault |= {constraint.component} if among else set()
        for name, query in CHECKS.items():
            among = suspects.of_check(both.dataset, name)
            whole = select(both.store, query)
            if among is not None:
                only = f"WHERE {{ VALUES ?focus {{ {' '.join(among)} }}"
                assert select(both.store, query.replace("WHERE {", only, 1)).rows() == whole.rows(), (seed, name)
                asked_of_few.add(name)
                at_fault |= {name} if whole.height else set()
    used = {str(component) for component in suspects.COMPONENTS}
    assert asked_of_few == used | set(suspects.CHECKS)
    assert at_fault == asked_of_few


def test_more_suspects_than_can_be_named_leave_the_whole_to_be_asked(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suspects, "MOST", 0)
    told = {suspects.of_shape(both.dataset, constraint) is None for constraint in CONSTRAINTS}
    assert told == {True, False} if any(broken(both, each) for each in CONSTRAINTS) else told == {False}
