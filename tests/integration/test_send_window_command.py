from __future__ import annotations

import json

import pytest
import time_machine
from django.core.management import call_command

BERLIN = ("--time-zone", "Europe/Berlin")
KNOWN_HOW = "write it as 2026-11-19T16:30"


def run(capsys, *arguments):
    call_command("send_window", *arguments)
    return json.loads(capsys.readouterr().out)


def faults(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        call_command("send_window", *arguments)
    assert stop.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.splitlines()


def recommended(capsys, *arguments):
    return run(capsys, *arguments)["recommended_at"]


def test_the_answer_has_its_five_keys_in_the_readers_zone(capsys):
    answer = run(
        capsys,
        *BERLIN,
        *("--ended-at", "2026-12-24T19:00", "--country", "DE", "--now", "2026-12-24T17:30:00+00:00"),
    )
    assert answer == {
        "recommended_at": "2026-12-25T09:00:00+01:00",
        "opens_at": "2026-12-24T19:30:00+01:00",
        "deadline_at": "2026-12-25T19:00:00+01:00",
        "status": "waiting",
        "reason": "Send it tomorrow at 9:00 AM. Friday is Christmas Day there, but the 24 hours end tomorrow at "
        "7:00 PM, before they’re back at work. You could also send it Monday at 9:00 AM their time, on "
        "a working day but after the 24 hours.",
    }


@pytest.mark.parametrize(
    ("now", "status"),
    [("2026-11-19T12:10", "waiting"), ("2026-11-19T12:30", "open"), ("2026-11-20T12:00:01", "late")],
)
def test_status_goes_by_now(capsys, now, status):
    assert run(capsys, *BERLIN, "--ended-at", "2026-11-19T12:00", "--now", now)["status"] == status


@time_machine.travel("2026-11-19T14:20:30.750Z", tick=False)
def test_without_now_the_clock_counts_in_whole_seconds(capsys):
    answer = run(capsys, *BERLIN, "--ended-at", "2026-11-19T12:00")
    assert (answer["recommended_at"], answer["status"]) == ("2026-11-19T15:20:30+01:00", "open")


@pytest.mark.parametrize(
    ("ended_at", "opens_at"),
    [
        ("2026-11-19T12:00", "2026-11-19T12:30:00+01:00"),
        ("2026-11-19 12:00", "2026-11-19T12:30:00+01:00"),
        ("2026-11-19T12:00:15.5", "2026-11-19T12:30:15+01:00"),
        ("2026-11-19T12:00Z", "2026-11-19T13:30:00+01:00"),
        ("2026-11-19T12:00-05:00", "2026-11-19T18:30:00+01:00"),
        # When clocks go back, the first of the two; with an offset, either.
        ("2026-10-25T02:15", "2026-10-25T02:45:00+02:00"),
        ("2026-10-25T02:15+01:00", "2026-10-25T02:45:00+01:00"),
    ],
)
def test_times_are_local_unless_they_carry_an_offset(capsys, ended_at, opens_at):
    answer = run(capsys, *BERLIN, "--ended-at", ended_at, "--now", "2026-10-01T12:00")
    assert answer["opens_at"] == opens_at


@pytest.mark.parametrize(
    ("arguments", "moment"),
    [
        ((), "2026-11-20T17:15:00+01:00"),
        (("--hours", "8:00-17:30"), "2026-11-20T17:15:00+01:00"),
        (("--hours", "10-15"), "2026-11-21T10:00:00+01:00"),
        (("--hours", "7:30 - 15:30"), "2026-11-20T17:15:00+01:00"),
        (("--days", "mon-sat"), "2026-11-21T09:00:00+01:00"),
        (("--days", "Thu-Tue"), "2026-11-21T09:00:00+01:00"),
        (("--days", "monday, Saturday"), "2026-11-21T09:00:00+01:00"),
        (("--days", "mon-wed,fri"), "2026-11-20T17:15:00+01:00"),
        (("--days", "sun-thu"), "2026-11-21T09:00:00+01:00"),
        (("--country", ""), "2026-11-20T17:15:00+01:00"),
    ],
)
def test_hours_and_days_of_work_may_differ(capsys, arguments, moment):
    ended = ("--ended-at", "2026-11-20T16:45", "--now", "2026-11-20T16:45")
    assert recommended(capsys, *BERLIN, *ended, *arguments) == moment


@pytest.mark.parametrize(
    ("country", "moment"),
    [
        ("DE", "2026-01-06T09:00:00+01:00"),
        ("de-by", "2026-01-05T17:15:00+01:00"),
        (" AT ", "2026-01-05T17:15:00+01:00"),
        ("DE-BE", "2026-01-06T09:00:00+01:00"),
    ],
)
def test_holidays_go_by_the_country_and_its_part(capsys, country, moment):
    arguments = ("--ended-at", "2026-01-05T16:45", "--now", "2026-01-05T16:45", "--country", country)
    assert recommended(capsys, *BERLIN, *arguments) == moment


@pytest.mark.parametrize(
    ("option", "value", "fault"),
    [
        ("--ended-at", "noon", f"is not a date with a time; {KNOWN_HOW}"),
        ("--ended-at", "2026-11-19", f"is not a date with a time; {KNOWN_HOW}"),
        ("--ended-at", "", f"is not a date with a time; {KNOWN_HOW}"),
        ("--ended-at", "2026-11-31T12:00", f"is not a time; {KNOWN_HOW}"),
        ("--ended-at", "1969-12-31T12:00", "is too far away; give a year from 1970 to 2200"),
        ("--now", "2201-01-01T12:00", "is too far away; give a year from 1970 to 2200"),
        ("--now", "now", f"is not a date with a time; {KNOWN_HOW}"),
        (
            "--now",
            "2026-03-29T02:30",
            "never was; write a time after the change in Europe/Berlin, where clocks go forward over it",
        ),
        ("--time-zone", "Berlin", "is not a known zone; give an IANA name such as America/New_York"),
        ("--time-zone", "../etc", "is not a known zone; give an IANA name such as America/New_York"),
        (
            "--country",
            "XX",
            "is no country whose holidays are known; write it as DE or US-CA, or leave it out",
        ),
        (
            "--country",
            "Germany",
            "is no country whose holidays are known; write it as DE or US-CA, or leave it out",
        ),
        ("--country", "KI-A", "has no such part with holidays of its own; write KI alone"),
        (
            "--country",
            "GB-XX",
            "has no such part with holidays of its own; known are ENG, NIR, SCT, WLS",
        ),
        ("--hours", "17:00-9:00", "ends before it begins; write it as 9:00-17:00"),
        ("--hours", "9:00-9:00", "ends before it begins; write it as 9:00-17:00"),
        ("--hours", "9:00", "is not a working day; write it as 9:00-17:00"),
        ("--hours", "9:00-24:00", "is not a working day; write it as 9:00-17:00"),
        ("--days", "mon-fry", "is not a list of days; write it as mon-fri, sun-thu or mon,tue,sat"),
        ("--days", "mo", "is not a list of days; write it as mon-fri, sun-thu or mon,tue,sat"),
        ("--days", "mon-wed-fri", "is not a list of days; write it as mon-fri, sun-thu or mon,tue,sat"),
        ("--days", "", "is not a list of days; write it as mon-fri, sun-thu or mon,tue,sat"),
    ],
)
def test_a_fault_says_how_to_write_it(capsys, option, value, fault):
    given = {"--time-zone": "Europe/Berlin", "--ended-at": "2026-11-19T12:00", option: value}
    arguments = [argument for pair in given.items() for argument in pair]
    assert faults(capsys, *arguments) == [f"{option} {value}: {fault}" if value else f"{option}: {fault}"]


def test_all_faults_are_reported_at_once_one_per_line(capsys):
    arguments = ("--now", "x\ny", "--country", "XX", "--hours", "late", "--days", "some")
    assert faults(capsys, *arguments) == [
        "--time-zone: is missing; give an IANA name such as America/New_York",
        f"--ended-at: is missing; {KNOWN_HOW}",
        f"--now x?y: is not a date with a time; {KNOWN_HOW}",
        "--country XX: is no country whose holidays are known; write it as DE or US-CA, or leave it out",
        "--hours late: is not a working day; write it as 9:00-17:00",
        "--days some: is not a list of days; write it as mon-fri, sun-thu or mon,tue,sat",
    ]
