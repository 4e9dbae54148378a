"""The benchmark of pages works: each draws the same network, is dragged and zoomed, and stands in the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.pages import Measured, contest, landscape, openings, ours, table, views
from bench.peers import Peer, graph, peers
from bench.windows import spot
from playwright.sync_api import Browser

from kg.landscape import Landscape
from kg.network.graphs import network

VIEWS = ["matrix", "columns", "timeline"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    return landscape("20", tmp_path_factory.mktemp("small"))


def test_a_landscape_of_so_many_draws_so_many(small: Landscape) -> None:
    drawn, projected = graph(small.tables), network(small.tables)
    assert len(drawn.nodes) == len(projected) == 20
    assert {(edge["source"], edge["target"]) for edge in drawn.edges} == set(projected.edges)


def test_the_landscapes_that_come_along_are_drawn_whole(world: Landscape) -> None:
    drawn, projected = graph(world.tables), network(world.tables)
    assert {node["id"] for node in drawn.nodes} == set(projected)
    assert len(drawn.edges) == projected.number_of_edges()


def test_ours_and_pyvis_are_measured(browser: Browser, small: Landscape, tmp_path: Path) -> None:
    entered = [ours(small), *peers(tmp_path, npm=False)]
    measured = contest(browser, entered, graph(small.tables), tmp_path, rounds=1)
    assert [each.name for each in measured] == ["kg view", "pyvis, default", "pyvis, fixed places, no physics"]
    for each in measured:
        assert each.ready, each
        assert each.followed, each
        assert all(0 < middle <= late for middle, late in (each.dragged, each.zoomed)), each
    assert len({each.size for each in measured}) == 3
    lines = table(measured).splitlines()
    assert len(lines) == 2 + len(measured)
    assert all(line.count("|") == lines[0].count("|") for line in lines)
    rows = views(browser, tmp_path / "page-0.html", rounds=1).splitlines()[2:]
    assert [row.split("|")[1].strip() for row in rows] == VIEWS
    assert all(0 < float(cell) < 10_000 for row in rows for cell in row.split("|")[2:-1])


def test_all_are_opened_in_turn(
    browser: Browser, small: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fixed = next(peer for peer in peers(tmp_path, npm=False) if "fixed" in peer.name)
    rows = openings(browser, [ours(small), fixed], graph(small.tables), tmp_path, rounds=1).splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [name for name, *_ in cells] == ["kg view", fixed.name, *(f"kg view, {v}" for v in VIEWS)]
    assert all(0 < float(ready) < 30 and 1 < float(work) < 10_000 for _, ready, _, work in cells)
    monkeypatch.setattr("bench.windows.CAP", 1.0)
    stuck = Peer("kg view", lambda _: "<!doctype html><p>Nothing", "window.never", "[]")
    late = openings(browser, [stuck], graph(small.tables), tmp_path, rounds=2).splitlines()[2:]
    assert all("| not in 1 |" in row for row in late)


def test_who_never_gets_ready_is_told_so(
    browser: Browser, small: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.windows.CAP", 1.0)
    stuck = Peer("stuck", lambda _: "<!doctype html><p>Nothing", "window.never", "[]")
    (told,) = contest(browser, [stuck], graph(small.tables), tmp_path)
    assert told == Measured("stuck", told.size, None, None, None)
    assert "| stuck | 0.00 | not in 1 |" in table([told])


def test_what_does_not_follow_the_hand_is_told_so(browser: Browser, small: Landscape, tmp_path: Path) -> None:
    still = Peer("still", lambda _: "<!doctype html><p>Nothing", "true", "[[1, 1]]")
    (told,) = contest(browser, [still], graph(small.tables), tmp_path, rounds=1)
    assert told == Measured("still", told.size, told.ready, None, None)
    assert told.ready
    assert "| did not follow the hand |" in table([told])


def test_the_hand_takes_hold_of_no_node() -> None:
    nodes = [(x, y) for x in range(100, 900, 20) for y in range(200, 700, 20)]
    x, y = spot(nodes)
    assert x > 900
    assert all(abs(x - other) > 40 or abs(y - above) > 40 for other, above in nodes)
