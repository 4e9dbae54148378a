"""The network tables: what most is asked of, kept as Parquet beside the store, so that no analysis waits."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, MutableMapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.network.files import FEW, PART, NumberingOfFile, among, read
from kg.network.labels import key, preferred, within
from kg.network.numbers import NUMBER, Numbering, entities, named, numbered
from kg.steps import reached_from
from kg.terms import CODE, ID, KG, SOURCE_GRAPHS, passage_iri

if TYPE_CHECKING:
    from kg.names import Names

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
    "vouched": {"partnership": pl.String, "capability": pl.String, "source": pl.String},
}  # fmt: skip
"""The columns of each table, entities as IRIs; the query with its name in ``ontology/tables/`` says what rows mean."""


ENTITIES = "entities"
TEXTS = frozenset({"kind", "language", "label", "side", "list"})
"""The columns whose texts are no entities."""


ORDERS = {
    "milestones": ["of", "earliest", "latest", "milestone"], "parties": ["partnership", "side", "organization"],
}  # fmt: skip
"""By which columns rows are sorted, where it is not by all in their order."""


def entity_columns(name: str) -> list[str]:
    """The columns of a table that hold entities."""
    return [column for column, kind in SCHEMAS[name].items() if kind == pl.String and column not in TEXTS]


def framed(name: str, rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    """Rows as a frame with the columns of a table."""
    return pl.DataFrame(list(rows), schema=SCHEMAS[name], orient="row")


def write(tables: NetworkTables, folder: Path, revision: str) -> None:
    """Keep tables in a folder: the entities in their order, and the rows with their numbers (Parquet)."""
    folder.mkdir()
    about = {"revision": revision}
    tables.entities.to_frame().write_parquet(folder / f"{ENTITIES}.parquet", metadata=about, row_group_size=PART)
    for name, schema in SCHEMAS.items():
        # Numbers are sorted here in no time; the engine would take most of a build to sort IRIs.
        rows = tables.numbers(name).sort(ORDERS.get(name, list(schema)))
        # Names are looked up of a few things, wherever they are.
        parts = PART if name == "labels" else None
        rows.write_parquet(folder / f"{name}.parquet", metadata=about, row_group_size=parts)


class NetworkTables:
    """The tables of one revision, each read when it is first asked for."""

    whole = True
    """Whether they are those of the whole landscape, and not of a time or of groups."""

    of_a_time = False
    """Whether ``codes`` has the stages known at a time, beside which later steps count for nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._named: dict[str, pl.DataFrame] = {}
        self._numbers: MutableMapping[str, pl.DataFrame] = {}
        self.kept: dict[Hashable, Any] = {}
        """What was made of the tables and is asked for again."""

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The rows of one table, with the columns of :data:`SCHEMAS`; entities are IRIs."""
        if name not in self._named:
            self._named[name] = named(self.numbers(name), self.entities, entity_columns(name))
        return self._named[name]

    def numbers(self, name: str) -> pl.DataFrame:
        """The rows of one table; entities are their places in :attr:`numbering`, whose order is that of their IRIs."""
        if name not in self._numbers:
            self._numbers[name] = self._rows(name)
        return self._numbers[name]

    @cached_property
    def numbering(self) -> Numbering:
        """Which entity has which number."""
        return NumberingOfFile(self._file(ENTITIES))

    @property
    def entities(self) -> pl.Series:
        """The IRIs of all entities, sorted."""
        return self.numbering.all

    def _rows(self, name: str) -> pl.DataFrame:
        """The rows of one table when it is first asked for, as :meth:`numbers` gives them."""
        return read(self._file(name), lambda rows: rows.select(list(SCHEMAS[name])))

    def _file(self, name: str) -> Path:
        assert self.folder is not None  # noqa: S101  those without one have their rows
        return self.folder / f"{name}.parquet"

    def places(self, iris: Iterable[str]) -> pl.Series:
        """The numbers of some IRIs in their order, without those that no table names."""
        return self.numbering.places(iris)

    def with_rows(self, **rows: pl.DataFrame) -> TablesInMemory:
        """The same tables in memory, some with other rows."""
        return TablesInMemory({name: rows.get(name, self[name]) for name in SCHEMAS})

    @property
    def revision(self) -> str:
        """The revision of the store that the tables were made from."""
        return pl.read_parquet_metadata(self._file(ENTITIES))["revision"]

    @cached_property
    def names(self) -> Names:
        """Who is called what; what a passage is called tells a place, and nobody means the passage by it."""
        from kg.names import Names  # noqa: PLC0415  what looks up no name does without

        classes = self["types"].select(iri="entity", **{"class": "class"})
        labels = self["labels"].filter(~pl.col("entity").str.starts_with(SOURCE_GRAPHS))
        preferred_first = labels.sort(pl.col("kind") != "preferred", maintain_order=True)
        return Names(classes, preferred_first.select(iri="entity", text="label"))

    def one(self, text: str, range_: str | None = None, what: str = "name") -> str:
        """The IRI of the one thing that a name means, as :meth:`kg.names.Names.one` finds it.

        Keys and labels are looked up in the tables as they are, which takes no time; :attr:`names` spells all of them.
        """
        return self._plainly(text.strip(), range_) or self.names.one(text, range_, what)

    def reading(self, text: str, range_: str | None = None) -> str | None:
        """What a name was read as, where it took more than case and spacing (:meth:`kg.names.Names.reading`)."""
        return None if self._plainly(text.strip(), range_) else self.names.reading(text, range_)

    def _plainly(self, text: str, range_: str | None) -> str | None:
        """The one thing that has a key, else a label that can be no prefixed name; None where it is not so plain."""
        from kg.spellings import folded  # noqa: PLC0415  as above

        keyed = self._of_range(self.places(sorted((ID + text, CODE + text))), range_)
        if keyed.is_empty() and ":" not in text:
            labels = self.numbers("labels")
            named = labels.filter(folded(pl.col("label")) == folded(pl.lit(text)))["entity"]
            keyed = self._of_range(named, range_)
            keyed = keyed.filter(~self.numbering.iris(keyed).str.starts_with(SOURCE_GRAPHS))
        return str(self.numbering.iris(keyed)[0]) if len(keyed) == 1 else None

    def _of_range(self, places: pl.Series, range_: str | None) -> pl.Series:
        """Those of some numbers that have a class, any where none is named; each once."""
        classed = pl.col("entity").is_in(places.implode())
        if range_ is not None:
            classed &= pl.col("class").is_in(self.places([range_]).implode())
        return self.numbers("types").filter(classed)["entity"].unique()

    def labels(self, language: str) -> pl.DataFrame:
        """One name for each entity: columns entity, label, in the language, else in another, English first."""
        return preferred(self["labels"], language)

    def passages(self, language: str) -> dict[str, str]:
        """What passages (IRIs) are called in the language, those that have a name in it: of others a locator tells."""
        named = self["labels"].filter(pl.col("entity").str.starts_with(SOURCE_GRAPHS))
        return dict(within(named, language).iter_rows())

    def called(self, passages: Iterable[str], language: str) -> dict[str, str]:
        """The same of some passages, as they are cited (``source#locator``); of a few, no other names are read."""
        asked = {passage_iri(*passage.split("#", 1)): passage for passage in set(passages) if "#" in passage}
        named = within(self.labels_of(self.places(sorted(asked))), language)
        iris = self.numbering.iris(named["entity"])
        return {asked[iri]: name for iri, name in zip(iris, named["label"], strict=True)}

    def shown(self, places: pl.Series, language: str) -> pl.DataFrame:
        """How some entities (numbers) are shown: columns place, iri, key and label (the key where there is none)."""
        rows = pl.DataFrame({"place": places, "iri": self.numbering.iris(places)})
        rows = rows.join(
            preferred(self.labels_of(places), language),
            left_on="place", right_on="entity", how="left", maintain_order="left",
        )  # fmt: skip
        return rows.select("place", "iri", key("iri").alias("key"), label=pl.coalesce("label", key("iri")))

    def labels_of(self, places: pl.Series) -> pl.DataFrame:
        """The rows of ``labels`` of some entities (numbers); of a few, no others are read."""
        if "labels" in self._numbers or self.folder is None or len(places) > FEW:
            return self.numbers("labels").filter(pl.col("entity").is_in(places.implode()))
        return among(self._file("labels"), "entity", places.to_list())

    def meant(self, organization: str) -> str:
        """The organization that stands for one: itself, but see :mod:`kg.network.owners`."""
        return organization

    def of_class(self, iri: str) -> pl.Series:
        """The entities of a class."""
        return self.numbering.iris(self.numbers_of_class(iri))

    def numbers_of_class(self, iri: str) -> pl.Series:
        """The numbers of the entities of a class."""
        return self.numbers("types").filter(pl.col("class").is_in(self.places([iri]).implode()))["entity"]

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """Each bank party with each technology party of each partnership: columns bank, firm, partnership."""
        return named(self.pair_numbers, self.entities, ["bank", "firm", "partnership"])

    @cached_property
    def pair_numbers(self) -> pl.DataFrame:
        """As :attr:`pairs`, with numbers."""
        both = self.both_sides.filter(pl.col("bank") != pl.col("firm"))
        return both.select("bank", "firm", "partnership").unique().sort(pl.all())

    @property
    def both_sides(self) -> pl.DataFrame:
        """The same, also where both are one: columns partnership, bank, firm (numbers)."""
        parties = self.numbers("parties")
        banks = parties.filter(pl.col("side") == "bank").select("partnership", bank="organization")
        firms = parties.filter(pl.col("side") == "tech").select("partnership", firm="organization")
        return banks.join(firms, on="partnership")

    def with_products(self, partnerships: set[str]) -> pl.Series:
        """The partnerships, and the products that only they delivered."""
        delivers = self["delivers"]
        kept = delivers.filter(~pl.col("partnership").is_in(list(partnerships)))["product"]
        only = set(delivers["product"]) - set(kept)
        return pl.Series("gone", sorted(partnerships | only), dtype=pl.String)

    @cached_property
    def narrower_numbers(self) -> pl.DataFrame:
        """Every capability with itself and all that are narrower: columns capability, narrower (numbers).

        A circle in the hierarchy ends, its members being narrower than each other.
        """
        below: dict[int, list[int]] = {}
        for capability, broader in self.numbers("broader").iter_rows():
            below.setdefault(broader, []).append(capability)
        every = {*self.numbers_of_class(KG.Capability), *self.numbers("broader")["capability"], *below}
        rows = [(capability, narrower) for capability in sorted(every) for narrower in reached_from(capability, below)]
        return pl.DataFrame(rows, schema={"capability": NUMBER, "narrower": NUMBER}, orient="row")

    @cached_property
    def narrower(self) -> pl.DataFrame:
        """As :attr:`narrower_numbers`, with IRIs."""
        return self._named_capabilities(self.narrower_numbers)

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
        """As :attr:`strictly_narrower_numbers`, with IRIs."""
        return self._named_capabilities(self.strictly_narrower_numbers)

    def _named_capabilities(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(self.numbering.iris(rows[column]).alias(column) for column in rows.columns)

    @cached_property
    def strictly_narrower_numbers(self) -> pl.DataFrame:
        """Every capability with all others that are narrower: columns capability, narrower (numbers).

        Of a circle in the hierarchy, the first by its IRI counts as the narrowest.
        """
        strict = self.narrower_numbers.filter(pl.col("capability") != pl.col("narrower"))
        reverse = strict.select(capability="narrower", narrower="capability")
        circle = strict.join(reverse, on=["capability", "narrower"], how="semi")
        later = circle.filter(pl.col("narrower") > pl.col("capability"))
        return strict.join(later, on=["capability", "narrower"], how="anti")


class TablesInMemory(NetworkTables):
    """Network tables of rows that are at hand, with the columns of :data:`SCHEMAS`; those not given are empty."""

    def __init__(self, rows: Mapping[str, pl.DataFrame]) -> None:
        super().__init__(None)
        self._named = {name: rows.get(name, pl.DataFrame(schema=schema)) for name, schema in SCHEMAS.items()}

    @cached_property
    def numbering(self) -> Numbering:
        """Which entity has which number."""
        return Numbering(
            lambda: entities(self._named[name][column] for name in SCHEMAS for column in entity_columns(name))
        )

    def _rows(self, name: str) -> pl.DataFrame:
        return numbered(self._named[name], self.entities, entity_columns(name))


def day(texts: pl.Series) -> pl.Series:
    """Texts as days; where RDF states what is no day, that a check tells, there is none."""
    found = texts.str.extract(r"^(\d{4}-\d{2}-\d{2})$").str.to_date("%Y-%m-%d", strict=False)
    return found.set(found.dt.year() <= 0, None)
