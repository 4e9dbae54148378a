"""Frames as an Excel workbook, a sheet each, in which no cell can run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

import polars as pl
from rich.cells import cell_len

from kg.errors import FileFault
from kg.views.words import word

WIDEST = 60
"""How wide a column may be, in signs; longer texts go over several lines."""
MOST_ROWS = 1_048_575
MOST_SIGNS = 32_767
"""What a sheet and a cell of Excel hold."""
_BEGINNING = dt.datetime(2000, 1, 1)  # noqa: DTZ001  a workbook knows no zones
"""When every workbook says that it was made, so that the same frames are the same bytes."""


def workbook(sheets: Mapping[str, pl.DataFrame], language: str = "en") -> bytes:
    """A workbook with a sheet for each frame; names of sheets and columns are words (:data:`kg.views.words.WORDS`).

    Lists stand one value a line. Texts are stored as texts and marked as such, so that none is a formula, not even
    after it was edited (OWASP, "CSV Injection"). The same frames are the same bytes.

    Raises
    ------
    FileFault
        when the writer is not installed, or a sheet holds more than Excel does.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  an extra
    except ImportError as fault:
        raise FileFault("To write an Excel workbook, install partnership-kg[xlsx].") from fault
    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, settings) as book:
        book.set_properties({"created": _BEGINNING})
        look = {"valign": "top", "text_wrap": True, "quote_prefix": True}
        text, head = book.add_format(look), book.add_format({**look, "bold": True, "bottom": 1})
        number, share = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "num_format": "0%"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(word(name, language))
            if rows.height > MOST_ROWS:
                raise FileFault(f"{rows.height:,} rows are more than a sheet of Excel holds. Export to csv.")
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, rows.height, max(rows.width - 1, 0))
            for place, column in enumerate(rows.columns):
                cells = [word(column, language), *map(_cell, rows[column])]
                lines = [line for cell in cells for line in str(cell).split("\n")]
                sheet.set_column(place, place, min(max(map(cell_len, lines)) + 3, WIDEST))
                for row, cell in enumerate(cells):
                    if not isinstance(cell, str):
                        sheet.write_number(row, place, cell, share if isinstance(cell, float) else number)
                    elif len(cell) > MOST_SIGNS:
                        raise FileFault(f"A cell of {len(cell):,} signs is more than Excel holds. Export to csv.")
                    else:
                        sheet.write_string(row, place, cell, text if row else head)
    return out.getvalue()


def _cell(value: object) -> str | int | float:
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, pl.Series):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
