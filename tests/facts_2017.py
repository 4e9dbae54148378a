"""The 2017 landscape as it was read, stated once by hand and apart from the tables, for the tests that count it.

What the article says was written down from its text, line by line (L15 is its line 15, as graphs/china-2017/README.md
counts them); what the other pages say, from the passages that the tables name. Nothing here is read from the tables.
"""

from __future__ import annotations

from typing import Any

Said = list[tuple[str, str, dict[str, Any]]]
"""Where it stands, of whom it is said, and what: each word holds keys, parted by spaces, or a tuple of texts."""

REVIEW = "fintech-banks-2017"

ARTICLE: Said = [
    # Since March of this year the four big banks, 工农中建, and BATJ signed strategic agreements, each with its own.
    *(("L5", bank, {"memberOf": "big-four"}) for bank in ("icbc", "abc", "ccb", "boc")),
    *(
        ("L5", deal, {"form": "strategic-cooperation", "signedEarliest": ("2017-03-01",)})
        for deal in ("icbc-jd", "abc-baidu", "ccb-alibaba", "boc-tencent")
    ),
    # Baidu leads in artificial intelligence (AI), so ABC and Baidu turn to: a financial brain, customer profiles,
    # precision marketing, evaluation of customers' credit, monitoring of risks, robo-advice, smart customer service.
    ("L15", "baidu", {"offers": "artificial-intelligence"}),
    ("L15", "abc-baidu", {"bankParty": "abc", "techParty": "baidu", "covers": """
        financial-brain customer-profiling precision-marketing credit-evaluation risk-monitoring robo-advice
        smart-customer-service"""}),
    # Alibaba's Taobao has scenes of e-commerce and a long tail of customers. CCB and the Alibaba camp: opening credit
    # cards online; online and offline channels, electronic payment, linking the credit systems.
    ("L17", "taobao", {"subsidiaryOf": "alibaba", "offers": "e-commerce-scenarios long-tail-customers"}),
    ("L17", "ccb-alibaba", {"bankParty": "ccb", "techParty": "alibaba", "covers": """
        online-card-opening online-offline-channels electronic-payment credit-system-linking"""}),
    # JD is strong in consumer e-commerce, supply-chain finance, logistics. ICBC and JD: retail banking, consumer
    # finance, corporate credit, campuses, asset management, co-branded accounts of persons, logistics of e-commerce.
    ("L19", "jd", {"offers": "consumer-e-commerce supply-chain-finance logistics"}),
    ("L19", "icbc-jd", {"bankParty": "icbc", "techParty": "jd", "covers": """
        retail-banking consumer-finance corporate-credit campus-ecosystem asset-management co-branded-account
        e-commerce-logistics"""}),
    # BOC and Tencent Cloud: cloud computing, big data, blockchain, artificial intelligence; building inclusive finance
    # and technology finance together.
    ("L21", "boc-tencent", {"bankParty": "boc", "techParty": "tencent-cloud", "covers": """
        cloud-computing big-data blockchain artificial-intelligence inclusive-finance technology-finance"""}),
    # The strategic cooperation of the banks and the giants has come to being put into practice.
    *(("L25", deal, {"stage": "integration"}) for deal in ("icbc-jd", "abc-baidu", "ccb-alibaba", "boc-tencent")),
    # Phase one of the strategic cooperation of Baidu and ABC is being accepted.
    ("L29", "abc-baidu", {
        "bankParty": "abc", "techParty": "baidu", "form": "strategic-cooperation", "delivers": "abc-baidu-phase-one"}),
    ("L29", "abc-baidu-phase-one", {"kind": "project", "stage": "integration"}),
    # Being connected: smart mobile banking, transaction anti-fraud, credit anti-fraud, precision marketing, credit
    # score. On trial: transfer by face in mobile banking. Baidu Finance and ABC's strategic cooperation has its first
    # cash loan, the AB loan, online.
    ("L31", "abc-baidu", {
        "bankParty": "abc", "techParty": "baidu-finance", "form": "strategic-cooperation", "delivers": """
        smart-mobile-banking-project transaction-anti-fraud-project credit-anti-fraud-project
        precision-marketing-project credit-score-project face-transfer-service ab-loan"""}),
    ("L31", "smart-mobile-banking-project", {"kind": "project", "stage": "integration", "realizes": "mobile-banking"}),
    ("L31", "transaction-anti-fraud-project", {
        "kind": "project", "stage": "integration", "realizes": "transaction-anti-fraud"}),
    ("L31", "credit-anti-fraud-project", {"kind": "project", "stage": "integration", "realizes": "credit-anti-fraud"}),
    ("L31", "precision-marketing-project", {
        "kind": "project", "stage": "integration", "realizes": "precision-marketing"}),
    ("L31", "credit-score-project", {"kind": "project", "stage": "integration", "realizes": "credit-score"}),
    ("L31", "face-transfer-service", {"kind": "service", "stage": "pilot", "realizes": "face-transfer"}),
    ("L31", "ab-loan", {"kind": "product", "stage": "live", "realizes": "cash-loan"}),
    # Ant Financial and CCB's cooperation has brought the greatest ease to payment; paying by face, CCB fired the first
    # shot.
    ("L33", "ccb-alibaba", {"bankParty": "ccb", "techParty": "ant-financial", "covers": "payments"}),
    ("L33-L35", "ccb-alibaba", {"delivers": "ccb-face-payment"}),
    ("L35", "ccb-face-payment", {"kind": "service", "realizes": "face-payment"}),
    ("L33-L35", "ccb-face-payment", {"stage": "live"}),
    # JD Finance and ICBC's strategic cooperation: in November both announced the digital bank ICBC Xiaobai; the joint
    # marketing of JD Pay and ICBC's credit cards.
    ("L39", "icbc-jd", {
        "bankParty": "icbc", "techParty": "jd-finance", "form": "strategic-cooperation",
        "delivers": "icbc-xiaobai jd-pay-icbc-card"}),
    ("L39", "icbc-xiaobai", {
        "kind": "product", "stage": "announced", "realizes": "digital-banking", "announced": ("2017-11",)}),
    ("L39", "jd-pay-icbc-card", {"kind": "campaign", "stage": "live", "realizes": "joint-marketing"}),
    # In the second half of this year Aigou JD, Double 11, Double 12: campaigns of marketing.
    ("L39-L41", "icbc-jd", {"delivers": "aigou-jd double-11-2017 double-12-2017"}),
    *(
        ("L41", campaign, {"kind": "campaign", "stage": "live", "realizes": "marketing"})
        for campaign in ("aigou-jd", "double-11-2017", "double-12-2017")
    ),
    *(
        ("L41", f"{campaign}-held", {
            "of": campaign, "stage": "live", "onEarliest": ("2017-07-01",), "onLatest": ("2017-12-31",)})
        for campaign in ("aigou-jd", "double-11-2017", "double-12-2017")
    ),
    # Tencent and BOC's cooperation comes to practice too; Tencent has gathered big data, cloud computing, blockchain.
    ("L43", "boc-tencent", {"bankParty": "boc", "techParty": "tencent", "stage": "integration"}),
    ("L45", "tencent", {"offers": "big-data cloud-computing blockchain"}),
    # Besides, the WeChat HK wallet and BOCHK push on: BOC's credit cards bound to the wallet for gifts of cash and
    # points; BOCHK's accounts bound to it, real-time payment, topping up.
    ("L47", "bochk-wechat-hk", {
        "bankParty": "bochk", "techParty": "wechat-hk", "stage": "integration",
        "delivers": "boc-card-wechat-hk bochk-account-wechat-hk"}),
    ("L47", "boc-card-wechat-hk", {"kind": "campaign", "stage": "live", "realizes": "card-linking card-rewards"}),
    ("L47", "bochk-account-wechat-hk", {
        "kind": "service", "stage": "live", "realizes": "account-linking real-time-payment wallet-top-up"}),
]  # fmt: skip

