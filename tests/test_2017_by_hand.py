"""Every number that a command prints of the 2017 landscape, worked out from the article without the project's code.

The facts stand in facts_2017.py as the article and the other pages state them, with the line or paragraph of each; what
follows from them is worked out in worked_2017.py and networks_2017.py by sets, fractions and loops. Here what the
commands print is held to that, and the principal numbers to what a person counts with a pencil.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from math import comb
from pathlib import Path
from typing import Any

import networks_2017 as networks
import networkx as nx
import pytest
import worked_2017 as worked
from facts_2017 import ARTICLE, BANKS, EDITORIAL, FIRMS, NAMED, OTHERS, REVIEW
from networks_2017 import Graph
from worked_2017 import DEALS, OWNER

from kg.cli import VERBS

Run = Callable[..., Any]
VIEWS = {
    "": DEALS,
    "--stage live": worked.at_stage("live"),
    "--stage integration": worked.at_stage("integration"),
    "--group": worked.by_group(),
    "--as-of 2017-03": worked.as_of("2017-03-01", "2017-03-31"),
    "--as-of 2017-06-19 --certain": worked.as_of("2017-06-19", "2017-06-19", certain=True),
}
TEXTS = re.compile(r"label|labels|.*_label|.*_short|on|shares|kind|what")
WITHOUT_NUMBERS = {
    "init": "makes a folder", "add": "appends a row", "check": "tells findings, of which there are none here",
    "questions": "lists questions", "why": "lists passages", "diff": "tells what changed: nothing between the same",
    "view": "writes a page",
    "report": "writes what other commands print, to which tests/test_report.py holds it",
    "export": "writes files, whose rows are the network tables or those of other commands",
}  # fmt: skip
HELD: set[str] = set()


def holds(*commands: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Say which commands' numbers a test holds."""
    HELD.update(commands)
    return lambda test: test


@pytest.fixture
def told(run: Run) -> Callable[[str], list[dict[str, Any]]]:
    """``told("capabilities --exact")``: the rows that a command prints, without their words."""

    def rows(line: str) -> list[dict[str, Any]]:
        printed = json.loads(run(*shlex.split(line), "--format", "json").stdout)
        return [{name: value for name, value in row.items() if not TEXTS.fullmatch(name)} for row in printed]

    return rows


def close(expected: dict[str, Any], error: float = 1e-9) -> dict[str, Any]:
    """A row with fractions as pytest compares them: what is printed is rounded to nine digits."""
    return {
        name: pytest.approx(float(value), abs=error) if isinstance(value, (float, worked.Fraction)) else value
        for name, value in expected.items()
    }


def numbered(rows: list[dict[str, Any]], *keys: str) -> dict[Any, dict[str, Any]]:
    """Rows by the keys that they are of."""
    assert len({tuple(row[key] for key in keys) for row in rows}) == len(rows)
    return {tuple(row[key] for key in keys): row for row in rows}


def test_every_command_is_held_or_prints_no_number_of_its_own() -> None:
    assert set(VERBS) == HELD | set(WITHOUT_NUMBERS)
    assert not HELD & set(WITHOUT_NUMBERS)


def test_the_facts_are_those_that_a_person_counts_in_the_article() -> None:
    """Seven fields of ABC and of ICBC, four of CCB, six of BOC; five of BOCHK by what came of it (L15 to L21, L47)."""
    fields = {
        thing: len(said["covers"].split())
        for line, thing, said in ARTICLE if line in ("L15", "L17", "L19", "L21") and "covers" in said
    }  # fmt: skip
    assert fields == {"abc-baidu": 7, "ccb-alibaba": 4, "icbc-jd": 7, "boc-tencent": 6}
    # With the other pages, each once: 7 + 7 of products + 5 of ABC's, and so on.
    assert {key: len(deal.covers(exact=True)) for key, deal in DEALS.items()} == {
        "abc-baidu": 19, "boc-tencent": 7, "bochk-wechat-hk": 7, "ccb-alibaba": 9, "icbc-jd": 15,
    }  # fmt: skip
    assert {key: deal.stage for key, deal in DEALS.items()} == {
        "abc-baidu": "integration", "boc-tencent": "integration", "ccb-alibaba": "integration",
        "icbc-jd": "integration", "bochk-wechat-hk": "live",
    }  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "how", ["", "--exact", "--stated", "--all", "--exact --stated --all", "--by banks", "--by firms"]
)
@holds("capabilities")
def test_capabilities(told: Callable[[str], Any], view: str, how: str) -> None:
    options = {name: f"--{name}" in how for name in ("exact", "stated")}
    by = how.removeprefix("--by ") if how.startswith("--by") else "partnerships"
    expected = worked.capabilities(VIEWS[view], everything="--all" in how, by=by, **options)
    assert told(f"capabilities {how} {view}") == list(map(close, expected))


