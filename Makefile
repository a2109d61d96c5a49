# The few verbs of this project. Each sets itself up: a virtual environment in .venv, made anew
# whenever pyproject.toml has changed.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.installed
CODE := spec mock_server contract_tests stateful fixtura tests benchmarks

# The parts whose every branch is tested: the sandbox's domain and the kit's model.
CORES := tests/domain tests/stateful/test_books.py tests/stateful/test_outlook.py tests/stateful/test_records.py \
    tests/stateful/test_register_model.py tests/stateful/test_holdings_model.py

.PHONY: demo test check verify bench score clean

demo: $(READY)  ## start the sandbox, play the guide's story, judge it with the kit, leave a report
	@$(BIN)/fixtura demo

test: check  ## lint, types and every test that fits into ten minutes
	$(BIN)/pytest $(CORES) -n 2 -q --cov=mock_server/domain --cov=stateful/model --cov-branch \
	    --cov-fail-under=100 --cov-report=term-missing:skip-covered
	$(BIN)/pytest -n 2 --dist worksteal -m "not verify" $(CORES:%=--ignore=%)

check: $(READY)  ## formatting, lint, strict types, and the OpenAPI documents themselves
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/openapi-spec-validator $(wildcard spec/*/openapi.yaml spec/*/control.yaml)

verify: test  ## what takes longer: four-seed Schemathesis, the kit at full length, the long soak
	$(BIN)/pytest -n 0 -m verify

bench: $(READY)  ## growth, memory, throughput, lists and depreciation runs, as measured in one go
	$(BIN)/python -m benchmarks

score: $(READY)  ## the kit and plain Schemathesis against every seeded fault, and the kit against right servers
	@mkdir -p build
	$(BIN)/fixtura score --seeds 3 --baseline --clean 20 --twin layer=tests.implementations.flask_layer:create_app \
	    --json build/score.json --html build/score.html --markdown benchmarks/score.md

clean:
	rm -rf .venv build dist out *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	@touch $@
