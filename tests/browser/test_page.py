"""The page in a real browser, with the network refused: right, safe and legible."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from kg.landscape import Landscape
from kg.opening import build_landscape
from kg.terms import ID, KG, citation
from kg.views.page import PAGE, html

SIZE = {"width": 1280, "height": 800}
Opened = Callable[..., Page]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_can_be_found_by_each_of_its_names(
    opened: Opened, text: str, china: Landscape, language: str
) -> None:
    page = opened(text, "#view=network")
    page.evaluate(f"kgPage.change({{ language: '{language}' }})")
    labels = dict(china.tables.labels(language).iter_rows())
    other = dict(china.tables.labels("zh" if language == "en" else "en").iter_rows())
    classes = (KG.Bank, KG.TechFirm, KG.Capability, KG.Product)
    asked = {(name, iri) for cls in classes for iri in china.tables.of_class(cls) for name in (labels[iri], other[iri])}
    assert len(asked) > 100
    # All in one go: to come and go takes longer than to search.
    typed = """(names) => names.map((name) => {
      const field = document.getElementById("search");
      field.value = name;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      return [...document.querySelectorAll("#found [role=option]")].map((one) => one.innerText);
    })"""
    told = page.evaluate(typed, [name.upper() for name, _ in asked])
    for (name, iri), found in zip(asked, told, strict=True):
        assert any(text.startswith(labels[iri]) for text in found), name
    page.fill("#search", "no such thing")
    assert page.locator("#found [role=option]").all_inner_texts() == [PAGE["nothing"][language]]


def test_a_search_leads_to_the_passages(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.fill("#search", "农行")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.is_visible()
    assert panel.locator("h2").inner_text() == "Agricultural Bank of China"
    told = panel.inner_text()
    assert "Year-end review" in told
    assert "L15" in told
    assert "follows by the rule" in told
    link = panel.locator("a").first
    assert (link.get_attribute("href") or "").startswith("http")
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_follows_by_a_rule_is_shown_with_what_it_rests_on(
    opened: Opened, text: str, china: Landscape, language: str
) -> None:
    page = opened(text, f"#lang={language}")
    names = dict(china.tables.labels(language).iter_rows())
    called_in = {citation(passage): name for passage, name in china.tables.passages(language).items()}
    rows = china.why("abc-baidu").filter(pl.col("rule") == "rule/covers")
    assert len(rows) > 5
    page.fill("#search", names[f"{ID}abc-baidu"])
    page.keyboard.press("Enter")
    for row in rows.iter_rows(named=True):
        called = names[f"{ID}{row['object']}"]
        head = page.locator("#panel > dl > dt").filter(
            has=page.locator("button").nth(1).and_(page.get_by_role("button", name=called, exact=True))
        )
        grounds = head.locator("xpath=following-sibling::dd[dl][1]/dl")
        expect(grounds.locator("dt").last).to_contain_text(called)
        expect(grounds.locator("a[href^=http]").first).to_be_visible()
        told = grounds.inner_text()
        for passage in row["rests_on"]:
            assert called_in.get(passage, passage.partition("#")[2]) in told, passage


def test_steps_are_told_in_the_order_of_their_dates(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    page.fill("#search", "CIBC and Rogers")
    page.keyboard.press("Enter")
    told = page.locator("#panel .steps li").all_inner_texts()
    dates = [re.search(r"[0-9]{4}[0-9-]*", step) for step in told]
    assert "announced 2012-05-15" in " ".join(told[0].split())
    assert "by 2013-03-22" in told[1]
    assert [date[0] for date in dates if date] == sorted(date[0] for date in dates if date)


def test_what_has_no_name_of_its_own_is_called_by_what_it_is_of(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#chosen=thing,ant-financial")
    told = page.locator("#panel > dl > dt").all_inner_texts()
    for wanted in ("renames Ant Financial", "new name Ant Group", "on 2020"):
        assert f"Renaming of Ant Financial {wanted}" in told
    page.click("#switch")
    assert "蚂蚁金服更名 新名 蚂蚁集团" in page.locator("#panel > dl > dt").all_inner_texts()
    # A step by its stage, with who says when it was.
    page.evaluate("kgPage.choose('thing', kgPage.data.find('aigou-jd'))")
    page.click("#switch")
    whole = page.locator("#panel").inner_text()
    assert ": live on, at the earliest 2017-07-01" in whole
    every = (
        "kgPage.data.find('aigou-jd-held') !== undefined && [...kgPage.data.names(kgPage.data.find('aigou-jd-held'))]"
    )
    assert all("aigou" not in name for name in page.evaluate(every))


@pytest.mark.parametrize("width", [1280, 360])
def test_no_day_is_broken_over_two_lines(opened: Opened, text: str, width: int) -> None:
    page = opened(text)
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#matrix .pair").first.click()
    days = page.locator("#panel :is(dt, dd) time")
    assert days.count() > 20
    assert {day for day in days.all_text_contents() if not re.fullmatch(r"\d{4}(-\d\d){0,2}", day)} == set()
    assert set(days.evaluate_all("(all) => all.map((one) => one.getClientRects().length)")) == {1}


def test_a_bank_is_shown_with_what_it_works_on(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.evaluate("kgPage.choose('thing', kgPage.data.find('bochk'))")
    assert "BOCHK and WeChat HK wallet covers Wallet top-up" in page.locator("#panel").inner_text()


def test_the_index_lists_everything_and_the_keyboard_reaches_it(opened: Opened, text: str) -> None:
    page = opened(text, "#view=network")
    page.focus("#index")
    page.keyboard.press("Enter")
    entries = page.locator("#panel .entry")
    assert entries.count() == page.evaluate("kgPage.data.nodes.length")
    entries.first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel dl").count() > 0
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_the_index_and_filters_stand_in_the_order_that_is_asked_for(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    page.click("#index")
    entries = page.locator("#panel .entry")
    expect(entries.first).to_have_text("Agricultural Bank of China1")
    page.focus("#order-index")
    page.keyboard.press("ArrowDown")
    expect(entries.first).to_have_text("Bank of China3")
    expect(page.locator("#order-index")).to_be_focused()
    # It counts what is shown, a capability with the narrower ones.
    counts = "(one) => Number(one.querySelector('.number')?.textContent ?? -1)"
    payments = entries.filter(has_text=re.compile("^Payments[0-9]"))
    before = payments.evaluate(counts)
    page.evaluate("kgPage.facets.toggle('country', 'CN')")
    assert 0 < payments.evaluate(counts) < before
    page.evaluate("kgPage.facets.clear()")
    page.click("#filter")
    first = page.locator("#filters .option").first
    expect(first).to_contain_text("Payments")
    page.focus("#order-filters")
    page.keyboard.press("ArrowUp")
    expect(first).to_contain_text("Artificial intelligence")
    expect(page.locator("#order-filters")).to_be_focused()
    # Both are so now, and for whoever is sent the address.
    expect(entries.first).to_have_text("Agricultural Bank of China1")
    assert "order=name" in page.evaluate("location.hash")


def test_keys_that_javascript_has_a_meaning_for_are_keys(
    opened: Opened, tables: Callable[..., Path], tmp_path: Path
) -> None:
    keys = ["constructor", "toString", "valueOf", "hasOwnProperty"]
    rows = "".join(f"{key},Bank,The {key},s#p\n" for key in keys)
    folder = tables(organizations="id,type,label@en,source\n" + rows)
    landscape = build_landscape([folder], tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables))
    for key in keys:
        page.fill("#search", key)
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == f"The {key}"


def test_the_policy_lets_no_other_script_run(browser: Browser, text: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    injected = "<script>window.hacked = 1</script><b onclick='window.hacked = 2'>b</b></body>"
    file.write_text(text.replace("</body>", injected), "utf-8")
    page = browser.new_page()
    complaints: list[Any] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_function("window.kgPage?.ready")
    page.click("b", force=True)
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)
    page.close()


def test_in_a_notebook_the_page_works_in_a_frame_that_reaches_nothing(
    browser: Browser, china: Landscape, tmp_path: Path
) -> None:
    file = tmp_path / "notebook.html"
    cell = china.page(language="zh")._repr_html_()
    file.write_text(f"<!doctype html><meta charset=utf-8><title>A notebook</title>{cell}", "utf-8")
    page = browser.new_page(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(file.as_uri())
    (frame,) = page.frames[1:]
    for _ in range(200):  # the frame's policy forbids Playwright's own way of waiting, which evaluates a string there
        if frame.evaluate("window.kgPage?.ready"):
            break
        page.wait_for_timeout(50)
    assert frame.evaluate("kgPage.data.nodes.length") > 80
    assert frame.locator("h1").inner_text() == PAGE["title"]["zh"]
    search = frame.get_by_role("combobox").first
    search.fill("工行")
    search.press("Enter")
    assert "中国工商银行" in frame.locator("body").inner_text()
    frame.locator("#skip").press("Enter")
    page.wait_for_timeout(50)
    assert len(page.frames) == 2
    assert frame.evaluate("[location.href, document.activeElement.id, kgPage.state.language]") == [
        "about:srcdoc",
        "views",
        "zh",
    ]
    assert frame.evaluate("window.origin") == "null"
    reached = "() => { try { return parent.document.title } catch (fault) { return fault.name } }"
    assert frame.evaluate(reached) == "SecurityError"
    assert messages == []
    page.close()


def test_in_a_notebook_the_wheel_scrolls_on_until_the_network_is_pressed(
    browser: Browser, china: Landscape, tmp_path: Path
) -> None:
    page = browser.new_page(viewport=SIZE, offline=True)  # type: ignore[arg-type]
    query = "CONSTRUCT { ?bank kg:partnersWith ?firm } WHERE { ?p kg:bankParty ?bank ; kg:techParty ?firm }"
    scale = "kgPage.network.getScale()"
    for number, made in enumerate((china.page(), china.page(query=query))):
        file = tmp_path / f"notebook-{number}.html"
        cell = f"<p style='height: 60px'>Above</p>{made._repr_html_()}<p style='height: 3000px'>Below</p>"
        file.write_text(f"<!doctype html><meta charset=utf-8><title>A notebook</title>{cell}", "utf-8")
        page.goto(file.as_uri())
        (frame,) = page.frames[1:]
        frame.locator("#tab-network, #tab-answer").click()
        assert frame.locator(".view:not([hidden]) .framed").inner_text() == PAGE["framed"]["en"]
        for _ in range(100):  # and once vis is there, too
            if frame.evaluate("Boolean(window.vis)"):
                break
            page.wait_for_timeout(50)
        page.mouse.click(300, 30)
        before = frame.evaluate(scale)
        page.mouse.move(700, 550)
        page.mouse.wheel(0, 60)
        page.wait_for_timeout(200)
        assert (page.evaluate("scrollY"), frame.evaluate(scale)) == (60, before)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -60)
        page.keyboard.up("Control")
        page.wait_for_timeout(200)
        near = frame.evaluate(scale)
        assert near > before
        page.mouse.click(700, 550)
        page.wait_for_timeout(300)  # what is told of what stands there takes its room
        near = frame.evaluate(scale)
        page.mouse.wheel(0, 60)
        page.wait_for_timeout(200)
        assert frame.evaluate(scale) < near
        assert page.evaluate("scrollY") == 60
        page.mouse.click(300, 10)
        page.mouse.move(700, 550)
        page.mouse.wheel(0, 60)
        page.wait_for_timeout(200)
        assert page.evaluate("scrollY") == 120
    page.close()


def test_where_no_script_runs_the_page_says_so_and_offers_nothing(browser: Browser, text: str) -> None:
    """As in a notebook that isn't trusted, and in the previews of mail and of phones."""
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    for policy in ("sandbox", "sandbox allow-scripts"):
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
        page.route("**/*", lambda route, _, headers=headers: route.fulfill(body=text, headers=headers))
        page.goto("http://a.notebook/")
        page.wait_for_timeout(1000)
        # Playwright's own ways to look need scripts.
        seen = page.context.new_cdp_session(page).send("DOMSnapshot.captureSnapshot", {"computedStyles": []})
        drawn = {seen["strings"][at] for at in seen["documents"][0]["layout"]["text"] if at >= 0}
        off = policy == "sandbox"
        assert all((PAGE["unscripted"][language] in drawn) is off for language in ("en", "zh"))
        assert (PAGE["filters"]["en"] in drawn) is (PAGE["matrix"]["en"] in drawn) is (not off)
        page.unroute("**/*")
    page.close()


