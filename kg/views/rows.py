"""Frames as tables for people, or as CSV, TSV, JSON and Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Literal, TextIO

import polars as pl

RowFormat = Literal["table", "csv", "tsv", "json", "markdown"]
PLAIN_WIDTH = 100
"""How wide a table is where it does not go to a terminal, in columns."""
_FIGURE = re.compile(r"=?-?\d+(\.\d+)?(e-?\d+)?%?")
"""A count, a share, a measure, or a rank that is shared."""
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
    from rich import box  # noqa: PLC0415
    from rich.cells import cell_len  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=out, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    narrowest = -_GAP
    for number, heading in enumerate(headings):
        cells = [heading, *(row[number] for row in shown)]
        figures = bool(shown) and all(_figure(cell) for cell in cells[1:])
        longest = max(cell_len(word) for cell in cells for word in cell.split() or [""])
        # Words stay whole as long as they are no longer than a column should be.
        least = min(longest, MOST_WORD)
        narrowest += least + _GAP
        # What has nowhere to break is not narrowed in the place of what has, since that would push out the last column.
        whole = max(map(cell_len, cells)) == least
        table.add_column(
            Text(heading), justify="right" if figures else "left", overflow="fold", min_width=least, no_wrap=whole
        )
    console.width = max(console.width, narrowest)  # a line that the terminal breaks loses nothing, a cut one does
    for row in shown:
        table.add_row(*(Text(cell) for cell in row))
    with console.capture() as capture:
        console.print(table)
    text = capture.get()
    out.write(text if console.is_terminal else "".join(line.rstrip() + "\n" for line in text.splitlines()))


def _figure(cell: str) -> bool:
    return not cell or _FIGURE.fullmatch(cell) is not None


def _markdown(shown: Sequence[Sequence[str]], headings: Sequence[str], out: TextIO) -> None:
    signs = str.maketrans({"\\": "\\\\", "|": "\\|", "<": "&lt;", "\r": " ", "\n": " "})

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.translate(signs) for cell in cells) + " |\n"

    rules = ["--:" if shown and all(_figure(row[n]) for row in shown) else "---" for n in range(len(headings))]
    out.write(line(headings) + "| " + " | ".join(rules) + " |\n" + "".join(map(line, shown)))
