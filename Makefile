# Candour. A bare `make` lists what can be made; CONTRIBUTING.md says more.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
.PHONY: help run test check format docs pictures bench bench-large lock environment environment-for-tests assets clean

# any Python starts the set-up, which asks for 3.11 or newer; UTF-8 whatever the locale of the machine
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(if $(shell command -v $(name) 2>/dev/null),$(name))))
export PYTHONUTF8 := 1
BIN := .venv/bin

# what is handed on to pytest, such as: make test T="tests/ledger -k chain"
T ?=
PYTEST := $(BIN)/pytest -n auto --dist worksteal $(T)

help: ## List what can be made, with a sentence each
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: environment assets ## Set up, load the sample body, answer the sample request, serve http://127.0.0.1:8000
	@$(BIN)/candour sample
	@exec $(BIN)/candour serve

test: environment-for-tests assets ## Run the whole test suite on SQLite, then what touches a database on PostgreSQL
	@$(BIN)/python tools/provide.py
	$(PYTEST) -rs
	@$(BIN)/python tools/with_postgres.py $(PYTEST) -rs --only-database

check: environment-for-tests ## Check format, lint, types, the walls between rooms, and that the documents are true
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/mypy tools
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/check_docs.py

format: environment-for-tests ## Put the code in its format and mend what the linter can mend by itself
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .

docs: environment-for-tests ## Write the parts of the documents that are made from the code
	$(BIN)/python tools/check_docs.py --write

pictures: environment-for-tests assets ## Walk the journeys in a browser, and put the pictures that documents show into docs/pictures
	@$(BIN)/python tools/provide.py
	$(BIN)/pytest -n 0 -q tests/journeys
	@$(BIN)/python tools/pictures.py

bench: environment-for-tests ## Measure speed and memory, to a million incidents (15 to 30 minutes)
	@$(BIN)/python tools/with_postgres.py --as-kept $(BIN)/python tools/bench.py

bench-large: environment-for-tests ## Measure with ten million incidents (an hour or more, 20 GB of disk)
	@$(BIN)/python tools/with_postgres.py --as-kept $(BIN)/python tools/bench.py --large

lock: environment-for-tests ## Make the hashed locks anew from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@$(BIN)/python tools/lock.py $(UPGRADE)

clean: ## Remove what was built and fetched; the data in var/ stays
	rm -rf .venv build src/candour/web/static/govuk .mypy_cache .ruff_cache .import_linter_cache .hypothesis

environment:
	@$(PYTHON) tools/set_up.py run

environment-for-tests:
	@$(PYTHON) tools/set_up.py dev

assets: environment
	@$(BIN)/python tools/fetch_assets.py
