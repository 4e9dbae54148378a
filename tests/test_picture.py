"""The picture that is drawn without a browser: whole, legible, and itself everywhere."""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from kg.cli import group
from kg.errors import FileFault
from kg.landscape import Landscape
from kg.network.progress import furthest
from kg.opening import build_landscape
from kg.query.results import select
from kg.terms import ID, KG, STAGES
from kg.views.image import Picture
from kg.views.letters import measured
from kg.views.picture import picture
from kg.views.words import PROPERTIES

Run = Callable[..., Result]
SVG = "{http://www.w3.org/2000/svg}"
KINDS = {"bank", "firm", "box", "capability", "product", "thing"}
GRAPHS = Path(__file__).resolve().parent.parent / "graphs"


def boxes(root: ET.Element) -> list[tuple[str, float, float, float, float]]:
    sides = ("x", "y", "width", "height")
    return [
        (one.get("class", ""), *(float(one.get(side, "0")) for side in sides))
        for one in root.iter(f"{SVG}rect")
        if one.get("class") in {"bank", "firm", "box", "capability", "product", "thing"}
        and one.get("width") != "16"  # the legend's
    ]  # type: ignore[misc]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everybody_is_there_and_nothing_covers_another(china: Landscape, language: str) -> None:
    drawn = picture(china.tables, language=language)
    assert drawn.svg == picture(china.tables, language=language).svg
    root = ET.fromstring(drawn.svg)
    names = dict(china.tables.labels(language).iter_rows())
    told = {title.text for title in root.iter(f"{SVG}title")}
    pairs = china.tables.pairs
    assert {names[iri] for iri in {*pairs["bank"], *pairs["firm"]}} <= told
    for kind, side in (("bank", "bank"), ("firm", "firm"), ("box", "partnership")):
        assert sum(box[0] == kind for box in boxes(root)) == pairs[side].n_unique()
    lines = [one for one in root.iter(f"{SVG}path") if one.get("class") == "edge"]
    assert len(lines) == pairs.select("partnership", "bank").n_unique() + pairs.select("partnership", "firm").n_unique()
    # The legend has the stages that some partnership has come to, and no other that would look the same.
    said = [one.text for one in root.iter(f"{SVG}text")]
    met = set(furthest(china.tables)["stage"])
    assert 0 < len(met) < len(STAGES)
    assert [stage for stage in STAGES if names[stage] in said[:9]] == [stage for stage in STAGES if stage in met]
    assert b"var(" not in drawn.svg
    assert b"@media" not in drawn.svg
    assert overlaps(root) == []


def overlaps(root: ET.Element) -> list[object]:
    every = boxes(root)
    return [
        (one, other)
        for number, one in enumerate(every)
        for other in every[number + 1 :]
        if one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
        and one[2] < other[2] + other[4]
        and other[2] < one[2] + one[4]
    ]


def test_a_large_landscape_stands_in_columns_that_do_not_cover_each_other(world: Landscape) -> None:
    root = ET.fromstring(picture(world.tables).svg)
    assert overlaps(root) == []
    assert sum(box[0] == "box" for box in boxes(root)) == world.tables.pairs["partnership"].n_unique()
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert 0.7 < width / height < 2.8


def test_a_png_has_letters_and_chinese_signs(china: Landscape, tmp_path: Path) -> None:
    file = tmp_path / "网络.png"
    china.picture(language="zh").write(file)
    content = file.read_bytes()
    root = ET.fromstring(china.picture(language="zh").svg)
    assert struct.unpack(">II", content[16:24]) == tuple(2 * int(root.get(side, "")) for side in ("width", "height"))
    # The signs make a difference: without them the picture is another, and smaller.
    bare = china.picture(language="zh").svg.decode()
    for text in list(root.iter(f"{SVG}text")):
        bare = bare.replace(f">{text.text}</text>", "></text>")
    assert len(Picture(bare.encode()).png()) < 0.8 * len(content)


