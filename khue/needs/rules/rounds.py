"""Collecting rounds: who sees and runs them, and which one asks a unit."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import everywhere, for_department, may_in, units_where
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.needs.models import Round, RoundAddressee
from khue.needs.rules.scope import ROUND, ROUND_SEE, SEE

if TYPE_CHECKING:
    Rounds = QuerySet[Round, Round]
    Addressees = QuerySet[RoundAddressee, RoundAddressee]


def visible_to(user: User) -> "Rounds":
    """The rounds of one's department, whoever oversees all of them, and the published ones that ask one's units."""
    if everywhere(user, ROUND_SEE, SEE):
        return Round.objects.all()
    units = units_where(user, ROUND_SEE, SEE)
    asked = RoundAddressee.objects.filter(round=OuterRef("pk"), unit__in=units)
    shown = Q(Exists(asked), published_at__isnull=False)
    if for_department(user, ROUND_SEE):
        shown |= Q(host__in=_offices(user))
    return Round.objects.filter(shown)


def choices(user: User) -> list[tuple[int, str]]:
    """The rounds that `user` sees, to choose one of them: number and title."""
    return list(visible_to(user).values_list("pk", "title"))


def _offices(user: User) -> "QuerySet[Unit]":
    """The units, and the bodies above them, of one's parts: a division sees its department's rounds."""
    own = Unit.objects.filter(pk__in=units_where(user, ROUND_SEE))
    return Unit.objects.filter(Q(pk__in=own) | Q(pk__in=own.values("parent")))


def addressees_for(user: User, found: Round) -> "Addressees":
    """The rows of a round that `user` sees: all for the department and overseers, else those of one's own units."""
    rows = found.addressees.all()
    if everywhere(user, ROUND_SEE, SEE) or may_run(user, found.host) is None or for_department(user, ROUND_SEE):
        return rows
    return rows.filter(unit__in=units_where(user, ROUND_SEE, SEE))


def may_run(by: User, host: Unit) -> Refusal | None:
    """Rounds are opened, watched over and closed by the department's officers and heads."""
    if may_in(by, host.pk, ROUND):
        return None
    sentence = _("Collecting rounds of %(unit)s are run by its officers and heads.")
    return Refusal("round.not-yours", sentence % {"unit": host.name})


def may_publish(found: Round) -> Refusal | None:
    """Once, with somebody to ask, and with time left to answer."""
    if found.published_at is not None:
        return Refusal("round.published", _("This round was published already."))
    if not found.addressees.exists():
        return Refusal("round.nobody-asked", _("Choose the units that are asked first."))
    if found.closes_on < today():
        sentence = _("The closing day %(day)s has passed. Set a later one first.")
        return Refusal("round.over", sentence % {"day": f"{found.closes_on:%d/%m/%Y}"})
    return None


def days_in_order(opens_on: date, closes_on: date) -> Refusal | None:
    """A round closes after it opens."""
    if closes_on < opens_on:
        return Refusal("round.closes-early", _("The closing day lies before the opening day."))
    return None


def is_open(found: Round) -> Refusal | None:
    """Answers count from publishing until the department closes the round, late ones too."""
    if found.is_open:
        return None
    sentence = _("«%(round)s» does not take answers: it is not published yet, or was closed.")
    return Refusal("round.not-open", sentence % {"round": found.title})


def round_asking(unit: Unit) -> Round | None:
    """The open round to which a need of `unit` belongs, the one that closes first: one that still waits for an answer,
    or that the unit answered with needs and whose last day has not passed. Who said “nothing” is not asked again."""
    rows = RoundAddressee.objects.filter(unit=unit, nothing_because="")
    rows = rows.filter(Q(answered_at=None) | Q(round__closes_on__gte=today()))
    found = Round.objects.filter(pk__in=rows.values("round"), published_at__isnull=False, closed_at=None)
    return found.order_by("closes_on", "pk").first()


def groups() -> list[tuple[str, str]]:
    """Kinds of units that can be asked all at once."""
    return [
        (Unit.Kind.COMMUNE.value, _("All wards and communes")),
        (Unit.Kind.DEPARTMENT.value, _("All departments")),
        (Unit.Kind.INSTITUTE.value, _("Institutes and schools")),
        (Unit.Kind.ENTERPRISE.value, _("Enterprises")),
        (Unit.Kind.ASSOCIATION.value, _("Associations and unions")),
    ]


def members(kinds: list[str], *, host: Unit) -> list[Unit]:
    """The units of today of these kinds, without the department itself."""
    allowed = [kind for kind, _label in groups() if kind in kinds]
    return list(Unit.objects.as_of(today()).filter(kind__in=allowed).exclude(pk=host.pk).order_by("sort_name"))
