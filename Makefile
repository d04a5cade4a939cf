# Commands for developers. `make run` and `make test` need nothing but Python 3.11 or newer.
PYTHON := .venv/bin/python
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: run test test-model lint format lock messages demo screenshots pictures bench image

run:  ## Serve the product; PORT= and HOST= change where, MODEL=1 installs what a language model (MODEL_URL) needs.
	@sh config/make/run.sh

test:  ## Everything: unit, integration (on PostgreSQL as well) and browser tests.
	@sh config/make/test.sh $(ARGS)

test-model:  ## The protocol with a small language model that a package brings; compiles its server the first time.
	@sh config/make/test_model.sh $(ARGS)

lint:  ## All checks that do not run the product.
	@sh config/make/lint.sh

format:  ## Format code and templates.
	@sh config/make/venv.sh dev
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format .
	@.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html') || true

lock:  ## Renew requirements/*.txt from requirements/*.in, with hashes.
	@sh config/make/venv.sh dev
	@$(COMPILE) $(ARGS) -o requirements/run.txt requirements/run.in
	@$(COMPILE) $(ARGS) -c requirements/run.txt -o requirements/s3.txt requirements/s3.in
	@$(COMPILE) $(ARGS) -c requirements/run.txt -o requirements/model.txt requirements/model.in
	@$(COMPILE) $(ARGS) -o requirements/small-model.txt requirements/small-model.in
	@$(COMPILE) $(ARGS) -c requirements/run.txt -c requirements/s3.txt -c requirements/model.txt -o requirements/dev.txt requirements/dev.in

messages:  ## Bring locale/*/LC_MESSAGES/django.po up to date with the texts of the interface.
	@sh config/make/venv.sh dev
	@$(PYTHON) -m config.messages

demo:  ## Create or recreate the demo account with twelve interviews; prints its password.
	@sh config/make/venv.sh run
	@sh config/make/translations.sh
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed_demo

bench:  ## Speed, memory and transfer beside the goals, then the review, kills and load; ARGS=standing for the first alone.
	@sh config/make/venv.sh dev
	@$(PYTHON) -m bench $(ARGS)

screenshots:  ## Take the screenshots of README.md with the demo's data.
	@sh config/make/venv.sh dev
	@sh config/make/chromium.sh
	@$(PYTHON) -m tests.browser.screenshots

pictures:  ## Renew the pictures that the browser tests compare pages with, after a change of how they look.
	@sh config/make/venv.sh dev
	@sh config/make/chromium.sh
	@RENEW_PICTURES=1 $(PYTHON) -m pytest --quiet tests/browser/test_pictures.py

image:  ## Build the container's image, with Docker or buildah.
	@sh config/make/image.sh
