"""The letter with blanks: what happened to each note, own sentences, and chips."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from drafts.domain.facts import OWN_SENTENCE_KEYS
from drafts.domain.letter import NoteUse, Use
from drafts.domain.notes.lists import reason_text
from drafts.models import Draft
from drafts.pages.blanks import Fate
from drafts.services import whole
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, WorkSampleFactory

TYPING = {"HTTP_X_AUTOSAVE": "1"}
CHIPS = {"ask": "when you decide", "relates": "on", "reaction": "work_on"}
SAID = {"say-mentioned": "You told me you are two cooks down.", "say-correction": "It is four weeks."}


@pytest.fixture
def person(candidate):
    return InterviewerFactory(
        interview=InterviewFactory(candidate=candidate), full_name="Priya Nair", order=0
    )


@pytest.fixture
def became(monkeypatch):
    """Makes every letter report this about its notes."""
    compose = whole.compose_route

    def set_notes(*notes):
        monkeypatch.setattr(whole, "compose_route", lambda *args: replace(compose(*args), notes=notes))

    return set_notes


def page(person, name="conversation_edit"):
    return reverse(name, args=[person.interview_id, person.id])


def stored(person):
    person.refresh_from_db()
    return person.ask, person.relates, person.reaction, person.own_sentences


class Fields(HTMLParser):
    """All field names of a page, and its elements by id."""

    def __init__(self, answer):
        super().__init__()
        self.names, self.ids, self.labels = [], {}, set()
        self.feed(answer.content.decode())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("name"):
            self.names.append(given["name"])
        if given.get("id"):
            self.ids[given["id"]] = (tag, given)
        if tag == "label":
            self.labels.add(given.get("for"))


# ---------------------------------------------------------------- saving


def test_chips_and_own_sentences_are_stored_and_shown_again(signed_in, person):
    signed_in.post(page(person), {"mentioned": "the kitchen", **CHIPS, **SAID})
    own = {"mentioned": "You told me you are two cooks down.", "correction": "It is four weeks."}
    assert stored(person) == ("when you decide", True, "work_on", own)
    form = signed_in.get(page(person)).context["form"]
    shown = {name: form[name].value() for name in (*CHIPS, *SAID)}
    assert shown == {**CHIPS, "relates": True, **SAID}


def test_an_own_sentence_stands_as_typed_and_can_be_cleared(signed_in, person):
    sentence = "You told me they are two cooks down <b>&</b> that it hurts."
    signed_in.post(page(person), {"mentioned": "the kitchen", "say-mentioned": sentence})
    assert sentence in Draft.objects.get().body
    signed_in.post(page(person), {"mentioned": "the kitchen", "say-mentioned": " "})
    assert sentence not in Draft.objects.get().body
    assert stored(person)[3] == {}


def test_not_ticked_leaves_it_open_and_an_answer_of_no_stays(signed_in, person):
    signed_in.post(page(person), {"mentioned": "the kitchen"})
    assert stored(person)[1] is None
    person.relates = False
    person.save()
    signed_in.post(page(person), {"mentioned": "the kitchen"})
    assert stored(person)[1] is False
    signed_in.post(page(person), {"mentioned": "the kitchen", "relates": "on"})
    assert stored(person)[1] is True


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ask": "x" * 1001}, "ask"),
        ({"say-goal": "x" * 1001}, "say-goal"),
        ({"say-callback": "a\0b"}, "say-callback"),
        ({"reaction": "curious"}, "reaction"),
    ],
)
def test_invalid_input_is_reported_and_stays_in_the_form(signed_in, person, values, field):
    answer = signed_in.post(page(person), {**CHIPS, **SAID, **values})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == values[field]
    assert answer.context["form"]["say-mentioned"].value() == SAID["say-mentioned"]
    assert stored(person) == ("", None, "", {})
    if field != "reaction":
        assert f'id="id_{field}_error"' in answer.content.decode()
    saving = signed_in.post(page(person), {**CHIPS, **values}, **TYPING)
    assert saving.status_code == 422
    assert str(answer.context["form"][field].label) in saving.content.decode()


def test_they_save_themselves_and_two_tabs_show_both(signed_in, person):
    sent = {"mentioned": "the kitchen", **CHIPS, **SAID}
    assert signed_in.post(page(person), {**sent, "version": 1}, **TYPING)["X-Version"] == "2"
    # A lost response is not a conflict.
    assert signed_in.post(page(person), {**sent, "version": 1}, **TYPING).status_code == 204
    mine = {"mentioned": "the kitchen", "version": 1, "reaction": "good_to_know", "say-goal": "I will help."}
    answer = signed_in.post(page(person), mine, **TYPING)
    assert (answer.status_code, answer["X-Version"]) == (409, "2")
    answer = signed_in.post(page(person), mine)
    assert answer.status_code == 409
    assert {str(label): str(text) for label, text in answer.context["conflict"].items()} == {
        "Your reaction": "I’d like to work on that",
        "I’ve done something similar": "yes",
        "Could you tell me … ?": "when you decide",
        "Your own sentence for “You told me that …”": SAID["say-mentioned"],
        "Your own sentence for “I should have said that …”": SAID["say-correction"],
        "Your own sentence for “I would like to help …”": "—",
    }
    assert stored(person)[2] == "work_on"
    version = answer.context["form"]["version"].value()
    assert signed_in.post(page(person), {**mine, "version": version}).status_code == 302
    assert stored(person) == ("", None, "good_to_know", {"goal": "I will help."})


def test_the_preview_is_the_letter_that_saving_writes(signed_in, person):
    sent = {"mentioned": "the kitchen is two cooks down", "experience": "ran a kitchen", **CHIPS, **SAID}
    letter = signed_in.post(page(person, "conversation_preview"), sent).context["letter"]
    assert SAID["say-mentioned"] in letter.body
    signed_in.post(page(person), sent)
    assert Draft.objects.get().body == letter.body


# ---------------------------------------------------------------- what became of the notes


NOTES = (
    NoteUse("mentioned", Use.ASK, "You told me you are two cooks down.", "third_person"),
    NoteUse("enjoyed", Use.SET_ASIDE, "", "secret"),
    NoteUse("experience", Use.USED, "I ran a kitchen.", missing=("and a bar",)),
    NoteUse("strengths", Use.USED, "I would bring Python and Go."),
    NoteUse("goal", Use.NOTHING),
    NoteUse("forgot", Use.NO_ROOM),
    NoteUse("correction", Use.USED, "About notice: it is four weeks."),
    NoteUse("callback", Use.USED, "P.S. Say hello to your dog."),
)
TYPED = {
    "mentioned": "they are two cooks down",
    "enjoyed": "between us",
    "experience": "running a kitchen and a bar",
    "strengths": "python; Go.",
    "goal": "n/a",
    "forgot": "a lot",
    "correction-topic": "notice",
    "correction-answer": "It is four weeks",
    "callback": "lol her dog",
    "say-callback": "Say hello to your dog.",
    "say-ask": "Could you tell me when you decide?",
}


def test_every_note_says_what_became_of_it(signed_in, person, became):
    became(*NOTES)
    answer = signed_in.post(page(person), {**TYPED, "preview": "1"})
    ask, aside = reason_text("ask", "third_person"), reason_text("set_aside", "secret")
    assert ask
    assert aside
    assert answer.context["fates"] == {
        "mentioned": Fate("mentioned", "ask", "You told me you are two cooks down.", ask),
        "enjoyed": Fate("enjoyed", "set_aside", "", aside),
        "experience": Fate("experience", "used", reads="I ran a kitchen.", missing=("and a bar",)),
        "strengths": Fate("strengths", "used"),
        "goal": Fate("goal", "nothing"),
        "forgot": Fate("forgot", "no_room"),
        "correction": Fate("correction", "used"),
        "callback": Fate("callback", "used", is_own=True),
        # It is kept even without a note.
        "ask": Fate("ask", is_own=True),
        "work_samples": Fate("work_samples"),
    }
    text = answer.content.decode()
    for words in (
        ask,
        aside,
        "In the letter: “I ran a kitchen.”",
        "Not in the letter yet: “and a bar”",
        "There’s nothing to write about here",
        "The letter is already long enough",
        "The letter uses your own sentence",
        "One note still needs your own words.",
    ):
        assert words in text


def test_the_box_for_it_is_open_where_it_is_asked_and_folded_where_it_is_offered(signed_in, person, became):
    became(*NOTES)
    answer = signed_in.post(page(person), {**TYPED, "preview": "1"})
    shown = {key: (blank.is_offered, blank.is_open) for key, blank in answer.context["blanks"].items()}
    assert shown["mentioned"] == (True, True)
    assert shown["enjoyed"] == (True, False)
    assert shown["callback"] == (True, True)
    # A part of it is not in the letter, so the candidate may write it.
    assert shown["experience"] == (True, False)
    assert {key for key, state in shown.items() if state == (False, False)} == {
        "strengths",
        "goal",
        "forgot",
        "correction_topic",
        "correction_answer",
    }
    box = Fields(answer).ids["id_say-mentioned"][1]
    assert box["placeholder"] == "You told me you are two cooks down."
    assert box["aria-describedby"] == "fate-mentioned"
    # Where there is nothing to propose, the box says how the sentence may begin.
    assert Fields(answer).ids["id_say-callback"][1]["placeholder"] == "It was good to hear …"


def test_without_javascript_all_suggestions_are_taken_with_one_press(signed_in, person):
    typed = {
        **TYPED,
        "mentioned": "theyre two cooks down, the dishwasher is leaving too",
        "enjoyed": "short and friendly",
        "say-enjoyed": "",
        "experience": "ran the pass for 3 yrs, 120 covers",
    }
    shown = signed_in.post(page(person), {**typed, "preview": "1"})
    assert 'name="use_all"' in shown.content.decode()
    taken = signed_in.post(page(person), {**typed, "say-experience": "I ran the pass.", "use_all": "1"})
    assert taken.status_code == 200
    assert taken.context["form"]["say-mentioned"].value().startswith("You mentioned that you")
    assert taken.context["form"]["say-enjoyed"].value() == "I liked that it was short and friendly."
    # What is written already stays.
    assert taken.context["form"]["say-experience"].value() == "I ran the pass."
    person.refresh_from_db()
    assert person.own_sentences == {}


def test_without_javascript_a_suggestion_is_taken_with_one_press(signed_in, person, became):
    became(*NOTES)
    text = signed_in.post(page(person), {**TYPED, "preview": "1"}).content.decode()
    assert 'name="use-mentioned" value="You told me you are two cooks down."' in text
    assert "For example: “You told me you are two cooks down.”" in text
    taken = {**TYPED, "use-mentioned": "You told me you are two cooks down."}
    answer = signed_in.post(page(person), taken)
    assert answer.status_code == 200
    assert answer.context["form"]["say-mentioned"].value() == "You told me you are two cooks down."
    assert answer.context["form"]["goal"].value() == "n/a"
    assert stored(person) == ("", None, "", {})


SLIP = "I work since 4 years in reception"
RIGHT = "I have worked for 4 years in reception"


@pytest.mark.parametrize("field", ["experience", "say-experience", "correction-answer", "say-correction"])
def test_without_javascript_a_correction_is_taken_with_one_press(signed_in, person, field):
    typed = {**TYPED, field: SLIP}
    text = signed_in.post(page(person), {**typed, "preview": "1"}).content.decode()
    assert f'name="fix-{field}" value="{RIGHT}"' in text
    answer = signed_in.post(page(person), {**typed, f"fix-{field}": RIGHT})
    assert answer.status_code == 200
    assert answer.context["form"][field].value() == RIGHT
    assert f'name="fix-{field}"' not in answer.content.decode()


def test_what_is_typed_stays_until_a_correction_is_taken(signed_in, person):
    answer = signed_in.post(page(person), {**TYPED, "experience": SLIP, "preview": "1"})
    assert answer.context["form"]["experience"].value() == SLIP
    text = signed_in.post(page(person), {**TYPED, "experience": RIGHT, "preview": "1"}).content.decode()
    assert 'name="fix-experience"' not in text


@pytest.mark.parametrize("name", ["version", "strength", "", "say-goals"])
def test_only_a_note_can_be_corrected(signed_in, person, name):
    answer = signed_in.post(page(person), {**TYPED, f"fix-{name}": "99", "preview": "1"})
    form = answer.context["form"]
    assert "99" not in [form[field].value() for field in form.fields]


@pytest.mark.parametrize("name", ["use-", "use-mention", "use-version", "use-say-goal"])
def test_a_suggestion_for_nothing_does_nothing(signed_in, person, name):
    answer = signed_in.post(page(person), {"mentioned": "the kitchen", name: "x"})
    assert answer.status_code == 200
    assert not any(answer.context["form"][f"say-{key}"].value() for key in OWN_SENTENCE_KEYS)


@pytest.mark.parametrize(
    ("left_out", "is_said"),
    [(("mentioned", "enjoyed", "goal"), False), (("forgot",), True), (("signature",), True), ((), False)],
)
def test_room_is_blamed_only_for_what_found_none(signed_in, person, became, monkeypatch, left_out, is_said):
    became(*NOTES)
    compose = whole.compose_route
    monkeypatch.setattr(whole, "compose_route", lambda *args: replace(compose(*args), left_out=left_out))
    text = signed_in.post(page(person, "conversation_preview"), TYPED).content.decode()
    assert ("not everything fits" in text) is is_said


def test_the_preview_brings_them_along_each_to_its_place(signed_in, person, became):
    became(*NOTES)
    answer = signed_in.post(page(person, "conversation_preview"), {**TYPED, "mentioned": "<b>they</b>"})
    sent = Fields(answer)
    places = {id_: given["hx-swap-oob"] for id_, (_tag, given) in sent.ids.items() if "hx-swap-oob" in given}
    here = Fields(signed_in.get(page(person))).ids
    ids = {f"fate-{key}" for key in (*OWN_SENTENCE_KEYS, "work_samples")}
    ids |= {f"better-{key}" for key in OWN_SENTENCE_KEYS}
    assert places == dict.fromkeys([*ids, "unsure"], "innerHTML")
    assert set(places) <= set(here)
    # The field being typed into stays where it is.
    assert "textarea" not in {tag for tag, _given in sent.ids.values()}
    assert "<b>" not in answer.content.decode()


# ---------------------------------------------------------------- the page itself


def test_every_box_has_its_label(signed_in, person):
    WorkSampleFactory(interviewer=person)
    fields = Fields(signed_in.get(page(person)))
    assert len(set(fields.names)) > 25
    boxes = {id_ for id_, (tag, _given) in fields.ids.items() if tag == "textarea"}
    assert boxes <= fields.labels
    described = {
        id_
        for _tag, given in fields.ids.values()
        for id_ in given.get("aria-describedby", "").split()
        if id_.startswith(("id_", "fate-"))
    }
    assert described <= set(fields.ids)


@pytest.mark.parametrize(
    ("onward", "query", "leads_to"),
    [
        ("everything", "", "everything/"),
        ("everything", "?then=letter", "everything/?then=letter"),
        ("nowhere", "", None),
    ],
)
def test_turning_to_another_page_saves_first(signed_in, person, onward, query, leads_to):
    following = InterviewerFactory(interview=person.interview, order=1)
    answer = signed_in.post(page(person) + query, {"mentioned": "the kitchen", "onward": onward})
    assert answer.url == (page(following) if leads_to is None else page(person) + leads_to)
    person.refresh_from_db()
    assert person.mentioned == "the kitchen"


def test_turning_with_something_to_fix_stays_and_says_so(signed_in, person):
    answer = signed_in.post(page(person), {"mentioned": "x" * 1001, "onward": "everything"})
    assert answer.status_code == 422
    assert answer.templates[0].name == "drafts/conversation.html"


def test_from_the_letter_the_notes_lead_back_to_it(signed_in, person):
    InterviewerFactory(interview=person.interview, order=1)
    draft = DraftFactory(interviewer=person)
    address = f"{page(person)}?then=letter"
    assert signed_in.get(address).context["is_last"]
    assert signed_in.post(address, {"mentioned": "the kitchen"}).url == draft.get_absolute_url()


def test_strengths_on_lines_of_their_own_are_not_offered_again(signed_in, candidate, person):
    candidate.strengths = ["Go", "Rust", "SQL"]
    candidate.save()
    answer = signed_in.post(page(person), {"strengths": "go\r\nSQL", "preview": "1"})
    assert answer.context["usual_strengths"] == ["Rust"]


def test_the_form_goes_to_the_page_without_a_fragment(signed_in, person):
    # A browser keeps "#id_say-goal" across a redirect unless the form names its address.
    path = f"{page(person)}?then=letter"
    assert f'action="{path}"' in signed_in.get(path).content.decode()


@pytest.mark.parametrize(
    ("company", "field", "example"),
    [
        ("Brightline Logistics", "", "the night crew hands over at six"),
        ("Brightline", "warehouse", "the night crew hands over at six"),
        ("Brightline", "", "most of your customers come back within a month"),
    ],
)
def test_examples_are_of_the_trade_that_the_companys_name_tells(
    signed_in, candidate, company, field, example
):
    interview = InterviewFactory(candidate=candidate, company=company, position="Shift Manager", field=field)
    person = InterviewerFactory(interview=interview)
    text = signed_in.get(reverse("conversation_edit", args=[interview.id, person.id])).content.decode()
    assert example in text
