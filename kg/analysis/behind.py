"""The passages behind the rows of any analysis: those by which the things of a row have to do with each other."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kg.analysis.citations import behind_partnerships, citations, dating
from kg.analysis.rollups import owned
from kg.network.labels import key
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.store.engine import Engine

_SAID = """
SELECT DISTINCT ?iri ?object ?source ?locator WHERE {
  VALUES ?iri { %s }
  GRAPH ?passage { ?iri ?property ?object }
  ?passage dcterms:isPartOf ?source ; kg:locator ?locator .
}
"""


def concerned(tables: NetworkTables) -> pl.DataFrame:
    """What each partnership has to do with: columns partnership, entity (IRIs).

    Itself, its parties, its products, and what it covers, itself or by a narrower capability.
    """
    parties, delivers = tables["parties"], tables["delivers"]
    return pl.concat(
        [
            parties.select("partnership", entity="organization"),
            parties.select("partnership", entity="partnership"),
            tables.coverage().select("partnership", entity="capability"),
            delivers.select("partnership", entity="product"),
        ]
    ).unique()


def with_sources(
    store: Engine,
    tables: NetworkTables,
    rows: pl.DataFrame,
    *groups: Sequence[str],
    each: str | None = None,
    exact: bool = False,
    stated: bool = False,
    counted: bool = False,
) -> pl.DataFrame:
    """The rows with the passages (``source#locator``) behind each, in a column ``sources``.

    A group names columns of keys; what they hold in a row has to do with each other by the partnerships that all of it
    belongs to. Behind it are the passages by which these cover the capabilities among it, or where there are none, all
    that tell of these partnerships; and where organizations count as their owners, those that say so.

    Parameters
    ----------
    each
        A column of lists, of whose members each stands for itself with the rest of its group.
    exact, stated
        As in :func:`kg.analysis.sharing.sharing`.
    counted
        Whether the rows count the parties of their partnerships, so that whose these are is behind them too.
    """
    lines = rows.with_row_index("row")
    lines = (lines.explode(each) if each else lines).with_row_index("line")
    parts = pl.concat(
        [pl.DataFrame(schema={"row": pl.UInt32, "part": pl.UInt32, "thing": pl.String})]
        + [
            lines.select("row", part=pl.col("line") * len(groups) + n, thing=pl.concat_list(*group)).explode("thing")
            for n, group in enumerate(groups)
        ],
        how="vertical_relaxed",
    )  # fmt: skip
    return _listed(rows, _cited(store, tables, parts, exact=exact, stated=stated, counted=counted))


def dated(store: Engine, tables: NetworkTables, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the passages that date the steps of their ``partnerships`` (lists of keys), as ``sources``."""
    each = rows.with_row_index("row").select("row", partnership="partnerships").explode("partnership")
    return _listed(rows, each.join(dating(store, tables), on="partnership").select("row", cited="sources"))


def answered(store: Engine, tables: NetworkTables, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a question, in texts, with the passages behind each in a column ``sources``.

    Those by which the things (IRIs) of a row have to do with each other; where no partnership has to do with all of
    them, those that say one of another, or where there is only one, that say anything of it.
    """
    entities = concerned(tables)["entity"].unique()
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    named = rows.with_row_index("row").unpivot(on=texts, index="row", value_name="iri").select("row", "iri")
    things = named.filter(pl.col("iri").is_in(entities.implode())).unique(maintain_order=True)
    cited = _cited(store, tables, things.select("row", part="row", thing=key("iri")))
    alone = named.filter(pl.col("iri").is_in(tables["types"]["entity"].implode())).join(cited, on="row", how="anti")
    return _listed(rows, pl.concat([cited, _said(store, alone.unique())]))


def _cited(
    store: Engine,
    tables: NetworkTables,
    parts: pl.DataFrame,
    *,
    exact: bool = False,
    stated: bool = False,
    counted: bool = False,
) -> pl.DataFrame:
    """The passages (row, cited) behind each part of a row: row, part, thing (key), a line for each thing of a part."""
    parts = parts.drop_nulls().unique()
    belongs = concerned(tables).select(partnership=key("partnership"), thing=key("entity"))
    size = parts.group_by("part").agg(size=pl.len())
    shared = (
        parts.join(belongs, on="thing").group_by("row", "part", "partnership").agg(has=pl.len())
        .join(size, on="part").filter(pl.col("has") == pl.col("size")).select("row", "part", "partnership")
    )  # fmt: skip
    covering = citations(store, tables).select("capability", "partnership", "covered", "product", "source", "locator")
    if exact:
        covering = covering.filter(pl.col("covered") == pl.col("capability"))
    if stated:
        covering = covering.filter(pl.col("product").is_null())
    about = parts.rename({"thing": "capability"}).join(covering.select("capability").unique(), on="capability")
    covered = shared.join(about, on=["row", "part"]).join(covering, on=["capability", "partnership"]).select(
        "row", cited=pl.concat_str("source", pl.lit("#"), "locator")
    )  # fmt: skip
    whose = shared.join(owned(store, tables), on="partnership")
    if not counted:
        whose = whose.join(parts, left_on=["part", "organization"], right_on=["part", "thing"], how="semi")
    owning = whose.join(about, on="part", how="semi").select(
        "row", cited=pl.concat_str("source", pl.lit("#"), "locator")
    )
    told = behind_partnerships(store, tables).explode("sources")
    whole = shared.join(about, on="part", how="anti").join(told, on="partnership").select("row", cited="sources")
    return pl.concat([covered, owning, whole])


def _said(store: Engine, things: pl.DataFrame) -> pl.DataFrame:
    """The passages (row, cited) that say one thing of a row (row, iri) of another, or anything of an only one."""
    iris = sorted(iri for iri in things["iri"].unique() if not iri.startswith("_:"))
    said = pl.DataFrame(schema=dict.fromkeys(("iri", "object", "source", "locator"), pl.String))
    if iris:
        said = select(store, _SAID % " ".join(f"<{iri}>" for iri in iris)).cast(pl.String)
    of_row = things.join(said, on="iri")
    among = of_row.join(things, left_on=["row", "object"], right_on=["row", "iri"], how="semi")
    only = of_row.join(things.group_by("row").len().filter(pl.col("len") == 1), on="row", how="semi")
    every = pl.concat([among, only])
    return every.select("row", cited=pl.concat_str(key("source"), pl.lit("#"), "locator"))


def _listed(rows: pl.DataFrame, cited: pl.DataFrame) -> pl.DataFrame:
    """The rows with their passages (row, cited) listed in the order of sources and places."""
    source = pl.col("cited").str.extract("^([^#]*)#", 1)
    place = pl.col("cited").str.extract("^[^#]*#[^0-9]*([0-9]+)", 1).cast(pl.Int64, strict=False)
    listed = (
        cited.unique().sort("row", source, place, "cited").group_by("row", maintain_order=True).agg(sources="cited")
    )
    numbered = rows.with_row_index("row").join(listed, on="row", how="left", maintain_order="left").drop("row")
    return numbered.with_columns(pl.col("sources").fill_null([]))
