"""How blocks of a drawing are laid beside, below and into each other: where one has nothing, another may stand.

Bottom-left fill with the holes (Chazelle 1983), on a grid whose rows are whole numbers, so that all places of a row are
tried at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_ACROSS = 10
"""How wide a cell of the grid is, in units."""
_WIDTHS = [0.8 + 0.03 * step for step in range(14)]
"""Parts of the width at which all would just fill the shape of the screen, of which the best is taken."""


@dataclass(frozen=True, slots=True)
class Block:
    """What hangs together: how wide and high it is, and where within that it has anything."""

    width: float
    height: float
    taken: Sequence[Rectangle]


@dataclass(frozen=True, slots=True)
class _Cells:
    """A block on the grid: how many cells wide, and by row its cells as bits, and as their beginnings and lengths."""

    width: int
    rows: list[tuple[int, int, list[tuple[int, int]]]]


def inlaid(
    blocks: Sequence[Block], apart: tuple[float, float], screen: tuple[float, float], row: float
) -> tuple[list[tuple[float, float]], float]:
    """The corner of each block, within the width that lets the whole be largest on a screen, and how large it is then.

    ``apart`` is the room to the right and below; ``screen`` width and height; ``row`` how high a cell of the grid is.
    How large is how many pixels of the screen a unit has.
    """
    order = sorted(range(len(blocks)), key=lambda one: (-blocks[one].height, -blocks[one].width, one))
    cells = [_cells(blocks[number], apart, row) for number in order]
    widest = max((block.width for block in blocks), default=0)
    area = sum((block.width + apart[0]) * (block.height + apart[1]) for block in blocks)
    best: tuple[float, list[tuple[float, float]]] = (0, [])
    for width in dict.fromkeys(max(widest, part * sqrt(area * screen[0] / screen[1])) for part in _WIDTHS):
        found = dict(zip(order, _laid(cells, int((width + apart[0]) / _ACROSS)), strict=True))
        corners = [(float(x * _ACROSS), y * row) for _, (x, y) in sorted(found.items())]
        ends = [(x + b.width, y + b.height) for (x, y), b in zip(corners, blocks, strict=True)]
        wide, high = (max((end[axis] for end in ends), default=1) for axis in (0, 1))
        scale = min(screen[0] / wide, screen[1] / high)
        if scale > best[0]:
            best = (scale, corners)
    return best[1], best[0]


def _cells(block: Block, apart: tuple[float, float], row: float) -> _Cells:
    """The cells in which a block has anything, with room to the right and below."""
    rows: dict[int, int] = {}
    for left, top, right, bottom in block.taken:
        first, last = int(left / _ACROSS), ceil((right + apart[0]) / _ACROSS)
        for at in range(int(top / row), ceil((bottom + apart[1]) / row)):
            rows[at] = rows.get(at, 0) | ((1 << (last - first)) - 1) << first
    return _Cells(ceil(block.width / _ACROSS), [(at, bits, _runs(bits)) for at, bits in sorted(rows.items())])


def _runs(bits: int) -> list[tuple[int, int]]:
    """Where bits that are set begin, and how many follow each other."""
    found, at = [], 0
    while bits:
        unset = (bits & -bits).bit_length() - 1
        bits >>= unset
        at += unset
        length = (~bits & (bits + 1)).bit_length() - 1
        found.append((at, length))
        bits >>= length
        at += length
    return found


def _laid(blocks: Sequence[_Cells], width: int) -> list[tuple[int, int]]:
    """Each block as high as it goes, and there as far to the left."""
    grid: list[int] = []
    corners = []
    for block in blocks:
        places = (1 << max(1, width - block.width + 1)) - 1
        y = 0
        while not (free := places & ~_hit(block, grid, y, places)):
            y += 1
        x = (free & -free).bit_length() - 1
        for at, bits, _ in block.rows:
            grid.extend([0] * (y + at + 1 - len(grid)))
            grid[y + at] |= bits << x
        corners.append((x, y))
    return corners


def _hit(block: _Cells, grid: Sequence[int], y: int, places: int) -> int:
    """The places in a row, as bits, at which a block would meet what is there."""
    hit = 0
    for at, _, runs in block.rows:
        taken = grid[y + at] if y + at < len(grid) else 0
        for start, length in runs if taken else ():
            hit |= _widened(taken, length) >> start
        if hit & places == places:
            break
    return hit


def _widened(bits: int, length: int) -> int:
    """Each bit that is set, with the bits before it that a run of a length would begin at to reach it."""
    done = 1
    while done < length:
        step = min(done, length - done)
        bits |= bits >> step
        done += step
    return bits
