"""Where cells could not be read, the rest is examined all the same, and nothing is told that they may refute."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_findings import CAPABILITIES, ORGANIZATIONS

import kg
from kg.errors import BadLandscape
from kg.findings import Finding, Sentence
from kg.quality.knowledge import lacking

Tables = Callable[..., Path]
Run = Callable[..., Any]

DOUBTFUL = {
    "organizations": "id,type,label@en,label@zh,subsidiaryOf,country,lei,source\n"
    "b,Bank,B,甲,,CN,no-lei,s#p\nf,TechFirm,F,乙,g,CN,,s#p\ng,TechFirm,F,丙,f,XXX,,s#p\nh,Bank,H,戊,b|f,,,s#p\n",
    "capabilities": "id,label@en,label@zh,definition@en,broader,source\nx,X,丁,An X.,y,s#p\ny,Y,己,A Y.,x,s#p\n",
    "partnerships": "id,label@en,label@zh,bankParty,techParty,covers,signed,ended,source\n"
    "d,D,庚,b,f,x,2018,,s#p\nd,E,,,,,2016,2017,s#p2\ne,E2,辛,b,g,y,2019,2018,s#p3\n",
    "milestones": "id,of,stage,on,source\nm,e,live,2020,s#p\nn,e,live,2021,s#p\n",
    "same": "id,one,other,judgement,source\nj,b,h,different,s#p\n",
}
"""A landscape in which most checks find something."""
WORDS = ("label", "definition", "lei", "country")
"""Header words of which any text is one, which breaks nothing."""


def whole(folder: Path) -> set[tuple[str, int, int, str]]:
    """What is told of the whole: code, row, column and what is said."""
    kinds = ("unknown-name", "bad-date", "bad-key", "no-class", "unknown-source", "bad-source", "no-source")
    return {(f.code, f.row, f.column, f.message) for f in kg.check_landscape(folder) if f.code not in kinds}


def broken(name: str, row: int, column: int) -> str:
    """A table of the landscape with one cell that can't be read."""
    rows = list(csv.reader(io.StringIO(DOUBTFUL[name])))
    rows[row][column] = "nothing/of that"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def cells() -> list[tuple[str, int, int]]:
    """The cells that can be broken, of each column the first and the last: table, row and column, from 0."""
    found: dict[tuple[str, int], list[int]] = {}
    for name, text in DOUBTFUL.items():
        header, *rows = csv.reader(io.StringIO(text))
        for row, cells_ in enumerate(rows, start=1):
            for column, cell in enumerate(cells_):
                if cell and not header[column].startswith(WORDS):
                    found.setdefault((name, column), []).append(row)
    return [(name, row, column) for (name, column), rows in found.items() for row in sorted({rows[0], rows[-1]})]


def test_what_a_cell_that_can_not_be_read_may_refute_is_not_told(tables: Tables) -> None:
    before = whole(tables(**DOUBTFUL))
    assert {code for code, *_ in before} >= {
        "Organization-country", "Organization-owner", "Partnership-label", "bad-identifier",
        "broader-circle", "dates-disagree", "end-before-start", "owner-circle", "same-name", "stage-dated-twice",
    }  # fmt: skip
    told: set[str] = set()
    places = cells()
    assert len(places) > 30
    for name, row, column in places:
        after = whole(tables(**{**DOUBTFUL, name: broken(name, row, column)}))
        # What contradicts a date or shares a name is listed, which may be less.
        known = {finding[:3] for finding in before} | {("wrong-class", row + 1, column + 1)}
        assert {finding[:3] for finding in after} <= known, (name, row, column)
        told |= {code for code, *_ in after}
    assert told >= {"bad-identifier", "broader-circle", "dates-disagree", "owner-circle", "same-name"}


