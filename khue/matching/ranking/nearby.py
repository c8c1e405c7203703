"""What a Vietnamese syllable is easily mistaken for: a letter too many, too few, another, two changed over; a sound
that is spelt in several ways, or that a region does not tell from another."""

from collections.abc import Iterator
from functools import lru_cache

LETTERS = "abcdeghiklmnopqrstuvxy"
_INITIALS = (
    ("s", "x"), ("ch", "tr"), ("d", "gi", "r", "v"), ("l", "n"), ("ng", "ngh"), ("g", "gh"), ("c", "k", "q"),
    ("ph", "f"), ("i", "y"),
)  # fmt: skip
_FINALS = (("n", "ng", "m"), ("c", "t", "k", "ch"), ("i", "y"), ("o", "u"), ("nh", "n"))
_ONSETS = sorted({sound for group in _INITIALS for sound in group} | {"th", "kh", "nh", "qu", "b", "h", "m", "t", "p"},
                 key=len, reverse=True)  # fmt: skip


@lru_cache(maxsize=4096)
def edits(bare: str) -> frozenset[str]:
    """Every string that differs from `bare` by one letter."""
    cuts = [(bare[:at], bare[at:]) for at in range(len(bare) + 1)]
    found = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + rest for a, b in cuts for letter in LETTERS for rest in ({b, b[1:]} if b else {b})}
    return frozenset(found - {bare})


@lru_cache(maxsize=4096)
def sounds_alike(bare: str) -> frozenset[str]:
    """Syllables that one who writes by ear takes `bare` for."""
    return frozenset({*_other_initials(bare), *_other_finals(bare)} - {bare})


def _other_initials(bare: str) -> Iterator[str]:
    onset = next((sound for sound in _ONSETS if bare.startswith(sound)), "")
    for group in _INITIALS:
        if onset in group:
            yield from (other + bare[len(onset) :] for other in group)


def _other_finals(bare: str) -> Iterator[str]:
    for group in _FINALS:
        ending = max((sound for sound in group if bare.endswith(sound)), key=len, default="")
        if ending and len(bare) > len(ending):
            yield from (bare[: -len(ending)] + other for other in group)
