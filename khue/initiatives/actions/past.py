"""Initiatives that were decided on paper: they come in as they stand in the unit's register."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from khue.accounts.models import User
from khue.core.refusals import require
from khue.core.yearly_numbers import next_number
from khue.initiatives.models import Author, Initiative
from khue.initiatives.rules.application import OF_AUTHORS
from khue.initiatives.rules.initiatives import may_enter
from khue.journal.actions import begin_many
from khue.matching.actions.entries import changed_many

State = Initiative.State
BATCH = 1000
SERIES = (("number", "year"), ("certificate", "certificate_year"))
Shares = Sequence[tuple[str, Decimal]]
"""Names of authors with their shares in per cent; 100 together."""


def past(
    *, authors: Shares, filed_on: date, decided_on: date, reasons: str, number: int | None, certificate: int | None,
    **columns: object,
) -> Initiative:  # fmt: skip
    """An initiative that was recognised, or refused where there are `reasons`, not written yet."""
    columns["state"] = State.REFUSED if reasons else State.RECOGNISED
    said = [{"name": name, "share": f"{share.normalize():f}"} for name, share in authors]
    return Initiative(
        answers={OF_AUTHORS: said}, received_on=filed_on, year=filed_on.year, number=number, reasons=reasons,
        decided_on=decided_on, certificate=None if reasons else certificate,
        certificate_year=None if reasons else decided_on.year, ground=Initiative.Ground.INVESTED,
        submitted_at=timezone.make_aware(datetime.combine(filed_on, time(9))), **columns,
    )  # fmt: skip


@transaction.atomic
def enter_past(rows: Sequence[Initiative], *, by: User) -> None:
    """Write initiatives of registers, all at once; those without a number get the next one of their unit and year.

    Raises Refused: `initiative.may-not-enter`.
    """
    require(may_enter(by))
    for column, of in SERIES:
        _number([row for row in rows if getattr(row, of)], column, of)
    for row in rows:
        row.applicant = by
    made = Initiative.objects.bulk_create([row.prepare() for row in rows], BATCH)
    Author.objects.bulk_create([one for row in made for one in _authors(row)], BATCH)
    facts = (
        (row.dossier, {"unit": row.unit.name, "sign": row.decision_sign, "day": f"{row.decided_on:%d/%m/%Y}"})
        for row in made
    )
    begin_many("initiative.entered", facts, by=by)
    changed_many("initiative", [row.pk for row in made])


def _number(rows: Iterable[Initiative], column: str, of: str) -> None:
    """Number those without one, after the highest of their series that is there or comes in with them."""
    ends: dict[tuple[int, int], int] = {}
    listed = list(rows)
    for row in listed:
        key = (row.unit_id, getattr(row, of))
        if key not in ends:
            ends[key] = next_number(Initiative, key[1], number=column, of=of, unit=key[0]) - 1
        ends[key] = max(ends[key], getattr(row, column) or 0)
    for row in listed:
        if getattr(row, column) is None:
            key = (row.unit_id, getattr(row, of))
            ends[key] += 1
            setattr(row, column, ends[key])


def _authors(row: Initiative) -> Iterable[Author]:
    for number, one in enumerate(row.answers[OF_AUTHORS], 1):
        yield Author(initiative=row, number=number, name=one["name"], share=Decimal(one["share"]))
