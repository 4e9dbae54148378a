"""The passages in cells: those that rows cite, and those that rows of a table of passages are about."""

from __future__ import annotations

import polars as pl

from kg.load.quads import passage_terms

KEY = r"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$"
_BAR = "\x00"  # stands for a written \| while a cell is parted; control characters are refused before

CITATIONS = {"file": pl.String, "row": pl.Int64, "column": pl.Int64, "source": pl.String, "locator": pl.String}
"""A passage that states every cell of a row, or that the row is about: ``source`` is a key."""


def split(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each of the values that | parts."""
    parts = pl.col("value").str.replace_all(r"\|", _BAR, literal=True).str.split("|")
    exploded = frame.with_columns(value=parts).explode("value", empty_as_null=True)
    value = pl.col("value").str.replace_all(_BAR, "|", literal=True).str.strip_chars()
    return exploded.with_columns(value=value).filter(pl.col("value") != "")


def cited(file: str, rows: pl.DataFrame, column: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The passages in the cells of a column (:data:`CITATIONS`), and those cells that hold others: row, value."""
    passages = split(rows.select("row", value=f"c{column}")).with_columns(parts=pl.col("value").str.splitn("#", 2))
    passages = passages.select(
        pl.lit(file).alias("file"), "row", pl.lit(column, pl.Int64).alias("column"), "value",
        source=pl.col("parts").struct.field("field_0").str.strip_chars(),
        locator=pl.col("parts").struct.field("field_1").str.strip_chars(),
    )  # fmt: skip
    good = pl.col("source").str.contains(KEY) & pl.col("locator").is_not_null() & (pl.col("locator") != "")
    return passages.filter(good).select(list(CITATIONS)), passages.filter(~good).select("row", "value")


def named(file: str, rows: pl.DataFrame, column: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The rows that name one passage in a column, as it is cited, with its IRI there instead.

    With these passages (:data:`CITATIONS`), and the cells of the other rows: row, value.
    """
    name = f"c{column}"
    passages, bad = cited(file, rows, column)
    passages = passages.join(bad, on="row", how="anti").unique("row", keep="none", maintain_order=True)
    iris = passages.select("row", passage_terms(passages).str.strip_chars("<>").alias(name))
    about = rows.drop(name).join(iris, on="row", maintain_order="left").select(rows.columns)
    return about, passages, rows.join(iris, on="row", how="anti").select("row", value=name)
