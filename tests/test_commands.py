"""The command line as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from kg.cli import VERBS
from kg.terms import ID

Run = Callable[..., Result]
Tables = Callable[..., Path]


def read_csv(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_build_tells_what_was_built(run: Run, root: Path, tmp_path: Path) -> None:
    told = run("build", str(root / "graphs/china-2017"), "--store", str(tmp_path / "kg"))
    assert told.stdout == ""
    assert "5 partnerships, 5 banks, 11 technology firms" in told.stderr
    assert "passages of 22 sources" in told.stderr


def test_build_and_check_speak_chinese_too(run: Run, root: Path, tables: Tables, tmp_path: Path) -> None:
    folder = str(root / "graphs/china-2017")
    assert "5 项合作" in run("build", folder, "--store", str(tmp_path / "kg"), "--lang", "zh").stderr
    bad = str(tables(partnerships="id,label@en,signed,source\nd,D,2017-13,s#p\n"))
    assert run("check", bad, "--lang", "zh", "--format", "markdown", exit_code=1).stdout.startswith("| 级别 | 位置 |")


def test_build_with_errors_tells_all_of_them_and_exits_1(run: Run, tables: Tables, tmp_path: Path) -> None:
    folder = tables(partnerships="id,label@en,singed,source\nd,D,2017,s#p\ne,E,,\n")
    told = run("build", str(folder), "--store", str(tmp_path / "kg"), exit_code=1)
    assert "partnerships.csv, row 1, column 3 (singed): error: There is no column word «singed»" in told.stderr
    assert "partnerships.csv, row 3, column 4 (source): error: The row has no source." in told.stderr
    assert "2 errors in the tables; nothing was stored." in told.stderr
    assert not list((tmp_path / "kg").glob("*"))


def test_check_gives_findings_as_rows_and_exits_1(run: Run, tables: Tables, root: Path) -> None:
    folder = str(tables(partnerships="id,label@en,signed,source\nd,D,2017-13,s#p\n"))
    row = read_csv(run("check", folder, "--format", "csv", exit_code=1))[0]
    assert (row["code"], row["row"], row["column"], row["value"]) == ("bad-date", "2", "3", "2017-13")
    assert "row 2, column 3 (signed): error: «2017-13» is not a date." in run("check", folder, exit_code=1).stdout
    fine = run("check", str(root / "graphs/china-2017"))
    assert fine.stdout == ""
    assert fine.stderr == "Nothing is wrong.\n"


def test_capabilities_as_csv(run: Run) -> None:
    rows = read_csv(run("capabilities", "--format", "csv"))
    assert list(rows[0])[:6] == ["capability", "label", "partnerships", "share", "banks", "firms"]
    order = [(-int(row["partnerships"]), row["capability"]) for row in rows]
    assert order == sorted(order)
    assert {row["capability"]: row["label"] for row in rows}["credit"] == "Credit"


def test_capabilities_in_chinese_and_cut(run: Run) -> None:
    told = run("capabilities", "--lang", "zh", "--top", "2")
    assert told.stdout.splitlines()[0].split() == ["名次", "能力", "合作数", "占比", "银行数", "科技公司数"]
    assert {line.split()[0] for line in told.stdout.splitlines()[2:]} == {"=1"}
    assert len(told.stdout.splitlines()) == 4
    assert "the cut at 2 parts equals" in told.stderr


def test_capabilities_show_stages_and_concentration(run: Run) -> None:
    rows = run("capabilities", "--show", "stages").stdout.splitlines()
    assert rows[0].split()[2:] == ["Partnerships", "Announced", "Under", "way", "Live", "Ended"]
    told = {row["capability"]: row for row in read_csv(run("capabilities", "--format", "csv"))}
    # Marketing: ICBC and ABC in integration, BOCHK live; three banks of one partnership each.
    assert [told["marketing"][name] for name in ("announced", "underway", "live", "ended")] == ["0", "2", "1", "0"]
    assert (told["marketing"]["bank_evenness"], told["marketing"]["bank_hhi"]) == ("1.0", "0.333333333")
    # Five firms: two with two partnerships of two firms each, one of one.
    assert told["marketing"]["firm_hhi"] == "0.2"
    shown = run("capabilities", "--show", "concentration", "--lang", "zh").stdout
    assert "科技公司 HHI" in shown.splitlines()[0]


def test_capabilities_exact_says_that_nothing_is_shared(run: Run) -> None:
    told = run("capabilities", "--exact", "--as-of", "2017-02", "--format", "csv")
    assert told.stdout.startswith("capability,label,partnerships,share,banks,firms,rank,")
    assert told.stdout.count("\n") == 1
    assert "--all shows what is covered at all" in told.stderr


def test_one_bank_by_three_names_gives_the_same_rows(run: Run) -> None:
    outputs = {
        run("partners", name, "--format", "csv").stdout for name in ("农行", "ABC", "Agricultural Bank of China")
    }
    assert len(outputs) == 1
    assert [row["partner"] for row in csv.DictReader(io.StringIO(outputs.pop()))] == ["baidu", "baidu-finance"]


def test_a_name_one_letter_off_is_told_with_what_was_perhaps_meant(run: Run) -> None:
    told = run("partners", "Agricultural Bank of Chima", exit_code=1)
    assert "There is no Organization «Agricultural Bank of Chima». Perhaps one of these is meant: abc" in told.stderr
    assert told.stdout == ""


def test_matrix_in_every_format(run: Run) -> None:
    rows = {row["bank"]: row for row in read_csv(run("matrix", "--format", "csv"))}
    assert set(rows) == {"abc", "boc", "bochk", "ccb", "icbc"}
    assert rows["icbc"]["jd"] == rows["icbc"]["jd-finance"]
    assert set(rows["boc"]["tencent-cloud"].split("|")) == {
        "artificial-intelligence", "big-data", "blockchain", "cloud-computing", "fintech", "inclusive-finance",
        "technology-finance",
    }  # fmt: skip
    assert rows["boc"]["jd"] == ""
    assert "中国农业银行 (农行)" in run("matrix", "--lang", "zh").stdout
    cells = json.loads(run("matrix", "--format", "json").stdout)
    assert {(cell["bank"], cell["firm"]) for cell in cells} >= {("abc", "baidu"), ("bochk", "wechat-hk")}
    markdown = run("matrix", "--format", "markdown").stdout.splitlines()
    assert len({line.count("|") for line in markdown}) == 1
    tsv = run("matrix", "--format", "tsv").stdout
    assert tsv.splitlines()[0].split("\t")[:2] == ["bank", "label"]


def test_why_gives_passages_in_both_languages(run: Run) -> None:
    english = run("why", "ABC", "Baidu")
    assert "robo-advice" in english.stdout.lower()
    assert "fintech-banks-2017#L15" in english.stdout
    chinese = run("why", "农行", "百度", "--lang", "zh")
    assert "智能投顾" in chinese.stdout
    assert "年末复盘" in chinese.stdout
    assert "Year-end review" in english.stdout
    rows = read_csv(run("why", "abc-baidu", "--format", "csv"))
    assert {row["locator"] for row in rows} >= {"L5", "L15", "L25", "L29", "L31"}


def test_passages_are_told_people_in_their_language_and_programs_as_they_are_cited(run: Run) -> None:
    """Who asked in Chinese read each place in English; what programs read must stay what a table can cite."""
    cited, called = "jiemian-201706#paragraph 7, one plus six", "jiemian-201706#第7段，一加六"
    markdown = ("--format", "markdown", "--lang", "zh")
    whole = {
        "why": ("why", "农行", "百度"), "partners": ("partners", "农行", "--sources"),
        "ranking": ("capabilities", "--exact", "--all", "--sources"), "matrix": ("matrix", "--sources"),
        "path": ("path", "农行", "百度", "--sources"), "group": ("partners", "农行", "--sources", "--group"),
        "then": ("partners", "农行", "--sources", "--as-of", "2017-12"),
        "question": ("query", "-q", "partners-of", "-p", "organization=abc", "--sources"),
    }  # fmt: skip
    for name, args in whole.items():
        told = run(*args, *markdown).stdout
        assert called in told, name
        assert "fintech-banks-2017#L15" in told, name
        assert cited not in told, name
        assert cited in run(*args, "--format", "markdown").stdout, name
        assert cited in run(*args, "--format", "json", "--lang", "zh").stdout or name == "why", name
    rows = read_csv(run("why", "农行", "百度", "--format", "csv", "--lang", "zh"))
    assert ("paragraph 7, one plus six", "第7段，一加六") in {(row["locator"], row["locator_label"]) for row in rows}
    assert ("L15", "L15") in {(row["locator"], row["locator_label"]) for row in rows}
    english = read_csv(run("why", "农行", "百度", "--format", "csv"))
    assert all(row["locator"] == row["locator_label"] for row in english)
    # So are those that a derived statement rests on.
    for language, words in (("zh", "第7段，一加六"), ("en", "paragraph 7, one plus six")):
        rows = json.loads(run("why", "农行", "百度", "--format", "json", "--lang", language).stdout)
        premises = [one for row in rows for one in row["premises"] or []]
        places = {(one["source"], one["locator"], one["locator_label"]) for one in premises}
        assert ("jiemian-201706", "paragraph 7, one plus six", words) in places
        assert ("fintech-banks-2017", "L15", "L15") in places


def test_what_a_place_is_called_means_no_thing(run: Run) -> None:
    """A heading is called 名称: who typed that was led to a passage, or told of several."""
    for name in ("名称", "出版信息", "第7段，一加六"):
        assert f"There is no entity «{name}»." in run("why", name, exit_code=1).stderr
    assert "第" not in run("why", "第7段", exit_code=1).stderr.replace("«第7段»", "")


def test_why_of_a_pair_without_a_partnership(run: Run) -> None:
    assert "No partnership has to do with «abc» and «jd»." in run("why", "abc", "jd", exit_code=1).stderr


def test_query_from_argument_file_and_standard_input(run: Run, tmp_path: Path) -> None:
    sparql = "SELECT ?bank { ?bank a kg:Bank } ORDER BY ?bank"
    (tmp_path / "q.rq").write_text(sparql, "utf-8")
    outputs = {
        run("query", sparql, "--format", "csv").stdout,
        run("query", "-f", str(tmp_path / "q.rq"), "--format", "csv").stdout,
        run("query", "-", "--format", "csv", input=sparql).stdout,
        run("query", "--format", "csv", input=sparql).stdout,
    }
    assert len(outputs) == 1
    assert outputs.pop().splitlines()[1] == ID + "abc"


def test_query_prints_labels_beside_iris_in_tables(run: Run) -> None:
    sparql = "SELECT ?bank ?stage { ?p kg:bankParty ?bank ; kg:stage ?stage } ORDER BY ?bank ?stage LIMIT 1"
    assert (
        run("query", sparql)
        .stdout.splitlines()[-1]
        .startswith("id:abc (Agricultural Bank of China)   code:announced (announced)")
    )
    assert "id:abc (中国农业银行)" in run("query", sparql, "--lang", "zh", "--format", "markdown").stdout


def test_rows_without_a_variable_are_none(run: Run) -> None:
    assert run("query", "SELECT * {}").stderr == "No rows.\n"


def test_numbers_that_no_column_holds_are_shown(run: Run) -> None:
    assert "99999999999999999999" in run("query", "SELECT (99999999999999999999 AS ?x) {}").stdout


def test_a_firm_with_the_key_of_a_column_keeps_its_column(run: Run, tables: Tables, tmp_path: Path) -> None:
    organizations = "id,type,label@en,source\nb,Bank,B,s#p\nbank,TechFirm,T,s#p\nlabel,TechFirm,L,s#p\n"
    deal = "id,label@en,bankParty,techParty,source\nd,D,b,bank|label,s#p\n"
    folder, store = str(tables(organizations=organizations, partnerships=deal)), str(tmp_path / "kg")
    run("build", folder, "--store", store)
    told = run("matrix", "--format", "csv", "--store", store).stdout
    assert told.splitlines()[0] == "bank,label,id:bank,id:label"


def test_query_gives_w3c_results_and_rdf(run: Run) -> None:
    told = json.loads(run("query", "SELECT ?b { ?b a kg:Bank }", "--format", "json").stdout)
    assert told["head"]["vars"] == ["b"]
    assert len(told["results"]["bindings"]) == 5
    assert run("query", "SELECT ?b { ?b a kg:Bank } LIMIT 1", "--format", "tsv").stdout.startswith("?b\n<")
    turtle = run("query", "CONSTRUCT { ?b a kg:Bank } { ?b a kg:Bank }").stdout
    assert turtle.startswith("@prefix kg:")
    assert turtle.count(" a kg:Bank") == 5
    triples = run("query", "CONSTRUCT { ?b a kg:Bank } { ?b a kg:Bank }", "--format", "ntriples").stdout
    assert len(triples.splitlines()) == 5
    assert run("query", "ASK { id:abc kg:partnersWith id:baidu }").stdout == "true\n"
    assert run("query", "ASK { id:abc kg:partnersWith id:jd }").stdout == "false\n"


def test_a_named_question_takes_names_in_any_language(run: Run) -> None:
    args = ("query", "-q", "partners-of", "--format", "csv", "-p")
    assert run(*args, "organization=工行").stdout == run(*args, "organization=ICBC").stdout
    assert "icbc-jd" in run(*args, "organization=工行").stdout


def test_questions_are_listed_in_both_languages(run: Run) -> None:
    assert "Who partners with whom, and on what?" in run("questions").stdout
    assert "谁与谁合作" in run("questions", "--lang", "zh").stdout
    assert len(read_csv(run("questions", "--format", "csv"))) >= 10


def test_help_and_version(run: Run) -> None:
    assert run("-h").stdout == run("--help").stdout
    assert run("--version").stdout.startswith("kg, version ")
    for verb in VERBS:
        assert f"Usage: kg {verb}" in run(verb, "-h").stdout


# A folder to begin with


def test_two_new_landscapes_are_built_together_and_keep_their_curators(run: Run, tmp_path: Path) -> None:
    for name in ("One", "\u4e8c"):
        run("init", str(tmp_path / name))
    assert run("check", str(tmp_path / "One"), str(tmp_path / "\u4e8c")).stderr == "Nothing is wrong.\n"
    run("build", str(tmp_path / "One"), str(tmp_path / "\u4e8c"), "--store", str(tmp_path / "kg"))
    told = run("sources", "--store", str(tmp_path / "kg"), "--format", "csv").stdout
    assert "editorial" not in told
    sources = run("query", "SELECT ?s { ?s a kg:Source }", "--store", str(tmp_path / "kg"), "--format", "csv").stdout
    assert "One-editorial" in sources
    assert re.search("my-[0-9a-f]{6}-editorial", sources)


def test_a_new_landscape_builds_as_it_stands(run: Run, tmp_path: Path) -> None:
    folder, store = tmp_path / "mine" / "here", str(tmp_path / "kg")
    assert f"kg build {folder}" in run("init", str(folder)).stderr
    assert run("check", str(folder)).stderr == "Nothing is wrong.\n"
    assert "2 partnerships, 2 banks, 1 technology firm, 3 capabilities, 1 product" in run(
        "build", str(folder), "--store", store
    ).stderr  # fmt: skip
    assert "paper#p3" in run("why", "RB", "\u4e91\u6735\u79d1\u6280", "--store", store).stdout
    for language in ("en", "zh"):  # every name stands in both languages
        other = f"?x skos:prefLabel ?b FILTER(LANG(?b) = '{language}')"
        sparql = f"ASK {{ GRAPH ?g {{ ?x skos:prefLabel ?a }} FILTER NOT EXISTS {{ {other} }} }}"
        assert run("query", sparql, "--store", store).stdout == "false\n"


def test_a_new_landscape_explains_each_of_its_tables(run: Run, tmp_path: Path) -> None:
    run("init", str(tmp_path / "mine"))
    text = (tmp_path / "mine" / "README.md").read_text("utf-8")
    for table in (tmp_path / "mine").glob("*.csv"):
        assert f"`{table.name}`" in text
        for locator in re.findall(r"here-editorial#(\w+)", table.read_text("utf-8")):
            assert f"## {locator}\n" in text
    commands = re.findall(r"^kg (\w+)", text, re.MULTILINE)
    assert set(commands) <= set(VERBS)
    assert len(commands) > 3
