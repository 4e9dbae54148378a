"""The wheel works alone, and the source distribution builds the same one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def built(folder: Path, target: str, out: Path) -> Path:
    """What hatchling makes of a checkout."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (file,) = out.iterdir()
    return file


def content(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {info.filename: info.CRC for info in archive.infolist() if not info.filename.endswith("RECORD")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


COMMANDS = {
    "build china-2017": "5 partnerships",
    "check china-2017": "Nothing is wrong",
    "capabilities": "Credit",
    "matrix": "ICBC",
    "partners BOC": "Tencent",
    "why BOC": "L21",
    "questions": "units-of",
    "query -q units-of -p organization=JD": "jd-finance",
    "view": "Wrote",
    "export -o all.jsonld": "Wrote",
}
"""Commands, and a word of what each prints."""
RUN = """
import json, sys
import kg
from click.testing import CliRunner
from kg.cli import group
done = [CliRunner().invoke(group, line.split(), prog_name="kg") for line in sys.argv[1:]]
print(json.dumps([kg.__file__, *([each.exit_code, each.output] for each in done)]))
"""


def test_every_command_finds_what_came_along(installed: Path, tmp_path: Path) -> None:
    """In a process that has the wheel's own files, away from the checkout."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *COMMANDS], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    place, *told = json.loads(done.stdout)
    assert place.startswith(str(installed))
    for (line, word), (code, output) in zip(COMMANDS.items(), told, strict=True):
        assert code == 0, (line, output)
        assert word in output, line
    assert (tmp_path / "build" / "network.html").stat().st_size > 500_000


def test_the_wheel_holds_the_ontology_and_the_landscapes_once_and_no_tests(wheel: Path) -> None:
    names = content(wheel)
    assert {
        "kg/ontology/partnership.ttl",
        "kg/graphs/china-2017/partnerships.csv",
        "kg/views/assets/page/page.js",
    } <= set(names)
    assert "kg/py.typed" in names
    assert not [name for name in names if "tests/" in name or "__pycache__" in name]
    assert len([name for name in names if name.endswith("partnerships.csv") and "china" in name]) == 1


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    source = built(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (folder,) = (tmp_path / "unpacked").iterdir()
    assert content(built(folder, "wheel", tmp_path / "again")) == content(wheel)
