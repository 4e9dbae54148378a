"""Curated, cited claims about who partners with whom, on what and since when, as a knowledge graph."""

__version__ = "0.1.0"
