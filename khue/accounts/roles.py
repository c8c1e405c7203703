"""The roles in `processes/roles.toml`: what each is called and what it may do."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

Reach = Literal["unit", "tree", "city"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role; `reach` is how far from the unit of the membership its permissions go."""

    name: str
    label_vi: str
    label_en: str
    description_vi: str
    description_en: str
    reach: Reach
    may: frozenset[str]
    basis: str

    @property
    def label(self) -> str:
        """The label in the language of the reader."""
        return self.label_en if _english() else self.label_vi

    @property
    def description(self) -> str:
        """What the role is for, in the language of the reader."""
        return self.description_en if _english() else self.description_vi

    def allows(self, permission: str) -> bool:
        """Whether the role has `permission`, by name or through `kind:*`."""
        return permission in self.may or f"{permission.partition(':')[0]}:*" in self.may


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


@cache
def all_roles() -> dict[str, Role]:
    """Every role by its name, in the order of the file; raises `ImproperlyConfigured` naming what is wrong there."""
    path = settings.PROCESSES / "roles.toml"
    try:
        return {name: _role(name, data) for name, data in tomllib.loads(path.read_text("utf-8")).items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


def _role(name: str, data: dict[str, Any]) -> Role:
    if data["reach"] not in get_args(Reach):
        raise ValueError(f"[{name}] reach = {data['reach']!r}: unit, tree, city")
    return Role(
        name=name,
        label_vi=data["label"],
        label_en=data["label_en"],
        description_vi=data["description"],
        description_en=data["description_en"],
        reach=data["reach"],
        may=frozenset(data["may"]),
        basis=data["basis"],
    )


def role(name: str) -> Role:
    """The role called `name`; raises KeyError."""
    return all_roles()[name]


def label(name: str) -> str:
    """The label of the role called `name`, or the name itself for one that was removed from the file."""
    found = all_roles().get(name)
    return found.label if found else name


def choices() -> list[tuple[str, str]]:
    """Pairs of name and label for a form."""
    return [(each.name, each.label) for each in all_roles().values()]
