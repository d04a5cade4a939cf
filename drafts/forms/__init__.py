"""Forms validate input and then hold plain values; they never write to the database.

Field names are the keys of the facts document, so that pages, files and code agree.
"""

from drafts.forms.conversation import ConversationForm, SampleFormSet
from drafts.forms.draft import ChoiceForm, DraftForm, RewordingForm, ToneForm
from drafts.forms.everything import EverythingForm, LineFormSet
from drafts.forms.interview import InterviewForm
from drafts.forms.panel import FirstPersonForm, PanelFormSet
from drafts.forms.sending import PlanForm, SendingForm, SentForm
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
    "PlanForm",
    "RewordingForm",
    "SampleFormSet",
    "SendingForm",
    "SentForm",
    "SettingsForm",
    "ToneForm",
]
