"""Statements as columns: what a parser gives comes back as it was written, in however many parts it is read."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import nesting
from kg.load import statements

IRIS = st.sampled_from(["a:s", "http://x.example/#q", "http://x.example/港?a=(1)"]).map(ox.NamedNode)
BLANKS = st.sampled_from(["b", "c.d-e"]).map(ox.BlankNode)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(['"', "\\", " <a:g>", "<a:g>", " _:b", "a\r\nb\x1f\x85\u2028", "x .", '" <a:g'] ),
)  # fmt: skip
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="en")),
    TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("a:kind"))),
)
TRIPLES = st.builds(ox.Triple, IRIS, IRIS, st.one_of(IRIS, LITERALS))
GRAPHS = st.one_of(st.just(ox.DefaultGraph()), IRIS, BLANKS)
QUADS = st.lists(
    st.builds(ox.Quad, st.one_of(IRIS, BLANKS), IRIS, st.one_of(IRIS, BLANKS, LITERALS, TRIPLES), GRAPHS), max_size=9
)


@pytest.fixture(autouse=True, scope="module")
def in_parts() -> Iterator[None]:
    """Few statements at a time, so that a file has several parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "_ROWS", 2)
        yield


def written(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str | None:
    if isinstance(term, ox.Triple):
        return f"<<( {term} )>>"
    return None if isinstance(term, ox.DefaultGraph) else str(term)


@settings(deadline=None)
@given(QUADS)
def test_a_statement_comes_back_as_it_was(quads: list[ox.Quad]) -> None:
    """A text with the signs of other terms, or of an end of a line, must be told from them."""
    stated = statements.read(quads, 0)
    blank = ("_:b", "_:c.d-e")
    # The blank nodes are named in the order in which the lines speak of them.
    told = [tuple(map(written, (q.subject, q.predicate, q.object, q.graph_name))) for q in quads]
    order = dict.fromkeys(term for row in told for term in row if term in blank)
    names = {term: f"_:f0n{number}" for number, term in enumerate(order)}
    assert stated.texts(stated.rows).rows() == [tuple(names.get(str(term), term) for term in row) for row in told]
    assert stated.terms.is_unique().all()


def test_terms_get_other_names() -> None:
    """A passage that was spelt otherwise has the number of the one that is spelt so already."""
    quads = [ox.Quad(*map(ox.NamedNode, ("a:s", "a:p", "a:o", graph))) for graph in ("a:one", "a:two", "a:three")]
    stated = statements.read(quads, 0).renamed("graph", {"<a:one>": "<a:two>", "<a:three>": "<a:four>"})
    assert stated.texts(stated.rows)["graph"].to_list() == ["<a:two>", "<a:two>", "<a:four>"]
    assert stated.terms.is_unique().all()
    assert stated.terms.gather(stated.numbers(["<a:four>", "<a:none>"])).to_list() == ["<a:four>"]


def test_brackets_nest_over_parts() -> None:
    """A file that nests too deep is told before an engine ends over it, wherever its parts are cut."""
    deep = b"(" * (nesting.MOST + 1) + b")" * (nesting.MOST + 1)
    parts = [deep[:100], deep[100:300], deep[300:]]
    assert nesting.too_deep(iter(parts))
    assert not nesting.too_deep(parts[:1])
