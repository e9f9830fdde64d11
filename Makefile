# Attune. `make demo` and `make test` install what is missing (LibTorch, Debian packages) and build.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# One set of flags for everything, so that the program and its tests are built once.
BUILD := swift build -c release -Xswiftc -enable-testing
ATTUNE := .build/release/attune
PYTHON ?= .bench/venv/bin/python
DEMO := .demo

# What the program does for itself at its start; Sources/AttuneCommands/Machine/ThreadWaiting.swift says why.
export GOMP_SPINCOUNT ?= 1000

.PHONY: build test check-slow test-without-libtorch demo bench format lint docs ready

build: ready
	$(BUILD) --product attune

test: ready lint
	$(BUILD) --build-tests
	scripts/suite
	python3 scripts/check/quickstart.py --quick
	python3 scripts/check/annotation.py --quick

# Everything that is too slow for each change: whole data files, and a build without LibTorch.
check-slow: test test-without-libtorch
	ATTUNE_SLOW=1 scripts/suite --minutes 60
	python3 scripts/check/sandbox.py
	python3 scripts/check/on_policy.py
	python3 scripts/check/quickstart.py
	python3 scripts/check/experiments.py
	python3 scripts/check/oversight.py
	python3 scripts/check/annotation.py
	python3 scripts/check/serving.py
	python3 scripts/check/loop.py
	python3 scripts/check/dashboard.py
	python3 scripts/check/studio.py
	scripts/check/annotation_pages
	scripts/check/event_files .demo/check-quickstart/seed-0

test-without-libtorch:
	swift build --disable-default-traits --scratch-path .build/without-libtorch --build-tests
	swift test --disable-default-traits --scratch-path .build/without-libtorch --skip-build

# The whole pipeline on a small world, from nothing; after Ctrl-C it goes on where it was.
demo: build
	$(ATTUNE) quickstart --out $(DEMO)/quickstart

# Side by side with TRL, in one sitting; BENCH is passed on (see python3 bench/compare.py --help).
bench: build
	python3 bench/compare.py $(BENCH)

format:
	swift format format --in-place --recursive --parallel Package.swift Sources Tests

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

# The documentation of the libraries as a DocC archive a target.
docs: ready
	scripts/docs

ready:
	scripts/packages
	scripts/libtorch > /dev/null
