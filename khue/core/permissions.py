"""Asks whether somebody may; the accounts, which stand higher, register the judge at start-up."""

from collections.abc import Callable

from khue.core.actors import Actor, SystemActor

Judge = Callable[[Actor, str, int | None], bool]
_judges: list[Judge] = []


def judged_by(judge: Judge) -> None:
    """Let `judge(actor, permission, unit_id)` decide; called once, when the application starts."""
    _judges[:] = [judge]


def may(actor: Actor, permission: str, unit_id: int | None = None) -> bool:
    """Whether `actor` has `permission` in `unit_id`, or anywhere at all without it. The system itself always may."""
    if isinstance(actor, SystemActor):
        return True
    return any(judge(actor, permission, unit_id) for judge in _judges)
