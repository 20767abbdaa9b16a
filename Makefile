# Everything starts here; `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
# What Debian leaves of an environment where python3-venv is missing is begun anew once that is installed.
.DELETE_ON_ERROR:
.PHONY: help demo run test soak bench check format figures library messages clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

# Each stamp stands for one set of installed packages, and lies in the environment it speaks of.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Morning Report needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(VENV)/installed $@

demo: $(VENV)/installed ## the whole thing in the browser; no token, no network
	@$(BIN)/morning-report demo $(if $(PORT),--port $(PORT))

run: $(VENV)/installed ## the bot on Telegram; needs MORNING_REPORT_TOKEN
	@$(BIN)/morning-report run

test: $(VENV)/installed-dev ## the tests, on all cores, but those that `check` alone runs: they take longest
	$(BIN)/pytest -n auto --maxschedchunk 4 -m "not long"

soak: $(VENV)/installed-dev ## hundreds of kills, every trouble mixed, second copies, a day of 300 groups, a month of a few; half an hour or more
	$(BIN)/python -m tests.soak
	$(BIN)/python -m tests.soak.copies
	$(BIN)/python -m tests.soak.day
	$(BIN)/python -m tests.soak.month
	$(BIN)/python -m tests.soak.litestream
	MORNING_REPORT_TEST_CHATS=500 MORNING_REPORT_TEST_GROUP_KILLS=10 \
	    $(BIN)/pytest -o faulthandler_timeout=3600 tests/conversations/kills/test_kill_groups.py
	MORNING_REPORT_TEST_EXAMPLES=2000 $(BIN)/pytest -o faulthandler_timeout=3600 -n auto -m hypothesis

bench: $(VENV)/installed-dev ## how fast it is, beside what is usual; about eight minutes
	$(BIN)/python -m tests.bench

check: $(VENV)/installed-dev ## format, lint, types, cases, and all tests with what they cover
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/morning-report check
	$(BIN)/pytest -n auto --maxschedchunk 4 --cov --cov-report=

format: $(VENV)/installed-dev ## put the code into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

figures: $(VENV)/installed-dev ## draw the shipped figures again
	$(BIN)/python -m content.figures

library: figures ## draw the figures, and renew the table of cases in content/README.md
	$(BIN)/python -m content.case_table

messages: $(VENV)/installed-dev ## collect the sentences to translate, and bring translations up to date
	$(BIN)/pybabel -q extract -k say -k gettext -k count:1,2 -k phrase -k phrases:1,2 -k Rule:3 -k LibraryRule:3 -k Fault:1 \
	    --ignore-dirs=exchange --no-location --sort-output --omit-header -o bot/locales/messages.pot bot content
	$(BIN)/python -c 'import pathlib, polib; new = polib.pofile("bot/locales/messages.pot"); \
	    [(old.merge(new), old.save(), old.save_as_mofile(old.fpath[:-2] + "mo")) for old in \
	    map(polib.pofile, map(str, pathlib.Path("bot/locales").glob("*.po")))]'

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis
