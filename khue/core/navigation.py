"""The places of the site, as each app names them at start-up; the shell shows a person those of their roles."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise

Text = str | Promise

WORK = "work"
ASKED = "asked"
MISSIONS = "missions"
RESULTS = "results"
FIGURES = "figures"
REGISTERS = "registers"
RUNNING = "running"
DESK = "desk"
HEADER = "header"
ME = "me"


@dataclass(frozen=True, slots=True)
class Item:
    """One place. Without `roles` everybody sees it; `key` is the letter after `g` that leads there.

    `group`: `WORK` (what I do every day), then along the river `ASKED` (from a need to an order), `MISSIONS` (from the
    call to the end of the contract), `RESULTS` (acceptance and use); `FIGURES` (what was promised
    in numbers, and reports); `REGISTERS` (what is kept), `RUNNING` (the system itself); `DESK` (a button on the desk,
    for what begins somebody's day); `HEADER` (an icon in the bar above), `ME` (the menu under one's name).
    `count` gives the number shown beside the label, in one query; 0 shows nothing. `open_to` is asked besides the
    role where a role alone does not open the place: an officer of the department is not one of a commune.
    """

    name: str
    label: Text
    url_name: str
    icon: str
    roles: frozenset[str] = frozenset()
    order: int = 50
    group: str = WORK
    key: str = ""
    count: Callable[[AbstractBaseUser], int] | None = None
    open_to: Callable[[AbstractBaseUser], bool] | None = None


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Add a place; called in `AppConfig.ready`. A second item of the same name, or key, is a mistake in the code."""
    if item.name in _items:
        raise ValueError(f"Navigation item {item.name} is registered twice.")
    if item.key and any(item.key == other.key for other in _items.values()):
        raise ValueError(f"Two navigation items want the key {item.key}.")
    _items[item.name] = item


def open_item(name: str, user: AbstractBaseUser, roles: Iterable[str]) -> Item | None:
    """The place called `name`, if it is there and open to `user`, who holds `roles`."""
    item = _items.get(name)
    return item if item is not None and _is_open(item, user, set(roles)) else None


def items_for(user: AbstractBaseUser, roles: Iterable[str], group: str = "") -> list[Item]:
    """The places open to `user`, who holds `roles`, in their order; of one group, or all."""
    held = set(roles)
    asked = (item for item in _items.values() if not group or item.group == group)
    open_items = (item for item in asked if _is_open(item, user, held))
    return sorted(open_items, key=lambda item: (item.order, item.name))


def _is_open(item: Item, user: AbstractBaseUser, held: set[str]) -> bool:
    return (not item.roles or bool(item.roles & held)) and (item.open_to is None or item.open_to(user))
