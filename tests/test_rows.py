"""Rows as a table for people: drawn as rich draws it at the same widths, and no wider than it need be."""

from __future__ import annotations

import io

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.views.rows import PLAIN_WIDTH, _figure, _fitted, _Span, _span, write

SIGNS = ["a", "Bank", "x" * 20, "中国", "腾讯，", "é", "-", "7", "[b]", ":cat:", "\n", " ", "  ", "\t"]
CELLS = st.one_of(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join), st.integers(0, 9999).map(str))
TABLES = st.integers(1, 5).flatmap(
    lambda wide: st.tuples(
        st.lists(CELLS, min_size=wide, max_size=wide),
        st.lists(st.lists(CELLS, min_size=wide, max_size=wide), max_size=4),
    )
)


def written(rows: list[list[str]], headings: list[str]) -> list[str]:
    out = io.StringIO()
    write(pl.DataFrame(), rows, headings, "table", out)
    return out.getvalue().split("\n")


def by_rich(rows: list[list[str]], headings: list[str], widths: list[int]) -> list[str]:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column, width in zip(zip(headings, *rows, strict=True), widths, strict=True):
        right = bool(rows) and all(map(_figure, column[1:]))
        table.add_column(Text(column[0]), justify="right" if right else "left", overflow="fold", width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(file=io.StringIO(), width=sum(widths) + 3 * len(widths))
    with console.capture() as capture:
        console.print(table)
    return [line.rstrip(" ") for line in capture.get().split("\n")]


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_it_is_drawn_as_rich_draws_it(given: tuple[list[str], list[list[str]]]) -> None:
    headings, rows = given
    spans = [_span(column, cell_len) for column in zip(headings, *rows, strict=True)]
    widths = _fitted(spans, PLAIN_WIDTH - 3 * (len(spans) - 1))
    if all(widths):
        assert written(rows, headings) == by_rich(rows, headings, widths)
        told = [[f"\x07{cell}\r" for cell in row] for row in (headings, *rows)]  # which a terminal would act on
        assert written(told[1:], told[0]) == written(rows, headings)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 300)), max_size=8), st.integers(-20, 200))
def test_columns_are_narrowed_as_far_as_they_must_be(given: list[tuple[int, int]], room: int) -> None:
    spans = [_Span(least, least + more) for least, more in given]
    widths = _fitted(spans, room)
    assert all(least <= width <= most for width, (least, most) in zip(widths, spans, strict=True))
    whole, least = sum(most for _, most in spans), sum(least for least, _ in spans)
    assert sum(widths) == min(whole, max(least, room))
    # No column is narrowed while another that could be is wider by more than the two that edges make.
    narrowed = [width for width, (_, most) in zip(widths, spans, strict=True) if width < most]
    wide = [width for width, (least, _) in zip(widths, spans, strict=True) if width > least]
    assert not narrowed or not wide or max(wide) <= max(narrowed) + 2
