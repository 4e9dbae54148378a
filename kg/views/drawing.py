"""SVG drawn element by element: well-formed whatever the names are, and the same bytes for the same data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from xml.etree import ElementTree as ET

from kg.views.letters import FONT, measured

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML can't hold."""
MARGIN = 14
"""Round a drawing that stands by itself."""
_TAIL = 6
"""How many signs at the end of a name stay where it is cut."""
SMALL = 11
"""The size of numbers in figures; names have that of the page (:data:`kg.views.layout.FONT`)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its name (letters), what it shows in a line, and in a sentence more; ``svg`` as :meth:`text`."""

    name: str
    title: str
    description: str
    svg: ET.Element

    def inline(self) -> str:
        """The drawing for a page that has the style (:func:`style`) and the places that its numbers lead to."""
        return ET.tostring(self.svg, encoding="unicode")

    def alone(self, dressed: str | None = None) -> bytes:
        """The drawing as a file by itself, with its style, or the one given, and a ground, without links."""
        root = ET.fromstring(self.inline())  # noqa: S314  our own
        for parent in list(root.iter()):
            for link in parent.findall("a"):
                at = list(parent).index(link)
                parent.remove(link)
                for place, child in enumerate(link):
                    parent.insert(at + place, child)
        root.set("xmlns", "http://www.w3.org/2000/svg")
        root.set("role", "img")
        dress = ET.Element("style")
        dress.text = style() if dressed is None else dressed
        width, height = (float(root.get(side, "")) + 2 * MARGIN for side in ("width", "height"))
        size = {"x": _n(-MARGIN), "y": _n(-MARGIN), "width": _n(width), "height": _n(height)}
        root.attrib |= {"viewBox": " ".join(size.values()), "width": _n(width), "height": _n(height)}
        ground = ET.Element("rect", {"class": "ground", **size})
        root.insert(2, dress)
        root.insert(3, ground)
        return ET.tostring(root, encoding="unicode").encode() + b"\n"


def style() -> str:
    """The style of all figures, in light and dark."""
    return files("kg.views").joinpath("assets", "figure.css").read_text("utf-8")


def plain_style(language: str = "en") -> str:
    """The style in light alone, for programs that draw SVG without variables; fonts of the language come first."""
    text = re.sub(r"@media[^{]*\{[^{}]*\{[^{}]*\}\s*\}\s*", "", style())
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text))
    text = re.sub(r"--[\w-]+:[^;]+;\s*", "", text)
    text = re.sub(r"var\((--[\w-]+)\)", lambda found: values[found[1]], text)
    # Where the first font lacks a sign, not every program asks the next in the list.
    faces = [*_FACES[::-1]] if language == "zh" else [*_FACES]
    return re.sub(r"font-family:[^;]+;", f"font-family: {', '.join([*faces[0], *faces[1]])}, sans-serif;", text)


_FACES = (
    ("system-ui", '"Segoe UI"', '"Noto Sans"', '"DejaVu Sans"', "Arial", "Helvetica"),
    ('"PingFang SC"', '"Microsoft YaHei"', '"Noto Sans CJK SC"', '"Noto Sans SC"', '"WenQuanYi Micro Hei"', "SimHei"),
)
"""Of letters and of Chinese signs."""


