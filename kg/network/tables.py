"""The network tables: rows of SELECT queries over a store, kept as Parquet beside it, so that no analysis waits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import polars as pl

from kg.errors import StoreUnreadable, known
from kg.names import Names
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import ID, KG, LANGUAGES, PREFIXES

SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "labels": {"entity": pl.String, "kind": pl.String, "language": pl.String, "label": pl.String},
    "types": {"entity": pl.String, "class": pl.String},
    "parties": {"partnership": pl.String, "organization": pl.String, "side": pl.String},
    "covers": {"partnership": pl.String, "capability": pl.String, "stated": pl.Boolean},
    "delivers": {"partnership": pl.String, "product": pl.String},
    "realizes": {"product": pl.String, "capability": pl.String},
    "broader": {"capability": pl.String, "broader": pl.String},
    "offers": {"organization": pl.String, "capability": pl.String},
    "owners": {"organization": pl.String, "owner": pl.String},
    "groups": {"group": pl.String, "organization": pl.String},
    "codes": {"entity": pl.String, "list": pl.String, "code": pl.String},
    "milestones": {
        "milestone": pl.String, "of": pl.String, "stage": pl.String, "earliest": pl.Date, "latest": pl.Date,
        "agreed_earliest": pl.Date, "agreed_latest": pl.Date,
    },
}  # fmt: skip
"""The columns of each table; what its rows mean stands in the query with its name in ``ontology/tables/``."""


def make(store: Engine, queries: Path, folder: Path, revision: str) -> None:
    """Run each query in ``queries`` and write its rows to ``folder``, marked with the revision that they are from."""
    folder.mkdir()
    for name, schema in SCHEMAS.items():
        rows = select(store, (queries / f"{name}.rq").read_text(encoding="utf-8"))
        rows.select(_cast(rows, column, kind) for column, kind in schema.items()).write_parquet(
            folder / f"{name}.parquet", metadata={"revision": revision}
        )


class NetworkTables:
    """The tables of one revision, each read when it is first asked for. Entities are IRIs."""

    whole = True
    """Whether they are those of the whole landscape, and not of a time or of groups."""

    of_a_time = False
    """Whether ``codes`` has the stages known at a time, beside which later steps count for nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The rows of one table, with the columns of :data:`SCHEMAS`."""
        if name not in self._read:
            path = self.folder / f"{name}.parquet"
            try:
                self._read[name] = pl.read_parquet(path, columns=list(SCHEMAS[name]))
            except (OSError, pl.exceptions.PolarsError) as fault:
                raise StoreUnreadable(f"The store is damaged at {path}. Build it again.") from fault
        return self._read[name]

    @property
    def revision(self) -> str:
        """The revision of the store that the tables were made from."""
        return pl.read_parquet_metadata(self.folder / "labels.parquet")["revision"]

    @cached_property
    def names(self) -> Names:
        """Who is called what."""
        classes = self["types"].select(iri="entity", **{"class": "class"})
        preferred_first = self["labels"].sort(pl.col("kind") != "preferred", maintain_order=True)
        return Names(classes, preferred_first.select(iri="entity", text="label"))

    def labels(self, language: str) -> pl.DataFrame:
        """One name for each entity: columns entity, label, in the language, else in another, English first."""
        known("language", language, LANGUAGES)
        order = {language: 0, "en": 1}
        rank = _primary().replace_strict(order, default=2, return_dtype=pl.Int8)
        preferred = self["labels"].filter(pl.col("kind") == "preferred")
        return preferred.sort(rank, "language", "label").unique("entity", keep="first", maintain_order=True).select(
            "entity", "label"
        )  # fmt: skip

    def short_labels(self, language: str) -> pl.DataFrame:
        """The shortest name or alias of each entity in a language, where space is scarce: columns entity, label."""
        said = self["labels"].filter(_primary() == language, pl.col("kind") != "hidden")
        shortest = said.sort(pl.col("label").str.len_chars(), "label").unique("entity", keep="first")
        rest = self.labels(language).join(shortest, on="entity", how="anti")
        return pl.concat([shortest.select("entity", "label"), rest])

    def meant(self, organization: str) -> str:
        """The organization that stands for one: itself, but see :mod:`kg.network.owners`."""
        return organization

    def of_class(self, iri: str) -> pl.Series:
        """The entities of a class."""
        return self["types"].filter(pl.col("class") == iri)["entity"]

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """Each bank party with each technology party of each partnership: columns bank, firm, partnership."""
        parties = self["parties"]
        banks = parties.filter(pl.col("side") == "bank").select("partnership", bank="organization")
        firms = parties.filter(pl.col("side") == "tech").select("partnership", firm="organization")
        both = banks.join(firms, on="partnership").filter(pl.col("bank") != pl.col("firm"))
        return both.select("bank", "firm", "partnership").unique().sort(pl.all())

    def with_products(self, partnerships: set[str]) -> pl.Series:
        """The partnerships, and the products that only they delivered."""
        delivers = self["delivers"]
        kept = delivers.filter(~pl.col("partnership").is_in(list(partnerships)))["product"]
        only = set(delivers["product"]) - set(kept)
        return pl.Series("gone", sorted(partnerships | only), dtype=pl.String)

    @cached_property
    def narrower(self) -> pl.DataFrame:
        """Every capability with itself and all that are narrower: columns capability, narrower.

        A circle in the hierarchy ends, its members being narrower than each other.
        """
        below: dict[str, list[str]] = {}
        for capability, broader in self["broader"].iter_rows():
            below.setdefault(broader, []).append(capability)
        every = {*self.of_class(KG.Capability), *self["broader"]["capability"], *below}
        rows = [(capability, narrower) for capability in sorted(every) for narrower in _reached(capability, below)]
        return pl.DataFrame(rows, schema={"capability": pl.String, "narrower": pl.String}, orient="row")

    def coverage(self, *, exact: bool = False, stated: bool = False) -> pl.DataFrame:
        """What each partnership covers, once each, itself or by a narrower one: columns partnership, capability.

        With ``exact``, itself alone; with ``stated``, only what a source says, not what follows from its products.
        """
        covers = self["covers"].filter(pl.col("stated")) if stated else self["covers"]
        covered = covers.select("partnership", "capability")
        if exact:
            return covered
        return (
            covered.rename({"capability": "narrower"}).join(self.narrower, on="narrower")
            .select("partnership", "capability").unique()
        )  # fmt: skip

    @cached_property
    def strictly_narrower(self) -> pl.DataFrame:
        """Every capability with all others that are narrower: columns capability, narrower.

        Of a circle in the hierarchy, the first by its IRI counts as the narrowest.
        """
        strict = self.narrower.filter(pl.col("capability") != pl.col("narrower"))
        reverse = strict.select(capability="narrower", narrower="capability")
        circle = strict.join(reverse, on=["capability", "narrower"], how="semi")
        later = circle.filter(pl.col("narrower") > pl.col("capability"))
        return strict.join(later, on=["capability", "narrower"], how="anti")


class Narrowed(NetworkTables):
    """The network tables without some partnerships, and without what only they delivered."""

    whole = False

    def __init__(self, whole: NetworkTables, gone: set[str]) -> None:
        super().__init__(whole.folder)
        self._whole = whole
        self._gone = whole.with_products(gone)
        self.of_a_time = whole.of_a_time

    @property
    def gone(self) -> frozenset[str]:
        """The partnerships and products (IRIs) that are not there."""
        return frozenset(self._gone)

    @cached_property
    def names(self) -> Names:
        """Who is called what, whether it is there or not."""
        return self._whole.names

    def meant(self, organization: str) -> str:
        """The organization that stands for one."""
        return self._whole.meant(organization)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The rows of a table that speak of nothing that is gone."""
        if name == "labels":
            return self._whole[name]  # a name harms nobody
        if name not in self._read:
            self._read[name] = without(self._rows(name), self._gone)
        return self._read[name]

    def _rows(self, name: str) -> pl.DataFrame:
        """The rows of a table before what is gone goes."""
        return self._whole[name]


