"""The verbs of the command line, one file each, and the options that they have in common."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from kg.terms import ID, KG, LANGUAGES, Language, NetworkKind, resource_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import polars as pl

    from kg.landscape import Landscape
    from kg.views.rows import RowFormat

DEFAULT_STORE = Path("build/kg")
Command = TypeVar("Command", bound="Callable[..., Any]")
View: TypeAlias = "Callable[[], Landscape]"
"""Opens a landscape as the options of a command ask for it."""

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, readable=False),
    default=DEFAULT_STORE,
    envvar="KG_STORE",
    show_default=True,
    show_envvar=True,
    help="The folder of the store.",
)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    envvar="KG_LANG",
    show_default=True,
    show_envvar=True,
    help="The language of names and headings.",
)


def _no_empty_path(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    """The paths; an empty one, as an unset variable of a shell gives, would mean the folder that one is in."""
    if "" in value:
        raise click.BadParameter("A path is empty. Name a folder, a file, or a landscape.", ctx, param)
    return tuple(map(Path, value))


landscapes_argument = click.argument(
    "landscapes",
    nargs=-1,
    required=True,
    type=str,
    metavar="PATH…",
    callback=_no_empty_path,
)
standard_input_option = click.option(
    "--stdin",
    "standard_input",
    type=click.Choice(["csv", "tsv", "ttl", "trig", "nt", "nq", "rdf", "jsonld"]),
    default="csv",
    show_default=True,
    help="What stands on standard input, where PATH is -.",
)
ROW_FORMATS = ("table", "csv", "tsv", "json", "markdown")
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(ROW_FORMATS),
    default="table",
    show_default=True,
    help="How rows are printed.",
)


top_option = click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
network_option = click.option(
    "--network",
    type=click.Choice(get_args(NetworkKind)),
    default="banks-firms",
    show_default=True,
    help="Which network.",
)
sources_option = click.option("--sources", is_flag=True, help="Show the passages behind each row too.")


def as_of_options(command: Command) -> Command:
    """``--as-of`` and ``--certain``, which :func:`opened` takes."""
    certain = click.option(
        "--certain",
        is_flag=True,
        help="With --as-of: only those that must have been in force, in a month or a year on every day of it.",
    )
    date = click.option(
        "--as-of",
        metavar="DATE",
        help="Only partnerships that may have been in force on some day of DATE: a year, a month or a day.",
    )
    return date(certain(command))


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--store``, ``--as-of``, ``--certain``, ``--group`` and ``--stage``.

    The command takes ``view`` in their stead, which opens the landscape as they ask for it (:func:`opened`).
    """

    @functools.wraps(command)
    def viewed(  # whatever the command takes and gives
        *args: Any,  # noqa: ANN401
        store: Path,
        as_of: str | None,
        certain: bool,
        group: bool,
        stages: tuple[str, ...],
        **rest: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        view = functools.partial(
            opened, store, as_of, certain=certain, group=group, stages=stages, language=rest.get("language", "en")
        )
        return command(*args, view=view, **rest)

    group = click.option("--group", is_flag=True, help="Count what a subsidiary does as its parent's.")
    stages = click.option(
        "--stage",
        "stages",
        multiple=True,
        metavar="STAGE",
        help="Only partnerships that came this far and no further, such as live; may be given again.",
    )
    return as_of_options(stages(group(store_option(viewed))))


def opened(
    store: Path,
    as_of: str | None = None,
    *,
    certain: bool = False,
    group: bool = False,
    stages: Sequence[str] = (),
    language: Language = "en",
) -> Landscape:
    """The landscape that was built into a folder: as of a date, at some stages, by owners, where it is so asked.

    How many partnerships are there as of a date only because nobody says when they began is said, in the language, and
    so is what by owners is not counted, or counted as one's of several.
    """
    from kg.landscape import Landscape  # noqa: PLC0415  loads the engine, which help must not

    if certain and as_of is None:
        raise click.UsageError("--certain goes with --as-of.")
    landscape = Landscape(store)
    if group:
        _say_grouped(landscape, as_of, certain=certain, stages=stages, language=language)
        landscape = landscape.by_owner()
    if as_of is not None:
        then, sure = (landscape.as_of(as_of, certain=way) for way in (certain, True))
        _say_without_start(then, sure, language)
        landscape = then
    return landscape.at_stage(*stages) if stages else landscape


def _say_grouped(
    landscape: Landscape, as_of: str | None, *, certain: bool, stages: Sequence[str], language: Language
) -> None:
    """Tell which partnerships are inside one group, and which parties several groups own, of those asked for."""
    from kg.network.owners import TablesByOwner  # noqa: PLC0415  loads polars, which help must not
    from kg.views.words import word  # noqa: PLC0415

    asked = landscape if as_of is None else landscape.as_of(as_of, certain=certain)
    tables = TablesByOwner((asked.at_stage(*stages) if stages else asked).tables)
    keys = [iri.removeprefix(ID) for iri in tables.within]
    if keys:
        say(word("within_group", language).format(len(keys), _first(keys, language)))
    if tables.ventures:
        form = word("venture", language)
        told = []
        for party, (top, others) in tables.ventures.items():
            one, counted, *rest = (iri.removeprefix(ID) for iri in (party, top, *others))
            told.append(form.format(one, counted, _first(rest, language)))
        say(word("ventures", language).format(len(told), _first(told, language)))


def _first(told: Sequence[str], language: Language) -> str:
    """The first ten of a list, and how many more there are."""
    more = len(told) - 10
    comma, rest = ("、", "，另有 {} 项") if language == "zh" else (", ", " and {} more")
    return comma.join(told[:10]) + (rest.format(more) if more > 0 else "")


def _say_without_start(then: Landscape, sure: Landscape, language: Language) -> None:
    """Tell how many partnerships are not surely in force then and have no first day; those that are need none."""
    from kg.network.moments import without_start  # noqa: PLC0415  loads polars, which help must not
    from kg.views.words import word  # noqa: PLC0415

    if count := len(without_start(then.tables) - set(sure.tables.of_class(KG.Partnership))):
        every = then.tables.of_class(KG.Partnership).n_unique()
        say(word("without_start", language).format(count, every))


def say_readings(landscape: Landscape, names: Sequence[str], range_: str | None = None) -> None:
    """Tell as what each name was read that took more than case and spacing, or stands for the group that it is of."""
    for name in names:
        if reading := landscape.tables.reading(name, range_):
            say(reading)
        iri = landscape.find(name, range_)
        if (top := landscape.tables.meant(iri)) != iri:
            labels = dict(landscape.tables.labels("en").iter_rows())
            say(f"«{name}» belongs to {labels.get(top, top.removeprefix(ID))}, and is counted as it.")


def complete_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a shell may complete a name to: keys and names without a space, of organizations, and what else is asked."""
    from kg.errors import KGError  # noqa: PLC0415  a command's help does without

    try:
        tables = opened(Path(ctx.params.get("store") or os.environ.get("KG_STORE") or DEFAULT_STORE)).tables
    except KGError:
        return []
    labels = dict(tables.labels("en").iter_rows())
    meant = set(tables.of_class(KG.Organization))
    if param.name != "organization":
        meant |= set(tables.of_class(KG.Partnership))
    known = {iri.removeprefix(ID): labels.get(iri, "") for iri in sorted(meant)}
    for iri, name in tables["labels"].select("entity", "label").sort("label").iter_rows():
        if iri in meant and not any(sign.isspace() for sign in name):
            known.setdefault(name, labels.get(iri, ""))
    # A shell completes to what all that are offered have in common, which must not be less than what was typed.
    found = [name for name in known if name.startswith(incomplete)]
    found = found or [name for name in known if name.casefold().startswith(incomplete.casefold())]
    return [CompletionItem(name, help=" ".join(known[name].split())) for name in found]


def complete_questions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of questions."""
    del ctx, param
    names = sorted(path.stem for path in (resource_folder("ontology") / "questions").glob("*.rq"))
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def show(rows: pl.DataFrame, shown: Sequence[Sequence[str]], headings: Sequence[str], format_: RowFormat) -> None:
    """Print rows to standard output."""
    from kg.views.rows import write  # noqa: PLC0415  loads polars, which help must not

    write(rows, shown, headings, format_, sys.stdout)
    sys.stdout.flush()  # so that words that follow come after them where both go to one file


def with_passages(
    landscape: Landscape,
    rows: pl.DataFrame,
    shown: Sequence[Sequence[str]],
    headings: Sequence[str],
    language: Language,
) -> tuple[list[list[str]], list[str]]:
    """What is shown of rows, with their ``sources`` in a last column, a line a passage; and its headings."""
    from kg.views.words import word  # noqa: PLC0415  loads polars, which help must not

    cited = called(landscape, rows["sources"], language)
    told = [[*cells, "\n".join(passages)] for cells, passages in zip(shown, cited, strict=True)]
    return told, [*headings, word("source", language)]


def called(landscape: Landscape, cited: Iterable[Iterable[str] | None], language: Language) -> list[list[str]]:
    """Lists of passages (``source#locator``) as people are told them: by their names in the language, if there are."""
    lists = [[] if passages is None else list(passages) for passages in cited]
    names = landscape.tables.called({passage for passages in lists for passage in passages}, language)
    told = {passage: f"{passage.partition('#')[0]}#{name}" for passage, name in names.items()}
    return [[told.get(passage, passage) for passage in passages] for passages in lists]


def query_text(sparql: str | None, file: Path | None) -> str:
    """The query from the argument, a file or standard input."""
    from kg.errors import FileFault  # noqa: PLC0415  a command's help does without

    try:
        if (
            sparql == "-"
            or (file is not None and str(file) == "-")
            or (sparql is None and file is None and not sys.stdin.isatty())
        ):
            sparql = sys.stdin.buffer.read().decode("utf-8")
        elif file is not None:
            sparql = file.read_text(encoding="utf-8")
    except OSError as fault:
        raise FileFault(f"{file} can't be read: {fault.strerror}. Check its name and permissions.") from fault
    except UnicodeDecodeError as fault:
        raise FileFault(f"{file or 'Standard input'} is not UTF-8. Save the query as UTF-8.") from fault
    if file is not None and not (sparql or "").strip():
        named = "Standard input" if str(file) == "-" else str(file)
        raise click.UsageError(f"{named} holds no query. Write a SELECT or CONSTRUCT into it.")
    if not sparql or not sparql.strip():
        raise click.UsageError("There is no query: give it as an argument, with --file, or on standard input.")
    return sparql


def say(text: str) -> None:
    """Words for the person, on standard error."""
    click.echo(text, err=True)
