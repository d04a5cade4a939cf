"""The public pages: what search engines may index, and what help and privacy say."""

import pytest

from drafts.review import rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/check/", "/help/", "/privacy/"])
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
    assert text.count("From:") == len(rules())


def test_privacy_gives_the_days_that_hold_here(client, settings):
    settings.GUEST_DAYS = 77
    assert "77 days after your last visit" in client.get("/privacy/").text


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
        "Disallow: /",
    }


@pytest.mark.parametrize("path", ["/help/", "/privacy/", "/robots.txt"])
def test_public_pages_need_no_query(client, django_assert_num_queries, path):
    with django_assert_num_queries(0):
        client.get(path)


def test_an_address_is_asked_about_without_being_in_an_address(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        asked = client.post("/address/", {"email": "ana@gmial.com"}).json()
    assert asked == {"question": "Did you mean ana@gmail.com?"}
    assert client.post("/address/", {"email": "ana@gmail.com"}).json() == {"question": ""}
    assert client.get("/address/", {"email": "ana@gmial.com"}).status_code == 405