def _reached(start: str, steps: Mapping[str, list[str]]) -> set[str]:
    """Where one can go from a thing by steps, itself among them."""
    reached, waiting = {start}, [start]
    while waiting:
        fresh = [thing for thing in steps.get(waiting.pop(), ()) if thing not in reached]
        reached.update(fresh)
        waiting += fresh
    return reached


def without(rows: pl.DataFrame, gone: pl.Series) -> pl.DataFrame:
    """The rows that speak of nothing that is gone."""
    texts = [column for column, kind in rows.schema.items() if kind == pl.String]
    return rows.filter(~pl.any_horizontal(pl.col(texts).is_in(gone.implode())))


def _cast(rows: pl.DataFrame, column: str, kind: type[pl.DataType]) -> pl.Expr:
    """A column as what it should hold; where RDF states what is no day, that a check tells, there is none."""
    if kind == pl.Date and rows.schema[column] == pl.String:
        day = pl.col(column).str.extract(r"^(\d{4}-\d{2}-\d{2})$").str.to_date("%Y-%m-%d", strict=False)
        return pl.when(day.dt.year() > 0).then(day).alias(column)
    return pl.col(column).cast(kind)


def _primary() -> pl.Expr:
    """The language of a label without its script or region: zh-hans is Chinese."""
    return pl.col("language").str.split("-").list.first()


def labelled(rows: pl.DataFrame, labels: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows with the name of the IRI in each of the columns beside it, in one that ends in ``_label``.

    ``labels`` is as :meth:`NetworkTables.labels` gives it; what has no name has null.
    """
    for column in columns:
        named = labels.select(pl.col("entity").alias(column), pl.col("label").alias(f"{column}_label"))
        rows = rows.join(named, on=column, how="left")
    return rows


def keys_and_labels(*columns: str) -> list[pl.Expr]:
    """Each column that :func:`labelled` named as keys, and its name, which is the key where it has none."""
    return [
        expression
        for column in columns
        for expression in (key(column), pl.coalesce(f"{column}_label", key(column)).alias(f"{column}_label"))
    ]


def number(column: str) -> pl.Expr:
    """The first number in a text, by which L5 comes before L15."""
    return pl.col(column).str.extract(r"([0-9]+)", 1).cast(pl.Int64, strict=False)


def key(column: str) -> pl.Expr:
    """A column of IRIs as people type them (:func:`kg.terms.shorten`): an entity by its key, others by their prefix."""
    text = pl.col(column).str.strip_prefix(ID)
    for prefix, base in PREFIXES.items():
        text = text.str.replace(f"^{re.escape(base)}(.)", f"{prefix}:${{1}}")
    return text
