"""RDF files as quads: named graphs are passages, and a file without any is a source by itself."""

from __future__ import annotations

import codecs
import difflib
import hashlib
import io
import os
import re
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

import polars as pl
import pyoxigraph as ox

from kg import nesting
from kg.findings import Finding
from kg.load import sentences, statements, xml
from kg.load.files import File
from kg.load.identity import AS_SAID
from kg.load.quads import STATEMENT, iri, literal
from kg.load.statements import Statements, frame
from kg.load.words import Vocabulary
from kg.terms import DCTERMS, ID, KG, ONTOLOGY, PASSAGES_GRAPH, RDF, SAME_GRAPH, SOURCE_GRAPHS, passage_iri, shorten

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_AT_ONCE = 1 << 24
"""How many bytes of a file are looked through at once."""
FILE = "file-"
"""How the key of a source begins that is a file of RDF without passages."""


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
    format_ = _FORMATS[file.ending]
    with file.opened() as given:
        stream = given
        try:
            if format_ == ox.RdfFormat.RDF_XML:
                data = xml.as_utf8(stream.read())
                if (unformed := xml.unformed(data)) is not None:
                    line, column, why = unformed
                    return None, [Finding(sentences.BAD_RDF.of(why=why), file.name, line, column, unit="line")]
                stream = io.BytesIO(data)
            elif nesting.too_deep(iter(lambda: stream.read(_AT_ONCE), b"")):
                return None, [Finding(sentences.NESTED_RDF.of(why=sentences.TOO_DEEP), file.name)]
            _begin(stream)
            stated = statements.read(ox.parse(input=stream, format=format_), number)
        except SyntaxError as fault:
            _begin(stream)
            return None, [_finding(file, stream.read(4), fault)]
        except (OSError, ValueError, LookupError) as fault:
            return None, [Finding(sentences.BAD_RDF_FILE.of(why=sentences.reported(fault)), file.name)]
    if stated.rows.is_empty():
        return None, [Finding(sentences.EMPTY_RDF, file.name)]
    return _kept(file, _spelt(stated), vocabulary, taken)


def _begin(stream: BinaryIO) -> None:
    """Go to where the text of a file begins, after a mark of its order of bytes."""
    stream.seek(0)
    if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        stream.seek(0)


def _kept(file: File, stated: Statements, vocabulary: Vocabulary, taken: set[str]) -> tuple[Read, list[Finding]]:
    """What is kept of the statements of a file, with what the loader itself says of it, and what it lacks."""
    graph, ontology = pl.col("graph"), stated.numbers([f"<{ONTOLOGY}>"])
    ours = stated.numbers([*(f"<{rule}>" for rule in vocabulary.rules), f"<{ONTOLOGY}>"])
    named = stated.rows.filter(graph.is_not_null())
    # The default graph of a landscape repeats what its named graphs hold; what they don't hold, the file says itself.
    alone = stated.rows.filter(graph.is_null()).join(named.select(STATEMENT), on=STATEMENT, how="anti")
    kept = named.filter(~graph.is_in(ours.implode()))
    # Of what a thing was spoken that is another now, statements that are merged already don't tell.
    said = named.filter(
        graph.is_in(stated.numbers([f"<{SAME_GRAPH}>"]).implode()),
        pl.col("predicate").is_in(stated.numbers(f"<{term}>" for term in AS_SAID).implode()),
    )
    passages = _passages(stated.terms.gather(kept["graph"].unique()))
    described = [stated.texts(said).rename({"graph": "passage"}), *_files(stated, kept, passages)]
    told = stated.texts(kept).rename({"graph": "passage"})
    if alone.height:
        source, locator = _key(file, taken), file.path.name.encode("utf-8", "replace").decode()
        passage = f"<{passage_iri(source, locator)}>"
        told = pl.concat([told, stated.texts(alone.select(STATEMENT)).with_columns(passage=pl.lit(passage))])
        passages = pl.concat([passages, pl.DataFrame({"source": [source], "locator": [locator]})])
        described.append(_described(ID + source, locator))
    findings = _left_out(file, stated.texts(named.filter(graph.is_in(ontology.implode()))), vocabulary)
    findings += _unknown_words(file, stated, pl.concat([kept, alone]), vocabulary)
    read_ = Read(told.with_columns(file=pl.lit(file.name)), passages.unique(maintain_order=True), pl.concat(described))
    return read_, findings


def _files(stated: Statements, kept: pl.DataFrame, passages: pl.DataFrame) -> list[pl.DataFrame]:
    """What the loader itself said of files is left out with its other steps, so that it says it anew."""
    files = passages.filter(pl.col("source").str.starts_with(FILE)).unique("source", keep="first", maintain_order=True)
    numbers = stated.numbers(f"<{ID}{key}>" for key in files["source"])
    spoken = set(stated.terms.gather(numbers.filter(numbers.is_in(kept["subject"].implode()))))
    return [_described(ID + key, title) for key, title in files.iter_rows() if f"<{ID}{key}>" not in spoken]


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
    strange = said.join(frame(vocabulary.statements), on=STATEMENT, how="anti")
    if strange.is_empty():
        return []
    first = " ".join(strange.select(STATEMENT).sort(pl.all()).row(0))
    return [Finding(sentences.LEFT_OUT.of(count=strange.height, first=first), file.name)]


def _unknown_words(file: File, stated: Statements, said: pl.DataFrame, vocabulary: Vocabulary) -> list[Finding]:
    """Words of our ontology that it does not have: what they say is kept, and no question or check sees it."""
    words = [f"<{iri}>" for iri in vocabulary.terms]
    strange = stated.terms.str.starts_with(f"<{KG.base}") & ~stated.terms.is_in(words)
    numbers = strange.arg_true().cast(pl.UInt32).implode()
    ours = pl.concat(said.filter(pl.col(name).is_in(numbers)).select(term=name) for name in STATEMENT)
    # A header word may stand for a term of another vocabulary.
    known = {iri.removeprefix(KG.base): iri for iri in sorted(vocabulary.terms)}
    known |= {name: word.iri for name, word in vocabulary.words.items()}
    findings = []
    counted = ours.group_by("term").len()
    for term, count in sorted(zip(stated.terms.gather(counted["term"]), counted["len"], strict=True)):
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


def _spelt(stated: Statements) -> Statements:
    """The statements with passages spelt as :func:`kg.terms.passage_iri` does, however their locators were."""
    parts = {
        graph: graph[len(SOURCE_GRAPHS) + 1 : -1].partition("#")
        for graph in stated.terms.gather(stated.rows["graph"].drop_nulls().unique())
        if graph.startswith(f"<{SOURCE_GRAPHS}")
    }
    spelt = {
        graph: f"<{passage_iri(source, unquote(locator))}>" for graph, (source, sign, locator) in parts.items() if sign
    }
    return stated.renamed("graph", {graph: name for graph, name in spelt.items() if graph != name})


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


def _finding(file: File, start: bytes, fault: SyntaxError) -> Finding:
    """The fault at its line and column, in a file that starts so."""
    text = re.sub(r"^Parser error (?:at|between) line .*?: ", "", fault.msg)
    text = "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
    line, column = fault.lineno or 0, fault.offset or 0
    if b"\0" in start:
        return Finding(sentences.NOT_UTF8_RDF, file.name, 1, 1, unit="line")
    if "LoadDocumentCallback" in text:
        return Finding(sentences.FOREIGN_CONTEXT, file.name)
    said = sentences.BAD_RDF.of(why=sentences.reported(text.rstrip(".")))
    return Finding(said, file.name, line, column, unit="line")
