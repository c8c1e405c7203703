"""A unit's report from the first figure to approval, and corrections after it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.rules import holders
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.indicators.actions import desk
from khue.indicators.actions.cycles import given
from khue.indicators.actions.figures import Conflict, Entry, Saved, keyed, move_figures, read_number, write
from khue.indicators.actions.texts import keep_texts
from khue.indicators.models import Observation, Reopening, UnitReport
from khue.indicators.rules import reports as rules
from khue.indicators.rules.checking import findings, told
from khue.indicators.rules.locks import opening_of
from khue.indicators.rules.scope import APPROVE, MANAGE, lead_of, people_of
from khue.indicators.rules.sheet import Sheet, sheet_of
from khue.journal.actions import record
from khue.notices.actions import notify, saying

__all__ = [
    "Conflict", "Entry", "Saved", "approve", "approve_many", "correct", "read_number", "return_", "save_draft",
    "submit", "take_back",
]  # fmt: skip

State = UnitReport.State


def locked(report: UnitReport) -> UnitReport:
    """The report as it is now, locked to the end of the transaction."""
    return rules.for_action().select_for_update(of=("self",)).get(pk=report.pk)


@transaction.atomic
def save_draft(
    report: UnitReport,
    entries: Iterable[Entry] = (),
    *,
    by: Actor,
    texts: Mapping[str, str] | None = None,
    was: Mapping[str, str] | None = None,
    revision: int | None = None,
) -> Saved:
    """Keep figures and text parts of a draft. A figure that somebody else changed since it was `seen` is not written
    but told in `conflicts`, a text that is another than it `was` on the page in `contested`; all others are kept.

    Raises:
        Refused: `report.not-yours`, `report.not-open`, `report.locked`, `report.changed-meanwhile` (texts that are
            older than `revision`), `figure.unknown`, `figure.range`.
    """
    taken = locked(report)
    require(rules.may_write(by, taken))
    sheet = sheet_of(taken)
    saved = write(sheet, keyed(sheet, entries), by=by, state=taken.state)
    changed, saved.contested = keep_texts(taken, texts or {}, by=by, was=was or {}, revision=revision)
    if saved.saved or changed:
        first = taken.started_at is None
        taken.started_at = taken.started_at or now()
        taken.revision += 1
        taken.save(update_fields=["started_at", "revision", "texts"])
        if first:
            record(taken.dossier, "unit-report.started", by=by, unit=taken.unit.name)
    saved.report = taken
    saved.findings = findings(sheet_of(taken), complete=False)
    return saved


@transaction.atomic
def submit(report: UnitReport, *, by: Actor) -> UnitReport:
    """Send the report; the first approval is the sender's own where he or she may give it. The moment counts at the
    place the site serves: the last second of the last day is on time. Sent twice, it is sent once.

    Raises:
        Refused: as `save_draft`; `report.findings` naming every figure that is wrong or needs a reason.
    """
    taken = locked(report)
    if not taken.is_open and taken.submitted_by_id == by.actor_id:
        return taken
    require(rules.may_submit(by, taken))
    sheet = sheet_of(taken)
    if found := findings(sheet):
        sentence = _("The report cannot be sent yet:\n%(all)s")
        raise Refused(Refusal("report.findings", sentence % {"all": "\n".join(one.sentence for one in found)}))
    moment = now()
    taken.state, taken.level, taken.reason = State.SUBMITTED, 0, ""
    taken.submitted_at, taken.submitted_by = moment, by if isinstance(by, User) else None
    taken.submitted_on = taken.submitted_on or localtime(moment).date()
    taken.revision += 1
    taken.save()
    move_figures(taken, State.SUBMITTED, _indicators(sheet))
    if opening := opening_of(taken):
        Reopening.objects.filter(pk=opening.pk).update(ended_at=moment)
    step = rules.waits_for(taken)
    if not step or (step == "head" and isinstance(by, User) and rules.decides(by, taken, step)):
        return _pass_on(taken, sheet, by=by)
    desk.step(taken, f"send-to-{rules.waits_for(taken)}", by=by)
    _tell_next(taken, by=by)
    return taken


def _indicators(sheet: Sheet) -> Sequence[int]:
    return sorted({line.indicator.pk for line in sheet.lines})


@transaction.atomic
def take_back(report: UnitReport, *, by: Actor) -> UnitReport:
    """The unit takes back what it sent. Raises Refused: `report.not-yours`, `report.not-to-take-back`,
    `report.locked`."""
    taken = locked(report)
    require(rules.may_take_back(by, taken))
    _open_again(taken, State.DRAFT)
    desk.step(taken, "take-back", by=by)
    return taken


def _open_again(report: UnitReport, state: str) -> None:
    report.state, report.level = state, 0
    report.approved_at = report.approved_by = None
    report.revision += 1
    report.save()
    move_figures(report, state, _indicators(sheet_of(report)))


@transaction.atomic
def return_(report: UnitReport, *, reason: str, by: Actor, marks: Mapping[int, str] | None = None) -> UnitReport:
    """Send the report back, with a question on each figure of `marks` (number of the observation -> question). All who
    acted before are told.

    Raises:
        Refused: `report.not-sent`, `report.not-yours-to-approve`, `report.locked`, `reason-missing`.
    """
    taken = locked(report)
    require(rules.may_return(by, taken))
    taken.reason = given(reason)
    own = Observation.objects.filter(period=taken.cycle.period_id, unit=taken.unit_id)
    own.exclude(mark="").update(mark="")
    marked = [(one, text.strip()) for one, text in (marks or {}).items() if text.strip()]
    for one, text in marked:
        own.filter(pk=one).update(mark=text[:400])
    desk.bring_back(taken, reason=taken.reason, by=by)
    _open_again(taken, State.RETURNED)
    subject = gettext_lazy("%(unit)s: the report of %(period)s was returned")
    _tell(taken, _acted(taken), f"returned:{taken.revision}", subject, taken.reason, by=by)
    return taken


@transaction.atomic
def approve(report: UnitReport, *, by: Actor) -> UnitReport:
    """Give the approval that the report waits for; after the last one its figures are approved.

    Raises:
        Refused: `report.not-sent`, `report.not-yours-to-approve`.
    """
    taken = locked(report)
    require(rules.may_approve(by, taken))
    return _pass_on(taken, sheet_of(taken), by=by)


def _pass_on(report: UnitReport, sheet: Sheet, *, by: Actor) -> UnitReport:
    steps = report.cycle.report_set.approvals
    report.level = min(report.level + 1, len(steps))
    report.revision += 1
    if report.level < len(steps):
        report.save()
        desk.step(report, f"send-to-{rules.waits_for(report)}", by=by)
        _tell_next(report, by=by)
        return report
    report.state, report.approved_at, report.approved_by = State.APPROVED, now(), by if isinstance(by, User) else None
    report.save()
    move_figures(report, State.APPROVED, _indicators(sheet))
    desk.step(report, "approve", by=by)
    subject = gettext_lazy("%(unit)s: the report of %(period)s was approved")
    _tell(report, _acted(report), f"approved:{report.revision}", subject, "", by=by)
    return report


def approve_many(
    reports: Iterable[UnitReport], *, by: Actor
) -> tuple[list[UnitReport], list[tuple[UnitReport, Refusal]]]:
    """Approve each of `reports` that the person may approve; returns those, and the others with the reason."""
    done, left = [], []
    for report in reports:
        try:
            done.append(approve(report, by=by))
        except Refused as refused:
            left.append((report, refused.refusal))
    return done, left


@transaction.atomic
def correct(report: UnitReport, entries: Iterable[Entry], *, reason: str, by: Actor) -> Saved:
    """Correct figures of an approved report, locked or not; the sums above follow in the same transaction. The journal
    keeps what stood there before.

    Raises:
        Refused: `report.not-approved`, `report.not-yours-to-correct`, `reason-missing`, `figure.unknown`,
            `figure.range`.
    """
    taken = locked(report)
    require(rules.may_correct(by, taken))
    why = given(reason)
    sheet = sheet_of(taken)
    wanted = keyed(sheet, entries)
    before = {key: line.value for key in wanted if (line := sheet.line(key))}
    saved = write(sheet, wanted, by=by, state=State.APPROVED)
    if saved.saved:
        taken.revision += 1
        taken.save(update_fields=["revision"])
    for one in saved.saved:
        was = before[(one.indicator_id, one.category.pk)]
        facts = {"was": _figure(was), "now": _figure(one.value), "name": one.indicator.name, "reason": why}
        record(taken.dossier, "unit-report.corrected", by=by, indicator=one.indicator.code, **facts)
    if saved.saved:
        subject = gettext_lazy("%(unit)s: figures of %(period)s were corrected")
        _tell(taken, _acted(taken), f"corrected:{taken.revision}", subject, why, by=by)
    saved.report = taken
    saved.findings = findings(sheet_of(taken), complete=False)
    return saved


def _figure(value: Decimal | None) -> str:
    return "–" if value is None else told(value)


def _acted(report: UnitReport) -> list[User]:
    """Who sent it, and who wrote its figures."""
    wrote = Observation.objects.filter(period=report.cycle.period_id, unit=report.unit_id).values("author")
    return list(User.objects.filter(Q(pk__in=wrote) | Q(pk__in=[report.submitted_by_id])))


def _tell_next(report: UnitReport, *, by: Actor) -> None:
    step = rules.waits_for(report)
    if not step:
        return
    unit = report.unit
    if step == "above" and report.unit.parent:
        unit = report.unit.parent
    if step == "lead":
        unit = lead_of(report.cycle.report_set.programme)
    people = people_of(unit, MANAGE) if step == "lead" else holders(APPROVE, unit)
    subject = gettext_lazy("%(unit)s: the report of %(period)s waits for your approval")
    _tell(report, people, f"sent:{report.revision}", subject, "", by=by)


def _tell(report: UnitReport, users: Iterable[User], key: str, subject: Promise, body: str, *, by: Actor) -> None:
    notify(
        users, key=f"{report.dossier}:{key}", body=body, url=report.get_absolute_url(), dossier=report.dossier, by=by,
        subject=saying(subject, unit=report.unit.name, period=report.cycle.period),
    )  # fmt: skip