_ICBC_JD = {"bankParty": "icbc", "techParty": "jd"}
_ABC_BAIDU = {"bankParty": "abc", "techParty": "baidu"}
_CCB_ALIBABA = {"bankParty": "ccb", "techParty": "alibaba"}
_CCB_ANT = {"bankParty": "ccb", "techParty": "ant-financial"}
_BOC_TENCENT = {"bankParty": "boc", "techParty": "tencent"}
_STRATEGIC = {"form": "strategic-cooperation"}
_FIELDS_OF_ABC = "smart-bank big-data artificial-intelligence cloud-computing"

OTHERS: dict[str, Said] = {
    "jiemian-201706": [
        ("paragraph 2, ICBC and JD before them", "icbc-jd", _ICBC_JD),
        ("paragraph 2, agreement and laboratory", "abc-baidu", {
            **_ABC_BAIDU, **_STRATEGIC, "stage": "signed", "delivers": "abc-baidu-lab"}),
        ("paragraph 2, agreement and laboratory", "abc-baidu-lab", {"stage": "announced", "realizes": "fintech"}),
        ("paragraph 3, the chairman at the ceremony", "abc-baidu", {
            **_ABC_BAIDU, **_STRATEGIC, "signed": ("2017-06-20",), "stage": "signed", "covers": """
            customer-profiling precision-marketing anti-fraud credit-evaluation smart-customer-service"""}),
        ("paragraph 4, building an intelligent bank", "abc-baidu", {**_ABC_BAIDU, "covers": "smart-bank"}),
        ("paragraph 7, one plus six", "abc-baidu", {**_ABC_BAIDU, "covers": """
            financial-brain customer-profiling precision-marketing credit-evaluation risk-monitoring robo-advice
            smart-customer-service"""}),
    ],
    "ecns-20170624": [
        ("paragraph 6, wealth products in Alipay", "ccb-alibaba", {
            **_CCB_ALIBABA, "signed": ("2017-03",), "stage": "signed", "covers": "wealth-distribution"}),
        ("paragraph 8, the intelligent bank", "abc-baidu", {
            **_ABC_BAIDU, "announcedEarliest": ("2017-06-19",), "announcedLatest": ("2017-06-24",),
            "stage": "announced", "covers": _FIELDS_OF_ABC}),
        ("paragraph 9, JD's work with ICBC", "icbc-jd", {
            **_ICBC_JD, "covers": "fintech retail-banking small-business-credit consumer-finance"}),
    ],
    "coindesk-20170626": [
        ("paragraphs 1-2, announced the week before", "boc-tencent", {
            **_BOC_TENCENT, "announcedEarliest": ("2017-06-19",), "announcedLatest": ("2017-06-25",),
            "stage": "announced", "covers": "artificial-intelligence blockchain", "delivers": "boc-tencent-lab"}),
        ("paragraph 2, research space", "boc-tencent-lab", {
            "stage": "announced", "realizes": "artificial-intelligence blockchain"}),
        ("paragraph 4, the other banks", "icbc-jd", _ICBC_JD),
        ("paragraph 4, the other banks", "abc-baidu", {
            **_ABC_BAIDU, "announcedEarliest": ("2017-06-01",), "announcedLatest": ("2017-06-26",),
            "stage": "announced"}),
        ("paragraph 4, the other banks", "ccb-alibaba", _CCB_ALIBABA),
    ],
    "weekinchina-201706": [
        ("paragraph 3, Ant's deal of March", "ccb-alibaba", {
            **_CCB_ANT, "signed": ("2017-03",), "stage": "signed",
            "covers": "online-card-opening electronic-payment credit-score shared-qr-codes"}),
        ("paragraphs 3-4, what Alipay may sell", "ccb-alibaba", {**_CCB_ANT, "covers": "wealth-distribution"}),
    ],
    "kapronasia-20170724": [
        ("paragraph 2, announced on June 20", "abc-baidu", {
            **_ABC_BAIDU, **_STRATEGIC, "announced": ("2017-06-20",), "stage": "announced",
            "covers": _FIELDS_OF_ABC, "delivers": "abc-baidu-lab"}),
        ("paragraph 2, announced on June 20", "abc-baidu-lab", {
            "stage": "announced", "realizes": "fintech", "announced": ("2017-06-20",)}),
        ("paragraph 3, Ant and CCB in March", "ccb-alibaba", {**_CCB_ANT, **_STRATEGIC}),
    ],
    "yicai-global-20170825": [
        ("paragraph 2, the four pairs", "icbc-jd", _ICBC_JD),
        ("paragraph 5, two months of talks", "icbc-jd", _ICBC_JD),
        ("paragraph 2, the four pairs", "abc-baidu", _ABC_BAIDU),
        ("paragraph 2, the four pairs", "ccb-alibaba", _CCB_ALIBABA),
        ("paragraph 2, the four pairs", "boc-tencent", _BOC_TENCENT),
        *(("paragraph 2, the four pairs", party, {"ticker": (code,)}) for party, code in (
            ("icbc", "XSHG 601398"), ("abc", "XSHG 601288"), ("boc", "XSHG 601988"), ("baidu", "XNAS BIDU"),
            ("alibaba", "XNYS BABA"), ("tencent", "XHKG 700"), ("jd", "XNAS JD"))),
    ],
    "caixin-global-20171128": [
        ("paragraph 1, the latest pair", "icbc-jd", {
            "bankParty": "icbc", "techParty": "jd-finance", "covers": "online-offline-channels"}),
        ("paragraph 3, first project since June", "icbc-jd", {
            **_ICBC_JD, **_STRATEGIC, "signed": ("2017-06",), "delivers": "icbc-xiaobai"}),
        ("paragraph 3, the platform and its name", "icbc-xiaobai", {
            "realizes": "digital-banking", "announcedLatest": ("2017-11-28",)}),
        ("paragraphs 3 to 6, what users can do", "icbc-xiaobai", {
            "stage": "live", "launchedLatest": ("2017-11-28",)}),
        ("paragraph 3, the same month", "abc-baidu", {**_ABC_BAIDU, "announced": ("2017-06",)}),
        ("paragraph 3, Ant's tie-up", "ccb-alibaba", {**_CCB_ANT, "announced": ("2017-03",)}),
        ("paragraph 3, the same month", "boc-tencent", {**_BOC_TENCENT, "announced": ("2017-06",)}),
    ],
    "securities-daily-20171205": [
        ("paragraph 3, dates of four pairs", "icbc-jd", {
            "bankParty": "icbc", "techParty": "jd-finance", "signed": ("2017-06-19",), "stage": "signed"}),
        ("paragraph 1, the digital bank and shops", "icbc-jd", {
            "bankParty": "icbc", "techParty": "jd-finance", "covers": "themed-branch unmanned-shop",
            "delivers": "icbc-xiaobai"}),
        ("paragraph 1, the digital bank", "icbc-xiaobai", {
            "stage": "live", "realizes": "digital-banking", "launchedLatest": ("2017-12-05",)}),
        ("paragraph 3, dates of four pairs", "abc-baidu", {
            "bankParty": "abc", "techParty": "baidu-finance", **_STRATEGIC, "announced": ("2017-06-20",),
            "signedLatest": ("2017-06-20",), "stage": "signed", "delivers": "abc-baidu-lab"}),
        ("paragraph 3, dates of four pairs", "abc-baidu-lab", {"realizes": "fintech", "announced": ("2017-06-20",)}),
        ("paragraph 3, dates of four pairs", "ccb-alibaba", {
            "bankParty": "ccb", "techParty": "alibaba ant-financial", **_STRATEGIC, "signed": ("2017-03-28",),
            "stage": "signed"}),
        ("paragraph 3, dates of four pairs", "boc-tencent", {**_BOC_TENCENT, "delivers": "boc-tencent-lab"}),
        ("paragraph 3, dates of four pairs", "boc-tencent-lab", {
            "stage": "live", "realizes": "fintech", "launchedLatest": ("2017-06-22",)}),
    ],
    "takungpao-20171223": [
        ("paragraphs 1 and 2, linking of bank accounts", "bochk-wechat-hk", {
            "bankParty": "bochk", "techParty": "wechat-hk", "announcedLatest": ("2017-12-23",),
            "launchedLatest": ("2017-12-23",), "stage": "live", "delivers": "bochk-account-wechat-hk",
            "covers": "account-linking wallet-top-up electronic-payment small-transfer"}),
        ("paragraphs 1 and 2, linking of bank accounts", "bochk-account-wechat-hk", {
            "stage": "live", "launchedLatest": ("2017-12-23",),
            "realizes": "account-linking wallet-top-up electronic-payment small-transfer"}),
    ],
    # What units were called later, and stock codes.
    "tencent-news-20181122": [
        ("paragraph 2, renamed quietly", "jd-finance-digits", {
            "renames": "jd-finance", "formerName": ("京东金融",), "newName": ("京东数科",),
            "onEarliest": ("2018-09-01",)}),
        ("paragraphs 2 to 5, announced at the conference", "jd-finance-digits", {"onLatest": ("2018-11-20",)}),
    ],
    "scmp-202103": [
        ("summary, names of the unit", "jd-finance-digits", {
            "renames": "jd-finance", "formerName": ("JD Finance",), "newName": ("JD Digits",), "on": ("2018",)}),
        ("summary, names of the unit", "jd-digits-technology", {
            "renames": "jd-finance", "formerName": ("JD Digits",), "newName": ("JD Technology",), "on": ("2021-01",)}),
    ],
    "taipeitimes-20210309": [
        ("paragraph 2, the earlier name", "jd-digits-technology", {
            "formerName": ("JD Digits",), "newName": ("JD Technology",), "onLatest": ("2021-03-09",)}),
    ],
    "mingpao-20201029": [
        ("paragraph 2, names over the years", "ant-financial-group", {
            "renames": "ant-financial", "formerName": ("Ant Financial",), "newName": ("Ant Group",), "on": ("2020",)}),
    ],
    "dpa-afx-20180430": [
        ("paragraph 2, the new name", "baidu-finance-du-xiaoman", {
            "formerName": ("Financial Services Group",), "newName": ("Du Xiaoman Financial",),
            "onLatest": ("2018-04-30",)}),
    ],
    "globenewswire-20171220": [("paragraph 1, dateline and name", "baidu", {"ticker": ("XNAS BIDU",)})],
    "marketscreener-20201030": [
        ("section 1.1, basic corporate information", "abc", {"ticker": ("XHKG 1288", "XSHG 601288")}),
    ],
    "marketscreener-201910": [("heading, stock code and name", "icbc", {"ticker": ("XHKG 1398",)})],
    "nasdaq-20201018": [("paragraph 2, who backs Ant", "alibaba", {"ticker": ("XHKG 9988",)})],
    "marketscreener-20200817": [
        ("paragraph 1, the American shares", "jd", {"ticker": ("XNAS JD",)}),
        ("paragraph 1, name and stock code", "jd", {"ticker": ("XHKG 9618",)}),
    ],
    "prnewswire-20140319": [("paragraph 1, dateline and name", "tencent", {"ticker": ("XHKG 700",)})],
}  # fmt: skip

