"""What the pages of signing in show: browsers in plain words, whether anybody has an account yet."""

import re

from allauth.mfa.models import Authenticator
from django import template
from django.utils.translation import gettext as _

from khue.accounts.models import User

register = template.Library()

BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "coc_coc_browser": "Cốc Cốc",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
"""Each with the word by which it names itself; the first found counts, for most also name others after it."""


@register.filter
def browser_name(user_agent: str) -> str:
    """`Chrome, Windows` of what a browser says about itself."""
    found = [
        next((name for word, name in words.items() if re.search(rf"\b(Headless)?{word}\b", user_agent)), "")
        for words in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("Unknown browser")


@register.simple_tag
def second_factors(user: User) -> dict[str, bool]:
    """Which second factors guard the account: `totp`, `webauthn`, `recovery_codes`."""
    return dict.fromkeys(Authenticator.objects.filter(user=user).values_list("type", flat=True), True)


@register.simple_tag
def nobody_yet() -> bool:
    """Whether this installation has no account at all."""
    return not User.objects.exists()
