"""Who is the same: judgements that a landscape holds, and the merges that follow from them and leave with them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kg.findings import Finding, Sentence
from kg.load import sentences
from kg.load.quads import STATEMENTS, literal
from kg.steps import reached_from
from kg.terms import CODE, DCTERMS, ID, KG, RDF, SAME_GRAPH, SKOS

JUDGEMENT = (KG.one, KG.other, KG.judgement)
"""What a judgement states; none of it is merged."""
ASKED = tuple(f"<{term}>" for term in (*JUDGEMENT, KG.subsidiaryOf, SKOS.broader, KG.bankParty, KG.techParty, RDF.type))
"""The properties (terms) of which :func:`judge` must know."""
AS_SAID = (KG.speaksOf, RDF.subject, RDF.predicate, RDF.object, DCTERMS.source)
"""What :func:`as_said` states, which nobody can tell again from statements that are merged already."""
_GRAPH = f"<{SAME_GRAPH}>"
_SAME = f"<{CODE}same>"
_MERGED = {KG.Organization, KG.Capability, KG.Product, KG.Partnership, KG.Group}
"""Of which sorts things are that can be merged."""
_PREFERRED, _ALTERNATIVE = f"<{SKOS.prefLabel}>", f"<{SKOS.altLabel}>"


@dataclass(frozen=True, slots=True)
class Judged:
    """What follows from judgements: for each thing that is merged, the one that it is merged into; and what is wrong.

    Things are terms as N-Triples writes them.
    """

    into: dict[str, str]
    findings: list[Finding]


def judge(quads: pl.DataFrame, superclasses: Mapping[str, frozenset[str]]) -> Judged:
    """The merges that the judgements among the claims ask for.

    Things that are judged the same, directly or by way of others, are merged into the one that is never the ``other``
    of a pair; of several, into the first by its IRI. Who is judged different, who belongs to whom, and who is of
    another sort is not merged.

    Parameters
    ----------
    quads
        Claims with their cells (:data:`kg.load.quads.QUADS`).
    superclasses
        For each class its superclasses, itself among them.
    """
    if quads.is_empty():
        return Judged({}, [])
    pairs = _pairs(quads)
    itself = [_finding(pair, sentences.JUDGED_ITSELF) for pair in _pairs(quads, itself=True).iter_rows(named=True)]
    if pairs.is_empty():
        return Judged({}, itself)
    same = pairs.filter(pl.col("verdict") == _SAME)
    parts = _components(same)
    into: dict[str, str] = {}
    others = set(same["other"])
    for part in parts:
        first = min(part, key=lambda thing: (thing in others, thing))
        into.update(dict.fromkeys(part - {first}, first))
    whole = {thing: into.get(thing, thing) for part in parts for thing in part}
    findings = [
        _finding(pair, sentences.JUDGED_APART)
        for pair in pairs.filter(pl.col("verdict") != _SAME).iter_rows(named=True)
        if pair["one"] in whole and whole.get(pair["one"]) == whole.get(pair["other"])
    ]
    findings += itself
    # Other merges can put one above the other too, so that steps are seen as the merges leave them.
    above = [_steps(quads, step) for step in (KG.subsidiaryOf, SKOS.broader)]
    under_itself = set().union(*(_under_itself(same, whole, steps) for steps in above))
    partners = _merged_partners(quads, whole)
    kinds = _kinds(quads.filter(pl.col("subject").is_in(list(whole))), superclasses)
    for pair in same.iter_rows(named=True):
        one, other = pair["one"], pair["other"]
        if frozenset((one, other)) in under_itself:
            findings.append(_finding(pair, sentences.MERGED_WITH_PARENT))
        elif whole[one] in partners:
            findings.append(_finding(pair, sentences.MERGED_PARTNERS))
        elif any((thing.startswith(f"<{CODE}") or not kinds.get(thing, _MERGED) & _MERGED) for thing in (one, other)):
            findings.append(_finding(pair, sentences.UNMERGEABLE))
        elif kinds.get(one) and kinds.get(other) and not kinds[one] & kinds[other]:
            findings.append(_finding(pair, sentences.MERGED_CLASSES))
    return Judged(into, findings)


def merged(quads: pl.DataFrame, into: Mapping[str, str]) -> pl.DataFrame:
    """The claims with each thing that is merged spoken of as the one that it is merged into.

    A preferred name becomes an alias where the other has one in that language. Judgements stay as they are.
    """
    if not into:
        return quads
    judged = pl.col("predicate").is_in([f"<{term}>" for term in JUDGEMENT])
    told = quads.with_row_index("number").with_columns(
        was="subject",
        subject=pl.col("subject").replace(dict(into)),
        object=pl.when(judged).then("object").otherwise(pl.col("object").replace(dict(into))),
        language=pl.col("object").str.extract("@([A-Za-z0-9-]+)$"),
    )  # fmt: skip
    names = told.filter(pl.col("predicate") == _PREFERRED)
    kept = names.sort(pl.col("was") != pl.col("subject"), "was").unique(
        ["subject", "language"], keep="first", maintain_order=True
    )
    of_one = kept.select("subject", "language", keeper="was")
    demoted = names.join(of_one, on=["subject", "language"], nulls_equal=True).filter(pl.col("was") != pl.col("keeper"))
    again = pl.col("number").is_in(demoted["number"].implode())
    return told.with_columns(predicate=pl.when(again).then(pl.lit(_ALTERNATIVE)).otherwise("predicate")).select(
        quads.columns
    )


def described(into: Mapping[str, str]) -> pl.DataFrame:
    """What the loader says of merges (:data:`kg.load.quads.STATEMENTS`): the other's IRI matches, its key is known."""
    rows = pl.DataFrame(
        sorted((first, merged) for merged, first in into.items()),
        schema={"subject": pl.String, "merged": pl.String}, orient="row",
    )  # fmt: skip
    none = pl.lit(None, pl.String)
    key = pl.col("merged").str.strip_chars("<>").str.strip_prefix(ID)
    objects = {SKOS.exactMatch: pl.col("merged"), SKOS.hiddenLabel: literal(key, none, none)}
    return pl.concat(
        [
            pl.DataFrame(schema=STATEMENTS),
            *(
                rows.select("subject", predicate=pl.lit(f"<{name}>"), object=value, passage=pl.lit(_GRAPH))
                for name, value in objects.items()
            ),
        ]
    )


