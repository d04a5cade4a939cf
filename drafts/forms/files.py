"""Reads uploaded files that go with a letter."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from drafts.exchange.files import CheckedFile, FileFault, check_file, check_room
from drafts.models import WorkSample


def read_files(
    request: HttpRequest, there: list[WorkSample]
) -> tuple[list[tuple[CheckedFile, bytes]], list[str]]:
    """The uploaded files that may be stored in addition to those `there`, and messages about the others."""
    errors = [
        _(
            "%(name)s is too large. A letter can have 10 MB of files in total. Choose a smaller file, or add a link."
        )
        % {"name": name}
        for name in getattr(request, "skipped_files", [])
    ]
    sizes = [sample.size for sample in there]
    good: list[tuple[CheckedFile, bytes]] = []
    for file in request.FILES.getlist("files"):
        name, size = file.name or "", file.size or 0
        try:
            check_room(name, size, sizes)
            sizes.append(size)
            content = file.read()
            good.append((check_file(name, content), content))
        except FileFault as fault:
            errors.append(str(fault))
    return ([] if errors else good), errors