@pytest.mark.parametrize(
    ("tables_", "told", "not_told"),
    [
        # an unknown name hides what it names; no date, and no judgement
        ({"organizations": DOUBTFUL["organizations"] + "i,Bank,I,壬,nobody,CN,,s#p\n"},
         {"end-before-start", "stage-dated-twice", "same-name", "Organization-owner"}, set()),
        ({"partnerships": DOUBTFUL["partnerships"] + "d,,,,,,soon,,s#p\n"},
         {"same-name", "dates-disagree"}, {"end-before-start", "stage-dated-twice"}),
        ({"same": DOUBTFUL["same"] + "k,f,nobody,same,s#p\n"},
         {"bad-identifier", "dates-disagree"}, {"same-name", "end-before-start", "Organization-owner"}),
        ({"products": b"id,label@en,source\nq,\xff,s#p\n"},
         {"bad-identifier", "dates-disagree", "owner-circle"}, {"same-name", "end-before-start"}),
    ],
)  # fmt: skip
def test_what_is_told_goes_by_what_could_not_be_read(
    tables_: dict[str, str | bytes], told: set[str], not_told: set[str], tables: Tables
) -> None:
    found = {code for code, *_ in whole(tables(**{**DOUBTFUL, **tables_}))}
    assert told <= found
    assert not not_told & found
    assert not {"covers-nothing", "one-language", "product-alone", "Partnership-bankParty"} & found


def test_a_judgement_that_contradicts_merges_nothing(tables: Tables) -> None:
    folder = tables(
        organizations=ORGANIZATIONS,
        capabilities=CAPABILITIES,
        partnerships="id,bankParty,techParty,covers,source\nd,b,f,x,s#p\ne,b,f,x|y,s#p\n",
        same="id,one,other,judgement,source\nj,x,d,same,s#p\nk,d,e,same,s#p\n",
    )
    found = {(finding.code, finding.level) for finding in kg.check_landscape(folder)}
    assert {level for _, level in found} == {"error"}
    assert {code for code, _ in found} <= {"merged-classes"}


def test_how_many_checks_were_left_out_is_said(tables: Tables, tmp_path: Path, run: Run) -> None:
    folder = str(tables(**{**DOUBTFUL, "products": "id,label@en,delivers,source\nq,Q,nobody,s#p\n"}))
    told = run("check", folder, exit_code=1)
    assert "[bad-identifier]" in told.stdout
    last = told.stderr.splitlines()[-1]
    count, words = last.split(" ", 1)
    assert int(count) > 40
    assert words == "checks of what may be missing were left out, since cells or files could not be read."
    assert count in run("check", folder, "--lang", "zh", exit_code=1).stderr.splitlines()[-1]
    with pytest.raises(BadLandscape) as fault:
        kg.build_landscape(folder, tmp_path / "kg")
    assert {finding.code for finding in fault.value.findings} >= {"unknown-name", "bad-identifier"}
    assert "left out" not in run("check", str(tables(**DOUBTFUL, products="id,source\n")), exit_code=1).stderr


@pytest.mark.parametrize(
    ("code", "file", "header", "lost"),
    [
        ("bad-date", "a.csv", "signed", {"everything", "dates"}),
        ("unknown-name", "a.csv", "covers", {"everything"}),
        ("unknown-name", "a.csv", "kg:of", {"everything", "dates"}),
        ("unknown-name", "a.csv", "subject", {"everything", "judgements", "dates"}),
        ("unknown-name", "a.csv", "other", {"everything", "judgements", "dates"}),
        ("bad-language", "a.csv", "label@", {"everything"}),
        ("bad-key", "a.csv", "id", {"everything", "dates"}),
        ("bad-key", "same.csv", "id", {"everything", "judgements", "dates"}),
        ("bad-key", "elsewhere.csv", "id", {"everything", "judgements", "dates"}),
        ("unknown-column", "a.csv", "singed", {"everything", "judgements", "dates"}),
        ("bad-rdf", "a.ttl", "", {"everything", "judgements", "dates"}),
        ("no-class", "a.csv", "id", {"everything"}),
        ("unknown-source", "a.csv", "source", {"everything"}),
    ],
)
def test_what_is_not_known_after_each_kind_of_finding(code: str, file: str, header: str, lost: set[str]) -> None:
    columns = {"a.csv": ["id", "signed", "source"], "same.csv": ["id", "one", "other", "judgement"]}
    sentence = Sentence(code, ("", ""), ("", ""))
    assert lacking([Finding(sentence, file, 2, 2, header)], columns) == lost
    note = Finding(Sentence(code, ("", ""), ("", ""), "note"), file)
    assert lacking([note], columns) == set()
