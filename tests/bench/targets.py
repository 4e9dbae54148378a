"""What the comparison must reach: ratios within one run, each with its limit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from bench.contest import Result

Results = Mapping[tuple[str, str], Result]
Measure = Literal["median", "processor"]
"""By the clock, or by the processor, which other work on the machine disturbs less."""
Ratio = Callable[[Results, Measure], float]


class Target(NamedTuple):
    """A ratio in words, what it may be at most (or must be at least), and how it is had from the results."""

    words: str
    limit: float
    ratio: Ratio
    least: bool = False
    unit: str = "times"

    def holds(self, value: float) -> bool:
        """Whether a ratio keeps the limit."""
        return value >= self.limit if self.least else value <= self.limit

    def room(self, value: float) -> float:
        """How many times what is allowed is used: at most 1 where the limit is kept."""
        return self.limit / value if self.least else value / self.limit


class Reached(NamedTuple):
    """A target with the ratio that a run reached; ``value`` is null where it could not be measured, and ``why``."""

    words: str
    limit: float
    least: bool
    unit: str
    value: float | None
    processor: float | None
    why: str
    holds: bool
    by_processor: bool
    room: float


def _over(one: tuple[str, str], other: tuple[str, str]) -> Ratio:
    return lambda told, by: _seconds(told, one, by) / _seconds(told, other, by)


class UnknownError(Exception):
    """There is nothing to compare: who was to be measured gave no result."""


def _seconds(told: Results, which: tuple[str, str], by: Measure = "median") -> float:
    """The median; of a peer that took longer than its cap, the cap, which is the least that it took."""
    result = told.get(which)
    if result is None:
        raise UnknownError(f"{which[1]} did not take part")
    if result.said.startswith("over ") and which[1] != "kg":
        return float(result.said.split()[1])
    if result.said:
        raise UnknownError(f"{which[1]}: {result.said}")
    return result.processor if by == "processor" else result.median


def _steps(told: Results) -> dict[str, float]:
    result = told.get(("steps of a build", "kg"))
    if result is None or result.said:
        raise UnknownError("the build did not tell its steps")
    return dict(json.loads(result.answer))


def _share(step: str) -> Ratio:
    """The share of a build that a step takes, by the clock alone."""
    return lambda told, _: _steps(told)[step] / sum(_steps(told).values())


def _slowest(told: Results, by: Measure) -> float:
    """The seconds of the slowest named question."""
    asked = [which for which in told if which[0].startswith("question: ")]
    if not asked:
        raise UnknownError("no question was asked")
    return max(_seconds(told, which, by) for which in asked)


def _most_rows(kind: str, peer: str) -> Ratio:
    """A ratio for the most rows that there are."""

    def ratio(told: Results, by: Measure) -> float:
        for words in ("1 million", "100 thousand", "1 thousand"):
            if (kind.format(words), "kg") in told:
                return _over((kind.format(words), "kg"), (kind.format(words), peer))(told, by)
        raise UnknownError("no rows were asked for")

    return ratio


CHECKING, TABLES = "Checking the whole", "Making the network tables"
TARGETS = (
    Target('`kg --help` beside `python -c "import click"`', 1.8,
           _over(("help", "kg"), ("help", "python -c 'import click'"))),
    Target("first answer of `kg query` beside bare pyoxigraph", 3,
           _over(("first answer", "kg"), ("first answer", "pyoxigraph"))),
    Target("first answer of rdflib, which parses first, beside `kg query`", 100,
           _over(("first answer", "rdflib"), ("first answer", "kg")), least=True),
    Target("`kg capabilities` beside a script with duckdb", 1,
           _over(("ranking from a new process", "kg"), ("ranking from a new process", "duckdb"))),
    Target("the network tables' share of a build", 0.1, _share(TABLES), unit="of it"),
    Target("build from tables beside `oxigraph load` of its statements", 1.4,
           _over(("build from tables", "kg"), ("load its statements", "oxigraph load"))),
    Target("rdflib parsing the statements beside the build", 3,
           _over(("load its statements", "rdflib"), ("build from tables", "kg")), least=True),
    Target("the checks' share of a build", 0.25, _share(CHECKING), unit="of it"),
    Target("pySHACL with its loading beside all checks of a build", 20,
           lambda told, by: _seconds(told, ("check", "pySHACL"), by) / _steps(told)[CHECKING], least=True),
    Target("the slowest named question", 1, _slowest, unit="s"),
    Target("`kg query --format csv`, most rows, beside pyoxigraph's TSV", 1.2,
           _most_rows("{} rows", "pyoxigraph, as TSV")),
    Target("a frame of most rows beside pyoxigraph's TSV", 1.2, _most_rows("frame of {} rows", "pyoxigraph, as TSV")),
    Target("betweenness beside rustworkx", 1.3,
           _over(("analysis: betweenness", "kg"), ("analysis: betweenness", "rustworkx"))),
    Target("a build without a change", 1,
           lambda told, by: _seconds(told, ("build without a change", "kg"), by), unit="s"),
)  # fmt: skip


def reached(told: Results) -> list[Reached]:
    """Each target with what was reached; whether it holds is told by the clock and by the processor."""
    rows = []
    for each in TARGETS:
        about = each.words, each.limit, each.least, each.unit
        try:
            value, processor = each.ratio(told, "median"), each.ratio(told, "processor")
        except UnknownError as fault:
            rows.append(Reached(*about, None, None, str(fault), holds=False, by_processor=False, room=0))
            continue
        rows.append(Reached(*about, value, processor, "", each.holds(value), each.holds(processor), each.room(value)))
    return rows
