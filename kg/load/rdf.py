"""RDF files as quads: named graphs are passages, and a file without any is a source by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

import polars as pl
import pyoxigraph as ox

from kg.findings import Finding
from kg.load import xml
from kg.load.files import File
from kg.load.quads import iri, literal
from kg.terms import DCTERMS, ID, KG, ONTOLOGY, PASSAGES_GRAPH, RDF, RULE_GRAPHS, SOURCE_GRAPHS, passage_iri

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_TERM = r'(?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?|<<\( .* \)>>)'
_LINE = rf"^(<[^>]*>|_:\S+) (<[^>]*>) ({_TERM})(?: (<[^>]*>|_:\S+))? \.$"
_TOKEN = re.compile(r'<[^<> ]*>|"(?:[^"\\]|\\.)*"|_:c14n')
"""What a line of N-Quads is made of, as far as a blank node must be told from the text of an IRI or a literal."""
FILE = "file-"
"""How the key of a source begins that is a file of RDF without passages."""
_STATEMENT = ["subject", "predicate", "object"]


@dataclass(frozen=True, slots=True)
class Read:
    """What an RDF file states: ``quads`` (:data:`kg.load.quads.IN_FILES`), and the passages that are ours.

    ``passages`` has source (key) and locator; ``described`` are quads that the loader itself adds.
    """

    quads: pl.DataFrame
    passages: pl.DataFrame
    described: pl.DataFrame


def read(file: File, number: int) -> tuple[Read | None, list[Finding]]:
    """The statements of a file, or the finding that says where it can't be read.

    ``number`` keeps its blank nodes apart from those of other files. What the ontology says and what rules derived
    is left out: a build says and derives it anew.
    """
    data = file.read()
    try:
        if _FORMATS[file.ending] == ox.RdfFormat.RDF_XML:
            data = xml.as_utf8(data)
        parsed = ox.parse(input=data, format=_FORMATS[file.ending])
        text = (ox.serialize(parsed, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")
    except SyntaxError as fault:
        return None, [_finding(file, data, fault)]
    except (OSError, ValueError, LookupError) as fault:
        return None, [Finding("bad-rdf", f"The file can't be read as RDF ({fault}).", "Mend it.", file.name)]
    all_quads = _with_names(_frame(text), number)
    graph = pl.col("graph")
    named = all_quads.filter(graph.is_not_null())
    ours = graph.str.starts_with(f"<{RULE_GRAPHS}") | (graph == f"<{ONTOLOGY}>")
    # The default graph of a landscape repeats what its named graphs hold; what they don't hold, the file says itself.
    alone = all_quads.filter(graph.is_null()).join(named.select(_STATEMENT), on=_STATEMENT, how="anti")
    kept = named.filter(~ours).rename({"graph": "passage"})
    passages = _passages(kept["passage"])
    # What the loader itself said of files is left out with its other steps, so that it says it anew.
    files = passages.filter(pl.col("source").str.starts_with(FILE)).unique("source", keep="first", maintain_order=True)
    none = pl.DataFrame(schema=kept.schema)
    described = pl.concat([none, *(_described(ID + key, title) for key, title in files.iter_rows())])
    if alone.height:
        source, locator = FILE + re.sub(r"[^A-Za-z0-9]+", "-", file.stem or "input").strip("-"), file.path.name
        passage = f"<{passage_iri(source, locator)}>"
        kept = pl.concat([kept, alone.select(*_STATEMENT, passage=pl.lit(passage))])
        passages = pl.concat([passages, pl.DataFrame({"source": [source], "locator": [locator]})])
        described = pl.concat([described, _described(ID + source, locator)])
    kept = kept.select(*_STATEMENT, "passage", file=pl.lit(file.name))
    return Read(kept, passages.unique(maintain_order=True), described), []


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI that a store takes."""
    try:
        ox.NamedNode(text)
        list(ox.parse(input=f"<{text}> <a:a> <a:a> .", format=ox.RdfFormat.N_TRIPLES))
    except (ValueError, SyntaxError):
        return False
    return True


def _with_names(quads: pl.DataFrame, number: int) -> pl.DataFrame:
    """The same quads with blank nodes that are named alike in every run (W3C's RDF Dataset Canonicalization)."""
    term = pl.all().str
    blank = pl.any_horizontal(term.starts_with("_:") | (term.starts_with("<<") & term.contains("_:")))
    strange = quads.filter(blank.fill_null(value=False))
    if strange.is_empty():
        return quads
    lines = strange.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True) + " .\n").to_series()
    dataset = ox.Dataset(ox.parse(input="".join(lines), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    whole = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")
    named = _TOKEN.sub(lambda token: f"_:f{number}c14n" if token[0] == "_:c14n" else token[0], whole)
    return pl.concat([quads.filter(~blank.fill_null(value=False)), _frame(named)])


def _frame(text: str) -> pl.DataFrame:
    lines = pl.Series("line", text.split("\n")[:-1], dtype=pl.String).to_frame()
    names = [*_STATEMENT, "graph"]
    return lines.select(pl.col("line").str.extract(_LINE, n).alias(name) for n, name in enumerate(names, start=1))


def _passages(graphs: pl.Series) -> pl.DataFrame:
    """The passages among the graphs: their source and locator."""
    found = [
        (source, unquote(locator))
        for graph in graphs.unique().sort()
        if graph.startswith(f"<{SOURCE_GRAPHS}")
        for source, sign, locator in [graph[len(SOURCE_GRAPHS) + 1 : -1].partition("#")]
        if sign
    ]
    return pl.DataFrame(found, schema={"source": pl.String, "locator": pl.String}, orient="row")


def _described(source: str, title: str) -> pl.DataFrame:
    """What the loader says of a file that is a source by itself."""
    none = pl.lit(None, pl.String)
    objects = {RDF.type: iri(pl.lit(KG.Source)), DCTERMS.title: literal(pl.lit(title), none, none)}
    return pl.concat(
        [
            pl.select(
                subject=iri(pl.lit(source)), predicate=pl.lit(f"<{predicate}>"), object=value,
                passage=pl.lit(f"<{PASSAGES_GRAPH}>"),
            )
            for predicate, value in objects.items()
        ]
    )  # fmt: skip


def _finding(file: File, data: bytes, fault: SyntaxError) -> Finding:
    """The fault at its line and column; Oxigraph names none for XML that is not well formed, so expat is asked."""
    text = re.sub(r"^Parser error (?:at|between) line .*?: ", "", fault.msg)
    line, column = fault.lineno or 0, fault.offset or 0
    if not line and _FORMATS[file.ending] == ox.RdfFormat.RDF_XML:
        line, column = xml.unformed(data)
    if "LoadDocumentCallback" in text:
        message = "The file takes its context from an address, and nothing is loaded from a network."
        return Finding("bad-rdf", message, "Write the context itself into the file.", file.name)
    message = f"The file can't be read as RDF: {text.rstrip('.')}."
    return Finding("bad-rdf", message, "Mend it there.", file.name, line, column, unit="line")
