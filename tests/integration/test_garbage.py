"""Garbage sent to any URL gets a proper response, never a server error."""

import pytest

from tests.factories import DraftFactory, DraftRevisionFactory, InterviewerFactory, WorkFileFactory
from tests.integration.test_access import DELETED_ONES, OPEN, OWN, OWNED, SECRET_ADDRESS, url

PATTERNS = sorted(
    {*OPEN, *OWN, *SECRET_ADDRESS, *OWNED, "account_login", "account_signup"}
    - {"interview_delete", *DELETED_ONES}
)
FIELDS = [
    "id",
    "version",
    "full_name",
    "signature",
    "company",
    "position",
    "ended_at",
    "time_zone",
    "stage",
    "field",
    "team",
    "country",
    "confirm_old",
    "mentioned",
    "enjoyed",
    "strengths",
    "experience",
    "goal",
    "forgot",
    "correction-topic",
    "correction-answer",
    "callback",
    "ask",
    "reaction",
    "relates",
    "say-mentioned",
    "say-correction",
    "onward",
    "everything",
    "lines-TOTAL_FORMS",
    "lines-0-text",
    "lines-0-key",
    "subject",
    "body",
    "use_subject",
    "tone",
    "choice",
    "work_opens",
    "work_closes",
    "work_days",
    "chosen_send_at",
    "channel",
    "event",
    "zone",
    "invitation",
    "invitation_text",
    "people",
    "files",
    "q",
    "state",
    "page",
    "login",
    "password",
    "email",
    "password1",
    "next",
    "dialect",
    "usual_tone",
    "usual_channel",
    "own_words",
    "archive",
    "panel-TOTAL_FORMS",
    "panel-INITIAL_FORMS",
    "panel-0-id",
    "panel-0-full_name",
    "panel-0-greet_as",
    "panel-0-email",
    "panel-0-job_title",
    "panel-0-role",
    "panel-0-DELETE",
    "panel-999-full_name",
    "work_samples-TOTAL_FORMS",
    "work_samples-0-label",
    "work_samples-0-url",
]
GARBAGE = [
    "\0",
    "²",
    "-1",
    "9" * 400,
    "\u2028\u202e\ufeff",
    "{{ x }}%s{}",
    "2026-11-19T15:10:00+99:99",
    "0000-00-00T00:00",
    "body:0:99999999999999999999:x",
    "subject:²:-3:" + "x" * 300,
]


CHECKS = ["check", "apply", "dismiss", "restore", "add_word", "remove_word"]
BUTTONS = {
    "panel_edit": ["add_row", "remove_row", "paste_people"],
    "conversation_edit": [
        "preview",
        "add_sample",
        "add_strength",
        "upload",
        "remove_file",
        "use-mentioned",
        "fix-mentioned",
    ],
    "conversation_everything": ["confirm"],
    "interview_sending": ["recommended"],
    "draft_edit": CHECKS,
    "draft_check": CHECKS,
}


@pytest.mark.parametrize(
    ("name", "button"), [(name, button) for name in PATTERNS for button in ["", *BUTTONS.get(name, [])]]
)
def test_no_request_fails(signed_in, candidate, name, button):
    revision = DraftRevisionFactory(draft__interviewer__interview__candidate=candidate)
    WorkFileFactory(interviewer=revision.draft.interviewer)
    DraftFactory(interviewer__interview=revision.draft.interviewer.interview)
    InterviewerFactory(interview=revision.draft.interviewer.interview, is_outside=True)
    address = url(name, revision)
    for text in GARBAGE:
        sent = dict.fromkeys(FIELDS, text) | ({button: text} if button else {})
        assert signed_in.post(address, sent).status_code in (200, 302, 404, 405, 409, 422, 429)
        if not button:
            assert signed_in.get(address, sent).status_code in (200, 302, 404, 405)
    broken = b"\xff\xfe=%ff%00&panel-0-id=%zz"
    assert signed_in.post(address, broken, "application/x-www-form-urlencoded").status_code < 500
    assert signed_in.post(address, b"{", "application/json").status_code < 500
