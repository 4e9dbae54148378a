"""The decoder of SPARQL results: what goes into the store comes back as it was."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query.results import decode, plain, select
from kg.store.embedded import EmbeddedAnswer, EmbeddedStore
from kg.terms import RDF, XSD

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), texts, st.sampled_from(["en", "zh", "zh-hant", "en-gb"])
    ),
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(XSD.base + name)),
        texts,
        st.sampled_from(["gYear", "integer", "decimal", "double", "boolean", "anyURI"]),
    ),
    st.integers(-(10**12), 10**12).map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.floats(allow_nan=False).map(ox.Literal),
)
terms = st.one_of(
    st.none(),
    st.from_regex(r"\Ahttp://[a-z]{1,8}\.example/[a-zA-Z0-9?=é中-]{0,12}\Z").map(ox.NamedNode),
    literals,
)


def as_row(term: ox.NamedNode | ox.Literal | None) -> dict[str, str | None] | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"kind": "iri", "value": term.value, "language": None, "datatype": None}
    return {"kind": "literal", "value": term.value, "language": term.language, "datatype": term.datatype.value}


def rows_of(query: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The rows of a query as the engine's own objects have them, and as they come back through TSV."""
    store = ox.Store()
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    own = [tuple(as_row(solution[variable]) for variable in solutions.variables) for solution in solutions]
    return own, decode(EmbeddedAnswer(store.query(query)).text("tsv")).rows()


kinds = [
    st.one_of(st.none(), some)
    for some in (
        terms.filter(lambda term: isinstance(term, ox.NamedNode)),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\\"\n\r\t')).map(ox.Literal),
        st.from_regex(r"\A[0-9]{4}-0[1-9]-1[0-9]\Z").map(lambda day: ox.Literal(day, datatype=ox.NamedNode(XSD.date))),
        st.one_of(texts.map(lambda text: ox.Literal(text, language="en")), literals),
        terms,
    )
]


@given(
    st.sampled_from(kinds).flatmap(lambda kind: st.lists(st.tuples(kind, terms), min_size=1, max_size=8)),
    st.sampled_from(["?a", "?a ?b"]),
)
def test_values_that_are_had_without_terms_are_those_of_terms(
    rows: list[tuple[ox.NamedNode | ox.Literal | None, ...]], asked: str
) -> None:
    values = " ".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    query = f"SELECT {asked} {{ VALUES (?a ?b) {{ {values} }} }}"
    store = EmbeddedStore(ox.Store())
    assert select(store, query).equals(plain(decode(store.query(query).text("tsv"))))


@given(st.lists(st.tuples(terms, terms), max_size=8))
def test_terms_come_back_as_the_engine_has_them(rows: list[tuple[ox.NamedNode | ox.Literal | None, ...]]) -> None:
    values = " ".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    own, decoded = rows_of(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert len(own) == len(rows)
    assert decoded == own


@given(st.lists(terms, max_size=5))
def test_a_single_variable_keeps_its_unbound_rows(column: list[ox.NamedNode | ox.Literal | None]) -> None:
    values = " ".join("UNDEF" if term is None else str(term) for term in column)
    own, decoded = rows_of(f"SELECT ?a {{ VALUES ?a {{ {values} }} }}")
    assert [row == (None,) for row in own] == [term is None for term in column]
    assert decoded == own


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore(ox.Store())


@pytest.mark.parametrize(
    ("expression", "value", "dtype"),
    [
        ("5", 5, pl.Int64),
        ("2.50", 2.5, pl.Float64),
        ("1e3", 1000.0, pl.Float64),
        ("true", True, pl.Boolean),
        ('"2017-03-01"^^xsd:date', dt.date(2017, 3, 1), pl.Date),
        ('"2017"^^xsd:gYear', "2017", pl.String),
        ('"a"@zh', "a", pl.String),
        ("kg:Bank", "https://w3id.org/partnership-kg/ontology#Bank", pl.String),
    ],
)
def test_plain_values_have_their_type(store: EmbeddedStore, expression: str, value: object, dtype: type) -> None:
    rows = select(store, f"SELECT ?x {{ VALUES ?x {{ {expression} UNDEF }} }}")
    assert rows["x"].to_list() == [value, None]
    assert rows["x"].dtype == dtype


@pytest.mark.parametrize(
    "value",
    [
        '"2020-01-01Z"^^xsd:date', '"2020-01-01+08:00"^^xsd:date', '"-0044-03-15"^^xsd:date', '"0000-01-01"^^xsd:date',
        '"12020-01-01"^^xsd:date', '"maybe"^^xsd:boolean', '"12345678901234567890"^^xsd:integer',
    ],
)  # fmt: skip
def test_what_python_has_no_value_for_stays_text(store: EmbeddedStore, value: str) -> None:
    kind = value.partition("^^")[2]
    fine = {"xsd:date": '"2017-03-01"^^xsd:date', "xsd:boolean": '"true"^^xsd:boolean', "xsd:integer": "5"}[kind]
    rows = select(store, f"SELECT ?x {{ VALUES ?x {{ {value} {fine} UNDEF }} }}")
    text = value.split('"')[1]
    assert rows.rows()[0] in [(text,), (text.replace("Z", "+00:00"),)]
    assert rows["x"].dtype == pl.String
    assert rows["x"].null_count() == 1


def test_mixed_values_stay_text(store: EmbeddedStore) -> None:
    assert select(store, 'SELECT ?x { VALUES ?x { 5 "five" } }')["x"].to_list() == ["5", "five"]


def test_no_rows_and_no_variables(store: EmbeddedStore) -> None:
    assert select(store, "SELECT ?x ?y { VALUES (?x ?y) { } }").columns == ["x", "y"]
    assert decode("\n").is_empty()


def test_blank_nodes_and_triples_are_told_apart() -> None:
    frame = decode("?a\t?b\n_:b0\t<<( <http://a/> <http://b/> 1 )>>\n")
    assert [term["kind"] for term in frame.row(0)] == ["bnode", "triple"]
    assert plain(frame)["a"].to_list() == ["_:b0"]


def test_language_strings_have_their_datatype(store: EmbeddedStore) -> None:
    term = decode(store.query('SELECT ?x { VALUES ?x { "h\\u00e9\\n\\"q\\""@en } }').text("tsv"))["x"][0]
    assert term == {"kind": "literal", "value": 'hé\n"q"', "language": "en", "datatype": RDF.langString}
