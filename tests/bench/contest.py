"""Contestants for the same work, each in a process of its own and in turn, whose answers must be equal."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).resolve().parent.parent


class Contestant(NamedTuple):
    """A module that does a task when it is run with the task's name and a folder, and how often it is worth it."""

    task: str
    name: str
    module: str
    rounds: int = 5
    runs: int = 5


class Result(NamedTuple):
    """How long a task took (median, least, most; seconds), how much memory its process had at most (MiB)."""

    contestant: Contestant
    median: float
    least: float
    most: float
    peak: float


def contest(contestants: Sequence[Contestant], folder: Path) -> list[Result]:
    """Let all do their work, round by round, so that what else the machine does falls to all alike.

    Raises
    ------
    AssertionError
        when two that have the same task answer differently.
    """
    told: dict[Contestant, list[dict[str, object]]] = {each: [] for each in contestants}
    for turn in range(max(each.rounds for each in contestants)):
        for each in contestants:
            if turn < each.rounds:
                told[each].append(_run(each, folder))
    for task in {each.task for each in contestants}:
        answers = {each.name: runs[0]["answer"] for each, runs in told.items() if each.task == task}
        assert len(set(answers.values())) == 1, f"Different answers for {task}: {answers}"
    return [_result(each, runs) for each, runs in told.items()]


def _run(each: Contestant, folder: Path) -> dict[str, object]:
    way = os.pathsep.join([str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", each.module, each.task, each.name, str(folder), str(each.runs)],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": way},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{each.name} failed at {each.task}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _result(each: Contestant, runs: list[dict[str, object]]) -> Result:
    seconds = [second for run in runs for second in run["seconds"]]  # type: ignore[attr-defined]
    peak = max(float(str(run["peak"])) for run in runs)
    return Result(each, statistics.median(seconds), min(seconds), max(seconds), peak)


def measured(work: Callable[[], object], answer: Callable[[object], str], runs: int) -> str:
    """What a contestant prints: how long its work took each time, its greatest memory, and its answer in short."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        done = work()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return json.dumps({"seconds": seconds, "peak": peak, "answer": answer(done)})
