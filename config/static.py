"""Which static files are ours to serve."""

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
