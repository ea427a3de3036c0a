# caresphere: `make demo` shows it at work, `make test` proves it, `make install` installs it.
# Every target installs what it needs and is missing.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
DESTDIR ?=
bindir = $(DESTDIR)$(PREFIX)/bin
mandir = $(DESTDIR)$(PREFIX)/share/man
bashdir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

BINARY := .build/release/caresphere
# One set of flags for all that is built to be tested, so that lint and test share their work.
CHECKED := --build-tests -Xswiftc -warnings-as-errors
SHELL_SCRIPTS = .ci/run scripts/install-deps scripts/demo

# How many members the benchmarks make, and which rows of the table they measure (all when empty).
BENCH_ROWS ?= 100000,1000000
BENCH_ONLY ?=

.PHONY: build deps deps-build test lint bench man completions generated install uninstall clean demo

build: deps-build
	swift build -c release --product caresphere

deps:
	@scripts/install-deps all

deps-build:
	@scripts/install-deps build

test: deps build
	swift build $(CHECKED)
	CARESPHERE_BIN="$$(realpath $(BINARY))" swift test --skip-build --disable-xctest

lint: deps
	swift format lint --strict --recursive Package.swift Sources Tests
	shellcheck $(SHELL_SCRIPTS)
	.build/venv/bin/python -m py_compile Tests/Benchmarks/*.py Tests/Recount/*.py
	swift build $(CHECKED)
	swift test --skip-build --disable-xctest --filter GeneratedFilesTests

# The man pages and the completions are rendered from the declarations of the commands, and committed.
man completions: generated

# A run that records fails, lest it be taken for one that compares; that one follows.
generated: deps-build
	swift build $(CHECKED)
	CARESPHERE_RECORD=1 swift test --skip-build --disable-xctest --filter GeneratedFilesTests >/dev/null || true
	swift test --skip-build --disable-xctest --filter GeneratedFilesTests

bench: deps build
	swift build -c release --product rendering-benchmark
	.build/venv/bin/python Tests/Benchmarks/bench.py --binary $(BINARY) \
	  --rows $(BENCH_ROWS) $(if $(BENCH_ONLY),--only $(BENCH_ONLY)) --output Tests/Benchmarks/RESULTS.md

demo: build
	@scripts/demo "$$(realpath $(BINARY))"

$(BINARY):
	$(MAKE) build

install: $(BINARY)
	install -D -m 0755 $(BINARY) $(bindir)/caresphere
	install -d $(mandir)/man1 $(mandir)/man5 $(mandir)/man7
	install -m 0644 man/*.1 $(mandir)/man1
	install -m 0644 man/*.5 $(mandir)/man5
	install -m 0644 man/*.7 $(mandir)/man7
	install -D -m 0644 completions/caresphere.bash $(bashdir)/caresphere
	install -D -m 0644 completions/_caresphere $(zshdir)/_caresphere
	install -D -m 0644 completions/caresphere.fish $(fishdir)/caresphere.fish

uninstall:
	rm -f $(bindir)/caresphere $(mandir)/man1/caresphere.1 $(mandir)/man1/caresphere-*.1 $(mandir)/man5/caresphere-*.5 \
	  $(mandir)/man7/caresphere-*.7 $(bashdir)/caresphere $(zshdir)/_caresphere $(fishdir)/caresphere.fish

clean:
	rm -rf .build
