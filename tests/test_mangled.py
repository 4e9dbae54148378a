"""No table, however mangled, crashes the loader, and every non-empty cell becomes a statement or a finding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_loader import ORGANIZATIONS

from kg.check import UNREAD, Claims, examine
from kg.load.words import Vocabulary
from kg.terms import resource_folder

Tables = Callable[..., Path]
HEADERS = ["id", "type", "label@en", "alias@zh", "bankParty", "covers", "signed", "exactMatch", "source", "strange", ""]
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "red-bank", "RB", "Bank", "s#p1", "2017", "2017-13", "a|b", r"a\|b", "|", "#", "s#", '"']
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
NASTY = st.sampled_from(
    [
        # formulas, control and bidirectional characters, spaces of all kinds
        '=HYPERLINK("http://a.example","x")', "+1", "-2+3", "@SUM(A1)", "\tx", "x\ty", "\x00", "\x1b[31m", "\u202ex",
        "\u2066x\u2069", "\ufeffx", "\u200b", "\u00a0", "\u3000", "a\u0301", "\U0001f6a2", "\uffff", "\x85", "\u2028",
        # line ends, quotes, separators, huge cells
        "x\r\ny", "x\ry", "x\ny", '"', '""', '"x', "x,y", ";", "'", "\\", "\\|", "x" * 50_000, "|" * 300,
        # what looks like something else
        "<a>", "{}", "%00", "#", "s#", "s#p1#p2", "s#\u202e", " s#p1 ", "NULL", "nan", "1e999", "2017-02-30",
        "\uff19\uff19", "http://", "kg:", "kg:nothing", "_:b",
    ]
)  # fmt: skip
ANY = st.one_of(CELLS, NASTY, st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
ENDS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "latin-1", "utf-32")
SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(resource_folder("ontology"))


@st.composite
def tables_(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=6, unique=True))
    row = st.lists(ANY, min_size=len(header), max_size=len(header))
    return header, draw(st.lists(row, max_size=5))


@settings(max_examples=150, **SLOW)
@given(
    table=tables_(), end=st.sampled_from(ENDS), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    mark=st.booleans(), ending=st.sampled_from(["csv", "tsv"]),
)  # fmt: skip
def test_every_cell_is_stated_or_told_however_it_was_written(
    table: tuple[list[str], list[list[str]]],
    end: str,
    quoting: int,
    mark: bool,  # noqa: FBT001
    ending: str,
    tables: Tables,
    vocabulary: Vocabulary,
) -> None:
    header, rows = table
    out = io.StringIO()
    if any(sign in cell for row in rows for cell in row for sign in "\r\n"):
        quoting = csv.QUOTE_ALL  # csv.writer leaves a sign that ends lines elsewhere as it is, and the row would be two
    csv.writer(out, lineterminator=end, quoting=quoting, delimiter="\t" if ending == "tsv" else ",").writerows(
        [header, *rows]
    )  # type: ignore[call-overload]
    folder = tables(organizations=ORGANIZATIONS)
    for old in folder.glob("partnerships.*"):
        old.unlink()
    data = (codecs.BOM_UTF8 if mark else b"") + out.getvalue().encode()
    (folder / f"partnerships.{ending}").write_bytes(data)
    claims = examine([folder], vocabulary)
    if any(finding.code in UNREAD for finding in claims.findings):
        return  # the file as a whole is told
    kept = [row for row in rows if row]
    assert not unheard(claims, header, kept, f"partnerships.{ending}")


@settings(max_examples=100, **SLOW)
@given(table=tables_(), encoding=st.sampled_from(ENCODINGS), end=st.sampled_from(ENDS))
def test_no_encoding_crashes_it(
    table: tuple[list[str], list[list[str]]], encoding: str, end: str, tables: Tables, vocabulary: Vocabulary
) -> None:
    header, rows = table
    text = end.join(",".join(row) for row in [header, *rows])
    folder = tables(partnerships=text.encode(encoding, errors="replace"))
    told(folder, vocabulary)


@settings(max_examples=120, **SLOW)
@given(data=st.binary(max_size=300))
@example(data=b"\xff\xfe")
@example(data=b'"')
@example(data=b"\r")
@example(data=b"\xef\xbb\xbf")
@example(data=b"id\x00,source\nx,s#p\n")
@example(data=b"id,source\n" + b"," * 100_000)
@example(data=b"id,source\r\nx,s#p\r\r\ny,s#p\n\r")
def test_no_bytes_crash_it(data: bytes, tables: Tables, vocabulary: Vocabulary) -> None:
    told(tables(partnerships=data), vocabulary)


@settings(max_examples=70, **SLOW)
@given(data=st.data())
def test_no_cut_and_no_changed_byte_crashes_it(
    data: st.DataObject, root: Path, tables: Tables, vocabulary: Vocabulary
) -> None:
    """A real table, cut somewhere, with some bytes changed."""
    whole = bytearray((root / "graphs" / "china-2017" / "partnerships.csv").read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    told(tables(partnerships=bytes(whole[: data.draw(st.integers(0, len(whole)))])), vocabulary)


def told(folder: Path, vocabulary: Vocabulary) -> None:
    """Whatever is in the folder, it is read or told, and a finding says where and what to do."""
    claims = examine([folder], vocabulary)
    for finding in claims.findings:
        assert finding.message
        assert finding.advice
        assert finding.file
        assert finding.row >= 0


def unheard(claims: Claims, header: list[str], rows: list[list[str]], file: str) -> list[tuple[int, int]]:
    """The cells that are neither stated, nor cite, nor stand where a finding is: their cell, row, column or file."""
    mine = [finding for finding in claims.findings if finding.file.endswith(file)]
    if any(finding.row == 0 or finding.code == "no-id" for finding in mine):
        return []
    stated = {(q["row"], q["column"]) for q in claims.said.claims().iter_rows(named=True) if q["file"].endswith(file)}
    cited = {row for row, _ in stated}
    silent = []
    for number, row in enumerate(rows, start=2):
        told = {finding.column for finding in mine if finding.row in (1, number)}
        # A fault of the row's subject or of its source is one of the whole row.
        uncited = any(f.row == number and f.header in ("id", "source") for f in mine)
        whole = 0 in told or uncited or any(f.row == number and f.code == "no-source" for f in mine)
        for column, cell in enumerate(row, start=1):
            empty = not cell.strip()
            heard = (
                (number, column) in stated
                or column in told
                # Of a row all of whose other cells are faulty, there is nothing to be about or to cite for.
                or (header[column - 1] in ("id", "source") and (number in cited or told))
            )
            if not (empty or heard or whole or all(not other.strip() for other in row)):
                silent.append((number, column))
    return silent
