"""Addresses that look mistyped give a question; correct ones do not."""

import pytest

from drafts.domain.mistyped import USUAL, suggested_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmal.com", "ana@gmail.com"),
        ("ana@gmaill.com", "ana@gmail.com"),
        ("ana@gnail.com", "ana@gmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana@gmail.co", "ana@gmail.com"),
        ("Ana.B+x@GMIAL.com", "Ana.B+x@gmail.com"),
        (" ana@hotmial.com ", "ana@hotmail.com"),
        ("ana@yaho.com", "ana@yahoo.com"),
        ("ana@outlok.com", "ana@outlook.com"),
        ("ana@iclod.com", "ana@icloud.com"),
        ("ana@comcats.net", "ana@comcast.net"),
    ],
)
def test_one_slip_is_asked_about(typed, meant):
    assert suggested_address(typed) == meant


def test_no_usual_domain_is_asked_about():
    assert len(USUAL) >= 50
    assert [domain for domain in sorted(USUAL) if suggested_address(f"ana@{domain}")] == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "@gmial.com",
        "ana@",
        "ana@zylker.com",
        "ana@gmail.zylker.com",
        "ana@me.org",
        "ana@mc.com",
        "ana@cloud.com",
        "ana@yahoo.cn",
        "ana@gmx.fr",
        "ana@gamil.co",
        "a b@gmial.com",
    ],
)
def test_others_are_left_alone(typed):
    assert suggested_address(typed) == ""
