"""A picture and its files: SVG as it is, or PNG as large as can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from kg import scratch
from kg.errors import FileFault, why
from kg.views.drawing import SMALL

ENDINGS = (".svg", ".png")
SCALE = 2
"""How many points of a PNG a length of one has, fewer where the picture would be too large."""
_MOST_POINTS, _MOST_SIDE, _READ = 120_000_000, 32_000, 8
"""How many points a PNG has at most, in all and on a side; how high its smallest letters are, which must be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A landscape as a picture; ``svg`` is the whole file. As the value of a notebook's cell it shows itself."""

    svg: bytes
    left_out: tuple[str, ...] = ()
    """What of a query's answer it doesn't show: triples about triples."""

    def _repr_svg_(self) -> str:
        return self.svg.decode()

    def png(self) -> bytes:
        """The picture in points.

        Raises
        ------
        FileFault
            when what draws it is not installed, it could not be read so large, or there is no font for what it says.
        """
        try:
            import resvg_py  # noqa: PLC0415  an extra
        except ImportError as fault:
            raise FileFault("To write a PNG, install partnership-kg[png]; an SVG needs nothing more.") from fault
        text = self.svg.decode()
        width, height = (float(side) for side in re.findall(r'\b(?:width|height)="([\d.]+)"', text)[:2])
        scale = min(SCALE, _MOST_SIDE / max(width, height), sqrt(_MOST_POINTS / (width * height)))
        if scale * SMALL < _READ:
            raise FileFault(
                f"A PNG of this can't be read: it is so large that letters would be {scale * SMALL:.1f} points high. "
                "Write an SVG, or draw less: --stage, --as-of and --group narrow the landscape, a FILTER a query."
            )
        for sign in re.findall(r"[a-z]", text)[:1] + re.findall(r"[\u4e00-\u9fff]", text)[:1]:
            probe = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="16" {}>{}</text></svg>'
            face = 'class="figure" font-family="Noto Sans, DejaVu Sans, Arial, Helvetica, Segoe UI, sans-serif"'
            seen, blank = (resvg_py.svg_to_bytes(svg_string=probe.format(face, said)) for said in (sign, ""))
            if seen == blank:
                raise FileFault(
                    f"No font on this machine draws «{sign}». Install one, such as Noto Sans CJK, or write SVG."
                )
        return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=scale))

    def write(self, path: str | Path) -> None:
        """Write the picture to a file, as its ending says.

        Raises
        ------
        FileFault
            when the ending is neither .svg nor .png, or it can't be drawn or written.
        """
        path = Path(path)
        if path.suffix.lower() not in ENDINGS:
            raise FileFault(f"{path.name} names no form of picture. Name one of {', '.join(ENDINGS)}.")
        content = self.svg if path.suffix.lower() == ".svg" else self.png()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write(path, content)
        except (OSError, ValueError) as fault:
            raise FileFault(f"{path} can't be written: {why(fault)}. Name another file.") from fault