def test_what_cannot_be_drawn_is_said(china: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileFault, match=r"x\.gif names no form of picture"):
        china.picture().write(tmp_path / "x.gif")
    huge = china.picture().svg.replace(b'width="', b'width="9999', 1)
    with pytest.raises(FileFault, match="points high"):
        Picture(huge).png()
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(FileFault, match=r"install partnership-kg\[png\]"):
        china.picture().write(tmp_path / "x.png")
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(("side", "points"), [(32_000, 1_000_000), (900, 120_000_000)])
def test_a_large_png_has_fewer_points_as_long_as_it_can_be_read(
    china: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: int, points: int
) -> None:
    monkeypatch.setattr("kg.views.image._MOST_SIDE", side)
    monkeypatch.setattr("kg.views.image._MOST_POINTS", points)
    file = tmp_path / "a.png"
    told = CliRunner().invoke(group, ["view", "--store", str(china.place), "-o", str(file)])
    assert told.exit_code == 0, told.output
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    whole = [float(ET.fromstring(china.picture().svg).get(name, "")) for name in ("width", "height")]
    assert width / whole[0] == pytest.approx(height / whole[1], rel=0.01)
    assert 8 / 11 < width / whole[0] < 2
    assert max(width, height) <= side
    assert width * height <= 1.01 * points
    # Where not even that can be read, none is made, and it is said what to do.
    file.unlink()
    monkeypatch.setattr("kg.views.image._MOST_SIDE", 600)
    told = CliRunner().invoke(group, ["view", "--store", str(china.place), "-o", str(file)])
    assert told.exit_code == 1
    assert "Write an SVG, or draw less: --stage, --as-of and --group" in told.stderr
    assert not file.exists()


def test_hostile_names_are_text(tables: Callable[..., Path], tmp_path: Path) -> None:
    name = "</text><script>alert(1)</script>&amp;"
    folder = tables(
        organizations=f"id,type,label@en,source\na,Bank,{name},s#1\nb,TechFirm,{'x' * 300},s#1\n",
        partnerships="id,bankParty,techParty,source\np,a,b,s#1\n",
        sources="id,title@en,issued,language,source\ns,S,2017,en,s#1\n",
    )
    root = ET.fromstring(build_landscape([folder], tmp_path / "kg").picture().svg)
    assert not list(root.iter(f"{SVG}script"))
    assert name in {title.text for title in root.iter(f"{SVG}title")}


def test_the_command_draws_by_the_ending(china: Landscape, tmp_path: Path) -> None:
    for ending in ("svg", "png"):
        file = tmp_path / f"network.{ending}"
        told = CliRunner().invoke(group, ["view", "--store", str(china.place), "--stage", "live", "-o", str(file)])
        assert told.exit_code == 0, told.output
        assert told.stderr == f"Wrote {file}.\n"
    assert file.read_bytes().startswith(b"\x89PNG")
    drawn = (tmp_path / "network.svg").read_text("utf-8")
    assert "WeChat HK wallet" in drawn
    assert "Baidu" not in drawn


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_stands_in_two_lines_is_not_cut(world: Landscape, language: str) -> None:
    root = ET.fromstring(picture(world.tables, language=language).svg)
    boxes_ = [[text.text or "" for text in group.iter(f"{SVG}text")] for group in root.iter(f"{SVG}g")]
    lines = [line for box in boxes_ if any(" · " in line for line in box[:1]) for line in box[1:]]
    assert len(lines) > 100
    assert not [line for line in lines if "…" in line]
    assert not [line for line in lines if measured(line) > 330 - 24]


def test_no_line_begins_with_a_mark_that_ends_or_ends_with_one_that_begins(world: Landscape) -> None:
    root = ET.fromstring(picture(world.tables, language="zh").svg)
    lines = [one.text or "" for one in root.iter(f"{SVG}text")]
    assert len(lines) > 500
    assert any("、" in line for line in lines)
    assert not [line for line in lines if line[:1] in "，。、；：！？）》」』】" and line]
    assert not [line for line in lines if line[-1:] in "（《「『【" and line]


def test_a_picture_says_what_its_signs_stand_for_and_when(world: Landscape) -> None:
    texts = [text.text for text in ET.fromstring(picture(world.tables).svg).iter(f"{SVG}text")]
    assert {"bank", "technology firm", "announced", "live", "ended", "stage unknown"} <= set(texts)
    said = {text for text in texts if text is not None and " · " in text}
    for start in ("live · since ", "live · by ", "ended · begun "):
        assert any(text.startswith(start) for text in said), start
    assert not any(text.startswith("ended · since") for text in said)


