"""The benchmark: what is drawn is a landscape, all contestants answer the same, and who can't is told why."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from bench.chart import chart
from bench.contest import Outcome, Process, Result, Worker, _result, contest
from bench.document import Run, growth, markdown, placed
from bench.entrants import ANALYSES, QUERIES
from bench.landscapes import Drawn
from bench.prepared import Prepared, prepare
from bench.processes import BARE, CAPS, QUESTIONS, Peers, checking, cold, questions, rows, whole
from bench.queries import SPARQL
from bench.sizes import SIZES
from bench.targets import TARGETS, reached

import kg
from kg.analysis.together import together
from kg.network.tables import ORDERS, SCHEMAS, NetworkTables, TablesInMemory, write
from kg.terms import KG, resource_folder

TINY = 600  # the least that has a unit of a bank


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small landscape, written as a build writes its tables."""
    place = tmp_path_factory.mktemp("drawn") / "tables"
    write(Drawn(SIZES["S"]), place, "S")
    return place


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A tiny landscape, built as for a contest."""
    return prepare(TINY, tmp_path_factory.mktemp("contest") / "T")


def python(code: str, *, name: str = "one", cap: float = 20) -> Process:
    """A contestant that runs a line of Python and prints its answer."""
    return Process("work", name, (sys.executable, "-c", code), whole, rounds=2, cap=cap)


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    one, same, other = Drawn(50), Drawn(50), Drawn(50, seed=1)
    assert all(one[name].equals(same[name]) for name in SCHEMAS)
    assert not one["covers"].equals(other["covers"])


def test_what_is_drawn_is_written_and_read_as_a_store_s_tables(folder: Path) -> None:
    drawn, read = Drawn(SIZES["S"]), NetworkTables(folder)
    assert drawn.entities.is_sorted()
    assert drawn.entities.n_unique() == len(drawn.entities)
    for name in SCHEMAS:
        assert read[name].equals(drawn[name].sort(ORDERS.get(name, list(SCHEMAS[name]))))
        assert read[name].schema == pl.Schema(SCHEMAS[name])
    # From their texts come the same numbers: the order of numbers is that of IRIs.
    texts = TablesInMemory({name: read[name] for name in SCHEMAS})
    assert together(texts).equals(together(read))


def test_what_is_curated_has_all_that_questions_ask_for(here: Prepared) -> None:
    tables = kg.open_landscape(here.store).tables
    for name in ("groups", "offers", "owners", "covers", "delivers", "milestones", "codes"):
        assert not tables[name].is_empty(), name
    assert len(tables.of_class(KG.Partnership)) == TINY
    drawn = Drawn(TINY)["parties"]
    assert tables["parties"].select(drawn.columns).equals(drawn)


def test_its_statements_are_all_there_for_everybody(here: Prepared) -> None:
    store = kg.open_landscape(here.store).store
    assert here.quads.read_bytes().count(b"\n") == len(store)
    assert here.merged.read_bytes().count(b"\n") == len(store.triples(None))


def test_engines_and_analysts_answer_the_same(here: Prepared) -> None:
    engines = ("kg", "pyoxigraph, on disk", "pyoxigraph, in memory", "oxrdflib", "rdflib")
    told = contest([Worker(name, "bench.engines", here.folder, QUERIES, 1, 1) for name in engines])
    told += contest([
        Worker(name, "bench.analyses", here.network, ANALYSES, 1, 1)
        for name in ("kg", "scipy", "polars", "dictionaries", "rustworkx", "networkx")
    ])  # fmt: skip
    assert {(each.task, each.name) for each in told if not each.said} >= {
        *((f"query: {name}", engine) for name in SPARQL for engine in engines),
        *((task, "kg") for task in ANALYSES),
        ("analysis: pairs", "networkx"), ("analysis: betweenness", "rustworkx"), ("analysis: projection", "scipy"),
    }  # fmt: skip
    assert {each.said for each in told} == {"", "has none"}
    # Nor do they agree on nothing: only the rarest may have no row.
    assert len({each.answer for each in told}) > len(SPARQL)


def test_processes_answer_the_same(here: Prepared) -> None:
    entered = [
        *cold(here, Peers(), CAPS["S"]), *checking(here, Peers(), CAPS["S"]), *rows(here, Peers(), 1_000),
    ]  # fmt: skip
    told = contest([each._replace(rounds=1) for each in entered if each.name != "duckdb"])
    assert [f"{each.task}, {each.name}: {each.said}" for each in told if each.said] == []
    assert all(each.answer for each in told if each.task != "help")
    assert all(0 < each.least <= each.median <= each.most and each.peak > 1 for each in told)


def test_every_named_question_is_asked(here: Prepared) -> None:
    known = {path.stem for path in (resource_folder("ontology") / "questions").glob("*.rq")}
    assert set(QUESTIONS) == known
    assert [each.said for each in contest([questions(here)[0]._replace(rounds=1)])] == [""]


def test_who_takes_too_long_is_ended_and_not_asked_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"import time; open({str(mark)!r}, 'a').write('x'); time.sleep(60)"
    assert [each.said for each in contest([python(code, cap=1)])] == ["over 1 s"]
    assert mark.read_text() == "x"


def test_who_fails_is_told_by_its_last_word() -> None:
    (told,) = contest([python("raise ValueError('no such thing')")])
    assert told.said == "fails: ValueError: no such thing"


def test_who_answers_otherwise_than_kg_is_told() -> None:
    told = contest([python("print(1)"), python("print(2)", name="kg"), python("", name="silent")])
    assert {each.name: each.said for each in told} == {"one": "answers otherwise", "kg": "", "silent": ""}
    counting = "import time; print(time.time_ns())"
    assert [each.said for each in contest([python(counting)])] == ["answers now so, now otherwise"]


def test_a_worker_goes_on_after_what_it_can_not_do(here: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    # The engine can't be interrupted, so another process does the rest.
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    asked, python = here.folder / "asked.py", here.folder / "python"
    asked.write_text(
        "import sys\nfrom bench import engines, queries\n"
        f"queries.SPARQL['all of a partnership'] = {endless!r}\nqueries.SPARQL['ranking'] = 'nonsense'\n"
        "engines.main(*sys.argv[1:])\n"
    )
    python.write_text(f'#!/bin/sh\nshift 2\nexec "{sys.executable}" "{asked}" "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr("bench.contest.GRACE", 0.5)
    monkeypatch.setattr("bench.contest.ENOUGH", 0.5)
    worker = Worker(
        "pyoxigraph, on disk", "bench.engines", here.folder, QUERIES[:4], 1, 1, cap=1, python=str(python)
    )  # fmt: skip
    said = [each.said for each in worker.run()]
    assert said[:2] == ["", "over 1 s"]
    assert said[2].startswith("fails: ")
    assert said[3] == ""


def test_a_worker_that_never_loads_says_so_for_all_its_tasks() -> None:
    worker = Worker("nobody", "bench.engines", Path("nowhere"), QUERIES[:2], 1, 1)
    assert {each.said for each in worker.run()} == {"fails: KeyError: 'nobody'"}


def result(task: str, name: str, seconds: float, answer: str = "", said: str = "") -> Result:
    return Result(task, name, seconds, seconds, seconds, seconds, 10, answer, said)


def test_ratios_tell_what_holds_and_what_was_not_measured() -> None:
    told = {
        (each.task, each.name): each
        for each in (
            result("help", "kg", 0.03), result("help", "python -c 'import click'", 0.02),
            result("first answer", "kg", 0.4), result("first answer", "pyoxigraph", 0.1),
            result("first answer", "rdflib", 0, said="over 60 s"),
            result("ranking from a new process", "kg", 1),
            result("ranking from a new process", "duckdb", 0, said="fails"),
        )
    }  # fmt: skip
    rows = {each.words: each for each in reached(told)}
    by_name = list(rows.values())
    assert len(rows) == len(TARGETS)
    assert (by_name[0].value, by_name[0].holds) == (1.5, True)
    assert (by_name[1].value, by_name[1].holds) == (4, False)
    # What took longer than its cap took at least that long.
    assert (by_name[2].value, by_name[2].holds) == (150, True)
    assert by_name[3].why == "duckdb: fails"
    ours = [result("help", "kg", 0, said="over 60 s"), result("help", "python -c 'import click'", 1)]
    assert "| kg: over 60 s |  | **does not hold** |" in markdown(Run("T", "", {}, ours), TINY)
    drawn = chart("How much", list(rows.values()))
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert drawn.count('class="holds"') == 2
    assert "prefers-color-scheme: dark" in drawn


def test_the_page_has_a_cell_for_everybody() -> None:
    told = [
        result("help", "kg", 0.5), result("help", "other", 1), result("query: ask", "kg", 0.001),
        result("query: ask", "other", 0, said="no ASK"), result("query: pairs", "kg", 2),
    ]  # fmt: skip
    page = markdown(Run("T", "Here.", {"all": 2.5}, told), TINY)
    assert "| help | other | 1.000 | 1.000 to 1.000 | 1.000 | 10 | 2.00 |" in page
    assert "| ask | 1.0 | no ASK |" in page
    assert "| pairs | 2,000 | – |" in page
    assert "**does not hold**" not in page


def test_growth_stands_size_by_size() -> None:
    runs = [
        Run("S", "", {"all": 1}, [result("help", "kg", 0.5), result("check", "kg", 0, said="over 60 s")]),
        Run("M", "", {"all": 20}, [result("help", "kg", 0.6), result("check", "kg", 7), result("check", "other", 9)]),
    ]
    table = growth(runs)
    assert "| help | 0.50 s, 10 MiB | 0.60 s, 10 MiB |" in table
    assert "| check | – | 7.00 s, 10 MiB |" in table
    assert "| all | 1.0 MiB | 20.0 MiB |" in table


def test_a_table_takes_the_place_of_the_one_before() -> None:
    document = "Head\n<!-- S -->\n<!-- end of S -->\n<!-- M -->\n<!-- end of M -->\n"
    once = placed(document, "S", "one\n")
    assert placed(once, "S", "two\n") == once.replace("one", "two")
    assert once.endswith("one\n\n<!-- end of S -->\n<!-- M -->\n<!-- end of M -->\n")
    with pytest.raises(ValueError, match="no marks for L"):
        placed(document, "L", "")


def test_the_bare_scripts_know_nothing_of_the_project() -> None:
    # Else what they take would be ours too.
    scripts = {path.name: path.read_text("utf-8") for path in BARE.glob("*.py")}
    assert len(scripts) == 5
    assert [name for name, text in scripts.items() if "import kg\n" in text or "from kg" in text] == ["steps.py"]


def test_outcomes_of_all_rounds_count() -> None:
    outcome = Outcome("work", "one", (1.0, 3.0), (1.0, 1.0), 5.0, "x")
    assert _result([outcome, outcome._replace(seconds=(2.0,), peak=7.0)])[2:7] == (2.0, 1.0, 3.0, 1.0, 7.0)
