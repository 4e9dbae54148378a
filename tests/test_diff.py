"""Differences: each kind of change is told once, in words, and the same seen from the other side."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.analysis.differences import CHANGES, differences, statements
from kg.views import words

Run = Callable[..., Any]
TINY = Path(__file__).resolve().parent.parent / "ontology" / "examples" / "tiny"


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """``edited(("partnerships.csv", old, new), ...)``: the invented landscape with some text replaced."""

    def edit(*changes: tuple[str, str, str]) -> Path:
        folder = tmp_path / "edited"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        for file, old, new in changes:
            text = (folder / file).read_text("utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        return folder

    return edit


def told(old: kg.Landscape, new: kg.Landscape) -> set[tuple[str, ...]]:
    rows = differences(old, new).select("change", "thing", "object", "before", "after").rows()
    return {tuple(cell for cell in row if cell is not None) for row in rows}


NEW = "new-deal,New deal,新协议,lake-bank,paylo,,,,live,credit,,gazette#p9\n"


def test_a_new_partnership_is_told_as_one_change(tiny: kg.Landscape, edited: Callable[..., Path]) -> None:
    new = kg.build_landscape(edited(("partnerships.csv", "", NEW)))
    assert told(tiny, new) == {("partnership-added", "new-deal")}
    assert told(new, tiny) == {("partnership-removed", "new-deal")}
    assert told(tiny, tiny) == set()


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (
            ("partnerships.csv", "river-cloudy,River Bank and Cloudy,", "river-cloudy,River and Cloudy,"),
            {("name-changed", "river-cloudy", "River Bank and Cloudy", "River and Cloudy")},
        ),
        (
            ("partnerships.csv", "2020-03-15,,signed,cloud-computing", "2020-03-15,,live,cloud-computing"),
            {("stage-changed", "river-cloudy", "code:signed", "code:live")},
        ),
        (
            ("partnerships.csv", "2020-03-15,,signed,cloud-computing", "2020-03,,signed,cloud-computing|credit"),
            {
                ("date-changed", "river-cloudy", "code:signed", "2020-03-15/2020-03-15", "2020-03-01/2020-03-31"),
                ("capability-covered", "river-cloudy", "credit"),
            },
        ),
        (
            ("partnerships.csv", "2020-03-15,,signed,cloud-computing", "2020-03-15,2021,signed,cloud-computing"),
            {
                ("partnership-ended", "river-cloudy", "code:signed", "code:ended|code:signed"),
                ("date-changed", "river-cloudy", "code:ended", "2021-01-01/2021-12-31"),
            },
        ),
        (
            ("partnerships.csv", "hill-bank,paylo,joint-venture", "hill-bank|lake-bank,paylo,joint-venture"),
            {("party-added", "hill-paylo", "lake-bank", "kg:bankParty")},
        ),
        (
            ("partnerships.csv", "wallet-top-up,score-pilot", "wallet-top-up,"),
            {
                ("product-no-longer-delivered", "hill-paylo", "score-pilot"),
                ("capability-no-longer-covered", "hill-paylo", "credit-score"),
            },
        ),
        (
            ("partnerships.csv", "hill-bank,paylo,joint-venture", "hill-bank,paylo,strategic-cooperation"),
            {("detail-changed", "hill-paylo", "kg:form", "code:joint-venture", "code:strategic-cooperation")},
        ),
        (
            ("organizations.csv", "lake-bank,Bank,", "lake-bank,TechFirm,"),
            {("detail-changed", "lake-bank", "rdf:type", "kg:Bank", "kg:TechFirm")},
        ),
        (
            ("sources.csv", "Wire Service,2019", "Wire Service,2018-02"),
            {("detail-changed", "release", "dcterms:issued", "2019", "2018-02")},
        ),
        (
            ("partnerships.csv", "hill-bank,paylo,joint-venture", "paylo,hill-bank,joint-venture"),
            {
                ("party-added", "hill-paylo", "paylo", "kg:bankParty"),
                ("party-added", "hill-paylo", "hill-bank", "kg:techParty"),
                ("party-removed", "hill-paylo", "paylo", "kg:techParty"),
                ("party-removed", "hill-paylo", "hill-bank", "kg:bankParty"),
            },
        ),
        (
            ("organizations.csv", ",,paylo,,", ",,cloudy,,"),
            {("detail-changed", "paylo-labs", "kg:subsidiaryOf", "paylo", "cloudy")},
        ),
        (
            ("capabilities.csv", "\u94b1\u5305\u5145\u503c,payments", "\u94b1\u5305\u5145\u503c,credit"),
            {("detail-changed", "wallet-top-up", "skos:broader", "payments", "credit")},
        ),
        (
            ("organizations.csv", ",RB,", ",RB|Riverb,"),
            {("detail-changed", "river-bank", "skos:altLabel", "RB", "RB|Riverb")},
        ),
        (
            ("sources.csv", "", "letter,A letter,一封信,,2021,en,editorial#Sources\n"),
            {("source-added", "letter")},
        ),
        (
            ("partnerships.csv", "", "hill-paylo,,,hill-bank,paylo,,,,,,,release#top\n"),
            {("source-cited", "hill-paylo", "release")},
        ),
    ],
    ids=lambda value: value[2][:30] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_each_change_is_told(
    edit: tuple[str, str, str], changes: set[tuple[str, ...]], tiny: kg.Landscape, edited: Callable[..., Path]
) -> None:
    new = kg.build_landscape(edited(edit))
    assert told(tiny, new) == changes
    mirrored = differences(new, tiny)
    assert mirrored.height == len(changes)
    assert set(mirrored["before"].drop_nulls()) == set(differences(tiny, new)["after"].drop_nulls())
    added, removed = statements(tiny.store, new.store)
    assert added or removed
    assert statements(new.store, tiny.store) == (removed, added)


def test_a_date_is_told_as_it_is_shown_everywhere_and_what_only_the_widest_days_say_once(
    edited: Callable[..., Path], run: Run
) -> None:
    more = "river-cloudy,,,river-bank,cloudy,,{},,,,,release#day\n"
    year = edited(("partnerships.csv", "2020-03-15,,signed", "2020,,signed"))
    wide = kg.build_landscape(year)
    exact = kg.build_landscape(edited(("partnerships.csv", "", more.format("2020-03-15"))))
    cited = ("source-cited", "river-cloudy", "release")
    day = "2020-03-15/2020-03-15"
    # A further source makes the year a day: kg partners shows the day, though the year still stands.
    assert told(wide, exact) == {
        cited, ("date-changed", "river-cloudy", "code:signed", "2020-01-01/2020-12-31", day)
    }  # fmt: skip
    shown = exact.partners("RB").filter(partnership="river-cloudy").row(0, named=True)
    assert (str(shown["since_earliest"]), str(shown["since_latest"])) == ("2020-03-15", "2020-03-15")
    # The year beside the day changes only what some source leaves open, which is another thing.
    shutil.copy(TINY / "partnerships.csv", year)
    plain = kg.build_landscape(year)
    with_year = kg.build_landscape(edited(("partnerships.csv", "", more.format("2020"))))
    assert told(plain, with_year) == {
        cited, ("range-changed", "river-cloudy", "code:signed", day, "2020-01-01/2020-12-31")
    }  # fmt: skip
    for language, title in (("en", "Same dates, of which sources now give other ranges (1)"), ("zh", "范围有变")):
        lines = run("diff", str(plain.place), str(with_year.place), "--lang", language).stdout.splitlines()
        (at,) = [number for number, line in enumerate(lines) if title in line]
        assert lines[at + 1].endswith(
            {"en": "2020-03-15 → between 2020-01-01 and 2020-12-31", "zh": "2020-01-01 至 2020-12-31 之间"}[language]
        )


def test_a_milestone_that_is_called_otherwise_changes_nothing_but_statements(tmp_path: Path) -> None:
    def milestone(key: str) -> kg.Landscape:
        folder = tmp_path / key
        shutil.copytree(TINY, folder)
        (folder / "milestones.csv").write_text(
            f"id,of,stage,on,source\n{key},hill-paylo,live,2018,gazette#p4\n", "utf-8"
        )
        return kg.build_landscape(folder)

    one, other = milestone("first"), milestone("second")
    assert told(one, other) == set()
    assert statements(one.store, other.store) != ([], [])


def test_details_are_told_in_words(run: Run, tiny: kg.Landscape, edited: Callable[..., Path]) -> None:
    folder = str(edited(("partnerships.csv", "paylo,joint-venture", "paylo,strategic-cooperation")))
    assert (
        "  Hill Bank and Paylo: form: joint venture \u2192 strategic cooperation"
        in run("diff", str(tiny.place), folder).stdout
    )
    aliased = str(edited(("organizations.csv", ",RB,", ",RB|Riverb,")))
    chinese = run("diff", str(tiny.place), aliased, "--lang", "zh")
    assert "\u53c8\u79f0: RB \u2192 RB\u3001Riverb" in chinese.stdout
    assert "\u5171 1 \u5904\u53d8\u66f4" in chinese.stderr


def test_every_kind_of_change_has_words() -> None:
    assert list(words.CHANGES) == list(CHANGES)
    assert all(set(texts) == {"en", "zh"} for texts in words.CHANGES.values())


def test_the_command_tells_words_then_counts_then_statements(
    run: Run, tiny: kg.Landscape, edited: Callable[..., Path]
) -> None:
    folder = str(edited(("partnerships.csv", "", NEW), ("partnerships.csv", ",signed,cloud", ",live,cloud")))
    plain = run("diff", str(tiny.place), folder, "--statements")
    lines = plain.stdout.splitlines()
    assert lines[:2] == ["New partnerships (1)", "  New deal"]
    assert "  River Bank and Cloudy: signed → live" in lines
    assert any(line.startswith("+ <") and "gazette#p9" in line for line in lines)
    assert "Changes: 2. " in plain.stderr
    chinese = run("diff", str(tiny.place), folder, "--lang", "zh", "--format", "markdown").stdout
    assert "## 新增合作 (1)\n\n- 新协议\n" in chinese
    whole = json.loads(run("diff", str(tiny.place), folder, "--statements", "--format", "json").stdout)
    assert whole["counts"]["partnership-added"] == 1
    assert whole["counts"]["statements-added"] == len(whole["statements"]["added"]) > 3
    assert whole["changes"][0]["label"] == "New deal"
    rows = run("diff", str(tiny.place), folder, "--format", "csv").stdout.splitlines()
    assert rows[0] == "change,thing,label,object,object_label,before,after"
    assert len(rows) == 3
    assert run("diff", str(tiny.place), str(TINY)).stderr == "Nothing changed.\n"


def test_what_git_knows_is_compared(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*args: str) -> None:
        name = ("-c", "user.name=A", "-c", "user.email=a@a.example")
        subprocess.run(["git", *name, *args], cwd=tmp_path, check=True, capture_output=True)

    shutil.copytree(TINY, tmp_path / "graphs" / "mine")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "One")
    with (tmp_path / "graphs" / "mine" / "partnerships.csv").open("a", encoding="utf-8") as file:
        file.write(NEW)
    git("commit", "-qam", "Two")
    monkeypatch.chdir(tmp_path)
    for new in ("HEAD:graphs/mine", "graphs/mine"):
        told = run("diff", "HEAD~1:graphs/mine", new, "--format", "csv")
        assert told.stdout.splitlines()[1:] == ["partnership-added,new-deal,New deal,,,,"]
    told = run("diff", "HEAD~1:graphs", "graphs", "--format", "csv")  # a folder of landscapes
    assert told.stdout.splitlines()[1:] == ["partnership-added,new-deal,New deal,,,,"]
    bad = run("diff", "HEAD~9:graphs/mine", "graphs/mine", exit_code=1)
    assert "git can't give HEAD~9:graphs/mine" in bad.stderr
    assert "Write REVISION:PATH" in bad.stderr
    alone = run("diff", "HEAD~1:graphs/mine/partnerships.csv", "graphs/mine", exit_code=1).stderr
    assert "is one table, which speaks of what other tables hold. Name their folder: HEAD~1:graphs/mine\n" in alone
    alone = run("diff", "graphs/mine", "graphs/mine/partnerships.csv", exit_code=1).stderr
    assert "Name their folder: graphs/mine\n" in alone
    assert "mend" not in alone.casefold()


def test_things_of_one_name_are_told_apart_by_key_and_nameless_partnerships_by_parties(
    run: Run, tiny: kg.Landscape, edited: Callable[..., Path]
) -> None:
    nameless = ("partnerships.csv", "", "bare,,,lake-bank,ledgerly,,,,live,credit,,gazette#p9\n")
    folder = str(edited(("partnerships.csv", "river-cloudy,River", "river-cloud,River"), nameless))
    lines = run("diff", str(tiny.place), folder).stdout.splitlines()
    assert lines[:6] == [
        "New partnerships (2)", "  River Bank and Cloudy (river-cloud)", "  bare (Lake Bank, Ledgerly)", "",
        "Partnerships no longer there (1)", "  River Bank and Cloudy (river-cloudy)",
    ]  # fmt: skip
    chinese = run("diff", str(tiny.place), folder, "--lang", "zh", "--format", "markdown").stdout
    assert "- bare (湖泊银行、账页科技)\n" in chinese
