# Payback. Each target installs what it needs: system packages by name, Python tools into virtual environments.
.DEFAULT_GOAL := help
SHELL := /bin/bash

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
LIBRARIES := libsimdjson-dev libsqlite3-dev zlib1g-dev libzstd-dev libboost-math-dev libxlsxwriter-dev libcurl4-openssl-dev \
  liblapacke-dev libopenblas-serial-dev libnlopt-dev
SWIFT_FLAGS := --explicit-target-dependency-import-check error
SAMPLE := .build/sample
AUDIT_RECORDS := 2000000

.PHONY: charts help run demo-levers test soak check format docs bench-audit bench-gateway bench-import bench-smoke load-tools golden clean libraries bench-roi bench-replay browser bench-attribution

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: libraries charts ## Build, audit composed sample traffic, and serve it: the gateway and the dashboard
	@swift build $(SWIFT_FLAGS) --product payback && swift build $(SWIFT_FLAGS) --product fake-provider
	@mkdir -p $(SAMPLE)
	@.build/debug/payback sample --requests 20000 --seed 1 --output $(SAMPLE)/usage.jsonl
	@.build/debug/payback audit $(SAMPLE)/usage.jsonl --invoice openai=2026-10:$(SAMPLE_INVOICE) --format html --output $(SAMPLE)/audit.html
	@.build/debug/payback audit $(SAMPLE)/usage.jsonl --invoice openai=2026-10:$(SAMPLE_INVOICE) --format json --output $(SAMPLE)/audit.json
	@.build/debug/payback audit $(SAMPLE)/usage.jsonl --invoice openai=2026-10:$(SAMPLE_INVOICE)
	@echo
	@echo "Traffic  $(SAMPLE)/usage.jsonl   (composed, not real: docs/sample.md)"
	@echo "Page     $(SAMPLE)/audit.html"
	@echo "JSON     $(SAMPLE)/audit.json"
	@echo "Yours    .build/debug/payback audit YOUR-EXPORT   (formats: docs/formats.md)"
	@.build/debug/payback import $(SAMPLE)/usage.jsonl --ledger sqlite:$(SAMPLE)/ledger.sqlite >/dev/null
	@echo
	@Scripts/serve-sample .build/debug $(SAMPLE)

demo-levers: libraries ## Build, and watch levers prove themselves on composed traffic: one is promoted, one taken back
	@swift build $(SWIFT_FLAGS) --product payback && swift build $(SWIFT_FLAGS) --product fake-provider
	@Scripts/demo-levers .build/debug .build/demo-levers

# The invoice that the sample's openai spend is compared with.
SAMPLE_INVOICE := 24.10

test: libraries .venv-sdk browser ## Build once, and run every test
	@swift build $(SWIFT_FLAGS) --build-tests
	@swift test --skip-build --parallel
	@Tests/SDK/run .build/debug
	@Tests/Browser/run .build/debug .build/pictures

soak: libraries .venv-sdk load-tools ## The long tests: twenty kills, ten minutes of traffic with flat memory
	@swift build $(SWIFT_FLAGS) --build-tests
	@PAYBACK_SOAK=1 swift test --skip-build --filter "payback serve|ServeTests"
	@swift build -c release --product payback && swift build -c release --product fake-provider
	@Benchmarks/gateway/soak .build/release

check: test ## Tests, format, documentation, benchmark smoke
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests
	@Scripts/check-documentation
	@$(MAKE) --no-print-directory bench-smoke

format: ## Put the sources into their format
	@swift format --in-place --recursive --parallel Package.swift Sources Tests

golden: libraries ## Write the golden files anew; look at the difference before committing it
	@PAYBACK_UPDATE_GOLDEN=1 swift test --filter Golden

bench-audit: libraries .venv-bench ## Audit 2,000,000 records beside DuckDB and Polars
	@swift build -c release --product payback
	@mkdir -p .build/bench
	@.build/release/payback sample --requests $(AUDIT_RECORDS) --seed 1 --content hashes --output .build/bench/usage.jsonl
	@.venv-bench/bin/python Benchmarks/audit/compare.py --file .build/bench/usage.jsonl --payback .build/release/payback --runs 3 --output .build/bench/audit.md

