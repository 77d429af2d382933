# Two commands set everything up: `make` builds and serves the book, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python

.DEFAULT_GOAL := serve
.PHONY: serve book test lab study labs labs-ulp labs-isa labs-colab lint links lock adopt env clean help

serve: book ## build the book and serve it on this machine (the default)
	@$(RUN) tools/serve.py $(PORT)

book: env ## build the website into _build/html; warnings are errors
	@$(BIN)/jupyter-book build . --quiet -W -n --keep-going

test: env book ## run every check; ends in one line with the counts
	@$(RUN) tools/test_all.py

lab: env ## re-execute a lab in place, the only way outputs change: make lab LAB=05
	@$(RUN) tools/run_lab.py $(LAB)

study: env ## run a lab's full study, resumable: make study LAB=05 (BACKEND=jax, JOBS=2)
	@$(RUN) tools/study.py $(LAB) $(if $(BACKEND),--backend $(BACKEND)) $(if $(JOBS),--jobs $(JOBS))

labs: env ## run every lab (or LAB=05) and compare every output, strictly
	@$(RUN) tools/strict.py locked $(LAB)

labs-ulp: env ## the same with every initial weight moved by one unit in the last place
	@$(RUN) tools/strict.py ulp $(LAB)

labs-isa: env ## the same with an older instruction set
	@$(RUN) tools/strict.py isa $(LAB)

labs-colab: env ## the same with Colab's exact versions, in an environment of their own
	@$(PYTHON) tools/bootstrap.py colab
	@$(RUN) tools/strict.py colab $(LAB)

lint: env ## style, spelling and the static checks of labs and chapters
	@$(RUN) tools/test_all.py lint

links: env book ## ask the network whether every external link still answers
	@$(BIN)/jupyter-book build . --quiet --builder linkcheck

lock: env ## renew requirements.txt and tools/colab.txt from the files that people edit
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade --no-emit-index-url \
	  --custom-compile-command "make lock" --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade --no-emit-index-url \
	  --custom-compile-command "make lock" --python-version 3.11 tools/colab.in -o tools/colab.txt

adopt: env ## give the book its address: make adopt REPO=owner/name
	@$(RUN) tools/adopt.py $(REPO)

env:
	@$(PYTHON) tools/bootstrap.py

clean: ## remove what was built and installed here
	rm -rf _build .venv .venv-colab node_modules

help: ## list the tasks
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14
