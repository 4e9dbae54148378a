"""The benchmark: what is drawn is a landscape, and all contestants answer the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from bench import analyses
from bench.__main__ import table
from bench.contest import contest
from bench.landscapes import SIZES, Drawn

from kg.analysis.together import together
from kg.network.tables import ORDERS, SCHEMAS, NetworkTables, TablesInMemory, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small landscape, written as a build writes its tables."""
    place = tmp_path_factory.mktemp("drawn") / "tables"
    write(Drawn(SIZES["S"]), place, "S")
    return place


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


def test_all_answer_the_same_and_stand_in_the_table(folder: Path) -> None:
    entered = [each._replace(rounds=1, runs=1) for each in analyses.contestants()]
    told = table(contest(entered, folder)).splitlines()
    assert len(told) == 2 + len(entered)
    assert all(any(f"| {each.task} | {each.name} |" in line for line in told) for each in entered)


def test_who_answers_otherwise_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["one", "other"])
    monkeypatch.setattr(
        "bench.contest._run", lambda *_: {"seconds": [1.0], "peak": 1.0, "answer": next(answers)}
    )  # fmt: skip
    with pytest.raises(AssertionError, match="Different answers for pairs"):
        contest([each._replace(rounds=1) for each in analyses.contestants() if each.task == "pairs"][:2], folder)
