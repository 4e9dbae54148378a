"""First and last days: of each precision, and one of each where sources differ."""

from __future__ import annotations

import polars as pl
import pytest

from kg.load import dates
from kg.load.quads import QUADS
from kg.terms import KG, XSD


def quads(*statements: tuple[str, str, str]) -> pl.DataFrame:
    rows = [
        [f"<http://a.example/{subject}>", f"<{getattr(KG, name)}>", literal(text), f"<http://p.example/{n}>", "f", n, 1]
        for n, (subject, name, text) in enumerate(statements)
    ]
    return pl.DataFrame(rows, schema=QUADS, orient="row")


def bounds(said: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    dated = dates.dated(said)
    return dates.bounds(dated, dates.days_of(dated))


def agreed(said: pl.DataFrame) -> pl.DataFrame:
    return dates.agreed(dates.days_of(dates.dated(said)))


def literal(text: str) -> str:
    return f'"{text}"^^<{ {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}[len(text)] }>'


def told(frame: pl.DataFrame) -> set[tuple[str, str]]:
    return {
        (row["predicate"].rpartition("#")[2][:-1], row["object"].split('"')[1]) for row in frame.iter_rows(named=True)
    }


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-03", "2017-03-01", "2017-03-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2017-12", "2017-12-01", "2017-12-31"),
        ("2017-03-30", "2017-03-30", "2017-03-30"),
    ],
)
def test_each_precision_has_its_days(text: str, first: str, last: str) -> None:
    derived, outdone = bounds(quads(("deal", "signed", text)))
    assert told(derived) == {("signedEarliest", first), ("signedLatest", last)}
    assert outdone.is_empty()


def test_sources_that_differ_give_one_earliest_and_one_latest() -> None:
    derived, outdone = bounds(quads(("deal", "signed", "2017-05"), ("deal", "signed", "2017-03-30")))
    assert told(derived) == {("signedEarliest", "2017-03-30"), ("signedLatest", "2017-05-31")}
    assert outdone.is_empty()


def test_a_curated_bound_that_another_source_outdoes_stays_evidence_only() -> None:
    derived, outdone = bounds(quads(("deal", "signedEarliest", "2017-03-01"), ("deal", "signed", "2016")))
    assert told(derived) == {("signedEarliest", "2016-01-01")}  # what is since 2017 has no last day
    assert told(outdone) == {("signedEarliest", "2017-03-01")}


def test_where_sources_contradict_a_side_that_one_leaves_open_is_open() -> None:
    derived, outdone = bounds(quads(("deal", "signedLatest", "2017-03-01"), ("deal", "signed", "2018")))
    assert told(derived) == {("signedLatest", "2018-12-31")}
    assert told(outdone) == {("signedLatest", "2017-03-01")}
    derived, outdone = bounds(quads(("deal", "signedLatest", "2017-03-01"), ("deal", "signedEarliest", "2018-01-01")))
    assert derived.is_empty() and outdone.is_empty()  # noqa: PT018  an error, which a shape tells


def test_a_curated_bound_that_stands_is_not_derived_again() -> None:
    derived, outdone = bounds(quads(("deal", "signedEarliest", "2017-03-01"), ("deal", "signed", "2017-05")))
    assert told(derived) == {("signedLatest", "2017-05-31")}
    assert outdone.is_empty()


def test_a_bound_on_one_side_gives_nothing_on_the_other() -> None:
    derived, outdone = bounds(quads(("deal", "launchedEarliest", "2017-03-01")))
    assert derived.is_empty()
    assert outdone.is_empty()


def test_subjects_and_steps_are_kept_apart() -> None:
    derived, _ = bounds(quads(("a", "signed", "2017"), ("b", "signed", "2018"), ("a", "ended", "2019")))
    assert derived.height == 6


def test_what_all_sources_leave_open_is_the_narrower_span() -> None:
    span = (("deal", "signedEarliest", "2017-03-01"), ("deal", "signedLatest", "2017-12-31"))
    assert told(agreed(quads(*span, ("deal", "signed", "2017-06-20")))) == {
        ("agreedEarliest", "2017-06-20"), ("agreedLatest", "2017-06-20"),
    }  # fmt: skip
    assert told(agreed(quads(*span, ("deal", "signed", "2017-06")))) == {
        ("agreedEarliest", "2017-06-01"), ("agreedLatest", "2017-06-30"),
    }  # fmt: skip
    by = ("deal", "launchedLatest", "2018-05-03"), ("deal", "launchedLatest", "2018-04-01")
    assert told(agreed(quads(*by))) == {("agreedLatest", "2018-04-01")}


def test_sources_that_cannot_all_be_right_agree_on_nothing() -> None:
    assert agreed(quads(("deal", "signed", "2017-05"), ("deal", "signed", "2017-07"))).is_empty()
    assert agreed(quads(("deal", "signed", "2017-05"))).is_empty()  # one date has no narrower days
    assert agreed(quads(("deal", "signed", "2017-05"), ("deal", "ended", "2017-07"))).is_empty()
