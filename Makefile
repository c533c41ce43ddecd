# Two commands do all the set-up: `make run` and `make test`.

PORT ?= 5000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test bench lint check model locks clean training viewhost pictures client services soak-feedback browser screenshots function build-Skill build-ForgetTokens fuzz sbom audit soak
.DEFAULT_GOAL := run

run: $(VENV)/.run
	@$(BIN)/bump-guide serve --port $(PORT)

test: $(VENV)/.test
	@$(BIN)/python -m pytest -n auto -q

# Every budget as one table; takes minutes. BENCH="turns start rating http large" names parts. HTTP needs wrk, Debian's package.
bench: $(VENV)/.test
	@PYTHONPATH=tests $(BIN)/python tests/benchmarks/understanding.py
	@PYTHONPATH=tests $(BIN)/python -m bench.measure
	@PYTHONPATH=tests $(BIN)/python -W ignore -m benchmarks.everything $(BENCH)

# What `bump-guide train` needs, and the tests of it, which are skipped without.
training: $(VENV)/.test
	@echo "Installing what requirements/training.txt names ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/training.txt

# What the tests of the screens need, which are skipped without: Amazon's renderer of APL, and a browser to run it in.
viewhost:
	@command -v node >/dev/null && command -v npm >/dev/null && command -v chromium >/dev/null && test -e /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf || \
	  { echo "make: for the screens, install what is missing of (on Debian) nodejs npm chromium fonts-dejavu-core." >&2; exit 1; }
	@echo "Installing what tests/screens/package-lock.json names ..."
	@cd tests/screens && npm ci --silent --ignore-scripts --no-audit --no-fund

# Pictures of the screens into a folder, for eyes: make pictures TO=folder
pictures: $(VENV)/.test
	@test -n "$(TO)" || { echo "make: name the folder for the pictures: make pictures TO=folder" >&2; exit 1; }
	@PYTHONPATH=tests $(BIN)/python -m screens.pictures "$(abspath $(TO))"

# The independent client that one test talks with, which is skipped without.
client:
	@echo "Installing what tests/certify/package-lock.json names ..."
	@npm ci --prefix tests/certify --ignore-scripts --no-audit --no-fund --silent

# Dynalite, a DynamoDB on this machine, for the tests of feedback; they are skipped without. PostgreSQL is Debian's own.
services: tests/feedback/node_modules/.package-lock.json

tests/feedback/node_modules/.package-lock.json: tests/feedback/package-lock.json
	@command -v npm >/dev/null || { echo "make: npm is not installed (on Debian, apt-get install npm)." >&2; exit 1; }
	@cd tests/feedback && npm ci --omit=optional --no-audit --no-fund --silent

# 8 processes write 100,000 records each to every store and are killed at random; prints the table. SOAK="--records 1000" is shorter.
soak-feedback: $(VENV)/.test services
	@$(BIN)/python tests/feedback/soak.py $(SOAK)

# Throws what a coverage-guided fuzzer thinks of at the whole door, for ten minutes, and prints a table. FUZZ="--minutes 1" is shorter.
fuzz: $(VENV)/.test
	@echo "Installing what requirements/fuzz.txt names ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	@PYTHONPATH=tests $(BIN)/python -m fuzz.run $(FUZZ)

# What is shipped, and under which licences: requirements/sbom.cdx.json and docs/licences.md, after the locks have changed.
sbom: $(VENV)/.test
	@$(BIN)/python requirements/sbom.py

# Known vulnerabilities of everything locked. Asks the internet, so it is no part of CI; write the date into docs/security.md.
audit: $(VENV)/.dev
	@for lock in run lambda test dev; do $(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements/$$lock.txt || \
	  { echo "make: requirements/$$lock.txt did not pass. Where the line above says \"not found on PyPI\", this machine does not reach" \
	    "pypi.org's lists of vulnerabilities, and nothing was audited." >&2; exit 1; }; done

# The production server under load for ten minutes; prints the table. SOAK="--minutes 1" is shorter.
soak: $(VENV)/.test
	@$(BIN)/python tests/load/soak.py $(SOAK)

# What the tests of the bench need beside Chromium, which are skipped without: axe, which looks for what shuts people out.
browser:
	@command -v npm >/dev/null || { echo "make: npm is not installed (on Debian, apt-get install npm)." >&2; exit 1; }
	@echo "Installing what tests/bench/package-lock.json names ..."
	@cd tests/bench && npm ci --ignore-scripts --no-audit --no-fund --silent

# Every page of the bench at three widths, light and dark, to be looked at.
screenshots: $(VENV)/.test
	@PYTHONPATH=tests $(BIN)/python -m bench.screenshots var/screenshots

# What goes to AWS: template.yaml held against Amazon's rules, then both functions built; prints how large each part is.
function: $(VENV)/aws-tools/.made $(VENV)/.run
	@$(VENV)/aws-tools/bin/cfn-lint -t template.yaml -r us-east-1 eu-west-1 us-west-2 ap-northeast-1
	@SAM_CLI_TELEMETRY=0 $(VENV)/aws-tools/bin/sam validate --lint --region us-east-1
	@SAM_CLI_TELEMETRY=0 $(VENV)/aws-tools/bin/sam build

# Called by `sam build` for each function of template.yaml, with the folder to fill in ARTIFACTS_DIR.
build-Skill build-ForgetTokens: $(VENV)/.run
	@$(BIN)/bump-guide deploy-build "$(ARTIFACTS_DIR)"

$(VENV)/aws-tools/.made: requirements/aws-tools.txt $(VENV)/.made
	@echo "Installing what requirements/aws-tools.txt names ..."
	@$(PYTHON) -m venv $(VENV)/aws-tools
	@$(VENV)/aws-tools/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/aws-tools.txt
	@touch $@

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: $(VENV)/.run
	$(BIN)/bump-guide check

model: $(VENV)/.run
	$(BIN)/bump-guide model build

clean:
	rm -rf $(VENV) var

# An environment of our own, with exactly what the locks name. Each marker is remade when its lock changes.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is not installed: install Python 3.11 or later, or name one with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $$($(PYTHON) --version) is too old: install Python 3.11 or later, or name one with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: this Python has no venv package: install it (on Debian, apt-get install python3-venv) and run make again." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

define install
	@echo "Installing what requirements/$(1).txt names ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
endef

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.made
	$(call install,run)

$(VENV)/.test: requirements/test.txt pyproject.toml $(VENV)/.made
	$(call install,test)
	@touch $(VENV)/.run

$(VENV)/.dev: requirements/dev.txt pyproject.toml $(VENV)/.made
	$(call install,dev)
	@touch $(VENV)/.run $(VENV)/.test

# The locks, made anew from pyproject.toml; what is locked already stays where it can.
define lock
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 $(2) -o requirements/$(1).txt requirements/build.in pyproject.toml
endef

locks: $(VENV)/.dev
	$(call lock,run,--extra editor --extra production)
	$(call lock,test,-c requirements/run.txt --extra aws --extra editor --extra postgres --extra production --extra test)
	$(call lock,dev,-c requirements/test.txt --extra aws --extra editor --extra postgres --extra production --extra test --extra dev)
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --no-emit-package docopt --python-version 3.13 --python-platform aarch64-manylinux_2_28 -c requirements/test.txt -o requirements/lambda.txt requirements/lambda.in
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -o requirements/aws-tools.txt requirements/aws-tools.in
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -o requirements/fuzz.txt requirements/fuzz.in
