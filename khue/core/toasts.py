"""What the system says after something was done, with a way back where there is one."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

_UNDO = "undo="


def say(request: HttpRequest, sentence: str | Promise, *, undo: str = "") -> None:
    """Show `sentence` on the next page; `undo` is an address that takes the action back when posted to."""
    messages.success(request, str(sentence), extra_tags=f"{_UNDO}{undo}" if undo else "")


def warn(request: HttpRequest, sentence: str | Promise) -> None:
    """Show a sentence that asks for attention."""
    messages.warning(request, str(sentence))


def undo_address(message: Message) -> str:
    """Where to post to take back what `message` tells of; empty if there is no way back."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
