"""Turns stored letters into files and links to send, and a panel into contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from drafts.domain.addresses import is_address
from drafts.domain.facts import Kind, Role, member_of
from drafts.domain.kinds import letter_kind
from drafts.domain.messages import Message
from drafts.domain.naming import printed_name
from drafts.domain.routes import LINKEDIN_LIMIT, code_units, recruiter_of
from drafts.errors import MissingFile
from drafts.exchange.archive import ArchivedLetter, letters_zip
from drafts.exchange.channels import Channel, Way, best, ways
from drafts.exchange.file_names import safe_file_name
from drafts.exchange.mbox import SentLetter, sent_mbox
from drafts.exchange.message import Attachment, OutgoingLetter, draft_message
from drafts.exchange.vcard import ContactCard, panel_vcards
from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.services import Whole, content_of, read_wholes
from drafts.translation import translated


@dataclass(frozen=True)
class SendOptions:
    """How one letter can be sent: all channels, the one to offer first, the recipient, and the attached files."""

    ways: tuple[Way, ...]
    first: Way
    to_address: str
    files: tuple[str, ...]
    is_text_alone: bool = False  # LinkedIn accepts only text

    @property
    def beside_copy(self) -> Way | None:
        """The channel to offer besides copying: the usual one, or the best one if the usual one is copying."""
        if self.is_text_alone:
            return None
        if self.first.channel is not Channel.COPY:
            return self.first
        offered = best(self.ways, None, has_files=bool(self.files))
        return next(way for way in self.ways if way.channel is offered)

    @property
    def others(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way is not self.first)


def send_options(whole: Whole, draft: Draft) -> SendOptions:
    letter = _letter(whole, draft, with_files=False)
    files = whole.file_names(draft.interviewer)
    all_ways = ways(letter)
    usual = member_of(Channel, whole.interview.candidate.usual_channel)
    # Only the page's script knows whether the device has a share sheet, so it is never the only channel shown.
    offered = best(all_ways, None if usual is Channel.SHARE else usual, has_files=bool(files))
    is_text_alone = draft.kind == Kind.LINKEDIN
    if is_text_alone:
        offered = Channel.COPY
    first = next(way for way in all_ways if way.channel is offered)
    return SendOptions(all_ways, first, letter.to_address, files, is_text_alone)


def character_count(body: str) -> str:
    """How many of LinkedIn's characters a message takes, as the review counts them."""
    count = str(code_units(body.rstrip()))
    return translated(Message("{count} of {limit} characters", count=count, limit=str(LINKEDIN_LIMIT)))


def reader(whole: Whole, draft: Draft) -> tuple[str, str]:
    """The recipient of a draft as (name, address): the person, or the recruiter who passes it on."""
    person, address = _recipient(whole, draft)
    return person.full_name if person else "", address


def _recipient(whole: Whole, draft: Draft) -> tuple[Interviewer | None, str]:
    person = draft.interviewer
    if draft.kind == Kind.RECRUITER:
        asked = recruiter_of(whole.panel, whole.index(person))
        return (None, "") if asked is None else (whole.people[asked], whole.people[asked].email)
    return person, "" if Kind(draft.kind).is_route else person.email


def _name_in_header(person: Interviewer | None) -> str:
    """Their name beside the address, which they see too; empty if it is unknown."""
    return printed_name(person.full_name, person.greet_as) if person else ""


@dataclass(frozen=True)
class Route:
    """One way to reach someone whose address is unknown, and its draft if there is one."""

    kind: Kind
    title: str
    text: str
    draft: Draft | None


def routes(whole: Whole, person: Interviewer) -> tuple[Route, ...]:
    """The routes besides sending the letter itself. A recruiter is not asked to pass a letter on to themselves."""
    found = []
    for kind in Kind:
        draft = whole.of_kind(kind).drafts.get(person.id) if kind.is_route else None
        if kind.is_route and (draft or kind is not Kind.RECRUITER or person.role != Role.RECRUITER):
            told = letter_kind(kind)
            found.append(Route(kind, translated(told.title), translated(told.text), draft))
    return tuple(found)


