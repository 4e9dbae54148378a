"""The networks of the 2017 landscape and what is chance in it, worked out from the facts by fractions and loops."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from facts_2017 import BANKS, FIRMS
from worked_2017 import ABOVE, CAPABILITIES, DEALS, OWNER, TOLD, Deal, Rows, behind, similar, top

Graph = dict[str, dict[str, int]]
"""Each node with its neighbours and the weight of the edge to each."""


# Networks


def graph_of(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> Graph:
    """The weight of an edge is how often it is given."""
    graph: Graph = {node: {} for node in sorted(nodes)}
    for a, b in edges:
        graph[a][b] = graph[b][a] = graph[a].get(b, 0) + 1
    return graph


def banks_firms(deals: dict[str, Deal]) -> Graph:
    pairs = [(bank, firm) for deal in deals.values() for bank in deal.banks for firm in deal.firms]
    return graph_of({end for pair in pairs for end in pair}, pairs)


def firms(deals: dict[str, Deal]) -> Graph:
    """Two firms are joined by each of the narrowest capabilities that both bring."""
    nodes = {firm for deal in deals.values() for firm in deal.firms}
    rows = similar(deals, "firm", everything=True)
    pairs = [(row["organization"], row["other"]) for row in rows for _ in row["capabilities"]]
    return graph_of(nodes, pairs)


def capability_network(deals: dict[str, Deal]) -> Graph:
    pairs = [pair for deal in deals.values() for pair in combinations(sorted(deal.covers(exact=True)), 2)]
    return graph_of({c for deal in deals.values() for c in deal.covers(exact=True)}, pairs)


def whole(deals: dict[str, Deal], *, group: bool = False) -> Graph:
    """Organizations, partnerships, capabilities and products, joined however they have to do with each other."""
    gone = {p for key, deal in DEALS.items() if key not in deals for p in deal.products}
    products = {thing for thing, word, _ in TOLD if word == "kind"} - (
        gone - {p for deal in deals.values() for p in deal.products}
    )
    kept = {top(o) for o in BANKS | FIRMS} if group else BANKS | FIRMS
    edges = {(key, x) for key, d in deals.items() for x in d.banks | d.firms | d.covers(exact=True) | d.products}
    edges |= {(a, b) for a, word, b in TOLD if word == "realizes" and a in products}
    edges |= {(top(a) if group else a, b) for a, word, b in TOLD if word == "offers"}
    edges |= set() if group else set(OWNER.items())
    edges |= set(ABOVE.items())
    return graph_of({*kept, *deals, *CAPABILITIES, *products}, edges)


def shortest(graph: Graph, start: str, end: str) -> list[list[str]]:
    """All shortest paths, by going one step further as long as the end is not reached."""
    ways, seen = [[start]], {start}
    while ways and not any(way[-1] == end for way in ways):
        ways = [[*way, step] for way in ways for step in graph[way[-1]] if step not in seen]
        seen |= {way[-1] for way in ways}
    return [way for way in ways if way[-1] == end]


def betweenness(graph: Graph) -> dict[str, Fraction]:
    """Of each pair the share of its shortest paths that go through a third, over the pairs that there are."""
    counts = dict.fromkeys(graph, Fraction(0))
    for start, end in combinations(graph, 2):
        ways = shortest(graph, start, end)
        for way in ways:
            for node in way[1:-1]:
                counts[node] += Fraction(1, len(ways))
    others = (len(graph) - 1) * (len(graph) - 2) // 2
    return {node: count / others if others else Fraction(0) for node, count in counts.items()}


def pagerank(graph: Graph, damping: float = 0.85) -> dict[str, float]:
    """Where a walk is in the end that steps along edges by weight; from a node without any it jumps anywhere."""
    rank = dict.fromkeys(graph, 1 / len(graph))
    for _ in range(400):
        lost = sum(rank[node] for node in graph if not graph[node])
        base = (1 - damping + damping * lost) / len(graph)
        rank = {
            node: base + damping * sum(rank[b] * weight / sum(graph[b].values()) for b, weight in graph[node].items())
            for node in graph
        }
    return rank


def central(graph: Graph, *, weighted: bool = True) -> dict[str, dict[str, Any]]:
    flat = graph if weighted else {node: dict.fromkeys(to, 1) for node, to in graph.items()}
    between, ranks = betweenness(graph), pagerank(flat)
    return {
        node: {
            "degree": len(to), "strength": sum(flat[node].values()), "betweenness": between[node],
            "pagerank": ranks[node],
        } for node, to in graph.items()
    }  # fmt: skip


# Communities


def modularity(graph: Graph, parts: Iterable[Iterable[str]]) -> Fraction:
    """Newman's: the share of weight inside the parts, less what it would be if ends met at random."""
    twice = sum(sum(to.values()) for to in graph.values())
    total = Fraction(0)
    for part in map(set, parts):
        inside = sum(weight for node in part for to, weight in graph[node].items() if to in part)
        ends = sum(sum(graph[node].values()) for node in part)
        total += Fraction(inside, twice) - Fraction(ends, twice) ** 2
    return total


