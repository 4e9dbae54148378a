"""What the page calls a renaming or a step of a partnership, which have no names of their own."""

from __future__ import annotations

from kg.network.tables import NetworkTables
from kg.query.results import decode
from kg.store.engine import Engine
from kg.terms import LANGUAGES, shorten
from kg.views.page.words import PAGE

_EVENTS = """
SELECT ?event ?of ?stage WHERE {
  { ?event kg:renames ?of } UNION { ?event kg:of ?of ; kg:stage ?stage }
}
ORDER BY ?event ?of ?stage
"""


def events(store: Engine, tables: NetworkTables) -> dict[str, dict[str, str]]:
    """By its IRI what each is called by language: a renaming by what it renames, a step by its stage too."""
    labels = {one: dict(tables.labels(one).iter_rows()) for one in LANGUAGES}
    found: dict[str, dict[str, str]] = {}
    for row in decode(store.query(_EVENTS).text("tsv")).iter_rows(named=True):
        event, of = row["event"]["value"], row["of"]["value"]
        stage = row["stage"] and row["stage"]["value"]
        for one, called in labels.items():
            if event in called or one in found.get(event, {}):
                continue
            whole = called.get(of, shorten(of))
            step = f"{whole}{PAGE['colon'][one]}{called.get(stage, stage)}"
            found.setdefault(event, {})[one] = step if stage else PAGE["renaming"][one].format(whole)
    return found
