"""Findings as SARIF 2.1.0, which editors and code hosts show beside the lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg import __version__
from kg.findings import Finding
from kg.load.files import TEXT_TABLES
from kg.terms import Language

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = "https://w3id.org/partnership-kg/findings#"


def sarif(findings: Sequence[Finding], language: Language = "en") -> str:
    """The findings as a log of OASIS's "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

    A row of a text table is told by the line that it begins in, which a cell of several lines moves; cells are told
    by their column in the properties, since SARIF's columns count signs.
    """
    codes = sorted({finding.code for finding in findings})
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kg",
                        "semanticVersion": __version__,
                        "rules": [{"id": code, "helpUri": RULES + code.lower()} for code in codes],
                    }
                },
                "language": language,
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes.index(finding.code), language) for finding in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, rule: int, language: Language) -> dict[str, Any]:
    line = finding.row if finding.unit == "line" else _line(finding)
    region: dict[str, int] = {"startLine": line} if line else {}
    if finding.unit == "line" and finding.column:
        region["startColumn"] = finding.column
    file, sheet = _file_and_sheet(finding.file)
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if region:
        place["region"] = region
    location: dict[str, Any] = {"physicalLocation": place}
    if sheet:
        location["logicalLocations"] = [{"name": sheet, "kind": "sheet"}]
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.level,
        "message": {"text": finding.told(language).text},
        "locations": [location] if finding.file else [],
        "properties": {"row": finding.row, "column": finding.column, "header": finding.header, "value": finding.value},
    }


def _file_and_sheet(name: str) -> tuple[str, str]:
    """The file, and the sheet of a workbook, whose name stands behind it in brackets."""
    found = re.fullmatch(r"(.*\.xlsx)\[([^][]+)\]", name, re.IGNORECASE | re.DOTALL)
    return (found[1], found[2]) if found else (name, "")


def _line(finding: Finding) -> int:
    """The line that a row begins in; 0 where it is in no text."""
    if not finding.row or not finding.file.lower().endswith(TEXT_TABLES):
        return 0
    begins = _begins(finding.file)
    return begins[finding.row - 1] if finding.row <= len(begins) else finding.row


@lru_cache(maxsize=64)
def _begins(file: str) -> list[int]:
    """The line in which each row of a text table begins; none where it can't be read."""
    try:
        with Path(file).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, delimiter="\t" if file.lower().endswith(".tsv") else ",")
            return [1, *(reader.line_num + 1 for _ in reader)]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def _uri(file: str) -> str:
    return quote(file.replace("\\", "/"))
