"""The results of a contest in Markdown: whole processes as lists, queries and analyses as grids, and what was asked."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.contest import Result
from bench.targets import Reached, Results, reached

GRIDS = {"query: ": "Ten queries", "analysis: ": "Analyses from memory"}
"""The tasks whose contestants stand beside each other, by how their names begin."""


def machine() -> str:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text("utf-8").splitlines() if "model name" in line]
    pages = next((int(line.split()[1]) for line in Path("/proc/meminfo").read_text("utf-8").splitlines()), 0)
    return (
        f"{len(names)} cores ({names[0]}), {pages / 2**20:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


class Run(NamedTuple):
    """What a contest at a size gave: on what, how much lies on disk (MiB), and the results."""

    size: str
    about: str
    disk: dict[str, float]
    results: Sequence[Result]


def markdown(run: Run, partnerships: int) -> str:
    """The whole: lists, grids, sizes on disk, what was to be reached."""
    results = run.results
    told = {(each.task, each.name): each for each in results}
    listed = [each for each in results if not each.task.startswith(tuple(GRIDS))]
    parts = [
        f"{run.size}: {partnerships:,} partnerships. {run.about}",
        _table(["to be reached", "limit", "by the clock", "by the processor", ""],
               map(_target, reached(told)), "l---l"),
        _table(
            ["work", "by", "seconds", "least to most", "processor s", "MiB", "times kg's"],
            (_row(each, told) for each in listed if each.task != "steps of a build"), "ll-----"
        ),
        *(grid(start, title, results) for start, title in GRIDS.items()),
        _table(["on disk", "MiB"], ([name, f"{held:,.1f}"] for name, held in run.disk.items()), "l-"),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def placed(document: str, name: str, text: str) -> str:
    """A document with a text between the marks that bear a name."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, mark, rest = document.partition(start)
    _, after, last = rest.partition(end)
    if not mark or not after:
        raise ValueError(f"The document has no marks for {name}.")
    return f"{before}{mark}\n{text.strip()}\n\n{after}{last}"


GROWING = (
    "help", "first answer", "ranking from a new process", "build from tables", "build without a change", "check",
)  # fmt: skip


def growth(runs: Sequence[Run]) -> str:
    """How kg's own work grows from size to size: seconds, MiB at most, MiB on disk."""
    own = [{each.task: each for each in run.results if each.name == "kg" and not each.said} for run in runs]
    rows = [
        [task, *(f"{told[task].median:,.2f} s, {told[task].peak:,.0f} MiB" if task in told else "–" for told in own)]
        for task in GROWING
    ]
    rows += [[name, *(f"{run.disk[name]:,.1f} MiB" for run in runs)] for name in (runs[0].disk if runs else ())]
    return _table(["kg", *(run.size for run in runs)], rows, "l" + "-" * len(runs))


def grid(start: str, title: str, results: Sequence[Result]) -> str:
    """The tasks of a kind by contestants, in milliseconds; what can't be done in words."""
    of_kind = [each for each in results if each.task.startswith(start)]
    names = list(dict.fromkeys(each.name for each in of_kind))
    tasks = list(dict.fromkeys(each.task for each in of_kind))
    told = {(each.task, each.name): each for each in of_kind}
    rows = ([task.removeprefix(start), *(_cell(told.get((task, name))) for name in names)] for task in tasks)
    return f"{title}, ms:\n\n" + _table(["", *names], rows, "l" + "-" * len(names)) if tasks else ""


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], kinds: str) -> str:
    rules = "|".join("---" if kind == "l" else "--:" for kind in kinds)
    lines = ["| " + " | ".join(cells) + " |" for cells in (headings, *rows)]
    return "\n".join([lines[0], f"|{rules}|", *lines[1:]]) if len(lines) > 1 else ""


def _cell(result: Result | None) -> str:
    if result is None or result.said == "has none":
        return "–"
    return result.said or _digits(result.median * 1000)


def _digits(value: float) -> str:
    """A figure with two digits or more that count."""
    return f"{value:,.2f}" if value < 1 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _row(each: Result, told: Results) -> list[str]:
    if each.said:
        return [each.task, each.name, each.said, "", "", "", ""]
    own = told.get((each.task, "kg"))
    times = f"{each.median / own.median:,.2f}" if own is not None and own.median else ""
    return [
        each.task, each.name, f"{each.median:,.3f}", f"{each.least:,.3f} to {each.most:,.3f}",
        f"{each.processor:,.3f}", f"{each.peak:,.0f}", times,
    ]  # fmt: skip


def _target(each: Reached) -> list[str]:
    limit = f"{'at least' if each.least else 'at most'} {each.limit:g} {each.unit}"
    if each.value is None:
        own = each.why.startswith("kg: ")  # that a peer failed says nothing of us
        return [each.words, limit, each.why, "", _VERDICTS[False, False] if own else ""]
    clock, spent = (f"{_digits(value)} {each.unit}" for value in (each.value, each.processor or 0))
    return [each.words, limit, clock, spent, _VERDICTS[each.holds, each.by_processor]]


_VERDICTS = {
    (True, True): "holds", (True, False): "holds by the clock",
    (False, True): "holds by the processor", (False, False): "**does not hold**",
}  # fmt: skip
