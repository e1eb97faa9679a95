# Two commands are enough: `make run` opens the app, `make test` checks it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --python-version 3.11 pyproject.toml

.PHONY: run test lint promises content gate bench bench-million shots lock format clean

run: $(VENV)/.labs
	@$(BIN)/python -m nexus_tui

# Tests are compiled once, not by each worker and each process they start. Screens wait for their
# timers, so there are more workers than cores; each reads all tests, so not many more. Of the
# promises only the short ones: all of them would double the time.
test: $(VENV)/.dev
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 5 -q -m "not promise or short"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

# 50 of the app, 300 while answering, 60 while migrating.
promises: $(VENV)/.dev
	NEXUS_PROMISE_COUNT=50 $(BIN)/python -m pytest -n 4 -q -m promise

content: $(VENV)/.dev
	$(BIN)/python -m nexus_tui content lint
	$(BIN)/python -m nexus_tui content verify
	$(BIN)/python -m nexus_tui content cues --out docs/cue-report.json
	$(BIN)/python -m nexus_tui content stats

# The checks of challenges tell right from wrong; stages whose server no variable names are wrong.
gate: $(VENV)/.dev
	$(BIN)/python -m nexus_tui challenge gate

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

bench-million: $(VENV)/.dev
	$(BIN)/python -m benchmarks.million

shots: $(VENV)/.dev
	$(BIN)/python -m pytest -q tests/looks --snapshot-update
	$(BIN)/python -m tests.looks.shots docs/screenshots

lock: $(VENV)/.dev
	$(LOCK) --upgrade -o requirements/app.txt
	$(LOCK) --extra labs --extra audit -c requirements/app.txt -o requirements/labs.txt
	$(LOCK) --extra labs --extra audit --group dev -c requirements/labs.txt -o requirements/dev.txt

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Nexus needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)

# What `.venv/bin/nexus-tui` runs, from any folder: the package of this checkout.
START := import sys; sys.path.insert(0, sys.argv.pop(1)); from nexus_tui.cli import main; main()

# Byte code is compiled here: no wheel can make an installer do it, and without it the first
# start takes three times as long.
define install
	@echo "Installing what Nexus needs into $(VENV), once: about a minute."
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--compile --require-hashes -r $(1)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q nexus_tui
	@printf '%s\n' '#!/bin/sh' 'exec "$(CURDIR)/$(BIN)/python" -P -c "$(START)" "$(CURDIR)" "$$@"' \
		> $(BIN)/nexus-tui && chmod +x $(BIN)/nexus-tui
	@touch $@
endef

$(VENV)/.labs: requirements/labs.txt | $(BIN)/python
	$(call install,requirements/labs.txt)

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	$(call install,requirements/dev.txt)
	@touch $(VENV)/.labs
