"""Exports: read back they are the same landscape, they are the same bytes each time, and no formula runs."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import build
from kg.landscape import Landscape
from kg.network.tables import SCHEMAS
from kg.terms import ID, PREFIXES
from kg.views.rdf import ANNOTATED, MERGED, WITH_EVIDENCE, export
from kg.views.rows import separated

FORMATS = {
    "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML,
    ANNOTATED: ox.RdfFormat.TURTLE,
}  # fmt: skip


def quads(landscape: Landscape) -> set[str]:
    return {str(quad) for quad in landscape.store._store}


@pytest.mark.parametrize("ending", WITH_EVIDENCE)
@pytest.mark.parametrize("name", ["china", "tiny"])
def test_read_back_it_is_the_same_landscape_evidence_included(
    ending: str, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    landscape = request.getfixturevalue(name)
    file = tmp_path / f"all.{ending}"
    file.write_bytes(export(landscape.store, ending))
    assert quads(build([file], tmp_path / "kg").landscape) == quads(landscape)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(lambda t: t.strip())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TEXT, min_size=1, max_size=4), locator=TEXT)
def test_any_names_and_locators_come_back(
    names: list[str], locator: str, tables: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = io.StringIO()
    safe = [name.replace("|", r"\|") for name in names]
    rows = [[f"c{n}", name, "D.", "s#" + locator.replace("|", r"\|")] for n, name in enumerate(safe)]
    csv.writer(out).writerows([["id", "label@en", "definition@zh", "source"], *rows])
    folder = tmp_path_factory.mktemp("round")
    first = build([tables(capabilities=out.getvalue())], folder / "first").landscape
    for ending in WITH_EVIDENCE:
        (folder / f"all.{ending}").write_bytes(export(first.store, ending))
        assert quads(build([folder / f"all.{ending}"], folder / ending).landscape) == quads(first)


@pytest.mark.parametrize("ending", MERGED)
def test_the_merged_landscape_is_the_default_graph(ending: str, china: Landscape) -> None:
    told = {str(quad) for quad in ox.parse(input=export(china.store, ending), format=FORMATS[ending])}
    assert told == {quad for quad in quads(china) if ox.DefaultGraph() == next(iter(_parsed(quad))).graph_name}


def _parsed(quad: str) -> list[ox.Quad]:
    return list(ox.parse(input=quad + " .", format=ox.RdfFormat.N_QUADS))


def test_the_annotations_name_every_passage_of_every_statement(tiny: Landscape) -> None:
    store = ox.Store()
    store.load(input=export(tiny.store, ANNOTATED), format=ox.RdfFormat.TURTLE)
    statement = f"<{ID}river-paylo> kg:covers <{ID}payments>"
    query = f"SELECT ?passage {{ ?r rdf:reifies <<( {statement} )>> ; dcterms:source ?passage }}"
    told = {solution["passage"].value.removeprefix(ID) for solution in store.query(query, prefixes=PREFIXES)}  # type: ignore[union-attr]
    assert told == {"source/gazette#p3", "source/release#top"}


def test_rdflib_reads_what_it_can(china: Landscape) -> None:
    for ending, name in (("ttl", "turtle"), ("rdf", "xml"), ("nt", "nt")):
        graph = rdflib.Graph().parse(data=export(china.store, ending), format=name)
        assert len(graph) == len(china.store.triples(None))
    assert len(rdflib.Dataset().parse(data=export(china.store, "trig"), format="trig")) > 1000


def test_the_same_landscape_is_the_same_bytes_elsewhere_and_at_another_time(root: Path, tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from kg.build import build; from kg.views.rdf import export\n"
        "store = build([Path(sys.argv[1])], Path(sys.argv[2])).landscape.store\n"
        "for ending in sys.argv[3:]: print(ending, hashlib.sha256(export(store, ending)).hexdigest())"
    )
    runs = {
        subprocess.check_output(
            [sys.executable, "-c", code, str(root / "graphs" / "china-2017"), str(tmp_path / zone), *FORMATS],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, cwd=tmp_path,
        )
        for seed, zone in (("1", "UTC"), ("7", "Asia-Shanghai"))
    }  # fmt: skip
    assert len(runs) == 1


def test_the_command_writes_by_the_ending_or_the_format(run: Callable, tmp_path: Path, china: Landscape) -> None:
    assert "Wrote" in run("export", "-o", str(tmp_path / "new" / "all.trig")).stderr
    assert (tmp_path / "new" / "all.trig").read_bytes() == export(china.store, "trig")
    run("export", "-o", str(tmp_path / "all.annotated.ttl"))
    assert b"reifies" in (tmp_path / "all.annotated.ttl").read_bytes()
    assert run("export", "-o", "-", "--format", "nt").stdout_bytes == export(china.store, "nt")
    assert "names no format" in run("export", "-o", "all.docx", exit_code=2).stderr
    for format_ in ("csv", "parquet"):
        run("export", "-o", str(tmp_path / format_), "--format", format_)
        assert {path.stem for path in (tmp_path / format_).glob(f"*.{format_}")} == set(SCHEMAS)
    assert pl.read_csv(tmp_path / "csv" / "covers.csv").height == china.tables["covers"].height
    assert pl.read_parquet(tmp_path / "parquet" / "covers.parquet").equals(china.tables["covers"])


def test_a_spreadsheet_takes_no_text_for_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "fine", "a=b"]
    rows = pl.DataFrame({"text": texts, "list": [[text] for text in texts], "n": range(len(texts))})
    told = list(csv.reader(io.StringIO(separated(rows, "csv"))))[1:]
    assert [row[0] for row in told] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "fine", "a=b"]
    assert [row[1] for row in told] == [row[0] for row in told]
    assert [row[2] for row in told] == [str(n) for n in range(len(texts))]
