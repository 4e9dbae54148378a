"""What the page knows of a landscape, as JSON: things by number, each text once, each statement with its passages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from kg.network.moments import furthest
from kg.network.tables import NetworkTables
from kg.query.results import decode
from kg.spellings import syllables, traditional
from kg.store.engine import Engine
from kg.terms import (
    DATES_GRAPH,
    ENDED,
    KG,
    LANGUAGES,
    MILESTONES_GRAPH,
    ONTOLOGY,
    PASSAGES_GRAPH,
    RDF,
    SKOS,
    STAGES,
    shorten,
)
from kg.views.page.answer import ROW, Answered
from kg.views.page.grounds import grounds, parted
from kg.views.page.network import banking
from kg.views.words import PROPERTIES

Things = list[int]
Named = Mapping[str, Mapping[str, str]]
_HIDDEN = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, KG.party, KG.partnersWith, RDF.type)
_FACTS = f"""
SELECT ?subject ?predicate ?object ?graph WHERE {{
  GRAPH ?graph {{ ?subject ?predicate ?object }}
  FILTER(?graph NOT IN (<{ONTOLOGY}>, <{PASSAGES_GRAPH}>, <{MILESTONES_GRAPH}>, <{DATES_GRAPH}>))
  FILTER(?predicate NOT IN ({", ".join(f"<{iri}>" for iri in _HIDDEN)}))
}}
ORDER BY ?subject ?predicate ?object ?graph
"""
_OF_THESE = f"""
SELECT ?subject ?predicate ?object ?graph WHERE {{
  VALUES ?subject {{ THESE }} GRAPH ?graph {{ ?subject ?predicate ?object }}
  FILTER(?graph NOT IN (<{ONTOLOGY}>, <{PASSAGES_GRAPH}>))
}}
ORDER BY ?subject ?predicate ?object ?graph
"""
_PASSAGES = """
SELECT ?passage ?source ?locator WHERE { ?passage dcterms:isPartOf ?source ; kg:locator ?locator }
ORDER BY ?passage ?source ?locator
"""
_SOURCES = """
SELECT ?source ?issued ?publisher ?address WHERE {
  ?source a kg:Source .
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source dc:publisher ?publisher }
  OPTIONAL { ?source rdfs:seeAlso | schema:url ?address }
}
ORDER BY ?source ?issued ?publisher ?address
"""


class Numbers:
    """Gives each IRI that the page speaks of a number, in the order in which it is first spoken of."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._numbers = {iri: number for number, iri in enumerate(nodes)}

    def __getitem__(self, iri: str) -> int:
        return self._numbers.setdefault(iri, len(self._numbers))

    def __contains__(self, iri: str) -> bool:
        return iri in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)


def model(store: Engine, tables: NetworkTables, kinds: dict[str, str]) -> dict[str, Any]:
    """Everything that the page knows, but for the drawing; a thing is a number, its place in ``things``.

    ``kinds`` are the nodes of the network (IRIs, in their order) with their kinds: they are the first things.

    Returns
    -------
    dict
        ``things``: key, kind, English name, Chinese name, other names, the syllables of its Chinese names in pinyin.
        ``banking``: those that are drawn as banks, since that is their side (:func:`kg.views.page.network.banking`).
        ``codes``: the stages in the order of a life, and the forms. ``partnerships``: thing, banks, firms,
        capabilities that a source states, those that only follow from products, products, forms, furthest stage, and
        the first and the last day (ISO) on which it may have been in force. ``products``: thing, capabilities, kinds,
        stages. ``broader``, ``offers``, ``owners``, ``groups``, ``countries``: pairs. ``milestones``: of, stage,
        :func:`time`. ``sources``: thing, place of its publisher in ``publishers``, day, address. ``passages``: source,
        locator. ``facts``: a subject, and what is said of it: predicate, object (a thing, or a text), the passage or
        the passages that say it (a rule is -1 less its thing), language. What is empty at the end of a row is left out;
        null is nothing known. ``scripts``: each traditional sign that may be typed for one of a name, and that one.
    """
    numbers = Numbers(kinds)
    told: dict[str, Any] = {"codes": {"stage": [numbers[code] for code in STAGES]}}
    told["partnerships"] = _partnerships(tables, numbers)
    told["codes"]["form"] = sorted({form for row in told["partnerships"] for form in row[6]})
    told["products"] = _products(tables, numbers)
    for name in ("broader", "offers", "owners", "groups"):
        rows = tables[name].iter_rows()
        told[name] = [[numbers[one], numbers[other]] for one, other in rows if {one, other} & kinds.keys()]
    told["milestones"] = _milestones(tables, numbers)
    told |= _evidence(store, tables, numbers, kinds)
    order = ("bank", "firm", "organization", "capability", "product", "partnership")
    told["kinds"] = [*order, ""]
    told["banking"] = [numbers[iri] for iri in banking(tables, kinds)]
    told["things"] = _things(tables, numbers, {iri: order.index(kind) for iri, kind in kinds.items()}, {})
    return {**told, "scripts": _scripts(told["things"])}


