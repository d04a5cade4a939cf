"""After the letters are sent: the outcome, the next letter, and when it is due."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from drafts import services
from drafts.domain.facts import Kind, Outcome, Role
from drafts.domain.kinds import letter_kind
from drafts.models import Draft, Interview
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(candidate):
    """An interview that ended ten working days ago, whose only letter was sent the same day."""
    return InterviewFactory(candidate=candidate, ended_at=timezone.now() - dt.timedelta(days=14))


@pytest.fixture
def person(interview):
    return InterviewerFactory(interview=interview, full_name="Priya Nair", email="priya@zylker.example")


@pytest.fixture
def thanked(person):
    draft = DraftFactory(interviewer=person, subject="Thank you, Priya")
    Draft.objects.filter(pk=draft.pk).update(sent_at=person.interview.ended_at + dt.timedelta(hours=1))
    return draft


def outcome_url(interview):
    return reverse("interview_outcome", args=[interview.id])


def form_url(person, kind):
    return reverse("follow_up_edit", args=[person.interview_id, person.id, kind])


def page(client, interview):
    return client.get(interview.get_absolute_url())


# ---------------------------------------------------------------- what happened


def test_nothing_is_asked_before_a_letter_went_out(signed_in, person, interview):
    assert page(signed_in, interview).context["after"] is None


def test_a_sent_letter_asks_what_happened(signed_in, thanked, interview):
    after = page(signed_in, interview).context["after"]
    assert after.outcome is None
    assert [(offer.about.kind, offer.is_next) for offer in after.offers] == [
        (Kind.NUDGE, True),
        (Kind.TYPO, False),
    ]
    assert after.step.is_due
    assert [offer.is_due for offer in after.offers] == [True, False]
    # Before its day the letter can be written, but is not the button that stands out.
    interview.decision_expected_on = timezone.now().date() + dt.timedelta(days=20)
    interview.save()
    shown = page(signed_in, interview)
    assert [(offer.is_next, offer.is_due) for offer in shown.context["after"].offers] == [
        (True, False),
        (False, False),
    ]
    assert "btn-sm btn-primary" not in shown.content.decode()


def test_news_is_asked_for_only_among_those_who_were_thanked_and_of_one_of_them(
    signed_in, thanked, interview
):
    advice = "Write to one person only"
    # A hiring manager whose thank-you is still to be sent.
    manager = InterviewerFactory(interview=interview, full_name="Max Manager", role=Role.HIRING_MANAGER)
    late = DraftFactory(interviewer=manager)
    answer = page(signed_in, interview)
    [offer] = [one for one in answer.context["after"].offers if one.about.kind is Kind.NUDGE]
    assert [one.person.full_name for one in offer.letters] == ["Priya Nair"]
    assert advice not in answer.content.decode()
    Draft.objects.filter(pk=late.pk).update(sent_at=interview.ended_at)
    answer = page(signed_in, interview)
    [offer] = [one for one in answer.context["after"].offers if one.about.kind is Kind.NUDGE]
    assert [one.person.full_name for one in offer.letters] == ["Max Manager", "Priya Nair"]
    assert advice in answer.content.decode()
    # Once somebody was asked, nobody else is, and the second question goes to the same person.
    asked = services.save_follow_up(thanked.interviewer, Kind.NUDGE, {})
    Draft.objects.filter(pk=asked.pk).update(sent_at=timezone.now() - dt.timedelta(days=10))
    first, second, *_rest = page(signed_in, interview).context["after"].offers
    assert [one.person.full_name for one in first.letters] == ["Priya Nair"]
    assert [one.person.full_name for one in second.letters] == ["Priya Nair", "Max Manager"]


def test_one_press_says_it(signed_in, thanked, interview):
    interview.notes = "They liked the talk about nights."
    interview.decision_expected_on = dt.date.today() + dt.timedelta(days=3)
    interview.save()
    answer = signed_in.post(outcome_url(interview), {"outcome": "offer"})
    assert answer["Location"] == f"{interview.get_absolute_url()}#after"
    stored = type(interview).objects.get(pk=interview.pk)
    assert stored.happened is Outcome.OFFER
    assert stored.outcome_on is not None
    assert (stored.notes, stored.decision_expected_on) == (interview.notes, interview.decision_expected_on)
    kinds = [offer.about.kind for offer in page(signed_in, interview).context["after"].offers]
    assert kinds == [Kind.OFFER_THANKS, Kind.MORE_TIME, Kind.NEGOTIATE, Kind.ACCEPT, Kind.DECLINE, Kind.TYPO]


@pytest.mark.parametrize(("own", "day"), [("America/New_York", 29), ("Asia/Tokyo", 30), ("", 30)])
def test_the_day_one_heard_is_the_day_where_one_is(
    signed_in, candidate, thanked, interview, monkeypatch, own, day
):
    """Sunday evening in New York, when it is Monday in Sydney."""
    candidate.time_zone = own
    candidate.save()
    Interview.objects.filter(pk=interview.pk).update(
        time_zone="Australia/Sydney", country="AU", ended_at="2026-11-29T21:00Z"
    )
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 29, 22, tzinfo=dt.UTC))
    answer = signed_in.post(outcome_url(interview), {"outcome": "rejected"}, follow=True)
    interview.refresh_from_db()
    assert interview.outcome_on == dt.date(2026, 11, day)
    assert f"November {day}." in answer.content.decode()
    whole = {"whole": "1", "outcome": "rejected", "outcome_on": f"2026-11-{day}"}
    assert signed_in.post(outcome_url(interview), whole).status_code == 302
    assert signed_in.get("/").context["today"].due


def test_the_date_of_the_decision_may_be_given_in_words(signed_in, interview):
    data = {"whole": "1", "decision_expected_on": "in two weeks", "notes": "x"}
    answer = signed_in.post(outcome_url(interview), data, follow=True)
    interview.refresh_from_db()
    ended_on = interview.ended_at.astimezone(ZoneInfo(interview.time_zone)).date()
    assert interview.decision_expected_on == ended_on + dt.timedelta(days=14)
    assert "They said you’d hear by" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("decision_expected_on", "2001-01-01", "before the interview"),
        ("decision_expected_on", "2199-01-01", "more than a year"),
        ("decision_expected_on", "soon", "Enter a date"),
        ("decision_expected_on", "x" * 61, "60"),
        ("outcome_on", "2001-01-01", "before the interview"),
        ("outcome_on", "2199-01-01", "is in the future"),
        ("outcome_on", "soon", "Enter the date like this"),
        ("outcome", "married", "Choose an answer"),
        ("notes", "x" * 5001, "5000"),
    ],
)
def test_invalid_input_is_reported_next_to_its_field_and_kept(signed_in, interview, field, text, words):
    data = {"whole": "1", "outcome": "no_reply", "notes": "my notes", field: text}
    answer = signed_in.post(outcome_url(interview), data)
    assert answer.status_code == 422
    [error] = answer.context["form"].errors[field]
    assert words in error
    assert data["notes"] in answer.content.decode()
    interview.refresh_from_db()
    assert interview.outcome == ""


def test_the_page_says_it_where_it_leads(signed_in, thanked, person, interview):
    """The address ends in #after, from where the top of the page is out of sight."""

    def said_at(answer, text):
        body = answer.content.decode()
        assert body.count(text) == 1
        return body.index('id="after"') < body.index(text)

    saved = signed_in.post(outcome_url(interview), {"outcome": "no_reply"}, follow=True)
    assert said_at(saved, 'role="status">Saved.')
    nudge = services.save_follow_up(person, Kind.NUDGE, {})
    sent = signed_in.post(reverse("draft_mark_sent", args=[nudge.id]), follow=True)
    assert said_at(sent, 'role="status">Marked as sent on ')


