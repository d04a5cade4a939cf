"""The third step: notes become a letter; skipping, the letter so far, two tabs."""

import re

import pytest
from django.urls import reverse

from drafts.domain.facts import Role
from drafts.forms.examples import examples
from drafts.models import Draft, Interviewer
from tests.factories import InterviewerFactory, InterviewFactory, NotedInterviewerFactory, WorkSampleFactory
from tests.integration.test_interview_new import HOSTILE


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate)


@pytest.fixture
def person(interview):
    return InterviewerFactory(interview=interview, full_name="Priya Nair", order=0)


def page(person, name="conversation_edit"):
    return reverse(name, args=[person.interview_id, person.id])


NOTES = {
    "mentioned": "the move to streaming",
    "enjoyed": "how you review designs",
    "strengths": "Python, PostgreSQL; Kafka\nPython",
    "experience": "leading a team of five",
    "goal": "cut the deploy time",
    "forgot": "my work on Kafka",
    "correction-topic": "my notice period",
    "correction-answer": "that it is one month",
    "callback": "I hope the move goes well.",
    "work_samples-TOTAL_FORMS": "2",
    "work_samples-0-label": "Talk",
    "work_samples-0-url": "https://example.com/talk",
    "work_samples-1-label": "",
    "work_samples-1-url": "",
}
RARE = ("forgot", "correction-topic", "correction-answer")


def test_saving_stores_the_notes_and_writes_the_letter(signed_in, person):
    answer = signed_in.post(page(person), NOTES)
    person.refresh_from_db()
    assert (person.mentioned, person.strengths, person.correction_topic, person.version) == (
        "the move to streaming",
        ["Python", "PostgreSQL", "Kafka"],
        "my notice period",
        2,
    )
    assert [(sample.label, sample.url) for sample in person.work_samples.all()] == [
        ("Talk", "https://example.com/talk")
    ]
    draft = Draft.objects.get()
    assert "streaming" in draft.body
    assert "Priya," in draft.body.splitlines()[0]
    assert [(one.version, one.reason, one.body) for one in draft.revisions.all()] == [
        (1, "composed", draft.body)
    ]
    assert answer.url == draft.get_absolute_url()


def test_saving_goes_on_to_the_next_person(signed_in, person):
    following = InterviewerFactory(interview=person.interview, order=1)
    assert signed_in.post(page(person), NOTES).url == page(following)
    assert signed_in.post(page(person), NOTES | {"later": "1"}).url == person.interview.get_absolute_url()


def test_saving_nothing_writes_nothing(signed_in, person):
    InterviewerFactory(interview=person.interview, order=1)
    assert signed_in.post(page(person), {}).status_code == 302
    assert Draft.objects.count() == 0


def test_an_untouched_letter_is_recomposed(signed_in, person):
    signed_in.post(page(person), NOTES)
    signed_in.post(page(person), NOTES | {"mentioned": "the new data centre"})
    draft = Draft.objects.get()
    assert "the new data centre" in draft.body
    assert [one.reason for one in draft.revisions.all()] == ["recomposed", "composed"]
    signed_in.post(page(person), NOTES | {"mentioned": "the new data centre"})
    assert draft.revisions.count() == 2


@pytest.mark.parametrize("state", ["edited_at", "sent_at"])
def test_an_edited_or_sent_letter_is_never_overwritten(signed_in, person, state):
    signed_in.post(page(person), NOTES)
    Draft.objects.update(body="Mine.", **{state: "2026-11-20T10:00Z"})
    signed_in.post(page(person), NOTES | {"mentioned": "the new data centre"})
    draft = Draft.objects.get()
    assert draft.body == "Mine."
    cards = signed_in.get(person.interview.get_absolute_url()).context["cards"]
    assert [card.is_stale for card in cards] == [True]


def test_the_letters_of_a_panel_stay_apart(signed_in, interview):
    people = [InterviewerFactory(interview=interview, order=order) for order in range(8)]
    for person in people:
        signed_in.post(page(person), {"mentioned": f"the project {person.full_name}"})
    subjects = [draft.subject for draft in Draft.objects.all()]
    openings = [draft.body.split("\n\n")[1].split(".")[0] for draft in Draft.objects.all()]
    assert len(set(subjects)) == 8
    assert len(set(openings)) == 8


