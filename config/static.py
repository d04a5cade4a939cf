"""Which static files are ours to serve, and how they are packed."""

from typing import Any

import rcssmin
import rjsmin
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OurStaticFilesConfig(StaticFilesConfig):
    """Of Bootstrap's many builds only `css/bootstrap.min.css` is used; hashing and packing the rest takes long."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap.css*",
        "bootstrap.rtl*",
        "bootstrap-*",
        "bootstrap*.js*",
        # Of htmx only the script itself; an extension of it asks for a module that is not there.
        "hx-*.js",
    ]


# By the folder they are in. Files of packages have folders of their own, or are short already (".min.").
SHORTENED = {"css": rcssmin.cssmin, "js": rjsmin.jsmin}


class OurStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A module that imports another asks for it by its fingerprinted name, too."""

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        """Writes a file that is served: our styles and scripts without comments and needless spaces."""
        shorten = SHORTENED.get(name.partition("/")[0])
        if shorten and ".min." not in name:
            content.seek(0)
            content = ContentFile(shorten(content.read().decode()).encode())
        return str(super()._save(name, content))
