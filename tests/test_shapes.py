"""Shapes asked as SPARQL: the same results as pySHACL's, one by one, and none passed over in silence."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import SH

import kg
from kg.quality.shapes import COMPONENTS, read, violations
from kg.store.embedded import EmbeddedStore
from kg.terms import KG, resource_folder

ONTOLOGY = resource_folder("ontology")
SHAPES = ONTOLOGY / "shapes.ttl"
CONSTRAINTS = read(SHAPES)
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*/*.ttl"))
NAMES = {str(name).rpartition("#")[2]: str(name) for name in COMPONENTS}
COMPONENT = {str(SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]): iri for name, iri in NAMES.items()}
"""What a report of SHACL calls each component."""


def judged(data: rdflib.Graph) -> Counter[tuple[str, ...]]:
    """What pySHACL finds: focus node, value, shape, component."""
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(SHAPES), inference="none")
    assert isinstance(report, rdflib.Graph)
    return Counter(
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.value) or ""),
            str(report.value(result, SH.sourceShape)),
            COMPONENT[str(report.value(result, SH.sourceConstraintComponent))],
        )
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    )


def texts(data: rdflib.Graph) -> set[tuple[str, str]]:
    """What pySHACL orders by its signs and SPARQL does not order: a text and another in some language."""
    tagged = {
        s for s, o in data.subject_objects(rdflib.URIRef(KG.onLatest)) if isinstance(o, rdflib.Literal) and o.language
    }
    return {(str(s), str(o)) for s, o in data.subject_objects(rdflib.URIRef(KG.onEarliest)) if s in tagged}


def asked(data: rdflib.Graph) -> Counter[tuple[str, ...]]:
    """What the queries find in a store of the same triples."""
    store = EmbeddedStore(ox.Store())
    store.load_with_blanks(data.serialize(format="nt").encode())
    rows = violations(store, CONSTRAINTS).select("focus", "value", "shape", "component")
    return Counter(tuple(cell or "" for cell in row) for row in rows.iter_rows())


@pytest.fixture(scope="module")
def background() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("partnership.ttl", "codes.ttl"):
        graph.parse(ONTOLOGY / name)
    return graph


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_examples_break_what_pyshacl_says(path: Path, background: rdflib.Graph) -> None:
    data = background + rdflib.Graph().parse(path)
    found = asked(data)
    assert found == judged(data)
    assert bool(found) == (path.parent.name == "bad")


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_landscape_breaks_what_pyshacl_says(seed: int, tiny: kg.Landscape) -> None:
    """A real landscape, some of whose statements are taken away, moved to other things, or given other values."""
    data = rdflib.Graph().parse(data=tiny.exported("nt"), format="nt")
    chance = random.Random(seed)
    ours = sorted(triple for triple in data if "/id/" in triple[0])
    values = [
        *sorted({o for _, _, o in ours}),
        rdflib.Literal("x"), rdflib.Literal("x", lang="en"), rdflib.Literal("", lang="zh"), rdflib.Literal(""),
        rdflib.Literal("2017", datatype=rdflib.XSD.gYear), rdflib.URIRef("http://a.example/"), rdflib.BNode("b"),
    ]  # fmt: skip
    for s, p, o in chance.sample(ours, 40):
        if chance.random() < 0.6:
            data.remove((s, p, o))
        if chance.random() < 0.7:
            data.add((s, p, chance.choice(values)))
    unordered = texts(data)
    found, expected = (
        Counter({r: n for r, n in results.items() if r[:2] not in unordered or r[3] != NAMES["lessThanOrEquals"]})
        for results in (asked(data), judged(data))
    )
    assert found == expected
    assert len(found) > 5


def test_every_component_is_tried() -> None:
    used = {constraint.component for constraint in CONSTRAINTS}
    assert used <= {str(name) for name in COMPONENTS}  # the others are for the W3C's tests, see test_shacl.py
    assert len(used) == 9
    assert len(CONSTRAINTS) > 50
    assert all(set(constraint.messages) == {"en", "zh"} for constraint in CONSTRAINTS)


@pytest.mark.parametrize(
    "shape",
    [
        "sh:closed true",
        "sh:minCount 1",
        "sh:property [ sh:path shape:p ; sh:node shape:X ]",
        "sh:property [ sh:path [ shape:mine shape:p ] ; sh:minCount 1 ]",
        "sh:property [ sh:path shape:p ; sh:property [ sh:path shape:q ; sh:minCount 1 ] ]",
    ],
)
def test_a_shape_that_is_not_understood_is_told(shape: str, tmp_path: Path) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix shape: <http://a.example/> .\n"
    (tmp_path / "shapes.ttl").write_text(
        f"{prefixes}shape:X a sh:NodeShape ; sh:targetClass shape:C ; {shape} .", "utf-8"
    )
    with pytest.raises(ValueError, match="not understood"):
        read(tmp_path / "shapes.ttl")
