"""Long sheets of units and people: few queries, and the same judgement of every row as for a short sheet."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khue.accounts.models import Membership, User
from khue.directory.models import Unit, UnitName
from khue.directory.search import resolve_unit
from khue.journal.chain import verify
from khue.journal.models import Entry
from khue.office.tests.test_exchange import CITY, DEPARTMENT, enter, reasons

pytestmark = pytest.mark.django_db
SINCE = date(2025, 3, 1)


def divisions(first: int, count: int) -> list[dict[str, Any]]:
    return [
        {"name": f"Phòng {number}", "kind": "Phòng, bộ phận", "parent": "skhcn", "valid_from": SINCE}
        for number in range(first, first + count)
    ]


def people(first: int, count: int) -> list[dict[str, Any]]:
    return [
        {
            "full_name": f"Nguyễn Văn {number}", "email": f"n{number}@vidu.vn", "unit": "skhcn", "role": "Chuyên viên",
            "valid_from": SINCE,
        }
        for number in range(first, first + count)
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def department() -> None:
    assert enter("units", CITY, DEPARTMENT).problems == []


@pytest.mark.parametrize(("kind", "rows"), [("units", divisions), ("people", people)])
def test_queries_do_not_grow_with_the_rows(kind: str, rows: Any) -> None:
    def queries(first: int, count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            report = enter(kind, *rows(first, count))
        assert (report.problems, report.count("new")) == ([], count)
        return len(asked)

    queries(1, 2)
    assert queries(1000, 60) == queries(100, 20)


def test_every_new_unit_has_its_names_its_place_in_the_tree_and_its_entry() -> None:
    enter("units", *({**row, "also": f"P{n} cũ; P{n} xưa"} for n, row in enumerate(divisions(1, 20))))
    above = Unit.objects.get(code="skhcn")
    made = Unit.objects.filter(parent=above)
    assert made.count() == 20
    assert all(unit.path == f"{above.path}{unit.pk}/" for unit in made)
    assert len({unit.code for unit in made}) == 20
    assert UnitName.objects.filter(unit__in=made, official=False).count() == 40
    assert resolve_unit("P7 xưa", date(2026, 1, 1)) == Unit.objects.get(name="Phòng 8")
    verbs = Entry.objects.filter(dossier=f"unit:{made[0].pk}").values_list("verb", flat=True)
    assert list(verbs) == ["unit.added", "unit.also-called", "unit.also-called"]
    assert verify().broken is None


def test_units_of_one_name_get_codes_of_their_own() -> None:
    rows = [{**row, "name": "Phòng Văn hóa", "parent": f"Phòng {n}"} for n, row in enumerate(divisions(1, 3), 1)]
    assert enter("units", *divisions(1, 3), *rows).problems == []
    codes = Unit.objects.filter(name="Phòng Văn hóa").values_list("code", flat=True)
    assert set(codes) == {"phong-van-hoa", "phong-van-hoa-2", "phong-van-hoa-3"}


def test_rows_in_the_way_are_found_among_many() -> None:
    rows = divisions(1, 30)
    rows[11]["valid_to"] = date(2024, 1, 1)  # before it began: the database refuses it
    rows[20]["parent"] = "Không có đâu"
    report = enter("units", *rows)
    assert [row for row, _column in reasons(report)] == [13, 22]
    assert not Unit.objects.filter(name="Phòng 1").exists()


def test_a_row_that_says_more_of_a_unit_of_the_same_sheet_changes_it() -> None:
    first = {**divisions(1, 1)[0], "code": "p1"}
    report = enter("units", first, {**first, "phone": "024 123"})
    assert [change.effect for change in report.changes] == ["new", "changed"]
    assert Unit.objects.get(code="p1").phone == "024 123"


def test_several_roles_of_a_newcomer() -> None:
    one, other = people(1, 1)[0], {**people(1, 1)[0], "role": "Văn thư"}
    report = enter("people", one, other, one)
    assert [change.effect for change in report.changes] == ["new", "changed", "same"]
    user = User.objects.get(email="n1@vidu.vn")
    assert set(Membership.objects.filter(user=user).values_list("role", flat=True)) == {"officer", "clerk"}
    verbs = Entry.objects.filter(dossier=f"user:{user.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["user.added", "user.role-given", "user.role-given"]
    assert user.person is not None
    assert not user.has_usable_password()
    assert enter("people", one, other).count("same") == 2


def test_one_role_twice_on_overlapping_days_is_refused() -> None:
    one = people(1, 1)[0]
    report = enter("people", one, {**one, "valid_from": date(2025, 6, 1)}, *people(2, 9))
    assert [row for row, _column in reasons(report)] == [3]
    assert not User.objects.exists()
