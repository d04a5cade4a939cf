"""Which static files are ours to serve."""

from functools import cache
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
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


class OurStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A module that imports another asks for it by its fingerprinted name, too."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # While it serves no file gets another name; each page asks for five.
        self.url = cache(self.url)  # type: ignore[method-assign] - the same method, remembering its answers
