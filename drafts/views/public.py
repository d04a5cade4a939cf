"""Public pages, which need no account: checking a letter, help, privacy, and robots.txt."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drafts.domain.addresses import MAX_ADDRESS
from drafts.domain.sources import publications
from drafts.forms.check import CheckForm
from drafts.forms.rendering import address_question
from drafts.models import DELETED_KEPT
from drafts.pages.checking import check_pasted
from drafts.pages.rules import shown_rules
from drafts.review import LetterText
from drafts.web import limits


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Review a pasted letter. Nothing is stored."""
    if request.method != "POST":
        return render(request, "drafts/check.html", {"form": CheckForm(), "checked": None})
    limits.spend(request, "check")
    form = CheckForm(request.POST)
    if not form.is_valid():
        return render(request, "drafts/check.html", {"form": form, "checked": None}, status=422)
    data = form.cleaned_data
    checked = check_pasted(
        LetterText(data["subject"], data["body"]),
        data["to"],
        data["company"],
        data["position"],
        data["full_name"],
        data["ended_at"],
        data["time_zone"],
        timezone.now(),
    )
    return render(request, "drafts/check.html", {"form": form, "checked": checked})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(
        request, "drafts/help.html", {"rules": shown_rules().values(), "publications": publications()}
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "drafts/privacy.html", {"deleted_days": DELETED_KEPT.days})


# The keys of static/js/shortcuts.js, in the order of the page, each with what it does.
SHORTCUTS = (
    (("?",), gettext_lazy("Show this list")),
    (("c",), gettext_lazy("Copy the letter")),
    (("e",), gettext_lazy("Edit the letter")),
    (("s",), gettext_lazy("Open the page for sending the letter")),
    (("n",), gettext_lazy("Go to the next person or step")),
    (("p",), gettext_lazy("Go to the previous person or step")),
    (("g", "h"), gettext_lazy("Go to the home page")),
    (("g", "i"), gettext_lazy("Go to your interviews")),
)


@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keyboard shortcuts; the dialog opened by "?" loads its list from this page."""
    return render(request, "drafts/shortcuts.html", {"shortcuts": SHORTCUTS})


# The pages that search engines may list, beside the home page.
LISTED = ("check", "help", "privacy", "shortcuts")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages, for search engines."""
    found = format_html_join(
        "\n",
        "  <url><loc>{}</loc></url>",
        ((request.build_absolute_uri(reverse(name)),) for name in ("home", *LISTED)),
    )
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{found}
</urlset>
"""
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Lets search engines index the public pages and nothing else."""
    pages = "".join(f"Allow: {reverse(name)}\n" for name in (*LISTED, "sitemap"))
    # Static files are allowed, so that crawlers can render the pages.
    text = f"User-agent: *\nAllow: /$\nAllow: {settings.STATIC_URL}\n{pages}Disallow: /\n"
    text += f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """A question about an email address that looks mistyped. By POST, so that addresses don't end up in access logs."""
    return JsonResponse({"question": address_question(request.POST.get("email", "")[:MAX_ADDRESS])})
