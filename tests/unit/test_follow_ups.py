"""Follow-ups: their texts, when they are due, and the days that people name."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain import kinds
from drafts.domain.facts import Dialect, Interview, Interviewer, Kind, Outcome, Panel, Role, Sender, Tone
from drafts.domain.follow_ups import (
    Before,
    History,
    NextStep,
    StepStatus,
    answers_of,
    compose_follow_up,
    named_day,
    next_step,
    promised_day,
    says_more_time,
    starting_answer,
)
from drafts.domain.kinds import KINDS, KindError, letter_kind, offered_for, read_kind
from drafts.domain.window import WorkingWeek, is_working_time
from drafts.review import CHECKS, LetterText, OtherDraft, ReviewFacts, Severity, review

NEW_YORK = ZoneInfo("America/New_York")
WEEK = WorkingWeek(country="US")
LATER = [kind for kind in Kind if kind.is_follow_up]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


# ---------------------------------------------------------------- when

# When the thank-you went, by when one was to hear, when the first question went; what is due then, and from when.
# November 11 and 26 and December 25, 2026, are holidays in the United States.
MOMENTS = [
    # Five working days after the letter, where no date was named.
    ("2026-11-02T10:00", "", "", Kind.NUDGE, "2026-11-09T09:00"),
    ("2026-11-02T08:00", "", "", Kind.NUDGE, "2026-11-09T09:00"),
    ("2026-11-02T23:30", "", "", Kind.NUDGE, "2026-11-09T09:00"),
    ("2026-11-05T10:00", "", "", Kind.NUDGE, "2026-11-13T09:00"),  # over Veterans Day
    ("2026-11-14T12:00", "", "", Kind.NUDGE, "2026-11-20T09:00"),  # sent on a Saturday
    ("2026-11-15T12:00", "", "", Kind.NUDGE, "2026-11-20T09:00"),  # and on a Sunday
    ("2026-11-20T16:00", "", "", Kind.NUDGE, "2026-11-30T09:00"),  # over Thanksgiving
    ("2026-12-18T10:00", "", "", Kind.NUDGE, "2026-12-28T09:00"),  # over Christmas
    # Two working days after the date that was named.
    ("2026-11-02T10:00", "2026-11-06", "", Kind.NUDGE, "2026-11-10T09:00"),
    ("2026-11-02T10:00", "2026-11-07", "", Kind.NUDGE, "2026-11-10T09:00"),  # a Saturday
    ("2026-11-02T10:00", "2026-11-10", "", Kind.NUDGE, "2026-11-13T09:00"),
    ("2026-11-02T10:00", "2026-11-25", "", Kind.NUDGE, "2026-11-30T09:00"),
    ("2026-11-05T10:00", "2026-11-03", "", Kind.NUDGE, "2026-11-09T09:00"),  # the letter went later
    # A week after the first.
    ("2026-11-02T10:00", "", "2026-11-09T10:00", Kind.SECOND_NUDGE, "2026-11-16T10:00"),
    ("2026-11-02T10:00", "", "2026-11-14T12:00", Kind.SECOND_NUDGE, "2026-11-23T09:00"),
    ("2026-11-02T10:00", "", "2026-11-19T16:00", Kind.SECOND_NUDGE, "2026-11-27T09:00"),
    ("2026-11-02T10:00", "", "2026-11-09T18:00", Kind.SECOND_NUDGE, "2026-11-17T09:00"),
    ("2026-11-02T10:00", "2026-12-15", "2026-11-09T10:00", Kind.SECOND_NUDGE, "2026-11-16T10:00"),
]


def sent(thanked: str, nudged: str = "", again: str = "") -> dict[Kind, dt.datetime]:
    moments = {Kind.THANK_YOU: thanked, Kind.NUDGE: nudged, Kind.SECOND_NUDGE: again}
    return {kind: at(text) for kind, text in moments.items() if text}


@pytest.mark.parametrize(("thanked", "decision", "nudged", "kind", "due"), MOMENTS)
@pytest.mark.parametrize(
    ("later", "status"),
    [
        (dt.timedelta(minutes=-1), StepStatus.WAITING),
        (dt.timedelta(0), StepStatus.DUE),
        (dt.timedelta(days=46), StepStatus.LET_GO),
    ],
)
@pytest.mark.parametrize("outcome", [None, Outcome.NO_REPLY])
def test_a_question_is_due_at_its_moment(thanked, decision, nudged, kind, due, later, status, outcome):
    expected = dt.date.fromisoformat(decision) if decision else None
    step = next_step(History(sent(thanked, nudged), expected, outcome), NEW_YORK, WEEK, at(due) + later)
    assert (step.status, step.kind, step.due_at) == (
        (status, None, None) if status is StepStatus.LET_GO else (status, kind, at(due))
    )


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (History(), (StepStatus.NOTHING, None)),
        (History(decision_expected_on=dt.date(2026, 11, 3)), (StepStatus.NOTHING, None)),
        (
            History(sent("2026-11-02T10:00", "2026-11-09T10:00", "2026-11-16T10:00")),
            (StepStatus.LET_GO, None),
        ),
        *(
            (History(sent("2026-11-02T10:00"), outcome=outcome), (StepStatus.NOTHING, None))
            for outcome in (Outcome.REPLIED, Outcome.ANOTHER_ROUND)
        ),
        # A reply on the day on which one was to hear, or later, answers; one before it may only ask for more time.
        *(
            (
                History(
                    sent("2026-11-02T10:00", *nudges),
                    dt.date(2026, 11, expected),
                    Outcome.REPLIED,
                    dt.date(2026, 11, 10),
                ),
                step,
            )
            for expected, nudges, step in (
                (9, (), (StepStatus.NOTHING, None)),
                (10, (), (StepStatus.NOTHING, None)),
                (11, (), (StepStatus.DUE, Kind.NUDGE)),
                (20, (), (StepStatus.WAITING, Kind.NUDGE)),
                (20, ("2026-11-09T10:00",), (StepStatus.WAITING, Kind.SECOND_NUDGE)),
                (20, ("2026-11-03T10:00", "2026-11-09T10:00"), (StepStatus.NOTHING, None)),
            )
        ),
        (
            History(sent("2026-11-02T10:00"), outcome=Outcome.REJECTED, outcome_on=dt.date(2026, 11, 16)),
            (StepStatus.DUE, Kind.AFTER_REJECTION),
        ),
        (
            History(sent("2026-11-02T10:00"), outcome=Outcome.REJECTED, outcome_on=dt.date(2026, 9, 1)),
            (StepStatus.LET_GO, None),
        ),
        (
            History({Kind.AFTER_REJECTION: at("2026-11-16T10:00")}, outcome=Outcome.REJECTED),
            (StepStatus.NOTHING, None),
        ),
        (History(outcome=Outcome.OFFER), (StepStatus.DUE, Kind.OFFER_THANKS)),
        *(
            (History({kind: at("2026-11-16T10:00")}, outcome=Outcome.OFFER), (StepStatus.NOTHING, None))
            for kind in (Kind.OFFER_THANKS, Kind.MORE_TIME, Kind.NEGOTIATE, Kind.ACCEPT, Kind.DECLINE)
        ),
        (History(outcome=Outcome.WITHDRAWN), (StepStatus.DUE, Kind.WITHDRAW)),
        (
            History({Kind.WITHDRAW: at("2026-11-16T10:00")}, outcome=Outcome.WITHDRAWN),
            (StepStatus.NOTHING, None),
        ),
    ],
)
def test_the_outcome_decides_the_next_step(history, expected):
    step = next_step(history, NEW_YORK, WEEK, at("2026-11-17T11:00"))
    assert (step.status, step.kind) == expected


def test_out_of_office_hours_the_best_moment_is_the_next_working_one():
    history = History(sent("2026-11-02T10:00"))
    step = next_step(history, NEW_YORK, WEEK, at("2026-11-13T20:00"))
    assert step == NextStep(StepStatus.DUE, Kind.NUDGE, at("2026-11-09T09:00"), at("2026-11-16T09:00"))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        next_step(History(), NEW_YORK, WEEK, dt.datetime(2026, 11, 17))


moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=dt.UTC)
)
days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
histories = st.builds(
    History,
    st.dictionaries(st.sampled_from([Kind.THANK_YOU, *LATER]), moments),
    st.none() | days,
    st.none() | st.sampled_from(Outcome),
    st.none() | days,
)
ZONES = [NEW_YORK, ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.sampled_from(ZONES), moments)
def test_no_third_question_none_after_news_and_only_in_working_time(history, zone, now):
    step = next_step(history, zone, WEEK, now)
    asks = step.kind in (Kind.NUDGE, Kind.SECOND_NUDGE)
    assert not (asks and history.outcome not in (None, Outcome.NO_REPLY))
    assert not (asks and Kind.SECOND_NUDGE in history.sent)
    assert not (asks and Kind.THANK_YOU not in history.sent)
    assert (step.kind is None) == (step.status in (StepStatus.NOTHING, StepStatus.LET_GO))
    if step.send_at:
        assert is_working_time(step.send_at, WEEK)
        assert step.send_at >= now
        assert step.send_at >= step.due_at


# ---------------------------------------------------------------- the days that people name

THURSDAY = dt.date(2026, 11, 12)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-04", "2026-12-04"),
        ("today", "2026-11-12"),
        ("tomorrow", "2026-11-13"),
        ("this week", "2026-11-13"),
        ("by the end of the week", "2026-11-13"),
        ("next week", "2026-11-20"),
        ("Early next week", "2026-11-20"),
        ("by the end of next week.", "2026-11-20"),
        ("in two weeks", "2026-11-26"),
        ("within 10 days", "2026-11-22"),
        ("a couple of weeks", "2026-11-26"),
        ("in a week", "2026-11-19"),
        ("in 3 business days", "2026-11-17"),
        ("Friday", "2026-11-13"),
        ("by Thursday", "2026-11-19"),
        ("on Monday", "2026-11-16"),
        ("next Monday", "2026-11-16"),
        ("next Friday", "2026-11-20"),
        ("end of the month", "2026-11-30"),
        ("next month", "2026-12-31"),
        ("December 4", "2026-12-04"),
        ("4 December", "2026-12-04"),
        ("Dec 4th", "2026-12-04"),
        ("the 4th of December 2026", "2026-12-04"),
        ("Jan 8", "2027-01-08"),
        ("Sept 3", "2027-09-03"),
        ("4.12.2026", "2026-12-04"),
        ("04.12.26", "2026-12-04"),
        ("4. 12.", "2026-12-04"),
        ("by 8.1.", "2027-01-08"),
    ],
)
def test_a_named_day(said, day):
    assert named_day(said, THURSDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("another week", "2026-11-19"),
        ("another two weeks", "2026-11-26"),
        ("another few days", "2026-11-15"),
        ("one more week", "2026-11-19"),
        ("3 more business days", "2026-11-17"),
        ("two weeks more", "2026-11-26"),
        ("a week longer", "2026-11-19"),
    ],
)
def test_more_time_counts_from_when_it_was_said(said, day):
    assert says_more_time(said)
    assert named_day(said, THURSDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("said", ["in a week", "next week", "December 4", "the other week"])
def test_what_says_nothing_of_more_time(said):
    assert not says_more_time(said)


@pytest.mark.parametrize(
    ("said", "american", "other"),
    [
        ("12/11/2026", "2026-12-11", "2026-11-12"),
        ("by 12/11/26", "2026-12-11", "2026-11-12"),
        ("1/8", "2027-01-08", "2027-08-01"),
        ("12/24", "2026-12-24", "2026-12-24"),
        ("24/12/2026", "2026-12-24", "2026-12-24"),
    ],
)
def test_a_day_with_slashes_is_read_as_somebody_writes_it(said, american, other):
    assert named_day(said, THURSDAY, month_first=True) == dt.date.fromisoformat(american)
    assert named_day(said, THURSDAY, month_first=False) == dt.date.fromisoformat(other)
    assert named_day(said, THURSDAY) is None


@pytest.mark.parametrize("said", ["13/13/2026", "2/31/2027", "24/7/365", "12/11/2026/1", "another", "more"])
def test_slashes_and_more_that_name_no_day(said):
    assert named_day(said, THURSDAY, month_first=True) is None


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "when they know",
        "February 31",
        "31.2.2027",
        "12.13.2026",
        "the 99th of May",
        "Decembrist 4",
        "in 999999 weeks",
        "next",
        "{}",
    ],
)
def test_words_that_name_no_day(said):
    assert named_day(said, THURSDAY) is None


@given(st.text(max_size=40), days)
def test_no_words_raise(said, said_on):
    named_day(said, said_on)


# ---------------------------------------------------------------- the letters

PANEL = Panel(
    Sender("Rosa Medina"),
    Interview("Mercy Hospital", "Staff Nurse", "America/New_York", at("2026-11-12T15:10")),
    (
        Interviewer("Dr. Priya Patel", email="priya@mercy.example", role=Role.HIRING_MANAGER),
        Interviewer("Tom Ballard", email="tom@mercy.example", role=Role.RECRUITER),
    ),
)
BEFORE = Before(
    "Nights on the stroke unit: thank you",
    dt.date(2026, 11, 12),
    dt.date(2026, 11, 20),
    dt.date(2026, 11, 18),
)
ANSWERS = {
    Kind.NUDGE: {"new": "since we spoke I finished the wound care course"},
    Kind.SECOND_NUDGE: {"new": "I passed the renewal exam on Monday."},
    Kind.AFTER_REJECTION: {"question": "Is there one thing I should work on?", "stay_open": "yes"},
    Kind.OFFER_THANKS: {"answer_by": "2026-11-30"},
    Kind.MORE_TIME: {
        "until": "2026-12-04",
        "reason": "My husband's job would move with us, and he hears on Thursday.",
    },
    Kind.NEGOTIATE: {"point_1": "The base pay", "point_2": "weekend shifts.", "times": "on Tuesday after 2"},
    Kind.ACCEPT: {"title": "a Staff Nurse", "start": "2027-01-04", "pay": "$38.50 an hour"},
    Kind.DECLINE: {"reason": "I have accepted a position closer to home", "stay_open": "yes"},
    Kind.WITHDRAW: {},
    Kind.TYPO: {"wrong": "Mercy General", "right": "Mercy Hospital"},
    Kind.REFERRAL_THANKS: {
        "did": "passed my resume to her boss",
        "came": "the interview was on Thursday",
        "report": "yes",
    },
    Kind.INTRODUCTION_THANKS: {
        "did": "introduced me to chef Marco",
        "back": "If you need a hand on Sundays, call me.",
    },
    Kind.TALK_THANKS: {
        "told": "she said to get the wound care certificate first",
        "came": "i signed up this morning",
        "report": "yes",
    },
}
TONES = list(Tone)


def letter(kind, answers=None, before=BEFORE, tone=Tone.WARM, index=0):
    given_answers = answers_of(kind, ANSWERS[kind] if answers is None else answers)
    return compose_follow_up(PANEL, index, kind, given_answers, before, tone)


def test_a_question_about_news():
    found = letter(Kind.NUDGE, tone=Tone.FORMAL)
    assert found.subject == "Re: Nights on the stroke unit: thank you"
    assert found.body.startswith("Dear Dr. Patel,\n\n")
    assert "Wednesday, November 18" in found.body
    assert "Since we spoke I finished the wound care course.\n" in found.body
    assert 55 <= found.words <= 120


def test_points_are_put_into_one_question():
    body = letter(Kind.NEGOTIATE).body
    assert "the base pay and weekend shifts" in body
    assert "free on Tuesday after 2." in body


def test_an_acceptance_restates_what_was_agreed():
    body = letter(Kind.ACCEPT).body
    assert "join Mercy Hospital as a Staff Nurse" in body
    assert "start on Monday, January 4, 2027, and my pay is $38.50 an hour." in body


def test_unknown_values_are_not_mentioned():
    found = letter(Kind.NUDGE, {}, Before())
    assert "Re:" not in found.subject
    assert "course" not in found.body
    assert "news about the Staff Nurse role by" not in found.body


def test_dates_are_written_as_the_candidate_does():
    body = letter(
        Kind.NUDGE, before=Before(decision_expected_on=dt.date(2026, 11, 18), dialect=Dialect.BRITISH)
    ).body
    assert "Wednesday 18 November" in body


@pytest.mark.parametrize("kind", LATER)
def test_a_required_answer_that_is_missing_is_asked_for(kind):
    required = tuple(prompt.key for prompt in letter_kind(kind).prompts if prompt.required)
    assert letter(kind, {}).unsure == required


@pytest.mark.parametrize("kind", LATER)
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("before", [BEFORE, Before()])
def test_every_letter_passes_the_review(kind, tone, index, before):
    letters = [letter(kind, before=before, tone=tone, index=one) for one in (0, 1)]
    others = (OtherDraft("Somebody", letters[1 - index].body),)
    text = LetterText(letters[index].subject, letters[index].body)
    found = review(text, ReviewFacts(PANEL, index, kind=kind), others).findings
    assert [
        (one.rule, one.case) for one in found if one.severity is Severity.FIX and one.rule != "copy_paste"
    ] == []


@pytest.mark.parametrize("kind", LATER)
@pytest.mark.parametrize("tone", TONES)
def test_letters_are_whole(kind, tone):
    found = letter(kind, tone=tone)
    assert found == letter(kind, tone=tone)
    assert not set("{}[]") & set(found.body + found.subject)
    assert "None" not in found.body
    assert "  " not in found.body
    assert found.words <= 120
    assert len(found.subject_options) >= 3
    assert all(len(one.removeprefix("Re: ")) <= 60 for one in found.subject_options)
    if tone is Tone.FORMAL:
        assert "I'm" not in found.body
        assert "I'd" not in found.body


WORDS = ["licence", "exam", "course", "Kubernetes", "ward", "42", "Zürich", "forklift", "O'Brien", "B2B"]
SAID = {
    "sentences": "i passed the {} test on monday",
    "phrase": "the {} shifts",
    "did": "she told Marco about the {} job",
    "told": "she said the {} team has six people",
}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(LATER), st.sampled_from(TONES), st.data())
def test_every_answer_stands_in_the_letter_or_is_asked_about(kind, tone, data):
    words = {
        prompt.key: data.draw(st.sampled_from(WORDS))
        for prompt in letter_kind(kind).prompts
        if prompt.kind in SAID
    }
    given_answers = {
        prompt.key: SAID[prompt.kind].format(words[prompt.key])
        if prompt.kind in SAID
        else {"date": "2026-12-01"}.get(prompt.kind, "yes")
        for prompt in letter_kind(kind).prompts
    }
    found = compose_follow_up(PANEL, 0, kind, answers_of(kind, given_answers), BEFORE, tone)
    assert [key for key, word in words.items() if word not in found.body and key not in found.unsure] == []


_STEMS = re.compile(r"\b(?:thank|best|wish|warm)", re.I)


@pytest.mark.parametrize("kind", LATER)
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("given_answers", [None, {}])
def test_the_closing_does_not_say_the_last_words_again(kind, tone, index, given_answers):
    *body, last, closing = letter(kind, given_answers, tone=tone, index=index).body.split("\n\n")
    assert not set(_STEMS.findall(last.lower())) & set(_STEMS.findall(closing.lower()))
    assert "thank" not in closing.lower() or "thank" not in " ".join([*body, last]).lower()


@pytest.mark.parametrize(
    "kind", [kind for kind in LATER if Outcome.OFFER in letter_kind(kind).outcomes and kind is not Kind.TYPO]
)
def test_letters_about_an_offer_have_it_in_their_subject(kind):
    found = letter(kind)
    assert "Re:" not in found.subject
    assert all("offer" in one.lower() or "Staff Nurse" in one for one in found.subject_options)
    assert "offer" in found.subject.lower()


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("Dr. Pattel", "Dr. Patel", "I misspelled your name."),
        ("Prya", "Priya", "I misspelled your name"),
        ("Dr. Gonzalez", "Dr. Patel", "I got your name wrong."),
        ("Tim Ballard", "Tom Ballard", "where I wrote “Tim Ballard”, it should say “Tom Ballard”"),
        ("Dr. No", "Dr.", "where I wrote “Dr. No”, it should say “Dr”"),
    ],
)
@pytest.mark.parametrize("before", [BEFORE, Before()])
def test_the_reader_is_told_of_their_own_name_as_theirs(wrong, right, said, before):
    body = letter(Kind.TYPO, {"wrong": wrong, "right": right}, before).body
    assert said in body
    assert "letter" not in body


def test_nothing_is_promised_that_was_not_entered():
    bodies = " ".join(letter(kind, tone=tone).body for kind in LATER for tone in TONES)
    assert not re.search(
        r"ask again|write again|taking it seriously|considered answer|fifteen|this week", bodies
    )


@pytest.mark.parametrize("tone", TONES)
def test_a_bare_question_gets_words_that_lead_to_it(tone):
    bare = letter(Kind.OFFER_THANKS, {"question": "is the uniform paid for"}, tone=tone).body
    assert re.search(r"question about the offer[^.]*\. Is the uniform paid for\?", bare)
    led = letter(Kind.OFFER_THANKS, {"question": "Could you tell me if parking is paid for?"}, tone=tone).body
    assert "question" not in led
    assert (
        "I have one question, if I may. Which part"
        in letter(Kind.AFTER_REJECTION, {"question": "which part should i practice more"}, tone=tone).body
    )


def test_a_day_is_expected_only_where_one_was_entered():
    assert "I understood" not in letter(Kind.NUDGE, before=Before("Thank you", dt.date(2026, 11, 12))).body


def test_two_of_a_panel_read_different_words():
    bodies = [letter(Kind.AFTER_REJECTION, tone=Tone.FORMAL, index=index).body for index in (0, 1)]
    assert bodies[0].split("\n\n")[1] != bodies[1].split("\n\n")[1]


def test_a_box_may_start_with_what_is_known():
    title = next(prompt for prompt in letter_kind(Kind.ACCEPT).prompts if prompt.key == "title")
    assert starting_answer(title, PANEL, 0) == "a Staff Nurse"


def test_unknown_answers_are_dropped():
    assert answers_of(Kind.MORE_TIME, {"until": "soon", "reason": "  ", "else": "x"}) == {}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_offers_fit_what_happened(outcome):
    kinds = {
        Outcome.NO_REPLY: [Kind.NUDGE, Kind.SECOND_NUDGE, Kind.TYPO],
        Outcome.REPLIED: [Kind.TYPO],
        Outcome.ANOTHER_ROUND: [Kind.TYPO],
        Outcome.REJECTED: [Kind.AFTER_REJECTION, Kind.TYPO],
        Outcome.OFFER: [
            Kind.OFFER_THANKS,
            Kind.MORE_TIME,
            Kind.NEGOTIATE,
            Kind.ACCEPT,
            Kind.DECLINE,
            Kind.TYPO,
        ],
        Outcome.WITHDRAWN: [Kind.WITHDRAW],
    }
    assert [one.kind for one in offered_for(outcome)] == kinds[outcome]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('label = "Follow-up"', "", "nudge: 'label'"),
        ('writer = "answers"', 'writer = "letter"', "do not fit"),
        ('writer = "answers"', 'writer = "poet"', "poet"),
        ('moment = "silence"', 'moment = "helped"', "outside the panel"),
        ("We spoke about the {position} role on {day}", "We spoke to {somebody}", "somebody"),
        ('any = ["{new}"]', 'any = ["{news}"]', "news"),
        ('p = 2, with = ["new"]', 'p = 2, with = ["now"]', "unknown keys: now"),
        ('"Our conversation on {day}"]', '"By {decision}"]', "uses a placeholder that may have no value"),
    ],
)
def test_a_contradictory_file_is_rejected(before, after, problem):
    source = (KINDS / "nudge.toml").read_text(encoding="utf-8")
    assert before in source
    with pytest.raises(KindError, match=problem):
        read_kind(Kind.NUDGE, source.replace(before, after))


def test_every_kind_has_its_file_and_every_file_its_kind(tmp_path, monkeypatch):
    for path in KINDS.glob("*.toml"):
        (tmp_path / path.name.replace("typo", "tipo")).write_bytes(path.read_bytes())
    monkeypatch.setattr(kinds, "KINDS", tmp_path)
    with pytest.raises(KindError, match=r"tipo: no kind has this name\ntypo: it has no file"):
        kinds.letter_kinds.__wrapped__()


def test_every_check_of_a_kind_is_one_that_the_review_knows():
    for kind, one in kinds.letter_kinds().items():
        facts = ReviewFacts(PANEL, 0, kind=kind)
        assert review(LetterText("Thank you", "Hi Priya,"), facts) is not None
        assert one.leave_out <= set(CHECKS)


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("they will decide until 11 December", "2026-12-11"),
        ("two cooks down\nshe said I'd hear by Dec 4, 2026", "2026-12-04"),
        ("decision by the end of next week.", "2026-11-20"),
        ("will get back to me in two weeks", "2026-11-26"),
        ("by Friday they let me know", "2026-11-13"),
        ("loved the tour; they'll decide next week", "2026-11-20"),
        # No day, another day, not theirs to say, or over already.
        ("they will decide soon", None),
        ("start on 11 December", None),
        ("two weeks of training before you hear more", None),
        ("I will let them know by 11 December", None),
        ("they decide in a week or two", None),
        ("we start 1 January and they decide quickly", None),
        ("they decided on 11 December", None),
        ("the answer is 42", None),
        ("", None),
    ],
)
def test_the_day_by_which_they_want_to_decide_is_found_in_a_note(note, day):
    found = promised_day(note, THURSDAY)
    assert (found and found[0].isoformat()) == day
    assert found is None or found[1] in note
