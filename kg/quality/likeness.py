"""Capabilities that are close in name: perhaps one that is spelt in two ways, so that what is shared is not seen."""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process

from kg.findings import Doubt, Sentence
from kg.query.results import select
from kg.spellings import simplified
from kg.store.engine import Engine
from kg.terms import KG, SKOS, shorten

LIKE = 85
"""How like two names are that are told, in per cent of their letters (rapidfuzz's ratio)."""

_NAMES = f"""
SELECT DISTINCT ?capability ?language ?label {{
  ?capability a <{KG.Capability}> ; <{SKOS.prefLabel}> ?label BIND(LANG(?label) AS ?language)
}} ORDER BY ?capability ?language ?label
"""
_USES = f"SELECT ?capability (COUNT(DISTINCT ?p) AS ?n) {{ ?p <{KG.covers}> ?capability }} GROUP BY ?capability"
_RELATED = f"""
SELECT DISTINCT ?one ?other {{
  {{ ?one <{SKOS.broader}>+ ?other }} UNION
  {{ ?judgement <{KG.one}> ?one ; <{KG.other}> ?other ; <{KG.judgement}> ?any }}
}}
"""
_SAID = Sentence(
    "close-name",
    en=("One partnership covers it, and it is called almost as {other} is.",
        "If they are one, name one of them everywhere, or say so in same.csv; if not, judge them different there."),
    zh=("仅一项合作涉及它，其名称与 {other} 十分相近。",
        "若为同一能力，统一使用其中之一，或在 same.csv 中判为相同；否则判为不同。"),
    level="note",
)  # fmt: skip


def alike(store: Engine) -> list[Doubt]:
    """Capabilities that one partnership covers and whose name is like another's.

    Broader and narrower ones are not told, nor are those that a judgement is about.
    """
    names = select(store, _NAMES).with_columns(form=pl.col("label").map_elements(simplified, return_dtype=pl.String))
    uses = select(store, _USES)
    once = set(uses.filter(pl.col("n") == 1)["capability"]) if uses.height else set()
    related = {frozenset(pair) for pair in select(store, _RELATED).iter_rows()}
    told: dict[str, str] = {}
    for group in names.partition_by("language"):
        things, forms = group["capability"].to_list(), group["form"].to_list()
        for thing, form in zip(things, forms, strict=True):
            if thing not in once or thing in told:
                continue
            near = process.extract(form, forms, scorer=fuzz.ratio, score_cutoff=LIKE, limit=None)
            found = [things[n] for *_, n in near if things[n] != thing and frozenset((thing, things[n])) not in related]
            if found:
                told[thing] = found[0]
    return [Doubt(_SAID.of(other=shorten(other)), thing, SKOS.prefLabel) for thing, other in sorted(told.items())]
