"""How the program ends: at once, with its status and all that it wrote, and after what was to be done at the end."""

from __future__ import annotations

import subprocess
import sys

import pytest

LONG = 1 << 20
WRITTEN = f"""
import atexit, sys
import kg.cli
from kg.__main__ import main

def run():
    atexit.register(lambda: print("done at the end"))
    print("x" * {LONG})
    {{}}

kg.cli.main = run
main()
"""


@pytest.mark.parametrize(
    ("ending", "status", "told"),
    [
        ("pass", 0, ""),
        ("sys.exit()", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit('so it is')", 1, "so it is"),
        ("1 / 0", 1, "ZeroDivisionError"),
    ],
)
def test_it_ends_with_its_status_and_all_that_it_wrote(ending: str, status: int, told: str) -> None:
    command = [sys.executable, "-c", WRITTEN.format(ending)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (status, "x" * LONG + "\ndone at the end\n")
    assert told in done.stderr if told else not done.stderr
