"""Names: exact or told, never guessed."""

from __future__ import annotations

import polars as pl
import pytest

from kg.errors import UnresolvedName
from kg.landscape import Landscape
from kg.names import Names
from kg.spellings import folded, loosened
from kg.terms import ID, KG


@pytest.fixture
def names() -> Names:
    entities = pl.DataFrame({"iri": [ID + "abc", ID + "ab", ID + "deal"], "class": [KG.Bank, KG.Bank, KG.Partnership]})
    labels = pl.DataFrame(
        {
            "iri": [ID + "abc", ID + "abc", ID + "ab", ID + "deal"],
            "text": ["Agri Bank", "农行", "Agri  bank", "Agri Deal"],
        }
    )
    return Names(
        entities, labels, {KG.Bank: frozenset({KG.Bank, KG.Organization}), KG.Partnership: frozenset({KG.Partnership})}
    )


def test_a_name_that_two_have_is_no_name(names: Names) -> None:
    with pytest.raises(UnresolvedName, match=r"means 2 things.*ab .*abc"):
        names.one("agri bank")


def test_the_class_asked_for_decides(names: Names) -> None:
    assert names.one("abc", KG.Organization) == ID + "abc"
    with pytest.raises(UnresolvedName, match="is not a Partnership"):
        names.one("abc", KG.Partnership)


def test_what_is_close_is_suggested_and_not_used(names: Names) -> None:
    with pytest.raises(UnresolvedName, match="Perhaps one of these is meant: deal"):
        names.one("agri dael")


def test_a_name_like_nothing_gets_no_suggestion(names: Names) -> None:
    with pytest.raises(UnresolvedName, match="Check the spelling"):
        names.one("zzzzzz")


@pytest.mark.parametrize(
    "name", ["农行", "ABC", "abc", "Agricultural Bank of China", "agricultural  bank of CHINA", "id:abc"]
)
def test_a_bank_of_2017_by_any_of_its_names(china: Landscape, name: str) -> None:
    assert china.tables.names.one(name, KG.Organization) == ID + "abc"


@pytest.mark.parametrize(("name", "meant"), [("农航", "abc"), ("百渡", "baidu"), ("京冬", "jd"), ("ICBK", "icbc")])
def test_a_short_name_one_sign_off_is_suggested(china: Landscape, name: str, meant: str) -> None:
    with pytest.raises(UnresolvedName, match=rf"Perhaps one of these is meant: .*\b{meant} "):
        china.tables.names.one(name, KG.Organization)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("\u8fb2\u696d", None),  # a part of a name is no name
        ("\u4e2d\u570b\u8fb2\u696d\u9280\u884c", "abc"),
        ("\u4e2d\u56fd\u519c\u4e1a\u94f6\u884c\u80a1\u4efd\u6709\u9650\u516c\u53f8", "abc"),
        ("\u4e2d\u570b\u8fb2\u696d\u9280\u884c\u80a1\u4efd\u6709\u9650\u516c\u53f8", "abc"),
        ("Agricultural Bank of China Co., Ltd.", "abc"),
        ("AGRICULTURAL BANK OF CHINA LTD", "abc"),
        ("Baidu, Inc.", "baidu"),
    ],
)
def test_a_legal_ending_and_traditional_signs_are_read_and_told(china: Landscape, name: str, meant: str | None) -> None:
    names = china.tables.names
    if meant is None:
        with pytest.raises(UnresolvedName):
            names.one(name, KG.Organization)
    else:
        assert names.one(name, KG.Organization) == ID + meant
        assert f"\u00ab{name}\u00bb is read as {meant} (" in str(names.reading(name, KG.Organization))


def test_a_name_as_it_is_known_needs_no_reading(china: Landscape) -> None:
    for name in ("\u519c\u884c", "abc", "agricultural bank of china", "nobody"):
        assert china.tables.names.reading(name) is None


