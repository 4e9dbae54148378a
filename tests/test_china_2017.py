"""The 2017 landscape: cited line by line, in both languages, with the traps of the article avoided."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import polars as pl
import pytest

from kg.analysis.corroboration import claims, corroborated
from kg.landscape import Landscape
from kg.query.results import select
from kg.terms import CODE, ID, KG, LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "graphs" / "china-2017"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
CHECKLIST = re.findall(r"^\| L(\d+) \| (.+?) \| (.+) \|$", README, re.MULTILINE)
CITED = {
    tuple(passage.split("#", 1))
    for path in FOLDER.glob("*.csv")
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    for passage in row["source"].split("|")
}


def test_the_checklist_has_every_line_of_the_article_and_agrees_with_the_tables() -> None:
    lines = [int(number) for number, _, _ in CHECKLIST]
    assert lines == list(range(1, 74, 2))
    with_claims = {int(number) for number, _, curated in CHECKLIST if not curated.startswith("nothing")}
    cited = {int(line) for source, locator in CITED if source != "editorial" for line in re.findall(r"L(\d+)", locator)}
    assert with_claims == cited


def test_editorial_statements_cite_a_heading_of_the_readme() -> None:
    headings = set(re.findall(r"^## (.+)$", README, re.MULTILINE))
    assert {locator for source, locator in CITED if source == "editorial"} <= headings


@pytest.mark.parametrize("cls", [KG.Bank, KG.TechFirm, KG.Group, KG.Capability, KG.Product, KG.Partnership])
def test_everything_has_a_name_in_both_languages(china: Landscape, cls: str) -> None:
    preferred = china.tables["labels"].filter(pl.col("kind") == "preferred")
    for iri in china.tables.of_class(cls):
        assert sorted(preferred.filter(pl.col("entity") == iri)["language"]) == sorted(LANGUAGES), iri


def test_every_capability_is_defined_in_both_languages_and_has_at_most_one_broader(china: Landscape) -> None:
    rows = select(china.store, "SELECT ?c (LANG(?d) AS ?l) { ?c a kg:Capability ; skos:definition ?d }")
    assert rows.height == 2 * china.tables.of_class(KG.Capability).len()
    assert china.tables["broader"]["capability"].is_unique().all()
    levels = china.tables.narrower.filter(pl.col("capability") != pl.col("narrower")).group_by("narrower").len()
    assert levels["len"].max() == 2  # three levels at most


def test_the_five_partnerships_have_the_parties_of_the_article(china: Landscape) -> None:
    rows = china.tables["parties"].with_columns(pl.col("partnership", "organization").str.strip_prefix(ID))
    told: dict[str, set[str]] = {}
    for partnership, organization, _ in rows.iter_rows():
        told.setdefault(partnership, set()).add(organization)
    assert told == {
        "icbc-jd": {"icbc", "jd", "jd-finance"},
        "abc-baidu": {"abc", "baidu", "baidu-finance"},
        "ccb-alibaba": {"ccb", "alibaba", "ant-financial"},
        "boc-tencent": {"boc", "tencent", "tencent-cloud"},
        "bochk-wechat-hk": {"bochk", "wechat-hk"},
    }


def test_since_march_dates_no_agreement_but_bounds_it(china: Landscape) -> None:
    review = "GRAPH ?g { ?p kg:signed ?d } ?g dcterms:isPartOf id:fintech-banks-2017"
    assert select(china.store, f"SELECT ?p {{ {review} }}").is_empty()
    assert select(china.store, "SELECT DISTINCT ?p { ?p kg:signedEarliest ?d }").height == 4
    dates = select(china.store, "SELECT DISTINCT ?d { ?p kg:signedEarliest ?d }")["d"]
    assert [str(date) for date in dates] == ["2017-03-01"]


def test_where_others_give_the_day_it_is_what_all_leave_open(china: Landscape) -> None:
    signed = china.tables["milestones"].filter(pl.col("stage") == CODE + "signed")
    days = signed.select(pl.col("of").str.strip_prefix(ID), pl.col("agreed_earliest", "agreed_latest").cast(pl.String))
    told = {partnership: (first, last) for partnership, first, last in days.iter_rows()}
    assert told == {
        "abc-baidu": ("2017-06-20", "2017-06-20"),
        "boc-tencent": ("2017-03-01", "2017-12-31"),  # the others date the laboratory, and no agreement
        "ccb-alibaba": ("2017-03-28", "2017-03-28"),
        "icbc-jd": ("2017-06-19", "2017-06-19"),
    }


def test_each_partnership_stands_on_two_other_sources_of_2017_where_there_are_such(china: Landscape) -> None:
    told = dict(corroborated(claims(china.store), china.tables).select("partnership", "sources").iter_rows())
    others = {name: {s for s in sources if s != "fintech-banks-2017" and "2017" in s} for name, sources in told.items()}
    assert {name: len(sources) >= 2 for name, sources in others.items()} == {
        "abc-baidu": True, "boc-tencent": True, "ccb-alibaba": True, "icbc-jd": True,
        "bochk-wechat-hk": False,  # one was found
    }  # fmt: skip
    assert "takungpao-20171223" in others["bochk-wechat-hk"]


def test_festivals_are_seasons(china: Landscape) -> None:
    rows = china.tables["milestones"].filter(pl.col("of").str.contains("double|aigou"))
    assert rows.height == 3
    assert {(str(a), str(b)) for a, b in rows.select("earliest", "latest").iter_rows()} == {
        ("2017-07-01", "2017-12-31")
    }


def test_units_are_not_their_groups(china: Landscape) -> None:
    owners = {(a.removeprefix(ID), b.removeprefix(ID)) for a, b in china.tables["owners"].iter_rows()}
    assert {
        ("ant-financial", "alibaba"), ("jd-finance", "jd"), ("baidu-finance", "baidu"), ("tencent-cloud", "tencent"),
        ("bochk", "boc"), ("wechat-hk", "tencent"), ("taobao", "alibaba"), ("jd-pay", "jd-finance"),
    } == owners  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key"), [("BAJT", "batj"), ("BATJ", "batj"), ("四大行", "big-four"), ("工农中建", "big-four")]
)
def test_groups_by_each_of_their_names(china: Landscape, name: str, key: str) -> None:
    assert china.tables.names.one(name, KG.Group) == ID + key
    assert china.tables["groups"].filter(pl.col("group") == ID + key).height == 4


def test_an_institute_that_comments_is_no_party(china: Landscape) -> None:
    assert not china.tables["labels"]["label"].str.contains("苏宁|Suning").any()


def test_the_forms_that_the_article_names_have_its_words(china: Landscape) -> None:
    labels = china.tables["labels"].filter(pl.col("entity").str.starts_with(CODE), pl.col("kind") == "alternative")
    assert set(labels["label"]) == {"加强战略合作", "直接合资", "直接收购", "直接投资"}
    assert china.tables["codes"].filter(pl.col("code") == CODE + "strategic-cooperation").height == 4


def test_the_stages_are_those_that_the_article_tells(china: Landscape) -> None:
    stages = (
        china.tables["codes"]
        .filter(pl.col("list") == "stage")
        .join(china.tables["labels"].filter(pl.col("language") == "en"), left_on="code", right_on="entity")
    )
    assert set(stages["label"]) == {"announced", "signed", "in integration", "pilot", "live"}
