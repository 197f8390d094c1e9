# `make run` installs what labelling and serving need; the other targets add what they need to it.
.PHONY: run train champion finetuned setup encoder test check lint soak benchmarks ui clean help
.DEFAULT_GOAL := help

PYTHON   ?= python3
VENV     := .venv
BIN      := $(VENV)/bin
PORT     ?= 8000
# A file for each set of packages that was installed, the smallest first.
SERVING  := $(VENV)/.ready
TRAINING := $(VENV)/.ready-train
TORCH    := $(VENV)/.ready-finetune
TOOLS    := $(VENV)/.ready-dev
# Modules are compiled when they are first imported: many never are.
INSTALL  := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable

help:          ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: setup     ## set up, label the sample article with the shipped model, serve on 127.0.0.1:8000
	@$(BIN)/standpoint label docs/sample.txt --codebook sea-migration
	@echo
	@echo "service on http://127.0.0.1:$(PORT) (Ctrl-C ends it); try: curl -s http://127.0.0.1:$(PORT)/v1/model"
	@$(BIN)/standpoint serve --port $(PORT)

train: encoder ## add the training stack, run the small default experiments on the seeds, for `make ui`
	@$(BIN)/standpoint train configs/runs/seeds-stance.toml
	@$(BIN)/standpoint train configs/runs/seeds-sentiment.toml
	@echo "make ui shows both runs; standpoint promote RUN lets one of them serve"

champion: $(TORCH) ## train the shipped model again from configs/runs/judge.toml: hours on a CPU; resumes
	@$(BIN)/standpoint champion

finetuned: $(TORCH) encoder ## train the fine-tuned model of both tasks, promote it
	@$(BIN)/standpoint champion --finetuned

setup: $(SERVING) ## create .venv with the command standpoint, for labelling and serving

encoder: $(TRAINING) ## download and build the encoder of the small models and of the tests
	@$(BIN)/standpoint encoder

$(SERVING): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "python: must be 3.11 or newer, got $$($(PYTHON) --version). Run make PYTHON=python3.11." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "python: must have venv, got none. Run apt-get install python3-venv." >&2; exit 2; }
	@echo "setting up $(VENV): about 270 MB"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) ".[serve,html]"
	@touch $(SERVING)

$(TRAINING): $(SERVING)
	@echo "adding the training stack to $(VENV): about 600 MB more, a minute"
	@$(INSTALL) ".[serve,html,train]"
	@touch $(TRAINING)

$(TORCH): $(TRAINING)
	@echo "adding torch to $(VENV): about 1 GB more"
	@$(INSTALL) ".[serve,html,train,finetune]"
	@touch $(TORCH)

$(TOOLS): $(TORCH)
	@$(INSTALL) ".[serve,html,train,finetune,dev]"
	@touch $(TOOLS)

test: $(TOOLS) encoder lint ## all checks and all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(TOOLS) encoder lint ## formatting, lint, types, import contracts, fast tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

lint: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: $(TOOLS) ## stress tests of the service: 15 minutes of load, faults, random requests
	$(BIN)/python benchmarks/contract.py
	$(BIN)/python benchmarks/fuzz.py --n 10000
	$(BIN)/python benchmarks/soak.py docs/sample.txt --codebook sea-migration --seconds 600

benchmarks: encoder ## all benchmarks whose data is in STANDPOINT_DATA; writes docs/benchmarks.md
	@$(BIN)/standpoint benchmarks

ui: $(TRAINING) ## the MLflow UI on the project's store, on 127.0.0.1:5000
	@$(BIN)/standpoint ui

clean:         ## remove .venv and the caches; models/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
