from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain.compose import CEILING, compose_letter, compose_panel, count_words
from drafts.domain.facts import NOTE_KEYS, Role, Tone, is_noted
from drafts.domain.facts_json import parse_panel
from drafts.domain.letter import Use
from drafts.domain.naming import greeting_name, tidy_position
from drafts.domain.phrasebook import phrasebook
from drafts.domain.similarity import likeness
from drafts.domain.tokens import fold
from tests.unit.facts_strategies import documents

# Notes are parsed, which takes milliseconds each.
LAX = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
TONES = st.sampled_from(list(Tone))


def panel_of(*people, **interview):
    return parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez"},
            "interview": {
                "company": "Zylker",
                "position": "Senior Platform Engineer",
                "ended_at": "2026-11-19T15:10",
                "time_zone": "America/New_York",
                **interview,
            },
            "interviewers": list(people),
        }
    )


def typed(panel):
    """Everything the user entered, as one text."""
    parts = []

    def walk(value):
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, (tuple, list)):
            for item in value:
                walk(item)
        elif hasattr(value, "__slots__"):
            for key in value.__slots__:
                walk(getattr(value, key))

    walk(panel)
    return " ".join(parts)


def folded(text):
    return " ".join(text.split()).casefold()


def letter_leaves_no_trace_of_what_is_missing(panel, letters):
    entered = typed(panel)
    for letter in letters:
        for text in (letter.subject, letter.body):
            for mark in ("[", "]", "None", "___", ".."):
                assert mark not in text or mark in entered
            for placeholder in re.findall(r"\{\w*\}", text):
                assert placeholder.lower() in entered.lower()
            assert "  " not in text
        assert not re.search(r"\n\n\n|\A\s|\s\Z| \n|\n ", letter.body)
        assert letter.words == count_words(letter.body) <= CEILING


def what_became_of_every_note_is_said(panel, letters):
    for person, letter in zip(panel.interviewers, letters, strict=True):
        noted = [key for key in NOTE_KEYS if is_noted(person, key)]
        assert [note.key for note in letter.notes] == noted
        for note in letter.notes:
            if note.use is Use.USED:
                assert note.sentence in letter.body
            else:
                assert note.key in letter.left_out
            if note.missing:
                assert note.key in letter.left_out
            if note.use in (Use.ASK, Use.SET_ASIDE):
                assert note.reason
        assert letter.unsure == tuple(note.key for note in letter.notes if note.use is Use.ASK)
        for sample in person.work_samples:
            assert "work_samples" in letter.left_out or sample.url in letter.body
        assert letter.body.startswith(letter.greeting)


def every_number_of_a_note_is_in_the_letter_or_told_as_left_out(panel, letters):
    for person, letter in zip(panel.interviewers, letters, strict=True):
        for key in ("mentioned", "enjoyed", "experience", "goal", "forgot", "callback", "ask"):
            if key not in letter.left_out and not person.own_sentence(key):
                assert all(number in letter.body for number in re.findall(r"\d+", getattr(person, key)))


def reader_is_never_spoken_of_in_the_third_person(panel, letters):
    for letter in letters:
        sentences = " ".join(
            note.sentence for note in letter.notes if note.key not in ("experience", "callback")
        )
        assert not re.search(r"\b(?:he|she|him)\b", sentences, re.I)
        assert not re.search(
            r"\b(?:you mentioned that you mentioned|that that|about about)\b", letter.body, re.I
        )


def letter_says_no_number_or_name_that_was_not_entered(panel, letters):
    entered = fold(typed(panel))
    for letter in letters:
        for number in re.findall(r"\d+", letter.body):
            assert number in entered
        # Inside a sentence, only words that the user entered (and "I") have a capital.
        for word in re.findall(r"(?<=[a-z,] )([A-Z]\w+)", letter.body):
            assert fold(word) in entered or word in ("I",)


