"""Who of the chosen takes which role in a council."""

from collections.abc import Sequence

from khue.councils.assigning.problem import MEMBER, Expert


def seat(chosen: Sequence[Expert], seats: dict[str, int]) -> dict[str, str]:
    """Experts (by identifier) with their roles: as many named seats taken as can be, the first of `chosen` first.

    Who holds no named seat is a member, as far as there are seats for members.
    """
    holders: dict[str, list[Expert]] = {role: [] for role in seats if role != MEMBER}

    def settle(expert: Expert, tried: set[str]) -> bool:
        """Give the expert a named seat, moving others to seats that they can also take."""
        able = [role for role in holders if expert.may_take(role) and seats[role] and role not in tried]
        free = next((role for role in able if len(holders[role]) < seats[role]), None)
        if free is not None:
            holders[free].append(expert)
            return True
        for role in able:
            tried.add(role)
            for holder in holders[role]:
                if settle(holder, tried):
                    holders[role].remove(holder)
                    holders[role].append(expert)
                    return True
        return False

    for expert in chosen:
        settle(expert, set())
    named = {expert.id: role for role, sitting in holders.items() for expert in sitting}
    members = [expert.id for expert in chosen if expert.id not in named][: seats[MEMBER]]
    return {**named, **dict.fromkeys(members, MEMBER)}
