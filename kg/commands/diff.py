"""``kg diff``."""

from __future__ import annotations

import json
from collections.abc import Callable

import click
import polars as pl

from kg.analysis.differences import statements
from kg.commands import format_option, language_option, say, show
from kg.errors import BadLandscape
from kg.landscape import Landscape
from kg.opening import landscape_of
from kg.terms import Language, shorten
from kg.views.rows import RowFormat
from kg.views.words import CHANGES, PROPERTIES, interval, joined, word


@click.command(name="diff")
@click.argument("old")
@click.argument("new")
@click.option("--statements", "whole", is_flag=True, help="Tell each statement that came or went, after the changes.")
@language_option
@format_option
def command(old: str, new: str, *, whole: bool, language: Language, format_: RowFormat) -> None:
    """Tell what changed between two landscapes, in an analyst's words.

    OLD and NEW are stores, folders, files, landscapes that come along, or what git knows, such as
    main~3:graphs/china-2017. First come the changes by kind, then their numbers, then with --statements each curated
    statement with its passage. Exits 0 whether or not there are changes.
    """
    before, after = _opened(old, language), _opened(new, language)
    changes = after.differences(before, language=language)
    added, removed = statements(before.store, after.store)
    if format_ == "json":
        counts = dict(changes.group_by("change", maintain_order=True).len().iter_rows())
        counts |= {"statements-added": len(added), "statements-removed": len(removed)}
        told: dict[str, object] = {"changes": changes.to_dicts(), "counts": counts}
        if whole:
            told["statements"] = {"added": added, "removed": removed}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if format_ in ("csv", "tsv"):
        show(changes, [], [], format_)
    else:
        known = [*before.tables.labels(language).iter_rows(), *after.tables.labels(language).iter_rows()]
        labels = {shorten(iri): label for iri, label in known}
        parties = _parties(before, after, labels, language)
        _words(_told_apart(changes, parties), _named(labels, language), language, markdown=format_ == "markdown")
    if whole:
        for sign, lines in (("-", removed), ("+", added)):
            for line in lines:
                click.echo(f"{sign} {line}")
    if changes.is_empty() and not added and not removed:
        say(word("nothing_changed", language))
    else:
        say(word("changed", language).format(changes.height, len(added), len(removed)))


def _opened(text: str, language: Language) -> Landscape:
    """The landscape that is meant; when it has errors, they are told with it."""
    try:
        return landscape_of(text)
    except BadLandscape as fault:
        say(f"{text}:")
        for finding in fault.findings:
            say(finding.line(language))
        raise


def _parties(before: Landscape, after: Landscape, labels: dict[str, str], language: str) -> dict[str, str]:
    """The parties of each partnership (key), in words."""
    rows = pl.concat(
        [landscape.tables["parties"].select("partnership", "organization") for landscape in (before, after)]
    )
    found: dict[str, list[str]] = {}
    for partnership, organization in rows.unique(maintain_order=True).iter_rows():
        named = labels.get(shorten(organization), shorten(organization))
        found.setdefault(shorten(partnership), []).append(named)
    return {partnership: joined(names, language) for partnership, names in found.items()}


def _told_apart(changes: pl.DataFrame, parties: dict[str, str]) -> pl.DataFrame:
    """The changes with labels that say which thing is meant: with the key where several are called the same.

    A partnership that has no name is told with its parties.
    """
    named = pl.concat([changes.select("thing", "label"), changes.select(thing="object", label="object_label")])
    keys: dict[str, set[str]] = {}
    for thing, label in named.drop_nulls().iter_rows():
        keys.setdefault(label, set()).add(thing)

    def told(row: tuple[str | None, str | None]) -> str | None:
        thing, label = row
        if thing is None or label is None:
            return label
        more = thing if len(keys[label]) > 1 else parties.get(thing) if label == thing else None
        return f"{label} ({more})" if more else label

    return changes.with_columns(
        label=pl.Series(map(told, changes.select("thing", "label").iter_rows()), dtype=pl.String),
        object_label=pl.Series(map(told, changes.select("object", "object_label").iter_rows()), dtype=pl.String),
    )


def _words(changes: pl.DataFrame, named: Callable[[str, str | None], str], language: str, *, markdown: bool) -> None:
    """The changes by kind, a line each."""
    for (change,), rows in changes.group_by("change", maintain_order=True):
        title = f"{CHANGES[str(change)][language]} ({rows.height})"
        click.echo(f"## {title}\n" if markdown else title)
        for row in rows.iter_rows(named=True):
            about = PROPERTIES[row["object"]][language] if row["object"] in PROPERTIES else row["object_label"]
            line = row["label"] + (f": {about}" if row["object"] else "")
            if row["before"] is not None or row["after"] is not None:
                line += f": {named(str(change), row['before'])} → {named(str(change), row['after'])}"
            click.echo(f"{'- ' if markdown else '  '}{line}")
        click.echo()


def _named(labels: dict[str, str], language: str) -> Callable[[str, str | None], str]:
    """How a value before or after is told: things by their names, days as an interval, nothing as a dash."""

    def named(change: str, value: str | None) -> str:
        if value is None:
            return "–"
        parts = value.split("|")
        if change in ("date-changed", "range-changed"):
            ends = [part.partition("/") for part in parts]
            return joined([interval(first or None, last or None, language) or "–" for first, _, last in ends], language)
        return value if change == "name-changed" else joined([labels.get(part, part) for part in parts], language)

    return named
