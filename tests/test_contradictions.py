"""Contradictions: each cell is told with what denies it, so that the outlier shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from test_findings import CAPABILITIES, ORGANIZATIONS

import kg
from kg.terms import ID, KG, XSD

Tables = Callable[..., Path]
HEADER = "id,bankParty,techParty,covers,signed,source\n"


def told(path: Path) -> dict[tuple[str, int, int, str], str]:
    """What is said of disagreeing dates, by file, row, column and value."""
    found = [finding for finding in kg.check_landscape(path) if finding.code == "dates-disagree"]
    assert {finding.level for finding in found} == {"warning"}
    assert all(finding.header in ("signed", "signedLatest") for finding in found if finding.column)
    return {
        (Path(finding.file).name, finding.row, finding.column, finding.value): finding.message.partition("right: ")[2]
        for finding in found
    }


def test_the_outlier_of_three_dates_has_both_others_against_it(tables: Tables) -> None:
    deals = HEADER + "d,b,f,x,,s#p\nd,,,,2018-05,s#p2\nd,,,,2018-05-17,s#p3|s#p4\nd,,,,2017,s#p5\n"
    folder = tables(organizations=ORGANIZATIONS, capabilities=CAPABILITIES, partnerships=deals)
    assert told(folder) == {
        ("partnerships.csv", 3, 5, "2018-05"): "«2017» in row 5 (s#p5).",
        ("partnerships.csv", 4, 5, "2018-05-17"): "«2017» in row 5 (s#p5).",
        ("partnerships.csv", 5, 5, "2017"): "«2018-05» in row 3 (s#p2), «2018-05-17» in row 4 (s#p3, s#p4).",
    }


def test_the_other_side_is_named_with_its_file_and_every_cell_that_repeats_it(tables: Tables) -> None:
    folder = tables(
        organizations=ORGANIZATIONS,
        capabilities=CAPABILITIES,
        partnerships=HEADER + "d,b,f,x,2018-05,s#p 1\nd,,,,2018-05,s#p2\n",
        more="id,signedLatest,source\nd,2017-01-31,s#p5\n",
    )
    assert told(folder) == {
        ("partnerships.csv", 2, 5, "2018-05"): "«2017-01-31» in more.csv, row 2 (s#p5).",
        ("partnerships.csv", 3, 5, "2018-05"): "«2017-01-31» in more.csv, row 2 (s#p5).",
        ("more.csv", 2, 2, "2017-01-31"): "«2018-05» in partnerships.csv, row 2 (s#p 1), "
        "«2018-05» in partnerships.csv, row 3 (s#p2).",
    }


def test_of_many_that_deny_a_date_five_are_named(tables: Tables) -> None:
    rows = "".join(f"d,,,,2018-05-0{day},s#p{day}\n" for day in range(1, 8))
    folder = tables(
        organizations=ORGANIZATIONS, capabilities=CAPABILITIES, partnerships=HEADER + "d,b,f,x,2017,s#p\n" + rows
    )
    said = told(folder)[("partnerships.csv", 2, 5, "2017")]
    assert said.count("in row") == 5
    assert said.endswith("«2018-05-05» in row 7 (s#p5), and 2 more.")


def test_dates_of_rdf_are_told_by_their_values_and_files(tmp_path: Path) -> None:
    for name, date in (("a", "2018-05"), ("b", "2017-01")):
        text = f'<{ID}d> <{KG.signed}> "{date}"^^<{XSD.gYearMonth}> .\n'
        (tmp_path / f"{name}.nt").write_text(text, "utf-8")
    assert told(tmp_path) == {
        ("a.nt", 0, 0, "2018-05"): "«2017-01» in b.nt.",
        ("b.nt", 0, 0, "2017-01"): "«2018-05» in a.nt.",
    }
