"""What a query answers as a picture by itself, drawn without a browser: its rows, or its things and their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from kg.errors import known
from kg.network.tables import NetworkTables
from kg.store.engine import Answer, Engine
from kg.terms import LANGUAGES, shorten
from kg.views.drawing import SMALL, Drawing, clean, cut, plain_style
from kg.views.image import Picture
from kg.views.layout import Box
from kg.views.letters import FONT, LINE, measured, wrapped
from kg.views.page.answer import ROW, Answered, Cell
from kg.views.page.document import answer_told, asked
from kg.views.page.places import FEW, placed
from kg.views.page.values import GAP, STEP, whole
from kg.views.page.words import PAGE
from kg.views.routes import passed, ports
from kg.views.strands import Node, Piece, strands
from kg.views.words import PROPERTIES

WORDS: dict[str, dict[str, str]] = {
    "counts": {"en": "Things: {}", "zh": "{} 个事物"},
    "lines": {"en": "each line: {}", "zh": "连线：{}"},
    "line_count": {"en": "lines: {}", "zh": "{} 条连线"},
    "none": {"en": "none", "zh": "无"},
    "row": {"en": "in one row", "zh": "同一行"},
    "rows": {"en": "Rows: {}, things: {}", "zh": "{} 行 · {} 个事物"},
    "said": {"en": "a statement", "zh": "一条陈述"},
    "values": {"en": "values: {}", "zh": "{} 个值"},
}
Names = Mapping[str, Mapping[str, str]]
_TOP, _LEAST = 52, 320
_ROOM = 108
"""For the name of a line, beside the box where it arrives."""
_FORMS = {"bank": "bank", "firm": "firm", "organization": "firm", "capability": "capability", "product": "product"}
_KINDS = ("bank", "firm", "organization", "capability", "product", "partnership", "thing")
_WIDE, _BETWEEN, _BEYOND, _WORDS, _TAG = 220, 220, 18, 200, 0.85
"""Of rows: how wide names are, the room for lines, that before words and how wide these are, and a tag's part of it."""
_HUES = ("#0072b2", "#b5520b", "#007a5e", "#8b3f8f", "#7a6a00", "#b3005e", "#4a4ac0", "#5f5f5f")
_STYLE = """
svg.figure rect.capability { fill: #fdf3d8; stroke: #b98d1b; }
svg.figure rect.product { fill: #ffffff; stroke: #8c2020; stroke-dasharray: 4 2; }
svg.figure rect.none { fill: none; stroke: #d3d9e0; }
svg.figure rect.thing { fill: #f5f6f8; stroke: #57606a; }
svg.figure path.strand { stroke-width: 1.6; }
svg.figure path.unsaid { stroke-dasharray: 6 3; }
""" + "\n".join(
    f"svg.figure path.t{n} {{ stroke: {hue}; }} svg.figure text.t{n} {{ fill: {hue}; }}" for n, hue in enumerate(_HUES)
)
"""Colours as the page has them (``assets/page/page.css``)."""
_STROKES = (("", ""), ("#b5520b", "6 3"), ("#8b3f8f", "1.5 2.5"), ("#0072b2", "10 3 2 3"), ("#b3005e", "14 3 2 3 2 3"))
"""Of each predicate of several, and of all others, as ``assets/page/shapes.js`` has them."""
_STYLE += "\n".join(
    f"svg.figure path.edge.p{n} {{ stroke: {hue}; stroke-dasharray: {dashes}; }}\n"
    f"svg.figure path.head.p{n} {{ fill: {hue}; }}"
    for n, (hue, dashes) in enumerate(_STROKES)
    if n
)


