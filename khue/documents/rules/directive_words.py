"""Fields of work, groups of units and thresholds, read from `processes/directives.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from khue.flow.shelf.values import Label
from khue.language.text import fold


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work a directive belongs to."""

    name: str
    label: Label
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Words such as "các sở, ban, ngành" that mean every unit of some kinds."""

    name: str
    label: Label
    words: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def _shelf() -> dict[str, Any]:
    return tomllib.loads((settings.PROCESSES / "directives.toml").read_text(encoding="utf-8"))


@cache
def fields() -> dict[str, Field]:
    """The fields of work, by name, in the order of the file."""
    return {f["name"]: Field(f["name"], Label(**f["label"]), tuple(map(fold, f["words"]))) for f in _shelf()["fields"]}


@cache
def groups() -> dict[str, Group]:
    """The groups of units, by name."""
    return {
        g["name"]: Group(g["name"], Label(**g["label"]), tuple(map(fold, g["words"])), tuple(g["kinds"]))
        for g in _shelf()["groups"]
    }


def field_label(name: str) -> str:
    """What people call the field, in the reader's language; empty for none."""
    return str(fields()[name].label) if name in fields() else name


def field_of(text: str) -> str:
    """The field whose words occur most often in `text`; empty when none does."""
    folded = fold(text)
    counts = {name: sum(folded.count(word) for word in field.words) for name, field in fields().items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def group_of(name: str) -> str:
    """The group that the words of an assignee mean; empty when they name one unit."""
    folded = fold(name)
    return next((group.name for group in groups().values() if any(word in folded for word in group.words)), "")


def product_of(text: str) -> str:
    """The kind of paper or thing that `text` asks for, as the file names it; empty when it names none."""
    folded = f" {fold(text)} "
    places = {word: folded.find(f" {fold(word)}") for word in _shelf()["products"]["words"]}
    named = {word: place for word, place in places.items() if place >= 0}
    return min(named, key=named.__getitem__).capitalize() if named else ""


def sure_from() -> float:
    """The confidence from which a proposal counts as sure."""
    return float(_shelf()["sure"]["confidence"])


def due_soon_days() -> int:
    """Working days before a deadline from which a directive is "due soon"."""
    return int(_shelf()["due-soon"]["working_days"])


def told(step: str) -> str | Promise:
    """What those who act next are told when a directive comes to a step; `%(what)s` is the directive. May be empty."""
    sentences = {
        "assigned": gettext_lazy("New directive: %(what)s"),
        "extension-requested": gettext_lazy("More time is asked for: %(what)s"),
        "extension-granted": gettext_lazy("More time was granted: %(what)s"),
        "extension-refused": gettext_lazy("More time was refused, the deadline stays: %(what)s"),
        "handed-over": gettext_lazy("Handed over to your unit: %(what)s"),
        "reported-done": gettext_lazy("Reported done, waiting for you to accept or return it: %(what)s"),
        "returned": gettext_lazy("Returned, something is still missing: %(what)s"),
        "accepted": gettext_lazy("Accepted as done: %(what)s"),
        "cancelled": gettext_lazy("Withdrawn: %(what)s"),
    }
    return sentences.get(step, "")
