"""The passages behind the rows of every analysis and question: all of those that there are, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

import kg
from kg.analysis.citations import behind_gaps, citations
from kg.terms import ID

Run = Callable[..., Any]

ASKED = (
    ("capabilities",), ("partners", "ICBC"), ("matrix",), ("together",), ("similar", "--all"), ("central",),
    ("central", "--network", "capabilities"), ("communities",), ("path", "JD", "ABC"), ("path", "ICBC", "JD"),
    ("chance", "--all"), ("chance", "--of", "sharing", "--all"), ("trend",),
    ("query", "-q", "partners-of", "-p", "organization=ICBC"), ("query", "-q", "shared-capabilities"),
    ("query", "-q", "units-of", "-p", "organization=JD"),
    ("query", "-q", "milestones-between", "-p", "from=2017-01", "-p", "to=2017-12"),
)  # fmt: skip


@pytest.mark.parametrize("args", ASKED, ids=" ".join)
def test_every_row_of_every_command_has_passages_when_asked(
    args: tuple[str, ...], china: kg.Landscape, run: Run
) -> None:
    known = china.select(
        "SELECT ?source ?locator { ?passage dcterms:isPartOf ?source ; kg:locator ?locator }"
    ).cast(pl.String)  # fmt: skip
    passages = {f"{source.removeprefix(ID)}#{locator}" for source, locator in known.iter_rows()}
    rows = json.loads(run(*args, "--sources", "--format", "json").stdout)
    for row in rows:
        assert row["sources"], row
        assert set(row["sources"]) <= passages
        assert len(set(row["sources"])) == len(row["sources"])
    first = next((row["sources"][0] for row in rows), None)
    assert first is None or first in run(*args, "--sources", "--format", "markdown").stdout
    if args[0] not in ("path", "matrix"):  # whose rows have them always, and in whose cells they stand
        (plain, cited) = (
            run(*args, *more, "--format", "csv").stdout.splitlines()[0].split(",") for more in ((), ("--sources",))
        )
        assert cited == [*plain, "sources"]


def test_behind_a_pair_is_what_makes_partnerships_cover_both(tiny: kg.Landscape) -> None:
    cited: dict[tuple[str, str], set[str]] = {}
    for capability, deal, source, locator in (
        citations(tiny.store, tiny.tables).select("capability", "partnership", "source", "locator").iter_rows()
    ):
        cited.setdefault((deal, capability), set()).add(f"{source}#{locator}")
    deals = {deal for deal, _ in cited}
    rows = tiny.together(everything=True, sources=True)
    assert rows.height > 3
    for one, other, found in rows.select("capability", "other", "sources").iter_rows():
        both = [deal for deal in deals if (deal, one) in cited and (deal, other) in cited]
        assert set(found) == {text for deal in both for text in cited[deal, one] | cited[deal, other]}
    alike = tiny.similar(side="firm", everything=True, sources=True)
    parties = {(firm.removeprefix(ID), deal.removeprefix(ID)) for deal, firm in tiny.tables["parties"].select(
        "partnership", "organization").iter_rows()}  # fmt: skip
    assert alike.height
    for row in alike.iter_rows(named=True):
        assert set(row["sources"]) == {
            text
            for (deal, capability), texts in cited.items()
            if capability in row["capabilities"] and {(row["organization"], deal), (row["other"], deal)} & parties
            for text in texts
        }


def test_behind_what_stands_for_itself(tiny: kg.Landscape) -> None:
    central = dict(tiny.central(sources=True).select("node", "sources").iter_rows())
    assert central["hill-bank"] == ["gazette#p4"]
    assert central["river-bank"] == ["gazette#p3", "release#top"]
    assert set(central["paylo"]) == {"gazette#p3", "gazette#p4", "release#top"}
    trend = dict(tiny.trend(sources=True).select("period", "sources").iter_rows())
    assert trend["2020"] == ["gazette#p3"]
    assert trend["2021"] == ["gazette#p5"]
    for row in tiny.communities(sources=True).rows.iter_rows(named=True):
        assert ("gazette#p4" in row["sources"]) == ("hill-paylo" in row["partnerships"])


def test_behind_the_rows_of_a_question(tiny: kg.Landscape, run: Run) -> None:
    rows = tiny.answer("partners-of", sources=True, organization="RB")
    told = {
        (partnership.removeprefix(ID), capability.removeprefix(ID)): sources
        for partnership, capability, sources in rows.select("partnership", "capability", "sources").iter_rows()
    }
    assert told["river-cloudy", "cloud-computing"] == ["gazette#p3"]
    # Payments itself, and by a product that realizes QR payment, which the curators put under payments.
    assert told["river-paylo", "payments"] == ["editorial#Capabilities", "gazette#p3", "release#top"]
    # No partnership has to do with a unit alone, but a passage says whose it is.
    units = tiny.answer("units-of", sources=True, organization="Paylo")
    assert units.height and all(units["sources"].to_list())  # noqa: PT018  so that the second says something
    told = run("query", "SELECT ?x { ?x a kg:Bank }", "--sources", exit_code=2).stderr
    assert "--sources goes with --question" in told


ROLLED = {
    "capabilities": (
        "id,label@en,broader,source\nmoney,Money,,s#c\npay,Payments,money,s#money\nface,Face payment,pay,s#pay\n"
        "lend,Lending,,s#c\n"
    ),
    "organizations": (
        "id,type,label@en,subsidiaryOf,offers,source\nbank,Bank,Bank,,,s#o\nasia,Bank,Bank Asia,bank,,s#asia\n"
        "top,TechFirm,Top,,,s#o\nmid,TechFirm,Mid,top,,s#mid\nlab,TechFirm,Lab,mid,,s#lab\nout,TechFirm,Out,,,s#o\n"
    ),
    "partnerships": (
        "id,label@en,bankParty,techParty,covers,source\nd,D,asia,lab,face|lend,s#d\ne,E,bank,out,lend|pay,s#e\n"
    ),
}
"""Whoever rolls up: face payment is money by two steps, Lab is Top by two, Bank Asia is Bank by one."""


@pytest.fixture
def rolled(tables: Callable[..., Any]) -> kg.Landscape:
    return kg.build_landscape(tables(**ROLLED))


def test_behind_a_broader_capability_is_what_puts_the_narrower_one_under_it(rolled: kg.Landscape) -> None:
    def behind(**options: Any) -> dict[str, list[str]]:
        return dict(
            rolled.capabilities(everything=True, sources=True, **options).select("capability", "sources").iter_rows()
        )

    assert behind() == {
        "face": ["s#d"], "pay": ["s#d", "s#e", "s#pay"], "money": ["s#d", "s#e", "s#money", "s#pay"],
        "lend": ["s#d", "s#e"],
    }  # fmt: skip
    assert behind(exact=True) == {"face": ["s#d"], "pay": ["s#e"], "lend": ["s#d", "s#e"]}
    pairs = rolled.together(everything=True, sources=True)
    told = {frozenset(row[:2]): row[2] for row in pairs.select("capability", "other", "sources").iter_rows()}
    assert told[frozenset({"lend", "money"})] == ["s#d", "s#e", "s#money", "s#pay"]
    assert told[frozenset({"lend", "face"})] == ["s#d"]
    alike = rolled.similar(everything=True, sources=True).row(0, named=True)
    assert {alike["organization"], alike["other"]} == {"lab", "out"}
    assert set(alike["sources"]) == {"s#d", "s#e"} | (
        {"s#pay"} if "pay" in alike["capabilities"] else set()
    ) | ({"s#money", "s#pay"} if "money" in alike["capabilities"] else set())  # fmt: skip
    cited = rolled.rankings()["citations"].filter(capability="Payments", covered="Face payment")
    assert sorted(cited["locator"]) == ["d", "pay"]


def test_behind_a_gap_is_what_puts_an_offer_under_it_and_whose_the_firm_is(tables: Callable[..., Any]) -> None:
    offers = "subject,predicate,object,source\nlab,offers,face,s#offer\n"
    landscape = kg.build_landscape(tables(**ROLLED, triples=offers))
    cells = pl.DataFrame(
        {
            "bank": ["x"], "capability": ["money"], "has_by": [["e"]], "brought_by": [["e"]], "works_by": [[]],
            "firms": [["lab"]],
        },
        schema_overrides={"works_by": pl.List(pl.String)},
    )  # fmt: skip
    told = behind_gaps(landscape.store, landscape.tables, cells)["sources"].to_list()
    assert told == [["s#e", "s#money", "s#offer", "s#pay"]]
    group = landscape.by_owner()
    cells = cells.with_columns(firms=pl.lit(["top"]), has_by=pl.lit(["d"]))
    told = behind_gaps(group.store, group.tables, cells)["sources"].to_list()
    assert told == [["s#asia", "s#d", "s#e", "s#lab", "s#mid", "s#money", "s#offer", "s#pay"]]


def test_behind_a_group_is_who_says_whose_its_subsidiaries_are(rolled: kg.Landscape, run: Run) -> None:
    whole = rolled.by_owner()
    owners, plain = {"s#asia", "s#lab", "s#mid"}, ("--store", str(rolled.place), "--format", "json", "--sources")
    asked = (
        ("partners", "bank"), ("matrix",), ("path", "bank", "top"), ("central",), ("communities",),
        ("capabilities", "--all"), ("chance", "--of", "sharing", "--all"),
    )  # fmt: skip
    for args in asked:
        rows = json.loads(run(*args, "--group", *plain).stdout)
        rows = [row for row in rows if "s#d" in row["sources"]]
        assert rows, args
        for row in rows:
            assert owners <= set(row["sources"]), (args, row)
            assert row["sources"] == sorted(row["sources"])
        apart = json.loads(run(*(arg.replace("bank", "asia").replace("top", "lab") for arg in args), *plain).stdout)
        assert apart, args
        assert not any(owners & set(row["sources"]) for row in apart), args
    # Of two, the passages that say whose either is.
    alike = whole.similar("top", everything=True, sources=True).row(0, named=True)
    assert set(alike["sources"]) >= {"s#d", "s#e", "s#lab", "s#mid"}
    assert "s#asia" not in alike["sources"]
    # What comes together speaks of no organization.
    for sources in whole.together(everything=True, sources=True)["sources"]:
        assert not owners & set(sources)
    # Nobody's subsidiary is behind a partnership of others.
    (other,) = (row for row in whole.partners("out", sources=True).iter_rows(named=True))
    assert other["sources"] == ["s#e"]


def test_behind_what_was_said_of_another_thing_are_the_judgements_too(tables: Callable[..., Any]) -> None:
    organizations = ROLLED["organizations"] + "far,TechFirm,Far,,,s#o\n"
    capabilities = ROLLED["capabilities"] + "loan,Loans,,s#c\n"
    deals = ROLLED["partnerships"] + "f,F,bank,far,loan,s#f\n"
    same = "id,one,other,judgement,source\nj1,out,far,same,s#j1\nj2,lend,loan,same,s#j2\n"
    tables_ = {**ROLLED, "organizations": organizations, "capabilities": capabilities, "partnerships": deals}
    landscape = kg.build_landscape(tables(**tables_, same=same))
    partners = dict(landscape.partners("out", sources=True).select("partnership", "sources").iter_rows())
    assert partners == {"e": ["s#e"], "f": ["s#f", "s#j1", "s#j2"]}
    ranked = dict(landscape.capabilities(everything=True, sources=True).select("capability", "sources").iter_rows())
    assert ranked["lend"] == ["s#d", "s#e", "s#f", "s#j2"]
    assert ranked["face"] == ["s#d"]
