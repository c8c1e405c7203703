"""Before the council of an acceptance sits: what was measured, what independent experts say."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.owners import owner_of
from khue.directory.models import Person, Unit
from khue.journal.actions import record
from khue.missions.models import Acceptance, AcceptanceOpinion, Measuring, Mission
from khue.missions.rules.accept.review import asked_too_few, definition_of, group_refused, may_review, takes_part
from khue.missions.rules.select.reviewing import barred, qualified, sits_in_council


def _open(acceptance: Acceptance, by: Actor) -> Acceptance:
    """The acceptance, locked, while this is kept. Raises Refused: `acceptance.not-department`,
    `acceptance.not-reviewed-now`."""
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("mission", "case__process_version")
    current = rows.get(pk=acceptance.pk)
    require(may_review(by, current))
    return current


def _dossier(acceptance: Acceptance) -> str:
    return f"acceptance:{acceptance.pk}"


def _who(by: Actor) -> User | None:
    return by if isinstance(by, User) else None


@transaction.atomic
def record_measuring(
    acceptance: Acceptance, *, members: Sequence[Person], measured_on: date, findings: str, by: Actor
) -> Measuring:
    """Keep what a group of the council's members measured. Raises Refused: `measuring.…`, `acceptance.…`."""
    current = _open(acceptance, by)
    people = list(dict.fromkeys(members))
    require(group_refused(current, people, measured_on))
    if not findings.strip():
        raise Refused(Refusal("measuring.empty", _("Write what was measured and what it gave.")))
    made, _new = Measuring.objects.update_or_create(
        acceptance=current,
        defaults={
            "measured_on": measured_on, "findings": findings.strip(), "needless": "", "told_by": _who(by),
            "told_at": now(),
        },
    )  # fmt: skip
    made.members.set(people)
    names = ", ".join(str(one) for one in people)
    record(_dossier(current), "acceptance.measured", by=by, names=names, on=measured_on.isoformat())
    return made


@transaction.atomic
def confirm_nothing_to_measure(acceptance: Acceptance, *, reason: str, confirmed: bool, by: Actor) -> Measuring:
    """An officer confirms, with name and reason, that the products cannot be measured. Raises Refused:
    `measuring.unconfirmed`, `acceptance.…`."""
    current = _open(acceptance, by)
    if not confirmed or not reason.strip():
        sentence = _("Confirm it, and write why there is nothing to measure: both stay on record with your name.")
        raise Refused(Refusal("measuring.unconfirmed", sentence))
    facts = {"measured_on": None, "findings": "", "needless": reason.strip(), "told_by": _who(by), "told_at": now()}
    made, _new = Measuring.objects.update_or_create(acceptance=current, defaults=facts)
    made.members.clear()
    record(_dossier(current), "acceptance.nothing-to-measure", by=by, reason=reason.strip())
    return made


@transaction.atomic
def ask_opinions(
    acceptance: Acceptance, people: Sequence[Person], *, question: str, by: Actor, unit: Unit | None = None
) -> list[AcceptanceOpinion]:
    """Ask independent experts, or an organisation, those who were asked before counted. Raises Refused:
    `experts.no-question`, `experts.too-few`, `experts.takes-part`, `expert.no-degree`, `expert.too-young`,
    `expert.in-council`, `review.conflict`, `acceptance.…`."""
    current = _open(acceptance, by)
    if not question.strip():
        raise Refused(Refusal("experts.no-question", _("Write what you want to know of the experts.")))
    rows = list(current.opinions.all())
    asked = {row.person_id for row in rows if row.person_id}
    new = [one for one in dict.fromkeys(people) if one.pk not in asked]
    organisation = unit is not None or any(row.unit_id for row in rows)
    require(asked_too_few(current, len(asked) + len(new), organisation=organisation))
    for person in new:
        require(qualified(person, definition_of(current)))
    require(sits_in_council(_dossier(current), new))
    require(barred(owner_of("accept").involved(_dossier(current)), new))
    require(takes_part(current, unit) if unit is not None else None)
    units = [unit] if unit is not None and unit.pk not in {row.unit_id for row in rows} else []
    due = today() + timedelta(days=definition_of(current).number("expert-report"))
    facts = {"acceptance": current, "question": question.strip(), "due_on": due, "asked_by": _who(by)}
    made = [AcceptanceOpinion.objects.create(person=one, **facts) for one in new]
    made += [AcceptanceOpinion.objects.create(unit=one, **facts) for one in units]
    for row in made:
        record(_dossier(current), "acceptance.opinion-asked", by=by, who=row.whose, due=due.isoformat())
    return made


def _opinion(opinion: AcceptanceOpinion, by: Actor) -> AcceptanceOpinion:
    _open(opinion.acceptance, by)
    current = AcceptanceOpinion.objects.select_for_update(of=("self",)).select_related("person", "unit")
    found = current.get(pk=opinion.pk)
    if found.given_at is not None:
        raise Refused(Refusal("experts.given", _("This opinion was given already; it stands as it was given.")))
    return found


@transaction.atomic
def enter_opinion(
    opinion: AcceptanceOpinion, *, text: str, conclusion: str, no_contact: bool, by: Actor
) -> AcceptanceOpinion:
    """An officer enters the report that came. Raises Refused: `experts.given`, `experts.contact`, `experts.empty`,
    `acceptance.…`."""
    current = _opinion(opinion, by)
    if not no_contact:
        sentence = _("An independent expert states that there was no contact with those who carry the mission out.")
        raise Refused(Refusal("experts.contact", sentence))
    if not text.strip() or conclusion not in Mission.Rating.values:
        raise Refused(Refusal("experts.empty", _("Write the opinion and choose a conclusion.")))
    current.text, current.conclusion, current.no_contact = text.strip(), conclusion, True
    current.given_at, current.gone_without, current.entered_by = now(), "", _who(by)
    current.save()
    record(_dossier(current.acceptance), "acceptance.opinion-given", by=by, who=current.whose)
    return current


@transaction.atomic
def go_without(opinion: AcceptanceOpinion, *, reason: str, confirmed: bool, by: Actor) -> AcceptanceOpinion:
    """An officer confirms, with name and reason, that the council sits without this opinion. Raises Refused:
    `experts.given`, `experts.unconfirmed`, `acceptance.…`."""
    current = _opinion(opinion, by)
    if not confirmed or not reason.strip():
        sentence = _("Confirm it, and write why the council sits without this opinion.")
        raise Refused(Refusal("experts.unconfirmed", sentence))
    current.gone_without, current.entered_by = reason.strip(), _who(by)
    current.save(update_fields=["gone_without", "entered_by"])
    record(_dossier(current.acceptance), "acceptance.opinion-gone-without", by=by, who=current.whose, reason=reason)
    return current
