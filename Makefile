# Two commands matter: `make run` serves the living demo, `make test` passes the tests. Each does all the set-up itself.
.DEFAULT_GOAL := help
PORT ?= 8000
export PORT
SETUP := python3 deploy/setup.py
PYTHON := .venv/bin/python

.PHONY: help run run-elastic new test bench bench-digests trust lint setup format lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## set up everything and serve the portal at http://localhost:8000 (PORT=...)
	@$(SETUP) port && $(SETUP) base site && $(SETUP) serve

run-elastic: ## the same on a real Elasticsearch node, started beside it (needs a JDK 17 and Maven)
	@$(SETUP) port && $(SETUP) base elastic && $(SETUP) run_elastic

new: ## make an empty site of one's own: asks for the municipality, its colours and the first administrator
	@$(SETUP) base && $(SETUP) new

test: ## set up everything and run all checks and tests
	@$(SETUP) base dev && $(MAKE) --no-print-directory lint && $(PYTHON) -m pytest -n 3 --dist loadfile $(ARGS)
	@echo "… the same on PostgreSQL" && $(PYTHON) -m tests.postgres -n 3 --dist loadfile $(ARGS)

lint: ## style, imports, migrations, dependencies' lock
	@$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check -q .
	@.venv/bin/lint-imports --no-logo 2>/dev/null || .venv/bin/lint-imports
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(PYTHON) manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(PYTHON) manage.py check

bench: ## how fast search is on 10,000 and on 100,000 invented things, on both engines (BENCH=10000 for one)
	@$(SETUP) base dev && python3 deploy/bench.py $(or $(BENCH),10000 100000)

bench-digests: ## how long a run of digests takes and how much memory, for 1,000, 5,000 and 10,000 followers of 1,000 events
	@$(SETUP) base && for followers in 1000 5000; do python3 deploy/bench_digests.py $$followers 1000 0; done
	@python3 deploy/bench_digests.py 10000 1000 3

trust: ## long drills: kill -9 at many moments, leaks and worlds with new seeds, all tests on SQLite and on PostgreSQL, three nodes that die (DRILL_ROUNDS=40 SEARCH_TEST_SEED=...)
	@$(SETUP) base dev && DRILL_ROUNDS=$(or $(DRILL_ROUNDS),40) $(PYTHON) -m pytest tests/search/test_kill_drills.py tests/partnerships/test_digest_kills.py
	@SEARCH_TEST_SEED=$(or $(SEARCH_TEST_SEED),$(shell date +%s)) $(PYTHON) -m pytest tests/search/test_metamorphic.py tests/search/test_random_corpora.py tests/search/test_random_portals.py
	@RANDOM_WORLD_REQUESTS=50000 RANDOM_WORLD_SEED=$(or $(SEARCH_TEST_SEED),$(shell date +%s)) $(PYTHON) -m pytest tests/portal/test_random_worlds.py
	@HOSTILE_EACH_ALONE=1 CRAWL_EVERYTHING=1 $(PYTHON) -m pytest tests/portal/test_hostile_input.py tests/portal/test_crawl.py
	@$(PYTHON) -m pytest -n 2 --dist loadfile && $(PYTHON) -m tests.postgres -n 2 --dist loadfile tests
	@$(PYTHON) -m tests.search.drills.cluster

setup: ## only the set-up
	@$(SETUP) base dev site

format: ## put the code into its form
	@$(PYTHON) -m ruff format . && $(PYTHON) -m ruff check --fix .

lock: ## write the lock files anew from pyproject.toml and package.json
	@.venv/bin/uv pip compile -q -U --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	@.venv/bin/uv pip compile -q -U --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@npm install --package-lock-only

clean: ## remove everything the set-up made, data included
	rm -rf .venv node_modules var portal/static/portal
