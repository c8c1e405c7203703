"""The country's places, and what became of the old ones of a city."""

from datetime import date

import pytest
from django.core.management import call_command

from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.directory.actions.places import load_places
from khue.directory.models import Place, PlaceSuccession
from khue.journal.models import Entry

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def loaded(kept: None) -> None:
    load_places(city="01", by=IMPORTER)


@pytest.fixture
def hanoi(loaded: None, put_back: None) -> None:
    """The country, and Hà Nội as it was before."""


def counts(day: date) -> dict[str, int]:
    return {level: Place.objects.as_of(day).filter(level=level).count() for level in Place.Level.values}


def test_the_country_today_and_the_city_before(hanoi: None) -> None:
    assert counts(AFTER) == {"province": 34, "district": 0, "commune": 3321}
    assert counts(BEFORE) == {"province": 1, "district": 30, "commune": 526}
    assert Place.objects.as_of(AFTER).filter(parent__code="01", level="commune").count() == 126


def test_loading_again_changes_nothing(hanoi: None) -> None:
    rows = list(Place.objects.order_by("pk").values_list("pk", "name", "valid_from", "valid_to", "parent"))
    links = list(PlaceSuccession.objects.order_by("pk").values_list("pk", "old", "new", "kind"))
    assert load_places(city="01", by=IMPORTER).new == 0
    assert rows == list(Place.objects.order_by("pk").values_list("pk", "name", "valid_from", "valid_to", "parent"))
    assert links == list(PlaceSuccession.objects.order_by("pk").values_list("pk", "old", "new", "kind"))
    assert Entry.objects.filter(dossier="places:01").count() == 1


def test_every_old_commune_has_one_main_heir_at_most_and_a_basis(hanoi: None) -> None:
    old = Place.objects.filter(level="commune", valid_to=BEFORE)
    assert old.filter(succeeded_by=None).count() == 0
    divided = old.filter(succeeded_by__kind="main-part")
    assert (divided.count(), divided.distinct().count()) == (199, 199)
    assert old.filter(succeeded_by__kind="whole").count() == 327
    assert not PlaceSuccession.objects.filter(basis="").exists()


def test_the_ward_of_five_districts(hanoi: None) -> None:
    ward = Place.objects.get(name="Hồng Hà", kind="Phường", parent__code="01")
    districts = Place.objects.filter(succeeded_by__new=ward, level="district")
    assert {place.name for place in districts} == {"Ba Đình", "Hoàn Kiếm", "Hai Bà Trưng", "Tây Hồ", "Long Biên"}


def test_as_of_and_mapped_to_today_are_one_query(hanoi: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        then = list(Place.objects.as_of(BEFORE).filter(level="district", name="Sóc Sơn"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        now = list(Place.objects.filter(pk=then[0].pk).mapped_to_today())
    assert {place.name for place in now} == {"Sóc Sơn", "Đa Phúc", "Nội Bài", "Trung Giã", "Kim Anh"}
    ward = Place.objects.as_of(AFTER).get(name="Sóc Sơn", level="commune")
    assert list(Place.objects.filter(pk=ward.pk).mapped_to_today()) == [ward]


def test_coordinates_come_along(hanoi: None) -> None:
    assert Place.objects.filter(latitude=None, parent__code="01").count() == 0
    assert Place.objects.as_of(AFTER).filter(level="commune", latitude=None).count() <= 5


def test_a_province_that_merged_keeps_its_parts(hanoi: None) -> None:
    load_places(city="48", by=IMPORTER)
    merged = Place.objects.as_of(AFTER).get(level="province", code="48")
    assert {place.name for place in merged.predecessors.all()} == {"Đà Nẵng", "Quảng Nam"}
    assert load_places(city="01", by=IMPORTER).new == 0


def test_an_unknown_code_is_refused(db: None) -> None:
    with pytest.raises(Refused, match="99"):
        load_places(city="99", by=IMPORTER)


def test_the_command_says_what_there_is(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("places")
    assert "3911 đơn vị hành chính" in capsys.readouterr().out
