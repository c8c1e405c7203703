"""A division acts for its unit where the process says so, for nobody else, and not for what only the head decides."""

import pytest

from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.flow.actions import move, open_case
from khue.flow.desk import i_wait_for, waiting_for
from khue.flow.models import Case
from khue.flow.people import people_of
from khue.flow.rules import may_move, moves
from khue.flow.tests.cast import BEGINNING, Cast, again, held, make_person, make_unit

pytestmark = pytest.mark.usefixtures("put_back")


def part_of(parent: Unit, name: str, kind: str = Unit.Kind.DIVISION) -> Unit:
    made = Unit.objects.create(name=name, kind=kind, parent=parent, valid_from=BEGINNING)
    return Unit.objects.get(pk=made.pk)


@pytest.fixture
def science(cast: Cast) -> Unit:
    return make_unit("Sở Khoa học và Công nghệ", cast.city)


@pytest.fixture
def worker(science: Unit) -> User:
    return make_person("Oanh", ("officer", part_of(science, "Phòng Quản lý khoa học")))


@pytest.fixture
def need(cast: Cast, science: Unit) -> Case:
    """`need-intake` lets the divisions of the department do the work of officers."""
    return open_case(
        "need-intake", title="Đất mặn", url="", dossier="need:1", by=cast.officer,
        parties={"author": cast.officer, "unit": cast.ward, "department": science},
    )  # fmt: skip


def others(cast: Cast, science: Unit) -> list[User]:
    """Near to the department or like its divisions, and no division of it."""
    finance, centre = make_unit("Sở Tài chính", cast.city), part_of(science, "Trung tâm", Unit.Kind.INSTITUTE)
    division = part_of(science, "Phòng Kế hoạch")
    return [
        make_person("Lan", ("officer", part_of(finance, "Phòng Ngân sách"))),
        make_person("Mai", ("officer", part_of(cast.ward, "Phòng Văn hóa phường"))),
        make_person("Nga", ("officer", centre)),
        make_person("Phi", ("officer", part_of(centre, "Phòng của Trung tâm"))),
        make_person("Quy", ("officer", part_of(division, "Tổ của phòng"))),
        make_person("Sen", ("expert", division)),
        cast.stranger,
    ]


def test_the_division_has_it_on_the_desk_is_told_and_moves_it(need: Case, worker: User) -> None:
    assert [row.case for row in waiting_for(worker)] == [need]
    assert worker in people_of(held(need))
    assert [offer.refusal for offer in moves(need, worker) if offer.name == "take-up"] == [None]
    move(need, "take-up", by=worker)
    assert Case.objects.get(pk=need.pk).step == "in-review"
    assert [row.case for row in waiting_for(again(worker))] == [need]


def test_divisions_of_others_and_units_below_do_not(cast: Cast, science: Unit, need: Case) -> None:
    for user in others(cast, science):
        assert may_move(user, need, "take-up") is not None, user
        assert list(waiting_for(user)) == [], user
        assert user not in people_of(held(need)), user
        assert moves(need, user) == [], user
        with pytest.raises(Refused):
            move(need, "take-up", by=user)


def test_the_commune_acts_itself_where_the_process_says_nothing(cast: Cast, need: Case) -> None:
    below = make_person("Mai", ("officer", part_of(cast.ward, "Phòng Văn hóa phường")))
    assert may_move(cast.head, need, "withdraw") is None
    assert may_move(below, need, "withdraw") is not None
    assert list(i_wait_for(below)) == []


def test_a_process_without_divisions_has_none(cast: Cast) -> None:
    case = cast.directive()
    below = make_person("Mai", ("officer", part_of(cast.ward, "Phòng Văn hóa phường")))
    assert not held(case).divisions
    assert list(waiting_for(below)) == []
    assert may_move(below, case, "start") is not None


def test_what_the_head_decides_is_not_for_the_head_of_a_division(cast: Cast, science: Unit) -> None:
    case = open_case(
        "mission-select", title="Tuyển chọn", url="", dossier="selection:1", by=cast.leader,
        parties={"department": science},
    )  # fmt: skip
    head = make_person("Trang", ("unit-head", science))
    division_head = make_person("Uyen", ("unit-head", part_of(science, "Phòng Quản lý khoa học")))
    assert may_move(division_head, case, "invite") is None, "work of officers"
    assert may_move(division_head, case, "cancel") is not None
    assert may_move(head, case, "cancel") is None
