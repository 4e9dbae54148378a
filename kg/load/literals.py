"""Dates, languages and addresses: whether a cell that should hold one does, and of which datatype it is."""

from __future__ import annotations

import re

import polars as pl

from kg.findings import Finding
from kg.load import sentences
from kg.terms import XSD

LANGUAGE = re.compile(r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*$")
"""What a store takes for the tag of a language."""


def well_formed(cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """Dates, languages and addresses that are what they should be, with the datatype that each has."""
    value = pl.col("value")
    day = (
        value.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        & value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
        & ~value.str.starts_with("0000")
    )
    month = value.str.contains(r"^[0-9]{4}-(?:0[1-9]|1[0-2])$") & ~value.str.starts_with("0000")
    year = value.str.contains(r"^[0-9]{4}$") & (value != "0000")
    kind = pl.col("kind")
    partial = kind == "partial"
    datatype = (
        pl.when(partial & day).then(pl.lit(XSD.date))
        .when(partial & month).then(pl.lit(XSD.gYearMonth))
        .when(partial & year).then(pl.lit(XSD.gYear))
        .otherwise(pl.col("datatype"))
    )  # fmt: skip
    absolute = value.str.contains(r"^https?://[^\s<>\"{}|\\^`]+$")
    good = (
        pl.when(kind == "date").then(day)
        .when(partial).then(day | month | year)
        .when(pl.col("datatype") == XSD.anyURI).then(absolute)
        .when(pl.col("datatype") == XSD.language).then(value.str.contains(LANGUAGE.pattern))
        .otherwise(True)
    )  # fmt: skip
    checked = cells.with_columns(good=good, datatype=datatype)
    findings = []
    for cell in checked.filter(~pl.col("good")).iter_rows(named=True):
        if cell["kind"] in ("date", "partial"):
            sentence = sentences.BAD_DAY if cell["kind"] == "date" else sentences.BAD_DATE
        elif cell["datatype"] == XSD.language:
            sentence = sentences.BAD_LANGUAGE
        else:
            sentence = sentences.BAD_ADDRESS
        said = sentence.of(value=cell["value"])
        findings.append(Finding(said, cell["file"], cell["row"], cell["column"], cell["header"], cell["value"]))
    return checked.filter(pl.col("good")).select(cells.columns), findings
