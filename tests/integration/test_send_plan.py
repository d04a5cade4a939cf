"""The plan on the interview's page, what is due on the start page, and own working hours and send times."""

import datetime as dt
import html
import re
from urllib.parse import unquote

import pytest
import time_machine
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from drafts import services
from drafts.models import Interview
from drafts.pages import plans
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory

# A Tuesday at 2:00 PM in Berlin.
ENDED = dt.datetime(2026, 11, 24, 13, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(ENDED + HOUR, tick=False):
        yield


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate, company="Zylker", ended_at=ENDED)


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_interview_says_when_to_send(signed_in, interview):
    DraftFactory(interviewer=InterviewerFactory(interview=interview))
    answer = signed_in.get(interview.get_absolute_url())
    timing = answer.context["timing"]
    assert (timing.is_now, timing.plan.status) == (True, "open")
    page = words(answer.content.decode())
    assert "When to send Send it now 23 hours left, until Wednesday 2:00 PM" in page
    assert "The 24 hours end on Wednesday, November 25, 2:00 PM." in page


@pytest.mark.parametrize(
    ("language", "zone", "after", "said"),
    [
        ("en", "", 1, "23 hours left, until Wednesday 2:00 PM"),
        # On the last day, the time alone.
        ("en", "", 13, "11 hours left, until 2:00 PM"),
        # The readers' time stands beside it: one's own is named where it is another.
        ("en", "Europe/Paris", 1, "23 hours left, until Wednesday 2:00 PM"),
        ("en", "America/New_York", 1, "23 hours left, until Wednesday 8:00 AM your time"),
        ("en", "America/New_York", 18, "6 hours left, until 8:00 AM your time"),
        ("en", "Asia/Tokyo", 1, "23 hours left, until Wednesday 10:00 PM your time"),
        ("en", "", 25, "60 minutes late"),
        ("de", "", 1, "noch 23 Stunden, bis Mittwoch, 14:00 Uhr"),
        ("es", "", 1, "23 horas de margen (límite: miércoles, 14:00)"),
        ("fr", "", 13, "encore 11 heures, jusqu’à 14 h 00"),
    ],
)
def test_how_long_is_left_and_until_when(candidate, interview, language, zone, after, said):
    candidate.time_zone = zone
    with override(language):
        timing = plans.timing(interview, ENDED + after * HOUR)
        assert timing.left.replace("\u00a0", " ") == said


def test_nothing_is_said_of_when_once_all_are_sent(signed_in, interview):
    DraftFactory(interviewer=InterviewerFactory(interview=interview), sent_at=ENDED)
    assert "ribbon" not in signed_in.get(interview.get_absolute_url()).content.decode()


def test_a_page_left_open_asks_for_the_plan_alone(signed_in, interview):
    page = signed_in.get(reverse("interview_plan", args=[interview.id])).content.decode()
    assert "<html" not in page
    assert "23 hours left" in page
    with time_machine.travel(ENDED + 25 * HOUR, tick=False):
        page = signed_in.get(reverse("interview_plan", args=[interview.id])).content.decode()
    assert "60 minutes late" in page


# The words before the moment, on each page; the interview's page has the reason in a sentence of its own.
LATE = dict.fromkeys(("letter", "send", "home"), "Send it when they’re next at work: ")
LATE["interview"] = "When to send "


@pytest.mark.parametrize("where", LATE)
def test_a_late_letter_says_when_they_are_next_at_work(signed_in, interview, where):
    draft = DraftFactory(interviewer=InterviewerFactory(interview=interview))
    address = {
        "interview": interview.get_absolute_url(),
        "letter": reverse("draft_edit", args=[draft.id]),
        "send": reverse("draft_copy", args=[draft.id]),
        "home": reverse("home"),
    }[where]
    with time_machine.travel(ENDED + 28 * HOUR, tick=False):
        page = words(signed_in.get(address).content.decode())
        assert "4 hours late" in page
        assert LATE[where] + "Thursday, November 26, 9:00 AM (Berlin time)" in page
        assert page.count("hours late") == 1
        chosen_at = ENDED + 48 * HOUR
        Interview.objects.update(chosen_send_at=chosen_at)
        page = words(signed_in.get(address).content.decode())
        chosen = "When to send " if where == "interview" else "You chose to send it on "
        assert chosen + "Thursday, November 26, 2:00 PM (Berlin time)" in page
    with time_machine.travel(ENDED + 44 * HOUR, tick=False):
        Interview.objects.update(chosen_send_at=None)
        page = words(signed_in.get(address).content.decode())
        assert "Send it now" in page
        assert "Best time to send" not in page


