# Everything from a fresh clone, on a machine with Python 3.11+ and make:
#   make demo   sets up and analyses a sample resume
#   make test   sets up and runs the tests
#   make check  sets up and runs every check that CI runs besides the tests
#   make fuzz   sets up and feeds the readers made-up inputs for 20 seconds

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check fuzz format vectors clean

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/.installed
	$(BIN)/gapfit fit sample_resumes/worked-example.pdf

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gapfit embeddings verify
	$(BIN)/python benchmarks/quality/check.py
	$(BIN)/python tests/check_wheel.py
	$(BIN)/python tools/check_dependencies.py

fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/fuzz/run.py --seconds 20

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

vectors: $(VENV)/.installed-dev
	$(BIN)/gapfit embeddings build

# torch first and from the constraints: a CPU build that is there, or that pip finds, is kept and not
# replaced by a newer release and the CUDA packages it brings along.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --constraint constraints.txt torch
	$(PIP) install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
