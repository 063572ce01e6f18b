# The commands of the house. Python 3.11 or newer of any name: `make PYTHON=python3.13 test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FOR_USE := $(VENV)/.ready-for-use
FOR_WORK := $(VENV)/.ready-for-work
# Twice quiet: an older pip warns of an extra that is there under its new name.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
PATIENCE := takes a minute or two, once

.PHONY: help venv demo test lint bench clean

help:
	@echo "make demo    the whole job on a bundled sample, in ./hubbub-demo"
	@echo "make test    lint, types, imports and the whole suite: what CI runs"
	@echo "make lint    the first three of these"
	@echo "make bench   the measurements of bench/"
	@echo "make venv    the environment in $(VENV), with everything for work on hubbub"
	@echo "make clean   remove what all of these made, but not $(VENV)"

venv: $(FOR_WORK)

demo: $(FOR_USE)
	$(BIN)/hubbub demo

test: lint
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile

lint: $(FOR_WORK)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(FOR_WORK)
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python -m "bench.$$(basename "$$script" .py)" || exit 1; done

clean:
	rm -rf build dist hubbub-demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(FOR_USE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing hubbub and what it needs into $(VENV): $(PATIENCE)."
	$(PIP) install --editable . --constraint constraints.txt
	@touch $@

$(FOR_WORK): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing hubbub and the tools for work on it into $(VENV): $(PATIENCE)."
	$(PIP) install --editable '.[dev]' --constraint constraints.txt
	@touch $(FOR_USE) $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info < (3, 11) and sys.exit("hubbub needs Python 3.11 or newer; name one: make PYTHON=python3.13 ...")'
	$(PYTHON) -m venv $(VENV)
