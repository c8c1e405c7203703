"""Accounts, and what they may act for."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from khue.core.clock import now
from khue.directory.models import Person, ThroughTime, Unit


class Users(BaseUserManager["User"]):
    """Creates accounts by e-mail address."""

    def create_user(self, email: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        """An active account; without `password` it can sign in only by passkey or single sign-on."""
        user = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. Deactivating one keeps everything its owner did."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    memberships: models.Manager["Membership"]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = Users()

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor_id(self) -> int | None:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1]


class Membership(models.Model):
    """A person's part in a unit, from a day to a day. `role` is a name in `processes/roles.toml`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.SlugField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ThroughTime.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role", "valid_from"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="membership_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.unit}"
