"""From the winner's completed outline over the budget appraisal to the approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.money import dong
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import SubjectSpec, form
from khue.councils.models import Council, Subject
from khue.flow.actions import move
from khue.flow.shelf.law import cite
from khue.flow.shelf.words import label_in
from khue.journal.actions import record
from khue.missions.actions.carry.contracting import start_mission
from khue.missions.actions.plan_people import enter_people
from khue.missions.actions.select.eligibility import people_of
from khue.missions.actions.select.evaluating import council_of, require_department, require_step
from khue.missions.actions.select.opening import locked
from khue.missions.actions.select.plans import lock_plan
from khue.missions.models import Application, ApprovedLine, Order, Plan, PlanBudget, PlanPerson, Selection
from khue.missions.rules.select.applications import is_author
from khue.missions.rules.select.attachments import quotations_missing
from khue.missions.rules.select.completeness import lacking
from khue.missions.rules.select.eligibility import leads_by_now
from khue.missions.rules.select.plans import sums
from khue.missions.rules.select.reviewing import definition_of
from khue.notices.actions import notify, saying

BUDGET = "budget"
Line = tuple[str, str, str, int]
"""Item, note, source and year of a budget line."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What the budget team says of one line, in đồng."""

    approved: int
    remark: str = ""


def _winner(selection: Selection) -> tuple[Application, Plan]:
    if selection.winner is None or selection.completed is None:
        raise Refused(Refusal("selection.nobody", _("Nobody was chosen yet.")))
    return selection.winner, selection.completed


@transaction.atomic
def hand_in(selection: Selection, *, by: Actor) -> Selection:
    """The winner hands in the completed outline, or the one revised after the appraisal. Raises Refused:
    `application.incomplete`, `attachment.no-quotation`, `attachment.quotation`, `budget.over-approved` (a line above
    what the team approved), `flow.…`."""
    current = locked(selection)
    require_step(current, "winner-completing", "winner-revising")
    winner, plan = _winner(current)
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    if isinstance(by, User) and not is_author(by, winner):
        require_department(by, current)
    missing = lacking(winner, definition_of(current), plan)
    if missing:
        sentence = _("The outline is not complete yet: %(missing)s.")
        told = {"missing": "; ".join(item.words for item in missing)}
        raise Refused(Refusal("application.incomplete", sentence % told))
    require(quotations_missing(winner, today(), definition_of(current)))
    revising = current.case.step == "winner-revising"
    if revising:
        require(_over_approved(current, plan))
    enter_people(plan)
    move(current.case, "hand-in-revision" if revising else "hand-in-outline", by=by)
    selection.refresh_from_db()
    return current


def _over_approved(selection: Selection, plan: Plan) -> Refusal | None:
    allowed = {_key(row): row.approved for row in selection.approved_lines.all()}
    for line in plan.budget.all() if allowed else []:
        most = allowed.get(_key(line), 0)
        if line.amount > most:
            sentence = _("%(item)s, year %(year)s: %(amount)s is above what the budget team approved, %(most)s.")
            told = {"item": _item(line), "year": line.year, "amount": dong(line.amount), "most": dong(most)}
            return Refusal("budget.over-approved", sentence % told)
    return None


def _item(line: PlanBudget) -> str:
    """The item as people call it."""
    return label_in("items", line.item)


def _key(line: PlanBudget | ApprovedLine) -> Line:
    return (line.item, line.note, line.source, line.year)


@transaction.atomic
def form_budget_team(selection: Selection, *, by: Actor, title: str = "") -> Council:
    """Set up the team that appraises the winner's budget. Raises Refused: `selection.…`, and what `councils.form`
    refuses."""
    current = locked(selection)
    require_department(by, current)
    require_step(current, "appraising")
    winner, plan = _winner(current)
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    title = title or _("Budget appraisal: %(order)s") % {"order": current.order.name}
    council = form(
        BUDGET, version=current.case.process_version, title=title[:300], host=current.host,
        subjects=[SubjectSpec(winner.dossier, plan.name, winner.get_absolute_url(), plan.type)], by=by,
    )  # fmt: skip
    record(current.dossier, "selection.budget-team", by=by, title=council.title)
    return council