DERIVED = {"taipeitimes-20210309": "scmp-202103"}
"""What retells another source. Each source else has a publisher of its own, but the article, of whom none is known."""

ISSUED = {
    REVIEW: "2017", "jiemian-201706": "2017", "weekinchina-201706": "2017-06", "coindesk-20170626": "2017-06-26",
    "ecns-20170624": "2017-06-24", "kapronasia-20170724": "2017-07-24", "securities-daily-20171205": "2017-12-05",
    "takungpao-20171223": "2017-12-23",
}  # fmt: skip
"""When the sources appeared that tell a stage without a day."""

EDITORIAL: Said = [
    # The article closes the year and speaks of the agreements as signed.
    *(
        ("Dates", deal, {"signedLatest": ("2017-12-31",)})
        for deal in ("icbc-jd", "abc-baidu", "ccb-alibaba", "boc-tencent")
    ),
    *(("Products", laboratory, {"kind": "project"}) for laboratory in ("abc-baidu-lab", "boc-tencent-lab")),
    *(("Groups", firm, {"memberOf": "batj"}) for firm in ("baidu", "alibaba", "tencent", "jd")),
    *(("Owners", unit, {"subsidiaryOf": owner}) for unit, owner in (
        ("bochk", "boc"), ("baidu-finance", "baidu"), ("ant-financial", "alibaba"), ("jd-finance", "jd"),
        ("jd-pay", "jd-finance"), ("tencent-cloud", "tencent"), ("wechat-hk", "tencent"))),
]  # fmt: skip

