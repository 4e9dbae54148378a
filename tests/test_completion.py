"""Shell completion: what a shell asks for is answered, in bash by its own function."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import VERBS
from kg.landscape import Landscape

SHELLS = ("bash", "zsh", "fish")
PROGRAM = Path(sys.executable).parent / "kg"


def asked(shell: str, words: str, store: Path) -> str:
    """What the program answers when a shell asks how a line may go on."""
    last = words.rpartition(" ")[2]
    environment = {
        **os.environ, "KG_STORE": str(store), "_KG_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words, "COMP_CWORD": last if shell == "fish" else str(len(words.split(" ")) - 1),
    }  # fmt: skip
    return subprocess.run([PROGRAM], env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_verbs_names_questions_and_values_are_completed(shell: str, china: Landscape) -> None:
    assert "capabilities" in asked(shell, "kg cap", china.place)
    assert set(VERBS) <= set(asked(shell, "kg ", china.place).replace(",", "\n").replace("\t", "\n").splitlines())
    assert "ICBC" in asked(shell, "kg partners IC", china.place)  # as it was typed, else in another case
    assert "icbc-jd" in asked(shell, "kg why ICBC-", china.place)
    assert "icbc-jd" not in asked(shell, "kg partners ic", china.place)  # which is no organization
    names = asked(shell, "kg partners ic", china.place)
    assert "icbc" in names
    assert "abc" not in names
    assert "工行" in asked(shell, "kg why 工", china.place)
    assert "partners-of-group" in asked(shell, "kg query -q par", china.place)
    assert "markdown" in asked(shell, "kg matrix --format m", china.place)
    assert "--store" in asked(shell, "kg view --st", china.place)


@pytest.mark.parametrize("shell", SHELLS)
def test_without_a_store_nothing_is_completed_and_nothing_said(shell: str, tmp_path: Path) -> None:
    assert asked(shell, "kg partners ic", tmp_path).strip() == ""


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_takes_the_script(shell: str) -> None:
    environment = {**os.environ, "_KG_COMPLETE": f"{shell}_source"}
    script = subprocess.run([PROGRAM], env=environment, capture_output=True, text=True, check=True).stdout
    assert f"{shell}_complete" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_bash_completes_a_line_by_its_own_function(china: Landscape) -> None:
    script = """
        eval "$(_KG_COMPLETE=bash_source kg)"
        COMP_WORDS=(kg why ic); COMP_CWORD=2
        $(complete -p kg | sed 's/.*-F \\([^ ]*\\).*/\\1/') kg
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    environment = {**os.environ, "KG_STORE": str(china.place), "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["icbc", "icbc-jd"]
