# Tanhe. `make demo` and `make test` set up everything they need; Python 3.11 or later is all that must be there.
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PYTHON ?= python3
EXAMPLE ?= mingquan-methanol-2018
STAMP := $(VENV)/.tanhe-setup
WORKERS ?= 2
export PYTHONUTF8 := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup demo test test-all lint docs docs-check bench bench-peers bench-mutation bench-mutation-documents bench-mutation-heldout constraints clean

help:
	@echo "make setup        install into $(VENV)"
	@echo "make demo         verify the example $(EXAMPLE) and say where its report lies"
	@echo "make test         quick tests          make test-all   all tests"
	@echo "make lint         ruff, mypy, floors   make docs       build the documentation"
	@echo "make bench        benchmarks           make bench-peers  the same against other software"
	@echo "make bench-mutation  which injected defects the rules catch"
	@echo "make bench-mutation-documents  the same with defects printed into finished reports"
	@echo "make bench-mutation-heldout  the same with defects that no rule was written for"

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@bash tools/setup.sh "$(PYTHON)" "$(VENV)" "$(BIN)"
	@touch $@

demo: setup
	@$(BIN)/tanhe verify --example $(EXAMPLE) -o out/demo --force || [ $$? -eq 1 ]
	@echo; echo "报告 / report:"; ls -1 "$(CURDIR)"/out/demo/*

test: setup
	$(BIN)/python -m pytest -q -n $(WORKERS)

test-all: setup
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "slow or not slow"

lint: setup
	$(BIN)/ruff check src tests tools $(wildcard bench)
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: setup docs-check
	$(BIN)/mkdocs build --strict --quiet

docs-check: setup
	@if [ -f src/tanhe/cli/_docs.py ]; then $(BIN)/python -m tanhe.cli._docs --check; fi

bench: setup
	$(BIN)/python bench/run.py

bench-peers: setup
	bash bench/peers.sh

bench-mutation: setup
	$(BIN)/python bench/mutation/run.py

bench-mutation-documents: setup
	$(BIN)/python bench/mutation/documents/run.py

bench-mutation-heldout: setup
	$(BIN)/python bench/mutation/documents/run.py --heldout

# After a change of the dependencies: versions only, no address of a registry.
constraints: setup
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
	  --extra dev pyproject.toml -o constraints.txt

clean:
	rm -rf out site build dist
