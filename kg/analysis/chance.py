"""What is more than chance: against random landscapes with the same sizes of partnerships and popularity.

The null model is the bipartite configuration model: partnerships and capabilities are linked independently of each
other, as evenly as can be so that each has as many links as it has, on average (Saracco, Di Clemente, Gabrielli,
Squartini, "Randomizing bipartite networks: the case of the World Trade Web", 2015). What two capabilities have in
common then follows a Poisson binomial distribution (Saracco, Straka, Di Clemente, Gabrielli, Caldarelli, Squartini,
"Inferring monopartite projections of bipartite networks: an entropy-based approach", 2017). Of many p-values the share
of false findings is held by Benjamini and Hochberg (1995).
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement
from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt
import polars as pl

from kg.network.incidence import Incidence, in_common, incidence
from kg.network.labels import key, keys_and_labels, labelled
from kg.network.nullmodel import Model, adjusted, fitted, tails
from kg.network.tables import NetworkTables

ALPHA = 0.05
"""The share of false findings that is borne."""
DRAWS = 9_999
MANY = 10_000
"""Above so many partnerships a tenth of the random landscapes is drawn."""
SEED = 2017


class Chance(NamedTuple):
    """What was found: the rows, and whether anything could have been found in so little data."""

    rows: pl.DataFrame
    enough: bool


def together_by_chance(
    tables: NetworkTables, *, stated: bool = False, alpha: float = ALPHA, language: str = "en"
) -> Chance:
    """Which capabilities come together more often than the sizes of partnerships and their popularity would give.

    By the bipartite configuration model (Saracco et al. 2015, 2017).

    Only what partnerships cover themselves counts, since a broader capability comes with its narrower one by itself.

    Returns
    -------
    Chance
        ``rows`` has ``capability`` and ``other`` (keys) with their ``_label``, ``partnerships`` (count of those that
        cover both), ``expected`` (that count in the model), ``p`` (of as many or more in the model), ``q`` (adjusted,
        Benjamini and Hochberg, over all pairs of capabilities that partnerships cover) and ``more`` (whether ``q`` is
        at most ``alpha``); a row for each pair that comes together at all, by ``p``, then by the keys. ``enough``
        says whether the strongest pattern that these capabilities could have shown would have been found.
    """
    found = incidence(tables.coverage(exact=True, stated=stated), "partnership", "capability")
    model = fitted(found.matrix)
    counts = in_common(found.matrix)
    names = pl.Series(found.columns, dtype=pl.String)
    tests = len(names) * (len(names) - 1) // 2
    told, floor = _pairs(found, model, counts)
    rows = counts.select(
        capability=names.gather(counts["first"]), other=names.gather(counts["second"]), partnerships="count",
        expected=pl.Series([expected for expected, _ in told], dtype=pl.Float64).round(9),
        p=pl.Series([p for _, p in told], dtype=pl.Float64),
    )  # fmt: skip
    rows = rows.with_columns(q=adjusted(rows["p"], tests)).with_columns(more=pl.col("q") <= alpha)
    rows = labelled(rows, tables.labels(language), "capability", "other").sort("p", "capability", "other")
    return Chance(
        rows.select(*keys_and_labels("capability", "other"), "partnerships", "expected", "p", "q", "more"),
        enough=tests > 0 and floor * tests <= alpha,
    )


def _pairs(found: Incidence, model: Model, counts: pl.DataFrame) -> tuple[list[tuple[float, float]], float]:
    """For each pair the expected count and the p-value, and the least p-value that any pair could have had."""
    degrees = found.matrix.sum(axis=0).astype(int).tolist()
    several = {degree for degree, times in Counter(degrees).items() if times > 1}
    known: dict[tuple[int, int], tuple[float, npt.NDArray[np.float64]]] = {}
    for a, b in combinations_with_replacement(sorted(set(degrees)), 2):
        if a < b or a in several:
            chances = model.column(a) * model.column(b)
            known[a, b] = (float(chances @ model.sizes), tails(model.sizes, chances, a))
    told = []
    for first, second, count in counts.iter_rows():
        a, b = sorted((degrees[first], degrees[second]))
        expected, p = known[a, b]
        told.append((expected, float(p[count])))
    return told, min((float(p[-1]) for _, p in known.values()), default=1.0)


def sharing_by_chance(
    tables: NetworkTables, *, stated: bool = False, alpha: float = ALPHA, language: str = "en"
) -> Chance:
    """Which capabilities more banks, or firms, share than their popularity and the sizes of partnerships would give.

    A capability of many partnerships is popular; whether it is spread over many parties or held by the partnerships of
    a few is what is asked here. Parties that are in one partnership have its capabilities together, so that no formula
    tells how many would have one: p-values come of ten thousand random landscapes, drawn with a fixed seed.

    Returns
    -------
    Chance
        ``rows`` has ``capability`` (key), ``label``, ``partnerships``, and for ``bank`` and ``firm`` each the count
        (``banks``), ``banks_expected``, ``banks_p`` (of as many or more in the model) and ``banks_q`` (adjusted over
        the capabilities); ``more`` where one of the two ``q`` is at most ``alpha``. Sorted by the lesser p, then by
        ``capability``.
    """
    found = incidence(tables.coverage(exact=True, stated=stated), "partnership", "capability")
    model = fitted(found.matrix)
    names, degrees = pl.Series(found.columns, dtype=pl.String), found.matrix.sum(axis=0)
    frame = pl.DataFrame({"iri": names, "partnerships": pl.Series(degrees, dtype=pl.Int64)})
    floor = 1.0
    for column, side in (("banks", "bank"), ("firms", "tech")):
        parties = tables["parties"].filter(
            pl.col("side") == side, pl.col("partnership").is_in(pl.Series(found.rows, dtype=pl.String).implode())
        )
        told, least = _holders(found, model, parties)
        floor = min(floor, least)
        frame = frame.with_columns(
            pl.Series(column, [count for count, _, _ in told], dtype=pl.Int64),
            pl.Series(f"{column}_expected", [expected for _, expected, _ in told], dtype=pl.Float64).round(9),
            pl.Series(f"{column}_p", [p for _, _, p in told], dtype=pl.Float64),
        )
        frame = frame.with_columns(adjusted(frame[f"{column}_p"], frame.height).alias(f"{column}_q"))
    least_q = pl.min_horizontal("banks_q", "firms_q")
    rows = (
        frame.join(tables.labels(language), left_on="iri", right_on="entity", how="left")
        .sort(pl.min_horizontal("banks_p", "firms_p"), "iri")
        .select(
            capability=key("iri"), label=pl.coalesce("label", key("iri")), partnerships="partnerships",
            **{f"{side}{end}": pl.col(f"{side}{end}") for side in ("banks", "firms") for end in _ENDS},
            more=least_q <= alpha,
        )
    )  # fmt: skip
    return Chance(rows, enough=frame.height > 0 and floor * frame.height <= alpha)


_ENDS = ("", "_expected", "_p", "_q")


def _holders(found: Incidence, model: Model, parties: pl.DataFrame) -> tuple[list[tuple[int, float, float]], float]:
    """For each capability how many organizations have it, how many would, the p-value; and the least there could be."""
    held = incidence(parties, "organization", "partnership")
    rows = np.searchsorted(np.array(found.rows), np.array(held.columns))
    counts = ((held.matrix @ found.matrix[rows]) > 0).sum(axis=0)
    random, draws = np.random.default_rng(SEED), DRAWS if len(found.rows) <= MANY else DRAWS // 10
    drawn: dict[int, npt.NDArray[np.int64]] = {}
    told = []
    for count, degree in zip(counts, found.matrix.sum(axis=0), strict=True):
        if int(degree) not in drawn:
            drawn[int(degree)] = model.held(held.matrix, rows, int(degree), draws, random)
        of_degree = drawn[int(degree)]
        told.append((int(count), float(of_degree.mean()), (1 + int((of_degree >= count).sum())) / (draws + 1)))
    return told, 1 / (draws + 1)


def validated(found: Chance) -> nx.Graph:
    """The network of what is more than chance.

    Of :func:`together_by_chance`: capabilities (keys, with ``label``) and an edge for each pair, with ``weight`` (count
    of partnerships), ``p`` and ``q``. Of :func:`sharing_by_chance`, which says something of single capabilities: these
    with ``label``, ``partnerships``, ``banks`` and ``firms``, without edges.
    """
    graph = nx.Graph()
    more = found.rows.filter("more")
    if "other" not in found.rows.columns:
        told = ("label", "partnerships", "banks", "firms")
        graph.add_nodes_from(
            (row["capability"], {name: row[name] for name in told})
            for row in more.sort("capability").iter_rows(named=True)
        )
        return graph
    for row in more.sort("capability", "other").iter_rows(named=True):
        for end in ("capability", "other"):
            graph.add_node(row[end], label=row[f"{end}_label"])
        graph.add_edge(row["capability"], row["other"], weight=row["partnerships"], p=row["p"], q=row["q"])
    return graph