def test_how_the_views_are_set_is_brought_along_by_a_link(opened: Opened, text: str) -> None:
    page = opened(text)
    chips = page.locator("#matrix .chip").count()
    page.check("#all-chips")
    every = page.locator("#matrix .chip").count()
    assert every > chips
    page.click("#tab-columns")
    page.uncheck("#together")
    page.locator("#columns:not([aria-busy])").wait_for()
    pieces = page.locator("#columns .node.capability").count()
    page.click("#tab-timeline")
    page.select_option("#timeline-by", "year")
    page.uncheck("#timeline-products")
    rows = page.locator("#timeline [role=button]").all_inner_texts()
    other = opened(text, page.evaluate("location.hash"))
    assert other.locator("#timeline [role=button]").all_inner_texts() == rows
    assert other.locator("#timeline-by").input_value() == "year"
    assert not other.is_checked("#timeline-products")
    other.click("#tab-columns")
    assert not other.is_checked("#together")
    expect(other.locator("#columns .node.capability")).to_have_count(pieces)
    other.click("#tab-matrix")
    assert other.is_checked("#all-chips")
    expect(other.locator("#matrix .chip")).to_have_count(every)
    other.uncheck("#all-chips")
    assert other.locator("#matrix .chip").count() == chips


def test_what_an_address_names_that_is_not_there_is_passed_over(opened: Opened, text: str) -> None:
    odd = "#view=timeline&lang=xx&stage=nonsense&from=2017-13&to=2017-02-30&chosen=thing,nobody&theme=x&rows=9&=&%E0"
    page = opened(text, odd)
    assert page.evaluate("location.hash") == "#view=timeline"
    assert page.locator("#count").inner_text().startswith("5 partnerships")
    assert page.locator("#timeline [role=button]").count() > 5
    page.click("#filter")
    for wrong in ("2017-13", "2017-02-30", "in May"):
        page.fill("#date-from", wrong)
        page.keyboard.press("Enter")
        assert page.locator("#date-from").get_attribute("aria-invalid") == "true"
    page.fill("#date-from", "2017-02-28")
    page.keyboard.press("Enter")
    assert page.locator("#date-from").get_attribute("aria-invalid") == "false"
    assert page.evaluate("location.hash") == "#view=timeline&from=2017-02-28"


