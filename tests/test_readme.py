"""The README: what it shows is what happens."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.exports import EXPORT_FORMATS
from kg.landscape import Landscape

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TIME = (ROOT / "docs" / "time.md").read_text(encoding="utf-8")


def examples(text: str) -> list[tuple[str, str]]:
    """The commands that a page shows, and what it shows of them."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [(block.split("\n", 1)[0].removeprefix("$ "), block.split("\n", 1)[1]) for block in blocks]


EXAMPLES = examples(README)
ANALYSES = examples((ROOT / "docs" / "analyses.md").read_text("utf-8"))
TIMES = examples(TIME)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which both landscapes are built."""
    folder = tmp_path_factory.mktemp("both")
    (folder / "graphs").symlink_to(ROOT / "graphs", target_is_directory=True)
    assert "Built build/kg" in printed("kg build graphs", folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the landscape is built, as make demo leaves it."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "graphs").symlink_to(ROOT / "graphs", target_is_directory=True)
    assert "Built build/kg" in printed("kg build graphs/china-2017", folder)
    return folder


def output(command: str, folder: Path) -> str:
    """What a command prints, data and words, in the order in which they come."""
    words = shlex.split(command)
    assert words[0] == "kg"
    environment = {k: v for k, v in os.environ.items() if k not in ("KG_STORE", "KG_LANG")}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words[1:]], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=True, env={**environment, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def printed(command: str, folder: Path) -> str:
    """The same, of a command in this process, which has loaded what it needs."""
    words = shlex.split(command)
    assert words[0] == "kg"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("KG_STORE", "KG_LANG"):
            patch.delenv(name, raising=False)
        done = CliRunner().invoke(group, words[1:], prog_name="kg", catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_there_are_five_things_to_do_first() -> None:
    assert len(EXAMPLES) == 5
    assert README.count("**1. ") == README.count("**5. ") == 1


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_each_example_gives_the_output_shown(command: str, shown: str, folder: Path) -> None:
    assert output(command, folder) == shown


@pytest.mark.parametrize(("command", "shown"), ANALYSES, ids=[command for command, _ in ANALYSES])
def test_each_example_of_an_analysis_gives_the_output_shown(command: str, shown: str, both: Path) -> None:
    assert printed(command, both) == shown


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two stores that the page about time speaks of."""
    folder = tmp_path_factory.mktemp("times")
    (folder / "graphs").symlink_to(ROOT / "graphs", target_is_directory=True)
    for command in re.findall(r"`(kg build [^`]+)`", TIME):
        assert "Built build/" in printed(command, folder)
    return folder


@pytest.mark.parametrize(("command", "shown"), TIMES, ids=[command for command, _ in TIMES])
def test_each_example_of_a_time_gives_the_output_shown(command: str, shown: str, times: Path) -> None:
    assert printed(command, times) == shown


def test_what_may_be_and_what_must_differ_in_the_examples(times: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = dict(TIMES)
    pairs = [(command, command.replace(" --certain", "")) for command in shown if " --certain" in command]
    both = [(shown[certain], shown[possible]) for certain, possible in pairs if possible in shown]
    assert len(both) >= 10
    assert all(certain != possible for certain, possible in both)
    monkeypatch.chdir(times)
    done = doctest.testfile(str(ROOT / "docs" / "time.md"), module_relative=False)
    assert (done.attempted, done.failed) == (4, 0)


def test_what_a_time_means_is_told_of_every_command_that_takes_one() -> None:
    told = TIME.replace("kg query -q", "query").replace("`kg ", "`")
    for path in (ROOT / "kg" / "commands").glob("[a-z]*.py"):
        command = importlib.import_module(f"kg.commands.{path.stem}").command
        if any("--as-of" in parameter.opts for parameter in command.params):
            assert told.count(f"`{path.stem}`") >= 2, path.stem


@pytest.mark.parametrize(
    "document",
    sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("graphs/**/*.md")) + sorted(ROOT.glob("docs/*.md")),
    ids=lambda p: p.name,
)
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / link).exists(), link


def test_every_command_is_told_of() -> None:
    told = README + (ROOT / "graphs" / "README.md").read_text(encoding="utf-8")
    for verb in (path.stem for path in (ROOT / "kg" / "commands").glob("[a-z]*.py")):
        assert f"kg {verb}" in told, verb


def test_what_is_shown_of_python_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(folder)
    for line in code.splitlines():
        name = re.match(r"landscape\.(\w+)", line)
        assert name is None or hasattr(Landscape, name[1])
    exec(code, {})


def test_every_format_of_export_is_told_of() -> None:
    for format_ in EXPORT_FORMATS:
        assert f"`.{format_}`" in README or f"`{format_}`" in README or f"--format {format_}" in README, format_


def test_the_example_of_adding_a_fact_builds(tmp_path: Path) -> None:
    """The tables in graphs/README.md, with what they speak of, have no fault."""
    text = (ROOT / "graphs" / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert block is not None
    for name, table in re.findall(r"# (\w+)\.csv\n(.*?)(?=\n# |\Z)", block[1], re.DOTALL):
        (tmp_path / f"{name}.csv").write_text(table.strip() + "\n", "utf-8")
    (tmp_path / "organizations.csv").write_text(
        "id,type,label@en,source\nriver-bank,Bank,River Bank,paper#p1\ncloudy,TechFirm,Cloudy,paper#p1\n", "utf-8"
    )
    (tmp_path / "capabilities.csv").write_text(
        "id,label@en,definition@en,source\ncloud-computing,Cloud computing,Computing over a network.,paper#p3\n",
        "utf-8",
    )
    with (tmp_path / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("editorial,What the curators add,2018,en,paper#title\n")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "check", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert all(": note: " in line for line in done.stdout.splitlines()), done.stdout
