# Two commands: `make run` starts the bot, `make test` checks everything.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run ocr test check measure lengths editors speed latency metrics-cost crash upgrade validate pictures manifests revision lock licences audit sbom format clean

run: .venv/run
	@$(BIN)/python -m bot run --try-out

# What reading pictures needs, into the same environment: 420 MB.
ocr: .venv/ocr

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot check
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist worksteal

check: .venv/run
	@$(BIN)/python -m bot check

# How often the right article is found, beside plain rapidfuzz; fails where a labelled picture is misread,
# where a message is in one of the surroundings of which `make test` tries a fifth or fewer,
# or where one of a thousand examples breaks a property of which `make test` tries forty.
measure: .venv/dev
	@$(BIN)/python -m tests.measure
	EVERY_PAIR=1 $(BIN)/pytest tests/recognition tests/test_measure_unseen.py
	EXAMPLES=1000 $(BIN)/pytest -m hypothesis

# How long the replies are on a phone: words, lines, place of step 1, buttons.
lengths: .venv/dev
	@$(BIN)/python -m tests.lengths

# Which tests fall when an editor changes every word that people read.
editors: .venv/dev
	@$(BIN)/python -m tests.editors

# How fast, in ratios against rapidfuzz in the same run; fails where redaction is slower than linear.
speed: .venv/dev
	@$(BIN)/python -m tests.speed

# What keeping everything costs, beside a bare Bolt app in the same run; AGAINST=commit measures that commit too.
latency: .venv/dev
	@AGAINST=$(AGAINST) $(BIN)/python -m tests.latency

# What metrics cost that are scraped, beside the bot without them; AGAINST="commit …" measures those commits too.
metrics-cost: .venv/dev
	@AGAINST="$(AGAINST)" $(BIN)/python -m tests.metrics_cost

# Kills the bot 300 times under load and counts what is lost or doubled; KILLS=100 for fewer, SECONDS=20 for a short storm.
crash: .venv/dev
	@SECONDS=$(SECONDS) KILLS=$(KILLS) $(BIN)/python -m tests.crash

# Replaces two instances of an earlier commit one after the other, under load; FROM=commit names another one.
upgrade: .venv/dev
	@FROM=$(FROM) $(BIN)/python -m tests.rolling_upgrade

# Asks Slack's blocks.validate about every payload that the bot sends in its tests; needs no token.
validate: .venv/dev
	@$(BIN)/python -m tests.validate

pictures: .venv/dev
	$(BIN)/python -m tests.pictures

# The Slack app manifests: for Socket Mode and HTTP, as YAML and JSON.
manifests: .venv/run
	@$(BIN)/python -m bot manifest --write

# A new revision of the tables, from the difference between tables.py and the newest one: make revision NAME="keep shifts".
revision: .venv/dev
	@$(BIN)/python -m tests.revision "$(NAME)"

# Packages with their licences, into docs/dependencies.md.
licences: .venv/dev
	@$(BIN)/python -m tests.licences

# Whether weaknesses of the locked packages are known. Needs a network, as it installs and asks; changes nothing here.
audit: .venv/dev
	@$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes --requirement requirements-ocr.txt || \
	  { echo "audit: weaknesses are listed above, or the advisory service cannot be asked: this needs a network" >&2; exit 1; }

# The bill of materials in CycloneDX's form: the locked packages with their hashes, into sbom.json. Needs a network, as it installs the tool.
sbom: .venv/dev
	@$(BIN)/uv tool run --from cyclonedx-bom cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.json requirements-ocr.txt

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# New versions of the dependencies, written down with their hashes.
lock: .venv/dev
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --output-file requirements-ocr.txt --constraint requirements.txt --extra ocr pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --output-file requirements-dev.txt --constraint requirements-ocr.txt --extra ocr --group dev pyproject.toml

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.txt
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@

.venv/ocr: .venv/bin/python requirements-ocr.txt
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-ocr.txt
	@touch $@ .venv/run

.venv/dev: .venv/bin/python requirements-dev.txt
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@ .venv/run .venv/ocr

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
