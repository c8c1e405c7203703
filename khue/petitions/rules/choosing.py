"""The filters of the list of petitions, as they stand in the address bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.asked import whole
from khue.core.clock import today
from khue.core.pages import View
from khue.core.periods import Period, period
from khue.core.refusals import Refused
from khue.core.search import every_word
from khue.directory.models import Unit
from khue.directory.search import unit_meant
from khue.documents.rules.directive_words import field_label, fields
from khue.language.text import fold
from khue.petitions.models import Petition
from khue.petitions.models.petition import OPEN_STATES, SETTLED_STATES
from khue.petitions.rules.petitions import SEE, visible_to

if TYPE_CHECKING:
    Petitions = QuerySet[Petition, Petition]

NAMES = ("state", "kind", "field", "unit", "to", "period", "whose", "document")
STATES = ("open", "overdue", "settled", "late", "all", *Petition.State.values)
OPEN, SETTLED = Q(state__in=OPEN_STATES), Q(state__in=SETTLED_STATES)


@dataclass(slots=True)
class Filters:
    """What the address asks for; unknown or wrong values count as not asked."""

    state: str = "open"
    kind: str = ""
    field: str = ""
    unit: Unit | None = None
    to: Unit | None = None
    period: Period | None = None
    whose: str = ""
    document: int | None = None
    """The number of the document in which they were voiced."""
    words: str = ""

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of an Excel sheet."""
        told = {
            _("State"): state_labels()[self.state], _("Kind"): str(dict(Petition.Kind.choices).get(self.kind, "")),
            _("Field"): field_label(self.field), _("Voiced by"): self.unit.name if self.unit else "",
            _("Answered by"): self.to.name if self.to else "",
            _("Period"): self.period.called if self.period else "", _("Words"): self.words,
        }  # fmt: skip
        return {label: value for label, value in told.items() if value}


def state_labels() -> dict[str, str]:
    """What people call each state and group of states."""
    groups = {
        "open": _("Waiting for an answer"), "overdue": _("Answer overdue"), "settled": _("Settled with an answer"),
        "late": _("Settled late"), "all": _("All"),
    }  # fmt: skip
    return groups | {state.value: str(state.label) for state in Petition.State}


def read_filters(asked: Mapping[str, str]) -> Filters:
    """The filters of a request, as far as they name what is there."""
    found = Filters(words=asked.get("q", "").strip())
    found.state = asked["state"] if asked.get("state") in STATES else "open"
    found.document = whole(asked.get("document"))
    found.kind = asked["kind"] if asked.get("kind") in Petition.Kind.values else ""
    found.field = asked["field"] if asked.get("field") in fields() else ""
    found.whose = asked["whose"] if asked.get("whose") in ("raised", "received") else ""
    found.unit, found.to = unit_meant(asked.get("unit", "")[:250]), unit_meant(asked.get("to", "")[:250])
    try:
        found.period = period(asked["period"]) if asked.get("period") else None
    except Refused:
        found.period = None
    return found


def chosen(user: User, found: Filters) -> "Petitions":
    """The petitions that the user sees and the filters choose: open ones by the day they are due, others newest
    first."""
    rows = without_state(user, found).filter(_state(found.state))
    ordered = rows.order_by("due_on", "pk") if found.state in {"open", "overdue", *OPEN_STATES} else rows
    return ordered.select_related("through", "recipient")


def without_state(user: User, found: Filters) -> "Petitions":
    """What every filter but the state chooses."""
    rows = visible_to(user).filter(every_word(fold(found.words)), _whose(user, found.whose))
    exact = {"kind": found.kind, "field": found.field, "document": found.document}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    for column, unit in (("through", found.unit), ("recipient", found.to)):
        if unit is not None:
            rows = rows.filter(**{f"{column}__in": Unit.objects.within([unit.pk]).order_by().values("pk")})
    if found.period is not None:
        rows = rows.filter(raised_on__range=(found.period.first, found.period.last))
    return rows


def _state(name: str) -> Q:
    return {
        "open": OPEN, "overdue": OPEN & Q(due_on__lt=today()), "settled": SETTLED, "late": SETTLED & Q(late=True),
        "all": Q(),
    }.get(name, Q(state=name))  # fmt: skip


def _whose(user: User, whose: str) -> Q:
    if not whose:
        return Q()
    return Q(**{f"{'through' if whose == 'raised' else 'recipient'}__in": units_where(user, SEE)})


def saved_views() -> list[View]:
    """The views offered above the list."""
    return [
        View(_("Waiting for an answer"), "state=open"),
        View(_("For my unit to answer"), "state=open&whose=received"),
        View(_("Voiced by my unit"), "state=all&whose=raised"),
        View(_("Answer overdue"), "state=overdue"),
        View(_("Settled with an answer"), "state=settled"),
        View(_("All"), "state=all"),
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of those that the other filters choose stand where."""

    all: int
    open: int
    overdue: int
    settled: int
    late: int


def counted(rows: "Petitions") -> Counts:
    """Counted in one query."""
    found = rows.order_by().aggregate(
        all=Count("pk", filter=~Q(state="withdrawn")), open=Count("pk", filter=OPEN),
        overdue=Count("pk", filter=_state("overdue")), settled=Count("pk", filter=SETTLED),
        late=Count("pk", filter=_state("late")),
    )  # fmt: skip
    return Counts(**found)


def sentence(counts: Counts) -> str:
    """What matters first, for the head of the list."""
    if not counts.all:
        return ""
    told = ngettext("%(n)d difficulty or request", "%(n)d difficulties and requests", counts.all) % {"n": counts.all}
    told += _(": %(settled)d settled") % {"settled": counts.settled}
    if counts.late:
        told += _(" (%(late)d late)") % {"late": counts.late}
    told += _(", %(open)d waiting for an answer") % {"open": counts.open}
    if counts.overdue:
        told += _(", %(overdue)d of them overdue") % {"overdue": counts.overdue}
    return told + "."