def test_a_filter_is_brought_along_by_a_link(opened: Opened, large_text: str) -> None:
    page = opened(large_text)
    whole = page.locator("#count").inner_text()
    page.click("#filter")
    for facet in ("Capability", "Stage", "Form", "Group or owner", "Country of a bank"):
        # The most come first, what is narrower below what is broader; stages in the order of a life, what is unknown
        # last.
        list_ = page.locator("#filters details").filter(has=page.locator("summary", has_text=re.compile(f"^{facet}")))
        numbers = list_.locator(".option").evaluate_all(
            """(all) => all.filter((one) => one.style.paddingLeft === "0rem" && !/not told/.test(one.textContent))
              .map((one) => Number(one.querySelector(".number").textContent))"""
        )
        assert (sorted(numbers, reverse=True) == numbers) is (facet != "Stage")
        option = page.locator("#filters details").filter(has_text=facet).locator(".option").nth(1)
        number = option.locator(".number").inner_text()
        option.click()
        left = page.locator("#count").inner_text()
        assert left.split()[0] == number
        assert left != whole
        other = opened(large_text, page.evaluate("location.hash"))
        for view in other.evaluate("kgPage.views.names()"):
            other.click(f"#tab-{view}")
            assert other.locator("#count").inner_text() == left
        other.close()
        page.evaluate("kgPage.facets.clear()")
        assert page.locator("#count").inner_text() == whole


