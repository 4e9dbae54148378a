"""What changed between two landscapes, in an analyst's words."""

from __future__ import annotations

from typing import Literal, Protocol, get_args

import polars as pl

from kg.network.labels import key, keys_and_labels, labelled
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.store.embedded import EmbeddedStore
from kg.store.files import canonical
from kg.terms import DATED, DCTERMS, ENDED, KG, ONTOLOGY, RULE_GRAPHS, SKOS, SOURCE_GRAPHS, shorten

Change = Literal[
    "partnership-added", "partnership-removed", "partnership-ended", "party-added", "party-removed",
    "capability-covered", "capability-no-longer-covered", "product-delivered", "product-no-longer-delivered",
    "stage-changed", "date-changed", "range-changed", "organization-added", "organization-removed", "capability-added",
    "capability-removed", "product-added", "product-removed", "group-added", "group-removed", "judgement-added",
    "judgement-removed", "renaming-added", "renaming-removed", "name-changed", "source-added", "source-removed",
    "source-cited", "source-no-longer-cited", "detail-changed",
]  # fmt: skip
CHANGES: tuple[Change, ...] = get_args(Change)
"""The kinds of changes, in the order in which they are told."""

_THINGS = {
    "partnership": KG.Partnership, "organization": KG.Organization, "capability": KG.Capability,
    "product": KG.Product, "group": KG.Group, "judgement": KG.Judgement,
    "renaming": KG.Renaming, "source": KG.Source,
}  # fmt: skip
_LINKS = (
    ("parties", "organization", "party-added", "party-removed"),
    ("covers", "capability", "capability-covered", "capability-no-longer-covered"),
    ("delivers", "product", "product-delivered", "product-no-longer-delivered"),
)
_TOLD = (
    KG.bankParty, KG.techParty, KG.party, KG.partnersWith, KG.covers, KG.delivers, KG.stage, SKOS.prefLabel,
    DCTERMS.title, *(getattr(KG, base + bound) for base in DATED for bound in ("", "Earliest", "Latest")),
)  # fmt: skip
"""What kinds of changes of their own tell."""
_CLASSES, _LEFT_OUT = (", ".join(f"<{iri}>" for iri in iris) for iris in (_THINGS.values(), _TOLD))
_DETAILS = f"""
SELECT ?thing ?object ?language ?value WHERE {{
  {{ SELECT DISTINCT ?thing {{ ?thing a/rdfs:subClassOf* ?class FILTER(?class IN ({_CLASSES})) }} }}
  ?thing ?object ?term FILTER(!isBLANK(?term) && ?object NOT IN ({_LEFT_OUT}))
  BIND(LANG(?term) AS ?language) BIND(STR(?term) AS ?value)
}}
"""
_CITED = """
SELECT DISTINCT ?thing ?object {
  ?thing a kg:Partnership .
  GRAPH ?passage { ?thing ?property ?value }
  ?passage dcterms:isPartOf ?object
}
"""
_SCHEMA = {"change": pl.String, "thing": pl.String, "object": pl.String, "before": pl.String, "after": pl.String}


class Compared(Protocol):
    """A landscape, as far as it is compared."""

    @property
    def store(self) -> EmbeddedStore:
        """What answers SPARQL."""

    @property
    def tables(self) -> NetworkTables:
        """The network tables."""


