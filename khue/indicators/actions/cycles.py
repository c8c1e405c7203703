"""Calling for reports, reminding, locking, and opening a locked period for one unit."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import Membership, User
from khue.accounts.roles import all_roles
from khue.core import periods
from khue.core.actors import CALENDAR, Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit, valid_on
from khue.directory.search import department, resolve_many
from khue.indicators.actions import desk, measuring
from khue.indicators.actions.periods import ensure
from khue.indicators.models import Cycle, Period, Reopening, ReportSet, UnitReport
from khue.indicators.rules.cycles import may_lock, may_reopen, may_run, may_unlock
from khue.indicators.rules.reports import for_action
from khue.indicators.rules.scope import REPORT
from khue.journal.actions import record
from khue.notices.actions import Telling, notify_many, saying

BATCH = 1000
DEPARTMENT = "department"
"""The name, on the shelf, of the department that the site serves."""


def asked(report_set: ReportSet, period: Period) -> list[Unit]:
    """The units that report in a period: of the set's levels, and by name, that exist on its last day."""
    names = [name for name in report_set.named if name != DEPARTMENT]
    found = [one.unit.pk for one in resolve_many(names, period.last).values() if one.unit] if names else []
    if DEPARTMENT in report_set.named:
        found.append(department().pk)
    wanted = Q(kind__in=report_set.levels) | Q(pk__in=found) | Q(report_sets=report_set)
    return list(Unit.objects.filter(wanted).as_of(period.last).distinct())


@transaction.atomic
def open_cycle(report_set: ReportSet, period: Period, *, by: Actor) -> Cycle:
    """Ask every unit of the set for its report of `period`; units that came since are asked as well.

    Raises:
        Refused: `cycle.not-yours`, `cycle.wrong-period` (another kind of period than the set's).
    """
    require(may_run(by, report_set))
    if period.kind != report_set.every:
        sentence = _("“%(set)s” is reported %(every)s; %(period)s is another kind of period.")
        told = {"set": report_set.label, "every": report_set.get_every_display().lower(), "period": period.called}
        raise Refused(Refusal("cycle.wrong-period", sentence % told))
    lock = periods.lock(period.kind)
    cycle, new = Cycle.objects.get_or_create(
        report_set=report_set,
        period=period,
        defaults={"locks_on": lock.after(period.last), "lock_basis": lock.basis, "opened_at": now()},
    )
    there = set(cycle.reports.values_list("unit", flat=True))
    reports = [
        UnitReport(cycle=cycle, unit=unit, due_on=periods.due(period.kind, unit.kind).after(period.last))
        for unit in asked(report_set, period)
        if unit.pk not in there
    ]
    UnitReport.objects.bulk_create(reports, BATCH)
    if new:
        record(cycle.dossier, "cycle.opened", by=by, set=report_set.label, period=period.label, units=len(reports))
    desk.ask(reports, by=by)
    measuring.refresh(reports, by=by)
    subject = gettext_lazy("%(set)s, %(period)s: please report by %(day)s")
    _tell([one for one in reports if not cycle.is_locked], key="asked", subject=subject, by=by)
    return cycle


@transaction.atomic
def open_due(day: date | None = None) -> list[Cycle]:
    """Open the cycles of periods that ended within the last month and are not open yet; the calendar does it."""
    day = day or today()
    since = day - timedelta(days=31)
    for year in {day.year, since.year}:
        ensure(year)
    running = ReportSet.objects.filter(valid_on(day)).select_related("programme")
    ended = Period.objects.filter(last__lt=day, last__gte=since)
    return [
        open_cycle(one, period, by=CALENDAR)
        for one in running
        for period in ended.filter(kind=one.every, last__gte=one.valid_from).exclude(cycles__report_set=one)
    ]


def _tell(reports: Iterable[UnitReport], *, key: str, subject: Promise, by: Actor, body: str = "") -> None:
    """One notice a unit to those who report for it, in a constant number of queries."""
    rows = list(reports)
    roles = [role.name for role in all_roles().values() if role.allows(REPORT)]
    parts = Membership.objects.filter(
        valid_on(today()), role__in=roles, unit__in={row.unit_id for row in rows}, user__is_active=True
    ).select_related("user")
    people: dict[int, list[User]] = {}
    for part in parts:
        people.setdefault(part.unit_id, []).append(part.user)
    tellings = []
    for row in rows:
        told = saying(subject, set=row.cycle.report_set.label, period=row.cycle.period, day=f"{row.due_on:%d/%m/%Y}")
        who = people.get(row.unit_id, [])
        tellings.append(Telling(who, f"{row.dossier}:{key}", told, row.get_absolute_url(), body, row.dossier))
    notify_many(tellings, by=by)


