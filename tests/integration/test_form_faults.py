"""Faults of a form: listed in the order of the page, each with a link to its field; only their folds are open."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory
from tests.integration.test_first_person import first
from tests.integration.test_interview_new import URL

pytestmark = pytest.mark.django_db

VOID = {"input", "meta", "link", "br", "img", "hr"}
LONG = "x" * 5000


class Page(HTMLParser):
    """The ids in order, those of fields marked as wrong, the links of the summary, and the folds around each id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.marked: list[str] = []
        self.links: list[str] = []
        self.closed: dict[str, int] = {}  # by id: how many folds around it are closed
        self.summaries = 0
        self.open_folds = 0
        self._stack: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        inside = [one for _tag, one in self._stack]
        if tag == "details" and "open" in values and "more" in (values.get("class") or ""):
            self.open_folds += 1
        self.summaries += "data-error-summary" in values
        if any("data-error-summary" in one for one in inside) and tag == "a":
            self.links.append((values["href"] or "").removeprefix("#"))
        if key := values.get("id"):
            self.ids.append(key)
            self.closed[key] = sum(name == "details" and "open" not in one for name, one in self._stack)
        if values.get("aria-invalid") == "true":
            self.marked.append(values["id"] or "")
        if tag not in VOID:
            self._stack.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass


def check(answer, *fields, status=422):
    """The summary names exactly these fields, in the order of the page, and each can be reached and is marked."""
    assert answer.status_code == status
    page = Page(answer.content.decode())
    assert page.summaries == 1
    assert page.links == list(fields)
    assert page.links == sorted(page.links, key=page.ids.index)
    assert page.marked == page.links
    assert [page.closed[key] for key in page.links] == [0] * len(page.links)
    for key in page.links:
        assert f"{key}_error" in page.ids
    return page


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate)


@pytest.fixture
def person(interview):
    return InterviewerFactory(interview=interview)


def test_the_interview_lists_what_comes_first_first(client, db):
    values = first("Priya\nNair", email="priya at zylker", full_name="", company="", ended_at="", position="")
    check(
        client.post(URL, values),
        "id_company",
        "id_position",
        "id_first-full_name",
        "id_first-email",
        "id_ended_at",
        "id_full_name",
    )


def test_the_interview_opens_details_only_where_one_is_wrong(client, db):
    assert check(client.post(URL, first(company="")), "id_company").open_folds == 0
    assert check(client.post(URL, first(team=LONG)), "id_team").open_folds == 1


def test_the_panel(signed_in, interview):
    rows = {"panel-TOTAL_FORMS": "2", "panel-INITIAL_FORMS": "0", "version": "1"}
    rows |= {
        "panel-0-full_name": "Priya Nair",
        "panel-0-email": "priya",
        "panel-1-full_name": "",
        "panel-1-job_title": "CTO",
    }
    answer = signed_in.post(reverse("panel_edit", args=[interview.id]), rows)
    check(answer, "id_panel-0-email", "id_panel-1-full_name")


def test_the_notes(signed_in, person):
    notes = {"mentioned": LONG, "say-mentioned": LONG, "callback": LONG, "ask": LONG, "version": "1"}
    notes |= {"work_samples-TOTAL_FORMS": "1", "work_samples-INITIAL_FORMS": "0"}
    url = reverse("conversation_edit", args=[person.interview_id, person.id])
    check(
        signed_in.post(url, notes | {"work_samples-0-label": "Talk", "work_samples-0-url": "nowhere"}),
        "id_mentioned",
        "id_say-mentioned",
        "id_work_samples-0-url",
        "id_ask",
        "id_callback",
    )
    assert check(signed_in.post(url, {"ask": LONG} | {"version": "1"}), "id_ask").open_folds == 0


def test_the_letter(signed_in, person):
    draft = DraftFactory(interviewer=person)
    answer = signed_in.post(
        draft.get_absolute_url(), {"version": "1", "subject": LONG, "body": "", "save": "1"}
    )
    check(answer, "id_subject", "id_body")


def test_the_settings(signed_in):
    answer = signed_in.post(
        reverse("settings"),
        {"full_name": "", "time_zone": "Nowhere", "strengths": LONG, "dialect": "american"},
    )
    page = Page(answer.content.decode())
    assert page.links[0] == "id_strengths"
    assert page.links == page.marked == sorted(page.links, key=page.ids.index)


def test_the_sending_hours_link_to_a_group_of_boxes(signed_in, interview):
    answer = signed_in.post(
        reverse("interview_sending", args=[interview.id]),
        {"work_opens": "nine", "work_closes": "17:00", "work_days": ["9"], "chosen_send_at": "soon"},
    )
    page = Page(answer.content.decode())
    assert page.links == ["id_chosen_send_at", "id_work_opens", "id_work_days"]
    assert page.links == sorted(page.links, key=page.ids.index)


def test_the_outcome(signed_in, interview):
    answer = signed_in.post(
        reverse("interview_outcome", args=[interview.id]),
        {"outcome": "elected", "outcome_on": "x", "notes": LONG},
    )
    page = Page(answer.content.decode())
    assert page.summaries == 1
    assert page.links == sorted(page.links, key=page.ids.index)
    assert len(page.links) >= 2


def test_an_account_lists_them_too_and_does_not_say_that_passwords_are_kept(client, db):
    answer = client.post(
        reverse("account_signup"), {"email": "nobody", "password1": "short", "password2": "long"}
    )
    page = Page(answer.content.decode())
    assert page.summaries == 1
    assert page.links == page.marked == sorted(page.links, key=page.ids.index)
    assert page.links[0] == "id_email"
    assert "Nothing you typed is lost" not in answer.content.decode()
    wrong = client.post(reverse("account_login"), {"login": "a@example.com", "password": "wrong one"})
    assert Page(wrong.content.decode()).summaries == 1
