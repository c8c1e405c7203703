"""Of what somebody must see nothing, although the role would show it; who stands higher and knows why, registers it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from khue.accounts.models import User

Told = Mapping[str, Collection[User]]
"""Dossiers (`council:7`), each with the people who are about to be told of it."""


@dataclass(frozen=True, slots=True)
class Veil:
    """`held(user)`: conditions for what is hidden from the person among what is held, by its `case`. `hidden(told)`:
    those pairs of dossier and number of an account among `told` that must not be told."""

    held: Callable[[User], list[Q]]
    hidden: Callable[[Told], set[tuple[str, int]]]


_veils: list[Veil] = []


def register(veil: Veil) -> None:
    """Called once, when the app starts."""
    _veils.append(veil)


def veiled(user: User) -> list[Q]:
    """Conditions for what is held and `user` must see nothing of."""
    return [found for veil in _veils for found in veil.held(user)]


def hidden(told: Told) -> set[tuple[str, int]]:
    """Whom of `told` nothing must be told: dossier and number of the account."""
    return {pair for veil in _veils for pair in veil.hidden(told)}