def answer_picture(
    store: Engine, tables: NetworkTables, answer: Answer, *, query: str = "", language: str = "en"
) -> Picture:
    """The triples of a CONSTRUCT, or each row of a SELECT as a strand through its things, headed by what is asked.

    Where all lines say the same, it is told once above; else each says it at its end.

    Raises
    ------
    BadQuery
        when there is nothing to draw, or too much.
    """
    known("language", language, LANGUAGES)
    _, read, kinds, names = answer_told(store, tables, answer, query)
    title = asked(query)[language]
    if read.rows:
        rows = _Rows(tables, read, kinds, names, language)
        drawing = rows.drawn(title)
        return Picture(drawing.finished(rows.height).alone(plain_style(language) + _STYLE), tuple(read.left_out))
    return _triples(tables, read, kinds, names, title, language)


def _triples(
    tables: NetworkTables, read: Answered, kinds: Mapping[str, str], names: Names, title: str, language: str
) -> Picture:
    boxes, values = placed(read, kinds, names), whole(read, names)
    labels = dict(tables.labels(language).iter_rows())
    low = max(box.y + box.height / 2 for box in boxes.values())
    high = min(box.y - box.height / 2 for box in boxes.values())
    width = max(_LEAST, *(box.x + box.width / 2 for box in boxes.values()))
    counts = _counted(read, language)
    called = {p: PROPERTIES.get(shorten(p), {}).get(language, shorten(p)) for _, p, _ in read.lines}
    said = {predicate: labels.get(predicate, name) for predicate, name in called.items()}
    strokes = _stroked(read)
    if len(said) == 1:
        counts += " · " + WORDS["lines"][language].format(*said.values())
    drawing, top = _begun(title, counts, width, _legend(read.things, kinds, language))
    if len(said) > 1:
        by_stroke = {n: predicate for predicate, n in reversed(strokes.items())}
        others = len(said) > len(_STROKES)
        key = [
            (f"p{n}", PAGE["answer_others"][language] if others and n == len(_STROKES) - 1 else said[by_stroke[n]])
            for n in sorted(by_stroke)
        ]
        top = _keyed(drawing, top - 8, width, key, head=True)
    named = len(said) > 1 and len(read.lines) <= FEW
    leaving, between = ports(read, boxes), passed(read, boxes)
    for line in read.lines:
        a, predicate, b = line
        ends = leaving[line, a, 0] + top - high, leaving[line, b, 1] + top - high
        with drawing.link(None, " ".join(labels.get(part, shorten(part)) for part in line)):
            way = [(x, y + top - high) for x, y in between.get(line, [])]
            _line(drawing, boxes[a], boxes[b], ends, said[predicate] if named else "", way, f"p{strokes[predicate]}")
    for thing in read.things:
        form = _FORMS.get(kinds.get(thing, ""), "thing")
        if thing in values:
            with drawing.link(None, " · ".join([names[thing][language], *values[thing][language]])):
                _box(drawing, boxes[thing], top - high, form, language)
        else:
            _box(drawing, boxes[thing], top - high, form, language)
    return Picture(drawing.finished(low - high + top).alone(plain_style(language) + _STYLE), tuple(read.left_out))


def _counted(read: Answered, language: str) -> str:
    """How much there is, of lines and values what there is."""
    some = [("line_count", len(read.lines))] if read.lines or not read.texts else []
    some += [("values", len(read.texts))] if read.texts else []
    told = [WORDS[name][language].format(many) for name, many in (("counts", len(read.things)), *some)]
    return (" · " if language == "zh" else ", ").join(told)


def _begun(title: str, counts: str, width: float, legend: list[tuple[str, str]]) -> tuple[Drawing, float]:
    """A drawing with its head, and where what it shows begins."""
    drawing = Drawing("answer", title, counts, max(width, measured(counts), measured(title)))
    drawing.text(0, 14, title, "heading")
    drawing.text(0, 32, counts, "soft")
    return drawing, drawing.legend(_TOP - 8, legend) + 12


