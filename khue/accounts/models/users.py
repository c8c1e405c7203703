"""Accounts."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from khue.accounts.part import Part
from khue.core.clock import now
from khue.directory.models import Person
from khue.language.text import fold, nfc


class Users(BaseUserManager["User"]):
    """Creates accounts by e-mail address."""

    def create_user(self, email: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        """An active account; without `password` it can sign in only by passkey or single sign-on."""
        user = self.described(email, full_name, password, **fields)
        user.save(using=self._db)
        return user

    def described(self, email: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        """The account that `create_user` makes, not saved yet."""
        user = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **fields)
        user.set_password(password)
        return user.prepare()


class User(AbstractBaseUser):
    """An account. Deactivating one keeps everything its owner did."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, editable=False, default="")
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    language = models.CharField(max_length=5, default="vi", choices=[("vi", "Tiếng Việt"), ("en", "English")])
    text_size = models.PositiveSmallIntegerField(default=16)
    """Pixels of the body text, 14 to 20."""
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)

    instead_of = ""
    """For one request: the name of the person on leave in whose part it is made. The journal writes it down."""

    stood_in_for = ""
    """The same where no part was chosen: whose part allowed what was asked last; empty for one's own."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = Users()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text_size__gte=14, text_size__lte=20), name="user_text_size_is_readable"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> "User":
        """Fill what is derived from the name; saving does it, entering many at once calls it."""
        self.full_name = nfc(self.full_name)
        self.folded = fold(f"{self.full_name} {self.email}")[:120]
        return self

    @property
    def actor_id(self) -> int | None:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.full_name

    @cached_property
    def parts_by_day(self) -> dict[date, list[Part]]:
        """What `rules.acting_in` already asked for, by day; lives as long as this object, a request."""
        return {}

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1]
