"""Reminders by mail: what is in them, and on which days they come. Sending is in test_reminder_mail.py."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from drafts import services
from drafts.domain.facts import Kind
from drafts.domain.reminders import next_reminder
from drafts.models import Candidate, Draft, Interview, Interviewer, ReminderSchedule
from drafts.reminders.sending import send_due_reminders
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    InterviewerFactory,
    InterviewFactory,
    OutsiderFactory,
)

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
# A Monday, with nobody's holiday near.
MONDAY = dt.datetime(2026, 11, 16, 8, 0, tzinfo=BERLIN)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _mail_works(settings):
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://afterword.example"


@pytest.fixture
def candidate(db):
    return reminded()


def reminded(hour=8, next_at=MONDAY, **values):
    found = CandidateFactory(reminder_hour=hour, **values)
    ReminderSchedule.objects.create(candidate=found, next_at=next_at)
    return found


def at(text):
    """ "Mon 8:00" to "Fri 17:30" of the week of MONDAY, or "+1 Mon 8:00" of the week after; in Berlin."""
    found = re.fullmatch(r"(?:([+-]\d) )?(\w{3}) (\d+):(\d+)", text)
    week, name, hour, minute = found.groups()
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(name) + 7 * int(week or 0)
    return dt.datetime.combine(MONDAY.date() + days * DAY, dt.time(int(hour), int(minute)), BERLIN)


def interview(candidate, ended_at, people=("Priya Nair",), company="Zylker", **values):
    found = InterviewFactory(candidate=candidate, company=company, ended_at=at(ended_at), **values)
    for name in people:
        InterviewerFactory(interview=found, full_name=name)
    return found


def send(interview, sent_at, kind=Kind.THANK_YOU):
    for person in interview.interviewers.all():
        draft = DraftFactory(interviewer=person, kind=kind)
        Draft.objects.filter(pk=draft.pk).update(sent_at=at(sent_at))


def look(moment):
    """The mails that go out at this moment, each as its lines about things to do."""
    before = len(mail.outbox)
    send_due_reminders(lambda: at(moment))
    return [things(one) for one in mail.outbox[before:]]


def things(message):
    lines = message.body.splitlines()
    return [f"{line[2:]} {after.strip()}" for line, after in pairwise(lines) if line[:2] == "- "]


def days_of_mail(first="Mon 8:00", days=14):
    """On which of the days from MONDAY on a mail goes out, looking once at 8:00 each day."""
    found = {}
    for number in range(days):
        moment = MONDAY + number * DAY
        before = len(mail.outbox)
        send_due_reminders(lambda moment=moment: moment)
        for one in mail.outbox[before:]:
            found[f"{moment:%a} {number // 7}"] = things(one)
    return found


# ---------------------------------------------------------------- situations

THANKS = "Zylker: Send your thank-you to Priya Nair."
ENDS = "The 24 hours after the interview end"


@pytest.mark.parametrize(
    ("situation", "ended_at", "moment", "expected"),
    [
        ("ended this morning", "Mon 7:00", "Mon 8:00",
         f"Best time to send: today at 9:00 AM. {ENDS} tomorrow at 7:00 AM."),
        ("later today", "Mon 15:30", "Mon 8:00", "Best time to send: today at 4:00 PM."),
        ("tomorrow", "Tue 15:30", "Mon 8:00", None),
        ("early tomorrow, but after the hour", "Tue 7:00", "Mon 8:00", None),
        ("yesterday, still in its 24 hours", "-1 Sun 15:30", "Mon 8:00",
         f"Best time to send: today at 9:00 AM. {ENDS} today at 3:30 PM."),
        ("the day before, and late", "-1 Fri 15:30", "Mon 8:00", "Best time to send: today at 9:00 AM."),
        ("31 days ago: forgotten", "-5 Wed 15:30", "Mon 8:00", None),
    ],
)  # fmt: skip
def test_a_thank_you_is_reminded_of_on_its_day(candidate, situation, ended_at, moment, expected):
    interview(candidate, ended_at)
    assert look(moment) == ([[f"{THANKS} {expected}"]] if expected else [])


def test_an_evening_hour_speaks_of_the_next_morning(db):
    # Nobody looks again before the deadline.
    owner = reminded(hour=20, next_at=at("Mon 20:00"))
    interview(owner, "Mon 18:00")
    assert look("Mon 20:00") == [
        [f"{THANKS} Best time to send: tomorrow at 9:00 AM. {ENDS} tomorrow at 6:00 PM."]
    ]
    assert mail.outbox[0].subject == "Afterword: 1 thing to do today or tomorrow"


def test_nothing_due_is_no_mail(candidate):
    sent = interview(candidate, "-1 Fri 10:00")
    send(sent, "-1 Fri 15:00")
    assert look("Mon 8:00") == []
    schedule = ReminderSchedule.objects.get()
    assert (schedule.next_at, schedule.told) == (at("Tue 8:00"), [])


def test_nothing_is_looked_at_before_the_hour(candidate, django_assert_num_queries):
    interview(candidate, "Mon 7:00")
    with django_assert_num_queries(1):
        assert look("Mon 7:59") == []
    assert len(look("Mon 8:00")) == 1


def test_one_mail_has_everything_in_the_order_of_its_time(candidate):
    interview(candidate, "Mon 15:30", ("Ana Reyes", "Ben Okafor"), "Later Ltd")
    interview(candidate, "-1 Sun 12:00", ("Cy Lee", "Di Roy", "Ed Kim", "Flo Paz"), "Many Inc")
    asked = interview(candidate, "-2 Fri 15:00", company="Silent AG")
    send(asked, "-2 Fri 16:00")
    assert look("Mon 8:00") == [
        [
            "Many Inc: Send your thank-you letters to 4 people. Best time to send: today at 9:00 AM. "
            f"{ENDS} today at 12:00 PM.",
            "Silent AG: Ask if there’s any news. Best time to send: today at 9:00 AM.",
            "Later Ltd: Send your thank-you to Ana Reyes and Ben Okafor. "
            "Best time to send: today at 4:00 PM.",
        ]
    ]
    assert mail.outbox[0].subject == "Afterword: 3 things to do today"
    assert mail.outbox[0].to == [candidate.email]


def test_each_thing_comes_on_its_day_and_not_every_day(candidate):
    """A thank-you never sent: on its day, and when its 24 hours end."""
    interview(candidate, "Tue 15:30")
    assert days_of_mail() == {
        "Tue 0": [f"{THANKS} Best time to send: today at 4:00 PM."],
        "Wed 0": [f"{THANKS} Best time to send: today at 9:00 AM. {ENDS} today at 3:30 PM."],
    }


def test_from_the_thank_you_to_two_questions_and_never_a_third(candidate):
    found = interview(candidate, "-1 Fri 10:00")
    send(found, "-1 Fri 11:00")
    title = "Zylker: Ask if there’s any news."
    # Five working days after Friday.
    assert days_of_mail(days=7) == {"Fri 0": [f"{title} Best time to send: today at 9:00 AM."]}
    send(found, "Fri 9:30", Kind.NUDGE)
    expected = {"Fri 1": ["Zylker: Follow up a second time. Best time to send: today at 9:30 AM."]}
    assert days_of_mail(days=14) == expected
    send(found, "+1 Fri 10:00", Kind.SECOND_NUDGE)
    assert days_of_mail(days=70) == {}


def test_holidays_and_weekends_there_move_what_is_due(candidate):
    # Two working days after Wednesday, December 23: Thursday 24 is one in Germany, the 25th and 26th are holidays.
    found = interview(candidate, "-1 Fri 10:00", decision_expected_on=dt.date(2026, 12, 23))
    send(found, "-1 Fri 11:00")
    assert days_of_mail(days=60) == {
        "Wed 5": [
            "Zylker: Check for news. They said you’d hear by Wednesday, December 23. If they wrote, add what happened."
        ],
        "Mon 6": ["Zylker: Ask if there’s any news. Best time to send: today at 9:00 AM."],
    }


def test_another_day_to_hear_back_by_is_reminded_of_again(candidate):
    found = interview(candidate, "-1 Fri 10:00", decision_expected_on=at("Mon 0:00").date())
    send(found, "-1 Fri 11:00")
    assert len(look("Mon 8:00")) == 1
    Interview.objects.update(decision_expected_on=at("Thu 0:00").date())
    assert look("Tue 8:00") == look("Wed 8:00") == []
    assert len(look("Thu 8:00")) == 1


def test_a_time_of_their_own_stands_above_the_recommended_one(candidate):
    interview(candidate, "-1 Sun 20:00", chosen_send_at=at("Wed 10:00"))
    assert look("Mon 8:00") == look("Tue 8:00") == []
    assert look("Wed 8:00") == [[f"{THANKS} Best time to send: today at 10:00 AM."]]
    Interview.objects.update(chosen_send_at=at("Fri 11:00"))
    assert look("Thu 8:00") == []
    assert look("Fri 8:00") == [[f"{THANKS} Best time to send: today at 11:00 AM."]]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("replied", []),
        ("another_round", []),
        ("rejected", [["Zylker: Reply to a rejection. Best time to send: today at 9:00 AM."]]),
        ("offer", [["Zylker: Thank them for the offer. Best time to send: today at 9:00 AM."]]),
        ("withdrawn", [["Zylker: Withdraw your application. Best time to send: today at 9:00 AM."]]),
        ("no_reply", [["Zylker: Ask if there’s any news. Best time to send: today at 9:00 AM."]]),
    ],
)  # fmt: skip
def test_a_logged_answer_changes_what_is_due(candidate, outcome, expected):
    found = interview(candidate, "-2 Fri 15:00")
    send(found, "-2 Fri 16:00")
    given = {"outcome": outcome, "outcome_on": None, "decision_expected_on": None, "notes": ""}
    services.set_outcome(found, given)
    assert look("Mon 8:00") == expected
    # Without a day on which it was heard it is due each day, and still comes once.
    assert look("Tue 8:00") == look("Wed 8:00") == []


def test_everybody_outside_the_panel_is_a_thing_of_its_own(candidate):
    found = interview(candidate, "-2 Fri 15:00", ())
    for name in ("Ana Reyes", "Ben Okafor"):
        person = OutsiderFactory(interview=found, full_name=name)
        DraftFactory(interviewer=person, kind=Kind.REFERRAL_THANKS, created_at=at("-1 Fri 9:00"))
    [lines] = look("Mon 8:00")
    assert [line.partition(".")[0] for line in lines] == [
        "Zylker: Thank them for the referral (Ana Reyes)",
        "Zylker: Thank them for the referral (Ben Okafor)",
    ]
    assert look("Tue 8:00") == []


def test_a_sent_letter_and_a_deleted_interview_stop_what_was_due(candidate):
    sent, deleted = interview(candidate, "Mon 7:00"), interview(candidate, "Mon 7:00")
    send(sent, "Mon 7:30")
    services.delete_interview(deleted)
    assert look("Mon 8:00") == []


def test_overdue_items_are_counted_next_to_new_ones(candidate):
    interview(candidate, "-1 Thu 10:00", company="Old Ltd")
    assert len(look("Mon 8:00")) == 1
    assert "from earlier reminders" not in mail.outbox[0].body
    interview(candidate, "Tue 7:00")
    assert len(look("Tue 8:00")) == 1
    assert "1 item from an earlier reminder is still due." in mail.outbox[1].body


def test_on_a_day_off_nobody_is_sent_to_their_desk(candidate):
    """It became due on Friday, when reminders were off yet; there it is best sent on Monday."""
    ReminderSchedule.objects.update(next_at=at("-1 Sat 8:00"))
    asked = interview(candidate, "-2 Fri 15:00")
    send(asked, "-2 Fri 16:00")
    assert look("-1 Sat 8:00") == look("-1 Sun 8:00") == []
    assert len(look("Mon 8:00")) == 1


def test_what_was_told_is_not_told_again_after_a_day_on_which_it_was_not_to_do(candidate):
    """On Saturday, when nobody is asked for news, something else comes."""
    asked = interview(candidate, "-1 Fri 15:00")
    send(asked, "-1 Fri 16:00")
    interview(candidate, "Thu 15:00", company="Late Ltd")
    told = days_of_mail(days=5)
    assert [line.partition(":")[0] for line in told["Fri 0"]] == ["Late Ltd", "Zylker"]
    interview(candidate, "Fri 22:00", company="Weekend Inc", chosen_send_at=at("Sat 11:00"))
    assert [line.partition(":")[0] for line in look("Sat 8:00")[0]] == ["Weekend Inc"]
    assert look("Sun 8:00") == look("+1 Mon 8:00") == look("+1 Tue 8:00") == []


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Paris", "today at 4:00 PM."),
        ("Europe/London", "today at 5:00 PM (4:00 PM in London)."),
        ("America/New_York", "today at 10:00 PM (4:00 PM in New York)."),
        ("Asia/Kolkata", "today at 11:30 AM (4:00 PM in Kolkata)."),
        ("Australia/Sydney", "tomorrow at 6:00 AM (4:00 PM in Sydney)."),
        ("Pacific/Honolulu", "tomorrow at 3:00 AM (Monday at 4:00 PM in Honolulu)."),
    ],
)
def test_times_are_by_the_candidates_clocks_and_by_those_there(candidate, zone, expected):
    day = at("Tue 0:00").date() if "Sydney" in zone else MONDAY.date()
    ended_at = dt.datetime.combine(day, dt.time(15, 30), ZoneInfo(zone))
    found = interview(candidate, "Mon 7:00", time_zone=zone)
    Interview.objects.filter(pk=found.pk).update(ended_at=ended_at)
    assert look("Mon 8:00") == [[f"{THANKS} Best time to send: {expected}"]]


def test_a_reminder_has_no_letter_and_no_notes(candidate):
    secret = "Quetzalcoatl"
    found = interview(
        candidate, "Mon 7:00", notes=secret, field=secret, team=secret, position=f"{secret} Engineer"
    )
    person = found.interviewers.get()
    for name in ("mentioned", "enjoyed", "experience", "goal", "forgot", "callback", "job_title"):
        setattr(person, name, secret)
    person.save()
    DraftFactory(interviewer=person, subject=secret, body=f"Hi {secret}")
    look("Mon 8:00")
    text = mail.outbox[0].message().as_string()
    assert "Zylker" in text
    assert secret not in text
    assert "Zylker" not in mail.outbox[0].subject
    assert mail.outbox[0].message().get_content_type() == "text/plain"


def test_links_are_absolute_and_the_headers_let_mail_programs_stop_them(candidate):
    interview(candidate, "Mon 7:00")
    look("Mon 8:00")
    message = mail.outbox[0].message()
    links = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert links[0] == "https://afterword.example/"
    assert links[1] == "https://afterword.example/settings/"
    assert links[2].startswith("https://afterword.example/reminders/stop/")
    assert message["List-Unsubscribe"] == f"<{links[2]}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@afterword.example>")


def test_what_a_company_is_called_stays_on_its_line_and_out_of_the_headers(candidate):
    interview(candidate, "Mon 7:00", ("Eve\r\nBcc: all@example.com",), "Evil\r\nBcc: all@example.com")
    assert len(look("Mon 8:00")) == 1
    message = mail.outbox[0]
    assert message.recipients() == [candidate.email]
    assert message.message()["Bcc"] is None
    assert "- Evil Bcc: all@example.com: Send your thank-you to Eve Bcc: all@example.com." in message.body


# ---------------------------------------------------------------- whom, and when


@pytest.mark.parametrize("situation", ["unconfirmed", "no address", "inactive", "guest", "no mail"])
def test_nobody_without_a_confirmed_address_gets_any(candidate, settings, situation):
    interview(candidate, "Mon 7:00")
    if situation == "unconfirmed":
        candidate.emailaddress_set.update(verified=False)
    elif situation == "no address":
        candidate.emailaddress_set.all().delete()
    elif situation == "inactive":
        candidate.is_active = False
        candidate.save()
    elif situation == "guest":
        candidate.is_guest, candidate.email = True, None
        candidate.save()
    else:
        settings.MAIL_WORKS = False
    assert look("Mon 8:00") == []
    if situation != "no mail":
        # Nor are they looked at again before tomorrow.
        assert ReminderSchedule.objects.get().next_at == at("Tue 8:00")


def test_a_new_address_gets_them_once_it_is_confirmed(candidate):
    interview(candidate, "Mon 7:00")
    candidate.emailaddress_set.create(email="new@example.com", verified=False, primary=False)
    look("Mon 8:00")
    assert mail.outbox[0].to == [candidate.email]


@pytest.mark.parametrize(
    ("moment", "number", "next_at"),
    [("Mon 23:50", 1, "Tue 8:00"), ("Tue 3:00", 0, "Tue 8:00"), ("Thu 7:00", 0, "Thu 8:00"),
     ("Thu 9:00", 1, "Fri 8:00")],
)  # fmt: skip
def test_after_a_time_without_a_server_nobody_is_woken_by_yesterdays_reminder(
    candidate, moment, number, next_at
):
    interview(candidate, "-1 Fri 12:00", chosen_send_at=at("Mon 10:00"))
    assert len(look(moment)) == number
    assert ReminderSchedule.objects.get().next_at == at(next_at)


@pytest.mark.parametrize(
    ("hour", "first", "sent_at"),
    [
        (8, "2026-03-29T00:00+01:00", "2026-03-29T08:00+02:00"),
        (2, "2026-03-29T00:00+01:00", "2026-03-29T03:00+02:00"),
        (3, "2026-03-29T00:00+01:00", "2026-03-29T03:00+02:00"),
        (0, "2026-03-28T23:00+01:00", "2026-03-29T00:00+01:00"),
        (8, "2026-10-25T00:00+02:00", "2026-10-25T08:00+01:00"),
        (2, "2026-10-25T00:00+02:00", "2026-10-25T02:00+02:00"),
    ],
)
def test_on_a_day_when_the_clocks_change_one_comes(db, hour, first, sent_at):
    """Whatever is due, looking every half hour for a day."""
    start = dt.datetime.fromisoformat(first)
    owner = reminded(hour=hour, next_at=next_reminder(start, hour, BERLIN) if hour else start + DAY / 24)
    found = interview(owner, "Mon 7:00")
    sent = []
    for number in range(50):
        moment = start + number * dt.timedelta(minutes=30)
        # Each time there is something new.
        Interview.objects.filter(pk=found.pk).update(
            ended_at=moment - dt.timedelta(hours=3), chosen_send_at=moment
        )
        ReminderSchedule.objects.update(told=[])
        if send_due_reminders(lambda moment=moment: moment).count:
            sent.append(moment)
    assert sent[0] == dt.datetime.fromisoformat(sent_at)
    assert [moment.astimezone(BERLIN).date() for moment in sent] == sorted(
        {moment.astimezone(BERLIN).date() for moment in sent}
    )


def test_a_missed_day_is_made_up_for_by_the_next_reminder(candidate):
    interview(candidate, "Mon 7:00")
    assert look("Tue 3:00") == []
    assert look("Tue 8:00") == [[f"{THANKS} Best time to send: today at 9:00 AM."]]
    assert look("Wed 8:00") == []


def test_the_hour_is_read_in_their_own_zone(db):
    owner = reminded(hour=7, next_at=at("Mon 8:00"), time_zone="America/New_York")
    look("Mon 8:00")
    found = ReminderSchedule.objects.get(candidate=owner).next_at
    assert found.astimezone(ZoneInfo("America/New_York")).isoformat() == "2026-11-16T07:00:00-05:00"


@pytest.mark.parametrize("zone", ["Nowhere/At_all", "", "../etc/passwd", "Europe", "x" * 64])
def test_a_zone_that_is_not_known_here_holds_nobody_up(candidate, zone):
    """Written by a maintainer, or gone from a newer list of zones."""
    broken = reminded(time_zone=zone)
    interview(broken, "Mon 7:00")
    interview(candidate, "Mon 7:00")
    assert len(look("Mon 9:30")) == 2
    assert ReminderSchedule.objects.get(candidate=broken).next_at == at("Tue 9:00")


def test_a_look_takes_as_many_queries_for_thirty_as_for_one(candidate, django_assert_num_queries):
    with django_assert_num_queries(1):
        look("Mon 7:00")
    for _number in range(29):
        interview(reminded(), "Mon 7:00")
    interview(candidate, "Mon 7:00")
    with django_assert_num_queries(1):
        look("Mon 7:00")
    # What is due in two, the claim, and what was told.
    with django_assert_num_queries(1 + 30 * 4):
        assert len(look("Mon 8:00")) == 30


def test_a_mail_takes_as_many_queries_for_thirty_interviews_as_for_one(candidate, django_assert_num_queries):
    for number in range(30):
        interview(candidate, "Mon 7:00", company=f"Zylker {number}")
    with django_assert_num_queries(1 + 4):
        assert len(look("Mon 8:00")[0]) == 30


def test_a_thousand_at_once_each_get_theirs(db):
    """With one whose rows cannot be read: nobody waits for them."""
    CandidateFactory.create_batch(1000, reminder_hour=8)
    owners = list(Candidate.objects.all())
    ReminderSchedule.objects.bulk_create(ReminderSchedule(candidate=one, next_at=MONDAY) for one in owners)
    Interview.objects.bulk_create(
        InterviewFactory.build(candidate=one, ended_at=at("Mon 7:00")) for one in owners
    )
    Interviewer.objects.bulk_create(
        InterviewerFactory.build(interview=one, full_name="Priya Nair") for one in Interview.objects.all()
    )
    broken = owners[500]
    Interview.objects.filter(candidate=broken).update(time_zone="Nowhere/At all")
    assert len(look("Mon 8:00")) == 999
    assert len({one.to[0] for one in mail.outbox}) == 999
    assert not ReminderSchedule.objects.filter(next_at__lte=at("Mon 9:00")).exists()
    assert look("Mon 8:05") == []


# ---------------------------------------------------------------- the setting behind it


def test_saving_the_setting_sets_the_next_moment(candidate, time_machine):
    values = {name: getattr(candidate, name) for name in services.SETTINGS}
    time_machine.move_to(at("Mon 12:00"), tick=False)

    def save(**changes):
        services.save_settings(candidate, values | changes)
        found = ReminderSchedule.objects.filter(candidate=candidate).first()
        return found and found.next_at

    ReminderSchedule.objects.update(tries=3, told=["a"])
    assert save(reminder_hour=9) == at("Tue 9:00")
    assert save(reminder_hour=13) == at("Mon 13:00")
    assert save(reminder_hour=13, time_zone="America/New_York") == at("Mon 19:00")
    schedule = ReminderSchedule.objects.get()
    # What was told stays told: another hour repeats nothing.
    assert (schedule.tries, schedule.told) == (0, ["a"])
    assert save(reminder_hour=None) is None
    assert save(reminder_hour=None, time_zone="Europe/Berlin") is None


def test_saving_the_same_again_moves_nothing(candidate):
    values = {name: getattr(candidate, name) for name in services.SETTINGS}
    services.save_settings(candidate, values | {"full_name": "Somebody Else"})
    assert ReminderSchedule.objects.get().next_at == MONDAY


def test_another_hour_on_the_same_day_repeats_nothing(candidate, time_machine):
    interview(candidate, "Mon 7:00")
    assert len(look("Mon 8:00")) == 1
    time_machine.move_to(at("Mon 9:00"), tick=False)
    values = {name: getattr(candidate, name) for name in services.SETTINGS}
    services.save_settings(candidate, values | {"reminder_hour": 10})
    assert look("Mon 10:00") == []


def test_everything_deleted_takes_the_schedule_along(candidate):
    services.delete_candidate(candidate)
    assert not ReminderSchedule.objects.exists()


def test_stopped_between_two_looks_nothing_is_sent(candidate):
    interview(candidate, "Mon 7:00")
    services.stop_reminders(candidate.pk)
    assert look("Mon 8:00") == []
