"""Who asks, on any page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from khue.accounts.models import User


def person(request: HttpRequest) -> User:
    """The person signed in; raises PermissionDenied for anyone without an account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
