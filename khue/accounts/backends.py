"""Who is signed in, read with one plain statement: every request asks for it, and putting that question together anew
took Django four times as long as asking it. How people are known by their passwords is Django's and allauth's."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from khue.accounts.models import User
from khue.accounts.rules import with_parts


class _ReadPlainly(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The account of that number, if it may sign in."""
        user = with_parts(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class ByPassword(_ReadPlainly):
    """As Django knows people."""


class ByAddress(_ReadPlainly, AuthenticationBackend):  # type: ignore[misc]  # the library is untyped here
    """As allauth does."""
