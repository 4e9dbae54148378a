"""Which things may break a shape or fail a check, by columns, so that the engine is asked of these alone.

What is suspected here is all that can be at fault, and some more; the query of the shape or the check judges it, but
where :data:`SURE` says that nothing is left to judge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import polars as pl
import rdflib
from rdflib import SH

from kg.dataset import Dataset
from kg.load.dictionary import TERM
from kg.load.quads import plain
from kg.quality.shapes import Constraint
from kg.steps import reached_from
from kg.terms import DATED, DCTERMS, ENDED, KG, LANGUAGES, PROV, RULE_GRAPHS, SCHEMA, SKOS, XSD

SURE = frozenset({str(SH.minCount), "covers-nothing", "product-alone"})
"""The components and checks of which columns say just what the queries do."""
MOST = 1000
"""Of more suspects than this the whole is asked: to name them all would be no gain."""
_DAY = rf'^"(\d{{4}}-\d\d-\d\d)"\^\^<{XSD.date}>$'


class Suspects(NamedTuple):
    """Things that can be at fault, as terms: null where that may be anything; with ``sure`` they are at fault."""

    terms: list[str] | None
    sure: bool = False


ANYTHING = Suspects(None)
"""Where columns can't tell, or where there would be too many to name."""


def of_shape(dataset: Dataset, constraint: Constraint) -> Suspects:
    """The suspects of a constraint.

    Columns tell of targets that are classes, of paths that are properties or alternatives of them, and of the
    components that :data:`COMPONENTS` names.
    """
    ask = COMPONENTS.get(rdflib.URIRef(constraint.component))
    if ask is None or not constraint.classes or not constraint.predicates or constraint.given is None:
        return ANYTHING
    things = dataset.instances(*constraint.classes)
    values = dataset.pairs(*constraint.predicates)
    if things.is_empty() or (values.is_empty() and ask is not _min_count):
        return Suspects([])
    values = values.filter(pl.col("subject").is_in(things.implode()))
    found = ask(dataset, things, values, constraint.given)
    return ANYTHING if found is None else _named(dataset, found, sure=constraint.component in SURE)


def of_check(dataset: Dataset, name: str) -> Suspects:
    """The same of a check, by the name of its query."""
    ask = CHECKS.get(name)
    return ANYTHING if ask is None else _named(dataset, ask(dataset), sure=name in SURE)


def _named(dataset: Dataset, found: pl.Series, *, sure: bool) -> Suspects:
    """Suspects in order, unless there are too many to ask of or one has no name."""
    numbers = found.unique().sort()
    if sure:
        return Suspects(dataset.texts(numbers).to_list(), sure)
    terms = dataset.texts(numbers.head(MOST + 1)).to_list()
    return ANYTHING if len(terms) > MOST or not all(term.startswith("<") for term in terms) else Suspects(terms)


# Components: the dataset, the focus nodes, their values (subject, object) and what the component is given


def _min_count(_: Dataset, things: pl.Series, values: pl.DataFrame, given: rdflib.Literal) -> pl.Series:
    enough = values.group_by("subject").agg(n=pl.col("object").n_unique()).filter(pl.col("n") >= int(given))
    return things.filter(~things.is_in(enough["subject"].implode()))


def _max_count(_: Dataset, __: pl.Series, values: pl.DataFrame, given: rdflib.Literal) -> pl.Series:
    return values.group_by("subject").agg(n=pl.col("object").n_unique()).filter(pl.col("n") > int(given))["subject"]


def _class(dataset: Dataset, _: pl.Series, values: pl.DataFrame, given: rdflib.URIRef) -> pl.Series:
    return values.filter(~pl.col("object").is_in(dataset.instances(str(given)).implode()))["subject"]


def _datatype(dataset: Dataset, _: pl.Series, values: pl.DataFrame, given: rdflib.URIRef) -> pl.Series:
    term = pl.col("term")
    fits = term.str.starts_with('"') & term.str.ends_with('"' if str(given) == XSD.string else f'"^^<{given}>')
    return _unfit(dataset, values, fits)


