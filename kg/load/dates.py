"""What a date known only to its year, month or day means: a first and a last day, one of each where sources differ."""

from __future__ import annotations

import polars as pl

from kg.terms import DATED, DATES_GRAPH, KG, XSD

_FORMS = {XSD.date: r"^\d{4}-\d{2}-\d{2}$", XSD.gYearMonth: r"^\d{4}-\d{2}$", XSD.gYear: r"^\d{4}$"}
_LITERAL = r'^"([^"]*)"\^\^<([^>]*)>$'


def bounds(quads: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The one earliest and the one latest day of everything dated, and the curated bounds that they outdo.

    ``quads`` is a frame of :data:`kg.load.quads.QUADS`. The first frame given has subject, predicate, object and
    passage (the loader's step) for each bound that no source states in so many words; the second has the subject,
    predicate and object of statements that stand as evidence but not in the merged landscape, since another source
    allows an earlier or a later day.
    """
    named = pl.DataFrame(
        [
            (f"<{getattr(KG, base + bound)}>", f"<{getattr(KG, base + suffix)}>", bound)
            # Each stands for three properties: the date as its source gives it, and its first and last day.
            for base in (*DATED, "on")
            for bound in ("Earliest", "Latest")
            for suffix in ("", bound)
        ],
        schema={"merged": pl.String, "predicate": pl.String, "bound": pl.String},
        orient="row",
    )
    stated = quads.select("subject", "predicate", "object").unique().join(named, on="predicate")
    day = pl.when(pl.col("bound") == "Earliest").then(_first("object")).otherwise(_last("object"))
    # RDF may hold anything for a date; what is none bounds nothing, and a check tells it.
    days = stated.with_columns(day=day).filter(pl.col("day").is_not_null())
    merged = days.group_by("subject", "merged", "bound").agg(
        day=pl.when(pl.col("bound").first() == "Earliest").then(pl.col("day").min()).otherwise(pl.col("day").max())
    )
    bound = merged.select(
        "subject",
        predicate="merged",
        object=pl.concat_str(pl.lit('"'), pl.col("day").dt.to_string("%Y-%m-%d"), pl.lit(f'"^^<{XSD.date}>')),
    )
    key = ["subject", "predicate", "object"]
    curated = days.filter(pl.col("predicate") == pl.col("merged")).select(key)
    outdone = curated.join(bound, on=key, how="anti")
    derived = bound.join(curated, on=key, how="anti").with_columns(passage=pl.lit(f"<{DATES_GRAPH}>"))
    return derived.sort(key), outdone.sort(key)


def _first(term: str) -> pl.Expr:
    """The first day of a date, month or year of the common era; nothing where it is written as none of its kind."""
    text, datatype = (pl.col(term).str.extract(_LITERAL, group) for group in (1, 2))
    fits = pl.any_horizontal(
        (datatype == kind) & text.str.contains(form) for kind, form in _FORMS.items()
    ) & ~text.str.starts_with("0000")
    day = pl.concat_str(text, pl.lit("-01-01").str.slice(text.str.len_chars() - 4)).str.to_date(
        "%Y-%m-%d", strict=False
    )
    return pl.when(fits).then(day)


def _last(term: str) -> pl.Expr:
    """The last day of a date, month or year."""
    datatype = pl.col(term).str.extract(_LITERAL, 2)
    return (
        pl.when(datatype == XSD.gYear).then(_first(term).dt.offset_by("1y").dt.offset_by("-1d"))
        .when(datatype == XSD.gYearMonth).then(_first(term).dt.month_end())
        .otherwise(_first(term))
    )  # fmt: skip
