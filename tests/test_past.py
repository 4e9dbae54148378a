"""What was built already is not built again, and whatever could have changed it is built anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import past
from kg.build import Built, build
from kg.errors import BadLandscape
from kg.landscape import Landscape
from kg.revisions import current

Tables = Callable[..., Path]
DEALS = "id,label@en,signed,source\nd,D,2017-05-03,s#p1\n"


@pytest.fixture
def folder(tables: Tables) -> Path:
    """A small landscape with something doubtful in it."""
    return tables(partnerships=DEALS)


def made(folder: Path, place: Path, **options: Any) -> tuple[Built, list[str]]:
    """What a build says, and which steps it took."""
    steps: list[str] = []
    return build([folder], place, steps.append, **options), steps


def test_what_did_not_change_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    first, _ = made(folder, tmp_path / "kg")
    revision = current(tmp_path / "kg")
    second, steps = made(folder, tmp_path / "kg")
    assert first.fresh
    assert not second.fresh
    assert len(steps) == 1
    assert current(tmp_path / "kg") == revision
    assert second.findings == first.findings != []
    assert second.quads == first.quads


def appended(folder: Path, place: Path) -> None:
    del place
    (folder / "partnerships.csv").write_text(DEALS + "e,E,2018,s#p2\n", "utf-8")


def renamed(folder: Path, place: Path) -> None:
    del place
    (folder / "partnerships.csv").rename(folder / "triples-of-partnerships.csv")
    (folder / "triples-of-partnerships.csv").rename(folder / "partnerships.tsv")
    (folder / "partnerships.tsv").write_text(DEALS.replace(",", "\t"), "utf-8")


def added(folder: Path, place: Path) -> None:
    del place
    (folder / "products.csv").write_text("id,label@en,source\nx,X,s#p1\n", "utf-8")


def forgotten(folder: Path, place: Path) -> None:
    del folder
    (current(place) / "inputs.json").unlink()


def garbled(folder: Path, place: Path) -> None:
    del folder
    (current(place) / "inputs.json").write_text('{"inputs": 1}', "utf-8")


def damaged(folder: Path, place: Path) -> None:
    del folder
    path = current(place) / "tables" / "parties.parquet"
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("change", [appended, renamed, added, forgotten, garbled, damaged])
def test_what_changed_is_built(folder: Path, tmp_path: Path, change: Callable[[Path, Path], None]) -> None:
    made(folder, tmp_path / "kg")
    change(folder, tmp_path / "kg")
    assert made(folder, tmp_path / "kg")[0].fresh
    assert not made(folder, tmp_path / "kg")[0].fresh


def test_another_program_builds_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(folder, tmp_path / "kg")
    monkeypatch.setattr(past, "__version__", "another")
    assert made(folder, tmp_path / "kg")[0].fresh


def test_it_is_built_again_when_that_is_asked_for(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "kg")
    assert made(folder, tmp_path / "kg", again=True)[0].fresh


def test_a_build_is_optimized_once_and_stays_so(folder: Path, tmp_path: Path) -> None:
    (folder / "more.ttl").write_text("<https://example.org/a> <https://example.org/b> [] .", "utf-8")

    def files() -> int:
        return len(list((current(tmp_path / "kg") / "graph").glob("*.sst")))

    plain, loaded = made(folder, tmp_path / "kg"), files()
    revision = Landscape(tmp_path / "kg").revision
    assert made(folder, tmp_path / "kg", optimize=True)[0].fresh
    assert files() < loaded
    assert Landscape(tmp_path / "kg").revision == revision
    for optimize in (True, False):
        again = made(folder, tmp_path / "kg", optimize=optimize)
        assert not again[0].fresh
        assert again[0].quads == plain[0].quads


def test_an_error_is_told_each_time(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "kg")
    (folder / "partnerships.csv").write_text(DEALS + "e,E,no date,s#p2\n", "utf-8")
    for _ in range(2):
        with pytest.raises(BadLandscape):
            made(folder, tmp_path / "kg")
    (folder / "partnerships.csv").write_text(DEALS, "utf-8")
    assert not made(folder, tmp_path / "kg")[0].fresh


def test_standard_input_is_always_built(run: Any, folder: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "kg")
    for _ in range(2):
        told = run("build", str(folder), "-", "--store", place, input="id,type,label@en,source\na,Bank,A,s#p1\n")
        assert "Built" in told.stderr


def test_the_command_says_that_nothing_changed(run: Any, folder: Path, tmp_path: Path) -> None:
    args = ("build", str(folder), "--store", str(tmp_path / "kg"))
    first, second = run(*args), run(*args)
    assert second.stderr == first.stderr.replace("Built ", "Nothing changed in ")
    assert "文件未变" in run(*args, "--lang", "zh").stderr
    assert "Built " in run(*args, "--again").stderr
    assert json.loads((current(tmp_path / "kg") / "inputs.json").read_text("utf-8"))["quads"] > 0