@transaction.atomic
def appraise(selection: Selection, lines: Mapping[int, Cut], *, by: Actor) -> list[ApprovedLine]:
    """Keep what the team approves of each line of the completed budget (number of the line -> amount, why it is cut);
    lines that are not named stay as proposed. Raises Refused: `budget.line`, `budget.remark`, `selection.…`."""
    current = locked(selection)
    require_department(by, current)
    require_step(current, "appraising")
    plan = _winner(current)[1]
    rows = []
    for line in plan.budget.all():
        cut = lines.get(line.pk, Cut(line.amount))
        require(_cut_refusal(line, cut))
        rows.append(
            ApprovedLine(
                selection=current, item=line.item, note=line.note, source=line.source, year=line.year,
                proposed=line.amount, approved=cut.approved, remark=cut.remark.strip()[:300],
            )
        )  # fmt: skip
    current.approved_lines.all().delete()
    ApprovedLine.objects.bulk_create(rows)
    approved = sum(row.approved for row in rows)
    record(current.dossier, "selection.appraised", by=by, proposed=sums(plan).total, approved=approved)
    return rows


def _cut_refusal(line: PlanBudget, cut: Cut) -> Refusal | None:
    where = {"item": _item(line), "year": line.year}
    if not 0 <= cut.approved <= line.amount:
        sentence = _("%(item)s, year %(year)s: approve an amount from 0 to %(most)s.")
        return Refusal("budget.line", sentence % {**where, "most": dong(line.amount)})
    if cut.approved < line.amount and not cut.remark.strip():
        return Refusal("budget.remark", _("%(item)s, year %(year)s: write why it is cut.") % where)
    return None


def _team_done(selection: Selection) -> Refusal | None:
    team = council_of(selection, BUDGET)
    if team is None or team.state != Council.State.CONCLUDED:
        return Refusal("budget.not-concluded", _("The budget team has not concluded yet."))
    if not team.subjects.filter(outcome=Subject.Outcome.PASSED).exists():
        sentence = _("The budget team did not agree; ask for a revision or record that nobody was found.")
        return Refusal("budget.not-agreed", sentence)
    return None


@transaction.atomic
def ask_revision(selection: Selection, *, reason: str, by: Actor) -> Selection:
    """The winner revises outline and budget; the approved amounts stand in the budget already. Raises Refused:
    `budget.not-concluded`, `flow.comment-missing`, `flow.…`."""
    current = locked(selection)
    require_department(by, current)
    winner, plan = _winner(current)
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    if current.case.step == "appraising" and council_of(current, BUDGET) is None:
        raise Refused(Refusal("budget.not-concluded", _("The budget team has not concluded yet.")))
    move(current.case, "ask-revision", by=by, comment=reason)
    approved = {_key(row): row.approved for row in current.approved_lines.all()}
    for line in plan.budget.all():
        line.amount = approved.get(_key(line), line.amount)
        line.save(update_fields=["amount"])
    notify(
        people_of(winner), key=f"selection:{current.pk}:revise:{current.case.records.count()}", urgent=True,
        subject=saying(gettext_lazy("Revise the outline: %(title)s"), title=plan.name), body=reason,
        url=winner.get_absolute_url(), dossier=winner.dossier, by=by,
    )  # fmt: skip
    selection.refresh_from_db()
    return current


def _leads_another(selection: Selection) -> Refusal | None:
    """Whether the winner's investigator came to lead another mission while this one was judged."""
    winner, plan = _winner(selection)
    head = plan.people.filter(role=PlanPerson.Role.INVESTIGATOR).select_related("person").first()
    rules = definition_of(selection)
    found = leads_by_now(winner, head.person if head else None, rules)
    if head is None or found is None:
        return None
    sentence = _(
        "%(person)s — %(found)s One person leads one mission of this level (%(basis)s): ask the winner for a revision "
        "that names another investigator, or record that nobody was found."
    )
    told = {"person": head.named, "found": found.reason, "basis": cite(rules.provisions[found.bar].basis)}
    return Refusal("selection.leads-another", sentence % told)


