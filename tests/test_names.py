"""Names: exact or told, never guessed."""

from __future__ import annotations

import polars as pl
import pytest

from kg.errors import UnresolvedName
from kg.landscape import Landscape
from kg.names import Names
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
