"""Together, similar, central, communities, path, trend: 2017 by hand, random landscapes by NetworkX and brute force."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.analysis.communities import adjusted_rand, communities
from kg.analysis.sharing import sharing
from kg.analysis.similarity import similar
from kg.analysis.standing import betweenness, standing
from kg.analysis.together import together
from kg.analysis.trends import COUNTS, known_days, trend
from kg.analysis.trends import steps as steps_of
from kg.network.graphs import network
from kg.network.incidence import in_common, incidence
from kg.network.tables import TablesInMemory, framed
from kg.terms import CODE, ID, KG

Run = Callable[..., Any]
_DAY = st.none() | st.dates(dt.date(2017, 11, 1), dt.date(2019, 2, 28))
DAYS = st.tuples(_DAY, _DAY).map(lambda days: days if None in days else tuple(sorted(days)))
"""A first and a last day, of which either may not be known."""


class Made(TablesInMemory):
    """Network tables of a random landscape: partnerships of banks and firms that cover capabilities of a hierarchy."""

    def __init__(self, seed: int, partnerships: int = 12) -> None:
        draw = random.Random(seed)
        banks, firms = [f"b{n}" for n in range(draw.randint(1, 6))], [f"f{n}" for n in range(draw.randint(1, 6))]
        capabilities = [f"c{n}" for n in range(draw.randint(1, 7))]
        deals = [f"p{n}" for n in range(draw.randint(0, partnerships))]
        parties, covers = [], []
        for deal in deals:
            parties += [(deal, bank, "bank") for bank in draw.sample(banks, draw.randint(1, min(2, len(banks))))]
            parties += [(deal, firm, "tech") for firm in draw.sample(firms, draw.randint(1, min(2, len(firms))))]
            covered = draw.sample(capabilities, draw.randint(0, min(3, len(capabilities))))
            covers += [(deal, c, draw.random() < 0.7) for c in covered]
        broader = [
            (c, capabilities[draw.randrange(n)]) for n, c in enumerate(capabilities) if n and draw.random() < 0.5
        ]
        things = {"Bank": banks, "TechFirm": firms, "Capability": capabilities, "Partnership": deals}
        rows: dict[str, list[tuple[Any, ...]]] = {
            "parties": [(ID + p, ID + o, side) for p, o, side in parties],
            "covers": [(ID + p, ID + c, stated) for p, c, stated in covers],
            "broader": [(ID + a, ID + b) for a, b in broader],
            "types": [(ID + x, getattr(KG, cls)) for cls, named in things.items() for x in named],
            "labels": [(ID + x, "preferred", "en", x.upper()) for named in things.values() for x in named],
        }
        super().__init__({name: framed(name, told) for name, told in rows.items()})
        self.above = dict(broader)
        self.deals = {
            deal: (
                {o for p, o, side in parties if p == deal and side == "bank"},
                {o for p, o, side in parties if p == deal and side == "tech"},
                {wider for p, c, _ in covers if p == deal for wider in self.wider(c)},
            )
            for deal in deals
        }

    def wider(self, capability: str) -> Iterator[str]:
        """A capability and all that are broader."""
        yield capability
        while capability in self.above:
            capability = self.above[capability]
            yield capability


SEEDS = st.integers(min_value=0, max_value=10**6)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_together_is_what_counting_by_hand_gives(seed: int) -> None:
    tables = Made(seed)
    rows = tables_together(tables)
    covering = [covered for _, _, covered in tables.deals.values() if covered]
    expected = {}
    for a, b in combinations(sorted({c for covered in covering for c in covered}), 2):
        if a in tables.wider(b) or b in tables.wider(a):
            continue
        both = sum(a in covered and b in covered for covered in covering)
        if both:
            one, other = (sum(c in covered for covered in covering) for c in (a, b))
            expected[a, b] = (
                both, round(both / (one + other - both), 9), round(both * len(covering) / (one * other), 9)
            )  # fmt: skip
    assert rows == expected


def tables_together(tables: Made) -> dict[tuple[str, str], tuple[int, float, float]]:

    frame = together(tables, everything=True)
    assert frame["partnerships"].to_list() == sorted(frame["partnerships"], reverse=True)
    return {(row[0], row[2]): row[4:] for row in frame.iter_rows()}


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS, side=st.sampled_from(["bank", "firm"]))
def test_similar_is_what_the_sets_give(seed: int, side: Any) -> None:

    tables = Made(seed)
    has: dict[str, set[str]] = {}
    for banks, firms, covered in tables.deals.values():
        for organization in banks if side == "bank" else firms:
            has.setdefault(organization, set()).update(covered)
    expected = {
        (a, b): (round(len(has[a] & has[b]) / len(has[a] | has[b]), 9), len(has[a] & has[b]))
        for a, b in combinations(sorted(has), 2)
        if has[a] & has[b]
    }
    frame = similar(tables, side, everything=True)
    assert {(a, b): told for a, b, *told in frame.select("organization", "other", "jaccard", "shared").iter_rows()} == {
        pair: list(told) for pair, told in expected.items()
    }
    for row in frame.iter_rows(named=True):
        a, b = has[row["organization"]], has[row["other"]]
        assert (row["only"], row["other_only"]) == (len(a - b), len(b - a))
        narrowest = {c for c in a & b if not any(c in set(tables.wider(n)) - {n} for n in a & b)}
        assert row["on"] == sorted(c.upper() for c in narrowest)
    for organization in has:
        own = similar(tables, side, organization=ID + organization, everything=True)
        assert set(own["organization"]) <= {organization}
        assert own.height == sum(organization in pair for pair in expected)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS, kind=st.sampled_from(["banks-firms", "firms", "capabilities", "all"]))
def test_standing_is_what_networkx_gives(seed: int, kind: Any) -> None:

    tables = Made(seed)
    made = network(tables, kind)
    graph = nx.Graph(made.to_undirected()) if isinstance(made, nx.MultiDiGraph) else made
    frame = standing(tables, kind)
    assert set(frame["node"]) == set(graph)
    ranks = nx.pagerank(graph, tol=1e-12, max_iter=1000) if len(graph) else {}
    between = nx.betweenness_centrality(graph)
    for node, degree, strength, value, rank in frame.select(
        "node", "degree", "strength", "betweenness", "pagerank"
    ).iter_rows():
        assert degree == graph.degree(node)
        assert strength == graph.degree(node, weight="weight")
        assert value == pytest.approx(between[node], abs=1e-8)
        assert rank == pytest.approx(ranks[node], abs=1e-8)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_the_betweenness_of_a_large_network_is_that_of_a_small_one(seed: int) -> None:
    graph = nx.gnm_random_graph(40, 70, seed=seed)
    named = nx.relabel_nodes(graph, {n: f"n{n}" for n in graph})
    small = betweenness(named)
    large = nx.disjoint_union(graph, nx.empty_graph(300))  # isolated nodes change the norm alone
    told = betweenness(nx.relabel_nodes(large, {n: f"n{n}" for n in large}))
    factor = (39 * 38) / (339 * 338)
    assert all(told[node] == pytest.approx(value * factor, abs=1e-12) for node, value in small.items())


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_communities_part_the_network_and_their_modularity_is_networkx_s(seed: int) -> None:

    tables = Made(seed)
    found = communities(tables)
    graph = network(tables, "banks-firms")
    if not graph.number_of_edges():
        assert found.rows.is_empty()
        return
    members = found.rows["members"].to_list()
    assert sorted(node for part in members for node in part) == sorted(graph)
    assert found.modularity == pytest.approx(nx.community.modularity(graph, map(set, members)), abs=1e-8)
    assert communities(tables).rows.equals(found.rows)  # the seed is fixed
    assert found.rows["stability"].is_between(0, 1).all()


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ([{1, 2}, {3, 4}], [{3, 4}, {1, 2}], 1.0),
        ([{1, 2, 3}, {4, 5, 6}], [{1, 2}, {3, 4}, {5, 6}], 0.242424),  # as in the paper's formula, by hand
        ([{1, 2, 3, 4}], [{1, 2, 3, 4}], 1.0),
        ([{1}, {2}, {3}], [{1}, {2}, {3}], 1.0),
    ],
)
def test_the_adjusted_rand_index(one: list[set[Any]], other: list[set[Any]], agreement: float) -> None:
    assert adjusted_rand(one, other) == pytest.approx(agreement, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_concentration_is_what_its_formulas_give(seed: int) -> None:
    tables = Made(seed)
    for row in sharing(tables, everything=True).iter_rows(named=True):
        for side, at in (("bank", 0), ("firm", 1)):
            held = Counter(o for deal in tables.deals.values() if row["capability"] in deal[2] for o in deal[at])
            shares = [count / held.total() for count in held.values()]
            assert row[f"{side}_hhi"] == pytest.approx(sum(share**2 for share in shares), abs=1e-8)
            if len(shares) == 1:
                assert row[f"{side}_evenness"] is None
            else:
                entropy = -sum(share * math.log(share) for share in shares)
                assert row[f"{side}_evenness"] == pytest.approx(entropy / math.log(len(shares)), abs=1e-8)
        assert row["announced"] + row["underway"] + row["live"] + row["ended"] == 0  # these have no stage
    ranks = sharing(tables, everything=True).select("partnerships", "rank")
    for count, rank in ranks.iter_rows():
        assert rank == 1 + sum(other > count for other in ranks["partnerships"])


def test_what_two_have_in_common_is_a_product() -> None:
    pairs = pl.DataFrame({"r": ["x", "x", "y", "y", "y", "y"], "c": ["a", "b", "a", "b", "c", "c"]})
    rows, columns, matrix = incidence(pairs, "r", "c")
    assert (rows, columns) == (["x", "y"], ["a", "b", "c"])
    assert sorted(in_common(matrix).rows()) == [(0, 1, 2), (0, 2, 1), (1, 2, 1)]
    empty = incidence(pairs.head(0), "r", "c")
    assert in_common(empty.matrix).is_empty()


# The landscape of 2017, by hand


def test_paths_of_2017_are_told_with_their_passages(china: kg.Landscape, run: Run) -> None:
    assert china.path("ICBC", "ABC").is_empty()  # each bank has its own partners
    (row,) = china.path("中行", "腾讯").iter_rows(named=True)
    assert (row["path"], row["step"], row["from"], row["to"]) == (1, 1, "boc", "tencent")
    assert row["partnerships"] == ["boc-tencent"]
    assert "fintech-banks-2017#L43" in row["sources"]
    steps = china.path("jd", "jd-finance").select("path", "step", "from", "to").rows()
    assert steps == [(1, 1, "jd", "icbc"), (1, 2, "icbc", "jd-finance")]
    assert china.path("icbc", "icbc").is_empty()
    assert "No partnerships connect «ICBC» and «ABC»." in run("path", "ICBC", "ABC").stderr
    assert "icbc-jd" in run("path", "jd", "京东金融", "--lang", "zh", "--sources").stdout


def test_what_comes_together_in_2017(china: kg.Landscape) -> None:
    rows = {(a, b): rest for a, _, b, _, *rest in china.together().iter_rows()}
    # C of five: ICBC, ABC, CCB have credit and channels; all of them wealth management too.
    assert rows["channels-and-service", "credit"] == [3, 1.0, round(3 * 5 / 9, 9)]
    assert rows["big-data", "cloud-computing"] == [2, 1.0, 2.5]  # ABC and BOC
    assert rows["credit", "payments"] == [2, 0.5, round(2 * 5 / 9, 9)]  # ABC and CCB; of ABC, CCB, ICBC and BOCHK
    assert ("credit", "credit-score") not in rows
    assert ("anti-fraud", "credit") not in rows  # ABC alone
    assert ("anti-fraud", "credit") in {(a, b) for a, _, b, *_ in china.together(everything=True).iter_rows()}


def test_who_is_central_in_2017(china: kg.Landscape) -> None:
    rows = {row["node"]: row for row in china.central().iter_rows(named=True)}
    assert (rows["icbc"]["degree"], rows["icbc"]["strength"]) == (2, 2)
    # Nine pairs of parties in five parts; a bank lies on the one path between its two firms, of 13 others' 78 pairs.
    assert len(rows) == 14
    assert rows["icbc"]["betweenness"] == round(1 / 78, 9)
    assert rows["bochk"]["betweenness"] == 0
    assert sum(row["pagerank"] for row in rows.values()) == pytest.approx(1)


def test_the_communities_of_2017_are_its_partnerships(china: kg.Landscape, run: Run) -> None:
    found = china.communities()
    assert [set(members) for members in found.rows["members"]] == [
        {"abc", "baidu", "baidu-finance"}, {"alibaba", "ant-financial", "ccb"}, {"boc", "tencent", "tencent-cloud"},
        {"icbc", "jd", "jd-finance"}, {"bochk", "wechat-hk"},
    ]  # fmt: skip
    # Four parts of two of nine edges and one of one: the sum of e/9 - (d/18)^2.
    assert found.modularity == pytest.approx(4 * (2 / 9 - (4 / 18) ** 2) + 1 / 9 - (2 / 18) ** 2, abs=1e-8)
    assert found.agreement == 1
    assert "模块度 0.79" in run("communities", "--lang", "zh").stderr


def test_when_it_began_in_2017(china: kg.Landscape) -> None:
    rows = {row["period"]: row for row in china.trend("month").iter_rows(named=True)}
    # CCB on March 28, ICBC on June 19, ABC on June 20. BOC's lab was announced from June 19 to 25; BOCHK by December.
    assert rows["2017-03"]["began"] == 1
    assert rows["2017-06"]["began"] >= 2
    assert rows["2017-12"]["began"] == 0
    assert (rows["2017-12"]["perhaps_began"], rows["2017-12"]["began_by"]) == (0, 1)
    year = china.trend().row(0, named=True)
    assert (year["period"], year["perhaps_began"], year["began_by"], year["ended"]) == ("2017", 4, 1, 0)


def test_similar_firms_of_2017(china: kg.Landscape, run: Run) -> None:
    pairs = {(a, b) for a, _, b, *_ in china.similar(side="firm").iter_rows()}
    assert ("jd", "jd-finance") not in pairs  # parties of the same partnership
    assert ("jd", "jd-finance") in {(a, b) for a, _, b, *_ in china.similar(side="firm", everything=True).iter_rows()}
    own = china.similar("工行")
    assert set(own["organization"]) == {"icbc"}
    assert set(own["other"]) == {"abc", "boc", "bochk", "ccb"}
    assert "《" not in run("similar", "工行", "--lang", "zh").stdout
    assert run("similar", "icbc", "--top", "2", "--format", "csv").stdout.count("\nicbc,") == 2


# Time and stages


def test_a_trend_keeps_the_precision_of_dates(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,title@en,issued,language,source\ns,S,2020,en,s#t\n", "utf-8")
    (tmp_path / "partnerships.csv").write_text(
        "id,label@en,signed,announcedLatest,ended,covers,source\n"
        "a,A,2018-03-05,,2019,x,s#1\nb,B,2018-03,,,x|y,s#2\nc,C,2018,,,z,s#3\nd,D,,2018-05-01,,,s#4\ne,E,,,,z,s#5\n",
        "utf-8",
    )
    (tmp_path / "capabilities.csv").write_text(
        "id,label@en,definition@en,source\nx,X,An X.,s#1\ny,Y,A Y.,s#1\nz,Z,A Z.,s#1\n", "utf-8"
    )
    landscape = kg.build_landscape(tmp_path)
    months = {row["period"]: row for row in landscape.trend("month").iter_rows(named=True)}
    assert (months["2018-03"]["began"], months["2018-03"]["perhaps_began"]) == (2, 3)
    assert [months["2018-05"][name] for name in ("began", "perhaps_began", "began_by", "began_from")] == [0, 1, 1, 0]
    assert (months["2019-04"]["ended"], months["2019-04"]["perhaps_ended"]) == (0, 1)
    assert (months["2018-03"]["capabilities"], months["2018-03"]["new"]) == (2, 2)
    quarters = {row["period"]: row for row in landscape.trend("quarter").iter_rows(named=True)}
    assert quarters["2018-Q1"]["began"] == 2
    years = {row["period"]: row for row in landscape.trend().iter_rows(named=True)}
    assert (years["2018"]["began"], years["2018"]["perhaps_began"], years["2019"]["ended"]) == (3, 3, 1)
    assert known_days(landscape.tables).rows() == [(False, 5, 3, 1, 0, 1), (True, 1, 1, 0, 0, 0)]
    assert (years["2018"]["capabilities"], years["2018"]["new"]) == (3, 3)
    assert set(years) == {"2018", "2019"}


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(DAYS, st.sampled_from(["announced", "signed", "live", "ended"])), max_size=3), max_size=6
    ),
    st.sampled_from(["month", "quarter", "year"]),
)
def test_a_trend_counts_each_day_that_may_have_been(deals: list[list[Any]], period: Any) -> None:
    """Against each day from the first to the last: what surely and what perhaps lies in a period, and what is open."""
    rows = [
        (f"{ID}m{n}-{m}", f"{ID}p{n}", CODE + stage, first, last, first, last)
        for n, taken in enumerate(deals) for m, ((first, last), stage) in enumerate(taken)
    ]  # fmt: skip
    types = [(f"{ID}p{n}", KG.Partnership) for n in range(len(deals))]
    codes = [(deal, "stage", stage) for _, deal, stage, *_ in rows]
    told = {"milestones": rows, "types": types, "codes": codes}
    tables = TablesInMemory({name: framed(name, table) for name, table in told.items()})
    expected: dict[str, Counter[str]] = {}
    days: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for taken in deals:
        for over, end in ((False, "began"), (True, "ended")):
            spans = [span for span, stage in taken if (stage == "ended") == over]
            firsts, lasts = [first for first, _ in spans], [last for _, last in spans if last]
            first, last = (None if None in firsts else min(firsts, default=None)), min(lasts, default=None)
            kind = "both" if first and last else "by" if last else "from" if first else "undated"
            days[over][kind] += bool(spans) or not over
            if kind == "both":
                between = (last - first).days
                touched = {_period(first + dt.timedelta(days), period) for days in range(between + 1)}
                for at in touched:
                    expected.setdefault(at, Counter())[f"perhaps_{end}"] += 1
                    expected[at][end] += len(touched) == 1
            elif kind != "undated":
                expected.setdefault(_period(first or last, period), Counter())[f"{end}_{kind}"] += 1
    found = trend(tables, period)
    assert {
        row["period"]: Counter({name: row[name] for name in COUNTS if row[name]})
        for row in found.iter_rows(named=True) if row["partnerships"]
    } == {at: +counts for at, counts in expected.items()}  # fmt: skip
    assert found["period"].to_list() == sorted(found["period"])
    for row in known_days(tables).iter_rows(named=True):
        counted = {name: row[name] for name in ("both", "by", "from", "undated")}
        assert Counter(counted) == days[row["over"]]
        assert row["partnerships"] == sum(counted.values())
        end = "ended" if row["over"] else "began"
        assert [found[f"{end}_{way}"].sum() for way in ("by", "from")] == [row["by"], row["from"]]  # each once
    each = steps_of(tables, period)
    listed = {at: sorted(set(keys)) for at, keys in each.group_by("period").agg("partnership").iter_rows()}
    assert listed == {row["period"]: row["partnerships"] for row in found.iter_rows(named=True) if row["partnerships"]}


def _period(day: dt.date, length: str) -> str:
    """The period that a day lies in."""
    return {"year": f"{day:%Y}", "month": f"{day:%Y-%m}", "quarter": f"{day:%Y}-Q{(day.month + 2) // 3}"}[length]


def test_an_end_without_a_date_is_counted_as_such(tmp_path: Path, run: Run) -> None:
    (tmp_path / "sources.csv").write_text("id,title@en,issued,language,source\ns,S,2020,en,s#t\n", "utf-8")
    (tmp_path / "partnerships.csv").write_text(
        "id,label@en,signed,stage,endedEarliest,source\na,A,2018-03-05,ended,,s#1\nb,B,,ended,2019-05-01,s#2\n", "utf-8"
    )
    landscape = kg.build_landscape(tmp_path, tmp_path / "kg")
    assert known_days(landscape.tables).rows() == [(False, 2, 1, 0, 0, 1), (True, 2, 0, 0, 1, 1)]
    told = run("trend", "--store", str(tmp_path / "kg"))
    began, ended = told.stderr.splitlines()
    assert began == "Of 2 partnerships, 1 began between two known days; of 1 no day is known (in no row)."
    assert ended == (
        "Of 2 partnerships that ended, 0 did between two known days; of 1 only a first day is known (Ended then or "
        "later); of 1 no day is known (in no row)."
    )
    # A column that says no more than the others is for programs alone.
    assert told.stdout.splitlines()[0].split("   ") == [
        "Period", "Began", "Ended", "Ended then or later", "Capabilities", "New",
    ]  # fmt: skip
    assert run("trend", "--store", str(tmp_path / "kg"), "--format", "csv").stdout.startswith(
        f"period,{','.join(COUNTS)},capabilities,new,partnerships\n"
    )
    chinese = run("trend", "--lang", "zh", "--store", str(tmp_path / "kg")).stderr
    assert "共 2 项合作：1 项的开始介于两个已知日期之间；1 项日期不明（不在表中）。" in chinese


def test_a_stage_is_the_furthest_that_is_known(tiny: kg.Landscape, run: Run) -> None:
    live = tiny.at_stage("live")
    assert {iri.removeprefix(ID) for iri in live.tables.of_class(KG.Partnership)} == {
        iri.removeprefix(ID)
        for iri in tiny.tables.of_class(KG.Partnership)
        if furthest(tiny)[iri.removeprefix(ID)] == "live"
    }
    assert live.matrix().height < tiny.matrix().height
    store = ("--store", str(tiny.place))
    assert "There is no Stage «alive»" in run("capabilities", "--stage", "alive", *store, exit_code=1).stderr
    both = run("matrix", "--stage", "live", "--stage", "已上线", "--format", "csv", *store).stdout
    assert both == run("matrix", "--stage", "live", "--format", "csv", *store).stdout


def furthest(landscape: kg.Landscape) -> dict[str, str]:
    order = ["announced", "signed", "integration", "pilot", "live", "ended"]
    asked = landscape.select(
        "SELECT ?p ?s { ?p a kg:Partnership { ?p kg:stage ?s } UNION { ?m kg:of ?p ; kg:stage ?s } }"
    )
    told: dict[str, str] = {}
    for thing, stage in asked.iter_rows():
        key, name = thing.removeprefix(ID), stage.removeprefix(CODE)
        told[key] = max(told.get(key, name), name, key=order.index)
    return {
        iri.removeprefix(ID): told.get(iri.removeprefix(ID), "") for iri in landscape.tables.of_class(KG.Partnership)
    }


def test_what_is_empty_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,title@en,issued,language,source\ns,S,2020,en,s#t\n", "utf-8")
    kg.build_landscape(tmp_path, tmp_path / "kg")
    store = ("--store", str(tmp_path / "kg"))
    for verb, word in (
        ("together", "--all shows"), ("similar", "Nobody is like"), ("central", "The network is empty"),
        ("communities", "Modularity 0.00"), ("trend", "No partnership has a date"),
    ):  # fmt: skip
        assert word in run(verb, *store).stderr
