# The portal's verbs. Every target sets up what it needs; a second start takes a second.

# What Python has compiled is kept: a test starts many processes, and each would compile Django again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 8000
# Names one test, or options of pytest: make test T='records -k ledger'
T ?=

PY := .venv/bin/python
LOCKS := $(shell cat requirements.txt requirements-dev.txt | cksum | tr ' ' '-')
RUN_STAMP := .venv/run-$(LOCKS)
DEV_STAMP := .venv/dev-$(LOCKS)
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

DEMO_VAR := var/demo
# Until the first release the tables are rewritten rather than migrated.
TABLES := $(shell cat */migrations/0*.py | cksum | tr ' ' '-')
# Compressing takes seconds, so it is done once per state of the files.
STATIC := var/gathered/$(shell { cat requirements.txt records/finders.py; find static -type f -exec cksum {} +; } | cksum | tr ' ' '-')
GATHERED := $(STATIC)/staticfiles.json
UNUSED := -i 'htm*-4*' -i 'htmx-2.js' -i ext -i account
# The demo and the checks are never moved by what a .env says of another installation.
DEMO_ENV := DEMO=1 LOCAL=0 VAR_DIR=$(DEMO_VAR) DATABASE_URL=sqlite:///$(DEMO_VAR)/portal.sqlite3 \
	REDIS_URL= ALLOWED_HOSTS=localhost,127.0.0.1,[::1] STATIC_ROOT=$(STATIC) \
	MEDIA_ROOT=$(DEMO_VAR)/documents PORTAL_URL=http://localhost:$(PORT) EMAIL_URL=
