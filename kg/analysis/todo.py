"""What a landscape still lacks, as a curator's list of work."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from kg.analysis.corroboration import backed, claims
from kg.network.labels import keys_and_labels, labelled
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import Language

_SOURCE: dict[Language, str] = {"en": "a second independent source", "zh": "第二个独立来源"}


def todo(store: Engine, tables: NetworkTables, folder: Path, *, language: Language = "en") -> pl.DataFrame:
    """What each thing lacks: a second independent source, a date, a stage, a name in a language, a verdict.

    ``folder`` has a query for each of these but the first, whose rows are the things that lack it.

    Returns
    -------
    polars.DataFrame
        ``lacks`` (the name of the query, or source), ``what`` (in words), ``thing`` (key), ``label``; sorted by what
        is lacking, then by thing.
    """
    alone = backed(claims(store), tables).filter(pl.col("origins") <= 1)["subject"]
    rows = [("source", _SOURCE[language], thing) for thing in alone]
    for path in sorted(folder.glob("*.rq")):
        sparql = path.read_text(encoding="utf-8")
        words = dict(re.findall(r"^# (en|zh): (.*)$", sparql, re.MULTILINE))
        rows += [(path.stem, words[language], focus) for focus in select(store, sparql)["focus"]]
    schema = dict.fromkeys(("lacks", "what", "thing"), pl.String)
    lacking = pl.DataFrame(rows, schema=schema, orient="row")
    named = labelled(lacking, tables.labels(language), "thing").select("lacks", "what", *keys_and_labels("thing"))
    order = ["source", *(path.stem for path in sorted(folder.glob("*.rq")))]
    return named.rename({"thing_label": "label"}).sort(pl.col("lacks").cast(pl.Enum(order)), "thing")