def subjects_are_short_and_name_something(panel, letters):
    for someone, letter in zip(panel.interviewers, letters, strict=True):
        assert letter.subject == letter.subject_options[0]
        assert len(set(letter.subject_options)) == len(letter.subject_options) >= 3
        greeted = greeting_name(someone.full_name, someone.greet_as, formal=False)
        position = tidy_position(panel.interview.position)
        named = [greeted[:30], position[:10], " ".join(panel.interview.company.split())[:10]]
        for subject in letter.subject_options:
            assert 0 < len(subject) <= 60
            # A subject begins with a capital, so that "van der Berg" becomes "Van der Berg" there.
            is_named = any(fold(name) in fold(subject) for name in (*named, greeted.split()[0]))
            has_topic = re.search(r"correction on|(?:talk|conversation) about ", subject.lower())
            assert is_named or has_topic


@pytest.mark.slow
@given(documents(), TONES)
@settings(LAX, max_examples=100)
def test_properties_of_letters_from_any_facts(document, tone):
    panel = parse_panel(document)
    letters = compose_panel(panel, tone)
    letter_leaves_no_trace_of_what_is_missing(panel, letters)
    what_became_of_every_note_is_said(panel, letters)
    every_number_of_a_note_is_in_the_letter_or_told_as_left_out(panel, letters)
    reader_is_never_spoken_of_in_the_third_person(panel, letters)
    letter_says_no_number_or_name_that_was_not_entered(panel, letters)
    subjects_are_short_and_name_something(panel, letters)


