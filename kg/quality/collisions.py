"""Names that two things have: told whether or not a cell uses them, since what is one thing twice is counted apart."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import polars as pl

from kg.dataset import Dataset
from kg.findings import Doubt, Sentence
from kg.load.dictionary import TERM
from kg.load.gathering import Gathered
from kg.spellings import DIFFERENCES, difference, folded, loosened, simplified_all
from kg.steps import reached_from
from kg.terms import CODE, ID, KG, LABEL_KINDS, RDF, RDFS, SAME_GRAPH, SKOS, Language, shorten

_SORTS = (KG.Organization, KG.Capability, KG.Product, KG.Partnership, KG.Group)
"""What can be judged the same or different."""
_ADVICE = (
    "Where they are one, say so in same.csv; where they are not, say that there, and write their keys.",
    "若为同一事物，在 same.csv 中写明；若不是，也在其中写明，并在单元格中写键。",
)
_SAME = Sentence(
    "same-name",
    en=("{other} has this very name too, so that a cell that names one names neither.", _ADVICE[0]),
    zh=("{other} 与此名称完全相同，写此名称的单元格无法确定所指。", _ADVICE[1]),
)
_UNSURE = Sentence("same-name", _SAME.en, _SAME.zh, "warning")
_ALMOST = Sentence(
    "almost-same-name",
    en=("{other} has the same name {how}: «{name}».", _ADVICE[0]),
    zh=("{how}，与 {other} 的名称 «{name}» 相同。", _ADVICE[1]),
    level="warning",
)
_KEY = Sentence(
    "key-is-name",
    en=("A cell that says «{key}» means the other thing that has this key.", "Leave it so, or rename one of them."),
    zh=("单元格写 «{key}» 时，指的是以此为键的另一事物。", "可以不改；否则更换其中一个。"),
    level="note",
)
_MARKS = {"same": pl.UInt64, "simply": pl.UInt64, "bare": pl.UInt64}
_ROWS = 200_000
"""How many names are texts at a time."""
_LANGUAGE: dict[Language, str] = {"en": "in another language", "zh": "在另一种语言中"}


def told(dataset: Dataset, claims: Gathered) -> list[Doubt]:
    """What has the name of another thing of its sort: each side of a pair once, where the two are most alike.

    The very same name in one language (after NFKC, case and spacing; preferred, alias or hidden) is an error. What is
    equal only in two languages, or after the legal ending or the script, is a warning, and so is the very same name of
    two of which a curator is unsure. Who is judged different is passed by, and what is judged the same is one thing.
    """
    names, keyed = _names(dataset, claims)
    verdicts = _verdicts(dataset, claims)
    pairs = pl.concat([_very_same(names), _loosely_same(names)]).unique(
        ["thing", "other"], keep="first", maintain_order=True
    )
    doubts = []
    for row in pairs.sort("thing", "other").iter_rows(named=True):
        judged = verdicts.get(frozenset((row["thing"], row["other"])), set())
        if "different" in judged:
            continue
        other, name = shorten(row["other"]), row["text_other"]
        if row["exact"] and row["language"] == row["language_other"]:
            sentence = (_UNSURE if judged else _SAME).of(other=other)
        elif judged:
            continue
        else:
            how = _LANGUAGE if row["exact"] else DIFFERENCES[difference(row["text"], name)]
            sentence = _ALMOST.of(other=other, name=name, how=how)
        doubts.append(Doubt(sentence, row["thing"], row["path"], row["text"]))
    paired = {frozenset(pair) for pair in pairs.select("thing", "other").iter_rows()}
    return doubts + _keys(names, keyed, verdicts.keys() | paired)


def _names(dataset: Dataset, claims: Gathered) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The names that others may have too, of things that can be judged, and the things whose keys may be such names.

    Of names sort, thing, path, text, language (its first part) and form; of things sort and keyed. Whether a name may
    be another's is told by numbers made of its spellings, since there may be millions of names.
    """
    rows = _labels(dataset, claims).with_row_index("name")
    parts = [rows.select("name", "sort", "subject")]
    spelt = [_spelt(part, dataset.values(part["object"])) for part in rows.iter_slices(_ROWS)]
    marks = pl.concat([*parts, pl.concat([pl.DataFrame(schema=_MARKS), *spelt])], how="horizontal")
    things = marks.select("sort", "subject").unique()
    keys = [part.with_columns(_key_mark(dataset, part["subject"])) for part in things.iter_slices(_ROWS)]
    keyed = pl.concat([marks.head(0).select("sort", "subject", "same"), *keys]).rename({"subject": "keyed"})
    meant = marks.join(keyed, on=["sort", "same"]).filter(pl.col("keyed") != pl.col("subject"))
    several = [
        marks.drop_nulls(mark).filter(pl.col("subject").n_unique().over("sort", mark) > 1)["name"] for mark in _MARKS
    ]
    chosen = rows.filter(pl.col("name").is_in(pl.concat([meant["name"], *several]).implode()))
    terms = dataset.texts(chosen["object"])
    names = chosen.select(
        thing=dataset.values(chosen["subject"]), path="path", text=dataset.values(chosen["object"]), term=terms,
        sort="sort",
    ).filter(~pl.col("thing").str.starts_with("_:"), pl.col("text") != "")  # fmt: skip
    told = names.with_columns(
        language=pl.col("term").str.extract('"@([A-Za-z]+)[A-Za-z0-9-]*$').fill_null(""), form=folded(pl.col("text"))
    ).drop("term")
    taken = meant.select("sort", "keyed").unique()
    return (
        told.sort("thing", pl.col("path") != SKOS.prefLabel, "path", "language", "text"),
        taken.with_columns(dataset.values(taken["keyed"]).alias("keyed")),
    )


