"""What follows from what: the CONSTRUCT queries of ``ontology/rules`` as joins of numbers, so that none waits for them.

The queries say what the rules mean; a test holds what is derived here equal to what they give.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from kg.dataset import Dataset
from kg.load.dictionary import TERM
from kg.terms import CODE, KG, RDF, RULE_GRAPHS

DATED_STAGES = {"announced": "announced", "signed": "signed", "launched": "live", "ended": "ended"}
"""The stage of the milestone that each date column stands for."""


def derive(dataset: Dataset) -> None:
    """Add what each rule gives to the default graph, and again to the graph of that rule; none needs another's.

    The graph of ``ontology/rules/10-party.rq`` is ``.../id/rule/party``.
    """
    dataset.add({RULE_GRAPHS + name: rule(dataset) for name, rule in RULES.items()})


def _party(dataset: Dataset) -> pl.DataFrame:
    return _stated(dataset, KG.party, dataset.pairs(KG.bankParty, KG.techParty))


def _covers(dataset: Dataset) -> pl.DataFrame:
    realized = dataset.pairs(KG.realizes).rename({"subject": "product", "object": "capability"})
    covered = dataset.pairs(KG.delivers).join(realized, left_on="object", right_on="product")
    return _stated(dataset, KG.covers, covered.select("subject", object="capability"))


def _partners(dataset: Dataset) -> pl.DataFrame:
    banks, firms = (dataset.pairs(side).rename({"object": side}) for side in (KG.bankParty, KG.techParty))
    both = banks.join(firms, on="subject").filter(pl.col(KG.bankParty) != pl.col(KG.techParty))
    ways = [
        both.select(subject=one, object=other)
        for one, other in ((KG.bankParty, KG.techParty), (KG.techParty, KG.bankParty))
    ]
    rows = pl.concat(ways)
    named = dataset.texts(rows["subject"]).str.contains("^(?:<[^<]|_:)")  # of a text, which is an error, none is said
    return _stated(dataset, KG.partnersWith, rows.filter(named))


def _milestones(dataset: Dataset) -> pl.DataFrame:
    told = [pl.DataFrame(schema={"subject": TERM, "predicate": TERM, "object": TERM})]
    for base, stage in DATED_STAGES.items():
        dated = {f"on{bound}": dataset.pairs(getattr(KG, base + bound)) for bound in ("", "Earliest", "Latest")}
        things = pl.concat([rows["subject"] for rows in dated.values()]).unique().sort()
        texts = dataset.texts(things)
        named = texts.str.starts_with("<")  # what has no IRI gives its milestone none
        things, texts = things.filter(named), texts.filter(named)
        milestones = pl.DataFrame(
            {"subject": things, "milestone": dataset.mint(texts.str.strip_suffix(">") + f"/{base}>")}
        )
        own = [
            (RDF.type, milestones.select(subject="milestone", object=_constant(dataset, KG.Milestone))),
            (KG.of, milestones.select("milestone", "subject").rename({"subject": "object", "milestone": "subject"})),
            (KG.stage, milestones.select(subject="milestone", object=_constant(dataset, CODE + stage))),
            *(
                (getattr(KG, on), rows.join(milestones, on="subject").select("object", subject="milestone"))
                for on, rows in dated.items()
            ),
        ]
        told += [_stated(dataset, predicate, rows) for predicate, rows in own]
    return pl.concat(told)


def _stated(dataset: Dataset, predicate: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Statements with one predicate, of rows with a subject and an object."""
    return rows.select("subject", _constant(dataset, predicate).alias("predicate"), "object")


def _constant(dataset: Dataset, iri: str) -> pl.Expr:
    return pl.lit(dataset.minted(iri), TERM)


RULES: dict[str, Callable[[Dataset], pl.DataFrame]] = {
    "party": _party, "covers": _covers, "partners": _partners, "milestones": _milestones,
}  # fmt: skip
"""What gives the statements of each rule."""
