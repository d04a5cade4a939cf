"""The baseline site of the standing benchmark, and its load generator."""

from __future__ import annotations

import http.client
import json
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings

from bench import pair, serving, standing
from bench.standing import Race, Site


@pytest.fixture(scope="module")
def floor(tmp_path_factory, static_root):
    folder = tmp_path_factory.mktemp("bench")
    return pair.prepare_floor(folder / "floor", serving.prepare(folder / "product", static_root=static_root))


@pytest.fixture(scope="module")
def site(floor):
    site = Site(serving.serve(floor.product))
    yield site
    site.server.stop()


def answer(site, floor, path, **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", site.server.port)) as server:
        server.request("GET", path, headers=headers)
        response = server.getresponse()
        return response.status, response.read()


def test_the_floor_answers_10_kb_to_its_user_alone(site, floor):
    status, body = answer(site, floor, "/", Cookie=floor.cookies)
    assert (status, len(body)) == (200, 10_000)
    assert answer(site, floor, "/")[0] == 302


@pytest.mark.skipif(not settings.ON_SQLITE, reason="the bench is on SQLite")
def test_the_floor_opens_its_database_as_the_product_does(floor):
    told = json.loads(floor.product.environment["FLOOR"])["database"]
    assert told["OPTIONS"] == settings.DATABASES["default"]["OPTIONS"]


def test_a_race_stores_its_writes_and_returns_a_ratio(site, floor):
    pages, writes = floor.page(), floor.write()
    racing = [Race("page", 200, pages, None, pages), Race("write", 204, writes, None, writes, 204)]
    page, write = standing.race(racing, site, site, 1, 0.2, print)
    assert page.value > 0
    assert write.by_cpu > 0
    with closing(sqlite3.connect(floor.product.folder / "floor.sqlite3")) as opened:
        versions = [version for (version,) in opened.execute("SELECT version FROM floor_note")]
    assert min(versions) > 1


def test_a_race_fails_on_an_unexpected_status(site, floor):
    pages = floor.page()
    with pytest.raises(RuntimeError, match=r"/ answered \{'200'"):
        standing.race([Race("page", 302, pages, None, pages)], site, site, 1, 0.1, print)
