"""Findings in Chinese: every code has its sentence, with the values of the English one and no English left over."""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import polars as pl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS
from test_findings import DEALS, GOOD, WHOLE, Checked, csv_files, sarif_schema
from test_identity import CLOSE, IDENTIFIED, SAME
from test_identity import GOOD as TWO_BANKS
from test_loader import FAULTS
from test_strange import PREFIXES, RDF_XML, THING

import kg
from kg.findings import Finding, Sentence
from kg.names import CLASSES_ZH
from kg.quality import doubts
from kg.quality.shapes import read
from kg.terms import KG, ONTOLOGY, resource_folder
from kg.views.sarif import sarif

FOLDER = resource_folder("ontology")
DOCUMENTED = re.findall(
    r"^### (\S+)$", (Path(__file__).parent.parent / "docs" / "checks.md").read_text("utf-8"), re.MULTILINE
)
Run = Callable[..., Any]
Tables = Callable[..., Path]
Files = dict[str, str | bytes]


def sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "capabilities"
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def judged(*rows: str) -> Files:
    more = "id,type,label@en,subsidiaryOf,source\nzz,TechFirm,ZZ,jd|abc,s#p\n"
    return {**csv_files(TWO_BANKS), "more.csv": more, "same.csv": SAME + "".join(f"{row},s#p4\n" for row in rows)}


OTHERS: list[Files] = [
    # what neither the loader's tables nor those of the whole have
    csv_files({"partnerships": "id;signed\nd;2017\n"}),
    csv_files({"triples": "subject,object,source\nx,y,s#p\n"}),
    csv_files({"triples": "subject,predicate,object,source\ns,,x,s#p\ns,qqqqqq,x,s#p\ns,covers,,s#p\n"}),
    csv_files({"triples": "subject,predicate,object@en,source\ns,covers,x,s#p\n"}),
    csv_files({"partnerships": "id,qqqqqq,source\nd,x,s#p\n", "sources": "id,title@en,language,source\ns,S,?,s#p\n"}),
    judged("j2,agri,abc,different", "j3,jd,jd,same"),
    judged("j2,jd,jd-lab,same", "j3,abc,pay,same", "j4,s,abc,same"),
    judged("j2,abc,jd-fin,same"),
    {
        **csv_files(TWO_BANKS),
        "identifiers.csv": IDENTIFIED + "abc,no,no,no,wd:P31,s#p\nagri,no,,,,s#p\n",
        "capabilities.csv": CLOSE,
    },
    {"a.ttl": "<a:b> <a:c> .\n"},
    {"a.ttl": "<a:b> <a:l> " + "[ <a:l> " * 300 + "1" + "]" * 300 + " ."},
    {"a.ttl": "<a:b> <a:c> 1 .".encode("utf-16")},
    {"a.ttl": "# nothing\n"},
    {"a.ttl": PREFIXES + "<a:b> kg:lei 'x' ; kg:qqqqqq 'y' ."},
    {"a.ttl": PREFIXES + "<a:d> kg:signed 'soon' . <a:m> a kg:Milestone ; kg:onLatest 'soon' ."},
    {"a.trig": f"<{ONTOLOGY}> {{ <a:b> <a:c> 'a {{text}} of mine' }}"},
    {"a.jsonld": '{"@context": "http://a.example/", "@id": "a:b"}'},
    {"a.rdf": RDF_XML + THING},
    {"a.rdf": RDF_XML + "<a:b><a:c>" * 300},
    {"a.rdf": '<?xml version="1.0" encoding="nonsense"?>' + RDF_XML},
    {"a.parquet": b"PK"},
    {"a.parquet": parquet(id=["a"], covers=[["x"]])},
    {"a.xlsx": b"PK"},
    {"a.xlsx": sheet([None, None], ["pay", "Pay"])},
    {"a.xlsx": sheet(["id", "label@en", "alias@en", "source"], ["pay", "=1+1", "#N/A", "s#p"])},
]


@pytest.fixture(scope="module")
def findings(checked: Checked) -> list[Finding]:
    """What is told of everything bad that the tests know of."""
    loaded = [csv_files(texts) for texts, *_ in FAULTS.values()]
    whole = [csv_files({**GOOD, **changed}) for changed, _ in WHOLE.values()]
    told = [finding for files in [*loaded, *OTHERS, *whole] for finding in checked(files)]
    for path in sorted((FOLDER / "examples" / "bad").glob("*.ttl")):
        told += kg.check_landscape(path)
    return told


def test_every_code_is_shown_in_chinese(findings: list[Finding]) -> None:
    assert {finding.code for finding in findings} == set(DOCUMENTED)


def test_chinese_says_what_english_says_and_leaves_no_english(findings: list[Finding]) -> None:
    assert len(findings) > 200
    wrong = {finding.line("zh"): fault for finding in findings if (fault := amiss(finding.sentence))}
    assert not wrong, wrong


def amiss(sentence: Sentence) -> str:
    """What is wrong with the Chinese of a sentence whose values stand in it."""
    english, chinese = " ".join(sentence.en), "".join(sentence.zh)
    values = re.findall(r"«[^»]+»", english)
    if not all(value in chinese for value in values):
        return f"{values} not all in {chinese}"
    if numbers(english) != numbers(chinese):
        return f"{numbers(english)} are not {numbers(chinese)}"
    return plain(chinese) or next((fault for text in sentence.zh if (fault := in_chinese(text))), "")


def numbers(text: str) -> list[str]:
    """The numbers in a sentence, and what is counted by them."""
    return sorted(set(re.findall(r"0x[0-9A-F]+|U\+[0-9A-F]{4}|\d+(?:[.-]\d+)*", text)))


