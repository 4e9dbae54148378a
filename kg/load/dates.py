"""What a date known only to its year, month or day means: a first and a last day, one of each where sources differ."""

from __future__ import annotations

import polars as pl

from kg.load.quads import STATEMENT
from kg.terms import DATED, DATES_GRAPH, KG, XSD

_FORMS = {XSD.date: r"^\d{4}-\d{2}-\d{2}$", XSD.gYearMonth: r"^\d{4}-\d{2}$", XSD.gYear: r"^\d{4}$"}
_LITERAL = r'^"([^"]*)"\^\^<([^>]*)>$'


def dated(quads: pl.DataFrame) -> pl.DataFrame:
    """The statements (subject, predicate, object, passage) of a frame of :data:`kg.load.quads.QUADS` that date."""
    predicates = [f"<{getattr(KG, base + bound)}>" for base in (*DATED, "on") for bound in ("", "Earliest", "Latest")]
    rows = quads.filter(pl.col("predicate").is_in(predicates))
    return rows.select(*STATEMENT, "passage").unique()


def bounds(quads: pl.DataFrame, days: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The one earliest and the one latest day of everything dated, and the curated bounds that they outdo.

    ``quads`` are those that :func:`dated` gives, ``days`` what :func:`days_of` makes of them. The first frame given has
    subject, predicate, object and passage (the loader's step) for each bound that no source states in so many words;
    the second has the subject, predicate and object of statements that stand as evidence but not in the merged
    landscape, since another source allows an earlier or a later day. Where sources can't all be right, one that gives
    no last day allows any later one, and one that gives no first day any earlier one, so that there is none.
    """
    merged = days.group_by("subject", "merged", "base", "bound").agg(
        day=pl.when(pl.col("bound").first() == "Earliest").then(pl.col("day").min()).otherwise(pl.col("day").max())
    ).join(_open(quads, days), on=["subject", "base", "bound"], how="anti")  # fmt: skip
    bound = merged.select(
        "subject",
        predicate="merged",
        object=_literal("day"),
    )
    curated = days.filter(pl.col("predicate") == pl.col("merged")).select(STATEMENT)
    outdone = curated.join(bound, on=STATEMENT, how="anti")
    derived = bound.join(curated, on=STATEMENT, how="anti").with_columns(passage=pl.lit(f"<{DATES_GRAPH}>"))
    return derived.sort(STATEMENT), outdone.sort(STATEMENT)


def agreed(days: pl.DataFrame) -> pl.DataFrame:
    """The first and the last day of each step that all sources leave open, where they are narrower than the widest.

    ``days`` are those of :func:`days_of`; subject, predicate, object and passage (the loader's step) are given. The
    greatest first day and the least last day: if every source is right, the step was taken between them.
    Sources of which both can't be right agree on nothing.
    """
    earliest, latest = (pl.col("day").filter(pl.col("bound") == bound) for bound in ("Earliest", "Latest"))
    spans = days.filter(~pl.col("subject").str.starts_with("_:")).group_by("subject", "base").agg(
        kept_Earliest=earliest.max(), kept_Latest=latest.min(), wide_Earliest=earliest.min(), wide_Latest=latest.max()
    )  # fmt: skip
    fits = (pl.col("kept_Earliest") <= pl.col("kept_Latest")).fill_null(value=True)
    # A date column's milestone has its subject's IRI with the column behind it, as the rule for milestones has it.
    step = pl.when(pl.col("base") == "on").then("subject").otherwise(
        pl.concat_str(pl.col("subject").str.strip_suffix(">"), pl.lit("/"), "base", pl.lit(">"))
    )  # fmt: skip
    narrower = [
        spans.filter(fits, pl.col(f"kept_{bound}") != pl.col(f"wide_{bound}")).select(
            subject=step,
            predicate=pl.lit(f"<{getattr(KG, 'agreed' + bound)}>"),
            object=_literal(f"kept_{bound}"),
            passage=pl.lit(f"<{DATES_GRAPH}>"),
        )
        for bound in ("Earliest", "Latest")
    ]
    return pl.concat(narrower).sort(pl.all())


def _open(quads: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """The bounds that contradict a passage which leaves that side open: subject, base, bound; never both of a step."""
    by_passage = quads.join(days, on=STATEMENT).group_by("subject", "base", "passage").agg(
        first=pl.col("day").filter(pl.col("bound") == "Earliest").max(),
        last=pl.col("day").filter(pl.col("bound") == "Latest").min(),
    )  # fmt: skip
    steps = by_passage.group_by("subject", "base").agg(
        wrong=pl.col("first").max() > pl.col("last").min(),
        Earliest=pl.col("first").is_null().any(),
        Latest=pl.col("last").is_null().any(),
    )
    # Where both sides are open the whole is an error, which a shape tells.
    one_side = steps.filter("wrong", pl.col("Earliest") != pl.col("Latest"))
    return one_side.unpivot(on=["Earliest", "Latest"], index=["subject", "base"], variable_name="bound").filter("value")


def days_of(quads: pl.DataFrame) -> pl.DataFrame:
    """What each statement that :func:`dated` gives says of a first and of a last day.

    Subject, predicate, object, ``base`` (the column that it dates), ``bound`` (Earliest or Latest), ``merged`` (the
    property of that bound), ``day``.
    """
    named = pl.DataFrame(
        [
            (f"<{getattr(KG, base + bound)}>", f"<{getattr(KG, base + suffix)}>", bound, base)
            # Each stands for three properties: the date as its source gives it, and its first and last day.
            for base in (*DATED, "on")
            for bound in ("Earliest", "Latest")
            for suffix in ("", bound)
        ],
        schema={"merged": pl.String, "predicate": pl.String, "bound": pl.String, "base": pl.String},
        orient="row",
    )
    read = quads.select(pl.col("object").unique()).with_columns(Earliest=_first("object"), Latest=_last("object"))
    stated = quads.select(STATEMENT).unique().join(named, on="predicate").join(read, on="object")
    day = pl.when(pl.col("bound") == "Earliest").then("Earliest").otherwise("Latest")
    # RDF may hold anything for a date; what is none bounds nothing, and a check tells it.
    return stated.with_columns(day=day).filter(pl.col("day").is_not_null()).drop("Earliest", "Latest")


def _literal(day: str) -> pl.Expr:
    """A day as a term."""
    return pl.concat_str(pl.lit('"'), pl.col(day).dt.to_string("%Y-%m-%d"), pl.lit(f'"^^<{XSD.date}>'))


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
