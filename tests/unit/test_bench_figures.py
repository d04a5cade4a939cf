"""The standing benchmark's report, and which files it counts for a visit."""

import pytest

from bench import figures
from bench.client import FIRST_ID, SERIAL, VERSION, Asked, Client
from bench.figures import Figure
from bench.visits import Browser


@pytest.mark.parametrize(
    ("figure", "short"),
    [
        (Figure("pages", 0.59, 0.6), True),
        (Figure("pages", 0.6, 0.6), False),
        (Figure("pages", 0.1, None), False),
        (Figure("queries", 6, 5, more=False), True),
        (Figure("queries", 5, 5, more=False), False),
    ],
)
def test_a_figure_is_short_on_the_wrong_side_of_its_goal(figure, short):
    assert figure.is_short is short


@pytest.mark.parametrize(
    ("figure", "last", "worse"),
    [
        (Figure("pages", 0.5), (0.6, None), True),
        (Figure("pages", 0.52), (0.6, None), False),
        # The machine was busy: the processor time shows that nothing changed.
        (Figure("pages", 0.3, by_cpu=0.6), (0.6, 0.6), False),
        (Figure("pages", 0.3, by_cpu=0.3), (0.6, 0.6), True),
        (Figure("memory", 120, more=False), (100, None), True),
        (Figure("memory", 80, more=False), (100, None), False),
    ],
)
def test_a_figure_is_worse_by_more_than_the_tolerance(figure, last, worse):
    assert figure.is_worse(*last) is worse


def test_the_kept_table_is_the_one_compared_with(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "LAST", tmp_path / "bench.md")
    figures.LAST.write_text("# Words\n\nMeasured on no machine yet:\n", encoding="utf-8")
    measured = [Figure("home, x floor", 0.613, 0.6, by_cpu=0.58), Figure("queries: home", 5, 5, more=False)]
    figures.keep(measured)
    last = figures.read_last()
    assert last == {"home, x floor": (0.61, 0.58), "queries: home": (5, None)}
    assert figures.remarks(measured, last) == []
    worse = [Figure("home, x floor", 0.4, 0.6, by_cpu=0.4)]
    assert figures.remarks(worse, last) == [
        "short of its goal: home, x floor, 0.40, 0.40 by processor time (>= 0.60)",
        "worse than last by more than 15%: home, x floor, 0.40, 0.40 by processor time (was 0.61)",
    ]


def test_each_request_is_another_and_has_the_version_that_was_saved():
    client = Client()
    asked = Asked(
        "/drafts/1/", {"Cookie": "a=b"}, f"body={SERIAL}&version={VERSION}&id={FIRST_ID}", version=3
    )
    client.versions[asked.path] = asked.version
    first, second = (client.request(80, asked).decode().partition("\r\n\r\n")[2] for _ in range(2))
    assert first.startswith("body=1&version=3&id=")
    assert second.startswith("body=2&version=3&id=")
    assert first.partition("&id=")[2] != second.partition("&id=")[2]


def test_a_visit_asks_for_what_pages_styles_and_scripts_name_and_keeps_what_it_may(monkeypatch):
    site = {
        "/": (
            "text/html",
            '<link rel="stylesheet" href="/a.css"><script src="/b.js"></script><a href="/c"></a>',
            {},
        ),
        "/a.css": ("text/css", "a { background: url(/d.svg) }", {"Cache-Control": "max-age=60"}),
        "/b.js": ("text/javascript", 'import { x } from "./e.js";', {"ETag": "1"}),
        "/d.svg": ("image/svg+xml", "<svg/>", {"Cache-Control": "max-age=60"}),
        "/e.js": ("text/javascript", "export const x = 1;", {"Cache-Control": "max-age=60"}),
    }
    transferred = []

    def get(browser, path, headers):
        kind, body, more = site[path]
        if headers:
            transferred.append((path, "If-None-Match" in headers))
        return 200, {"Content-Type": kind, **more}, body.encode()

    monkeypatch.setattr(Browser, "get", get)
    browser = Browser(guest=None)
    browser.visit("/")
    assert sorted(transferred) == [(path, False) for path in sorted(site)]
    transferred.clear()
    browser.visit("/")
    assert sorted(transferred) == [("/", False), ("/b.js", True)]
