"""A candidate's agreement to a language model, and their running request."""

from __future__ import annotations

from django.db import models

from drafts.models.candidates import Candidate


class ModelUse(models.Model):
    candidate = models.OneToOneField(
        Candidate, on_delete=models.CASCADE, primary_key=True, related_name="model_use"
    )
    # The model's name and address that they agreed to; a different model needs a new agreement.
    agreed_to = models.CharField(max_length=1000, blank=True, default="")
    # Where it ran then (config.model_address.Reach).
    reach = models.CharField(max_length=10, blank=True, default="")
    agreed_at = models.DateTimeField(null=True, blank=True)
    # No other request of this candidate may start before then, even if the process that started this one died.
    busy_until = models.DateTimeField(null=True, blank=True)
    # The draft or interviewer that the request is about, and the id of its claim.
    busy_with = models.UUIDField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return self.agreed_to
