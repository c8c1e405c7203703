"""What suggestions rest on: the communes around, and what was asked there lately."""

from datetime import date

from khue.accounts.models import User
from khue.core.clock import at
from khue.councils.models import Conflict
from khue.directory.models import Person, Place, Unit
from khue.needs.actions import intake
from khue.needs.models import Need
from khue.needs.rules.lately import lately
from khue.needs.rules.suggesting import Asker, asker, fields_around, neighbours_asked
from khue.needs.tests.city import PHONES, City, sent


def around(city: City) -> Asker:
    return asker(User.objects.get(pk=city.ward.pk), Unit.objects.select_related("place").get(pk=city.lang.pk))


def move(unit: Unit, **to: object) -> None:
    assert unit.place is not None
    Place.objects.filter(pk=unit.place.pk).update(**to)


def test_communes_around_stand_nearest_first_and_move_with_the_directory(city: City) -> None:
    assert [one.name for one in around(city).near] == ["Phường Đống Đa", "Phường Ba Vì"]
    assert [round(one.kilometres, 1) for one in around(city).near] == [2.4, 51.3]
    move(city.far, latitude=21.011, longitude=105.8)
    assert [one.name for one in around(city).near] == ["Phường Ba Vì", "Phường Đống Đa"]
    move(city.dong, valid_to=date(2026, 1, 1))
    assert [one.name for one in around(city).near] == ["Phường Ba Vì"]
    move(city.lang, latitude=None)
    assert list(around(city).near) == []


def test_what_was_taken_back_merged_or_is_long_ago_counts_no_more(city: City) -> None:
    own, near = city.lang.place_id, city.dong.place_id
    assert own is not None
    assert near is not None
    kept, back, old = (sent(city.other, PHONES, field="medical") for _ in range(3))
    here = sent(city.ward, field="agricultural")
    found = lately(own, [near])
    assert (found.elsewhere, found.here) == ({kept.pk, back.pk, old.pk}, {here.pk})
    assert found.fields == dict.fromkeys((kept.pk, back.pk, old.pk), "medical") | {here.pk: "agricultural"}
    intake.withdraw(back, "Đã tự làm được.", by=city.other)
    Need.objects.filter(pk=old.pk).update(submitted_at="2022-01-01T00:00Z")
    assert lately(own, [near]).elsewhere == {kept.pk}
    intake.merge(kept, here, "Cùng việc.", by=city.officer)
    assert lately(own, [near]).elsewhere == set()


def test_what_became_a_proposal_stands_first_and_own_fields_are_not_told_of(city: City) -> None:
    first, second = sent(city.other, PHONES, field="medical"), sent(city.other, PHONES, field="medical")
    Need.objects.filter(pk=first.pk).update(state=Need.State.PROPOSED)
    Need.objects.get(pk=second.pk).places.add(city.far.place)
    who = around(city)
    assert [one.why.partition(" đã nêu")[0] for one in neighbours_asked(who)] == ["Phường Đống Đa, cách 2,4 km,"] * 2
    assert "đang được đề xuất" in neighbours_asked(who)[0].why
    assert "2 trong 2" in fields_around(who)[0].why
    with at(date(2026, 3, 10)):
        sent(city.ward, field="medical")
    assert fields_around(around(city)) == []


def test_what_a_conflict_keeps_from_somebody_is_not_suggested_nor_counted(city: City) -> None:
    kept, told = sent(city.other, PHONES, field="medical"), sent(city.other, field="agricultural")
    city.ward.person = Person.objects.create(full_name="Cao Văn Nam")
    city.ward.save()
    assert {one.title for one in neighbours_asked(around(city))} == {kept.title, told.title}
    Conflict.objects.create(person=city.ward.person, dossier=kept.dossier, ground="family", source="told")
    assert [one.title for one in neighbours_asked(around(city))] == [told.title]
    assert set(around(city).asked.fields.values()) == {"agricultural"}
