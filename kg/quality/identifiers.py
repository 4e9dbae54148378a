"""Identifiers by the rules of those who give them out: their form, and their check digits."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl
from stdnum import lei
from stdnum.cn import uscc

from kg.dataset import Dataset
from kg.findings import Doubt, Sentence
from kg.terms import KG, PREFIXES, SCHEMA, SKOS

_WIKIDATA = "^https?://(www[.])?wikidata[.]org/"
_FITS: dict[str, Callable[[str], bool]] = {
    SCHEMA.leiCode: lambda text: lei.is_valid(text) and text == lei.compact(text),
    KG.creditCode: lambda text: uscc.is_valid(text) and text == uscc.compact(text),
    SCHEMA.tickerSymbol: lambda text: re.fullmatch(r"[A-Z0-9]{4} [A-Z0-9][A-Z0-9.-]*", text) is not None,
    SKOS.exactMatch: lambda iri: re.fullmatch(re.escape(PREFIXES["wd"]) + "Q[1-9][0-9]*", iri) is not None,
}
"""ISO 17442 (LEI), GB 32100-2015, ISO 10383 (exchanges, as schema.org writes tickers), and Wikidata's items."""
_SAID = {
    SCHEMA.leiCode: Sentence(
        "bad-identifier",
        en=("This is no LEI: it has 20 signs, the last two of which check the others.", "Look it up at GLEIF."),
        zh=("这不是 LEI，全球法人识别编码共 20 位，末两位为校验码。", "请到 GLEIF 核对。"),
    ),
    KG.creditCode: Sentence(
        "bad-identifier",
        en=("This is no unified social credit code: it has 18 signs, the last of which checks the others.",
            "Look it up in the register."),
        zh=("这不是统一社会信用代码，代码共 18 位，末位为校验码。", "请到登记机关核对。"),
    ),
    SCHEMA.tickerSymbol: Sentence(
        "bad-identifier",
        en=("This is no ticker.", "Write the exchange's code of four signs, a space and the symbol: XSHG 601288."),
        zh=("这不是证券代码。", "写成四位交易所代码、空格和代码，如 XSHG 601288。"),
    ),
    SKOS.exactMatch: Sentence(
        "bad-identifier",
        en=("This is no item of Wikidata.", "Write wd:Q and a number, such as wd:Q26463."),
        zh=("这不是维基数据条目。", "写成 wd:Q 加数字，如 wd:Q26463。"),
    ),
}  # fmt: skip


def broken(dataset: Dataset) -> list[Doubt]:
    """The identifiers that can't be."""
    doubts = []
    for path, fits in _FITS.items():
        given = dataset.plain(dataset.pairs(path)).sort(pl.all())
        if path == SKOS.exactMatch:
            given = given.filter(pl.col("object").str.contains(_WIKIDATA))
        doubts += [Doubt(_SAID[path], focus, path, value) for focus, value in given.iter_rows() if not fits(value)]
    return doubts
