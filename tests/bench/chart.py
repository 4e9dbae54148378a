"""What was to be reached as a chart in SVG: how much of what is allowed each ratio uses, light or dark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from bench.targets import Reached

WIDTH, NAMES, ROW, TOP = 860, 470, 26, 46
LEAST, MOST = 0.01, 100.0
"""The ends of the scale, which goes by tens; what is beyond stands at the end."""
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1d2430 } .small { font-size: 12px; fill: #5b6472 }
.holds { fill: #2f6f9f } .not { fill: #c2571a } .line { stroke: #8a93a1 } .limit { stroke: #1d2430; stroke-width: 2 }
.back { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ee } .small { fill: #a3acba } .holds { fill: #6db3e3 } .not { fill: #f0975a }
  .line { stroke: #5b6472 } .limit { stroke: #e6e9ee } .back { fill: #14181f }
}"""


def chart(title: str, rows: Sequence[Reached]) -> str:
    """A bar for each ratio, from what is allowed towards less (left) or more (right)."""
    height = TOP + ROW * len(rows) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{_a(title)}">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect class="back" width="{WIDTH}" height="{height}"/>',
        f'<text x="8" y="20" font-weight="600">{escape(title)}</text>',
    ]
    for power in range(round(math.log10(LEAST)), round(math.log10(MOST)) + 1):
        x = _at(10.0**power)
        parts.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 30}" opacity=".4"/>')
        parts.append(f'<text class="small" x="{x:.1f}" y="{height - 14}" text-anchor="middle">{10.0**power:g}</text>')
    for number, row in enumerate(rows):
        parts += _bar(row, TOP + number * ROW)
    x = _at(1)
    parts.append(f'<line class="limit" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 30}"/>')
    parts.append(f'<text class="small" x="{x:.1f}" y="{TOP - 12}" text-anchor="middle">the limit</text>')
    return "\n".join([*parts, "</svg>", ""])


def _bar(row: Reached, y: float) -> list[str]:
    name = f'<text x="{NAMES - 10}" y="{y + 16}" text-anchor="end">{escape(row.words.replace("`", ""))}</text>'
    if row.value is None:
        return [name, f'<text class="small" x="{_at(1) + 8:.1f}" y="{y + 16}">not measured</text>']
    height = ROW - 8
    start, end = sorted((_at(1), _at(row.room)))
    kind = "holds" if row.holds else "not"
    told = f"{row.words.replace('`', '')}: {row.value:.3g} {row.unit}, {'at least' if row.least else 'at most'} "
    # The figure stands on the other side of the limit, where no bar is.
    side = f'x="{_at(1) + 8:.1f}"' if row.holds else f'x="{_at(1) - 8:.1f}" text-anchor="end"'
    return [
        name,
        f'<rect class="{kind}" x="{start:.1f}" y="{y + 4}" width="{max(end - start, 1):.1f}" height="{height}">',
        f"<title>{escape(told)}{row.limit:g}</title></rect>",
        f'<text class="small" {side} y="{y + 16}">{row.value:.3g}</text>',
    ]


def _at(value: float) -> float:
    """Where a value stands on the scale."""
    part = (math.log10(min(max(value, LEAST), MOST)) - math.log10(LEAST)) / (math.log10(MOST) - math.log10(LEAST))
    return NAMES + part * (WIDTH - NAMES - 20)


def _a(text: str) -> str:
    return escape(text, {'"': "&quot;"})