ASKED = """CONSTRUCT { ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?capability }
WHERE { ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?capability FILTER(?bank = id:boc) }"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_query_answers_is_drawn_and_nothing_else(china: Landscape, language: str) -> None:
    drawn = china.picture(query=ASKED, language=language)
    assert drawn.svg == china.picture(query=ASKED, language=language).svg
    root = ET.fromstring(drawn.svg)
    rows = select(china.store, "SELECT DISTINCT ?firm { ?deal kg:bankParty id:boc ; kg:techParty ?firm }")
    assert [box[0] for box in boxes(root)].count("firm") == rows.height > 1
    assert [box[0] for box in boxes(root)].count("bank") == 1
    names = dict(china.tables.labels(language).iter_rows())
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {names[ID + "boc"], names[ID + "tencent"], names[KG.covers], names[KG.bankParty]} <= set(texts)
    heads = [one for one in root.iter(f"{SVG}path") if one.get("class") == "head"]
    assert len(heads) == len([one for one in root.iter(f"{SVG}path") if one.get("class") == "edge"])
    for n, (_, x, y, width, height) in enumerate(boxes(root)):
        for _, left, top, wide, high in boxes(root)[n + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y


VALUED = """CONSTRUCT { ?deal kg:bankParty ?bank ; kg:announcedEarliest ?day . ?bank rdfs:label ?name ;
  rdfs:comment "%s" } WHERE { ?deal kg:bankParty ?bank OPTIONAL { ?deal kg:announcedEarliest ?day }
  ?bank skos:prefLabel ?name }"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_said_in_words_numbers_and_dates_is_drawn_in_its_box(china: Landscape, language: str) -> None:
    query = VALUED % "\u05d0\u05d1\u202e and on"
    drawn = china.picture(query=query, language=language)
    assert drawn.svg == china.picture(query=query, language=language).svg
    root = ET.fromstring(drawn.svg)
    rows = select(china.store, "SELECT DISTINCT ?bank ?name { ?deal kg:bankParty ?bank . ?bank skos:prefLabel ?name }")
    days = select(china.store, "SELECT ?deal ?day { ?deal kg:bankParty ?bank ; kg:announcedEarliest ?day }")
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    said = "".join(texts).replace(" ", "")
    for name in rows["name"]:
        assert name.replace(" ", "") in said
    colon = {"en": ": ", "zh": "："}[language]
    assert len([text for text in texts if re.search(r"\d{4}-\d\d-\d\d$", text)]) == days.height > 2
    assert texts.count(f"{PROPERTIES['rdfs:comment'][language]}{colon}\u2068\u05d0\u05d1\u202e and on\u2069") == 5
    count = {"en": f"values: {rows.height + days.height + 5}", "zh": f"{rows.height + days.height + 5} 个值"}
    assert count[language] in texts[1]
    # Each within its box, one below the other.
    for text in root.iter(f"{SVG}text"):
        if text.get("class") != "soft" or text.get("text-anchor") != "middle":
            continue
        x, y, long = float(text.get("x", "")), float(text.get("y", "")), measured(text.text or "") * 11 / 13
        assert [
            one for one in boxes(root)
            if one[1] <= x - long / 2 and x + long / 2 <= one[1] + one[3] and one[2] < y - 8 and y < one[2] + one[4]
        ], text.text  # fmt: skip


def test_a_value_without_end_is_cut_at_once(china: Landscape) -> None:
    long = "x" * 200_000
    drawn = china.picture(query=f'CONSTRUCT {{ id:abc rdfs:comment "{long}" }} WHERE {{}}')
    said = [text.text or "" for text in ET.fromstring(drawn.svg).iter(f"{SVG}text") if "xxx" in (text.text or "")]
    assert len(said) == 3
    assert said[-1].endswith("x…")
    assert long in "".join(one.text or "" for one in ET.fromstring(drawn.svg).iter(f"{SVG}title"))


FAR = """CONSTRUCT { ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on . ?bank kg:partnersWith ?firm .
  ?on skos:broader ?above } WHERE { ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on .
  ?on skos:broader ?above }"""


