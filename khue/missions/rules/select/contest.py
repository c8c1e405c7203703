"""What councils are told of an application: who takes part in it, what breaks a tie, what members see at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import today
from khue.core.money import dong
from khue.councils.owners import Contest, Involved
from khue.flow.shelf.words import words as shelf_words
from khue.missions.models import Application, Mission, PlanPerson
from khue.missions.rules.select.people import units_behind
from khue.missions.rules.select.plans import sums
from khue.missions.rules.select.words import appraised_words, budget_words, host_words, order_words, person_words

KEY_CRITERIA = ("content", "plan", "capacity")
"""Names in the scoring sheets: what breaks the last tie (20/2023 art. 12)."""
PARTS = {
    PlanPerson.Role.INVESTIGATOR: "investigator",
    PlanPerson.Role.SECRETARY: "secretary",
}


def application_of(dossier: str) -> Application:
    """The application that `application:12` names."""
    return _APPLICATION.get(int(dossier.partition(":")[2]))


RELATED = ("plan", "lead", "investigator", "selection__order__proposal", "selection__completed")
_APPLICATION = ByNumber(lambda: Application.objects.select_related(*RELATED).filter(pk=NUMBER))


def involved(dossier: str) -> Involved:
    """Everybody in the outline, the lead organisation and its partners, under all the names they bore."""
    application = application_of(dossier)
    everybody = list(application.plan.people.all())
    people = [
        (one.person_id, PARTS.get(PlanPerson.Role(one.role), "member"))
        for one in everybody
        if one.person_id is not None
    ]
    names = [one.name for one in everybody if one.person_id is None]
    units = {application.lead_id, *application.plan.partners.values_list("unit", flat=True)}
    return Involved(people=people, units=sorted(units_behind(units)), names=names)


def facts(dossier: str) -> Sequence[tuple[str, str]]:
    """What a member sees beside the sheet."""
    application = application_of(dossier)
    money = sums(application.plan)
    return [
        (_("Lead organisation"), application.lead.name),
        (_("Principal investigator"), application.investigator_name),
        (_("Months"), str(application.plan.months)),
        (_("State budget"), dong(money.state)),
        (_("Other money"), dong(money.other)),
    ]


def words(dossier: str) -> Mapping[str, Any]:
    """What the papers of a council say of an application."""
    application = application_of(dossier)
    selection = application.selection
    plan = selection.completed or application.plan
    won = selection.winner_id == application.pk and selection.approved_lines.exists()
    lumps = shelf_words("lumps")
    lead, asked = application.lead.name, sums(application.plan).state
    return {
        "subject": {"lead": lead, "investigator": application.investigator_name, "budget": asked},
        "order": order_words(application.selection.order),
        "host": host_words(application.lead),
        "investigator": person_words(application.investigator, application.lead),
        "budget": appraised_words(selection) if won else budget_words(plan),
        "mission": {"title": plan.name, "lump_sum": lumps[plan.lump_sum].label.vi if plan.lump_sum in lumps else ""},
    }


def contest(dossier: str) -> Contest:
    """What counting needs besides the ballots."""
    application = application_of(dossier)
    proposal = application.selection.order.proposal
    units = units_behind({application.lead_id})
    case = application.selection.case
    years = case.definition.number("select-excellent-years") if case else 0
    rated = Mission.objects.filter(rating=Mission.Rating.EXCELLENT, year__gte=today().year - years)
    mine = rated.filter(host__in=units) | rated.filter(investigator=application.investigator_id or 0)
    return Contest(
        proposer=proposal is not None and proposal.unit_id in units,
        state_money=sums(application.plan).state,
        excellent=mine.exists(),
        key_criteria=KEY_CRITERIA,
    )


def related(dossier: str) -> Sequence[str]:
    """Whoever is in conflict with one applicant sees neither its rivals nor the selection."""
    application = application_of(dossier)
    rivals = Application.objects.filter(selection=application.selection_id).exclude(pk=application.pk)
    rival_dossiers = (f"application:{pk}" for pk in rivals.values_list("pk", flat=True))
    return [f"selection:{application.selection_id}", *rival_dossiers]