# The first free port from PORT on, as the web server itself will find it.
free_port = $$(LOCAL=1 PORT=$(PORT) $(PY) -c 'import runpy; print(runpy.run_path("gunicorn.conf.py")["port"])')
# One's own machine, and for an hour: Celery need not say that it runs as root.
QUIET := LOG_LEVEL=ERROR PYTHONWARNINGS="ignore:You're running the worker"
CHECK_ENV := LOCAL=0 VAR_DIR=var/check DATABASE_URL=sqlite://:memory: REDIS_URL=
LIVE_ENV := DEMO=0 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	LEDGER_SEAL_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	MFA_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	DESK_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	EMAIL_URL=smtp://localhost:25 ALLOWED_HOSTS=portal.example.com BEHIND_PROXY=1 $(CHECK_ENV)
SERVICES_ENV = DATABASE_URL=$(or $(DATABASE_URL),postgres://charter_portal:charter_portal@127.0.0.1:5432/charter_portal) \
	REDIS_URL=$(or $(REDIS_URL),redis://127.0.0.1:6379/8)
# Walks of which `make test` takes a part.
IN_FULL := charter_portal/tests/test_access.py charter_portal/tests/test_recused.py charter_portal/tests/test_demo.py
RANDOM_YEARS := charter_portal/tests/test_random_year.py
CODE := charter_portal auditors whistleblower meetings committees charters accounts records

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

##@ Use
.PHONY: demo demo-fresh own
demo: $(RUN_STAMP) $(GATHERED) ## Run the portal with an example company on http://localhost:8000
	@test -e $(DEMO_VAR)/filled || rm -rf $(DEMO_VAR)
	@test ! -e $(DEMO_VAR)/filled || test "$$(cat $(DEMO_VAR)/filled)" = '$(TABLES)' || { \
		echo 'What was entered in the demo was written by another version of the portal, whose tables differ.'; \
		echo 'make demo-fresh removes it, after asking; make demo then starts from the beginning.'; exit 1; }
	@$(DEMO_ENV) $(PY) manage.py migrate --verbosity 0
	@test -e $(DEMO_VAR)/filled || { echo 'Writing the example company and its year and a half ...'; \
		$(DEMO_ENV) $(PY) manage.py createcachetable --verbosity 0 && \
		$(DEMO_ENV) $(PY) manage.py demo && echo '$(TABLES)' > $(DEMO_VAR)/filled; }
	@port=$(free_port); $(DEMO_ENV) PORTAL_URL=http://localhost:$$port $(QUIET) \
		$(PY) -m honcho start --no-prefix -e $(DEMO_VAR)/no.env -p $$port || test $$? = 130

demo-fresh: ## Throw away what was entered in the demo, after asking
	@printf 'This removes everything entered in the demo (%s). Type yes: ' '$(DEMO_VAR)'; \
		read answer; if test "$$answer" = yes; then rm -rf $(DEMO_VAR); echo 'Removed. make demo starts from the beginning.'; \
		else echo 'Nothing was removed.'; fi

own: $(RUN_STAMP) $(GATHERED) ## Run an empty portal of your own on this machine
	@$(PY) -P charter_portal/own.py
	@STATIC_ROOT=$(STATIC) LOG_LEVEL=ERROR $(PY) manage.py migrate --verbosity 0
	@LOG_LEVEL=ERROR $(PY) manage.py createcachetable --verbosity 0
	@LOG_LEVEL=ERROR $(PY) manage.py first_secretary
	@port=$(free_port); STATIC_ROOT=$(STATIC) PORTAL_URL=http://localhost:$$port $(QUIET) \
		$(PY) -m honcho start --no-prefix -p $$port || test $$? = 130

##@ Work
.PHONY: setup test test-services journeys faults check format tables lock mutate bench clean
setup: $(DEV_STAMP) ## Install what the portal, its tests and its checks need, into .venv
	@:

test: $(DEV_STAMP) ## The tests, on SQLite, with no service running (T='path -k name')
	@$(CHECK_ENV) DEMO=1 $(PY) manage.py makemigrations --check --dry-run --verbosity 1
	@env -u DATABASE_URL -u REDIS_URL $(PY) -m pytest -q -n auto --dist worksteal $(T)

test-services: $(DEV_STAMP) ## The same tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)
	@$(SERVICES_ENV) $(PY) -m pytest -q -n auto --dist worksteal --maxprocesses 8 --create-db $(T)

journeys: $(DEV_STAMP) $(GATHERED) ## Journeys in Chromium through a running portal
	@STATIC_ROOT=$(STATIC) env -u DATABASE_URL -u REDIS_URL $(PY) -m pytest -q -n auto --dist worksteal $(or $(T),journeys)

check: $(DEV_STAMP) ## Style, types, templates, layers, security, deployment, migrations
	@$(MAKE) --no-print-directory --keep-going style types templates layers security deployment migrated

format: $(DEV_STAMP) ## Put the code in form
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .

tables: $(DEV_STAMP) ## Write each app's one migration again from its models, until the first release
	@$(CHECK_ENV) DEMO=1 $(PY) manage.py rewrite_tables
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .

lock: $(DEV_STAMP) ## Compile requirements*.in to hashed locks (UPGRADE=--upgrade for the newest)
	@for name in requirements requirements-dev; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--custom-compile-command 'make lock' \
			$(UPGRADE) $$name.in -o $$name.txt || exit 1; \
	done

faults: $(DEV_STAMP) ## The concerns channel killed, flooded, looked at by everybody; years of acts at random; walks in full
	@$(MAKE) --no-print-directory --keep-going -j killed-on-sqlite killed-on-postgres no-trace
	@$(MAKE) --no-print-directory --keep-going random-years walks-in-full

mutate: $(DEV_STAMP) ## Whether a test notices each single change of a module (M=records.rules.notices T=tests)
	@test -n '$(M)' || { echo 'Name a module: make mutate M=auditors.rules.rotation'; exit 2; }
	@env -u DATABASE_URL -u REDIS_URL $(PY) -m mutate $(M) $(T)

bench: $(DEV_STAMP) $(GATHERED) ## Measure pages, standing, reports and the ledger against their baselines
	@STATIC_ROOT=$(STATIC) $(PY) -m bench

clean: ## Remove .venv and caches; what was entered stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/check var/gathered
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# The parts of `make faults`, at the same time; each can be called alone.
.PHONY: killed-on-sqlite killed-on-postgres no-trace random-years walks-in-full
killed-on-sqlite:
	@env -u DATABASE_URL -u REDIS_URL $(PY) -m faults
killed-on-postgres:
	@test -z '$(DATABASE_URL)' || $(PY) -m faults
no-trace:
	@FAULTS=1 env -u DATABASE_URL -u REDIS_URL $(PY) -m pytest -q -n auto --dist worksteal whistleblower/tests/test_no_trace.py
random-years:
	@FAULTS=1 env -u DATABASE_URL -u REDIS_URL $(PY) -m pytest -q -n auto --dist worksteal $(RANDOM_YEARS)
	@test -z '$(DATABASE_URL)' || FAULTS=1 $(SERVICES_ENV) $(PY) -m pytest -q -n auto --dist worksteal --create-db $(RANDOM_YEARS)
walks-in-full:
	@FAULTS=1 env -u DATABASE_URL -u REDIS_URL $(PY) -m pytest -q -n auto --dist worksteal $(IN_FULL)

# The parts of `make check`; each can be called alone.
.PHONY: style types templates layers security deployment migrated
style:
	@echo '-- style'
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
types:
	@echo '-- types'
	@$(CHECK_ENV) DEMO=1 $(PY) -m mypy
templates:
	@echo '-- templates'
	@$(PY) -m djlint templates --lint --quiet
layers:
	@echo '-- layers'
	@$(PY) -c 'import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())'
security:
	@echo '-- security'
	@$(PY) -m bandit -c pyproject.toml --quiet --recursive $(CODE)
deployment:
	@echo '-- deployment'
	@$(LIVE_ENV) $(PY) manage.py check --deploy --fail-level WARNING
migrated:
	@echo '-- migrations'
	@$(CHECK_ENV) DEMO=1 $(PY) manage.py makemigrations --check --dry-run

# Set-up: a virtual environment, one of the two locks, and Pango for PDFs where that is possible.
.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo 'The portal needs Python 3.11 or newer; $(PYTHON) was not found.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The portal needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; \
		echo 'Name a newer one: make setup PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python comes without venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# Pango alone draws; without HarfBuzz's subsetting library WeasyPrint warns, and embeds whole fonts.
draws = $(PY) -c 'import weasyprint' >/dev/null 2>&1
draws_well = $(PY) -W error -c 'import weasyprint' >/dev/null 2>&1
get_pango = { export DEBIAN_FRONTEND=noninteractive; \
	apt-get -qq update && apt-get -qq install -y --no-install-recommends $(PANGO); } >/dev/null 2>&1

# $(1) is a lock.
define install
	@echo 'Installing $(1) into .venv ...'
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(PY) --require-hashes -r $(1); \
		else $(PY) -m pip install -qq --require-hashes --disable-pip-version-check -r $(1); fi
	@$(draws_well) || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && $(get_pango); } || true
	@$(draws) || echo 'PDFs are off, for Pango is missing: apt-get install $(PANGO)'
endef

$(GATHERED): | $(RUN_STAMP)
	@echo 'Gathering styles, type and scripts ...'
	@ls -dt var/gathered/*/ 2>/dev/null | tail -n +3 | xargs rm -rf
	@DEMO=1 $(CHECK_ENV) STATIC_ROOT=$(STATIC) $(PY) manage.py collectstatic --noinput --verbosity 0 $(UNUSED)

$(RUN_STAMP): | .venv/bin/pip
	$(call install,requirements.txt)
	@touch $(RUN_STAMP)

$(DEV_STAMP): | .venv/bin/pip
	$(call install,requirements-dev.txt)
	@touch $(RUN_STAMP) $(DEV_STAMP)
