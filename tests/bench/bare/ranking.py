"""The capabilities shared most, from the network tables, as one would write it by hand: ranking.py duckdb|polars DIR.

A capability is covered itself or by a narrower one. Left out is what one partnership covers, and what a narrower one
with the very same partnerships says better. As CSV: capability, label, partnerships, share, banks, firms.
"""

import sys

engine, folder = sys.argv[1:]
START = len("https://w3id.org/partnership-kg/id/")
CLASS = "https://w3id.org/partnership-kg/ontology#Capability"
SQL = f"""
CREATE VIEW e AS SELECT file_row_number AS n, entity
  FROM read_parquet('{folder}/entities.parquet', file_row_number = true);
CREATE VIEW broader AS FROM '{folder}/broader.parquet';
CREATE TABLE up AS WITH RECURSIVE
  known AS (
    SELECT entity AS n FROM '{folder}/types.parquet' WHERE class = (SELECT n FROM e WHERE entity = '{CLASS}')
    UNION SELECT capability FROM broader UNION SELECT broader FROM broader),
  up(narrower, capability) AS (
    SELECT n, n FROM known UNION SELECT up.narrower, b.broader FROM up JOIN broader b ON b.capability = up.capability)
  SELECT * FROM up;
CREATE TABLE covers AS SELECT DISTINCT c.partnership, up.capability
  FROM '{folder}/covers.parquet' c JOIN up ON up.narrower = c.capability;
CREATE TABLE counts AS
  SELECT capability, COUNT(*) AS partnerships FROM covers GROUP BY 1 HAVING COUNT(*) > 1;
CREATE VIEW parties AS
  SELECT c.capability, p.side, COUNT(DISTINCT p.organization) AS count
  FROM covers c JOIN '{folder}/parties.parquet' p USING (partnership) GROUP BY 1, 2;
COPY (
  SELECT e.entity[{START + 1}:] AS capability, COALESCE(l.label, e.entity[{START + 1}:]) AS label, partnerships,
    ROUND(partnerships / (SELECT COUNT(DISTINCT partnership) FROM covers), 9) AS share,
    COALESCE(b.count, 0) AS banks, COALESCE(f.count, 0) AS firms
  FROM counts k JOIN e ON e.n = k.capability
  LEFT JOIN (
    SELECT entity, MIN(label) AS label FROM '{folder}/labels.parquet'
    WHERE kind = 'preferred' AND language = 'en' GROUP BY 1) l ON l.entity = k.capability
  LEFT JOIN parties b ON b.capability = k.capability AND b.side = 'bank'
  LEFT JOIN parties f ON f.capability = k.capability AND f.side = 'tech'
  WHERE NOT EXISTS (
    FROM up JOIN counts o ON o.capability = up.narrower
    WHERE up.capability = k.capability AND up.narrower <> k.capability AND o.partnerships = k.partnerships)
  ORDER BY partnerships DESC, e.entity
) TO '/dev/stdout' (FORMAT csv, HEADER)"""


def by_duckdb() -> None:
    import duckdb

    duckdb.connect().execute(SQL)


def by_polars() -> None:
    import polars as pl

    def table(name: str) -> pl.LazyFrame:
        return pl.scan_parquet(f"{folder}/{name}.parquet")

    entities = pl.read_parquet(f"{folder}/entities.parquet")["entity"]
    above = table("broader").collect()
    cls = entities.search_sorted(CLASS)
    known = pl.concat([table("types").filter(pl.col("class") == cls).collect()["entity"],
                       above["capability"], above["broader"]]).unique()  # fmt: skip
    up = step = pl.DataFrame({"narrower": known, "capability": known})
    while step.height:
        step = step.join(above, on="capability").select("narrower", capability="broader").unique()
        step = step.join(up, on=["narrower", "capability"], how="anti")
        up = pl.concat([up, step])
    covers = table("covers").select("partnership", narrower="capability").join(up.lazy(), on="narrower")
    covers = covers.select("partnership", "capability").unique().collect()
    counts = covers.group_by("capability").agg(partnerships=pl.len()).filter(pl.col("partnerships") > 1)
    parties = covers.lazy().join(table("parties"), on="partnership").group_by("capability").agg(
        banks=pl.col("organization").filter(pl.col("side") == "bank").n_unique(),
        firms=pl.col("organization").filter(pl.col("side") == "tech").n_unique(),
    ).collect()  # fmt: skip
    better = up.filter(pl.col("narrower") != pl.col("capability")).join(counts, on="capability")
    better = better.join(counts, left_on=["narrower", "partnerships"], right_on=["capability", "partnerships"])
    labels = table("labels").filter((pl.col("kind") == "preferred") & (pl.col("language") == "en"))
    labels = labels.join(counts.lazy(), left_on="entity", right_on="capability", how="semi")
    labels = labels.group_by(capability="entity").agg(pl.col("label").min()).collect()
    rows = counts.join(better, on="capability", how="anti").join(parties, on="capability", how="left")
    rows = rows.join(labels, on="capability", how="left").sort("partnerships", "capability", descending=[True, False])
    total = covers["partnership"].n_unique()
    key = entities.gather(rows["capability"]).str.slice(START)
    rows.select(
        capability=key, label=pl.coalesce("label", key), partnerships="partnerships",
        share=(pl.col("partnerships") / total).round(9), banks="banks", firms="firms",
    ).write_csv(sys.stdout.buffer)  # fmt: skip


by_duckdb() if engine == "duckdb" else by_polars()
