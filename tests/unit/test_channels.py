from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.exchange.channels import (
    FILE_CHANNELS,
    GMAIL_LIMIT,
    LINK_CHANNELS,
    MAILTO_LIMIT,
    OUTLOOK_LIMIT,
    Channel,
    Way,
    best,
    ways,
)
from drafts.exchange.cleaning import one_line, several_lines
from drafts.exchange.message import Attachment, OutgoingLetter
from tests.unit.exchange_strategies import SURROGATES, TEXTS

ADDRESS = "ann@zylker.example"


def letter(body: str = "Hi", to: str = ADDRESS, subject: str = "Hi") -> OutgoingLetter:
    return OutgoingLetter("Ann Lee", to, subject, body)


def way(channel: Channel, of: OutgoingLetter) -> Way:
    return next(one for one in ways(of) if one.channel is channel)


def test_every_channel_in_order():
    assert ways(letter("Hi Ann,\n\nA+B & 50%?", subject="Thank you, Ann")) == (
        Way(
            Channel.MAIL,
            "mailto:ann@zylker.example?subject=Thank%20you,%20Ann&body=Hi%20Ann,%0D%0A%0D%0AA%2BB%20%26%2050%25%3F",
            True,
            101,
            2000,
        ),
        Way(
            Channel.GMAIL,
            "https://mail.google.com/mail/?view=cm&fs=1&to=ann@zylker.example&su=Thank%20you,%20Ann"
            "&body=Hi%20Ann,%0D%0A%0D%0AA%2BB%20%26%2050%25%3F",
            True,
            135,
            4000,
        ),
        Way(
            Channel.OUTLOOK_WORK,
            "https://outlook.office.com/mail/deeplink/compose?to=ann@zylker.example&subject=Thank%20you,%20Ann"
            "&body=Hi%20Ann,%0D%0A%0D%0AA%2BB%20%26%2050%25%3F",
            True,
            146,
            2000,
        ),
        Way(
            Channel.OUTLOOK_PERSONAL,
            "https://outlook.live.com/mail/0/deeplink/compose?to=ann@zylker.example&subject=Thank%20you,%20Ann"
            "&body=Hi%20Ann,%0D%0A%0D%0AA%2BB%20%26%2050%25%3F",
            True,
            146,
            2000,
        ),
        Way(Channel.EML, "", True, 0, 0),
        Way(Channel.SHARE, "", True, 0, 0),
        Way(Channel.COPY, "", True, 0, 0),
    )


def test_links_without_a_recipient():
    assert [one.url for one in ways(letter(to=""))][:4] == [
        "mailto:?subject=Hi&body=Hi",
        "https://mail.google.com/mail/?view=cm&fs=1&su=Hi&body=Hi",
        "https://outlook.office.com/mail/deeplink/compose?subject=Hi&body=Hi",
        "https://outlook.live.com/mail/0/deeplink/compose?subject=Hi&body=Hi",
    ]


# The odd ones are from RFC 6068, sections 2 and 6.
@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("gorby%kremvax@example.com", "gorby%25kremvax@example.com"),
        ("unlikely?address@example.com", "unlikely%3Faddress@example.com"),
        ("Mike&family@example.org", "Mike%26family@example.org"),
        ('"not@me"@example.org', "%22not%40me%22@example.org"),
        (r'"oh\\no"@example.org', "%22oh%5C%5Cno%22@example.org"),
        ('"a, b"@example.org', "%22a%2C%20b%22@example.org"),
        ("ann+jobs@example.org", "ann%2Bjobs@example.org"),
        ("a/b#c=d@example.org", "a%2Fb%23c%3Dd@example.org"),
        ("ann@[192.0.2.1]", "ann@%5B192.0.2.1%5D"),
        ("user@naïve.example", "user@xn--nave-6pa.example"),
        ("jörg@example.org", "j%C3%B6rg@example.org"),
    ],
)
def test_odd_but_legal_addresses(address: str, written: str):
    assert way(Channel.MAIL, letter(to=address)).url == f"mailto:{written}?subject=Hi&body=Hi"
    assert f"&to={written}&" in way(Channel.GMAIL, letter(to=address)).url
    assert f"?to={written}&" in way(Channel.OUTLOOK_WORK, letter(to=address)).url


@pytest.mark.parametrize(
    "address", ["ann", "a@b.example,c@d.example", "a@b.example?cc=c@d.example", "a@b\n.example"]
)
def test_an_invalid_address_is_rejected(address: str):
    with pytest.raises(ValueError, match="not an email address"):
        ways(letter(to=address))


