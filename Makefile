# The two commands are `make serve` and `make test`.

PYTHON ?= python3.11
PY := .venv/bin/python
BUILT := models/built/multilingual-e5-small/manifest.json
DATA ?= ../shared/data

.PHONY: install serve test test-system lint bench bench-themes quality

install: .venv/.serve $(BUILT)
	@$(PY) -m nlp_service models install

.venv/bin/python:
	$(PYTHON) -m venv .venv || python3 -m venv .venv

.venv/.serve: requirements.txt | .venv/bin/python
	$(PY) -m pip install --disable-pip-version-check -q -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt requirements-names.txt .venv/.serve
	$(PY) -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	@touch $@

$(BUILT): | .venv/.serve
	$(PY) -m nlp_service models install

serve: install
	$(PY) -m nlp_service serve --with-samples

test: install .venv/.dev
	$(PY) -m pytest

test-system:
	command -v chromium >/dev/null || (apt-get update -q && apt-get install -yq --no-install-recommends chromium)

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/codespell nlp_service tests benchmarks *.md

bench: install .venv/.dev
	$(PY) -m benchmarks.speed

quality: install
	$(PY) -m nlp_service evaluate sentiment --data $(DATA) --limit 300 --json var/sentiment.jsonl
	$(PY) -m nlp_service evaluate sentiment --baseline tf-idf --data $(DATA) --limit 300 --json var/sentiment-tfidf.jsonl
	$(PY) -m nlp_service evaluate sentiment --baseline frozen --data $(DATA) --limit 300 --json var/sentiment-frozen.jsonl
	$(PY) -m nlp_service evaluate sentiment --corpus umsab --data $(DATA) --json var/umsab.jsonl
	$(PY) -m nlp_service evaluate requests --data $(DATA) --limit 500 --json var/requests.jsonl
	$(PY) -m nlp_service evaluate requests --baseline tf-idf --data $(DATA) --limit 500 --json var/requests-tfidf.jsonl
	$(PY) -m nlp_service evaluate requests --baseline frozen --data $(DATA) --limit 500 --json var/requests-frozen.jsonl
	$(PY) -m nlp_service evaluate emotion --data $(DATA) --limit 300 --json var/emotion.jsonl
	$(PY) -m nlp_service evaluate cues --data $(DATA) --json var/cues.jsonl
	$(PY) -m nlp_service evaluate experience --data $(DATA) --json var/experience.jsonl
	$(PY) -m nlp_service evaluate pii --data $(DATA) --json var/pii.jsonl
	$(PY) -m nlp_service evaluate topics --data $(DATA) --languages en,fa,tr,ar --corpus sib200 --json var/sib200.jsonl
	$(PY) -m nlp_service evaluate topics --data $(DATA) --languages en,ar --corpus banking77_ar_en --json var/banking.jsonl
	$(PY) -m nlp_service scorecard var/sentiment.jsonl var/sentiment-tfidf.jsonl var/sentiment-frozen.jsonl var/requests.jsonl var/requests-tfidf.jsonl var/requests-frozen.jsonl var/emotion.jsonl var/cues.jsonl var/experience.jsonl var/pii.jsonl var/sib200.jsonl var/banking.jsonl

bench-themes: install .venv/.dev
	$(PY) -m benchmarks.themes --data $(DATA)
