"""Who asks, and what becomes of a refusal on a page."""

from collections.abc import Callable

from django.http import HttpRequest

from khue.core import toasts
from khue.core.refusals import Refused


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except Refused as refused:
        toasts.warn(request, str(refused))
        return False
    toasts.say(request, done)
    return True
