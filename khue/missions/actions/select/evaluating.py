"""The evaluation council, what it concluded, and who was chosen."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import SubjectSpec, form
from khue.councils.models import Council, Subject
from khue.flow.actions import move, set_party
from khue.journal.actions import record
from khue.missions.actions.plan_copies import copy_plan
from khue.missions.actions.select.eligibility import people_of
from khue.missions.actions.select.opening import locked
from khue.missions.models import Application, Order, Plan, Selection, Way
from khue.missions.rules.select.parts import OPEN, may_for
from khue.notices.actions import notify, saying

SELECT = "select"
State = Application.State


def require_department(by: Actor, selection: Selection) -> None:
    """Only officers and heads of the department go on with a selection. Raises Refused: `selection.not-yours`."""
    sentence = _("This is done by officers and heads of %(unit)s.") % {"unit": selection.host.name}
    require(may_for(by, selection.host, OPEN, Refusal("selection.not-yours", sentence)))


def require_step(selection: Selection, *steps: str) -> None:
    """Raises Refused: `selection.wrong-step`."""
    case = selection.case
    if case is None or case.step not in steps:
        sentence = _("The selection is at «%(step)s»; this is not possible now. Reload the page.")
        raise Refused(Refusal("selection.wrong-step", sentence % {"step": case.step_now.staff if case else ""}))


@transaction.atomic
def form_council(selection: Selection, *, by: Actor, title: str = "") -> Council:
    """Bring the valid applications before a council of kind `select`, under the numbers of the version of this
    selection. Raises Refused: `selection.not-yours`, `selection.wrong-step`, `selection.undecided` (an application is
    neither declared valid nor invalid), `selection.none-eligible`, and what `councils.form` refuses."""
    current = locked(selection)
    require_department(by, current)
    require_step(current, "checking", "evaluating")
    waiting = current.applications.filter(state=State.SUBMITTED).count()
    if waiting:
        sentence = _("%(n)s applications are not declared valid or invalid yet. Finish the check of eligibility first.")
        raise Refused(Refusal("selection.undecided", sentence % {"n": waiting}))
    eligible = list(current.applications.filter(state__in=(State.ELIGIBLE, State.EVALUATED)).select_related("lead"))
    if not eligible:
        sentence = _("No valid application is left. Record that nobody was found.")
        raise Refused(Refusal("selection.none-eligible", sentence))
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    if current.case.step == "checking":
        move(current.case, "convene", by=by)
    subjects = [
        SubjectSpec(one.dossier, f"{one.lead.name}: {current.order.name}"[:500], one.get_absolute_url(),
                    current.order.type)
        for one in eligible
    ]  # fmt: skip
    direct = current.order.way == Way.DIRECT
    titled = _("Council on a direct assignment: %(order)s") if direct else _("Council to select: %(order)s")
    title = title or titled % {"order": current.order.name}
    council = form(
        SELECT, version=current.case.process_version, title=title[:300], host=current.host, subjects=subjects, by=by
    )
    record(current.dossier, "selection.council", by=by, title=council.title, count=len(subjects))
    return council


def concluded(council: Council, *, by: Actor) -> None:
    """The council is done: keep scores and ranks with the applications, and tell the department to go on."""
    for subject in council.subjects.all():
        application = Application.objects.select_for_update().get(pk=int(subject.dossier.partition(":")[2]))
        application.score, application.rank, application.state = subject.score, subject.place, State.EVALUATED
        application.save()
        selection = application.selection
    record(selection.dossier, "selection.evaluated", by=by, council=council.title)


def council_of(selection: Selection, kind: str = SELECT) -> Council | None:
    """The newest council of a kind that judges applications of the selection; one that was dissolved is left out."""
    dossiers = [f"application:{pk}" for pk in selection.applications.values_list("pk", flat=True)]
    rows = Council.objects.filter(kind=kind, subjects__dossier__in=dossiers).exclude(state=Council.State.DISSOLVED)
    return rows.select_related("process_version", "host").order_by("-pk").first()


def first_place(selection: Selection) -> Application | None:
    """Whom the concluded council put first, if it reached what the rules ask for."""
    council = council_of(selection)
    if council is None or council.state != Council.State.CONCLUDED:
        return None
    subject = council.subjects.filter(outcome=Subject.Outcome.PASSED, place=1).first()
    if subject is None:
        return None
    return selection.applications.select_related("lead", "plan").get(pk=int(subject.dossier.partition(":")[2]))


@transaction.atomic
def choose(selection: Selection, *, by: Actor) -> Application:
    """Take over the council's first place: the winner completes a copy of the outline. Raises Refused:
    `selection.no-result` (not concluded), `selection.nobody` (nobody reached the threshold), `flow.…`."""
    current = locked(selection)
    require_department(by, current)
    require_step(current, "evaluating")
    council = council_of(current)
    if council is None or council.state != Council.State.CONCLUDED:
        raise Refused(Refusal("selection.no-result", _("The council has not concluded yet.")))
    winner = first_place(current)
    if winner is None:
        sentence = _("The council put nobody forward. Record that nobody was found.")
        raise Refused(Refusal("selection.nobody", sentence))
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    current.winner, current.completed = winner, copy_plan(winner.plan, stand=Plan.Stand.DRAFT)
    current.save(update_fields=["winner", "completed"])
    set_party(current.case, "winner", winner.lead, by=by, reason=_("the council's first place"))
    move(current.case, "choose", by=by)
    record(winner.dossier, "application.chosen", by=by)
    notify(
        people_of(winner),
        key=f"application:{winner.pk}:chosen",
        urgent=True,
        subject=saying(gettext_lazy("Chosen by the council: %(title)s"), title=winner.plan.name),
        body=saying("%(next)s", next=current.case.step_now.next),
        url=winner.get_absolute_url(),
        dossier=winner.dossier,
        by=by,
    )
    selection.refresh_from_db()
    return winner


@transaction.atomic
def fail(selection: Selection, *, by: Actor, reason: str) -> Selection:
    """Record that nobody was found; the order may be called for again. Raises Refused: `selection.not-yours`,
    `flow.comment-missing`, `flow.wrong-step`."""
    current = locked(selection)
    require_department(by, current)
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    move(current.case, "fail", by=by, comment=reason)
    Order.objects.filter(pk=current.order_id).update(state=Order.State.FAILED)
    losing = list(current.applications.filter(state__in=(State.ELIGIBLE, State.EVALUATED, State.SUBMITTED)))
    for application in losing if current.opened_at else []:
        application.state = State.LOST
        application.save()
        notify(
            people_of(application), key=f"application:{application.pk}:lost",
            subject=saying(gettext_lazy("Nobody was chosen: %(title)s"), title=current.order.name), body=reason,
            url=application.get_absolute_url(), dossier=application.dossier, by=by,
        )  # fmt: skip
    selection.refresh_from_db()
    return current
