"""Who is the same: judged by a person, merged and parted again; identifiers that can't be; names that are too close."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import kg
from kg.analysis.differences import differences, statements
from kg.terms import ID

Run = Callable[..., Any]
Tables = Callable[..., Path]

ORGANIZATIONS = (
    "id,type,label@en,label@zh,alias@en,subsidiaryOf,source\n"
    "abc,Bank,Agricultural Bank,\u519c\u4e1a\u94f6\u884c,,,s#p\n"
    "agri,Bank,Agri Bank,\u519c\u884c,ABC,,s#p2\n"
    "jd,TechFirm,JD,\u4eac\u4e1c,,,s#p\n"
    "jd-fin,TechFirm,JD Finance,\u4eac\u4e1c\u91d1\u878d,,jd,s#p\n"
    "jd-lab,TechFirm,JD Lab,\u4eac\u4e1c\u5b9e\u9a8c\u5ba4,,jd-fin,s#p\n"
)
DEALS = (
    "id,label@en,label@zh,bankParty,techParty,covers,source\n"
    "d,D,\u5408\u4e00,abc,jd-fin,pay,s#p\n"
    "e,E,\u5408\u4e8c,Agri Bank,jd-lab,lend,s#p2\n"
)
CAPABILITIES = (
    "id,label@en,label@zh,definition@en,source\n"
    "pay,Payments,\u652f\u4ed8,Moving money.,s#p\nlend,Lending,\u4fe1\u8d37,Lending money.,s#p\n"
)
GOOD = {"organizations": ORGANIZATIONS, "partnerships": DEALS, "capabilities": CAPABILITIES}
SAME = "id,one,other,judgement,source\nj1,abc,agri,same,s#p3\n"


def codes(folder: Path) -> list[tuple[str, str, str, int, int]]:
    return [(f.code, f.level, Path(f.file).stem, f.row, f.column) for f in kg.check_landscape(folder)]


def test_what_is_judged_the_same_is_one_and_parted_again_without_the_judgement(tables: Tables, tmp_path: Path) -> None:
    apart = kg.build_landscape(tables(**GOOD), tmp_path / "apart")
    assert apart.matrix()["bank"].to_list() == ["abc", "agri"]
    folder = tables(**GOOD, same=SAME)
    rows = (folder / "organizations.csv").read_bytes()
    one = kg.build_landscape(folder, tmp_path / "one")
    assert (folder / "organizations.csv").read_bytes() == rows
    assert set(one.matrix()["bank"]) == {"abc"}
    assert set(one.partners("abc")["partnership"]) == {"d", "e"}
    for name in ("abc", "agri", "Agri Bank", "ABC", "\u519c\u884c", "\u519c\u4e1a\u94f6\u884c"):
        assert one.find(name) == ID + "abc"
    # What was said of the other is said of the one, by the passages that said it.
    told = one.why("e").filter(one.why("e")["predicate"] == "kg:bankParty")
    assert told.select("object", "source", "locator").rows() == [("abc", "s", "p2")]
    labels = one.select("SELECT ?p ?l { id:abc ?p ?l FILTER(LANG(?l) = 'en') }").rows()
    assert sorted((p.rpartition("#")[2], label) for p, label in labels) == [
        ("altLabel", "ABC"), ("altLabel", "Agri Bank"), ("prefLabel", "Agricultural Bank"),
    ]  # fmt: skip
    assert one.select("SELECT ?x { id:abc skos:exactMatch ?x }")["x"].to_list() == [ID + "agri"]
    assert [f for f in kg.check_landscape(folder) if f.level != "note"] == []
    (folder / "same.csv").write_text(SAME.replace("same,s", "unsure,s"), "utf-8")
    again = kg.build_landscape(folder, tmp_path / "again")
    assert again.matrix().equals(apart.matrix())
    assert set(differences(apart, again)["change"]) == {"judgement-added"}


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_a_merged_landscape_comes_back(ending: str, tables: Tables, tmp_path: Path) -> None:
    one = kg.build_landscape(tables(**GOOD, same=SAME), tmp_path / "kg")
    one.export(tmp_path / f"all.{ending}")
    again = kg.build_landscape(tmp_path / f"all.{ending}")
    assert len(again.store) == len(one.store)
    assert statements(one.store, again.store) == ([], [])


def test_merges_go_by_way_of_others_into_the_one_that_is_never_the_other(tables: Tables) -> None:
    third = ORGANIZATIONS + "nong,Bank,Nong,\u519c,,,s#p\n"
    same = SAME + "j2,agri,nong,same,s#p3\n"
    landscape = kg.build_landscape(tables(**{**GOOD, "organizations": third}, same=same))
    assert landscape.find("nong") == landscape.find("agri") == ID + "abc"
    (bank,) = landscape.select("SELECT DISTINCT ?b { ?b a kg:Bank }")["b"]
    assert bank == ID + "abc"


def test_a_name_of_two_that_are_one_means_one(tables: Tables) -> None:
    both = {**GOOD, "organizations": ORGANIZATIONS.replace("Agri Bank", "Agricultural Bank")}
    named = {**both, "partnerships": DEALS.replace("Agri Bank", "Agricultural Bank")}
    assert ("ambiguous-name", "error", "partnerships", 3, 4) in codes(tables(**named))
    assert not [code for code, level, *_ in codes(tables(**named, same=SAME)) if level != "note"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("j2,agri,abc,different,s#p4\n", ("contradicting-judgement", "error", "same", 3, 4)),
        ("j2,jd,jd-lab,same,s#p4\n", ("merged-with-parent", "error", "same", 3, 4)),
        ("j2,jd-lab,jd,same,s#p4\n", ("merged-with-parent", "error", "same", 3, 4)),
        ("j2,abc,pay,same,s#p4\n", ("merged-classes", "error", "same", 3, 4)),
        ("j2,jd,jd,same,s#p4\n", ("contradicting-judgement", "error", "same", 3, 4)),
        ("j2,abc,agri,unsure,s#p4\n", ("contradicting-judgement", "error", "same", 3, 4)),
        ("j2,abc,jd-fin,same,s#p4\n", ("contradicting-judgement", "error", "same", 3, 4)),
        ("j2,s,t,same,s#p4\n", ("merged-classes", "error", "same", 3, 4)),
        ("j2,live,ended,same,s#p4\n", ("merged-classes", "error", "same", 3, 4)),
        ("j2,zz,jd,same,s#p4\n", ("merged-with-parent", "error", "same", 3, 4)),
        ("j2,pay,transfer,same,s#p4\n", ("merged-with-parent", "error", "same", 3, 4)),
        ("j2,abc,,same,s#p4\n", ("Judgement-other", "warning", "same", 3, 0)),
        ("j2,abc,jd,alike,s#p4\n", ("unknown-name", "error", "same", 3, 4)),
        ("j2,abc,nobody,same,s#p4\n", ("unknown-name", "error", "same", 3, 3)),
    ],
)
def test_a_judgement_that_can_not_hold_is_told(
    rows: str, expected: tuple[str, str, str, int, int], tables: Tables
) -> None:
    more = {
        "more": "id,type,label@en,subsidiaryOf,source\nzz,TechFirm,ZZ,jd|abc,s#p\n",
        "capabilities": CAPABILITIES.replace("source\n", "broader,source\n").replace(".,s#p", ".,,s#p")
        + "transfer,Transfer,\u8f6c\u8d26,Moving.,pay,s#p\n",
        "sources": "id,title@en,issued,language,source\ns,A source,2017,en,s#top\nt,Another,2017,en,t#top\n",
    }
    assert expected in codes(tables(**{**GOOD, **more}, same=SAME + rows))


def test_different_and_unsure_merge_nothing(tables: Tables) -> None:
    for verdict in ("different", "unsure"):
        landscape = kg.build_landscape(tables(**GOOD, same=SAME.replace("same,s", f"{verdict},s")))
        assert landscape.matrix()["bank"].to_list() == ["abc", "agri"]


# Identifiers. The codes are of this test's making: their check digits fit.

IDENTIFIED = "id,lei,ticker,creditCode,exactMatch,source\n"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("549300E7TSGLCOVSY746,,,", None), ("549300E7TSGLCOVSY747,,,", 2), ("549300e7tsglcovsy746,,,", 2),
        (",XSHG 601288,,", None), (",601288,,", 3), (",XSHG:601288,,", 3),
        (",,91110000600037341L,", None), (",,91110000600037341M,", 4), (",,911100006000373,", 4),
        (",,,wd:Q26463", None), (",,,wd:P31", 5), (",,,http://a.example/Q1", None),
        (",,,https://www.wikidata.org/wiki/Q26463", 5),
    ],
)  # fmt: skip
def test_an_identifier_is_held_to_its_rules(cells: str, column: int | None, tables: Tables) -> None:
    told = codes(tables(**GOOD, identifiers=IDENTIFIED + f"abc,{cells},s#p\n"))
    wrong = [] if column is None else [("bad-identifier", "error", "identifiers", 2, column)]
    assert [finding for finding in told if finding[0] == "bad-identifier"] == wrong


def test_two_of_one_identifier_are_told_until_they_are_one(tables: Tables) -> None:
    rows = IDENTIFIED + "abc,,,,wd:Q26463,s#p\nagri,,,,wd:Q26463,s#p\n"
    assert [c for c in codes(tables(**GOOD, identifiers=rows)) if c[0] == "shared-identifier"] == [
        ("shared-identifier", "warning", "identifiers", 2, 5), ("shared-identifier", "warning", "identifiers", 3, 5),
    ]  # fmt: skip
    assert not [c for c in codes(tables(**GOOD, identifiers=rows, same=SAME)) if c[0] == "shared-identifier"]


# Capabilities that may be one

CLOSE = CAPABILITIES + "payment,Payment,\u6536\u6b3e,Paying.,s#p\n"


def test_a_capability_used_once_and_close_in_name_is_told_until_it_is_judged(tables: Tables) -> None:
    folder = tables(**{**GOOD, "capabilities": CLOSE})
    assert [c for c in codes(folder) if c[0] == "close-name"] == [("close-name", "note", "capabilities", 2, 2)]
    judged = tables(
        **{**GOOD, "capabilities": CLOSE}, same="id,one,other,judgement,source\nj,pay,payment,different,s#p\n"
    )
    assert not [c for c in codes(judged) if c[0] == "close-name"]
    used = DEALS.replace(",lend,", ",lend|pay,")
    twice = tables(**{**GOOD, "capabilities": CLOSE, "partnerships": used})
    assert not [c for c in codes(twice) if c[0] == "close-name"]


# Groups of companies


def test_a_subsidiary_counts_as_its_parent_where_groups_are_asked(run: Run, tables: Tables, tmp_path: Path) -> None:
    landscape = kg.build_landscape(tables(**GOOD, same=SAME), tmp_path / "kg")
    whole = landscape.by_owner()
    assert set(landscape.matrix()["firm"]) == {"jd-fin", "jd-lab"}
    assert set(whole.matrix()["firm"]) == {"jd"}
    assert whole.matrix()["partnerships"].to_list() == [["d", "e"]]
    assert whole.partners("JD Lab")["partner"].unique().to_list() == ["abc"]
    assert set(whole.network("banks-firms").nodes) == {"abc", "jd"}
    assert "jd-fin" not in whole.network("all")
    assert whole.capabilities(everything=True)["firms"].to_list() == [1, 1]
    store = ("--store", str(tmp_path / "kg"))
    assert "JD Finance" in run("matrix", *store).stdout
    assert "JD Finance" not in run("matrix", "--group", *store).stdout
    told = run("partners", "jd-fin", "--group", "--format", "csv", *store)
    assert told.stdout.count("\nabc,") == 2
    assert told.stderr == "«jd-fin» belongs to JD, and is counted as it.\n"
    for args in (
        ("capabilities",),
        ("view", "-o", str(tmp_path / "g.html")),
        ("export", "-o", str(tmp_path / "g.gexf")),
    ):
        run(*args, "--group", *store)
    assert b"jd-fin" not in (tmp_path / "g.gexf").read_bytes()


def test_other_merges_put_no_subsidiary_into_its_parent(tables: Tables) -> None:
    four = "".join(f"{key},Bank,{key.upper()},,,{owner},s#p\n" for key, owner in (
        ("a1", "x1"), ("a2", ""), ("x1", ""), ("x2", "a2"),
    ))  # fmt: skip
    same = "id,one,other,judgement,source\nj1,a1,a2,same,s#p\nj2,x1,x2,same,s#p\n"
    found = [c for c in codes(tables(**{**GOOD, "organizations": ORGANIZATIONS + four}, same=same)) if c[1] == "error"]
    assert [(code, place, row) for code, _, place, row, _ in found] == [
        ("merged-with-parent", "same", 2), ("merged-with-parent", "same", 3),
    ]  # fmt: skip


def test_only_the_judgements_by_which_a_subsidiary_comes_into_its_parent_are_told(tables: Tables) -> None:
    more = "hsbc,Bank,HSBC,,,,s#p\nabchk,Bank,ABC HK,,,abc,s#p\nfar,Bank,Far,,,,s#p\n"
    same = "id,one,other,judgement,source\nj1,abc,hsbc,same,s#p\nj2,abc,far,same,s#p\nj3,far,abchk,same,s#p\n"
    found = [c for c in codes(tables(**{**GOOD, "organizations": ORGANIZATIONS + more}, same=same)) if c[1] == "error"]
    assert [(code, row) for code, _, place, row, _ in found if place == "same"] == [
        ("merged-with-parent", 3), ("merged-with-parent", 4),
    ]  # fmt: skip


def test_a_bank_is_not_merged_with_its_partner_by_way_of_a_third(tables: Tables) -> None:
    third = ORGANIZATIONS + "mid,TechFirm,Mid,,,,s#p\n"
    same = "id,one,other,judgement,source\nj1,mid,jd-fin,same,s#p\nj2,abc,mid,same,s#p\n"
    found = [c[0] for c in codes(tables(**{**GOOD, "organizations": third}, same=same)) if c[1] == "error"]
    assert "contradicting-judgement" in found


def test_why_tells_the_judgement_by_which_a_party_is_one_with_another(tables: Tables, tmp_path: Path) -> None:
    one = kg.build_landscape(tables(**GOOD, same=SAME), tmp_path / "kg")
    rows = one.why("e")  # its bank was curated as agri
    assert "j1" in rows["subject"].to_list()
    matches = one.why("abc").filter(pl.col("predicate") == "skos:exactMatch")
    assert matches["rests_on"].to_list() == [["s#p3"]]
    pair = one.why("abc", "jd-fin").filter(pl.col("predicate") == "kg:partnersWith")
    assert set(pair["object"]) <= {"abc", "jd-fin"}
    assert all(pair["rests_on"].list.len() > 0)


CHAIN = "id,one,other,judgement,source\nj1,abc,agri,same,s#p3\nj2,agri,nong,same,s#p4\nj3,nong,jd,different,s#p5\n"


def chained(tables: Tables) -> Path:
    """Three banks that are one by a chain of judgements; each is the party of a partnership."""
    third = ORGANIZATIONS + "nong,Bank,Nong,\u519c,,,s#p6\n"
    deals = DEALS + "f,F,\u5408\u4e09,nong,jd,pay,s#p7\n"
    return tables(**{**GOOD, "organizations": third, "partnerships": deals}, same=CHAIN)


@pytest.mark.parametrize("way", ["built", "read back"])
def test_a_merge_by_a_chain_rests_on_all_its_judgements(way: str, tables: Tables, tmp_path: Path, run: Run) -> None:
    one = kg.build_landscape(chained(tables), tmp_path / "kg")
    if way == "read back":  # out of a file, in which nothing is called nong any more, it is the same
        one.export(tmp_path / "all.trig")
        one = kg.build_landscape(tmp_path / "all.trig", tmp_path / "kg")
    rows = one.why("abc")
    matches = rows.filter(pl.col("predicate") == "skos:exactMatch").sort("object")
    assert matches.select("object", "rests_on").rows() == [("agri", ["s#p3"]), ("nong", ["s#p3", "s#p4"])]
    assert {"j1", "j2", "j3"} <= set(rows["subject"])  # the third is on what is one with it
    told = {deal: one.why(deal) for deal in "def"}
    party = {deal: rows.filter(pl.col("predicate") == "kg:bankParty") for deal, rows in told.items()}
    assert {deal: rows.select("object", "locator", "said_of", "rests_on").row(0) for deal, rows in party.items()} == {
        "d": ("abc", "p", None, None),
        "e": ("abc", "p2", ["agri"], ["s#p3"]),
        "f": ("abc", "p7", ["nong"], ["s#p3", "s#p4"]),
    }
    assert {"j1", "j2"} <= set(told["f"]["subject"])
    assert "j3" not in told["f"]["subject"]
    # What follows from a party that was named otherwise follows from the judgements too.
    partner = one.why("abc", "jd").filter(pl.col("predicate") == "kg:partnersWith", pl.col("subject") == "abc")
    assert partner["rests_on"].to_list() == [["s#p3", "s#p4", "s#p7"]]
    store = ("--store", str(tmp_path / "kg"))
    assert "s#p7 (of nong, the same by s#p3, s#p4)" in run("why", "f", "--format", "markdown", *store).stdout
    assert "（所指为 nong，依据 s#p3, s#p4 判为同一）" in run(
        "why", "f", "--lang", "zh", "--format", "markdown", *store
    ).stdout  # fmt: skip


def test_what_a_passage_says_of_the_one_itself_needs_no_judgement(tables: Tables) -> None:
    country = "id,country,source\nabc,CN,s#p8\nagri,CN,s#p8|s#p9\n"
    one = kg.build_landscape(tables(**GOOD, more=country, same=SAME))
    rows = one.why("abc").filter(pl.col("predicate") == "kg:country").sort("locator")
    assert rows.select("locator", "said_of").rows() == [("p8", None), ("p9", ["agri"])]


def test_a_circle_of_judgements_rests_on_the_shortest(tables: Tables) -> None:
    third = ORGANIZATIONS + "nong,Bank,Nong,\u519c,,,s#p6\n"
    same = CHAIN + "j4,abc,nong,same,s#p6\nj5,nong,abc,same,s#p7\n"
    one = kg.build_landscape(tables(**{**GOOD, "organizations": third}, same=same))
    matches = one.why("abc").filter(pl.col("predicate") == "skos:exactMatch").sort("object")
    assert matches["rests_on"].to_list() == [["s#p3"], ["s#p6", "s#p7"]]


def test_a_partnership_inside_a_group_is_none_of_the_group(tables: Tables) -> None:
    owned = (
        "id,type,label@en,subsidiaryOf,source\nbank,Bank,Bank,,s#p\nlab,TechFirm,Lab,bank,s#p\nout,TechFirm,Out,,s#p\n"
    )
    deals = "id,bankParty,techParty,covers,delivers,source\nin,bank,lab,pay,app,s#p\nmixed,bank,lab|out,lend,,s#p\n"
    products = "id,label@en,realizes,source\napp,App,pay,s#p\n"
    whole = kg.build_landscape(tables(**{**GOOD, "organizations": owned, "partnerships": deals, "products": products}))
    assert whole.capabilities(everything=True)["capability"].to_list() == ["lend", "pay"]
    groups = whole.by_owner()
    assert groups.capabilities(everything=True)["capability"].to_list() == ["lend"]
    assert groups.matrix()["partnerships"].to_list() == [["mixed"]]
    assert not {"in", "app", "lab"} & set(groups.network("all").nodes)


def test_a_circle_of_owners_ends(tables: Tables) -> None:
    circle = (
        "id,type,label@en,subsidiaryOf,source\na,TechFirm,A,b,s#p\nb,TechFirm,B,a,s#p\nc,Bank,C,,s#p\nd,Bank,D,c,s#p\n"
    )
    deals = "id,bankParty,techParty,source\nx,d,b,s#p\n"
    whole = kg.build_landscape(tables(organizations=circle, partnerships=deals)).by_owner()
    assert whole.matrix().select("bank", "firm").rows() == [("c", "a")]
