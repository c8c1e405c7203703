"""Who asks, and what becomes of a refusal on a page."""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest

from khue.core import toasts
from khue.core.actors import Actor
from khue.core.refusals import Refused


def asker(request: HttpRequest) -> Actor:
    """The person signed in; accounts stand higher, so that only their being an actor is known here."""
    if not isinstance(request.user, Actor) or request.user.actor_id is None:
        raise PermissionDenied
    return cast("Actor", request.user)


def attempt(request: HttpRequest, form: Form | None, act: Callable[[], object], done: str) -> bool:
    """Do it and say so; a refusal goes to the form, or is said where there is none."""
    try:
        act()
    except Refused as refused:
        if form is None:
            toasts.warn(request, str(refused))
        else:
            form.add_error(None, str(refused))
        return False
    toasts.say(request, done)
    return True
