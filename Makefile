# make run   the dashboard on 127.0.0.1:8050
# make test  lint, import contracts and every test, the ones in a real browser too
# make bench what importing, scoring and serving cost
# make golden writes anew what every page says and gives away (tests/golden), for a change that is meant to change it
# Everything is installed into .venv from requirements.lock, by hash; nothing else of the machine is touched but
# Debian's own packages python3-venv, chromium and chromium-driver, where they are missing.

PYTHON ?= python3
BIN := .venv/bin
# The stamp holds the folder it was made in and the Python: a moved clone or a removed Python means a new .venv.
STAMP := .venv/ready
HERE := $(CURDIR) $(shell $(PYTHON) -V 2>&1)
ifneq ($(shell test -x $(BIN)/python && $(BIN)/python -c '' && cat $(STAMP) 2>/dev/null),$(HERE))
.PHONY: $(STAMP)
endif

# Offices often reach the internet through a proxy with a certificate of its own: trust what the machine trusts.
export UV_SYSTEM_CERTS := true

.PHONY: run test lint bench golden lock clean setup browser
.DEFAULT_GOAL := run

run: setup
	@$(BIN)/cchc defaults
	@exec $(BIN)/cchc serve

test: lint browser
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --benchmark-disable

lint: setup
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check --diff .
	@$(BIN)/lint-imports --no-logo

bench: setup
	@$(BIN)/python -m pytest tests/benchmarks -s

golden: browser setup
	@PYTHONPATH=. $(BIN)/python tests/golden.py

# `make lock` takes the newest versions that pyproject.toml allows.
lock: setup
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev --upgrade \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .benchmarks .hypothesis build cchc.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(STAMP)

# uv comes out of the same lock as the rest, by pip; it then does in seconds what takes pip a minute.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is missing or older than 3.11. Install Python 3.11 or later, or name one: make PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,python3-venv); }
	@test -f $(STAMP) && test "$$(cat $(STAMP))" = "$(HERE)" || { echo "Making .venv"; rm -rf .venv && $(PYTHON) -m venv .venv; }
	@echo "Installing the locked versions into .venv"
	@awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@echo "$(HERE)" > $(STAMP)

browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { $(call debian,chromium chromium-driver); }

# Debian packages: installed where that is allowed, else asked for by name.
define debian
if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as=sudo; else as=no; fi; \
if [ "$$as" = no ] || ! command -v apt-get >/dev/null; then \
	echo "Missing here: $(1). Install it as an administrator and run make again: apt-get install $(1)"; exit 1; \
fi; \
echo "Installing $(1) with apt-get"; \
$$as apt-get update -qq >/dev/null && \
DEBIAN_FRONTEND=noninteractive $$as apt-get install -qq --no-install-recommends $(1) >/dev/null || { \
	echo "apt-get could not install $(1). Install it and run make again."; exit 1; }
endef