def _node_kind(dataset: Dataset, _: pl.Series, values: pl.DataFrame, given: rdflib.URIRef) -> pl.Series | None:
    if given != SH.IRI:
        return None
    return _unfit(dataset, values, pl.col("term").str.contains("^<[^<]"))


def _min_length(dataset: Dataset, _: pl.Series, values: pl.DataFrame, given: rdflib.Literal) -> pl.Series:
    known = ~pl.col("term").str.starts_with("_:")
    return _unfit(dataset, values, known & (plain(pl.col("term")).str.len_chars() >= int(given)))


def _pattern(dataset: Dataset, _: pl.Series, values: pl.DataFrame, given: rdflib.Literal) -> pl.Series:
    known = ~pl.col("term").str.starts_with("_:")
    return _unfit(dataset, values, known & plain(pl.col("term")).str.contains(str(given)))


def _unique_lang(dataset: Dataset, _: pl.Series, values: pl.DataFrame, __: rdflib.Literal) -> pl.Series:
    language = dataset.texts(values["object"]).str.extract('"@([^"]*)$').str.to_lowercase()
    told = values.with_columns(language.alias("language")).drop_nulls()
    twice = told.group_by("subject", "language").agg(n=pl.col("object").n_unique()).filter(pl.col("n") > 1)
    return twice["subject"]


def _not_after(dataset: Dataset, _: pl.Series, values: pl.DataFrame, given: rdflib.URIRef) -> pl.Series:
    """Those whose days are none, or not in order."""
    both = values.join(dataset.pairs(str(given)), on="subject", suffix="_other")
    days = [_days(dataset, both[name]) for name in ("object", "object_other")]
    return both.filter((days[0] > days[1]).fill_null(value=True))["subject"]


def _days(dataset: Dataset, terms: pl.Series) -> pl.Series:
    """Terms as days; those that are none have none."""
    return dataset.texts(terms).str.extract(_DAY).str.to_date("%Y-%m-%d", strict=False)


def _unfit(dataset: Dataset, values: pl.DataFrame, fits: pl.Expr) -> pl.Series:
    """Those with a value whose ``term`` does not fit."""
    if values.is_empty():
        return values["subject"]
    objects = values.select(pl.col("object").unique())
    told = objects.with_columns(dataset.texts(objects["object"]).alias("term"))
    bad = told.filter(~fits.fill_null(value=False))["object"]
    return values.filter(pl.col("object").is_in(bad.implode()))["subject"]


COMPONENTS: dict[rdflib.URIRef, Callable[[Dataset, pl.Series, pl.DataFrame, Any], pl.Series | None]] = {
    SH.minCount: _min_count, SH.maxCount: _max_count, SH["class"]: _class, SH.datatype: _datatype,
    SH.nodeKind: _node_kind, SH.minLength: _min_length, SH.pattern: _pattern, SH.uniqueLang: _unique_lang,
    SH.lessThanOrEquals: _not_after,
}  # fmt: skip
"""What is suspected of breaking each component."""


# Checks


def _dates_disagree(dataset: Dataset) -> pl.Series:
    """Those of which some passage says not before a day, and some passage not after an earlier one."""
    derived = dataset.passages_under(RULE_GRAPHS)
    found = [pl.Series(dtype=TERM)]
    for base in (*DATED, "on"):
        since = _said_days(dataset, derived, base, "Earliest").group_by("subject").agg(pl.col("day").max())
        until = _said_days(dataset, derived, base, "Latest").group_by("subject").agg(pl.col("day").min())
        found.append(since.join(until, on="subject").filter(pl.col("day") > pl.col("day_right"))["subject"])
    return pl.concat(found)


