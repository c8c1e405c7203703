"""Who of the chosen takes which role in a council."""

from collections.abc import Sequence

from khue.councils.assigning.problem import MEMBER, Expert


def seat(chosen: Sequence[Expert], seats: dict[str, int]) -> dict[str, str]:
    """Experts (by identifier) with their roles: as many named seats taken as can be, the first of `chosen` first.

    Who holds no named seat is a member, as far as there are seats for members.
    """
    holders: dict[tuple[str, int], Expert] = {}

    def settle(expert: Expert, tried: set[tuple[str, int]]) -> bool:
        """Give the expert a named seat, moving others to seats that they can also take."""
        for role, number in seats.items():
            for place in ((role, index) for index in range(number) if role != MEMBER and expert.may_take(role)):
                if place not in tried:
                    tried.add(place)
                    if place not in holders or settle(holders[place], tried):
                        holders[place] = expert
                        return True
        return False

    for expert in chosen:
        settle(expert, set())
    named = {expert.id: role for (role, _), expert in holders.items()}
    members = [expert.id for expert in chosen if expert.id not in named][: seats[MEMBER]]
    return {**named, **dict.fromkeys(members, MEMBER)}
