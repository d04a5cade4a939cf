"""One box for everything: sorted as a proposal, stored once confirmed, and no typed text is lost."""

import pytest
from django.urls import reverse

from drafts import services
from drafts.domain.notes import SortedLine
from drafts.errors import Conflict
from drafts.models import Draft
from drafts.views import everything
from tests.factories import InterviewerFactory, InterviewFactory, WorkFileFactory, WorkSampleFactory

TEXT = "She said they are two cooks down\n\nran a pass of 120 covers\nidk"
LINES = [("You are two cooks down", "mentioned"), ("ran a pass of 120 covers", "experience"), ("idk", "")]


@pytest.fixture
def person(candidate):
    return InterviewerFactory(
        interview=InterviewFactory(candidate=candidate), full_name="Priya Nair", order=0
    )


def page(person, name="conversation_everything"):
    return reverse(name, args=[person.interview_id, person.id])


def confirmed(*lines, **more):
    sent = {"everything": TEXT, "confirm": "1", "lines-TOTAL_FORMS": len(lines), **more}
    for place, (text, key) in enumerate(lines):
        sent |= {f"lines-{place}-text": text, f"lines-{place}-key": key}
    return sent


def rows(answer):
    return [(row["text"].value(), row["key"].value()) for row in answer.context["rows"]]


def test_the_page_asks_for_it_and_says_whom_it_is_about(signed_in, person):
    answer = signed_in.get(page(person))
    assert answer.status_code == 200
    assert "Priya Nair" in answer.content.decode()
    assert answer.context["rows"] is None


def typed(client, person, text, version=0):
    """What the script of the page sends while somebody types."""
    return client.post(page(person), {"everything": text, "version": version}, headers={"X-Autosave": "1"})


def kept(person):
    person.refresh_from_db()
    return person.everything


def test_what_is_typed_is_kept_and_there_again(signed_in, person):
    answer = typed(signed_in, person, TEXT.replace("\n", "\r\n"))
    assert (answer.status_code, answer["X-Version"]) == (204, str(services.text_version(TEXT)))
    assert kept(person) == TEXT
    # The letters and other open pages are not concerned.
    assert (person.version, Draft.objects.count()) == (1, 0)
    again = signed_in.get(page(person))
    assert again.context["form"]["everything"].value() == TEXT
    assert "Saved" in again.content.decode()
    assert "Sort what you typed at once" in signed_in.get(page(person, "conversation_edit")).content.decode()


def test_the_box_may_be_emptied_again(signed_in, person):
    version = typed(signed_in, person, TEXT)["X-Version"]
    assert typed(signed_in, person, "", version).status_code == 204
    assert kept(person) == ""
    assert "Type everything at once" in signed_in.get(page(person, "conversation_edit")).content.decode()


def test_text_too_long_to_keep_is_said_while_typing(signed_in, person):
    answer = typed(signed_in, person, "x" * 5001)
    assert answer.status_code == 422
    assert "Shorten this to 5000 characters. It has 5001." in answer.content.decode()
    assert kept(person) == ""


def test_two_tabs_show_both_texts_and_keep_the_first(signed_in, person):
    typed(signed_in, person, "from the first tab")
    answer = typed(signed_in, person, "from the second tab")
    assert answer.status_code == 409
    assert "from the first tab" in answer.context["conflict"].values()
    assert kept(person) == "from the first tab"
    # Saved on purpose: the other text is shown once more, and the next press overwrites it.
    sent = {"everything": "from the second tab", "version": "0"}
    answer = signed_in.post(page(person), sent)
    assert answer.status_code == 409
    assert "from the first tab" in answer.context["conflict"].values()
    assert answer.context["form"]["everything"].value() == "from the second tab"
    sent["version"] = answer.context["form"]["version"].value()
    assert signed_in.post(page(person), sent).status_code == 200
    assert kept(person) == "from the second tab"


def test_sent_twice_it_is_no_conflict(signed_in, person):
    assert [typed(signed_in, person, TEXT).status_code for _time in range(2)] == [204, 204]


def test_without_a_script_it_is_kept_by_the_button_and_stored_as_the_page_knows(signed_in, person):
    answer = signed_in.post(page(person), {"everything": TEXT, "sent": "abcdefgh-1"})
    assert answer.cookies["stored-abcdefgh-1"].value == "1"
    assert kept(person) == TEXT
    assert answer.context["form"]["version"].value() == str(services.text_version(TEXT))


