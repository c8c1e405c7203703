"""Who asks, and what becomes of a refusal on a page."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from khue.accounts.models import User
from khue.core import toasts
from khue.core.refusals import Refused


def person(request: HttpRequest) -> User:
    """The person signed in; every page of this app is for people with an account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        toasts.warn(request, str(refused))
        return False
    toasts.say(request, done)
    return True