def _said_days(dataset: Dataset, derived: pl.Series, base: str, bound: str) -> pl.DataFrame:
    """The first (Earliest) or last days of what other passages say: columns subject, day (a text that is in order)."""
    said = dataset.evidence(getattr(KG, base), getattr(KG, base + bound))
    rows = said.filter(~pl.col("passage").is_in(derived.implode()))
    text = plain(pl.col("day")).str.extract(r"^(\d{4}(?:-\d\d){0,2})$")
    rest = pl.lit("-01-01" if bound == "Earliest" else "-12-31").str.slice(text.str.len_chars().cast(pl.Int64) - 4)
    return rows.select("subject", dataset.texts(rows["object"]).alias("day")).with_columns(
        day=pl.concat_str(text, rest)
    )


def _own_release_only(dataset: Dataset) -> pl.Series:
    """The partnerships of which only releases of their parties, or what was derived from these, tell."""
    parts = dataset.pairs(DCTERMS.isPartOf).select(passage="subject", source="object")
    told = dataset.evidence(KG.bankParty, KG.techParty).join(parts, on="passage")
    told = told.select("subject", "source").unique()
    editorial = dataset.texts(told["source"]).str.contains("/([A-Za-z0-9-]+-)?editorial>$")
    speakers = _through(dataset, told["source"], PROV.wasDerivedFrom).join(
        dataset.pairs(KG.releaseOf), left_on="above", right_on="subject"
    ).select(source="thing", speaker="object")  # fmt: skip
    parties = dataset.pairs(KG.party).join(told.join(speakers, on="source", how="semi"), on="subject", how="semi")
    owners = _through(dataset, parties["object"], KG.subsidiaryOf).select(object="thing", speaker="above")
    own = parties.join(owners, on="object").select("subject", "speaker").join(speakers, on="speaker")
    others = told.filter(~editorial).join(own, on=["subject", "source"], how="anti")
    return own.join(others, on="subject", how="anti")["subject"]


def _through(dataset: Dataset, things: pl.Series, step: str) -> pl.DataFrame:
    """Some things with themselves and all that steps lead to: columns thing, above."""
    steps = dataset.steps(step)
    things = things.unique()
    rows = [
        (thing, above) for thing in things.filter(things.is_in(list(steps))) for above in reached_from(thing, steps)
    ]
    itself = pl.DataFrame({"thing": things, "above": things}, schema={"thing": TERM, "above": TERM})
    return pl.concat([itself, pl.DataFrame(rows, schema=itself.schema, orient="row")]).unique()


_SUBJECTS = {
    SKOS.broader: KG.Capability, KG.subsidiaryOf: KG.Organization, KG.memberOf: KG.Organization,
    KG.offers: KG.Organization, KG.realizes: KG.Product, KG.covers: KG.Partnership, KG.delivers: KG.Partnership,
    KG.bankParty: KG.Partnership, KG.techParty: KG.Partnership, KG.releaseOf: KG.Source,
}  # fmt: skip


def _wrong_subject(dataset: Dataset) -> pl.Series:
    """What has a property without being of its class."""
    subjects = [(dataset.pairs(path)["subject"].unique(), dataset.instances(cls)) for path, cls in _SUBJECTS.items()]
    return pl.concat([found.filter(~found.is_in(known.implode())) for found, known in subjects])


def _no_date(dataset: Dataset) -> pl.Series:
    """What has something else than a day, or than a month or a year where those may stand."""
    found = [pl.Series(dtype=TERM)]
    month = rf'^"[0-9]{{4}}-(?:0[1-9]|1[0-2])"\^\^<{XSD.gYearMonth}>$'
    year = rf'^"[0-9]{{4}}"\^\^<{XSD.gYear}>$'
    term = pl.col("term")
    for base in (*DATED, "on"):
        for bound in ("", "Earliest", "Latest"):
            values = dataset.pairs(getattr(KG, base + bound))
            day = term.str.extract(_DAY).str.to_date("%Y-%m-%d", strict=False).is_not_null()
            fits = day if bound else day | term.str.contains(month) | term.str.contains(year)
            found.append(_unfit(dataset, values, fits & ~term.str.starts_with('"0000')))
    return pl.concat(found)


