"""When and how to send: the plan, the channels, and whether a letter was sent."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drafts import services
from drafts.accounts.browser import signed_in
from drafts.domain.facts import Kind, member_of
from drafts.exchange.channels import Channel
from drafts.forms import PlanForm, SendingForm, SentForm
from drafts.models import Draft
from drafts.pages import follow_ups, outgoing, plans, queries, reviews
from drafts.services import Whole
from drafts.services.mapping import own_zone
from drafts.templatetags.quick import SENT_TAG
from drafts.translation import city_of
from drafts.views.access import letter_asked, load_draft, load_interview, load_whole_of
from drafts.views.drafts import letter_page
from drafts.views.follow_ups import back_to


@require_safe
def interview_plan(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """The current plan as a fragment, which an open page polls."""
    interview = load_interview(request, interview_id)
    return render(request, "drafts/_plan.html", {"timing": plans.timing(interview, timezone.now())})


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is due as a fragment, which an open start page polls; the page title is in a header."""
    context = follow_ups.start_page(request.user, timezone.now())
    response = render(request, "drafts/_due.html", context)
    response["X-Title"] = quote(f"{context['due'].title} · Afterword")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def interview_sending(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """The readers' working hours, and the candidate's own send time instead of the recommended one."""
    interview = load_interview(request, interview_id)
    if request.method != "POST":
        return _sending_page(request, SendingForm.for_interview(interview), interview)
    data = request.POST.copy()
    if "recommended" in data:
        data["chosen_send_at"] = ""
    form = SendingForm(data, interview=interview)
    if not form.is_valid():
        return _sending_page(request, form, interview, status=422)
    interview = services.set_sending(interview, form.cleaned_data)
    timing = plans.timing(interview, timezone.now())
    if timing.chosen_at and timing.chosen_at > timing.plan.deadline_at:
        messages.info(
            request, _("Saved. Your send time is more than 24 hours after the interview. Earlier is better.")
        )
    else:
        messages.success(request, _("Saved."))
    letter = letter_asked(request, interview)
    return redirect(letter or interview)


def _sending_page(request: HttpRequest, form: SendingForm, interview: Any, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "interview": interview,
        "timing": plans.timing(interview, timezone.now()),
        "letter": letter_asked(request, interview),
    }
    return render(request, "drafts/interview_sending.html", context, status=status)


@require_safe
def draft_copy(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """All channels for sending this letter, the usual one first."""
    whole, draft = load_whole_of(request, draft_id)
    return _copy_page(request, whole, draft)


def _copy_page(
    request: HttpRequest,
    whole: Whole,
    draft: Draft,
    *,
    sent_form: SentForm | None = None,
    plan_form: PlanForm | None = None,
) -> HttpResponse:
    interview, now = whole.interview, timezone.now()
    own_clocks: dict[str, Any] = {"interview": interview, "zone": own_zone(interview).key}
    planned_at = None if draft.sent_at else draft.planned_at
    send_at = planned_at or plans.timing(interview, now).send_at
    context = {
        **letter_page(whole, draft),
        "sent_instead": None
        if draft.sent_at or whole.kind.is_follow_up
        else whole.sent_route(draft.interviewer),
        "readiness": reviews.readiness(whole, now, only=draft.interviewer).get(draft.interviewer_id),
        "departure": outgoing.send_options(whole, draft),
        "sent_words": plans.own_time(draft.sent_at, interview) if draft.sent_at else "",
        "sent_form": sent_form or SentForm(**own_clocks, at=draft.sent_at or min(planned_at or now, now)),
        "is_ahead": bool(planned_at and planned_at > now),
        "plan_form": plan_form or PlanForm(**own_clocks, at=send_at if send_at > now else None),
        "own_city": city_of(own_clocks["zone"]),
    }
    status = 422 if sent_form or plan_form else 200
    return render(request, "drafts/draft_copy.html", context, status=status)


@require_safe
def draft_eml(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The letter as a file that mail programs open as a draft, with its files attached."""
    draft = load_draft(request, draft_id)
    return outgoing.download(*outgoing.draft_file(services.read_whole_of(draft), draft))


@require_POST
def draft_channel(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Remembers the channel that was used, to offer it first the next time."""
    draft = load_draft(request, draft_id)
    channel = member_of(Channel, request.POST.get("channel"))
    if channel is None:
        return HttpResponse(
            _("Choose one of the options on the page."), status=422, content_type="text/plain"
        )
    services.set_usual_channel(signed_in(request), channel)
    # The letter is being sent, so later edits are a new version.
    services.end_typing(draft)
    return redirect("draft_copy", draft.id)


@require_POST
def draft_mark_sent(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    draft = load_draft(request, draft_id)
    interview = draft.interviewer.interview
    form = SentForm(request.POST, interview=interview, zone=own_zone(interview).key)
    if not form.is_valid():
        return _copy_page(request, services.read_whole_of(draft), draft, sent_form=form)
    at = form.cleaned_data["at"]
    services.mark_sent(draft, at)
    if draft.sent_at and at:
        messages.success(request, _("Saved."))
        return redirect("draft_copy", draft.id)
    person = draft.interviewer
    when = {"when": plans.own_time(at or draft.sent_at or timezone.now(), interview)}
    tag = f"{SENT_TAG}{draft.id}"
    if (kind := Kind(draft.kind)).is_follow_up:
        tags = tag if kind.is_outside else f"after {tag}"
        messages.success(request, _("Marked as sent on %(when)s.") % when, extra_tags=tags)
        return redirect(back_to(person.interview, kind))
    cards = queries.cards(services.read_whole(person.interview))
    following = queries.next_card(cards, after=person)
    if following is None:
        is_last = all(card.state != "planned" for card in cards)
        last = _("Marked as sent on %(when)s. That was the last letter.")
        said = (last if is_last else _("Marked as sent on %(when)s.")) % when
        messages.success(request, said, extra_tags=tag)
        return redirect("interview_detail", person.interview_id)
    messages.success(
        request,
        _("The letter to %(name)s is marked as sent on %(when)s. Next: %(next)s.")
        % {"name": person.full_name, "next": following.person.full_name, **when},
        extra_tags=tag,
    )
    return redirect(following.url)


@require_POST
def draft_plan(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Stores when this letter will be sent, by the candidate or their mail program; an empty time ends the plan."""
    draft = load_draft(request, draft_id)
    interview = draft.interviewer.interview
    form = PlanForm(request.POST, interview=interview, zone=own_zone(interview).key)
    if not form.is_valid():
        return _copy_page(request, services.read_whole_of(draft), draft, plan_form=form)
    at = form.cleaned_data["at"]
    if at and "instead" in request.POST:
        services.mark_unsent(draft)
    services.plan_sending(draft, at)
    if at:
        messages.success(request, _("Planned for %(when)s.") % {"when": plans.there(at, interview)})
    else:
        messages.info(request, _("The letter is no longer planned."))
    return redirect("draft_copy", draft.id)


@require_POST
def draft_mark_unsent(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    draft = load_draft(request, draft_id)
    services.mark_unsent(draft)
    messages.info(request, _("The letter is marked as not sent."))
    return redirect("draft_copy", draft.id)
