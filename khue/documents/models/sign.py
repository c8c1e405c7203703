"""The key under which variants of one number and sign meet."""

import re

from khue.language.signs import canonical
from khue.language.text import fold, plain

_APART = re.compile(r"[^a-z0-9.]+")


def sign_key(printed: str) -> str:
    """`07-CTr/TU`, `07/CTr-TU` and `7-Ctr/TU` all give `7-ctr-tu`; `NQ/TƯ` counts as `NQ/TW`. Blank stays blank."""
    folded = fold(plain(canonical(printed) or printed).replace("TƯ", "TW"))
    return _APART.sub("-", folded).strip("-").lstrip("0")
