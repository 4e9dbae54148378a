"""Groups of companies: what --group leaves out or counts as one's of several is said, not done in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_findings import CAPABILITIES

import kg
from kg.network.owners import TablesByOwner
from kg.terms import ID

Run = Callable[..., Any]

ORGANIZATIONS = "id,type,label@en,subsidiaryOf,source\n" + "".join(
    f"{key},{sort},{key.upper()},{owner},s#p\n"
    for key, sort, owner in (
        ("b", "Bank", ""), ("c", "Bank", ""), ("unit", "TechFirm", "b"), ("venture", "TechFirm", "c|b-arm"),
        ("b-arm", "Bank", "b"), ("both-b", "TechFirm", "b|b-arm"), ("idle", "TechFirm", "b|c"), ("f", "TechFirm", ""),
    )
)  # fmt: skip
DEALS = (
    "id,label@en,bankParty,techParty,covers,signed,ended,source\n"
    "in1,One,b,unit,x,2018,2019,s#p\nin2,Two,b-arm,unit|both-b,x,2018,,s#p\n"
    "out1,Three,b,unit|f,x,2018,,s#p\nout2,Four,c,f,x,2018,,s#p\nout3,Five,c,venture,y,2018,,s#p\n"
)


@pytest.fixture(scope="module")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> kg.Landscape:
    folder = tmp_path_factory.mktemp("owned")
    tables = {"organizations": ORGANIZATIONS, "capabilities": CAPABILITIES, "partnerships": DEALS}
    tables["sources"] = "id,title@en,issued,language,source\ns,A source,2017,en,s#top\n"
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return kg.build_landscape(folder, tmp_path_factory.mktemp("store") / "kg")


def test_what_is_inside_one_group_and_what_several_own_is_known(landscape: kg.Landscape) -> None:
    tables = TablesByOwner(landscape.tables)
    assert tables.within == [ID + "in1", ID + "in2"]
    assert tables.ventures == {ID + "venture": (ID + "b", [ID + "c"])}  # both-b is of one group, idle party to nothing
    assert set(tables["parties"]["partnership"]) == {ID + "out1", ID + "out2", ID + "out3"}


def test_it_is_said_of_what_is_asked_for(landscape: kg.Landscape, run: Run, tmp_path: Path) -> None:
    store = ("--store", str(landscape.place))
    within = "Inside one group, and not counted: {} of the partnerships ({})."
    venture = "Of several groups, and counted as the first by its key: 1 (venture as b (also of c))."
    for args in (("matrix",), ("partners", "f"), ("capabilities",), ("view", "-o", str(tmp_path / "a.html"))):
        told = run(*args, "--group", *store).stderr.splitlines()
        assert told[:2] == [within.format(2, "in1, in2"), venture]
        assert not [line for line in run(*args, *store).stderr.splitlines() if "group" in line]
    assert run("matrix", "--group", "--as-of", "2020", *store).stderr.splitlines()[0] == within.format(1, "in2")
    assert run("matrix", "--group", "--stage", "ended", *store).stderr.splitlines()[0] == within.format(1, "in1")
    assert "in1、in2" in run("matrix", "--group", "--lang", "zh", *store).stderr