def answered_model(
    store: Engine, tables: NetworkTables, kinds: dict[str, str], answered: Answered, names: Named
) -> tuple[dict[str, Any], Answered]:
    """What the page knows of an answer, as :func:`model` has it: its things, and what of it a passage or rule states.

    The answer comes back with the statements that join the entities of its rows.
    """
    numbers = Numbers(answered.things)
    these = " ".join(f"<{thing}>" for thing in answered.things if not thing.startswith("_:"))
    rows = list(decode(store.query(_OF_THESE.replace("THESE", these)).text("tsv")).iter_rows(named=True))
    ends = {pair for a, predicate, b in answered.lines if predicate == ROW for pair in ((a, b), (b, a))}
    triples = [tuple(row[name]["value"] for name in ("subject", "predicate", "object")) for row in rows]
    answered = answered.joined({(s, p, o) for s, p, o in triples if (s, o) in ends})
    lines, texts = set(answered.lines), set(answered.texts)
    told: dict[str, Any] = {"codes": {"stage": [], "form": []}}
    told |= {name: [] for name in ("partnerships", "products", "broader", "offers", "owners", "groups", "milestones")}
    wanted = [
        row
        for row, (s, p, o) in zip(rows, triples, strict=True)
        if ((s, p, o) in lines if row["object"]["kind"] != "literal" else (s, p, o, _language(row)) in texts)
    ]
    unsaid = [(s, p, o, "") for s, p, o in answered.lines] + answered.texts
    rests_on = grounds(store, wanted)
    every = [(*one, n >= len(answered.lines)) for n, one in enumerate(unsaid)]
    told |= _cited([*wanted, *rests_on], numbers, _located(store), every)
    told |= parted(told["facts"], {(numbers[s], numbers[p], o if text else numbers[o]) for s, p, o, _, text in every})
    told |= {"countries": [], **_sources(store, numbers)}
    order = ("bank", "firm", "organization", "capability", "product", "partnership", "", "thing")
    told["kinds"] = list(order)
    told["banking"] = [numbers[iri] for iri in banking(tables, kinds) if iri in numbers]
    by_thing = {thing: order.index(kinds.get(thing, "thing")) for thing in answered.things}
    told["things"] = _things(tables, numbers, by_thing, names)
    return {**told, "scripts": _scripts(told["things"])}, answered


def _things(tables: NetworkTables, numbers: Numbers, kinds: dict[str, int], named: Named) -> list[list[Any]]:
    """``named`` are names by language of things that have none in the tables."""
    labels = {language: dict(tables.labels(language).iter_rows()) for language in LANGUAGES}
    wanted = pl.Series(list(kinds), dtype=pl.String)
    called = tables["labels"].filter(pl.col("entity").is_in(wanted.implode())).select("entity", "label").unique()
    others = dict(called.sort(pl.all()).group_by("entity", maintain_order=True).agg("label").iter_rows())
    rows = []
    for iri in numbers:
        key = shorten(iri)
        own = named.get(iri) or PROPERTIES.get(key, {})
        en, zh = (own.get(lang) or labels[lang].get(iri, key) for lang in ("en", "zh"))
        names = others.get(iri, [])
        sounds = sorted({sound for name in {*names, zh} if (sound := syllables(name))}) if iri in kinds else []
        row = [key, kinds.get(iri, 6), en, zh if zh != en else "", [n for n in names if n not in {en, zh}], sounds]
        while not row[-1] and len(row) > 3:
            row.pop()
        rows.append(row)
    return rows


