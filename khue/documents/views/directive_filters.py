"""The filters of the list of directives, as they stand in the address bar."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.pages import View
from khue.directory.models import Unit
from khue.directory.search import unit_meant
from khue.documents.models import Directive, DirectiveUnit, Document
from khue.documents.rules.directive import visible_to
from khue.documents.rules.directive_words import field_label, fields
from khue.documents.rules.lateness import soon_until, standing_filter
from khue.language.text import fold

if TYPE_CHECKING:
    Directives = QuerySet[Directive, Directive]

MONTH, NUMBER = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])"), re.compile(r"[0-9]{1,15}")
STANDINGS = ("open", "overdue", "due-soon", "on-time", "new", "reported", "done", "done-late", "recurring", "all")
NO_FIELD = "-"
"""In the address: those that belong to no field."""


def standing_labels() -> dict[str, str]:
    """What people call each standing."""
    return {
        "open": _("Not done yet"),
        "overdue": _("Overdue"),
        "due-soon": _("Due soon"),
        "on-time": _("On time"),
        "new": _("Not acknowledged yet"),
        "reported": _("Waiting to be accepted"),
        "done": _("Done on time"),
        "done-late": _("Done late"),
        "recurring": _("Recurring"),
        "all": _("All"),
    }


def part_labels() -> dict[str, str]:
    """What a unit can have to do with a directive; a unit alone means that it leads or supports."""
    return {"": _("Lead or support"), "lead": _("Lead"), "support": _("Support"), "issued": _("Issued by it")}


def _field_words(name: str) -> str:
    if not name:
        return ""
    return _("No field given") if name == NO_FIELD else field_label(name)


@dataclass(slots=True)
class Filters:
    """What the address asks for; unknown or wrong values count as not asked."""

    standing: str = "open"
    words: str = ""
    unit: Unit | None = None
    unit_asked: str = ""
    """What was written for the unit; with no `unit`, the directory knows none of that name."""
    part: str = ""
    field: str = ""
    priority: str = ""
    document: int | None = None
    issuer: int | None = None
    month: str = ""

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of an Excel sheet."""
        told = {_("Standing"): standing_labels()[self.standing], _("Words"): self.words}
        told[_("Unit")] = self.unit.name if self.unit else ""
        told[_("Part of the unit")] = part_labels()[self.part] if self.unit else ""
        told[_("Field")] = _field_words(self.field)
        told[_("Priority")] = str(Directive.Priority(self.priority).label) if self.priority else ""
        told[_("Document")] = str(Document.objects.filter(pk=self.document).first() or "") if self.document else ""
        told[_("Issuing unit")] = str(Unit.objects.filter(pk=self.issuer).first() or "") if self.issuer else ""
        told[_("Done in the month")] = "/".join(reversed(self.month.split("-"))) if self.month else ""
        return {label: value for label, value in told.items() if value}


def read_filters(request: HttpRequest) -> Filters:
    """The filters of a request."""
    asked = request.GET
    found = Filters()
    found.standing = asked["standing"] if asked.get("standing") in STANDINGS else "open"
    found.words = asked.get("q", "").strip()
    found.unit_asked = asked.get("unit", "").strip()[:250]
    found.unit = unit_meant(found.unit_asked)
    found.part = asked.get("part", "") if asked.get("part") in part_labels() else ""
    found.field = asked["field"] if asked.get("field") in {*fields(), NO_FIELD} else ""
    found.priority = asked["priority"] if asked.get("priority") in Directive.Priority.values else ""
    found.document, found.issuer = _number(asked.get("document", "")), _number(asked.get("issuer", ""))
    found.month = asked["month"] if MONTH.fullmatch(asked.get("month", "")) else ""
    return found


def _number(words: str) -> int | None:
    return int(words) if NUMBER.fullmatch(words) else None


def chosen(user: User, found: Filters) -> "Directives":
    """The directives that the user sees and the filters choose, what hurts first."""
    rows = visible_to(user).filter(_of_standing(found.standing))
    if found.words:
        for word in fold(found.words).split():
            rows = rows.filter(folded__contains=word)
    rows = rows.filter(_of_unit(found)) if found.unit else rows
    if found.field:
        rows = rows.filter(field="" if found.field == NO_FIELD else found.field)
    exact = {"priority": found.priority, "document": found.document, "issuer": found.issuer}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if found.month:
        year, month = found.month.split("-")
        rows = rows.filter(done_on__year=year, done_on__month=month)
    return rows.select_related("lead", "document").defer("passage", "folded").order_by(*_order(found.standing))


def _of_standing(name: str) -> Q:
    """A recurring directive is neither open nor done, each of its periods has one of its own: it is asked for alone."""
    recurring = Q(state=Directive.State.RECURRING)
    if name in {"all", "recurring"}:
        return recurring if name == "recurring" else ~recurring
    if name == "new":
        return Q(state=Directive.State.ASSIGNED)
    return standing_filter(name, today(), soon_until(today()))


def _order(standing: str) -> list[Any]:
    """What is not done: by deadline; what is done: the last first; all: the newest first."""
    if standing in {"all", "recurring"}:
        return ["-pk"]
    if standing in {"done", "done-late"}:
        return ["-done_on", "-pk"]
    return [F("due_on").asc(nulls_last=True), "pk"]


def _of_unit(found: Filters) -> Q:
    assert found.unit is not None  # noqa: S101 - the caller asks
    units = list(Unit.objects.within([found.unit.pk]).values_list("pk", flat=True))
    supported = Q(pk__of_array=ArraySubquery(DirectiveUnit.objects.filter(unit__in=units).values("directive")))
    return {
        "lead": Q(lead__in=units),
        "support": supported,
        "issued": Q(issuer__in=units),
    }.get(found.part, Q(lead__in=units) | supported)


def saved_views() -> list[View]:
    """The views offered above the list."""
    labels = standing_labels()
    return [View(labels[name], f"standing={name}") for name in STANDINGS if name != "open"]