@pytest.mark.slow
@given(documents(most=6), TONES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_same_facts_give_the_same_letter(document, tone):
    panel = parse_panel(document)
    letters = compose_panel(panel, tone)
    assert letters == compose_panel(parse_panel(json.loads(json.dumps(document))), tone)
    assert letters == [compose_letter(panel, index, tone) for index in range(len(letters))]


def sentences(body):
    return [text for part in body.split("\n\n") for text in re.split(r"(?<=[.?!]) ", part)]


@pytest.mark.slow
@given(documents(least=2, most=8), TONES)
@LAX
def test_panel_of_eight_shares_no_opening_closing_or_subject(document, tone):
    panel = parse_panel(document)
    letters = compose_panel(panel, tone)
    subjects = [letter.subject.casefold() for letter in letters]
    assert len(set(subjects)) == len(subjects)
    sign_offs = [
        next(line for line in letter.body.splitlines()[::-1] if line in SIGN_OFFS) for letter in letters
    ]
    assert len(set(sign_offs)) == len(sign_offs)
    openings = [letter.body.split("\n\n")[1] for letter in letters]
    assert len(set(openings)) == len(openings)


def _sign_offs():
    book = phrasebook()
    return {line for tone in Tone for line in book.within_reach("sign_off", Role.PEER, tone)}


SIGN_OFFS = _sign_offs()


NOTES = [
    (
        "she said the ledgers move to Kafka by June",
        "moved a billing system to Kafka in four months",
        "get the cutover done without downtime",
        "Good luck with the half marathon!",
    ),
    (
        "the release train leaves every second Tuesday",
        "I ran weekly releases at a bank",
        "make releases boring",
        "Enjoy the week in Lisbon.",
    ),
    (
        "how incident drills are run with the whole floor",
        "wrote the on-call handbook at my last company",
        "write shorter postmortems",
        "I hope the allotment survives the frost.",
    ),
    (
        "he told me that search misses one query in ten",
        "tuned the ranking of a shop with two million items",
        "bring the misses under one percent",
        "Happy birthday to your twins!",
    ),
    (
        "your builds for phones take forty minutes",
        "I cut a build from an hour to nine minutes",
        "shorten the wait before review",
        "I have since started the book you named.",
    ),
    (
        "the cost report is still made by hand",
        "automated the invoices of three teams",
        "close the month two days earlier",
        "Thank you for the tip about the bakery.",
    ),
    (
        "they want to trace every number to its source",
        "built a catalog for ninety tables",
        "document the twenty most used reports",
        "Say hello to the office cat from me.",
    ),
    (
        "the test farm has eleven phones and two engineers",
        "I kept a device lab running for six years",
        "add tablets to the farm",
        "Good luck with the move to the new flat.",
    ),
]


def person(index, role):
    mentioned, experience, goal, callback = NOTES[index]
    return {
        "full_name": f"{['Ana', 'Ben', 'Cem', 'Dov', 'Eva', 'Fay', 'Gus', 'Hal'][index]} Lund",
        "role": role,
        "mentioned": mentioned,
        "experience": experience,
        "goal": goal,
        "callback": callback,
    }


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("roles", [[role] * 8 for role in Role] + [[*Role, *Role]])
@pytest.mark.parametrize("thin", [True, False])
@pytest.mark.parametrize(
    "position", ["SRE", "Senior Platform Engineer", "Lead Engineer for Data and Machine Learning Platforms"]
)
def test_panel_of_eight_shares_at_most_a_quarter_of_its_runs(tone, roles, thin, position):
    people = [person(index, role) for index, role in enumerate(roles)]
    if thin:
        people = [{key: someone[key] for key in ("full_name", "role")} for someone in people]
    letters = compose_panel(panel_of(*people, position=position, field="fintech", team="Core"), tone)
    worst = max(likeness(one.body, other.body) for one, other in itertools.combinations(letters, 2))
    assert worst <= 0.25


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("role", list(Role))
def test_panel_of_twenty_repeats_rarely_and_far_apart(tone, role):
    people = [{"full_name": f"Person{index} Lund", "role": role} for index in range(20)]
    letters = compose_panel(panel_of(*people), tone)
    assert len({letter.subject for letter in letters}) == 20
    for slot in (1, 2, 3):
        parts = [letter.body.split("\n\n")[slot].split("\nJordan")[0] for letter in letters]
        for first, second in itertools.combinations(range(20), 2):
            if parts[first] == parts[second]:
                assert second - first >= 8


@pytest.mark.parametrize(
    "text",
    [
        "{company}",
        "$x",
        "%s %d",
        "<b>hi</b>",
        "{{ x }}",
        'it\'s "so"',
        "🎉 yes",
        "שלום לכולם",
        "e\u0301te\u0301",
    ],
)
def test_odd_text_comes_out_as_typed_or_is_asked_about(text):
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "mentioned": f"the {text} plan", "callback": text}), 0
    )
    assert f"the {text} plan" in letter.body or "mentioned" in letter.unsure
    assert text in letter.body or "callback" in letter.unsure or "callback" in letter.left_out


LONG = (
    "The plan for the coming year is a long one and it has many parts that I would like to hear about. " * 3
)


def test_own_sentence_stands_as_typed():
    own = "You said {x} & <b>y</b>, and   I agree :-)"
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "mentioned": "she said x", "say": {"mentioned": own}}), 0
    )
    assert own in letter.body
    assert letter.unsure == ()


def test_ceiling_keeps_the_personal_and_names_what_it_left_out():
    say = dict.fromkeys(("mentioned", "enjoyed", "forgot", "goal", "experience"), LONG)
    notes = dict.fromkeys(say, "something")
    letter = compose_letter(
        panel_of(
            {"full_name": "Priya Nair", **notes, "say": say, "callback": "Good luck with the marathon."}
        ),
        0,
    )
    assert letter.words <= CEILING
    assert "P.S. Good luck with the marathon." in letter.body
    dropped = {note.key for note in letter.notes if note.use is Use.NO_ROOM}
    assert dropped == set(letter.left_out) != set()


