"""The landscape of the world: every claim cited at a place in a dated, published page, in both languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polars as pl
import pytest
import rdflib
from rdflib import DCTERMS, RDF, VOID

import kg
from kg.analysis.corroboration import claims, corroborated
from kg.terms import ID, KG

GRAPHS = Path(__file__).resolve().parent.parent / "graphs"
FOLDER = GRAPHS / "world"
README = (FOLDER / "README.md").read_text("utf-8")


PLACE = (
    r"(title|(photo )?caption|summary|page \d+|section \d+|(last )?paragraphs?|points? \d+|list item \d+)\b.*, \S+.*$"
    r"|title and imprint$|imprint$"
)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def both(world: kg.Landscape) -> kg.Landscape:
    return world


def test_both_landscapes_together_have_no_error_and_every_warning_is_answered() -> None:
    told = [finding for finding in kg.check_landscape(GRAPHS) if finding.level != "note"]
    found = sorted({(finding.code, finding.level, finding.message.partition(":")[0]) for finding in told})
    answers = {
        ("covers-nothing", "warning", "bank-jago-gojek"): "of five partnerships that they cover nothing: of Bank Jago",
        ("covers-nothing", "warning", "hana-finnq"): "Finnq of Hana",
        ("covers-nothing", "warning", "hana-sk-telecom-finnq"): "who holds which shares",
        ("covers-nothing", "warning", "serfinanza-tpaga"): "Banco Serfinanza and Tpaga",
        ("covers-nothing", "warning", "shinhan-bank-kt"): "who holds which shares",
        ("dates-disagree", "warning", "bradesco-claro"): "Mobile Time told of Bradesco and Claro on November 21, 2012",
        ("dates-disagree", "warning", "plex"): "Plex was first announced in 2019 by Tech Newsday, in August 2020",
    }
    assert found == sorted(answers)
    assert all(answer in README for answer in answers.values())


def test_the_landscape_is_as_large_as_it_is_meant_to_be(both: kg.Landscape) -> None:
    ours = "', '".join(sorted({row["id"] for row in rows("partnerships")}))
    (counts,) = both.select(
        "SELECT (COUNT(DISTINCT ?p) AS ?partnerships) (COUNT(DISTINCT ?b) AS ?banks) (COUNT(DISTINCT ?f) AS ?firms) "
        "(COUNT(DISTINCT ?c) AS ?countries) { ?p kg:bankParty ?b ; kg:techParty ?f . ?b kg:country ?c "
        f"FILTER(STRAFTER(STR(?p), '/id/') IN ('{ours}')) }}"
    ).iter_rows(named=True)
    assert counts["partnerships"] >= 80
    assert counts["banks"] >= 40
    assert counts["firms"] >= 40
    assert counts["countries"] >= 15
    origins = dict(corroborated(claims(both.store), both.tables).select("partnership", "origins").iter_rows())
    held = [origins[key] for key in {row["id"] for row in rows("partnerships")}]
    assert sum(count > 1 for count in held) * 3 >= len(held)  # a third on two independent sources
    continents = {
        "US": "America",
        "BR": "America",
        "CN": "Asia",
        "IN": "Asia",
        "DE": "Europe",
        "KE": "Africa",
        "AU": "Oceania",
    }
    seats = set(both.select("SELECT DISTINCT ?c { ?b a kg:Bank ; kg:country ?c }")["c"])
    assert {continent for seat, continent in continents.items() if seat in seats} == {
        "America", "Asia", "Europe", "Africa", "Oceania",
    }  # fmt: skip


def test_every_organization_has_a_seat_and_a_name_in_both_languages(both: kg.Landscape) -> None:
    without = both.select(
        "SELECT ?o { ?o a/rdfs:subClassOf* kg:Organization FILTER NOT EXISTS { ?o kg:country ?c ; skos:prefLabel ?en "
        "; skos:prefLabel ?zh FILTER(LANG(?en) = 'en' && LANG(?zh) = 'zh') } }"
    )
    assert without.is_empty()


def test_it_is_described_as_data_with_what_the_store_counts(both: kg.Landscape) -> None:
    graph = rdflib.Graph().parse(data=both.description(), format="turtle")
    (whole,) = graph.subjects(RDF.type, VOID.Dataset)
    counted = {
        str(graph.value(part, VOID["class"])): int(str(graph.value(part, VOID.entities)))
        for part in graph.objects(whole, VOID.classPartition)
    }
    for cls in (KG.Bank, KG.TechFirm, KG.Partnership, KG.Capability, KG.Product, KG.Source, KG.Renaming):
        (number,) = both.select(f"SELECT (COUNT(DISTINCT ?t) AS ?n) {{ ?t a <{cls}> }}")["n"]
        assert counted[cls] == number
    assert set(graph.objects(whole, DCTERMS.hasPart)) == {rdflib.URIRef(ID + "world"), rdflib.URIRef(ID + "china-2017")}
    (licence,) = graph.objects(whole, DCTERMS.license)
    assert str(licence) == "https://creativecommons.org/licenses/by/4.0/"
    merged = len(both.graph().default_graph)
    assert 0 < int(str(graph.value(whole, VOID.triples))) < merged
    assert both.description() == both.description()


def test_an_organization_is_one_in_both_landscapes_and_kept_its_later_names(both: kg.Landscape) -> None:
    assert both.find("JD Digits") == both.find("京东数科") == ID + "jd-finance"
    assert both.find("Ant Group") == ID + "ant-financial"
    assert {"bochk-jd-livi", "icbc-jd"} <= set(both.partners("JD Technology")["partnership"]) | set(
        both.partners("京东")["partnership"]
    )
    told = both.why("JD Finance").filter(pl.col("predicate") == "kg:newName")
    assert {"JD Digits", "JD Technology", "京东数科"} <= set(told["object"])


def test_every_source_is_a_dated_page_of_a_publisher_at_its_own_address(both: kg.Landscape) -> None:
    found = both.select(
        "SELECT ?s ?d ?a { ?s a kg:Source ; dcterms:issued ?d ; dc:publisher ?p ; schema:url ?a ; dc:language ?l }"
    )
    found = found.filter(pl.col("s").str.strip_prefix(ID).is_in([row["id"] for row in rows("sources")]))
    keys = {row["id"] for row in rows("sources")} - {"world-editorial"}
    assert {iri.removeprefix(ID) for iri in found["s"]} == keys
    assert all(re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", str(date)) for date in found["d"])
    assert len(keys) >= 200
    hosts = {re.sub(r"^https?://(www\.)?", "", address).partition("/")[0] for address in found["a"]}
    assert not {host for host in hosts if re.search("cache|mirror|archive|translate|readkong", host)}


def test_every_claim_is_at_a_place_that_a_person_can_find() -> None:
    headings = set(re.findall(r"^#+ (.+)$", README, re.MULTILINE))
    cited = {
        tuple(passage.split("#", 1))
        for name in ("organizations", "partnerships", "products", "capabilities", "sources")
        for row in rows(name)
        for passage in row["source"].split("|")
    }
    assert {locator for source, locator in cited if source == "world-editorial"} <= headings
    for source, locator in cited:
        if source != "world-editorial":
            assert re.match(PLACE, locator), locator
            assert len(locator) < 72  # a few words of ours, no sentence of theirs


def test_partnerships_are_claimed_by_pages_and_never_by_curators(both: kg.Landscape) -> None:
    claimed = both.select(
        "SELECT DISTINCT ?p ?s { GRAPH ?g { ?p kg:bankParty | kg:techParty | kg:covers | kg:stage ?o } "
        "?g dcterms:isPartOf ?s . ?p a kg:Partnership }"
    )
    assert not {source for source in claimed["s"] if source.endswith("editorial")}
    ours = {row["id"] for row in rows("partnerships")}
    assert {ID + key for key in ours} <= set(claimed["p"])


def test_what_ended_and_what_failed_is_there_too(both: kg.Landscape) -> None:
    ended = {iri.removeprefix(ID) for iri in both.answer("products-at", stage="ended")["product"]}
    assert "plex" in ended
    over = both.select("SELECT DISTINCT ?p { ?p a kg:Partnership ; kg:stage code:ended }")
    assert over.height >= 20
    in_2022 = both.as_of("2022-06")
    assert "citigroup-google" not in {key for keys in in_2022.matrix()["partnerships"] for key in keys}
    assert "citigroup-google" in {key for keys in both.as_of("2021-03").matrix()["partnerships"] for key in keys}


def test_one_hierarchy_serves_both(both: kg.Landscape) -> None:
    shared = dict(both.capabilities().select("capability", "partnerships").iter_rows())
    assert shared["cloud-computing"] >= 15  # two of 2017, the others of the world
    assert shared["credit"] >= 29
    defined = both.select("SELECT ?c { ?c a kg:Capability FILTER NOT EXISTS { ?c skos:definition ?d } }")
    assert defined.is_empty()
    assert "credit-score" in shared


SHARED = ("organizations", "capabilities", "sources")


def test_it_is_sound_by_itself(tmp_path: Path) -> None:
    told = [finding for finding in kg.check_landscape(FOLDER) if finding.level == "error"]
    assert told == []
    alone = kg.build_landscape(FOLDER, tmp_path / "kg")
    keys = {row["id"] for row in rows("partnerships")}
    assert set(alone.tables.of_class(KG.Partnership)) == {ID + key for key in keys}


@pytest.mark.parametrize("name", SHARED)
def test_what_it_shares_is_what_the_other_says_word_by_word(name: str) -> None:
    with (GRAPHS / "china-2017" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        theirs = list(csv.DictReader(file))
    ours = rows(f"shared-{name}")
    if name != "organizations":  # where the name of the table says of which class its rows are
        assert {row.pop("type") for row in ours} == {{"capabilities": "Capability", "sources": "Source"}[name]}
    keys = {row["id"] for row in ours}
    told = [{column: cell for column, cell in row.items() if cell} for row in theirs if row["id"] in keys]
    assert [{column: cell for column, cell in row.items() if cell} for row in ours] == told


def test_a_place_that_both_cite_has_the_same_name_in_both() -> None:
    with (GRAPHS / "china-2017" / "passages.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["id"]: row for row in csv.DictReader(file)}
    shared = [row for row in rows("passages") if row["id"] in theirs]
    assert len(shared) > 10
    assert [row for row in shared if row != theirs[row["id"]]] == []
    assert {row["source"] for row in rows("passages")} == {"world-editorial#Locators", "editorial#Locators"}


def test_every_place_but_a_line_has_a_name_in_chinese(both: kg.Landscape) -> None:
    told = both.tables.passages("zh")
    cited = both.select("SELECT ?p ?l { ?p kg:locator ?l }")
    lacking = {place for passage, place in cited.iter_rows() if passage not in told}
    assert told.keys() < set(cited["p"])
    assert all(re.fullmatch(r"L\d+(-L\d+)?", place) for place in lacking)
    # One place is told in one way, and each number of it stands in its name.
    named = {(place, told[passage]) for passage, place in cited.iter_rows() if passage in told}
    assert len(dict(named)) == len(named)
    for place, name in named:
        numbers = [re.findall(r"\d+", part) for part in (place.rpartition(", ")[0], name.partition("，")[0])]
        assert numbers[0] == numbers[1], place


def test_what_it_shares_adds_nothing_where_both_are_built(both: kg.Landscape, tmp_path: Path) -> None:
    tables = [path for folder in ("china-2017", "world") for path in (GRAPHS / folder).glob("*.csv")]
    without = kg.build_landscape([path for path in tables if not path.stem.startswith("shared-")], tmp_path / "kg")
    both.export(tmp_path / "both.nq")
    without.export(tmp_path / "without.nq")
    assert sorted((tmp_path / "both.nq").read_bytes().splitlines()) == sorted(
        (tmp_path / "without.nq").read_bytes().splitlines()
    )
