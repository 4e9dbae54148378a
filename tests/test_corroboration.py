"""What stands on one source, on several, and on several that are one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from test_findings import CAPABILITIES, ORGANIZATIONS

import kg
from kg.analysis.corroboration import claims, corroborated, sources, told_by

Run = Callable[..., Any]
SOURCES = """id,title@en,publisher@en,issued,language,releaseOf,derivedFrom,source
times,The Times,Times Ltd,2018,en,,,times#top
weekly,The Weekly,Times Ltd,2018,en,,,weekly#top
echo,The Echo,Echo Ltd,2018,en,,gazette,echo#top
gazette,The Gazette,Gazette Ltd,2018,en,,,gazette#top
release,A release,,2018,en,f,,release#top
second,Another release,,2018,en,f,,second#top
s,A source,,2017,en,,,s#top
"""
DEALS = """id,label@en,label@zh,bankParty,techParty,covers,signed,source
one,One,一,b,f,x,2018-05,times#p1
one,,,b,f,,2018-05-03,weekly#p1
two,Two,二,b,f,x,2018-05,times#p2
two,,,b,f,x,2018-06-01,gazette#p2
two,,,,,y,2018,echo#p2
three,Three,三,b,f,x,,release#a
three,,,b,f,x,,second#b
four,Four,四,b,f,x,,gazette#p4
four,,,b,,x,,echo#p4
"""


@pytest.fixture(scope="module")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> kg.Landscape:
    folder = tmp_path_factory.mktemp("corroborated")
    tables = {"organizations": ORGANIZATIONS, "capabilities": CAPABILITIES, "sources": SOURCES, "partnerships": DEALS}
    for name, text in tables.items():
        Path(folder / f"{name}.csv").write_text(text, "utf-8")
    return kg.build_landscape(folder)


def test_independent_sources_are_of_another_publisher_and_another_origin(landscape: kg.Landscape) -> None:
    rows = {
        row["partnership"]: row for row in corroborated(claims(landscape.store), landscape.tables).iter_rows(named=True)
    }
    assert {name: row["origins"] for name, row in rows.items()} == {"one": 1, "two": 2, "three": 1, "four": 1}
    assert rows["one"]["sources"] == ["times", "weekly"]
    assert rows["two"]["sources"] == ["gazette", "times"]  # the echo names no party


def test_each_source_is_told_with_what_it_says_alone_and_what_others_deny(landscape: kg.Landscape) -> None:
    rows = {row["source"]: row for row in sources(claims(landscape.store), landscape.tables).iter_rows(named=True)}
    assert rows["times"]["origin"] == rows["weekly"]["origin"] != rows["gazette"]["origin"] == rows["echo"]["origin"]
    assert rows["release"]["origin"] == rows["second"]["origin"]
    # two: May in the Times, the first of June in the Gazette; the Echo's 2018 is wider than both.
    contradicted = {name: row["contradicted"] for name, row in rows.items() if row["contradicted"]}
    assert contradicted == {"times": 1, "gazette": 1}
    for row in rows.values():
        assert row["alone"] + row["repeated"] + row["shared"] == row["statements"]
    assert rows["gazette"]["repeated"] == 2  # the party and what it covers of «four», by the Echo
    # The two parties of «two» and what it covers; neither its class nor what a source says of itself is a claim.
    assert rows["gazette"]["shared"] == 3
    assert rows["times"]["statements"] == 8


def test_what_one_source_says_is_listed_with_who_else_does(landscape: kg.Landscape, run: Run) -> None:
    rows = told_by(claims(landscape.store), landscape.tables, landscape.find("gazette"))
    told = {(row["subject"], row["predicate"], row["object"]): row for row in rows.iter_rows(named=True)}
    assert told["two", "kg:signed", "2018-06-01"]["standing"] == "contradicted"
    assert told["two", "kg:signed", "2018-06-01"]["others"] == ["times"]
    assert told["two", "kg:bankParty", "b"]["standing"] == "shared"
    assert told["four", "kg:techParty", "f"]["standing"] == "alone"
    assert told["four", "kg:covers", "x"]["standing"] == "repeated"  # by the Echo, which has it from here
    counts = sources(claims(landscape.store), landscape.tables).filter(pl.col("source") == "gazette").row(0, named=True)
    standing = rows["standing"].value_counts()
    assert dict(standing.iter_rows())["alone"] + dict(standing.iter_rows())["contradicted"] == counts["alone"]
    assert rows.height == counts["statements"]
    shown = run("sources", "The Gazette", "--lang", "zh", "--store", str(landscape.place)).stdout
    assert "有出入" in shown


def test_bounds_contradict_dates_too(tmp_path: Path) -> None:
    deals = "id,label@en,bankParty,techParty,signed,signedLatest,source\none,One,b,f,2018-05,,times#p1\n"
    deals += "one,,,,,2016-01-01,gazette#p1\none,,,,,2018-05-20,echo#p1\n"
    tables = {"organizations": ORGANIZATIONS, "sources": SOURCES, "partnerships": deals}
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    told = kg.build_landscape(tmp_path)
    rows = dict(sources(claims(told.store), told.tables).select("source", "contradicted").iter_rows())
    assert (rows["times"], rows["gazette"], rows["echo"]) == (1, 1, 0)


def test_the_command_tells_the_share_in_both_languages(landscape: kg.Landscape, run: Run) -> None:
    told = run("sources", "--store", str(landscape.place))
    assert told.stderr == "1 of 4 partnerships stand on two or more independent sources.\n"
    assert "The Gazette" in told.stdout
    chinese = run("sources", "--partnerships", "--lang", "zh", "--store", str(landscape.place))
    assert "4 项合作中" in chinese.stderr
    assert chinese.stdout.splitlines()[0].split() == ["合作", "来源", "独立来源数"]
    rows = run("sources", "--format", "csv", "--store", str(landscape.place)).stdout.splitlines()
    assert rows[0] == "source,label,origin,statements,alone,repeated,shared,contradicted"


@pytest.mark.parametrize("name", ["TIMES  LTD", "Times", "times, Limited"])
def test_a_publisher_is_one_however_it_is_spelt_and_none_is_no_other(name: str, tmp_path: Path) -> None:
    more = f'shout,The Shout,"{name}",2018,en,,,shout#top\nx1,X1,,2018,en,,,x1#top\nx2,X2,,2018,en,,,x2#top\n'
    seven = "seven,Seven,\u4e03,b,f,x,,times#p7\nseven,,,b,f,,,shout#p7\n"
    eight = "eight,Eight,\u516b,b,f,x,,x1#p8\neight,,,b,f,,,x2#p8\n"
    tables = {"organizations": ORGANIZATIONS, "capabilities": CAPABILITIES, "sources": SOURCES + more}
    tables["partnerships"] = DEALS + seven + eight
    for table, text in tables.items():
        (tmp_path / f"{table}.csv").write_text(text, "utf-8")
    told = kg.build_landscape(tmp_path)
    rows = dict(corroborated(claims(told.store), told.tables).select("partnership", "origins").iter_rows())
    assert rows["seven"] == 1  # the Times, twice
    assert rows["eight"] == 1  # nothing says that they are not of one publisher


def test_the_landscape_of_2017_rests_on_several_sources(run: Run) -> None:
    assert run("sources").stderr == "4 of 5 partnerships stand on two or more independent sources.\n"


def test_a_digest_of_two_takes_nothing_from_their_independence(tmp_path: Path) -> None:
    digest = "digest,A digest,Digest Ltd,2019,en,,times|gazette,digest#top\n"
    five = "five,Five,\u4e94,b,f,x,,digest#p\nfive,,,b,f,,,times#p5\n"
    six = "six,Six,\u516d,b,,x,,times#p6\nsix,,,,f,,,gazette#p6\n"
    tables = {"organizations": ORGANIZATIONS, "capabilities": CAPABILITIES, "sources": SOURCES + digest}
    tables["partnerships"] = DEALS + five + six
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    told = kg.build_landscape(tmp_path)
    rows = dict(corroborated(claims(told.store), told.tables).select("partnership", "origins").iter_rows())
    assert rows["two"] == 2  # the Times and the Gazette, whatever was made of them
    assert rows["five"] == 1  # the digest has it from the Times
    assert rows["six"] == 0  # half of it is in each, the whole in none
    said = {row["source"]: row["origin"] for row in sources(claims(told.store), told.tables).iter_rows(named=True)}
    assert sorted(said["digest"]) == sorted(said["times"] + said["gazette"])


UNKNOWN = """nobody,Nobody's page,,2018,en,,,nobody#top
other,Another such page,,2018,en,,,other#top
copy,A copy,Copies Ltd,2018,en,,nobody,copy#top
"""
COUNTED = {
    "nobody": 1, "nobody other": 1, "nobody times": 1, "nobody release": 1, "nobody other times gazette": 2,
    "copy": 1, "copy nobody": 1, "copy times": 1,
}  # fmt: skip
"""How many independent sources some sources are together, of the first of which nothing is known."""


@pytest.fixture(scope="module")
def unknown(tmp_path_factory: pytest.TempPathFactory) -> kg.Landscape:
    """A partnership that is named after each set of sources which state it."""
    folder = tmp_path_factory.mktemp("unknown")
    deals = "id,label@en,label@zh,bankParty,techParty,covers,source\n"
    for names in COUNTED:
        passages = "|".join(f"{name}#{names}" for name in names.split())
        deals += f"by-{names.replace(' ', '-')},{names},{names},b,f,x,{passages}\n"
    tables = {"organizations": ORGANIZATIONS, "capabilities": CAPABILITIES, "sources": SOURCES + UNKNOWN}
    for name, text in {**tables, "partnerships": deals}.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return kg.build_landscape(folder)


@pytest.mark.parametrize("names", COUNTED)
def test_a_source_of_which_nothing_is_known_adds_none_to_others(names: str, unknown: kg.Landscape) -> None:
    deal, count = f"by-{names.replace(' ', '-')}", COUNTED[names]
    said = claims(unknown.store)
    assert dict(corroborated(said, unknown.tables).select("partnership", "origins").iter_rows())[deal] == count
    party = pl.col("subject") == deal, pl.col("predicate") == "kg:bankParty"
    assert set(unknown.why(deal).filter(party)["origins"]) == {count}
    assert unknown.todo().filter(lacks="source", thing=deal).height == (count < 2)
    # Others may be independent of each other; the first is so of nobody.
    told = told_by(said, unknown.tables, unknown.find(names.partition(" ")[0])).filter(party)
    assert told["standing"].to_list() == ["repeated" if " " in names else "alone"]


def test_an_origin_that_is_not_known_is_said(unknown: kg.Landscape, run: Run) -> None:
    for language, words in (("en", "not known"), ("zh", "不详")):
        shown = run("sources", "--lang", language, "--store", str(unknown.place)).stdout
        (row,) = [line for line in shown.splitlines() if "Another such page" in line]
        assert words in row
