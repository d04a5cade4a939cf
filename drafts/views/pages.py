"""Pages that belong to no interview."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from drafts.forms import SignInForm


class SignIn(LoginView):
    """For those with an account already; claiming a guest's work will come to stand beside it."""

    template_name = "registration/sign_in.html"
    authentication_form = SignInForm

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process serves; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")