def _letter(whole: Whole, draft: Draft, *, with_files: bool, must_have_files: bool = True) -> OutgoingLetter:
    person, address = _recipient(whole, draft)
    attachments = tuple(_attachments(whole, draft, must_have_files)) if with_files else ()
    name = _name_in_header(person)
    return OutgoingLetter(name, _valid_address(address), draft.subject, draft.body, attachments)


def _valid_address(address: str) -> str:
    """The address if an email can be sent to it; else empty, so that the mail program asks for one."""
    return address if is_address(address) else ""


def _attachments(whole: Whole, draft: Draft, must_have: bool) -> Iterable[Attachment]:
    for sample in whole.people[whole.index(draft.interviewer)].files():
        content = content_of(sample)
        if content is not None:
            yield Attachment(sample.file_name, sample.content_type, content)
        elif must_have:
            raise MissingFile(sample.file_name)


def draft_file(whole: Whole, draft: Draft) -> tuple[bytes, str, str]:
    """The letter as .eml: content, type and name."""
    name = f"{draft.interviewer.full_name} - {whole.interview.company}"
    with_files = not Kind(draft.kind).is_follow_up
    content = draft_message(_letter(whole, draft, with_files=with_files))
    return content, "message/rfc822", f"{safe_file_name(name, 'letter')}.eml"


def interview_zip(whole: Whole, now: dt.datetime) -> tuple[bytes, str, str]:
    """Every draft of the interview as .eml and .txt."""
    entries = archived_letters(whole, must_have_files=True)
    return letters_zip(entries, now), "application/zip", file_name(whole.interview, "zip")


def archived_letters(
    whole: Whole, folder: str = "", *, must_have_files: bool = False
) -> list[ArchivedLetter]:
    """Every draft of the interview. Raises MissingFile for a missing file if `must_have_files`.

    Otherwise only thank-you letters include files, so that an archive with all of them is at most twice their size.
    """
    entries = []
    for kind, drafts in whole.drafts_of.items():
        for person in whole.everyone:
            if draft := drafts.get(person.id):
                draft.interviewer = person
                stem = (
                    person.full_name
                    if kind is Kind.THANK_YOU
                    else f"{person.full_name} - {draft.get_kind_display()}"
                )
                with_files = not kind.is_follow_up and (must_have_files or kind is Kind.THANK_YOU)
                letter = _letter(whole, draft, with_files=with_files, must_have_files=must_have_files)
                entries.append(ArchivedLetter(stem, letter, is_sent=whole.went_out(draft), folder=folder))
    return entries


def contacts(whole: Whole) -> tuple[bytes, str, str]:
    """The panel as vCards."""
    interview = whole.interview
    note = _("Interview: %(position)s") % {"position": interview.position}
    cards = [
        ContactCard(person.full_name, person.email, person.job_title, interview.company, note)
        for person in whole.people
    ]
    return panel_vcards(cards), "text/vcard; charset=utf-8", file_name(interview, "vcf")


def sent_letters(candidate: Candidate, drafts: Sequence[Draft]) -> tuple[bytes, str, str]:
    """Everything sent as one mailbox file."""
    routed = {
        draft.interviewer.interview_id: draft.interviewer.interview
        for draft in drafts
        if Kind(draft.kind).is_route
    }
    wholes = {whole.interview.pk: whole for whole in read_wholes(list(routed.values()))}
    letters = []
    for draft in drafts:
        if draft.sent_at is None:
            continue
        person: Interviewer | None = draft.interviewer
        address = draft.interviewer.email
        if Kind(draft.kind).is_route:
            person, address = _recipient(wholes[draft.interviewer.interview_id], draft)
        letter = OutgoingLetter(_name_in_header(person), _valid_address(address), draft.subject, draft.body)
        letters.append(
            SentLetter(candidate.full_name, _valid_address(candidate.email or ""), letter, draft.sent_at)
        )
    return sent_mbox(letters), "application/mbox", "afterword-sent.mbox"


def file_name(interview: Interview, extension: str) -> str:
    stem = safe_file_name(f"{interview.company} - {interview.position}", "interview")
    return f"{stem}.{extension}"


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A download, which the browser never displays."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
