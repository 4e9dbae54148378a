"""Two rows with one name: told whether or not a cell uses it, and answered by a judgement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_findings import CAPABILITIES, DEALS

import kg
from kg.errors import BadLandscape
from kg.spellings import difference, simplified, simplified_all

Tables = Callable[..., Path]
Told = set[tuple[str, str, int, str]]

HEADER = "id,type,label@en,label@zh,alias@en,alias@zh,source\n"
BANKS = (
    HEADER + "b,Bank,Agricultural Bank of China,中国农业银行,,,s#p\n"
    'b2,Bank,"Agricultural Bank of China Co., Ltd.",中國農業銀行股份有限公司,,,s#p\n'
    "f,TechFirm,JD,京东,,,s#p\n"
)
JUDGED = "id,one,other,judgement,source\nj,{},{},{},s#p\n"
CODES = ("same-name", "almost-same-name", "key-is-name")


def told(folder: Path) -> Told:
    """What is said of names: code, level, row and value."""
    return {
        (finding.code, finding.level, finding.row, finding.value)
        for finding in kg.check_landscape(folder)
        if finding.code in CODES
    }


def landscape(tables: Tables, organizations: str, **more: str) -> Path:
    return tables(
        organizations=organizations, capabilities=CAPABILITIES, partnerships=DEALS.replace("q,s", ",s"), **more
    )


def test_one_firm_in_two_rows_is_told_though_cells_hold_keys(tables: Tables) -> None:
    folder = landscape(tables, BANKS)
    assert told(folder) == {
        ("almost-same-name", "warning", 2, "Agricultural Bank of China"),
        ("almost-same-name", "warning", 3, "Agricultural Bank of China Co., Ltd."),
    }
    said = [finding.message for finding in kg.check_landscape(folder) if finding.code == "almost-same-name"]
    assert said[1] == (
        "b2: «Agricultural Bank of China Co., Ltd.»: b has the same name without its legal ending: "
        "«Agricultural Bank of China»."
    )


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_judgement_answers_it(verdict: str, tables: Tables) -> None:
    folder = landscape(tables, BANKS, same=JUDGED.format("b2", "b", verdict))
    assert told(folder) == set()
    assert kg.build_landscape(folder).tables.of_class("https://w3id.org/partnership-kg/ontology#Bank").n_unique() == (
        1 if verdict == "same" else 2
    )


@pytest.mark.parametrize(
    ("name", "columns"),
    [("JD", ",,"), ("Ｊ d", ",,"), ("Other", "jD,,"), ("Other", "Another|JD,,")],
)
def test_the_very_same_name_is_an_error_whether_preferred_or_not(name: str, columns: str, tables: Tables) -> None:
    folder = landscape(tables, BANKS + f"z,TechFirm,{name},辛,{columns}s#p\n")
    found = {(code, level, row) for code, level, row, _ in told(folder) if code == "same-name"}
    assert found == {("same-name", "error", 4), ("same-name", "error", 5)}
    with pytest.raises(BadLandscape):
        kg.build_landscape(folder)


@pytest.mark.parametrize(("verdict", "found"), [("different", set()), ("unsure", {"warning"}), ("same", set())])
def test_the_very_same_name_too_is_answered_by_a_judgement(verdict: str, found: set[str], tables: Tables) -> None:
    organizations = HEADER + "b,Bank,B,甲,,,s#p\nf,TechFirm,JD,京东,,,s#p\nz,TechFirm,JD,京东,,,s#p\n"
    folder = landscape(tables, organizations, same=JUDGED.format("f", "z", verdict))
    assert {level for _, level, *_ in told(folder)} == found
    kg.build_landscape(folder)


def test_a_judgement_holds_for_what_was_merged_into_one_of_them(tables: Tables) -> None:
    organizations = (
        HEADER + "b,Bank,B,甲,,,s#p\nf,TechFirm,JD,京东,,,s#p\ng,TechFirm,GG,丁,,,s#p\nz,TechFirm,JD,戊,,,s#p\n"
    )
    same = JUDGED.format("f", "g", "same") + "k,g,z,different,s#p\n"
    assert told(landscape(tables, organizations, same=same)) == set()


def test_one_name_in_two_languages_and_in_two_scripts_is_a_warning(tables: Tables) -> None:
    organizations = HEADER + (
        "b,Bank,B,甲,,,s#p\nf,TechFirm,Line,丁,,,s#p\ng,TechFirm,GG,戊,,LINE,s#p\n"
        "h,TechFirm,HH,腾讯,,,s#p\ni,TechFirm,II,騰訊,,,s#p\n"
    )
    folder = landscape(tables, organizations)
    assert told(folder) == {
        ("almost-same-name", "warning", 3, "Line"), ("almost-same-name", "warning", 4, "LINE"),
        ("almost-same-name", "warning", 5, "腾讯"), ("almost-same-name", "warning", 6, "騰訊"),
    }  # fmt: skip
    said = [finding.message.partition("has ")[2] for finding in kg.check_landscape(folder) if finding.row in (3, 6)]
    assert said == ["the same name in another language: «LINE».", "the same name in simplified characters: «腾讯»."]


def test_things_of_different_sorts_may_have_one_name(tables: Tables) -> None:
    folder = landscape(tables, HEADER + "b,Bank,X,甲,,,s#p\nf,TechFirm,D,乙,,,s#p\n")
    assert told(folder) == set()


def test_a_name_that_is_a_key_is_a_note(tables: Tables) -> None:
    folder = landscape(tables, HEADER + "b,Bank,BB,甲,,,s#p\nf,TechFirm,FF,乙,B,,s#p\n")
    assert told(folder) == {("key-is-name", "note", 3, "B")}


@given(st.lists(st.text(alphabet="aé ＡB中國国農")))
def test_all_at_once_are_simplified_as_one_by_one(texts: list[str]) -> None:
    folded = pl.Series([simplified(text) for text in texts], dtype=pl.String)
    assert simplified_all(folded).to_list() == folded.to_list()
    assert simplified_all(pl.Series(["中國", "a", "中國"])).to_list() == ["中国", "a", "中国"]


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("中国农业银行", "中國農業銀行", "script"),
        ("中国农业银行", "中国农业银行股份有限公司", "ending"),
        ("中國農業銀行", "中國農業銀行有限責任公司", "ending"),
        ("中国农业银行", "中國農業銀行股份有限公司", "both"),
        ("HSBC", "HSBC plc", "ending"),
    ],
)
def test_in_what_two_names_differ(one: str, other: str, what: str) -> None:
    assert difference(one, other) == difference(other, one) == what
