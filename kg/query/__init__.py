"""Questions and free SPARQL to frames."""
