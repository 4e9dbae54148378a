"""The rankings with all that they rest on, as one set of frames that can be handed to somebody."""

from __future__ import annotations

import polars as pl

from kg.analysis.citations import citations, places_in_words, sources
from kg.analysis.pairs import matrix
from kg.analysis.sharing import sharing
from kg.network.tables import NetworkTables
from kg.store.engine import Engine


def rankings(store: Engine, tables: NetworkTables, *, language: str = "en") -> dict[str, pl.DataFrame]:
    """What is shared most, who partners with whom, and the passages behind it, in words.

    Returns
    -------
    dict of polars.DataFrame
        ``capabilities``: capability, partnerships, share, banks, firms, key, as :func:`kg.analysis.sharing.sharing`
        ranks them. ``pairs``: bank, firm, partnership (keys), on (labels). ``citations``: a row for each passage by
        which a partnership counts for a ranked capability: capability, partnership, covered, product, title, issued,
        source, locator (what the place is called in the language, if it is). ``sources``: source (key), title,
        publisher, issued, address, language.
    """
    ranked = sharing(tables, language=language)
    known = sources(store, tables, language=language)
    behind = citations(store, tables, language=language).rename({"capability": "key"})
    behind = behind.with_columns(places_in_words(tables, behind, language))
    order = ranked.select(key="capability").with_row_index("rank")
    cited = behind.join(order, on="key").join(known, on="source", how="left").sort("rank", maintain_order=True)
    labelled = {f"{column}_label": column for column in ("capability", "partnership", "covered", "product")}
    return {
        "capabilities": ranked.select(
            "partnerships", "share", "banks", "firms", capability="label", key="capability"
        ).select("capability", "partnerships", "share", "banks", "firms", "key"),
        "pairs": matrix(tables, language=language).select(
            bank="bank_label", firm="firm_label", partnership="partnerships", on="on"
        ),
        "citations": cited.drop("partnership", "covered", "product").rename(labelled)
        .select("capability", "partnership", "covered", "product", "title", "issued", "source", "locator"),
        "sources": known,
    }  # fmt: skip
