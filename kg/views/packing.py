"""How blocks of a drawing are packed beside and below each other, to about the shape of a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, sqrt
from typing import Protocol

Size = tuple[float, float]


class Block(Protocol):
    """What is packed: as wide and as high as it is."""

    @property
    def width(self) -> float:  # noqa: D102  as the class says
        ...
    @property
    def height(self) -> float:  # noqa: D102
        ...


def packed(blocks: Sequence[Block], apart: Size, screen: Size) -> tuple[list[tuple[float, float]], float]:
    """The corner of each block, within the width that lets the whole be largest on a screen, and how large it is then.

    ``apart`` is the room between blocks, to the right and below; it and ``screen`` are width and height. How large is
    how many pixels of the screen a unit has.
    """
    widest = max((block.width for block in blocks), default=0)
    area = sum((block.width + apart[0]) * (block.height + apart[1]) for block in blocks)
    most = max(widest, 1.8 * sqrt(area * screen[0] / screen[1]))
    tries = [_filled(blocks, widest + (most - widest) * step / 24, apart) for step in range(25)]
    scales = [min(screen[0] / wide, screen[1] / high) for _, wide, high in tries]
    best = max(scales)
    return tries[scales.index(best)][0], best


def _filled(blocks: Sequence[Block], width: float, apart: Size) -> tuple[list[tuple[float, float]], float, float]:
    """Each block as high as it goes, the largest first: the skyline of Burke, Kendall and Whitwell (2004)."""
    right, below = apart
    line: list[tuple[float, float]] = [(0.0, 0.0)]  # from where on the place down to where is taken
    corners: dict[int, tuple[float, float]] = {}
    for number in sorted(range(len(blocks)), key=lambda one: (-blocks[one].height, -blocks[one].width, one)):
        block = blocks[number]
        options = [
            (max(y for x, y in _under(line, left, left + block.width)), left)
            for left, _ in line
            if left + block.width <= width + 0.001 or left == 0
        ]
        y, x = min(options)
        corners[number] = (x, y)
        end = x + block.width + right
        after = [taken for left, taken in line if left <= end][-1]
        line = [point for point in line if point[0] < x] + [(x, y + block.height + below), (end, after)] + [
            point for point in line if point[0] > end
        ]  # fmt: skip
    wide = max((corners[at][0] + block.width for at, block in enumerate(blocks)), default=1)
    high = max((corners[at][1] + block.height for at, block in enumerate(blocks)), default=1)
    return [corners[number] for number in range(len(blocks))], wide, high


def _under(line: Sequence[tuple[float, float]], left: float, right: float) -> Iterator[tuple[float, float]]:
    """The steps of the skyline between two sides."""
    for (x, y), (end, _) in zip(line, [*line[1:], (inf, 0.0)], strict=True):
        if x < right and end > left:
            yield x, y
