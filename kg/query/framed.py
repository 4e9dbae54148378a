"""Rows that are at hand as a frame, written as an engine writes them: an answer like any other."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from kg.errors import BadQuery
from kg.store.engine import ROW_FORMATS, AnswerKind, Format
from kg.terms import XSD

DATATYPES = {pl.Int64: XSD.integer, pl.Date: XSD.date, pl.Boolean: XSD.boolean}
"""What the values of a column are; texts are IRIs, or blank nodes."""


class FramedAnswer:
    """The rows of a frame in the W3C formats; texts are IRIs or blank nodes, all else literals of their datatypes."""

    kind: AnswerKind = "rows"

    def __init__(self, rows: pl.DataFrame) -> None:
        self.rows = rows

    def write(self, format_: Format, out: BinaryIO) -> None:
        """Write the rows."""
        if format_ not in ROW_FORMATS:
            raise BadQuery(f"SELECT and ASK give rows, not {format_}. Ask for csv, tsv or json.")
        if format_ == "json":
            out.write(self._json().encode())
        elif format_ == "csv":
            self.rows.write_csv(out, line_terminator="\r\n")
        else:
            terms = self.rows.select(_term(name, kind) for name, kind in self.rows.schema.items())
            terms.rename(lambda name: f"?{name}").write_csv(out, separator="\t", quote_style="never")

    def text(self, format_: Format) -> str:
        """The same as text."""
        out = io.BytesIO()
        self.write(format_, out)
        return out.getvalue().decode("utf-8")

    def _json(self) -> str:
        head = {"vars": self.rows.columns}
        whole = {"head": head, "results": {"bindings": list(self._bindings())}}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def _bindings(self) -> Iterator[dict[str, dict[str, str]]]:
        datatypes = {name: DATATYPES.get(kind.base_type()) for name, kind in self.rows.schema.items()}
        for row in self.rows.cast(pl.String).iter_rows(named=True):
            yield {name: _binding(value, datatypes[name]) for name, value in row.items() if value is not None}


def _binding(value: str, datatype: str | None) -> dict[str, str]:
    if datatype is not None:
        return {"type": "literal", "value": value, "datatype": datatype}
    blank = value.startswith("_:")
    return {"type": "bnode" if blank else "uri", "value": value.removeprefix("_:") if blank else value}


def _term(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as TSV writes it."""
    if kind == pl.Date:
        return pl.concat_str(pl.lit('"'), pl.col(name).cast(pl.String), pl.lit(f'"^^<{XSD.date}>')).alias(name)
    if kind != pl.String:
        return pl.col(name).cast(pl.String)
    iri = pl.concat_str(pl.lit("<"), name, pl.lit(">"))
    return pl.when(pl.col(name).str.starts_with("_:")).then(name).otherwise(iri).alias(name)