def test_what_is_told_is_of_what_is_shown_and_says_what_filters_leave_out(opened: Opened, large_text: str) -> None:
    page = opened(large_text, "#chosen=thing,mobile-payment")
    numbers, aside = page.locator("#panel .numbers"), page.locator("#panel .aside")
    every = int(numbers.inner_text().split()[0])
    expect(aside).to_have_count(0)
    page.locator("#stages button", has_text="announced").click()
    fits = "kgPage.state.shown.filter(({ covers }) => covers.includes(kgPage.data.find('mobile-payment')))"
    left, banks = page.evaluate(f"[{fits}.length, new Set({fits}.flatMap((one) => one.banks)).size]")
    assert 0 < left < every
    assert numbers.inner_text().startswith(f"{left} partnerships · {banks} banks")
    expect(aside).to_have_text(PAGE["aside"]["en"].split("|")[1].replace("{}", str(every - left)))
    expect(page.locator("#panel .links").first.locator("button")).to_have_count(left)
    # A bank, and a pair of which nothing is left, too; where it was read and what stood open stays.
    page.evaluate("kgPage.choose('thing', kgPage.data.find('google'))")
    page.click("#stages .clear")
    page.locator("#panel details").nth(2).locator("summary").click()
    expect(page.locator("#panel details[open] > dl")).to_be_visible()  # filled once it is open
    page.locator("#panel").evaluate("(one) => one.scrollTo(0, 300)")
    read = page.locator("#panel details[open] summary")
    told = read.inner_text()
    page.evaluate("kgPage.change({ to: '2030' })")
    assert read.inner_text() == told
    assert page.locator("#panel").evaluate("(one) => one.scrollTop") == 300
    page.wait_for_timeout(400)
    page.reload()
    expect(read).to_have_text(told)
    assert page.locator("#panel").evaluate("(one) => one.scrollTop") == 300
    # Who is sent the address finds it open too, and in a hand the sheet drawn up, as whoever sends it has it.
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#panel .draw").click()
    page.reload()
    expect(page.locator("#panel.whole details[open] summary")).to_have_text(told)
    page.locator("#panel .draw").click()
    read.click()
    assert "sheet" not in page.evaluate("location.hash")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    expect(read).to_have_count(0)
    page.evaluate("kgPage.choose('pair', kgPage.data.find('bochk'), kgPage.data.find('wechat-hk'))")
    page.locator("#stages button", has_text="announced").click()
    assert numbers.inner_text() == "0 partnerships · 0 capabilities"
    expect(aside).to_have_text(PAGE["aside"]["en"].split("|")[0].replace("{}", "1"))