def as_said(quads: pl.DataFrame, merged: pl.DataFrame, into: Mapping[str, str]) -> pl.DataFrame:
    """What the loader says of each statement that was made of another thing (:data:`kg.load.quads.STATEMENTS`).

    ``merged`` are the ``quads`` as :func:`merged` gives them. A node stands for the statement as it is stored, with the
    passage that makes it (``dcterms:source``) and the thing that this speaks of (``kg:speaksOf``). What a passage says
    of the one itself as well has none.
    """
    if not into:
        return pl.DataFrame(schema=STATEMENTS)
    stored = ["subject", "predicate", "object", "passage"]
    names = quads.select(of="subject", to="object")
    told = pl.concat([merged.select(stored), names], how="horizontal")
    moved = [
        told.filter(pl.col(side) != pl.col(was)).rename({was: "was"})
        for side, was in (("subject", "of"), ("object", "to"))
    ]
    itself = told.filter(pl.col("subject") == pl.col("of"), pl.col("object") == pl.col("to"))
    rows = pl.concat([rows.select(*stored, "was") for rows in moved]).join(itself, on=stored, how="anti").unique()
    rows = rows.filter(pl.col("was").is_in(list(into))).sort(pl.all())
    digests = [hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16] for parts in rows.select(stored).iter_rows()]
    nodes = pl.Series("node", [f"<{SAME_GRAPH}/{digest}>" for digest in digests], dtype=pl.String)
    values = dict(zip(AS_SAID, ("was", *stored), strict=True))
    parts = [
        rows.select(subject=nodes, predicate=pl.lit(f"<{term}>"), object=value, passage=pl.lit(_GRAPH))
        for term, value in values.items()
    ]
    return pl.concat([pl.DataFrame(schema=STATEMENTS), *parts]).unique(maintain_order=True)


def _pairs(quads: pl.DataFrame, *, itself: bool = False) -> pl.DataFrame:
    """The judgements on two things, or on one with ``itself``.

    Columns judgement, one, other, verdict, and file, row and column of the verdict.
    """
    said = {
        name: quads.filter(pl.col("predicate") == f"<{term}>").unique(["subject", "object"], maintain_order=True)
        for name, term in zip(("one", "other", "verdict"), JUDGEMENT, strict=True)
    }
    return (
        said["verdict"].select("subject", "file", "row", "column", verdict="object")
        .join(said["one"].select("subject", one="object"), on="subject")
        .join(said["other"].select("subject", other="object"), on="subject")
        .filter((pl.col("one") == pl.col("other")) if itself else (pl.col("one") != pl.col("other")))
        .sort("file", "row", "column", "one", "other")
    )  # fmt: skip


