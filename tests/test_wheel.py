"""The wheel works alone, and the source distribution builds the same one."""

from __future__ import annotations

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


def kg(installed: Path, folder: Path, *args: str) -> str:
    """A command of the wheel's own files, away from the checkout."""
    code = f"import kg, kg.cli; assert kg.__file__.startswith({str(installed)!r}); kg.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *args], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_every_command_finds_what_came_along(installed: Path, tmp_path: Path) -> None:
    assert "5 partnerships" in kg(installed, tmp_path, "build", "china-2017")
    assert "Nothing is wrong" in kg(installed, tmp_path, "check", "china-2017")
    assert "Credit" in kg(installed, tmp_path, "capabilities")
    assert "ICBC" in kg(installed, tmp_path, "matrix")
    assert "Tencent" in kg(installed, tmp_path, "partners", "BOC")
    assert "L21" in kg(installed, tmp_path, "why", "BOC")
    assert "units-of" in kg(installed, tmp_path, "questions")
    assert "jd-finance" in kg(installed, tmp_path, "query", "-q", "units-of", "-p", "organization=JD")
    assert "Wrote" in kg(installed, tmp_path, "view")
    assert "Wrote" in kg(installed, tmp_path, "export", "-o", "all.jsonld")
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