def _legend(things: list[str], kinds: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """The kinds that there are, as they are drawn."""
    met = {kinds.get(thing, "thing") for thing in things}
    return [(_FORMS.get(kind, "thing"), PAGE[kind][language]) for kind in _KINDS if kind in met]


def _keyed(drawing: Drawing, y: float, width: float, entries: list[tuple[str, str]], *, head: bool = False) -> float:
    """What lines mean by their strokes, on as many lines as that takes; where what is drawn begins."""
    x = 0.0
    for kind, said in entries:
        wide = 42 + measured(said) + 16
        if x and x + wide > width:
            x, y = 0.0, y + 22
        drawing.curve(x, y + 8, x + (30 if head else 36), y + 8, f"edge {kind}")
        if head:
            drawing.head(x + 36, y + 8, -1, f"head {kind}")
        drawing.text(x + 42, y + 12, said)
        x += wide
    return y + 30


def _stroked(read: Answered) -> dict[str, int]:
    """The stroke of each predicate: those of most lines have one each, the others share the last."""
    times = Counter(predicate for _, predicate, _ in read.lines).most_common()
    return {predicate: min(n, len(_STROKES) - 1) for n, (predicate, _) in enumerate(times)}


class _Rows:
    """The rows of a SELECT while they are drawn."""

    def __init__(
        self, tables: NetworkTables, read: Answered, kinds: Mapping[str, str], names: Names, language: str
    ) -> None:
        self.read, self.kinds, self.names, self.language = read, kinds, names, language
        self.times = Counter(read.rows)
        self.laid = strands(read, lambda cell: wrapped(self.called(cell), _WIDE))
        nodes = [node for piece in self.laid.pieces for column in piece.columns for node in column]
        self.wide = max(measured(line) for node in nodes for line in node.lines) + 20
        self.lefts = [n * (self.wide + _BETWEEN) for n in range(len(self.laid.columns))]
        self.ends: list[float] = []
        self.width = self.lefts[-1] + self.wide
        for column in self.laid.texts:
            self.ends.append(self.width + _BEYOND)
            said = [cut(cell[0], _WORDS) for cell in (row[column] for row in self.laid.rows) if cell]
            self.width += _BEYOND + max(map(measured, [read.heads[column], *said]))
        labels = dict(tables.labels(language).iter_rows())
        self.stated: dict[frozenset[str], list[str]] = {}
        for a, predicate, b in read.lines:
            if predicate != ROW:
                said = [labels.get(part, shorten(part)) for part in (a, predicate, b)]
                self.stated.setdefault(frozenset((a, b)), []).append(" ".join(said))

    def called(self, cell: Cell) -> str:
        if cell is None:
            return WORDS["none"][self.language]
        return clean(self.names[cell[0]][self.language] if cell[1] else cell[0])

    def drawn(self, title: str) -> Drawing:
        counts = WORDS["rows"][self.language].format(len(self.read.rows), len(self.read.things))
        if len(self.laid.rows) > 1:
            counts += " · " + PAGE["answer_colours"][self.language]
        drawing, top = _begun(title, counts, self.width, _legend(self.read.things, self.kinds, self.language))
        if self.stated:
            kinds = (("strand", "said"), ("strand unsaid", "row"))
            top = _keyed(drawing, top - 8, self.width, [(kind, WORDS[name][self.language]) for kind, name in kinds])
        lefts = [*zip(self.lefts, self.laid.columns, strict=True), *zip(self.ends, self.laid.texts, strict=True)]
        for left, column in lefts:
            drawing.text(left, top + 12, self.read.heads[column], "heading")
        drawing.line(0, top + 20, self.width, top + 20, "rule")
        self.top = top + 32
        for piece in self.laid.pieces:
            at = {(n, row): node for n, column in enumerate(piece.columns) for node in column for row in node.rows}
            for row in piece.rows:
                self._strand(drawing, row, at, f"edge strand t{piece.colours[row]}")
        for piece in self.laid.pieces:
            for left, nodes in zip(self.lefts, piece.columns, strict=True):
                for node in nodes:
                    self._node(drawing, node, left, piece)
        self.height = self.top + self.laid.height
        return drawing

    def _strand(self, drawing: Drawing, row: int, at: Mapping[tuple[int, int], Node], kind: str) -> None:
        thread, cells = self.laid.threads[row], self.laid.rows[row]
        y = {n: at[n, row].ports[row] + self.top for n in thread}
        told, times = " – ".join(self.called(cell) for cell in cells if cell), self.times[cells]
        with drawing.link(None, told if times == 1 else f"{told} × {times}"):
            for n, m in pairwise(thread):
                left = next((thread[one] for one in range(n, -1, -1) if thread.get(one)), None)
                right = next((thread[one] for one in range(m, len(self.lefts)) if thread.get(one)), None)
                said = left and right and frozenset((left[0], right[0])) in self.stated
                dashed = "" if said or not self.stated else " unsaid"
                drawing.curve(self.lefts[n] + self.wide, y[n], self.lefts[m], y[m], kind + dashed)
            words = [(x, cell[0]) for x, n in zip(self.ends, self.laid.texts, strict=True) if (cell := cells[n])]
            if words:
                last = max(thread)
                drawing.curve(self.lefts[last] + self.wide, y[last], self.ends[0] - 4, y[last], kind)
            for x, text in words:
                drawing.text(x, y[last] + 4.5, cut(text, _WORDS), whole=text)

    def _node(self, drawing: Drawing, node: Node, left: float, piece: Piece) -> None:
        kind = "none"
        if node.cell and node.cell[1]:
            kind = _FORMS.get(self.kinds.get(node.cell[0], ""), "thing")
        rounded = {"bank": 0, "firm": 12}.get(kind, 5)
        drawing.rect(left, node.y - node.height / 2 + self.top, self.wide, node.height, kind, rounded=rounded)
        first = node.y + self.top - (len(node.lines) - 1) * LINE / 2 + 4.5
        for number, line in enumerate(node.lines):
            drawing.text(left + 9, first + number * LINE, line)
        for row, text in node.tags.items():
            short, hue = cut(text, _BETWEEN * _TAG * FONT / SMALL), f"halo t{piece.colours[row]}"
            y, long = node.ports[row] + self.top, measured(short) * SMALL / FONT
            drawing.rect(left - long - 6, y - 6, long + 4, 12, "ground")
            drawing.text(left - 4, y + 4, short, hue, anchor="end", whole=text)


def _line(
    drawing: Drawing,
    start: Box,
    end: Box,
    ends: tuple[float, float],
    text: str,
    between: list[tuple[float, float]],
    stroke: str,
) -> None:
    """A line between two boxes, that leaves and arrives at their sides; its name stands where it arrives."""
    onward = end.x >= start.x
    beside = start.x == end.x
    x1 = start.x + start.width / 2 * (1 if onward else -1)
    x2 = end.x + end.width / 2 * (1 if beside else -1 if onward else 1)
    y1, y2 = ends
    inward = 1 if x2 > end.x else -1
    if beside:
        drawing.arc(x1, y1, x2, y2, 40, f"edge {stroke}")
    else:
        drawing.way([(x1, y1), *between, (x2, y2)], f"edge {stroke}")
    drawing.head(x2, y2, inward, f"head {stroke}")
    if text:
        short = cut(text, _ROOM * FONT / SMALL)
        drawing.text(x2 + 10 * inward, y2 - 4, short, "halo", anchor="start" if inward > 0 else "end", whole=text)


def _box(drawing: Drawing, box: Box, top: float, kind: str, language: str) -> None:
    left, y = box.x - box.width / 2, box.y - box.height / 2 + top
    drawing.rect(left, y, box.width, box.height, kind, rounded=12 if kind == "firm" else 0)
    lines = box.labels[language].split("\n")
    values = box.values.get(language, ())
    first = box.y + top - (len(lines) * LINE + (GAP + len(values) * STEP if values else 0)) / 2
    for number, line in enumerate(lines):
        drawing.text(box.x, first + number * LINE + 13, line, anchor="middle")
    for number, line in enumerate(values):
        drawing.text(box.x, first + len(lines) * LINE + GAP + number * STEP + 11.5, line, "soft", anchor="middle")