def partitions(things: list[str]) -> Iterator[list[list[str]]]:
    """Every way to part things."""
    if not things:
        yield []
        return
    for rest in partitions(things[1:]):
        yield [[things[0]], *rest]
        for number in range(len(rest)):
            yield [*rest[:number], [things[0], *rest[number]], *rest[number + 1 :]]


def rand(one: list[set[str]], other: list[set[str]]) -> float:
    """The adjusted Rand index, by asking of every pair of nodes whether each partition has it together."""
    nodes = sorted(set().union(*one))
    at = [{node: number for number, part in enumerate(parts) for node in part} for parts in (one, other)]
    pairs = list(combinations(nodes, 2))
    told = [[place[a] == place[b] for place in at] for a, b in pairs]
    both, first_, second = sum(a and b for a, b in told), sum(a for a, _ in told), sum(b for _, b in told)
    chance, most = Fraction(first_ * second, len(pairs)), Fraction(first_ + second, 2)
    return 1.0 if most == chance else float((both - chance) / (most - chance))


# Against chance


def model(deals: dict[str, Deal], **how: bool) -> tuple[dict[str, dict[str, float]], dict[str, set[str]]]:
    """The probability that a partnership covers a capability: x y / (1 + x y), so that the expected sums are those."""
    covered = behind(deals, exact=True, **how)
    sizes = {key: sum(key in keys for keys in covered.values()) for key in set().union(*covered.values())}
    x, y = dict.fromkeys(sizes, 1.0), dict.fromkeys(covered, 1.0)
    for _ in range(3000):
        x = {key: sizes[key] / sum(y[c] / (1 + x[key] * y[c]) for c in y) for key in x}
        y = {c: len(covered[c]) / sum(x[key] / (1 + x[key] * y[c]) for key in x) for c in y}
    return {key: {c: x[key] * y[c] / (1 + x[key] * y[c]) for c in y} for key in x}, covered


def at_least(count: int, chances: list[float]) -> float:
    """The probability of so many or more, by trying every outcome."""
    return math.fsum(
        math.prod(chance if hit else 1 - chance for hit, chance in zip(world, chances, strict=True))
        for world in product((False, True), repeat=len(chances)) if sum(world) >= count
    )  # fmt: skip


def adjusted(p: list[float], tests: int) -> list[float]:
    """Benjamini and Hochberg: the least of p times tests over the number of those up to some p that is not less."""
    return [min(1.0, *(b * tests / sum(c <= b for c in p) for b in p if b >= a)) for a in p]


def chance(deals: dict[str, Deal], **how: bool) -> tuple[Rows, bool]:
    """A row for each pair that comes together, and whether the strongest pattern would have been found."""
    chances, covered = model(deals, **how)
    pairs, rows, least = list(combinations(sorted(covered), 2)), [], 1.0
    for one, other in pairs:
        both = [chances[key][one] * chances[key][other] for key in chances]
        count = len(covered[one] & covered[other])
        least = min(least, at_least(min(len(covered[one]), len(covered[other])), both))
        if count:
            told = {"partnerships": count, "expected": math.fsum(both), "p": at_least(count, both)}
            rows.append({"capability": one, "other": other, **told})
    for row, q in zip(rows, adjusted([row["p"] for row in rows], len(pairs)), strict=True):
        row["q"] = q
    return rows, least * len(pairs) <= 0.05


def holders(deals: dict[str, Deal], side: str, **how: bool) -> dict[str, tuple[int, float, float]]:
    """For each capability how many have it, would have it, and the probability of as many; exact, over all outcomes."""
    chances, covered = model(deals, **how)
    told = {}
    for capability, keys in covered.items():
        count = len({party for key in keys for party in getattr(deals[key], f"{side}s")})
        expected = p = 0.0
        for world in product((False, True), repeat=len(chances)):
            hits = dict(zip(chances, world, strict=True))
            weight = math.prod(chances[k][capability] if hit else 1 - chances[k][capability] for k, hit in hits.items())
            there = len({party for k, hit in hits.items() if hit for party in getattr(deals[k], f"{side}s")})
            expected += weight * there
            p += weight * (there >= count)
        told[capability] = (count, expected, p)
    return told
