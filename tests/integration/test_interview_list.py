"""The start page and the history: order, search, filter, pagination."""

import datetime as dt

import pytest

from drafts import services
from tests.factories import CandidateFactory, DraftFactory, InterviewerFactory, InterviewFactory

URL = "/interviews/"
NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


def companies(client, **query):
    return [row.company for row in client.get(URL, query).context["rows"]]


def interview(candidate, company, people=0, drafted=0, sent=0, **more):
    made = InterviewFactory(candidate=candidate, company=company, **more)
    for place in range(people):
        person = InterviewerFactory(interview=made, order=place)
        if place < drafted:
            DraftFactory(interviewer=person, sent_at=NOW if place < sent else None)
    return made


def test_newest_first_and_only_the_candidates_own(signed_in, candidate):
    interview(candidate, "Older", ended_at=NOW - dt.timedelta(days=2))
    interview(candidate, "Newer", ended_at=NOW)
    interview(CandidateFactory(), "Theirs")
    assert companies(signed_in) == ["Newer", "Older"]
    assert [row.company for row in signed_in.get("/").context["recent"]] == ["Newer", "Older"]


def test_the_empty_pages_start_the_first_letter(client, db):
    for url in ("/", URL):
        assert "/interviews/new/" in client.get(url).content.decode().split("<main")[1]


@pytest.mark.parametrize("q", ["zolc", "ŻÓŁĆ", "żółć", "engineer zolc", "priya", "Noel", "NOËL", "strasse"])
def test_search_minds_neither_case_nor_accents(signed_in, candidate, q):
    values = {
        "company": "Żółć Straße",
        "position": "Platform Engineer",
        "field": "",
        "team": "",
        "stage": "",
        "ended_at": NOW,
        "time_zone": "Europe/Warsaw",
        "country": "",
    }
    made = services.create_interview(candidate, values, full_name="Robin", signature="")
    names = [{"id": None, "full_name": name, "DELETE": False} for name in ("Priya Nair", "Noël Dubois")]
    services.save_panel(
        made, [{"greet_as": "", "email": "", "job_title": "", "role": ""} | one for one in names], None
    )
    interview(candidate, "Other", position="Cook")
    assert companies(signed_in, q=q) == ["Żółć Straße"]
    assert len(companies(signed_in, q="  ")) == 2


@pytest.mark.parametrize(
    "q",
    [
        "%",
        "_",
        "\\",
        "\0",
        "x" * 100_000,
        "'; drop table",
        "(",
    ],
)
def test_search_for_anything_finds_nothing(signed_in, candidate, q):
    interview(candidate, "Zylker")
    assert len(companies(signed_in, q=q)) == (1 if q == "\0" else 0)


def test_filter_by_state(signed_in, candidate):
    interview(candidate, "No panel")
    interview(candidate, "Some written", people=2, drafted=1, sent=1)
    interview(candidate, "Half written", people=2, drafted=1)
    interview(candidate, "All written", people=2, drafted=2)
    interview(candidate, "Some sent", people=2, drafted=2, sent=1)
    interview(candidate, "All sent", people=2, drafted=2, sent=2)
    assert sorted(companies(signed_in, state="to_write")) == ["Half written", "No panel", "Some written"]
    assert sorted(companies(signed_in, state="to_send")) == ["All written", "Half written", "Some sent"]
    assert companies(signed_in, state="sent") == ["All sent"]
    assert len(companies(signed_in, state="nonsense")) == 6


@pytest.mark.parametrize("page", ["2", "99", "x", "-1", ""])
def test_pages(signed_in, candidate, page):
    for number in range(13):
        interview(candidate, f"C{number}", ended_at=NOW - dt.timedelta(days=number))
    found = companies(signed_in, page=page)
    assert found == (["C12"] if page in ("2", "99", "-1") else [f"C{number}" for number in range(12)])
    assert signed_in.get(URL).context["total"] == 13


@pytest.mark.parametrize(("url", "count"), [("/", 5), (URL, 5)])
def test_queries_do_not_grow(signed_in, candidate, django_assert_num_queries, url, count):
    interview(candidate, "One", people=1, drafted=1)
    # From the second one on, the start page has the picture of the last months.
    interview(candidate, "Two", people=1, drafted=1)
    signed_in.get(url)
    with django_assert_num_queries(count):
        signed_in.get(url)
    for number in range(29):
        interview(candidate, f"C{number}", people=2, drafted=1)
    with django_assert_num_queries(count):
        signed_in.get(url)


@pytest.mark.parametrize(
    ("sent", "outcome", "tag"),
    [
        (0, "", "to_send"),
        (1, "", "sent"),
        # What happened is said, and so the color is that of what happened, whatever was sent.
        (1, "rejected", "rejected"),
        (0, "rejected", "rejected"),
        (1, "offer", "offer"),
    ],
)
def test_a_tag_has_the_color_of_what_it_says(signed_in, candidate, sent, outcome, tag):
    interview(candidate, "Zylker", 1, drafted=1, sent=sent, outcome=outcome)
    page = signed_in.get(URL).content.decode()
    assert page.count('class="state ') == page.count(f'class="state state-{tag}"') == 1