def test_a_country_that_is_not_told_can_be_asked_for(
    opened: Opened, tables: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tables(
        organizations="id,type,label@en,country,source\nb,Bank,A bank,,s#p\nc,Bank,Another bank,CN,s#p\n"
        "f,TechFirm,A firm,US,s#p\ng,TechFirm,Another firm,,s#p\n",
        partnerships="id,label@en,bankParty,techParty,source\np,One,b,f,s#p\nq,Two,c,g,s#p\n",
    )
    landscape = build_landscape(folder, tmp_path / "kg")
    page = opened(html(landscape.store, landscape.tables))
    page.click("#filter")
    for facet, of, left in (("country", "bank", "p"), ("seat", "technology firm", "q")):
        box = page.locator("#filters details").filter(has_text=f"Country of a {of}")
        expect(box.locator(".option .what").last).to_have_text(PAGE["untold"]["en"])
        box.locator(".option").last.click()
        assert page.evaluate("kgPage.state.shown.map((one) => kgPage.data.key(one.thing))") == [left]
        at = page.evaluate("location.hash")
        assert f"{facet}=unknown" in at
        assert PAGE["untold"]["en"] in page.evaluate("kgPage.toldOf()")
        other = opened(html(landscape.store, landscape.tables), at)
        assert other.evaluate("kgPage.state.shown.length") == 1
        box.locator(".option").last.click()
