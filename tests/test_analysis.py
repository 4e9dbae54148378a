"""The analyses: numbers worked out by hand, and equal to a SPARQL query that computes the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.pairs import matrix, partners
from kg.analysis.sharing import sharing
from kg.analysis.why import behind, why
from kg.landscape import Landscape
from kg.network.tables import NetworkTables, TablesInMemory, framed
from kg.opening import build_landscape
from kg.query.questions import find
from kg.query.results import select
from kg.terms import ID, KG

Row = tuple[str, int, float, int, int]


def ranked(frame: pl.DataFrame) -> list[Row]:
    return list(frame.select("capability", "partnerships", "share", "banks", "firms").iter_rows())


# Worked out by hand from the sources of 2017 and the hierarchy. Five partnerships cover anything:
# I = ICBC with JD, JD Finance; A = ABC with Baidu, Baidu Finance; C = CCB with Alibaba, Ant; B = BOC with Tencent,
# Tencent Cloud; H = BOCHK with the WeChat HK wallet.
BY_HAND: list[Row] = [
    ("channels-and-service", 3, 0.6, 3, 6),  # I digital bank, branches; A mobile banking, customer service; C channels
    ("credit", 3, 0.6, 3, 6),  # I consumer, corporate; A evaluation, score, cash loan; C card opening, credit systems
    ("fintech", 3, 0.6, 3, 6),  # I itself (ECNS); A and B by their laboratories
    ("marketing", 3, 0.6, 3, 5),  # I campaigns; A profiling, precision marketing; H rewards
    ("payments", 3, 0.6, 3, 5),  # A face transfer; C payments, electronic, face, QR; H linking, top-up, real time
    ("wealth-management", 3, 0.6, 3, 6),  # I asset management; A robo-advice; C wealth products
    ("artificial-intelligence", 2, 0.4, 2, 4),  # A financial brain, intelligent bank; B artificial intelligence
    ("big-data", 2, 0.4, 2, 4),  # A (ECNS, Kapronasia); B
    ("cloud-computing", 2, 0.4, 2, 4),  # A (ECNS, Kapronasia); B
    ("consumer-finance", 2, 0.4, 2, 4),  # I itself; A by the cash loan
    ("credit-score", 2, 0.4, 2, 4),  # A by a project; C (Week in China); credit information has the same two
    ("electronic-payment", 2, 0.4, 2, 3),  # C itself; H (Ta Kung Pao)
    ("online-offline-channels", 2, 0.4, 2, 4),  # I (Caixin, Securities Daily); C
]
# Without what follows from products: H has no rewards, I no digital bank and no campaign, A no face transfer, cash
# loan, score and anti-fraud project; A and B no laboratory.
STATED_BY_HAND: list[Row] = [
    ("channels-and-service", 3, 0.6, 3, 6),  # I branches, channels; A customer service; C channels
    ("credit", 3, 0.6, 3, 6),
    ("wealth-management", 3, 0.6, 3, 6),
    ("artificial-intelligence", 2, 0.4, 2, 4),
    ("big-data", 2, 0.4, 2, 4),
    ("cloud-computing", 2, 0.4, 2, 4),
    ("credit-information", 2, 0.4, 2, 4),  # A evaluation; C score, credit systems
    ("electronic-payment", 2, 0.4, 2, 3),
    ("online-offline-channels", 2, 0.4, 2, 4),
]


def test_the_ranking_of_2017_is_that_worked_out_by_hand(china: Landscape) -> None:
    assert ranked(sharing(china.tables)) == BY_HAND


def test_stated_counts_only_what_a_source_says(china: Landscape) -> None:
    assert ranked(sharing(china.tables, stated=True)) == STATED_BY_HAND


def test_exact_counts_no_narrower_ones(china: Landscape) -> None:
    named = ["fintech", "artificial-intelligence", "big-data", "cloud-computing", "credit-score", "electronic-payment"]
    named += ["online-offline-channels"]  # what two partnerships of 2017 name in the same word
    assert sharing(china.tables, exact=True)["capability"].to_list() == named
    whole = dict(sharing(china.tables, exact=True, everything=True).select("capability", "partnerships").iter_rows())
    assert whole["payments"] == 1
    assert "credit" not in whole


def test_all_leaves_nothing_out(china: Landscape) -> None:
    whole = sharing(china.tables, everything=True)
    covered = china.tables["covers"].join(china.tables.narrower, left_on="capability", right_on="narrower")
    assert whole.height == covered["capability_right"].n_unique()
    assert ("risk-control", 1, 0.2, 1, 2) in ranked(whole)


def test_a_broader_one_with_the_same_partnerships_is_left_out_however_far_above(tiny: Landscape) -> None:
    assert [row[:2] for row in ranked(sharing(tiny.tables))] == [
        ("payments", 3), ("cloud-computing", 2), ("credit", 2), ("wallet-top-up", 2),
    ]  # fmt: skip


def test_by_banks_and_firms_sorts_by_them(tiny: Landscape) -> None:
    by_firms = sharing(tiny.tables, by="firms", everything=True)
    assert by_firms["firms"].to_list() == sorted(by_firms["firms"], reverse=True)
    assert by_firms.head(3)["capability"].to_list() == ["payments", "credit", "qr-payment"]
    by_banks = sharing(tiny.tables, by="banks")
    assert by_banks["banks"].to_list() == sorted(by_banks["banks"], reverse=True)


@pytest.mark.parametrize("name", ["china", "tiny"])
def test_the_ranking_equals_a_query_that_computes_the_same(
    name: str, root: Path, request: pytest.FixtureRequest
) -> None:
    landscape = request.getfixturevalue(name)
    question = find(root / "ontology" / "questions", "shared-capabilities").filled(
        {"minimum": "1"}, landscape.tables.names
    )
    asked = select(landscape.store, question).with_columns(pl.col("capability").str.strip_prefix(ID))
    columns = ["capability", "partnerships", "banks", "firms"]
    assert sharing(landscape.tables, everything=True).select(columns).rows() == asked.select(columns).rows()


RANKING = """
SELECT ?capability ?partnerships ?banks ?firms (?partnerships / ?all AS ?share) WHERE {
  { SELECT (COUNT(DISTINCT ?p) AS ?all) { ?p kg:covers ?c } }
  { SELECT ?capability (COUNT(DISTINCT ?p) AS ?partnerships)
           (COUNT(DISTINCT ?b) AS ?banks) (COUNT(DISTINCT ?f) AS ?firms)
    { ?c skos:broader* ?capability . ?p kg:covers ?c ; kg:bankParty ?b ; kg:techParty ?f } GROUP BY ?capability }
  FILTER(?partnerships > 1)
  FILTER NOT EXISTS {
    ?narrower skos:broader+ ?capability . ?shown skos:broader* ?narrower . ?any kg:covers ?shown .
    FILTER NOT EXISTS {
      ?below skos:broader* ?capability . ?other kg:covers ?below .
      FILTER NOT EXISTS { ?within skos:broader* ?narrower . ?other kg:covers ?within }
    }
  }
}
ORDER BY DESC(?partnerships) ?capability
"""


@pytest.mark.parametrize("name", ["china", "tiny"])
def test_the_default_ranking_and_its_shares_equal_a_query_too(name: str, request: pytest.FixtureRequest) -> None:
    landscape = request.getfixturevalue(name)
    asked = select(landscape.store, RANKING).with_columns(pl.col("capability").str.strip_prefix(ID))
    columns = ["capability", "partnerships", "banks", "firms"]
    ranking = sharing(landscape.tables)
    assert ranking.select(columns).rows() == asked.select(columns).rows()
    assert ranking["share"].to_list() == pytest.approx(asked["share"].to_list())


def test_labels_come_in_the_language_asked_for(china: Landscape) -> None:
    assert sharing(china.tables, language="zh")["label"].to_list()[:2] == ["渠道与服务", "信贷"]


def tables_of(**rows: list[tuple[object, ...]]) -> NetworkTables:
    """Network tables made up for a test, in memory."""
    return TablesInMemory({name: framed(name, told) for name, told in rows.items()})


NAMES = [f"{ID}c{n}" for n in range(6)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8, unique=True)
COVERS = st.lists(
    st.tuples(st.sampled_from([f"{ID}p{n}" for n in range(5)]), st.sampled_from(NAMES)), max_size=12, unique=True
)


@settings(max_examples=150, deadline=None)
@given(broader=EDGES, covers=COVERS)
def test_any_hierarchy_is_counted_as_by_hand_circles_too(
    broader: list[tuple[str, str]], covers: list[tuple[str, str]]
) -> None:
    made = tables_of(
        broader=broader,  # type: ignore[arg-type]
        covers=[(*pair, True) for pair in covers],
        types=[(name, KG.Capability) for name in NAMES],
        parties=[(p, f"{ID}bank", "bank") for p, _ in covers],
    )
    below = {name: {name} for name in NAMES}
    for _ in NAMES:
        for narrow, broad in broader:
            below[broad] |= below[narrow]
    holds = {name: {p for p, c in covers if c in below[name]} for name in NAMES}
    shown = {row[0]: row[1] for row in ranked(sharing(made))}
    whole = {row[0]: row[1] for row in ranked(sharing(made, everything=True))}
    assert whole == {name.removeprefix(ID): len(ps) for name, ps in holds.items() if ps}
    for name, ps in holds.items():
        key = name.removeprefix(ID)
        same = [other for other in below[name] - {name} if holds[other] == ps]
        if len(ps) < 2:
            assert key not in shown
        elif key in shown:
            assert all(name in below[other] for other in same), "a narrower one says the same and is no equal"
        else:
            assert any(other.removeprefix(ID) in shown for other in same), "left out, and nothing that says it better"


def test_a_bank_that_is_a_firm_too_is_not_its_own_partner(tables: Callable[..., Path], tmp_path: Path) -> None:
    organizations = "id,type,label@en,source\nboth,Bank,Both,s#p\nboth,TechFirm,,s#p\nfirm,TechFirm,Firm,s#p\n"
    deal = "id,label@en,bankParty,techParty,source\nd,D,both,both|firm,s#p\n"
    made = build_landscape([tables(organizations=organizations, partnerships=deal)], tmp_path / "kg").tables
    assert matrix(made).select("bank", "firm").rows() == [("both", "firm")]
    assert partners(made, ID + "both")["partner"].to_list() == ["firm"]


def test_partners_of_either_side(tiny: Landscape) -> None:
    told = partners(tiny.tables, ID + "paylo").select("partner", "partnership", "capabilities").rows()
    assert told == [
        ("hill-bank", "hill-paylo", ["credit-score", "wallet-top-up"]),
        ("river-bank", "river-paylo", ["payments", "qr-payment"]),
    ]
    since = partners(tiny.tables, ID + "river-bank").select("partnership", "since_earliest", "since_latest").rows()
    assert {(p, str(e), str(latest)) for p, e, latest in since} == {
        ("river-cloudy", "2020-03-15", "2020-03-15"), ("river-paylo", "2019-01-01", "2019-12-31"),
    }  # fmt: skip


def test_the_end_of_a_partnership_is_not_its_beginning(tiny: Landscape) -> None:
    assert partners(tiny.tables, ID + "lake-bank")["since_earliest"].to_list() == [None]


@pytest.mark.parametrize(
    ("entities", "partnerships"),
    [
        (["river-bank"], ["river-cloudy", "river-paylo"]),
        (["river-bank", "paylo"], ["river-paylo"]),
        (["paylo", "paylo-labs"], ["river-paylo"]),  # on one side of it
        (["wallet-top-up"], ["hill-paylo", "lake-cloudy"]),
        (["wallet-top-up", "paylo"], ["hill-paylo"]),
        (["river-pay"], ["river-paylo"]),
        (["hill-paylo"], ["hill-paylo"]),
        (["ledgerly"], []),
    ],
)
def test_what_stands_behind(tiny: Landscape, entities: list[str], partnerships: list[str]) -> None:
    assert behind(tiny.tables, *(ID + entity for entity in entities)) == [ID + p for p in partnerships]


def test_why_shows_the_steps_of_the_hierarchy_by_which_a_capability_is_covered(china: Landscape) -> None:
    rows = china.why("risk-control", "abc")
    steps = set(rows.filter(pl.col("predicate") == "skos:broader").select("subject", "object").iter_rows())
    assert steps == {
        ("risk-monitoring", "risk-control"),
        ("anti-fraud", "risk-control"),
        ("transaction-anti-fraud", "anti-fraud"),
        ("credit-anti-fraud", "anti-fraud"),
    }
    assert "definition" not in rows.filter(pl.col("subject") == "anti-fraud")["predicate"].to_list()


def test_why_names_every_passage_or_the_rule(tiny: Landscape) -> None:
    rows = why(tiny.store, tiny.tables, [ID + "river-paylo"])
    told = {
        (row["subject"], row["predicate"], row["object"], row["source"], row["locator"], row["rule"])
        for row in rows.iter_rows(named=True)
    }
    assert {
        ("river-paylo", "kg:covers", "payments", "gazette", "p3", None),
        ("river-paylo", "kg:covers", "payments", "release", "top", None),
        ("river-paylo", "kg:covers", "qr-payment", None, None, "rule/covers"),
        ("river-paylo", "kg:signed", "2019", "gazette", "p3", None),
        ("river-paylo", "kg:signedLatest", "2019-12-31", None, None, "rule/dates"),
        ("river-pay", "kg:realizes", "qr-payment", "gazette", "p3", None),
    } <= told
    assert rows.filter(pl.col("source").is_null() == pl.col("rule").is_null()).is_empty()
    assert {row[0] for row in told} == {"river-paylo", "river-pay"}


def test_a_milestone_without_an_earliest_day_leaves_the_beginning_open(
    tables: Callable[..., Path], tmp_path: Path
) -> None:
    organizations = "id,type,label@en,source\nb,Bank,B,s#p\nt,TechFirm,T,s#p\n"
    deal = "id,label@en,bankParty,techParty,announcedLatest,signed,source\nd,D,b,t,2017-05-31,2018,s#p\n"
    made = build_landscape([tables(organizations=organizations, partnerships=deal)], tmp_path / "kg").tables
    (row,) = partners(made, ID + "b").select("since_earliest", "since_latest").rows()
    assert (row[0], str(row[1])) == (None, "2017-05-31")


def test_statements_alike_in_their_labels_stay_apart(tables: Callable[..., Path], tmp_path: Path) -> None:
    capabilities = "id,label@en,source\nc,Same,s#1\nd,Same,s#1\n"
    organizations = "id,type,label@en,source\nb,Bank,B,s#p\nt,TechFirm,T,s#p\n"
    deals = "id,label@en,bankParty,techParty,covers,source\np,Deal,b,t,c|d,s#2\n"
    sources = "id,title@en,issued,language,source\ns,S,2017,en,s#1\ns,,2018,,s#2\n"
    same = "id,one,other,judgement,source\nj,c,d,different,s#1\n"
    folder = tables(
        capabilities=capabilities, organizations=organizations, partnerships=deals, sources=sources, same=same
    )
    landscape = build_landscape([folder], tmp_path / "kg")
    rows = why(landscape.store, landscape.tables, [ID + "p"])
    assert rows.filter(pl.col("predicate") == "kg:covers")["object"].to_list() == ["c", "d"]


@pytest.mark.parametrize("name", ["china", "tiny"])
def test_what_follows_by_a_rule_is_told_down_to_passages(name: str, request: pytest.FixtureRequest) -> None:
    landscape: Landscape = request.getfixturevalue(name)
    partnerships = sorted(landscape.tables["parties"]["partnership"].unique())
    rows = why(landscape.store, landscape.tables, partnerships)
    derived = rows.filter(pl.col("rule").is_not_null())
    assert derived.height > 3
    passages = set(rows.select(pl.concat_str("source", pl.lit("#"), "locator").drop_nulls()).to_series())
    for row in derived.iter_rows(named=True):
        assert row["rests_on"], row
        assert set(row["rests_on"]) <= passages
    assert (
        rows.filter(pl.col("rule").is_null())["rests_on"].null_count() == rows.filter(pl.col("rule").is_null()).height
    )


def test_what_a_product_brings_rests_on_both_of_its_statements(china: Landscape) -> None:
    rows = why(china.store, china.tables, [ID + "icbc-jd"]).filter(pl.col("predicate") == "kg:covers")
    told = dict(rows.filter(pl.col("rule").is_not_null()).select("object", "rests_on").iter_rows())
    assert told["marketing"] == ["fintech-banks-2017#L39-L41", "fintech-banks-2017#L41"]