@pytest.mark.parametrize("text", [*HOSTILE, "Ends with {{", "%(name)s"])
def test_any_text_comes_out_exactly(signed_in, person, text):
    signed_in.post(page(person), {"callback": "a look", "say-callback": f"Look: {text} yes."})
    assert f"Look: {text} yes." in Draft.objects.get().body
    assert "<b>" not in re.sub(r"<b>(?!Z)", "", signed_in.get(page(person)).content.decode())


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"mentioned": "x" * 100_000},
            "mentioned",
            "Shorten this to 1000 characters. It has 100000.",
        ),
        ({"callback": "a\0b"}, "callback", "Remove the character that can’t be sent in an email (U+0000)."),
        ({"strengths": "x" * 161}, "strengths", "Shorten this to 160 characters. It has 161."),
        (
            {"strengths": ",".join("abcdefghijklmnopqrstu")},
            "strengths",
            "Enter at most 20 strengths. You entered 21.",
        ),
        (
            {"correction-topic": "x" * 301},
            "correction-topic",
            "Shorten this to 300 characters. It has 301.",
        ),
        ({"strengths": "a\0"}, "strengths", None),
    ],
)
def test_invalid_input_is_reported_and_stays_in_the_form(signed_in, person, values, field, message):
    answer = signed_in.post(page(person), NOTES | values)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    if message:
        assert form.errors[field] == [message]
    assert form[field].value() == values[field]
    assert form["goal"].value() == NOTES["goal"]
    assert Draft.objects.count() == 0
    assert field not in RARE or answer.context["rare_open"]


@pytest.mark.parametrize(
    ("label", "url", "message"),
    [
        ("Talk", "ftp://example.com", "Enter a full web address that starts with https://."),
        ("Talk", "javascript:alert(1)", "Enter a full web address that starts with https://."),
        ("Talk", "http://[", "Enter a full web address that starts with https://."),
        ("Talk", "", "Enter the link, or clear the description."),
        ("", "https://example.com/" + "x" * 500, "Shorten this to 500 characters. It has 520."),
    ],
)
def test_a_link_must_be_a_web_address(signed_in, person, label, url, message):
    answer = signed_in.post(page(person), NOTES | {"work_samples-0-label": label, "work_samples-0-url": url})
    assert answer.status_code == 422
    assert answer.context["samples"].errors[0] == {"url": [message]}


def test_the_sixth_link_is_refused_and_stays_typed(signed_in, person):
    links = {f"work_samples-{place}-url": f"https://example.com/{place}" for place in range(6)}
    answer = signed_in.post(page(person), links)
    assert answer.status_code == 422
    assert answer.context["samples"].non_form_errors() == ["Enter at most 5 links. Clear the others."]
    assert len(answer.context["samples"].forms) == 6


@pytest.mark.parametrize("total", ["x", "-1", "9" * 30, ""])
def test_a_wrong_link_count_loses_no_links(signed_in, person, total):
    signed_in.post(page(person), NOTES | {"work_samples-TOTAL_FORMS": total})
    assert person.work_samples.count() == 1


@pytest.mark.parametrize("button", ["preview", "add_sample"])
def test_without_javascript_buttons_show_and_store_nothing(signed_in, person, button):
    answer = signed_in.post(page(person), NOTES | {button: "1"})
    assert answer.status_code == 200
    assert "streaming" in answer.context["letter"].body
    assert answer.context["form"]["mentioned"].value() == NOTES["mentioned"]
    assert len(answer.context["samples"].forms) == (3 if button == "add_sample" else 2)
    person.refresh_from_db()
    assert person.mentioned == ""
    assert Draft.objects.count() == 0


def test_two_tabs_lose_nothing(signed_in, person):
    signed_in.post(page(person), NOTES | {"version": "1"})
    mine = NOTES | {"version": "1", "mentioned": "the second tab", "work_samples-0-label": "Other"}
    answer = signed_in.post(page(person), mine)
    assert answer.status_code == 409
    assert {str(key): text for key, text in answer.context["conflict"].items()} == {
        "You told me that …": "the move to streaming",
        "Links": "Talk https://example.com/talk",
    }
    form = answer.context["form"]
    assert form["mentioned"].value() == "the second tab"
    person.refresh_from_db()
    assert person.mentioned == "the move to streaming"
    assert signed_in.post(page(person), mine | {"version": form["version"].value()}).status_code == 302
    person.refresh_from_db()
    assert person.mentioned == "the second tab"


