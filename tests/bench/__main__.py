"""``make bench``: a table in Markdown for each size named (S, M, L), of who does the same work how fast."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import analyses
from bench.contest import Result, contest
from bench.landscapes import SIZES, Drawn
from kg.network.tables import write

LARGEST_PROJECTED = 100_000
"""NetworkX's projection of more partnerships takes too long and too much memory."""


def table(results: list[Result]) -> str:
    """The results in Markdown, with how many times kg's median each median is."""
    own = {each.contestant.task: each.median for each in results if each.contestant.name == "kg"}
    lines = ["| work | by | ms (median) | least to most | times kg's | peak MiB |", "|---|---|--:|--:|--:|--:|"]
    for each in sorted(results, key=lambda each: (each.contestant.task, each.median)):
        ms = [f"{second * 1000:,.1f}" for second in (each.median, each.least, each.most)]
        ratio = each.median / own[each.contestant.task]
        lines.append(
            f"| {each.contestant.task} | {each.contestant.name} | {ms[0]} | {ms[1]} to {ms[2]} "
            f"| {ratio:,.2f} | {each.peak:,.0f} |"
        )
    return "\n".join(lines)


def main(*sizes: str) -> None:
    """Draw a landscape of each size and print who is how fast on it."""
    for size in sizes or ("S", "M"):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "tables"
            write(Drawn(SIZES[size]), folder, size)
            results = contest(analyses.contestants(projected=SIZES[size] <= LARGEST_PROJECTED), folder)
        sys.stdout.write(f"{size}: {SIZES[size]:,} partnerships\n\n{table(results)}\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
