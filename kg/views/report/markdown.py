"""A report as Markdown (CommonMark with tables) as code hosts show it, its figures as files in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from kg.views.drawing import clean
from kg.views.report.document import Cell, Document, Section, Table
from kg.views.report.evidence import Entry, Part, Ref, Source
from kg.views.report.words import text

_SIGNS = re.compile(r"[\\`*_\[\]<>&|#~$!@{}]")
_BLOCK = re.compile(r"(?P<before>\d{0,9})(?P<sign>[-+=.)])")
"""What would begin a list or a heading at the beginning of a line."""
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)")
"""What a code host makes a link of by itself."""


def escaped(said: str) -> str:
    r"""A text as it is read, in one line: no sign in it means anything.

    >>> escaped("<b> [x](javascript:y) | *z* www.a.example")
    '&#60;b&#62; \\[x\\](javascript:y) &#124; \\*z\\* www&#46;a.example'
    """
    said = _SIGNS.sub(lambda found: f"&#{ord(found[0])};" if found[0] in "<>&|@" else f"\\{found[0]}", clean(said))
    said = _ADDRESS.sub(lambda found: f"{found[1] or found[3]}&#{ord(found[2] or found[4])};", said)
    start = _BLOCK.match(said)
    return f"{start['before']}\\{said[start.start('sign') :]}" if start else said


def markdown(document: Document, folder: str) -> str:
    """The file as text, the same for the same document; its figures lie in ``folder``, a path relative to the file."""
    language = document.language
    parts = [f"# {escaped(document.title)}", *map(escaped, document.about)]
    contents = [(section.name, section.heading) for section in document.sections]
    contents += [(name, text(name, language)) for name in ("evidence", "partnerships", "sources")]
    parts.append("\n".join(f"- [{escaped(said)}](#{name})" for name, said in contents))
    for section in document.sections:
        parts += _section(section, folder)
    parts += [_heading(2, "evidence", text("evidence", language)), escaped(text("evidence_what", language))]
    for (name, entries), section in zip(document.evidence, document.sections, strict=True):
        if entries:
            parts.append(_heading(3, f"evidence-{section.name}", name))
        for entry in entries:
            parts += _entry(entry, language)
    parts.append(_heading(2, "partnerships", text("partnerships", language)))
    for deal in document.deals:
        passages = [f"{_told(ref.source)}. {_places(ref, language)}" for ref in deal.refs]
        parts += [_heading(3, deal.place, deal.name), "  \n".join(map(escaped, deal.lines)), _list(passages)]
    parts.append(_heading(2, "sources", text("sources", language)))
    parts.append(_list(map(_source, document.sources)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section, folder: str) -> Iterator[str]:
    yield _heading(2, section.name, section.heading)
    yield from map(escaped, section.words)
    if section.figure:
        path = quote(f"{folder}/{section.figure.name}.svg")
        yield f"[![{escaped(section.figure.description)}]({path})](#evidence-{section.name})"
    if section.table:
        yield table(section.table)
    yield from (f"> {escaped(words)}" for words in section.carries)


def table(told: Table, *, linked: bool = True) -> str:
    """A table; without links, its texts alone."""
    sides = [cell.number for cell in told.rows[0]] if told.rows else [False] * len(told.headings)

    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    rules = line("--:" if number else "---" for number in sides)
    rows = (line(_cell(cell, linked=linked) for cell in row) for row in told.rows)
    return "\n".join([line(map(escaped, told.headings)), rules, *rows])


def _cell(cell: Cell, *, linked: bool) -> str:
    said = escaped(cell.text)
    return f"[{said}](#{cell.target})" if cell.target and linked else said


def _entry(entry: Entry, language: str) -> Iterator[str]:
    yield _heading(4, entry.place, entry.heading)
    for part in entry.parts:
        more = [text("more", language, part.more)] if part.more else []
        if entry.index and part.heading:
            yield f"{escaped(part.heading)}: {'; '.join([*_names(part), *more])}"
        elif entry.index:
            yield "; ".join([*_names(part), *more])
        else:
            if part.heading:
                yield (f'<a id="{part.place}"></a>' if part.place else "") + f"**{escaped(part.heading)}**"
            items = zip(_names(part), part.items, strict=True)
            yield _list([*(f"{name} {_refs(item.refs)}".strip() for name, item in items), *more])


def _names(part: Part) -> list[str]:
    return [f"[{escaped(item.name)}](#{item.place})" if item.place else escaped(item.name) for item in part.items]


def _refs(refs: Iterable[Ref]) -> str:
    return " ".join(f"[\\[{ref.source.number}\\]](#{ref.source.place}) {_locators(ref)}" for ref in refs)


def _locators(ref: Ref) -> str:
    return "; ".join(map(escaped, ref.locators))


def _places(ref: Ref, language: str) -> str:
    return text("locators", language, _locators(ref))


def _told(source: Source) -> str:
    """A source in a line: its number, title and what is known of it."""
    title = f"[{escaped(source.title)}](<{source.address}>)" if source.address else escaped(source.title)
    about = f", {escaped(source.about)}" if source.about else ""
    return f"[\\[{source.number}\\]](#{source.place}) {title}{about}"


def _source(source: Source) -> str:
    about = f", {escaped(source.about)}" if source.about else ""
    address = f" <{source.address}>" if source.address else ""
    return f'<a id="{source.place}"></a>\\[{source.number}\\] {escaped(source.title)}{about}{address}'


def _heading(level: int, place: str, said: str) -> str:
    return f'{"#" * level} <a id="{place}"></a>{escaped(said)}'


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