def _scripts(things: list[list[Any]]) -> str:
    names = (name for row in things for name in [*row[2:4], *(row[4] if len(row) > 4 else [])])
    return "".join(sign + plain for sign, plain in traditional(names).items())


def _partnerships(tables: NetworkTables, numbers: Numbers) -> list[list[Any]]:
    every = sorted(set(tables.of_class(KG.Partnership)))
    parties = _grouped(tables["parties"].select("partnership", "side", "organization"), numbers)
    covers = _grouped(tables["covers"].select("partnership", "stated", "capability"), numbers)
    delivers = _grouped(tables["delivers"].select("partnership", pl.lit(0), "product"), numbers)
    forms = tables["codes"].filter(pl.col("list") == "form").select("entity", "list", "code")
    formed = _grouped(forms, numbers)
    stages = dict(furthest(tables).iter_rows())
    spans = _spans(tables)
    rows = []
    for iri in every:
        stage = stages.get(iri)
        rows.append([
            numbers[iri], parties.get((iri, "bank"), []), parties.get((iri, "tech"), []),
            covers.get((iri, True), []), covers.get((iri, False), []), delivers.get((iri, 0), []),
            formed.get((iri, "form"), []), None if stage is None else numbers[stage], *spans.get(iri, (None, None)),
        ])  # fmt: skip
    return rows


def _grouped(rows: pl.DataFrame, numbers: Numbers) -> dict[tuple[Any, Any], Things]:
    """What stands in the third column for the first two."""
    found: dict[tuple[Any, Any], Things] = {}
    for one, other, thing in rows.unique().sort(pl.all()).iter_rows():
        found.setdefault((one, other), []).append(numbers[thing])
    return found


def _products(tables: NetworkTables, numbers: Numbers) -> list[list[Any]]:
    realizes = _grouped(tables["realizes"].select("product", pl.lit(0), "capability"), numbers)
    codes = _grouped(tables["codes"].select("entity", "list", "code"), numbers)
    return [
        [numbers[iri], realizes.get((iri, 0), []), codes.get((iri, "kind"), []), codes.get((iri, "stage"), [])]
        for iri in sorted(set(tables.of_class(KG.Product)))
    ]


def _spans(tables: NetworkTables) -> dict[str, tuple[str | None, str | None]]:
    """From when until when each partnership may have been in force, as :func:`kg.network.moments.in_force` has it."""
    found: dict[str, tuple[str | None, str | None]] = {}
    steps = tables["milestones"].with_columns(ended=pl.col("stage") == ENDED)
    for (of,), rows in steps.sort("of").group_by("of", maintain_order=True):
        begun, over = rows.filter(~pl.col("ended")), rows.filter("ended")
        first, last = begun["agreed_earliest"], over["agreed_latest"]
        found[str(of)] = (
            str(first.min()) if len(first) and not first.null_count() else None,
            str(last.max()) if len(last) and not last.null_count() else None,
        )
    return found


def _milestones(tables: NetworkTables, numbers: Numbers) -> list[list[Any]]:
    rows = tables["milestones"].sort("of", "agreed_earliest", "agreed_latest", "milestone")
    return [
        [numbers[of], numbers[stage], time(first, last)]
        for of, stage, first, last in rows.select("of", "stage", "agreed_earliest", "agreed_latest").iter_rows()
    ]


def time(first: dt.date | None, last: dt.date | None) -> str:
    """The days between which something came about, as short as ISO 8601 has it; a side that is open is left out.

    >>> time(dt.date(2017, 6, 1), dt.date(2017, 6, 30)), time(dt.date(2017, 3, 1), dt.date(2017, 12, 31))
    ('2017-06', '2017-03-01/2017-12-31')
    >>> time(dt.date(2016, 1, 1), dt.date(2016, 12, 31)), time(None, dt.date(2016, 12, 31)), time(None, None)
    ('2016', '/2016-12-31', '')
    """
    if first == last:
        return "" if first is None else first.isoformat()
    if first and last and last < dt.date.max:
        after = last + dt.timedelta(days=1)
        months = (after.year - first.year) * 12 + after.month - first.month
        if first.day == after.day == 1 and (months == 1 or (months == 12 and first.month == 1)):
            return first.isoformat()[: 7 if months == 1 else 4]
    return f"{first or ''}/{last or ''}"


