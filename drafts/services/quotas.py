"""Quotas per candidate: the number of interviews, and the bytes of texts and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import (
    Count,
    Func,
    IntegerField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from drafts.compiled import Compiled, Given
from drafts.errors import OverQuota
from drafts.exchange.account import MAX_TEXT_BYTES
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample
from drafts.web.uploads import MEGABYTE

_ROW = 400  # bytes of a row in an account file besides its texts


class _Bytes(Func):
    """The length of a column as UTF-8 text, in bytes."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()

    def __init__(self, column: str) -> None:
        super().__init__(Cast(column, TextField()))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="LENGTH(CAST(%(expressions)s AS BLOB))", **context)


# By model: the lookup from its rows to their candidate, and the columns with long texts.
_TEXTS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Interview, "candidate", ("notes",)),
    (
        Interviewer,
        "interview__candidate",
        (
            *("mentioned", "enjoyed", "experience", "goal", "forgot", "correction_topic"),
            *("correction_answer", "callback", "ask", "strengths", "own_sentences", "everything"),
        ),
    ),
    (WorkSample, "interviewer__interview__candidate", ("url",)),
    (Draft, "interviewer__interview__candidate", ("subject", "body")),
    (DraftRevision, "draft__interviewer__interview__candidate", ("subject", "body")),
)


@dataclass(frozen=True)
class Usage:
    """What a candidate has stored, including deleted interviews that can be restored. Texts and files are in bytes."""

    interviews: int
    texts: int
    files: int

    @property
    def bytes(self) -> int:
        return self.texts + self.files


@dataclass(frozen=True)
class Quota:
    """The most that a candidate may store."""

    interviews: int
    bytes: int


def quota_of(candidate: Any) -> Quota:
    """The candidate's quota; a guest's for a visitor."""
    if candidate.is_authenticated and not candidate.is_guest:
        return Quota(settings.QUOTA_INTERVIEWS, settings.QUOTA_MB * MEGABYTE)
    return Quota(settings.GUEST_QUOTA_INTERVIEWS, settings.GUEST_QUOTA_MB * MEGABYTE)


def usage_of(candidate: Any) -> Usage:
    """What the candidate has stored; one query."""
    if not candidate.is_authenticated:
        return Usage(0, 0, 0)
    return Usage(*(_USAGE.first(id=candidate.pk) or (0, 0, 0)))


def _totals() -> QuerySet[Candidate, Any]:
    totals = [
        _total(model, owner, Sum(sum((_Bytes(column) for column in columns), start=Value(_ROW))))
        for model, owner, columns in _TEXTS
    ]
    interviews = _total(Interview, "candidate", Count("pk"))
    files = _total(WorkSample, "interviewer__interview__candidate", Sum("size"))
    mine = Candidate.objects.filter(pk=Given(Candidate, "id"))
    return mine.values_list(interviews, sum(totals, Value(0)), files)


_USAGE = Compiled(_totals)


def _total(model: type[Model], owner: str, total: Any) -> Coalesce:
    rows = model._base_manager.filter(**{owner: OuterRef("pk")}).order_by()
    totals = rows.values(owner).annotate(total=total).values("total")
    return Coalesce(Subquery(totals), 0)


def check_quota(candidate: Any) -> None:
    """Call it at the end of a write that adds something. Raises OverQuota, with a message, if the quota is exceeded."""
    used, most = usage_of(candidate), quota_of(candidate)
    if used.interviews > most.interviews:
        words = _("You can have at most %(most)s interviews, including deleted ones you can still restore.")
    elif used.bytes > most.bytes or used.texts > MAX_TEXT_BYTES:
        words = _("You’re out of space. Your files and letters take up %(used)s MB.")
    else:
        return
    words %= {"most": most.interviews, "used": round(used.bytes / MEGABYTE)}
    raise OverQuota(words, is_guest=candidate.is_guest)


def has_room(candidate: Candidate) -> bool:
    """Whether there is room for more versions in histories."""
    used = usage_of(candidate)
    return used.bytes < quota_of(candidate).bytes and used.texts < MAX_TEXT_BYTES
