"""Our IRIs in one place: a misspelt term raises here instead of matching nothing in a query."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args
from urllib.parse import quote, unquote


class Terms:
    """A closed namespace: only the names given exist.

    >>> KG.Bank
    'https://w3id.org/partnership-kg/ontology#Bank'
    >>> KG.Bnak
    Traceback (most recent call last):
    AttributeError: there is no term 'Bnak' in https://w3id.org/partnership-kg/ontology#
    """

    def __init__(self, base: str, names: str) -> None:
        self.base = base
        self.names = frozenset(names.split())

    def __getattr__(self, name: str) -> str:
        if name in self.names:
            return self.base + name
        raise AttributeError(f"there is no term {name!r} in {self.base}")


ROOT = "https://w3id.org/partnership-kg/"
ONTOLOGY = ROOT + "ontology"
ID = ROOT + "id/"
CODE = ROOT + "code/"
SHAPE = ROOT + "shape/"
SOURCE_GRAPHS = ID + "source/"
RULE_GRAPHS = ID + "rule/"
PASSAGES_GRAPH = RULE_GRAPHS + "passages"
"""The loader's own step: that a passage is part of its source, and its locator."""
SAME_GRAPH = RULE_GRAPHS + "same"
"""The loader's own step: what is spoken of as another thing, which it is judged to be."""
DATES_GRAPH = RULE_GRAPHS + "dates"
"""The loader's own step: the first and last days of dates."""
MILESTONES_GRAPH = RULE_GRAPHS + "milestones"
"""The rule that lets a date column stand for a milestone."""

KG = Terms(
    ONTOLOGY + "#",
    "Bank Capability Form Group Judgement Kind Landscape Milestone Organization PartialDate Partnership Passage Product"
    " Renaming Rule Source Stage TechFirm Verdict"
    " agreedEarliest agreedLatest announced announcedEarliest announcedLatest bankParty country covers creditCode"
    " delivers ended endedEarliest endedLatest form formerName judgement kind launched launchedEarliest"
    " launchedLatest locator memberOf newName of offers on onEarliest onLatest one other partnersWith party realizes"
    " releaseOf renames signed signedEarliest signedLatest speaksOf stage subsidiaryOf techParty",
)
SKOS = Terms(
    "http://www.w3.org/2004/02/skos/core#",
    "Concept altLabel broader closeMatch definition exactMatch hiddenLabel prefLabel",
)
DCTERMS = Terms("http://purl.org/dc/terms/", "isPartOf issued source title")
DC = Terms("http://purl.org/dc/elements/1.1/", "language publisher")
PROV = Terms("http://www.w3.org/ns/prov#", "wasDerivedFrom")
RDF = Terms("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "langString object predicate subject type")
RDFS = Terms("http://www.w3.org/2000/01/rdf-schema#", "label range seeAlso subClassOf")
SCHEMA = Terms("https://schema.org/", "leiCode tickerSymbol")
XSD = Terms(
    "http://www.w3.org/2001/XMLSchema#",
    "anyURI boolean date decimal double float gYear gYearMonth integer language string",
)

PREFIXES: dict[str, str] = {
    "kg": KG.base,
    "id": ID,
    "code": CODE,
    "dc": DC.base,
    "dcterms": DCTERMS.base,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "schema": SCHEMA.base,
    "skos": SKOS.base,
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD.base,
}
"""The prefixes that every query knows without their being written."""

LABEL_KINDS = {"preferred": SKOS.prefLabel, "alternative": SKOS.altLabel, "hidden": SKOS.hiddenLabel}
Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NetworkKind = Literal["banks-firms", "firms", "capabilities", "all"]
"""The networks that a landscape can be seen as (:func:`kg.network.graphs.network`)."""
ENDED = CODE + "ended"
STAGES = tuple(CODE + name for name in ("announced", "signed", "integration", "pilot", "live", "ended"))
"""How far things come, in the order of a life."""
DATED = ("announced", "signed", "launched", "ended")
"""The columns that date the common milestones."""


def passage_iri(source: str, locator: str) -> str:
    """The IRI of a place in a source: its named graph. ``source`` is a key, ``locator`` free text.

    >>> passage_iri("review", "page 3, left")
    'https://w3id.org/partnership-kg/id/source/review#page%203%2C%20left'
    """
    return f"{SOURCE_GRAPHS}{source}#{quote(locator, safe='')}"


def citation(passage: str) -> str:
    """A passage (IRI) as it is cited: :func:`passage_iri` undone.

    >>> citation(passage_iri("review", "page 3, left"))
    'review#page 3, left'
    """
    return unquote(passage.removeprefix(SOURCE_GRAPHS))


def shorten(iri: str) -> str:
    """The IRI as a person types it: a key for our own data, a prefixed name for known vocabularies.

    >>> shorten("https://w3id.org/partnership-kg/id/abc"), shorten(KG.Bank), shorten("http://a.example/")
    ('abc', 'kg:Bank', 'http://a.example/')
    """
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def resource_folder(name: str) -> Path:
    """Where ``ontology`` or ``graphs`` lies: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