def _evidence(store: Engine, tables: NetworkTables, numbers: Numbers, kinds: dict[str, str]) -> dict[str, Any]:
    """Each statement with the passages that make it, and what those are."""
    ever = decode(store.query("SELECT ?thing { VALUES ?c { kg:Partnership kg:Product } ?thing a ?c }").text("tsv"))
    gone = {thing["value"] for thing in ever["thing"]} - kinds.keys()
    silent = gone | set(tables.of_class(KG.Source)) | set(tables.of_class(KG.Passage))
    rows = [
        row
        for row in decode(store.query(_FACTS).text("tsv")).iter_rows(named=True)
        if row["subject"]["value"] not in silent and row["object"]["value"] not in gone
    ]
    told = _cited(rows, numbers, _located(store))
    countries = {
        (numbers[row["subject"]["value"]], row["object"]["value"])
        for row in rows
        if row["predicate"]["value"] == KG.country
    }
    return {**told, "countries": [list(pair) for pair in sorted(countries)], **_sources(store, numbers)}


def _located(store: Engine) -> dict[str, tuple[str, str]]:
    """The source and the place in it of each passage."""
    return {
        row["passage"]["value"]: (row["source"]["value"], row["locator"]["value"])
        for row in decode(store.query(_PASSAGES).text("tsv")).iter_rows(named=True)
    }


def _language(row: dict[str, Any]) -> str:
    return row["object"]["language"] or "" if row["object"]["kind"] == "literal" else ""


def _cited(
    rows: Iterable[dict[str, Any]],
    numbers: Numbers,
    located: Mapping[str, tuple[str, str]],
    unsaid: Iterable[tuple[str, str, str, str, bool]] = (),
) -> dict[str, Any]:
    """Statements with the passages that make them, and these; ``unsaid`` may be made by none.

    Of these: subject, predicate, object, language, and whether the object is a text.
    """
    places: dict[str, int] = {}
    passages: list[list[Any]] = []
    facts: dict[tuple[int, int, int | str, str], Things] = {}
    for subject, predicate, object_, language, text in unsaid:
        facts[numbers[subject], numbers[predicate], object_ if text else numbers[object_], language] = []
    for row in rows:
        subject, predicate, object_ = (row[name]["value"] for name in ("subject", "predicate", "object"))
        literal = row["object"]["kind"] == "literal"
        value = object_ if literal else numbers[object_]
        statement = (numbers[subject], numbers[predicate], value, _language(row))
        graph = row["graph"]["value"]
        if graph in located and graph not in places:
            places[graph] = len(passages)
            passages.append([numbers[located[graph][0]], located[graph][1]])
        place = places[graph] if graph in places else -1 - numbers[graph]
        facts.setdefault(statement, []).append(place)
    by_subject: list[list[Any]] = []
    by_place = {place: natural(locator) for place, (_, locator) in enumerate(passages)}

    def order(place: int) -> tuple[int, Any]:
        return (passages[place][0], by_place[place]) if place >= 0 else (1 << 40, [(-place, "")])

    # What the rows say of a subject comes together; with what nobody says it is put together.
    told = sorted(facts.items(), key=lambda fact: fact[0][0]) if unsaid else facts.items()
    for (one, predicate_, value_, tag), where in told:
        if not by_subject or by_subject[-1][0] != one:
            by_subject.append([one])
        cited = where[0] if len(where) == 1 else sorted(where, key=order)
        by_subject[-1].append([predicate_, value_, cited, *filter(None, [tag])])
    return {"facts": by_subject, "passages": passages}


def _sources(store: Engine, numbers: Numbers) -> dict[str, Any]:
    """The sources that some passage spoken of is in, and their publishers, each named once."""
    found: dict[int, list[Any]] = {}
    publishers: dict[str | None, int] = {}
    for row in decode(store.query(_SOURCES).text("tsv")).iter_rows(named=True):
        if row["source"]["value"] in numbers:
            publisher, issued, address = (
                row[name] and row[name]["value"] for name in ("publisher", "issued", "address")
            )
            place = publishers.setdefault(publisher, len(publishers))
            found.setdefault(numbers[row["source"]["value"]], [place, issued, address])
    return {"sources": [[source, *told] for source, told in found.items()], "publishers": list(publishers)}


def natural(text: str) -> list[tuple[int, str]]:
    """An order in which L5 comes before L15."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", text)]