def test_many_strengths_are_cut_and_told():
    skills = [
        "wound care",
        "triage",
        "mentoring",
        "phlebotomy",
        "dementia care",
        "Excel",
        "discharge planning",
    ]
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "strengths": skills}), 0)
    assert "wound care, triage" in letter.body
    assert "discharge planning" not in letter.body
    assert letter.left_out == ("strengths",)


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        (
            {"topic": "my notice period", "answer": "that it is one month"},
            "it is one month.",
        ),
        (
            {"topic": "my notice period", "answer": "I said two months, it is one"},
            "I said two months; it is one.",
        ),
        (
            {"topic": "sepsis question", "answer": "should have said blood cultures first, then antibiotics"},
            "blood cultures first, then antibiotics.",
        ),
        (
            {"answer": "I should have said that the limit is two hours"},
            "I should have said that the limit is two hours.",
        ),
    ],
)
def test_correction(correction, sentence):
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "correction": correction}), 0)
    assert sentence in letter.body
    assert "sorry" not in letter.body.lower()
    assert letter.left_out == ()


def test_correction_without_an_answer_is_reported_as_left_out():
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "correction": {"topic": "sharding"}}), 0)
    assert "sharding" not in letter.body
    assert letter.left_out == ("correction",)


def test_correction_reaches_the_recruiters_subject():
    correction = {"topic": "my notice period", "answer": "I said two months, it is one"}
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "role": "recruiter", "correction": correction}), 0
    )
    assert "correction on my notice period" in letter.subject


def test_what_is_typed_after_an_own_sentence_is_named_as_missing():
    def missing(note):
        person = {
            "full_name": "Priya Nair",
            "mentioned": note,
            "say": {"mentioned": "You told me the rota changes in May."},
        }
        letter = compose_letter(panel_of(person), 0)
        return letter.notes[0].missing, letter.left_out

    assert missing("rota changes in may") == ((), ())
    later = "the ward has two education nurses"
    assert missing(f"rota changes in may\n{later}") == ((later,), ("mentioned",))
    # Said in other words altogether, it is the same note.
    assert missing("new shifts") == ((), ())


def test_an_own_correction_names_its_topic():
    def body(say):
        person = {
            "full_name": "Priya Nair",
            "correction": {"topic": "allergens", "answer": "x"},
            "say": {"correction": say},
        }
        return compose_letter(panel_of(person), 0).body

    assert "about allergens. I said twelve" in body("I said twelve. I should have said fourteen.").replace(
        " on ", " about "
    )
    assert "one thing" not in body("I should have said that there are fourteen allergens.")


@pytest.mark.parametrize(
    ("full_name", "greet_as", "mentioned", "greeting"),
    [
        ("Rosemary Verity", "", "Mrs Verity explained that the roof leaks", "Dear Mrs Verity,"),
        ("Rosemary Verity", "", "Mrs Hale explained that the roof leaks", "Hi Rosemary,"),
        ("Rosemary Verity", "Rosie", "Mrs Verity explained that the roof leaks", "Hi Rosie,"),
        ("Dr. Rosemary Verity", "", "Mrs Verity explained that the roof leaks", "Dear Dr. Verity,"),
    ],
)
def test_people_keep_the_title_that_the_notes_give_them(full_name, greet_as, mentioned, greeting):
    person = {"full_name": full_name, "greet_as": greet_as, "mentioned": mentioned}
    assert compose_letter(panel_of(person), 0).body.startswith(greeting)


def test_interest_is_not_added_to_a_wish_to_help():
    person = {"full_name": "Priya Nair", "role": "hiring_manager", "ask": "how you train new cooks"}

    def close(**notes):
        return compose_letter(panel_of({**person, **notes}), 0).body.split("\n\n")[-2]

    assert close() == "I would really like to work at Zylker. Could you tell me how you train new cooks?"
    assert "like to work at" not in close(goal="bring the waste down")


def test_the_topic_of_a_correction_does_not_run_the_candidate_down():
    person = {
        "full_name": "Priya Nair",
        "correction": {
            "topic": "She asked how I would handle a late supplier and I rambled.",
            "answer": "I call them on the first day and write the new date down.",
        },
    }
    body = compose_letter(panel_of(person), 0).body
    assert "how I would handle a late supplier" in body
    assert "rambled" not in body