def test_once_it_is_among_the_notes_the_box_is_empty(signed_in, person):
    signed_in.post(page(person), {"everything": TEXT})
    assert kept(person) == TEXT
    signed_in.post(page(person), confirmed(*LINES))
    assert kept(person) == ""
    # Typed in another tab since the proposal was made: stays.
    typed(signed_in, person, "something else")
    signed_in.post(page(person), confirmed(*LINES))
    assert kept(person) == "something else"


def test_it_is_sorted_as_a_proposal_and_no_note_is_stored(signed_in, person, monkeypatch):
    asked = []

    def sort(text, panel, index):
        asked.append((text, panel.interviewers[index].full_name))
        return tuple(SortedLine(*line) for line in LINES)

    monkeypatch.setattr(everything, "sort_notes", sort)
    InterviewerFactory(interview=person.interview, order=1)
    answer = signed_in.post(page(person), {"everything": TEXT.replace("\n", "\r\n")})
    assert answer.status_code == 200
    assert asked == [(TEXT, "Priya Nair")]
    assert rows(answer) == LINES
    assert answer.context["form"]["everything"].value().replace("\r", "") == TEXT
    person.refresh_from_db()
    assert (person.mentioned, person.version, Draft.objects.count()) == ("", 1, 0)


def test_every_line_of_a_real_text_has_a_row(signed_in, person):
    answer = signed_in.post(page(person), {"everything": TEXT})
    assert "cooks down" in " ".join(text for text, _key in rows(answer))
    assert answer.context["rows"].forms[0].fields["key"].choices[0] == ("", "Leave it out")


def test_confirmed_lines_come_after_what_is_there(signed_in, candidate, person):
    for name, value in {
        "mentioned": "the kitchen",
        "strengths": ["Calm"],
        "correction_topic": "notice",
        "correction_answer": "three weeks",
        "own_sentences": {"goal": "I will help."},
        "reaction": "work_on",
    }.items():
        setattr(person, name, value)
    person.save()
    link = WorkSampleFactory(interviewer=person)
    WorkFileFactory(interviewer=person)
    lines = [
        ("two cooks down", "mentioned"),
        ("a new oven", "mentioned"),
        ("ran a pass", "experience"),
        ("knife work; calm", "strengths"),
        ("rotas", "strengths"),
        ("it is four weeks", "correction"),
        ("when you decide", "ask"),
        ("gossip", ""),
        ("", "goal"),
    ]
    answer = signed_in.post(page(person), confirmed(*lines))
    assert answer.url == page(person, "conversation_edit")
    person.refresh_from_db()
    assert {name: getattr(person, name) for name in services.NOTE_FIELDS} == {
        "mentioned": "the kitchen\ntwo cooks down\na new oven",
        "enjoyed": "",
        "strengths": ["Calm", "knife work", "rotas"],
        "experience": "ran a pass",
        "goal": "",
        "forgot": "",
        "correction_topic": "notice",
        "correction_answer": "three weeks\nit is four weeks",
        "callback": "",
        "ask": "when you decide",
        "relates": None,
        "met_before": None,
        "reaction": "work_on",
        "own_sentences": {"goal": "I will help."},
    }
    assert link in person.work_samples.all()
    assert person.work_samples.count() == 2
    assert Draft.objects.get().interviewer == person


def test_confirmed_twice_it_is_there_once(signed_in, person):
    for _time in range(2):
        assert signed_in.post(page(person), confirmed(*LINES, ("Go", "strengths"))).status_code == 302
    person.refresh_from_db()
    assert (person.mentioned, person.strengths) == ("You are two cooks down", ["Go"])


def test_where_everything_is_left_out_nothing_is_stored(signed_in, person):
    assert signed_in.post(page(person), confirmed(("idk", ""))).status_code == 302
    person.refresh_from_db()
    assert person.version == 1


def test_a_row_that_nobody_filled_is_left_out(signed_in, person):
    sent = {"everything": TEXT, "confirm": "1", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0"}
    assert signed_in.post(page(person), sent).status_code == 302


def test_the_way_back_to_the_letter_is_kept(signed_in, person):
    answer = signed_in.post(f"{page(person)}?then=letter", confirmed(*LINES))
    assert answer.url == f"{page(person, 'conversation_edit')}?then=letter"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Type something you remember first."),
        (" \r\n ", "Type something you remember first."),
        ("x" * 5001, "Shorten this to 5000 characters. It has 5001."),
        ("a\0b", "Remove the character that can’t be sent in an email (U+0000)."),
        ("x\n" * 101, "Sort at most 100 lines at a time. You entered 101. Do the rest afterward."),
    ],
)
def test_text_that_cannot_be_sorted_is_kept(signed_in, person, monkeypatch, text, message):
    each = lambda text, *_: tuple(SortedLine(line, "mentioned") for line in text.splitlines())  # noqa: E731
    monkeypatch.setattr(everything, "sort_notes", each)
    answer = signed_in.post(page(person), {"everything": text})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"everything": [message]}
    assert answer.context["form"]["everything"].value() == text


