"""One of the parts that an account may act in."""

from dataclasses import dataclass

from khue.accounts.roles import Role, all_roles
from khue.directory.models import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """A role in a unit that an account may act in: its own, or (`delegated_by`) that of somebody on leave."""

    membership_id: int
    unit_id: int
    unit_name: str
    unit_path: str
    """The numbers of the units from the root to this one, `/1/7/`."""
    role: str
    unit_kind: str = ""
    delegated_by: str = ""
    """The name of the person on leave; empty for the account's own parts."""

    @property
    def division_of(self) -> int | None:
        """The unit whose division (phòng) this is; None for a unit that is no division of anything."""
        above = self.unit_path.strip("/").split("/")[:-1]
        return int(above[-1]) if above and self.unit_kind == Unit.Kind.DIVISION else None

    @property
    def described(self) -> Role | None:
        """The role as the shelf describes it; None for one that was removed."""
        return all_roles().get(self.role)

    def allows(self, *permissions: str) -> bool:
        """Whether its role has any of `permissions`."""
        role = self.described
        return role is not None and any(role.allows(permission) for permission in permissions)

    def reaches(self, how: str) -> bool:
        """Whether its role reaches so far: `unit`, `tree` or `city`."""
        return self.described is not None and self.described.reach == how
