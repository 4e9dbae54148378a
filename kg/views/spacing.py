"""How much room everything in the page's network has, in several styles from roomy to close."""

from __future__ import annotations

from dataclasses import dataclass

from kg.views.letters import LINE


@dataclass(frozen=True, slots=True)
class Style:
    """How much room everything has, in units of a label of the least size."""

    growth: float
    """With which power of the number of partners letters grow."""
    gap: float
    """Room between two in a column."""
    between: tuple[float, float, float]
    """Room for lines between two layers: the least, more for each line, the most."""
    apart: tuple[float, float]
    """Room between blocks, to the right and below."""
    line: float
    margin: tuple[float, float]
    """Room around a name, to both sides and above and below together."""
    tall: int = 40
    """So many in a layer stand below each other before a further column is begun."""
    wrap: float = 110
    """Where a label breaks; or where it is cut when it has one line."""
    one_line: bool = False
    """Names of those with few partners are one line, cut where they are longer: the whole is told when asked for."""
    said: float = 0
    """How large, beside names of the least size, letters are in which a line that joins two alone says it."""


SPEAKING = Style(0.4, 24, (168, 2.5, 180), (30, 20), LINE, (22, 10))
ROOMY = Style(0.4, 9, (36, 2.5, 90), (30, 16), LINE, (22, 10), said=0.8)
CLOSE = Style(0.2, 5, (20, 2, 50), (14, 7), 15, (18, 8), 26, said=1)
SHORT = Style(0.15, 4, (14, 1.5, 36), (9, 5), 15, (18, 6), 30, one_line=True, said=1.1)
SHORTER = Style(0.15, 4, (14, 1.5, 36), (9, 5), 15, (18, 6), 30, 75, one_line=True, said=1.1)
