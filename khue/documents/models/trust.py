"""Issuers of certificates whose digital signatures this office trusts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from khue.core.clock import now


class TrustedCertificate(models.Model):
    """The certificate of an issuer, from the day it was trusted to the day it was not; rows stay."""

    content = models.BinaryField()
    """DER."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256, hexadecimal."""
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why it is no longer trusted."""

    class Meta:
        ordering = ["subject", "-added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(removed_at=None), name="certificate_trusted_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, reason="") | Q(removed_at__isnull=False) & ~Q(reason=""),
                name="certificate_removed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