def differences(older: Compared, newer: Compared, *, language: str = "en") -> pl.DataFrame:
    """What changed from one landscape to another.

    What is said of a partnership that came or went as a whole is not told one by one.

    Returns
    -------
    polars.DataFrame
        A row for each change: ``change`` (one of :data:`CHANGES`), ``thing`` (key) and ``label``, ``object`` (key of
        the party, capability or product) and ``object_label``, ``before`` and ``after`` (stages as codes, names, or
        ``earliest/latest`` days of a milestone, whose stage is then the object: for ``date-changed`` those that all
        sources leave open, for ``range-changed``, told where these stayed, those that any does; of a detail, whose
        property is the object, keys or texts, parted by ``|``); null where there is none. Sorted by kind, label,
        object.
    """
    old, new = older.tables, newer.tables
    parts = [pl.DataFrame(schema=_SCHEMA)]
    for name, cls in _THINGS.items():
        before, after = (tables.of_class(cls).unique() for tables in (old, new))
        for change, things in (("added", set(after) - set(before)), ("removed", set(before) - set(after))):
            parts.append(_rows(pl.DataFrame({"thing": sorted(things)}, {"thing": pl.String}), f"{name}-{change}"))
    both = set(old.of_class(KG.Partnership)) & set(new.of_class(KG.Partnership))
    for table, column, added, removed in _LINKS:
        for change, one, other in ((added, new, old), (removed, old, new)):
            mine, theirs = (_links(t[table], column).filter(pl.col("thing").is_in(list(both))) for t in (one, other))
            gone = mine.join(theirs, on=mine.columns, how="anti")
            parts.append(_rows(gone.rename({"side": "after" if change == added else "before"}, strict=False), change))
    earlier, later = (_cited(landscape.store, both) for landscape in (older, newer))
    parts += [
        _rows(one.join(other, on=["thing", "object"], how="anti"), change)
        for change, one, other in (("source-cited", later, earlier), ("source-no-longer-cited", earlier, later))
    ]
    known = set(old["types"]["entity"]) & set(new["types"]["entity"])
    stages = _changed(_stages(old), _stages(new), known)
    ended, was = (
        pl.col(column).str.split("|").list.contains(shorten(ENDED)).fill_null(value=False)
        for column in ("after", "before")
    )
    fresh = pl.col("thing").is_in(list(both)) & ended & ~was
    # That a partnership ended is told once; when it did stands in the words of the date.
    days = _changed(_days(old, "agreed_"), _days(new, "agreed_"), known)
    ranges = _changed(_days(old), _days(new), known).join(days, on=["thing", "object"], how="anti", nulls_equal=True)
    parts += [
        _rows(stages.filter(fresh), "partnership-ended"),
        _rows(stages.filter(~fresh), "stage-changed"),
        _rows(days, "date-changed"),
        _rows(ranges, "range-changed"),
        _rows(_changed(_names(old), _names(new), known), "name-changed"),
        _rows(_changed(_details(older.store), _details(newer.store), known), "detail-changed"),
    ]
    changes = pl.concat(parts, how="diagonal")  # what a kind of change lacks is null
    # A blank node has no name by which it could be known again; its statements are told.
    nameless = pl.any_horizontal(pl.col("thing", "object", "before", "after").str.contains(r"(^|\|)_:"))
    changes = changes.filter(~nameless.fill_null(value=False))
    labels = pl.concat([new.labels(language), old.labels(language)]).unique("entity", keep="first", maintain_order=True)
    order = {change: number for number, change in enumerate(CHANGES)}
    named = labelled(changes, labels, "thing", "object").select(
        "change", *keys_and_labels("thing", "object"), "before", "after"
    )
    return named.rename({"thing_label": "label"}).sort(
        pl.col("change").replace_strict(order, return_dtype=pl.Int64), "label", "thing", "object_label", "object",
        nulls_last=True,
    )  # fmt: skip


def statements(old: EmbeddedStore, new: EmbeddedStore) -> tuple[list[str], list[str]]:
    """The curated statements that only the new, and only the old landscape holds: lines of N-Quads, in order."""
    before, after = _curated(old), _curated(new)
    if any("_:" in line for line in before ^ after):
        # Blank nodes may be named otherwise and be the same.
        before, after = canonical(before), canonical(after)
    return sorted(after - before), sorted(before - after)