def plain(chinese: str) -> str:
    """What is left of English: three words in a row that are no value."""
    left = re.search(r"[A-Za-z']+(?: [A-Za-z']+){2,}", re.sub(r"«[^»]*»|<[^>]*>|\"[^\"]*\"|\([^)]*\)", "", chinese))
    return left[0] if left else ""


def in_chinese(text: str) -> str:
    """What is wrong with the form of a sentence: no Chinese, no full stop, or half-width signs beside Chinese."""
    if not re.search(r"[\u4e00-\u9fff]", text) or not text.endswith("。"):
        return f"no sentence: {text}"
    sign = re.search(r"[\u4e00-\u9fff»][,;:!?]|[,;!?][\u4e00-\u9fff]|[\u4e00-\u9fff] [\u4e00-\u9fff]", text)
    return f"signs: {text}" if sign else ""


def sentences() -> Iterator[Sentence]:
    """Every sentence that stands in the code, and those of the shapes."""
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if module.name.startswith(("kg.load", "kg.names", "kg.check", "kg.quality")):
            for value in vars(importlib.import_module(module.name)).values():
                yield from (one for one in (value.values() if isinstance(value, dict) else [value])
                            if isinstance(one, Sentence))  # fmt: skip
    yield from (doubts._sentence(constraint) for constraint in read(FOLDER / "shapes.ttl"))


def test_every_sentence_has_the_same_values_in_both_languages() -> None:
    written = list(sentences())
    assert len(written) > 120
    for sentence in written:
        in_english, told = (
            [{name for _, name, *_ in string.Formatter().parse(text) if name} for text in texts]
            for texts in (sentence.en, sentence.zh)
        )
        assert set.union(*told) == set.union(*in_english) - {"a"}, sentence  # Chinese has no article
        for text in sentence.zh:
            assert not in_chinese(text), text
    heads = {path.stem for path in (FOLDER / "checks").glob("*.rq")}  # theirs test_findings.py looks at
    assert {sentence.code for sentence in written} | heads == set(DOCUMENTED)


def test_classes_are_called_as_the_ontology_calls_them() -> None:
    graph = rdflib.Graph().parse(FOLDER / "partnership.ttl")
    labels = {
        str(cls).removeprefix(KG.base): str(label)
        for cls in graph.subjects(RDF.type, OWL.Class)
        for label in graph.objects(cls, RDFS.label)
        if isinstance(label, rdflib.Literal) and label.language == "zh"
    }
    assert {name: label for name, label in CLASSES_ZH.items() if name != "entity"} == {
        name: label for name, label in labels.items() if name in CLASSES_ZH
    }
    assert set(CLASSES_ZH) >= {name for name in KG.names & set(labels) if name != "PartialDate"}


def test_places_are_told_in_chinese() -> None:
    sentence = Sentence("x", en=("Wrong.", "Mend it."), zh=("有误。", "更正。"), level="warning")
    told = [
        Finding(sentence, ""),
        Finding(sentence, "a.csv"),
        Finding(sentence, "a.csv", 3),
        Finding(sentence, "a.csv", 3, 5, "signed"),
        Finding(sentence, "a.ttl", 3, 5, unit="line"),
        Finding(sentence, "standard input", 1, 2),
    ]
    assert [finding.told("zh").place for finding in told] == [
        "全局", "a.csv", "a.csv 第 3 行", "a.csv 第 3 行第 5 列（signed）", "a.ttl 第 3 行第 5 列",
        "标准输入 第 1 行第 2 列",
    ]  # fmt: skip
    assert told[3].line("zh") == "a.csv 第 3 行第 5 列（signed） 警告：有误。更正。 [x]"
    assert told[3].line() == str(told[3]) == "a.csv, row 3, column 5 (signed): warning: Wrong. Mend it. [x]"


def test_each_form_and_each_command_speaks_the_language_asked_for(run: Run, tables: Tables, tmp_path: Path) -> None:
    folder = str(tables(partnerships="id,signed,source\nd,2017-13,s#p\n"))
    chinese = "«2017-13» 不是日期。"
    for format_ in ("table", "json", "csv", "tsv", "markdown", "sarif"):
        told = run("check", folder, "--lang", "zh", "--format", format_, exit_code=1)
        assert chinese in told.stdout
        assert "not a date" not in told.stdout
        assert told.stderr.splitlines()[0] == "1 条错误。"
        assert chinese not in run("check", folder, "--format", format_, exit_code=1).stdout
    (row,) = json.loads(run("check", folder, "--lang", "zh", "--format", "json", exit_code=1).stdout)
    assert (row["level"], row["code"], row["row"], row["value"]) == ("error", "bad-date", 2, "2017-13")
    assert chinese in run("build", folder, "--store", str(tmp_path / "kg"), "--lang", "zh", exit_code=1).stderr
    row = ["id=e", "bankParty=b", "source=s#p"]
    assert chinese in run("add", folder, "partnerships", *row, "--lang", "zh", exit_code=1).stderr
    assert chinese in run("diff", folder, folder, "--lang", "zh", exit_code=1).stderr
    assert "标准输入 第 2 行" in run("check", "-", "--lang", "zh", input="id,x\nd,2\n", exit_code=1).stdout


def test_sarif_names_its_language(tables: Tables) -> None:
    findings = kg.check_landscape(tables(partnerships=DEALS))
    log = json.loads(sarif(findings, "zh"))
    jsonschema.validate(log, sarif_schema())
    assert log["runs"][0]["language"] == "zh"
    assert {result["message"]["text"] for result in log["runs"][0]["results"]} == {
        "".join(finding.sentence.zh) for finding in findings
    }
