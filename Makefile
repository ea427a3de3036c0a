# caresphere: `make demo` shows it at work, `make test` proves it, `make install` installs it.
# Every target installs what it needs and is missing.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
DESTDIR ?=
bindir = $(PREFIX)/bin
mandir = $(PREFIX)/share/man
bashdir = $(PREFIX)/share/bash-completion/completions
zshdir = $(PREFIX)/share/zsh/site-functions
fishdir = $(PREFIX)/share/fish/vendor_completions.d
unitdir = $(PREFIX)/lib/systemd/system
sysusersdir = $(PREFIX)/lib/sysusers.d
tmpfilesdir = $(PREFIX)/lib/tmpfiles.d

# Names without their folders.
PAGES = $(notdir $(wildcard man/*.$(1)))
UNITS = $(notdir $(wildcard systemd/*.service systemd/*.timer))

# What is installed and packaged: given, it is taken as it is.
BINARY ?= .build/release/caresphere
# One set of flags for all that is built to be tested, so that lint and test share their work.
CHECKED := --build-tests -Xswiftc -warnings-as-errors
SHELL_SCRIPTS = .ci/run scripts/install-deps scripts/demo scripts/build-deb debian/caresphere.postrm Tests/Fuzz/run \
  Tests/Packaging/deb-test Tests/Packaging/within-debian

# Where the Debian package is built.
DEB ?= .build/deb

# How many members the benchmarks make, and which rows of the table they measure (all when empty).
BENCH_ROWS ?= 100000,1000000
BENCH_ONLY ?=

# Which of the harms of Tests/Faults, all when empty.
FAULTS_ONLY ?=

.PHONY: build deps deps-build test faults fuzz lint bench man completions generated install install-systemd uninstall deb deb-test \
  clean demo

build: deps-build
	swift build -c release --product caresphere

deps:
	@scripts/install-deps all

deps-build:
	@scripts/install-deps build

test: deps build
	swift build $(CHECKED)
	CARESPHERE_BIN="$$(realpath $(BINARY))" swift test --skip-build --disable-xctest

# The long form of what the tests do to the program in a few seconds: half an hour and more.
faults: deps build
	.build/venv/bin/python Tests/Faults/faults.py --binary $(BINARY) --long $(if $(FAULTS_ONLY),--only $(FAULTS_ONLY))

# libFuzzer on each parser for FUZZ_SECONDS (600), or on FUZZ_TARGETS alone; it stops at a find and names its file.
fuzz: deps-build
	Tests/Fuzz/run

lint: deps
	swift format lint --strict --recursive Package.swift Sources Tests
	shellcheck $(SHELL_SCRIPTS)
	.build/venv/bin/python -m py_compile Tests/Benchmarks/*.py Tests/Browser/*.py Tests/Faults/*.py Tests/Names/*.py Tests/Recount/*.py Tests/Servers/*.py
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
	install -D -m 0755 "$(BINARY)" "$(DESTDIR)$(bindir)/caresphere"
	for section in 1 5 7; do \
	  install -d "$(DESTDIR)$(mandir)/man$$section"; \
	  install -m 0644 man/*.$$section "$(DESTDIR)$(mandir)/man$$section"; \
	done
	install -D -m 0644 completions/caresphere.bash "$(DESTDIR)$(bashdir)/caresphere"
	install -D -m 0644 completions/_caresphere "$(DESTDIR)$(zshdir)/_caresphere"
	install -D -m 0644 completions/caresphere.fish "$(DESTDIR)$(fishdir)/caresphere.fish"

# For a machine that several people use: the units that cron would stand in for, the user that they run as, its folders.
install-systemd:
	install -d "$(DESTDIR)$(unitdir)" "$(DESTDIR)$(sysusersdir)" "$(DESTDIR)$(tmpfilesdir)"
	for unit in $(UNITS); do \
	  sed 's|^ExecStart=/usr/local/bin/|ExecStart=$(bindir)/|' "systemd/$$unit" \
	    | install -m 0644 /dev/stdin "$(DESTDIR)$(unitdir)/$$unit"; \
	done
	install -m 0644 systemd/sysusers.d/caresphere.conf "$(DESTDIR)$(sysusersdir)"
	install -m 0644 systemd/tmpfiles.d/caresphere.conf "$(DESTDIR)$(tmpfilesdir)"

# What either of them has installed, and nothing else; people's data stay.
uninstall:
	rm -f "$(DESTDIR)$(bindir)/caresphere" "$(DESTDIR)$(bashdir)/caresphere" "$(DESTDIR)$(zshdir)/_caresphere" \
	  "$(DESTDIR)$(fishdir)/caresphere.fish"
	$(foreach section,1 5 7,rm -f $(foreach page,$(call PAGES,$(section)),"$(DESTDIR)$(mandir)/man$(section)/$(page)");)
	rm -f $(foreach unit,$(UNITS),"$(DESTDIR)$(unitdir)/$(unit)") \
	  "$(DESTDIR)$(sysusersdir)/caresphere.conf" "$(DESTDIR)$(tmpfilesdir)/caresphere.conf"

deb: $(BINARY)
	@scripts/install-deps deb
	scripts/build-deb "$(BINARY)" $(DEB)

# Installs, uses and purges the package on a Debian that is made for it; root's.
deb-test: deb
	@scripts/install-deps deb-test
	Tests/Packaging/deb-test $(DEB)/caresphere_*.deb

clean:
	rm -rf .build
