"""What an engine does not know of XML: other encodings than UTF-8, and where a file is not well formed."""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

from kg import nesting
from kg.load.sentences import TOO_DEEP, reported
from kg.terms import Language

_BEGINNINGS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
    b"<\0\0\0": "utf-32-le", b"\0\0\0<": "utf-32-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be",
}  # fmt: skip
"""What a file of an encoding begins with (W3C's "Extensible Markup Language (XML) 1.0", appendix F)."""
_DECLARED = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"""^(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_REGISTERED = re.compile(
    r"(ascii|utf-(8|16|32)(-[lb]e|-sig)?|iso8859-\d+|iso2022.*|cp\d+|mac-.*|koi8-.*|"
    r"gb2312|gbk|gb18030|hz|big5.*|euc_.*|shift_jis.*|johab|tis-620)$"
)
"""Python's names of the encodings that IANA lists; Python knows others, which no file is saved in."""


def as_utf8(xml: bytes) -> bytes:
    """The same XML in UTF-8, without the name of another encoding in its declaration.

    Raises
    ------
    LookupError, UnicodeDecodeError
        when the encoding that it declares is unknown, or not its own.
    """
    begun = next((name for mark, name in _BEGINNINGS.items() if xml.startswith(mark)), None)
    declared = _DECLARED.match(xml)
    named = declared[1].decode("ascii") if declared else "utf-8"
    encoding = codecs.lookup(begun or named).name
    if not _REGISTERED.match(encoding):
        raise LookupError(f"unknown encoding: {named}")
    if encoding == "utf-8":
        return xml
    return _DECLARATION.sub(r"\1", xml.decode(encoding)).encode()


def unformed(xml: bytes) -> tuple[int, int, dict[Language, str]] | None:
    """The line and column, from 1, where XML in UTF-8 is not well formed, and why in each language; None where it is.

    XML that nests too deep, or whose entities swell beyond all measure, counts as such.
    """
    parser, depth = expat.ParserCreate(encoding="utf-8"), 0

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > nesting.MOST:
            raise OverflowError

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        return fault.lineno, fault.offset + 1, reported(expat.ErrorString(fault.code))
    except OverflowError:
        return parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, TOO_DEEP
    return None