@transaction.atomic
def remind(reports: Collection[UnitReport], *, by: Actor) -> int:
    """Remind those of `reports` that were not sent, each at most once a day; returns how many.

    Raises:
        Refused: `cycle.not-yours`.
    """
    rows = list(for_action().filter(pk__in=[one.pk for one in reports]).select_for_update(of=("self",)).order_by("pk"))
    for report_set in {row.cycle.report_set_id: row.cycle.report_set for row in rows}.values():
        require(may_run(by, report_set))
    waiting = [row for row in rows if row.is_open and row.reminded_on != today()]
    for row in waiting:
        row.reminded_on = today()
    UnitReport.objects.bulk_update(waiting, ["reminded_on"], BATCH)
    subject = gettext_lazy("Reminder: %(set)s, %(period)s was due on %(day)s")
    _tell(waiting, key=f"reminded:{today()}", subject=subject, by=by)
    for cycle in {row.cycle_id: row.cycle for row in waiting}.values():
        units = [row.unit.name for row in waiting if row.cycle_id == cycle.pk]
        record(cycle.dossier, "cycle.reminded", by=by, count=len(units), units=", ".join(units))
    return len(waiting)


def _locked(cycle: Cycle) -> Cycle:
    rows = Cycle.objects.select_for_update(of=("self",)).select_related("period", "report_set__programme__lead")
    return rows.get(pk=cycle.pk)


@transaction.atomic
def lock(cycle: Cycle, *, reason: str, by: User) -> Cycle:
    """Lock a period before its day. Raises Refused: `cycle.not-yours`, `cycle.locked`, `reason-missing`."""
    taken = _locked(cycle)
    require(may_lock(by, taken))
    taken.locked_at, taken.locked_by, taken.lock_reason = now(), by, given(reason)
    taken.save(update_fields=["locked_at", "locked_by", "lock_reason"])
    record(taken.dossier, "cycle.locked", by=by, period=taken.period.label, reason=taken.lock_reason)
    return taken


@transaction.atomic
def unlock(cycle: Cycle, *, reason: str, by: User) -> Cycle:
    """Take back a lock by hand. Raises Refused: `cycle.not-yours`, `cycle.not-locked`, `reason-missing`."""
    taken = _locked(cycle)
    require(may_unlock(by, taken))
    taken.locked_at, taken.locked_by, taken.lock_reason = None, None, ""
    taken.save(update_fields=["locked_at", "locked_by", "lock_reason"])
    record(taken.dossier, "cycle.unlocked", by=by, period=taken.period.label, reason=given(reason))
    return taken


@transaction.atomic
def reopen(report: UnitReport, *, reason: str, until: date, by: User) -> Reopening:
    """Open a locked period for one unit, until the end of `until`; an exception that runs is replaced.

    Raises:
        Refused: `cycle.not-yours`, `reopening.not-locked`, `reopening.past`, `reason-missing`.
    """
    taken = for_action().select_for_update(of=("self",)).get(pk=report.pk)
    require(may_reopen(by, taken, until=until))
    Reopening.objects.filter(report=taken, ended_at=None).update(ended_at=now())
    made = Reopening.objects.create(report=taken, reason=given(reason), until=until, by=by, at=now())
    record(taken.dossier, "unit-report.reopened", by=by, until=until, reason=made.reason)
    desk.ask_again(taken, until=until, by=by)
    measuring.refresh([taken], by=by)
    subject = gettext_lazy("%(set)s, %(period)s is open for your unit again")
    _tell([taken], key=f"reopened:{made.pk}", subject=subject, body=made.reason, by=by)
    return made


@transaction.atomic
def end_reopening(reopening: Reopening, *, by: User) -> None:
    """Take an exception back before its last day. Raises Refused: `cycle.not-yours`, `reopening.not-locked`."""
    taken = for_action().select_for_update(of=("self",)).get(pk=reopening.report_id)
    require(may_reopen(by, taken))
    if Reopening.objects.filter(pk=reopening.pk, ended_at=None).update(ended_at=now()):
        record(taken.dossier, "unit-report.closed-again", by=by, reason=reopening.reason)


def given(reason: str) -> str:
    """The reason without blanks around it. Raises Refused `reason-missing` for an empty one."""
    if not reason.strip():
        raise Refused(Refusal("reason-missing", _("Say why: the reason is kept and shown to the unit.")))
    return reason.strip()[:400]
