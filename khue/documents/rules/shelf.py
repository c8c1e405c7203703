"""What `processes/documents.toml` says: papers to compose, marks, limits. Law is data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from khue.flow.shelf.values import Label
from khue.language.signs import TYPES


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of document that is composed in the browser."""

    name: str
    family: str
    type: str
    label: Label
    addressed: bool
    grounds: bool
    body: str
    basis: dict[str, str]


@cache
def shelf() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads((settings.PROCESSES / "documents.toml").read_text(encoding="utf-8"))


@cache
def papers() -> dict[str, Paper]:
    """Papers by name, in the order of the file."""
    return {entry["name"]: Paper(**{**entry, "label": Label(**entry["label"])}) for entry in shelf()["papers"]}


@cache
def types() -> dict[str, Label]:
    """What the types of documents are called, by the code in their sign."""
    english = shelf()["types"]
    return {code: Label(name, english[name]) for code, name in TYPES.items()}


def type_choices() -> list[tuple[str, str]]:
    """Every type with its code, for a choice on a page in the reader's language."""
    return [(code, f"{name} ({code})") for code, name in types().items()]