@pytest.mark.parametrize("hours", [0, 1, 9, 23, 25, 24 * 3, 24 * 10, 24 * 300, -24 * 40])
def test_whatever_the_hour_every_mark_of_the_ribbon_is_on_it(interview, hours):
    timing = plans.timing(interview, ENDED + hours * HOUR)
    ribbon = timing.ribbon
    marks = [ribbon.send, ribbon.now, ribbon.ended, ribbon.deadline, *ribbon.hours, *ribbon.days]
    assert all(0 <= mark.x <= 100 for mark in marks if mark)
    assert all(0 <= x <= 100 for x in ribbon.midnights)
    bands = [*ribbon.working, *(band for band in (ribbon.soon, ribbon.late) if band)]
    assert all(band.x >= 0 and band.x + band.width <= 100.01 for band in bands)
    assert len(ribbon.hours) <= 10


def test_the_line_shows_the_working_hours_to_send_in_and_names_every_day(candidate):
    """On a Monday, of an interview that ended on Friday."""
    friday = dt.datetime(2026, 11, 27, 14, 30, tzinfo=dt.UTC)
    late = InterviewFactory(candidate=candidate, ended_at=friday)
    with time_machine.travel(friday + 64 * HOUR, tick=False):
        ribbon = plans.timing(late, friday + 64 * HOUR).ribbon
        # On Friday until 17:00, and all of Monday's.
        first, second = ribbon.working
        assert second.x == pytest.approx(ribbon.send.x, abs=0.01)
        assert second.x + second.width < ribbon.late.x + ribbon.late.width
        assert [round(first.width), round(second.width)] == [6, 10]
        assert [day.label for day in ribbon.days] == ["Fri", "Sat", "Sun", "Mon"]


def test_the_working_hours_are_drawn_over_what_is_late(signed_in, interview):
    InterviewerFactory(interview=interview)
    with time_machine.travel(ENDED + 30 * HOUR, tick=False):
        page = signed_in.get(interview.get_absolute_url()).content.decode()
    assert page.index('class="ribbon-late"') < page.index('class="ribbon-working"')


def test_the_ribbon_places_moments_by_real_time(interview):
    ribbon = plans.timing(interview, ENDED + HOUR).ribbon
    # 24 hours and an edge of 4% on either side.
    assert (ribbon.ended.x, ribbon.deadline.x) == (3.7, 96.3)
    assert ribbon.now.x == pytest.approx(3.7 + 92.6 / 24, abs=0.02)
    assert ribbon.send.x == ribbon.now.x
    # Until 17:00, and from 9:00 on.
    assert [round(band.width) for band in ribbon.working] == [15, 23]


# ---------------------------------------------------------------- what is due


def due(client):
    return client.get(reverse("home"))


def test_the_start_page_sorts_letters_by_their_window(signed_in, candidate):
    def one(company, hours, **draft):
        interview = InterviewFactory(candidate=candidate, company=company, ended_at=ENDED - hours * HOUR)
        DraftFactory(interviewer=InterviewerFactory(interview=interview), **draft)

    one("Open later", 2)
    one("Open sooner", 20)
    one("Late", 30)
    one("Later still", 24 * 9)
    one("Not over", -3)
    one("Sent", 3, sent_at=ENDED)
    one("Forgotten", 24 * 40)
    lists = due(signed_in).context["due"]
    assert [one.interview.company for one in lists.open] == ["Open sooner", "Open later"]
    assert [one.interview.company for one in lists.late] == ["Late", "Later still"]
    assert [one.interview.company for one in lists.waiting] == ["Not over"]
    assert lists.count == 4


def test_the_tabs_title_carries_the_count(signed_in, interview):
    DraftFactory(interviewer=InterviewerFactory(interview=interview))
    InterviewerFactory(interview=interview)
    page = due(signed_in).content.decode()
    assert "<title>(2) What’s due · Afterword</title>" in page
    answer = signed_in.get(reverse("due"))
    assert unquote(answer["X-Title"]) == "(2) What’s due · Afterword"
    assert "<html" not in answer.content.decode()


def test_the_page_says_if_nothing_is_due(signed_in, interview):
    DraftFactory(interviewer=InterviewerFactory(interview=interview), sent_at=ENDED)
    page = due(signed_in).content.decode()
    assert "Nothing is due." in page
    assert "<title>What’s due · Afterword</title>" in page


def test_a_letter_sent_by_a_route_is_not_due(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview, email="")
    services.create_draft(person)
    services.mark_sent(services.create_draft(person, "linkedin"))
    assert not due(signed_in).context["due"]


def test_the_number_of_queries_does_not_grow(signed_in, candidate, django_assert_num_queries):
    def one():
        interview = InterviewFactory(candidate=candidate, ended_at=ENDED)
        DraftFactory(interviewer=InterviewerFactory(interview=interview))
        InterviewerFactory(interview=interview)

    one()
    due(signed_in)
    with django_assert_num_queries(5):
        due(signed_in)
    for _ in range(29):
        one()
    with django_assert_num_queries(5):
        due(signed_in)


