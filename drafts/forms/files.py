"""Files to go with a letter, as they were sent by the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from drafts.domain.facts import MAX_FILES, MAX_FILES_BYTES
from drafts.exchange.files import CheckedFile, FileFault, check_file
from drafts.models import WorkSample


def read_files(
    request: HttpRequest, there: list[WorkSample]
) -> tuple[list[tuple[CheckedFile, bytes]], list[str]]:
    """The files of a POST that may be stored beside those `there`, and what is wrong with the others, in words."""
    sent = request.FILES.getlist("files")
    errors = [
        _("%(name)s is too large: a letter carries 10 MB of files in all. Send a smaller one, or a link.")
        % {"name": name}
        for name in getattr(request, "skipped_files", [])
    ]
    if len(there) + len(sent) > MAX_FILES:
        return [], [
            *errors,
            _("A letter carries at most %(most)s files. Choose fewer.") % {"most": MAX_FILES},
        ]
    if sum(sample.size for sample in there) + sum(file.size or 0 for file in sent) > MAX_FILES_BYTES:
        return [], [*errors, _("These files are more than 10 MB in all. Send smaller ones, or a link.")]
    good: list[tuple[CheckedFile, bytes]] = []
    for file in sent:
        content = file.read()
        try:
            good.append((check_file(file.name or "", content), content))
        except FileFault as fault:
            errors.append(str(fault))
    return ([] if errors else good), errors


def files_of(samples: Any) -> list[WorkSample]:
    return [sample for sample in samples if sample.file]
