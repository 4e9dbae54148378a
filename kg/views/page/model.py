"""What the page knows of a landscape, as JSON: things by number, each text once, each statement with its passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from kg.network.progress import furthest
from kg.network.tables import NetworkTables
from kg.query.results import decode
from kg.spellings import readings, traditional
from kg.store.engine import Engine
from kg.terms import (
    KG,
    LANGUAGES,
    ONTOLOGY,
    PASSAGES_GRAPH,
    STAGES,
    shorten,
)
from kg.views.page.answer import ROW, Answered, tagged
from kg.views.page.events import events
from kg.views.page.evidence import cited, evidence, located, sources
from kg.views.page.grounds import grounds, parted
from kg.views.page.network import banking
from kg.views.page.numbers import Numbers, Things
from kg.views.page.times import milestones, spans
from kg.views.words import PROPERTIES

Named = Mapping[str, Mapping[str, str]]
_OF_THESE = f"""
SELECT ?subject ?predicate ?object ?graph WHERE {{
  VALUES ?subject {{ THESE }} GRAPH ?graph {{ ?subject ?predicate ?object }}
  FILTER(?graph NOT IN (<{ONTOLOGY}>, <{PASSAGES_GRAPH}>))
}}
ORDER BY ?subject ?predicate ?object ?graph
"""


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
        the first and the last day (ISO) on which it may have been in force, and the first and the last on which it must
        have been (:func:`kg.views.page.times.spans`). ``products``: thing, capabilities, kinds,
        stages. ``broader``, ``offers``, ``owners``, ``groups``, ``countries``: pairs. ``milestones``: of, stage,
        :func:`time`. ``sources``: thing, place of its publisher in ``publishers``, day, address. ``passages``: source,
        locator, place in ``called``, which has by language what it is called there instead. ``facts``: a subject, and
        what is said of it: predicate, object (a thing, or a text), the passage or the passages that say it (a rule is
        -1 less its thing), language. What is empty at the end of a row is left out; null is nothing known.
        ``scripts``: each traditional sign that may be typed for one of a name, and that one.
    """
    numbers = Numbers(kinds)
    told: dict[str, Any] = {"codes": {"stage": [numbers[code] for code in STAGES]}}
    told["partnerships"] = _partnerships(tables, numbers)
    told["codes"]["form"] = sorted({form for row in told["partnerships"] for form in row[6]})
    told["products"] = _products(tables, numbers)
    for name in ("broader", "offers", "owners", "groups"):
        rows = tables[name].iter_rows()
        told[name] = [[numbers[one], numbers[other]] for one, other in rows if {one, other} & kinds.keys()]
    told["milestones"] = milestones(tables, numbers)
    told |= evidence(store, tables, numbers, kinds)
    order = ("bank", "firm", "organization", "capability", "product", "partnership", "", "set")
    told["kinds"] = list(order)
    told["banking"] = [numbers[iri] for iri in banking(tables, kinds)]
    called = events(store, tables)
    groups = {iri: "set" for iri in tables["groups"]["group"] if iri in numbers}
    told["things"] = _things(
        tables, numbers, {iri: order.index(kind) for iri, kind in (groups | kinds).items()}, called
    )
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
        if ((s, p, o) in lines if row["object"]["kind"] != "literal" else (s, p, o, tagged(row["object"])) in texts)
    ]
    unsaid = [(s, p, o, "") for s, p, o in answered.lines] + answered.texts
    rests_on, places = grounds(store, wanted), located(store, tables)
    every = [(*one, n >= len(answered.lines)) for n, one in enumerate(unsaid)]
    told |= cited([*wanted, *rests_on], numbers, places, every, tagged)
    told |= parted(told["facts"], {(numbers[s], numbers[p], o if text else numbers[o]) for s, p, o, _, text in every})
    told |= {"countries": [], **sources(store, numbers)}
    if answered.texts:
        told["values"] = len(answered.texts)
    if answered.rows:
        cells = [[cell and (numbers[cell[0]] if cell[1] else cell[0]) for cell in row] for row in answered.rows]
        told["answer"] = {"heads": answered.heads, "rows": cells, "ordered": answered.ordered}
    order = ("bank", "firm", "organization", "capability", "product", "partnership", "", "thing")
    told["kinds"] = list(order)
    told["banking"] = [numbers[iri] for iri in banking(tables, kinds) if iri in numbers]
    by_thing = {thing: order.index(kinds.get(thing, "thing")) for thing in answered.things}
    # A passage without a name in a language is not told by one in another, but by where it stands.
    passages: Named = {
        iri: {one: dict(place.names).get(one, shorten(iri)) for one in LANGUAGES}
        for iri in answered.things
        if (place := places.get(iri))
    }
    told["things"] = _things(tables, numbers, by_thing, {**events(store, tables), **passages, **names})
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
        sounds = sorted({read for name in {*names, zh} for read in readings(name)}) if iri in kinds else []
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
    lives = spans(tables)
    rows = []
    for iri in every:
        stage = stages.get(iri)
        row = [
            numbers[iri], parties.get((iri, "bank"), []), parties.get((iri, "tech"), []),
            covers.get((iri, True), []), covers.get((iri, False), []), delivers.get((iri, 0), []),
            formed.get((iri, "form"), []), None if stage is None else numbers[stage],
            *lives.get(iri, (None, None, None, None)),
        ]  # fmt: skip
        while row[-1] is None and len(row) > 10:
            row.pop()
        rows.append(row)
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
