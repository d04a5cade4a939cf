from __future__ import annotations

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from drafts.views import home
from drafts.web.later import later

interview = "interviews/<uuid:interview_id>/"
person = f"{interview}people/<uuid:interviewer_id>/"
draft = "drafts/<uuid:draft_id>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("check/", later("drafts.views.public.check"), name="check"),
    path("help/", later("drafts.views.public.help_page"), name="help"),
    path("styleguide/", later("drafts.views.styleguide.styleguide"), name="styleguide"),
    path("shortcuts/", later("drafts.views.public.shortcuts"), name="shortcuts"),
    path("privacy/", later("drafts.views.public.privacy"), name="privacy"),
    path("app.webmanifest", later("drafts.views.installed.manifest"), name="manifest"),
    path("offline/", later("drafts.views.installed.offline"), name="offline"),
    path("service-worker.js", later("drafts.views.installed.service_worker"), name="service_worker"),
    path("address/", later("drafts.views.public.address"), name="address"),
    path("sitemap.xml", later("drafts.views.public.sitemap"), name="sitemap"),
    path("robots.txt", later("drafts.views.public.robots"), name="robots"),
    path("interviews/", later("drafts.views.interviews.interview_list"), name="interview_list"),
    path("interviews/new/", later("drafts.views.interviews.interview_new"), name="interview_new"),
    path("interviews/invitation/", later("drafts.views.invitations.invitation_read"), name="invitation_read"),
    path(
        "interviews/invitation/confirm/",
        later("drafts.views.invitations.invitation_confirm"),
        name="invitation_confirm",
    ),
    path(interview, later("drafts.views.interviews.interview_detail"), name="interview_detail"),
    path(f"{interview}company/", later("drafts.views.interviews.company"), name="company"),
    path(f"{interview}edit/", later("drafts.views.interviews.interview_edit"), name="interview_edit"),
    path(f"{interview}panel/", later("drafts.views.panel.panel_edit"), name="panel_edit"),
    path(f"{interview}delete/", later("drafts.views.interviews.interview_delete"), name="interview_delete"),
    path("interviews/deleted/", later("drafts.views.interviews.interview_deleted"), name="interview_deleted"),
    path(
        f"{interview}bring-back/",
        later("drafts.views.interviews.interview_bring_back"),
        name="interview_bring_back",
    ),
    path(f"{interview}forget/", later("drafts.views.interviews.interview_forget"), name="interview_forget"),
    path(f"{interview}plan/", later("drafts.views.sending.interview_plan"), name="interview_plan"),
    path(
        f"{interview}outcome/", later("drafts.views.follow_ups.interview_outcome"), name="interview_outcome"
    ),
    path(f"{interview}sending/", later("drafts.views.sending.interview_sending"), name="interview_sending"),
    path(
        f"{interview}calendar.ics",
        later("drafts.views.calendar.interview_calendar"),
        name="interview_calendar",
    ),
    path(
        f"{interview}letters.zip", later("drafts.views.exports.interview_letters"), name="interview_letters"
    ),
    path(
        f"{interview}contacts.vcf",
        later("drafts.views.exports.interview_contacts"),
        name="interview_contacts",
    ),
    path(person, later("drafts.views.conversation.conversation_edit"), name="conversation_edit"),
    path(
        f"{person}everything/",
        later("drafts.views.everything.conversation_everything"),
        name="conversation_everything",
    ),
    path(
        f"{person}preview/",
        later("drafts.views.conversation.conversation_preview"),
        name="conversation_preview",
    ),
    path(f"{person}skip/", later("drafts.views.conversation.conversation_skip"), name="conversation_skip"),
    path(f"{person}write/", later("drafts.views.conversation.draft_create"), name="draft_create"),
    path(f"{person}write/<slug:kind>/", later("drafts.views.conversation.draft_create"), name="route_create"),
    path(
        f"{person}follow-up/<slug:kind>/",
        later("drafts.views.follow_ups.follow_up_edit"),
        name="follow_up_edit",
    ),
    path(f"{person}outside/", later("drafts.views.outside.outside_edit"), name="outside_edit"),
    path(f"{interview}outside/new/", later("drafts.views.outside.outside_new"), name="outside_new"),
    path("thanks/new/", later("drafts.views.outside.thanks_new"), name="thanks_new"),
    path(
        f"{person}files/<uuid:sample_id>/",
        later("drafts.views.conversation.file_download"),
        name="file_download",
    ),
    path(f"{person}like/<uuid:other_id>/", later("drafts.views.checks.likeness"), name="likeness"),
    path(draft, later("drafts.views.drafts.draft_edit"), name="draft_edit"),
    path(f"{draft}check/", later("drafts.views.checks.draft_check"), name="draft_check"),
    path(f"{draft}tone/", later("drafts.views.drafts.draft_tone"), name="draft_tone"),
    path(f"{draft}recompose/", later("drafts.views.drafts.draft_recompose"), name="draft_recompose"),
    path(f"{draft}naturally/", later("drafts.views.naturally.draft_naturally"), name="draft_naturally"),
    path(f"{draft}rewording/", later("drafts.views.rewording.draft_rewording"), name="draft_rewording"),
    path(f"{draft}history/", later("drafts.views.drafts.draft_history"), name="draft_history"),
    path(
        f"{draft}history/<uuid:revision_id>/restore/",
        later("drafts.views.drafts.draft_restore"),
        name="draft_restore",
    ),
    path(f"{draft}copy/", later("drafts.views.sending.draft_copy"), name="draft_copy"),
    path(f"{draft}letter.eml", later("drafts.views.sending.draft_eml"), name="draft_eml"),
    path(f"{draft}channel/", later("drafts.views.sending.draft_channel"), name="draft_channel"),
    path(f"{draft}sent/", later("drafts.views.sending.draft_mark_sent"), name="draft_mark_sent"),
    path(f"{draft}planned/", later("drafts.views.sending.draft_plan"), name="draft_plan"),
    path(f"{draft}unsent/", later("drafts.views.sending.draft_mark_unsent"), name="draft_mark_unsent"),
    path("names/", later("drafts.views.panel.name_order"), name="name_order"),
    path("due/", later("drafts.views.sending.due"), name="due"),
    path("sent.mbox", later("drafts.views.exports.sent_letters"), name="sent_letters"),
    path("calendar/", later("drafts.views.calendar.calendar"), name="calendar"),
    path("calendar/<str:token>.ics", later("drafts.views.calendar.calendar_feed"), name="calendar_feed"),
    path(
        "reminders/stop/<str:token>/",
        csrf_exempt(later("drafts.views.reminders.reminders_stop")),
        name="reminders_stop",
    ),
    path("settings/", later("drafts.views.settings.settings"), name="settings"),
    path("account/download/", later("drafts.views.settings.account_export"), name="account_export"),
    path("account/bring-in/", later("drafts.views.settings.account_import"), name="account_import"),
    path("account/delete/", later("drafts.views.settings.account_delete"), name="account_delete"),
    path("", include("drafts.accounts.urls")),
    path("session/", later("drafts.views.autosave.session"), name="session"),
]
