"""What an account may act for on a day: memberships, reach of roles, delegations, deactivation."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from khue.accounts import actions, rules
from khue.accounts.models import Membership, User
from khue.core import clock, permissions
from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.directory.actions.units import add_unit, end_unit
from khue.directory.models import Unit
from khue.journal.models import Entry

DAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _in_may(db: None) -> object:
    with clock.at(DAY):
        yield


def unit(name: str, parent: Unit | None = None) -> Unit:
    return add_unit(name=name, kind="department", valid_from=date(2025, 7, 1), parent=parent, by=IMPORTER)


def person(name: str, *parts: tuple[Unit, str]) -> User:
    user = actions.add_user(email=f"{name}@hanoi.example", full_name=name, by=IMPORTER, password="Khue-2026-demo")
    for where, role in parts:
        actions.give_role(user, unit=where, role=role, valid_from=date(2025, 7, 1), by=IMPORTER)
    return user


@pytest.fixture
def city() -> Unit:
    return unit("Thành phố")


@pytest.fixture
def department(city: Unit) -> Unit:
    return unit("Sở Khoa học và Công nghệ", city)


@pytest.fixture
def division(department: Unit) -> Unit:
    return unit("Phòng Quản lý công nghệ", department)


def test_parts_are_one_query_kept_for_the_request(
    department: Unit, division: Unit, django_assert_num_queries: object
) -> None:
    user = person("Lan", (department, "clerk"), (division, "officer"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [part.role for part in rules.acting_in(user)] == ["clerk", "officer"]
        assert rules.unit_ids(user) == {department.pk, division.pk}
        assert rules.unit_ids(user, "clerk") == {department.pk}


def test_roles_reach_as_far_as_the_shelf_says(city: Unit, department: Unit, division: Unit) -> None:
    head, clerk, leader = (person(name, (department, name)) for name in ("unit-head", "clerk", "leader"))
    assert rules.has_role(head, "unit-head", division)
    assert not rules.has_role(head, "unit-head", city)
    assert not rules.has_role(clerk, "clerk", division)
    assert rules.has_role(leader, "leader", city)
    assert permissions.may(head, "directive:assign", division.pk)
    assert not permissions.may(clerk, "directive:assign")


def test_a_membership_counts_only_on_its_days(department: Unit) -> None:
    user = person("Minh")
    actions.give_role(
        user, unit=department, role="officer", valid_from=date(2026, 6, 1), valid_to=date(2026, 6, 30), by=IMPORTER
    )
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [len(rules.acting_in(user, day)) for day in days] == [0, 1, 1, 0]


def test_a_delegation_counts_only_on_its_days_and_says_for_whom(department: Unit) -> None:
    head, deputy = person("Hùng", (department, "unit-head")), person("Mai", (department, "officer"))
    actions.delegate(
        head.memberships.get(), to_user=deputy, valid_from=date(2026, 5, 10), valid_to=date(2026, 5, 12),
        reason="Nghỉ phép", by=head,
    )  # fmt: skip
    assert [len(rules.acting_in(deputy, date(2026, 5, day))) for day in (9, 10, 12, 13)] == [1, 2, 2, 1]
    lent = rules.acting_in(deputy, date(2026, 5, 10))[1]
    assert (lent.role, lent.delegated_by) == ("unit-head", "Hùng")
    assert Entry.objects.filter(verb="user.delegated", dossier=f"user:{head.pk}").count() == 1
    assert Entry.objects.filter(verb="user.stands-in", dossier=f"user:{deputy.pk}").count() == 1


def test_a_delegation_called_back_is_over_at_once(department: Unit) -> None:
    head, deputy = person("Hùng", (department, "unit-head")), person("Mai", (department, "officer"))
    delegation = actions.delegate(
        head.memberships.get(), to_user=deputy, valid_from=DAY, valid_to=date(2026, 5, 12), reason="Ốm", by=head
    )
    assert len(rules.acting_in(deputy)) == 2
    actions.recall(delegation, by=head)
    assert len(rules.acting_in(User.objects.get(pk=deputy.pk))) == 1
    with pytest.raises(Refused):
        actions.recall(delegation, by=head)


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (date(2026, 5, 12), date(2026, 5, 10), "delegation.wrong-days"),
        (date(2026, 4, 1), date(2026, 4, 10), "delegation.wrong-days"),
        (date(2025, 6, 1), date(2026, 5, 10), "delegation.outside"),
        (date(2026, 5, 20), date(2026, 5, 25), "delegation.twice"),
    ],
)
def test_wrong_days_of_a_leave_are_refused(department: Unit, since: date, until: date, code: str) -> None:
    head, deputy = person("Hùng", (department, "unit-head")), person("Mai", (department, "officer"))
    part = head.memberships.get()
    actions.delegate(
        part, to_user=deputy, valid_from=date(2026, 5, 22), valid_to=date(2026, 5, 23), reason="Phép", by=head
    )
    with pytest.raises(Refused) as refused:
        actions.delegate(part, to_user=deputy, valid_from=since, valid_to=until, reason="Phép", by=head)
    assert refused.value.refusal.code == code


def test_only_the_owner_or_an_administrator_delegates(department: Unit) -> None:
    head, deputy = person("Hùng", (department, "unit-head")), person("Mai", (department, "officer"))
    with pytest.raises(Refused, match="nghỉ"):
        actions.delegate(
            head.memberships.get(), to_user=deputy, valid_from=DAY, valid_to=DAY, reason="Tự nhận", by=deputy
        )


def test_the_database_keeps_one_membership_a_day(department: Unit) -> None:
    user = person("Minh", (department, "clerk"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, unit=department, role="clerk", valid_from=DAY)


def test_an_administrator_keeps_only_the_own_branch(city: Unit, department: Unit, division: Unit) -> None:
    local, top = person("Bình", (department, "administrator")), person("Chi", (city, "administrator"))
    user = person("Minh")
    actions.give_role(user, unit=division, role="officer", valid_from=DAY, by=local)
    with pytest.raises(Refused, match="quản trị"):
        actions.give_role(user, unit=city, role="officer", valid_from=DAY, by=local)
    with pytest.raises(Refused, match="toàn thành phố"):
        actions.give_role(user, unit=department, role="leader", valid_from=DAY, by=local)
    actions.give_role(user, unit=department, role="leader", valid_from=DAY, by=top)
    with pytest.raises(Refused, match="“sultan”"):
        actions.give_role(user, unit=department, role="sultan", valid_from=DAY, by=top)


def test_changing_a_role_keeps_the_one_before(department: Unit) -> None:
    user = person("Minh", (department, "officer"))
    actions.change_role(user.memberships.get(), role="unit-head", on=DAY, by=IMPORTER)
    assert [part.role for part in rules.acting_in(user, date(2026, 5, 3))] == ["officer"]
    assert [part.role for part in rules.acting_in(user, DAY)] == ["unit-head"]


def test_when_a_unit_ends_its_memberships_end_with_it(city: Unit, division: Unit) -> None:
    heir = unit("Phòng Công nghệ", division.parent)
    user = person("Minh", (division, "officer"))
    end_unit(division, on=date(2026, 6, 1), successors=[heir], by=IMPORTER)
    assert user.memberships.get().valid_to == date(2026, 5, 31)
    assert rules.acting_in(user, date(2026, 6, 1)) == []


def test_deactivation_signs_out_everywhere_and_keeps_history(department: Unit) -> None:
    boss, user = person("Chi", (department, "administrator")), person("Minh", (department, "officer"))
    client = Client()
    client.force_login(user)
    assert client.get("/").status_code == 200
    actions.deactivate(user, by=boss, reason="Chuyển công tác")
    assert client.get("/").status_code == 302
    assert not Client().login(email=user.email, password="Khue-2026-demo")
    kept = User.objects.get(pk=user.pk)
    assert kept.memberships.count() == 1
    assert rules.acting_in(kept) == []
    actions.reactivate(kept, by=boss)
    assert len(rules.acting_in(User.objects.get(pk=user.pk))) == 1


def test_nobody_shuts_oneself_out(department: Unit) -> None:
    boss = person("Chi", (department, "administrator"))
    with pytest.raises(Refused, match="chính mình"):
        actions.deactivate(boss, by=boss, reason="Nhầm")


def test_an_invitation_works_once(department: Unit) -> None:
    boss = person("Chi", (department, "administrator"))
    user = actions.add_user(email="Moi@Hanoi.example", full_name="Người Mới", by=boss)
    assert not user.has_usable_password()
    stale, secret = actions.invite(user, by=boss), actions.invite(user, by=boss)
    with pytest.raises(Refused):
        actions.accept_invitation(stale, password="Một-mật-khẩu-dài")
    joined = actions.accept_invitation(secret, password="Một-mật-khẩu-dài")
    assert joined.check_password("Một-mật-khẩu-dài")
    with pytest.raises(Refused):
        actions.accept_invitation(secret, password="Một-mật-khẩu-khác")


def test_one_account_an_address() -> None:
    person("Minh")
    with pytest.raises(Refused, match=r"minh@hanoi\.example"):
        actions.add_user(email="minh@hanoi.example", full_name="Minh Khác", by=IMPORTER)
