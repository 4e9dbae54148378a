"""What a query answers as a picture by itself, drawn without a browser: its things, and the lines between them."""

from __future__ import annotations

from kg.errors import known
from kg.network.tables import NetworkTables
from kg.store.engine import Answer, Engine
from kg.terms import LANGUAGES, shorten
from kg.views.drawing import SMALL, Drawing, cut, plain_style
from kg.views.image import Picture
from kg.views.layout import Box
from kg.views.letters import FONT, LINE, measured
from kg.views.page.answer import ROW
from kg.views.page.document import answer_drawn

WORDS: dict[str, dict[str, str]] = {
    "counts": {"en": "Things: {}, lines: {}", "zh": "{} 个事物 · {} 条连线"},
    "lines": {"en": "each line: {}", "zh": "连线：{}"},
    "title": {"en": "What the query answers", "zh": "查询结果"},
}
_TOP, _LEAST = 52, 320
_ROOM = 88
"""For the name of a line, beside the box where it arrives."""
_MOST_NAMED = 80
"""Of more lines than these, none is named, since names would cover each other."""
_FORMS = {"bank": "bank", "firm": "firm", "organization": "firm"}


def answer_picture(store: Engine, tables: NetworkTables, answer: Answer, *, language: str = "en") -> Picture:
    """The triples of a CONSTRUCT, or the entities of each row of a SELECT, joined in the order of its variables.

    Where all lines say the same, it is told once above; else each says it at its end.

    Raises
    ------
    BadQuery
        when there is nothing to draw, or too much.
    """
    known("language", language, LANGUAGES)
    _, read, boxes, kinds = answer_drawn(store, tables, answer, high=True)
    labels = dict(tables.labels(language).iter_rows())
    top = _TOP - min(box.y - box.height / 2 for box in boxes.values())
    width = max(_LEAST, *(box.x + box.width / 2 for box in boxes.values()))
    counts = WORDS["counts"][language].format(len(read.things), len(read.lines))
    said = {predicate: labels.get(predicate, shorten(predicate)) for _, predicate, _ in read.lines if predicate != ROW}
    if len(said) == 1:
        counts += " · " + WORDS["lines"][language].format(*said.values())
    drawing = Drawing("answer", WORDS["title"][language], counts, max(width, measured(counts)))
    drawing.text(0, 14, WORDS["title"][language], "heading")
    drawing.text(0, 32, counts, "soft")
    named = len(said) > 1 and len(read.lines) <= _MOST_NAMED
    for a, predicate, b in read.lines:
        text = said.get(predicate, "")
        with drawing.link(None, " ".join(labels.get(part, shorten(part)) for part in (a, predicate, b) if part != ROW)):
            _line(drawing, boxes[a], boxes[b], top, text if named else "", arrow=predicate != ROW)
    for thing in read.things:
        _box(drawing, boxes[thing], top, _FORMS.get(kinds.get(thing, ""), "box"), language)
    low = max(box.y + box.height / 2 for box in boxes.values()) + top
    return Picture(drawing.finished(low).alone(plain_style(language)), tuple(read.left_out))


def _line(drawing: Drawing, start: Box, end: Box, top: float, text: str, *, arrow: bool) -> None:
    """A line between two boxes, that leaves and arrives at their sides; its name stands where it arrives."""
    onward = end.x >= start.x
    beside = start.x == end.x
    x1 = start.x + start.width / 2 * (1 if onward else -1)
    x2 = end.x + end.width / 2 * (1 if beside else -1 if onward else 1)
    y1, y2 = start.y + top, end.y + top
    inward = 1 if x2 > end.x else -1
    if beside:
        drawing.arc(x1, y1, x2, y2, 40, "edge")
    else:
        drawing.curve(x1, y1, x2, y2, "edge")
    if arrow:
        drawing.head(x2, y2, inward, "head")
    if text:
        short = cut(text, _ROOM * FONT / SMALL)
        drawing.text(x2 + 10 * inward, y2 - 4, short, "halo", anchor="start" if inward > 0 else "end", whole=text)


def _box(drawing: Drawing, box: Box, top: float, kind: str, language: str) -> None:
    left, y = box.x - box.width / 2, box.y - box.height / 2 + top
    drawing.rect(left, y, box.width, box.height, kind, rounded=12 if kind == "firm" else 0)
    lines = box.labels[language].split("\n")
    first = box.y + top - (len(lines) - 1) * LINE / 2 + 4.5
    for number, line in enumerate(lines):
        drawing.text(box.x, first + number * LINE, line, anchor="middle")
