"""Statements whose literals an engine keeps by value: as they were written, for whoever takes them out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    import polars as pl

_SURE = (
    r'^(?:[^"<]|<[^<])'  # no literal, no triple term
    r'|^"(?:[^"\\]|\\.)*"(?:@[a-z0-9-]+)?$'
    r"|\^\^<http://www\.w3\.org/2001/XMLSchema#(?:string|gYear|gYearMonth|anyURI|language)>$"
    r'|^"\d{4}-\d\d-\d\d"\^\^<http://www\.w3\.org/2001/XMLSchema#date>$'
    r'|^"(?:0|-?[1-9]\d{0,17})"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>$'
)
"""Terms that the engine surely keeps sign by sign; the others are tried."""


def unsure(terms: pl.Series) -> pl.Series:
    """Of each term, as N-Triples writes it, whether the engine may keep it otherwise."""
    return ~terms.str.contains(_SURE)


def changed(quads: pl.DataFrame) -> pl.DataFrame:
    """The quads (subject, predicate, object, passage or null) that an engine changes, with ``kept``, what it makes."""
    import polars as pl  # noqa: PLC0415  answering does without

    terms = quads["object"].unique().sort()
    lines = "".join(f"<x:{number}> <x:p> {term} .\n" for number, term in enumerate(terms))
    store = ox.Store()
    store.extend(ox.parse(input=lines, format=ox.RdfFormat.N_QUADS))
    dumped = (store.dump(format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8").split("\n")[:-1]
    kept = {subject: rest.removesuffix(" .") for subject, _, rest in (line.split(" ", 2) for line in dumped)}
    pairs = pl.DataFrame({"object": terms, "kept": [kept[f"<x:{number}>"] for number in range(len(terms))]})
    pairs = pairs.cast(pl.String).filter(pl.col("object") != pl.col("kept"))
    return quads.join(pairs, on="object")


def write(quads: pl.DataFrame, path: Path) -> None:
    """Keep what :func:`changed` found in a file."""
    columns = ["passage", "subject", "predicate", "kept", "object"]
    path.write_text(json.dumps(quads.select(columns).sort(columns).rows(), ensure_ascii=False), encoding="utf-8")


class Exact:
    """The statements of a file that :func:`write` made, by their graph and by the line that the engine gives."""

    def __init__(self, path: Path) -> None:
        self._lines: dict[str | None, dict[str, list[str]]] = {}
        rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
        for graph, subject, predicate, kept, object_ in rows:
            start = f"{subject} {predicate}"
            self._lines.setdefault(graph, {}).setdefault(f"{start} {kept} .", []).append(f"{start} {object_} .")

    def restored(self, graph: str | None, lines: list[str]) -> list[str]:
        """Lines of N-Triples of a graph as they were written."""
        known = self._lines.get(graph)
        return [exact for line in lines for exact in known.get(line, (line,))] if known else lines
