"""Calls and invitations: prepared, published, closed, repeated, cancelled."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import Membership, User
from khue.accounts.roles import all_roles
from khue.accounts.scope import people_of, people_of_all
from khue.core.actors import CALENDAR, Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit, valid_on
from khue.flow.actions import move, open_case
from khue.flow.models import Case
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.missions.models import Call, Order, Selection
from khue.missions.rules.select import calls as rules
from khue.missions.rules.select.parts import WRITE
from khue.notices.actions import notify, saying

PROCESS = "mission-select"
APPLYING = (Unit.Kind.INSTITUTE, Unit.Kind.ENTERPRISE, Unit.Kind.ASSOCIATION)
"""Kinds of organisations that are told of a call."""


@transaction.atomic
def draft_call(
    orders: Sequence[Order], *, title: str, closes_at: datetime, by: Actor, text: str = "", sign: str = "",
    repeats: Call | None = None,
) -> Call:  # fmt: skip
    """Begin a call for orders of approved lists; each becomes a selection of its own. Raises Refused: `call.no-order`,
    `call.not-yours`, `call.two-hosts`, `call.not-approved`, `call.order-taken`, `call.direct`, `call.title`."""
    locked = list(Order.objects.select_for_update(of=("self",)).select_related("list__host")
                  .filter(pk__in=[order.pk for order in orders]).order_by("number", "pk"))  # fmt: skip
    require(rules.may_draft(by, locked))
    _require_title(title)
    call = Call.objects.create(
        title=title.strip(), text=text.strip(), sign=sign.strip(), host=locked[0].list.host, closes_at=closes_at,
        repeats=repeats, created_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    for order in locked:
        _begin(order, by=by, call=call, closes_at=closes_at)
    record(call.dossier, "call.drafted", by=by, title=call.title, count=len(locked))
    return call


def _require_title(title: str) -> None:
    if not title.strip():
        raise Refused(Refusal("call.title", _("Give the call a title.")))


def _begin(
    order: Order, *, by: Actor, closes_at: datetime, call: Call | None = None, invited: Unit | None = None
) -> Selection:
    attempt = (order.selections.aggregate(last=Max("attempt"))["last"] or 0) + 1
    selection = Selection.objects.create(order=order, call=call, invited=invited, attempt=attempt, closes_at=closes_at)
    selection.case = open_case(
        PROCESS, title=order.name, url=selection.get_absolute_url(), dossier=selection.dossier,
        parties={"department": order.list.host}, by=by,
    )  # fmt: skip
    selection.save(update_fields=["case"])
    order.state = Order.State.SELECTING
    order.save(update_fields=["state"])
    return selection


def locked_call(call: Call) -> Call:
    """The call as it is now, locked until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("host").get(pk=call.pk)


@transaction.atomic
def change_call(call: Call, *, title: str, text: str, sign: str, closes_at: datetime, by: Actor) -> Call:
    """Write on in a call that is not published yet. Raises Refused: `call.not-yours`, `call.published`."""
    current = locked_call(call)
    require(rules.may_keep(by, current.host))
    if current.state != Call.State.DRAFT:
        sentence = _("A published call is not changed any more; cancel it and call again.")
        raise Refused(Refusal("call.published", sentence))
    _require_title(title)
    current.title, current.text, current.sign, current.closes_at = title.strip(), text.strip(), sign.strip(), closes_at
    current.save()
    current.selections.update(closes_at=closes_at)
    record(current.dossier, "call.changed", by=by, title=current.title)
    call.refresh_from_db()
    return current


@transaction.atomic
def publish(call: Call, *, by: Actor) -> Call:
    """Open the call: from now on every organisation reads it, and applications are taken until it closes. Raises
    Refused: `call.not-yours`, `call.published`, `call.too-short`."""
    current = locked_call(call)
    require(rules.may_keep(by, current.host))
    selections = list(current.selections.select_related("case__process_version"))
    for selection in selections:
        assert selection.case is not None  # noqa: S101 - see _begin
        require(rules.may_publish(current, selection.case.definition))
        move(selection.case, "publish", by=by)
    current.state, current.published_at = Call.State.OPEN, now()
    current.save(update_fields=["state", "published_at"])
    closes = f"{localtime(current.closes_at):%H:%M %d/%m/%Y}"
    record(current.dossier, "call.published", by=by, closes_at=closes)
    notify(
        _organisations(), key=f"call:{current.pk}:published",
        subject=saying(gettext_lazy("Call for applications: %(title)s"), title=current.title),
        body=current.text, url=current.get_absolute_url(), dossier=current.dossier, by=by,
    )  # fmt: skip
    call.refresh_from_db()
    return current


def _organisations() -> list[User]:
    """Who writes applications in institutes, enterprises and associations."""
    writing = [role.name for role in all_roles().values() if role.allows(WRITE)]
    parts = Membership.objects.filter(valid_on(today()), role__in=writing, unit__kind__in=APPLYING)
    return list(User.objects.filter(pk__in=parts.values("user"), is_active=True))


