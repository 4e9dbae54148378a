"""Named questions: SPARQL files with parameters, which a person calls by a name and by names.

A file in ``ontology/questions/`` begins with comments::

    # en: Who partners with an organization, and on what?
    # zh: 某机构与谁合作,合作什么?
    # parameter organization: Organization
    # parameter minimum: integer = 2
    # example organization=RB
    # near miss: id:hill-bank

A parameter stands in the query as ``$organization``. Its kind is a class of the ontology (the value is then a key or
a name of an entity of that class), ``integer``, ``text``, ``first day`` or ``last day`` (the value is then a day, a
month or a year). What follows ``=`` is taken when none is given. The example and the near miss serve the tests: with
the example, the rows over ``ontology/examples/tiny`` are those of the CSV file beside the query, and the near miss
is not among them.
"""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.errors import BadParameter
from kg.terms import KG, XSD

_HEADER = re.compile(r"^# (?:(en|zh)|parameter (\w+)|example (\w+)|(near miss))\s*[:=]\s*(.*)$")


class Named(Protocol):
    """What gives the IRI of the one thing that a name means (:class:`kg.names.Names`)."""

    def one(self, text: str, range_: str | None = None, what: str = "name") -> str:
        """The IRI, of an entity of the class ``range_``; ``what`` is being named."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question wants to be told: a kind, and perhaps what is taken when it is not."""

    name: str
    kind: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name, the question in words by language, and what it wants to be told."""

    name: str
    sparql: str
    titles: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    example: dict[str, str] = field(default_factory=dict)
    near_miss: str = ""

    def filled(self, values: Mapping[str, str], names: Named) -> str:
        """The query with its parameters in place; what :meth:`terms` raises."""
        sparql = self.sparql
        for name, term in self.terms(values, names).items():
            sparql = re.sub(rf"\${name}\b", term.replace("\\", r"\\"), sparql)
        return sparql

    def terms(self, values: Mapping[str, str], names: Named) -> dict[str, str]:
        """Its parameters as SPARQL writes them.

        Raises
        ------
        BadParameter
            when one is missing, unknown, or not of its kind.
        UnresolvedName
            when a name means nothing known, or several things.
        """
        unknown = [name for name in values if name not in self.parameters]
        if unknown:
            takes = ", ".join(self.parameters) or "none"
            raise BadParameter(f"The question «{self.name}» has no parameter «{unknown[0]}». It takes: {takes}.")
        told = {}
        for parameter in self.parameters.values():
            value = values.get(parameter.name, parameter.default)
            if value is None:
                raise BadParameter(
                    f"The question «{self.name}» wants to be told «{parameter.name}» ({parameter.kind}): "
                    f"add -p {parameter.name}=…"
                )
            told[parameter.name] = _term(parameter, value.strip(), names)
        return told


def read_all(folder: Path) -> list[Question]:
    """The questions in a folder, in order of their names."""
    return [read(path) for path in sorted(folder.glob("*.rq"))]


def find(folder: Path, name: str) -> Question:
    """The question with a name.

    Raises
    ------
    BadParameter
        when there is none; the message names those that are close.
    """
    known = {path.stem: path for path in sorted(folder.glob("*.rq"))}
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        advice = f"Perhaps «{close[0]}» is meant." if close else "See them all with: kg questions"
        raise BadParameter(f"There is no question «{name}». {advice}")
    return read(known[name])


def read(path: Path) -> Question:
    """The question in a file."""
    sparql = path.read_text(encoding="utf-8")
    question = Question(path.stem, sparql)
    near_miss = ""
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        match = _HEADER.match(line)
        if match is None:
            continue
        language, parameter, example, missed, text = match.groups()
        if language:
            question.titles[language] = text
        elif parameter:
            kind, _, default = (part.strip() for part in text.partition("="))
            question.parameters[parameter] = Parameter(parameter, kind, default or None)
        elif example:
            question.example[example] = text
        elif missed:
            near_miss = text
    return Question(path.stem, sparql, question.titles, question.parameters, question.example, near_miss)


def _term(parameter: Parameter, value: str, names: Named) -> str:
    """A value as SPARQL writes it."""
    where = f"The parameter «{parameter.name}»"
    if parameter.kind == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise BadParameter(f"{where} is a whole number; «{value}» is none. Write one such as 2.")
        return str(int(value))
    if parameter.kind == "text":
        escaped = value.translate({ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r"})
        return f'"{escaped}"'
    if parameter.kind in ("first day", "last day"):
        return f'"{day(where, value, last=parameter.kind == "last day")}"^^<{XSD.date}>'
    return f"<{names.one(value, KG.base + parameter.kind, where)}>"


def day(where: str, value: str, *, last: bool) -> str:
    """The first or last day (ISO 8601) of a day, month or year; ``where`` it was asked for is told in the message.

    Raises
    ------
    BadParameter
        when it is none.
    """
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    advice = f"{where} is a date that exists, as YYYY-MM-DD, YYYY-MM or YYYY; «{value}» is none. Write another."
    if match is None or match[1] == "0000":
        raise BadParameter(advice)
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        raise BadParameter(advice)
    longest = monthrange(year, month)[1]
    number = int(match[3] or (longest if last else 1))
    if not 1 <= number <= longest:
        raise BadParameter(advice)
    return f"{year:04}-{month:02}-{number:02}"
