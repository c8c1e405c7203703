"""Whether the state of a past directive and its days go together."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.exchange import Field, Row, WrongCell, label_of
from khue.documents.models import Directive

State = Directive.State
_DONE = {State.REPORTED, State.ACCEPTED}
_CLOSED = {State.ACCEPTED, State.CANCELLED}


def checked(fields: Sequence[Field], row: Row) -> dict[str, Any]:
    """The columns of a new directive out of a row. Raises `WrongCell` naming the cell that does not fit."""
    values = row.values
    _in_order(fields, row)
    state = State(values["state"])
    _needed(fields, row, "done_on", needed=state in _DONE)
    _needed(fields, row, "closed_on", needed=state in _CLOSED)
    given = {name: values[name] or "" for name in ("content", "field", "product")}
    days = {name: values[name] for name in ("assigned_on", "due_on", "done_on", "closed_on")}
    begun = values["acknowledged_on"] or (None if state in {State.ASSIGNED, State.CANCELLED} else values["assigned_on"])
    return {
        **given, **days, "state": state, "number": values["number"] or 0, "acknowledged_on": begun,
        "priority": values["priority"] or Directive.Priority.NORMAL,
        "first_due_on": values["first_due_on"] or values["due_on"],
        "percent": 100 if state in _DONE else min(values["percent"] or 0, 99),
    }  # fmt: skip


def _in_order(fields: Sequence[Field], row: Row) -> None:
    """Nothing lies before the order, and nothing that has happened lies ahead."""
    values, given_on = row.values, row.values["assigned_on"]
    for key in ("due_on", "first_due_on", "acknowledged_on", "done_on", "closed_on"):
        if values[key] and values[key] < given_on:
            sentence = _("This is before the day of the order, %(day)s.") % {"day": f"{given_on:%d/%m/%Y}"}
            raise WrongCell(label_of(fields, key), sentence)
    for key in ("assigned_on", "acknowledged_on", "done_on", "closed_on"):
        if values[key] and values[key] > today():
            raise WrongCell(label_of(fields, key), _("This day is still to come."))
    if values["done_on"] and values["closed_on"] and values["closed_on"] < values["done_on"]:
        raise WrongCell(label_of(fields, "closed_on"), _("It cannot be closed before it was reported done."))


def _needed(fields: Sequence[Field], row: Row, key: str, *, needed: bool) -> None:
    if needed and not row.values[key]:
        raise WrongCell(label_of(fields, key), _("This state needs this day."))
    if not needed and row.values[key]:
        raise WrongCell(label_of(fields, key), _("Leave this empty: the state says that it has not come to it."))
