"""All that a report tells of a landscape, in one set of frames: what is counted, and what each number rests on."""

from __future__ import annotations

import polars as pl

from kg.analysis.citations import behind_coverage, behind_gaps, behind_partnerships, dating, passages, sources
from kg.analysis.communities import communities
from kg.analysis.corroboration import Claims, claims, corroborated
from kg.analysis.corroboration import sources as standings
from kg.analysis.gaps import gaps
from kg.analysis.pairs import matrix, since
from kg.analysis.sharing import STAGE_GROUPS, sharing
from kg.analysis.trends import known_days, steps, trend
from kg.network.labels import key
from kg.network.progress import furthest
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import CODE

_TITLES = """
SELECT ?landscape ?title (LANG(?title) AS ?language) { ?landscape a kg:Landscape ; dcterms:title ?title }
ORDER BY ?landscape ?language ?title
"""
_EVIDENCE: dict[str, pl.DataType | type[pl.DataType]] = {
    "section": pl.String, "row": pl.Int64, "part": pl.String, "name": pl.String, "partnership": pl.String,
    "sources": pl.List(pl.String),
}  # fmt: skip
_ON = ["row", "partnership"]


def report(store: Engine, tables: NetworkTables, *, language: str = "en") -> dict[str, pl.DataFrame]:
    """What a landscape holds, its ranking, matrix, gaps, trend and communities, with the evidence of each number.

    Returns
    -------
    dict of polars.DataFrame
        ``counts``: ``name`` and ``count`` of ``partnerships``, those on two or more independent sources
        (``corroborated``, :func:`kg.analysis.corroboration.corroborated`), ``bank_parties`` and ``firm_parties``,
        ``covered`` capabilities, ``sources`` that tell of the partnerships, and how many partnerships began on days
        that are known to lie between two (``dated``), before or after one alone (``bounded``), or are ``undated``.
        ``ranking`` (:func:`kg.analysis.sharing.sharing`), ``matrix`` (:func:`kg.analysis.pairs.matrix`), ``gaps``
        (:func:`kg.analysis.gaps.gaps`), ``trend`` by years (:func:`kg.analysis.trends.trend`) and ``communities``
        (:func:`kg.analysis.communities.communities`).
        ``known_days``: between which days they began and ended, in numbers (:func:`kg.analysis.trends.known_days`).
        ``measures``: ``name`` and ``value`` of what these say of the whole: ``independent`` and ``needed`` of the gaps,
        ``modularity`` and ``agreement`` of the communities.
        ``partnerships``: ``partnership`` (key), ``label``, ``banks``, ``firms``, ``capabilities`` (labels), ``stage``
        (a key of :data:`kg.analysis.sharing.STAGE_GROUPS`, null where none is known), ``since_earliest``,
        ``since_latest`` (dates), ``origins`` (count of independent sources) and ``sources`` (``source#locator``).
        ``evidence``: a row for each partnership behind a number: ``section`` (the name of a frame above), ``row`` (of
        it, from 0), ``part`` (a column of it where only that one's number rests on it, or how it has to do with a gap;
        else null), ``name`` (of the bank, firm or capability that is counted; else null), ``partnership`` (key; null
        where what a firm offers is meant), ``sources`` by which it counts (``source#locator``).
        ``sources``: as :func:`kg.analysis.citations.sources` gives them. ``passages``: ``passage`` (``source#locator``)
        and ``label`` of those that have a name in the language. ``titles``: of the landscapes that it was
        built of, ``title`` alone.
    """
    said = claims(store)
    deals = _partnerships(store, tables, said, language)
    told = {
        "ranking": sharing(tables, language=language),
        "matrix": matrix(tables, language=language),
        "trend": trend(tables),
    }
    white, parts = gaps(tables, language=language), communities(tables, language=language)
    told |= {"gaps": white.rows, "communities": parts.rows}
    about = deals.select("partnership", "sources")
    covering = behind_coverage(store, tables)
    inside = [_members(told[name], name, about) for name in ("matrix", "communities")]
    counts, counted = _counts(tables, said, deals)
    evidence = [
        counted,
        _ranked(tables, told["ranking"], deals, covering),
        *inside,
        _dated(store, tables, told["trend"]),
        _missing(store, tables, white.rows, about, covering),
    ]
    order = pl.col("partnership").is_null()
    measures = {
        "independent": float(white.independent), "needed": float(white.needed), "modularity": parts.modularity,
        "agreement": parts.agreement,
    }  # fmt: skip
    return {
        "titles": _titles(store, language),
        "counts": counts,
        **told,
        "known_days": known_days(tables),
        "measures": pl.DataFrame({"name": list(measures), "value": list(measures.values())}),
        "partnerships": deals,
        "evidence": pl.concat(evidence).sort("section", "row", order, "part", "name", "partnership"),
        "sources": sources(store, tables, language=language),
        "passages": passages(tables, language=language),
    }


