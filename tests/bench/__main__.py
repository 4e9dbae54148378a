"""``make bench``: for each size named (S, M, L), who does the same work how fast, as Markdown, JSON and a chart.

Written to ``build/bench/``; the Markdown goes to standard output too. A landscape that is there is not drawn again.
With ``--docs``, docs/speed.md gets the tables too, between its marks, and docs/figures/ the chart; with ``--again``,
from what the last run wrote, and nothing is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.chart import chart
from bench.contest import Entrant, Result, contest, environment
from bench.document import Run, growth, machine, markdown, placed
from bench.entrants import entrants
from bench.prepared import Prepared, on_disk
from bench.processes import Peers
from bench.sizes import SIZES
from bench.targets import reached

FOLDER = Path("build") / "bench"
DOCUMENT = Path("docs") / "speed.md"


def held(groups: Sequence[Sequence[Entrant]]) -> Iterator[list[Result]]:
    """The results after each group, all so far; told on standard error as they go on."""
    start, results = time.monotonic(), []

    def say(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - start:6.0f} s  {what[:110]}\n")

    for group in groups:
        if group:
            results += contest(group, progress=say)
            yield results


def written(run: Run) -> str:
    """Write a run as JSON, Markdown and a chart, and give the Markdown."""
    text, told = markdown(run, SIZES[run.size]), {(each.task, each.name): each for each in run.results}
    drawn = chart(f"How much of what is allowed is used, at {run.size}", reached(told))
    rows = {**run._asdict(), "results": [each._asdict() for each in run.results]}
    (FOLDER / f"{run.size}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    (FOLDER / f"{run.size}.md").write_text(text, "utf-8")
    (FOLDER / f"{run.size}.svg").write_text(drawn, "utf-8")
    return text


def known(name: str) -> Run:
    """The last run of a size, as it was written."""
    rows = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return Run(rows["size"], rows["about"], rows["disk"], [Result(**each) for each in rows["results"]])


def into_document(names: Sequence[str]) -> None:
    """Put the tables of the last runs between their marks in the documentation, and their charts beside it."""
    document = DOCUMENT.read_text("utf-8")
    for name in names:
        document = placed(document, name, written(known(name)))
        drawn = (FOLDER / f"{name}.svg").read_text("utf-8")
        (DOCUMENT.parent / "figures" / f"speed-{name}.svg").write_text(drawn, "utf-8")
    runs = [known(name) for name in SIZES if (FOLDER / f"{name}.json").exists()]
    DOCUMENT.write_text(placed(document, "growth", growth(runs)), "utf-8")


def main(*asked: str) -> int:
    """Hold the contest at each size; 1 where somebody answers otherwise than the others, 2 where a size is none."""
    names = [each for each in asked if not each.startswith("--")] or ["S", "M"]
    if not set(names) <= set(SIZES):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    differ = 0 if "--again" in asked else sum(_held_at(name) for name in names)
    if "--docs" in asked:
        into_document(names)
    return int(differ > 0)


def _held_at(name: str) -> int:
    """Hold the contest at a size; how many answer otherwise than the others."""
    here = Prepared(FOLDER.resolve() / name)
    # In a process of its own: what a peer's peak of memory begins with is that of the process that starts it.
    subprocess.run(
        [sys.executable, "-m", "bench.prepared", str(SIZES[name]), str(here.folder)], check=True, env=environment()
    )
    with here.merged.open("rb") as file:
        statements = sum(1 for _ in file)
    run = Run(name, f"{statements:,} statements, merged; measured on {machine()}.", on_disk(here), [])
    for results in held(entrants(name, here, Peers.found(), statements)):
        run = run._replace(results=results)
        written(run)  # so that what was measured outlasts a run that is cut
    sys.stdout.write(written(run) + "\n")
    return sum(each.said == "answers otherwise" for each in run.results)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
