"""How a person likes the pages: ground, text size, language; kept in cookies, so that it holds before signing in."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEME, TEXT = "theme", "text"
THEMES: dict[str, Promise] = {"auto": _("Automatic"), "light": _("Light"), "dark": _("Dark")}
TEXT_SIZES = ("14", "15", "16", "17", "18", "20")
"""Pixels of the body text."""
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Appearance:
    """What was chosen, or the site's own choice."""

    theme: str
    text_size: str


def of(request: HttpRequest) -> Appearance:
    """The appearance asked for by the cookies of `request`; a value that is not offered counts as none."""
    theme, text = request.COOKIES.get(THEME, ""), request.COOKIES.get(TEXT, "")
    return Appearance(theme if theme in THEMES else "auto", text if text in TEXT_SIZES else "16")


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Remember in `response` what the posted `request` chose."""
    offered = {
        THEME: (THEME, list(THEMES)),
        TEXT: (TEXT, TEXT_SIZES),
        "language": (settings.LANGUAGE_COOKIE_NAME, [code for code, _name in settings.LANGUAGES]),
    }
    for field, (cookie, values) in offered.items():
        chosen = request.POST.get(field, "")
        if chosen in values:
            response.set_cookie(cookie, chosen, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
