from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    name = "drafts"
    verbose_name = _("Drafts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation.trans_real import translation

        from drafts.domain.phrasebook import phrasebook

        # English texts are their own translations. Looking for others would take a hundredth of a page's time.
        translation("en").gettext = str  # type: ignore[assignment]

        # An error in the phrasebook must stop the startup, not the first letter.
        phrasebook()