def test_where_the_page_has_no_such_part_it_is_said_at_the_top(signed_in, person, interview):
    data = {"whole": "1", "outcome": "", "notes": "They liked the talk about nights."}
    saved = signed_in.post(outcome_url(interview), data, follow=True)
    assert saved.context["after"] is None
    assert saved.content.decode().count('role="status">Saved.') == 1


def test_taking_it_back(signed_in, interview):
    signed_in.post(outcome_url(interview), {"outcome": "rejected"})
    signed_in.post(outcome_url(interview), {"whole": "1", "outcome": ""})
    interview.refresh_from_db()
    assert (interview.outcome, interview.outcome_on) == ("", None)


# ---------------------------------------------------------------- the letters


def test_from_a_sent_letter_through_two_questions_to_letting_go(signed_in, thanked, person, interview):
    written = signed_in.post(form_url(person, "nudge"), {"new": "Since we spoke I passed the exam."})
    first = Draft.objects.get(kind=Kind.NUDGE)
    assert written["Location"] == first.get_absolute_url()
    assert first.subject == "Re: Thank you, Priya"
    assert "Since we spoke I passed the exam." in first.body
    sent = signed_in.post(reverse("draft_mark_sent", args=[first.id]))
    assert sent["Location"] == f"{interview.get_absolute_url()}#after"
    Draft.objects.filter(pk=first.pk).update(sent_at=timezone.now() - dt.timedelta(days=10))
    after = page(signed_in, interview).context["after"]
    assert [offer.about.kind for offer in after.offers if offer.is_next] == [Kind.SECOND_NUDGE]
    refused = signed_in.post(form_url(person, "second_nudge"), {"new": ""})
    assert refused.status_code == 422
    signed_in.post(form_url(person, "second_nudge"), {"new": "I started a course."})
    second = Draft.objects.get(kind=Kind.SECOND_NUDGE)
    signed_in.post(reverse("draft_mark_sent", args=[second.id]))
    after = page(signed_in, interview).context["after"]
    assert after.step.is_to_let_go
    other = InterviewerFactory(interview=interview, full_name="Tom Ballard")
    assert "already followed up twice" in signed_in.get(form_url(other, "nudge")).content.decode()


