"""Curated files become statements: one file for each kind of input."""