def _curated(store: EmbeddedStore) -> set[str]:
    ours = (f"<{ONTOLOGY}>", f"<{RULE_GRAPHS}")
    claimed = (graph for graph in store.graphs() if not graph.startswith(ours))
    return {line for graph in claimed for line in store.quads(graph)}


def _links(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """What partnerships have: thing, object, and of parties the side that they are on, as a key."""
    sides = {"bank": "kg:bankParty", "tech": "kg:techParty"}
    linked = rows.select(
        thing="partnership",
        object=column,
        **({"side": pl.col("side").replace(sides)} if "side" in rows.columns else {}),
    )
    return linked.unique(maintain_order=True)


def _rows(frame: pl.DataFrame, change: str) -> pl.DataFrame:
    """The columns of :data:`_SCHEMA` that a frame has, with the kind of change."""
    return frame.select(pl.lit(change).alias("change"), *(name for name in frame.columns if name in _SCHEMA))


def _changed(before: pl.DataFrame, after: pl.DataFrame, known: set[str]) -> pl.DataFrame:
    """Where the column ``value`` differs, of what is known to both: as ``before`` and ``after``."""
    on = [column for column in before.columns if column != "value"]
    joined = before.rename({"value": "before"}).join(
        after.rename({"value": "after"}), on=on, how="full", coalesce=True, nulls_equal=True
    )
    return joined.filter(pl.col("thing").is_in(list(known)), ~pl.col("before").eq_missing(pl.col("after")))


def _stages(tables: NetworkTables) -> pl.DataFrame:
    """The stages of each thing, and that it ended where a milestone says so: thing, value."""
    held = tables["codes"].filter(pl.col("list") == "stage")
    milestones = tables["milestones"].filter(pl.col("stage") == ENDED)
    every = pl.concat([held.select(thing="entity", code="code"), milestones.select(thing="of", code="stage")])
    grouped = every.unique().sort("thing", "code").group_by("thing", maintain_order=True)
    return grouped.agg(key("code").str.join("|").alias("value"))


def _cited(store: EmbeddedStore, partnerships: set[str]) -> pl.DataFrame:
    """The sources that say anything of each of the partnerships: thing, object."""
    rows = select(store, _CITED).with_columns(pl.all().cast(pl.String))
    return rows.filter(pl.col("thing").is_in(list(partnerships)), ~pl.col("object").str.ends_with("editorial"))


def _days(tables: NetworkTables, by: Literal["", "agreed_"] = "") -> pl.DataFrame:
    """The first and last day of each thing's milestones, by stage: thing, object (the stage), value.

    Those that any source leaves open, or with ``agreed_`` those that all do, which is what is shown as the date.
    """
    earliest, latest = (pl.col(by + column).cast(pl.String).fill_null("") for column in ("earliest", "latest"))
    span = pl.concat_str(earliest, latest, separator="/")
    spans = tables["milestones"].select(thing="of", object="stage", value=span).unique().sort(pl.all())
    return spans.group_by("thing", "object", maintain_order=True).agg(pl.col("value").str.join("|"))


def _details(store: EmbeddedStore) -> pl.DataFrame:
    """Whatever else is said of each thing: thing, object (the property), language, value."""
    said = select(store, _DETAILS).with_columns(pl.all().cast(pl.String)).with_columns(key("value"))
    grouped = said.unique().sort(pl.all()).group_by("thing", "object", "language", maintain_order=True)
    return grouped.agg(pl.col("value").str.join("|"))


def _names(tables: NetworkTables) -> pl.DataFrame:
    """The preferred names of each thing, but of passages, which tell where things stand: thing, language, value."""
    named = tables["labels"].filter(pl.col("kind") == "preferred", ~pl.col("entity").str.starts_with(SOURCE_GRAPHS))
    preferred = named.sort("entity", "language", "label")
    grouped = preferred.group_by(thing="entity", language="language", maintain_order=True)
    return grouped.agg(pl.col("label").str.join("|").alias("value"))
