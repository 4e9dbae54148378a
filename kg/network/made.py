"""The network tables of a dataset: what the SELECT queries of ``ontology/tables`` say, by joins of numbers."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import polars as pl

from kg.dataset import Dataset
from kg.load.dictionary import TERM
from kg.network.numbers import NUMBER
from kg.network.tables import SCHEMAS, NetworkTables, day, entity_columns
from kg.shelf import Drawers
from kg.terms import DCTERMS, KG, LABEL_KINDS, RDFS, SKOS

_PAIRS = {
    "delivers": KG.delivers, "realizes": KG.realizes, "broader": SKOS.broader, "offers": KG.offers,
    "owners": KG.subsidiaryOf, "groups": KG.memberOf,
}  # fmt: skip
"""The tables whose rows are the statements of one property."""
_CODES = {"form": KG.form, "stage": KG.stage, "kind": KG.kind}
_PREFERRED = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_DAYS = {
    "earliest": KG.onEarliest, "latest": KG.onLatest,
    "agreed_earliest": KG.agreedEarliest, "agreed_latest": KG.agreedLatest,
}  # fmt: skip


class TablesOf(NetworkTables):
    """The network tables of a dataset to which the rules were applied; nothing is read from a folder."""

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(Path())
        self._dataset = dataset
        self._numbers = Drawers[str](dataset.folder)

    def make(self) -> None:
        """Work out all tables."""
        for name in SCHEMAS:
            self.numbers(name)
        self.__dict__.pop("_places", None)

    @property
    def entities(self) -> pl.Series:
        """The IRIs of all entities, sorted; worked out whenever it is asked for, since there may be millions."""
        return self._dataset.values(self.order).alias("entity")

    @cached_property
    def _terms(self) -> Drawers[str]:
        """The tables with the dataset's numbers in the stead of entities, until each is worked out."""
        ways = {
            "labels": self._labels, "types": self._types, "parties": self._parties, "covers": self._covers,
            "codes": self._codes, "milestones": self._milestones, "vouched": self._vouched,
        }  # fmt: skip
        made = Drawers[str](self._dataset.folder)
        for name, schema in SCHEMAS.items():
            rows = ways[name]() if name in ways else self._pairs(name)
            made[name] = rows.select(list(schema))
        return made

    @cached_property
    def order(self) -> pl.Series:
        """The terms that are entities of some table, in the order of their IRIs (numbers of the dataset)."""
        made = self._terms
        parts = [made.column(name, column).unique() for name in SCHEMAS for column in entity_columns(name)]
        terms = pl.concat([part.alias("term") for part in parts]).unique()
        return pl.DataFrame({"term": terms, "entity": self._dataset.values(terms)}).sort("entity")["term"]

    @cached_property
    def _places(self) -> pl.DataFrame:
        """The place of each such term among the entities: columns term, place."""
        return self.order.to_frame().with_row_index("place").with_columns(pl.col("place").cast(NUMBER))

    def _rows(self, name: str) -> pl.DataFrame:
        places, rows = self._places, self._terms.pop(name)
        return rows.with_columns(
            rows.select(term=column).join(places, on="term", how="left", maintain_order="left")["place"].alias(column)
            for column in entity_columns(name)
        )

    def _pairs(self, name: str) -> pl.DataFrame:
        rows = self._dataset.pairs(_PAIRS[name])
        if name == "broader":
            capabilities = self._dataset.instances(KG.Capability)
            rows = rows.filter(pl.col("subject").is_in(capabilities.implode()))
        one, other = SCHEMAS[name]
        return rows.rename({"subject": other, "object": one} if name == "groups" else {"subject": one, "object": other})

    def _labels(self) -> pl.DataFrame:
        kinds = [("preferred", iri) for iri in _PREFERRED]
        kinds += [(kind, LABEL_KINDS[kind]) for kind in ("alternative", "hidden")]
        rows = pl.concat(
            [self._dataset.pairs(iri).select("subject", "object", kind=pl.lit(kind)) for kind, iri in kinds]
        )
        terms = self._dataset.texts(rows["object"])
        language = pl.when(pl.col("term").str.starts_with('"')).then(
            pl.col("term").str.extract('"@([^"]*)$').fill_null("")
        )
        told = pl.DataFrame({"term": terms}).select(language=language, label=self._dataset.values(rows["object"]))
        return pl.concat([rows.select("kind", entity="subject"), told], how="horizontal")

    def _types(self) -> pl.DataFrame:
        rows = [pl.DataFrame(schema={"entity": TERM, "class": TERM})]
        for cls, things in self._dataset.classes.items():
            if self._dataset.values(pl.Series([cls], dtype=TERM))[0].startswith(KG.base):
                rows.append(things.to_frame("entity").with_columns(pl.lit(cls, TERM).alias("class")))
        return pl.concat(rows)

    def _parties(self) -> pl.DataFrame:
        sides = {"bank": KG.bankParty, "tech": KG.techParty}
        return pl.concat(
            [
                self._dataset.pairs(iri).select(partnership="subject", organization="object", side=pl.lit(side))
                for side, iri in sides.items()
            ]
        )

    def _covers(self) -> pl.DataFrame:
        rules = self._dataset.typed(KG.Rule)
        said = self._dataset.evidence(KG.covers).filter(~pl.col("passage").is_in(rules.implode()))
        stated = said.select("subject", "object", stated=pl.lit(value=True))
        return (
            self._dataset.pairs(KG.covers)
            .join(stated.unique(), on=["subject", "object"], how="left")
            .select(partnership="subject", capability="object", stated=pl.col("stated").fill_null(value=False))
        )

    def _vouched(self) -> pl.DataFrame:
        said = self._dataset.evidence(KG.covers)
        parts = self._dataset.pairs(DCTERMS.isPartOf).rename({"subject": "passage", "object": "source"})
        return (
            said.join(parts, on="passage").select(partnership="subject", capability="object", source="source").unique()
        )

    def _codes(self) -> pl.DataFrame:
        steps = self._dataset.typed(KG.Milestone)
        rows = [
            self._dataset.pairs(iri).select(entity="subject", list=pl.lit(name), code="object")
            for name, iri in _CODES.items()
        ]
        return pl.concat(rows).filter(~pl.col("entity").is_in(steps.implode()))

    def _milestones(self) -> pl.DataFrame:
        rows = self._dataset.pairs(KG.of).rename({"subject": "milestone", "object": "of"})
        stages = self._dataset.pairs(KG.stage).rename({"subject": "milestone", "object": "stage"})
        rows = rows.join(stages, on="milestone")
        for name, iri in _DAYS.items():
            known = self._dataset.pairs(iri)
            days = pl.DataFrame({"milestone": known["subject"], name: day(self._dataset.values(known["object"]))})
            rows = rows.join(days, on="milestone", how="left")
        either = {name: pl.coalesce(name, name.removeprefix("agreed_")) for name in _DAYS}
        return rows.with_columns(**either)
