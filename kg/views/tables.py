"""The network tables as files that other programs read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

from kg import scratch
from kg.network.tables import SCHEMAS, NetworkTables
from kg.views.rows import separated


def write(tables: NetworkTables, folder: Path, format_: Literal["csv", "parquet"]) -> list[Path]:
    """Write each table to a file in ``folder``, which is made; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SCHEMAS:
        path = folder / f"{name}.{format_}"
        if format_ == "csv":
            scratch.write(path, separated(tables[name], "csv").encode())
        else:
            out = io.BytesIO()
            tables[name].write_parquet(out)
            scratch.write(path, out.getvalue())
        written.append(path)
    return written
