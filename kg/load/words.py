"""What each header word of a table means, read from the ontology so that the grammar stands in one place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import polars as pl
import pyoxigraph as ox
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SDO
from rdflib.namespace import SKOS as RDFLIB_SKOS

from kg.terms import CODE, KG, LABEL_KINDS, PREFIXES, XSD

ONTOLOGY_FILES = ("partnership.ttl", "codes.ttl", "mappings.ttl", "rules/rules.ttl")
"""What a store holds of the ontology, in the default graph and in one of its own."""
WordKind = Literal["id", "class", "entity", "iri", "text", "date", "partial", "literal", "string"]


@dataclass(frozen=True, slots=True)
class Word:
    """A header word: the property that it states, and how its cells are read.

    ``range`` is the class that an entity must have, ``datatype`` that of a literal.
    """

    name: str
    iri: str
    kind: WordKind
    range: str | None = None
    datatype: str | None = None


class Vocabulary:
    """The words of the tables, the classes and the code lists, as the files of an ontology folder define them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        context = json.loads((folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
        self.prefixes = {**PREFIXES, **{k: v for k, v in context.items() if _is_prefix(v)}}
        self._graph = rdflib.Graph()
        for name in ("partnership.ttl", "codes.ttl", "mappings.ttl", "outside.ttl"):
            self._graph.parse(folder / name, format="turtle")
        self.words: dict[str, Word] = {}
        self.tables: dict[str, str] = {}
        for name, definition in context.items():
            if name.startswith("@") or _is_prefix(definition):
                continue
            iri = self.expand(definition if isinstance(definition, str) else definition["@id"])
            if iri in self.superclasses:
                self.tables[name] = iri
            else:
                self.words[name] = self._word(name, iri, definition)
        rules = rdflib.Graph().parse(folder / "rules" / "rules.ttl", format="turtle")
        self.rules = frozenset(str(rule) for rule in rules.subjects(RDF.type, rdflib.URIRef(KG.Rule)))
        """The graphs of the steps that derive statements."""
        self.by_iri = {word.iri: word for word in self.words.values()}

    def expand(self, name: str) -> str:
        """The IRI of a prefixed name; anything else as it is."""
        prefix, colon, local = name.partition(":")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else name

    @cached_property
    def superclasses(self) -> dict[str, frozenset[str]]:
        """For each of our classes its superclasses, itself among them."""
        return {
            str(name): frozenset(str(c) for c in self._graph.transitive_objects(name, RDFS.subClassOf))
            for name in self._graph.subjects(RDF.type, OWL.Class)
            if str(name).startswith(KG.base)
        }

    @cached_property
    def terms(self) -> frozenset[str]:
        """Our own classes and properties."""
        return frozenset(str(term) for term in set(self._graph.subjects()) if str(term).startswith(KG.base))

    @cached_property
    def entities(self) -> pl.DataFrame:
        """What the ontology itself brings that a cell may name, the codes: columns iri, class."""
        pairs = [
            (str(code), str(cls))
            for cls in map(rdflib.URIRef, self.superclasses)
            for code in self._graph.subjects(RDF.type, cls)
            if str(code).startswith(CODE)
        ]
        return pl.DataFrame(sorted(pairs), schema={"iri": pl.String, "class": pl.String}, orient="row")

    @cached_property
    def labels(self) -> pl.DataFrame:
        """The names of :attr:`entities`: columns iri, text."""
        pairs = [
            (str(code), str(text))
            for code in map(rdflib.URIRef, self.entities["iri"].unique(maintain_order=True))
            for text in self._graph.objects(code, RDFLIB_SKOS.prefLabel)
        ]
        return pl.DataFrame(sorted(pairs), schema={"iri": pl.String, "text": pl.String}, orient="row")

    @cached_property
    def classes(self) -> pl.DataFrame:
        """The names a ``type`` cell may hold: columns iri, text (local names and labels)."""
        pairs = set()
        for iri in self.superclasses:
            pairs.add((iri, iri.removeprefix(KG.base)))
            pairs |= {(iri, str(text)) for text in self._graph.objects(rdflib.URIRef(iri), RDFS.label)}
        return pl.DataFrame(sorted(pairs), schema={"iri": pl.String, "text": pl.String}, orient="row")

    @cached_property
    def statements(self) -> str:
        """What the ontology states, as N-Triples."""
        files = (self.folder / name for name in ONTOLOGY_FILES)
        parts = [ox.serialize(ox.parse(path=str(path)), format=ox.RdfFormat.N_TRIPLES) or b"" for path in files]
        return b"".join(parts).decode("utf-8")

    def predicate(self, text: str) -> Word | None:
        """The word that a ``predicate`` cell means: by its name, a prefixed name, or an IRI."""
        word = self.words.get(text) or self.by_iri.get(self.expand(text.strip("<>")))
        return None if word is None or word.kind == "id" else word

    def _word(self, name: str, iri: str, definition: str | dict[str, str]) -> Word:  # noqa: PLR0911  one return for each kind of word
        if iri == "@id":
            return Word(name, iri, "id")
        if iri == "@type":
            return Word(name, str(RDF.type), "class")
        details = {} if isinstance(definition, str) else definition
        term = rdflib.URIRef(iri)
        declared = self._graph.value(term, RDFS.range) or self._graph.value(term, SDO.rangeIncludes)
        coercion = self.expand(details.get("@type", ""))
        if details.get("@container") == "@language":
            return Word(name, iri, "text")
        if coercion == "@id":
            # A range of ours must be met by an entity of the landscape; anything else is an IRI as it stands.
            ours = declared is not None and str(declared) in self.superclasses
            untyped = declared is None and iri.startswith(KG.base)
            return Word(name, iri, "entity" if ours or untyped else "iri", str(declared) if ours else None)
        if coercion == XSD.date:
            return Word(name, iri, "date", datatype=XSD.date)
        if declared is not None and str(declared) == KG.PartialDate:
            return Word(name, iri, "partial")
        return Word(name, iri, "literal", datatype=coercion) if coercion else Word(name, iri, "string")


LABEL_PROPERTIES = frozenset(LABEL_KINDS.values())


def _is_prefix(definition: object) -> bool:
    """Whether a term of the context is a namespace rather than a word."""
    return isinstance(definition, str) and definition.startswith("http") and definition[-1] in "#/"