def test_a_visitor_sees_nothing_that_is_due(client, db):
    assert "due" not in client.get(reverse("home")).content.decode().split("<main")[1]
    assert client.get(reverse("due")).status_code == 200


# ---------------------------------------------------------------- hours, days and time of one's own

SENDING = {
    "work_opens": "08:00",
    "work_closes": "16:00",
    "work_days": ["6", "0", "1", "2", "3"],
    "chosen_send_at": "",
}


def save(client, interview, **changed):
    return client.post(reverse("interview_sending", args=[interview.id]), SENDING | changed)


def test_other_hours_and_days_change_the_plan(signed_in, candidate):
    friday = InterviewFactory(candidate=candidate, ended_at=dt.datetime(2026, 11, 19, 13, 0, tzinfo=dt.UTC))
    before = plans.timing(friday, friday.ended_at).plan.recommended_at
    assert save(signed_in, friday).url == friday.get_absolute_url()
    stored = Interview.objects.get(pk=friday.pk)
    assert (stored.work_opens, stored.work_closes, stored.work_days) == (dt.time(8), dt.time(16), "01236")
    assert plans.timing(stored, friday.ended_at).week.days == frozenset({0, 1, 2, 3, 6})
    assert before == plans.timing(stored, friday.ended_at).plan.recommended_at
    late = dt.datetime(2026, 11, 19, 22, 0, tzinfo=dt.UTC)
    # Friday is not a working day there now.
    assert (
        plans.timing(stored, late).plan.recommended_at.weekday() != 4
        or plans.timing(stored, late).plan.status == "open"
    )


def test_a_new_interview_with_the_company_starts_with_its_hours(signed_in, interview):
    save(signed_in, interview)
    values = {name: getattr(interview, name) for name in services.INTERVIEW_FIELDS} | {"company": "ZYLKER"}
    again = services.create_interview(interview.candidate, values, full_name="R", signature="")
    assert (again.work_opens, again.work_days) == (dt.time(8), "01236")
    other = services.create_interview(
        interview.candidate, values | {"company": "Lumen"}, full_name="R", signature=""
    )
    assert (other.work_opens, other.work_days) == (dt.time(9), "01234")


def test_an_own_send_time_overrides_the_recommended_one(signed_in, interview):
    DraftFactory(interviewer=InterviewerFactory(interview=interview))
    save(signed_in, interview, chosen_send_at="2026-11-25T09:30")
    page = words(signed_in.get(interview.get_absolute_url()).content.decode())
    assert "Wednesday, November 25, 9:30 AM (Berlin time), the time you chose" in page
    save(signed_in, interview, chosen_send_at="2026-11-25T09:30", recommended="1")
    assert Interview.objects.get().chosen_send_at is None


def test_a_time_after_the_deadline_is_kept_and_said(signed_in, interview):
    answer = signed_in.post(
        reverse("interview_sending", args=[interview.id]),
        SENDING | {"chosen_send_at": "2026-11-27T09:30"},
        follow=True,
    )
    assert "Your send time is more than 24 hours after the interview" in answer.content.decode()
    assert Interview.objects.get().chosen_send_at == dt.datetime(2026, 11, 27, 8, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"work_opens": "17:00"}, "The end of work must be after the start."),
        ({"work_opens": "nine"}, "Enter a time, such as 9:00."),
        ({"work_opens": ""}, "Enter a time, such as 9:00."),
        ({"work_days": []}, "Check at least one day."),
        ({"work_days": ["7"]}, "Check only days in the list."),
        ({"chosen_send_at": "tomorrow"}, "Enter the date and time like this"),
        ({"chosen_send_at": "2026-11-20T09:00"}, "That’s before the interview ended."),
        ({"chosen_send_at": "2036-11-20T09:00"}, "Check the date"),
        ({"chosen_send_at": "0001-01-01T00:00+23:59"}, "Check the date"),
        ({"chosen_send_at": "2027-03-28T02:30"}, "That time doesn’t exist in Berlin"),
    ],
)
def test_invalid_input_is_reported_and_kept(signed_in, interview, changed, said):
    answer = save(signed_in, interview, **changed)
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())
    assert Interview.objects.get().work_opens == dt.time(9)
    typed = next(iter(changed.values()))
    if isinstance(typed, str) and typed:
        assert f'value="{html.escape(typed)}"' in answer.content.decode()


@pytest.mark.parametrize("month", range(1, 13))
def test_moments_are_written_as_the_date_filter_writes_them(month):
    moment = dt.datetime(2026, month, month + 5, 4 + month, month, tzinfo=dt.UTC)
    assert plans.day_and_time(moment) == date_format(moment, "l, F j, g:i A")
