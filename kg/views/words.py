"""The few words of the tool's own that stand in tables and on the page, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: dict[str, dict[str, str]] = {
    "added": {"en": "Added row {} to {}.", "zh": "已将第 {} 行加入 {}。"},
    "address": {"en": "Address", "zh": "网址"},
    "alone": {"en": "Alone", "zh": "独有"},
    "and": {"en": "And", "zh": "与"},
    "announced": {"en": "Announced", "zh": "已宣布"},
    "bank": {"en": "Bank", "zh": "银行"},
    "bank_evenness": {"en": "Even, banks", "zh": "银行均匀度"},
    "bank_hhi": {"en": "HHI, banks", "zh": "银行 HHI"},
    "banks": {"en": "Banks", "zh": "银行数"},
    "began": {"en": "Began", "zh": "开始"},
    "began_by": {"en": "Began by then", "zh": "至此已开始"},
    "began_from": {"en": "Began then or later", "zh": "此时或以后开始"},
    "between": {"en": "between {} and {}", "zh": "{} 至 {} 之间"},
    "betweenness": {"en": "Betweenness", "zh": "介数"},
    "by_chance": {
        "en": "Nothing is more than chance would give. --all shows what was asked.",
        "zh": "没有超出偶然所能解释的结果。--all 显示全部比较。",
    },
    "capabilities": {"en": "Capabilities", "zh": "能力"},
    "capability": {"en": "Capability", "zh": "能力"},
    "changed": {
        "en": "Changes: {}. Statements added: {}, removed: {}.",
        "zh": "共 {} 处变更；新增 {} 条陈述，移除 {} 条。",
    },
    "citations": {"en": "Citations", "zh": "引证"},
    "code": {"en": "Code", "zh": "代码"},
    "contradicted": {"en": "Contradicted", "zh": "有出入"},
    "corroborated": {
        "en": "{} of {} partnerships stand on two or more independent sources.",
        "zh": "{1} 项合作中，{0} 项有两个或以上相互独立的来源。",
    },
    "covered": {"en": "Covers", "zh": "涉及的能力"},
    "degree": {"en": "Degree", "zh": "度"},
    "end": {"en": "To", "zh": "终点"},
    "ended": {"en": "Ended", "zh": "结束"},
    "ended_by": {"en": "Ended by then", "zh": "至此已结束"},
    "ended_from": {"en": "Ended then or later", "zh": "此时或以后结束"},
    "expected": {"en": "Expected", "zh": "期望"},
    "firm": {"en": "Firm", "zh": "科技公司"},
    "firm_evenness": {"en": "Even, firms", "zh": "科技公司均匀度"},
    "firm_hhi": {"en": "HHI, firms", "zh": "科技公司 HHI"},
    "firms": {"en": "Firms", "zh": "科技公司数"},
    "from": {"en": "{} or later", "zh": "{} 或以后"},
    "from_passages": {"en": ", from ", "zh": "，依据 "},
    "gap_firms": {"en": "Partners that bring it", "zh": "可提供的现有伙伴"},
    "gap_similar": {"en": "Similar banks with it", "zh": "已有该能力的相似银行"},
    "in_common": {"en": "In common", "zh": "共同能力"},
    "independent": {"en": "({} independent sources)", "zh": "（{} 个相互独立的来源）"},
    "issued": {"en": "Issued", "zh": "发布日期"},
    "jaccard": {"en": "Jaccard", "zh": "雅卡尔系数"},
    "key": {"en": "Key", "zh": "键"},
    "known_began": {
        "en": "Of {} partnerships, {} began between two known days",
        "zh": "共 {} 项合作：{} 项的开始介于两个已知日期之间",
    },
    "known_by": {"en": "of {} only a last day is known ({})", "zh": "{} 项仅知最晚日期（“{}”）"},
    "known_ended": {
        "en": "Of {} partnerships that ended, {} did between two known days",
        "zh": "已结束的 {} 项合作：{} 项的结束介于两个已知日期之间",
    },
    "known_from": {"en": "of {} only a first day is known ({})", "zh": "{} 项仅知最早日期（“{}”）"},
    "known_undated": {"en": "of {} no day is known (in no row)", "zh": "{} 项日期不明（不在表中）"},
    "lacks": {"en": "Lacks", "zh": "尚缺"},
    "language": {"en": "Language", "zh": "语言"},
    "level": {"en": "Level", "zh": "级别"},
    "lift": {"en": "Lift", "zh": "提升度"},
    "live": {"en": "Live", "zh": "已上线"},
    "locator": {"en": "Passage", "zh": "段落"},
    "members": {"en": "Members", "zh": "成员"},
    "message": {"en": "Message", "zh": "说明"},
    "modularity": {
        "en": "Modularity {:.2f}; over twenty seeds the communities agree to {:.2f} (adjusted Rand).",
        "zh": "模块度 {:.2f}；二十个随机种子所得社区的一致程度为 {:.2f}（调整兰德指数）。",
    },
    "name": {"en": "Name", "zh": "名称"},
    "new_capabilities": {"en": "New", "zh": "新增能力"},
    "no_dates": {"en": "No partnership has a date.", "zh": "没有注明日期的合作。"},
    "no_gaps": {
        "en": "Nothing can be told: there is no capability that others have and the bank, by what it has, may want.",
        "zh": "无法给出结果：没有他行已有、而按现有能力可推断该行可能需要的能力。",
    },
    "not_connected": {
        "en": "No partnerships connect «{}» and «{}».",
        "zh": "«{}» 与 «{}» 之间没有合作相连。",
    },
    "nothing_taken_up": {
        "en": "Nothing is known of what «{}» takes up as a bank, so that nothing can be told of what it lacks.",
        "zh": "尚不知 «{}» 作为银行采用了哪些能力，因此无法推断其所缺。",
    },
    "nothing_changed": {"en": "Nothing changed.", "zh": "没有变更。"},
    "nothing_lacks": {"en": "Nothing lacks.", "zh": "没有缺项。"},
    "object": {"en": "Object", "zh": "客体"},
    "on": {"en": "On what", "zh": "合作内容"},
    "one_and_same": {
        "en": "«{}» and «{}» are one and the same here: there is no path between them.",
        "zh": "«{}» 与 «{}» 在此为同一机构，两者之间没有路径。",
    },
    "organization": {"en": "Organization", "zh": "机构"},
    "origin": {"en": "Origin", "zh": "出处编号"},
    "origins": {"en": "Independent", "zh": "独立来源数"},
    "others": {"en": "Others", "zh": "其他来源"},
    "p": {"en": "p", "zh": "p"},
    "pagerank": {"en": "PageRank", "zh": "PageRank"},
    "pairs": {"en": "Banks and firms", "zh": "银行与科技公司"},
    "parameters": {"en": "Parameters", "zh": "参数"},
    "partner": {"en": "Partner", "zh": "合作伙伴"},
    "partnership": {"en": "Partnership", "zh": "合作"},
    "partnerships": {"en": "Partnerships", "zh": "合作数"},
    "path": {"en": "Path", "zh": "路径"},
    "perhaps_began": {"en": "Perhaps began", "zh": "可能开始"},
    "perhaps_ended": {"en": "Perhaps ended", "zh": "可能结束"},
    "period": {"en": "Period", "zh": "时期"},
    "place": {"en": "Place", "zh": "位置"},
    "predicate": {"en": "Predicate", "zh": "关系"},
    "product": {"en": "By way of product", "zh": "通过产品"},
    "publisher": {"en": "Publisher", "zh": "发布者"},
    "q": {"en": "q", "zh": "q"},
    "question": {"en": "Question", "zh": "问题"},
    "rank": {"en": "Rank", "zh": "名次"},
    "repeated": {"en": "Repeated", "zh": "转述"},
    "rule": {"en": "by rule: ", "zh": "依规则推导："},
    "said_of": {"en": " (of {}, the same by {})", "zh": "（所指为 {}，依据 {} 判为同一）"},
    "score": {"en": "Score", "zh": "得分"},
    "share": {"en": "Share", "zh": "占比"},
    "shared": {"en": "Shared", "zh": "共有"},
    "shares": {"en": "Shares", "zh": "共同能力"},
    "since": {"en": "Since", "zh": "始于"},
    "size": {"en": "Size", "zh": "规模"},
    "source": {"en": "Source", "zh": "来源"},
    "sources": {"en": "Sources", "zh": "来源"},
    "stability": {"en": "Stability", "zh": "稳定性"},
    "standing": {"en": "Standing", "zh": "情形"},
    "start": {"en": "From", "zh": "起点"},
    "statements": {"en": "Statements", "zh": "陈述数"},
    "strength": {"en": "Strength", "zh": "强度"},
    "subject": {"en": "Subject", "zh": "主体"},
    "title": {"en": "Title", "zh": "标题"},
    "too_few_banks": {
        "en": "There is too little data to rank anything: {} banks in different partnerships have two of the "
        "capabilities that are compared, or more; {} are needed to tell a ranking from chance.",
        "zh": "数据过少，无法排序：参与不同合作、且具备两项或以上可比能力的银行有 {} 家；"
        "至少需要 {} 家，排序才能与偶然区分。",
    },
    "too_little": {
        "en": "There is too little data: not even the strongest pattern could be told from chance here.",
        "zh": "数据过少：即使最强的规律在此也无法与偶然区分。",
    },
    "too_many_firms": {
        "en": "{} firms are too many for a grid here; --format csv or markdown has it.",
        "zh": "{} 家科技公司过多，无法在此列表；请用 --format csv 或 markdown。",
    },
    "underway": {"en": "Under way", "zh": "进行中"},
    "unknown_origin": {"en": "not known", "zh": "不详"},
    "until": {"en": "by {}", "zh": "不晚于 {}"},
    "venture": {"en": "{} as {} (also of {})", "zh": "{} 计为 {}（亦属 {}）"},
    "ventures": {
        "en": "Of several groups, and counted as the first by its key: {0} ({1}).",
        "zh": "同属多个集团，按键的次序只计为第一个，共 {0} 家：{1}。",
    },
    "weighted": {"en": "Weighted", "zh": "加权数"},
    "within_group": {
        "en": "Inside one group, and not counted: {0} of the partnerships ({1}).",
        "zh": "{0} 项合作的各方同属一个集团，不计入：{1}。",
    },
    "without_start": {
        "en": "Of {1} partnerships, {0} may have begun at any time before: no first day is known. "
        "--certain leaves them out.",
        "zh": "{1} 项合作中有 {0} 项没有已知的最早开始日期，此前任何时候都可能已经开始。--certain 不计这些合作。",
    },
}


def word(name: str, language: str) -> str:
    """The word in a language."""
    return WORDS[name][language]


def interval(earliest: object, latest: object, language: str) -> str:
    """A day, or the first and the last day that it may have been; nothing where neither is known."""
    if earliest == latest:
        return str(earliest or "")
    if earliest and latest:
        return word("between", language).format(earliest, latest)
    return word("from", language).format(earliest) if earliest else word("until", language).format(latest)


def joined(items: list[str], language: str) -> str:
    """Several names in one line, as the language parts them."""
    return ("、" if language == "zh" else ", ").join(items)


def tallied(items: list[str], counts: list[int], total: int, language: str) -> str:
    """Several names in one line, each with how many of all it holds for, where there is more than one."""
    if total == 1:
        return joined(items, language)
    told = "{}（{}/{}）" if language == "zh" else "{} ({} of {})"
    return joined([told.format(item, count, total) for item, count in zip(items, counts, strict=True)], language)


CHANGES: dict[str, dict[str, str]] = {
    "partnership-added": {"en": "New partnerships", "zh": "新增合作"},
    "partnership-removed": {"en": "Partnerships no longer there", "zh": "移除的合作"},
    "partnership-ended": {"en": "Partnerships that ended", "zh": "终止的合作"},
    "party-added": {"en": "New parties", "zh": "新增参与方"},
    "party-removed": {"en": "Parties no longer there", "zh": "移除的参与方"},
    "capability-covered": {"en": "Capabilities newly covered", "zh": "新涉及的能力"},
    "capability-no-longer-covered": {"en": "Capabilities no longer covered", "zh": "不再涉及的能力"},
    "product-delivered": {"en": "Products newly delivered", "zh": "新推出的产品"},
    "product-no-longer-delivered": {"en": "Products no longer delivered", "zh": "不再关联的产品"},
    "stage-changed": {"en": "Stages changed", "zh": "阶段变更"},
    "date-changed": {"en": "Dates changed", "zh": "日期变更"},
    "range-changed": {"en": "Same dates, of which sources now give other ranges", "zh": "日期未变，来源给出的范围有变"},
    "organization-added": {"en": "New organizations", "zh": "新增机构"},
    "organization-removed": {"en": "Organizations no longer there", "zh": "移除的机构"},
    "capability-added": {"en": "New capabilities", "zh": "新增能力"},
    "capability-removed": {"en": "Capabilities no longer there", "zh": "移除的能力"},
    "product-added": {"en": "New products", "zh": "新增产品"},
    "product-removed": {"en": "Products no longer there", "zh": "移除的产品"},
    "group-added": {"en": "New groups", "zh": "新增组合"},
    "group-removed": {"en": "Groups no longer there", "zh": "移除的组合"},
    "judgement-added": {"en": "New judgements", "zh": "新增异同判断"},
    "judgement-removed": {"en": "Judgements no longer there", "zh": "移除的异同判断"},
    "renaming-added": {"en": "New renamings", "zh": "新增更名"},
    "renaming-removed": {"en": "Renamings no longer there", "zh": "移除的更名"},
    "name-changed": {"en": "Names changed", "zh": "名称变更"},
    "source-added": {"en": "New sources", "zh": "新增来源"},
    "source-removed": {"en": "Sources no longer there", "zh": "移除的来源"},
    "source-cited": {"en": "Partnerships that another source tells of", "zh": "新增来源佐证的合作"},
    "source-no-longer-cited": {"en": "Partnerships that a source no longer tells of", "zh": "失去来源佐证的合作"},
    "detail-changed": {"en": "Other details changed", "zh": "其他内容变更"},
}
"""What each kind of change (:data:`kg.analysis.differences.CHANGES`) is called."""

PROPERTIES: dict[str, dict[str, str]] = {
    "rdf:type": {"en": "is a", "zh": "类别"},
    "skos:prefLabel": {"en": "called", "zh": "名称"},
    "skos:altLabel": {"en": "also called", "zh": "又称"},
    "skos:hiddenLabel": {"en": "found by", "zh": "检索名称"},
    "skos:definition": {"en": "definition", "zh": "定义"},
    "skos:scopeNote": {"en": "note", "zh": "说明"},
    "skos:broader": {"en": "is narrower than", "zh": "细分自"},
    "skos:exactMatch": {"en": "is the same as", "zh": "等同于"},
    "skos:closeMatch": {"en": "is close to", "zh": "近似于"},
    "dcterms:issued": {"en": "issued", "zh": "发布日期"},
    "dc:publisher": {"en": "publisher", "zh": "发布者"},
    "dc:language": {"en": "language", "zh": "语言"},
    "prov:wasDerivedFrom": {"en": "derived from", "zh": "源自"},
    "rdfs:comment": {"en": "comment", "zh": "说明"},
    "rdfs:label": {"en": "label", "zh": "标签"},
    "rdfs:seeAlso": {"en": "see also", "zh": "另见"},
    "schema:leiCode": {"en": "LEI", "zh": "全球法人识别编码"},
    "schema:tickerSymbol": {"en": "ticker", "zh": "证券代码"},
    "schema:url": {"en": "address", "zh": "网址"},
}
"""What the properties of other vocabularies are called here, by their prefixed names."""


def predicate_in_words(predicate: str, label: str, language: str) -> str:
    """What a property is called here: one of another vocabulary by :data:`PROPERTIES`, ours by its label."""
    return PROPERTIES[predicate][language] if predicate in PROPERTIES else label


def known_days(counts: Mapping[str, int], language: str, *, over: bool) -> str:
    """Of how many partnerships the days of their beginning (``over``: end) are known, and where the others count."""
    end = "ended" if over else "began"
    parts = [word(f"known_{end}", language).format(counts["partnerships"], counts["both"])]
    for days in ("by", "from", "undated"):
        if counts[days]:
            column = word(f"{end}_{days}", language) if days != "undated" else ""
            parts.append(word(f"known_{days}", language).format(counts[days], column))
    return "；".join(parts) + "。" if language == "zh" else "; ".join(parts) + "."
