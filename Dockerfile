# The product as one stateless image: `docker build -t afterword .`, settings as in README.md.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/run.txt /tmp/run.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/run.txt
COPY manage.py /app/
COPY config /app/config
COPY drafts /app/drafts
COPY static /app/static
COPY templates /app/templates
WORKDIR /app
# The key that this makes stays behind in the folder of this stage.
RUN VAR_DIR=/tmp/var STATIC_ROOT=/app/collected /opt/venv/bin/python manage.py collectstatic --no-input \
    && /opt/venv/bin/python -m compileall -q config drafts

FROM python:3.13-slim
# HTTPS: behind a proxy that speaks it. To try the image out on one's own machine: `docker run -e HTTPS=off ...`
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/collected VAR_DIR=/var/lib/afterword HOST=0.0.0.0 HTTPS=on
# For `manage.py backup`: no older than the server that it copies (compose.yaml).
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /var/lib/afterword --create-home --shell /usr/sbin/nologin afterword
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER afterword
VOLUME /var/lib/afterword
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Replicas that share a database server migrate once, apart: `docker run ... python manage.py migrate`.
# config/serving.py says how.
CMD ["gunicorn", "--config", "config/serving.py"]
