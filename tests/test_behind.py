"""The passages behind the rows of every analysis and question: all of those that there are, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

import kg
from kg.analysis.citations import citations
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
    assert told["river-paylo", "payments"] == ["gazette#p3", "release#top"]
    # No partnership has to do with a unit alone, but a passage says whose it is.
    units = tiny.answer("units-of", sources=True, organization="Paylo")
    assert units.height and all(units["sources"].to_list())  # noqa: PT018  so that the second says something
    told = run("query", "SELECT ?x { ?x a kg:Bank }", "--sources", exit_code=2).stderr
    assert "--sources goes with --question" in told
