"""What waits for whom, in what order, in how many queries."""

from datetime import date

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from khue.accounts.models import Delegation, User
from khue.core import clock
from khue.directory.models import Unit
from khue.flow.actions import move, open_case
from khue.flow.desk import i_wait_for, waiting_for
from khue.flow.feed import deadlines_of
from khue.flow.tests.cast import MONDAY, Cast, again, make_person
from khue.notices.calendar import feed

pytestmark = pytest.mark.usefixtures("put_back")


def titles(rows: object) -> list[str]:
    return [row.case.title for row in rows]  # type: ignore[attr-defined]


def test_the_desk_follows_the_case_from_hand_to_hand(cast: Cast) -> None:
    case = cast.directive()
    assert titles(waiting_for(cast.officer)) == ["Nhiệm vụ 1"]
    assert titles(waiting_for(cast.head)) == ["Nhiệm vụ 1"]
    assert titles(waiting_for(cast.leader)) == titles(waiting_for(cast.stranger)) == []
    assert titles(i_wait_for(cast.leader)) == ["Nhiệm vụ 1"]
    assert titles(i_wait_for(cast.officer)) == []
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
        move(case, "report-done", by=cast.officer, comment="Xong")
    assert titles(waiting_for(cast.officer)) == []
    assert titles(waiting_for(cast.leader)) == titles(waiting_for(cast.monitor)) == ["Nhiệm vụ 1"]
    assert titles(i_wait_for(cast.officer)) == ["Nhiệm vụ 1"]
    move(case, "accept", by=cast.leader)
    assert titles(waiting_for(cast.leader)) == titles(i_wait_for(cast.officer)) == []


def test_only_the_roles_that_are_asked_for(cast: Cast) -> None:
    case = cast.directive()
    clerk, auditor = make_person("Hoa", ("clerk", cast.ward)), make_person("Kim", ("auditor", cast.ward))
    assert titles(waiting_for(clerk)) == ["Nhiệm vụ 1"]
    assert titles(waiting_for(auditor)) == []
    keeper = make_person("Tuấn", ("administrator", cast.ward))
    assert titles(i_wait_for(auditor)) == titles(i_wait_for(keeper)) == []
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
    assert titles(waiting_for(again(clerk))) == []


def test_what_hurts_first_comes_first(cast: Cast) -> None:
    for number, due in enumerate([date(2025, 4, 30), None, date(2025, 3, 20), date(2025, 4, 1)], 1):
        with clock.at(MONDAY):
            move(cast.directive(number, due=due), "start", by=cast.officer)
    assert titles(waiting_for(cast.officer)) == ["Nhiệm vụ 3", "Nhiệm vụ 4", "Nhiệm vụ 1", "Nhiệm vụ 2"]


def test_a_stand_in_sees_the_desk_for_the_days_of_the_leave(cast: Cast) -> None:
    cast.directive()
    Delegation.objects.create(
        from_membership=cast.officer.memberships.get(), to_user=cast.stranger,
        valid_from=date(2025, 3, 1), valid_to=date(2025, 3, 7), reason="Nghỉ phép",
    )  # fmt: skip
    with clock.at(date(2025, 3, 5)):
        assert titles(waiting_for(again(cast.stranger))) == ["Nhiệm vụ 1"]
    with clock.at(date(2025, 3, 8)):
        assert titles(waiting_for(again(cast.stranger))) == []


def test_the_calendar_of_a_person_has_what_is_due(cast: Cast) -> None:
    case = cast.directive()
    (deadline,) = deadlines_of(again(cast.officer))
    assert (deadline.uid, deadline.on, deadline.url) == (f"case-{case.pk}", date(2025, 3, 4), "/nhiem-vu/1/")
    assert deadline.details == "Đã giao. Tiếp theo: Đơn vị chủ trì xác nhận đã nhận việc."
    assert "Nhiệm vụ 1".encode() in feed(again(cast.officer)).replace(b"\r\n ", b"")
    assert list(deadlines_of(again(cast.leader))) == []


def test_the_parts_of_a_case_can_be_a_person(cast: Cast) -> None:
    open_case(
        "directive-follow-up", title="Việc riêng", url="", dossier="d:9", by=cast.leader,
        parties={"issuer": cast.city, "lead": cast.stranger},
    )  # fmt: skip
    assert titles(waiting_for(cast.stranger)) == ["Việc riêng"]


def test_a_list_costs_the_same_for_one_and_for_thirty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def cost(user: User) -> None:
        for row in waiting_for(user)[:50]:
            assert row.case.step_now.next.vi
            assert isinstance(row.holder, Unit)

    cast.directive()
    once, later = again(cast.officer), again(cast.officer)
    with django_assert_num_queries(2):
        cost(once)
    for number in range(2, 31):
        cast.directive(number)
    with django_assert_num_queries(2):
        cost(later)
