from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import probes

handler403 = "drafts.views.pages.refused"
handler404 = "drafts.views.pages.not_found"
handler500 = "drafts.views.pages.broken"

urlpatterns: list[URLPattern | URLResolver] = [path("", include("drafts.urls")), *probes.urlpatterns]

if settings.ADMIN_ENABLED:
    # The admin site uses the normal sign-in, with rate limits and two-step verification.
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # as allauth documents it
    urlpatterns.append(path(f"{settings.ADMIN_PATH}/", admin.site.urls))
