"""What is shared and since when in the 2017 landscape, worked out from the facts by sets, fractions and loops alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from facts_2017 import ARTICLE, BROADER, DERIVED, EDITORIAL, ISSUED, OTHERS, REVIEW, Said

STAGES = ("announced", "signed", "integration", "pilot", "live", "ended")
Statement = tuple[str, str, str]
Rows = list[dict[str, Any]]


def statements(said: Said) -> set[Statement]:
    """Each statement once."""
    return {
        (subject, word, value)
        for _, subject, told in said
        for word, values in told.items()
        for value in (values.split() if isinstance(values, str) else values)
    }


SAID = {REVIEW: statements(ARTICLE), **{source: statements(said) for source, said in OTHERS.items()}}
TOLD = set().union(*SAID.values(), statements(EDITORIAL))
ABOVE = {narrow: broad for broad, below in BROADER.items() for narrow in below.split()}
CAPABILITIES = {*BROADER, *ABOVE}
OWNER = {unit: owner for unit, word, owner in TOLD if word == "subsidiaryOf"}


def of(subject: str, word: str) -> set[str]:
    """What is told of a thing in a word."""
    return {value for thing, told, value in TOLD if (thing, told) == (subject, word)}


def upward(capability: str) -> list[str]:
    """A capability and all above it."""
    return [capability, *(upward(ABOVE[capability]) if capability in ABOVE else [])]


@dataclass(frozen=True)
class Deal:
    """A partnership: its parties, what it covers itself as a source says, and by products; how far it came."""

    banks: frozenset[str]
    firms: frozenset[str]
    stated: frozenset[str]
    by_products: frozenset[str]
    products: frozenset[str]
    stage: str

    def covers(self, *, exact: bool = False, stated: bool = False) -> set[str]:
        own = self.stated if stated else self.stated | self.by_products
        return set(own) if exact else {above for capability in own for above in upward(capability)}


def _deal(key: str) -> Deal:
    products = of(key, "delivers")
    reached = of(key, "stage") | {step for step, _, _ in steps(key)}
    return Deal(
        banks=frozenset(of(key, "bankParty")), firms=frozenset(of(key, "techParty")), products=frozenset(products),
        stated=frozenset(of(key, "covers")), stage=max(reached, key=STAGES.index),
        by_products=frozenset(capability for product in products for capability in of(product, "realizes")),
    )  # fmt: skip


# When things happened


def first(date: str) -> str:
    """The first day of a year, a month or a day."""
    return date + "-01-01"[len(date) - 4 :]


def last(date: str) -> str:
    """The last day; those of 2017's months that are needed."""
    return {4: f"{date}-12-31", 7: date + {"03": "-31", "06": "-30", "11": "-30"}.get(date[5:], ""), 10: date}[
        len(date)
    ]


@dataclass(frozen=True)
class Step:
    """The days that any source leaves open for a step (widest), and those that all do; none where none is told."""

    widest: tuple[str | None, str | None]
    agreed: tuple[str | None, str | None]


def steps(subject: str) -> Iterator[tuple[str, str, Step]]:
    """The dated steps of a thing: the stage that each is, the word, and its days."""
    for stage, word in (("announced", "announced"), ("signed", "signed"), ("live", "launched"), ("ended", "ended")):
        firsts = [first(d) for d in of(subject, word)] + [*of(subject, f"{word}Earliest")]
        lasts = [last(d) for d in of(subject, word)] + [*of(subject, f"{word}Latest")]
        if firsts or lasts:
            widest = (min(firsts, default=None), max(lasts, default=None))
            agreed = (max(firsts, default=None), min(lasts, default=None))
            fits = None in agreed or str(agreed[0]) <= str(agreed[1])
            yield stage, word, Step(widest, agreed if fits else widest)


DEALS = {key: _deal(key) for key in sorted({thing for thing, word, _ in TOLD if word == "bankParty"})}


def since(key: str) -> tuple[str | None, str | None]:
    """When a partnership's first step was taken."""
    days = [step.agreed for _, _, step in steps(key)]
    firsts, lasts = [a for a, _ in days], [b for _, b in days if b]
    return (None if None in firsts else min(map(str, firsts), default=None)), min(lasts, default=None)


# Views of the landscape: as the options ask for it


def at_stage(stage: str) -> dict[str, Deal]:
    return {key: deal for key, deal in DEALS.items() if deal.stage == stage}


def top(organization: str) -> str:
    return top(OWNER[organization]) if organization in OWNER else organization


