"""The filters of the lists of needs, as they stand in the address bar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, parts_where
from khue.core.asked import key, whole
from khue.core.clock import today
from khue.core.pages import View
from khue.directory.models import Place, Unit
from khue.directory.search import unit_meant
from khue.flow.shelf.words import label_in, words
from khue.language.text import fold
from khue.needs.models import Need, Round
from khue.needs.models.need import CLOSED_STATES
from khue.needs.rules.needs import visible_to
from khue.needs.rules.rounds import visible_to as visible_rounds
from khue.needs.rules.scope import SEE
from khue.needs.rules.triage import OPEN, in_order, overdue, with_due

if TYPE_CHECKING:
    Needs = QuerySet[Need, Need]

NAMES = ("state", "whose", "urgency", "livelihood", "place", "field", "unit", "round", "year")
STATES = ("open", "overdue", "closed", "all", *Need.State.values)
WHOSE = ("mine", "unit")


@dataclass(slots=True)
class Filters:
    """What the address asks for; unknown or wrong values count as not asked."""

    state: str = "open"
    whose: str = ""
    words: str = ""
    urgency: str = ""
    livelihood: bool = False
    place: Place | None = None
    field: str = ""
    unit: Unit | None = None
    round: Round | None = None
    year: int | None = None

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of an Excel sheet."""
        told = {
            _("State"): state_labels()[self.state], _("Words"): self.words,
            _("Urgency"): str(Need.Urgency(self.urgency).label) if self.urgency else "",
            _("Where"): str(self.place or ""), _("Field of science"): label_in("fields", self.field),
            _("Unit"): self.unit.name if self.unit else "", _("Round"): self.round.title if self.round else "",
            _("Year"): str(self.year or ""),
        }  # fmt: skip
        return {label: value for label, value in told.items() if value}


def state_labels() -> dict[str, str]:
    """What people call each state and group of states."""
    groups = {"open": _("Waiting for an answer"), "overdue": _("Overdue"), "closed": _("Closed"), "all": _("All")}
    return groups | {state.value: str(state.label) for state in Need.State}


def read_filters(user: User, asked: Mapping[str, str]) -> Filters:
    """The filters of a request, as far as they name what is there."""
    found = Filters(words=asked.get("q", "").strip(), livelihood=asked.get("livelihood") == "1")
    found.state = asked["state"] if asked.get("state") in STATES else "open"
    found.whose = asked["whose"] if asked.get("whose") in WHOSE else ""
    found.urgency = asked["urgency"] if asked.get("urgency") in Need.Urgency.values else ""
    found.field = asked["field"] if asked.get("field") in words("fields") else ""
    if asked.get("place"):
        found.place = Place.objects.filter(pk=key(asked["place"])).first()
    found.unit = unit_meant(asked.get("unit", "")[:250])
    if asked.get("round"):
        found.round = visible_rounds(user).filter(pk=key(asked["round"])).first()
    found.year = whole(asked.get("year", "")) or None
    return found


def chosen(user: User, found: Filters) -> "Needs":
    """The needs that the user sees and the filters choose, what hurts first, with what a sheet says of one."""
    return dressed(found_by_filters(user, found)).prefetch_related("places")


def dressed(rows: "Needs") -> "Needs":
    """With what lists and boards show of a need, but its places."""
    return with_due(rows).select_related("unit", "round")


def name_places(needs: Iterable[Need]) -> None:
    """Set `place_names`, all that lists show of places: one query, which reads nothing but the names."""
    by_number: dict[int, list[str]] = {need.pk: [] for need in needs}
    links = Need.places.through._default_manager.filter(need__in=by_number)
    columns = ("need_id", "place__kind", "place__name")
    for number, kind, name in links.order_by("place__sort_name", "place__valid_from").values_list(*columns):
        by_number[number].append(f"{kind} {name}")
    for need in needs:
        need.place_names = by_number[need.pk]  # type: ignore[attr-defined]


def found_by_filters(user: User, found: Filters) -> "Needs":
    """As `chosen`, without what is shown: to be counted, and to find a page by its numbers."""
    rows = visible_to(user).filter(_state(found.state)).filter(_whose(user, found.whose))
    for word in fold(found.words).split():
        rows = rows.filter(folded__contains=word)
    exact = {"urgency": found.urgency, "field": found.field, "round": found.round, "year": found.year}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if found.livelihood:
        rows = rows.filter(livelihood=True)
    if found.place is not None:
        rows = rows.filter(pk__in=Need.places.through._default_manager.filter(place=found.place).values("need"))
    if found.unit is not None:
        rows = rows.filter(unit__in=Unit.objects.within([found.unit.pk]).order_by().values("pk"))
    return in_order(rows) if found.state in {"open", "overdue", *_open_states()} else rows.order_by("-pk")


def _open_states() -> set[str]:
    return {state.value for state in Need.State if state not in CLOSED_STATES and state != Need.State.DRAFT}


def _state(name: str) -> Q:
    return {
        "open": OPEN, "overdue": overdue(today()), "closed": Q(state__in=CLOSED_STATES),
        "all": ~Q(state=Need.State.DRAFT),
    }.get(name, Q(state=name))  # fmt: skip


def _whose(user: User, whose: str) -> Q:
    if whose == "mine":
        return Q(author=user)
    if whose == "unit":
        return Q(unit__in=[part.unit_id for part in parts_where(user, SEE)])
    return Q()


def saved_views(user: User) -> list[View]:
    """The views offered above the list: for the department by what is to be done, for others by whose it is."""
    views = [View(_("Waiting for an answer"), "state=open"), View(_("Mine"), "state=all&whose=mine")]
    if not for_department(user, SEE):
        views.append(View(_("My unit's"), "state=all&whose=unit"))
    else:
        views += [
            View(_("Just sent"), "state=submitted"),
            View(_("Urgent"), "state=open&urgency=urgent"),
            View(_("People's living"), "state=open&livelihood=1"),
            View(_("Overdue"), "state=overdue"),
        ]
    views += [View(_("Closed"), "state=closed"), View(_("Drafts"), "state=draft"), View(_("All"), "state=all")]
    return views