BROADER = {
    "payments": """
        electronic-payment face-payment face-transfer real-time-payment wallet-top-up card-linking account-linking
        shared-qr-codes small-transfer""",
    "credit": "consumer-finance corporate-credit supply-chain-finance online-card-opening credit-information",
    "consumer-finance": "cash-loan",
    "corporate-credit": "small-business-credit",
    "credit-information": "credit-evaluation credit-score credit-system-linking",
    "risk-control": "risk-monitoring anti-fraud",
    "anti-fraud": "transaction-anti-fraud credit-anti-fraud",
    "marketing": "customer-profiling precision-marketing joint-marketing card-rewards long-tail-customers",
    "wealth-management": "robo-advice asset-management wealth-distribution",
    "artificial-intelligence": "financial-brain smart-bank",
    "digital-infrastructure": "cloud-computing big-data blockchain",
    "channels-and-service": """
        online-offline-channels mobile-banking digital-banking smart-customer-service themed-branch""",
    "retail-banking": "co-branded-account",
    "commerce-scenarios": "e-commerce-scenarios consumer-e-commerce logistics campus-ecosystem unmanned-shop",
    "logistics": "e-commerce-logistics",
    "inclusive-finance": "",
    "technology-finance": "",
    "fintech": "",
}
"""The hierarchy of capabilities: what is narrower than each; the last three have nothing above or below."""

BANKS = {"icbc", "abc", "ccb", "boc", "bochk"}
FIRMS = {
    "baidu", "baidu-finance", "alibaba", "ant-financial", "taobao", "jd", "jd-finance", "jd-pay", "tencent",
    "tencent-cloud", "wechat-hk",
}  # fmt: skip

NAMED = {
    REVIEW: "L1 L9 L65 L67 L69 L71",
    "editorial": "Names|Countries|Capabilities|Sources|Licence and citation",
}
"""Passages that no claim above stands on: they name, define or describe. Each other source has one for its imprint."""
