"""A build killed at any moment: the old store answers, nothing piles up, and the next build succeeds."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from kg.build import build
from kg.landscape import Landscape
from kg.query.results import select

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "graphs" / "china-2017"
TIMES = 20


def test_a_build_killed_at_any_moment_leaves_a_store_that_answers(tmp_path: Path) -> None:
    place = tmp_path / "kg"
    started = time.monotonic()
    command = [sys.executable, "-m", "kg", "build", str(FOLDER), "--store", str(place), "--again"]
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    sizes = []
    killed = 0
    chance = random.Random(2017)
    for number in range(TIMES):
        started = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
            try:
                other.wait(whole * (number + chance.random()) / TIMES)
                whole = min(whole, time.monotonic() - started)  # the machine has become quicker
            except subprocess.TimeoutExpired:
                other.kill()
                killed += other.wait() < 0
        landscape = Landscape(place)
        assert select(landscape.store, "SELECT ?b { ?b a kg:Bank }").height == 5
        assert landscape.tables["parties"].height == 14
        assert landscape.tables.revision == landscape.revision
        sizes.append(len(list(place.iterdir())))
    assert killed > TIMES // 4, "the builds were over before they could be killed"
    # The revision that answers, the one before, one that was killed; the pointer, its new self, the lock.
    assert max(sizes) <= 6
    revision = Landscape(place).revision
    build([FOLDER], place, again=True)
    assert Landscape(place).revision == revision
    assert len(list(place.glob("revision-*"))) == 2
