# `make demo` and `make test` need Python 3.11 or later and make; all else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo
SHARE := 1 # of `make soak`

.PHONY: demo test lint bench soak licences clean

$(BIN)/kg: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[serve]'
	@touch $@

$(VENV)/test: $(BIN)/kg
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

demo: $(BIN)/kg
	$(BIN)/kg build seeds --graph $(DEMO)/graph
	$(BIN)/kg export $(DEMO)/seeds.ttl --graph $(DEMO)/graph
	$(BIN)/kg view $(DEMO)/network.html --graph $(DEMO)/graph
	@echo
	@echo 'Programs of a district (kg query programs-of-district -p district=上城):'
	@echo
	@$(BIN)/kg query programs-of-district -p district=上城 --graph $(DEMO)/graph
	@echo
	@echo 'The graph:        $(CURDIR)/$(DEMO)/graph'
	@echo 'Turtle:           $(CURDIR)/$(DEMO)/seeds.ttl'
	@echo 'Network page:     $(CURDIR)/$(DEMO)/network.html   (open it in a browser)'
	@echo 'More questions:   $(BIN)/kg query --graph $(DEMO)/graph'
	@echo 'As a site:        $(BIN)/kg serve --graph $(DEMO)/graph'

lint: $(VENV)/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# A module goes to one process, so that its fixtures are made once; long ones begin first (tests/conftest.py).
test: lint
	$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder

bench: $(VENV)/test
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.queries
	$(BIN)/python -m tests.bench.scale
	$(BIN)/python -m tests.bench.export
	$(BIN)/python -m tests.bench.view
	$(BIN)/python -m tests.bench.serve

soak: $(VENV)/test
	$(BIN)/python -m tests.soak --share $(SHARE)

licences: $(BIN)/kg
	$(BIN)/python scripts/licences.py

clean:
	rm -rf $(VENV) $(DEMO) dist
