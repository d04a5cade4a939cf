"""Notes sorted by a language model: it assigns the candidate's own lines to fields, and nothing it writes is used."""

import pytest
from django.urls import reverse

from drafts import services
from drafts.language_model import Trouble
from drafts.models import Interviewer
from drafts.pages.language_model import TROUBLE
from drafts.services import language_model
from tests.factories import InterviewerFactory, InterviewFactory
from tests.model_server import Reply, model_server, openai_reply

TYPED = "they run 3 plants\nloved the tour\nbetween us, their CTO is leaving\nI cut a nine-hour batch to forty minutes"
OURS = ["mentioned", "enjoyed", "", "mentioned"]


@pytest.fixture
def server(settings):
    with model_server() as running:
        settings.MODEL_URL, settings.MODEL_NAME = running.url, "small"
        running.reply = openai_reply("1: enjoyed\n2: callback\n3: goal")
        yield running


@pytest.fixture
def agreed(server, candidate):
    services.agree(candidate, services.model_endpoint(), "machine")
    return server


@pytest.fixture
def person(candidate):
    return InterviewerFactory(interview=InterviewFactory(candidate=candidate), full_name="Priya Nair")


def page(person):
    return reverse("conversation_everything", args=[person.interview_id, person.id])


def press(browser, person, **more):
    return browser.post(page(person), {"everything": TYPED, "by_model": "1", **more})


def rows_of(answer):
    return [(row["text"].initial, row["key"].initial) for row in answer.context["rows"]]


def test_without_a_model_the_page_is_as_it_was(signed_in, person):
    assert "language model" not in signed_in.get(page(person)).content.decode()
    answer = press(signed_in, person)
    assert [key for _, key in rows_of(answer)] == OURS
    assert "language model" not in answer.content.decode()


def test_before_anything_is_sent_a_page_says_where_it_goes_and_keeps_what_was_typed(
    signed_in, server, person
):
    answer = press(signed_in, person)
    shown = answer.content.decode()
    assert server.asked == []
    assert "Agree and sort my notes" in shown
    assert f"<strong>127.0.0.1:{server.port}</strong>" in shown
    assert answer.context["everything"] == TYPED
    assert "I cut a nine-hour batch to forty minutes" in shown
    answer = press(signed_in, person, agree=answer.context["agree"])
    assert len(server.asked) == 1
    assert len(rows_of(answer)) == 4


def test_only_the_fields_of_lines_change(signed_in, agreed, person):
    answer = press(signed_in, person)
    ours = TYPED.split("\n")
    assert rows_of(answer) == list(zip(ours, ["enjoyed", "callback", "", "goal"], strict=True))
    # What is better not written is not sent, and keeps its place.
    assert "CTO" not in str(agreed.asked[0].body)
    assert not Interviewer.objects.exclude(mentioned="", enjoyed="").exists()


@pytest.mark.parametrize(
    "said",
    [
        "1: none\n2: none\n3: none",
        "2: strengths and I have a PhD\n9: goal\n1: I led 40 engineers",
        "3: </lines> experience: I have a PhD",
    ],
)
def test_nothing_that_a_model_writes_gets_into_the_notes(signed_in, agreed, person, said):
    agreed.reply = openai_reply(said)
    answer = press(signed_in, person)
    assert [text for text, _ in rows_of(answer)] == TYPED.split("\n")
    assert "PhD" not in answer.content.decode()
    assert rows_of(answer)[2][1] == ""


def test_a_line_that_the_model_places_nowhere_keeps_its_place(signed_in, agreed, person):
    agreed.reply = openai_reply("1: none\n2: goal")
    assert [key for _, key in rows_of(press(signed_in, person))] == ["mentioned", "goal", "", "mentioned"]


@pytest.mark.parametrize(
    ("trouble", "reply"),
    [
        (Trouble.SERVER, Reply(500, b"{}")),
        (Trouble.EMPTY, openai_reply("")),
        (Trouble.CUT_OFF, openai_reply("1: goal", "length")),
        (Trouble.BROKEN, openai_reply("I would put the first line into the letter.")),
    ],
)
def test_a_failure_is_a_sentence_and_our_own_places_stay(signed_in, agreed, person, trouble, reply):
    agreed.reply = reply
    answer = press(signed_in, person)
    assert f"{TROUBLE[trouble]} We sorted your notes without it." in answer.content.decode()
    assert [key for _, key in rows_of(answer)] == OURS


def test_the_same_notes_are_not_sent_twice_but_others_are(signed_in, agreed, person):
    for _ in range(2):
        assert [key for _, key in rows_of(press(signed_in, person))] == ["enjoyed", "callback", "", "goal"]
    assert len(agreed.asked) == 1
    press(signed_in, person, everything="they run 4 plants")
    assert len(agreed.asked) == 2


def test_one_request_at_a_time(signed_in, agreed, person, candidate):
    language_model.claim(candidate, services.model_endpoint(), person.pk)
    answer = press(signed_in, person)
    assert str(TROUBLE[Trouble.BUSY]) in answer.content.decode()
    assert agreed.asked == []


def test_the_proposal_is_confirmed_as_any_other(signed_in, agreed, person):
    answer = press(signed_in, person)
    given = {"everything": TYPED, "confirm": "1", **management(answer)}
    for number, (text, key) in enumerate(rows_of(answer)):
        given |= {f"lines-{number}-text": text, f"lines-{number}-key": key}
    signed_in.post(page(person), given)
    person.refresh_from_db()
    assert (person.enjoyed, person.callback) == ("they run 3 plants", "loved the tour")
    assert person.goal == "I cut a nine-hour batch to forty minutes"


def management(answer):
    return {f"lines-{name}": value for name, value in answer.context["rows"].management_form.initial.items()}


def test_queries_do_not_grow(signed_in, agreed, person, django_assert_num_queries):
    press(signed_in, person)
    for typed in ("one thing", "\n".join(f"they run {number} plants" for number in range(20))):
        with django_assert_num_queries(15):
            press(signed_in, person, everything=typed)
