"""Icons drawn inline, read once each from the installed `@tabler/icons`; a page carries only those it shows."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BACKDROP = re.compile(r'<path stroke="none"[^>]*/>')


class UnknownIcon(LookupError):
    """No icon has this name; see https://tabler.io/icons for those there are."""


@cache
def drawing(name: str) -> str:
    """What is inside the `<svg>` of an icon, 24 by 24, outlined; raises `UnknownIcon`."""
    file = Path(settings.NODE_MODULES) / "@tabler/icons/icons/outline" / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise UnknownIcon(name)
    found = _DRAWING.search(file.read_text())
    if found is None:
        raise UnknownIcon(name)
    return " ".join(_BACKDROP.sub("", found[1]).split())
