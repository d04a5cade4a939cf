"""The URLs of every page that reads a candidate's data."""

from __future__ import annotations

from django.urls import reverse

from drafts.domain.facts import Kind
from drafts.models import Candidate, Draft
from drafts.pages import history

ADMIN_LISTS = ("candidate", "interview", "interviewer", "draft")


def addresses(candidate: Candidate) -> dict[str, str]:
    """URLs by page name, for a candidate with both sent and unsent letters."""
    letters = Draft.objects.for_candidate(candidate).filter(kind=Kind.THANK_YOU).order_by("created_at", "id")
    draft = letters.filter(sent_at__isnull=True).select_related("interviewer__interview").first()
    draft = draft or letters.select_related("interviewer__interview").get()
    person = draft.interviewer
    interview, listed = [person.interview_id], reverse("interview_list")
    pages = -(-history.interviews(candidate).count() // 12)
    of_interview = {
        name: reverse(name, args=interview)
        for name in (
            *("interview_detail", "interview_edit", "panel_edit", "interview_plan", "interview_sending"),
            *("interview_calendar", "interview_letters", "interview_contacts", "interview_delete"),
        )
    }
    of_draft = {
        name: reverse(name, args=[draft.id])
        for name in ("draft_edit", "draft_copy", "draft_history", "draft_eml")
    }
    everywhere = {
        name: reverse(name)
        for name in (
            *("home", "due", "interview_new", "interview_deleted", "settings", "calendar", "sent_letters"),
            *("account_export", "account_delete", "session"),
        )
    }
    return {
        **everywhere,
        "interview_list": listed,
        "interview_list, last page": f"{listed}?page={pages}",
        **{f"interview_list, {state}": f"{listed}?state={state}" for state in history.STATES},
        "interview_list, search": f"{listed}?q={person.full_name.split()[-1]}",
        "interview_list, search for nothing": f"{listed}?q=nowhere",
        "calendar_feed": reverse("calendar_feed", args=[candidate.calendar_token]),
        **of_interview,
        "conversation_edit": reverse("conversation_edit", args=[*interview, person.id]),
        **of_draft,
    }


def admin_addresses() -> dict[str, str]:
    return {f"admin, {model}": reverse(f"admin:drafts_{model}_changelist") for model in ADMIN_LISTS}
