"""What a candidate agreed to about the language model, and that one of their requests is under way."""

from __future__ import annotations

from django.db import models

from drafts.models.candidates import Candidate


class ModelUse(models.Model):
    candidate = models.OneToOneField(
        Candidate, on_delete=models.CASCADE, primary_key=True, related_name="model_use"
    )
    # The address and the name of the model that may be asked; another one needs another yes.
    agreed_to = models.CharField(max_length=1000, blank=True, default="")
    # How far away it was then (config.model_address.Reach).
    reach = models.CharField(max_length=10, blank=True, default="")
    agreed_at = models.DateTimeField(null=True, blank=True)
    # Until then no other request of this candidate may begin, whatever became of the process that began this one.
    busy_until = models.DateTimeField(null=True, blank=True)
    # The draft or the interviewer that it is about, and whose claim it is.
    busy_with = models.UUIDField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return self.agreed_to
