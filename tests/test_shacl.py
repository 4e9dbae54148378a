"""The W3C's own tests of SHACL, as pySHACL's source distribution carries them: what is understood gives their results.

They are fetched from the package index and kept with pytest's cache; nothing of them is part of this project.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from filelock import FileLock
from rdflib import RDF, SH
from test_shapes import COMPONENT

from kg.quality.shapes import COMPONENTS, read, violations
from kg.store.embedded import EmbeddedStore

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
KNOWN = {
    "node/datatype-001": "the engine takes an ill-formed integer for one",
    "property/datatype-ill-formed": "the engine takes an ill-formed xsd:byte for one",
    "property/uniqueLang-002": 'rdflib reads the true of "1"^^xsd:boolean as the sign true',
}
"""The tests that fail, and why."""
APART = {
    "complex/personexample": "closed",
    "complex/shacl-shacl": "uses http://www.w3.org/ns/shacl#",  # several, in any order
    "node/and-001": "and",
    "node/and-002": "and",
    "node/closed-001": "closed",
    "node/closed-002": "closed",
    "node/equals-001": "equals",
    "node/node-001": "node",
    "node/not-001": "not",
    "node/not-002": "not",
    "node/or-001": "or",
    "node/qualified-001": "qualified",
    "node/xone-001": "xone",
    "node/xone-duplicate": "xone",
    "property/and-001": "and",
    "property/datatype-003": "or",
    "property/equals-001": "equals",
    "property/node-001": "node",
    "property/node-002": "node",
    "property/not-001": "not",
    "property/or-001": "or",
    "property/or-datatypes-001": "or",
    "property/property-001": "shapes of its own",
    "property/qualifiedMinCountDisjoint-001": "qualified",
    "property/qualifiedValueShape-001": "qualified",
    "property/qualifiedValueShapesDisjoint-001": "qualified",
    "validation-reports/shared": "shapes of its own",
}
"""The tests that do not apply, each with what it uses that no shape of ours may: such a shape is refused, not read."""


@pytest.fixture(scope="module")
def suite(pytestconfig: pytest.Config) -> Path:
    """The folder of the core tests."""
    cache = pytestconfig.cache
    assert cache is not None
    folder = Path(cache.mkdir("shacl"))
    name = f"pyshacl-{version('pyshacl')}"
    with FileLock(folder / "lock"):
        if not list(folder.glob(f"{name}.tar.gz")):
            pythons = [Path(sys.executable), Path(sys.base_prefix, "bin", "python3")]  # an environment may have no pip
            works = [
                python
                for python in pythons
                if not subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode
            ]
            if not works:
                pytest.skip("there is no pip to fetch the tests with")
            wanted = ["--no-deps", "--no-binary", "pyshacl", f"pyshacl=={version('pyshacl')}", "--dest", str(folder)]
            command = [works[0], "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *wanted]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"the package index gives no source distribution: {done.stderr.strip()[-200:]}")
        if not (folder / name).is_dir():
            with tarfile.open(folder / f"{name}.tar.gz") as archive:
                archive.extractall(folder, filter="data")
    return folder / name / "test" / "resources" / "sht_tests" / "core"


def cases(suite: Path) -> Iterator[tuple[str, rdflib.Graph, Path, Path]]:
    """Each test: its name, its file, its data and its shapes."""
    for path in sorted(suite.rglob("*.ttl")):
        graph = rdflib.Graph().parse(path, publicID=path.as_uri())
        for test in graph.subjects(RDF.type, SHT.Validate):
            action = graph.value(test, MF.action)
            files = [
                Path(str(graph.value(action, part)).removeprefix("file://"))
                for part in (SHT.dataGraph, SHT.shapesGraph)
            ]
            yield f"{path.parent.name}/{path.stem}", graph, files[0], files[1]


def told(term: object) -> str:
    """A term as the store tells it: numbers by value, blank nodes with their sign."""
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.decimal:
        return f"{float(term):g}"
    return f"_:{term}" if isinstance(term, rdflib.BNode) else str("" if term is None else term)


def expected(graph: rdflib.Graph) -> Counter[tuple[str, ...]]:
    """The results that a test asks for: focus node, value, component."""
    (report,) = (node for node in graph.subjects(RDF.type, SH.ValidationReport))
    return Counter(
        (
            told(graph.value(result, SH.focusNode)),
            told(graph.value(result, SH.value)),
            str(graph.value(result, SH.sourceConstraintComponent)),
        )
        for result in graph.objects(report, SH.result)
    )


def asked(data: rdflib.Graph, shapes: Path) -> Counter[tuple[str, ...]]:
    store = EmbeddedStore(ox.Store())
    store.load_with_blanks(data.serialize(format="nt").encode())
    names = {iri: component for component, iri in COMPONENT.items()}
    rows = violations(store, read(shapes)).select("focus", "value", "component").iter_rows()
    return Counter((focus, value or "", names[component]) for focus, value, component in rows)


def test_the_core_tests_that_are_understood_pass(suite: Path) -> None:
    passed, refused, failed = [], {}, []
    for name, graph, data, shapes in cases(suite):
        try:
            found = asked(graph if data.name == f"{name.partition('/')[2]}.ttl" else rdflib.Graph().parse(data), shapes)
        except ValueError as fault:
            refused[name] = str(fault)
            continue
        (passed if found == expected(graph) else failed).append(name)
    assert sorted(failed) == sorted(KNOWN), failed
    assert sorted(refused) == sorted(APART), refused
    for name, use in APART.items():
        assert use in refused[name]
        assert "not understood" in refused[name]
    assert len(passed) == 68
    print(f"{len(passed)} pass, {len(failed)} fail, {len(refused)} use what is not understood")


def test_every_component_is_known_to_the_judge() -> None:
    assert set(COMPONENT.values()) == set(map(str, COMPONENTS))
