from __future__ import annotations

from django.urls import include, path

from drafts.views import (
    autosave,
    checks,
    conversation,
    drafts,
    everything,
    exports,
    follow_ups,
    interviews,
    panel,
    sending,
    settings,
)
from drafts.web.later import later

person = "interviews/<uuid:interview_id>/people/<uuid:interviewer_id>/"
draft = "drafts/<uuid:draft_id>/"

urlpatterns = [
    path("", interviews.home, name="home"),
    path("check/", later("drafts.views.public.check"), name="check"),
    path("help/", later("drafts.views.public.help_page"), name="help"),
    path("privacy/", later("drafts.views.public.privacy"), name="privacy"),
    path("robots.txt", later("drafts.views.public.robots"), name="robots"),
    path("interviews/", interviews.interview_list, name="interview_list"),
    path("interviews/new/", interviews.interview_new, name="interview_new"),
    path("interviews/invitation/", later("drafts.views.invitations.invitation_read"), name="invitation_read"),
    path(
        "interviews/invitation/confirm/",
        later("drafts.views.invitations.invitation_confirm"),
        name="invitation_confirm",
    ),
    path("interviews/<uuid:interview_id>/", interviews.interview_detail, name="interview_detail"),
    path("interviews/<uuid:interview_id>/company/", interviews.company, name="company"),
    path("interviews/<uuid:interview_id>/edit/", interviews.interview_edit, name="interview_edit"),
    path("interviews/<uuid:interview_id>/panel/", panel.panel_edit, name="panel_edit"),
    path("interviews/<uuid:interview_id>/delete/", interviews.interview_delete, name="interview_delete"),
    path("interviews/deleted/", interviews.interview_deleted, name="interview_deleted"),
    path(
        "interviews/<uuid:interview_id>/bring-back/",
        interviews.interview_bring_back,
        name="interview_bring_back",
    ),
    path("interviews/<uuid:interview_id>/forget/", interviews.interview_forget, name="interview_forget"),
    path("interviews/<uuid:interview_id>/plan/", sending.interview_plan, name="interview_plan"),
    path("interviews/<uuid:interview_id>/outcome/", follow_ups.interview_outcome, name="interview_outcome"),
    path("interviews/<uuid:interview_id>/sending/", sending.interview_sending, name="interview_sending"),
    path(
        "interviews/<uuid:interview_id>/calendar.ics",
        later("drafts.views.calendar.interview_calendar"),
        name="interview_calendar",
    ),
    path("interviews/<uuid:interview_id>/letters.zip", exports.interview_letters, name="interview_letters"),
    path(
        "interviews/<uuid:interview_id>/contacts.vcf", exports.interview_contacts, name="interview_contacts"
    ),
    path(person, conversation.conversation_edit, name="conversation_edit"),
    path(f"{person}everything/", everything.conversation_everything, name="conversation_everything"),
    path(f"{person}preview/", conversation.conversation_preview, name="conversation_preview"),
    path(f"{person}skip/", conversation.conversation_skip, name="conversation_skip"),
    path(f"{person}write/", conversation.draft_create, name="draft_create"),
    path(f"{person}write/<slug:kind>/", conversation.draft_create, name="route_create"),
    path(f"{person}follow-up/<slug:kind>/", follow_ups.follow_up_edit, name="follow_up_edit"),
    path(f"{person}files/<uuid:sample_id>/", conversation.file_download, name="file_download"),
    path(f"{person}like/<uuid:other_id>/", checks.likeness, name="likeness"),
    path(draft, drafts.draft_edit, name="draft_edit"),
    path(f"{draft}check/", checks.draft_check, name="draft_check"),
    path(f"{draft}tone/", drafts.draft_tone, name="draft_tone"),
    path(f"{draft}recompose/", drafts.draft_recompose, name="draft_recompose"),
    path(f"{draft}rewording/", later("drafts.views.rewording.draft_rewording"), name="draft_rewording"),
    path(f"{draft}history/", drafts.draft_history, name="draft_history"),
    path(f"{draft}history/<uuid:revision_id>/restore/", drafts.draft_restore, name="draft_restore"),
    path(f"{draft}copy/", sending.draft_copy, name="draft_copy"),
    path(f"{draft}letter.eml", sending.draft_eml, name="draft_eml"),
    path(f"{draft}channel/", sending.draft_channel, name="draft_channel"),
    path(f"{draft}sent/", sending.draft_mark_sent, name="draft_mark_sent"),
    path(f"{draft}unsent/", sending.draft_mark_unsent, name="draft_mark_unsent"),
    path("names/", panel.name_order, name="name_order"),
    path("due/", sending.due, name="due"),
    path("sent.mbox", exports.sent_letters, name="sent_letters"),
    path("calendar/", later("drafts.views.calendar.calendar"), name="calendar"),
    path("calendar/<str:token>.ics", later("drafts.views.calendar.calendar_feed"), name="calendar_feed"),
    path("settings/", settings.settings, name="settings"),
    path("account/download/", settings.account_export, name="account_export"),
    path("account/bring-in/", settings.account_import, name="account_import"),
    path("account/delete/", settings.account_delete, name="account_delete"),
    path("", include("drafts.accounts.urls")),
    path("session/", autosave.session, name="session"),
]
