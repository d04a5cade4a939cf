"""Editing the letter: versions, subjects, two tabs, tone, both texts, history."""

import pytest
from django.urls import reverse

from drafts import services
from drafts.models import Draft, Interviewer, WorkSample
from tests.factories import InterviewFactory, NotedInterviewerFactory
from tests.integration.test_interview_new import HOSTILE


@pytest.fixture
def draft(candidate):
    return services.create_draft(NotedInterviewerFactory(interview=InterviewFactory(candidate=candidate)))


def page(draft, name="draft_edit"):
    return reverse(name, args=[draft.id])


def versions(draft):
    return [(one.version, one.reason, one.body) for one in draft.revisions.all()]


def test_the_page_shows_the_letter_and_its_subjects(signed_in, draft):
    context = signed_in.get(page(draft)).context
    assert context["form"]["body"].value() == draft.body
    assert context["words"] == len(draft.body.split())
    assert draft.subject in context["subject_options"]
    assert len(context["subject_options"]) >= 3
    assert context["is_stale"] is False


def test_saving_makes_a_version(signed_in, draft):
    first = draft.body
    answer = signed_in.post(page(draft), {"subject": "S", "body": "Hi\r\n\r\nthere  you", "version": "1"})
    assert answer.url == page(draft)
    draft.refresh_from_db()
    assert (draft.subject, draft.body, draft.version) == ("S", "Hi\n\nthere  you", 2)
    assert draft.edited_at is not None
    assert versions(draft) == [(2, "edited", "Hi\n\nthere  you"), (1, "composed", first)]


def test_saving_the_same_text_makes_none(signed_in, draft):
    body = draft.body.replace("\n", "\r\n")
    signed_in.post(page(draft), {"subject": draft.subject, "body": body, "version": "1"})
    draft.refresh_from_db()
    assert (draft.version, draft.edited_at, len(versions(draft))) == (1, None, 1)


def test_save_and_copy_goes_to_the_copy_page(signed_in, draft):
    answer = signed_in.post(page(draft), {"subject": "S", "body": "B", "copy": "1"})
    assert answer.url == page(draft, "draft_copy")


def test_a_subject_is_chosen_without_javascript(signed_in, draft):
    other = signed_in.get(page(draft)).context["subject_options"][-1]
    signed_in.post(page(draft), {"subject": draft.subject, "body": "New text", "use_subject": other})
    draft.refresh_from_db()
    assert (draft.subject, draft.body) == (other, "New text")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_exactly(signed_in, draft, text):
    signed_in.post(page(draft), {"subject": text, "body": f"{text}\n\n{text}"})
    draft.refresh_from_db()
    assert (draft.subject, draft.body) == (text, f"{text}\n\n{text}")
    for name in ("draft_edit", "draft_copy", "draft_history", "draft_recompose"):
        assert "<b>Z" not in signed_in.get(page(draft, name)).content.decode()


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"body": ""}, "body", "The letter is empty. Write it, or restore an earlier version."),
        ({"body": " \n "}, "body", "The letter is empty. Write it, or restore an earlier version."),
        ({"body": "x" * 20_001}, "body", "Shorten this to 20000 characters. It has 20001."),
        ({"body": "a\x07b"}, "body", "Remove the characters that can’t be sent in an email."),
        ({"body": "a\0b"}, "body", None),
        ({"subject": "x" * 201}, "subject", "Shorten this to 200 characters. It has 201."),
        ({"subject": "a\nBcc: b"}, "subject", "Keep the subject on one line."),
    ],
)
def test_invalid_input_is_reported_and_stays_in_the_form(signed_in, draft, values, field, message):
    sent = {"subject": "S", "body": "B"} | values
    answer = signed_in.post(page(draft), sent)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    if message:
        assert form.errors[field] == [message]
    assert {name: form[name].value() for name in sent} == sent
    assert Draft.objects.get().version == 1


def test_two_tabs_lose_nothing(signed_in, draft):
    signed_in.post(page(draft), {"subject": "S", "body": "First", "version": "1"})
    answer = signed_in.post(page(draft), {"subject": "S", "body": "Second", "version": "1"})
    assert answer.status_code == 409
    assert answer.context["conflict"].body == "First"
    form = answer.context["form"]
    assert form["body"].value() == "Second"
    assert "First" in answer.content.decode()
    assert Draft.objects.get().body == "First"
    again = {"subject": "S", "body": "Second", "version": form["version"].value()}
    assert signed_in.post(page(draft), again).status_code == 302
    assert Draft.objects.get().body == "Second"


