#!/bin/sh
# Builds the image `afterword`, with Docker if it is running, else with buildah. Not part of `make test`: it takes minutes.
set -eu
if docker info >/dev/null 2>&1; then
    exec docker build --tag afterword .
elif command -v buildah >/dev/null; then
    # In Docker's image format, because the OCI format has no health check.
    exec buildah build --format docker --isolation "${BUILDAH_ISOLATION:-chroot}" --tag afterword .
fi
echo "The image needs Docker (with its server running) or buildah, and neither was found." >&2
exit 1
