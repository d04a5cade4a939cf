"""Which static files are served, and how they are minified and compressed."""

from typing import Any

import rcssmin
import rjsmin
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OurStaticFilesConfig(StaticFilesConfig):
    """Only serves `css/bootstrap.min.css` of Bootstrap's many builds; hashing and compressing the rest would take
    long."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap.css*",
        "bootstrap.rtl*",
        "bootstrap-*",
        "bootstrap*.js*",
        # Of htmx, only the script itself; one of its extensions imports a module that does not exist.
        "hx-*.js",
    ]


# By their folder. Files of packages have their own folders, or are already minified (".min.").
SHORTENED = {"css": rcssmin.cssmin, "js": rjsmin.jsmin}


class OurStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites imports between modules to fingerprinted names."""

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        """Writes a file to be served; our own styles and scripts are minified."""
        shorten = SHORTENED.get(name.partition("/")[0])
        if shorten and ".min." not in name:
            content.seek(0)
            content = ContentFile(shorten(content.read().decode()).encode())
        return str(super()._save(name, content))
