"""The network tables as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kg.network.tables import SCHEMAS, NetworkTables
from kg.views.rows import separated


def write(tables: NetworkTables, folder: Path, format_: Literal["csv", "parquet"]) -> list[Path]:
    """Write each table to a file in ``folder``, which is made; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SCHEMAS:
        path = folder / f"{name}.{format_}"
        if format_ == "csv":
            path.write_text(separated(tables[name], "csv"), encoding="utf-8", newline="\n")
        else:
            tables[name].write_parquet(path)
        written.append(path)
    return written
