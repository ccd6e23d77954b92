# Everything from a bare clone, with Python 3.11 or newer and make only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PYTEST := $(BIN)/pytest -n 2 --dist worksteal

.PHONY: demo test test-all test-faults test-properties test-docs docs-tools test-shells shells-tools bench docs clean

.NOTPARALLEL:

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
	$(PYTEST) -m 'not faults and not documents and not shells'

# What takes longer, after that: nothing is left out.
test-all: test test-faults test-properties test-docs test-shells

test-faults: $(VENV)/.test
	$(PYTEST) -m faults

test-properties: $(VENV)/.test
	LEDGER_EXAMPLES=500 $(PYTEST) -m 'hypothesis and not faults and not documents and not shells'

docs-tools:
	sh tests/documents/tools.sh install

test-docs: $(VENV)/.test
	sh tests/documents/tools.sh check
	$(PYTEST) -m documents

shells-tools:
	sh tests/shells/tools.sh install

test-shells: $(VENV)/.test
	sh tests/shells/tools.sh check
	$(PYTEST) -m shells

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

docs: $(VENV)/.test
	$(BIN)/python -m ledger.cli.reference > docs/commands.md

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache
