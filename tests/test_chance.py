"""Against chance: the null model is the one, false findings stay at the rate asked for, planted signals are found."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

import kg
from kg.analysis.chance import sharing_by_chance, together_by_chance, validated
from kg.network.nullmodel import adjusted, fitted, tails

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "docs" / "tables"))

from chance import ALPHA, LANDSCAPES, Drawn, finds, landscape, plant, spread

Run = Callable[..., Any]
MATRIX = st.integers(0, 10**6).map(
    lambda seed: landscape(seed, *np.random.default_rng(seed + 1).integers(1, 40, 2).tolist())[0]
)


@settings(max_examples=150, deadline=None)
@given(links=MATRIX)
@example(links=landscape(453203, 5, 5)[0])  # whose degrees leave but one way for most links
def test_the_model_is_the_one_that_keeps_the_degrees(links: Any) -> None:
    """There is one such model: links whose odds are a product of row and column, with these expected degrees."""
    model = fitted(sparse.csr_array(links.astype(np.int64)))
    rows, columns = links.sum(axis=1), links.sum(axis=0)
    whole = np.array([[model.column(int(c))[k] for c in columns] for k in model.of_row])
    assert np.allclose(whole.sum(axis=1), rows, atol=1e-6)
    assert np.allclose(whole.sum(axis=0), columns, atol=1e-6)
    inner = (whole > 1e-12) & (whole < 1 - 1e-12)
    odds = np.where(inner, np.log(np.where(inner, whole, 0.5) / (1 - np.where(inner, whole, 0.5))), np.nan)
    open_rows, open_columns = inner.all(axis=1), inner.all(axis=0)
    if open_rows.sum() > 1 and open_columns.sum() > 1:
        part = odds[np.ix_(open_rows, open_columns)]
        assert np.allclose(part - part[:1], (part - part[:1])[:, :1], atol=1e-6)  # of rank one: row plus column


def test_the_model_is_that_of_the_package_bicm() -> None:
    """Probabilities of links and exact p-values as bicm 3.4.0 prints them (docs/tables/against_bicm.py has more)."""
    rows = ("11001", "11100", "10010", "01000", "10100", "11010")
    links = np.array([[int(link) for link in row] for row in rows])
    three = [0.93617351, 0.83103086, 0.48753931, 0.48753931, 0.25771701]
    two = [0.82390912, 0.61072918, 0.2328254, 0.2328254, 0.0997109]
    one = [0.54366124, 0.28544905, 0.07173126, 0.07173126, 0.02742719]
    model = fitted(sparse.csr_array(links))
    whole = np.column_stack([model.column(int(degree))[model.of_row] for degree in links.sum(axis=0)])
    assert whole == pytest.approx(np.array([three, three, two, one, two, three]), abs=1e-7)
    p = {
        (0, 1): 0.82844146, (0, 2): 0.59328875, (0, 3): 0.59328875, (0, 4): 0.6375219, (1, 2): 0.848297,
        (1, 3): 0.848297, (1, 4): 0.57538233,
    }  # fmt: skip
    in_both = {pair: int((links[:, pair[0]] & links[:, pair[1]]).sum()) for pair in itertools.combinations(range(5), 2)}
    assert {pair for pair, count in in_both.items() if count} == set(p)
    degrees = links.sum(axis=0)
    for (a, b), expected in p.items():
        both = model.column(int(degrees[a])) * model.column(int(degrees[b]))
        assert tails(model.sizes, both, in_both[a, b])[-1] == pytest.approx(expected, abs=1e-7)


@settings(max_examples=100, deadline=None)
@given(groups=st.lists(st.tuples(st.integers(1, 3), st.floats(0, 1)), min_size=1, max_size=3), count=st.integers(0, 10))
def test_the_tail_is_that_of_trying_every_outcome(groups: list[tuple[int, float]], count: int) -> None:
    trials = [chance for times, chance in groups for _ in range(times)]
    expected = math.fsum(
        math.prod(chance if hit else 1 - chance for hit, chance in zip(world, trials, strict=True))
        for world in itertools.product((False, True), repeat=len(trials))
        if sum(world) >= count
    )
    sizes, each = (np.array(part) for part in zip(*groups, strict=True))
    assert tails(sizes, each, count)[-1] == pytest.approx(expected, abs=1e-9)


@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_values_are_scipy_s(p: list[float]) -> None:
    told = adjusted(pl.Series("p", p), len(p)).to_list()
    assert told == pytest.approx(list(stats.false_discovery_control(p)), abs=1e-12)
    # Of more tests, of which the others are sure to be nothing.
    padded = stats.false_discovery_control([*p, 1.0, 1.0])[: len(p)]
    assert adjusted(pl.Series("p", p), len(p) + 2).to_list() == pytest.approx(list(padded), abs=1e-12)


def test_false_findings_stay_at_the_rate_that_is_asked_for() -> None:
    """On landscapes of the model itself every finding is false, so that the rate is that of any finding at all."""
    together = sharing = 0
    for seed in range(LANDSCAPES):
        links, random = landscape(seed)
        tables = Drawn(links, random)
        found = together_by_chance(tables, alpha=ALPHA)
        assert found.enough
        together += bool(found.rows["more"].any())
        sharing += bool(sharing_by_chance(tables, alpha=ALPHA).rows["more"].any()) if seed % 10 == 0 else 0
    error = 3 * math.sqrt(ALPHA * (1 - ALPHA) / LANDSCAPES)
    assert together / LANDSCAPES <= ALPHA + error
    assert sharing / (LANDSCAPES / 10) <= ALPHA + math.sqrt(10) * error  # on a tenth of them


def test_what_is_planted_is_found() -> None:
    """Of 300 partnerships, seven in ten of those of one capability cover another too: found in eighty of a hundred."""
    found = sum(finds(seed, 300, 0.7)[0] for seed in range(50))
    assert found >= 40


def test_a_capability_spread_over_more_banks_than_chance_is_found() -> None:
    """Thirty of 120 partnerships have a capability, each of another bank, while the others are of five banks."""
    found = sum(spread(seed, 120, 30)[0] for seed in range(20))
    assert found >= 16


def test_what_is_spread_more_is_the_network_of_sharing() -> None:
    links, random = landscape(0)
    links[:, 5] = np.arange(len(links)) < 30
    rows = sharing_by_chance(Drawn(links, random, banks=5))
    told = rows._replace(rows=rows.rows.with_columns(more=pl.col("capability").is_in(["c05", "c03"])))
    graph = validated(told)
    assert sorted(graph.nodes) == ["c03", "c05"]
    assert graph.nodes["c05"]["partnerships"] == 30
    assert graph.number_of_edges() == 0


def test_five_partnerships_are_too_little(china: kg.Landscape, run: Run) -> None:
    found = china.by_chance()
    assert not found.enough
    assert not found.rows["more"].any()
    assert validated(found).number_of_edges() == 0
    assert validated(china.by_chance("sharing")).number_of_nodes() == 0
    told = run("chance")
    assert told.stderr == "There is too little data: not even the strongest pattern could be told from chance here.\n"
    assert len(told.stdout.splitlines()) == 2  # a heading
    assert "数据过少" in run("chance", "--lang", "zh", "--all").stderr
    assert run("chance", "--of", "sharing", "--format", "csv").stdout.startswith("capability,label,partnerships,banks,")


def test_the_validated_network_has_what_is_more_than_chance() -> None:
    links, random = landscape(3, 300)
    plant(links, random, 4, 9, 0.9)
    found = together_by_chance(Drawn(links, random))
    graph = validated(found)
    assert isinstance(graph, nx.Graph)
    assert graph.edges["c04", "c09"]["weight"] == int((links[:, 4] & links[:, 9]).sum())
    assert graph.number_of_edges() == found.rows["more"].sum()
