"""The public pages: what search engines may index, and the help and privacy pages."""

import html
import re
from xml.etree import ElementTree

import pytest

from drafts.review import rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/check/", "/help/", "/privacy/", "/shortcuts/"])
def test_public_pages_have_a_description_a_title_and_links_in_the_footer(client, path):
    text = client.get(path).text
    assert text.count('<meta name="description" content="') == 1
    assert text.count("<h1") == 1
    footer = text.partition("<footer")[2]
    for place in ("/check/", "/help/", "/privacy/"):
        assert f'href="{place}"' in footer


def test_help_names_every_check_with_its_source(client):
    text = client.get("/help/").content.decode()
    for rule in rules().values():
        assert f"<dt>{rule.title}</dt>" in text
    # Each source is a line of a list, without a word before it.
    assert text.count('<ul class="source-list') == len(rules())
    assert "From:" not in text


def test_privacy_gives_the_days_that_hold_here(client, settings):
    settings.GUEST_DAYS = 77
    assert "77 days after your last visit" in client.get("/privacy/").text


@pytest.mark.parametrize("sends_mail", [True, False])
def test_privacy_speaks_of_reminders_only_where_they_can_be_sent(client, settings, sends_mail):
    settings.MAIL_WORKS = sends_mail
    assert ("If you turn on reminders" in client.get("/privacy/").text) is sends_mail


def test_robots_may_list_the_public_pages_alone(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert set(lines[1:]) == {
        "Allow: /$",
        "Allow: /static/",
        "Allow: /check/",
        "Allow: /help/",
        "Allow: /privacy/",
        "Allow: /shortcuts/",
        "Allow: /sitemap.xml",
        "Disallow: /",
        "Sitemap: http://testserver/sitemap.xml",
    }


def test_the_sitemap_lists_pages_that_are_there_and_described(client, db):
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    listed = [place.text for place in tree.findall("s:url/s:loc", names)]
    assert listed == [
        f"http://testserver/{path}" for path in ("", "check/", "help/", "privacy/", "shortcuts/")
    ]
    found = set()
    for address in listed:
        page = client.get(address.removeprefix("http://testserver")).content.decode()
        (description,) = re.findall(r'<meta name="description" content="([^"]+)">', page)
        assert 50 <= len(html.unescape(description)) <= 200
        found.add(description)
    assert len(found) == len(listed)


@pytest.mark.parametrize(
    ("path", "scene"),
    [
        ("/interviews/", "M52 22"),
        ("/interviews/?q=none", "M142 80"),
        ("/interviews/deleted/", "M68 44"),
        ("/due/", "M30 52"),
    ],
)
def test_an_empty_page_has_a_drawing_that_says_nothing_to_a_screen_reader(signed_in, path, scene):
    page = signed_in.get(path).content.decode()
    (drawing,) = re.findall(r'<svg class="vignette"[^>]*aria-hidden="true".*?</svg>', page, re.DOTALL)
    assert scene in drawing


@pytest.mark.parametrize("path", ["/help/", "/privacy/", "/shortcuts/", "/robots.txt", "/sitemap.xml"])
def test_public_pages_need_no_query(client, django_assert_num_queries, path):
    with django_assert_num_queries(0):
        client.get(path)


def test_an_address_is_asked_about_without_being_in_an_address(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        asked = client.post("/address/", {"email": "ana@gmial.com"}).json()
    assert asked == {"question": "Did you mean ana@gmail.com?"}
    assert client.post("/address/", {"email": "ana@gmail.com"}).json() == {"question": ""}
    assert client.get("/address/", {"email": "ana@gmial.com"}).status_code == 405