def test_what_was_liked_is_no_topic_of_the_talk():
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "enjoyed": "the sense of humor"}), 0)
    assert "humor" not in "".join(letter.subject_options)


def test_topic_of_the_talk_reaches_the_subject():
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "enjoyed": "hearing about the memory boxes"}), 0
    )
    assert "memory boxes" in letter.subject


@pytest.mark.parametrize(("relates", "hinged"), [(True, True), (False, False), (None, False)])
def test_experience_follows_what_they_told_if_the_user_says_so(relates, hinged):
    person = {
        "full_name": "Priya Nair",
        "mentioned": "the nightly job takes nine hours",
        "experience": "I cut a batch to forty minutes",
    }
    if relates is not None:
        person["relates"] = relates
    body = compose_letter(panel_of(person), 0).body
    paragraph = next(part for part in body.split("\n\n") if "forty minutes" in part)
    assert (": I cut a batch to forty minutes." in paragraph) is hinged
    if hinged:
        assert paragraph.index("nine hours") < paragraph.index("forty minutes")


@pytest.mark.parametrize(("reaction", "words"), [("work_on", "work on"), ("good_to_know", "to know")])
def test_reaction_follows_what_they_told(reaction, words):
    person = {
        "full_name": "Priya Nair",
        "mentioned": "the nightly job takes nine hours",
        "reaction": reaction,
    }
    body = compose_letter(panel_of(person), 0).body
    paragraph = next(part for part in body.split("\n\n") if "nine hours" in part)
    assert re.search(words, paragraph.split("nine hours")[1])


@pytest.mark.parametrize(
    ("person", "greeting"),
    [
        ({"full_name": "Priya Nair"}, "Hi Priya,"),
        ({"full_name": "Dr. Patel"}, "Dear Dr. Patel,"),
        ({"full_name": "Sir Alan Sugar"}, "Dear Sir Alan,"),
        ({"full_name": "HARRIET VAN DER BERG"}, "Hi Harriet,"),
        ({"full_name": "Sarah Chen, RN"}, "Hi Sarah,"),
        ({"full_name": "Ann Lee", "role": "leader"}, "Dear Ann,"),
        ({"full_name": "J. Smith"}, "Dear J. Smith,"),
    ],
)
def test_greeting_follows_title_and_rank(person, greeting):
    assert compose_letter(panel_of(person), 0).greeting == greeting


def test_decision_that_was_told_is_not_asked_for():
    person = {"full_name": "Priya Nair", "role": "recruiter", "mentioned": "I will hear by Friday"}
    assert "?" not in compose_letter(panel_of(person), 0).body


def test_one_question_closes_the_letter():
    person = {"full_name": "Priya Nair", "role": "hiring_manager", "ask": "when the rota comes out"}
    body = compose_letter(panel_of(person), 0).body
    assert body.count("?") == 1
    assert "when the rota comes out?" in body


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("role", list(Role))
def test_notes_of_ordinary_size_give_60_to_150_words(role, tone):
    letter = compose_letter(panel_of(person(0, role), field="fintech"), 0, tone)
    assert 60 <= letter.words <= 150


def test_signature_gets_the_name_where_it_lacks_it():
    panel = parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez", "signature": "https://jordan.example\n\n+1 555 0100 "},
            "interview": {
                "company": "Z",
                "position": "SRE",
                "ended_at": "2026-11-19T15:10",
                "time_zone": "UTC",
            },
            "interviewers": [{"full_name": "Priya Nair"}],
        }
    )
    assert compose_letter(panel, 0).body.endswith("\nJordan Álvarez\nhttps://jordan.example\n+1 555 0100")


def test_reaction_stays_beside_an_own_sentence():
    person = {
        "full_name": "Priya Nair",
        "mentioned": "x",
        "say": {"mentioned": "You need two nurses."},
        "reaction": "work_on",
    }
    assert re.search(r"You need two nurses\. [^.]*work on", compose_letter(panel_of(person), 0).body)


