"""Receiving rounds: who sees and runs them, which one an application belongs to, who has answered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import department_of, reaches_all
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.initiatives.models import Initiative, Round, RoundUnit
from khue.initiatives.rules.initiatives import DECIDE, HANDLE, SEE, units_of

if TYPE_CHECKING:
    Rounds = QuerySet[Round, Round]

State = Initiative.State


def visible_to(user: User) -> "Rounds":
    """The rounds of one's units and those that ask them; all for the department and those who oversee."""
    if reaches_all(user, SEE):
        return Round.objects.all()
    own = units_of(user, SEE)
    return Round.objects.filter(Q(host__in=own) | Q(pk__in=RoundUnit.objects.filter(unit__in=own).values("round")))


def hosts_for(user: User) -> list[Unit]:
    """The units whose rounds the person may open, one's department first."""
    rows = list(Unit.objects.as_of(today()).filter(pk__in=units_of(user, HANDLE, DECIDE)))
    bodies = [one for one in rows if one.kind != Unit.Kind.DIVISION]
    office = department_of(user)
    return sorted(bodies, key=lambda one: (one.pk != office, one.path))


def may_run(by: User, host: Unit) -> Refusal | None:
    """Those who handle initiatives in the unit open its rounds, remind and close."""
    if host.pk in units_of(by, HANDLE, DECIDE):
        return None
    sentence = _("Rounds of %(unit)s are run by those who handle its initiatives.")
    return Refusal("initiative-round.not-yours", sentence % {"unit": host.name})


def may_answer(by: User, row: RoundUnit) -> Refusal | None:
    """Those who handle initiatives in the unit that is asked, while the round is open."""
    if not row.round.is_open:
        sentence = _("«%(round)s» is not open now.") % {"round": row.round.title}
        return Refusal("initiative-round.not-open", sentence)
    if row.unit_id in units_of(by, HANDLE, DECIDE):
        return None
    sentence = _("Those who handle initiatives in %(unit)s answer for it.") % {"unit": row.unit.name}
    return Refusal("initiative-round.not-yours", sentence)


def round_for(unit: Unit) -> Round | None:
    """The open round to which an application filed with `unit` belongs: the unit's own, else one that asks it; of
    several the one that closes first."""
    rows = Round.objects.filter(closed_at=None, opens_on__lte=today())
    own = rows.filter(host=unit).order_by("closes_on", "pk").first()
    return own or rows.filter(asked__unit=unit).order_by("closes_on", "pk").first()


def kinds() -> list[tuple[str, str]]:
    """Kinds of units that can be asked all at once."""
    return [
        (Unit.Kind.COMMUNE.value, _("All wards and communes")),
        (Unit.Kind.DEPARTMENT.value, _("All departments")),
        (Unit.Kind.INSTITUTE.value, _("Institutes and schools")),
    ]


def members(chosen: list[str], *, host: Unit) -> list[Unit]:
    """The units of today of these kinds, without the one that asks."""
    known = [kind for kind, _label in kinds() if kind in chosen]
    return list(Unit.objects.as_of(today()).filter(kind__in=known).exclude(pk=host.pk).order_by("sort_name"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit that is asked, and what it has filed in the round."""

    asked: RoundUnit
    filed: int
    recognised: int

    @property
    def waits(self) -> bool:
        """It has neither filed nor said that it has none."""
        return not self.filed and self.asked.answered_at is None


def filed_in(found: Round) -> "QuerySet[Initiative, Initiative]":
    """What belongs to a round and was not withdrawn."""
    return found.initiatives.exclude(state__in=[State.DRAFT, State.WITHDRAWN])


def board(found: Round) -> list[Answer]:
    """Every unit that is asked, those who have not answered first; two queries."""
    rows = filed_in(found).order_by().values_list("unit")
    done = Count("pk", filter=Q(state=State.RECOGNISED))
    counts = {unit: told for unit, *told in rows.annotate(filed=Count("pk"), recognised=done)}
    asked = found.asked.select_related("unit", "round").order_by("unit__sort_name")
    answers = [Answer(one, *counts.get(one.unit_id, (0, 0))) for one in asked]
    return sorted(answers, key=lambda one: not one.waits)
