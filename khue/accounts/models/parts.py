"""What accounts may act for: memberships in units, and delegations of them for a leave."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from khue.accounts.models.users import User
from khue.accounts.roles import label
from khue.core.clock import now
from khue.directory.models import ThroughTime, Unit, days, ends_after_it_begins


class Membership(models.Model):
    """A person's part in a unit, from a day to a day. `role` is a name in `processes/roles.toml`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.SlugField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ThroughTime["Membership"].as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        constraints = [
            ends_after_it_begins("membership_ends_after_it_begins"),
            ExclusionConstraint(
                name="membership_once_a_day",
                expressions=[("user", "="), ("unit", "="), ("role", "="), (days(), "&&")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.user.__dict__.pop("parts_by_day", None)

    @property
    def role_label(self) -> str:
        """The role in the reader's language."""
        return label(self.role)


class Delegation(models.Model):
    """For a leave, `to_user` acts in a membership of somebody else between two days, both included."""

    from_membership = models.ForeignKey(Membership, models.CASCADE, related_name="delegations")
    to_user = models.ForeignKey(User, models.CASCADE, related_name="received_delegations")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=250)
    created_at = models.DateTimeField(default=now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    """Set when it is called back before its last day."""

    objects = ThroughTime["Delegation"].as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            ends_after_it_begins("delegation_ends_after_it_begins"),
            ExclusionConstraint(
                name="delegation_to_one_person_a_day",
                expressions=[("from_membership", "="), (days(), "&&")],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_membership.user} → {self.to_user}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.to_user.__dict__.pop("parts_by_day", None)


class Invitation(models.Model):
    """A one-time link by which an invited person chooses a password. Only the hash of its secret is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.expires_at:%d/%m/%Y}"
