"""A landscape as it stood in a git revision."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from kg.errors import FileFault


def extract(revision: str, folder: Path) -> Path:
    """Write what git knows as ``revision`` (``main~3:graphs/china-2017``) into a folder; gives the folder or file.

    The path is seen from the top of the repository, or from here where it begins with ``./``, as git has it.

    Raises
    ------
    FileFault
        when there is no git, or it knows no such thing.
    """
    kind = _git("cat-file", "-t", revision, told=revision).decode().strip()
    if kind == "blob":
        path = folder / revision.rpartition("/")[2].rpartition(":")[2]
        path.write_bytes(_git("cat-file", "blob", revision, told=revision))
        return path
    # Not by git archive, which leaves out what .gitattributes says.
    for entry in _git("ls-tree", "-r", "-z", "--full-tree", revision, told=revision).split(b"\0"):
        about, _, name = entry.partition(b"\t")
        if about.split()[:2] in ([b"100644", b"blob"], [b"100755", b"blob"]):
            path = folder / os.fsdecode(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_git("cat-file", "blob", about.split()[2].decode(), told=revision))
    return folder


def _git(*args: str, told: str) -> bytes:
    try:
        return subprocess.run(["git", *args], capture_output=True, check=True).stdout  # noqa: S603, S607
    except FileNotFoundError as fault:
        raise FileFault(f"To read {told}, git must be installed.") from fault
    except subprocess.CalledProcessError as fault:
        why = fault.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise FileFault(f"git can't give {told} ({why}). Write REVISION:PATH, such as main~3:graphs/mine.") from fault