@pytest.mark.parametrize(
    ("stored", "line", "message"),
    [
        (
            {"mentioned": "x" * 995},
            ("too much", "mentioned"),
            "“You told me that …” has room for 1000 characters, and with this it would have 1004. "
            "Shorten it or move it.",
        ),
        ({}, ("x" * 161, "strengths"), "Shorten this to 160 characters. It has 161."),
        (
            {"strengths": [f"skill {n}" for n in range(20)]},
            ("one more", "strengths"),
            "Enter at most 20 strengths. You entered 21.",
        ),
        ({}, ("a\0b", "goal"), "Remove the character that can’t be sent in an email (U+0000)."),
    ],
)
def test_a_line_that_does_not_fit_keeps_its_row_and_stores_none(signed_in, person, stored, line, message):
    for name, value in stored.items():
        setattr(person, name, value)
    person.save()
    answer = signed_in.post(page(person), confirmed(("fits", "enjoyed"), line))
    assert answer.status_code == 422
    assert rows(answer) == [("fits", "enjoyed"), line]
    assert [row.errors for row in answer.context["rows"]] == [{}, {"text": [message]}]
    assert answer.context["form"]["everything"].value() == TEXT
    person.refresh_from_db()
    assert (person.enjoyed, person.version) == ("", 1)


def test_an_unknown_field_is_refused(signed_in, person):
    answer = signed_in.post(page(person), confirmed(("x", "full_name")))
    assert answer.status_code == 422
    assert list(answer.context["rows"].forms[0].errors) == ["key"]


def test_changed_elsewhere_this_moment_it_is_said_and_kept(signed_in, person, monkeypatch):
    def late(*args):
        raise Conflict(person)

    monkeypatch.setattr(services, "save_conversation", late)
    answer = signed_in.post(page(person), confirmed(*LINES))
    assert answer.status_code == 409
    assert rows(answer) == LINES
    assert "Press the button again" in answer.content.decode()


def test_strangers_and_other_methods(client, signed_in, person):
    stranger = InterviewerFactory()
    assert signed_in.get(page(stranger)).status_code == 404
    assert signed_in.post(page(stranger), confirmed(*LINES)).status_code == 404
    assert signed_in.put(page(person)).status_code == 405


def test_signed_out_meanwhile_what_was_typed_is_given_back(signed_in, person):
    signed_in.logout()
    answer = signed_in.post(page(person), {"everything": TEXT})
    assert answer.status_code == 404
    assert "ran a pass of 120 covers" in answer.content.decode()


def test_sorting_is_limited(settings, signed_in, person):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "preview": "2/m"}
    statuses = [signed_in.post(page(person), {"everything": "x y"}).status_code for _time in range(3)]
    assert statuses == [200, 200, 429]


def test_queries_do_not_grow(signed_in, person, django_assert_num_queries):
    signed_in.get(page(person))
    InterviewerFactory.create_batch(19, interview=person.interview)
    WorkSampleFactory.create_batch(3, interviewer=person)
    with django_assert_num_queries(5):
        signed_in.get(page(person))
    with django_assert_num_queries(12):
        signed_in.post(page(person), {"everything": TEXT})
    # Saved already while typing.
    with django_assert_num_queries(7):
        signed_in.post(page(person), {"everything": TEXT})


def test_a_question_of_theirs_waits_for_the_candidate_to_say_where_it_belongs(signed_in, person):
    answer = signed_in.post(page(person), {"everything": "he asked me about kafka\nran a pass of 120 covers"})
    asked, ran = answer.context["rows"]
    assert asked.fields["key"].choices[0] == ("undecided", "Where does this belong?")
    assert asked["key"].value() == "undecided"
    assert "undecided" not in dict(ran.fields["key"].choices)
    lines = [(asked["text"].value(), "undecided"), ("ran a pass of 120 covers", "experience")]
    answer = signed_in.post(page(person), confirmed(*lines))
    assert answer.status_code == 422
    assert "Choose where this belongs, or leave it out." in answer.content.decode()
    assert answer.context["rows"].forms[0]["key"].value() == "undecided"
    person.refresh_from_db()
    assert person.experience == ""
    lines[0] = (lines[0][0], "")
    assert signed_in.post(page(person), confirmed(*lines)).status_code == 302
    person.refresh_from_db()
    assert (person.mentioned, person.experience) == ("", "ran a pass of 120 covers")
