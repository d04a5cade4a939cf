"""Every write, each one transaction. A `version` of None means: do not check for changes made elsewhere."""

from drafts.services.candidates import (
    MOST_OWN_WORDS,
    add_own_word,
    create_guest,
    remove_own_word,
    renew_calendar_token,
    set_sender,
    set_usual_channel,
)
from drafts.services.conversations import NOTE_FIELDS, save_conversation, skip_interviewer
from drafts.services.files import add_files, remove_file
from drafts.services.interviews import (
    INTERVIEW_FIELDS,
    PERSON_FIELDS,
    WORK_FIELDS,
    create_interview,
    delete_interview,
    save_invitation,
    save_panel,
    set_sending,
    update_interview,
)
from drafts.services.letters import (
    change_tone,
    create_draft,
    dismiss_finding,
    keep_draft,
    mark_sent,
    mark_unsent,
    recompose_draft,
    restore_findings,
    restore_revision,
    save_draft,
)
from drafts.services.whole import Whole, read_whole

__all__ = [
    "INTERVIEW_FIELDS",
    "MOST_OWN_WORDS",
    "NOTE_FIELDS",
    "PERSON_FIELDS",
    "WORK_FIELDS",
    "Whole",
    "add_files",
    "add_own_word",
    "change_tone",
    "create_draft",
    "create_guest",
    "create_interview",
    "delete_interview",
    "dismiss_finding",
    "keep_draft",
    "mark_sent",
    "mark_unsent",
    "read_whole",
    "recompose_draft",
    "remove_file",
    "remove_own_word",
    "renew_calendar_token",
    "restore_findings",
    "restore_revision",
    "save_conversation",
    "save_draft",
    "save_invitation",
    "save_panel",
    "set_sender",
    "set_sending",
    "set_usual_channel",
    "skip_interviewer",
    "update_interview",
]
