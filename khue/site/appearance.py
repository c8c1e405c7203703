"""How a person likes the pages: ground, text size, language. The account keeps it; cookies serve before signing in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.accounts.actions.accounts import change_profile
from khue.accounts.models import User

THEMES: dict[str, Promise] = {"auto": _("Automatic"), "light": _("Light"), "dark": _("Dark")}
TEXT_SIZES = ("14", "15", "16", "17", "18", "20")
"""Pixels of the body text."""
OFFERED = {"theme": list(THEMES), "text_size": TEXT_SIZES, "language": [code for code, _name in settings.LANGUAGES]}
COOKIES = {"theme": "theme", "text_size": "text", "language": settings.LANGUAGE_COOKIE_NAME}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Appearance:
    """What was chosen, or the site's own choice."""

    theme: str
    text_size: str


def of(request: HttpRequest) -> Appearance:
    """The appearance the account keeps, else what the cookies say; a value that is not offered counts as none."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return Appearance(user.theme, str(user.text_size))
    kept = {name: request.COOKIES.get(cookie, "") for name, cookie in COOKIES.items()}
    right = {name: value for name, value in kept.items() if value in OFFERED[name]}
    return Appearance(right.get("theme", "auto"), right.get("text_size", "16"))


def language_of(request: HttpRequest) -> str:
    """The language chosen in the account, else in the cookie, else the site's."""
    user = getattr(request, "user", None)
    chosen = user.language if isinstance(user, User) else request.COOKIES.get(COOKIES["language"], "")
    return chosen if chosen in OFFERED["language"] else settings.LANGUAGE_CODE


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Remember what the posted `request` chose, in the account and in `response`."""
    chosen = {name: request.POST[name] for name in OFFERED if request.POST.get(name) in OFFERED[name]}
    for name, value in chosen.items():
        response.set_cookie(COOKIES[name], value, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
    if isinstance(request.user, User):
        details: dict[str, Any] = {**chosen}
        if "text_size" in chosen:
            details["text_size"] = int(chosen["text_size"])
        change_profile(request.user, by=request.user, **details)
