"""How long each step of a build takes, as JSON: steps.py TABLES STORE."""

import json
import sys
import time
from pathlib import Path

from kg.build import build

times: list[tuple[str, float]] = []
build([Path(sys.argv[1])], Path(sys.argv[2]), lambda step: times.append((step, time.perf_counter())))
ends = [*(at for _, at in times[1:]), time.perf_counter()]
sys.stdout.write(json.dumps({step: end - at for (step, at), end in zip(times, ends, strict=True)}))
