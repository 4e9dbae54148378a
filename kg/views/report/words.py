"""What a report itself says, in both languages."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "agreement": {
        "en": "Modularity {modularity:.2f}; over twenty seeds the communities agree to {agreement:.2f} (adjusted "
        "Rand).",
        "zh": "模块度 {modularity:.2f}；二十个随机种子所得社区的一致程度为 {agreement:.2f}（调整兰德指数）。",
    },
    "apart": {"en": "; ", "zh": "；"},
    "as_of": {"en": "as of {}", "zh": "截至 {}"},
    "banks": {"en": "Banks", "zh": "银行"},
    "began_by": {"en": "began then or before (only a last day is known)", "zh": "至此已开始（仅知最晚日期）"},
    "began_from": {"en": "began then or later (only a first day is known)", "zh": "此时或以后开始（仅知最早日期）"},
    "bounded": {
        "en": "Partnerships of whose beginning only a first or only a last day is known",
        "zh": "起始时间仅知最早或最晚一日的合作",
    },
    "by_banks": {"en": "Other partnerships by which banks have it", "zh": "银行具备该能力所依据的其他合作"},
    "by_brought": {"en": "By which its partners brought it to others", "zh": "其现有伙伴向他行提供该能力的合作"},
    "by_has": {"en": "By which similar banks have it", "zh": "相似银行具备该能力所依据的合作"},
    "by_offers": {"en": "What its partners are said to offer", "zh": "关于现有伙伴所擅长能力的出处"},
    "by_works": {"en": "By which they work with the bank", "zh": "这些伙伴与该行的合作"},
    "cells": {
        "en": "Capabilities that the partnerships of a bank (row) and a firm (column) cover",
        "zh": "银行（行）与科技公司（列）的合作所涉及的能力数",
    },
    "certain": {"en": "those that must have been in force", "zh": "仅含当时必定有效的合作"},
    "communities": {"en": "Communities", "zh": "社区"},
    "communities_carry": {
        "en": "Stability tells how alike the communities are that twenty other seeds find, 1 being the same. Where a "
        "landscape falls into parts that nothing connects, as one curated from the news does, modularity is high for "
        "that reason alone.",
        "zh": "稳定性表示另外二十个随机种子所得社区的相似程度，1 为完全相同。若数据本身分为互不相连的多个部分"
        "（由新闻整理而成的数据往往如此），模块度仅因此就会很高。",
    },
    "communities_cut": {
        "en": "Of {} communities, the {} largest are listed; {} are one partnership alone.",
        "zh": "共 {} 个社区，列出最大的 {} 个；其中 {} 个只含一项合作。",
    },
    "communities_drawn": {
        "en": "Drawn are the {} largest with two partnerships or more.",
        "zh": "图中为含两项或以上合作的最大的 {} 个社区。",
    },
    "communities_what": {
        "en": "Banks and firms that work with each other more than with the rest, by Louvain's method. Each community "
        "is called by up to three capabilities that two or more of its partnerships cover, with how many of them do.",
        "zh": "以 Louvain 方法划分：同一社区内的银行与科技公司彼此合作多于与其他机构合作。"
        "社区以其中两项或以上合作所涉及的能力（至多三种）命名，并注明涉及的合作数。",
    },
    "communities_ylabel": {
        "en": "Who works with whom in the largest communities; where two have several partnerships, their line has the "
        "number",
        "zh": "最大社区中谁与谁合作；双方有多项合作时，连线上标有数量",
    },
    "community": {"en": "Community {}: {}", "zh": "社区 {}：{}"},
    "corroborated": {
        "en": "On two or more independent sources",
        "zh": "有两个或以上相互独立来源的合作",
    },
    "count": {"en": "Count", "zh": "数量"},
    "covered": {"en": "Capabilities that they cover themselves", "zh": "直接涉及的能力"},
    "covers": {"en": "Covers: {}", "zh": "涉及：{}"},
    "dated": {
        "en": "Partnerships whose beginning lies between two known days",
        "zh": "起始时间介于两个已知日期之间（或即为某日）的合作",
    },
    "ended_by": {"en": "ended then or before (only a last day is known)", "zh": "至此已结束（仅知最晚日期）"},
    "ended_from": {"en": "ended then or later (only a first day is known)", "zh": "此时或以后结束（仅知最早日期）"},
    "evidence": {"en": "Evidence", "zh": "依据"},
    "evidence_what": {
        "en": "Behind each number above: the partnerships that it counts, with the passages by which each counts. The "
        "number in brackets is that of the source, what follows it the place in it.",
        "zh": "上文每个数字所依据的合作，以及每项合作计入的原文段落。方括号中为来源编号，其后为段落位置。",
    },
    "firms": {"en": "Technology firms", "zh": "科技公司"},
    "from_to": {
        "en": "What is known of their beginnings lies between {} and {}.",
        "zh": "已知的起始时间介于 {} 与 {} 之间。",
    },
    "gaps": {"en": "What is missing", "zh": "空白"},
    "gaps_carry": {
        "en": "A row is a question to ask of a bank, and no forecast: tried on known cells, the ranking finds what "
        "goes with a partnership, and not what a bank's next partnership will be on. What is empty is what nobody "
        "curated; the bank may well have it.",
        "zh": "每一行是可以向银行提出的问题，而非预测：以已知单元检验，该排序能找出与某项合作相伴的能力，"
        "但不能预知银行下一项合作的内容。空白只表示无人整理，该行可能已经具备。",
    },
    "gaps_what": {
        "en": "Capabilities that a bank does not have, the likeliest first, by what it has and what other banks have. "
        "The score is the share of a random walk with restart from the bank. With each stand the banks most like it "
        "that have the capability, and its partners that bring it.",
        "zh": "银行尚不具备的能力，按其已有能力和他行能力推断，最可能者在前。得分为自该行出发的重启随机游走所占份额。"
        "每行列出最相似且已具备该能力的银行，以及可提供该能力的现有伙伴。",
    },
    "gaps_ylabel": {
        "en": "Score of what a bank does not have",
        "zh": "银行尚不具备的能力的得分",
    },
    "group": {"en": "subsidiaries counted as their parents", "zh": "子公司计入母公司"},
    "holds": {"en": "What the landscape holds", "zh": "数据概况"},
    "holds_carry": {
        "en": "Sources of one publisher, releases of one organization and what was derived from another source count "
        "as one. What nobody wrote of, or nobody curated, is missing: all that follows is said of this landscape, and "
        "not of all banks.",
        "zh": "同一发布者的来源、同一机构的新闻稿以及由另一来源转述者计为一个。无人报道或无人整理的合作不在其中："
        "以下所述仅就本数据而言，并非所有银行的情况。",
    },
    "holds_what": {
        "en": "Counted are the partnerships, who is party to them, what they cover and the sources that tell of them.",
        "zh": "统计合作、参与方、所涉能力以及述及这些合作的来源。",
    },
    "independent": {"en": "independent sources: {}", "zh": "相互独立的来源：{}"},
    "lacking": {"en": "{}: {}", "zh": "{}：{}"},
    "locators": {"en": "Places: {}", "zh": "位置：{}"},
    "matrix": {"en": "Banks and firms", "zh": "银行与科技公司"},
    "matrix_carry": {
        "en": "An empty cell means that no partnership was curated, and not that there is none.",
        "zh": "空格表示没有整理到合作，并不表示没有合作。",
    },
    "matrix_cut": {
        "en": "Of {} banks and {} firms, shown are the {} firms that partner with most banks and the {} banks that "
        "partner with most of these: {} of {} pairs.",
        "zh": "共 {} 家银行、{} 家科技公司；图中为合作银行最多的 {} 家科技公司，以及与这些公司合作最多的 {} 家银行："
        "{} 对（共 {} 对）。",
    },
    "matrix_what": {
        "en": "Which bank partners with which technology firm, and how many capabilities their partnerships cover, "
        "themselves or by what came of them.",
        "zh": "哪家银行与哪家科技公司合作，以及其合作（直接或通过所推出的产品）涉及多少项能力。",
    },
    "more": {"en": "and {} more", "zh": "另有 {} 个"},
    "more_rows": {
        "en": "The first {} of {} are shown. All of them: {}",
        "zh": "仅列前 {} 个（共 {} 个）。全部见：{}",
    },
    "no_communities": {
        "en": "There is no partnership of a bank and a technology firm.",
        "zh": "没有银行与科技公司的合作。",
    },
    "no_gaps": {
        "en": "There is no capability that others have and a bank, by what it has, may want.",
        "zh": "没有他行已有、而按现有能力可推断某行可能需要的能力。",
    },
    "no_matrix": {
        "en": "There is no partnership of a bank and a technology firm.",
        "zh": "没有银行与科技公司的合作。",
    },
    "no_ranking": {
        "en": "No capability is covered by two partnerships or more.",
        "zh": "没有被两项或以上合作涉及的能力。",
    },
    "no_stage": {"en": "not known", "zh": "未知"},
    "no_trend": {"en": "No partnership has a date.", "zh": "没有注明日期的合作。"},
    "number": {"en": "Number", "zh": "项目"},
    "on": {"en": "On what", "zh": "合作内容"},
    "one_day": {"en": "one day known", "zh": "仅知一日"},
    "partners": {"en": "{} with {}", "zh": "{} 与 {}"},
    "partnerships": {"en": "Partnerships", "zh": "合作"},
    "perhaps": {"en": "perhaps in that year", "zh": "可能在该年"},
    "perhaps_began": {"en": "perhaps began", "zh": "可能开始"},
    "perhaps_ended": {"en": "perhaps ended", "zh": "可能结束"},
    "ranking": {"en": "What is shared most", "zh": "最常见的共同能力"},
    "ranking_carry": {
        "en": "What is written of more is counted more: the order says what these sources tell of, and not what banks "
        "use most. Ranks that differ by one or two partnerships say little.",
        "zh": "报道越多，计数越多：次序反映的是这些来源所述，而非银行使用最多的能力。仅相差一两项合作的名次意义不大。",
    },
    "ranking_cut": {"en": "Drawn are the first {} of {}.", "zh": "图中为前 {} 项（共 {} 项）。"},
    "ranking_what": {
        "en": "How many partnerships cover a capability, themselves or by a narrower one, each counted once. A broader "
        "one with the very same partnerships as a narrower one is left out. The parts of a bar tell how far the "
        "partnerships came, as far as is known.",
        "zh": "涉及某项能力（直接或通过更窄的能力）的合作数，每项合作只计一次。与更窄能力的合作完全相同的较宽能力不列。"
        "条形各段表示已知的合作进展阶段。",
    },
    "ranking_ylabel": {"en": "Partnerships that cover a capability, by how far they came",
                       "zh": "涉及各项能力的合作数，按进展阶段"},
    "report": {"en": "Report", "zh": "报告"},
    "report_on": {"en": "Report: {}", "zh": "报告：{}"},
    "revision": {"en": "Revision {}", "zh": "版本 {}"},
    "since": {"en": "since {}", "zh": "始于 {}"},
    "source_count": {
        "en": "Sources that tell of them, but the curators' own",
        "zh": "述及这些合作的来源（不计整理者自身）",
    },
    "sources": {"en": "Sources", "zh": "来源"},
    "stage": {"en": "stage: {}", "zh": "阶段：{}"},
    "stages": {"en": "only stage: {}", "zh": "仅限阶段：{}"},
    "surely": {"en": "surely in that year", "zh": "确定在该年"},
    "surely_began": {"en": "surely began", "zh": "确定开始"},
    "surely_ended": {"en": "surely ended", "zh": "确定结束"},
    "then_or_before": {"en": "in that year or before (only a last day is known)", "zh": "该年或以前（仅知最晚日期）"},
    "then_or_later": {"en": "in that year or later (only a first day is known)", "zh": "该年或以后（仅知最早日期）"},
    "trend": {"en": "Over time", "zh": "随时间的变化"},
    "trend_carry": {
        "en": "The numbers follow what was written and what the curators looked for, and are no measure of how busy a "
        "year was.",
        "zh": "这些数字取决于有哪些报道以及整理者查找了哪些资料，不能衡量某一年的活跃程度。",
    },
    "trend_cut": {"en": "Drawn are the last {} of {} years.", "zh": "图中为最后 {} 年（共 {} 年）。"},
    "trend_what": {
        "en": "How many partnerships began and ended in each year. What lies between two known days is counted as sure "
        "in a year that has both, and as perhaps in each year that these days leave open, the sure ones among them. "
        "What has one known day alone is counted apart, once, in the year of that day. Where that is the last, it lies "
        "in that year or in any before; where it is the first, in that year or in any later. So no bar tells the most "
        "that a year can have.",
        "zh": "每年开始和结束的合作数。介于两个已知日期之间的，两日同在一年者计为该年“确定”；跨越数年者在其中每年"
        "计为“可能”（含确定者）。仅知一日的另列，在该日所在年计一次：若为最晚日期，则在该年或此前任何一年；"
        "若为最早日期，则在该年或此后任何一年。因此条形并不表示某年至多有多少。",
    },
    "trend_ylabel": {"en": "Partnerships that began (up) and ended (down) in each year; apart from these, those of "
                     "which one day alone is known, in the year of that day",
                     "zh": "每年开始（向上）与结束（向下）的合作数；仅知一日者按该日所在年另列"},
    "undated": {"en": "Partnerships without any date of their beginning", "zh": "起始时间不明的合作"},
    "unstaged": {"en": "Not known", "zh": "未知"},
    "where": {"en": "Contents", "zh": "目录"},
}  # fmt: skip


def text(name: str, language: str, *values: object, **named: object) -> str:
    """What a report says, in a language, with values in their places."""
    return TEXTS[name][language].format(*values, **named)
