"""The ways in which one name is spelt: what is equal, what is equal after more, and what sounds alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

import opencc
import polars as pl
from cleanco.termdata import terms_by_type

from kg.terms import Language

_ENDINGS = re.compile(r"(?:(?:股份)?有限(?:责任)?公司|股份公司)(?:\([^()]*\))?$")
"""The legal endings of Chinese companies, in simplified characters."""
_ENDINGS_AS_WRITTEN = re.compile(_ENDINGS.pattern.replace("责", "[责責]"))
"""The same in either script."""
_IN_FULL = (
    "public limited company", "limited liability company", "company limited", "limited", "incorporated", "corporation",
    "aktiengesellschaft", "co", "company", "plc", "se", "societas europaea",
)  # fmt: skip
Difference = Literal["script", "ending", "both"]
DIFFERENCES: dict[Difference, dict[Language, str]] = {
    "both": {
        "en": "without its legal ending, in simplified characters", "zh": "去掉公司名的法定后缀并转为简体后"
    },
    "ending": {"en": "without its legal ending", "zh": "去掉公司名的法定后缀后"},
    "script": {"en": "in simplified characters", "zh": "转为简体后"},
}  # fmt: skip
"""After what two names are equal, in words."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def folded(text: pl.Expr) -> pl.Expr:
    """Equal for names that are equal after Unicode NFKC, case and spacing."""
    small = text.str.normalize("NFKC").str.to_lowercase().str.replace_all("ß", "ss").str.replace_all("ς", "σ")
    return small.str.replace_all(r"\s+", "")


def simplified(text: str) -> str:
    """Equal for names that are also equal in simplified characters.

    >>> simplified("港灣 銀行") == simplified("港湾银行")
    True
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())
    return _simplifier().convert(text) if _HAN.search(text) else text


def traditional(texts: Iterable[str]) -> dict[str, str]:
    """The traditional characters that are written for those of some texts, each with the simplified one.

    >>> found = traditional(["银行", "HSBC"])
    >>> found, "".join(found).translate(str.maketrans(found))
    ({'銀': '银'}, '银')
    """
    wanted = set(simplified("".join(texts)))
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    turned = _simplifier().convert("\n".join(every)).split("\n")
    return {sign: plain_ for sign, plain_ in zip(every, turned, strict=True) if sign != plain_ and plain_ in wanted}


def simplified_all(folded_texts: pl.Series) -> pl.Series:
    """What :func:`simplified` makes of texts that are folded already, in one go."""
    texts = folded_texts.to_frame("text").with_columns(han=pl.col("text").str.contains(_HAN.pattern))
    turned = _simplifier().convert("\n".join(texts.filter("han")["text"])).split("\n")
    known = pl.DataFrame({"text": texts.filter("han")["text"], "turned": turned[: texts["han"].sum()]}).unique("text")
    return texts.join(known, on="text", how="left", maintain_order="left").select(pl.coalesce("turned", "text"))[
        "turned"
    ]


def difference(one: str, other: str) -> Difference:
    """What two names differ in that are equal when :func:`loosened`.

    >>> difference("中国农业银行", "中國農業銀行"), difference("HSBC", "HSBC plc")
    ('script', 'ending')
    >>> difference("中国农业银行", "中國農業銀行股份有限公司")
    'both'
    """
    if simplified(one) == simplified(other):
        return "script"
    bare = [
        _ENDINGS_AS_WRITTEN.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))) for text in (one, other)
    ]
    return "ending" if not _HAN.search(one + other) or bare[0].casefold() == bare[1].casefold() else "both"


def loosened(text: str) -> str:
    """Equal for names of organizations that are also equal without their legal endings.

    >>> loosened("Harbour Bank Co., Ltd.") == loosened("HARBOUR BANK") == "harbourbank"
    True
    >>> loosened("港灣銀行股份有限公司") == loosened("港湾银行")
    True
    >>> loosened("C++"), loosened("Yahoo!")
    ('c++', 'yahoo!')
    """
    if _HAN.search(text):
        return _ENDINGS.sub("", simplified(text))
    # "Co.,Ltd.", "(Ltd)" and "S. A." are written closed up too.
    spaced = unicodedata.normalize("NFKC", text).casefold().replace(",", ", ").replace("(", " ").replace(")", " ")
    words = re.sub(r"\b([a-z])\. (?=[a-z]\.)", r"\1.", spaced).split()
    while True:
        plain = [word.strip(",.").replace(".", "") for word in words]
        ending = next((n for n in range(min(4, len(words) - 1), 0, -1) if " ".join(plain[-n:]) in _endings()), 0)
        if not ending:
            return "".join(words)
        words = words[:-ending]
        words[-1] = words[-1].rstrip(",")


def plain(text: str) -> str:
    """What is compared of names that are merely close: :func:`loosened`, without accents.

    >>> plain("Société Générale S.A.") == plain("Societe Generale")
    True
    """
    # A folded name has lost the spaces before its ending.
    parts = unicodedata.normalize("NFKD", loosened(text))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def sound(text: str) -> str:
    """How a name sounds: Chinese in pinyin without tones or spaces, all else as it is, in small letters.

    >>> sound("农业银行"), sound("Nongye Yinhang")
    ('nongyeyinhang', 'nongyeyinhang')
    """
    if _HAN.search(text):
        from pypinyin import lazy_pinyin  # noqa: PLC0415  slow to load, and only where a name means nothing

        text = "".join(lazy_pinyin(text))
    return re.sub(r"[^\w]+", "", unicodedata.normalize("NFKC", text).casefold())


def syllables(text: str) -> str:
    """How a Chinese name is typed, in pinyin without tones, a space between syllables; nothing of any other name.

    >>> syllables("农业银行"), syllables("Nongye")
    ('nong ye yin hang', '')
    """
    if not _HAN.search(text):
        return ""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  as above

    parts = (re.sub(r"[^\w]+", "", unicodedata.normalize("NFKC", part).casefold()) for part in lazy_pinyin(text))
    return " ".join(filter(None, parts))


def readings(text: str) -> list[str]:
    """The ways in which a Chinese name may be typed: 行 at its end is a bank (háng) where no dictionary knows the word.

    >>> readings("农行"), readings("四大行"), readings("Nongye")
    (['nong hang'], ['si da hang', 'si da xing'], [])
    """
    read = syllables(text)
    as_bank = re.sub("xing$", "hang", read) if text.endswith("行") else read
    return sorted({read, as_bank} - {""})


@cache
def _endings() -> frozenset[str]:
    """The legal endings of companies that cleanco knows, and some in full, without their points."""
    listed = (term for terms in terms_by_type.values() for term in terms)
    return frozenset([term.lower().replace(".", "") for term in listed] + list(_IN_FULL))


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
