# Everything starts from `make setup`, which the other targets depend on.
.PHONY: run benchmarks champion finetuned setup test check soak ui lint clean help
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.ready-dev

help:          ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: champion  ## set up, train and promote if needed, label the sample, serve on 127.0.0.1:8000
	@$(BIN)/standpoint label docs/sample.txt --codebook sea-migration
	@echo
	@echo "service on http://127.0.0.1:$(PORT) (Ctrl-C ends it); try: curl -s http://127.0.0.1:$(PORT)/v1/model"
	@$(BIN)/standpoint serve --port $(PORT)

champion: setup ## train and promote the default models if there are none
	@$(BIN)/standpoint champion

finetuned: setup ## install the extra finetune, train the fine-tuned model of both tasks, promote it
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[serve,train,html,finetune]"
	@$(BIN)/standpoint champion --finetuned

setup: $(READY) ## create .venv with the command standpoint, and the encoder
	@$(BIN)/standpoint encoder

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "python: must be 3.11 or newer, got $$($(PYTHON) --version). Run make PYTHON=python3.11." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "python: must have venv, got none. Run apt-get install python3-venv." >&2; exit 2; }
	@echo "setting up $(VENV): about 1.1 GB, a minute or two"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[serve,train,html]"
	@touch $(READY)

$(TOOLS): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[serve,train,html,finetune,dev]"
	@touch $(TOOLS)

test: setup $(TOOLS) lint ## all checks and all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: setup $(TOOLS) lint ## formatting, lint, types, import contracts, fast tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

lint: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: champion $(TOOLS) ## stress tests of the service: 15 minutes of load, faults, random requests
	$(BIN)/python benchmarks/contract.py
	$(BIN)/python benchmarks/fuzz.py --n 10000
	$(BIN)/python benchmarks/soak.py docs/sample.txt --codebook sea-migration --seconds 600

benchmarks: setup ## all benchmarks whose data is in STANDPOINT_DATA; writes docs/benchmarks.md
	@$(BIN)/standpoint benchmarks

ui: setup      ## the MLflow UI on the project's store, on 127.0.0.1:5000
	@$(BIN)/standpoint ui

clean:         ## remove .venv and the caches; models/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
