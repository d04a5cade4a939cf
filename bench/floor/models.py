from django.conf import settings
from django.db import models


class Note(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.text[:40]
