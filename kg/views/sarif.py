"""Findings as SARIF 2.1.0, which editors and code hosts show beside the lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from kg import __version__
from kg.findings import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = "https://w3id.org/partnership-kg/findings#"


def sarif(findings: Sequence[Finding]) -> str:
    """The findings as a log of OASIS's "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

    A row of a table is the line of the same number, as long as no cell goes over several lines; cells are told by
    their column in the properties, since SARIF's columns count signs.
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
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes.index(finding.code)) for finding in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    region: dict[str, int] = {"startLine": finding.row} if finding.row else {}
    if finding.unit == "line" and finding.column:
        region["startColumn"] = finding.column
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if region:
        place["region"] = region
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.level,
        "message": {"text": f"{finding.message} {finding.advice}"},
        "locations": [{"physicalLocation": place}],
        "properties": {"row": finding.row, "column": finding.column, "header": finding.header, "value": finding.value},
    }


def _uri(file: str) -> str:
    return quote(file.replace("\\", "/"))
