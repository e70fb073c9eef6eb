# hipcoach. `make run` opens the coach, `make test` runs the quick tests; both first set up what they need, in
# a virtual environment per Python version (.venv-3.11 and so on). `make help` lists the rest.
#
# Another Python:      make test PYTHON=python3.12
# Arguments:           make run ARGS="plan leg-circuit"      make test ARGS="-k plan"

.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-timed torture bench bench-short check static format format-check lint types layers version lock sounds screenshots clean FORCE

# The first Python that will do: 3.11 or newer, with what makes virtual environments.
ifndef PYTHON
PYTHON := $(shell for each in python3.11 python3.12 python3.13 python3; do \
	$$each -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo $$each; break; }; done)
endif
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
VENV := .venv-$(VERSION)
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet

# An environment is sound when it holds this very checkout, and not one that was moved away or interrupted.
SOUND := $(shell $(PY) -P -c 'import os, sys, hipcoach; \
	print(os.path.samefile(hipcoach.__file__, sys.argv[1]) or "")' "$(CURDIR)/hipcoach/__init__.py" 2>/dev/null)

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/installed ## open the coach
	@$(PY) -m hipcoach $(ARGS)

# Three for two cores, since many of them wait for a process of their own. What pytest makes of the tests is kept
# whatever the environment says: to make it takes each of the three five times as long as to collect them.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/installed-dev ## run the quick tests (with ARGS: any of them, slow ones too)
ifdef ARGS
	$(PY) -m pytest $(ARGS)
else
	$(PY) -m pytest -n 3 --dist worksteal -m "not slow and not timed"
endif

test-slow: export PYTHONDONTWRITEBYTECODE :=
test-slow: $(VENV)/installed-dev ## run the slow tests: real processes, terminals, disks, random keys
	$(PY) -m pytest -n 3 --dist worksteal -m "slow and not timed"

# These have the machine to themselves; most of it is waiting, so two at a time.
test-timed: export PYTHONDONTWRITEBYTECODE :=
test-timed: $(VENV)/installed-dev ## run the tests that play sound or are measured by the clock
	$(PY) -m pytest -n 2 --dist worksteal -m timed tests/audio

torture: $(VENV)/installed-dev ## break it on purpose, the long way (docs/reliability.md)
	HIPCOACH_TORTURE=500 $(PY) -m pytest tests/torture/test_kill.py tests/torture/test_failing_disk.py \
		tests/torture/test_many.py $(ARGS)
	HIPCOACH_TORTURE=100000 $(PY) -m pytest -n 2 tests/torture/test_fuzz.py $(ARGS)
	HIPCOACH_TORTURE=500 $(PY) -m pytest tests/torture/test_random_keys.py $(ARGS)

bench: $(VENV)/installed-dev ## measure how fast it is; takes three minutes, best on an idle machine
	$(PY) -m benchmarks $(ARGS)

bench-short: $(VENV)/installed-dev ## half a minute of it: fails only where something has become grossly slower
	$(PY) -m benchmarks --short

check: static test test-slow test-timed ## format, lint, types, layers and all tests

static: format-check lint types layers ## everything of `check` but the tests

format: $(VENV)/installed-dev ## put the code into its format
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

format-check: $(VENV)/installed-dev
	$(PY) -m ruff format --check .

lint: $(VENV)/installed-dev
	$(PY) -m ruff check .

types: $(VENV)/installed-dev
	$(PY) -m mypy

layers: $(VENV)/installed-dev
	$(VENV)/bin/lint-imports

sounds: $(VENV)/installed ## make the sounds again
	$(PY) scripts/make_sounds.py

screenshots: $(VENV)/installed ## make the README's pictures again
	$(PY) scripts/make_screenshots.py

COMPILE = uv pip compile pyproject.toml --no-config --no-emit-index-url \
	--universal --python-version 3.11 --generate-hashes --quiet --custom-compile-command "make lock"

version: ## say which Python is used
	@echo $(VERSION)

lock: ## write the lock files again (needs uv; ARGS=--upgrade takes the newest versions)
	@command -v uv >/dev/null || { echo "make lock needs uv, see https://docs.astral.sh/uv" >&2; exit 1; }
	$(COMPILE) $(ARGS) --group build --output-file requirements.lock
	$(COMPILE) $(ARGS) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean: ## remove what was made here, environments included
	rm -rf .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find hipcoach tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: requirements.lock pyproject.toml $(if $(SOUND),,FORCE)
	@test -n "$(VERSION)" || { echo "hipcoach needs Python 3.11 or newer with venv \
	(on Debian and Ubuntu: apt install python3-venv). Name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(if $(SOUND),,$(PYTHON) -m venv --clear $(VENV))
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(PY) -m compileall -q hipcoach # as pip does with what it copies: no start should wait for that
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

FORCE:
