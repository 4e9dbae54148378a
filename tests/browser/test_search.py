"""The search, as one types in it: names in both languages, short names, pinyin; by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from kg.views.page import PAGE

Opened = Callable[..., Page]


BY_NAME_AND_SOUND = (
    ("工行", "Industrial and Commercial Bank of China"),
    ("gongshang", "Industrial and Commercial Bank of China"),
    ("gsyh", "Industrial and Commercial Bank of China"),
    ("ICBC", "Industrial and Commercial Bank of China"),
    ("icbc", "Industrial and Commercial Bank of China"),
    ("ＩＣＢＣ", "Industrial and Commercial Bank of China"),
    ("zhinengtougu", "Robo-advice"),
    ("zntg", "Robo-advice"),
    ("zhintougu", "Robo-advice"),
    ("智能投顾", "Robo-advice"),
    ("robo", "Robo-advice"),
    ("中國工商銀行", "Industrial and Commercial Bank of China"),
    ("騰訊雲", "Tencent Cloud"),
    ("刷臉轉賬", "Face-verified transfer"),
    ("四大行", "The four big banks"),
    ("工农中建", "The four big banks"),
    ("sidahang", "The four big banks"),
    ("big four", "The four big banks"),
    ("BAJT", "BATJ"),
)
FITTING = (
    ("credit mutuel arkea", "Crédit Mutuel Arkéa"),
    ("Crédit Mutuel Arkéa", "Crédit Mutuel Arkéa"),
    ("zurcher", "Zürcher Kantonalbank"),
    ("zuercher", "Zürcher Kantonalbank"),
    ("ZÜRCHER", "Zürcher Kantonalbank"),
    ("Zu\u0308rcher", "Zürcher Kantonalbank"),
    ("CBA", "Commonwealth Bank"),
    ("cba", "Commonwealth Bank"),
    ("gsyh", "Industrial and Commercial Bank of China"),
    ("gongsyh", "Industrial and Commercial Bank of China"),
    ("zggsyh", "Industrial and Commercial Bank of China"),
    ("zhggshyh", "Industrial and Commercial Bank of China"),
    ("zgsyh", None),
    ("gansuyinh", "Bank of Gansu"),
    ("J.P. Morgan", "JP Morgan Chase"),
    ("bank china", "Bank of China"),
    ("china bank", "Bank of China"),
    ("china b", "Bank of China"),
    ("银行 中国", "Bank of China"),
    ("chartered standard bank", "Standard Chartered"),
    ("china nobody", None),
)
SLIPS = (
    ("gogle", "Google"), ("goolge", "Google"), ("gooogle", "Google"), ("miksosoft", None),
    ("Micrasoft", "Microsoft"), ("Sachz", "Goldman Sachs"), ("中国农叶银行", "Agricultural Bank of China"),
)  # fmt: skip


def first(page: Page, typed: str) -> Locator:
    """What is offered first when this is typed, and nothing was before."""
    page.fill("#search", "")
    expect(page.locator("#found")).to_be_hidden()
    page.fill("#search", typed)
    return page.locator("#found [role=option]").first


def test_it_finds_by_any_name_and_sound(opened: Opened, text: str) -> None:
    page = opened(text)
    for typed, found in BY_NAME_AND_SOUND:
        expect(first(page, typed).locator(".called"), typed).to_have_text(found)


def test_of_many_what_fits_wholly_comes_first(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    for typed, found in FITTING:
        offered = first(page, typed).locator(".called, :scope.nothing")
        expect(offered, typed).to_have_text(found or PAGE["nothing"]["en"])


def test_of_two_parties_it_finds_what_they_have_with_each_other(opened: Opened, large_text: str) -> None:
    """Unless the words are the name of one."""
    page = opened(large_text)
    for typed, found in (
        ("Bank of China Tencent", "Bank of China – Tencent"),
        ("tencent and bank of china", "Bank of China – Tencent"),
        ("中国银行 腾讯", "Bank of China – Tencent"),
        ("腾讯与中国银行", "Bank of China – Tencent"),
        ("中国银行腾讯", "Bank of China – Tencent"),
        ("zhongguoyinhang tengxun", "Bank of China – Tencent"),
        ("zgyh tx", "Bank of China – Tencent"),
        ("apple gold", "Goldman Sachs – Apple"),
        ("AIB Bank of Ireland", "Irish banks, Synch Payments and Nexi (Yippay)"),
        ("standard bank", "Standard Bank"),
        ("bank zero", "Bank Zero"),
        # In part, where nothing has all of it as its name.
        ("hatton axiata", "Hatton National Bank – Dialog Axiata"),
        ("hatton national axiata", "Hatton National Bank – Dialog Axiata"),
        ("wells micro", "Wells Fargo – Microsoft"),
        ("goldman amaz", "Goldman Sachs – Amazon"),  # which have a partnership whose key begins so
        ("amaz gold", "Goldman Sachs – Amazon"),
        ("Goldman Sachs and Amazon", "Goldman Sachs and Amazon"),  # as it is called
        ("commonwealth klar", "Commonwealth Bank – Klarna"),
        ("中行 腾", "Bank of China – Tencent"),
        ("兴业 亚通", "RHB Bank – Axiata Group"),
        ("bank china", "Bank of China"),
        ("bank of c", "Bank of China"),
    ):
        page.fill("#search", typed)
        expect(page.locator("#found [role=option]").first.locator(".called")).to_have_text(found)
    page.fill("#search", "tencent bank of china")
    expect(page.locator("#found [role=option]").first).to_contain_text("in integration, since 2017")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Bank of China – Tencent")
    assert page.evaluate("kgPage.state.chosen.kind") == "pair"


def test_what_a_thing_is_may_be_one_of_the_words(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    page.fill("#search", "Standard Chartered Bank")
    assert page.locator("#found .called").all_inner_texts()[:2] == [
        "Standard Chartered Bank (Taiwan)",
        "Standard Chartered",
    ]
    # In either language, and written as one word with the name, or how one begins; what nearly looks so comes after it.
    for language in ("en", "zh"):
        page.evaluate("(language) => kgPage.change({ language })", language)
        for typed, found in (
            ("citibank", "花旗集团"),
            ("Citi Bank", "花旗集团"),
            ("bank citi", "花旗集团"),
            ("花旗银行", "花旗集团"),
            ("hattonbank", "哈顿国民银行"),
            ("standardbank", "南非标准银行"),
            ("industrial & commercial", "中国工商银行"),
        ):
            page.fill("#search", typed)
            called = page.evaluate("document.getElementById('found').firstChild.querySelector('.called').textContent")
            known = page.evaluate("(name) => kgPage.data.nodes.find(({ id }) => kgPage.name(id) === name).id", called)
            assert page.evaluate("(id) => kgPage.data.names(id)[1]", known) == found


def test_what_is_wholly_called_so_is_meant_and_not_two_in_pieces(opened: Opened, large_text: str) -> None:
    """Bank of China (中国银行) was offered with a partnership of a bank (…银行) and China Mobile (中国移动)."""
    page = opened(large_text, "#lang=zh")
    page.fill("#search", "中国银行")
    found = page.locator("#found .called").all_inner_texts()
    assert found[0] == "中国银行"
    assert not [name for name in found if "中国移动" in name or "连线商业银行" in name or "工商" in name]
    # Who means two by other names than theirs reads which, and only these.
    page.fill("#search", "中行 腾讯")
    offered = page.locator("#found [role=option]").first
    expect(offered.locator(".called")).to_have_text("中国银行 – 腾讯")
    expect(offered.locator(".by")).to_have_text(re.compile("^中行 · [^·腾]+$"))


def test_the_sound_of_a_part_begins_with_a_syllable(opened: Opened, large_text: str) -> None:
    """Yinlian is UnionPay (银联) and no part of a supply chain (供应链, gong ying lian)."""
    page = opened(large_text, "#lang=zh")
    page.fill("#search", "yinglian")
    assert any("供应链" in text for text in page.locator("#found [role=option]").all_inner_texts())
    page.fill("#search", "yinlian")
    found = page.locator("#found [role=option]").all_inner_texts()
    assert found
    assert not any("供应链" in text for text in found)


def test_the_keyboard_goes_through_the_suggestions(opened: Opened, text: str) -> None:
    page = opened(text)
    page.keyboard.press("/")
    page.keyboard.type("bank")
    box = page.get_by_role("combobox").first
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.locator("#found [role=option]")
    expect(page.locator("#said")).to_have_text(PAGE["found"]["en"].split("|")[1].replace("{}", str(options.count())))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    wanted = options.nth(1).locator(".called").inner_text()
    expect(box).to_have_attribute("aria-activedescendant", "found-1")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(wanted)
    expect(page.locator("#said")).to_have_text(wanted)
    expect(box).to_have_value("")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_suggestions_and_then_empties_the_field(opened: Opened, text: str) -> None:
    page = opened(text)
    page.fill("#search", "bank")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#search")).to_have_value("bank")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_have_value("")


def test_a_capability_that_is_found_is_lit_in_the_matrix(opened: Opened, text: str) -> None:
    page = opened(text)
    page.fill("#search", "big data")
    page.keyboard.press("Enter")
    expect(page.locator("#matrix.searching")).to_be_visible()
    assert set(page.locator("#matrix .lit .cut").all_inner_texts()) == {"Big data"}
    page.keyboard.press("Escape")
    page.locator("#panel .close").click()
    expect(page.locator("#matrix.searching")).to_have_count(0)


def test_one_slip_is_forgiven_after_what_fits(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    for typed, found in SLIPS:
        offered = first(page, typed)
        if found is None:
            expect(offered, typed).not_to_contain_text("Google")
            continue
        expect(offered.locator(".called"), typed).to_have_text(found)
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2"), typed).to_have_text(found)
        page.evaluate("kgPage.choose(null)")


def test_what_fits_stands_before_what_nearly_does(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    page.fill("#search", "bank")
    called = page.locator("#found .called").all_inner_texts()
    assert called
    assert all("bank" in name.lower() for name in called)


def test_a_group_that_is_found_shows_its_members_and_what_they_do(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#view=columns")
    page.fill("#search", "batj")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("BATJ")
    members = panel.locator(".links").first.locator("button").all_text_contents()
    assert members == ["Alibaba", "Baidu", "JD.com", "Tencent"]
    # It tells of as many partnerships as the filter by that group leaves.
    lit = page.locator("#columns .thread.lit").count()
    page.click("#filter")
    page.get_by_role("checkbox", name="BATJ").check()
    left = page.evaluate("kgPage.state.shown.length")
    assert f"{left} partnerships" in panel.inner_text()
    assert 0 < left < 130
    assert lit > 0
    # A link leads to it, and so does what is told of a member.
    again = opened(large_text, "#chosen=thing,batj")
    expect(again.locator("#panel h2")).to_have_text("BATJ")
    again.locator("#panel .links").first.get_by_role("button", name="Tencent").click()
    again.locator("#panel dt").get_by_role("button", name="BATJ").click()
    expect(again.locator("#panel h2")).to_have_text("BATJ")


@pytest.mark.parametrize(("view", "lit"), [("matrix", ".chip.lit"), ("timeline", ".lit")])
def test_what_is_found_comes_into_the_middle_of_the_view(opened: Opened, large_text: str, view: str, lit: str) -> None:
    page = opened(large_text, f"#view={view}")
    page.fill("#search", "cloud computing" if view == "matrix" else "safaricom")
    page.keyboard.press("Enter")
    found, area = page.locator(f"#{view} {lit}").first.bounding_box(), page.locator(f"#{view}").bounding_box()
    assert found is not None
    assert area is not None
    middle = found["y"] + found["height"] / 2
    assert area["y"] + area["height"] / 4 < middle < area["y"] + area["height"] * 3 / 4
