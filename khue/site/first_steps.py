"""What an administrator does first in a new installation, each with where to do it; nothing once all is done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from khue.accounts.models import Membership, User
from khue.core import permissions
from khue.directory.models import Unit

ONLY_ONE = 1
"""With no more units or accounts than this, there is only what came with the first administrator."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do once; `action` is what its button says."""

    label: str
    why: str
    url: str
    action: str
    done: bool


def first_steps(user: User) -> list[Step]:
    """The steps for `user`; empty for those who do not keep accounts, and when everything is done."""
    if not permissions.may(user, "user:manage"):
        return []
    steps = [
        Step(
            _("Enter the units"),
            _("Those that receive documents and work; from an Excel sheet, or one by one."),
            reverse("site:import-kind", args=["units"]),
            _("Bring in units"),
            Unit.objects.count() > ONLY_ONE,
        ),
        Step(
            _("Invite the people"),
            _("Each gets a link to choose a password, and a role in a unit."),
            reverse("accounts:invite"),
            _("Invite somebody"),
            User.objects.filter(is_active=True).count() > ONLY_ONE,
        ),
        Step(
            _("Give somebody the role of clerk"),
            _("Clerks register incoming documents; everything else follows from there."),
            reverse("accounts:users"),
            _("See the people"),
            Membership.objects.filter(role="clerk", valid_to=None).exists(),
        ),
    ]
    return [] if all(step.done for step in steps) else steps