@transaction.atomic
def invite_directly(
    order: Order, unit: Unit, *, closes_at: datetime, by: Actor, ground: str = ""
) -> Selection:  # fmt: skip
    """Ask one organisation for a file, for a ground of `processes/missions.toml`. Raises Refused: `call.not-yours`,
    `call.not-approved`, `call.order-taken`, `call.no-ground`, `call.past`."""
    current = Order.objects.select_for_update(of=("self",)).select_related("list__host").get(pk=order.pk)
    require(rules.may_keep(by, current.list.host))
    require(rules.may_select(current))
    ground = ground or current.ground
    if ground not in words("grounds"):
        sentence = _("Say why the mission is assigned directly: choose one of the grounds that the rules name.")
        raise Refused(Refusal("call.no-ground", sentence))
    if closes_at <= now():
        raise Refused(Refusal("call.past", _("The closing moment must lie in the future.")))
    current.way, current.ground = "direct", ground
    current.save(update_fields=["way", "ground"])
    selection = _begin(current, by=by, closes_at=closes_at, invited=unit)
    assert selection.case is not None  # noqa: S101 - see _begin
    move(selection.case, "invite", by=by)
    record(selection.dossier, "selection.invited", by=by, unit=unit.name, ground=str(words("grounds")[ground].label.vi))
    notify(
        people_of(unit, WRITE), key=f"selection:{selection.pk}:invited",
        subject=saying(gettext_lazy("You are invited to apply: %(title)s"), title=selection),
        url=selection.get_absolute_url(), dossier=selection.dossier, by=by,
    )  # fmt: skip
    order.refresh_from_db()
    return selection


@transaction.atomic
def close_due() -> int:
    """Close every selection whose closing moment has passed; returns how many. Safe to run again."""
    due = Selection.objects.filter(case__step="open", closes_at__lt=now()).select_related("case")
    done = 0
    for selection in due.select_for_update(of=("self",), skip_locked=True):
        close(selection)
        done += 1
    return done


def close(selection: Selection) -> None:
    """The moment has passed: nothing is taken any more. Callers hold the row."""
    assert selection.case is not None  # noqa: S101 - see _begin
    case = Case.objects.get(pk=selection.case.pk)
    if case.step == "open":
        move(case, "close", by=CALENDAR)
    call = selection.call
    if call is not None and call.state == Call.State.OPEN:
        call.state = Call.State.CLOSED
        call.save(update_fields=["state"])
        record(call.dossier, "call.closed", by=CALENDAR)
    selection.refresh_from_db()


@transaction.atomic
def repeat(call: Call, *, closes_at: datetime, by: Actor) -> Call:
    """Call again, as the next attempt, for the orders of `call` that found nobody; the new call is a draft. Raises
    Refused: `call.not-failed`, `call.too-late`, and what `draft_call` refuses."""
    failed = list(
        call.selections.filter(order__state=Order.State.FAILED, case__step="failed")
        .select_related("order__list__host", "case__process_version", "call")
    )  # fmt: skip
    if not failed:
        raise Refused(Refusal("call.not-failed", _("Every mission of this call found somebody, or is still open.")))
    for selection in failed:
        assert selection.case is not None  # noqa: S101 - see _begin
        require(rules.may_repeat(selection, selection.case.definition))
    title = _("%(title)s (call %(number)s)") % {"title": call.title, "number": failed[0].attempt + 1}
    return draft_call(
        [selection.order for selection in failed], title=title[:250], text=call.text, closes_at=closes_at, by=by,
        repeats=call,
    )  # fmt: skip


@transaction.atomic
def cancel_call(call: Call, *, by: Actor, reason: str) -> Call:
    """End a call without a result; its orders are free again, applications stay sealed for ever. Raises Refused:
    `call.reason`, `call.cancelled`, `flow.…`."""
    current = locked_call(call)
    require(rules.may_keep(by, current.host))
    if not reason.strip():
        raise Refused(Refusal("call.reason", _("Write why the call is cancelled; the applicants read it.")))
    if current.state == Call.State.CANCELLED:
        raise Refused(Refusal("call.cancelled", _("This call was cancelled already.")))
    for selection in current.selections.select_related("case", "order"):
        if selection.case is not None and selection.case.closed_at is None:
            cancel_selection(selection, by=by, reason=reason)
    current.state = Call.State.CANCELLED
    current.save(update_fields=["state"])
    record(current.dossier, "call.cancelled", by=by, reason=reason.strip())
    call.refresh_from_db()
    return current


@transaction.atomic
def cancel_selection(selection: Selection, *, by: Actor, reason: str) -> Selection:
    """End one selection; the order is free again. Raises Refused: `flow.…`."""
    current = Selection.objects.select_for_update(of=("self",)).select_related("case", "order").get(pk=selection.pk)
    assert current.case is not None  # noqa: S101 - see _begin
    move(current.case, "cancel", by=by, comment=reason)
    current.order.state = Order.State.LISTED
    current.order.save(update_fields=["state"])
    _tell_applicants(current, reason, by=by)
    selection.refresh_from_db()
    return current


def _tell_applicants(selection: Selection, reason: str, *, by: Actor) -> None:
    leads = set(selection.applications.values_list("lead", flat=True))
    notify(
        people_of_all(leads, WRITE), key=f"selection:{selection.pk}:cancelled",
        subject=saying(gettext_lazy("The selection was cancelled: %(title)s"), title=selection), body=reason,
        url=selection.get_absolute_url(), dossier=selection.dossier, by=by,
    )  # fmt: skip
