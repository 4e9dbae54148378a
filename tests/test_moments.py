"""What may have been in force at a time, and what must have been: by the days that the sources leave open."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import BadParameter
from kg.network.moments import in_force
from kg.network.tables import SCHEMAS, TablesInMemory, framed
from kg.terms import CODE, ID, KG

Run = Callable[..., Any]
DAYS = [dt.date(2017, 1, 1) + dt.timedelta(days=n) for n in range(6)]
SPAN = st.tuples(st.sampled_from([None, *DAYS]), st.sampled_from([None, *DAYS])).map(
    lambda span: span if None in span else tuple(sorted(span))  # type: ignore[type-var]
)
STEP = st.tuples(st.sampled_from(["signed", "live", "ended"]), SPAN)


def given_steps(steps: list[tuple[str, tuple[Any, Any]]], *, gone: bool) -> TablesInMemory:
    """Tables that hold one partnership with the steps given."""
    rows = [(f"m{n}", ID + "p", CODE + stage, *span, *span) for n, (stage, span) in enumerate(steps)]
    return TablesInMemory(
        {
            "milestones": framed("milestones", rows),
            "types": framed("types", [(ID + "p", KG.Partnership)]),
            "codes": framed("codes", [(ID + "p", "stage", CODE + "ended")] if gone else []),
        }
    )


def worlds(steps: list[tuple[str, tuple[Any, Any]]]) -> list[list[tuple[str, dt.date]]]:
    """Every way in which the steps may have been dated, a day before and after the rest standing for all others."""
    everything = [DAYS[0] - dt.timedelta(days=1), *DAYS, DAYS[-1] + dt.timedelta(days=1)]
    made: list[list[tuple[str, dt.date]]] = [[]]
    for stage, (first, last) in steps:
        days = [day for day in everything if (first is None or day >= first) and (last is None or day <= last)]
        made = [[*world, (stage, day)] for world in made for day in days]
    return made


def holds(world: list[tuple[str, dt.date]], day: dt.date) -> bool:
    """Whether a partnership is in force on a day of one such world: begun, and not ended before."""
    begun = [when for stage, when in world if stage != "ended"]
    ended = [when for stage, when in world if stage == "ended"]
    return (not begun or min(begun) <= day) and (not ended or min(ended) >= day)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEP, max_size=3), day=st.sampled_from(DAYS))
def test_it_may_be_in_force_if_it_is_in_some_world(steps: list[tuple[str, tuple[Any, Any]]], day: dt.date) -> None:
    told = bool(in_force(given_steps(steps, gone=False), day, day))
    assert told == any(holds(world, day) for world in worlds(steps))


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEP, max_size=3), day=st.sampled_from(DAYS))
def test_what_must_be_in_force_is_in_every_world(steps: list[tuple[str, tuple[Any, Any]]], day: dt.date) -> None:
    if in_force(given_steps(steps, gone=False), day, day, certain=True):
        assert all(holds(world, day) for world in worlds(steps))
        assert in_force(given_steps(steps, gone=False), day, day)
    elif any(stage != "ended" for stage, _ in steps):
        # Where it must be in force, one step by which it must have begun says so by itself.
        begun = any(last is not None and last <= day for stage, (_, last) in steps if stage != "ended")
        ended = any(first is None or first <= day for stage, (first, _) in steps if stage == "ended")
        assert not begun or ended


def test_what_sources_agree_on_is_certain_and_what_one_leaves_open_may_be(tmp_path: Path) -> None:
    head = "id,label@en,label@zh,bankParty,techParty,covers,signed,signedEarliest,signedLatest,ended,source\n"
    deals = (
        "p,P,\u5408,b,f,,,2017-03-01,2017-12-31,,s#1\np,,,,,,2017-06-20,,,,t#1\n"  # a span, and a day in it
        "q,Q,\u4f5c,b,f,,2017-05,,,,s#2\nq,,,,,,2017-07,,,,t#2\n"  # both can't be right
        "r,R,\u5171,b,f,,2017-05,,,,s#3\nr,,,,,,,2018-01-01,,,t#3\n"  # nor these, of which one sets no last day
    )
    tables = {
        "organizations": "id,type,label@en,label@zh,source\nb,Bank,B,\u94f6,s#0\nf,TechFirm,F,\u79d1,s#0\n",
        "sources": "id,title@en,issued,language,source\ns,S,2018,en,s#t\nt,T,2018,en,t#t\n",
        "partnerships": head + deals,
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    landscape = kg.build_landscape(tmp_path, tmp_path / "kg")

    def there(date: str, *, certain: bool = False) -> set[str]:
        at = landscape.as_of(date, certain=certain).tables.of_class(KG.Partnership)
        return {iri.removeprefix(ID) for iri in at}

    assert there("2017-02") == set()
    assert there("2017-04") == {"p"}
    assert there("2017-06-19", certain=True) == set()
    assert there("2017-06-20", certain=True) == {"p"}
    assert there("2017-07-30", certain=True) == {"p"}
    assert there("2017-07-31", certain=True) == {"p", "q"}
    assert there("2017-05-02") == {"p", "q", "r"}
    assert there("2026", certain=True) == {"p", "q"}  # r may begin after that, by what t says
    since = landscape.partners("b").select("partnership", "since_earliest", "since_latest").rows()
    assert since == [
        ("p", dt.date(2017, 6, 20), dt.date(2017, 6, 20)),
        ("q", dt.date(2017, 5, 1), dt.date(2017, 7, 31)),
        ("r", dt.date(2017, 5, 1), None),
    ]
    told = landscape.why("p").filter(pl.col("predicate") == "kg:agreedEarliest")
    assert told.select("subject", "object", "rule", "rests_on").row(0) == (
        "p/signed", "2017-06-20", "rule/dates", ["s#1", "t#1"],
    )  # fmt: skip


def test_what_ended_without_a_date_may_be_but_need_not_be() -> None:
    steps = [("signed", (DAYS[0], DAYS[0]))]
    assert in_force(given_steps(steps, gone=True), DAYS[3], DAYS[3])
    assert not in_force(given_steps(steps, gone=True), DAYS[3], DAYS[3], certain=True)
    assert in_force(given_steps(steps, gone=False), DAYS[3], DAYS[3], certain=True)


def test_the_middle_of_2017_may_have_had_what_its_end_must(china: kg.Landscape) -> None:
    def partnerships(date: str, *, certain: bool = False) -> list[str]:
        at = china.as_of(date, certain=certain).tables["parties"]["partnership"].unique()
        return sorted(iri.removeprefix(ID) for iri in at)

    four = ["abc-baidu", "boc-tencent", "ccb-alibaba", "icbc-jd"]
    undated = ["bochk-wechat-hk"]  # announced by December, since when nobody says
    assert partnerships("2017-02") == undated
    assert partnerships("2017-06") == sorted(four + undated)
    assert partnerships("2017-03", certain=True) == []
    assert partnerships("2017-06", certain=True) == ["ccb-alibaba"]  # signed on March 28, others within the month
    assert partnerships("2018", certain=True) == sorted(four + undated)
    assert china.tables["parties"]["partnership"].n_unique() == 5  # the landscape itself is as it was


@pytest.mark.parametrize("date", ["2017-02", "2017-06", "2018"])
def test_nothing_speaks_of_what_was_not_in_force(china: kg.Landscape, date: str) -> None:
    then = china.as_of(date)
    kept = set(then.tables.of_class(KG.Partnership))
    gone = set(china.tables.of_class(KG.Partnership)) - kept
    for name in SCHEMAS.keys() - {"labels"}:
        assert not gone & {value for row in then.tables[name].iter_rows() for value in row}
    assert {node for node, kind in then.network("all").nodes(data="kind") if kind == "partnership"} == {
        iri.removeprefix(ID) for iri in kept
    }
    assert '"id": "icbc-jd"' not in then.page().html or ID + "icbc-jd" in kept


def test_commands_take_a_date(run: Run, tmp_path: Path) -> None:
    def rows(*args: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout)))

    assert [row["bank"] for row in rows("matrix", "--as-of", "2017-02")] == ["bochk"]
    assert rows("capabilities", "--as-of", "2017-06", "--certain") == []  # one partnership shares nothing
    assert {row["share"] for row in rows("capabilities", "--as-of", "2018", "--certain", "--top", "2")} == {"0.6"}
    assert rows("partners", "ICBC", "--as-of", "2017-02") == []
    run("view", "--as-of", "2017-02", "-o", str(tmp_path / "then.html"))
    run("export", "--as-of", "2017-02", "--network", "banks-firms", "-o", str(tmp_path / "then.graphml"))
    assert (tmp_path / "then.graphml").read_text("utf-8").count("<edge ") == 1
    # BOCHK and WeChat HK have no first day, and are there in whatever year is asked for.
    assert run("capabilities", "--as-of", "1990").stderr.startswith("Of 1 partnerships, 1 may have begun at any time")
    assert "1 \u9879" in run("matrix", "--as-of", "1990", "--lang", "zh").stderr
    assert run("matrix", "--as-of", "1990", "--certain").stderr.startswith("There is no partnership")
    # By 2018 they must have been, however long before they began.
    assert run("capabilities", "--as-of", "2018").stderr == ""
    assert run("capabilities", "--as-of", "2018", "--certain").stderr == ""
    assert "--certain goes with --as-of" in run("matrix", "--certain", exit_code=2).stderr
    assert "«2017-13» is none" in run("matrix", "--as-of", "2017-13", exit_code=1).stderr


def test_of_a_month_or_a_year_certain_is_what_was_in_force_on_every_day_of_it(tables: Callable[..., Path]) -> None:
    landscape = kg.build_landscape(
        tables(
            organizations="id,type,label@en,source\nb,Bank,B,s#p\nf,TechFirm,F,s#p\n",
            partnerships="id,bankParty,techParty,signed,ended,source\nd,b,f,2017-01,2019-03,s#p\n",
        )
    )

    def there(date: str, *, certain: bool) -> bool:
        return landscape.as_of(date, certain=certain).tables["parties"].height > 0

    dates = ("2016-12", "2017", "2017-01", "2017-01-31", "2017-02", "2018", "2019", "2019-02", "2019-03", "2019-04")
    assert [date for date in dates if there(date, certain=False)] == list(dates[1:-1])
    assert [date for date in dates if there(date, certain=True)] == ["2017-01-31", "2017-02", "2018", "2019-02"]


def test_what_is_no_date_is_told(china: kg.Landscape) -> None:
    with pytest.raises(BadParameter, match="«soon» is none"):
        china.as_of("soon")


def test_a_named_question_is_asked_of_a_time(tiny: kg.Landscape, run: Run) -> None:
    def at(date: str, question: str, *, certain: bool = False, **parameters: str) -> set[str]:
        rows = tiny.as_of(date, certain=certain).answer(question, **parameters)
        return {iri.rpartition("/")[2] for iri in rows[rows.columns[0]]}

    # River Pay went live in May 2020: in that month it may have, by June it must have.
    assert at("2020-04", "products-at", stage="live") == set()
    assert at("2020-05", "products-at", stage="live") == {"river-pay"}
    assert at("2020-05", "products-at", stage="live", certain=True) == set()
    assert at("2020-06", "products-at", stage="live", certain=True) == {"river-pay"}
    # The pilot was announced in 2020; that it is a pilot, a source of July 2021 says.
    assert at("2020-07", "products-at", stage="announced") == {"score-pilot"}
    assert at("2020-07", "products-at", stage="pilot") == set()
    assert at("2021-08", "products-at", stage="pilot") == {"score-pilot"}
    assert at("2018", "who-with-whom") == {"hill-bank", "lake-bank"}
    assert "lake-bank" not in at("2021-12", "who-with-whom")
    told = run("query", "-q", "products-at", "-p", "stage=live", "--as-of", "2020-04", "--store", str(tiny.place))
    assert told.stderr.endswith("No rows.\n")
    wrong = run("query", "SELECT * { ?s ?p ?o }", "--as-of", "2020", "--store", str(tiny.place), exit_code=2)
    assert "--as-of goes with --question" in wrong.stderr
    assert tiny.answer("products-at", stage="live").height > 0  # and the whole is what it was


def test_the_stage_is_the_last_one_known_then(tiny: kg.Landscape) -> None:
    def stages(date: str) -> dict[str, str]:
        codes = tiny.as_of(date).tables["codes"].filter(pl.col("list") == "stage").select("entity", "code")
        return {thing.rpartition("/")[2]: code.rpartition("/")[2] for thing, code in codes.iter_rows()}

    assert stages("2019-06")["river-paylo"] == "signed"
    assert stages("2021-08")["river-paylo"] == "live"
    assert "river-cloudy" not in stages("2020-02")
    assert stages("2020-04")["river-cloudy"] == "signed"


def test_a_step_is_not_undone_by_an_earlier_one_with_a_vague_date(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,title@en,issued,language,source\ns,S,2020,en,s#t\n", "utf-8")
    (tmp_path / "products.csv").write_text(
        "id,label@en,launched,announcedEarliest,announcedLatest,source\np,P,2018-03,2018-01-01,2018-12-31,s#1\n",
        "utf-8",
    )
    (tmp_path / "partnerships.csv").write_text("id,label@en,stage,source\ngone,Gone,ended,s#2\n", "utf-8")
    landscape = kg.build_landscape(tmp_path)
    assert landscape.as_of("2018-04").answer("products-at", stage="live").height == 1
    assert landscape.as_of("2018-04").answer("products-at", stage="announced").height == 0
    assert landscape.as_of("2018-02").answer("products-at", stage="announced").height == 1
    # That it had ended, a source of 2020 says: by the end of that year it had.
    for date, there in (("2020", True), ("2021", False)):
        assert (ID + "gone" in landscape.as_of(date).tables.of_class(KG.Partnership).to_list()) == there


def test_at_a_time_what_ended_later_has_not_ended_yet(tmp_path: Path) -> None:
    """The ranking by stage and the choice of stages follow the stage of that time, under owners too."""
    (tmp_path / "sources.csv").write_text("id,title@en,issued,language,source\ns,S,2021,en,s#t\n", "utf-8")
    (tmp_path / "capabilities.csv").write_text("id,label@en,source\nc,C,s#1\n", "utf-8")
    (tmp_path / "organizations.csv").write_text(
        "id,type,label@en,subsidiaryOf,source\nb,Bank,B,,s#1\nf,TechFirm,F,g,s#1\ng,TechFirm,G,,s#1\n", "utf-8"
    )
    (tmp_path / "partnerships.csv").write_text(
        "id,label@en,bankParty,techParty,signed,ended,covers,source\np,P,b,f,2018-01-05,2020-05-01,c,s#2\n", "utf-8"
    )
    whole = kg.build_landscape(tmp_path)
    for landscape in (whole, whole.by_owner()):
        for date, stage in (("2019", "announced"), ("2020-05-01", "ended")):
            [row] = landscape.as_of(date).capabilities(everything=True).iter_rows(named=True)
            assert {name for name in ("announced", "underway", "live", "ended") if row[name]} == {stage}
    assert whole.as_of("2019").at_stage("signed").capabilities(everything=True).height == 1
    assert whole.as_of("2019").at_stage("ended").capabilities(everything=True).is_empty()
    assert whole.as_of("2019").by_owner().capabilities(everything=True)["announced"].to_list() == [1]
    assert whole.at_stage("ended").capabilities(everything=True)["ended"].to_list() == [1]
