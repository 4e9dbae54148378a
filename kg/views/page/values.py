"""What a CONSTRUCT says of a thing in words, numbers and dates: lines beneath its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from kg.terms import LANGUAGES, shorten
from kg.views.drawing import SMALL, clean
from kg.views.letters import FONT, measured, wrapped
from kg.views.page.answer import Answered
from kg.views.page.words import PAGE

STEP, GAP = 15, 3
"""How far lines are apart, and how far below the name they begin."""
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATES = re.compile("[\u2066-\u2069]")
Names = Mapping[str, Mapping[str, str]]


def valued(answered: Answered, names: Names, wide: float, most: int) -> dict[str, dict[str, list[str]]]:
    """What :func:`whole` gives in lines: ``most`` of each, of a width (in letters of :data:`SMALL`), the last cut."""
    return {
        thing: {
            language: [line for said in every for line in _fitted(said, wide * FONT / SMALL, most)]
            for language, every in own.items()
        }
        for thing, own in whole(answered, names).items()
    }


def whole(answered: Answered, names: Names) -> dict[str, dict[str, list[str]]]:
    """For each thing of which something is said so, what is said, in each language.

    Each says by what predicate, and the language of a text, or what else it is where another has the same words.
    """
    twice = Counter(text[:3] for text in answered.texts)
    found: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, text, tag in answered.texts:
        own = found.setdefault(subject, {language: [] for language in LANGUAGES})
        told = f" ({tag})" if tag and (":" not in tag or twice[subject, predicate, text] > 1) else ""
        for language in LANGUAGES:
            called = _called(predicate, names[predicate][language])
            own[language].append(f"{called}{told}{PAGE['colon'][language]}{apart(clean(text))}")
    return found


def taken(values: Mapping[str, list[str]] | None) -> float:
    """How much room the lines take beneath a name, in the language that has most of them."""
    return GAP + STEP * max(map(len, values.values())) if values else 0


def apart(text: str) -> str:
    """A text that turns none of the words before it, in whatever direction it is written (as signs.js has it)."""
    return f"\u2068{_ISOLATES.sub('', text)}\u2069" if _TURNING.search(text) else text


def _called(predicate: str, name: str) -> str:
    """Its name, or of an address without one the end."""
    return re.split("[/#:]", name.rstrip("/#:"))[-1] or name if name == shorten(predicate) else clean(name)


def _fitted(said: str, wide: float, most: int) -> list[str]:
    """The text in so many lines at most; of what has no room the beginning."""
    lines: list[str] = []
    signs = int(wide / measured("a")) + 2  # so many have no room in a line
    for line in wrapped(said[: most * signs], wide).split("\n"):
        rest = line
        while measured(rest) > wide:  # what has no space
            lines.append(_head(rest, wide))
            rest = rest[len(lines[-1]) :]
        lines.append(rest)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{_head(lines[most - 1], wide - FONT).rstrip()}…"]


def _head(line: str, wide: float) -> str:
    """As many of its first signs as have room, one at least."""
    return next((line[:many] for many in range(len(line), 1, -1) if measured(line[:many]) <= wide), line[:1])
