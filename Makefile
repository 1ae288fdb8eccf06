# `make help` lists the targets.

SHELL := /bin/bash
CARGO ?= cargo
# Tools that .ci/run installs, after what is on the PATH.
export PATH := $(PATH):$(CURDIR)/target/tools/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo dist test test-faults drill fixture vectors ftm check fmt lint deny load bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing: PostgreSQL's server binaries, a C compiler
	@scripts/setup

demo: setup ## Play the story on a private database; ARGS="--keep --json" keeps serving
	@$(CARGO) run --locked -- demo $(ARGS)

dist: setup ## Build the program as it is shipped, into target/dist
	@$(CARGO) build --locked --profile dist --package focalnet

test: ## Run all tests, on private databases that they start themselves
	@scripts/setup tests
	@$(CARGO) test --locked --workspace $(ARGS)

test-faults: ## Kill servers and databases for SECONDS (600) and count what was acknowledged
	@scripts/setup tests
	@FAULT_SECONDS=$(or $(SECONDS),600) $(CARGO) test --locked --package focalnet --test it -- faults:: --nocapture

drill: ## Run the commands of docs/operations.md: standby, backup, restore, promotion
	@scripts/setup tests
	@$(CARGO) build --locked --package focalnet
	@scripts/drill

fixture: setup ## Keep the rows of the story at the present schema; once for each release
	@$(CARGO) run --locked --example fixture

vectors: export ORACLE_CACHE ?= $(CURDIR)/target/tools/oracle
vectors: ## Compare the vectors of conditions with what another engine makes of them
	@tools/oracle/check

ftm: export FTM_CACHE ?= $(CURDIR)/target/tools/ftm
ftm: ## Validate exported assets by the published schema of FollowTheMoney
	@tools/ftm/check

check: lint deny test ## Everything that has to be green before a commit

fmt: ## Format Rust and proto files
	@$(CARGO) fmt --all
	@buf format --write

lint: setup ## Check format, lints, documentation and the contract
	@$(CARGO) fmt --all --check
	@buf lint
	@buf format --diff --exit-code
	@$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps

deny: ## Check bans, licences and sources of the dependencies
	@$(CARGO) deny --locked check bans licenses sources

# Without ARGS everything is measured, also against the rival, which takes Node.
load: setup ## Measure what calls cost, with real clients; ARGS="--requests 100000 --json read_request" chooses
	@$(CARGO) build --locked --release --package focalnet --package focalnet-measure
	@$(if $(ARGS),,cd tools/rivals && npm ci --silent)
	@target/release/focalnet-measure $(or $(ARGS),--all --seconds 1)

bench: setup ## Measure what is pure
	@$(CARGO) bench --locked --workspace $(ARGS)

clean: ## Remove what was built
	@$(CARGO) clean