def by_group() -> dict[str, Deal]:
    return {
        key: replace(deal, banks=frozenset(map(top, deal.banks)), firms=frozenset(map(top, deal.firms)))
        for key, deal in DEALS.items()
    }


def as_of(day_first: str, day_last: str, *, certain: bool = False) -> dict[str, Deal]:
    """Those that may have been in force, or must have been; none of them ended. Each at the stage known by then."""
    found = {}
    for key, deal in DEALS.items():
        days = list(steps(key))
        if certain:
            there = any(step.agreed[1] and step.agreed[1] <= day_first for _, _, step in days)
            reached = {stage for stage, _, step in days if step.agreed[1] and step.agreed[1] <= day_first}
        else:
            there = any(step.widest[0] is None or step.widest[0] <= day_last for _, _, step in days)
            reached = {stage for stage, _, step in days if step.widest[0] is None or step.widest[0] <= day_last}
        for source, issued in ISSUED.items():  # a stage without a day is as of the date of its source
            if (last(issued) <= day_first) if certain else (first(issued) <= day_last):
                reached |= {stage for thing, word, stage in SAID[source] if (thing, word) == (key, "stage")}
        if there:
            found[key] = replace(deal, stage=max(reached, key=STAGES.index))
    return found


# What is shared


def behind(deals: dict[str, Deal], **how: bool) -> dict[str, set[str]]:
    """For each capability the partnerships that cover it."""
    found: dict[str, set[str]] = {}
    for key, deal in deals.items():
        for capability in deal.covers(**how):
            found.setdefault(capability, set()).add(key)
    return found


def spread(counts: list[int]) -> tuple[float | None, float]:
    """Shannon's entropy over its greatest (none of one alone), and the sum of squared shares."""
    shares = [Fraction(count, sum(counts)) for count in counts]
    entropy = -sum(float(share) * math.log(share) for share in shares)
    return (entropy / math.log(len(shares)) if len(shares) > 1 else None), float(sum(share**2 for share in shares))


def capabilities(deals: dict[str, Deal], *, everything: bool = False, by: str = "partnerships", **how: bool) -> Rows:
    covered = behind(deals, **how)
    total = len(set().union(*covered.values())) if covered else 0
    rows = []
    for capability, keys in covered.items():
        below = [other for other in covered if other != capability and capability in upward(other)]
        said_better = not how.get("exact") and any(covered[other] == keys for other in below)
        if not everything and (len(keys) < 2 or said_better):
            continue
        row: dict[str, Any] = {
            "capability": capability, "partnerships": len(keys), "share": Fraction(len(keys), total),
            "announced": sum(deals[key].stage in ("announced", "signed") for key in keys),
            "underway": sum(deals[key].stage in ("integration", "pilot") for key in keys),
            "live": sum(deals[key].stage == "live" for key in keys),
            "ended": sum(deals[key].stage == "ended" for key in keys),
        }  # fmt: skip
        for side in ("bank", "firm"):
            parties = [party for key in keys for party in getattr(deals[key], f"{side}s")]
            each = [parties.count(party) for party in set(parties)]
            row[f"{side}s"] = len(each)
            row[f"{side}_evenness"], row[f"{side}_hhi"] = spread(each)
        rows.append(row)
    for row in rows:
        row["rank"] = 1 + sum(other[by] > row[by] for other in rows)
    return sorted(rows, key=lambda row: (-row[by], row["capability"]))


def together(deals: dict[str, Deal], *, everything: bool = False, **how: bool) -> Rows:
    covered = behind(deals, **how)
    total = len(set().union(*covered.values())) if covered else 0
    rows = []
    for one, other in combinations(sorted(covered), 2):
        both, either = covered[one] & covered[other], covered[one] | covered[other]
        if one in upward(other) or other in upward(one) or len(both) < (1 if everything else 2):
            continue
        lift = Fraction(len(both) * total, len(covered[one]) * len(covered[other]))
        jaccard = Fraction(len(both), len(either))
        rows.append({"capability": one, "other": other, "partnerships": len(both), "jaccard": jaccard, "lift": lift})
    return rows


