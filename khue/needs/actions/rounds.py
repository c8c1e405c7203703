"""The department opens a collecting round, asks units, reminds them and closes it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import Membership, User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit, valid_on
from khue.documents.models import Document
from khue.flow.actions import Opening, move, open_cases, set_due
from khue.journal.actions import record
from khue.needs.actions.round_answers import locked_addressee
from khue.needs.models import Round, RoundAddressee
from khue.needs.rules.rounds import days_in_order, may_publish, may_run
from khue.notices.actions import Telling, notify_many, saying

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Call:
    """What a round asks for."""

    title: str
    year: int
    opens_on: date
    closes_on: date
    guidance: str = ""
    document: Document | None = None


@transaction.atomic
def open_round(call: Call, units: Collection[Unit], *, host: Unit, by: User) -> Round:
    """Prepare a round of `host`; nobody is asked before it is published.

    Raises:
        Refused: `round.not-yours`, `round.closes-early`, `round.no-title`.
    """
    require(may_run(by, host))
    _check(call)
    made = Round.objects.create(host=host, created_by=by, **_columns(call))
    RoundAddressee.objects.bulk_create([RoundAddressee(round=made, unit=unit) for unit in dict.fromkeys(units)], BATCH)
    record(made.dossier, "round.opened", by=by, acting_for=host.name, title=made.title, units=len(set(units)))
    return made


def _check(call: Call) -> None:
    require(days_in_order(call.opens_on, call.closes_on))
    if not call.title.strip():
        raise Refused(Refusal("round.no-title", _("Give the round a title, such as «Nhu cầu năm 2027».")))


def _columns(call: Call) -> dict[str, object]:
    return {
        "title": call.title.strip()[:200], "year": call.year, "opens_on": call.opens_on, "closes_on": call.closes_on,
        "guidance": call.guidance.strip(), "document": call.document,
    }  # fmt: skip


def locked_round(pk: int) -> Round:
    """The round as it is now, locked to the end of the transaction."""
    return Round.objects.select_for_update(of=["self"]).select_related("host").get(pk=pk)


@transaction.atomic
def change(found: Round, call: Call, *, by: User) -> Round:
    """Correct a round; a new closing day is carried to every unit that has not answered.

    Raises:
        Refused: `round.not-yours`, `round.closed`, `round.closes-early`, `round.no-title`.
    """
    taken = locked_round(found.pk)
    require(may_run(by, taken.host))
    _not_closed(taken)
    _check(call)
    before = taken.closes_on
    for name, value in _columns(call).items():
        setattr(taken, name, value)
    taken.save()
    record(taken.dossier, "round.changed", by=by, title=taken.title, closes_on=taken.closes_on)
    if taken.closes_on != before and taken.published_at is not None:
        reason = _("The round closes on %(day)s.") % {"day": f"{taken.closes_on:%d/%m/%Y}"}
        for row in taken.addressees.filter(answered_at=None, case__closed_at=None).select_related("case"):
            assert row.case is not None  # noqa: S101 - published
            set_due(row.case, taken.closes_on, by=by, reason=reason)
    return taken


def _not_closed(found: Round) -> None:
    if found.closed_at is not None:
        raise Refused(Refusal("round.closed", _("This round is closed; open a new one.")))


@transaction.atomic
def ask_also(found: Round, units: Iterable[Unit], *, by: User) -> int:
    """Ask further units; in a published round they are asked at once. Returns how many are new."""
    taken = locked_round(found.pk)
    require(may_run(by, taken.host))
    _not_closed(taken)
    there = set(taken.addressees.values_list("unit", flat=True))
    new = [RoundAddressee(round=taken, unit=unit) for unit in dict.fromkeys(units) if unit.pk not in there]
    RoundAddressee.objects.bulk_create(new, BATCH)
    if new:
        record(taken.dossier, "round.asked-also", by=by, count=len(new), units=", ".join(row.unit.name for row in new))
    if new and taken.published_at is not None:
        _ask(taken, new, by=by)
    return len(new)


@transaction.atomic
def leave_out(row: RoundAddressee, *, by: User) -> None:
    """Take a unit off a round that is not published yet. Raises Refused: `round.not-yours`, `round.published`."""
    taken = locked_addressee(row.pk)
    require(may_run(by, taken.round.host))
    if taken.round.published_at is not None:
        raise Refused(Refusal("round.published", _("This round was published already.")))
    record(taken.round.dossier, "round.left-out", by=by, unit=taken.unit.name)
    taken.delete()


@transaction.atomic
def publish(found: Round, *, by: User) -> Round:
    """Ask every addressee: each gets a case on its desk, due on the closing day, and a notice.

    Raises:
        Refused: `round.not-yours`, `round.published`, `round.nobody-asked`, `round.over`.
    """
    taken = locked_round(found.pk)
    require(may_run(by, taken.host))
    require(may_publish(taken))
    taken.published_at = now()
    taken.save(update_fields=["published_at"])
    rows = list(taken.addressees.select_related("unit"))
    record(taken.dossier, "round.published", by=by, units=len(rows), closes_on=taken.closes_on)
    _ask(taken, rows, by=by)
    return taken


def _ask(found: Round, rows: list[RoundAddressee], *, by: User) -> None:
    openings = [
        Opening(
            title=found.title, url=row.get_absolute_url(), dossier=row.dossier, due_on=found.closes_on,
            parties={"unit": row.unit, "department": found.host},
        )
        for row in rows
    ]  # fmt: skip
    for row, case in zip(rows, open_cases("round-answer", openings, by=by), strict=True):
        row.case = case
    RoundAddressee.objects.bulk_update(rows, ["case"], BATCH)
    subject = gettext_lazy("%(title)s: please answer by %(day)s")
    _tell(rows, key="asked", subject=_about(subject, found), body=found.guidance, by=by)


def _about(subject: Promise, found: Round) -> Promise:
    return saying(subject, title=found.title, day=f"{found.closes_on:%d/%m/%Y}")


def _tell(rows: Iterable[RoundAddressee], *, key: str, subject: Promise, body: str, by: User) -> None:
    """One notice a unit, to everybody in it, in a constant number of queries."""
    asked = list(rows)
    people: dict[int, list[User]] = {}
    parts = Membership.objects.filter(valid_on(today()), unit__in=[row.unit_id for row in asked], user__is_active=True)
    for part in parts.select_related("user"):
        people.setdefault(part.unit_id, []).append(part.user)
    tellings = [
        Telling(people.get(row.unit_id, []), f"{row.dossier}:{key}", subject, row.get_absolute_url(), body, row.dossier)
        for row in asked
    ]
    notify_many(tellings, by=by)


@transaction.atomic
def remind(rows: Collection[RoundAddressee], *, by: User) -> int:
    """Remind those of `rows` that have not answered, each at most once a day; returns how many.

    Raises:
        Refused: `round.not-yours`.
    """
    waiting = [locked_addressee(row.pk) for row in sorted(rows, key=lambda row: row.pk)]
    for host in {row.round.host_id: row.round.host for row in waiting}.values():
        require(may_run(by, host))
    late = [row for row in waiting if row.answered_at is None and row.round.is_open and row.reminded_on != today()]
    for row in late:
        row.reminded_on = today()
        row.save(update_fields=["reminded_on"])
    by_round = {row.round_id: row.round for row in late}
    for found in by_round.values():
        own = [row for row in late if row.round_id == found.pk]
        subject = gettext_lazy("Reminder: %(title)s, answer by %(day)s")
        _tell(own, key=f"reminded:{today()}", subject=_about(subject, found), body=found.guidance, by=by)
        record(found.dossier, "round.reminded", by=by, count=len(own), units=", ".join(row.unit.name for row in own))
    return len(late)


@transaction.atomic
def close(found: Round, *, by: User) -> Round:
    """Take no further answers; those who have not answered are recorded so.

    Raises:
        Refused: `round.not-yours`, `round.not-open`.
    """
    taken = locked_round(found.pk)
    require(may_run(by, taken.host))
    if not taken.is_open:
        raise Refused(Refusal("round.not-open", _("Only a published round can be closed, once.")))
    open_rows = taken.addressees.filter(answered_at=None, case__closed_at=None).select_related("case")
    for row in open_rows.order_by("pk"):
        assert row.case is not None  # noqa: S101 - published
        move(row.case, "close", by=by)
    taken.closed_at = now()
    taken.save(update_fields=["closed_at"])
    answered = taken.addressees.filter(answered_at__isnull=False).count()
    record(taken.dossier, "round.closed", by=by, answered=answered, asked=taken.addressees.count())
    return taken
