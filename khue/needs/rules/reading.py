"""What the words of a need tell by themselves: its field, and whether it touches people's living. An officer may
correct both."""

import re
from functools import lru_cache

from django.conf import settings

from khue.core.clock import today
from khue.flow.shelf.words import words
from khue.language.text import fold, nfc

FILE = "livelihood.txt"


def field_of(text: str) -> str:
    """The field whose words stand most often in `text`; empty when none does."""
    counted = {
        name: sum(len(word.split()) for word in word_.facts.get("words", ()) if _stands(word, text))
        for name, word_ in words("fields").items()
        if word_.in_use_on(today())
    }
    best = max(counted, key=lambda name: counted[name], default="")
    return best if best and counted[best] else ""


def touches_livelihood(text: str) -> bool:
    """Whether `text` speaks of work and income, health or safety, by the words of `processes/livelihood.txt`."""
    return any(_stands(word, text) for word in _livelihood())


def _stands(word: str, text: str) -> bool:
    """With its accents (`chạy` is not `cháy`), except where somebody writes without any."""
    plain = nfc(text).lower()
    bare = plain == fold(text)
    return re.search(rf"(?<!\w){re.escape(fold(word) if bare else word)}(?!\w)", plain) is not None


@lru_cache(maxsize=1)
def _livelihood() -> tuple[str, ...]:
    lines = (settings.PROCESSES / FILE).read_text(encoding="utf-8").splitlines()
    return tuple(nfc(line).strip().lower() for line in lines if line.strip() and not line.startswith("#"))
