"""What was told to whom, and how each wants to be told."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.clock import now


def new_secret() -> str:
    """What opens a calendar without signing in."""
    return secrets.token_urlsafe(32)


class Notice(models.Model):
    """Something told to a person. `key` names the event, so that nobody is told of it twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    folded = models.TextField(editable=False, default="")
    """Subject and text as `language.text.fold` writes them, for the search of the list."""
    url = models.CharField(max_length=500, blank=True)
    dossier = models.CharField(max_length=80, blank=True)
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="nobody_is_told_twice")]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user"], condition=Q(mailed_at=None), name="notice_not_mailed"),
            models.Index(fields=["key"], name="notice_key"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def says_more(self) -> bool:
        """Whether the text says what the subject does not; a subject often ends with it, cut short."""
        return bool(self.body) and self.body[:40] not in self.subject


class Preferences(models.Model):
    """How a person wants to be told. Without a row: a daily digest, and urgent ones at once."""

    class Mail(models.TextChoices):
        DIGEST = "digest", _("Urgent ones at once, the others once a working day")
        URGENT = "urgent", _("Only urgent ones")
        NONE = "none", _("No e-mail; I look here")

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_preferences")
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.DIGEST)
    calendar_secret = models.CharField(max_length=64, unique=True, default=new_secret)
    """Opens the person's calendar without signing in; can be changed at any time."""
    digest_on = models.DateField(null=True, blank=True)
    """The last day on which a digest went out."""

    def __str__(self) -> str:
        return f"{self.user}: {self.mail}"
