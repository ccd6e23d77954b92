# Everything from a bare clone, with Python 3.11 or newer and make only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-faults test-docs docs-tools test-shells shells-tools bench docs clean

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(VENV)/.run
	PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/plan-2013/run.sh

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 -m 'not faults and not documents and not shells'

test-faults: $(VENV)/.test
	$(BIN)/pytest -n 2 -m faults

docs-tools:
	sh tests/documents/tools.sh install

test-docs: $(VENV)/.test
	sh tests/documents/tools.sh check
	$(BIN)/pytest -n 2 -m documents

shells-tools:
	sh tests/shells/tools.sh install

test-shells: $(VENV)/.test
	sh tests/shells/tools.sh check
	$(BIN)/pytest -n 2 -m shells

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

docs: $(VENV)/.test
	$(BIN)/python -m ledger.cli.reference > docs/commands.md

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache
