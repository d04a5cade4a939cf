"""Any bytes give either invitations that the product's forms accept, or a one-sentence error."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.domain.moments import known_zones
from drafts.domain.texts import text_fault
from drafts.domain.values import EMAIL
from drafts.invite import InviteError, facts_document, read_invitations
from tests.unit.invite_samples import PANEL, PLAIN, VTIMEZONE, calendar, event, mail

CORPUS = Path(__file__).resolve().parent.parent / "data" / "invitations"

# --- limits and errors ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"hello", "No invitation was found"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "No invitation was found"),
        (b"PK\x03\x04" + bytes(5000), "No invitation was found"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "holds no event"),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR",
            "does not say when it begins",
        ),
        (calendar(times="DTSTART:99999999T999999Z"), "does not say when it begins"),
        (calendar(times="DTSTART:00010101T000000Z"), "does not say when it begins"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (
            "BEGIN:VCALENDAR\n" + "\n".join(event(str(number), "A") for number in range(51)),
            "more than 50 events",
        ),
        (b"BEGIN:VEVENT\n" * 70_000, "more than 50 events"),
        (b"Subject: hi\n\nno calendar here", "No invitation was found"),
        (b"Subject: hi\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx", "Outlook's own format"),
    ],
)
def test_unreadable_input_gives_one_sentence(data, words):
    with pytest.raises(InviteError, match=words) as raised:
        read_invitations(data)
    assert len(str(raised.value).splitlines()) == 1


def test_an_event_of_many_people_keeps_the_first():
    lines = [
        f"ATTENDEE;CN=Ana Ruiz{'abcdefghij'[n % 10]}{'abcdefghijkl'[n // 10]}:mailto:a{n}x@zylker.com"
        for n in range(120)
    ]
    [found] = read_invitations(calendar("SUMMARY:Zylker - Nurse", *lines))
    assert [one.email for one in found.others] == [f"a{n}x@zylker.com" for n in range(20)]
    assert found.warnings == (
        "The event has more than 100 people; the first 100 were read.",
        "The invitation does not say who interviews; choose who was there.",
    )


def test_long_texts_are_cut_at_a_word():
    [found] = read_invitations(
        calendar("SUMMARY:Interview", f"DESCRIPTION:Company: {'Very ' * 40}Long", *PANEL)
    )
    assert text_fault("company", found.company.value) is None


LONG = 1_000_000
WRAP = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261124T140000Z\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\r" * LONG,
        WRAP + b"DESCRIPTION:<p>" + b"<a " * (LONG // 4),
        WRAP + b"DESCRIPTION:<p>&#" + b"9" * (LONG // 2),
        WRAP + b"DESCRIPTION:" + b"meeting with Ana Ruiz " * (LONG // 25),
        WRAP + b'ATTENDEE;CN="' + b"(" * (LONG // 2),
        WRAP + b"SUMMARY:" + b" - " * (LONG // 4),
        WRAP + b"DESCRIPTION:x\n" + b"zz\n" * (LONG // 4),
        b"BEGIN:VALARM\n" * (LONG // 14) + WRAP,
        b"Content-Type: message/rfc822\n\n" * (LONG // 31),
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900))
        + b"x\n" * 100_000,
        b"To: " + b"(" * (LONG // 2) + b"\n\n" + WRAP,
        b"Your interview: " + b"November 24, 2026 10:00 - " * (LONG // 30),
        b"Your interview: " + b"10:00 to 11:00 1 hour 30 minutes\n" * (LONG // 40),
        b"Interview for " + b"aaa " * (LONG // 5),
        b"From: a@b.example\nSent: Monday\n" * (LONG // 40) + b"interview 24/11/2026 10:00",
    ],
)
def test_a_hostile_megabyte_is_read_quickly(data):
    started = time.process_time()
    _outcome(data)
    # Read in at most half a second here; quadratic code would take minutes.
    assert time.process_time() - started < 20


# --- totality -------------------------------------------------------------------------------------------------------


def _outcome(data: bytes | str) -> str:
    """Reads it, and checks that the product's forms accept every value."""
    try:
        found = read_invitations(data)
    except InviteError:
        return "refused"
    assert found
    for one in found:
        for key, value in (
            ("company", one.company.value),
            ("position", one.position.value),
            ("full_name", one.sender_name),
            *(("company", text) for text in one.companies),
            *(("position", text) for text in one.positions),
        ):
            assert text_fault(key, value) is None
            assert value == " ".join(value.split())
        for person in (*one.people, *one.others):
            assert person.full_name
            assert text_fault("full_name", person.full_name) is None
            assert text_fault("job_title", person.job_title) is None
            assert not person.email or EMAIL.match(person.email)
        assert one.time_zone.value in known_zones() | {""}
        assert all(str(end.tzinfo) == (one.time_zone.value or "UTC") for end in one.ends)
        if one.ended_at:
            assert one.starts_at
            assert str(one.ended_at.tzinfo) == (one.time_zone.value or "UTC")
            assert one.ended_at > one.starts_at
            assert 1970 <= one.ended_at.year <= 2200
        assert set(facts_document(one)) == {"sender", "interview", "interviewers", "warnings"}
    return "read"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_arbitrary_bytes_and_text_are_read_or_refused(data):
    assert _outcome(data) in ("read", "refused")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "SUMMARY:",
                    "DESCRIPTION:",
                    "ATTENDEE;CN=",
                    "ORGANIZER:",
                    "DTEND:",
                    "DTSTART;TZID=",
                    "DURATION:",
                    "",
                    " ",
                ]
            ),
            st.text(max_size=60),
        ),
        max_size=8,
    )
)
def test_arbitrary_values_are_accepted(lines):
    assert _outcome(calendar(*(name + value.replace("\n", " ") for name, value in lines))) == "read"


