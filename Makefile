# make demo: the 2017 landscape, built, printed and shown.  make test: everything is checked.
# make bench: all of it beside its peers, at the sizes of SIZES (S, M, L); with DOCS=1, docs/speed.md gets the tables.
# make bench-pages: the page beside those of pyvis, cytoscape.js and sigma.js, at the numbers of nodes of NODES.
# Paths are relative and quoted, so that the folder may have any name.

SHELL := /bin/bash
PYTHON ?= python3
PIP := "$(PYTHON)" -m pip --disable-pip-version-check --quiet --python .venv/bin/python
KG := .venv/bin/python -m kg
SIZES ?= S M
NODES ?= graphs 100 500 2000

export PIP_ROOT_USER_ACTION := ignore

.PHONY: demo test bench bench-pages browser clean

demo: .venv/installed
	@$(KG) build graphs/china-2017
	@echo; echo "The capabilities shared most (kg capabilities):"
	@$(KG) capabilities
	@echo; echo "Who partners with whom, and on what (kg matrix):"
	@$(KG) matrix
	@$(KG) view

test: .venv/tested browser
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m mypy
	.venv/bin/python -m pytest -n auto --dist worksteal

bench: .venv-bench/installed .venv-kglab/installed
	@PYTHONPATH=tests .venv-bench/bin/python -m bench $(SIZES) $(if $(DOCS),--docs)

bench-pages: .venv/tested browser
	@PYTHONPATH=tests .venv/bin/python -m bench.pages $(NODES)

# Debian parts venv's pip into a package of its own; the machine's pip can install into the environment all the same.
.venv/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=python3.12, or the like.")'
	@"$(PYTHON)" -m venv --without-pip .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "Installing into .venv …"
	@$(PIP) install --editable .
	@touch .venv/installed

.venv/tested: pyproject.toml | .venv/bin/python
	@echo "Installing into .venv what the tests need …"
	@$(PIP) install --editable '.[test]'
	@touch .venv/tested .venv/installed

# The peers have environments of their own, so that the project's stays lean; kglab's, which pins others, is apart.
.venv-bench/installed: pyproject.toml
	@echo "Installing into .venv-bench what the benchmark compares …"
	@"$(PYTHON)" -m venv --without-pip .venv-bench
	@"$(PYTHON)" -m pip --disable-pip-version-check --quiet --python .venv-bench/bin/python install --editable '.[bench]'
	@touch .venv-bench/installed

.venv-kglab/installed:
	@echo "Installing into .venv-kglab …"
	@"$(PYTHON)" -m venv --without-pip .venv-kglab
	@"$(PYTHON)" -m pip --disable-pip-version-check --quiet --python .venv-kglab/bin/python install kglab || { \
		echo "kglab can't be installed here; it takes no part."; rm -rf .venv-kglab; mkdir .venv-kglab; }
	@touch .venv-kglab/installed

browser: .venv/tested
	@.venv/bin/python tests/browser/install.py

clean:
	rm -rf .venv .venv-bench .venv-kglab build dist
