"""A box for everything the candidate remembers, and its lines with the note that each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.notes import UNDECIDED
from drafts.domain.texts import text_fault
from drafts.forms.conversation import LABELS
from drafts.forms.fields import MOST_ROWS, FactField, VersionField, clean_strengths
from drafts.models import Interviewer

NOTES = [("", gettext_lazy("Leave it out")), *LABELS.items()]
# Only for a line whose place the rules leave to the candidate.
TO_CHOOSE = (UNDECIDED, gettext_lazy("Where does this belong?"))


class EverythingForm(forms.Form):
    version = VersionField()
    everything = FactField(
        "everything",
        missing=gettext_lazy("Type something you remember first."),
        label=gettext_lazy("Type or dictate everything you remember"),
        help_text=gettext_lazy("In any order. Put each thing on its own line for best results."),
        widget=forms.Textarea(attrs={"rows": 10, "class": "form-control", "lang": "en"}),
    )

    def __init__(self, *args: Any, typing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # While typing, the box may be emptied again.
        self.fields["everything"].required = not typing


class LineForm(forms.Form):
    text = FactField(
        "everything",
        label=gettext_lazy("What you typed"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control", "lang": "en"}),
    )
    key = forms.ChoiceField(
        required=False,
        choices=NOTES,
        label=gettext_lazy("Goes to"),
        widget=forms.Select(attrs={"class": "form-select", "lang": "en"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self["key"].value() == UNDECIDED:
            cast("forms.ChoiceField", self.fields["key"]).choices = [TO_CHOOSE, *NOTES]

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key == UNDECIDED:
            raise forms.ValidationError(_("Choose where this belongs, or leave it out."))
        return key


class BaseLines(forms.BaseFormSet):
    def add_to(self, person: Interviewer) -> dict[str, Any]:
        """The notes with their new lines, by the names of the stored fields.

        A line that the note already has is not added again. A line that would make a note too long gets an error.
        """
        notes: dict[str, Any] = {}
        for row in self.forms:
            # Django leaves `cleaned_data` empty for an unchanged row.
            key, text = row.cleaned_data.get("key"), row.cleaned_data.get("text")
            if not key or not text:
                continue
            name = "correction_answer" if key == "correction" else key
            try:
                notes[name] = _with_line(key, notes.get(name, getattr(person, name)), text)
            except forms.ValidationError as error:
                row.add_error("text", error)
        return notes


LineFormSet = cast(
    "type[BaseLines]",
    forms.formset_factory(LineForm, formset=BaseLines, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS),
)


def _with_line(key: str, before: str | Sequence[str], text: str) -> str | list[str]:
    """The note with this line added. Raises ValidationError with an instruction."""
    if not isinstance(before, str):
        return clean_strengths("\n".join([*before, text]))
    if f"\n{text}\n" in f"\n{before}\n":
        return before
    together = f"{before}\n{text}".strip()
    fault = text_fault("answer" if key == "correction" else key, together)
    if fault:
        raise forms.ValidationError(
            _(
                "“%(note)s” has room for %(limit)s characters, and with this it would have %(count)s. "
                "Shorten it or move it."
            )
            % {"note": LABELS[key], "limit": fault.limit, "count": len(together)}
        )
    return together
