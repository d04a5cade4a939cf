"""A real language model behind a real server, for `make test-model` alone."""

import os

# config/make/test_model.sh names a Python that has both.
collect_ignore = [] if "REAL_MODEL_PYTHON" in os.environ else ["test_real_model.py"]
