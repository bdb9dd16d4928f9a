# `make demo` runs the main job end to end, `make test` the tests; each installs what it needs into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
export UV_PYTHON_DOWNLOADS = never
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint types docs bench clean

demo: $(VENV)/.run
	$(BIN)/aggregator demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.parse $(PAGES)
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.build $(REVIEWS)

clean:
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache aggregator-data demo-data

# one venv; .run and .dev mark which pinned, hash-checked set it holds (with .dev, .run holds too)
$(VENV)/.run $(VENV)/.dev: $(VENV)/.%: requirements/%.txt pyproject.toml | $(BIN)/python
ifneq ($(UV),)
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r $<
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	$(BIN)/python -m pip install -q --require-hashes -r $<
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
endif
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Python 3.11 or newer is needed; if it has another name, say make PYTHON=python3.12" >&2; exit 2; }
ifneq ($(UV),)
	$(UV) venv -q -p $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "make: this Python cannot make a venv; install python3-venv, or uv" >&2; exit 2; }
endif
