"""The units a person acts in, today."""

from khue.accounts.models import Membership, User
from khue.core.clock import today


def unit_ids(user: User, *roles: str) -> set[int]:
    """Units in which the person has one of `roles`, or any role when none is named. One query a person and day."""
    kept: dict[object, set[tuple[int, str]]] = user.__dict__.setdefault("_document_parts", {})
    day = today()
    if day not in kept:
        parts = Membership.objects.as_of(day).filter(user=user) if user.is_active else Membership.objects.none()
        kept[day] = set(parts.values_list("unit_id", "role"))
    return {unit for unit, role in kept[day] if not roles or role in roles}