def _circle(dataset: Dataset, step: str) -> pl.Series:
    """What steps lead back to."""
    steps = dataset.steps(step)
    found = [thing for thing, above in steps.items() if any(thing in reached_from(other, steps) for other in above)]
    return pl.Series(found, dtype=TERM)


def _shared_identifier(dataset: Dataset) -> pl.Series:
    """What has an identifier that another has too, or one that an engine may take for another's."""
    found = [pl.Series(dtype=TERM)]
    for path in (SCHEMA.leiCode, KG.creditCode, SCHEMA.tickerSymbol, SKOS.exactMatch):
        rows = dataset.pairs(path)
        typed = dataset.texts(rows["object"]).str.contains('"^^', literal=True)
        shared = rows.select(pl.col("subject").n_unique().over("object") > 1).to_series()
        found.append(rows.filter(typed | shared)["subject"])
    return pl.concat(found)


def _covers_nothing(dataset: Dataset) -> pl.Series:
    """The partnerships that cover nothing."""
    things = dataset.typed(KG.Partnership)
    return things.filter(~things.is_in(dataset.pairs(KG.covers)["subject"].implode()))


def _product_alone(dataset: Dataset) -> pl.Series:
    """The products that nothing delivers."""
    things = dataset.typed(KG.Product)
    return things.filter(~things.is_in(dataset.pairs(KG.delivers)["object"].implode()))


def _end_before_start(dataset: Dataset) -> pl.Series:
    """The ends that are before a step of another stage, or not dated by days."""
    steps = dataset.pairs(KG.of).join(dataset.pairs(KG.stage), on="subject", suffix="_stage")
    ends = pl.col("object_stage") == dataset.number(ENDED)
    last = steps.filter(ends).join(dataset.pairs(KG.onLatest), on="subject", suffix="_day")
    first = steps.filter(~ends).join(dataset.pairs(KG.onEarliest), on="subject", suffix="_day")
    both = last.join(first, on="object", suffix="_start")
    days = [_days(dataset, both[name]) for name in ("object_day", "object_day_start")]
    return both.filter((days[0] < days[1]).fill_null(value=True))["subject"]


def _stage_dated_twice(dataset: Dataset) -> pl.Series:
    """The steps of which there are two of one stage."""
    steps = dataset.pairs(KG.of).join(dataset.pairs(KG.stage), on="subject", suffix="_stage")
    several = pl.col("subject").n_unique().over("object", "object_stage") > 1
    return steps.filter(several)["subject"]


def _one_language(dataset: Dataset) -> pl.Series:
    """What has a name, but none in English or none in Chinese."""
    named = dataset.pairs(SKOS.prefLabel)
    language = named.with_columns(dataset.texts(named["object"]).str.extract('"@([^"]*)$').alias("language"))
    both = [language.filter(pl.col("language") == code)["subject"] for code in LANGUAGES]
    things = named["subject"].unique()
    things = things.filter(~things.is_in(both[0].implode()) | ~things.is_in(both[1].implode()))
    sorts = dataset.instances(KG.Organization, KG.Capability, KG.Product, KG.Partnership, KG.Group)
    return things.filter(things.is_in(sorts.implode()))


CHECKS: dict[str, Callable[[Dataset], pl.Series]] = {
    "broader-circle": partial(_circle, step=SKOS.broader), "covers-nothing": _covers_nothing,
    "dates-disagree": _dates_disagree, "end-before-start": _end_before_start, "no-date": _no_date,
    "one-language": _one_language, "own-release-only": _own_release_only,
    "owner-circle": partial(_circle, step=KG.subsidiaryOf), "product-alone": _product_alone,
    "shared-identifier": _shared_identifier, "stage-dated-twice": _stage_dated_twice,
    "wrong-subject": _wrong_subject,
}  # fmt: skip
"""What is suspected of failing each check."""
