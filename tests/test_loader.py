"""The loader: each fault is a finding at its cell, and what is well written becomes statements."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from kg.build import check
from kg.check import examine
from kg.findings import Finding
from kg.load.words import Vocabulary
from kg.terms import DATES_GRAPH, ID, KG, ONTOLOGY, PASSAGES_GRAPH, RDF, SKOS, passage_iri

Tables = Callable[..., Path]
ORGANIZATIONS = (
    "id,type,label@en,alias@en,source\n"
    "red-bank,Bank,Red Bank,RB,s#p1\nblue-bank,Bank,Blue Bank,BB,s#p1\ncloudy,TechFirm,Cloudy,,s#p1\n"
)


@pytest.fixture(scope="session")
def vocabulary(root: Path) -> Vocabulary:
    return Vocabulary(root / "ontology")


def located(finding: Finding) -> tuple[str, str, int, int]:
    return finding.code, Path(finding.file).name, finding.row, finding.column


FAULTS: dict[str, tuple[dict[str, str | bytes], tuple[str, str, int, int], str]] = {
    "a month that does not exist": (
        {"partnerships": "id,label@en,signed,source\ndeal,Deal,2017-13,s#p1\n"},
        ("bad-date", "partnerships.csv", 2, 3),
        "«2017-13» is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    "a day that does not exist": (
        {"partnerships": "id,label@en,signed,source\ndeal,Deal,2017-02-29,s#p1\n"},
        ("bad-date", "partnerships.csv", 2, 3),
        "«2017-02-29» is not a date",
    ),
    "a bound that is no day": (
        {"partnerships": "id,signedEarliest,source\ndeal,2017-03,s#p1\n"},
        ("bad-date", "partnerships.csv", 2, 2),
        "a day that exists as YYYY-MM-DD",
    ),
    "an unknown column": (
        {"partnerships": "id,label@en,singed,source\ndeal,Deal,2017,s#p1\n"},
        ("unknown-column", "partnerships.csv", 1, 3),
        "There is no column word «singed». Perhaps «signed» is meant",
    ),
    "a column without a header": (
        {"partnerships": "id,,source\ndeal,x,s#p1\n"},
        ("unknown-column", "partnerships.csv", 1, 2),
        "no header word",
    ),
    "a column twice": (
        {"partnerships": "id,signed,signed,source\ndeal,2017,2018,s#p1\n"},
        ("doubled-column", "partnerships.csv", 1, 3),
        "stands twice",
    ),
    "a name one letter off": (
        {"organizations": ORGANIZATIONS, "partnerships": "id,bankParty,source\ndeal,red-bnk,s#p1\n"},
        ("unknown-name", "partnerships.csv", 2, 2),
        "There is no Organization «red-bnk». Perhaps one of these is meant: red-bank (Red Bank)",
    ),
    "an ambiguous alias": (
        {
            "organizations": ORGANIZATIONS.replace(",BB,", ",RB,"),
            "partnerships": "id,bankParty,source\ndeal,rb,s#p1\n",
            "same": "id,one,other,judgement,source\nj,red-bank,blue-bank,different,s#p1\n",
        },
        ("ambiguous-name", "partnerships.csv", 2, 2),
        "«rb» means 2 things. Write the key of one: blue-bank (Blue Bank); red-bank (Red Bank)",
    ),
    "a thing of another class": (
        {"organizations": ORGANIZATIONS, "partnerships": "id,covers,source\ndeal,cloudy,s#p1\n"},
        ("wrong-class", "partnerships.csv", 2, 2),
        "is not a Capability",
    ),
    "a row without a source": (
        {"partnerships": "id,signed,source\ndeal,2017,\n"},
        ("no-source", "partnerships.csv", 2, 3),
        "The row has no source. Write the passages that state the row as key#locator",
    ),
    "a table without a source column": (
        {"partnerships": "id,signed\ndeal,2017\n"},
        ("no-source", "partnerships.csv", 2, 3),
        "has no «source» column",
    ),
    "a source without a locator": (
        {"partnerships": "id,signed,source\ndeal,2017,s\n"},
        ("bad-source", "partnerships.csv", 2, 3),
        "«s» is not a passage",
    ),
    "a source that nobody describes": (
        {"partnerships": "id,signed,source\ndeal,2017,t#p1\n"},
        ("unknown-source", "partnerships.csv", 2, 3),
        "There is no Source «t»",
    ),
    "a name of what is no passage": (
        {"passages": "id,label@zh,source\ns,首页,s#top\n"},
        ("bad-source", "passages.csv", 2, 1),
        "«s» is not a passage. Write one as it is cited: key#locator",
    ),
    "a name of two passages": (
        {"passages": "id,label@zh,source\ns#top|s#p1,首页,s#top\n"},
        ("bad-source", "passages.csv", 2, 1),
        "«s#top|s#p1» is not a passage",
    ),
    "a name of a passage of a source that nobody describes": (
        {"passages": "id,label@zh,source\nt#top,首页,s#top\n"},
        ("unknown-source", "passages.csv", 2, 1),
        "There is no Source «t»",
    ),
    "a passage without a name": (
        {"passages": "id,label@zh,source\ns#top,,s#top\n"},
        ("no-statement", "passages.csv", 2, 0),
        "states nothing",
    ),
    "a file that is not UTF-8": (
        {"organizations": "id,type,label@zh,source\nicbc,Bank,工商银行,s#p1\n".encode("gb18030")},
        ("not-utf8", "organizations.csv", 2, 3),
        "The file is not UTF-8: byte 0xB9 at offset 34. Save it as UTF-8",
    ),
    "a quote that is never closed": (
        {"partnerships": 'id,signed,source\ndeal,"2017,s#p1\n'},
        ("bad-quotes", "partnerships.csv", 2, 0),
        "can't be read as CSV",
    ),
    "a cell too many": (
        {"partnerships": "id,signed,source\ndeal,2017,s#p1,more\n"},
        ("too-many-cells", "partnerships.csv", 2, 4),
        "has 4 cells; the header has 3",
    ),
    "an empty file": ({"partnerships": ""}, ("empty-table", "partnerships.csv", 0, 0), "has no header"),
    "a table without ids": (
        {"partnerships": "label@en,source\nDeal,s#p1\n"},
        ("no-id", "partnerships.csv", 1, 0),
        "The table has no «id» column.",
    ),
    "a row about nothing": (
        {"partnerships": "id,signed,source\n,2017,s#p1\n"},
        ("no-subject", "partnerships.csv", 2, 1),
        "does not say what it is about",
    ),
    "a key with a space": (
        {"partnerships": "id,signed,source\nthe deal,2017,s#p1\n"},
        ("bad-key", "partnerships.csv", 2, 1),
        "«the deal» can't be a key",
    ),
    "text without a language": (
        {"partnerships": "id,label,source\ndeal,Deal,s#p1\n"},
        ("bad-language", "partnerships.csv", 1, 2),
        "Write label@en, label@zh",
    ),
    "a date with a language": (
        {"partnerships": "id,signed@en,source\ndeal,2017,s#p1\n"},
        ("bad-language", "partnerships.csv", 1, 2),
        "takes no language",
    ),
    "a class that does not exist": (
        {"organizations": "id,type,source\nx,Bnak,s#p1\n"},
        ("unknown-name", "organizations.csv", 2, 2),
        "Perhaps one of these is meant: kg:Bank",
    ),
    "an unknown predicate": (
        {"triples": "subject,predicate,object,source\ns,covrs,s,s#p1\n"},
        ("unknown-predicate", "triples.csv", 2, 2),
        "Perhaps «covers» is meant",
    ),
    "an object in the wrong column": (
        {"triples": "subject,predicate,object,source\ns,alias,Other,s#p1\n"},
        ("wrong-object", "triples.csv", 2, 3),
        "object@en",
    ),
    "a triple without an object": (
        {"triples": "subject,predicate,object,source\ns,covers,,s#p1\n"},
        ("no-object", "triples.csv", 2, 0),
        "The row has no object",
    ),
    "a thing of no class": (
        {"things": "id,label@en,source\nx,X,s#p1\n"},
        ("no-class", "things.csv", 2, 2),
        "«x» has no class",
    ),
    "an IRI that is none": (
        {"capabilities": "id,label@en,exactMatch,source\nx,X,not an iri,s#p1\n"},
        ("bad-iri", "capabilities.csv", 2, 3),
        "is not an IRI",
    ),
    "a source that is only a bar": (
        {"partnerships": "id,signed,source\ndeal,2017,|\n"},
        ("no-value", "partnerships.csv", 2, 3),
        "holds | and no value",
    ),
    "a value that is only bars": (
        {"capabilities": "id,label@en,alias@en,source\nx,X, | |,s#p1\n"},
        ("no-value", "capabilities.csv", 2, 3),
        "holds | and no value",
    ),
    "a year in full-width digits": (
        {"partnerships": "id,signed,source\ndeal,\uff12\uff10\uff11\uff17,s#p1\n"},
        ("bad-date", "partnerships.csv", 2, 2),
        "is not a date",
    ),
    "a month in Arabic digits": (
        {"partnerships": "id,signed,source\ndeal,\u0662\u0660\u0661\u0667-11,s#p1\n"},
        ("bad-date", "partnerships.csv", 2, 2),
        "is not a date",
    ),
    "a row that states nothing": (
        {"organizations": ORGANIZATIONS + "red-bank,,,,s#p9\n"},
        ("no-statement", "organizations.csv", 5, 0),
        "states nothing",
    ),
    "a triple table without objects": (
        {"triples": "subject,predicate,source\ns,alias,s#p1\n"},
        ("no-object", "triples.csv", 2, 0),
        "has no object",
    ),
    "a triple whose type would make a new thing": (
        {"organizations": ORGANIZATIONS, "triples": "predicate,subject,object,source\ntype,red-bnk,Bank,s#p1\n"},
        ("unknown-name", "triples.csv", 2, 2),
        "red-bank",
    ),
    "a triple about an address that nobody describes": (
        {"triples": "subject,predicate,object,source\nhttp://a.example/x,type,Bank,s#p1\n"},
        ("unknown-name", "triples.csv", 2, 1),
        "http://a.example/x",
    ),
    "a quote within a quoted cell": (
        {"capabilities": 'id,label@en,source\nx,"The "X" thing",s#p1\n'},
        ("bad-quotes", "capabilities.csv", 2, 0),
        "can't be read as CSV",
    ),
    "a quote that swallows the rest": (
        {"capabilities": 'id,source,label@en\nx,s#p1,"X\ny,s#p1,Y""'},
        ("bad-quotes", "capabilities.csv", 2, 0),
        "can't be read as CSV",
    ),
    "an IRI that no store takes": (
        {"capabilities": "id,label@en,exactMatch,source\nx,X,http://a.example/%zz,s#p1\n"},
        ("bad-iri", "capabilities.csv", 2, 3),
        "is not an IRI",
    ),
    "an address that is none": (
        {"sources": "id,title@en,issued,address,source\ns,S,2017,a page,s#p1\n"},
        ("bad-address", "sources.csv", 2, 4),
        "«a page» is not an address. Write the whole of it, beginning with https://",
    ),
    "a language tag that no store takes": (
        {"capabilities": "id,label@en-a,source\nx,X,s#p1\n"},
        ("bad-language", "capabilities.csv", 1, 2),
        "needs a language",
    ),
    "a day of the year 0": (
        {"partnerships": "id,signed,source\nd,0000-01-01,s#p1\n"},
        ("bad-date", "partnerships.csv", 2, 2),
        "is not a date",
    ),
    "a bad byte after a mark of UTF-8": (
        {"capabilities": b"\xef\xbb\xbfid,label@en,source\nx,X\xff,s#p1\n"},
        ("not-utf8", "capabilities.csv", 2, 2),
        "byte 0xFF",
    ),
    "a bad byte in a cell of two lines": (
        {"capabilities": b'id,label@en,source\nx,"X\n\xff",s#p1\n'},
        ("not-utf8", "capabilities.csv", 2, 2),
        "byte 0xFF",
    ),
    "a control character": (
        {"capabilities": "id,label@en,source\nx,X\u202eY,s#p1\n"},
        ("control-character", "capabilities.csv", 2, 2),
        "turns the direction of text",
    ),
}

CODES = {code for _, (code, *_), _ in FAULTS.values()} | {
    "bad-file", "bad-rdf", "empty-rdf", "left-out", "not-text", "unknown-word",  # test_faults.py and test_strange.py
    "read-loosely", "uncited-passage",  # test_findings.py
    "contradicting-judgement", "merged-classes", "merged-with-parent",  # test_identity.py
}  # fmt: skip
"""Every code that the loader gives to a finding."""


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_at_its_cell(fault: str, tables: Tables) -> None:
    texts, place, message = FAULTS[fault]
    found = check([tables(**texts)])
    assert [located(finding) for finding in found] == [place]
    assert message in f"{found[0].message} {found[0].advice}"
    assert found[0].level == "error"
    assert Path(found[0].file).exists()


def test_all_faults_are_told_not_just_the_first(tables: Tables) -> None:
    folder = tables(
        organizations=ORGANIZATIONS.replace(",BB,", ",RB,"),
        partnerships="id,bankParty,signed,colour,source\ndeal,red-bnk,2017-13,x,\nother,rb,2017-02-30,,s#p1\n",
    )
    codes = [finding.code for finding in check([folder])]
    assert sorted(codes) == sorted(
        ["unknown-column", "no-source", "unknown-name", "bad-date", "ambiguous-name", "bad-date"]
    )


def test_names_mean_what_they_say_exactly(tables: Tables, vocabulary: Vocabulary) -> None:
    """Key, prefixed name, IRI, label and alias, whatever their case, width and spacing."""
    spellings = ["red-bank", "id:red-bank", f"<{ID}red-bank>", "Red Bank", "RED  BANK", "redbank", "Ｒｅｄ Bank"]
    rows = "".join(f"deal-{n},{spelling},s#p1\n" for n, spelling in enumerate(spellings))
    claims = examine([tables(organizations=ORGANIZATIONS, partnerships="id,bankParty,source\n" + rows)], vocabulary)
    assert claims.findings == []
    parties = claims.said.claims(KG.bankParty)
    assert parties["object"].to_list() == [f"<{ID}red-bank>"] * len(spellings)


def test_a_key_wins_over_another_things_alias(tables: Tables, vocabulary: Vocabulary) -> None:
    organizations = "id,type,label@en,alias@en,source\nabc,Bank,A,,s#p1\nother,Bank,B,abc,s#p1\n"
    claims = examine(
        [tables(organizations=organizations, partnerships="id,bankParty,source\nd,abc,s#p1\n")], vocabulary
    )
    assert claims.findings == []
    assert f"<{ID}abc>" in claims.said.claims(KG.bankParty)["object"].to_list()


def test_values_are_parted_and_a_written_bar_is_kept(tables: Tables, vocabulary: Vocabulary) -> None:
    text = r"id,label@en,alias@en,definition@en,source" + "\n" + r"x,X,one | two\|three |,D.,s#p 1|s#p2" + "\n"
    claims = examine([tables(capabilities=text)], vocabulary)
    aliases = claims.said.claims(SKOS.altLabel)
    assert set(aliases["object"]) == {'"one"@en', '"two|three"@en'}
    assert set(aliases["passage"]) == {f"<{passage_iri('s', 'p 1')}>", f"<{passage_iri('s', 'p2')}>"}
    assert set(aliases["row"]) == {2}
    assert set(aliases["column"]) == {3}


def test_a_row_states_its_default_class_once_and_a_type_cell_overrides_it(
    tables: Tables, vocabulary: Vocabulary
) -> None:
    claims = examine([tables(organizations=ORGANIZATIONS + "plain,,Plain,,s#p1\n")], vocabulary)
    types = claims.said.claims(RDF.type)
    told = {(s[len(ID) + 1 : -1], o.rpartition("#")[2][:-1]) for s, o in types.select("subject", "object").iter_rows()}
    assert {
        ("red-bank", "Bank"),
        ("blue-bank", "Bank"),
        ("cloudy", "TechFirm"),
        ("plain", "Organization"),
        ("s", "Source"),
    } == told


def test_line_breaks_quotes_and_backslashes_survive(tables: Tables, vocabulary: Vocabulary) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "label@en", "source"], ["x", 'a "b"\nc\\d', "s#p1"]])
    claims = examine([tables(capabilities=out.getvalue())], vocabulary)
    labels = claims.said.claims(SKOS.prefLabel)
    assert labels["object"].to_list() == ['"a \\"b\\"\\nc\\\\d"@en']


def test_a_passage_is_called_what_a_table_says_in_each_language(tables: Tables, vocabulary: Vocabulary) -> None:
    """Cited in a table or in RDF, with any sign in it: it lost its name if it were read otherwise than it is cited."""
    folder = tables(
        capabilities="id,label@en,source\nx,X,s#p 1\\|2: «é»%20|s#p2\n",
        passages="id,label@zh,label@en,source\n"
        "s#p 1\\|2: «é»%20,第1页,,s#top\ns#p2,第2页,page 2,s#top\ns#r,丙,,s#top\n",
    )
    (folder / "more.trig").write_text(f'<{passage_iri("s", "r")}> {{ <{ID}x> <{SKOS.altLabel}> "Y"@en }}', "utf-8")
    claims = examine([folder], vocabulary)
    assert claims.findings == []
    labels = claims.said.claims(SKOS.prefLabel).filter(pl.col("file").str.ends_with("passages.csv"))
    told = {"p 1|2: «é»%20": {'"第1页"@zh'}, "p2": {'"第2页"@zh', '"page 2"@en'}, "r": {'"丙"@zh'}}
    for locator, names in told.items():
        assert set(labels.filter(subject=f"<{passage_iri('s', locator)}>")["object"]) == names
    assert labels.height == 4
    assert set(labels["passage"]) == {f"<{passage_iri('s', 'top')}>"}
    # That it is a passage stays the loader's own step, and is claimed by nobody.
    assert f"<{KG.Passage}>" not in set(claims.said.claims(RDF.type)["object"])


def test_a_name_that_nothing_cites_is_not_told_beside_what_could_not_be_read(tables: Tables) -> None:
    """Else each of a thousand names would be told where a quote of another table is not closed."""
    passages = "id,label@zh,source\ns#p9,第9页,s#top\n"
    assert [finding.code for finding in check([tables(passages=passages)])] == ["uncited-passage"]
    found = check([tables(passages=passages, capabilities='id,label@en,source\nx,"X,s#p9\n')])
    assert [finding.code for finding in found] == ["bad-quotes"]


def test_passages_and_dates_are_the_loaders_own_steps(tables: Tables, vocabulary: Vocabulary) -> None:
    claims = examine([tables(partnerships="id,label@en,signed,source\nd,D,2017,s#p1\n")], vocabulary)
    steps = {step for rows in claims.said.derived.values() for step in claims.said.terms.texts(rows["passage"])}
    assert steps == {f"<{graph}>" for graph in (PASSAGES_GRAPH, DATES_GRAPH, ONTOLOGY)}
