"""The examples in the blanks of the letter, by trade and role, and which blanks come first."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from drafts.domain.facts import Role
from drafts.domain.trades import examples_for, family_of

FIRST = {
    Role.HIRING_MANAGER: ("mentioned", "strengths", "experience", "goal"),
    Role.PEER: ("enjoyed", "mentioned", "experience", "callback"),
    Role.RECRUITER: ("mentioned", "enjoyed", "callback"),
    Role.LEADER: ("mentioned", "goal", "experience"),
}


def examples(position: str, field: str, role: Role) -> dict[str, str]:
    """An example for each blank (trades.EXAMPLE_KEYS) of a letter about this position to someone in this role."""
    family = family_of(position, field)
    return {key: gettext(text) for key, text in examples_for(family, role).items()}


# For the form by role alone; goes when the form calls `examples`.
EXAMPLES = {
    "mentioned": {
        Role.HIRING_MANAGER: _("the move of the billing service to Kafka"),
        Role.PEER: _("that you pair on every release"),
        Role.RECRUITER: _("that the offer stage takes about two weeks"),
        Role.LEADER: _("how the platform should carry twice the customers"),
    },
    "enjoyed": {
        Role.HIRING_MANAGER: _("how the team plans its quarter"),
        Role.PEER: _("how you run blameless reviews"),
        Role.RECRUITER: _("how people change teams in the company"),
        Role.LEADER: _("the story of the first customers"),
    },
    "strengths": {
        Role.HIRING_MANAGER: _("Kubernetes, Terraform, incident response"),
        Role.PEER: _("code review, mentoring, Go"),
        Role.RECRUITER: _("backend development, leading small teams"),
        Role.LEADER: _("planning, hiring, cost control"),
    },
    "experience": {
        Role.HIRING_MANAGER: _("running the on-call rotation for a large cluster"),
        Role.PEER: _("working in a team of fifteen"),
        Role.RECRUITER: _("in payments since 2019"),
        Role.LEADER: _("leading a migration across four teams"),
    },
    "goal": {
        Role.HIRING_MANAGER: _("cut the deploy time in half"),
        Role.PEER: _("keep the weekly release calm"),
        Role.RECRUITER: _("fill the on-call rota"),
        Role.LEADER: _("open a second market"),
    },
    "forgot": dict.fromkeys(Role, _("my work on database replication")),
    "topic": dict.fromkeys(Role, _("my notice period")),
    "answer": dict.fromkeys(Role, _("that it is one month, not two")),
    "callback": {
        Role.HIRING_MANAGER: _("I hope the new office has better coffee."),
        Role.PEER: _("I hope the allotment survives the frost."),
        Role.RECRUITER: _("Enjoy the week in Lisbon."),
        Role.LEADER: _("I have since started the book you named."),
    },
}