@pytest.mark.parametrize(("show", "numbers"), [
    ("shares", "3 60% 3 5"),  # payments: 3 of 5 = 60 %; ABC, BOCHK, CCB; Baidu, its unit, the wallet, Alibaba, Ant
    ("stages", "3 0 2 1 0"),  # ABC and CCB in integration, BOCHK live
    ("concentration", "3 1.00 0.33 1.00 0.20"),  # three with a third each: 3 (1/3)^2; five with a fifth: 5 (1/5)^2
])  # fmt: skip
def test_what_is_shared_with_a_pencil(run: Run, show: str, numbers: str) -> None:
    line = next(line for line in run("capabilities", "--show", show).stdout.splitlines() if "Payments" in line)
    assert line.split() == ["=1", "Payments", *numbers.split()]


@pytest.mark.parametrize(("weight", "numbers"), [
    ("integration=0.5", "=1 Payments 3 2.00 60% 3 5"),  # two halves, ABC and CCB, and BOCHK, which is live
    ("integration=0.5", "=3 Credit 3 1.50 60% 3 6"),  # three halves; before it payments and marketing, which has BOCHK
    ("live=0", "=1 Credit 3 3.00 60% 3 6"),  # three firms, each with its unit for finance
    ("live=0", "=5 Payments 3 2.00 60% 3 5"),  # after the four that have three others
])  # fmt: skip
def test_what_is_shared_by_weight_with_a_pencil(run: Run, weight: str, numbers: str) -> None:
    assert numbers.split() in [line.split() for line in run("capabilities", "--weight", weight).stdout.splitlines()]


@pytest.mark.parametrize("organization", sorted(BANKS | FIRMS))
@holds("partners")
def test_partners(told: Callable[[str], Any], organization: str) -> None:
    expected = [
        {
            "partner": partner, "partnership": key, "since_earliest": worked.since(key)[0],
            "since_latest": worked.since(key)[1], "capabilities": deal.covers(exact=True),
        }
        for key, deal in DEALS.items()
        for own, others in ((deal.banks, deal.firms), (deal.firms, deal.banks)) if organization in own
        for partner in others
    ]  # fmt: skip
    found = told(f"partners {organization}")
    assert [len(row["capabilities"]) for row in found] == [len(set(row["capabilities"])) for row in found]
    rows = numbered([{**row, "capabilities": set(row["capabilities"])} for row in found], "partner", "partnership")
    assert rows == numbered(expected, "partner", "partnership")


def test_since_when_with_a_pencil() -> None:
    """CCB on March 28, ICBC on June 19, ABC on June 20 (Securities Daily); BOC since June; BOCHK by December 23."""
    assert {key: worked.since(key) for key in DEALS} == {
        "abc-baidu": ("2017-06-20", "2017-06-20"), "icbc-jd": ("2017-06-19", "2017-06-19"),
        "ccb-alibaba": ("2017-03-01", "2017-03-28"), "boc-tencent": ("2017-03-01", "2017-06-25"),
        "bochk-wechat-hk": (None, "2017-12-23"),
    }  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@holds("matrix")
