"""Who says so: each statement behind a partnership or a pair, with the passages that make it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kg.analysis.behind import concerned
from kg.analysis.citations import places_in_words, sources
from kg.analysis.corroboration import independent, of_others, origins
from kg.analysis.merges import Merges
from kg.network.labels import key, keys_and_labels, labelled, number
from kg.network.tables import NetworkTables
from kg.query.results import select
from kg.store.engine import Engine
from kg.terms import DATED, ID, KG, MILESTONES_GRAPH, RDF, RULE_GRAPHS, SAME_GRAPH, SKOS

_EVIDENCE = """
SELECT ?subject ?predicate ?object ?graph ?source ?locator (MIN(?date) AS ?issued) WHERE {
  %s
  GRAPH ?graph { ?subject ?predicate ?object }
  OPTIONAL { ?graph dcterms:isPartOf ?source ; kg:locator ?locator . OPTIONAL { ?source dcterms:issued ?date } }
  FILTER(?predicate != kg:party)
  FILTER(?predicate NOT IN (rdf:type, skos:prefLabel, skos:altLabel, skos:hiddenLabel) || ?subject IN (%s))
  FILTER(?graph != <%s>) # they say again what the date columns say
}
GROUP BY ?subject ?predicate ?object ?graph ?source ?locator
"""
_ORDER = [
    *(
        RDF.type,
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.hiddenLabel,
        KG.renames,
        KG.formerName,
        KG.newName,
        KG.bankParty,
        KG.techParty,
        KG.form,
        KG.stage,
        KG.kind,
        KG.of,
    ),
    *(KG.on, KG.onEarliest, KG.onLatest, KG.agreedEarliest, KG.agreedLatest),
    *(getattr(KG, base + end) for base in DATED for end in ("", "Earliest", "Latest")),
    *(KG.covers, KG.delivers, KG.realizes, KG.offers, KG.subsidiaryOf, KG.memberOf, SKOS.broader, SKOS.definition),
]


def behind(tables: NetworkTables, *entities: str) -> list[str]:
    """The partnerships (IRIs) that every one of the entities has to do with.

    An entity is a partnership, a party to one, a capability that one covers, itself or by a narrower one, or a product
    that one delivers.
    """
    found = (
        concerned(tables)
        .filter(pl.col("entity").is_in(entities))
        .group_by("partnership")
        .agg(pl.col("entity").n_unique())
    )
    kept = found.filter(pl.col("entity") == len(set(entities)))["partnership"]
    return sorted(kept)


def events(store: Engine, merges: Merges, entities: Sequence[str]) -> list[str]:
    """What (IRIs) befell one of the entities (IRIs): renamings, and judgements on whether it is another thing.

    Those on what it is one with are among them.
    """
    named = " ".join(f"<{iri}>" for iri in entities if not iri.startswith("_:"))
    asked = f"SELECT DISTINCT ?e {{ VALUES ?thing {{ {named} }} ?e kg:renames ?thing }}"
    return sorted([*(str(iri) for iri in select(store, asked)["e"]), *merges.judgements(entities)])


def why(
    store: Engine,
    tables: NetworkTables,
    partnerships: list[str],
    *,
    entities: Sequence[str] = (),
    language: str = "en",
) -> pl.DataFrame:
    """Each statement about entities and partnerships (IRIs), their products and milestones, with who makes it.

    What they are called and of which class is told of an only entity.

    Returns
    -------
    polars.DataFrame
        A row for each statement and passage, or rule that derived it: ``subject``, ``predicate``, ``object`` (keys, or
        the text of a literal), each with its ``_label``; ``source`` (key), ``source_label``, ``locator`` with its
        ``_label`` (the locator itself where it has no name in the language) and ``issued`` (as its source gives it) of
        the passage, ``passage`` (IRI), and ``publisher``, ``address`` and ``language`` of
        the source; ``origins``, the count of independent sources that make the statement (the curators are none);
        ``rule`` and ``rule_label`` instead where it was derived, with ``rests_on``, the passages (``source#locator``)
        of the statements that it follows from. Where the passage makes the statement of a thing that is another now,
        ``said_of`` has its key, and ``rests_on`` the passages by which it is judged so. Sorted: the entities, and the
        steps in the hierarchy by which the partnerships cover one, then partnership by partnership, then its products
        and milestones.
    """
    of = pl.concat(
        [
            tables["delivers"].select("partnership", subject="product"),
            tables["milestones"].select(partnership="of", subject="milestone"),
            tables["milestones"].join(tables["delivers"], left_on="of", right_on="product")
            .select("partnership", subject="milestone"),
        ]
    ).filter(pl.col("partnership").is_in(partnerships))  # fmt: skip
    steps = _steps(tables, partnerships, entities)
    merges = Merges(store)
    own = [*entities, *events(store, merges, entities), *steps]
    deals = [*partnerships, *of.sort("partnership", "subject")["subject"]]
    subjects = list(dict.fromkeys([*own, *deals, *_merges(merges, tables, partnerships)]))
    iris = [f"<{subject}>" for subject in subjects if not subject.startswith("_:")]
    asked = f"{{ VALUES ?subject {{ {' '.join(iris)} }} }}"
    if len(iris) < len(subjects):  # SPARQL can't name a blank node, so that all of them are asked for
        asked += " UNION { ?subject a ?class FILTER(isBLANK(?subject)) }"
    # What a thing is called and of which class is told where it alone is asked for; else it would be most of the rows.
    named = ", ".join(iris[:1] if len(entities) == 1 and subjects[0] == entities[0] else [])
    rows = select(store, _EVIDENCE % (asked, named, MILESTONES_GRAPH)).with_columns(
        pl.col("locator", "object").cast(pl.String)
    ).filter(
        pl.col("subject").is_in(subjects), ~pl.col("subject").is_in(steps) | (pl.col("predicate") == SKOS.broader),
        # Of several, whom each partners with besides is not what was asked.
        (len(entities) < 2) | (pl.col("predicate") != KG.partnersWith) | pl.col("object").is_in(entities),
    )  # fmt: skip
    rows = rows.join(merges.as_said(), on=["subject", "predicate", "object", "graph"], how="left")
    rows = rows.join(_premises(rows, merges), on=["subject", "predicate", "object"], how="left")
    rows = labelled(rows, tables.labels(language), "subject", "predicate", "object", "source", "graph")
    rows = rows.with_columns(locator_label=places_in_words(tables, rows.select(key("source"), "locator"), language))
    derived = pl.col("graph").str.starts_with(RULE_GRAPHS)
    order = {subject: number for number, subject in enumerate(subjects)}
    predicates = {predicate: number for number, predicate in enumerate(_ORDER)}
    rows = rows.with_columns(
        order=pl.col("subject").replace_strict(order, return_dtype=pl.Int64),
        predicate_order=pl.col("predicate").replace_strict(predicates, default=len(_ORDER), return_dtype=pl.Int64),
    )
    return rows.sort(
        "order", "predicate_order", "object_label", "object", derived, "source", number("locator"), "graph"
    ).select(
        *keys_and_labels("subject", "predicate", "object"),
        source=key("source"),
        source_label="source_label",
        locator="locator",
        locator_label="locator_label",
        issued=pl.col("issued").cast(pl.String),
        passage=pl.when(~derived).then("graph"),
        rule=pl.when(derived).then(pl.col("graph").str.strip_prefix(ID)),
        rule_label=pl.when(derived).then("graph_label"),
        rests_on=pl.when(derived).then("rests_on").otherwise("judged_by"),
        said_of="said_of",
    ).join(_about(store, tables), on="source", how="left", maintain_order="left").pipe(_counted)  # fmt: skip


def _merges(merges: Merges, tables: NetworkTables, partnerships: list[str]) -> list[str]:
    """The judgements (IRIs) by which what partnerships speak of is one with another thing."""
    named = [
        tables[name].filter(pl.col("partnership").is_in(partnerships))[column]
        for name, column in (("parties", "organization"), ("covers", "capability"), ("delivers", "product"))
    ]
    return merges.judgements([*partnerships, *pl.concat(named).unique()], same=True)


def _steps(tables: NetworkTables, partnerships: list[str], entities: Sequence[str]) -> list[str]:
    """The capabilities (IRIs) on the way from what the partnerships cover up to an entity, by which they cover it."""
    covered = tables["covers"].filter(pl.col("partnership").is_in(partnerships))["capability"]
    below = tables.narrower.filter(pl.col("capability").is_in(entities), ~pl.col("narrower").is_in(entities))
    above = tables.narrower.filter(pl.col("narrower").is_in(covered.implode()))
    return sorted(set(below["narrower"]) & set(above["capability"]))


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the count of independent sources that make each statement, null where it was derived."""
    statement = ["subject", "predicate", "object"]
    groups = rows.filter(pl.col("rule").is_null()).group_by(statement).agg(pl.col("origin").drop_nulls())
    counts = pl.Series("origins", map(independent, groups["origin"].to_list()), dtype=pl.Int64)
    counted = rows.join(groups.select(*statement, counts), on=statement, how="left", maintain_order="left")
    return counted.with_columns(pl.when(pl.col("rule").is_null()).then("origins").alias("origins")).drop("origin")


def _about(store: Engine, tables: NetworkTables) -> pl.DataFrame:
    """What is known of the sources: source (key), publisher, address, language, and origin, numbers."""
    known = sources(store, tables).select("source", "publisher", "address", "language")
    schema = {"source": pl.String(), "origin": pl.List(pl.Int64)}
    origin = pl.DataFrame(list(origins(store).items()), schema=schema, orient="row").filter(of_others())
    return known.join(origin.select(key("source"), "origin"), on="source", how="left")


def _premises(rows: pl.DataFrame, merges: Merges) -> pl.DataFrame:
    """The passages that derived statements rest on: subject, predicate, object, rests_on.

    A covered capability rests on a delivered product and on what that realizes; a first or last day on the date, one
    that sources agree on upon all that date the step; who partners with whom on the parties of their partnerships; that
    a thing is another on the judgements. What was said of a thing that is another rests on those too.
    """
    statement = ["subject", "predicate", "object"]
    said = pl.concat_str(pl.col("source").str.strip_prefix(ID), pl.lit("#"), "locator")
    cited = rows.filter(pl.col("source").is_not_null()).with_columns(said=said)
    judged = cited.explode("judged_by").filter(pl.col("judged_by").is_not_null()).with_columns(said="judged_by")
    cited = pl.concat([cited.drop("judged_by"), judged.drop("judged_by")])
    delivers = cited.filter(pl.col("predicate") == KG.delivers).select("subject", product="object", first="said")
    realizes = cited.filter(pl.col("predicate") == KG.realizes).select("object", product="subject", second="said")
    by_product = delivers.join(realizes, on="product").with_columns(predicate=pl.lit(KG.covers))
    dated = cited.filter(pl.col("predicate").is_in([getattr(KG, base) for base in (*DATED, "on")])).select(
        "subject", base="predicate", said="said"
    )
    steps = cited.with_columns(base=pl.col("predicate").str.extract(f"^{KG.base}(.*?)(?:Earliest|Latest)?$")).filter(
        pl.col("base").is_in([*DATED, "on"])
    )
    step = pl.when(pl.col("base") == "on").then("subject").otherwise(pl.concat_str("subject", pl.lit("/"), "base"))
    by_agreement = rows.filter(pl.col("predicate").is_in([KG.agreedEarliest, KG.agreedLatest])).join(
        steps.select("said", subject=step), on="subject"
    )
    bounds = rows.select("subject", "predicate", "object").with_columns(
        base=pl.col("predicate").str.replace("(Earliest|Latest)$", "")
    )
    by_date = bounds.filter(pl.col("base") != pl.col("predicate")).join(dated, on=["subject", "base"])
    bank, firm = (
        cited.filter(pl.col("predicate") == side).select("subject", "said", party="object")
        for side in (KG.bankParty, KG.techParty)
    )
    pairs = bank.join(firm, on="subject", suffix="_firm")
    partners = [
        pairs.select(subject=one, predicate=pl.lit(KG.partnersWith), object=other, said=said)
        for one, other in (("party", "party_firm"), ("party_firm", "party"))
        for said in ("said", "said_firm")
    ]
    # By the loader's rule: the other's IRI matches, and its key finds the one.
    matches = rows.filter(pl.col("graph") == SAME_GRAPH).select(statement)
    chains = [merges.passages(one, other if ":" in other else ID + other) for one, _, other in matches.iter_rows()]
    by_judgement = matches.with_columns(said=pl.Series(chains, dtype=pl.List(pl.String))).explode("said").drop_nulls()
    every = pl.concat(
        [
            *partners,
            by_judgement.select(*statement, "said"),
            by_product.select(*statement, said="first"),
            by_product.select(*statement, said="second"),
            by_date.select(*statement, "said"),
            by_agreement.select(*statement, "said"),
        ]
    )
    place = pl.col("said").str.extract(r"([0-9]+)$", 1).cast(pl.Int64, strict=False)
    ordered = every.unique().sort(*statement, place, "said")
    return ordered.group_by(statement, maintain_order=True).agg(rests_on="said")
