"""What answers SPARQL: one file for each engine, all with the same verbs."""
