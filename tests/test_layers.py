"""The house: imports go down, each heavy package is known to its own rooms, and help costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import VERBS, group

KG = Path(__file__).resolve().parent.parent / "kg"
FLOORS = [
    {"__main__"},
    {"cli"},
    {"commands"},
    {"__init__"},
    {"opening"},
    {"landscape"},
    {"exports", "curating", "analyses"},
    {"analysis", "views"},
    {"build"},
    {"quality"},
    {"network"},
    {"query", "check", "rules", "past"},
    {"dataset", "naming"},
    {"load", "names", "store", "revisions"},
    {"shelf"},
    {"errors", "findings", "nesting", "scratch", "spellings", "steps"},
    {"terms"},
]
"""From top to bottom; ``__init__`` is what ``import kg`` offers.

A room imports from the floors below it, never from its own floor or above.
"""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
KNOWN_TO = {
    "click": {"cli", "commands"},
    "pyvis": {"views"},
    "networkx": {"network", "analysis", "views", "landscape"},
    "scipy": {"network"},
    "numpy": {"network", "analysis"},
    "resvg_py": {"views"},
    "rustworkx": {"analysis"},
    "pyoxigraph": {"store", "load"},
    "filelock": {"curating", "revisions"},
    "rapidfuzz": {"names", "quality"},
    "cleanco": {"spellings"},
    "opencc": {"spellings"},
    "pypinyin": {"spellings"},
    "stdnum": {"quality"},
}
MODULES = sorted(KG.rglob("*.py"))
HEAVY = ("numpy", "scipy", "rustworkx", "polars", "rdflib", "networkx", "pyvis", "pyoxigraph", "rich", "jinja2")


def room(path: Path) -> str:
    first = path.relative_to(KG).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a file imports, for type checkers and inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" if node.module == "kg" else node.module for alias in node.names}
    return found


def test_every_module_stands_on_a_floor() -> None:
    assert len(MODULES) > 30
    assert {room(path) for path in MODULES} == set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(KG)))
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    for name in imported(path):
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if package != "kg" or other in {"", own, "__version__"}:
            continue
        if {own, other} == {"errors", "findings"}:
            continue  # an error carries findings; only a type checker follows that import
        assert FLOOR[other] > FLOOR[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(KG)))
def test_each_heavy_package_is_known_to_its_own_rooms(path: Path) -> None:
    for name in imported(path):
        rooms = KNOWN_TO.get(name.partition(".")[0])
        assert rooms is None or room(path) in rooms, f"{path.name} imports {name}"


def test_pyvis_is_known_to_one_view() -> None:
    assert [path.name for path in MODULES if any(name.startswith("pyvis") for name in imported(path))] == ["network.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(KG)))
def test_a_file_can_be_read_at_a_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 350


def loaded_by(*args: str) -> set[str]:
    """The top-level packages that a command loads."""
    code = (
        "import sys; sys.argv[1:] = {!r}\ntry:\n    from kg.cli import main; main()\nfinally:\n    print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code.format(list(args))], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("args", [("--help",), ("--version",)])
def test_help_loads_nothing_heavy(args: tuple[str, ...]) -> None:
    assert loaded_by(*args).isdisjoint(HEAVY)


def test_rows_for_programs_load_no_polars(china) -> None:
    loaded = loaded_by("query", "ASK {}", "--format", "csv", "--store", str(china.place))
    assert "pyoxigraph" in loaded
    assert loaded.isdisjoint({"polars", "rdflib", "networkx", "pyvis", "rich"})


def test_the_verbs_are_the_command_modules() -> None:
    assert set(VERBS) == {path.stem for path in (KG / "commands").glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("verb", VERBS)
def test_the_short_help_is_that_of_the_command(verb: str) -> None:
    command = group.get_command(click.Context(group), verb)
    assert command is not None
    assert command.name == verb
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ") == VERBS[verb]
    assert all(option.help for option in command.params if isinstance(option, click.Option))
