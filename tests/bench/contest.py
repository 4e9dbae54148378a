"""Contestants for the same work, each in a process of its own and in turn, whose answers must be equal."""

from __future__ import annotations

import json
import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from bench.worker import ENOUGH

TESTS = Path(__file__).resolve().parent.parent
GRACE = 5.0
"""So many seconds a worker may take longer than its cap: it ends by itself what it can, and makes out its answer."""


class Outcome(NamedTuple):
    """What one run of a task gave: seconds and processor seconds of each time, MiB at most, the answer or a word why.

    Without seconds, ``said`` tells why there are none: it can't, it failed, it took too long.
    """

    task: str
    name: str
    seconds: tuple[float, ...] = ()
    processor: tuple[float, ...] = ()
    peak: float = 0.0
    answer: str = ""
    said: str = ""


class Process(NamedTuple):
    """A command whose run from start to end is the work; ``read`` makes the answer of what it prints."""

    task: str
    name: str
    command: tuple[str, ...]
    read: Callable[[BinaryIO], str] = lambda _: ""
    rounds: int = 5
    cap: float = 60.0
    before: Callable[[], None] = lambda: None
    """What must be so before each run, such as that there is no folder yet."""

    @property
    def tasks(self) -> tuple[str, ...]:
        """The one task."""
        return (self.task,)

    def run(self) -> list[Outcome]:
        """Run it once."""
        self.before()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment(),
                start_new_session=True,
            )  # fmt: skip
            timer = threading.Timer(self.cap, _end, [process])
            timer.daemon = True
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            if process.returncode:
                over = seconds >= self.cap
                return [Outcome(self.task, self.name, said=over_cap(self.cap) if over else failed(err.read()))]
            spent, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
            return [Outcome(self.task, self.name, (seconds,), (spent,), peak, self.read(out))]


class Worker(NamedTuple):
    """A module that, run with a name, a folder, a number of runs, a cap and tasks, does these one after the other.

    It prints a line of JSON when it is ready, and one for each task (:func:`serve`). What loading may take, ``loading``
    says; where a task takes longer than ``cap``, it is ended, and another process does the rest.
    """

    name: str
    module: str
    folder: Path
    tasks: tuple[str, ...]
    rounds: int = 3
    runs: int = 5
    cap: float = 20.0
    loading: float = 60.0
    python: str = sys.executable

    def run(self) -> list[Outcome]:
        """Do all tasks once, in as many processes as it takes."""
        told: list[Outcome] = []
        while len(told) < len(self.tasks):
            told += self._some(self.tasks[len(told) :])
        return told

    def _some(self, tasks: tuple[str, ...]) -> list[Outcome]:
        """What one process gave: at least one task, or a word for each."""
        command = [self.python, "-m", self.module, self.name, str(self.folder), str(self.runs), str(self.cap), *tasks]
        with tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, env=environment(),
                start_new_session=True,
            )  # fmt: skip
            lines = Lines(process)
            try:
                ready = lines.next(self.loading)
                if ready is None or "cannot" in ready:
                    err.seek(0)
                    said = f"loading takes over {self.loading:g} s" if lines.late else failed(err.read())
                    said = ready["cannot"] if ready else said
                    return [Outcome(task, self.name, said=said) for task in tasks]
                told: list[Outcome] = []
                for task in tasks:
                    line = lines.next(ENOUGH + self.cap + GRACE)
                    if line is None:
                        err.seek(0)
                        said = over_cap(self.cap) if lines.late else failed(err.read())
                        return [*told, Outcome(task, self.name, said=said)]
                    told.append(_read(task, self.name, line))
                return told
            finally:
                _end(process)
                process.communicate()


class Lines:
    """The lines of JSON that a process prints, each waited for so long and no longer."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self._pipe = process.stdout.fileno()
        self._rest = b""
        self.late = False

    def next(self, seconds: float) -> dict[str, Any] | None:
        """The next line; None where it comes too late or never."""
        end = time.monotonic() + seconds
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self._pipe], [], [], max(end - time.monotonic(), 0))
            if not ready:
                self.late = True
                return None
            more = os.read(self._pipe, 1 << 16)
            if not more:
                return None
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return dict(json.loads(line))


class Result(NamedTuple):
    """A task by a contestant over all rounds: median, least and most (seconds), processor seconds, MiB, or a word."""

    task: str
    name: str
    median: float = 0.0
    least: float = 0.0
    most: float = 0.0
    processor: float = 0.0
    peak: float = 0.0
    answer: str = ""
    said: str = ""


Entrant = Process | Worker


def contest(
    entrants: Sequence[Entrant], judge: str = "kg", progress: Callable[[str], None] = lambda _: None
) -> list[Result]:
    """Let all do their work, round by round, so that what else the machine does falls to all alike.

    Who can't, or not within the cap, is not asked again. An answer that is not that of ``judge`` (else, of the first)
    is no result: ``said`` is then that it answers otherwise. Where there is none, such as from a program that only
    loads, none is compared.
    """
    told: dict[tuple[str, str], list[Outcome]] = {}
    for turn in range(max(each.rounds for each in entrants)):
        for each in entrants:
            left = tuple(task for task in each.tasks if not _is_out(told.get((task, each.name), [])))
            if turn >= each.rounds or not left:
                continue
            progress(f"{each.name}: {', '.join(left)} ({turn + 1} of {each.rounds})")
            asked = each._replace(tasks=left) if isinstance(each, Worker) else each
            for outcome in asked.run():
                told.setdefault((outcome.task, outcome.name), []).append(outcome)
    results = [_result(outcomes) for outcomes in told.values()]
    return [_judged(each, [other for other in results if other.task == each.task], judge) for each in results]


def _is_out(outcomes: Sequence[Outcome]) -> bool:
    return bool(outcomes) and bool(outcomes[-1].said)


def _result(outcomes: Sequence[Outcome]) -> Result:
    last = outcomes[-1]
    if last.said:
        return Result(last.task, last.name, said=last.said)
    seconds = [second for each in outcomes for second in each.seconds]
    processor = statistics.median(second for each in outcomes for second in each.processor)
    answers = {each.answer for each in outcomes}
    if len(answers) > 1:
        return Result(last.task, last.name, said="answers now so, now otherwise")
    peak = max(each.peak for each in outcomes)
    return Result(
        last.task, last.name, statistics.median(seconds), min(seconds), max(seconds), processor, peak, last.answer
    )


def _judged(each: Result, of_task: Sequence[Result], judge: str) -> Result:
    answers = {other.name: other.answer for other in of_task if other.answer and not other.said}
    right = answers.get(judge, next(iter(answers.values()), ""))
    return each._replace(said="answers otherwise") if each.answer and each.answer != right else each


def environment() -> dict[str, str]:
    """The environment of a contestant: it finds this project, in the checkout that this file is in.

    Python keeps what it compiled, as of whatever is installed: else this project alone would be compiled in each run.
    """
    way = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPATH": way, "KG_LANG": "en"}


def over_cap(cap: float) -> str:
    """What the cell says of one that takes too long."""
    return f"over {cap:g} s"


def failed(errors: bytes) -> str:
    """What the cell says of one that fails: the last that it wrote."""
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return f"fails: {lines[-1].strip()[:120]}" if lines else "fails without a word"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here, with its children, if it has not ended."""
    if process.returncode is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _read(task: str, name: str, line: dict[str, Any]) -> Outcome:
    if "cannot" in line:
        return Outcome(task, name, said=str(line["cannot"]))
    return Outcome(task, name, tuple(line["seconds"]), tuple(line["processor"]), line["peak"], line["answer"])
