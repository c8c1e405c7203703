"""Who asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from khue.accounts.models import User


def person(request: HttpRequest) -> User:
    """The person signed in; every page of search is for people with an account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