def test_a_logged_reply_stops_what_was_due(signed_in, thanked, interview):
    assert signed_in.get("/").context["today"].after
    signed_in.post(outcome_url(interview), {"outcome": "replied"})
    assert signed_in.get("/").context["today"].after == []


def test_the_form_shows_the_thank_you_that_was_sent(signed_in, thanked, person):
    body = signed_in.get(form_url(person, "nudge")).content.decode()
    shown = body[body.index("The thank-you you sent") :]
    assert shown.index("Thank you, Priya") < shown.index("</details>")
    assert thanked.body.split("\n")[0] in shown
    services.mark_unsent(thanked)
    assert "The thank-you you sent" not in signed_in.get(form_url(person, "nudge")).content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(3, "Best time to send: Wednesday, November 18, 9:00 AM"), (10, "Send it now.")]
)
def test_a_later_letter_says_when_to_send_it(signed_in, candidate, monkeypatch, hour, words):
    now = dt.datetime(2026, 11, 18, hour, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    interview = InterviewFactory(candidate=candidate, ended_at=now - dt.timedelta(days=14))
    person = InterviewerFactory(interview=interview)
    Draft.objects.filter(pk=DraftFactory(interviewer=person).pk).update(sent_at=now - dt.timedelta(days=14))
    nudge = services.save_follow_up(person, Kind.NUDGE, {})
    correction = services.save_follow_up(person, Kind.TYPO, {"wrong": "Leads", "right": "Leeds"})
    for name in ("draft_edit", "draft_copy"):
        assert words in signed_in.get(reverse(name, args=[nudge.id])).content.decode()
        # At any time.
        assert "Best time to send" not in signed_in.get(reverse(name, args=[correction.id])).content.decode()
    services.mark_sent(nudge)
    assert "Best time to send" not in signed_in.get(reverse("draft_copy", args=[nudge.id])).content.decode()


def test_sending_a_later_letter_leaves_the_thank_you_as_it_is(signed_in, person):
    thank_you = DraftFactory(interviewer=person)
    services.mark_sent(services.save_follow_up(person, Kind.WITHDRAW, {}))
    thank_you.refresh_from_db()
    assert thank_you.sent_at is None


def test_new_answers_recompose_an_untouched_letter(signed_in, thanked, person):
    signed_in.post(form_url(person, "nudge"), {"new": "I passed the exam."})
    signed_in.post(form_url(person, "nudge"), {"new": "I passed both exams."})
    draft = Draft.objects.get(kind=Kind.NUDGE)
    assert "I passed both exams." in draft.body
    assert draft.revisions.count() == 2


def test_new_answers_leave_an_edited_letter_and_show_both(signed_in, thanked, person):
    draft = services.save_follow_up(person, Kind.NUDGE, {"new": "I passed the exam."})
    services.save_draft(draft, "My subject", "My own words.", None)
    signed_in.post(form_url(person, "nudge"), {"new": "I passed both exams."})
    draft.refresh_from_db()
    assert draft.body == "My own words."
    answer = signed_in.get(draft.get_absolute_url())
    assert answer.context["is_stale"]
    both = signed_in.get(reverse("draft_recompose", args=[draft.id])).content.decode()
    assert "I passed both exams." in both


@pytest.mark.parametrize(
    ("kind", "data", "field", "words"),
    [
        ("negotiate", {"point_1": "I want more money"}, "point_1", "Enter only the words"),
        ("negotiate", {"point_1": "The pay is low. Raise it"}, "point_1", "Enter only the words"),
        ("negotiate", {"point_1": "hourly"}, "point_1", "We couldn’t fit this in"),
        ("nudge", {"new": "the wound care course"}, "new", "We couldn’t make a sentence of this"),
        ("negotiate", {}, "point_1", "needs an answer"),
        ("accept", {"title": "a Nurse", "start": "2001-01-01", "pay": "$1"}, "start", "That date has passed"),
        ("accept", {"title": "a Nurse", "start": "2999-01-01", "pay": "$1"}, "start", "more than a year"),
        ("accept", {"title": "a Nurse", "start": "2001-01-01"}, "pay", "needs an answer"),
        ("more_time", {"until": "Friday"}, "until", "Enter the date like this"),
        ("nudge", {"new": "x" * 501}, "new", "500"),
        ("typo", {"wrong": "Leads"}, "right", "needs an answer"),
    ],
)
def test_an_answer_that_does_not_fit_is_asked_for_again(signed_in, person, kind, data, field, words):
    answer = signed_in.post(form_url(person, kind), data)
    assert answer.status_code == 422
    assert any(words in error for error in answer.context["form"].errors[field])
    assert not Draft.objects.exists()


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind.is_follow_up and not kind.is_outside])
def test_every_kind_has_its_form_and_the_letter_its_pages(signed_in, thanked, person, kind):
    assert signed_in.get(form_url(person, kind)).status_code == 200
    answers = {
        "new": "I passed the exam.", "until": "2099-01-01", "title": "a Nurse", "start": "2099-01-01", "pay": "$1",
        "point_1": "the pay", "wrong": "Leads", "right": "Leeds",
    }  # fmt: skip
    draft = services.save_follow_up(person, Kind(kind), answers)
    for name in ("draft_edit", "draft_copy", "draft_history", "draft_eml"):
        assert signed_in.get(reverse(name, args=[draft.id])).status_code == 200
    assert "Your answers" in signed_in.get(draft.get_absolute_url()).content.decode()
    assert signed_in.get(reverse("draft_rewording", args=[draft.id])).status_code == 404