def _components(same: pl.DataFrame) -> list[set[str]]:
    """The sets of things that are one, directly or by way of others."""
    part_of: dict[str, set[str]] = {}
    for one, other in same.select("one", "other").iter_rows():
        joined = part_of.get(one, {one}) | part_of.get(other, {other})
        part_of.update(dict.fromkeys(joined, joined))
    return list({id(part): part for part in part_of.values()}.values())


def _steps(quads: pl.DataFrame, predicate: str) -> dict[str, list[str]]:
    """What each thing has by a predicate."""
    found: dict[str, list[str]] = {}
    for thing, other in quads.filter(pl.col("predicate") == f"<{predicate}>").select("subject", "object").iter_rows():
        found.setdefault(thing, []).append(other)
    return found


def _through(steps: Mapping[str, list[str]], whole: Mapping[str, str]) -> dict[str, list[str]]:
    """Steps between things as merges leave them."""
    merged: dict[str, list[str]] = {}
    for thing, others in steps.items():
        merged.setdefault(whole.get(thing, thing), []).extend(whole.get(other, other) for other in others)
    return merged


def _merged_partners(quads: pl.DataFrame, whole: Mapping[str, str]) -> set[str]:
    """What is made of several parties of one partnership."""
    parties: dict[str, set[str]] = {}
    for side in (KG.bankParty, KG.techParty):
        for partnership, members in _steps(quads, side).items():
            parties.setdefault(partnership, set()).update(members)
    made: set[str] = set()
    for deal in parties.values():
        firsts = [whole[party] for party in deal if party in whole]
        made |= {first for first in firsts if firsts.count(first) > 1}
    return made


def _under_itself(same: pl.DataFrame, whole: Mapping[str, str], steps: Mapping[str, list[str]]) -> set[frozenset[str]]:
    """The pairs by which something is put above itself: those that join where one leaves it and where one comes back.

    ``steps`` are as they were curated; ``whole`` has what each thing is merged into.
    """
    through = _through(steps, whole)
    into: dict[str, list[tuple[str, str]]] = {}
    for thing, others in steps.items():
        for other in others:
            into.setdefault(whole.get(other, other), []).append((whole.get(thing, thing), other))
    pairs: set[frozenset[str]] = set()
    for low in whole.keys() & steps.keys():
        for high in steps[low]:
            top = whole.get(high, high)
            reached = reached_from(top, through)
            back_in = {other for thing, other in into.get(whole[low], []) if thing in reached}
            for back in ({high} if top == whole[low] else back_in) - {low}:
                pairs |= _way(low, back, same)
    return pairs


def _way(start: str, end: str, same: pl.DataFrame) -> set[frozenset[str]]:
    """The pairs on a shortest way of judgements from one thing to another."""
    beside: dict[str, list[str]] = {}
    for one, other in same.select("one", "other").iter_rows():
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    came: dict[str, str] = {start: start}
    waiting = [start]
    for thing in waiting:
        for other in beside.get(thing, ()):
            if other not in came:
                came[other] = thing
                waiting.append(other)
    pairs = set()
    while end in came and end != start:
        pairs.add(frozenset((end, came[end])))
        end = came[end]
    return pairs


def _kinds(quads: pl.DataFrame, superclasses: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """The classes of each thing, with their superclasses."""
    kinds: dict[str, set[str]] = {}
    for thing, cls in quads.filter(pl.col("predicate") == f"<{RDF.type}>").select("subject", "object").iter_rows():
        kinds.setdefault(thing, set()).update(superclasses.get(cls.strip("<>"), {cls}))
    return kinds


def _finding(pair: Mapping[str, str], sentence: Sentence) -> Finding:
    one, other = (pair[side].strip("<>").removeprefix(ID) for side in ("one", "other"))
    said = sentence.of(one=one, other=other)
    return Finding(said, pair["file"], int(pair["row"]), int(pair["column"]), "judgement")
