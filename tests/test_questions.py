"""The named questions: over the invented landscape each gives the rows written by hand, and never its near miss."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.analysis.answers import _ANSWERS
from kg.errors import BadParameter, UnresolvedName
from kg.landscape import Landscape
from kg.query.framed import FramedAnswer
from kg.query.questions import find, read, read_all
from kg.query.results import decode, select
from kg.terms import CODE, ID, LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "ontology" / "questions"
PATHS = sorted(FOLDER.glob("*.rq"))


def identity(cell: str) -> str:
    """What a cell of an expected table means: an IRI by key or code, else the text of a literal."""
    if cell.startswith("code:"):
        return CODE + cell.removeprefix("code:")
    return ID + cell


def asked(landscape: Landscape, path: Path) -> tuple[list[str], list[tuple[str, ...]]]:
    """The columns and rows of a question with its example, values as IRIs or texts."""
    question = read(path)
    sparql = question.filled(question.example, landscape.tables.names)
    terms = decode(landscape.store.query(sparql).text("tsv"))
    return terms.columns, [tuple("" if t is None else t["value"] for t in row) for row in terms.iter_rows()]


def test_there_are_enough_and_each_has_its_expected_rows() -> None:
    assert len(PATHS) >= 10
    assert {path.stem for path in FOLDER.glob("*.csv")} == {path.stem for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_rows_are_those_written_by_hand(path: Path, tiny: Landscape) -> None:
    columns, rows = asked(tiny, path)
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        header, *expected = csv.reader(file)
    assert rows, "an empty answer is no answer"
    assert columns == header
    literals = {"stated", "partnerships", "banks", "firms", "locator", "earliest", "latest"}
    wanted = [
        tuple(
            "" if not cell else cell if name in literals else identity(cell)
            for name, cell in zip(header, row, strict=True)
        )
        for row in expected
    ]
    assert sorted(rows) == sorted(wanted)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_near_miss_exists_and_is_missed(path: Path, tiny: Landscape) -> None:
    near_miss = read(path).near_miss.replace("id:", ID)
    assert near_miss in tiny.tables["types"]["entity"].to_list()
    assert not any(near_miss in row for row in asked(tiny, path)[1])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_is_put_in_words_in_both_languages_and_takes_its_example(path: Path) -> None:
    question = read(path)
    assert set(question.titles) == set(LANGUAGES)
    assert set(question.example) <= set(question.parameters)
    assert all(name in question.example or p.default for name, p in question.parameters.items())
    assert all(f"${name}" in question.sparql for name in question.parameters)


def test_all_are_found_by_name() -> None:
    assert [question.name for question in read_all(FOLDER)] == [path.stem for path in PATHS]


@pytest.mark.parametrize(
    ("name", "values", "error", "message"),
    [
        ("partner-of", {}, BadParameter, "no question «partner-of». Perhaps «partners-of» is meant"),
        ("zzz", {}, BadParameter, "kg questions"),
        ("partners-of", {}, BadParameter, "wants to be told «organization»"),
        ("partners-of", {"bank": "RB"}, BadParameter, "no parameter «bank». It takes: organization"),
        ("who-with-whom", {"bank": "RB"}, BadParameter, "It takes: none"),
        ("shared-capabilities", {"minimum": "two"}, BadParameter, "is a whole number; «two» is none"),
        ("milestones-between", {"from": "2017-13", "to": "2018"}, BadParameter, "a date that exists"),
        ("milestones-between", {"from": "2017", "to": "2017-02-29"}, BadParameter, "a date that exists"),
        ("partners-of", {"organization": "River Bnk"}, UnresolvedName, "organization.*no Organization.*river-bank"),
        ("partners-of", {"organization": "credit"}, UnresolvedName, "is not an Organization"),
        ("partners-of", {"organization": "x> } DROP ALL #"}, UnresolvedName, "no Organization"),
    ],
)
def test_what_does_not_fit_is_told(
    tiny: Landscape, name: str, values: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        find(FOLDER, name).filled(values, tiny.tables.names)


def test_a_month_stands_for_its_first_or_last_day(tiny: Landscape) -> None:
    sparql = find(FOLDER, "milestones-between").filled({"from": "2020-02", "to": "2020-02"}, tiny.tables.names)
    assert '"2020-02-01"' in sparql
    assert '"2020-02-29"' in sparql


ASKED = {
    "banks-without": [{"capability": "payments"}, {"capability": "credit"}],
    "milestones-between": [
        {"from": "2017", "to": "2017-06"}, {"from": "2020-05", "to": "2020-12-31"}, {"from": "1990", "to": "1991"},
    ],
    "offered-unused": [{}],
    "partners-of-group": [{"group": "{group}"}],
    "partnerships-on": [{"capability": "credit"}, {"capability": "payments"}],
    "products-at": [{"stage": "live"}, {"stage": "pilot"}, {"stage": "ended"}],
    "shared-capabilities": [{}, {"minimum": "1"}, {"minimum": "3"}],
    "stated-once": [{}],
    "who-with-whom": [{}],
}  # fmt: skip


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize("which", ["tiny", "china"])
def test_tables_answer_as_sparql_does(which: str, question: str, request: pytest.FixtureRequest) -> None:
    landscape: Landscape = request.getfixturevalue(which)
    asked = find(FOLDER, question)
    groups = {"tiny": "valley", "china": "big-four"}
    for asking in ASKED[question]:
        parameters = {name: value.format(group=groups[which]) for name, value in asking.items()}
        quick = landscape.by_name(question, parameters)
        assert isinstance(quick, FramedAnswer)
        whole = landscape.store.query(asked.filled(parameters, landscape.tables))
        own = [whole.text("tsv")] + [
            landscape.store.query(asked.filled(parameters, landscape.tables)).text(form) for form in ("csv", "json")
        ]
        assert [quick.text("tsv"), quick.text("csv"), quick.text("json")] == own
        assert landscape.answer(question, **parameters).equals(
            select(landscape.store, asked.filled(parameters, landscape.tables))
        )


def test_every_question_that_tables_answer_is_compared() -> None:
    assert set(ASKED) == set(_ANSWERS)


def test_what_tables_answer_of_a_time_is_asked_of_the_store(china: Landscape) -> None:
    then = china.as_of("2016")
    assert not isinstance(then.by_name("who-with-whom", {}), FramedAnswer)
    assert then.answer("who-with-whom").height < china.answer("who-with-whom").height
