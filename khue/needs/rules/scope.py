"""On which side of a need somebody stands: in a unit that asks, or in the department that answers."""

from khue.accounts.models import User
from khue.accounts.part import Part
from khue.accounts.rules import acting_in
from khue.accounts.scope import the_department

SEE, WRITE, TRIAGE, ROUND_SEE, ROUND = "need:see", "need:write", "need:triage", "round:see", "round:manage"


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
