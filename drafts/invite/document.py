"""An invitation as the facts document (docs/facts-document.md)."""

from __future__ import annotations

from typing import Any

from drafts.invite.model import Invitation


def facts_document(invitation: Invitation) -> dict[str, Any]:
    """The facts document of an invitation (docs/facts-document.md), with `warnings`.

    A required value that is not known is an empty text; an optional one is left out.
    """
    warnings = list(invitation.warnings)
    if invitation.others:
        names = ", ".join(f"{one.full_name} ({one.source})" for one in invitation.others)
        warnings.append(f"The invitation also names {names}; add anyone else who interviewed you.")
    ends = [f"{one:%Y-%m-%dT%H:%M}" for one in invitation.ends]
    choices = {"company": invitation.companies, "position": invitation.positions, "end": ends}
    for key, values in choices.items():
        warnings += [f"The {key} may be one of: {'; '.join(values)}."] if values else []
    if not invitation.sender_name:
        warnings.append("The invitation does not give your name; fill in sender.full_name.")
    ended_at = invitation.ended_at
    interview = {
        "company": invitation.company.value,
        "position": invitation.position.value,
        "ended_at": ended_at.replace(tzinfo=None).isoformat() if ended_at else "",
        "time_zone": invitation.time_zone.value,
    }
    if invitation.stage:
        interview["stage"] = invitation.stage.value
    people = [
        {
            "full_name": one.full_name,
            "email": one.email,
            "job_title": one.job_title,
            "role": str(one.role or ""),
        }
        for one in invitation.people
    ]
    return {
        "sender": {"full_name": invitation.sender_name},
        "interview": interview,
        "interviewers": [
            {key: value for key, value in one.items() if value or key == "full_name"} for one in people
        ],
        "warnings": warnings,
    }
