"""The network tables as files that other programs read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

from kg import scratch
from kg.errors import FileFault
from kg.network.tables import SCHEMAS, NetworkTables
from kg.views.rows import separated

_KINDS = ("csv", "parquet")


def write(tables: NetworkTables, folder: Path, format_: Literal["csv", "parquet"]) -> list[Path]:
    """Write each table to a file in ``folder``, which is made; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    strange = sorted(
        {path.name for path in folder.iterdir()} - {f"{name}.{kind}" for name in SCHEMAS for kind in _KINDS}
    )
    if strange:
        raise FileFault(f"{folder} holds other things ({strange[0]}). Name a new or empty folder.")
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
