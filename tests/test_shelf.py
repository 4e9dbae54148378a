"""What is held in memory and what lies in files makes no difference, nor how much is read at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from kg.build import check
from kg.landscape import Landscape
from kg.network.tables import SCHEMAS
from kg.opening import build_landscape
from kg.shelf import Drawers, Shelf

SMALL = {
    "kg.shelf.HELD": 2_000, "kg.load.tables._READ": 700, "kg.load.tables._ROWS": 3, "kg.load.gathering._ENOUGH": 30,
    "kg.load.gathering._TOGETHER": 200, "kg.shelf._EACH": 10,
    "kg.dataset._ROWS": 50, "kg.dataset._RANGE": 200, "kg.check._DATED_AT_ONCE": 5,
    "kg.quality.collisions._ROWS": 7, "kg.store.loading._GIVEN_BACK": 10_000,
}  # fmt: skip
"""How much is held, read or written at a time, so little that a landscape of five partnerships takes many parts."""


@pytest.fixture
def sparing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SMALL.items():
        monkeypatch.setattr(name, value)


@pytest.mark.usefixtures("sparing")
def test_a_landscape_is_the_same_in_many_parts_that_lie_in_files(china: Landscape, root: Path, tmp_path: Path) -> None:
    again = build_landscape([root / "graphs" / "china-2017"], tmp_path / "kg")
    assert again.revision == china.revision
    for name in SCHEMAS:
        assert again.tables[name].equals(china.tables[name]), name
    assert again.tables.entities.equals(china.tables.entities)


def test_faults_are_the_same_in_many_parts(root: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Merges, triples, doubled names, unknown sources and dates that disagree, each in another part than its other."""
    folder = tmp_path / "bad"
    shutil.copytree(root / "graphs" / "china-2017", folder)
    (folder / "more.csv").write_text(
        "subject,predicate,object,object@en,source\nabc,alias,,Agri,nobody#p1\nnowhere,covers,credit,,x#1\n"
        "id:jd,label,,Baidu,chinese-review#L15\nabc-baidu,signed,2016-13,,\nabc-baidu,signed,2016-02,,jd-release#p1\n",
        "utf-8",
    )
    (folder / "unsure.csv").write_text(
        "id,type,one,other,judgement,source\nu1,Judgement,jd,tencent,same,s#p\n", "utf-8"
    )
    whole = check([folder])
    assert {finding.code for finding in whole} >= {"unknown-source", "unknown-name", "bad-date", "no-source"}
    request.getfixturevalue("sparing")
    assert check([folder]) == whole


@pytest.mark.usefixtures("sparing")
def test_what_was_put_away_comes_back_in_its_order() -> None:
    frames = [pl.DataFrame({"n": [n] * 200, "text": [f"{n} is a number"] * 200}) for n in range(5)]
    with Shelf() as shelf:
        for frame in frames:
            shelf.put(frame, frame.head(1))
        for _ in range(2):
            assert [(one.equals(frame), other.height) for (one, other), frame in zip(shelf, frames, strict=True)] == [
                (True, 1)
            ] * 5


@pytest.mark.usefixtures("sparing")
def test_drawers_hold_what_was_put_in_last(tmp_path: Path) -> None:
    drawers = Drawers[str](tmp_path)
    frames = {key: pl.DataFrame({"n": range(start, start + 900)}) for start, key in enumerate("abc")}
    for key, frame in (*frames.items(), ("a", frames["b"])):
        drawers[key] = frame
    assert list(tmp_path.iterdir())
    assert drawers["a"].equals(frames["b"])
    assert drawers.part("c", 5, 7)["n"].to_list() == [7, 8]
    assert drawers.column("c", "n").equals(frames["c"]["n"])
    assert drawers.height() == 2_700
    del drawers["a"]
    assert sorted(drawers) == ["b", "c"]
    assert drawers.height() == 1_800
