# What a newcomer needs is Python 3.11 or newer (with venv), git and make; everything else is put into .venv.
# PYTHON=/path/to/python3 chooses the Python that .venv is made with.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve test lint bench lock clean

PY := .venv/bin/python
export PYTHON
COMPILE := $(PY) -m uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# A .venv whose Python was removed or replaced counts as not made.
$(shell $(PY) -c "import pip" 2>/dev/null || rm -f .venv/.runtime .venv/.dev)

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

site: .venv/.runtime ## Check the register and build its site into site/
	@$(PY) -m cireg build
	@echo "The site is in site/. To look at it: make serve"

serve: .venv/.runtime ## Serve the site on this machine and rebuild it at every change
	@$(PY) -m cireg serve

test: lint ## Run every check of this repository, those in a browser too
	@$(PY) scripts/node_packages.py --install >/dev/null || true
	@browser=$$($(PY) scripts/browser.py --install) || [ "$$CI" != true ] || exit 1; \
	CIREG_BROWSER=$$browser $(PY) -m pytest

lint: .venv/.dev ## Check style and types
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy

bench: .venv/.dev ## Measure speed against the tools that people would use instead
	@$(PY) -m benchmarks

lock: .venv/.dev ## Lock the requirements again, with hashes, after a change in pyproject.toml
	@$(COMPILE) --group dev --output-file requirements/dev.txt
	@$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/runtime.txt

clean: ## Remove everything that was made here
	rm -rf .venv site dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.runtime .venv/.dev: .venv/.%: requirements/%.txt pyproject.toml scripts/environment.sh
	@scripts/environment.sh $*