@pytest.mark.parametrize("landscape", ["china", "world"])
def test_no_line_of_an_answer_goes_behind_a_box(request: pytest.FixtureRequest, landscape: str) -> None:
    root = ET.fromstring(request.getfixturevalue(landscape).picture(query=FAR).svg)
    places, far = boxes(root), 0
    for path in root.iter(f"{SVG}path"):
        if not path.get("class", "").startswith("edge"):
            continue
        points = [tuple(map(float, one)) for one in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d", ""))]
        far += len(points) > 4
        for n in range(0, len(points) - 1, 3):
            (x1, y1), (x2, y2) = points[n], points[n + 3]
            middle = ((x1 + x2) / 2, (y1 + y2) / 2)
            if y1 != y2:
                continue
            assert not [one for one in places if one[1] < middle[0] < one[1] + one[3] and one[2] < y1 < one[2] + one[4]]
    assert far > 3


ROWS = """# en: On what, with whom, since when?
# zh: 做什么、与谁、始于何时？
SELECT ?bank ?on ?firm ?from {
  ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on . ?on skos:broader id:payments
  OPTIONAL { ?deal kg:announcedEarliest ?from } }"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_row_of_an_answer_is_a_line_of_its_own(china: Landscape, language: str) -> None:
    drawn = china.picture(query=ROWS, language=language)
    assert drawn.svg == china.picture(query=ROWS, language=language).svg
    assert drawn.left_out == ()
    root, names = ET.fromstring(drawn.svg), dict(china.tables.labels(language).iter_rows())
    rows = [[names.get(cell, str(cell or "")) for cell in row] for row in select(china.store, ROWS).iter_rows()]
    written = [(float(text.get("x", "")), float(text.get("y", "")), str(text.text)) for text in root.iter(f"{SVG}text")]
    places = [
        (" ".join(one for at, down, one in written if at == x + 9 and y < down < y + high), x, y, wide, high)
        for _, x, y, wide, high in boxes(root)
    ]
    met, ports = [], []
    for strand in (one for one in root.iter(f"{SVG}g") if one.find(f"{SVG}path") is not None):
        said: list[str] = []
        for path in strand.iter(f"{SVG}path"):
            x1, y1, *_, x2, y2 = map(float, re.findall(r"[\d.]+", path.get("d", "")))
            ends = [
                [name for name, x, y, wide, high in places if abs(x + wide - x1) < 1 and y < y1 < y + high],
                [name for name, x, y, wide, high in places if abs(x - x2) < 1 and y < y2 < y + high],
            ]
            said += [str(name) for names_ in ends for name in names_ if name not in said]
            ports += [(x1, y1)]
        met.append(said + [str(text.text) for text in strand.iter(f"{SVG}text")])
        assert " – ".join(met[-1]) == strand.findtext(f"{SVG}title")
    assert sorted(met) == sorted([cell for cell in row if cell] for row in rows)
    assert len(set(ports)) == len(ports)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[0] == {"en": "On what, with whom, since when?", "zh": "做什么、与谁、始于何时？"}[language]
    # Where rows of several banks meet, each names the firm it goes on to.
    tags = [text.text for text in root.iter(f"{SVG}text") if (text.get("class") or "").startswith("halo")]
    meeting = [row for row in rows if len({one[0] for one in rows if one[1] == row[1]}) > 1]
    assert sorted(tags) == sorted(row[2] for row in meeting) != []
    # In a colour of its own, which is that of its line.
    looks = [str(text.get("class")) for text in root.iter(f"{SVG}text") if (text.get("class") or "").startswith("halo")]
    assert len(set(looks)) == len(tags)


def test_a_query_and_an_output_make_a_picture_or_a_page(china: Landscape, run: Run, tmp_path: Path) -> None:
    query = tmp_path / "asked.rq"
    query.write_text("SELECT ?bank ?firm (1 AS ?one) { ?deal kg:bankParty ?bank ; kg:techParty ?firm }", "utf-8")
    told = run("view", "--query", str(query), "-o", str(tmp_path / "a.svg")).stderr
    assert told.splitlines() == [f"Wrote {tmp_path / 'a.svg'}."]
    assert (tmp_path / "a.svg").read_bytes() == china.picture(query=query.read_text("utf-8")).svg
    query.with_name("none.rq").write_text("\n", "utf-8")
    failed = run("view", "--query", str(query.with_name("none.rq")), exit_code=2).stderr
    assert "none.rq holds no query. Write a SELECT or CONSTRUCT into it." in failed
    failed = run("view", "-o", str(tmp_path / "a.pdf"), exit_code=2).stderr
    assert "a.pdf names no form. Name a page (.html) or a picture (.svg, .png)." in failed
    assert "stands without --as-of" in run("view", "--query", str(query), "--stage", "live", exit_code=2).stderr
