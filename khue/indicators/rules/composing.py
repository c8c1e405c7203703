"""Who sees, composes, edits and hands over composed reports."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import everywhere, for_department, reaches_all, units_where
from khue.core.actors import Actor, SystemActor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.directory.search import department
from khue.indicators import sending
from khue.indicators.models import COUNTED, Composed, Observation, Programme
from khue.indicators.rules.programmes import whole
from khue.indicators.rules.scope import COMPOSE, SEE, oversees, received_by, receives
from khue.language.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Reports = QuerySet[Composed, Composed]
    Units = QuerySet[Unit, Unit]


def visible_to(user: User) -> "Reports":
    """Those of one's units, those on programmes that one's office runs, and all for those who oversee."""
    if oversees(user):
        return Composed.objects.all()
    units = units_where(user, SEE)
    divisions = Unit.objects.filter(pk__in=units, kind=Unit.Kind.DIVISION).exclude(parent=None)
    own = (
        Q(unit__in=units)
        | Q(unit__in=divisions.values("parent"))
        | (received_by(user, "programme__") & Q(programme__isnull=False))
    )
    if for_department(user, SEE):
        own |= Q(programme=None)
    return Composed.objects.filter(own)


def with_words(rows: "Reports", query: str) -> "Reports":
    """Those whose subject, template, unit or period contains every word, without regard to accents."""
    for word in fold(query).split():
        rows = rows.filter(Q(unit__folded__contains=word) | Q(period__code__icontains=word) | Q(folded__contains=word))
    return rows


def own_units(user: User, permission: str) -> set[int]:
    """The units in which the person has the permission, and those whose divisions they are."""
    own = units_where(user, permission)
    divisions = Unit.objects.filter(pk__in=own, kind=Unit.Kind.DIVISION).exclude(parent=None)
    return own | {pk for pk in divisions.values_list("parent", flat=True) if pk is not None}


def units_to_compose_for(user: User, of: tuple[str, ...]) -> list[Unit]:
    """The units whose reports from a template for `of` the person composes; the whole city and the department first.
    Party bodies are not among them: figures are those of the offices beside them, in whose name they may report."""
    reaches = reaches_all(user, COMPOSE)
    found: list[Unit] = []
    if reaches and "city" in of:
        found.append(whole())
    if reaches and "department" in of:
        found.append(department())
    if "unit" in of:
        units = Unit.objects.as_of(today()).exclude(parent=None).exclude(kind__in=[Unit.Kind.DIVISION, Unit.Kind.PARTY])
        rows = units if reaches else units.filter(pk__in=own_units(user, COMPOSE))
        found += [one for one in rows.order_by("sort_name") if one not in found]
    return found


def composes(user: User) -> bool:
    """Whether the person composes reports of any unit."""
    return everywhere(user, COMPOSE) or bool(units_where(user, COMPOSE))


def may_read_measure(user: User, unit: Unit) -> bool:
    """Records that were counted for a unit are read by those who read its figures."""
    return oversees(user) or for_department(user, SEE) or unit.pk in own_units(user, SEE)


def may_compose(by: Actor, unit: Unit, programme: Programme | None) -> Refusal | None:
    """A unit's own people; people of the office that runs the programme for every unit and for the whole city."""
    if isinstance(by, SystemActor):
        return None
    if isinstance(by, User):
        runs = receives(by, programme, COMPOSE) if programme else for_department(by, COMPOSE)
        if runs or everywhere(by, COMPOSE) or (unit.parent_id is not None and unit.pk in own_units(by, COMPOSE)):
            return None
    sentence = _("Reports of %(unit)s are composed by its officers and heads.")
    return Refusal("composed.not-yours", sentence % {"unit": unit.name})


def newer_figures(report: Composed) -> bool:
    """Whether figures of the period were written since the report read them."""
    figures = Observation.objects.filter(period=report.period, state__in=COUNTED, at__gt=report.refreshed_at)
    if report.programme_id:
        figures = figures.filter(indicator__programme=report.programme_id)
    return figures.filter(unit__in=Unit.objects.within([report.unit_id])).exists()


def may_edit(by: Actor, report: Composed) -> Refusal | None:
    """Those who may compose it, until the document that it became is signed."""
    return locked(report) or may_compose(by, report.unit, report.programme)


def locked(report: Composed) -> Refusal | None:
    """A report whose document is signed or issued stays as it is."""
    sent = sending.state_of(report.document)
    if sent is None or not sent.settled:
        return None
    if sent.issued:
        sentence = _("This report was issued as %(document)s and stays as it is. Begin a correction to change it.")
        return Refusal("composed.issued", sentence % {"document": sent.label})
    sentence = _("The document of this report is signed. Take the signed copy away first to change the report.")
    return Refusal("composed.signed", sentence)


def may_correct(by: Actor, report: Composed) -> Refusal | None:
    """A report that was issued is corrected by a new one."""
    sent = sending.state_of(report.document)
    if sent is None or not sent.issued:
        return Refusal("composed.not-issued", _("The report is not issued yet: change it as it is."))
    return may_compose(by, report.unit, report.programme)
