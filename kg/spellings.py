"""The ways in which one name is spelt: what is equal, what is equal after more, and what sounds alike."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import cleanco
import opencc
import polars as pl

_ENDINGS = re.compile(r"(?:股份有限公司|有限责任公司|有限公司)$")
"""The legal endings of Chinese companies, in simplified characters."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def folded(text: pl.Expr) -> pl.Expr:
    """Equal for names that are equal after Unicode NFKC, case and spacing."""
    return text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s+", "")


def loosened(text: str) -> str:
    """Equal for names that are also equal without their legal ending, and in simplified characters.

    >>> loosened("Harbour Bank Co., Ltd.") == loosened("HARBOUR BANK") == "harbourbank"
    True
    >>> loosened("港灣銀行股份有限公司") == loosened("港湾银行")
    True
    """
    text = unicodedata.normalize("NFKC", text)
    if _HAN.search(text):
        text = _ENDINGS.sub("", _simplifier().convert(re.sub(r"\s+", "", text)))
    else:
        shorter = cleanco.basename(text)
        while shorter != text:  # Co., Ltd. is two
            text, shorter = shorter, cleanco.basename(shorter)
    return re.sub(r"\s+", "", text.lower())


def sound(text: str) -> str:
    """How a name sounds: Chinese in pinyin without tones or spaces, all else as it is, in small letters.

    >>> sound("农业银行"), sound("Nongye Yinhang")
    ('nongyeyinhang', 'nongyeyinhang')
    """
    if _HAN.search(text):
        from pypinyin import lazy_pinyin  # noqa: PLC0415  slow to load, and only where a name means nothing

        text = "".join(lazy_pinyin(text))
    return re.sub(r"[^\w]+", "", unicodedata.normalize("NFKC", text).lower())


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
