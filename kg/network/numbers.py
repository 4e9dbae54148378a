"""Entities as numbers in the order of their IRIs, so that tables are joined, sorted and multiplied without texts."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

NUMBER = pl.UInt32


def entities(columns: Iterable[pl.Series]) -> pl.Series:
    """Every IRI of the columns once, in order: the place of each is its number."""
    once = [column.unique() for column in columns]
    return pl.concat([pl.Series(dtype=pl.String), *once]).drop_nulls().unique().sort().alias("entity")


def numbered(rows: pl.DataFrame, entities: pl.Series, columns: list[str]) -> pl.DataFrame:
    """The rows with numbers in the stead of IRIs; what is none of the entities has null."""
    places = pl.DataFrame({"entity": entities, "place": pl.int_range(len(entities), dtype=NUMBER, eager=True)})
    found = [
        rows.select(entity=column).join(places, on="entity", how="left", maintain_order="left")["place"].alias(column)
        for column in columns
    ]
    return rows.with_columns(found)


def named(rows: pl.DataFrame, entities: pl.Series, columns: list[str]) -> pl.DataFrame:
    """The rows with IRIs in the stead of numbers."""
    return rows.with_columns(entities.gather(rows[column]).alias(column) for column in columns)
