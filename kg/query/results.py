"""SPARQL results to frames: one decoder, so that a SELECT comes back alike from every engine.

It reads the W3C's "SPARQL 1.1 Query Results CSV and TSV Formats" (TSV), which keeps the kind, the language and the
datatype of every term and tells an unbound one from an empty text.
"""

from __future__ import annotations

import io
import re

import polars as pl

from kg.errors import BadQuery
from kg.store.engine import Answer, Engine
from kg.terms import RDF, XSD

TERM = pl.Struct({"kind": pl.String, "value": pl.String, "language": pl.String, "datatype": pl.String})
"""A term: kind is iri, literal, bnode or triple; an unbound variable is null."""

_QUOTED = r'(?s)^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$'
_ESCAPE = re.compile(r'\\(?:([tnrbf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_BARE = (
    (r"^[+-]?\d+$", XSD.integer),
    (r"^[+-]?\d*\.\d+$", XSD.decimal),
    (r"^[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+$", XSD.double),
    (r"^(?:true|false)$", XSD.boolean),
)
_DAY = r"^(?:[1-9]\d{3}|0[1-9]\d\d|00[1-9]\d|000[1-9])-\d\d-\d\d$"
_INTEGERS = {XSD.base + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger")}
_FLOATS = {XSD.base + name for name in ("decimal", "double", "float")}


def select(store: Engine, sparql: str) -> pl.DataFrame:
    """The rows of a SELECT: a column of plain values for each variable (see :func:`plain`).

    Raises
    ------
    BadQuery
        when it can't be read or answered, or asks for no rows.
    """
    return rows_of(store.query(sparql))


def rows_of(answer: Answer) -> pl.DataFrame:
    """The rows of an answer, as :func:`select` gives them, which raises the same."""
    if answer.kind != "rows":
        what = {"truth": "ASK gives a truth", "graph": "CONSTRUCT and DESCRIBE give RDF"}[answer.kind]
        raise BadQuery(f"{what}, and rows are asked for here. Write SELECT.")
    out = io.BytesIO()
    answer.write("tsv", out)
    tsv = out.getvalue()
    cells, escaped = _cells(tsv), b"\\" in tsv
    return cells.select(_value(cells[name], escaped=escaped) for name in cells.columns)


def decode(tsv: str) -> pl.DataFrame:
    """The rows of a SELECT in TSV, a column of :data:`TERM` for each variable."""
    cells = _cells(tsv.encode())
    return cells.select(_term(cells[name]) for name in cells.columns)


def _cells(tsv: bytes) -> pl.DataFrame:
    """The cells of TSV as they stand there, a column for each variable; what is empty is null."""
    header, _, body = tsv.partition(b"\n")
    names = [name.removeprefix("?") for name in header.decode().split("\t") if name]
    if not body or not names:  # rows of nothing are nothing
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    if len(names) > 1:
        return pl.read_csv(
            body, has_header=False, new_columns=names, separator="\t", quote_char=None, infer_schema=False
        )
    lines = pl.Series(body.decode().split("\n")[:-1], dtype=pl.String)  # where all of a line may be empty
    return pl.DataFrame({name: lines.replace("", None) for name in names}, height=len(lines))


def _value(cells: pl.Series, *, escaped: bool) -> pl.Series:
    """The values of a column, as :func:`plain` gives them of its terms, but without these where that is quicker.

    ``escaped`` is whether a sign may be escaped in it.
    """
    raw = cells.drop_nulls()
    iri = raw.str.starts_with("<")
    if iri.any() and raw.str.starts_with("<<(").any():
        return _plain(_term(cells))
    if iri.all():
        return cells.str.strip_prefix("<").str.strip_suffix(">")
    text = raw.str.starts_with('"')
    if not (iri | text).all() or (escaped and raw.str.contains("\\", literal=True).any()):
        return _plain(_term(cells))
    # No quotation mark stands within a text, where nothing is escaped.
    whole, typed = raw.str.ends_with('"') & text, raw.str.ends_with(">") & text
    parts = cells.str.split_exact('"', 2).struct
    datatypes: set[str | None] = set()
    if typed.any():
        ends = raw.filter(typed).str.split_exact('"', 2).struct.field("field_2").unique()
        datatypes = {end.removeprefix("^^<").removesuffix(">") for end in ends}
    datatypes |= {XSD.string} if whole.any() else set()
    datatypes |= {None} if iri.any() else set()
    datatypes |= {RDF.langString} if not (whole | typed | iri).all() else set()
    if iri.any():
        named = cells.str.strip_prefix("<").str.strip_suffix(">")
        value = named.zip_with(cells.str.starts_with("<"), parts.field("field_1"))
    else:
        value = parts.field("field_1")
    return _cast(value.alias(cells.name), datatypes)


def plain(terms: pl.DataFrame) -> pl.DataFrame:
    """Values without what they were: IRIs and literals as text.

    A column whose values all have one datatype becomes integers, floats, booleans or dates; mixed ones stay text, and
    so do days in a time zone or outside the years 1 to 9999.
    """
    return terms.select(_plain(terms[name]) for name in terms.columns)


def _term(cells: pl.Series) -> pl.Series:
    raw = pl.col("raw")
    literal = raw.str.starts_with('"')
    bare = pl.lit(None, pl.String)
    for pattern, number in reversed(_BARE):
        bare = pl.when(raw.str.contains(pattern)).then(pl.lit(number)).otherwise(bare)
    language = raw.str.extract(_QUOTED, 2)
    datatype = (
        pl.when(~literal).then(bare)
        .when(language.is_not_null()).then(pl.lit(RDF.langString))
        .otherwise(pl.coalesce(raw.str.extract(_QUOTED, 3), pl.lit(XSD.string)))
    )  # fmt: skip
    triple = raw.str.starts_with("<<(")
    kind = (
        pl.when(triple).then(pl.lit("triple"))
        .when(raw.str.starts_with("<")).then(pl.lit("iri"))
        .when(raw.str.starts_with("_:")).then(pl.lit("bnode"))
        .otherwise(pl.lit("literal"))
    )  # fmt: skip
    value = (
        pl.when(literal).then(raw.str.extract(_QUOTED, 1))
        .when(~triple & raw.str.starts_with("<")).then(raw.str.slice(1, raw.str.len_chars() - 2))
        .otherwise(raw)
    )  # fmt: skip
    fields = pl.DataFrame({"raw": cells}).select(
        raw=raw.replace("", None),
        kind=kind,
        value=value,
        language=pl.when(literal).then(language),
        datatype=pl.when(kind == "literal").then(datatype),
    )
    escaped = fields["value"].str.contains("\\", literal=True) & (fields["kind"] == "literal")
    if escaped.any():
        whole = [
            _ESCAPE.sub(_sign, text) if flag else text for text, flag in zip(fields["value"], escaped, strict=True)
        ]
        fields = fields.with_columns(value=pl.Series(whole, dtype=pl.String))
    term = pl.struct("kind", "value", "language", "datatype")
    return fields.select(pl.when(pl.col("raw").is_not_null()).then(term).alias(cells.name)).to_series().cast(TERM)


def _sign(match: re.Match[str]) -> str:
    return _SIGNS[match[1]] if match[1] else chr(int(match[2] or match[3], 16))


def _plain(terms: pl.Series) -> pl.Series:
    datatypes = set(terms.filter(terms.is_not_null()).struct.field("datatype").unique())
    return _cast(terms.struct.field("value").alias(terms.name), datatypes)


def _cast(value: pl.Series, datatypes: set[str | None]) -> pl.Series:
    """The values of a column as what all of them are."""
    try:
        if datatypes and datatypes <= _INTEGERS:
            return value.cast(pl.Int64)
        if datatypes and datatypes <= _INTEGERS | _FLOATS:
            return value.cast(pl.Float64)
    except pl.exceptions.InvalidOperationError:
        return value  # a number too large, or none at all, stays text
    # What Python has no value for, such as a day in a time zone, stays text, and with it the column.
    if datatypes == {XSD.boolean} and value.drop_nulls().is_in(["true", "false", "1", "0"]).all():
        value = value.is_in(["true", "1"])
    elif datatypes == {XSD.date} and value.drop_nulls().str.contains(_DAY).all():
        days = value.str.to_date("%Y-%m-%d", strict=False)
        value = days if days.null_count() == value.null_count() else value
    return value
