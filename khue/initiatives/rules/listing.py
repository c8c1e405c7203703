"""The filters of the register, as they stand in the address bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.asked import key, whole
from khue.core.clock import today
from khue.core.pages import View
from khue.directory.models import Unit
from khue.directory.search import unit_meant
from khue.flow.models import Holding
from khue.flow.shelf.words import label_in, words
from khue.initiatives.models import CLOSED, Author, Initiative, Reach, Round
from khue.initiatives.rules.initiatives import HANDLE, units_of, visible_to
from khue.language.text import fold

if TYPE_CHECKING:
    Initiatives = QuerySet[Initiative, Initiative]

NAMES = ("state", "whose", "field", "unit", "year", "reach", "round")
GROUPS = ("open", "overdue", "all")
WHOSE = ("mine", "handled")


@dataclass(slots=True)
class Filters:
    """What the address asks for; unknown or wrong values count as not asked."""

    state: str = "all"
    whose: str = ""
    words: str = ""
    field: str = ""
    unit: Unit | None = None
    year: int | None = None
    reach: str = ""
    round: Round | None = None

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of an Excel sheet."""
        told = {
            _("State"): state_labels()[self.state], _("Words"): self.words, _("Field"): label_in("fields", self.field),
            _("Unit"): self.unit.name if self.unit else "", _("Year"): str(self.year or ""),
            _("Range of effect"): str(Reach.Level(self.reach).label) if self.reach else "",
            _("Receiving round"): str(self.round or ""),
        }  # fmt: skip
        return {label: value for label, value in told.items() if value}


def state_labels() -> dict[str, str]:
    """What people call each state and group of states."""
    groups = {"all": _("All"), "open": _("Being handled"), "overdue": _("Overdue")}
    return groups | {state.value: str(state.label) for state in Initiative.State}


def read_filters(asked: Mapping[str, str]) -> Filters:
    """The filters of a request, as far as they name what is there."""
    found = Filters(words=asked.get("q", "").strip())
    found.state = asked["state"] if asked.get("state") in {*GROUPS, *Initiative.State.values} else "all"
    found.whose = asked["whose"] if asked.get("whose") in WHOSE else ""
    found.field = asked["field"] if asked.get("field") in words("fields") else ""
    found.unit = unit_meant(asked.get("unit", "")[:250])
    found.reach = asked["reach"] if asked.get("reach") in Reach.Level.values else ""
    found.round = Round.objects.filter(pk=key(asked.get("round"))).first()
    found.year = whole(asked.get("year"))
    return found


def chosen(user: User, found: Filters) -> "Initiatives":
    """The initiatives that the user sees and the filters choose, the newest first; with `due_on` of the open step."""
    held = Holding.objects.filter(case=OuterRef("case"), until=None).order_by().values("due_on")[:1]
    rows = visible_to(user).annotate(due_on=Subquery(held)).filter(_state(found.state), _whose(user, found.whose))
    for word in fold(found.words).split():
        rows = rows.filter(folded__contains=word)
    if found.field:
        rows = rows.filter(field=found.field)
    if found.round is not None:
        rows = rows.filter(round=found.round)
    if found.year:
        rows = rows.filter(Q(certificate_year=found.year) | Q(certificate_year=None, submitted_at__year=found.year))
    if found.unit is not None:
        rows = rows.filter(unit__in=Unit.objects.within([found.unit.pk]).order_by().values("pk"))
    if found.reach:
        rows = rows.filter(pk__in=Reach.objects.filter(level=found.reach).values("initiative"))
    rows = rows.select_related("unit").prefetch_related("authors", "reaches").defer("answers", "reasons")
    return rows.order_by("-submitted_at", "-pk")


def _state(name: str) -> Q:
    draft = Q(state=Initiative.State.DRAFT)
    late = Holding.objects.filter(until=None, due_on__lt=today()).order_by().values("case")
    groups = {"all": ~draft, "open": ~draft & ~Q(state__in=CLOSED), "overdue": Q(case__in=late)}
    return groups.get(name, Q(state=name))


def _whose(user: User, whose: str) -> Q:
    if whose == "mine":
        return Q(applicant=user) | Q(pk__in=Author.objects.filter(user=user).values("initiative"))
    return Q(unit__in=units_of(user, HANDLE)) if whose == "handled" else Q()


def years() -> list[int]:
    """The years to choose from."""
    return list(range(today().year, today().year - 6, -1))


def saved_views(user: User) -> list[View]:
    """The views offered above the list."""
    views = [View(_("All"), ""), View(_("Recognised"), "state=recognised"), View(_("Mine"), "whose=mine")]
    if units_of(user, HANDLE):
        views += [View(_("To handle"), "state=open&whose=handled"), View(_("Overdue"), "state=overdue")]
    return [*views, View(_("Drafts"), "state=draft")]
