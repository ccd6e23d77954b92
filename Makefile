# Everything from a bare clone, with Python 3.11 or newer and make only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PYTEST := $(BIN)/pytest -n 2 --dist worksteal
QUICK := not cases and not faults and not documents and not shells and not bundle

.PHONY: demo test test-all test-cases test-faults test-properties test-docs docs-tools test-shells shells-tools test-bundle lock dist bundle \
	bench docs clean

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
	$(PYTEST) -m '$(QUICK)'

# What takes longer, after that: nothing is left out.
test-all: test test-cases test-faults test-properties test-docs test-shells test-bundle

test-cases: $(VENV)/.test
	$(PYTEST) -m cases

test-faults: $(VENV)/.test
	$(PYTEST) -m faults

test-properties: $(VENV)/.test
	LEDGER_EXAMPLES=500 $(PYTEST) -m 'hypothesis and $(QUICK)'

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

$(VENV)/.bundle: pyproject.toml $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bundle]'
	touch $@

lock: $(VENV)/.bundle
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra all \
		--custom-compile-command "make lock" pyproject.toml --output-file release/requirements.lock

dist: $(VENV)/.bundle
	rm -rf dist
	$(BIN)/python -m build --outdir dist

bundle: dist
	$(BIN)/python release/bundle.py dist

test-bundle: $(VENV)/.test $(VENV)/.bundle
	$(BIN)/mypy --platform win32 src
	$(BIN)/mypy --platform darwin src
	$(PYTEST) -m bundle

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

docs: $(VENV)/.test
	$(BIN)/python -m ledger.cli.reference > docs/commands.md

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache
