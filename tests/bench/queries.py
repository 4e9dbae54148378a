"""Ten queries, as SPARQL for every engine that knows it and as SQL over the network tables."""

from __future__ import annotations

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": "https://w3id.org/partnership-kg/id/",
    "kg": "https://w3id.org/partnership-kg/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

_SPARQL = {
    "firms of a bank": """
        SELECT ?partnership ?firm { ?partnership kg:bankParty id:bank-00000003 ; kg:techParty ?firm }""",
    "all of a partnership": """
        SELECT ?property ?value { id:partnership-00000004 ?property ?value }""",
    "ranking": """
        SELECT ?capability (COUNT(DISTINCT ?partnership) AS ?count) { ?partnership kg:covers ?capability }
        GROUP BY ?capability""",
    "pairs": """
        SELECT ?one ?other (COUNT(?partnership) AS ?count) {
          ?partnership kg:covers ?one , ?other . FILTER(STR(?one) < STR(?other))
        } GROUP BY ?one ?other""",
    "two hops": """
        SELECT DISTINCT ?other {
          id:firm-00000000 kg:partnersWith ?bank . ?bank kg:partnersWith ?other FILTER(?other != id:firm-00000000)
        }""",
    "dates": """
        SELECT ?partnership ?from ?to {
          ?partnership kg:announcedEarliest ?from FILTER(?from >= "2019-01-01"^^xsd:date)
          OPTIONAL { ?partnership kg:endedLatest ?to }
        }""",
    "ask": """
        ASK { ?partnership kg:bankParty id:bank-00000000 ; kg:techParty ?firm ; kg:covers ?capability .
              ?partnership kg:ended ?day . ?capability skos:broader id:capability-00000003 }""",
    "projection": """
        SELECT ?bank ?firm (COUNT(DISTINCT ?partnership) AS ?count) {
          ?partnership kg:bankParty ?bank ; kg:techParty ?firm
        } GROUP BY ?bank ?firm""",
    "labels": """
        SELECT ?thing ?label { ?thing skos:prefLabel ?label FILTER(CONTAINS(LCASE(STR(?label)), "thing 17")) }""",
    "evidence": """
        SELECT ?capability ?passage ?source {
          GRAPH ?passage { id:partnership-00000004 kg:covers ?capability } ?passage dcterms:isPartOf ?source
        }""",
}
SPARQL = {name: _HEAD + text for name, text in _SPARQL.items()}

_E = "(SELECT file_row_number AS n, entity FROM read_parquet('{tables}/entities.parquet', file_row_number = true))"
VIEWS = f"CREATE TABLE e AS SELECT * FROM {_E}" + "".join(
    f"; CREATE TABLE {name} AS SELECT * FROM read_parquet('{{tables}}/{name}.parquet')"
    for name in ("parties", "covers", "milestones", "broader", "labels", "types")
)
"""The network tables as tables of DuckDB; entities are numbers there, whose IRIs ``e`` has."""

_BANKS = "(SELECT partnership, organization AS bank FROM parties WHERE side = 'bank')"
_FIRMS = "(SELECT partnership, organization AS firm FROM parties WHERE side = 'tech')"
_PAIRS = f"(SELECT DISTINCT bank, firm FROM {_BANKS} JOIN {_FIRMS} USING (partnership))"
_ID = PREFIXES["id"]


def _number(key: str) -> str:
    return f"(SELECT n FROM e WHERE entity = '{_ID}{key}')"


def _stage(name: str, day: str) -> str:
    """Of each partnership, the day of a step."""
    stage = f"(SELECT n FROM e WHERE entity = '{PREFIXES['kg'].replace('ontology#', 'code/')}{name}')"
    return f"(SELECT m.of AS partnership, m.{day} AS day FROM milestones m WHERE m.stage = {stage})"


SQL = {
    "firms of a bank": f"""
        SELECT p.entity, f.entity FROM {_BANKS} JOIN {_FIRMS} USING (partnership)
        JOIN e p ON p.n = partnership JOIN e f ON f.n = firm WHERE bank = {_number("bank-00000003")}""",
    "ranking": """
        SELECT e.entity, count FROM (SELECT capability, COUNT(DISTINCT partnership) AS count FROM covers GROUP BY 1)
        JOIN e ON e.n = capability""",
    "pairs": """
        SELECT o.entity, t.entity, count FROM (
          SELECT a.capability AS one, b.capability AS other, COUNT(*) AS count
          FROM covers a JOIN covers b ON a.partnership = b.partnership AND a.capability < b.capability GROUP BY 1, 2)
        JOIN e o ON o.n = one JOIN e t ON t.n = other""",
    "two hops": f"""
        WITH pairs AS {_PAIRS}
        SELECT e.entity FROM (SELECT DISTINCT firm FROM pairs WHERE bank IN (
          SELECT bank FROM pairs WHERE firm = {_number("firm-00000000")}))
        JOIN e ON e.n = firm WHERE firm != {_number("firm-00000000")}""",
    "dates": f"""
        SELECT e.entity, f.day, t.day FROM {_stage("announced", "earliest")} f
        LEFT JOIN {_stage("ended", "latest")} t USING (partnership)
        JOIN e ON e.n = f.partnership WHERE f.day >= DATE '2019-01-01'""",
    "ask": f"""
        SELECT COUNT(*) > 0 FROM {_BANKS} JOIN {_FIRMS} USING (partnership) JOIN covers USING (partnership)
        JOIN broader USING (capability) JOIN {_stage("ended", "latest")} USING (partnership)
        WHERE bank = {_number("bank-00000000")} AND broader.broader = {_number("capability-00000003")}""",
    "projection": f"""
        SELECT b.entity, f.entity, count FROM (
          SELECT bank, firm, COUNT(DISTINCT partnership) AS count FROM {_BANKS} JOIN {_FIRMS} USING (partnership)
          GROUP BY 1, 2) JOIN e b ON b.n = bank JOIN e f ON f.n = firm""",
    "labels": """
        SELECT e.entity, label FROM labels JOIN e ON e.n = labels.entity
        WHERE kind = 'preferred' AND CONTAINS(LOWER(label), 'thing 17')""",
}
"""The same from the network tables, which hold no passages, and not all that is said of a thing."""
