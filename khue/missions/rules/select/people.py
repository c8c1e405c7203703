"""Who is meant by a name in an outline."""

from django.db.models import Exists, OuterRef, Q

from khue.directory.models import Person, Post, Unit, UnitHeir
from khue.language.text import fold, nfc
from khue.missions.models import PlanPerson


def units_behind(unit_ids: set[int]) -> set[int]:
    """`unit_ids` with the units that they came out of: what an institute did under an earlier name is its own."""
    before = UnitHeir.objects.filter(heir__in=unit_ids, main=True).values_list("source", flat=True)
    return {*unit_ids, *before}


def known_person(name: str, unit: Unit | None) -> Person | None:
    """The one person called `name` who works, worked or took part in a mission at `unit`; None when there is none, or
    when several are called so: two people of one name must never become one."""
    people = Person.objects.filter(folded=fold(nfc(name)))
    if unit is None:
        found = list(people[:2])
    else:
        there = units_behind({unit.pk})
        posts = Post.objects.filter(person=OuterRef("pk"), unit__in=there)
        parts = PlanPerson.objects.filter(person=OuterRef("pk"), unit__in=there)
        led = Q(missions_led__host__in=there)
        found = list(people.filter(Q(Exists(posts)) | Q(Exists(parts)) | led).distinct()[:2])
    return found[0] if len(found) == 1 else None


def namesakes(person: Person) -> list[Person]:
    """Others of the same name: records kept by name alone may be theirs."""
    return list(Person.objects.filter(folded=person.folded).exclude(pk=person.pk)[:10])
