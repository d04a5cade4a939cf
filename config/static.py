"""Which static files are served, and how they are minified and compressed."""

import datetime as dt
import re
from typing import Any

import rcssmin
import rjsmin
from django.conf import settings
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
        # They are served as one file, STYLES.
        "css/parts/*",
    ]


# Our style sheet. Its source imports its parts; browsers get it so with DEBUG, and otherwise with the parts in it.
STYLES = "css/afterword.css"
_IMPORT = re.compile(r'@import url\("([^"]+)"\);\n')


def with_parts(styles: str) -> str:
    """The style sheet with each part in the place of its import, so that browsers fetch one file."""
    folder = settings.BASE_DIR / "static" / "css"
    return _IMPORT.sub(lambda found: (folder / found[1]).read_text(encoding="utf-8"), styles)


# By their folder. Files of packages have their own folders, or are already minified (".min.").
SHORTENED = {"css": rcssmin.cssmin, "js": rjsmin.jsmin}


class OurStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites imports between modules to fingerprinted names."""

    support_js_module_import_aggregation = True

    def get_modified_time(self, name: str) -> dt.datetime:
        """When a file was written. STYLES counts as old, so that collectstatic writes it when only a part changed."""
        if name == STYLES:
            return dt.datetime.fromtimestamp(0, dt.UTC)
        written: dt.datetime = super().get_modified_time(name)
        return written

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Any:
        # Fingerprinted files are made from their sources; that of STYLES is what was collected, with its parts.
        if STYLES in paths:
            paths = paths | {STYLES: (self, STYLES)}
        return super().post_process(paths, *args, **options)

    def _save(self, name: str, content: Any) -> str:
        """Writes a file to be served; our own styles and scripts are minified."""
        shorten = SHORTENED.get(name.partition("/")[0])
        if shorten and ".min." not in name:
            content.seek(0)
            text = content.read().decode()
            content = ContentFile(shorten(with_parts(text) if name == STYLES else text).encode())
        return str(super()._save(name, content))
