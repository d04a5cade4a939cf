"""People outside the panel: thanked for a referral, an introduction or a talk, and never taken for interviewers."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from drafts import services
from drafts.domain.facts import MAX_OUTSIDE, Kind
from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.pages import queries
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, OutsiderFactory

pytestmark = pytest.mark.django_db
DANA = {"person-full_name": "Dana Reed", "person-email": "dana@example.com", "person-kind": "referral_thanks"}
ANSWERS = {
    "referral_thanks": {"did": "passed my resume to her boss", "came": "they called me today"},
    "introduction_thanks": {"did": "introduced me to Dr. Patel", "report": "yes"},
    "talk_thanks": {"told": "she said nights start at seven"},
}


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate, ended_at=timezone.now() - dt.timedelta(hours=3))


@pytest.fixture
def outsider(interview):
    return OutsiderFactory(interview=interview, full_name="Dana Reed", email="dana@example.com")


def new_url(interview):
    return reverse("outside_new", args=[interview.id])


def edit_url(person):
    return reverse("outside_edit", args=[person.interview_id, person.id])


def form_url(person, kind):
    return reverse("follow_up_edit", args=[person.interview_id, person.id, kind])


def written(person, kind="referral_thanks"):
    return services.save_follow_up(person, Kind(kind), ANSWERS[kind])


# ---------------------------------------------------------------- starting one


def test_from_an_interviews_page_to_a_letter(signed_in, interview):
    InterviewerFactory(interview=interview)
    assert new_url(interview) in signed_in.get(interview.get_absolute_url()).content.decode()
    started = signed_in.post(new_url(interview), DANA)
    person = Interviewer.everyone.get(is_outside=True)
    assert started["Location"] == form_url(person, "referral_thanks")
    answer = signed_in.post(started["Location"], {"did": "she passed my resume to her boss", "report": "yes"})
    draft = Draft.objects.get()
    assert answer["Location"] == draft.get_absolute_url()
    assert "for passing my resume to your boss." in draft.body
    assert draft.body.startswith("Dear Dana,")
    page = signed_in.get(interview.get_absolute_url()).content.decode()
    assert "People who helped" in page
    assert draft.get_absolute_url() in page


def test_from_the_start_page_without_an_interview(signed_in, candidate, interview):
    assert reverse("thanks_new") in signed_in.get("/").content.decode()
    assert new_url(interview) in signed_in.get(reverse("thanks_new")).content.decode()
    data = {
        **DANA,
        "company": "Mercy Hospital",
        "position": "ICU Nurse",
        "time_zone": "Chicago",
        "full_name": "Rosa Medina",
    }
    started = signed_in.post(reverse("thanks_new"), data)
    person = Interviewer.everyone.get(is_outside=True)
    assert started["Location"] == form_url(person, "referral_thanks")
    assert (person.interview.company, person.interview.candidate) == ("Mercy Hospital", candidate)
    page = signed_in.get(person.interview.get_absolute_url()).content.decode()
    assert "Who was there?" not in page
    assert "Had the interview?" in page
    [row] = [
        one
        for one in signed_in.get(reverse("interview_list")).context["rows"]
        if one.company == "Mercy Hospital"
    ]
    assert row.state == "outside"
    assert signed_in.get("/").status_code == 200


def test_a_visitor_becomes_a_guest(client):
    data = {
        **DANA,
        "company": "Mercy",
        "position": "Nurse",
        "time_zone": "Chicago",
        "full_name": "Rosa Medina",
    }
    answer = client.post(reverse("thanks_new"), data)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert Candidate.objects.get().full_name == "Rosa Medina"


def test_missing_answers_are_asked_for_and_nothing_is_lost(client):
    answer = client.post(reverse("thanks_new"), {"person-full_name": "Dana Reed", "person-email": "dana@"})
    assert answer.status_code == 422
    errors = {**answer.context["form"].errors, **answer.context["about"].errors}
    assert set(errors) == {"kind", "email", "company", "position", "time_zone", "full_name"}
    assert "Dana Reed" in answer.content.decode()
    assert not Candidate.objects.exists()


def test_sent_twice_it_is_one_person(signed_in, interview):
    data = {**DANA, "person-id": str(uuid.uuid4())}
    answers = [signed_in.post(new_url(interview), data)["Location"] for _time in range(2)]
    assert answers[0] == answers[1]
    assert Interviewer.everyone.count() == 1


def test_the_key_of_somebody_of_the_panel_is_not_taken(signed_in, interview):
    panelist = InterviewerFactory(interview=interview)
    signed_in.post(new_url(interview), {**DANA, "person-id": str(panelist.id)})
    assert Interviewer.everyone.count() == 2
    panelist.refresh_from_db()
    assert not panelist.is_outside


def test_there_are_not_too_many(signed_in, interview):
    OutsiderFactory.create_batch(MAX_OUTSIDE, interview=interview)
    answer = signed_in.post(new_url(interview), DANA)
    assert answer.status_code == 422
    assert "Remove one first" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "data", "field", "words"),
    [
        ("referral_thanks", {"did": ""}, "did", "needs an answer"),
        ("referral_thanks", {"did": "he is a good guy"}, "did", "couldn’t fit this in"),
        ("introduction_thanks", {"did": "Dr. Patel"}, "did", "introducing me to Dr. Patel"),
        ("talk_thanks", {"told": "her mother died last week"}, "told", "starts with “You”"),
        ("referral_thanks", {"did": "referred me", "on": "2999-01-01"}, "on", "in the future"),
        ("referral_thanks", {"did": "referred me", "on": "2001-01-01"}, "on", "more than a year"),
    ],
)
def test_an_answer_that_does_not_fit_is_asked_for_again(signed_in, outsider, kind, data, field, words):
    answer = signed_in.post(form_url(outsider, kind), data)
    assert answer.status_code == 422
    assert any(words in error for error in answer.context["form"].errors[field])
    assert not Draft.objects.exists()


# ---------------------------------------------------------------- the letter and its pages


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind.is_outside])
def test_every_kind_has_its_form_and_the_letter_its_pages(signed_in, outsider, kind):
    InterviewerFactory(interview=outsider.interview)
    assert signed_in.get(form_url(outsider, kind)).status_code == 200
    draft = written(outsider, kind)
    for name in ("draft_edit", "draft_copy", "draft_history", "draft_eml", "draft_recompose"):
        assert signed_in.get(reverse(name, args=[draft.id])).status_code == 200
    checked = signed_in.get(draft.get_absolute_url()).context["checked"]
    assert (checked.fix, [note.title for note in checked.notes]) == (0, [])
    assert signed_in.post(reverse("draft_tone", args=[draft.id]), {"tone": "formal"}).status_code == 302
    assert signed_in.get(reverse("draft_rewording", args=[draft.id])).status_code == 404
    sent = signed_in.post(reverse("draft_mark_sent", args=[draft.id]))
    assert sent["Location"] == f"{outsider.interview.get_absolute_url()}#outside"


@pytest.mark.parametrize("kind", ["nudge", "accept", "typo"])
def test_letters_to_the_panel_do_not_go_to_them(signed_in, outsider, kind):
    assert signed_in.get(form_url(outsider, kind)).status_code == 404


def test_a_missing_address_is_asked_for_where_it_is_kept(signed_in, interview):
    person = OutsiderFactory(interview=interview, email="")
    [note] = signed_in.get(written(person).get_absolute_url()).context["checked"].notes
    assert (note.finding.case, note.url) == ("outside", edit_url(person))
    assert (
        edit_url(person)
        in signed_in.get(reverse("draft_copy", args=[Draft.objects.get().id])).content.decode()
    )


def test_another_name_recomposes_the_letter(signed_in, outsider):
    draft = written(outsider)
    signed_in.post(edit_url(outsider), {"person-full_name": "Dana Reed", "person-greet_as": "DJ"})
    draft.refresh_from_db()
    assert draft.body.startswith("Dear DJ,")
    refused = signed_in.post(edit_url(outsider), {"person-full_name": " "})
    assert refused.status_code == 422


def test_removing_them_takes_their_letters(signed_in, outsider, interview):
    panelist = DraftFactory(interviewer=InterviewerFactory(interview=interview))
    written(outsider)
    answer = signed_in.post(edit_url(outsider), {"remove": "1"})
    assert answer["Location"] == f"{interview.get_absolute_url()}#outside"
    assert [one.pk for one in Draft.objects.all()] == [panelist.pk]
    interview.refresh_from_db()
    assert "dana" not in interview.search_text


def test_removing_a_panel_member_that_way_is_not_possible(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    assert signed_in.post(edit_url(person), {"remove": "1"}).status_code == 404
    assert Interviewer.objects.filter(pk=person.pk).exists()


# ---------------------------------------------------------------- never an interviewer


def test_they_are_nowhere_taken_for_an_interviewer(signed_in, candidate, interview, outsider):
    panelist = DraftFactory(
        interviewer=InterviewerFactory(interview=interview, full_name="Priya Nair")
    ).interviewer
    written(outsider)
    whole = services.read_whole(interview)
    assert [one.full_name for one in whole.people] == ["Priya Nair"]
    assert [one.full_name for one in whole.panel.interviewers] == ["Priya Nair"]
    assert [one.full_name for one in interview.interviewers.all()] == ["Priya Nair"]
    assert len(whole.around(outsider).panel.interviewers) == 1
    page = signed_in.get(reverse("panel_edit", args=[interview.id]))
    assert "Dana Reed" not in page.content.decode()
    detail = signed_in.get(interview.get_absolute_url()).context
    assert [card.person.pk for card in detail["cards"]] == [panelist.pk]
    assert not detail["likeness"]
    assert detail["after"] is None
    [(_interview, cards)] = queries.unsent(candidate, timezone.now() - dt.timedelta(days=30))
    assert [card.person.full_name for card in cards] == ["Priya Nair"]
    assert queries.counts(interview)["people"] == 1
    row = signed_in.get(reverse("interview_list")).context["rows"][0]
    assert (row.people, row.drafted, row.state) == (1, 1, "to_send")
    for name in ("conversation_edit", "conversation_everything"):
        url = reverse(name, args=[interview.id, outsider.id])
        assert signed_in.get(url).status_code == 404


def test_a_next_round_does_not_offer_them_as_met_before(signed_in, candidate, interview, outsider):
    InterviewerFactory(interview=interview, full_name="Priya Nair")
    later = InterviewFactory(candidate=candidate, company=interview.company, ended_at=timezone.now())
    page = signed_in.get(reverse("panel_edit", args=[later.id])).content.decode()
    assert "Dana Reed" not in page


def test_saving_the_panel_leaves_them_and_they_are_found(signed_in, interview, outsider):
    person = InterviewerFactory(interview=interview)
    row = {
        "id": person.id,
        "full_name": "Priya Nair",
        "greet_as": "",
        "email": "",
        "job_title": "",
        "role": "",
        "DELETE": False,
    }
    services.save_panel(interview, [row], None)
    assert Interviewer.everyone.filter(pk=outsider.pk, is_outside=True).exists()
    found = signed_in.get(reverse("interview_list"), {"q": "Dana"}).context["rows"]
    assert [one.id for one in found] == [interview.id]


def test_a_sent_letter_of_thanks_does_not_ask_what_happened(signed_in, interview, outsider):
    InterviewerFactory(interview=interview)
    services.mark_sent(written(outsider))
    assert signed_in.get(interview.get_absolute_url()).context["after"] is None


# ---------------------------------------------------------------- its moment, and where else it shows


def test_the_start_page_and_the_calendar_show_it_until_it_is_sent(
    client, signed_in, candidate, interview, outsider
):
    draft = services.save_follow_up(
        outsider,
        Kind.REFERRAL_THANKS,
        {"did": "referred me", "on": (timezone.now().date() - dt.timedelta(days=1)).isoformat()},
    )
    [step] = signed_in.get("/").context["today"].after
    assert (step.is_due, step.title, step.url) == (
        True, "Thank them for the referral (Dana Reed)", draft.get_absolute_url(),
    )  # fmt: skip
    services.renew_calendar_token(candidate)
    candidate.refresh_from_db()
    url = reverse("calendar_feed", args=[candidate.calendar_token])
    feed = client.get(url).content.decode().replace("\r\n ", "")
    assert f"UID:{interview.id}-referral_thanks-{draft.id}@afterword" in feed
    services.mark_sent(draft)
    assert signed_in.get("/").context["today"].after == []
    assert "referral_thanks" not in client.get(url).content.decode()


def test_a_letter_of_thanks_left_for_months_is_not_shown(signed_in, outsider):
    draft = written(outsider)
    Draft.objects.filter(pk=draft.pk).update(created_at=timezone.now() - dt.timedelta(days=60))
    assert signed_in.get("/").context["today"].after == []


def test_the_company_page_and_the_files_have_them(signed_in, interview, outsider):
    draft = written(outsider)
    page = signed_in.get(reverse("company", args=[interview.id])).content.decode()
    assert draft.get_absolute_url() in page
    assert new_url(interview) in page
    assert "no people added yet" not in page
    zipped = signed_in.get(reverse("interview_letters", args=[interview.id]))
    assert b"Dana Reed" in zipped.content
    services.mark_sent(draft)
    assert "passing my resume" in signed_in.get(reverse("sent_letters")).content.decode()


def test_the_queries_do_not_grow(signed_in, interview, django_assert_num_queries):
    person = InterviewerFactory(interview=interview)
    draft = written(OutsiderFactory(interview=interview))
    pages = [
        (interview.get_absolute_url(), 5),
        (new_url(interview), 3),
        (edit_url(draft.interviewer), 5),
        (draft.get_absolute_url(), 5),
        (reverse("draft_copy", args=[draft.id]), 5),
        (reverse("company", args=[interview.id]), 6),
        ("/", 5),
    ]
    counted = {}
    for number in range(2):
        for url, _most in pages:
            signed_in.get(url)
            with django_assert_num_queries(counted[url]) if number else _Counting() as found:
                signed_in.get(url)
            counted.setdefault(url, len(found))
        for _more in range(4):
            written(OutsiderFactory(interview=interview))
    assert [(url, counted[url]) for url, most in pages if counted[url] > most] == []
    assert person.interview_id == interview.pk


class _Counting:
    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.found = CaptureQueriesContext(connection)
        return self.found.__enter__()

    def __exit__(self, *error):
        return self.found.__exit__(*error)


# ---------------------------------------------------------------- out and in again


def _exported(client):
    return b"".join(client.get(reverse("account_export"), {"download": "1"}).streaming_content)


def _brought_in(client, content):
    file = SimpleUploadedFile("afterword.zip", content, "application/zip")
    assert client.post(reverse("account_import"), {"archive": file}).status_code in (200, 302)


def test_an_account_file_carries_them(signed_in, interview, outsider):
    InterviewerFactory(interview=interview)
    draft = written(outsider)
    services.save_draft(draft, "My subject", "My own words.", None)
    content = _exported(signed_in)
    Interview.objects.all().delete()
    _brought_in(signed_in, content)
    person = Interviewer.everyone.get(is_outside=True)
    assert (person.full_name, person.email) == ("Dana Reed", "dana@example.com")
    again = Draft.objects.get()
    assert (again.interviewer_id, again.kind, again.body, again.answers) == (
        person.pk, "referral_thanks", "My own words.", ANSWERS["referral_thanks"],
    )  # fmt: skip
    assert again.revisions.count() == 2
    assert "dana" in Interview.objects.get().search_text


def test_imported_twice_nothing_is_there_twice(signed_in, interview, outsider):
    written(outsider)
    content = _exported(signed_in)
    services.update_outsider(
        outsider, {"full_name": "Dana R. Reed", "greet_as": "", "email": "", "job_title": ""}
    )
    _brought_in(signed_in, content)
    assert [one.full_name for one in Interviewer.everyone.all()] == ["Dana R. Reed"]
    assert Draft.objects.count() == 1


def test_somebody_elses_file_gets_ids_of_its_own(signed_in, client, interview, outsider):
    written(outsider)
    content = _exported(signed_in)
    client.logout()
    _brought_in(client, content)
    assert Interviewer.everyone.count() == 2
    assert Draft.objects.count() == 2
