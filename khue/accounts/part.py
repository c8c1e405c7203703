"""One of the parts that an account may act in."""

from dataclasses import dataclass

from khue.accounts.roles import Role, all_roles


@dataclass(frozen=True, slots=True)
class Part:
    """A role in a unit that an account may act in: its own, or (`delegated_by`) that of somebody on leave."""

    membership_id: int
    unit_id: int
    unit_name: str
    unit_path: str
    """The numbers of the units from the root to this one, `/1/7/`."""
    role: str
    delegated_by: str = ""
    """The name of the person on leave; empty for the account's own parts."""

    @property
    def described(self) -> Role | None:
        """The role as the shelf describes it; None for one that was removed."""
        return all_roles().get(self.role)