def test_someone_deleted_meanwhile_is_a_404(signed_in, person, monkeypatch):
    from drafts import services

    save = services.save_conversation

    def late(*args, **kwargs):
        Interviewer.objects.all().delete()
        return save(*args, **kwargs)

    monkeypatch.setattr(services, "save_conversation", late)
    assert signed_in.post(page(person), NOTES).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_every_blank_has_the_example_of_its_role(signed_in, person, role):
    Interviewer.objects.update(role=role)
    context = signed_in.get(page(person)).context
    given = examples(person.interview.position, person.interview.field, role)
    blanks = context["blanks"].values()
    for blank in blanks:
        if blank.field.name in given:
            assert blank.field.help_text == f"For example: {given[blank.field.name]}"
    apart = {name for name in context["form"].fields if name.startswith("say-")}
    names = {blank.field.name for blank in blanks}
    assert names | apart | {"version", "reaction", "relates", "met_before"} == set(context["form"].fields)


def test_the_role_is_guessed_from_the_job_title(signed_in, person):
    Interviewer.objects.update(role="", job_title="Talent Acquisition Partner")
    context = signed_in.get(page(person)).context
    given = examples(person.interview.position, person.interview.field, Role.RECRUITER)
    assert context["blanks"]["mentioned"].field.help_text == f"For example: {given['mentioned']}"


def test_rare_fields_are_open_if_they_have_notes(signed_in, interview):
    def is_open(**noted):
        context = signed_in.get(page(InterviewerFactory(interview=interview, **noted))).context
        return context["rare_open"]

    assert not is_open()
    assert not is_open(goal="x")
    assert is_open(forgot="x")
    assert is_open(correction_answer="x")
    assert is_open(own_sentences={"forgot": "I forgot it."})
    with_link = WorkSampleFactory(interviewer__interview=interview).interviewer
    assert signed_in.get(page(with_link)).context["rare_open"]


def test_queries_do_not_grow(signed_in, interview, django_assert_num_queries):
    person = NotedInterviewerFactory(interview=interview)
    signed_in.get(page(person))
    with django_assert_num_queries(6):
        signed_in.get(page(person))
    NotedInterviewerFactory.create_batch(19, interview=interview)
    WorkSampleFactory.create_batch(3, interviewer=person)
    with django_assert_num_queries(6):
        signed_in.get(page(person))
    with django_assert_num_queries(5):
        signed_in.post(page(person, "conversation_preview"), NOTES)


def test_the_preview_takes_what_is_valid_and_stores_nothing(signed_in, person):
    values = NOTES | {"goal": "x" * 2000, "work_samples-0-url": "nonsense"}
    answer = signed_in.post(page(person, "conversation_preview"), values, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.templates[0].name == "drafts/_conversation_preview.html"
    letter = answer.context["letter"]
    assert "streaming" in letter.body
    assert "xxx" not in letter.body
    assert "nonsense" not in letter.body
    person.refresh_from_db()
    assert (person.mentioned, person.version, Draft.objects.count()) == ("", 1, 0)


def test_the_preview_is_the_letter_that_saving_writes(signed_in, person):
    letter = signed_in.post(page(person, "conversation_preview"), NOTES).context["letter"]
    signed_in.post(page(person), NOTES)
    draft = Draft.objects.get()
    assert (draft.subject, draft.body) == (letter.subject, letter.body)


def test_skipping_goes_on_and_is_remembered(signed_in, person):
    following = InterviewerFactory(interview=person.interview, order=1)
    assert signed_in.post(page(person, "conversation_skip")).url == page(following)
    steps = signed_in.get(page(following)).context["steps"]
    assert [step.state for step in steps] == ["done", "done", "skipped", "current", "todo"]
    signed_in.post(page(person), NOTES)
    person.refresh_from_db()
    assert person.skipped_at is None


def test_a_letter_may_be_written_without_notes_and_only_once(signed_in, person):
    answer = signed_in.post(page(person, "draft_create"))
    draft = Draft.objects.get()
    assert answer.url == draft.get_absolute_url()
    assert signed_in.post(page(person, "draft_create")).url == draft.get_absolute_url()
    assert Draft.objects.count() == 1
