"""The landscape of the world: every claim cited at a place in a dated, published page, in both languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import kg
from kg.terms import ID

GRAPHS = Path(__file__).resolve().parent.parent / "graphs"
FOLDER = GRAPHS / "world"
README = (FOLDER / "README.md").read_text("utf-8")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> kg.Landscape:
    return kg.build_landscape(GRAPHS, tmp_path_factory.mktemp("both") / "kg")


def test_both_landscapes_together_have_no_error_and_every_warning_is_answered() -> None:
    told = [finding for finding in kg.check_landscape(GRAPHS) if finding.level != "note"]
    assert [(finding.code, finding.level) for finding in told] == [("dates-disagree", "warning")]
    assert "Plex was first announced in 2019 by Tech Newsday, in August 2020 by Android Authority" in README


def test_every_source_is_a_dated_page_of_a_publisher_at_its_own_address(both: kg.Landscape) -> None:
    found = both.select(
        "SELECT ?s ?d ?a { ?s a kg:Source ; dcterms:issued ?d ; dc:publisher ?p ; schema:url ?a ; dc:language ?l }"
    )
    keys = {row["id"] for row in rows("sources")} - {"world-editorial"}
    assert {iri.removeprefix(ID) for iri in found["s"]} == keys
    assert len(keys) >= 13
    assert all(re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", str(date)) for date in found["d"])
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
            assert re.match(r"(paragraph \d+, |summary, |title and imprint$|imprint$)", locator), locator
            assert len(locator) < 60  # a few words of ours, no sentence of theirs


def test_partnerships_are_claimed_by_pages_and_never_by_curators(both: kg.Landscape) -> None:
    claimed = both.select(
        "SELECT DISTINCT ?p ?s { GRAPH ?g { ?p kg:bankParty | kg:techParty | kg:covers | kg:stage ?o } "
        "?g dcterms:isPartOf ?s . ?p a kg:Partnership }"
    )
    assert not {source for source in claimed["s"] if source.endswith("editorial")}
    ours = {row["id"] for row in rows("partnerships")}
    assert len(ours) >= 13
    assert {ID + key for key in ours} <= set(claimed["p"])


def test_what_ended_and_what_failed_is_there_too(both: kg.Landscape) -> None:
    ended = {iri.removeprefix(ID) for iri in both.answer("products-at", stage="ended")["product"]}
    assert "plex" in ended
    in_2022 = both.as_of("2022-06")
    assert "citigroup-google" not in {key for keys in in_2022.matrix()["partnerships"] for key in keys}
    assert "citigroup-google" in {key for keys in both.as_of("2021-03").matrix()["partnerships"] for key in keys}


def test_one_hierarchy_serves_both(both: kg.Landscape) -> None:
    shared = dict(both.capabilities().select("capability", "partnerships").iter_rows())
    assert shared["cloud-computing"] == 4  # one of 2017, three of the world
    assert shared["credit"] == 8
    defined = both.select("SELECT ?c { ?c a kg:Capability FILTER NOT EXISTS { ?c skos:definition ?d } }")
    assert defined.is_empty()
    assert "credit-score" in shared
