"""The mail of a reminder: plain text with companies and names, and nothing of what is in letters and notes."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from drafts.models import Candidate
from drafts.pages import plans
from drafts.reminders.links import stop_link
from drafts.reminders.listing import Listing
from drafts.services import zone_of


def reminder_mail(candidate: Candidate, address: str, listed: Listing, now: dt.datetime) -> EmailMessage:
    here = now.astimezone(zone_of(candidate))
    stop = stop_link(candidate.pk)
    context = {
        "items": listed.new,
        "earlier": listed.earlier,
        "today": plans.day(here.date()),
        "home": settings.SITE_URL + reverse("home"),
        "settings": settings.SITE_URL + reverse("settings"),
        "stop": stop,
    }
    headers = {
        "Message-ID": _message_id(candidate, here.date()),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    body = render_to_string("drafts/email/reminder.txt", context).strip() + "\n"
    return EmailMessage(_subject(listed, here), body, to=[address], headers=headers)


def _subject(listed: Listing, here: dt.datetime) -> str:
    count = len(listed.new)
    is_today = all(item.at.astimezone(here.tzinfo).date() <= here.date() for item in listed.new)
    words = (
        ngettext("Afterword: %(count)s thing to do today", "Afterword: %(count)s things to do today", count)
        if is_today
        else ngettext(
            "Afterword: %(count)s thing to do today or tomorrow",
            "Afterword: %(count)s things to do today or tomorrow",
            count,
        )
    )
    return words % {"count": count}


def _message_id(candidate: Candidate, day: dt.date) -> str:
    """The same for every try of a day, so that a mail program that got two shows one."""
    digest = salted_hmac("drafts.reminders.mail", f"{candidate.pk} {day}").hexdigest()
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"
