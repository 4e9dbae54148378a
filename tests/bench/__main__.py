"""``make bench``: for each size named (S, M, L), who does the same work how fast, as Markdown, JSON and a chart.

Written to ``build/bench/``; the Markdown goes to standard output too. A landscape that is there is not drawn again.
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
from bench.document import machine, markdown
from bench.entrants import entrants
from bench.prepared import Prepared, size
from bench.processes import Peers
from bench.sizes import SIZES
from bench.targets import reached

FOLDER = Path("build") / "bench"


def held(groups: Sequence[Sequence[Entrant]]) -> Iterator[list[Result]]:
    """The results after each group, all so far; told on standard error as they go on."""
    start, results = time.monotonic(), []

    def say(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - start:6.0f} s  {what[:110]}\n")

    for group in groups:
        if group:
            results += contest(group, progress=say)
            yield results


def written(name: str, here: Prepared, statements: int, results: Sequence[Result]) -> str:
    """Write the results of a size as Markdown, JSON and a chart, and give the Markdown."""
    sizes = {
        "the tables": size(here.tables), "the statements as N-Quads": size(here.quads),
        "the store, with its network tables": size(here.revision), "the network tables alone": size(here.network),
    }  # fmt: skip
    about = f"{statements:,} statements, merged; measured on {machine()}."
    text = markdown(name, SIZES[name], results, sizes, about)
    told = {(each.task, each.name): each for each in results}
    drawn = chart(f"How much of what is allowed is used, at {name}", reached(told))
    rows = {"size": name, "about": about, "disk": sizes, "results": [each._asdict() for each in results]}
    (FOLDER / f"{name}.md").write_text(text, "utf-8")
    (FOLDER / f"{name}.svg").write_text(drawn, "utf-8")
    (FOLDER / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    return text


def main(*names: str) -> int:
    """Hold the contest at each size; 1 where somebody answers otherwise than the others."""
    differ = 0
    for name in names or ("S", "M"):
        here = Prepared(FOLDER.resolve() / name)
        # In a process of its own: what a peer's peak of memory begins with is that of the process that starts it.
        subprocess.run(
            [sys.executable, "-m", "bench.prepared", str(SIZES[name]), str(here.folder)], check=True, env=environment()
        )
        with here.merged.open("rb") as file:
            statements = sum(1 for _ in file)
        text, results = "", []
        for results in held(entrants(name, here, Peers.found(), statements)):
            text = written(name, here, statements, results)  # so that what was measured outlasts a run that is cut
        sys.stdout.write(text + "\n")
        differ += sum(each.said == "answers otherwise" for each in results)
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
