"""Units through time: founded, renamed, merged, ended."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.directory import endings
from khue.directory.actions.units import add_name, add_unit, change_unit, end_unit, rename_unit
from khue.directory.models import Unit, UnitName
from khue.directory.search import resolve_unit
from khue.directory.successions import successors
from khue.journal.models import Entry

MERGED = date(2025, 3, 1)


def unit(name: str, parent: Unit | None = None, since: date = date(2008, 8, 1), short: str = "") -> Unit:
    return add_unit(name=name, kind="department", valid_from=since, parent=parent, abbreviation=short, by=IMPORTER)


@pytest.fixture
def city(db: None) -> Unit:
    return unit("UBND thành phố Hà Nội")


@pytest.fixture
def merged(city: Unit) -> dict[str, Unit]:
    """The merger of 1 March 2025."""
    science = unit("Sở Khoa học và Công nghệ", city, short="SKHCN")
    ict = unit("Sở Thông tin và Truyền thông", city, short="STTTT")
    new = unit("Sở Khoa học và Công nghệ", city, MERGED, short="SKHCN")
    for old in (science, ict):
        end_unit(old, on=MERGED, successors=[new], by=IMPORTER, basis="Nghị quyết của HĐND Thành phố ngày 25/2/2025")
    return {"science": science, "ict": ict, "new": new}


def test_a_merger_keeps_both_bodies_apart(merged: dict[str, Unit]) -> None:
    assert resolve_unit("SKHCN", date(2025, 2, 28)) == merged["science"]
    assert resolve_unit("SKHCN", MERGED) == merged["new"]
    assert resolve_unit("Sở TT&TT", MERGED) is None
    assert successors(merged["ict"], MERGED) == [merged["new"]]
    assert successors(merged["ict"], date(2025, 2, 28)) == [Unit.objects.get(pk=merged["ict"].pk)]
    assert Entry.objects.filter(verb="unit.ended").count() == 2


def test_mapped_to_today_is_one_query_through_several_mergers(
    merged: dict[str, Unit], city: Unit, django_assert_num_queries: object
) -> None:
    last = unit("Sở Khoa học, Công nghệ và Chuyển đổi số", city, date(2025, 9, 1))
    end_unit(merged["new"], on=date(2025, 9, 1), successors=[last], by=IMPORTER)
    with django_assert_num_queries(1):  # type: ignore[operator]
        now = list(Unit.objects.filter(abbreviation__in=["STTTT", "SKHCN"]).mapped_to_today())
    assert now == [last]
    assert successors(merged["ict"], date(2025, 5, 1)) == [Unit.objects.get(pk=merged["new"].pk)]
    assert merged["ict"].heirs.get().exact


def test_of_several_successors_the_first_takes_the_main_part(city: Unit) -> None:
    district = unit("UBND huyện Sóc Sơn", city)
    heirs = [unit(f"UBND xã {name}", city, date(2025, 7, 1)) for name in ("Sóc Sơn", "Đa Phúc", "Nội Bài")]
    end_unit(district, on=date(2025, 7, 1), successors=heirs, by=IMPORTER)
    assert list(district.succeeded_by.order_by("pk").values_list("kind", flat=True)) == ["main-part", "part", "part"]
    assert [each.heir for each in district.heirs.filter(main=True)] == [heirs[0]]
    assert successors(district, date(2026, 1, 1))[0] == heirs[0]


def test_what_registered_runs_in_the_same_transaction(city: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(endings, "_heeding", [refuse])
    old = unit("Sở Cũ", city)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        end_unit(old, on=date(2026, 1, 1), successors=[], by=IMPORTER)
    assert Unit.objects.get(pk=old.pk).valid_to is None


def test_wrong_ends_are_refused(merged: dict[str, Unit], city: Unit) -> None:
    cases = [
        (merged["ict"], date(2026, 1, 1), [merged["new"]], "unit.ended"),
        (merged["new"], MERGED, [], "unit.ends-too-early"),
        (merged["new"], date(2026, 1, 1), [merged["ict"]], "unit.successor-not-there"),
        (merged["new"], date(2026, 1, 1), [merged["new"]], "unit.succeeds-itself"),
        (city, date(2026, 1, 1), [], "unit.has-parts"),
    ]
    for old, on, heirs, code in cases:
        with pytest.raises(Refused) as refused:
            end_unit(old, on=on, successors=heirs, by=IMPORTER)
        assert refused.value.refusal.code == code


def test_who_takes_over_may_be_recorded_after_the_end_once(city: Unit) -> None:
    old, heir = unit("Chi cục Tiêu chuẩn", city), unit("Phòng Tiêu chuẩn", city)
    end_unit(old, on=date(2026, 1, 1), successors=[], by=IMPORTER)
    for on, heirs, code in (
        (date(2026, 1, 1), [], "unit.ended"),
        (date(2026, 2, 1), [heir], "unit.ended-then"),
    ):
        with pytest.raises(Refused) as refused:
            end_unit(old, on=on, successors=heirs, by=IMPORTER)
        assert refused.value.refusal.code == code
    end_unit(old, on=date(2026, 1, 1), successors=[heir], by=IMPORTER)
    assert [each.new for each in old.succeeded_by.all()] == [heir]


def test_a_renamed_unit_is_found_by_both_names(city: Unit) -> None:
    office = unit("Văn phòng UBND Thành phố", city)
    rename_unit(office, name="Văn phòng Ủy ban nhân dân Hà Nội", on=date(2026, 1, 1), by=IMPORTER)
    add_name(office, name="Văn phòng Ủy ban", by=IMPORTER)
    assert [name.valid_to for name in office.names.filter(official=True).order_by("valid_from")] == [
        date(2025, 12, 31),
        None,
    ]
    for written in ("VP UBND Thành phố", "Văn phòng UBND Hà Nội", "văn phòng ủy ban"):
        assert resolve_unit(written, date(2026, 5, 1)) == office, written
    with pytest.raises(Refused):
        rename_unit(office, name="Tên nữa", on=date(2026, 1, 1), by=IMPORTER)


def test_the_database_allows_one_official_name_a_day(city: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=city, name="Tên thứ hai", valid_from=date(2026, 1, 1))


def test_the_path_follows_the_tree(city: Unit) -> None:
    department, other = unit("Sở A", city), unit("Sở B", city)
    division = unit("Phòng 1", department)
    change_unit(division, parent=other, by=IMPORTER)
    assert list(Unit.objects.within([other.pk])) == [division, other]
    assert list(Unit.objects.within([department.pk])) == [department]
    change_unit(other, parent=department, by=IMPORTER)
    assert set(Unit.objects.within([department.pk])) == {department, other, division}
    with pytest.raises(Refused, match="chính mình"):
        change_unit(department, parent=division, by=IMPORTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=department.pk).update(parent=division)
