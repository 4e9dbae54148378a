"""What follows from what: the CONSTRUCT queries of the ontology, run over a store in the order of their names."""

from __future__ import annotations

import re
from pathlib import Path

from kg.store.embedded import EmbeddedStore
from kg.terms import RULE_GRAPHS


def derive(store: EmbeddedStore, folder: Path) -> None:
    """Add what each rule gives to the default graph, and again to the graph of that rule.

    ``folder`` holds files such as ``10-party.rq``, whose graph is ``.../id/rule/party``.
    """
    for path in sorted(folder.glob("*.rq")):
        derived = store.query(path.read_text(encoding="utf-8")).text("ntriples")
        store.add(derived, (None, RULE_GRAPHS + re.sub(r"^\d+-", "", path.stem)))
