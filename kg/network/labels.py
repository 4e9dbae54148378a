"""Names of entities in a language, and the keys that stand where there is none."""

from __future__ import annotations

import re

import polars as pl

from kg.errors import known
from kg.terms import ID, LANGUAGES, PREFIXES


def preferred(labels: pl.DataFrame, language: str) -> pl.DataFrame:
    """One name for each entity: columns entity, label, in the language, else in another, English first.

    ``labels`` are rows of that network table, of entities or of their numbers.
    """
    known("language", language, LANGUAGES)
    order = {language: 0, "en": 1}
    rank = _primary().replace_strict(order, default=2, return_dtype=pl.Int8)
    named = labels.filter(pl.col("kind") == "preferred").sort(rank, "language", "label")
    return named.unique("entity", keep="first", maintain_order=True).select("entity", "label")


def shortest(labels: pl.DataFrame, language: str) -> pl.DataFrame:
    """The shortest name or alias of each entity in a language, else what :func:`preferred` gives: entity, label."""
    said = labels.filter(_primary() == language, pl.col("kind") != "hidden")
    short = said.sort(pl.col("label").str.len_chars(), "label").unique("entity", keep="first")
    rest = preferred(labels, language).join(short, on="entity", how="anti")
    return pl.concat([short.select("entity", "label"), rest])


def within(labels: pl.DataFrame, language: str) -> pl.DataFrame:
    """As :func:`preferred`, of those entities alone that have a name in the language itself."""
    return preferred(labels.filter(_primary() == language), language)


def _primary() -> pl.Expr:
    """The language of a label without its script or region: zh-hans is Chinese."""
    return pl.col("language").str.split("-").list.first()


def labelled(rows: pl.DataFrame, labels: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows with the name of the IRI in each of the columns beside it, in one that ends in ``_label``.

    ``labels`` is as :meth:`NetworkTables.labels` gives it; what has no name has null.
    """
    for column in columns:
        named = labels.select(pl.col("entity").alias(column), pl.col("label").alias(f"{column}_label"))
        rows = rows.join(named, on=column, how="left")
    return rows


def keys_and_labels(*columns: str) -> list[pl.Expr]:
    """Each column that :func:`labelled` named as keys, and its name, which is the key where it has none."""
    return [
        expression
        for column in columns
        for expression in (key(column), pl.coalesce(f"{column}_label", key(column)).alias(f"{column}_label"))
    ]


def number(column: str) -> pl.Expr:
    """The first number in a text, by which L5 comes before L15."""
    return pl.col(column).str.extract(r"([0-9]+)", 1).cast(pl.Int64, strict=False)


def key(column: str) -> pl.Expr:
    """A column of IRIs as people type them (:func:`kg.terms.shorten`): an entity by its key, others by their prefix."""
    text = pl.col(column).str.strip_prefix(ID)
    for prefix, base in PREFIXES.items():
        text = text.str.replace(f"^{re.escape(base)}(.)", f"{prefix}:${{1}}")
    return text