@pytest.mark.parametrize("kind", ["thank_you", "linkedin", "nothing", "referral_thanks"])
def test_other_kinds_have_no_such_form(signed_in, person, kind):
    assert signed_in.get(form_url(person, kind)).status_code == 404


def test_writing_a_later_letter_at_once_leads_to_its_questions(signed_in, person):
    answer = signed_in.post(reverse("route_create", args=[person.interview_id, person.id, "accept"]))
    assert answer["Location"] == form_url(person, "accept")
    assert not Draft.objects.exists()


def test_another_round_starts_from_the_last(signed_in, thanked, interview):
    signed_in.post(outcome_url(interview), {"outcome": "another_round"})
    new = f"{reverse('interview_new')}?after={interview.id}"
    assert new in page(signed_in, interview).content.decode()
    initial = signed_in.get(new).context["form"].initial
    assert (initial["company"], initial["position"]) == (interview.company, interview.position)


def test_nobody_else_learns_of_the_round_before(signed_in):
    other = InterviewFactory(company="Hooli Secret")
    answer = signed_in.get(f"{reverse('interview_new')}?after={other.id}")
    assert answer.status_code == 200
    assert "Hooli Secret" not in answer.content.decode()


# ---------------------------------------------------------------- the start page


def test_the_start_page_says_what_is_due_after_the_thank_you(signed_in, thanked, interview):
    answer = signed_in.get("/")
    [step] = answer.context["today"].after
    assert step.interview == interview
    assert "After the thank-you" in answer.content.decode()
    assert "Nothing is due" not in answer.content.decode()


def test_its_queries_do_not_grow(signed_in, candidate, django_assert_num_queries):
    def one():
        interview = InterviewFactory(candidate=candidate, ended_at=timezone.now() - dt.timedelta(days=14))
        draft = DraftFactory(interviewer=InterviewerFactory(interview=interview))
        Draft.objects.filter(pk=draft.pk).update(sent_at=timezone.now() - dt.timedelta(days=14))

    one()
    signed_in.get("/")
    with django_assert_num_queries(5):
        signed_in.get("/")
    for _number in range(29):
        one()
    with django_assert_num_queries(5):
        signed_in.get("/")