def test_matrix(told: Callable[[str], Any], run: Run, view: str) -> None:
    expected = {
        (bank, firm): ([key], deal.covers(exact=True))
        for key, deal in VIEWS[view].items() for bank in deal.banks for firm in deal.firms
    }  # fmt: skip
    if view == "--group":  # BOC's and BOCHK's become one pair
        expected["boc", "tencent"] = (
            ["boc-tencent", "bochk-wechat-hk"],
            DEALS["boc-tencent"].covers(exact=True) | DEALS["bochk-wechat-hk"].covers(exact=True),
        )
    found = {(row["bank"], row["firm"]): (row["partnerships"], row["capabilities"]) for row in told(f"matrix {view}")}
    assert {pair: (keys, set(names)) for pair, (keys, names) in found.items()} == expected
    # In the table each cell has the number of capabilities.
    grid = re.findall(r"^([A-Z]+) ([ \d]+)$", run("matrix", *view.split()).stdout, re.MULTILINE)
    assert {bank.lower(): sorted(map(int, counts.split())) for bank, counts in grid} == {
        bank: sorted(len(names) for (other, _), (_, names) in expected.items() if other == bank)
        for bank, _ in expected
    }  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("how", ["", "--all", "--exact", "--stated", "--exact --stated --all"])
@holds("together")
def test_together(told: Callable[[str], Any], view: str, how: str) -> None:
    options = {name: f"--{name}" in how for name in ("exact", "stated")}
    expected = worked.together(VIEWS[view], everything="--all" in how, **options)
    keys = ("capability", "other")
    for by in ("partnerships", "jaccard", "lift"):
        found = told(f"together {how} {view} --by {by}")
        assert numbered(found, *keys) == {key: close(row) for key, row in numbered(expected, *keys).items()}
        assert [row[by] for row in found] == sorted((row[by] for row in found), reverse=True)


def test_what_comes_together_with_a_pencil(told: Callable[[str], Any]) -> None:
    rows = numbered(told("together"), "capability", "other")
    # Payments: ABC, BOCHK, CCB; credit: ABC, CCB, ICBC. Both: 2 of 4 = 0.5; 2 x 5 / (3 x 3) = 1.11.
    pair = rows["credit", "payments"]
    assert (pair["partnerships"], pair["jaccard"], pair["lift"]) == (2, 0.5, 1.111111111)
    # Artificial intelligence and big data: ABC and BOC both, nobody else. 2 of 2 = 1; 2 x 5 / (2 x 2) = 2.5.
    pair = rows["artificial-intelligence", "big-data"]
    assert (pair["partnerships"], pair["jaccard"], pair["lift"]) == (2, 1.0, 2.5)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("side", ["bank", "firm"])
@pytest.mark.parametrize("how", ["", "--exact", "--all"])
@holds("similar")
def test_similar(told: Callable[[str], Any], view: str, side: str, how: str) -> None:
    expected = worked.similar(VIEWS[view], side, exact="--exact" in how, everything="--all" in how)
    line = f"similar --side {side} {how} {view}"
    keys = ("organization", "other")
    rows = told(line)
    narrowest = {(row["organization"], row["other"]): set(row.pop("capabilities")) for row in rows}
    assert narrowest == {key: row.pop("capabilities") for key, row in numbered(expected, *keys).items()}
    assert numbered(rows, *keys) == {key: close(row) for key, row in numbered(expected, *keys).items()}


def test_who_is_like_whom_with_a_pencil(run: Run, told: Callable[[str], Any]) -> None:
    # Alibaba covers 9 and, above them, credit, credit information, wealth management, channels: 13. Baidu covers 19
    # and above them 9: payments, credit, consumer finance, credit information, risk control, marketing, wealth
    # management, digital infrastructure, channels: 28. In common: payments, credit, credit information, credit score,
    # wealth management, channels: 6 of 13 + 28 - 6 = 35.
    row = numbered(told("similar jd"), "organization", "other")["jd", "alibaba"]
    assert row["shared"] + row["only"] == 15 + 5  # and above: credit, wealth, channels, commerce, logistics
    [pair] = [row for row in told("similar") if (row["organization"], row["other"]) == ("alibaba", "baidu")]
    assert (pair["shared"], pair["only"], pair["other_only"], pair["jaccard"]) == (6, 7, 22, round(6 / 35, 9))
    assert re.search(r"^Alibaba +Baidu +0\.17 ", run("similar").stdout, re.MULTILINE)


def network(kind: str, view: str) -> Graph:
    """A network of a view."""
    if kind == "all":
        return networks.whole(VIEWS[view], group=view == "--group")
    made = {"banks-firms": networks.banks_firms, "firms": networks.firms, "capabilities": networks.capability_network}
    return made[kind](VIEWS[view])


