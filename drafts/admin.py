"""The admin site for maintainers. Off unless ADMIN_ENABLED.

Every list takes a fixed number of queries and reads only one page of rows, whatever the size of the table. So there is
no date hierarchy, which would read every date, and no counting beyond MOST_COUNTED. Only a text search, or a filter
that matches few rows, scans the table.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample

admin.site.site_header = admin.site.site_title = "Afterword"
MOST_COUNTED = 10_000


class CappedPaginator(Paginator):
    """Ends after MOST_COUNTED rows; search to find later ones."""

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by().values("pk")[:MOST_COUNTED].count()


class ListAdmin(admin.ModelAdmin):
    """A list that is as fast for a million rows as for a thousand."""

    paginator = CappedPaginator
    # "1 result (2000 total)" would count all rows.
    show_full_result_count = False


def _count(rows: QuerySet[Any], owner: str) -> Coalesce:
    """The number of rows whose `owner` is the listed row; only counted for the rows of the page."""
    totals = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner).annotate(total=Count("pk"))
    return Coalesce(Subquery(totals.values("total")), 0)


@admin.register(Candidate)
class CandidateAdmin(ListAdmin, UserAdmin):
    list_display = ("__str__", "full_name", "is_guest", "interview_count", "last_login", "created_at")
    list_filter = ("is_guest", "is_staff", "is_active", "dialect", "created_at")
    search_fields = ("email", "full_name", "id")
    ordering = ("-created_at",)
    readonly_fields = ("id", "last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("id", "email", "password", "is_guest")}),
        (
            _("Letters"),
            {"fields": ("full_name", "signature", "time_zone", "dialect", "strengths", "own_words")},
        ),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Dates"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        interviews = _count(Interview.objects.all(), "candidate")
        rows: QuerySet[Candidate] = super().get_queryset(request)
        return rows.annotate(interview_count=interviews)

    @admin.display(description=_("interviews"), ordering="interview_count")
    def interview_count(self, candidate: Any) -> int:
        return int(candidate.interview_count)


class InterviewerInline(admin.TabularInline):
    model = Interviewer
    fields = ("order", "full_name", "job_title", "role", "email")
    extra = 0
    show_change_link = True


@admin.register(Interview)
class InterviewAdmin(ListAdmin):
    list_display = ("company", "position", "candidate", "stage", "people", "ended_at")
    list_display_links = ("company", "position")
    list_filter = ("stage", "ended_at")
    list_select_related = ("candidate",)
    search_fields = ("search_text", "company", "candidate__email", "id")
    autocomplete_fields = ("candidate",)
    readonly_fields = ("id", "version", "created_at", "updated_at")
    inlines = (InterviewerInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        rows: QuerySet[Interview] = super().get_queryset(request)
        return rows.annotate(people=_count(Interviewer.objects.all(), "interview"))

    @admin.display(description=_("people"), ordering="people")
    def people(self, interview: Any) -> int:
        return int(interview.people)


class WorkSampleInline(admin.TabularInline):
    model = WorkSample
    fields = ("order", "label", "url")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    extra = 0


@admin.register(Interviewer)
class InterviewerAdmin(ListAdmin):
    list_display = ("full_name", "job_title", "role", "email", "interview")
    list_filter = ("role", ("skipped_at", admin.EmptyFieldListFilter))
    list_select_related = ("interview",)
    search_fields = ("full_name", "email", "interview__company", "id")
    ordering = ("pk",)
    autocomplete_fields = ("interview",)
    # Own sentences are JSON, and nothing here would validate its keys.
    readonly_fields = ("id", "version", "skipped_at", "own_sentences")
    inlines = (WorkSampleInline,)


class DraftRevisionInline(admin.TabularInline):
    """The history is read-only: only the product adds rows, and they never change."""

    model = DraftRevision
    fields = readonly_fields = ("version", "reason", "tone", "subject", "body", "created_at")
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Draft)
class DraftAdmin(ListAdmin):
    list_display = (
        "subject",
        "interviewer",
        "company",
        "tone",
        "version",
        "edited_at",
        "sent_at",
        "updated_at",
    )
    list_filter = (
        "kind",
        "tone",
        ("edited_at", admin.EmptyFieldListFilter),
        ("sent_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("interviewer__interview",)
    search_fields = ("subject", "interviewer__full_name", "interviewer__interview__company", "id")
    autocomplete_fields = ("interviewer",)
    readonly_fields = ("id", "version", "facts_digest", "left_out", "unsure", "created_at", "updated_at")
    inlines = (DraftRevisionInline,)

    @admin.display(description=_("company"), ordering="interviewer__interview__company")
    def company(self, draft: Draft) -> str:
        return draft.interviewer.interview.company
