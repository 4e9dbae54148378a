"""The store: a build takes its place whole or not at all, and every statement can be traced."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from kg import revisions
from kg.build import build
from kg.errors import BadLandscape, BadQuery, FileFault, StoreBusy, StoreMissing, StoreUnreadable
from kg.landscape import Landscape
from kg.network.tables import ORDERS, SCHEMAS
from kg.opening import build_landscape
from kg.query.results import select
from kg.terms import ID, ONTOLOGY, RULE_GRAPHS

Tables = Callable[..., Path]
GOOD = "id,label@en,definition@en,source\npay,Pay,Moving money.,s#p1\n"


def count(landscape: Landscape, pattern: str) -> int:
    return int(select(landscape.store, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")["n"][0])


# Every statement can be traced


def test_every_statement_of_the_default_graph_stands_in_another_graph(china: Landscape) -> None:
    assert count(china, "?s ?p ?o") > 1000
    assert count(china, "?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }") == 0


def test_every_graph_is_a_passage_a_rule_or_the_ontology(china: Landscape) -> None:
    graphs = select(china.store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")["g"]
    passages = set(select(china.store, "SELECT ?g { ?g a kg:Passage ; dcterms:isPartOf/dcterms:title ?t }")["g"])
    rules = set(select(china.store, "SELECT ?g { ?g a kg:Rule }")["g"])
    assert set(graphs) <= passages | rules | {ONTOLOGY}
    assert len(passages) > 20


def test_a_plain_query_counts_a_statement_once_however_many_passages_make_it(tiny: Landscape) -> None:
    covered = f"<{ID}river-paylo> kg:covers <{ID}payments>"
    assert count(tiny, covered) == 1
    assert count(tiny, f"GRAPH ?g {{ {covered} }}") == 2


def test_what_rules_derive_stands_in_the_graph_of_the_rule(tiny: Landscape) -> None:
    rows = select(tiny.store, f"SELECT ?a ?b {{ GRAPH <{RULE_GRAPHS}partners> {{ ?a kg:partnersWith ?b }} }}")
    told = {(a.removeprefix(ID), b.removeprefix(ID)) for a, b in rows.iter_rows()}
    pairs = {("river-bank", "cloudy"), ("river-bank", "paylo"), ("river-bank", "paylo-labs"), ("hill-bank", "paylo")}
    pairs |= {("lake-bank", "cloudy")}
    assert told == pairs | {(b, a) for a, b in pairs}


def test_no_one_partners_with_its_own_side(china: Landscape) -> None:
    assert count(china, "?p kg:bankParty ?a, ?b . ?a kg:partnersWith ?b") == 0
    assert count(china, "?p kg:techParty ?a, ?b . ?a kg:partnersWith ?b") == 0


def test_date_columns_stand_for_milestones(tiny: Landscape) -> None:
    milestone = f"<{ID}river-paylo/signed>"
    rows = select(tiny.store, f"SELECT ?p ?o {{ {milestone} ?p ?o }}")
    told = {p.rpartition("#")[2]: o.rpartition("/")[2] for p, o in rows.iter_rows()}
    assert told == {
        "type": "ontology#Milestone", "of": "river-paylo", "stage": "signed", "on": "2019",
        "onEarliest": "2019-01-01", "onLatest": "2019-12-31",
    }  # fmt: skip


def test_sources_that_date_differently_both_stand_and_one_interval_answers(tables: Tables, tmp_path: Path) -> None:
    text = "id,label@en,signed,signedEarliest,source\nd,D,2017-05-03,,s#p1\nd,,2017-06,,s#p2\nd,,,2017-07-01,s#p3\n"
    landscape = build_landscape([tables(partnerships=text)], tmp_path / "kg")
    deal = f"<{ID}d>"
    assert count(landscape, f"{deal} kg:signed ?d") == 2
    bounds = f"OPTIONAL {{ {deal} kg:signedEarliest ?e }} OPTIONAL {{ {deal} kg:signedLatest ?l }}"
    rows = select(landscape.store, f"SELECT ?e ?l {{ {bounds} }}")
    # Not all three can be right, and the third may be: it knows of no last day.
    assert [tuple(map(str, row)) for row in rows.iter_rows()] == [("2017-05-03", "None")]
    assert count(landscape, f"GRAPH ?g {{ {deal} kg:signedEarliest ?d }}") == 2  # the curated bound stays as evidence


# The network tables


def test_the_tables_are_the_selects_and_carry_the_revision(china: Landscape, root: Path) -> None:
    for name, schema in SCHEMAS.items():
        rows = select(china.store, (root / "ontology" / "tables" / f"{name}.rq").read_text("utf-8"))
        assert rows.columns == list(schema)
        told = rows.select(pl.col(c).cast(k) for c, k in schema.items())
        assert told.sort(pl.all()).equals(china.tables[name].sort(pl.all()))
        assert china.tables[name].equals(china.tables[name].sort(by=ORDERS.get(name, list(schema))))
    assert china.tables.revision == china.revision
    assert {path.stem for path in (root / "ontology" / "tables").glob("*.rq")} == set(SCHEMAS)


def test_the_same_tables_give_the_same_revision_and_others_another(tables: Tables, tmp_path: Path) -> None:
    folder = tables(capabilities=GOOD)
    first = build_landscape([folder], tmp_path / "one")
    again = build_landscape([folder], tmp_path / "two")
    assert first.revision == again.revision
    (folder / "capabilities.csv").write_text(GOOD.replace("Pay,", "Paying,"), "utf-8")
    assert build_landscape([folder], tmp_path / "one").revision != first.revision


# A build takes its place whole or not at all


def test_a_build_with_errors_leaves_the_old_store_as_it_was(tables: Tables, tmp_path: Path) -> None:
    place = tmp_path / "kg"
    revision = build_landscape([tables(capabilities=GOOD)], place).revision
    before = sorted(path.name for path in place.iterdir())
    with pytest.raises(BadLandscape, match="1 error in the tables; nothing was stored") as caught:
        build([tables(capabilities=GOOD.replace("s#p1", ""))], place)
    assert [finding.code for finding in caught.value.findings] == ["no-source"]
    assert sorted(path.name for path in place.iterdir()) == before
    assert Landscape(place).revision == revision


def test_a_build_that_breaks_off_leaves_the_old_store_and_nothing_else(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kg"
    folder = tables(capabilities=GOOD)
    revision = build_landscape([folder], place).revision
    before = sorted(path.name for path in place.iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.network.tables.write", full)
    with pytest.raises(FileFault, match=r"No space left on device.*What was there before still is"):
        build([folder], place, again=True)
    assert sorted(path.name for path in place.iterdir()) == before
    assert Landscape(place).revision == revision


def test_a_reader_of_the_old_store_is_not_disturbed(tables: Tables, tmp_path: Path) -> None:
    place = tmp_path / "kg"
    old = build_landscape([tables(capabilities=GOOD)], place)
    assert count(old, "?c a kg:Capability") == 1
    build([tables(capabilities=GOOD + "lend,Lend,Lending.,s#p1\n")], place)
    assert count(old, "?c a kg:Capability") == 1
    assert old.tables["labels"].height > 0
    assert count(Landscape(place), "?c a kg:Capability") == 2


def test_old_revisions_do_not_pile_up(tables: Tables, tmp_path: Path) -> None:
    place = tmp_path / "kg"
    for number in range(4):
        build([tables(capabilities=GOOD.replace("Moving", f"Moving {number}"))], place)
    (place / "revision-0123456789ab").mkdir()
    build([tables(capabilities=GOOD)], place)
    assert len(list(place.glob("revision-*"))) == 2


def test_of_two_builds_at_once_the_second_says_so(tables: Tables, tmp_path: Path) -> None:
    place = tmp_path / "kg"
    code = (
        "import sys; from pathlib import Path; from kg import revisions\n"
        "with revisions.building(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy, match="Another build is at work"):
            build([tables(capabilities=GOOD)], place)
        other.kill()
        other.communicate()
    build([tables(capabilities=GOOD)], place)


def test_what_is_no_store_is_left_alone(tables: Tables, tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "letter.txt").write_text("dear", "utf-8")
    (place / "revision-notes").mkdir()
    with pytest.raises(FileFault, match="holds other things"):
        build([tables(capabilities=GOOD)], place)
    assert (place / "letter.txt").read_text("utf-8") == "dear"
    (place / "letter.txt").unlink()
    with pytest.raises(FileFault, match="holds other things"):
        build([tables(capabilities=GOOD)], place)
    assert (place / "revision-notes").is_dir()


@pytest.mark.parametrize("pointer", ["", "{}", "[]", '{"format": 1}', "\x00\x01"])
def test_a_broken_pointer_is_told(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "current").write_text(pointer, "utf-8")
    with pytest.raises(StoreUnreadable, match="is not what a build writes"):
        revisions.current(tmp_path)


def test_other_versions_and_missing_stores_are_told(china: Landscape, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="Build one: kg build"):
        Landscape(tmp_path / "nothing")
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreadable, match="is a file"):
        Landscape(tmp_path / "file")
    other = tmp_path / "other"
    shutil.copytree(china.place, other)
    told = json.loads((other / "current").read_text("utf-8"))
    (other / "current").write_text(json.dumps({**told, "format": 99}), "utf-8")
    with pytest.raises(StoreUnreadable, match="another version"):
        Landscape(other)
    (other / "current").write_text(json.dumps({**told, "folder": "revision-gone"}), "utf-8")
    with pytest.raises(StoreUnreadable, match="lacks its folder"):
        Landscape(other)


# Faults in queries


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (
            "SELECT * {\n ?s kg:p ?o . FILTER(?o = }",
            r"line 2, column 28: .*\n   \?s kg:p \?o \. FILTER\(\?o = \}\n +\^$",
        ),
        ("SELECT * { ?s nn:x ?o }", "there is no prefix «nn:»"),
        ('SELECT * { ?s ?p "nn:x" , mm:x }', "there is no prefix «mm:»"),
        ("INSERT DATA { <a:b> <a:b> 1 }", "Queries only read"),
        ("SELECT", "can't be read at or before line 1"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "can't be answered"),
    ],
)
def test_a_query_at_fault_says_where_and_why(china: Landscape, sparql: str, message: str) -> None:
    with pytest.raises(BadQuery, match=message):
        china.store.query(sparql).text("csv")


def test_the_prefixes_of_the_project_are_known_and_can_be_declared_anew(china: Landscape) -> None:
    assert china.store.query("ASK { id:abc a kg:Bank ; skos:prefLabel ?l }").text("csv") == "true"
    own = "PREFIX mine: <https://w3id.org/partnership-kg/id/> ASK { mine:abc a kg:Bank }"
    assert china.store.query(own).text("csv") == "true"


def test_a_graph_is_the_same_bytes_each_time(china: Landscape) -> None:
    code = (
        "import sys; from kg.landscape import Landscape; from pathlib import Path\n"
        "q = 'CONSTRUCT { ?a kg:partnersWith ?b } { ?a kg:partnersWith ?b } ORDER BY ?a ?b'\n"
        "sys.stdout.write(Landscape(Path(sys.argv[1])).store.query(q).text('turtle'))"
    )
    runs = {subprocess.check_output([sys.executable, "-c", code, str(china.place)]) for _ in range(3)}
    assert len(runs) == 1
    assert runs.pop().startswith(b"@prefix kg: ")
