"""Stops the start when the shelf is wrong, naming every file and key."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from khue.accounts.roles import all_roles
from khue.flow import demands, effects, guards
from khue.flow.shelf.checking import Known, check
from khue.flow.shelf.table import Problem

SHELF = "shelf"
"""The tag of every check that reads files of the shelf, whichever app they belong to."""


def shelf_problems() -> list[Problem]:
    """What is wrong with the site's shelf, judged by the roles, guards and effects that exist."""
    return check(settings.PROCESSES, Known(all_roles(), guards.names(), effects.names(), demands.all_demands()))


@register(SHELF)
def shelf_is_sound(**_: Any) -> list[CheckMessage]:
    """One error for each problem."""
    return [Error(f"processes/{problem}", id="flow.E001") for problem in shelf_problems()]