def test_queries_do_not_grow_with_the_panel(signed_in, draft, django_assert_num_queries):
    signed_in.get(page(draft))
    with django_assert_num_queries(5):
        signed_in.get(page(draft))
    NotedInterviewerFactory.create_batch(19, interview=draft.interviewer.interview)
    for name, count in (("draft_edit", 5), ("draft_copy", 5), ("draft_recompose", 5), ("draft_history", 4)):
        with django_assert_num_queries(count):
            signed_in.get(page(draft, name))


# --- Tone, and recomposing


def test_an_untouched_letter_takes_another_tone_at_once(signed_in, draft):
    answer = signed_in.post(page(draft, "draft_tone"), {"tone": "formal"})
    assert answer.url == page(draft)
    before = draft.body
    draft.refresh_from_db()
    assert draft.tone == "formal"
    assert draft.body.startswith("Dear ")
    assert [body for _version, _reason, body in versions(draft)] == [draft.body, before]
    assert draft.edited_at is None


def test_an_edited_letter_is_shown_beside_the_new_one_first(signed_in, draft):
    services.save_draft(draft, "S", "Mine", None)
    answer = signed_in.post(page(draft, "draft_tone"), {"tone": "formal"})
    assert answer.url == page(draft, "draft_recompose") + "?tone=formal"
    assert Draft.objects.get().body == "Mine"
    both = signed_in.get(answer.url)
    assert both.context["letter"].body.startswith("Dear ")
    assert "Mine" in both.content.decode()
    assert Draft.objects.get().body == "Mine"


@pytest.mark.parametrize("tone", ["loud", "", None])
def test_an_invalid_tone_is_rejected(signed_in, draft, tone):
    answer = signed_in.post(page(draft, "draft_tone"), {} if tone is None else {"tone": tone})
    assert answer.status_code == 422
    assert Draft.objects.get().version == 1


def test_the_new_one_is_taken_only_when_chosen_and_the_old_one_stays_in_the_history(signed_in, draft):
    services.save_draft(draft, "S", "Mine", None)
    Interviewer.objects.update(goal="open the second market")
    assert signed_in.get(page(draft)).context["is_stale"] is True
    signed_in.post(page(draft, "draft_recompose"), {"choice": "new", "tone": "brief"})
    draft.refresh_from_db()
    assert "second market" in draft.body
    assert (draft.tone, draft.edited_at) == ("brief", None)
    assert [(version, reason) for version, reason, _body in versions(draft)] == [
        (3, "recomposed"),
        (2, "edited"),
        (1, "composed"),
    ]
    assert versions(draft)[1][2] == "Mine"
    assert signed_in.get(page(draft)).context["is_stale"] is False


def test_the_candidates_own_text_may_be_kept(signed_in, draft):
    services.save_draft(draft, "S", "Mine", None)
    Interviewer.objects.update(goal="open the second market")
    signed_in.post(page(draft, "draft_recompose"), {"choice": "keep"})
    draft.refresh_from_db()
    assert (draft.body, draft.version) == ("Mine", 2)
    assert signed_in.get(page(draft)).context["is_stale"] is False


@pytest.mark.parametrize("sent", [{}, {"choice": "x"}, {"choice": "new", "tone": "loud"}])
def test_an_invalid_choice_is_rejected(signed_in, draft, sent):
    services.save_draft(draft, "S", "Mine", None)
    assert signed_in.post(page(draft, "draft_recompose"), sent).status_code == 422
    assert Draft.objects.get().body == "Mine"


# --- History


def test_any_version_can_be_restored(signed_in, draft):
    first = draft.body
    services.save_draft(draft, "S", "Mine", None)
    shown = signed_in.get(page(draft, "draft_history")).context["versions"]
    revisions = [one.revision for one in shown]
    assert [one.version for one in revisions] == [2, 1]
    answer = signed_in.post(reverse("draft_restore", args=[draft.id, revisions[1].id]))
    assert answer.url == page(draft)
    assert versions(draft) == [(3, "restored", first), (2, "edited", "Mine"), (1, "composed", first)]
    draft.refresh_from_db()
    assert draft.body == first
    assert draft.edited_at is not None


def test_the_page_knows_each_persons_work_samples(signed_in, draft, django_assert_num_queries):
    person = draft.interviewer
    for order, name in enumerate(("b.pdf", "a.pdf")):
        WorkSample.objects.create(interviewer=person, order=order, file=name, file_name=name, size=1)
    other = NotedInterviewerFactory(interview=person.interview, order=person.order + 1)
    WorkSample.objects.create(interviewer=other, label="Site", url="https://example.org/")
    with django_assert_num_queries(2):
        whole = services.read_whole(person.interview)
        read = [[(one.label, one.file_name) for one in each.work_samples.all()] for each in whole.people]
    assert read == [[("", "b.pdf"), ("", "a.pdf")], [("Site", "")]]
    assert [each.work_samples.exclude(file="").count() for each in whole.people] == [2, 0]
    assert whole.people[1].work_samples.get().interviewer == other
