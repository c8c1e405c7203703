"""How units answer a collecting round."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from khue.accounts.models import User
from khue.core.actors import Actor, SystemActor
from khue.core.clock import now
from khue.core.refusals import require
from khue.flow import effects
from khue.flow.actions import move
from khue.flow.models import Case
from khue.journal.actions import record
from khue.needs.models import Need, RoundAddressee
from khue.needs.rules.rounds import is_open

ROUNDS = SystemActor("Đợt thu thập")


def locked_addressee(pk: int) -> RoundAddressee:
    """The row as it is now, locked to the end of the transaction."""
    rows = RoundAddressee.objects.select_for_update(of=["self"])
    return rows.select_related("round__host", "unit", "case__process_version").get(pk=pk)


@effects.register("round-answer-columns")
def follow(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - every effect is called so
    """Write into the row that the unit has answered, and how."""
    kind, _, number = case.dossier.partition(":")
    if kind != "round-answer" or not number.isdigit() or not RoundAddressee.objects.filter(pk=number).exists():
        return
    row = locked_addressee(int(number))
    said = case.records.order_by("-pk")[0]
    row.answered_at = said.at
    row.nothing_because = said.comment[:300] if case.step == "nothing" else ""
    row.save(update_fields=["answered_at", "nothing_because"])
    record(row.round.dossier, "round.answered", by=by, unit=row.unit.name, nothing=row.nothing_because)


@transaction.atomic
def answered_by(need: Need, *, by: Actor) -> None:
    """A need that was sent in a round is its unit's answer; more may follow until the round is closed."""
    if need.round is None or need.unit is None:
        return
    row = need.round.addressees.filter(unit=need.unit).first()
    if row is None:
        return
    row = locked_addressee(row.pk)
    if row.case is not None and row.case.closed_at is None:
        move(row.case, "answer", by=ROUNDS, comment=f"{need.code} ({by.actor_name})")
    elif row.nothing_because:
        row.answered_at, row.nothing_because = now(), ""
        row.save(update_fields=["answered_at", "nothing_because"])
        record(row.round.dossier, "round.answered", by=by, unit=row.unit.name, nothing="")


@transaction.atomic
def nothing(row: RoundAddressee, because: str, *, by: User) -> RoundAddressee:
    """The unit has nothing to propose, and says why. Raises Refused: `round.not-open`, or the process's sentence."""
    taken = locked_addressee(row.pk)
    require(is_open(taken.round))
    assert taken.case is not None  # noqa: S101 - published rounds have cases
    move(taken.case, "nothing", by=by, comment=because)
    return locked_addressee(row.pk)


@transaction.atomic
def announce(row: RoundAddressee, when: str, *, by: User) -> RoundAddressee:
    """The unit says when its answer will come. Raises Refused: `round.not-open`, or the process's sentence."""
    taken = locked_addressee(row.pk)
    require(is_open(taken.round))
    assert taken.case is not None  # noqa: S101 - published rounds have cases
    move(taken.case, "announce", by=by, comment=when)
    return locked_addressee(row.pk)
