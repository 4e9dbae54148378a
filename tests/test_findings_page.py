"""docs/findings.md: every table, figure and number in it is what the data say today."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from kg.analysis.report import report
from kg.landscape import Landscape
from kg.views.report import Report
from kg.views.report.markdown import table

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "findings.md").read_text("utf-8")
CHINESE = ("alibaba", "alipay", "ant-financial", "baidu", "tencent", "wechat-pay")
AMERICAN = ("apple", "google", "microsoft", "amazon")


@pytest.fixture(scope="module")
def told(world: Landscape) -> dict[str, pl.DataFrame]:
    return report(world.store, world.tables)


@pytest.fixture(scope="module")
def written(world: Landscape) -> Report:
    return world.report()


def test_tables_are_the_beginnings_of_those_of_the_report(written: Report) -> None:
    whole = [table(section.table, linked=False) + "\n" for section in written.document.sections if section.table]
    shown = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    assert len(shown) == 4
    for lines in shown:
        assert any(text.startswith(lines) for text in whole), lines


def test_figures_are_those_of_the_report(written: Report) -> None:
    others = set((ROOT / "docs" / "figures").glob("speed-*"))  # those of the benchmark
    kept = set((ROOT / "docs" / "figures").iterdir()) - others
    assert {path.name: path.read_bytes() for path in kept} == written.figures
    described = {section.figure.description for section in written.document.sections if section.figure}
    assert set(re.findall(r"!\[([^\]]*)\]\(figures/", PAGE)) == described


def of_years(world: Landscape, first: int, last: int) -> int:
    """How many sources were issued in some years."""
    issued = world.select("SELECT ?s (STR(?d) AS ?day) { ?s a kg:Source ; dcterms:issued ?d }")["day"]
    return issued.cast(pl.String).str.slice(0, 4).cast(pl.Int64).is_between(first, last).sum()


def parties(told: dict[str, pl.DataFrame], side: str) -> pl.DataFrame:
    """How many partnerships each bank or firm has."""
    each = told["matrix"].explode("partnerships")
    return each.group_by(side).agg(deals=pl.col("partnerships").n_unique(), pairs=pl.struct("bank", "firm").n_unique())


def said(world: Landscape, told: dict[str, pl.DataFrame]) -> list[str]:
    """The parts of the page that hold numbers, as the data have them."""
    counts = dict(told["counts"].iter_rows())
    ranked = {row["label"]: row for row in told["ranking"].iter_rows(named=True)}
    deals, trend, communities = told["partnerships"], told["trend"], told["communities"]
    count = {name: row["partnerships"] for name, row in ranked.items()}
    ended = {name: row["ended"] for name, row in ranked.items()}
    sources = world.select("SELECT ?s ?l { ?s a kg:Source ; dc:language ?l }")
    countries = world.select("SELECT DISTINCT ?c { ?p kg:bankParty ?b . ?b kg:country ?c }").height
    every = deals.select("partnership", source=pl.col("sources")).explode("source")
    of_each = every.with_columns(pl.col("source").str.extract("^([^#]*)#", 1)).unique().filter(
        ~pl.col("source").str.contains("editorial")
    )  # fmt: skip
    most = of_each.group_by("source").len()["len"].max()
    banks, firms = parties(told, "bank"), parties(told, "firm")
    firm = {row["firm"]: row for row in firms.iter_rows(named=True)}
    began, ends = told["known_days"].iter_rows(named=True)
    sure = dict(trend.select(pl.col("period").cast(pl.Int64), "began").iter_rows())
    since_2016 = sum(sure[year] for year in range(2016, 2023))
    alone = communities.filter(pl.col("partnerships").list.len() == 1).height
    modularity = dict(told["measures"].iter_rows())["modularity"]
    one = counts["partnerships"] - counts["corroborated"]
    assert {sure[year] for year in (2023, 2024)} == {0}
    assert ended["Cloud computing"] == 0
    assert [began["both"], began["from"], ends["undated"]] == [trend["began"].sum(), 0, 0]
    return [
        f"{counts['corroborated']} of {counts['partnerships']} partnerships stand on two or more independent sources",
        f"the other {one} are wrong if one writer was",
        f"Banks of {countries} countries take part",
        f"{(sources['l'] == 'en').sum()} of {sources.height} sources are written in English",
        f"Payments come first by far: {count['Payments']} partnerships, {ranked['Payments']['share']:.0%} of those",
        f"twice the {count['Credit']} of Credit",
        f"none tells of more than {most} partnerships",
        f"Channels and service has {count['Channels and service']} partnerships",
        f"Digital infrastructure and Electronic payment have {count['Digital infrastructure']} each",
        f"Mobile payment has {count['Mobile payment']}",
        f"{(deals['stage'] == 'ended').sum()} partnerships ended",
        f"Of {count['Retail banking']} on Retail banking {ended['Retail banking']} did",
        f"of {count['Banking as a service']} on Banking as a service {ended['Banking as a service']}",
        f"of {count['Cloud computing']} on Cloud computing none",
        f"{told['matrix'].height} pairs of {counts['bank_parties']} banks and {counts['firm_parties']} firms",
        f"{(banks['deals'] == 1).sum()} of the banks and {(firms['deals'] == 1).sum()} of the firms have a single",
        f"Apple works with {firm['apple']['pairs']} banks, by {firm['apple']['deals']} partnerships",
        f"Google with {firm['google']['pairs']}, by {firm['google']['deals']}",
        f"Of {trend['began'].sum()} partnerships the year of their beginning is certain",
        f"of {trend['ended'].sum()} that of their end",
        f"{ends['both'] - trend['ended'].sum()} ended in one of several years",
        f"Of {began['by']} more only a last day of the beginning is known",
        f"of {began['undated']} no day",
        f"of {ends['by']} only a last day is known, of {ends['from']} only a first",
        f"Of the {began['both']} whose year is certain, {since_2016} began from 2016 to 2022",
        "none in 2023 or 2024",
        f"{of_years(world, 2016, 2022)} of {sources.height} were issued from 2016 to 2022",
        f"{of_years(world, 2023, 2024)} in 2023 or 2024",
        f"Of {communities.height} communities {alone} are one partnership alone",
        f"as high as {modularity:.2f}",
    ]


def test_no_number_on_the_page_is_another_than_the_data_have(world: Landscape, told: dict[str, pl.DataFrame]) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", PAGE, flags=re.DOTALL)
    prose = re.sub(r"^\|.*\n", "", prose, flags=re.MULTILINE)
    rest = prose
    for part in said(world, told):
        assert part in prose, part
        rest = rest.replace(part, "")
    assert re.findall(r".{20}\d+", rest) == ["e five partnerships of 2017"[-24:]]


def test_what_is_said_without_numbers_is_so(world: Landscape, told: dict[str, pl.DataFrame]) -> None:
    count = dict(told["ranking"].select("label", "partnerships").iter_rows())
    assert count["Payments"] >= 2 * count["Credit"] == 2 * told["ranking"]["partnerships"][1]
    assert count["Digital infrastructure"] == count["Electronic payment"]
    assert [world.by_chance(of).rows["more"].any() for of in ("together", "sharing")] == [False, False]  # type: ignore[arg-type]
    pairs = told["matrix"]
    chinese, american = (set(pairs.filter(pl.col("firm").is_in(firms))["bank"]) for firms in (CHINESE, AMERICAN))
    assert chinese
    assert american
    assert not chinese & american
    largest = [set(members) for members in told["communities"]["members"].head(3)]
    assert [{"alibaba", "alipay", "tencent"} <= largest[0], "apple" in largest[1], "google" in largest[2]] == [True] * 3
    assert told["gaps"].height == 10
    review = "GRAPH ?passage { ?p kg:bankParty ?bank } ?passage dcterms:isPartOf id:fintech-banks-2017"
    assert world.select(f"SELECT DISTINCT ?p {{ {review} }}").height == 5
