"""What is wrong or doubtful in a landscape: one record for each place, so that none is lost in a first error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    ``row`` counts records as a spreadsheet does, the header being row 1, or lines where the ``unit`` is a line;
    ``column`` counts cells, in a line signs, from 1; 0 means that the finding is about the whole file, or the whole
    row; no file, that it is about the whole landscape. ``code`` is stable and names the kind of fault; ``message``
    says what is wrong, ``advice`` what to do.
    """

    code: str
    message: str
    advice: str
    file: str
    row: int = 0
    column: int = 0
    header: str = ""
    value: str = ""
    level: Level = "error"
    unit: Literal["row", "line"] = "row"

    @property
    def place(self) -> str:
        """File, row and column in words: ``partnerships.csv, row 3, column 5 (signed)``."""
        words = [self.file or "the whole"]
        if self.row:
            words.append(f"{self.unit} {self.row}")
        if self.column:
            words.append(f"column {self.column}" + (f" ({self.header})" if self.header else ""))
        return ", ".join(words)

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message} {self.advice} [{self.code}]"


def sound(findings: Iterable[Finding]) -> bool:
    """Whether no finding is an error."""
    return all(finding.level != "error" for finding in findings)


def in_order(findings: list[Finding]) -> list[Finding]:
    """By file, row and column, each once."""
    return sorted(set(findings), key=lambda f: (f.file, f.row, f.column, f.code, f.value))
