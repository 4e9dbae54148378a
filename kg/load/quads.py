"""Statements as N-Quads: once in the default graph, once more in the graph of each passage that makes them."""

from __future__ import annotations

import polars as pl

from kg.terms import DCTERMS, ID, KG, PASSAGES_GRAPH, RDF, passage_iri

QUADS = {
    "subject": pl.String, "predicate": pl.String, "object": pl.String, "passage": pl.String,
    "file": pl.String, "row": pl.Int64, "column": pl.Int64,
}  # fmt: skip
"""Terms as N-Triples writes them, and the cell that they come from."""
STATEMENTS = {"subject": pl.String, "predicate": pl.String, "object": pl.String, "passage": pl.String}
"""The same where there are no cells."""
IN_FILES = {**STATEMENTS, "file": pl.String}
"""The same of files of RDF."""


_SIGNS = ["\\", '"', "\n", "\r"]
_ESCAPES = ["\\\\", '\\"', "\\n", "\\r"]


def iri(value: pl.Expr) -> pl.Expr:
    """An IRI as N-Triples writes it."""
    return pl.concat_str(pl.lit("<"), value, pl.lit(">"))


def literal(value: pl.Expr, language: pl.Expr, datatype: pl.Expr) -> pl.Expr:
    """A literal as N-Triples writes it, with its language, else its datatype, else plain."""
    quoted = pl.concat_str(pl.lit('"'), value.str.replace_many(_SIGNS, _ESCAPES), pl.lit('"'))
    return (
        pl.when(language.is_not_null())
        .then(pl.concat_str(quoted, pl.lit("@"), language.str.to_lowercase()))
        .when(datatype.is_not_null())
        .then(pl.concat_str(quoted, pl.lit("^^<"), datatype, pl.lit(">")))
        .otherwise(quoted)
    )


def text(term: pl.Expr) -> pl.Expr:
    """The text of a literal that N-Triples writes: :func:`literal` undone."""
    return term.str.extract(r'(?s)^"((?:[^"\\]|\\.)*)"', 1).str.replace_many(_ESCAPES, _SIGNS)


def plain(term: pl.Expr) -> pl.Expr:
    """A term without its signs, as a SELECT tells it: the text of a literal, the IRI; others as they are."""
    return (
        pl.when(term.str.starts_with('"')).then(text(term))
        .when(term.str.starts_with("<") & ~term.str.starts_with("<<")).then(term.str.slice(1, term.str.len_chars() - 2))
        .otherwise(term)
    )  # fmt: skip


def quads(statements: pl.DataFrame, citations: pl.DataFrame) -> pl.DataFrame:
    """Each statement with each passage of its row (:data:`QUADS`).

    ``statements`` has subject (IRI), predicate (IRI), object (a term), file, row and column; ``citations`` has file,
    row, source (key) and locator.
    """
    passages = citations.select("source", "locator").unique(maintain_order=True)
    passages = passages.with_columns(
        passage=pl.Series([passage_iri(*pair) for pair in passages.iter_rows()], dtype=pl.String)
    )
    cited = citations.drop("column").join(passages, on=["source", "locator"])
    return (
        statements.with_columns(subject=iri(pl.col("subject")), predicate=iri(pl.col("predicate")))
        .join(cited, on=["file", "row"], how="inner")
        .with_columns(passage=iri(pl.col("passage")))
        .select(list(QUADS))
    )


def without_cells(statements: pl.DataFrame) -> pl.DataFrame:
    """Statements of :data:`IN_FILES` beside those of tables: in row and column 0 of their file."""
    return statements.select(*IN_FILES, row=pl.lit(0, pl.Int64), column=pl.lit(0, pl.Int64))


def passages(cited: pl.DataFrame) -> pl.DataFrame:
    """What the loader itself says of each passage (source, locator): its class, its source and its locator."""
    distinct = cited.unique(maintain_order=True)
    subjects = pl.Series("subject", [f"<{passage_iri(*pair)}>" for pair in distinct.iter_rows()], dtype=pl.String)
    none = pl.lit(None, pl.String)
    objects = {
        RDF.type: pl.lit(f"<{KG.Passage}>"),
        DCTERMS.isPartOf: pl.concat_str(pl.lit(f"<{ID}"), pl.col("source"), pl.lit(">")),
        KG.locator: literal(pl.col("locator"), none, none),
    }
    return pl.concat(
        [
            distinct.with_columns(subjects).select(
                "subject", predicate=pl.lit(f"<{predicate}>"), object=value, passage=pl.lit(f"<{PASSAGES_GRAPH}>")
            )
            for predicate, value in objects.items()
        ]
    )
