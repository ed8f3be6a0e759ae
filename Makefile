# isoaudit: targets that explain themselves (`make help`)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
ENGLISH := isoaudit/translations/en/LC_MESSAGES/messages.po
CATALOGUES := $(wildcard isoaudit/translations/*/LC_MESSAGES/*.po)
CLIENT := $(shell find isoaudit/client/src isoaudit/client/package.json isoaudit/client/package-lock.json isoaudit/client/tsconfig*.json isoaudit/client/tests.mjs isoaudit/client/fonts.mjs -type f 2>/dev/null)

.PHONY: help run setup test check soak bench client dev-setup lint types tests browser wheel lock messages clean

help: ## what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: setup ## set everything up, load the example year when there is none, serve on http://127.0.0.1:8000
	@$(BIN)/isoaudit demo

setup: $(VENV)/.run-time isoaudit/static/built/.made $(VENV)/.catalogues ## .venv with isoaudit and all run-time packages, client files built; starts nothing

test: dev-setup ## everything that CI runs
	@$(BIN)/python tests/run.py all

check: dev-setup ## the quick part of the tests: on SQLite, no browser, no wheel
	@$(BIN)/python tests/run.py check

soak: dev-setup ## the long random tests
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -q -n 2 tests/oracle $$(grep -rlE '^(from|import) hypothesis' tests --include='test_*.py')

bench: dev-setup ## measure speed as ratios to floors of the same run
	@$(BIN)/python -m tests.bench

dev-setup: setup $(VENV)/.development

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("isoaudit cần Python 3.11 trở lên (needs Python 3.11 or later)" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-time: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q isoaudit
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.run-time
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

client: isoaudit/static/built/.made ## build the client files

isoaudit/static/built/.made: $(CLIENT) requirements-node.lock | $(VENV)/bin/python
	@PATH="$$PATH:$(abspath $(BIN))"; \
	if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'; } >/dev/null 2>&1; then \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements-node.lock; \
	  PATH="$(abspath $(BIN)):$$PATH"; \
	fi; \
	cd isoaudit/client && npm ci --ignore-scripts --no-progress --silent && npm run --silent check && npm run --silent build
	@touch $@

$(VENV)/.catalogues: $(CATALOGUES) $(VENV)/.run-time
	@test -z "$(CATALOGUES)" || $(BIN)/pybabel --quiet compile --directory isoaudit/translations
	@touch $@

messages: ## collect the words of pages into the English catalogue
	@mkdir -p .build
	$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --no-location --sort-output --no-wrap --omit-header -k _l -k lazy_gettext -k lazy_pgettext:1c,2 --output-file .build/messages.pot .
	$(BIN)/pybabel --quiet update --input-file .build/messages.pot --output-dir isoaudit/translations --locale en --no-fuzzy-matching --ignore-obsolete --no-wrap --omit-header
	@{ printf '%s\n' 'msgid ""' 'msgstr ""' '"Language: en\n"' '"Content-Type: text/plain; charset=utf-8\n"' '"Plural-Forms: nplurals=2; plural=(n != 1);\n"' ''; cat $(ENGLISH); } > .build/messages.po
	@mv .build/messages.po $(ENGLISH)

lock: dev-setup ## resolve the pinned requirements anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra postgresql --extra production --extra build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra postgresql --extra production --extra build --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean: ## remove what was built; instance/ stays
	rm -rf $(VENV) .build dist isoaudit/static/built isoaudit/client/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
