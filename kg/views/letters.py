"""How wide a text is, and where it breaks into lines, without any font at hand."""

from __future__ import annotations

from collections.abc import Iterable

FONT = 13
LINE = 17
"""How large letters are, and how far lines of them are apart, in the page's own units."""


def measured(text: str) -> float:
    """How wide a text is at most, in any usual font."""
    return sum(FONT if ord(sign) > 0x2E7F else FONT * (0.74 if sign.isupper() else 0.6) for sign in text)


def wrapped(text: str, width: float) -> str:
    """The text in lines of about a width: broken between words, or between Chinese signs.

    >>> wrapped("移动支付、云计算（公有云）", 70).splitlines()
    ['移动支付、', '云计算（公', '有云）']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and measured(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line.rstrip()])


_ENDS, _BEGINS = "，。、；：！？）》」』】〉”’…", "（《「『【〈“‘"
"""What no line begins with, and what none ends with (clreq, the W3C's requirements for Chinese)."""


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for sign, after in zip(text, [*text[1:], ""], strict=False):  # an empty text has no sign
        piece += sign
        if sign == " " or (ord(sign) > 0x2E7F and sign not in _BEGINS and (not after or after not in _ENDS)):
            yield piece
            piece = ""
    yield piece
