"""Answers after the thank-you that are asked about before they are used, and what the page suggests for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from drafts.domain.facts import Dialect, Interview, Interviewer, Kind, Panel, Role, Sender
from drafts.domain.follow_ups import Before, answers_of, compose_follow_up
from drafts.domain.letter import NoteUse

NEW_YORK = ZoneInfo("America/New_York")
PANEL = Panel(
    Sender("Ola Berg"),
    Interview(
        "Hill House Care", "Nurse", "America/New_York", dt.datetime(2026, 11, 12, 15, 10, tzinfo=NEW_YORK)
    ),
    (Interviewer("Karen Doyle", role=Role.HIRING_MANAGER),),
)
DATES = {"until": "2026-12-04", "start": "2026-12-07"}
WORDS = {"title": "a Nurse", "pay": "$40 an hour", "point_1": "the start date"}


def letter(kind, answers, panel=PANEL, before=None):
    needed = {
        Kind.MORE_TIME: {"until": DATES["until"]},
        Kind.ACCEPT: {"title": "a Nurse", "start": DATES["start"], "pay": "$40 an hour"},
        Kind.NEGOTIATE: {"point_1": "the start date"},
    }.get(kind, {})
    return compose_follow_up(panel, 0, kind, answers_of(kind, {**needed, **answers}), before or Before())


def question(kind, answers, key):
    """What is asked about the answer: the reason and the suggestion; None if it is used."""
    notes = {note.key: note for note in letter(kind, answers).notes}
    return (notes[key].reason, notes[key].sentence) if key in notes else None


# ---------------------------------------------------------------- sentences

# By kind, key, what was typed, why it is asked about, the suggestion; and a near one that is used, as it reads.
SENTENCES = [
    (
        ("decline", "reason", "would be nearly 2 hours each way"),
        ("slip", "It would be nearly 2 hours each way."),
        ("I would be two people's boss", "I would be two people's boss."),
    ),
    (
        ("referral_thanks", "came", "shortlisted, then interviewed on 6th"),
        ("slip", "I was shortlisted, then interviewed on the 6th."),
        ("I was shortlisted", "I was shortlisted."),
    ),
    (
        ("referral_thanks", "came", "went well i reckon"),
        ("slip", "It went well I reckon."),
        ("I went in on Friday", "I went in on Friday."),
    ),
    (
        ("nudge", "new", "i have now new certificate for reach truck"),
        ("slip", "I now have a new certificate for the reach truck."),
        ("i now have a new certificate for reach trucks", "I now have a new certificate for reach trucks."),
    ),
    (
        ("nudge", "new", "I have finish the course"),
        ("slip", "I have finished the course."),
        ("I have finished the course", "I have finished the course."),
    ),
    (
        ("nudge", "new", "I am looking forward for your answer"),
        ("slip", "I am looking forward to your answer."),
        ("I am looking forward to your answer", "I am looking forward to your answer."),
    ),
    (
        ("second_nudge", "new", "my actual boss agreed that i can start in january"),
        ("slip", "My current boss agreed that I can start in January."),
        (
            "my current boss agreed that i can start in january",
            "My current boss agreed that I can start in January.",
        ),
    ),
    (
        ("second_nudge", "new", "another company made me offer"),
        ("slip", "Another company made me an offer."),
        ("another company made me an offer", "Another company made me an offer."),
    ),
    (
        ("second_nudge", "new", "I can start at 10 of january"),
        ("slip", "I can start on 10 January."),
        ("I can start on 10 January", "I can start on 10 January."),
    ),
    # As a whole sentence too.
    (
        ("after_rejection", "liked", "The people was very kind with me."),
        ("slip", "The people were very kind to me."),
        ("The people were very kind to me.", "The people were very kind to me."),
    ),
    (
        ("after_rejection", "question", "how looks transport for nights?"),
        ("slip", "What does transport for nights look like?"),
        ("how is transport for nights arranged?", "How is transport for nights arranged?"),
    ),
    (
        ("offer_thanks", "question", "how many hours it is guaranteed?"),
        ("slip", "How many hours is it guaranteed?"),
        ("how many hours are guaranteed?", "How many hours are guaranteed?"),
    ),
    (
        ("offer_thanks", "question", "can i bring my regulars or is that weird"),
        ("slip", ""),
        ("can i bring my regulars", "Can I bring my regulars?"),
    ),
    (
        ("more_time", "reason", "it depends of my visa"),
        ("slip", "It depends on my visa."),
        ("it depends on my visa", "It depends on my visa."),
    ),
    (
        ("more_time", "reason", "waiting to hear can i leave early"),
        ("slip", "I'm waiting to hear if I can leave early."),
        ("waiting to hear if i can leave early", "I'm waiting to hear if I can leave early."),
    ),
    (
        ("decline", "reason", "My family need me come home."),
        ("slip", ""),
        ("My family need me to come home.", "My family need me to come home."),
    ),
    (
        ("decline", "reason", "my husband doesnt want that I work nights"),
        ("slip", "My husband doesn't want me to work nights."),
        ("my husband wants that job too", "My husband wants that job too."),
    ),
    (
        ("withdraw", "reason", "I take a job in other city"),
        ("slip", "I've taken a job in another city."),
        ("I have taken a job in another city", "I have taken a job in another city."),
    ),
    (
        ("nudge", "new", "I finished the training what we talked about"),
        ("slip", "I finished the training that we talked about."),
        ("I finished what we talked about", "I finished what we talked about."),
    ),
    (
        ("decline", "reason", "we decided with my wife to stay here"),
        ("slip", "My wife and I decided to stay here."),
        ("my wife and I decided to stay here", "My wife and I decided to stay here."),
    ),
    (
        ("decline", "reason", "the pay is not enough for live in this city"),
        ("slip", "The pay is not enough to live in this city."),
        ("the pay is not enough for a life in this city", "The pay is not enough for a life in this city."),
    ),
    (
        ("talk_thanks", "came", "I have prepared me for it"),
        ("slip", "I have prepared myself for it."),
        ("it prepared me for the interview", "It prepared me for the interview."),
    ),
    # Words that need no article are no slip.
    (
        ("more_time", "reason", "my manager is on leave and I want tell her face to face"),
        ("slip", "My manager is on leave and I want to tell her face to face."),
        ("my manager is on leave and I want to tell her face to face", "I want to tell her face to face."),
    ),
    # No sentence at all.
    (("decline", "reason", "my mother sick"), ("shape", ""), ("my mother is sick", "My mother is sick.")),
    # A part of it is one.
    (
        ("nudge", "new", "passed the course on tuesday - cert number to follow"),
        ("shape", "I passed the course on Tuesday."),
        ("passed the course on tuesday - it went well", "I passed the course on Tuesday. It went well."),
    ),
    # A comma between two remarks, or before a piece of one.
    (
        ("nudge", "new", "got a trial, 2 weeks from the 23rd"),
        ("parts", "I got a trial, 2 weeks from the 23rd."),
        ("got a trial, starting on the 23rd", "I got a trial, starting on the 23rd."),
    ),
    (
        ("nudge", "new", "started volunteering, so getting more hands on"),
        ("parts", "I started volunteering, so getting more hands on."),
        ("started volunteering, so I have more practice", "I started volunteering, so I have more practice."),
    ),
    # The reader is "you".
    (
        ("after_rejection", "liked", "how clearly karen explained the rota"),
        None,
        ("how clearly you explained the rota", "I valued how clearly you explained the rota."),
    ),
    (
        ("nudge", "new", "Karen told me to bring her the certificates."),
        ("third_person", "You told me to bring you the certificates."),
        ("You told me to bring my certificates.", "You told me to bring my certificates."),
    ),
    (
        ("after_rejection", "liked", "I liked that she was patient"),
        ("third_person", "I liked that you were patient."),
        (
            "I liked that the recruiter was patient when she called",
            "the recruiter was patient when she called.",
        ),
    ),
    (
        ("referral_thanks", "back", "will paint her porch"),
        ("third_person", "I will paint your porch."),
        ("will paint your porch", "I will paint your porch."),
    ),
    (
        ("referral_thanks", "back", "I can teach your apprentices, I know that machine since 8 years"),
        ("slip", "I can teach your apprentices. I have known that machine for 8 years."),
        ("I can teach your apprentices", "I can teach your apprentices."),
    ),
]


@pytest.mark.parametrize(("typed", "asked", "near"), SENTENCES)
def test_a_sentence_that_is_not_sound_is_asked_about(typed, asked, near):
    kind, key, text = Kind(typed[0]), typed[1], typed[2]
    given = (
        {"did": "passed my CV on to Ana", "told": "You told me to ask about nights."}
        if kind.is_outside
        else {}
    )
    assert question(kind, {**given, key: text}, key) == asked
    used, said = near
    assert question(kind, {**given, key: used}, key) is None
    assert said in letter(kind, {**given, key: used}).body


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("back", "cover your sat shifts", "I can cover your Saturday shifts."),
        ("back", "ill babysit any time", "I'll babysit any time."),
        ("back", "let me know if you need a hand", "Let me know if you need a hand."),
        ("back", "coffee's on me", ""),
        ("back", "anything you need painting", ""),
        ("came", "an interview on friday, went well", "It led to an interview on Friday. It went well."),
        ("came", "trial shift on friday", "It led to a trial shift on Friday."),
        ("came", "he rang same day", "He rang the same day."),
    ],
)
def test_words_that_complete_a_sentence_of_thanks(key, typed, said):
    found = letter(Kind.REFERRAL_THANKS, {"did": "passed my CV on to Ana", key: typed})
    assert said in found.body
    assert (key in found.unsure) is not said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("did the last module sat", "I did the last module on Saturday."),
        ("I saw where she sat", None),
        ("everyone was kind, felt at home", "Everyone was kind. I felt at home."),
        ("the day was long, felt short", "The day was long. It felt short."),
        ("didnt feel right", "It didn't feel right."),
        ("didnt finish the course", "I didn't finish the course."),
        ("gave me a clearer idea", "It gave me a clearer idea."),
        ("gave notice on friday", "I gave notice on Friday."),
        ("not what i thought it would be", "It is not what I thought it would be."),
        ("my number changed, new one is 555 0142", "My number changed. The new one is 555 0142."),
    ],
)
def test_days_and_feelings(typed, said):
    body = letter(Kind.NUDGE, {"new": typed}).body
    assert said in body if said else "Saturday" not in body


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("health stuff", "This is for health reasons."),
        ("why not me", ""),
        ("health insurance", "The reason is"),
    ],
)
def test_reasons_in_two_words(typed, said):
    found = letter(Kind.WITHDRAW, {"reason": typed})
    assert said in found.body
    assert bool(found.unsure) is not bool(said)


# ---------------------------------------------------------------- thanks


@pytest.mark.parametrize(
    ("kind", "thanks"),
    [(Kind.REFERRAL_THANKS, "for the referral"), (Kind.INTRODUCTION_THANKS, "for the introduction")],
)
def test_a_letter_of_thanks_has_its_thanks_also_when_what_they_did_is_asked_about(kind, thanks):
    found = letter(kind, {"did": "my resume got to the right desk"})
    assert found.unsure == ("did",)
    assert f"{thanks}." in found.body
    named = letter(kind, {"did": "told Ana about me"}).body
    assert "telling Ana about me." in named
    assert f"{thanks}." not in named


@pytest.mark.parametrize(
    ("typed", "said", "suggestion"),
    [
        ("told Ana that I am working clean", "", "telling Ana that I am working cleanly"),
        ("told Ana that I work cleanly", "telling Ana that I work cleanly", ""),
        ("presented me to the owner", "", "introducing me to the owner"),
        ("introduced me to the owner", "introducing me to the owner", ""),
        ("cc'd me to Dr. Lim", "copying me in on an email to Dr. Lim", ""),
        ("he called Gus and told him about me", "calling Gus and telling him about me", ""),
        ("called Gus about her aunt", "calling Gus about your aunt", ""),
    ],
)
def test_what_they_did_has_no_slips(typed, said, suggestion):
    found = letter(Kind.REFERRAL_THANKS, {"did": typed})
    assert (f"for {said}." in found.body) is bool(said)
    assert [note.sentence for note in found.notes] == ([suggestion] if suggestion else [])


@pytest.mark.parametrize(
    ("did", "came", "asked"),
    [
        ("told Ana about me", "having coffee with her on monday", False),
        ("my resume got to the right desk", "having coffee with her on monday", True),
        ("my resume got to the right desk", "having coffee with Ana on monday", False),
    ],
)
def test_a_sentence_that_refers_to_one_that_is_left_out_is_asked_about(did, came, asked):
    found = letter(Kind.INTRODUCTION_THANKS, {"did": did, "came": came})
    assert ("came" in found.unsure) is asked
    assert [note.reason for note in found.notes if note.key == "came"] == (["refers"] if asked else [])


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("nights, weekends and so on", True),
        ("ask about staff ratios", False),
        ("You told me to ask about the ratios.", False),
    ],
)
def test_what_came_of_advice_needs_the_advice(told, asked):
    found = letter(Kind.TALK_THANKS, {"told": told, "came": "they asked me exactly that"})
    assert ("came" in found.unsure) is asked


@pytest.mark.parametrize(
    ("came", "promised"),
    [
        ("they offered me the job yesterday", False),
        ("didn't get it in the end", False),
        ("offer letter this morning :)", False),
        ("got the job", False),
        ("the interview is on friday", True),
        ("they offered to call me", True),
        ("", True),
    ],
)
def test_no_promise_to_tell_what_is_told(came, promised):
    found = letter(Kind.REFERRAL_THANKS, {"did": "told Ana about me", "came": came, "report": "yes"})
    assert (
        any(words in found.body for words in ("how it goes", "how it turns out", "comes of it")) is promised
    )
    assert "report" not in found.unsure


# ---------------------------------------------------------------- phrases


@pytest.mark.parametrize(
    ("typed", "said", "suggestion"),
    [
        ("call out rate", "the call out rate", ""),
        ("the holiday pay", "the holiday pay", ""),
        ("two days off in a row", "two days off in a row", ""),
        ("the bonus you mentioned", "the bonus you mentioned", ""),
        ("starting at M3 not M2", "starting at M3 not M2", ""),
        ("about the rota", "the rota", ""),
        ("pay, travel, uniform", "the pay, the travel and the uniform", ""),
        ("bonus structure / targets", "the bonus structure and targets", ""),
        ("is overtime paid", "", ""),
        ("how the overtime is paid", "how the overtime is paid", ""),
        ("tool allowance, mine are getting on", "", "the tool allowance"),
        ("the salary because it is low", "", "the salary"),
        ("weekends 1 in 4 not 1 in 3", "", "weekends 1 in 4 instead of 1 in 3"),
        ("late nights - every 2nd one?", "", "late nights"),
        ("salary basic", "", "the basic salary"),
        ("holiday in christmas", "", "the holiday at Christmas"),
        ("hourly rate £13", "", "the hourly rate of £13"),
        ("no weekends", "", "not working weekends"),
        ("can i do 4 days", "", ""),
        ("ticket go home every year", "", ""),
        ("more money", "", ""),
    ],
)
def test_a_point_is_a_thing(typed, said, suggestion):
    found = letter(Kind.NEGOTIATE, {"point_2": typed})
    assert said in found.body
    if not said:
        assert "about the start date." in found.body
        assert found.notes == (NoteUse("point_2", found.notes[0].use, suggestion, "point"),)


def test_without_a_point_the_call_is_still_about_the_offer():
    assert (
        "I have a few questions about the offer." in letter(Kind.NEGOTIATE, {"point_1": "salary basic"}).body
    )
    assert "a few questions" not in letter(Kind.NEGOTIATE, {}).body


@pytest.mark.parametrize(
    ("typed", "said", "suggestion"),
    [
        ("i am free after 15:00", "after 15:00", ""),
        ("I'm free mon after 3", "on Monday after 3", ""),
        ("any day after half 4, or sat morning", "any day after half 4, or Saturday morning", ""),
        ("mon all day im off, or wed before 10", "all day on Monday, or Wednesday before 10", ""),
        ("on friday whole day", "all day on Friday", ""),
        ("monday to wednesday", "Monday to Wednesday", ""),
        ("weekdays before 2", "on weekdays before 2", ""),
        ("whenever suits you", "whenever suits you", ""),
        ("best is thursday", "on Thursday", ""),
        ("mornings", "in the mornings", ""),
        ("from 9 to 12 or after the 17", "from 9 to 12 or after 17", ""),
        ("after the 17th", "after the 17th", ""),
        ("tuesday, before 1pm because after I am working", "", "on Tuesday, before 1pm"),
        ("wed or thu, i finish at 4", "", "on Wednesday or Thursday"),
        ("07700 900123 any time", "", ""),
        ("call me", "", ""),
    ],
)
def test_times_are_days_and_times(typed, said, suggestion):
    found = letter(Kind.NEGOTIATE, {"times": typed})
    assert (f"free {said}." in found.body) is bool(said)
    if not said:
        assert [(note.reason, note.sentence) for note in found.notes] == [("times", suggestion)]


@pytest.mark.parametrize(
    ("typed", "said", "suggestion"),
    [
        ("$41.75/hr", "$41.75 an hour", ""),
        ("€3,150 a month", "€3,150 a month", ""),
        ("my pay is $40 an hour", "$40 an hour", ""),
        ("16,80 euro for hour", "", "16.80 euros an hour"),
        ("2000 euros by month", "", "2000 euros a month"),
        ("2.400,- brutto", "", "2,400 gross"),
    ],
)
def test_pay_must_be_right(typed, said, suggestion):
    found = letter(Kind.ACCEPT, {"pay": typed})
    assert (f"my pay is {said}." in found.body) is bool(said)
    assert "I'll start on Monday, December 7" in found.body
    if not said:
        assert [(note.reason, note.sentence) for note in found.notes] == [("amount", suggestion)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("van + fuel card, 1 in 4 on call", "We also agreed on the van, the fuel card and 1 in 4 on call."),
        (
            "split shifts mon-fri\nno sundays\nuniform supplied",
            "We also agreed on the following: split shifts Monday to Friday, no Sundays, uniform supplied.",
        ),
        (
            "- 36 hrs/wk\n- mileage 45p",
            "We also agreed on the following: 36 hours a week, mileage 45p.",
        ),
        ("a van\nno sundays", "We also agreed on a van and no Sundays."),
        ("you pay my course, I can leave early", ""),
        ("Every second weekend is free", ""),
    ],
)
def test_what_was_agreed_is_a_list_only_where_it_is_one(typed, said):
    found = letter(Kind.ACCEPT, {"agreed": typed})
    assert said in found.body
    assert ("agreed" in found.unsure) is not bool(said)


@pytest.mark.parametrize(
    ("wrong", "right", "quoted"),
    [
        ("2 months", "2 years, not month", ("2 months", "2 years")),
        ("2012", "2018. I am sorry it was typing mistake", ("2012", "2018")),
        ("I have 3 years in hostel work", "I have 3 years in hotel work", ("hostel", "hotel")),
        ("I ran it for 3 years there", "i ran it for 2 years there", ("3 years", "2 years")),
        ("the Leads office", "the Leeds office", ("the Leads office", "the Leeds office")),
        ("i said monday", "it's tuesday", ("Monday", "Tuesday")),
        (
            "We met in May, in Leeds",
            "They left on June 2",
            ("We met in May, in Leeds", "They left on June 2"),
        ),
    ],
)
def test_only_what_differs_is_quoted(wrong, right, quoted):
    body = letter(Kind.TYPO, {"wrong": wrong, "right": right}).body
    assert f"where I wrote “{quoted[0]}”, it should say “{quoted[1]}”" in body


# ---------------------------------------------------------------- names, dates, and one's own words


def test_a_subject_has_no_article_before_the_company():
    hotel = replace(PANEL, interview=replace(PANEL.interview, company="Palazzo Bormla Hotel"))
    found = letter(Kind.AFTER_REJECTION, {}, hotel)
    assert "Thank you, Palazzo Bormla Hotel" in found.subject_options
    assert "at the Palazzo Bormla Hotel" in letter(Kind.WITHDRAW, {}, hotel).body
    assert "Thank you, Hill House Care" in letter(Kind.AFTER_REJECTION, {}).subject_options


@pytest.mark.parametrize(
    ("country", "dialect", "day"),
    [
        ("GB", Dialect.AMERICAN, "Thursday 12 November"),
        ("IE", Dialect.AMERICAN, "Thursday 12 November"),
        ("GB-SCT", Dialect.AMERICAN, "Thursday 12 November"),
        ("US", Dialect.BRITISH, "Thursday 12 November"),
        ("US", Dialect.AMERICAN, "Thursday, November 12"),
        ("", Dialect.AMERICAN, "Thursday, November 12"),
    ],
)
def test_dates_are_written_as_the_reader_writes_them(country, dialect, day):
    there = replace(PANEL, interview=replace(PANEL.interview, country=country))
    assert f"{day}." in letter(Kind.WITHDRAW, {}, there, Before(dialect=dialect)).body


def test_ones_own_words_stand_as_they_are():
    typed = {"did": "my resume got to the right desk", "say_did": "getting my resume to the right desk"}
    came = {"came": "they called to me", "say_came": "They called to me, and it was lovely"}
    found = letter(Kind.REFERRAL_THANKS, {**typed, **came})
    assert found.unsure == ()
    assert "for getting my resume to the right desk. They called to me, and it was lovely." in found.body
    # Without an answer there is nothing to say in other words.
    assert "lovely" not in letter(Kind.REFERRAL_THANKS, {**typed, "say_came": came["say_came"]}).body


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("karen told me to bring my certificates", "You told me to bring my certificates."),
        ("Ana told me to bring my certificates", "Ana told me to bring my certificates."),
    ],
)
def test_the_readers_own_name_becomes_you(typed, said):
    assert said in letter(Kind.NUDGE, {"new": typed}).body


def test_a_suggestion_that_still_needs_correcting_is_no_suggestion_to_take():
    [note] = letter(Kind.OFFER_THANKS, {"question": "can i bring my regulars or is that weird"}).notes
    assert (note.sentence, note.suggestion) == ("", "Can I bring my regulars or is that weird?")
    [note] = letter(Kind.OFFER_THANKS, {"question": "how many hours it is guaranteed?"}).notes
    assert (note.sentence, note.suggestion) == ("How many hours is it guaranteed?", "")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("ask about staff ratios", "You told me to ask about staff ratios."),
        ("dont wear the blue one", "You told me not to wear the blue one."),
        ("nights pay more", "nights pay more."),
    ],
)
def test_orders_are_advice(told, said):
    found = letter(Kind.TALK_THANKS, {"told": told})
    assert said in found.body
    assert ("told me" in found.body) is said.startswith("You told me")


def test_advice_with_more_to_it_is_asked_about():
    [note] = letter(Kind.TALK_THANKS, {"told": "be honest about limits, they respect that"}).notes
    assert (note.sentence, note.suggestion) == (
        "",
        "You told me to be honest about limits, they respect that.",
    )
