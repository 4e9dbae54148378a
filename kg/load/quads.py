"""Statements as N-Quads: once in the default graph, once more in the graph of each passage that makes them."""

from __future__ import annotations

import polars as pl

from kg.terms import DCTERMS, ID, KG, PASSAGES_GRAPH, RDF, SOURCE_GRAPHS, passage_iri

QUADS = {
    "subject": pl.String, "predicate": pl.String, "object": pl.String, "passage": pl.String,
    "file": pl.String, "row": pl.Int64, "column": pl.Int64,
}  # fmt: skip
"""Terms as N-Triples writes them, and the cell that they come from."""
STATEMENT = ["subject", "predicate", "object"]
"""What a statement is made of, whoever makes it."""
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
    cited = citations.select("file", "row", passage_terms(citations).alias("passage"))
    return (
        statements.with_columns(_iris(statements["subject"]), _iris(statements["predicate"]))
        .join(cited, on=["file", "row"], how="inner")
        .select(list(QUADS))
    )


def _iris(values: pl.Series) -> pl.Series:
    """IRIs as terms, the text of each kept once, since each is said of many times."""
    once = values.unique().to_frame().with_columns(iri(pl.col(values.name)).alias("term"))
    return values.to_frame().join(once, on=values.name, how="left", maintain_order="left")["term"].alias(values.name)


def passage_terms(cited: pl.DataFrame) -> pl.Series:
    """The passages (terms) of rows with source and locator: :func:`kg.terms.passage_iri` of each locator once."""
    locators = cited.select(pl.col("locator").unique())
    ends = locators.with_columns(end=pl.Series([passage_iri("", one) for one in locators["locator"]], dtype=pl.String))
    parts = cited.select("source", "locator").join(ends, on="locator", how="left", maintain_order="left")
    end = pl.col("end").str.strip_prefix(SOURCE_GRAPHS)
    return parts.select(pl.concat_str(pl.lit(f"<{SOURCE_GRAPHS}"), "source", end, pl.lit(">")))["literal"]


def without_cells(statements: pl.DataFrame) -> pl.DataFrame:
    """Statements of :data:`IN_FILES` beside those of tables: in row and column 0 of their file."""
    return statements.select(*IN_FILES, row=pl.lit(0, pl.Int64), column=pl.lit(0, pl.Int64))


def passages(cited: pl.DataFrame) -> pl.DataFrame:
    """What the loader itself says of each passage (source, locator): its class, its source and its locator."""
    distinct = cited.unique(maintain_order=True)
    subjects = passage_terms(distinct).alias("subject")
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
