"""What is wrong or doubtful in a landscape: one record for each place, so that none is lost in a first error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

from kg.terms import Language

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The gravest first."""
LEVELS_IN_WORDS: dict[Level, dict[Language, str]] = {
    "error": {"en": "error", "zh": "错误"},
    "warning": {"en": "warning", "zh": "警告"},
    "note": {"en": "note", "zh": "提示"},
}
STANDARD_INPUT_IN_WORDS: dict[Language, str] = {"en": "standard input", "zh": "标准输入"}
"""What standard input is called; its English name is its ``file`` in findings."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one kind of fault in each language: what is wrong, and what to do.

    ``code`` is stable and names the kind. Names in braces stand for values, until :meth:`of` puts them there.
    """

    code: str
    en: tuple[str, str]
    zh: tuple[str, str]
    level: Level = "error"

    def said(self, language: Language) -> tuple[str, str]:
        """What is wrong, and what to do."""
        return self.zh if language == "zh" else self.en

    def of(self, **values: object) -> Sentence:
        """The same with the values in their places; one that is told otherwise in each language is a mapping."""

        def filled(language: Language) -> tuple[str, str]:
            told = {name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}
            message, advice = self.said(language)
            return message.format(**told), advice.format(**told)

        return replace(self, en=filled("en"), zh=filled("zh"))

    def about(self, key: str, value: str | None = None) -> Sentence:
        """The same, said of a thing, with the value at fault where it is no thing's name."""
        subject = [key, f"«{value}»"] if value else [key]
        (message, advice), (message_zh, advice_zh) = self.en, self.zh
        english, chinese = ": ".join([*subject, message]), "：".join([*subject, message_zh])
        return replace(self, en=(english, advice), zh=(chinese, advice_zh))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something wrong or doubtful about a thing, before it is known in which cell that stands.

    ``path`` and ``value`` are the property and the value at fault, where there is one; ``spare`` means that there is
    more than one of what should be one. ``other_path`` and ``other_value`` are what contradicts it, about the same
    thing.
    """

    sentence: Sentence
    focus: str
    path: str | None = None
    value: str | None = None
    spare: bool = False
    other_path: str | None = None
    other_value: str | None = None


class Told(NamedTuple):
    """A finding in words of one language: how grave it is, where it is, and what is wrong and what to do."""

    level: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    ``row`` counts records as a spreadsheet does, the header being row 1, or lines where the ``unit`` is a line;
    ``column`` counts cells, in a line signs, from 1; 0 means that the finding is about the whole file, or the whole
    row; no file, that it is about the whole landscape. ``sentence`` says in each language what is wrong and what to do.
    """

    sentence: Sentence
    file: str
    row: int = 0
    column: int = 0
    header: str = ""
    value: str = ""
    unit: Literal["row", "line"] = "row"

    @property
    def code(self) -> str:
        """The kind of fault; stable."""
        return self.sentence.code

    @property
    def level(self) -> Level:
        """How grave it is."""
        return self.sentence.level

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.sentence.en[0]

    @property
    def advice(self) -> str:
        """What to do, in English."""
        return self.sentence.en[1]

    def told(self, language: Language = "en") -> Told:
        """The finding in words; its place is such as ``partnerships.csv, row 3, column 5 (signed)``."""
        place, gap = (_place_zh(self), "") if language == "zh" else (_place_en(self), " ")
        return Told(LEVELS_IN_WORDS[self.level][language], place, gap.join(self.sentence.said(language)))

    def line(self, language: Language = "en") -> str:
        """The finding in one line."""
        level, place, text = self.told(language)
        before = f"{place} {level}：" if language == "zh" else f"{place}: {level}: "
        return f"{before}{text} [{self.code}]"

    def __str__(self) -> str:
        return self.line()


def sound(findings: Iterable[Finding]) -> bool:
    """Whether no finding is an error."""
    return all(finding.level != "error" for finding in findings)


def in_order(findings: list[Finding]) -> list[Finding]:
    """By file, row and column, each once."""
    return sorted(set(findings), key=lambda f: (f.file, f.row, f.column, f.code, f.value, f.sentence.en))


def _place_en(finding: Finding) -> str:
    words = [finding.file or "the whole"]
    if finding.row:
        words.append(f"{finding.unit} {finding.row}")
    if finding.column:
        words.append(f"column {finding.column}" + (f" ({finding.header})" if finding.header else ""))
    return ", ".join(words)


def _place_zh(finding: Finding) -> str:
    """A row and a line are one word, and so are a column of cells and one of signs."""
    words = {"": "全局", STANDARD_INPUT_IN_WORDS["en"]: STANDARD_INPUT_IN_WORDS["zh"]}.get(finding.file, finding.file)
    if finding.row:
        words += f" 第 {finding.row} 行"
    if finding.column:
        words += f"第 {finding.column} 列" + (f"（{finding.header}）" if finding.header else "")
    return words