@pytest.mark.parametrize(
    ("name", "signature", "ending"),
    [
        ("Danielle Reyes", "Dani", "Dani"),
        ("Paweł Wiśniowski", "Pawel", "Pawel"),
        ("Curtis Delgado", "C. Delgado", "C. Delgado"),
        ("Tyler Nguyen", "tyler", "Tyler"),
        ("Robin Meyer", "+1 555 0100", "Robin Meyer\n+1 555 0100"),
        ("Robin Meyer", "https://robin.example", "Robin Meyer\nhttps://robin.example"),
        ("Robin Meyer", "Senior nurse", "Robin Meyer\nSenior nurse"),
    ],
)
def test_the_name_is_not_signed_twice(name, signature, ending):
    document = {
        "sender": {"full_name": name, "signature": signature},
        "interview": {
            "company": "Zylker",
            "position": "Nurse",
            "ended_at": "2026-11-19T15:10",
            "time_zone": "UTC",
        },
        "interviewers": [{"full_name": "Priya Nair"}],
    }
    assert compose_letter(parse_panel(document), 0).body.endswith(f",\n{ending}")


def test_a_half_used_note_comes_with_a_suggestion_for_all_of_it():
    notes = "- team of 7, splitting into 2\n- the new office opens in March\n- everyone plans on Mondays, it works"
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "mentioned": notes}), 0)
    (note,) = letter.notes
    assert note.use is Use.USED
    assert note.missing == ("team of 7, splitting into 2", "everyone plans on Mondays, it works")
    assert note.suggestion.startswith("You mentioned that the new office opens in March")
    assert "everyone plans on Mondays" in note.suggestion


def test_a_wholly_used_note_has_no_other_suggestion():
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "mentioned": "the office opens in March"}), 0
    )
    assert [note.suggestion for note in letter.notes] == [""]


@pytest.mark.parametrize("seed", range(30))
def test_a_letter_alone_uses_the_most_natural_variants(seed):
    letter = compose_letter(panel_of({"full_name": f"Person{seed} Lund"}), 0)
    best = next(text for text in phrasebook().groups("sign_off", Role.PEER, Tone.WARM) if text)[:4]
    assert letter.body.splitlines()[-2] in best


def test_where_one_note_has_a_slip_the_others_are_checked_by_their_writer():
    notes = {
        "mentioned": "the office opens in March",
        "goal": "reach the families who doesn't trust the services",
        "strengths": ["triage", "wound care"],
    }
    letter = compose_letter(panel_of({"full_name": "Priya Nair", **notes}), 0)
    assert set(letter.unsure) == {"mentioned", "goal", "strengths"}
    reasons = {note.key: note.reason for note in letter.notes}
    assert reasons == {"mentioned": "check", "goal": "grammar", "strengths": "check"}
    suggestions = {note.key: note.sentence for note in letter.notes}
    assert suggestions["mentioned"] == "You mentioned that the office opens in March."
    assert suggestions["strengths"] == "My strengths include triage and wound care."


def test_one_strength_of_several_is_not_used_alone():
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "strengths": ["wound care", "own van"]}), 0)
    assert letter.unsure == ("strengths",)


def test_half_an_aim_is_not_used_alone():
    goal = "keep the patients happy. fill the morning, with a call on Friday"
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "goal": goal}), 0)
    assert letter.unsure == ("goal",)


def test_a_correction_in_own_words_is_announced():
    say = {"correction": "We have 650 employees, not 900."}
    person = {
        "full_name": "Priya Nair",
        "correction": {"topic": "the headcount", "answer": "650"},
        "say": say,
    }
    letter = compose_letter(panel_of(person), 0)
    assert re.search(r"correct\w* [\w ]*\. We have 650 employees, not 900\.|One correction\. We", letter.body)