def _titles(store: Engine, language: str) -> pl.DataFrame:
    """What the landscapes are called, in the language, else in another."""
    rows = select(store, _TITLES).select(pl.all().cast(pl.String))
    first = rows.sort(pl.col("language") != language, "language", maintain_order=True)
    return first.unique("landscape", keep="first", maintain_order=True).sort("landscape").select("title")


def _partnerships(store: Engine, tables: NetworkTables, said: Claims, language: str) -> pl.DataFrame:
    """Each partnership with who, what, how far, since when, and who says so."""
    labels = tables.labels(language)
    parties = tables["parties"].select("partnership", "side", thing="organization")
    things = pl.concat([parties, tables["covers"].select("partnership", side=pl.lit("on"), thing="capability")])
    named = things.unique().join(labels, left_on="thing", right_on="entity", how="left").with_columns(
        label=pl.coalesce("label", key("thing"))
    )  # fmt: skip
    # Two that are called the same are told apart by their keys, so that as many are told as are counted.
    several = pl.col("thing").n_unique().over("label") > 1
    both = pl.concat_str("label", pl.lit(" ("), key("thing"), pl.lit(")"))
    named = named.with_columns(label=pl.when(several).then(both).otherwise("label")).sort("label", "thing")
    group_of = {CODE + stage: group for group, stages in STAGE_GROUPS.items() for stage in stages}
    deals = furthest(tables).with_columns(
        pl.col("stage").replace_strict(group_of, default=None, return_dtype=pl.String)
    ).join(labels, left_on="partnership", right_on="entity", how="left")  # fmt: skip
    for side, column in (("bank", "banks"), ("tech", "firms"), ("on", "capabilities")):
        of_side = named.filter(pl.col("side") == side).group_by("partnership", maintain_order=True)
        deals = deals.join(of_side.agg(pl.col("label").alias(column)), on="partnership", how="left")
    origins = corroborated(said, tables).select("partnership", "origins")
    return (
        deals.join(since(tables), on="partnership", how="left")
        .with_columns(key("partnership"), label=pl.coalesce("label", key("partnership")))
        .join(origins, on="partnership", how="left")
        .join(behind_partnerships(store, tables), on="partnership", how="left")
        .with_columns(pl.col("banks", "firms", "capabilities", "sources").fill_null([]))
        .select(
            "partnership", "label", "banks", "firms", "capabilities", "stage", "since_earliest", "since_latest",
            pl.col("origins").fill_null(0), "sources",
        )
        .sort("label", "partnership")
    )  # fmt: skip


