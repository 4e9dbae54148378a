"""The figure of a report that tells of years: what began and what ended, and apart what has one known day alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from kg.views.drawing import Drawing, Figure, small
from kg.views.report.figures import WIDTH
from kg.views.report.words import text
from kg.views.words import word

YEARS = 40
"""How many years are drawn."""
_HIGH, _UNIT = 320, 14
"""How high all bands are at most, and one partnership in them."""
_OVER, _YEAR = 20, 22
"""The room for a number at the end of a bar, and for the years."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Bars of one kind: of beginnings or ends, of what has two known days or (``apart``) one."""

    end: str
    apart: bool

    @property
    def sign(self) -> int:
        """Which way the bars go."""
        return -1 if self.end == "began" else 1

    def parts(self, row: dict[str, Any]) -> list[tuple[str, str, int, int]]:
        """What a bar is made of, from its foot on: kind, the column that counts it, how many are drawn and counted."""
        if self.apart:
            return [(way, f"{self.end}_{way}", *[row[f"{self.end}_{way}"]] * 2) for way in ("by", "from")]
        sure, perhaps = row[self.end], row[f"perhaps_{self.end}"]
        return [("sure", self.end, sure, sure), ("perhaps", f"perhaps_{self.end}", perhaps - sure, perhaps)]

    def most(self, rows: pl.DataFrame) -> int:
        """The length of the longest bar."""
        return max(sum(part[2] for part in self.parts(row)) for row in rows.iter_rows(named=True))

    def number(self, row: dict[str, Any]) -> str:
        """What stands at the end of a bar."""
        if self.apart:
            return "+".join(str(part[3]) for part in self.parts(row) if part[3])
        sure, perhaps = (part[3] for part in self.parts(row))
        return str(sure) if sure == perhaps else f"{sure}–{perhaps}"


def telling(rows: pl.DataFrame) -> list[str]:
    """The columns of counts that say more than the others do.

    These are ``began`` and ``ended``, what may have been where it is more than what surely was, and of what has one
    known day alone those that are not empty.
    """
    found = []
    for end in ("began", "ended"):
        sure, perhaps = rows[end], rows[f"perhaps_{end}"]
        more = [f"perhaps_{end}"] if perhaps.sum() > sure.sum() else []
        found += [end, *more, *(name for name in (f"{end}_by", f"{end}_from") if rows[name].sum())]
    return found


def trend(rows: pl.DataFrame, language: str) -> Figure:
    """Bars up for what began and down for what ended in each year, full where surely and hatched where perhaps.

    In bands beyond these, what has one known day alone, in the year of that day: with signs to the left where it may
    lie before, to the right where it may lie later.
    """
    first = max(rows.height - YEARS, 0)
    shown = rows.slice(first)
    drawing = Drawing("trend", text("trend", language), text("trend_ylabel", language), WIDTH)
    every = [_Band("began", apart=True), _Band("began", apart=False), _Band("ended", apart=False),
             _Band("ended", apart=True)]  # fmt: skip
    bands = [band for band in every if not band.apart or band.most(shown)]
    y = drawing.legend(4, list(_legend(shown, bands, language))) + 4
    scale = min(_HIGH / max(sum(band.most(shown) for band in bands), 1), _UNIT)
    left = max(small(said) for band in bands for said in _names(band, language)) + 12
    for band in bands:
        long = band.most(shown) * scale
        if band.sign < 0:
            y += long + _OVER
            _draw(drawing, band, shown, (left, y), scale, first, language)
            if not band.apart:
                _years(drawing, shown, left, y)
                y += _YEAR
        else:
            _draw(drawing, band, shown, (left, y), scale, first, language)
            y += long + _OVER
    return drawing.finished(y)


def _legend(rows: pl.DataFrame, bands: list[_Band], language: str) -> Iterator[tuple[str, str]]:
    """The kinds of bars that are drawn, and what they mean."""
    used = {
        kind for row in rows.iter_rows(named=True) for band in bands for kind, _, count, _ in band.parts(row) if count
    }
    said = {
        "sure": "surely", "perhaps": "perhaps", "by": "then_or_before", "from": "then_or_later",
    }  # fmt: skip
    for kind, name in said.items():
        if kind in used:
            yield kind, text(name, language)


def _names(band: _Band, language: str) -> list[str]:
    """What a band is called, in lines."""
    return [word(band.end, language), *([text("one_day", language)] if band.apart else [])]


def _steps(rows: pl.DataFrame, left: float) -> tuple[float, float, str]:
    """How far years lie apart, how wide a bar is, and the kind of its number."""
    step = (WIDTH - left - 6) / max(rows.height, 1)
    return step, min(step - 4, 40), "number" if step > 36 else "tiny"


def _years(drawing: Drawing, rows: pl.DataFrame, left: float, y: float) -> None:
    """The years below a line."""
    step, _, size = _steps(rows, left)
    for n, period in enumerate(rows["period"]):
        if n % (1 if step >= 30 else 2) == 0:
            drawing.text(left + (n + 0.5) * step, y + 15, period, size, anchor="middle")


def _draw(
    drawing: Drawing, band: _Band, rows: pl.DataFrame, foot: tuple[float, float], scale: float, first: int,
    language: str,
) -> None:  # fmt: skip
    """A band whose bars stand on a line at ``foot`` (its left end), each part and number leading to its evidence."""
    left, base = foot
    step, wide, size = _steps(rows, left)
    names = _names(band, language)
    for line, name in enumerate(names):
        y = base - 6 - 14 * (len(names) - 1 - line) if band.sign < 0 else base + 14 + 14 * line
        drawing.text(left - 8, y, name, "soft", anchor="end")
    for n, row in enumerate(rows.iter_rows(named=True)):
        place, x, at = f"trend-{first + n + 1}", left + n * step + (step - wide) / 2, base
        told = []
        for kind, column, drawn, count in band.parts(row):
            said = f"{text(f'surely_{column}' if kind == 'sure' else column, language)} {count}"
            if drawn or kind == "sure":
                told.append(said)
            if drawn:
                # What is perhaps counts the sure as well, and so leads to all of the year.
                with drawing.link(place if kind == "perhaps" else f"{place}-{column}", f"{row['period']}: {said}"):
                    drawing.rect(x, min(at, at + band.sign * drawn * scale), wide, drawn * scale, kind)
                at += band.sign * drawn * scale
        if at != base:
            with drawing.link(place, f"{row['period']}: {', '.join(told)}"):
                y = at - 4 if band.sign < 0 else at + 12
                drawing.text(x + wide / 2, y, band.number(row), size, anchor="middle")
    drawing.line(left, base, WIDTH, base, "axis")
