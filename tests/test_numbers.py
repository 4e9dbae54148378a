"""The numbers of entities: a file that is read in parts answers as all of it does."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from kg.errors import StoreUnreadable
from kg.network.files import FEW, PART, NumberingOfFile
from kg.network.numbers import Numbering

COUNT = 5 * PART + 7


@pytest.fixture(scope="module")
def names() -> pl.Series:
    """More IRIs than one part of a file has, in order."""
    return pl.select(entity=pl.lit("https://x.example/") + pl.int_range(COUNT).cast(pl.String).str.zfill(6))["entity"]


@pytest.fixture(scope="module")
def path(names: pl.Series, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of them, written as a build does."""
    file = tmp_path_factory.mktemp("numbers") / "entities.parquet"
    names.to_frame().write_parquet(file, row_group_size=PART)
    return file


@pytest.mark.parametrize(
    "asked",
    [[], [3], [COUNT - 1, 0, 3, 3], [PART - 1, PART], list(range(PART - 2, PART + 400)), list(range(FEW + 1)),
     [part * PART for part in range(5)]],
)  # fmt: skip
def test_a_file_answers_in_parts_as_all_of_it_does(asked: list[int], names: pl.Series, path: Path) -> None:
    """Whoever asks for a few must get their numbers and IRIs in the order asked, wherever in the file they are."""
    iris = [f"https://x.example/{number:06}" for number in asked]
    strange = ["a", *iris, "https://x.example/00000", "z"]
    whole = Numbering(lambda: names)
    for fresh in (NumberingOfFile(path), whole):
        assert fresh.places(strange).to_list() == asked
    assert NumberingOfFile(path).iris(pl.Series(asked, dtype=pl.UInt32)).to_list() == iris
    assert NumberingOfFile(path).known(strange) == whole.known(strange) == dict(zip(iris, asked, strict=True))
    assert NumberingOfFile(path).count == COUNT


def test_what_is_no_file_of_a_build_is_told(tmp_path: Path) -> None:
    """A file that is damaged, or not there, is the store's fault, whichever part of it is asked for."""
    (tmp_path / "entities.parquet").write_bytes(b"PAR1 no more")
    for numbering in (NumberingOfFile(tmp_path / "entities.parquet"), NumberingOfFile(tmp_path / "none.parquet")):
        with pytest.raises(StoreUnreadable, match="is damaged"):
            numbering.places(["a"])
        with pytest.raises(StoreUnreadable, match="is damaged"):
            _ = numbering.all
