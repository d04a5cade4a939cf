from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    name = "drafts"
    verbose_name = _("Drafts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from drafts.domain.phrasebook import phrasebook

        # An error in the phrasebook must stop the startup, not the first letter.
        phrasebook()
