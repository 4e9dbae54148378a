"""The page as one document: what it knows, its scripts and its styles, each by its hash in the page's policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from kg.errors import known
from kg.network.graphs import everything
from kg.network.tables import NetworkTables
from kg.store.engine import Answer, Engine
from kg.terms import LANGUAGES, RDFS, SKOS, shorten
from kg.views.page.answer import ROW, Answered
from kg.views.page.answer import read as read_answer
from kg.views.page.model import answered_model, model
from kg.views.page.network import answered, banking, filled, library, network, packed, rows
from kg.views.page.places import placed
from kg.views.page.words import PAGE

SCRIPTS = (
    "later", "data", "state", "resting", "time", "facets", "views", "signs", "drawing", "order", "filters", "premises",
    "sheet", "evidence", "between", "search", "slider", "more", "reading", "blocks", "chips", "cells", "matrix",
    "weave", "pieces", "tags", "follow", "loom", "columns", "gather", "unfold", "detours", "topics", "landmarks",
    "gist", "lettering", "plot", "nearby", "still", "wheel", "hand", "surface", "place", "pointing", "upright",
    "legend", "keys", "paper", "network", "steps", "groups", "timeline", "caption", "sight", "picture", "take", "page",
)  # fmt: skip
"""The files of ``assets/page/`` that end in .js, in the order in which they run; views come up in this order."""
_ASKED = (
    "later", "data", "state", "resting", "time", "facets", "views", "signs", "drawing", "order", "filters", "premises",
    "rows", "sheet", "evidence", "between", "search", "shapes",
)  # fmt: skip
_TAKEN = ("caption", "sight", "picture", "take", "page")
TRIPLES_SCRIPTS = (*_ASKED, "paper", "routes", "wheel", "place", "hub", "values", "answer", *_TAKEN)
"""Those of the page of what a CONSTRUCT answers."""
ROWS_SCRIPTS = (*_ASKED, "reading", "weave", "pieces", "tags", "follow", "loom", "bundles", "strands", *_TAKEN)
"""Those of the page of what a SELECT answers, which needs no library."""
EVIDENCE = ("called", "facts", "grounds", "passages", "publishers", "sources")
"""What of all that the page is told stands apart, since nothing that is drawn at first needs it."""
STYLES = ("page", "filters", "matrix", "columns", "network", "evidence", "time", "take")
"""The files of ``assets/page/`` that end in .css."""
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOOSE = re.compile(r" *([{}]) *|(?<=[:;,]) +")  # after a colon no selector has a space
_ASIDE = re.compile(r"(?<=[;,{})]) // [^\"'`]*$")  # at the end of a line, where it can be no part of a text


def html(store: Engine, tables: NetworkTables, *, language: str = "en") -> str:
    """The page as text, the same for the same landscape; ``language`` is the one that it opens in."""
    known("language", language, LANGUAGES)
    graph = everything(tables)
    labels: dict[str, dict[str, str]] = {one: dict(tables.labels(one).iter_rows()) for one in LANGUAGES}
    nodes = graph.nodes(data="iri")
    names = {node: {one: called.get(iri, node) for one, called in labels.items()} for node, iri in nodes}
    told = model(store, tables, {data["iri"]: data["kind"] for _, data in graph.nodes(data=True)})
    return _document(told, network(tables, names), SCRIPTS, language)


def answer_html(
    store: Engine, tables: NetworkTables, answer: Answer, *, query: str = "", language: str = "en"
) -> tuple[str, list[str]]:
    """The page of what a query answers, and what of the answer it can't show; ``query`` is its text.

    Raises
    ------
    BadQuery
        when there is nothing to draw, or too much.
    """
    known("language", language, LANGUAGES)
    told, read, kinds, names = answer_told(store, tables, answer, query)
    boxes = {} if read.rows else placed(read, kinds, names)
    drawn = answered(read.lines, read.things, boxes)
    scripts = ROWS_SCRIPTS if read.rows else TRIPLES_SCRIPTS
    return _document(told, drawn, scripts, language, query), read.left_out


def asked(query: str) -> dict[str, str]:
    r"""What a query asks, in words: those with which it begins, as the named questions do, or else that it is one.

    >>> asked("# en: Who is there?\n# zh: 谁在？\nSELECT *"), asked("# All banks\nSELECT *")["zh"]
    ({'en': 'Who is there?', 'zh': '谁在？'}, 'All banks')
    """
    lines = (line.strip() for line in query.strip().splitlines())
    head = [line.lstrip("# ").strip() for line in takewhile(lambda line: line.startswith("#"), lines)]
    told = {line[:2]: line[3:].strip() for line in head if line[:3] in {"en:", "zh:"}}
    first = next(filter(None, [*told.values(), *head]), None)
    return {one: told.get(one) or first or PAGE["answer_title"][one] for one in LANGUAGES}


def answer_told(
    store: Engine, tables: NetworkTables, answer: Answer, query: str
) -> tuple[dict[str, Any], Answered, dict[str, str], dict[str, dict[str, str]]]:
    """What is told and drawn of an answer, as what those known are drawn, and the names of all by language.

    Raises
    ------
    BadQuery
        when there is nothing to draw, or too much.
    """
    read = read_answer(answer, query)
    kinds = {data["iri"]: data["kind"] for _, data in everything(tables).nodes(data=True)}
    given: dict[str, Mapping[str, str]] = {ROW: {one: PAGE["row"][one] for one in LANGUAGES}, **_given(read, tables)}
    told, read = answered_model(store, tables, kinds, read, given)
    kinds |= dict.fromkeys(banking(tables, kinds), "bank")
    called = [dict(zip(LANGUAGES, (row[2], (row[3:4] or [""])[0] or row[2]), strict=True)) for row in told["things"]]
    keys = {row[0]: own for row, own in zip(told["things"], called, strict=True)}
    names = {predicate: keys[shorten(predicate)] for _, predicate, *_ in read.texts}
    names |= zip(read.things, called, strict=False)
    return told, read, kinds, names


def _given(read: Answered, tables: NetworkTables) -> dict[str, dict[str, str]]:
    """Names that the answer itself gives to what has none in the landscape."""
    known_ = set(tables.labels("en")["entity"])
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, text, tag in read.texts:
        if predicate in {SKOS.prefLabel, RDFS.label} and subject not in known_:
            own = found.setdefault(subject, {})
            own.update({one: text for one in LANGUAGES if tag.startswith(one) or one not in own})
    return found


def _document(
    told: dict[str, Any],
    drawn: Any,  # noqa: ANN401  only network.py knows pyvis
    names: tuple[str, ...],
    language: str,
    query: str | None = None,
) -> str:
    """What the page is told and what is drawn, in a document with the scripts named, and of a query what it asks."""
    if query is None:  # what only an answer says is left out
        words = {key: said for key, said in PAGE.items() if not key.startswith("answer")}
    else:
        words = {**PAGE, "title": asked(query)}
    brought = "" if names is ROWS_SCRIPTS else library()
    assets = Path(str(files("kg.views").joinpath("assets"))) / "page"
    scripts = [_lean((assets / f"{name}.js").read_text("utf-8")) for name in names]
    styles = [_tight((assets / f"{name}.css").read_text("utf-8")) for name in STYLES]
    environment = Environment(loader=FileSystemLoader(assets), autoescape=select_autoescape(default=True))
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["rows"] = rows
    first, evidence = ({k: part for k, part in told.items() if (k in EVIDENCE) is apart} for apart in (False, True))
    environment.globals |= {
        "language": language, "words": words, "told": {"language": language, "words": words, **first},
        "evidence": evidence, "asked": (query or "").strip(),
        "scripts": scripts, "styles": styles, "library": packed(brought) if brought else "",
        "policy": policy([*scripts, *filter(None, [brought])], styles),
    }  # fmt: skip
    return filled(drawn, environment, "page.html")


def _lean(script: str) -> str:
    r"""A script without the remarks that explain it, and without the space before its lines: a fifth of it.

    >>> _lean("// Why.\nif (a) {\n  // How.\n  b(); // what for\n}\n")
    'if (a) {\nb();\n}\n'
    """
    lines = (_ASIDE.sub("", line) for line in map(str.strip, script.splitlines()))
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _tight(style: str) -> str:
    r"""A style without remarks, and without the space that only a reader needs: a ninth of it.

    >>> _tight("/* Why. */\na, b:is(i) {\n  margin: 0 1px; color: red; }\n@media (width: 1px) { a { top: 0; } }\n")
    'a,b:is(i){margin:0 1px;color:red}@media (width:1px){a{top:0}}'
    """
    lines = " ".join(line.strip() for line in _REMARK.sub("", style).splitlines())
    return _LOOSE.sub(r"\1", lines).replace(";}", "}").strip()


def policy(scripts: list[str], styles: list[str]) -> str:
    """What the page may do: run its own scripts and styles, by their hashes, and nothing else."""
    return (
        "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"script-src {' '.join(map(_hash, scripts))}; style-src {' '.join(map(_hash, styles))}"
    )


def _hash(text: str) -> str:
    """A text's name in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
