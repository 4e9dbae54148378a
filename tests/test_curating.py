"""Rows from the terminal, what is still to do, and the passages behind each table."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import kg
from kg.curating import add
from kg.errors import BadLandscape, FileFault
from kg.terms import ID

Run = Callable[..., Any]
STARTER = Path(__file__).resolve().parent.parent / "ontology" / "examples" / "starter"
ROW = ("id=new", "bankParty=RB", "techParty=Cloudy", "covers=data-storage", "source=paper#p9")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    shutil.copytree(STARTER, tmp_path / "mine")
    return tmp_path / "mine"


def test_a_row_is_appended_and_nothing_else_is_changed(mine: Path, run: Run) -> None:
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    told = run("add", str(mine), "partnerships", *ROW, 'label@en=A, "new" one', "label@zh=\u65b0")
    assert told.stderr == f"Added row 7 to {mine / 'partnerships.csv'}.\n"
    after = (mine / "partnerships.csv").read_bytes()
    assert after.startswith(before["partnerships.csv"])
    assert after.endswith('new,"A, ""new"" one",\u65b0,RB,Cloudy,,,,data-storage,,paper#p9\n'.encode())
    assert {p.name: p.read_bytes() for p in mine.iterdir() if p.name != "partnerships.csv"} == {
        name: content for name, content in before.items() if name != "partnerships.csv"
    }
    assert "new" in kg.build_landscape(mine).partners("RB")["partnership"].to_list()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("id=new", "bankParty=Nobody", "source=paper#p9"), "row 7, column 4 (bankParty): error: There is no Organ"),
        (("id=new", "signed=2019-13", "source=paper#p9"), "row 7, column 7 (signed): error"),
        (("id=new", "singed=2019", "source=paper#p9"), "There is no column word \u00absinged\u00bb"),
        (("id=new", "bankParty=RB"), "row 7, column 11 (source): error: The row has no source"),
        (("id=new", "bankParty=RB", "source=nowhere#p1"), "[unknown-source]"),
    ],
)
def test_a_row_that_brings_an_error_is_not_written(row: tuple[str, ...], message: str, mine: Path, run: Run) -> None:
    before = (mine / "partnerships.csv").read_bytes()
    told = run("add", str(mine), "partnerships", *row, exit_code=1)
    assert message in told.stderr
    assert str(mine / "partnerships.csv") in told.stderr
    assert "The row was not added" in told.stderr
    assert (mine / "partnerships.csv").read_bytes() == before
    assert sorted(path.name for path in mine.iterdir()) == sorted(path.name for path in STARTER.iterdir())


@pytest.mark.parametrize(
    ("file", "text"),
    [("partnerships.csv", "bad,,,nobody,,,,,,,paper#p1\n"), ("products.csv", 'p9,"Prod,,,,,,paper#p1\n')],
)
def test_where_something_is_wrong_already_nothing_is_added(file: str, text: str, mine: Path) -> None:
    with (mine / file).open("a", encoding="utf-8") as table:
        table.write(text)
    before = (mine / "products.csv").read_bytes()
    with pytest.raises(BadLandscape) as told:
        add(mine, "products", {"id": "x", "label@en": "X", "kind": "service", "source": "paper#p1"})
    assert {Path(finding.file).name for finding in told.value.findings} == {file}
    assert (mine / "products.csv").read_bytes() == before


def test_a_row_that_stands_already_is_told(mine: Path) -> None:
    row = {"id": "x", "label@en": "X", "label@zh": "X", "kind": "service", "source": "paper#p1"}
    add(mine, "products", row)
    with pytest.raises(FileFault, match="has this row already, as row 4"):
        add(mine, "products", row)
    assert add(mine, "products", {**row, "source": "paper#p2"}).row == 5


def test_rows_that_are_added_at_once_all_stand(mine: Path) -> None:
    rows = [(f"id=x{n}", f"label@en=x{n}", f"label@zh=x{n}", "kind=service", "source=paper#p1") for n in range(3)]
    others = [subprocess.Popen([sys.executable, "-m", "kg", "add", str(mine), "products", *row]) for row in rows]
    assert [other.wait(60) for other in others] == [0, 0, 0]
    told = (mine / "products.csv").read_text("utf-8")
    assert all(f"\nx{n}," in told for n in range(3))


def test_only_what_belongs_to_the_landscape_is_looked_at(mine: Path) -> None:
    os.mkfifo(mine / "pipe")
    (mine / "dangling.txt").symlink_to("/nonexistent")
    (mine / "old").mkdir(mode=0o000)
    assert add(mine, "products", {"id": "x", "label@en": "X", "kind": "service", "source": "paper#p1"}).row == 4
    (mine / "old").chmod(0o700)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["ended", "open"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_table_keeps_its_marks_and_line_ends(ending: str, last: str, mark: str, mine: Path) -> None:
    text = mark + (mine / "products.csv").read_text("utf-8").rstrip("\n").replace("\n", ending)
    (mine / "products.csv").write_bytes((text + (ending if last == "ended" else "")).encode())
    added = add(mine, "products.csv", {"id": "x", "note@en": "A\nnote", "kind": "service", "source": "paper#p1"})
    told = (mine / "products.csv").read_bytes().decode()
    assert told.startswith(mark + "id,label@en,label@zh,kind,stage,realizes,launched,source,note@en" + ending)
    assert told.endswith(f'x,,,service,,,,paper#p1,"A\nnote"{ending}')
    assert added.row == 4
    assert kg.build_landscape(mine).select("SELECT ?n { id:x skos:scopeNote ?n }")["n"].to_list() == ["A\nnote"]


def test_a_table_that_is_not_there_is_made(mine: Path) -> None:
    row = {"id": "m", "of": "river-cloudy", "stage": "live", "on": "2019", "source": "paper#p9"}
    assert add(mine, "milestones", row).row == 2
    assert (mine / "milestones.csv").read_text("utf-8") == "id,of,stage,on,source\nm,river-cloudy,live,2019,paper#p9\n"


def test_no_landscape_and_no_table_are_told(mine: Path, tmp_path: Path, run: Run) -> None:
    with pytest.raises(FileFault, match=r"is no folder.*kg init"):
        add(tmp_path / "nowhere", "products", {"id": "x"})
    for name in ("../products", "", ".", ".csv", ".tsv"):
        with pytest.raises(FileFault, match="is no table"):
            add(mine, name, {"id": "x"})
    assert "has no value" in run("add", str(mine), "products", "id=", exit_code=2).stderr
    with pytest.raises(BadLandscape):
        add(mine, "products", {"label@en": "X"})
    assert "is not COLUMN=VALUE" in run("add", str(mine), "products", "x", exit_code=2).stderr
    assert "is given twice" in run("add", str(mine), "products", "id=x", "id=y", exit_code=2).stderr


# What is still to do


def test_what_lacks_is_listed_by_what_it_lacks(tiny: kg.Landscape, run: Run) -> None:
    told = {}
    for lacks, thing in tiny.todo().select("lacks", "thing").iter_rows():
        told.setdefault(lacks, set()).add(thing)
    assert told == {
        "source": {"hill-paylo", "lake-cloudy", "river-cloudy"},  # river-paylo stands in the gazette and in a release
        "date": {"hill-paylo", "old-wallet"},
    }
    plain = run("todo", "--store", str(tiny.place)).stdout
    assert "a second independent source   Hill Bank and Paylo" in plain
    chinese = run("todo", "--store", str(tiny.place), "--lang", "zh").stdout
    assert "\u7b2c\u4e8c\u4e2a\u72ec\u7acb\u6765\u6e90" in chinese


def test_stages_names_and_verdicts_that_lack_are_listed(mine: Path) -> None:
    (mine / "same.csv").write_text("id,one,other,judgement,source\nj,river-bank,hill-bank,unsure,paper#p1\n", "utf-8")
    add(mine, "products", {"id": "x", "label@en": "X", "kind": "service", "source": "paper#p1"})
    rows = kg.build_landscape(mine).todo(language="zh").select("lacks", "thing").rows()
    assert {("stage", "x"), ("date", "x"), ("label-zh", "x"), ("verdict", "j")} <= set(rows)
    assert ("label-en", "x") not in rows


# The passages behind a table


def test_every_ranking_and_table_can_be_asked_for_its_passages(tiny: kg.Landscape, run: Run) -> None:
    ranked = dict(tiny.capabilities(everything=True, sources=True).select("capability", "sources").iter_rows())
    assert ranked["payments"] == ["editorial#Capabilities", "gazette#p3", "gazette#p4", "gazette#p5", "release#top"]
    assert ranked["qr-payment"] == ["gazette#p3"]
    stated = dict(
        tiny.capabilities(everything=True, stated=True, exact=True, sources=True)
        .select("capability", "sources")
        .iter_rows()
    )
    assert stated["payments"] == ["gazette#p3", "release#top"]
    assert "qr-payment" not in stated
    partners = tiny.partners("River Bank", sources=True)
    assert set(map(tuple, partners["sources"].to_list())) == {("gazette#p3",), ("gazette#p3", "release#top")}
    pairs = {
        (bank, firm): cited
        for bank, firm, cited in tiny.matrix(sources=True).select("bank", "firm", "sources").iter_rows()
    }
    assert pairs["river-bank", "paylo"] == ["gazette#p3", "release#top"]
    assert pairs["hill-bank", "paylo"] == ["gazette#p4"]
    assert tiny.matrix(sources=True).drop("sources").equals(tiny.matrix())
    store = ("--store", str(tiny.place))
    for args in (("capabilities", "--all"), ("partners", "RB"), ("matrix",)):
        assert "release#top" in run(*args, "--sources", *store).stdout
        for format_ in ("csv", "json", "markdown"):
            assert "release#top" in run(*args, "--sources", "--format", format_, *store).stdout
            assert "release#top" not in run(*args, "--format", format_, *store).stdout


def test_why_tells_what_is_said_of_a_thing_itself_and_by_narrower_ones(mine: Path) -> None:
    (mine / "more.csv").write_text("id,lei,source\nriver-bank,549300E7TSGLCOVSY746,paper#p7\n", "utf-8")
    (mine / "same.csv").write_text(
        "id,one,other,judgement,source\nj,river-bank,hill-bank,different,paper#p8\n", "utf-8"
    )
    landscape = kg.build_landscape(mine)
    said = landscape.why("River Bank").select("subject", "predicate", "object", "locator").rows()
    assert ("river-bank", "schema:leiCode", "549300E7TSGLCOVSY746", "p7") in said
    assert ("j", "kg:judgement", "code:different", "p8") in said
    (partner,) = landscape.why("River Bank").filter(pl.col("predicate") == "kg:partnersWith").iter_rows(named=True)
    assert (partner["object"], partner["rests_on"]) == ("cloudy", ["paper#p3"])
    # What it is called and of which class it is, where it alone is asked for.
    named = {"rdf:type": "kg:Bank", "skos:prefLabel": "River Bank", "skos:altLabel": "RB"}
    assert {(name, text) for _, name, text, _ in said} >= set(named.items())
    pair = landscape.why("River Bank", "Cloudy")["predicate"].to_list()
    assert not set(named) & set(pair)
    assert pair
    # Digital infrastructure is covered by way of cloud computing.
    broad = landscape.why("Digital infrastructure")
    assert {"river-cloudy", "hill-cloudy"} <= set(broad["subject"])
    assert landscape.why("Cloudy", "Digital infrastructure").height > 5


def test_why_tells_all_of_a_passage_and_how_many_independent_sources_agree(tiny: kg.Landscape, run: Run) -> None:
    rows = json.loads(run("why", "river-paylo", "--format", "json", "--store", str(tiny.place)).stdout)
    party = [row for row in rows if row["object"] == "paylo"]
    assert [(row["source"], row["locator"], row["issued"], row["language"]) for row in party] == [
        ("gazette", "p3", "2021-07-02", "en"), ("release", "top", "2019", "en"),
    ]  # fmt: skip
    assert {row["origins"] for row in party} == {2}
    assert {row["origins"] for row in rows if row["rule"]} == {None}
    assert all({"publisher", "address"} <= set(row) for row in rows)
    derived = next(row for row in rows if row["object"] == "qr-payment" and row["rule"])
    assert derived["rests_on"] == ["gazette#p3"]
    assert derived["premises"] == [
        {
            "source": "gazette", "locator": "p3", "locator_label": "p3", "title": "Valley Gazette",
            "publisher": "Paper Press", "issued": "2021-07-02", "address": None, "language": "en",
        }
    ]  # fmt: skip
    assert "(2 independent sources)" in run("why", "river-paylo", "--store", str(tiny.place)).stdout
    assert ID + "source/gazette#p3" in {row["passage"] for row in rows}


def test_a_slip_in_a_tables_name_makes_no_table(run: Run, tmp_path: Path) -> None:
    run("init", str(tmp_path / "mine"))
    told = run("add", str(tmp_path / "mine"), "partnership", "id=x", "source=paper#p1", exit_code=1)
    assert "There is no table «partnership»" in told.stderr
    assert "Perhaps «partnerships» is meant." in told.stderr
    assert not (tmp_path / "mine" / "partnership.csv").exists()
