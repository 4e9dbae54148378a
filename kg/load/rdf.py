"""RDF files as quads: named graphs are passages, and a file without any is a source by itself."""

from __future__ import annotations

import codecs
import difflib
import hashlib
import os
import re
from dataclasses import dataclass
from urllib.parse import unquote

import polars as pl
import pyoxigraph as ox

from kg import nesting
from kg.findings import Finding
from kg.load import sentences, xml
from kg.load.files import File
from kg.load.identity import AS_SAID
from kg.load.quads import iri, literal
from kg.load.words import Vocabulary
from kg.terms import DCTERMS, ID, KG, ONTOLOGY, PASSAGES_GRAPH, RDF, SAME_GRAPH, SOURCE_GRAPHS, passage_iri, shorten

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_TERM = r'(?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?|<<\( .* \)>>)'
_LINE = rf"^(<[^>]*>|_:\S+) (<[^>]*>) ({_TERM})(?: (<[^>]*>|_:\S+))? \.$"
_TOKEN = re.compile(r'<[^<> ]*>|"(?:[^"\\]|\\.)*"|_:\S+')
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


def read(file: File, number: int, vocabulary: Vocabulary, taken: set[str]) -> tuple[Read | None, list[Finding]]:
    """The statements of a file, or the finding that says where it can't be read.

    ``number`` keeps its blank nodes apart from those of other files, ``taken`` its key as a source. What the ontology
    says and what its rules derived is left out: a build says and derives it anew.
    """
    data = file.read()
    format_ = _FORMATS[file.ending]
    try:
        if format_ == ox.RdfFormat.RDF_XML:
            data = xml.as_utf8(data)
            if (unformed := xml.unformed(data)) is not None:
                line, column, why = unformed
                return None, [Finding(sentences.BAD_RDF.of(why=why), file.name, line, column, unit="line")]
        elif nesting.too_deep(data := data.removeprefix(codecs.BOM_UTF8)):
            return None, [Finding(sentences.NESTED_RDF.of(why=sentences.TOO_DEEP), file.name)]
        parsed = ox.parse(input=data, format=format_)
        text = (ox.serialize(parsed, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")
    except SyntaxError as fault:
        return None, [_finding(file, data, fault)]
    except (OSError, ValueError, LookupError) as fault:
        return None, [Finding(sentences.BAD_RDF_FILE.of(why=sentences.reported(fault)), file.name)]
    if not text:
        return None, [Finding(sentences.EMPTY_RDF, file.name)]
    all_quads = _spelt(frame(_with_names(text, number)))
    graph = pl.col("graph")
    named = all_quads.filter(graph.is_not_null())
    ours = graph.is_in([f"<{rule}>" for rule in vocabulary.rules]) | (graph == f"<{ONTOLOGY}>")
    # The default graph of a landscape repeats what its named graphs hold; what they don't hold, the file says itself.
    alone = all_quads.filter(graph.is_null()).join(named.select(_STATEMENT), on=_STATEMENT, how="anti")
    # Of what a thing was spoken that is another now, statements that are merged already don't tell.
    said = (graph == f"<{SAME_GRAPH}>") & pl.col("predicate").is_in([f"<{term}>" for term in AS_SAID])
    kept = named.filter(~ours).rename({"graph": "passage"})
    passages = _passages(kept["passage"])
    # What the loader itself said of files is left out with its other steps, so that it says it anew.
    told = kept["subject"].unique()
    files = passages.filter(
        pl.col("source").str.starts_with(FILE)
        & ~pl.concat_str(pl.lit(f"<{ID}"), "source", pl.lit(">")).is_in(told.implode())
    ).unique("source", keep="first", maintain_order=True)
    none = pl.DataFrame(schema=kept.schema)
    described = pl.concat(
        [
            none,
            named.filter(said).rename({"graph": "passage"}),
            *(_described(ID + key, title) for key, title in files.iter_rows()),
        ]
    )
    if alone.height:
        source, locator = _key(file, taken), file.path.name.encode("utf-8", "replace").decode()
        passage = f"<{passage_iri(source, locator)}>"
        kept = pl.concat([kept, alone.select(*_STATEMENT, passage=pl.lit(passage))])
        passages = pl.concat([passages, pl.DataFrame({"source": [source], "locator": [locator]})])
        described = pl.concat([described, _described(ID + source, locator)])
    kept = kept.select(*_STATEMENT, "passage", file=pl.lit(file.name))
    findings = _left_out(file, named.filter(graph == f"<{ONTOLOGY}>"), vocabulary)
    findings += _unknown_words(file, kept, vocabulary)
    return Read(kept, passages.unique(maintain_order=True), described), findings


def _key(file: File, taken: set[str]) -> str:
    """The key of a file as a source, which no other file has."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", file.stem).strip("-")
    if not stem:
        stem = hashlib.sha256(os.fsencode(file.stem)).hexdigest()[:8] if file.stem else "input"
    key, again = FILE + stem, 1
    while key in taken:
        again += 1
        key = f"{FILE}{stem}-{again}"
    taken.add(key)
    return key


def _left_out(file: File, said: pl.DataFrame, vocabulary: Vocabulary) -> list[Finding]:
    """That statements in the ontology's graph are left out which it does not make."""
    if said.is_empty():
        return []
    strange = said.join(frame(vocabulary.statements), on=_STATEMENT, how="anti")
    if strange.is_empty():
        return []
    first = " ".join(strange.select(_STATEMENT).sort(pl.all()).row(0))
    return [Finding(sentences.LEFT_OUT.of(count=strange.height, first=first), file.name)]


def _unknown_words(file: File, said: pl.DataFrame, vocabulary: Vocabulary) -> list[Finding]:
    """Words of our ontology that it does not have: what they say is kept, and no question or check sees it."""
    ours = said.select(term=pl.concat_list(*_STATEMENT)).explode("term").filter(
        pl.col("term").str.starts_with(f"<{KG.base}") & ~pl.col("term").is_in([f"<{iri}>" for iri in vocabulary.terms])
    )  # fmt: skip
    # A header word may stand for a term of another vocabulary.
    known = {iri.removeprefix(KG.base): iri for iri in sorted(vocabulary.terms)}
    known |= {name: word.iri for name, word in vocabulary.words.items()}
    findings = []
    for term, count in ours.group_by("term").len().sort("term").iter_rows():
        word = term[1:-1].removeprefix(KG.base)
        # A header word may stand for a term of another vocabulary.
        close = [word] if word in known else difflib.get_close_matches(word, known, n=1)
        sentence = sentences.UNKNOWN_WORD_LIKE if close else sentences.UNKNOWN_WORD
        meant = shorten(known[close[0]]) if close else ""
        findings.append(Finding(sentence.of(word=shorten(term[1:-1]), count=count, close=meant), file.name))
    return findings


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI that a store takes."""
    try:
        ox.NamedNode(text)
        list(ox.parse(input=f"<{text}> <a:a> <a:a> .", format=ox.RdfFormat.N_TRIPLES))
    except (ValueError, SyntaxError):
        return False
    return True


def _with_names(text: str, number: int) -> str:
    """The same N-Quads with blank nodes named in the order in which the file speaks of them, alike in every run."""
    if "_:" not in text:
        return text
    known: dict[str, str] = {}

    def named(token: re.Match[str]) -> str:
        return known.setdefault(token[0], f"_:f{number}n{len(known)}") if token[0].startswith("_:") else token[0]

    return "".join(_TOKEN.sub(named, line) if "_:" in line else line for line in text.splitlines(keepends=True))


def _spelt(quads: pl.DataFrame) -> pl.DataFrame:
    """The quads with passages spelt as :func:`kg.terms.passage_iri` does, however their locators were."""
    parts = {
        graph: graph[len(SOURCE_GRAPHS) + 1 : -1].partition("#")
        for graph in quads["graph"].drop_nulls().unique()
        if graph.startswith(f"<{SOURCE_GRAPHS}")
    }
    spelt = {
        graph: f"<{passage_iri(source, unquote(locator))}>" for graph, (source, sign, locator) in parts.items() if sign
    }
    return quads.with_columns(pl.col("graph").replace(spelt)) if spelt else quads


def frame(text: str) -> pl.DataFrame:
    """Lines of N-Quads as pyoxigraph writes them: columns subject, predicate, object, graph (terms, graph or null)."""
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
    """The fault at its line and column."""
    text = re.sub(r"^Parser error (?:at|between) line .*?: ", "", fault.msg)
    text = "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
    line, column = fault.lineno or 0, fault.offset or 0
    if b"\0" in data[:4]:
        return Finding(sentences.NOT_UTF8_RDF, file.name, 1, 1, unit="line")
    if "LoadDocumentCallback" in text:
        return Finding(sentences.FOREIGN_CONTEXT, file.name)
    said = sentences.BAD_RDF.of(why=sentences.reported(text.rstrip(".")))
    return Finding(said, file.name, line, column, unit="line")
