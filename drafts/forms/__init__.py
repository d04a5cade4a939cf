"""Forms that check what was typed and then hold plain values; they never write.

Field names are the keys of the facts document, so the page, the file and the code agree.
"""

from drafts.forms.conversation import ConversationForm, SampleFormSet
from drafts.forms.draft import ChoiceForm, DraftForm, RewordingForm, ToneForm
from drafts.forms.everything import EverythingForm, LineFormSet
from drafts.forms.interview import InterviewForm
from drafts.forms.panel import FirstPersonForm, PanelFormSet
from drafts.forms.sending import SendingForm
from drafts.forms.settings import SettingsForm

__all__ = [
    "ChoiceForm",
    "ConversationForm",
    "DraftForm",
    "EverythingForm",
    "FirstPersonForm",
    "InterviewForm",
    "LineFormSet",
    "PanelFormSet",
    "RewordingForm",
    "SampleFormSet",
    "SendingForm",
    "SettingsForm",
    "ToneForm",
]
