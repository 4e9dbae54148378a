"""What several tests stand on: the folders of the project, and stores built once for all of them."""

from __future__ import annotations

import hashlib
import os
import pickle
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program has it: the threads would wait busily
if "PYTEST_XDIST_WORKER" in os.environ:
    # Workers share the cores already; where bytes must not hang on threads, a test asks for several.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from kg.cli import group
from kg.findings import Finding
from kg.landscape import Landscape
from kg.opening import build_landscape, check_landscape

ROOT = Path(__file__).resolve().parent.parent
CHINA = ROOT / "graphs" / "china-2017"
TINY = ROOT / "ontology" / "examples" / "tiny"
Run = Callable[..., Result]
Checked = Callable[[dict[str, str | bytes]], list[Finding]]
SOURCES = "id,title@en,issued,language,source\ns,A source,2017,en,s#top\n"
collect_ignore_glob = ["bench/bare/*"]
"""Scripts that the benchmark starts, each with what it needs."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """For ``-n auto`` half as many again as there are cores: a third of the time tests wait for browsers and disks."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers have, for what is made once for all of them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def built(path: Path, place: Path) -> Landscape:
    """A landscape; who comes second finds it built, and it is only opened."""
    with FileLock(f"{place}.lock"):
        return build_landscape([path], place)


@pytest.fixture(scope="session")
def china(shared: Path) -> Landscape:
    """The 2017 landscape, built."""
    return built(CHINA, shared / "china")


@pytest.fixture(scope="session")
def world(shared: Path) -> Landscape:
    """Both landscapes that come along, built as one."""
    return built(ROOT / "graphs", shared / "world")


@pytest.fixture(scope="session")
def tiny(shared: Path) -> Landscape:
    """The invented landscape, built."""
    return built(TINY, shared / "tiny")


@pytest.fixture
def run(china: Landscape, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("partners", "abc")``: the command line over the 2017 landscape; ``input=`` is standard input."""
    monkeypatch.setenv("KG_STORE", str(china.place))

    def run(*args: str, exit_code: int = 0, **options: Any) -> Result:
        result = CliRunner().invoke(group, list(args), prog_name="kg", **options)
        assert result.exit_code == exit_code, (args, result.exit_code, result.output, result.exception)
        return result

    return run


@pytest.fixture
def tables(tmp_path: Path) -> Callable[..., Path]:
    """``tables(partnerships="id,covers…")``: a landscape folder with a source ``s`` beside the tables given."""

    def write(**texts: str | bytes) -> Path:
        folder = tmp_path / "landscape"
        folder.mkdir(exist_ok=True)
        texts.setdefault("sources", SOURCES)
        for name, text in texts.items():
            (folder / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write


@pytest.fixture(scope="session")
def checked(shared: Path) -> Checked:
    """``checked({"a.csv": text})``: what is told of files beside a source ``s``, found once for all tests and workers.

    The files stay where the findings say that they are.
    """

    def told(files: dict[str, str | bytes]) -> list[Finding]:
        given = {"sources.csv": SOURCES, **files}
        data = {name: text.encode() if isinstance(text, str) else text for name, text in sorted(given.items())}
        folder = shared / "checked" / hashlib.sha256(repr(data).encode()).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / "findings"
        with FileLock(folder / "lock"):
            if not kept.exists():
                (folder / "landscape").mkdir()
                for name, content in data.items():
                    (folder / "landscape" / name).write_bytes(content)
                kept.write_bytes(pickle.dumps(check_landscape(folder / "landscape")))
            return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]

    return told


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing that runs in this process may look further than this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
