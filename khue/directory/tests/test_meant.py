"""Whom a written name means."""

import pytest

from khue.core.refusals import Refused
from khue.directory.fields import PersonField, PersonInput
from khue.directory.meant import offered, people_meant, person_meant
from khue.directory.models import Person, Post, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    unit = Unit.objects.create(name="Viện Rau quả", kind="institute", valid_from="2015-01-01", code="vrq")
    made = [
        Person.objects.create(full_name=name, title=title)
        for name, title in (("Lê Thị Hoa", "TS."), ("Lê Thị Hoa", "PGS.TS."), ("Hoa Văn Lê", ""), ("Đỗ Văn An", ""))
    ]
    Post.objects.create(person=made[0], unit=unit, position="Trưởng phòng", valid_from="2020-01-01")
    return made


def test_a_few_letters_without_accents_offer_people_and_tell_namesakes_apart(people: list[Person]) -> None:
    found = offered("le thi ho")
    assert {one.pk for one in found} == {people[0].pk, people[1].pk}
    first = next(one for one in found if one.pk == people[0].pk)
    assert (first.detail, first.unit, first.namesakes) == (
        "TS. · Trưởng phòng, Viện Rau quả", "Viện Rau quả", True,
    )  # fmt: skip
    assert [one.name for one in offered("do van an")] == ["Đỗ Văn An"]
    assert not offered("do van an")[0].namesakes
    assert offered("hoa")[0].name == "Lê Thị Hoa", "the given name comes before the family name in the middle"
    assert offered("x") == offered("") == []


def test_both_unicode_forms_mean_the_same(people: list[Person]) -> None:
    assert person_meant("Đỗ Va\u0306n An") == people[3]


def test_a_namesake_is_meant_by_number(people: list[Person]) -> None:
    assert person_meant(f"Lê Thị Hoa #{people[1].pk}") == people[1]
    assert people_meant(f"Đỗ Văn An #{people[1].pk}") == [], "a number of somebody else means nobody"
    with pytest.raises(Refused) as error:
        person_meant("Lê Thị Hoa")
    assert error.value.refusal.code == "person.several"
    with pytest.raises(Refused) as error:
        person_meant("Không Có Ai")
    assert error.value.refusal.code == "person.unknown"
    assert people_meant("#") == people_meant("") == []


def test_the_field_gives_the_person_or_says_why_not(people: list[Person]) -> None:
    field = PersonField()
    assert field.clean("do van an") == people[3]
    assert field.prepare_value(people[3]) == f"Đỗ Văn An #{people[3].pk}"
    assert "data-people" in str(PersonInput().render("who", ""))
