"""What is still to be handed in before a closing moment: applications that were begun, and those one was invited to."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.addresses import record_address
from khue.core.described import told
from khue.missions.models import Application, Selection
from khue.missions.rules.select.applications import DRAFTS, own
from khue.missions.rules.select.calls import is_past
from khue.missions.rules.select.parts import own_units
from khue.notices.calendar import Deadline

TAKEN = "open"
"""The step of a selection at which applications are taken."""
COLUMNS = ("begun", "number", "title", "lead_name", "closes")
MOST = 50
"""Applications that somebody writes at a time; the nearest closing moments are kept."""


class Draft(NamedTuple):
    """An application that can still be handed in; `begun` unless an organisation was only invited to write it."""

    begun: bool
    pk: int
    """Of the application, or of the selection."""
    title: str
    lead: str
    closes_at: datetime

    @property
    def url(self) -> str:
        """Where it is written, or begun."""
        return record_address("missions:application" if self.begun else "missions:selection", self.pk)

    @property
    def closes(self) -> str:
        """Until when it is taken, to the minute."""
        return _("taken until %(moment)s") % {"moment": f"{localtime(self.closes_at):%H:%M %d/%m/%Y}"}


def to_hand_in(user: User) -> list[Draft]:
    """What the organisations of `user` are to hand in, and what `user` was asked to write along in; the nearest closing
    moment first, and nothing after it. One query."""
    units = frozenset(own_units(user))
    rows = lambda: _drafts(user).union(_invited(units), all=True).order_by("closes")  # noqa: E731
    found = [Draft(*row) for row in told(("to hand in", user.pk, units), rows, 0, MOST)]
    return [draft for draft in found if not is_past(draft.closes_at)]


def deadlines_of(user: User) -> Iterator[Deadline]:
    """The same in the person's calendar."""
    for draft in to_hand_in(user):
        kind = "application" if draft.begun else "invitation"
        day = localtime(draft.closes_at).date()
        yield Deadline(f"{kind}-{draft.pk}", day, draft.title, draft.url, f"{draft.lead}: {draft.closes}")


def _drafts(user: User) -> "QuerySet[Any, Any]":
    rows = Application.objects.filter(own(user), state__in=DRAFTS, selection__case__step=TAKEN).order_by()
    told = {"title": F("plan__name"), "lead_name": F("lead__name"), "closes": F("selection__closes_at")}
    return rows.annotate(begun=Value(True), number=F("pk"), **told).values_list(*COLUMNS)


def _invited(units: Collection[int]) -> "QuerySet[Any, Any]":
    begun = Application.objects.filter(selection=OuterRef("pk"), lead=OuterRef("invited"))
    rows = Selection.objects.filter(~Exists(begun), invited__in=units, case__step=TAKEN).order_by()
    told = {"title": F("order__name"), "lead_name": F("invited__name"), "closes": F("closes_at")}
    return rows.annotate(begun=Value(False), number=F("pk"), **told).values_list(*COLUMNS)
