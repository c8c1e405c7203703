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
from khue.documents.models import Directive, DirectiveUnit
from khue.documents.rules.directive import visible_to
from khue.documents.rules.directive_words import fields
from khue.documents.rules.lateness import soon_until, standing_filter
from khue.language.text import fold

if TYPE_CHECKING:
    Directives = QuerySet[Directive, Directive]

MONTH, NUMBER = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])"), re.compile(r"[0-9]{1,15}")
STANDINGS = ("open", "overdue", "due-soon", "on-time", "new", "reported", "done", "done-late", "all")


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
        "all": _("All"),
    }


@dataclass(slots=True)
class Filters:
    """What the address asks for; unknown or wrong values count as not asked."""

    standing: str = "open"
    words: str = ""
    unit: Unit | None = None
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
        told[_("Field")] = fields()[self.field].label if self.field else ""
        told[_("Priority")] = str(Directive.Priority(self.priority).label) if self.priority else ""
        return {label: value for label, value in told.items() if value}


def read_filters(request: HttpRequest) -> Filters:
    """The filters of a request."""
    asked = request.GET
    found = Filters()
    found.standing = asked["standing"] if asked.get("standing") in STANDINGS else "open"
    found.words = asked.get("q", "").strip()
    found.unit = Unit.objects.filter(code=asked["unit"]).first() if asked.get("unit") else None
    found.part = asked["part"] if asked.get("part") in {"lead", "support", "issued"} else ""
    found.field = asked["field"] if asked.get("field") in fields() else ""
    found.priority = asked["priority"] if asked.get("priority") in Directive.Priority.values else ""
    found.document, found.issuer = _number(asked.get("document", "")), _number(asked.get("issuer", ""))
    found.month = asked["month"] if MONTH.fullmatch(asked.get("month", "")) else ""
    return found


def _number(words: str) -> int | None:
    return int(words) if NUMBER.fullmatch(words) else None


def chosen(user: User, found: Filters) -> "Directives":
    """The directives that the user sees and the filters choose, what hurts first."""
    rows = visible_to(user).exclude(state=Directive.State.RECURRING)
    if found.standing == "new":
        rows = rows.filter(state=Directive.State.ASSIGNED)
    elif found.standing != "all":
        rows = rows.filter(standing_filter(found.standing, today(), soon_until(today())))
    if found.words:
        for word in fold(found.words).split():
            rows = rows.filter(folded__contains=word)
    rows = rows.filter(_of_unit(found)) if found.unit else rows
    exact = {"field": found.field, "priority": found.priority, "document": found.document, "issuer": found.issuer}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if found.month:
        year, month = found.month.split("-")
        rows = rows.filter(done_on__year=year, done_on__month=month)
    return rows.select_related("lead", "document").defer("passage", "folded").order_by(*_order(found.standing))


def _order(standing: str) -> list[Any]:
    """What is not done: by deadline; what is done: the last first; all: the newest first."""
    if standing == "all":
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