@pytest.mark.parametrize(
    ("channel", "limit"),
    [
        (Channel.MAIL, MAILTO_LIMIT),
        (Channel.GMAIL, GMAIL_LIMIT),
        (Channel.OUTLOOK_WORK, OUTLOOK_LIMIT),
        (Channel.OUTLOOK_PERSONAL, OUTLOOK_LIMIT),
    ],
)
def test_a_link_fits_up_to_its_limit_and_is_never_cut(channel: Channel, limit: int):
    room = limit - way(channel, letter("")).length
    fitting, too_long = way(channel, letter("x" * room)), way(channel, letter("x" * (room + 1)))

    assert (fitting.fits, fitting.length, len(fitting.url)) == (True, limit, limit)
    assert too_long == Way(channel, "", False, limit + 1, limit)


def test_a_letter_of_200_english_words_fits_everywhere():
    body = "\n\n".join(["Thank you, again, for your time on Tuesday; it's clear. " * 4] * 5)

    assert len(body.split()) == 200
    assert all(one.fits for one in ways(letter(body)))


def test_control_characters_stay_out_of_links():
    assert way(Channel.MAIL, letter("a\x00b\u2028c\td\re", subject="x\r\ny")).url == (
        "mailto:ann@zylker.example?subject=x%20y&body=a%20b%0D%0Ac%09d%0D%0Ae"
    )


@given(subject=TEXTS, body=TEXTS)
def test_any_text_comes_back_from_its_link(subject: str, body: str):
    keys = {Channel.MAIL: "subject", Channel.GMAIL: "su"}
    offered = [one for one in ways(letter(body, subject=subject)) if one.channel in LINK_CHANNELS]

    assert len(offered) == 4
    for one in offered:
        assert one.fits == (one.length <= one.limit) == bool(one.url)
        if one.fits:
            assert "+" not in one.url
            parts = urlsplit(one.url)
            values = parse_qs(parts.query, keep_blank_values=True)
            to = [unquote(parts.path)] if one.channel is Channel.MAIL else values["to"]
            assert to == [ADDRESS]
            assert values[keys.get(one.channel, "subject")] == [one_line(subject)]
            assert values["body"] == [several_lines(body).replace("\n", "\r\n")]


@given(text=SURROGATES)
def test_lone_surrogates_are_harmless(text: str):
    assert all(one.fits for one in ways(letter(text, subject=text)))


SHORT, MIDDLE, LONG = "Hi", "x" * 2500, "x" * 5000


@pytest.mark.parametrize(
    ("body", "usual", "has_files", "channel"),
    [
        (SHORT, None, False, Channel.MAIL),
        (SHORT, Channel.MAIL, False, Channel.MAIL),
        (SHORT, Channel.GMAIL, False, Channel.GMAIL),
        (SHORT, Channel.OUTLOOK_WORK, False, Channel.OUTLOOK_WORK),
        (SHORT, Channel.COPY, False, Channel.COPY),
        (SHORT, Channel.SHARE, False, Channel.SHARE),
        (SHORT, Channel.EML, False, Channel.EML),
        (SHORT, None, True, Channel.EML),
        (SHORT, Channel.GMAIL, True, Channel.EML),
        (SHORT, Channel.COPY, True, Channel.EML),
        (SHORT, Channel.EML, True, Channel.EML),
        (MIDDLE, None, False, Channel.EML),
        (MIDDLE, Channel.GMAIL, False, Channel.GMAIL),
        (MIDDLE, Channel.OUTLOOK_WORK, False, Channel.EML),
        (MIDDLE, Channel.OUTLOOK_PERSONAL, False, Channel.EML),
        (LONG, Channel.GMAIL, False, Channel.EML),
        (LONG, Channel.COPY, False, Channel.COPY),
        # Fits the shorter mailto link, not the longer one of Outlook.
        ("x" * 1940, Channel.OUTLOOK_WORK, False, Channel.MAIL),
    ],
)
def test_best(body: str, usual: Channel | None, has_files: bool, channel: Channel):
    assert best(ways(letter(body)), usual, has_files) is channel


@given(body=TEXTS, usual=st.sampled_from([None, *Channel]), has_files=st.booleans())
def test_best_always_fits_and_carries_the_files(body: str, usual: Channel | None, has_files: bool):
    offered = ways(OutgoingLetter("", "", "", body, (Attachment("x", "", b""),) if has_files else ()))
    channel = best(offered, usual, has_files)

    assert channel in {one.channel for one in offered if one.fits}
    assert not has_files or channel in FILE_CHANNELS