class Drawing:
    """A figure while it is drawn; lengths are the page's, those of the font's pixels."""

    def __init__(self, name: str, title: str, description: str, width: float) -> None:
        self._name, self._title, self._description, self._width = name, title, description, width
        self._root = ET.Element("svg", {"class": "figure", "role": "group"})
        self._root.set("aria-labelledby", f"{name}-title {name}-description")
        for tag, said in (("title", title), ("desc", description)):
            told = ET.SubElement(self._root, tag, {"id": f"{name}-{'title' if tag == 'title' else 'description'}"})
            told.text = clean(said)
        self._at = self._root
        self._patterns()

    def finished(self, height: float) -> Figure:
        """The figure, of a height."""
        self._root.set("viewBox", f"0 0 {_n(self._width)} {_n(height)}")
        self._root.set("width", _n(self._width))
        self._root.set("height", _n(height))
        return Figure(self._name, self._title, self._description, self._root)

    def text(
        self, x: float, y: float, said: str, kind: str = "name", *, anchor: str = "start", turn: float = 0,
        whole: str | None = None,
    ) -> None:  # fmt: skip
        """A text whose line stands at ``y``; ``whole`` is what it stands for where it was cut."""
        at = {"class": kind, "x": _n(x), "y": _n(y)}
        if anchor != "start":
            at["text-anchor"] = anchor
        if turn:
            at["transform"] = f"rotate({_n(turn)} {_n(x)} {_n(y)})"
        element = ET.SubElement(self._at, "text", at)
        element.text = clean(said)
        if whole is not None and whole != said:
            ET.SubElement(element, "title").text = clean(whole)

    def rect(self, x: float, y: float, width: float, height: float, kind: str, *, rounded: float = 0) -> None:
        """A rectangle of a kind: one of the patterns is laid over those that have one."""
        size = {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height)}
        if rounded:
            size["rx"] = _n(rounded)
        ET.SubElement(self._at, "rect", {"class": kind, **size})
        if kind in PATTERNED:
            ET.SubElement(self._at, "rect", {"fill": f"url(#{self._name}-{PATTERNED[kind]})", **size})

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str, width: float = 1) -> None:
        """A straight line."""
        ends = {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)}
        ET.SubElement(self._at, "line", {"class": kind, **ends, "stroke-width": _n(width)})

    def curve(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A line that leaves and arrives level."""
        self.way([(x1, y1), (x2, y2)], kind)

    def way(self, points: Sequence[tuple[float, float]], kind: str) -> None:
        """A line through points, at each of which it is level."""
        path = f"M{_n(points[0][0])} {_n(points[0][1])}"
        for (x1, y1), (x2, y2) in pairwise(points):
            middle = _n((x1 + x2) / 2)
            path += f"C{middle} {_n(y1)} {middle} {_n(y2)} {_n(x2)} {_n(y2)}"
        ET.SubElement(self._at, "path", {"class": kind, "d": path})

    def arc(self, x1: float, y1: float, x2: float, y2: float, bow: float, kind: str) -> None:
        """A line that leaves and arrives on one side, bowed out by so much."""
        path = f"M{_n(x1)} {_n(y1)}C{_n(x1 + bow)} {_n(y1)} {_n(x2 + bow)} {_n(y2)} {_n(x2)} {_n(y2)}"
        ET.SubElement(self._at, "path", {"class": kind, "d": path})

    def head(self, x: float, y: float, side: int, kind: str) -> None:
        """The head of an arrow that comes from a side: 1 from the right, -1 from the left."""
        path = f"M{_n(x)} {_n(y)}L{_n(x + 8 * side)} {_n(y - 4)}L{_n(x + 8 * side)} {_n(y + 4)}Z"
        ET.SubElement(self._at, "path", {"class": kind, "d": path})

    def circle(self, x: float, y: float, radius: float, kind: str) -> None:
        """A circle."""
        ET.SubElement(self._at, "circle", {"class": kind, "cx": _n(x), "cy": _n(y), "r": _n(radius)})

    @contextmanager
    def link(self, target: str | None, said: str) -> Iterator[None]:
        """What is drawn in the block leads to a place on the page, and is told as ``said``."""
        before = self._at
        if target is None:
            self._at = ET.SubElement(before, "g")
        else:
            self._at = ET.SubElement(before, "a", {"href": f"#{target}"})
        ET.SubElement(self._at, "title").text = clean(said)
        yield
        self._at = before

    def legend(self, y: float, entries: list[tuple[str, str]], x: float = 0) -> float:
        """Signs with what they mean, from left to right, on as many lines as they take; where the next line begins."""
        left = x
        for kind, said in entries:
            wide = 22 + measured(said) + 16
            if left > x and left + wide > self._width:
                left, y = x, y + 22
            self.rect(left, y, 16, 14, kind)
            self.text(left + 22, y + 11.5, said)
            left += wide
        return y + 22

    def _patterns(self) -> None:
        defs = ET.SubElement(self._root, "defs")
        for name, path in _PATTERNS.items():
            pattern = ET.SubElement(defs, "pattern", {
                "id": f"{self._name}-{name}", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
            })  # fmt: skip
            ET.SubElement(pattern, "path", {"class": f"pattern {name}", "d": path})


PATTERNED = {"underway": "dots", "ended": "hatch", "perhaps": "hatch", "by": "left", "from": "right"}
"""The kinds of rectangles with a pattern over them, so that colour is not the only sign."""
_PATTERNS = {
    "hatch": "M-1 1L1 -1M0 6L6 0M5 7L7 5", "dots": "M1 1h1.6v1.6h-1.6zM4 4h1.6v1.6h-1.6z",
    "left": "M4 1L2 3L4 5", "right": "M2 1L4 3L2 5",
}  # fmt: skip


def clean(said: str) -> str:
    """A text in one line, with signs that XML can't hold as U+FFFD."""
    return _NO_XML.sub("\ufffd", " ".join(said.split()))


def cut(said: str, width: float) -> str:
    """A text that is no wider than that; of a longer one the middle goes, since names often differ at their ends."""
    said = clean(said)
    if measured(said) <= width:
        return said
    tail = said[-_TAIL:].lstrip()
    head = said[:-_TAIL]
    while head and measured(head + tail) + FONT > width:  # where the font is Chinese, the points are as wide as a sign
        head = head[:-1]
    return f"{head.rstrip()}…{tail}"


def small(said: str) -> float:
    """How wide a number is in a figure."""
    return measured(said) * SMALL / FONT


def _n(value: float) -> str:
    """A number in as few signs as it takes."""
    return f"{round(value, 2):g}"