def test_what_is_equal_only_without_the_ending_may_be_two(names: Names) -> None:
    labels = pl.DataFrame({"iri": [ID + "abc", ID + "ab"], "text": ["Agri Bank plc", "Agri Bank Ltd"]})
    two = Names(names.classes, labels, {KG.Bank: frozenset({KG.Bank, KG.Organization})})
    assert two.one("agri bank PLC") == ID + "abc"
    with pytest.raises(UnresolvedName, match="means 2 things"):
        two.one("Agri Bank")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("nongye yinhang", "abc"),
        ("Zhongguo Nongye Yinhang", "abc"),
        ("\u767e\u5ea6\u91d1\u878d\u670d\u52a1", "baidu-finance"),
        ("tengxun", "tencent"),
    ],
)
def test_what_sounds_alike_is_suggested(china: Landscape, name: str, meant: str) -> None:
    with pytest.raises(UnresolvedName, match=rf"Perhaps one of these is meant: .*\b{meant} "):
        china.tables.names.one(name, KG.Organization)


def test_no_sign_that_is_no_ending_is_left_out() -> None:
    labels = pl.DataFrame({"iri": [ID + "c", ID + "yahoo"], "text": ["C", "Yahoo"]})
    capabilities = pl.DataFrame({"iri": [ID + "c"], "class": [KG.Capability]})
    firms = pl.DataFrame({"iri": [ID + "yahoo"], "class": [KG.Organization]})
    names = Names(pl.concat([capabilities, firms]), labels)
    for text in ("C#", "C++", "Yahoo!", "C Ltd"):  # nor is an ending, but of organizations
        with pytest.raises(UnresolvedName):
            names.one(text)
    for text in ("Yahoo Ltd", "YAHOO, Inc.", "Yahoo Public Limited Company", "Yahoo Co., Ltd."):
        assert names.one(text) == ID + "yahoo"


@pytest.mark.parametrize(
    "name",
    ["Hill Bank Co.,Ltd.", "Hill Bank,Inc.", "Hill Bank (Ltd)", "Hill Bank S. A.", "HILL BANK S.A.", "Hill  Bank plc"],
)
def test_a_legal_ending_is_one_however_it_is_closed_up(name: str) -> None:
    assert loosened(name) == "hillbank"


@pytest.mark.parametrize("name", ["港湾银行股份公司", "港灣銀行有限公司（香港）"])
def test_a_chinese_legal_ending_may_name_a_place(name: str) -> None:
    assert loosened(name) == "港湾银行"


def test_case_is_folded() -> None:
    names = pl.DataFrame({"name": ["Gro\u00dfe Bank", "GROSSE BANK"]}).select(folded(pl.col("name")))["name"]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("中国农业银行股份有限公司", "without its legal ending."),
        ("中國農業銀行", "in simplified characters."),
        ("中國農業銀行股份有限公司", "without its legal ending, in simplified characters."),
        ("Agricultural Bank of China Ltd", "without its legal ending."),
    ],
)
def test_a_name_that_is_read_loosely_is_told_with_what_held(china: Landscape, name: str, how: str) -> None:
    reading = china.tables.names.reading(name)
    assert reading is not None
    assert reading.partition("equal ")[2] == how


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Société Générale S.A.", "Societe Generale"),
        ("國泰世華商業銀行股份有限公司", "国泰世华银行"),
        ("Huawei", "Huawei Technologies Co. Ltd"),
        ("HSBC Holdings plc", "HSBC"),
    ],
)
def test_what_is_close_but_for_accents_script_or_more_words_is_suggested_and_never_used(known: str, asked: str) -> None:
    others = {"abc": "中国农业银行", "bnp": "BNP Paribas", "jd": "JD", "x": known}
    labels = pl.DataFrame({"iri": [ID + key for key in others], "text": list(others.values())})
    names = Names(labels.select("iri", pl.lit(KG.Organization).alias("class")), labels)
    with pytest.raises(UnresolvedName, match=r"Perhaps one of these is meant: x \("):
        names.one(asked)


def test_the_ending_of_a_european_company_is_one() -> None:
    assert loosened("Allianz SE") == loosened("Allianz") == "allianz"
    assert loosened("SE") == "se"  # a name is more than an ending
