"""The command line: a group whose commands are loaded when they are called, so that help costs nothing."""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from kg import __version__
from kg.errors import KGError

VERBS = {
    "init": "Make a landscape folder that builds as it stands and explains itself.",
    "add": "Append a row to a table of a landscape, if nothing is wrong with it.",
    "build": "Read, check and store landscapes; derive what follows from them.",
    "check": "Tell everything that is wrong with landscapes, and store nothing.",
    "query": "Answer SPARQL, or a named question.",
    "questions": "List the named questions and their parameters.",
    "partners": "Show who partners with an organization, and on what.",
    "capabilities": "Rank the capabilities that partnerships share most.",
    "matrix": "Show banks by firms, with what they work on together.",
    "together": "Show which capabilities come together in the same partnerships.",
    "chance": "Show what is more than the sizes of partnerships and the popularity of capabilities would give.",
    "similar": "Show who is like whom: banks by what they take up, technology firms by what they bring.",
    "gaps": "Rank what banks do not have, by what they have and others have, each explained.",
    "central": "Show how central each is: degree, strength, betweenness, PageRank.",
    "communities": "Show who forms a community, what it shares, and how stable it is.",
    "path": "Show how two organizations are connected: all shortest paths, step by step.",
    "trend": "Show how partnerships began and ended over time.",
    "why": "Show the passages behind an organization, a pair or a partnership.",
    "sources": "Show what each source says alone, what others say too, and what they contradict.",
    "todo": "List what still lacks a second source, a date, a stage, a name or a verdict.",
    "diff": "Tell what changed between two landscapes, in an analyst's words.",
    "describe": "Describe the landscape as data: title, licence, citation and counts.",
    "report": "Write a report: ranking, matrix, gaps, trend and communities, each number with its evidence.",
    "view": "Write the network as one page that opens anywhere.",
    "export": "Write the landscape in a format that other programs read.",
}
"""Every command with its short help; ``kg/commands/`` has a module for each."""


class Fault(click.ClickException):
    """A fault of use or of data, as the command line shows it."""

    exit_code = 1


class Verbs(click.Group):
    """A group that imports a command's module when that command is asked for, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which people come to need them."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from the module with its name."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"kg.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs with their short help for a shell, without loading any of them."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(verb, help=short) for verb, short in VERBS.items() if verb.startswith(incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a word on what was perhaps meant."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in VERBS:
            import difflib  # noqa: PLC0415  help does without

            close = difflib.get_close_matches(name, VERBS, n=1)
            ctx.fail(f"There is no command «{name}»." + (f" Perhaps «{close[0]}» is meant." if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their short help, without loading any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a fault of the user's becomes one message and exit code 1."""
        try:
            return super().invoke(ctx)
        except KGError as fault:
            raise Fault(str(fault)) from fault
        except BrokenPipeError:
            raise
        except OSError as fault:
            where = fault.filename or "The output"
            full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
            advice = "Make room, or write elsewhere." if full else "Check its place and permissions."
            raise Fault(f"{where} can't be read or written: {fault.strerror}. {advice}") from fault


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def group() -> None:
    """Who partners with whom, on what, since when, and who says so: a knowledge graph that answers."""


def _text(argument: str) -> str:
    return os.fsencode(argument).decode("utf-8", errors="replace")


def _streams() -> None:
    """Have standard input empty where it is closed; say so and end where standard output is."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  for as long as the process lives
    if sys.stdout is None:
        sys.stderr.write("Error: Standard output is closed. Open it, or send it somewhere.\n")
        sys.exit(1)


def main() -> None:
    """Run the command line."""
    _streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal knows what it can show; whatever else reads gets UTF-8. No sign that is missing ends a command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    # Where the locale knows no Chinese, an argument that is no path is text in UTF-8 all the same.
    sys.argv[1:] = [arg if arg.isascii() or Path(arg).exists() else _text(arg) for arg in sys.argv[1:]]
    try:
        group(prog_name="kg")
    except OSError as fault:
        # Where the reader has had enough, or the disk is full, what is still unwritten goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):
            sys.stderr.write(f"Error: The output can't be written: {fault.strerror}. Make room, or write elsewhere.\n")
        sys.exit(1)