@transaction.atomic
def submit_for_approval(selection: Selection, *, by: Actor) -> Selection:
    """Send it to the leaders where the team cut nothing. Raises Refused: `budget.not-concluded`, `budget.not-agreed`,
    `budget.cut` (the winner has to revise first), `selection.leads-another`, `flow.…`."""
    current = locked(selection)
    require_department(by, current)
    require_step(current, "appraising")
    require(_team_done(current))
    require(_leads_another(current))
    if any(row.approved != row.proposed for row in current.approved_lines.all()):
        sentence = _("The budget team cut amounts: ask the winner for a revision first.")
        raise Refused(Refusal("budget.cut", sentence))
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    move(current.case, "submit", by=by)
    selection.refresh_from_db()
    return current


@transaction.atomic
def approve(selection: Selection, *, decision_sign: str, decided_on: date, by: Actor) -> Selection:
    """Approve organisation, investigator, budget, lump sum and time by decision: the outline is locked, the others are
    told, the mission begins. Raises Refused: `budget.not-concluded`, `budget.not-agreed`, `selection.decision`,
    `selection.leads-another`, `flow.…`."""
    current = locked(selection)
    require_step(current, "approving")
    require(_team_done(current))
    if not decision_sign.strip() or decided_on > today():
        sentence = _("Write number and sign of the decision and its day, not later than today.")
        raise Refused(Refusal("selection.decision", sentence))
    require(_leads_another(current))
    winner, plan = _winner(current)
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    move(current.case, "approve", by=by, data={"decision_sign": decision_sign.strip(), "decided_on": decided_on})
    lock_plan(plan, stand=Plan.Stand.COMPLETED)
    current.decision_sign, current.decided_on = decision_sign.strip(), decided_on
    current.save(update_fields=["decision_sign", "decided_on"])
    Order.objects.filter(pk=current.order_id).update(state=Order.State.ASSIGNED)
    _tell_result(current, winner, by=by)
    start_mission(current, by=by)
    selection.refresh_from_db()
    return current


def _tell_result(selection: Selection, winner: Application, *, by: Actor) -> None:
    judged = (Application.State.EVALUATED, Application.State.ELIGIBLE)
    for application in selection.applications.filter(state__in=judged):
        application.state = Application.State.WON if application.pk == winner.pk else Application.State.LOST
        application.save()
        won = application.pk == winner.pk
        subject = gettext_lazy("Approved: %(title)s") if won else gettext_lazy("Not chosen: %(title)s")
        notify(
            people_of(application), key=f"application:{application.pk}:{application.state}",
            subject=saying(subject, title=application.plan.name), url=application.get_absolute_url(),
            dossier=application.dossier, by=by,
        )  # fmt: skip


@transaction.atomic
def publish_result(selection: Selection, *, by: Actor) -> Selection:
    """Put the result on the page that everybody reads; it stays for the days of the version. Raises Refused:
    `selection.not-yours`, `selection.wrong-step`, `selection.published`."""
    current = locked(selection)
    require_department(by, current)
    require_step(current, "assigned", "failed")
    if current.published_on is not None:
        raise Refused(Refusal("selection.published", _("The result was published already.")))
    current.published_on = today()
    current.save(update_fields=["published_on"])
    record(current.dossier, "selection.published", by=by)
    selection.refresh_from_db()
    return current


def concluded(council: Council, *, by: Actor) -> None:
    """The budget team is done: the selection's file says so."""
    for subject in council.subjects.all():
        selection = Application.objects.get(pk=int(subject.dossier.partition(":")[2])).selection
        outcome = str(subject.get_outcome_display())
        record(selection.dossier, "selection.budget-concluded", by=by, outcome=outcome)
