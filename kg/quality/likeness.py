"""Capabilities that are close in name: perhaps one that is spelt in two ways, so that what is shared is not seen."""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process

from kg.dataset import Dataset
from kg.findings import Doubt, Sentence
from kg.load.dictionary import TERM
from kg.spellings import simplified
from kg.steps import reached_from
from kg.terms import KG, SKOS, shorten

LIKE = 85
"""How like two names are that are told, in per cent of their letters (rapidfuzz's ratio)."""

_SAID = Sentence(
    "close-name",
    en=("One partnership covers it, and it is called almost as {other} is.",
        "If they are one, name one of them everywhere, or say so in same.csv; if not, judge them different there."),
    zh=("仅一项合作涉及它，其名称与 {other} 十分相近。",
        "若为同一能力，统一使用其中之一，或在 same.csv 中判为相同；否则判为不同。"),
    level="note",
)  # fmt: skip


def alike(dataset: Dataset) -> list[Doubt]:
    """Capabilities that one partnership covers and whose name is like another's.

    Broader and narrower ones are not told, nor are those that a judgement is about.
    """
    names = _names(dataset)
    uses = dataset.pairs(KG.covers).group_by("object").len().filter(pl.col("len") == 1).select("object")
    once = set(dataset.plain(uses)["object"])
    related = _related(dataset)
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


def _names(dataset: Dataset) -> pl.DataFrame:
    """The names of capabilities: columns capability, language, label, form (its spelling simplified)."""
    rows = dataset.pairs(SKOS.prefLabel)
    rows = rows.filter(pl.col("subject").is_in(dataset.typed(KG.Capability).implode()))
    language = dataset.texts(rows["object"]).str.extract('"@([^"]*)$').fill_null("")
    told = dataset.plain(rows).rename({"subject": "capability", "object": "label"}).with_columns(language=language)
    return told.sort("capability", "language", "label").with_columns(
        form=pl.col("label").map_elements(simplified, return_dtype=pl.String)
    )


def _related(dataset: Dataset) -> set[frozenset[str]]:
    """The pairs of which one is broader, over one or more steps, or that a judgement is about."""
    steps = dataset.steps(SKOS.broader)
    rows = [(one, other) for one, above in steps.items() for step in above for other in reached_from(step, steps)]
    broader = pl.DataFrame(rows, schema={"subject": TERM, "object": TERM}, orient="row")
    judged = (
        dataset.pairs(KG.one).join(dataset.pairs(KG.other), on="subject", suffix="_other")
        .join(dataset.pairs(KG.judgement), on="subject", how="semi").select(subject="object", object="object_other")
    )  # fmt: skip
    return {frozenset(pair) for pair in dataset.plain(pl.concat([broader, judged])).iter_rows()}
