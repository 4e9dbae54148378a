"""Frames as tables for people, or as CSV, TSV, JSON and Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple, TextIO

import polars as pl

RowFormat = Literal["table", "csv", "tsv", "json", "markdown"]
PLAIN_WIDTH = 100
"""How wide a table is where it does not go to a terminal, in columns."""
_FIGURE = re.compile(r"=?-?\d+(\.\d+)?(e-?\d+)?%?")
"""A count, a share, a measure, or a rank that is shared."""
_BROKEN = re.compile(r"[\t\n]")
"""What a cell can have that is no sign in a line."""
_GAP = 3
"""Between two columns of a table."""
MOST_WORD = 14
"""How long a word may be, in columns, to be kept whole when a table is narrow."""


def write(
    rows: pl.DataFrame, shown: Sequence[Sequence[str]], headings: Sequence[str], format_: RowFormat, out: TextIO
) -> None:
    r"""Write rows in a format.

    ``rows`` goes to the formats for programs whole; a list in a cell is parted by ``|`` (``\|`` for the sign itself),
    as in a curated table. ``shown`` are the same rows in words, with ``headings``, for the formats for people.
    """
    if format_ == "table":
        _table(shown, headings, out)
    elif format_ == "markdown":
        _markdown(shown, headings, out)
    elif format_ == "json":
        json.dump(rows.to_dicts(), out, ensure_ascii=False, indent=2, default=str)
        out.write("\n")
    else:
        out.write(separated(rows, format_))


def separated(rows: pl.DataFrame, format_: Literal["csv", "tsv"]) -> str:
    """Rows as CSV or TSV; in CSV a text that a spreadsheet would take for a formula begins with an apostrophe.

    See OWASP, "CSV Injection".
    """
    lists = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
    bar = pl.element().cast(pl.String).str.replace_all("|", "\\|", literal=True)
    flat = rows.with_columns(pl.col(lists).list.eval(bar).list.join("|")) if lists else rows
    if format_ == "tsv":
        return flat.write_csv(separator="\t")
    text = pl.col(pl.String)
    return flat.with_columns(text.str.replace(r"^([=+\-@\t\r])", "'$1")).write_csv()


def in_words(rows: pl.DataFrame, columns: Sequence[str]) -> list[list[str]]:
    """The cells of some columns as text; shares in per cent, nothing where nothing is known."""
    return [[_cell(value) for value in row] for row in rows.select(columns).iter_rows()]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def _table(shown: Sequence[Sequence[str]], headings: Sequence[str], out: TextIO) -> None:
    # What is written for programs does without them, and they take as long to load as a ranking to count.
    from rich.cells import cell_len  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.control import strip_control_codes  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=out, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    columns = [[strip_control_codes(cell) for cell in column] for column in zip(headings, *shown, strict=True)]
    spans = [_span(column, cell_len) for column in columns]
    widths = _fitted(spans, console.width - _GAP * (len(columns) - 1))
    right = [len(column) > 1 and all(map(_figure, column[1:])) for column in columns]

    def lines(cell: str, width: int) -> list[str]:
        if cell_len(cell) <= width and not _BROKEN.search(cell):
            return [cell.rstrip()]  # nearly all are so, and to have each wrapped takes fifty times as long
        return [line.plain.rstrip() for line in Text(cell).wrap(console, width, overflow="fold")]

    def written(row: Sequence[str], step: int = 1) -> Iterator[str]:
        """The lines of a row; with the step -1 what is in fewer lines stands at the foot."""
        cells = [lines(cell, width)[::step] for cell, width in zip(row, widths, strict=True)]
        for parts in list(zip_longest(*cells, fillvalue=""))[::step]:
            rooms = [" " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True)]
            told = [
                room + part if aside else part + room for part, room, aside in zip(parts, rooms, right, strict=True)
            ]
            yield (" " * _GAP).join(told).rstrip() + "\n"

    rows = zip(*columns, strict=True)
    with console.capture() as capture:
        console.print(Text("".join(written(next(rows, ()), -1)), style="bold"), end="", soft_wrap=True)
    out.write(capture.get() + "─" * (sum(widths) + _GAP * (len(widths) - 1)) + "\n")
    for row in rows:
        out.writelines(written(row))


class _Span(NamedTuple):
    """How wide a column may be: its longest word, but no more than a column should be, and its longest line."""

    least: int
    most: int


def _span(cells: Sequence[str], length: Callable[[str], int]) -> _Span:
    word = max(length(word) for cell in cells for word in cell.split() or [""])
    return _Span(min(word, MOST_WORD), max(length(line) for cell in cells for line in cell.split("\n")))


def _fitted(spans: Sequence[_Span], room: int) -> list[int]:
    """As wide as each column wants to be, or the widest narrower, as far as they can be; more than a line, if need be.

    A line that the terminal breaks loses nothing, a cut one does.
    """
    widths = [min(most, max(least, room)) for least, most in spans]
    # Those within make room a little sooner than those at the edges, where names and passages stand.
    within = [0 < n < len(spans) - 1 for n in range(len(spans))]
    while sum(widths) > room:
        wide = [n for n, span in enumerate(spans) if widths[n] > span.least]
        if not wide:
            break
        widths[max(wide, key=lambda n: (widths[n] + within[n], within[n]))] -= 1
    return widths


def _figure(cell: str) -> bool:
    return not cell or _FIGURE.fullmatch(cell) is not None


def _markdown(shown: Sequence[Sequence[str]], headings: Sequence[str], out: TextIO) -> None:
    signs = str.maketrans({"\\": "\\\\", "|": "\\|", "<": "&lt;", "\r": " ", "\n": " "})

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.translate(signs) for cell in cells) + " |\n"

    rules = ["--:" if shown and all(_figure(row[n]) for row in shown) else "---" for n in range(len(headings))]
    out.write(line(headings) + "| " + " | ".join(rules) + " |\n" + "".join(map(line, shown)))
