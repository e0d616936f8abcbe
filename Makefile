# Everything is done by make; `make` alone lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
MAKE_ENV = @PYTHON="$(PYTHON)" infra/local/setup/make-env.sh
LOCKS := runtime dev emulator lint sam bench
CODE := functions layers/common/python layers/dependencies infra/local tests bench

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  \033[36m%-14s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- environments -----------------------------------------------------------------------------

.PHONY: setup
setup: ## Install what the rest needs (every target does it itself)
	@$(MAKE) --silent --jobs=2 $(VENV)/.made .venv-emulator/.made

$(VENV)/.made: requirements/dev.lock requirements/runtime.in pyproject.toml $(wildcard functions/*/__init__.py)
	$(MAKE_ENV) $(VENV) requirements/dev.lock .

.venv-emulator/.made: requirements/emulator.lock
	$(MAKE_ENV) .venv-emulator requirements/emulator.lock

.venv-lint/.made: requirements/lint.lock
	$(MAKE_ENV) .venv-lint requirements/lint.lock

.venv-sam/.made: requirements/sam.lock
	$(MAKE_ENV) .venv-sam requirements/sam.lock

.venv-bench/.made: requirements/bench.lock
	$(MAKE_ENV) .venv-bench requirements/bench.lock

.PHONY: lock
lock: setup ## Lock requirements/*.in anew (UPGRADE=1: to the newest versions)
	@for name in $(LOCKS); do \
	  constraint=; [ $$name = dev ] && constraint="--constraint requirements/runtime.lock"; \
	  echo "requirements/$$name.lock"; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    $$constraint $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.lock \
	    || exit 1; \
	done

# --- the stack on a laptop --------------------------------------------------------------------

.PHONY: up
up: setup ## Start the mall on this machine (again: only what has changed)
	@$(BIN)/mall up

.PHONY: down
down: setup ## Stop it; what it holds is kept (`.venv/bin/mall down --wipe` forgets it)
	@$(BIN)/mall down

.PHONY: demo
demo: up ## Play the main job over HTTP: earn, redeem, review, refund, expire
	@$(BIN)/mall demo

# --- checks -----------------------------------------------------------------------------------

.PHONY: test
test: lint types test-oldest ## Every check and every test
	@$(BIN)/pytest -n auto --dist loadgroup $(PYTEST)

.PHONY: test-oldest
test-oldest: setup ## The unit tests on Python 3.11 too, where it is installed beside a newer one
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] == (3, 11))' || exit 0; \
	oldest=$$(infra/local/setup/find-python.sh 3.11 2>/dev/null) || exit 0; \
	$(MAKE) PYTHON=$$oldest .venv-oldest/.made && .venv-oldest/bin/pytest -n auto -q tests/unit

.venv-oldest/.made: requirements/dev.lock requirements/runtime.in pyproject.toml
	$(MAKE_ENV) .venv-oldest requirements/dev.lock .

.PHONY: lint
lint: setup ## Style, layout and who may import whom
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/lint-imports

.PHONY: types
types: setup ## mypy, strict
	@$(BIN)/mypy $(CODE)

.PHONY: format
format: setup ## Put the code into its form
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

.PHONY: lint-template
lint-template: .venv-lint/.made ## Check template.yaml: cfn-lint, its serverless rules, checkov
	@.venv-lint/bin/cfn-lint --append-rules cfn_lint_serverless.rules --template template.yaml
	@.venv-lint/bin/checkov --quiet --compact --framework cloudformation --file template.yaml

.PHONY: bench
bench: setup .venv-bench/.made ## Measure cold starts and imports; prints tables (Linux only)
	@$(BIN)/python -m bench.cold_start

# --- artifacts --------------------------------------------------------------------------------

.PHONY: layers
layers: setup ## Build the layer of third-party packages for this machine
	@$(BIN)/mall layer

.PHONY: openapi
openapi: setup ## Write infra/openapi.json anew from the code
	@$(BIN)/mall openapi

.PHONY: build
build: setup .venv-sam/.made ## What `sam deploy` uploads
	@PATH="$(CURDIR)/$(BIN):$$PATH" .venv-sam/bin/sam build

.PHONY: clean
clean: ## Remove all that make has made, but for the local stack's state (.local)
	@rm -rf .venv .venv-emulator .venv-lint .venv-sam .venv-bench .venv-oldest .aws-sam .build .mypy_cache \
	  .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov *.egg-info
