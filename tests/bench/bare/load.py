"""The same statements into an engine, and how many it then has: load.py ENGINE FILE [FOLDER]."""

import sys

engine, path = sys.argv[1:3]
if engine.startswith("pyoxigraph"):
    import pyoxigraph as ox

    store = ox.Store(*sys.argv[3:])
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    store.flush()
    told = len(store)
elif engine == "rdflib":
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(path, format="nquads")
    told = sum(len(graph) for graph in dataset.graphs())
elif engine == "maplib":
    import maplib

    model = maplib.Model()
    model.read(path)
    told = model.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["n"][0]
elif engine == "kglab":
    import kglab

    graph = kglab.KnowledgeGraph()
    graph.load_rdf(path, format="nt")
    told = len(graph.rdf_graph())
sys.stdout.write(f"{told}\n")
