"""Who asks."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from khue.core.actors import Actor


def asker(request: HttpRequest) -> Actor:
    """The person signed in; accounts stand higher, so that only their being an actor is known here."""
    if not isinstance(request.user, Actor) or request.user.actor_id is None:
        raise PermissionDenied
    return cast("Actor", request.user)