def test_the_queries_of_the_forms_do_not_grow(signed_in, interview, person, django_assert_num_queries):
    for url, count in ((outcome_url(interview), 3), (form_url(person, "nudge"), 5)):
        signed_in.get(url)
        with django_assert_num_queries(count):
            signed_in.get(url)
        for _number in range(5):
            InterviewerFactory(interview=interview)
        with django_assert_num_queries(count):
            signed_in.get(url)


# ---------------------------------------------------------------- the history and the calendar


def test_the_history_shows_and_finds_what_happened(signed_in, candidate, interview):
    InterviewFactory(candidate=candidate, company="Other")
    signed_in.post(outcome_url(interview), {"outcome": "offer"})
    found = signed_in.get(reverse("interview_list"), {"state": "offer"})
    assert [row.id for row in found.context["rows"]] == [interview.id]
    assert "An offer" in found.content.decode()
    assert not signed_in.get(reverse("interview_list"), {"state": "rejected"}).context["rows"]


def test_the_calendar_has_an_event_for_the_next_letter(client, candidate, thanked, interview):
    services.renew_calendar_token(candidate)
    candidate.refresh_from_db()
    feed = client.get(reverse("calendar_feed", args=[candidate.calendar_token])).content.decode()
    assert "SUMMARY:Ask if there’s any news: " in feed.replace("\r\n ", "")
    assert f"UID:{interview.id}-nudge@afterword" in feed.replace("\r\n ", "")
    services.set_outcome(
        interview, {"outcome": "replied", "outcome_on": None, "decision_expected_on": None, "notes": ""}
    )
    feed = client.get(reverse("calendar_feed", args=[candidate.calendar_token])).content.decode()
    assert "Ask if there" not in feed


def test_an_account_file_carries_what_happened_and_the_answers(signed_in, thanked, person, interview):
    signed_in.post(outcome_url(interview), {"outcome": "offer"})
    answers = {"answer_by": "2099-01-01", "question": "parking", "say_question": "Is parking free?"}
    draft = services.save_follow_up(person, Kind.OFFER_THANKS, answers)
    assert "Is parking free?" in draft.body
    content = b"".join(signed_in.get(reverse("account_export"), {"download": "1"}).streaming_content)
    there = Interview.objects.values("outcome", "outcome_on").get()
    Interview.objects.all().delete()
    file = SimpleUploadedFile("afterword.zip", content, "application/zip")
    assert signed_in.post(reverse("account_import"), {"archive": file}).status_code in (200, 302)
    assert Interview.objects.values("outcome", "outcome_on").get() == there
    assert Draft.objects.get(kind=Kind.OFFER_THANKS).answers == draft.answers


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_follow_up and not kind.is_outside])
def test_an_example_stands_below_its_box_and_never_inside(signed_in, person, kind):
    form = signed_in.get(form_url(person, kind.value)).context["form"]
    assert [field.name for field in form if "placeholder" in field.field.widget.attrs] == []
    for prompt in letter_kind(kind).prompts:
        assert prompt.example in form[prompt.key].help_text


def test_the_pages_of_a_letter_not_sent_yet_do_not_call_its_reader_done(signed_in, person, interview):
    InterviewerFactory(interview=interview, full_name="Tomasz Novak")
    services.mark_sent(services.create_draft(person))
    nudge = services.save_follow_up(person, Kind.NUDGE, {})
    linkedin = services.create_draft(person, Kind.LINKEDIN)
    for draft in (nudge, linkedin):
        for name in ("draft_edit", "draft_copy"):
            page = signed_in.get(reverse(name, args=[draft.id])).content.decode()
            assert "state-sent" not in page


# ---------------------------------------------------------------- answers that are asked about


def asked(answer, key):
    """The box for one's own words below a question; None if it is not shown."""
    [row] = [row for row in answer.context["form"].rows() if row.field.name == key]
    return row.own