def _labels(dataset: Dataset, claims: Gathered) -> pl.DataFrame:
    """What claims call things that can be judged: subject, object (numbers), path, sort."""
    kinds = dataset.pairs(RDF.type).join(_sorts(dataset), on="object").select("subject", "sort").unique()
    labels = [
        claims.claimed[number].select("subject", "object", path=pl.lit(iri)).unique()
        for iri in LABEL_KINDS.values()
        if (number := dataset.number(iri)) is not None and number in claims.claimed
    ]
    none = pl.DataFrame(schema={"subject": TERM, "object": TERM, "path": pl.String})
    return pl.concat([none, *labels]).join(kinds, on="subject", maintain_order="left")


def _spelt(names: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Numbers that are the same where names are: but for case and spacing, script, and the endings of firms."""
    forms = texts.to_frame("text").select(folded(pl.col("text")))["text"]
    firms = names["sort"] == KG.Organization
    bare = [loosened(text) if firm else None for text, firm in zip(texts, firms, strict=True)]
    spellings = (forms, simplified_all(forms), pl.Series(bare, dtype=pl.String))
    return pl.DataFrame(
        [pl.select(pl.when(each.is_not_null()).then(each.hash())).to_series() for each in spellings], schema=_MARKS
    )


def _key_mark(dataset: Dataset, things: pl.Series) -> pl.Series:
    """The number of the spelling that a name would have to be the key of a thing."""
    keys = dataset.values(things).str.strip_prefix(ID)
    return keys.to_frame("key").select(same=folded(pl.col("key")).hash())["same"]


def _sorts(dataset: Dataset) -> pl.DataFrame:
    """The sorts of things that each class (a number) is one of: columns object, sort (an IRI)."""
    steps = dataset.steps(RDFS.subClassOf)
    sorts = {dataset.number(sort): sort for sort in _SORTS}
    found = [
        (cls, sorts[above])
        for cls in {*steps, *sorts}
        if cls is not None
        for above in reached_from(cls, steps)
        if above in sorts
    ]
    return pl.DataFrame(found, schema={"object": TERM, "sort": pl.String}, orient="row")


def _shared(forms: pl.DataFrame) -> pl.DataFrame:
    """The pairs of things that share a ``form``, each way: a row of the one's name beside the other's."""
    common = forms.filter(pl.col("thing").n_unique().over("sort", "form") > 1)
    pairs = common.join(common, on=["sort", "form"], suffix="_other", maintain_order="left_right")
    return pairs.filter(pl.col("thing") != pl.col("thing_other")).select(
        "thing", "path", "text", "language", "text_other", "language_other", other="thing_other"
    )


def _very_same(names: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the very same name, those in one language first."""
    pairs = _shared(names).with_columns(exact=pl.lit(value=True))
    return pairs.sort(pl.col("language") != pl.col("language_other"), maintain_order=True)


def _loosely_same(names: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the same name in simplified characters, of organizations without legal endings too."""
    scripts = names.with_columns(form=simplified_all(names["form"]))
    firms = names.filter(pl.col("sort") == KG.Organization)
    bare = firms.with_columns(pl.Series("form", [loosened(name) for name in firms["text"]], dtype=pl.String))
    return pl.concat([_shared(scripts), _shared(bare)]).with_columns(exact=pl.lit(value=False))


def _keys(names: pl.DataFrame, keyed: pl.DataFrame, known: AbstractSet[frozenset[str]]) -> list[Doubt]:
    """Names that but for case are the key of another thing of their sort, unless the pair is ``known`` anyway."""
    keys = (
        keyed.filter(pl.col("keyed").str.starts_with(ID))
        .with_columns(key=pl.col("keyed").str.strip_prefix(ID))
        .with_columns(form=folded(pl.col("key")))
    )
    taken = names.join(keys, on=["sort", "form"]).filter(pl.col("keyed") != pl.col("thing"))
    first = taken.unique(["thing", "keyed"], keep="first", maintain_order=True).sort("thing", "keyed")
    return [
        Doubt(_KEY.of(key=key), thing, path, name)
        for thing, keyed, path, name, key in first.select("thing", "keyed", "path", "text", "key").iter_rows()
        if frozenset((thing, keyed)) not in known
    ]


def _verdicts(dataset: Dataset, claims: Gathered) -> dict[frozenset[str], set[str]]:
    """What is judged of two things (IRIs), as merges leave them."""
    merged = dataset.told_by(SAME_GRAPH, SKOS.exactMatch)
    into = dict(dataset.plain(merged).select("object", "subject").iter_rows())
    said: dict[str, pl.DataFrame] = {
        term: claims.claims(term).select("subject", pl.col("object").str.strip_chars("<>"))
        for term in (KG.one, KG.other, KG.judgement)
    }
    rows = (
        said[KG.one].join(said[KG.other], on="subject", suffix="_other")
        .join(said[KG.judgement], on="subject", suffix="_judged").select("object", "object_other", "object_judged")
    )  # fmt: skip
    found: dict[frozenset[str], set[str]] = {}
    for one, other, verdict in rows.unique().iter_rows():
        pair = frozenset((into.get(one, one), into.get(other, other)))
        found.setdefault(pair, set()).add(verdict.removeprefix(CODE))
    return found
