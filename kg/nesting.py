"""How deep a text nests its brackets: some engines end the whole process over a thousand of them."""

from __future__ import annotations

from collections.abc import Iterable

_BRACKETS = b"()[]{}"
_REST = bytes(sign for sign in range(256) if sign not in _BRACKETS)
MOST = 200
"""How deep a file or a query may nest; nobody writes half of that."""


def too_deep(text: bytes | Iterable[bytes], *, unclosed: bool = False) -> bool:
    """Whether brackets stand more than :data:`MOST` deep in each other, in a text or in its parts.

    With ``unclosed``, as many that are never closed count too; in a file they may be signs of a text.

    >>> too_deep(b"(" * 201 + b")" * 201), too_deep(b"()" * 201), too_deep(b"(" * 201, unclosed=True)
    (True, False, True)
    """
    parts = [text] if isinstance(text, bytes) else text
    left = b"".join(part.translate(None, _REST) for part in parts)
    for _ in range(MOST):
        # Each round takes out the innermost pairs.
        shorter = left.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if shorter == left:
            return unclosed and sum(map(left.count, (b"(", b"[", b"{"))) > MOST
        left = shorter
    return bool(left)