KINDS = ["banks-firms", "firms", "capabilities", "all"]


@pytest.mark.parametrize("view", ["", "--stage integration", "--group"])
@pytest.mark.parametrize("kind", KINDS)
@holds("central")
def test_central(told: Callable[[str], Any], kind: str, view: str) -> None:
    expected = networks.central(network(kind, view), weighted=kind != "all")
    found = {row.pop("node"): row for row in told(f"central --network {kind} {view}")}
    assert {node: {**row, "pagerank": 0} for node, row in found.items()} == {
        node: {**close(row), "pagerank": 0} for node, row in expected.items()
    }
    ranks = {node: row["pagerank"] for node, row in found.items()}
    assert ranks == pytest.approx({node: row["pagerank"] for node, row in expected.items()}, abs=1e-9)


def test_who_is_central_with_a_pencil(run: Run, told: Callable[[str], Any]) -> None:
    """A bank of two firms lies on the one path between them, of the 13 x 12 / 2 = 78 pairs of others."""
    rows = {row["node"]: row for row in told("central")}
    assert len(rows) == 14
    assert [rows["icbc"][name] for name in ("degree", "strength", "betweenness")] == [2, 2, round(1 / 78, 9)]
    # A walk on the pair of BOCHK and its wallet: r = 0.15/14 + 0.85 r, so r = 1/14. On ICBC and its two firms f:
    # f = 0.15/14 + 0.85 r/2 and r = 0.15/14 + 0.85 x 2f, so r = (0.15/14) (1 + 1.7) / (1 - 0.85^2).
    assert rows["bochk"]["pagerank"] == pytest.approx(1 / 14, abs=1e-8)
    assert rows["icbc"]["pagerank"] == pytest.approx(0.15 / 14 * 2.7 / (1 - 0.85**2), abs=1e-8)
    assert re.search(r"^Industrial.*China +2 +2 +0\.0128 +0\.1042$", run("central").stdout, re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
@holds("communities")
def test_communities(run: Run, kind: str) -> None:
    """What is told of the communities found: sizes, modularity, and how twenty other seeds agree."""
    graph = network(kind, "")
    printed = run("communities", "--network", kind, "--format", "json")
    rows = json.loads(printed.stdout)
    parts = [set(row["members"]) for row in rows]
    assert sorted(node for part in parts for node in part) == sorted(graph)
    assert [row["size"] for row in rows] == sorted(map(len, parts), reverse=True)
    assert [row["community"] for row in rows] == list(range(1, len(rows) + 1))
    trials = [louvain(graph, seed) for seed in range(1, 21)]
    agreement = [networks.rand(one, other) for n, one in enumerate(trials) for other in trials[n + 1 :]]
    assert printed.stderr.strip() == (
        f"Modularity {float(networks.modularity(graph, parts)):.2f}; over twenty seeds the communities agree to "
        f"{sum(agreement) / comb(20, 2):.2f} (adjusted Rand)."
    )
    for row in rows:
        covered = [DEALS[key].covers() for key in row["partnerships"]]
        assert row["shared_by"] == [sum(c in of for of in covered) for c in row["capabilities"]]
        assert all(count >= min(2, len(covered)) for count in row["shared_by"])
    stability = [sum(max(len(p & q) / len(p | q) for q in trial) for trial in trials) / 20 for p in parts]
    assert [row["stability"] for row in rows] == pytest.approx(stability, abs=1e-9)


def louvain(graph: Graph, seed: int) -> list[set[str]]:
    """Louvain's method of NetworkX on a graph made of the facts."""
    made = nx.Graph()
    made.add_nodes_from(graph)
    made.add_weighted_edges_from((a, b, w) for a, to in graph.items() for b, w in sorted(to.items()) if a < b)
    return [set(part) for part in nx.community.louvain_communities(made, weight="weight", seed=seed)]


def test_communities_with_a_pencil(run: Run) -> None:
    """The five partnerships hang together by nobody: each is a community.

    Of 9 edges four parts have 2, whose ends are 4 of 18, and one has 1 with 2 of 18:
    4 (2/9 - (4/18)^2) + 1/9 - (2/18)^2 = 64/81 = 0.79.
    """
    rows = json.loads(run("communities", "--format", "json").stdout)
    assert sorted(map(set, (row["members"] for row in rows)), key=sorted) == sorted(
        (set(deal.banks | deal.firms) for deal in DEALS.values()), key=sorted
    )
    assert networks.modularity(network("banks-firms", ""), [row["members"] for row in rows]) == worked.Fraction(64, 81)
    assert {row["stability"] for row in rows} == {1.0}


def test_few_ways_to_part_the_firms_are_better(run: Run) -> None:
    """Of all 21147 ways to part nine firms the one found is near the best: Louvain's method need not find that."""
    graph = network("firms", "")
    found = [row["members"] for row in json.loads(run("communities", "--network", "firms", "--format", "json").stdout)]
    twice = sum(sum(to.values()) for to in graph.values())
    ends = {node: sum(to.values()) for node, to in graph.items()}
    # Modularity times the square of twice the weight, in whole numbers.
    between = {(a, b): twice * graph[a].get(b, 0) - ends[a] * ends[b] for a in graph for b in graph}

    def worth(parts: list[list[str]]) -> int:
        return sum(between[a, b] for part in parts for a in part for b in part)

    assert worth(found) == networks.modularity(graph, found) * twice**2
    ways = sorted(map(worth, networks.partitions(sorted(graph))))
    assert len(ways) == 21147
    assert sum(way > worth(found) for way in ways) <= 4
    assert worth(found) >= 0.96 * ways[-1]


@holds("path")
def test_path(told: Callable[[str], Any], run: Run) -> None:
    graph = network("banks-firms", "")
    for start in ("alibaba", "icbc", "wechat-hk"):
        for end in graph:
            found: dict[int, list[str]] = {}
            for row in told(f"path {start} {end}"):
                found.setdefault(row["path"], [start]).append(row["to"])
                assert row["step"] == len(found[row["path"]]) - 1
            ways = sorted(networks.shortest(graph, start, end)) if start != end else []
            assert found == dict(enumerate(ways, start=1))
    # With subsidiaries as their parents BOC is a neighbour of Tencent by two partnerships; still nothing else is near.
    [row] = told("path boc tencent --group")
    assert row["partnerships"] == ["boc-tencent", "bochk-wechat-hk"]
    assert run("path", "icbc", "abc").stderr == "No partnerships connect «icbc» and «abc».\n"
    same = "«{}» and «{}» are one and the same here: there is no path between them."
    assert run("path", "工行", "icbc").stderr.endswith(same.format("工行", "icbc") + "\n")
    assert same.format("boc", "bochk") in run("path", "boc", "bochk", "--group").stderr


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("length", ["year", "quarter", "month"])
@holds("trend")
def test_trend(told: Callable[[str], Any], view: str, length: str) -> None:
    assert told(f"trend --by {length} {view}") == worked.trend(VIEWS[view], length)


def test_trend_with_a_pencil(told: Callable[[str], Any], run: Run) -> None:
    """CCB in March, ICBC and ABC in June for sure; BOC in some month from March to June; BOCHK by December."""
    months = told("trend --by month")
    assert [(r["period"], r["began"], r["perhaps_began"], r["began_by"]) for r in months if r["partnerships"]] == [
        ("2017-03", 1, 2, 0), ("2017-04", 0, 1, 0), ("2017-05", 0, 1, 0), ("2017-06", 2, 3, 0), ("2017-12", 0, 0, 1),
    ]  # fmt: skip
    assert {row[name] for row in months for name in ("began_from", "ended_by", "ended_from")} == {0}
    # So by the year four of five began in 2017 for sure, and of the fifth it is said that no first day is known.
    assert [(row["began"], row["perhaps_began"], row["began_by"]) for row in told("trend")] == [(4, 4, 1)]
    said = "Of 5 partnerships, 4 began between two known days; of 1 only a last day is known (Began by then).\n"
    assert run("trend").stderr == said
    assert run("trend", "--as-of", "2017-07", "--certain").stderr == ""
    # Of CCB 9 capabilities; of ABC and ICBC 19 + 15 less fintech, which both have; of these CCB had the credit score
    # and the channels.
    assert [(row["capabilities"], row["new"]) for row in told("trend --by quarter")[:2]] == [(9, 9), (33, 31)]


@holds("gaps")
def test_gaps(told: Callable[[str], Any], run: Run) -> None:
    """Each of the five banks has two capabilities or more that another has too; six are needed."""
    has = {bank: deal.covers() for deal in DEALS.values() for bank in deal.banks}
    shared = {
        c for bank, own in has.items() for c in own for other, theirs in has.items() if bank != other and c in theirs
    }
    assert sum(len(own & shared) >= 2 for own in has.values()) == len(has) == 5
    assert told("gaps") == told("gaps icbc") == []
    assert re.findall(r"[0-9]+", run("gaps").stderr) == ["5", "6"]


@pytest.mark.parametrize("view", ["", "--stage integration", "--group", "--stated"])
@holds("chance")
def test_chance(told: Callable[[str], Any], run: Run, view: str) -> None:
    options = {"stated": view == "--stated"}
    deals = VIEWS.get(view, DEALS)
    expected, enough = networks.chance(deals, **options)
    found = told(f"chance --all {view}")
    assert not any(row.pop("more") for row in found)
    keys = ("capability", "other")
    assert numbered(found, *keys) == {key: close(row, 1e-8) for key, row in numbered(expected, *keys).items()}
    assert ("too little data" in run("chance", *view.split()).stderr) == (not enough)
    assert told(f"chance {view}") == []


@pytest.mark.parametrize("view", ["", "--stage integration", "--group"])
def test_who_shares_by_chance(told: Callable[[str], Any], view: str) -> None:
    """Drawn landscapes tell about what all outcomes tell exactly: to four standard errors of 9,999 draws."""
    found = told(f"chance --of sharing --all {view}")
    covered = worked.behind(VIEWS[view], exact=True)
    for side in ("bank", "firm"):
        exact = networks.holders(VIEWS[view], side)
        assert {row["capability"] for row in found} == set(exact)
        for row in found:
            count, expected, p = exact[row["capability"]]
            assert row["partnerships"] == len(covered[row["capability"]])
            assert row[f"{side}s"] == count
            assert row[f"{side}s_expected"] == pytest.approx(expected, abs=4 * 5 / 9999**0.5)
            assert row[f"{side}s_p"] == pytest.approx(p, abs=4 * (p * (1 - p) / 9999) ** 0.5 + 1 / 10000)
        q = networks.adjusted([row[f"{side}s_p"] for row in found], len(found))
        assert [row[f"{side}s_q"] for row in found] == pytest.approx(q)


@holds("sources")
def test_sources(told: Callable[[str], Any], run: Run) -> None:
    assert {row.pop("source"): row for row in told("sources")} == worked.sources()
    several = sum(worked.standing(key) > 1 for key in DEALS)
    assert run("sources").stderr == f"{several} of 5 partnerships stand on two or more independent sources.\n"
    backed = {row["partnership"]: row for row in told("sources --partnerships")}
    assert {key: row["origins"] for key, row in backed.items()} == {key: worked.standing(key) for key in DEALS}
    assert {key: len(row["sources"]) for key, row in backed.items()} == {
        "bochk-wechat-hk": 2, "boc-tencent": 5, "icbc-jd": 7, "abc-baidu": 8, "ccb-alibaba": 8,
    }  # fmt: skip


def test_what_one_source_says(told: Callable[[str], Any]) -> None:
    for source, row in worked.sources().items():
        standing = [statement["standing"] for statement in told(f"sources {source}")]
        assert {name: standing.count(name) for name in ("alone", "shared", "contradicted")} == {
            name: row[name] for name in ("alone", "shared", "contradicted")
        }


@holds("todo")
def test_todo(told: Callable[[str], Any]) -> None:
    """What has no date: eleven of eighteen products, and no partnership; what has no second source: one partnership."""
    things = {thing for thing, word, _ in worked.TOLD if word == "kind"}
    held = {thing for _, word, thing in worked.TOLD if word == "of"}
    bare = {thing for thing in {*things, *DEALS} if not list(worked.steps(thing)) and thing not in held}
    assert len(things) == 18
    alone = {key for key in DEALS if worked.standing(key) < 2}
    assert alone == {"bochk-wechat-hk"}
    assert {(row["lacks"], row["thing"]) for row in told("todo")} == {
        *(("date", thing) for thing in bare), *(("source", key) for key in alone),
    }  # fmt: skip
    assert len(bare) == 11


@holds("query")
def test_the_question_that_counts(run: Run) -> None:
    for least in (1, 2, 3):
        printed = run("query", "-q", "shared-capabilities", "-p", f"minimum={least}", "--format", "csv").stdout
        rows = [line.split(",") for line in printed.splitlines()[1:]]
        assert {row[0].rpartition("/")[2]: tuple(map(int, row[1:])) for row in rows} == {
            row["capability"]: (row["partnerships"], row["banks"], row["firms"])
            for row in worked.capabilities(DEALS, everything=True) if row["partnerships"] >= least
        }  # fmt: skip


def passages() -> set[tuple[str, str]]:
    """Every passage that is cited: by claims, by names and descriptions, by imprints, by Chinese names of all these."""
    said = {REVIEW: ARTICLE, "editorial": EDITORIAL, **OTHERS}
    claimed = {(source, line) for source, told in said.items() for line, _, _ in told}
    named = {(source, line) for source, lines in NAMED.items() for line in lines.split("|" if "|" in lines else " ")}
    return claimed | named | {(source, "imprint") for source in OTHERS} | {("editorial", "Locators")}


@holds("build", "describe")
def test_what_a_build_and_the_description_count(run: Run, tmp_path: Path) -> None:
    printed = run("build", "graphs/china-2017", "--store", str(tmp_path / "kg")).stderr
    run("export", "-o", str(tmp_path / "whole.nq"))
    quads = (tmp_path / "whole.nq").read_text(encoding="utf-8").splitlines()
    assert printed.split(": ", 1)[1] == (
        "5 partnerships, 5 banks, 11 technology firms, 61 capabilities, 18 products.\n"
        f"{len(quads):,} quads, from {len(passages())} passages of {len(worked.SAID) + 1} sources.\n"
    )
    described = run("describe").stdout
    entities = {
        name: int(count) for name, count in re.findall(r"void:class kg:(\w+) ;\s+void:entities (\d+)", described)
    }
    assert entities == {
        "Bank": len(BANKS), "TechFirm": len(FIRMS), "Organization": len(BANKS | FIRMS), "Partnership": len(DEALS),
        "Capability": len(worked.CAPABILITIES), "Product": 18, "Group": 2, "Source": len(worked.SAID) + 1,
        "Renaming": len({thing for thing, word, _ in worked.TOLD if word == "newName"}), "Passage": len(passages()),
    }  # fmt: skip
    # The merged landscape is what stands in no named graph; of it the ontology's statements are not counted.
    term = r'(<[^>]*>|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[\w-]+)?)'
    parsed = [re.fullmatch(rf"(<[^>]*>) (<[^>]*>) {term}(?: (<[^>]*>))? \.", line) for line in quads]
    split = [match.groups() for match in parsed if match]
    assert len(split) == len(quads)
    ontology = {parts[:3] for parts in split if parts[3] and parts[3].endswith("/ontology>")}
    merged = [parts[:3] for parts in split if parts[3] is None and parts[:3] not in ontology]
    counts = {name: int(n) for name, n in re.findall(r"void:(triples|distinct\w+|properties) (\d+)", described)}
    assert counts == {
        "triples": len(merged), "distinctSubjects": len({s for s, _, _ in merged}),
        "properties": len({p for _, p, _ in merged}), "distinctObjects": len({o for _, _, o in merged}),
    }  # fmt: skip
    dated = {thing for thing, _, _ in worked.TOLD}
    days = [day for thing in dated for _, _, step in worked.steps(thing) for day in step.widest if day]
    assert (min(days), max(days)) == ("2017-03-01", "2017-12-31")
    assert re.findall(r'"([\d-]+)"\^\^xsd:date', described)[-2:] == ["2017-12-31", "2017-03-01"]


def test_units_count_as_their_owners_by_group() -> None:
    """Nine firms in partnerships are four with their owners; BOCHK is BOC's."""
    assert {worked.top(firm) for firm in FIRMS} == {"baidu", "alibaba", "jd", "tencent"}
    assert {worked.top(bank) for bank in BANKS} == {"icbc", "abc", "ccb", "boc"}
    assert len(OWNER) == 8