bench-gateway: libraries .venv-gateway ## Payback beside nginx, TensorZero and LiteLLM
	@$(MAKE) --no-print-directory load-tools
	@swift build -c release --product payback && swift build -c release --product fake-provider
	@mkdir -p .build/bench
	@.venv-gateway/bin/python Benchmarks/gateway/run.py --payback .build/release/payback --fake .build/release/fake-provider --output .build/bench/gateway.md

# Chart.js, for charts that answer the pointer; without it they stay as the server draws them.
charts:
	@[ -e /usr/share/javascript/chart.js ] || ! command -v apt-get >/dev/null || { $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq libjs-chart.js >/dev/null; } || echo "Chart.js is not to be had: charts stay as the server draws them."

load-tools:
	@for tool in nginx wrk; do command -v $$tool >/dev/null || { $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$tool >/dev/null; }; done

.venv-gateway: Benchmarks/gateway/requirements.txt
	@python3 -m venv .venv-gateway || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv && python3 -m venv .venv-gateway)
	@.venv-gateway/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/gateway/requirements.txt
	@touch .venv-gateway

bench-import: libraries ## Import 10,000,000 records and a bill of 1,000,000 lines into SQLite, and ask for a year's sums
	@swift build -c release --product payback
	@Benchmarks/ledger/run .build/release/payback

bench-roi: libraries .venv-bench ## 100,000 draws of a scenario beside NumPy
	@swift build -c release --product payback
	@mkdir -p .build/bench
	@.venv-bench/bin/python Benchmarks/roi/compare.py --payback .build/release/payback --output .build/bench/roi.md

bench-attribution: libraries .venv-bench ## Synthetic controls of 39 states beside pysyncon
	@swift build -c release --product payback
	@mkdir -p .build/bench
	@.venv-bench/bin/python Benchmarks/attribution/compare.py --payback .build/release/payback --output .build/bench/attribution.md

bench-replay: libraries ## Replay 1,000,000 records through a plan
	@swift build -c release --product payback
	@Benchmarks/replay/run .build/release/payback

bench-smoke: libraries .venv-bench
	@.build/debug/payback sample --requests 20000 --seed 1 --content hashes --output .build/smoke.jsonl
	@.venv-bench/bin/python Benchmarks/audit/compare.py --file .build/smoke.jsonl --payback .build/debug/payback --check-only
	@.venv-bench/bin/python Benchmarks/roi/compare.py --payback .build/debug/payback --check-only

.venv-sdk: Tests/SDK/requirements.txt
	@python3 -m venv .venv-sdk || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv && python3 -m venv .venv-sdk)
	@.venv-sdk/bin/pip install --quiet --disable-pip-version-check -r Tests/SDK/requirements.txt
	@touch .venv-sdk

.venv-browser: Tests/Browser/requirements.txt
	@python3 -m venv .venv-browser || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv && python3 -m venv .venv-browser)
	@.venv-browser/bin/pip install --quiet --disable-pip-version-check -r Tests/Browser/requirements.txt
	@touch .venv-browser

# Chromium prints PDFs and runs the browser tests; Chart.js makes charts answer the pointer. Without them the tests say so.
browser: .venv-browser
	@if command -v dpkg-query >/dev/null; then \
	  missing=$$(for package in chromium libjs-chart.js; do dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	  if [ -n "$$missing" ]; then echo "Installing $$missing"; $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing >/dev/null || true; fi; \
	fi

.venv-bench: Benchmarks/audit/requirements.txt Benchmarks/roi/requirements.txt Benchmarks/attribution/requirements.txt
	@python3 -m venv .venv-bench || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv && python3 -m venv .venv-bench)
	@.venv-bench/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/audit/requirements.txt -r Benchmarks/roi/requirements.txt -r Benchmarks/attribution/requirements.txt
	@touch .venv-bench

# Installs the missing ones by name; asks nobody where there is nothing to do.
libraries:
	@if command -v dpkg-query >/dev/null; then \
	  missing=$$(for package in $(LIBRARIES); do dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	  if [ -n "$$missing" ]; then echo "Installing $$missing"; $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing >/dev/null; fi; \
	elif command -v brew >/dev/null; then brew install --quiet simdjson sqlite zlib zstd boost libxlsxwriter lapack nlopt curl; \
	else echo "Install the development files of simdjson, SQLite, zlib, Zstandard, Boost, libxlsxwriter, libcurl, LAPACKE and NLopt first."; exit 1; fi

clean: ## Remove what was built
	@rm -rf .build .venv-bench .venv-sdk .venv-browser .venv-gateway