def similar(deals: dict[str, Deal], side: str, *, exact: bool = False, everything: bool = False) -> Rows:
    parties = {party: set() for deal in deals.values() for party in getattr(deal, f"{side}s")}
    has: dict[str, set[str]] = {party: set() for party in parties}
    for key, deal in deals.items():
        for party in getattr(deal, f"{side}s"):
            parties[party].add(key)
            has[party] |= deal.covers(exact=exact)
    rows = []
    for one, other in combinations(sorted(has), 2):
        both = has[one] & has[other]
        if both and (everything or parties[one] != parties[other]):
            narrowest = {a for a in both if not any(b != a and a in upward(b) for b in both)}
            rows.append({
                "organization": one, "other": other, "jaccard": Fraction(len(both), len(has[one] | has[other])),
                "shared": len(both), "only": len(has[one] - both), "other_only": len(has[other] - both),
                "capabilities": narrowest,
            })  # fmt: skip
    return rows


# Over time


def periods(length: str) -> list[str]:
    """The periods of 2017."""
    return {
        "year": ["2017"], "quarter": [f"2017-Q{n}" for n in range(1, 5)],
        "month": [f"2017-{n:02}" for n in range(1, 13)],
    }[length]  # fmt: skip


def period_of(day: str, length: str) -> str:
    return {"year": day[:4], "month": day[:7], "quarter": f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"}[length]


def trend(deals: dict[str, Deal], length: str) -> Rows:
    """No partnership of 2017 ended. What has one known day counts in its period alone, as by then or from then on."""
    spans = {key: tuple(day and period_of(day, length) for day in since(key)) for key in deals}
    rows: Rows = []
    covered: set[str] = set()
    for period in periods(length):
        sure = {key for key, days in spans.items() if days == (period, period)}
        perhaps = {key for key, (a, b) in spans.items() if a and b and a <= period <= b}
        by = {key for key, days in spans.items() if days == (None, period)}
        later = {key for key, days in spans.items() if days == (period, None)}
        own = {c for key in sure for c in deals[key].covers(exact=True)}
        rows.append({
            "period": period, "began": len(sure), "perhaps_began": len(perhaps), "began_by": len(by),
            "began_from": len(later), "ended": 0, "perhaps_ended": 0, "ended_by": 0, "ended_from": 0,
            "capabilities": len(own), "new": len(own - covered), "partnerships": sorted(perhaps | by | later),
        })  # fmt: skip
        covered |= own
    reached = [row["period"] for row in rows if row["partnerships"]]
    return [row for row in rows if reached and reached[0] <= row["period"] <= reached[-1]]


# Sources


def independent(one: str, other: str) -> bool:
    """Of the review no publisher is known, so that it is independent of nobody."""
    return REVIEW not in (one, other) and DERIVED.get(one, one) != DERIVED.get(other, other)


def days_of(source: str, subject: str, word: str) -> tuple[str, str]:
    """The days that one source leaves open for a step."""
    told = {(p, o) for s, p, o in SAID[source] if s == subject}
    firsts = [first(o) for p, o in told if p in (word, f"{word}Earliest")]
    lasts = [last(o) for p, o in told if p in (word, f"{word}Latest")]
    return max(firsts, default="0000"), min(lasts, default="9999")


def contradicted(source: str) -> int:
    """How many dates a source tells that can't be if another is right."""
    count = 0
    for subject, word, _ in SAID[source]:
        base = word.removesuffix("Earliest").removesuffix("Latest")
        if base in ("announced", "signed", "launched", "ended"):
            a, b = days_of(source, subject, base)
            spans = [days_of(other, subject, base) for other in SAID if other != source]
            count += any(a > d or c > b for c, d in spans)
    return count


def sources() -> dict[str, dict[str, Any]]:
    origin = {name: number for number, name in enumerate(sorted([*SAID, "editorial"]))}
    rows = {}
    for source, said in SAID.items():
        too = {s for s in said for other, theirs in SAID.items() if other != source and s in theirs}
        backed = {
            s for s in said for other, theirs in SAID.items() if s in theirs and independent(source, other)
        }  # fmt: skip
        rows[source] = {
            "origin": [] if source == REVIEW else [origin[DERIVED.get(source, source)]], "statements": len(said),
            "alone": len(said - too), "repeated": len(too - backed), "shared": len(backed),
            "contradicted": contradicted(source),
        }  # fmt: skip
    return rows


def standing(key: str) -> int:
    """How many independent sources name parties on both sides of a partnership."""
    both = [
        source for source, said in SAID.items()
        if {word for subject, word, _ in said if subject == key} >= {"bankParty", "techParty"}
    ]  # fmt: skip
    return len({DERIVED.get(source, source) for source in both} - {REVIEW}) or min(len(both), 1)
