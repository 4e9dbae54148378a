"""The other end of a contest: a process that loads once, does its tasks, and prints how each went."""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Any, NoReturn

ENOUGH = 3.0
"""So many seconds of one task are enough: it is not run again, however many runs were asked for."""


class CannotError(Exception):
    """A contestant can't do a task: the message is what its cell says."""


class LateError(BaseException):
    """A task took longer than its cap. It is no Exception, so that no library takes it for a fault of its own."""


Task = tuple[Callable[[], Any], Callable[[Any], object]]
"""The work, and what makes of what it gives an answer that can be compared."""


def serve(load: Callable[[], Callable[[str], Task]], tasks: Sequence[str], runs: int, cap: float) -> None:
    """Load, say so, and do the tasks, a line of JSON for each."""
    try:
        task_of = load()
    except CannotError as fault:
        _say({"cannot": str(fault)})
        return
    _say({"ready": True})
    signal.signal(signal.SIGALRM, _late)
    for task in tasks:
        try:
            work, answer = task_of(task)
            _say(measured(work, answer, runs, cap))
        except CannotError as fault:
            _say({"cannot": str(fault)})
        except LateError:
            _say({"cannot": f"over {cap:g} s"})
        except Exception as fault:  # of a peer: its cell says so, and it may do the next
            words = str(fault).strip() or type(fault).__name__
            _say({"cannot": f"fails: {words.splitlines()[0][:100]}"})


def measured(work: Callable[[], Any], answer: Callable[[Any], object], runs: int, cap: float) -> dict[str, object]:
    """How long the work took each time, in seconds and in processor's, the greatest memory so far, and the answer."""
    seconds: list[float] = []
    processor: list[float] = []
    done: Any = None
    while len(seconds) < runs and sum(seconds) < ENOUGH:
        del done  # what was answered before is no part of the next time
        signal.setitimer(signal.ITIMER_REAL, cap)
        start, spent = time.perf_counter(), time.process_time()
        done = work()
        processor.append(time.process_time() - spent)
        seconds.append(time.perf_counter() - start)
        signal.setitimer(signal.ITIMER_REAL, 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "processor": processor, "peak": peak, "answer": digest(answer(done))}


def digest(answer: object) -> str:
    """An answer in short: of a bag of rows, whatever their order; of anything else, what it is written as."""
    rows = sorted(map(repr, answer)) if isinstance(answer, Iterable) and not isinstance(answer, str) else [repr(answer)]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _late(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise LateError


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
