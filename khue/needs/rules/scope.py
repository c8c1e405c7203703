"""On which side of a need somebody stands: in a unit that asks, or in the department that answers."""

from khue.accounts.models import User
from khue.accounts.part import Part
from khue.accounts.rules import acting_in
from khue.core.clock import today
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.directory.search import department

SEE, WRITE, TRIAGE, ROUND_SEE, ROUND = "need:see", "need:write", "need:triage", "round:see", "round:manage"


def the_department(user: User) -> Unit | None:
    """The department that the site serves, asked for once a person and day; None where it is not set up yet."""
    kept: dict[object, Unit | None] = user.__dict__.setdefault("_the_department", {})
    if today() not in kept:
        try:
            kept[today()] = department()
        except Refused:
            kept[today()] = None
    return kept[today()]


def of_department(user: User, permission: str) -> bool:
    """Whether the person has `permission` in the department or in one of its divisions."""
    office = the_department(user)
    return office is not None and any(
        f"/{office.pk}/" in part.unit_path for part in acting_in(user) if _allows(part, permission)
    )


def parts_where(user: User, permission: str) -> list[Part]:
    """The person's parts that have `permission`, own ones first."""
    return [part for part in acting_in(user) if _allows(part, permission)]


def _allows(part: Part, permission: str) -> bool:
    return part.described is not None and part.described.allows(permission)
