"""From the names in an outline to people of the directory, once the outline is no secret any more."""

from django.db import transaction

from khue.core.actors import SystemActor
from khue.directory.actions.people import add_person
from khue.directory.models import Person
from khue.missions.models import Plan, PlanPerson
from khue.missions.rules.select.people import known_person

DIRECTORY = SystemActor("Danh bạ")
"""Who enters the people that outlines name: officers who open them do not keep the list of people."""


@transaction.atomic
def enter_people(plan: Plan) -> Person | None:
    """Find or enter everybody whom the plan names and who is not linked yet; who leads it.

    The plan keeps the names as they were written. Two rows never become one person: whoever is in the plan already is
    not found again.
    """
    rows = list(plan.people.select_related("person", "unit"))
    taken = {row.person_id for row in rows}
    for row in rows:
        if row.person is None:
            found = known_person(row.name, row.unit)
            row.person = found if found and found.pk not in taken else _enter(row)
            taken.add(row.person.pk)
            row.save(update_fields=["person"])
    return next((row.person for row in rows if row.role == PlanPerson.Role.INVESTIGATOR), None)


def _enter(row: PlanPerson) -> Person:
    return add_person(full_name=row.name, title=row.title, by=DIRECTORY)
