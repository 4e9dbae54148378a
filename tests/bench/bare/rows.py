"""The rows of a SELECT on standard output, as bare as an engine gives them: rows.py ENGINE DATA FORMAT SPARQL."""

import sys

engine, data, form, sparql = sys.argv[1:]
if engine == "pyoxigraph":
    import pyoxigraph as ox

    store = ox.Store.read_only(data)
    formats = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}
    store.query(sparql).serialize(sys.stdout.buffer, format=formats[form])
else:
    import rdflib

    if engine == "oxrdflib":
        import pyoxigraph as ox
        from oxrdflib import OxigraphStore

        graph = rdflib.Dataset(store=OxigraphStore(store=ox.Store.read_only(data)))
    else:
        graph = rdflib.Graph()
        graph.parse(data, format="nt")
    sys.stdout.buffer.write(graph.query(sparql).serialize(format="csv"))
