# `make demo` runs the main job end to end, `make test` the tests; each installs what it needs into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
export UV_PYTHON_DOWNLOADS = never

.PHONY: demo test lint types bench clean

$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(call install,run)

$(VENV)/.dev: requirements/dev.txt pyproject.toml
	@$(call install,dev)

# the same pinned, hash-checked set with uv or with pip alone
define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed; say make PYTHON=python3.12"; exit 2; }
if [ -n "$(UV)" ]; then \
  { [ -d $(VENV) ] || uv venv -q -p $(PYTHON) $(VENV); } && \
  uv pip install -q --python $(BIN)/python --require-hashes -r requirements/$(1).txt && \
  uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation-package none -e . ; \
else \
  { [ -d $(VENV) ] || $(PYTHON) -m venv $(VENV); } && \
  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/$(1).txt && \
  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e . ; \
fi && touch $@
endef

demo: $(VENV)/.run
	$(BIN)/aggregator demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.parse $(PAGES)

clean:
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache aggregator-data
