"""The floor's views: a page, a write, and just the proofreader."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from bench.floor.models import Note

PAGE_BYTES = 10_000


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """A page of 10 kB with two queries besides those for the user."""
    count = Note.objects.filter(user=request.user).count()
    texts = Note.objects.filter(user=request.user).order_by("-id").values_list("text", flat=True)[:20]
    return HttpResponse("\n".join([str(count), *texts]).ljust(PAGE_BYTES, "."))


@require_POST
@login_required
def write(request: HttpRequest, note_id: int) -> HttpResponse:
    """Updates one row in one transaction."""
    with transaction.atomic():
        mine = Note.objects.filter(pk=note_id, user=request.user)
        mine.update(text=request.POST["body"], version=F("version") + 1)
    return HttpResponse(status=204)


@require_POST
@login_required
def proofread(request: HttpRequest) -> HttpResponse:
    """The engine's remarks on a letter, without the rest of a review."""
    # Imported here, because the start is measured without the engine.
    from drafts.domain import proofread

    for name in ("subject", "body"):
        proofread.read_whole(request.POST[name], "american")
    return HttpResponse(status=204)


urlpatterns = [path("", page), path("notes/<int:note_id>/", write), path("proofread/", proofread)]