def test_a_slip_is_asked_about_and_the_suggestion_taken_with_a_second_press(signed_in, person):
    typed = {"new": "i have now new certificate for reach truck"}
    answer = signed_in.post(form_url(person, "nudge"), typed)
    assert answer.status_code == 422
    assert any("There may be a mistake" in error for error in answer.context["form"].errors["new"])
    suggestion = "I now have a new certificate for the reach truck."
    assert asked(answer, "new").value() == suggestion
    page_text = answer.content.decode()
    assert '<textarea name="say_new"' in page_text
    assert f'<input type="hidden" name="asked-new" value="{typed["new"]}">' in page_text
    both = {**typed, "say_new": suggestion, "asked-new": typed["new"]}
    assert signed_in.post(form_url(person, "nudge"), both).status_code == 302
    draft = Draft.objects.get(kind=Kind.NUDGE)
    assert suggestion in draft.body
    assert draft.unsure == []
    # It is there again, to be changed.
    assert asked(signed_in.get(form_url(person, "nudge")), "new").value() == suggestion


def test_ones_own_words_stand_as_typed(signed_in, person):
    own = "I did get the new ticket for reach trucks, me"
    signed_in.post(
        form_url(person, "nudge"), {"new": "new ticket", "say_new": own, "asked-new": "new ticket"}
    )
    assert f"{own}." in Draft.objects.get(kind=Kind.NUDGE).body


def test_a_new_answer_is_taken_and_not_the_suggestion_for_the_old_one(signed_in, person):
    old = {"new": "I have finish the course", "say_new": "I have finished the course."}
    data = {**old, "new": "I have finished both courses.", "asked-new": old["new"]}
    assert signed_in.post(form_url(person, "nudge"), data).status_code == 302
    draft = Draft.objects.get(kind=Kind.NUDGE)
    assert "I have finished both courses." in draft.body
    assert "the course." not in draft.body
    # Own words that are no suggestion of ours are kept.
    data["say_new"] = "I have done it all."
    signed_in.post(form_url(person, "nudge"), data)
    draft.refresh_from_db()
    assert "I have done it all." in draft.body


def test_a_sound_answer_has_no_second_box(signed_in, person):
    assert asked(signed_in.get(form_url(person, "nudge")), "new") is None
    answer = signed_in.post(form_url(person, "second_nudge"), {"new": ""})
    assert asked(answer, "new") is None


def test_the_sentence_that_a_phrase_completes_may_be_typed_again(signed_in, person):
    data = {"point_1": "the base pay", "times": "i am free after 15:00"}
    assert signed_in.post(form_url(person, "negotiate"), data).status_code == 302
    assert "I'm free after 15:00." in Draft.objects.get(kind=Kind.NEGOTIATE).body


def test_words_that_still_need_correcting_are_shown_in_the_box_and_not_sent_with_it(signed_in, person):
    answer = signed_in.post(
        form_url(person, "offer_thanks"), {"question": "can i bring my dog or is that weird"}
    )
    assert answer.status_code == 422
    assert any("Write it in your own words" in error for error in answer.context["form"].errors["question"])
    own = asked(answer, "question")
    assert not own.value()
    assert own.field.widget.attrs["placeholder"] == "Can I bring my dog or is that weird?"


# ---------------------------------------------------------------- the day by which they decide


@pytest.fixture
def told(candidate):
    """Somebody who said when they will decide, of an interview that ended now."""
    interview = InterviewFactory(candidate=candidate, ended_at=timezone.now(), time_zone="Europe/London")
    return NotedInterviewerFactory(
        interview=interview, full_name="Dana Reed", role=Role.PEER, mentioned="they will decide in ten days"
    )


def test_a_day_in_a_note_is_asked_about_and_used_at_a_press(signed_in, told):
    interview = told.interview
    InterviewerFactory(interview=interview)
    promise = page(signed_in, interview).context["promise"]
    day = interview.ended_at.astimezone(ZoneInfo("Europe/London")).date() + dt.timedelta(days=10)
    assert (promise.day, promise.person) == (day, told)
    assert "Use this date" in page(signed_in, interview).content.decode()
    services.set_outcome(
        interview, {"outcome": "", "outcome_on": None, "decision_expected_on": None, "notes": "mine"}
    )
    signed_in.post(outcome_url(interview), {"decision_expected_on": promise.day.isoformat()})
    interview.refresh_from_db()
    assert (interview.decision_expected_on, interview.notes) == (day, "mine")
    assert page(signed_in, interview).context["promise"] is None


@pytest.mark.parametrize("outcome", ["no_reply", "rejected"])
def test_using_the_day_keeps_what_happened(signed_in, told, outcome):
    interview = told.interview
    signed_in.post(outcome_url(interview), {"outcome": outcome})
    assert (page(signed_in, interview).context["promise"] is None) is (outcome == "rejected")
    signed_in.post(outcome_url(interview), {"decision_expected_on": "in ten days"})
    interview.refresh_from_db()
    assert interview.outcome == outcome
    assert interview.decision_expected_on is not None


