"""Besides the council: a group of experts looks at the place, independent experts report."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Person
from khue.journal.actions import record
from khue.missions.actions.select.evaluating import require_department, require_step
from khue.missions.actions.select.opening import locked
from khue.missions.models import Application, ExpertOpinion, Selection, SiteCheck
from khue.missions.rules.select.contest import involved
from khue.missions.rules.select.reviewing import (
    STEPS,
    barred,
    definition_of,
    expert_due,
    qualified,
    sits_in_council,
    too_few,
)
from khue.notices.actions import notify, saying

State = Application.State


def _judged(application: Application, by: Actor) -> tuple[Application, Selection]:
    """The application and its selection, locked, while it is being judged. Raises Refused: `selection.not-yours`,
    `selection.wrong-step`, `review.not-judged`."""
    selection = locked(application.selection)
    require_department(by, selection)
    require_step(selection, *STEPS)
    current = Application.objects.select_for_update(of=("self",)).select_related("lead", "plan").get(pk=application.pk)
    if current.state not in (State.SUBMITTED, State.ELIGIBLE, State.EVALUATED):
        raise Refused(Refusal("review.not-judged", _("This application is not being judged any more.")))
    return current, selection


@transaction.atomic
def set_up_site_group(
    application: Application,
    *,
    leader: Person,
    members: Sequence[Person],
    decision_sign: str,
    decided_on: date,
    visits_on: date,
    place: str,
    by: Actor,
) -> SiteCheck:
    """Set up, or correct before the visit, the group of experts that looks at the place; `members` without the leader.

    Raises Refused: `site.visited`, `site.no-decision`, `site.no-place`, `site.visit-before-decision`,
    `review.too-few`, `review.conflict`, `selection.…`."""
    current, selection = _judged(application, by)
    people = list(dict.fromkeys([leader, *members]))
    there = SiteCheck.objects.filter(application=current).first()
    if there is not None and there.visited_on is not None:
        raise Refused(Refusal("site.visited", _("The minutes of the visit are on file; they stand as they are.")))
    require(_set_up_refusal(decision_sign, decided_on, visits_on, place))
    require(too_few(len(people), "site-group-least", definition_of(selection)))
    require(barred(involved(current.dossier), people))
    check, _made = SiteCheck.objects.update_or_create(
        application=current,
        defaults={
            "leader": leader, "decision_sign": decision_sign.strip(), "decided_on": decided_on, "visits_on": visits_on,
            "place": place.strip(), "created_by": by if isinstance(by, User) else None,
        },
    )  # fmt: skip
    check.members.set(people)
    names = ", ".join(str(one) for one in people)
    record(current.dossier, "application.site-group", by=by, names=names, on=visits_on.isoformat(), place=check.place)
    notify(
        User.objects.filter(person__in=people), key=f"site:{check.pk}:{visits_on}",
        subject=saying(gettext_lazy("You are asked to look at a site: %(title)s"), title=current.plan.name),
        body=f"{visits_on:%d/%m/%Y}, {check.place}", url=current.get_absolute_url(), dossier=current.dossier, by=by,
    )  # fmt: skip
    return check


def _set_up_refusal(sign: str, decided_on: date, visits_on: date, place: str) -> Refusal | None:
    if not sign.strip() or decided_on > today():
        sentence = _("Write number and sign of the decision and its day, not later than today.")
        return Refusal("site.no-decision", sentence)
    if not place.strip():
        return Refusal("site.no-place", _("Write which place is looked at."))
    if visits_on < decided_on:
        return Refusal("site.visit-before-decision", _("The group goes there on or after the day of its decision."))
    return None


@transaction.atomic
def record_visit(
    application: Application, *, visited_on: date, findings: str, fit: bool, conclusion: str, by: Actor
) -> SiteCheck:
    """Keep the minutes of the visit (B2-9). Raises Refused: `site.no-group`, `site.visited`, `site.wrong-day`,
    `site.no-findings`, `selection.…`."""
    current, _selection = _judged(application, by)
    check = SiteCheck.objects.select_for_update().filter(application=current).first()
    if check is None:
        raise Refused(Refusal("site.no-group", _("Set up the group of experts first.")))
    if check.visited_on is not None:
        raise Refused(Refusal("site.visited", _("The minutes of the visit are on file; they stand as they are.")))
    if not check.decided_on <= visited_on <= today():
        sentence = _("The visit lies between the decision, %(day)s, and today.")
        raise Refused(Refusal("site.wrong-day", sentence % {"day": f"{check.decided_on:%d/%m/%Y}"}))
    if not findings.strip() or not conclusion.strip():
        raise Refused(Refusal("site.no-findings", _("Write what the group saw and what it concludes.")))
    check.visited_on, check.findings, check.fit, check.conclusion = (
        visited_on,
        findings.strip(),
        fit,
        conclusion.strip(),
    )
    check.save()
    verb = "application.site-fit" if fit else "application.site-unfit"
    record(current.dossier, verb, by=by, on=visited_on.isoformat(), place=check.place)
    return check


@transaction.atomic
def ask_experts(
    application: Application, people: Sequence[Person], *, question: str, by: Actor
) -> list[ExpertOpinion]:  # fmt: skip
    """Ask independent experts, at least as many as the rules say, those who were asked before counted.

    Raises Refused: `expert.no-question`, `review.too-few`, `expert.no-degree`, `expert.too-young`, `expert.in-council`,
    `review.conflict`, `selection.…`."""
    current, selection = _judged(application, by)
    definition = definition_of(selection)
    if not question.strip():
        raise Refused(Refusal("expert.no-question", _("Write what you want to know of the experts.")))
    asked = set(current.expert_opinions.values_list("person", flat=True))
    new = [one for one in dict.fromkeys(people) if one.pk not in asked]
    require(too_few(len(asked) + len(new), "select-experts-least", definition))
    for person in new:
        require(qualified(person, definition))
    require(sits_in_council(current.dossier, new) or barred(involved(current.dossier), new))
    return [_ask(current, person, question.strip(), expert_due(definition), by) for person in new]


def _ask(application: Application, person: Person, question: str, due: date, by: Actor) -> ExpertOpinion:
    made = ExpertOpinion.objects.create(
        application=application, person=person, question=question, due_on=due, asked_at=now(),
        asked_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    record(application.dossier, "application.expert-asked", by=by, person=person.full_name, due=due.isoformat())
    notify(
        User.objects.filter(person=person),
        key=f"expert:{made.pk}",
        subject=saying(gettext_lazy("You are asked as an independent expert: %(title)s"), title=application.plan.name),
        body=saying(
            gettext_lazy("%(question)s\nReport by %(day)s; have no contact with the applicants about it."),
            question=question,
            day=f"{due:%d/%m/%Y}",
        ),
        url=application.get_absolute_url(),
        dossier=application.dossier,
        by=by,
    )
    return made


@transaction.atomic
def give_opinion(opinion: ExpertOpinion, *, text: str, conclusion: str, no_contact: bool, by: Actor) -> ExpertOpinion:
    """The expert reports, or an officer enters the report that came on paper.

    Raises Refused: `expert.given`, `expert.not-yours`, `expert.contact`, `expert.empty`."""
    current = (
        ExpertOpinion.objects.select_for_update(of=("self",))
        .select_related("application__plan", "application__selection", "person").get(pk=opinion.pk)
    )  # fmt: skip
    if current.given_at is not None:
        raise Refused(Refusal("expert.given", _("This opinion was given already; it stands as it was given.")))
    if not (isinstance(by, User) and by.person_id == current.person_id):
        require_department(by, locked(current.application.selection))
    if not no_contact:
        sentence = _("An independent expert has no contact with the applicants about it: state this, or step back.")
        raise Refused(Refusal("expert.contact", sentence))
    if not text.strip() or conclusion not in ExpertOpinion.Conclusion.values:
        raise Refused(Refusal("expert.empty", _("Write the opinion and choose a conclusion.")))
    current.text, current.conclusion, current.no_contact = text.strip(), conclusion, True
    current.given_at, current.entered_by = now(), by if isinstance(by, User) else None
    current.save()
    record(current.application.dossier, "application.expert-reported", by=by, person=current.person.full_name)
    notify(
        User.objects.filter(pk=current.asked_by_id or 0), key=f"expert-given:{current.pk}",
        subject=saying(gettext_lazy("An independent expert reported: %(title)s"), title=current.application.plan.name),
        url=current.application.get_absolute_url(), dossier=current.application.dossier, by=by,
    )  # fmt: skip
    opinion.refresh_from_db()
    return current