@dataclass(frozen=True)
class Mutation:
    random: random.Random

    def of(self, data: bytes) -> bytes:
        for _ in range(self.random.randint(1, 3)):
            data = (
                self.random.choice([self.flip, self.cut, self.swap, self.truncate, self.double])(data) or b"x"
            )
        return data

    def flip(self, data: bytes) -> bytes:
        out = bytearray(data)
        for _ in range(self.random.randint(1, 8)):
            out[self.random.randrange(len(out))] = self.random.randrange(256)
        return bytes(out)

    def cut(self, data: bytes) -> bytes:
        at = self.random.randrange(len(data))
        return data[:at] + data[at + self.random.randint(1, 60) :]

    def swap(self, data: bytes) -> bytes:
        rows = data.split(b"\n")
        one, other = self.random.randrange(len(rows)), self.random.randrange(len(rows))
        rows[one], rows[other] = rows[other], rows[one]
        return b"\n".join(rows)

    def truncate(self, data: bytes) -> bytes:
        return data[: self.random.randrange(len(data))]

    def double(self, data: bytes) -> bytes:
        start = self.random.randrange(len(data))
        end = start + self.random.randint(1, 400)
        return data[:end] + data[start:end] * self.random.randint(1, 3) + data[end:]


MUTATIONS = 5000


@pytest.mark.slow
def test_mutated_samples_are_read_or_refused():
    samples = [
        PLAIN.encode(),
        mail(PLAIN),
        calendar("SUMMARY:A", head=VTIMEZONE.format(name="Z", extra="")).encode(),
    ]
    samples += [
        calendar(
            *PANEL, times="DTSTART;TZID=Z:20261124T140000", head=VTIMEZONE.format(name="Z", extra="")
        ).encode()
    ]
    samples += [
        path.read_bytes() for path in sorted(CORPUS.glob("*.*")) if path.suffix in (".ics", ".eml", ".txt")
    ]
    samples = [data for data in samples if 0 < len(data) < 40_000]
    # Small files are mutated more often than large ones.
    weights = [1 / (len(data) + 500) for data in samples]
    source = random.Random(20261124)  # noqa: S311 - a seed, not a secret
    mutate = Mutation(source)
    outcomes = [_outcome(mutate.of(data)) for data in source.choices(samples, weights, k=MUTATIONS)]
    assert len(outcomes) == MUTATIONS
    assert {"read", "refused"} == set(outcomes)
