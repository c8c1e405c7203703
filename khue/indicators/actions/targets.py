"""Promising numbers: targets of the city and of units, set, corrected and withdrawn."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.indicators.actions.cycles import given
from khue.indicators.models import Indicator, Target
from khue.indicators.rules.defining import may_set_targets
from khue.indicators.rules.lights import promised
from khue.journal.actions import record

NOTHING = "–"


@transaction.atomic
def set_target(
    indicator: Indicator, year: int, value: Decimal, *, by: Actor, unit: Unit | None = None, bound: str = "least",
    value_to: Decimal | None = None, words: str = "", source: str = "", verified: bool = True,
) -> Target:  # fmt: skip
    """Promise a number for the city, or for `unit`, in a year; one that is there is replaced, and the journal keeps it.

    Raises:
        Refused: `programme.not-yours`, `target.range` (a range needs two ends in order, others one number).
    """
    require(may_set_targets(by, indicator.programme))
    if (bound == Target.Bound.RANGE) != (value_to is not None) or (value_to is not None and value_to <= value):
        raise Refused(Refusal("target.range", _("A range has two numbers, the smaller one first; others have one.")))
    before = Target.objects.select_for_update().filter(indicator=indicator, unit=unit, year=year).first()
    facts = {
        "bound": bound, "value": value, "value_to": value_to, "words": words[:120], "source": source[:400],
        "verified": verified,
    }  # fmt: skip
    if before and all(getattr(before, name) == fact for name, fact in facts.items()):
        return before
    made, _new = Target.objects.update_or_create(indicator=indicator, unit=unit, year=year, defaults=facts)
    _tell(made, promised(before) if before else NOTHING, promised(made), source, by=by)
    return made


@transaction.atomic
def withdraw_target(target: Target, *, reason: str, by: Actor) -> None:
    """Take a target back that was never promised; the journal keeps it.

    Raises:
        Refused: `programme.not-yours`, `reason-missing`.
    """
    taken = (
        Target.objects.select_for_update(of=("self",)).select_related("indicator__programme", "unit").get(pk=target.pk)
    )
    require(may_set_targets(by, taken.indicator.programme))
    why = given(reason)
    taken.delete()
    _tell(taken, promised(taken), NOTHING, why, by=by)


def _tell(target: Target, was: str, now: str, reason: str, *, by: Actor) -> None:
    verb = "indicator.unit-target" if target.unit else "indicator.target"
    whose = target.unit.name if target.unit else ""
    record(
        target.indicator.dossier, verb, by=by, year=target.year, unit=whose, was=was, now=now, reason=reason
    )  # fmt: skip
