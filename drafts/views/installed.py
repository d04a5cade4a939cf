"""What an installable web app needs: the manifest, the service worker, and the offline page."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from drafts.web.languages import chosen_here, language_of_browser

DESK = "#f3eee4"  # --desk of afterword.css
# The static files that the offline page uses.
FILES = ("css/bootstrap.min.css", "css/afterword.css", "icon.svg")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("icon-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    home = reverse("home")
    content = {
        "id": home,
        "name": "Afterword",
        "short_name": "Afterword",
        "description": _("Thank-you letters after an interview"),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": DESK,
        "theme_color": DESK,
        "icons": icons,
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "max-age=86400"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everyone: rendered without the request, so that it cannot contain anything about the visitor.

    Its address says in which language it is, because a cookie would make it somebody's.
    """
    asked = request.GET.get("in", "")
    language = asked if asked in dict(settings.LANGUAGES) else language_of_browser(request)
    with override(language):
        response = HttpResponse(render_to_string("offline.html"))
    response["Content-Language"] = language
    patch_vary_headers(response, ("Accept-Language",))
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, because a worker only controls pages below the folder it is served from."""
    files = [static(name) for name in FILES]
    page = render_to_string("offline.html")
    version = hashlib.sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
    chosen = chosen_here(request)
    offline = reverse("offline") + (f"?in={chosen}" if chosen else "")
    context = {"version": version, "offline": offline, "files": files}
    script = render_to_string("service_worker.js", context)
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
