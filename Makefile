# Two commands set everything up: `make` builds and serves the book, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python -m

# A check starts Python some hundred times: what it imports is compiled once, and kept beside it.
unexport PYTHONDONTWRITEBYTECODE

# $(call given,NAME,example): what NAME=… names; without it one line says how to give it
given = $(or $(strip $($(1))),$(error Say which: make $@ $(1)=$(2)))

.DEFAULT_GOAL := serve
.PHONY: serve book print slides edition live test lint audit execute compare study replay drawings exercises variants grading torch known colab colab-image exam hub new links lock address env clean help

serve: book ## build the website and serve it on this machine (the default)
	@$(RUN) tools.serve $(PORT)

book: env ## build the website into _build/html, slides included; warnings are errors
	@$(RUN) tools.build
	@$(RUN) tools.slides

print: book ## print lessons, evidence and back matter into _build/recurrent.pdf
	@$(RUN) tools.printing

slides: book ## print the slides, a PDF for each chapter, into _build/slides
	@$(RUN) tools.slides --pdf

edition: env ## gather the built website, its PDFs and their checksums: make edition EDITION=v2026.1
	@$(RUN) tools.printing
	@$(RUN) tools.slides --pdf
	@$(RUN) tools.edition $(EDITION)

live: env ## serve the website and build it again whenever a source changes
	@$(RUN) tools.serve --live $(PORT)

test: env ## build the website and run every check; ends in one line with the counts (ONLY=lint: one part; ALL=1: every notebook in every leg)
	@$(RUN) tools.checks $(ONLY) $(if $(ALL),--all)

lint: env ## style, spelling and the static checks of notebooks and pages
	@$(RUN) tools.checks lint

audit: env ## ask the network whether weaknesses are known of what is locked
	@$(RUN) tools.audit

execute: env ## rewrite a notebook's outputs, the only way they change: make execute NOTEBOOK=05a
	@$(RUN) tools.execute $(call given,NOTEBOOK,05a)

compare: env ## run notebooks and compare every output: make compare NOTEBOOK=05a LEG=ulp
	@$(RUN) tools.compare $(or $(LEG),locked) $(NOTEBOOK)

study: env ## measure a study's rows in full, resumable: make study STUDY=05a (BACKEND=jax, JOBS=2, DASK=1)
	@$(RUN) tools.study $(call given,STUDY,05a) $(if $(BACKEND),--backend $(BACKEND)) $(if $(JOBS),--jobs $(JOBS)) $(if $(DASK)$(DASK_SCHEDULER),--dask $(DASK_SCHEDULER))

replay: env ## measure a sample of a study's rows again and tie the rows to the code: STUDY=05a
	@$(RUN) tools.study --replay $(call given,STUDY,05a) $(if $(JOBS),--jobs $(JOBS))

drawings: env ## draw the schematics again: make drawings (DRAWING=08-layers for one)
	@$(RUN) tools.drawings $(DRAWING)

exercises: env ## make the exercise notebooks of their sources again: make exercises (CHAPTER=5 for one)
	@$(RUN) tools.exercises $(CHAPTER)

variants: env ## make graded exercises whose hidden tests draw from a word of yours: make variants SEED=word
	@$(RUN) tools.variants "$(call given,SEED,word)" $(CHAPTER)

grading: env ## grade exercises with nbgrader, in an environment of its own: make grading (CHAPTER=5)
	@$(BIN)/uv run --quiet --no-project --isolated --with nbgrader==0.9.6 --with numpy \
	  python -m tools.grading $(CHAPTER)

torch: env ## run the lab "Keras and PyTorch" beside PyTorch's own layers, in an environment of its own
	@$(BIN)/uv tool run --quiet --isolated --python $(BIN)/python --with torch==2.14.0 --with keras==3.15.1 \
	  --with matplotlib --with nbformat --with pyyaml python -m tools.with_torch

known: env ## find out where the book runs, other versions and backends: make known (WHERE=oldest-3.12 NOTEBOOK=05)
	@$(RUN) tools.known $(NOTEBOOK) $(if $(WHERE),--where $(WHERE)) $(if $(JOBS),--jobs $(JOBS))

colab: env ## write what Colab's image holds today into tools/colab.in; then make lock
	@$(RUN) tools.colab

colab-image: ## run the labs in the image that Colab runs, with docker
	docker run --rm --volume "$(CURDIR):/book:ro" us-docker.pkg.dev/colab-images/public/runtime:latest \
	  bash -ec 'for lab in /book/notebooks/[0-9]*.ipynb; do jupyter nbconvert --to notebook --execute --output-dir /tmp "$$lab"; done'

exam: env ## write an exam and its solutions into _build/exam: SEED=word (CHAPTERS=3,4,5 QUESTIONS=8)
	@$(RUN) tools.exam --seed "$(call given,SEED,word)" $(if $(CHAPTERS),--chapters $(CHAPTERS)) $(if $(QUESTIONS),--questions $(QUESTIONS))

hub: env ## print links that open the notebooks on a JupyterHub: HUB=https://hub.example.org
	@$(RUN) tools.hub $(call given,HUB,https://hub.example.org)

new: env ## lay out an empty chapter: make new CHAPTER=11 NAME=machine-translation
	@$(RUN) tools.new $(call given,CHAPTER,11) $(call given,NAME,machine-translation)

links: env book ## ask the network whether every external link still answers
	@$(RUN) tools.build --builder linkcheck

lock: env ## renew requirements.txt and tools/colab.txt from the files that people edit
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade --no-emit-index-url \
	  --custom-compile-command "make lock" --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade --no-emit-index-url \
	  --custom-compile-command "make lock" --python-version 3.11 tools/colab.in -o tools/colab.txt

address: env ## give the book its address: make address REPO=owner/name
	@$(RUN) tools.address $(call given,REPO,owner/name)

env:
	@$(PYTHON) tools/bootstrap.py

clean: ## remove what was built and installed here
	rm -rf _build .browser .venv .venv-colab node_modules

help: ## list the tasks
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14
