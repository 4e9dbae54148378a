"""Labels and aliases to identities; a name that is not exactly one known thing is told, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

import polars as pl

from kg.errors import UnresolvedName
from kg.findings import Sentence
from kg.spellings import DIFFERENCES, difference, folded, loosened, plain, simplified, sound
from kg.terms import CODE, ID, KG, PREFIXES, Language, shorten

_WAYS = _KEYS, _, _LABELS, _LOOSELY = range(4)
"""How a name is read: as a key, as an IRI, as a label or alias, and as one that is equal but for script and ending."""
_ENDING = "\x00"
"""Before the form of a name without its legal ending, which only another such is equal to."""
_MOST = 3
"""How many names are suggested."""
_WHOLE = 100
_FOUND = {"value": pl.String, "range": pl.String, "iri": pl.String, "loosely": pl.Boolean}
Problem = Literal["unknown", "ambiguous", "wrong-class"]
_AMBIGUOUS = Sentence(
    "ambiguous-name",
    en=("«{value}» means {count} things.", "Write the key of one: {listed}."),
    zh=("«{value}» 可以指 {count} 个事物。", "写出其中一个的键：{listed}。"),
)
_READ_LOOSELY = Sentence(
    "read-loosely",
    en=("«{value}» is read as {described}: equal {how}.",
        "Write the name as it is known, or add this one as an alias."),
    zh=("«{value}» 按 {described} 读取：{how}相同。",
        "改用已有的名称，或将此名称添为别名。"),
    level="note",
)  # fmt: skip
_UNKNOWN = Sentence(
    "unknown-name",
    en=("There is no {wanted} «{value}».", "Check the spelling, or add a row for it."),
    zh=("没有名为 «{value}» 的{wanted}。", "核对写法，或为其添加一行。"),
)
_UNKNOWN_LIKE = Sentence(
    "unknown-name",
    en=("There is no {wanted} «{value}».", "Perhaps one of these is meant: {listed}."),
    zh=("没有名为 «{value}» 的{wanted}。", "也许是指：{listed}。"),
)
_WRONG_CLASS = Sentence(
    "wrong-class",
    en=("«{value}» is not {a} {wanted}, which is asked for here, but {listed}.", "Name another."),
    zh=("«{value}» 不是此处所需的{wanted}，而是 {listed}。", "改写为其他名称。"),
)
CLASSES_ZH = {
    "Bank": "银行", "Capability": "能力", "Form": "合作形式", "Group": "组合", "Judgement": "异同判断",
    "Kind": "产品类别", "Landscape": "数据集", "Milestone": "里程碑", "Organization": "机构", "Partnership": "合作",
    "Passage": "段落", "Product": "产品", "Renaming": "更名", "Rule": "规则", "Source": "来源", "Stage": "阶段",
    "TechFirm": "科技公司", "Verdict": "判断结果", "entity": "事物",
}  # fmt: skip
"""The classes as the ontology calls them in Chinese, and what is of any."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that can't be used, and the IRIs that it might mean."""

    value: str
    range: str | None
    problem: Problem
    candidates: tuple[str, ...]


