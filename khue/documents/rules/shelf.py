"""What `processes/documents.toml` says: papers to compose, marks, limits. Law is data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of document that is composed in the browser."""

    name: str
    family: str
    type: str
    label: str
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
    return {entry["name"]: Paper(**entry) for entry in shelf()["papers"]}