def test_once_the_day_is_over_nothing_is_asked(signed_in, told):
    Interview.objects.update(ended_at=timezone.now() - dt.timedelta(days=11))
    assert page(signed_in, told.interview).context["promise"] is None


def test_once_the_day_is_set_no_letter_of_the_panel_asks_for_it(signed_in, told):
    asking = NotedInterviewerFactory(interview=told.interview, role=Role.HIRING_MANAGER, order=9)
    other = services.create_draft(NotedInterviewerFactory(interview=told.interview, role=Role.PEER, order=10))
    draft = services.create_draft(asking)
    assert "decide" in draft.body or "hear" in draft.body or "next" in draft.body
    assert "?" in draft.body
    digest = other.facts_digest
    signed_in.post(outcome_url(told.interview), {"decision_expected_on": "in ten days"})
    draft.refresh_from_db()
    assert "?" not in draft.body
    # Letters that never ask are as they were; a day that is taken back is asked for again.
    other.refresh_from_db()
    assert (other.facts_digest, other.version) == (digest, 1)
    signed_in.post(outcome_url(told.interview), {"decision_expected_on": ""})
    draft.refresh_from_db()
    assert "?" in draft.body


# ---------------------------------------------------------------- a reply that asks for more time


def test_a_reply_offers_to_note_a_new_day(signed_in, thanked, interview):
    offer = 'id="id_new_day"'
    assert offer not in page(signed_in, interview).content.decode()
    signed_in.post(outcome_url(interview), {"outcome": "replied"})
    answer = page(signed_in, interview)
    assert offer in answer.content.decode()
    assert answer.context["after"].step.title == ""
    signed_in.post(outcome_url(interview), {"outcome": "rejected"})
    assert offer not in page(signed_in, interview).content.decode()


def test_a_new_day_after_a_reply_counts_from_it_and_brings_the_follow_up_back(signed_in, thanked, interview):
    signed_in.post(outcome_url(interview), {"outcome": "replied"})
    answer = signed_in.post(outcome_url(interview), {"decision_expected_on": "another week"}, follow=True)
    interview.refresh_from_db()
    assert interview.happened is Outcome.REPLIED
    assert interview.decision_expected_on == interview.outcome_on + dt.timedelta(days=7)
    after = answer.context["after"]
    assert not after.step.is_due
    assert [(one.about.kind, one.is_next) for one in after.offers] == [(Kind.NUDGE, True), (Kind.TYPO, False)]
    text = answer.content.decode()
    assert "no earlier than" in text
    assert "The follow-up then waits for it." in text


def test_a_reply_after_the_day_stops_what_was_due(signed_in, thanked, interview):
    past = {"decision_expected_on": timezone.now().date() - dt.timedelta(days=5)}
    Interview.objects.filter(pk=interview.pk).update(**past)
    assert page(signed_in, interview).context["after"].step.is_due
    signed_in.post(outcome_url(interview), {"outcome": "replied"})
    after = page(signed_in, interview).context["after"]
    assert [one.about.kind for one in after.offers] == [Kind.TYPO]
    assert after.asks_for_day


@pytest.mark.parametrize(("said", "from_today"), [("another week", True), ("in a week", False)])
def test_more_time_counts_from_today_without_a_reply_too(signed_in, interview, said, from_today):
    signed_in.post(outcome_url(interview), {"whole": "1", "decision_expected_on": said})
    interview.refresh_from_db()
    zone = ZoneInfo(interview.time_zone)
    begun = (timezone.now() if from_today else interview.ended_at).astimezone(zone).date()
    assert interview.decision_expected_on == begun + dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("browser", "month", "day"),
    [("en-US,en", 2, 1), ("en-GB,en", 1, 2), ("de-DE,de", 1, 2), ("fr", 1, 2)],
)
def test_a_day_with_slashes_is_read_as_the_browser_writes_dates(signed_in, interview, browser, month, day):
    year = interview.ended_at.year + 1
    signed_in.post(
        outcome_url(interview),
        {"whole": "1", "decision_expected_on": f"02/01/{year}"},
        headers={"accept-language": browser},
    )
    interview.refresh_from_db()
    assert interview.decision_expected_on == dt.date(year, month, day)
