"""Nothing under the GPL among what an installation brings by default."""

from __future__ import annotations

import base64
import re
import zlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from kg.views.page.network import library, packed


def closure(name: str) -> set[str]:
    """The distributions that a default installation of one brings, itself among them."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if current in seen:
            continue
        try:
            requirements = distribution(current).requires or []
        except PackageNotFoundError:
            continue  # wanted on another system or by an older Python only
        seen.add(current)
        parsed = map(Requirement, requirements)
        waiting += [r.name for r in parsed if r.marker is None or r.marker.evaluate({"extra": ""})]
    return seen


def licence(name: str) -> str:
    told = distribution(name).metadata
    classifiers = [c for c in told.get_all("Classifier") or [] if c.startswith("License")]
    return " ".join([told.get("License-Expression") or "", (told.get("License") or "")[:200], *classifiers])


def test_default_dependencies_are_permissive() -> None:
    names = closure("partnership-kg")
    assert {"networkx", "rdflib", "pyvis", "click", "polars", "pyoxigraph"} <= names
    assert len(names) > 20
    told = {name: licence(name) for name in names}
    assert all(text.strip() for text in told.values()), [name for name, text in told.items() if not text.strip()]
    assert not {name: text for name, text in told.items() if re.search(r"\bA?GPL|GNU (Affero )?General", text)}


def test_the_project_is_under_apache_2() -> None:
    assert "Apache-2.0" in licence("partnership-kg")


def test_what_the_page_carries_of_others_is_written_down_with_version_and_licence(root: Path) -> None:
    notice, _, rest = packed(library()).partition("*/")
    assert zlib.decompress(base64.b64decode(rest)).decode() == library()
    carried = re.search(r"@version (\S+)", notice)
    assert carried is not None
    assert "Apache 2.0" in notice
    assert "MIT" in notice
    told = (root / "README.md").read_text("utf-8").partition("## Licence")[2]
    assert f"vis-network {carried[1]} as pyvis has it, under Apache-2.0 or MIT" in told