class Names:
    """Who is called what.

    ``entities`` has a row for each entity and class, of all of whose ``superclasses`` it is too, ``labels`` one for
    each entity and label or alias. A name is looked up as a key first, then as a prefixed name or IRI, then as a label
    or alias, equal after Unicode NFKC, case and spacing, and last as one that is equal without its legal ending and in
    simplified characters; the first of these that has an entity of the class asked for decides.
    """

    def __init__(
        self, entities: pl.DataFrame, labels: pl.DataFrame, superclasses: dict[str, frozenset[str]] | None = None
    ) -> None:
        classes = entities.select(pl.col("iri").cast(pl.String), pl.col("class").cast(pl.String))
        self._within = pl.DataFrame(
            [(parent, cls) for cls, parents in (superclasses or {}).items() for parent in parents if parent != cls],
            schema={"range": pl.String, "class": pl.String},
            orient="row",
        )
        self.into: dict[str, str] = {}
        """For each IRI that is merged into another, that one: a name of both means one thing."""
        self._plain = cache(plain)
        self.unclassed: set[str] = set()
        """What has a class that could not be read: that it lacks one that is asked for is not known."""
        self.classes = classes.unique(maintain_order=True)
        self.labels = labels.select(pl.col("iri").cast(pl.String), pl.col("text").cast(pl.String)).unique(
            maintain_order=True
        )

    def of_class(self, iri: str) -> pl.DataFrame:
        """The entities of a class, or of one within it: a row for each and class."""
        within = self._within.filter(pl.col("range") == iri)["class"]
        return self.classes.filter((pl.col("class") == iri) | pl.col("class").is_in(within.implode()))

    @cached_property
    def _keys(self) -> pl.DataFrame:
        """The keys of all entities: columns form, iri."""
        iris, iri = self.classes.select("iri").unique(maintain_order=True), pl.col("iri")
        return pl.concat(
            [
                iris.filter(iri.str.starts_with(base)).select(form=iri.str.strip_prefix(base), iri=iri)
                for base in (ID, CODE)
            ]
        )

    @cached_property
    def _called(self) -> pl.DataFrame:
        """The labels and aliases of all entities, but for case and spacing: columns form, iri."""
        return self.labels.select(form=folded(pl.col("text")), iri="iri").unique()

    def _meant(self, asked: pl.DataFrame, way: int) -> pl.DataFrame:
        """What the values of ``asked`` may mean, read in one of the ways, the surest first: a column iri more.

        IRIs are made of values rather than names of all entities, of which there may be millions.
        """
        value = pl.col("value")
        if way == _LOOSELY:
            both = [[simplified(each), _ENDING + loosened(each)] for each in asked["value"]]
            forms = asked.with_columns(pl.Series("form", both, dtype=pl.List(pl.String))).explode("form")
            return forms.join(self._loosened, on="form", how="inner")
        if way == _LABELS:
            return asked.with_columns(form=folded(value)).join(self._called, on="form", how="inner")
        if way == _KEYS:
            return pl.concat([asked.with_columns(iri=pl.concat_str(pl.lit(base), value)) for base in (ID, CODE)])
        prefixed = [
            asked.filter(value.str.starts_with(f"{prefix}:")).with_columns(
                iri=pl.concat_str(pl.lit(base), value.str.strip_prefix(f"{prefix}:"))
            )
            for prefix, base in PREFIXES.items()
        ]
        bracketed = asked.filter(value.str.contains("^<.*>$")).with_columns(iri=value.str.slice(1).str.head(-1))
        return pl.concat([*prefixed, asked.with_columns(iri=value), bracketed])

    @cached_property
    def _loosened(self) -> pl.DataFrame:
        """Labels and aliases in simplified characters, of organizations without legal endings too: form, iri."""
        firms = self.of_class(KG.Organization).select("iri").unique()
        of_firms = self.labels.join(firms, on="iri", how="semi")
        parts = [
            labels.select(pl.Series("form", [sign + spell(text) for text in labels["text"]], dtype=pl.String), "iri")
            for labels, spell, sign in ((self.labels, simplified, ""), (of_firms, loosened, _ENDING))
        ]
        return pl.concat(parts).unique()

    def resolve(self, wanted: pl.DataFrame) -> tuple[pl.DataFrame, list[Unresolved]]:
        """The identity of each (value, range), range null for any class, and what has none.

        The frame has the columns value, range, iri, and loosely: whether it took more than case and spacing.
        """
        pending = wanted.select(pl.col("value"), pl.col("range").cast(pl.String)).unique(maintain_order=True)
        found = [pl.DataFrame(schema=_FOUND)]
        unresolved: list[Unresolved] = []
        for way in _WAYS:
            if pending.is_empty():
                break
            fits = (
                self._meant(pending, way)
                .join(self.classes, on="iri", how="inner")
                .join(self._within.with_columns(within=True), on=["range", "class"], how="left")
                .filter(pl.any_horizontal(pl.col("range").is_null(), pl.col("range") == pl.col("class"), "within"))
                .group_by("value", "range", maintain_order=True)
                .agg(pl.col("iri").unique().sort(), merged=pl.col("iri").replace(self.into).unique().sort())
                # One thing is meant as it was curated; several may be one by a judgement.
                .select(
                    "value", "range", iri=pl.when(pl.col("iri").list.len() > 1).then("merged").otherwise("iri")
                )
            )  # fmt: skip
            one = fits.filter(pl.col("iri").list.len() == 1)
            found.append(one.with_columns(pl.col("iri").list.first(), loosely=pl.lit(way == _LOOSELY)))
            several = fits.filter(pl.col("iri").list.len() > 1)
            unresolved += [
                Unresolved(value, range_, "ambiguous", tuple(iris)) for value, range_, iris in several.iter_rows()
            ]
            pending = pending.join(fits, on=["value", "range"], how="anti", nulls_equal=True)
        unresolved += [self._unknown(value, range_) for value, range_ in pending.iter_rows()]
        return pl.concat(found), unresolved

    def reading(self, text: str, range_: str | None = None) -> str | None:
        """What a name was read as, where it took more than case and spacing; None where it did not, or failed."""
        found, _ = self.resolve(pl.DataFrame({"value": [text.strip()], "range": [range_]}))
        return self.read_as(text.strip(), found["iri"][0]).en[0] if found["loosely"].any() else None

    def read_as(self, text: str, iri: str) -> Sentence:
        """That a name is read loosely."""
        of_it = self.labels.filter(pl.col("iri").replace(self.into) == self.into.get(iri, iri))["text"].to_list()
        # What is equal in simplified characters alone was not read without an ending.
        alike = sorted(
            of_it, key=lambda label: (simplified(label) != simplified(text), loosened(label) != loosened(text))
        )
        how = DIFFERENCES[difference(text, alike[0]) if alike else "both"]
        return _READ_LOOSELY.of(value=text, described=self._described(iri), how=how)

    def one(self, text: str, range_: str | None = None, what: str = "name") -> str:
        """The IRI of the one thing that ``text`` means.

        Raises
        ------
        UnresolvedName
            when it means nothing known, or more than one thing; the message names what it may have meant.
        """
        found, unresolved = self.resolve(pl.DataFrame({"value": [text.strip()], "range": [range_]}))
        if unresolved:
            problem, advice = self.explain(unresolved[0]).en
            raise UnresolvedName(f"{what}: {problem} {advice}" if what != "name" else f"{problem} {advice}")
        return str(found["iri"][0])

    def explain(self, unresolved: Unresolved) -> Sentence:
        """What is wrong with a name, and what to do."""
        described = [self._described(iri) for iri in unresolved.candidates]
        listed: dict[Language, str] = {"en": "; ".join(described), "zh": "；".join(described)}
        if unresolved.problem == "ambiguous":
            return _AMBIGUOUS.of(value=unresolved.value, count=len(described), listed=listed)
        wanted = _class_name(unresolved.range)
        if unresolved.problem == "wrong-class":
            a = "an" if wanted["en"][0] in "AEIOUaeiou" else "a"
            return _WRONG_CLASS.of(value=unresolved.value, a=a, wanted=wanted, listed=listed)
        sentence = _UNKNOWN_LIKE if described else _UNKNOWN
        return sentence.of(value=unresolved.value, wanted=wanted, listed=listed)

    def may_fit(self, unresolved: Unresolved) -> bool:
        """Whether what is meant may be of the class asked for, since its own could not be read."""
        known = unresolved.problem == "wrong-class" and self.unclassed.issuperset(unresolved.candidates)
        return known or ID + unresolved.value in self.unclassed

    def _unknown(self, value: str, range_: str | None) -> Unresolved:
        elsewhere: set[str] = set()
        asked = pl.DataFrame({"value": [value]})
        for way in _WAYS[:-1]:
            meant = self._meant(asked, way)
            known = meant if way == _LABELS else meant.join(self.classes, on="iri", how="semi")
            elsewhere |= set(known["iri"])
        if elsewhere:
            return Unresolved(value, range_, "wrong-class", tuple(sorted(elsewhere)))
        return Unresolved(value, range_, "unknown", self._close(value, range_))

    def _close(self, value: str, range_: str | None) -> tuple[str, ...]:
        """Up to three entities of the class with a name near to the value in letters or in sound, the nearest first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  who knows what is meant does without
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        fitting = self.classes if range_ is None else self.of_class(range_)
        forms = pl.concat([self._keys, self._called])
        forms = forms.join(fitting.select("iri").unique(), on="iri", how="semi").sort("form", "iri")
        asked = pl.select(folded(pl.lit(value))).item()
        texts = forms["form"].to_list()
        near = [index for _, _, index in process.extract(asked, texts, scorer=fuzz.ratio, score_cutoff=66, limit=12)]
        # Of two or three signs, as Chinese short names have, one that is off leaves less than the ratio asks for.
        one_off = process.extract(asked, texts, scorer=OSA.distance, score_cutoff=1, limit=12)
        near += [index for text, _, index in one_off if len(asked) > 1 and len(text) > 1]
        near = self._plainly_close(value, texts) + near
        if len(near) < _MOST:
            sounds = [sound(text) for text in texts]
            alike = process.extract(sound(loosened(value)), sounds, scorer=fuzz.ratio, score_cutoff=85, limit=12)
            heard = [index for _, score, index in alike if len(sounds[index]) > 1 and score == _WHOLE]
            near = heard + near + [index for _, _, index in alike if len(sounds[index]) > 1]
        return tuple(dict.fromkeys(forms["iri"][index] for index in near))[:_MOST]

    def _plainly_close(self, value: str, texts: list[str]) -> list[int]:
        """Which of the texts are near to the value without legal endings, accents and the script, the nearest first.

        One that begins with the other is near too: a firm's name in full with its short one.
        """
        from rapidfuzz import fuzz, process  # noqa: PLC0415  as above

        asked, bare = plain(value), [self._plain(text) for text in texts]
        near = process.extract(asked, bare, scorer=fuzz.ratio, score_cutoff=66, limit=6)
        longer = [index for index, text in enumerate(bare) if _begins(asked, text) or _begins(text, asked)]
        return [index for _, _, index in near] + sorted(longer, key=lambda index: abs(len(bare[index]) - len(asked)))

    def _described(self, iri: str) -> str:
        labels = self.labels.filter(pl.col("iri") == iri)["text"]
        return f"{shorten(iri)} ({labels[0]})" if len(labels) else shorten(iri)


def _begins(long: str, short: str) -> bool:
    """Whether a name in full begins with a short one, of as many signs as say something."""
    return len(short) >= (2 if not short.isascii() else 4) and long.startswith(short)


def _class_name(iri: str | None) -> dict[Language, str]:
    name = "entity" if iri is None else shorten(iri).rpartition(":")[2] or iri
    return {"en": name, "zh": CLASSES_ZH.get(name, name)}