def _counts(tables: NetworkTables, said: Claims, deals: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """How much there is, and which partnerships each count is of."""
    earliest, latest = pl.col("since_earliest").is_not_null(), pl.col("since_latest").is_not_null()
    several = deals.filter(pl.col("origins") > 1)
    named = {"bank_parties": "banks", "firm_parties": "firms", "covered": "capabilities"}
    of_whole = {
        "corroborated": several, "dated": deals.filter(earliest & latest), "bounded": deals.filter(earliest ^ latest),
        "undated": deals.filter(~earliest & ~latest),
    }  # fmt: skip
    cited = {passage for passages in deals["sources"] for passage in passages}
    # Where a key has the sign itself, as an IRI may, each of them may be the one before the place.
    telling = {passage[:at] for passage in cited for at, sign in enumerate(passage) if sign == "#"}
    telling &= set(standings(said, tables)["source"])
    parties = tables["parties"]
    count = {
        "partnerships": deals.height, "corroborated": several.height,
        "bank_parties": parties.filter(pl.col("side") == "bank")["organization"].n_unique(),
        "firm_parties": parties.filter(pl.col("side") == "tech")["organization"].n_unique(),
        "covered": tables["covers"]["capability"].n_unique(), "sources": len(telling),
        **{name: rows.height for name, rows in of_whole.items() if name != "corroborated"},
    }  # fmt: skip
    rows = {name: row for row, name in enumerate(count)}
    evidence = [_evidence(deals.clear(), "counts")]
    for name, frame in of_whole.items():
        evidence.append(_evidence(frame.with_columns(row=pl.lit(rows[name]), sources=pl.lit([])), "counts"))
    for name, column in named.items():
        each = deals.select("partnership", name=column).explode("name").drop_nulls("name")
        evidence.append(_evidence(each.with_columns(row=pl.lit(rows[name]), sources=pl.lit([])), "counts"))
    return pl.DataFrame({"name": list(count), "count": list(count.values())}), pl.concat(evidence)


def _ranked(tables: NetworkTables, ranking: pl.DataFrame, deals: pl.DataFrame, covering: pl.DataFrame) -> pl.DataFrame:
    """The partnerships that cover each ranked capability, by how far they came."""
    covers = tables.coverage().select(key("partnership"), key("capability"))
    joined = ranking.with_row_index("row").select("row", "capability").join(covers, on="capability")
    joined = joined.join(deals.select("partnership", part="stage"), on="partnership", how="left")
    return _evidence(joined.join(covering, on=["capability", "partnership"], how="left"), "ranking")


def _members(rows: pl.DataFrame, section: str, about: pl.DataFrame) -> pl.DataFrame:
    """The partnerships of each row that lists them."""
    each = rows.with_row_index("row").select("row", partnership="partnerships").explode("partnership")
    return _evidence(each.drop_nulls("partnership").join(about, on="partnership", how="left"), section)


def _dated(store: Engine, tables: NetworkTables, rows: pl.DataFrame) -> pl.DataFrame:
    """The partnerships that each year counts as begun or ended, by the count, with what dates them."""
    by = dating(store, tables).group_by("partnership", maintain_order=True).agg("sources")
    when = pl.when("over").then(pl.lit("ended")).otherwise(pl.lit("began"))
    part = {"sure": when, "perhaps": pl.concat_str(pl.lit("perhaps_"), when)}
    part |= {how: pl.concat_str(when, pl.lit(f"_{how}")) for how in ("by", "from")}
    named = [pl.when(pl.col("how") == how).then(name) for how, name in part.items()]
    each = steps(tables).with_columns(part=pl.coalesce(named))
    joined = rows.with_row_index("row").select("row", "period").join(each, on="period")
    return _evidence(joined.join(by, on="partnership", how="left"), "trend")


def _missing(
    store: Engine, tables: NetworkTables, rows: pl.DataFrame, about: pl.DataFrame, covering: pl.DataFrame
) -> pl.DataFrame:
    """What explains each gap: who has it, who brings it, who works with the bank, and what else is offered."""
    cells = rows.with_row_index("row")
    found = []
    for part in ("has_by", "brought_by"):
        each = cells.select("row", "capability", partnership=part).explode("partnership").drop_nulls("partnership")
        found.append(each.join(covering, on=["capability", "partnership"], how="left").with_columns(part=pl.lit(part)))
    works = cells.select("row", "capability", partnership="works_by").explode("partnership").drop_nulls("partnership")
    found.append(works.join(about, on="partnership", how="left").with_columns(part=pl.lit("works_by")))
    banks = tables["parties"].filter(pl.col("side") == "bank").select("partnership").unique()
    having = tables.coverage().join(banks, on="partnership").select(key("partnership"), key("capability"))
    others = cells.select("row", "capability").join(having, on="capability").join(found[0], on=_ON, how="anti")
    joined = others.join(covering, on=["capability", "partnership"], how="left")
    found.append(joined.with_columns(part=pl.lit("banks")))
    explained = behind_gaps(store, tables, rows)
    known = pl.concat(part.select("row", "sources") for part in found).explode("sources").unique()
    offered = cells.select("row", "bank", "capability").join(explained, on=["bank", "capability"]).explode("sources")
    offered = offered.join(known, on=["row", "sources"], how="anti").group_by("row", maintain_order=True).agg("sources")
    found.append(offered.with_columns(part=pl.lit("offers"), partnership=pl.lit(None, pl.String)))
    return pl.concat(_evidence(part, "gaps") for part in found)


def _evidence(rows: pl.DataFrame, section: str) -> pl.DataFrame:
    """Rows in the columns of the evidence; what they lack is null, and no passage is an empty list."""
    lacking = [pl.lit(None, pl.String).alias(name) for name in ("part", "name") if name not in rows.columns]
    if "row" not in rows.columns:
        lacking.append(pl.lit(0).alias("row"))
    whole = rows.with_columns(*lacking, section=pl.lit(section))
    return whole.select(pl.col(name).cast(kind) for name, kind in _EVIDENCE.items()).with_columns(
        pl.col("sources").fill_null([])
    )  # fmt: skip
