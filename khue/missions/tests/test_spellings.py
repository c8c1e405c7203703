"""Spellings of one organisation or person in missions of the past are put together, and taken apart again."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khue.core.actors import SystemActor
from khue.directory.models import Unit
from khue.missions.actions.past.spellings import groups_of, keep_apart, known_units, put_together, undo
from khue.missions.models import Mission
from khue.missions.rules.past.spellings import Written, host_groups, host_key, person_groups, person_key
from khue.missions.tests.mill import Mill

BY = SystemActor("Người gộp")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Viện NC Rau quả", "Viện Nghiên cứu Rau quả"),
        ("Trường ĐH Bách khoa Hà Nội", "Đại học Bách khoa HN"),
        ("HV Nông nghiệp VN", "Học viện Nông nghiệp Việt Nam"),
        ("Cty CP Giống cây trồng", "Công ty Cổ phần giống cây trồng"),
        ("TT Khoa học & Công nghệ", "Trung tâm KHCN"),
    ],
)
def test_abbreviations_and_accents_do_not_tell_organisations_apart(one: str, other: str) -> None:
    assert host_key(one) == host_key(other)


def names(groups: list[object]) -> list[set[str]]:
    return [{one.name for one in group.spellings} for group in groups]  # type: ignore[attr-defined]


def test_a_slip_of_the_pen_is_seen_but_a_number_tells_apart() -> None:
    slip = [Written("Viện Nghiên cứu Chăn nuôi", 5), Written("Viện Nghiên cứu Chăn nuoii", 1)]
    schools = [Written("Bệnh viện Đa khoa số 1", 2), Written("Bệnh viện Đa khoa số 2", 2)]
    assert names(list(host_groups(slip + schools))) == [{one.name for one in slip}]


def test_the_same_name_is_the_same_person_only_with_something_else_in_common() -> None:
    assert person_key("PGS.TS. Nguyễn Văn Minh") == person_key("nguyen van minh")
    field = frozenset({"agricultural"})
    rows = [
        Written("TS. Nguyễn Văn Minh", 2, frozenset({"Viện A"}), field),
        Written("Nguyễn Văn Minh", 1, frozenset({"Viện B"}), field),
        Written("ThS. Nguyễn Văn Minh", 1, frozenset({"Bệnh viện C"}), frozenset({"medical"})),
    ]
    assert names(list(person_groups(rows))) == [{"TS. Nguyễn Văn Minh", "Nguyễn Văn Minh"}]


@pytest.mark.django_db
def test_missions_are_put_to_the_unit_and_back_and_what_is_kept_apart_is_not_asked_again() -> None:
    unit = Unit.objects.create(name="Viện Nghiên cứu Rau quả", kind="institute", valid_from=date(1990, 1, 1))
    for number, host in enumerate(["Viện Nghiên cứu Rau quả", "Viện NC Rau quả", "Viện NC rau quả", "Viện Khác"]):
        Mission.objects.create(title=f"N {number}", type="scheme", host_name=host, year=2015, imported=True)
    group = groups_of("host")[0]
    assert group.count == 3
    assert known_units([group]) == [unit]
    made = put_together("host", [one.name for one in group.spellings], unit, by=BY)
    assert Mission.objects.filter(host=unit).count() == 3
    assert groups_of("host") == []
    assert unit.names.filter(name="Viện NC Rau quả").exists()
    undo(made, by=BY)
    assert not Mission.objects.exclude(host=None).exists()
    assert not unit.names.filter(official=False).exists()
    keep_apart("host", [one.name for one in group.spellings], by=BY)
    assert groups_of("host") == []
    Mission.objects.create(title="Mới", type="scheme", host_name="V. NC Rau quả", year=2016, imported=True)
    Mission.objects.create(title="Mới 2", type="scheme", host_name="Viện nghiên cứu RAU QUẢ", year=2016, imported=True)
    assert len(groups_of("host")) == 1, "a new spelling is a new question"


def test_an_officer_of_the_department_puts_them_together_on_the_page(here: Mill) -> None:
    """Who keeps the missions does not keep the whole directory, and is not sent to who does."""
    for number, host in enumerate(["Viện Cơ điện lạnh", "Viện CĐ lạnh", "Trường Mới Mở"]):
        Mission.objects.create(title=f"N {number}", type="scheme", host_name=host, year=2015, imported=True)
    officer, decide = Client(), reverse("missions:spelling-decide")
    officer.force_login(here.officer)
    told = {"kind": "host", "name": ["Viện CĐ lạnh", "Một tên không nhiệm vụ nào ghi"], "target": here.host.name}
    officer.post(decide, told)
    assert Mission.objects.get(host_name="Viện CĐ lạnh").host == here.host
    assert set(here.host.names.filter(official=False).values_list("name", flat=True)) == {"Viện CĐ lạnh"}
    officer.post(decide, {"kind": "host", "name": "Trường Mới Mở", "target": "Trường Mới Mở", "unit_kind": "institute"})
    assert str(Mission.objects.get(host_name="Trường Mới Mở").host) == "Trường Mới Mở"
    Mission.objects.create(title="N 4", type="scheme", investigator_name="TS. Lò Văn Mới", year=2015, imported=True)
    officer.post(decide, {"kind": "person", "name": "TS. Lò Văn Mới", "target": "Lò Văn Mới"})
    assert str(Mission.objects.get(title="N 4").investigator) == "Lò Văn Mới"
    stranger = Client()
    stranger.force_login(here.stranger)
    stranger.post(decide, {"kind": "host", "name": "Viện Cơ điện lạnh", "target": here.host.name})
    assert Mission.objects.get(host_name="Viện Cơ điện lạnh").host is None
