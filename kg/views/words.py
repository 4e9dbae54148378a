"""The few words of the tool's own that stand in tables and on the page, in both languages."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "bank": {"en": "Bank", "zh": "银行"},
    "banks": {"en": "Banks", "zh": "银行数"},
    "capability": {"en": "Capability", "zh": "能力"},
    "code": {"en": "Code", "zh": "代码"},
    "firm": {"en": "Firm", "zh": "科技公司"},
    "firms": {"en": "Firms", "zh": "科技公司数"},
    "level": {"en": "Level", "zh": "级别"},
    "message": {"en": "Message", "zh": "说明"},
    "name": {"en": "Name", "zh": "名称"},
    "none": {"en": "none", "zh": "无"},
    "object": {"en": "Object", "zh": "客体"},
    "on": {"en": "On what", "zh": "合作内容"},
    "parameters": {"en": "Parameters", "zh": "参数"},
    "partner": {"en": "Partner", "zh": "合作伙伴"},
    "partnership": {"en": "Partnership", "zh": "合作"},
    "partnerships": {"en": "Partnerships", "zh": "合作数"},
    "place": {"en": "Place", "zh": "位置"},
    "predicate": {"en": "Predicate", "zh": "关系"},
    "question": {"en": "Question", "zh": "问题"},
    "rule": {"en": "by rule", "zh": "依规则推导"},
    "share": {"en": "Share", "zh": "占比"},
    "since": {"en": "Since", "zh": "始于"},
    "source": {"en": "Source", "zh": "来源"},
    "subject": {"en": "Subject", "zh": "主体"},
    "title": {"en": "Title", "zh": "标题"},
}


def word(name: str, language: str) -> str:
    """The word in a language."""
    return WORDS[name][language]


def joined(items: list[str], language: str) -> str:
    """Several names in one line, as the language parts them."""
    return ("、" if language == "zh" else ", ").join(items)
