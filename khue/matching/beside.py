"""What is compared of two records side by side: name, objective, content, products, place, people, money and period.

Which kind of record has which of these is the owner's to say: each registers a function at start-up.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.matching.ranking.title import everyday
from khue.matching.ranking.words import Text, read


@dataclass(frozen=True, slots=True)
class Signals:
    """One record as it is compared; empty where it does not say."""

    name: str = ""
    objective: str = ""
    content: str = ""
    products: str = ""
    place: str = ""
    investigator: str = ""
    host: str = ""
    money: str = ""
    period: str = ""


LABELS: Mapping[str, str | Promise] = {
    "name": _("Name"),
    "objective": _("Objective"),
    "content": _("Main content"),
    "products": _("Products"),
    "place": _("Place"),
    "investigator": _("Investigator"),
    "host": _("Lead organisation or proposer"),
    "money": _("Source of money"),
    "period": _("Period"),
}
Tell = Callable[[Collection[int]], Mapping[int, Signals]]
ALIKE = 0.5
"""From this share of the shorter text's words on, two texts are called alike; for the eye only, nothing is decided."""
SHORTEST_WORD = 2

_tellers: dict[str, Tell] = {}


def register(kind: str, tell: Tell) -> None:
    """Let `tell(pks)` give the signals of records of a kind. Raises ValueError when another function does already."""
    if _tellers.setdefault(kind, tell) is not tell:
        raise ValueError(f"signals of {kind} are told twice")


def signals_of(kind: str, pks: Collection[int]) -> Mapping[int, Signals]:
    """What records of a kind say of themselves; nothing where nobody registered the kind."""
    return _tellers[kind](pks) if kind in _tellers and pks else {}


def compared(ours: Signals, theirs: Signals) -> list[dict[str, Any]]:
    """Both side by side, each signal with the words they share as they are written, but for those of every sentence;
    `alike` None where one of them does not say."""
    return [_compared(one.name, getattr(ours, one.name), getattr(theirs, one.name)) for one in fields(Signals)]


def _compared(name: str, ours: str, theirs: str) -> dict[str, Any]:
    row: dict[str, Any] = {"name": name, "ours": ours, "theirs": theirs, "alike": None, "shared": []}
    if not ours or not theirs:
        return row
    mine, other = read(ours), read(theirs)
    accents = mine.has_accents and other.has_accents
    left, right = _words(mine, accents=accents), _words(other, accents=accents)
    shared = left.keys() & right.keys()
    alike = bool(shared) and len(shared) >= ALIKE * min(len(left), len(right))
    return {**row, "alike": alike, "shared": sorted(set().union(*(left[word] | right[word] for word in shared)))}


def _words(text: Text, *, accents: bool) -> dict[str, set[str]]:
    """The telling words of a text, without accents unless both have them, each with how it is written."""
    found: dict[str, set[str]] = {}
    for marked, bare in zip(text.marked, text.bare, strict=True):
        if len(bare) >= SHORTEST_WORD and marked not in everyday(accents=text.has_accents):
            found.setdefault(marked if accents else bare, set()).add(marked)
    return found
