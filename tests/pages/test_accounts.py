"""The pages of accounts, as an administrator, a user and somebody invited see them."""

import re
from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import BACKEND_SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse

from khue.accounts import actions
from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.core.actors import IMPORTER
from khue.core.clock import today
from khue.directory.actions.units import add_unit
from khue.directory.models import Unit
from khue.journal.models import Entry
from khue.notices.models import Notice

PASSWORD = "Sông-Hồng-chảy-2026"


@pytest.fixture
def department(db: None) -> Unit:
    return add_unit(
        name="Sở Khoa học và Công nghệ",
        abbreviation="SKHCN",
        kind="department",
        valid_from=date(2025, 3, 1),
        by=IMPORTER,
    )


def person(name: str, role: str, unit: Unit, password: str | None = None) -> User:
    user = actions.add_user(email=f"{name}@hanoi.example", full_name=name, by=IMPORTER, password=password)
    actions.give_role(user, unit=unit, role=role, valid_from=date(2025, 7, 1), by=IMPORTER)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def boss(department: Unit) -> User:
    return person("boss", "administrator", department)


def test_sign_in_by_address_and_password(department: Unit, client: Client) -> None:
    person("lan", "clerk", department, PASSWORD)
    page = client.get(reverse("account_login")).content.decode()
    assert "Đăng nhập bằng khóa truy cập" in page
    wrong = client.post(reverse("account_login"), {"login": "lan@hanoi.example", "password": "sai"})
    assert "mật khẩu chưa đúng" in wrong.content.decode()
    right = client.post(reverse("account_login"), {"login": "LAN@hanoi.example", "password": PASSWORD})
    assert right.status_code == 302
    assert BACKEND_SESSION_KEY in client.session


def test_guessing_is_slowed_down(department: Unit, client: Client) -> None:
    person("lan", "clerk", department, PASSWORD)
    for _attempt in range(6):
        last = client.post(reverse("account_login"), {"login": "lan@hanoi.example", "password": "sai"})
    assert "Đã nhập sai nhiều lần" in last.content.decode()
    still = client.post(reverse("account_login"), {"login": "lan@hanoi.example", "password": PASSWORD})
    assert BACKEND_SESSION_KEY not in client.session, still.content.decode()


def test_nobody_registers_by_oneself(db: None, client: Client) -> None:
    page = client.post(reverse("account_signup"), {"email": "x@y.example", "password1": PASSWORD})
    assert "không cho tự đăng ký" in page.content.decode()
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_by_mail(department: Unit, client: Client) -> None:
    user = person("lan", "clerk", department, PASSWORD)
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"/tai-khoan/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[0], follow=True)
    action = form.redirect_chain[-1][0]
    client.post(action, {"password1": "Một-mật-khẩu-mới-9", "password2": "Một-mật-khẩu-mới-9"})
    assert User.objects.get(pk=user.pk).check_password("Một-mật-khẩu-mới-9")


@pytest.mark.parametrize(
    "name",
    [
        "account_logout", "account_change_password", "account_reauthenticate", "mfa_index", "usersessions_list",
        "socialaccount_connections", "accounts:profile", "notices:list", "notices:preferences",
    ],
)  # fmt: skip
def test_pages_of_ones_own_are_in_the_frame_and_in_vietnamese(department: Unit, name: str) -> None:
    client = signed_in(person("lan", "clerk", department, PASSWORD))
    answer = client.get(reverse(name), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Khuê</title>" in page
    assert 'lang="vi"' in page
    for english in ("Sign ", "Password", "Authenticat", "Sessions", "Two-Factor", "Recovery"):
        assert not re.search(rf">[^<]*\b{english}", page), english


def test_a_second_factor_is_set_up_after_saying_the_password_again(department: Unit) -> None:
    user = person("lan", "clerk", department, PASSWORD)
    client = signed_in(user)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "hãy xác nhận lại là chính bạn" in asked.content.decode()
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True).content.decode()
    assert "Quét mã QR" in page
    assert "Thêm khóa" in client.get(reverse("mfa_add_webauthn"), follow=True).content.decode()


def test_the_second_factor_is_asked_for_at_sign_in(department: Unit) -> None:
    user, client = person("lan", "clerk", department, PASSWORD), Client()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    asked = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    told = asked.content.decode()
    assert "Mất điện thoại thì nhập một mã khôi phục" in told
    assert "Dùng khóa" not in told, "there is no key"
    assert client.get("/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/").status_code == 200
    keeper = signed_in(person("khoa", "administrator", department))
    address = reverse("accounts:user", args=[user.pk])
    assert "Gỡ xác thực hai lớp" in keeper.get(address).content.decode()
    keeper.post(reverse("accounts:forget-second-factor", args=[user.pk]), {"reason": "Mất điện thoại"})
    page = keeper.get(address).content.decode()
    assert "gỡ xác thực hai lớp khỏi tài khoản" in page
    assert "Mất điện thoại" in page
    assert client.get("/").status_code == 302, "whoever found the phone is out"
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get("/").status_code == 200


def test_the_administrator_invites_and_the_guest_comes_in(boss: User, client: Client) -> None:
    asked = {"email": "moi@hanoi.example", "full_name": "Người Mới", "unit": "Sở KH&CN", "role": "officer"}
    answer = signed_in(boss).post(reverse("accounts:invite"), {**asked, "valid_from": f"{today()}"})
    assert "Liên kết đã được gửi tới moi@hanoi.example" in answer.content.decode()
    link = re.search(r"/tai-khoan/moi/[\w-]+/", str(mail.outbox[-1].body))
    assert link
    assert "Người Mới hãy đặt mật khẩu" in client.get(link[0]).content.decode()
    weak = client.post(link[0], {"password": "1234567890", "again": "1234567890"})
    assert weak.status_code == 200
    assert client.post(link[0], {"password": PASSWORD, "again": PASSWORD})["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Client().get(link[0]).status_code == 410
    assert [part.role for part in acting_in(User.objects.get(email="moi@hanoi.example"))] == ["officer"]


def test_a_unit_that_is_not_clear_is_asked_back(boss: User) -> None:
    asked = {"email": "moi@hanoi.example", "full_name": "Người Mới", "role": "officer", "valid_from": f"{today()}"}
    page = signed_in(boss).post(reverse("accounts:invite"), {**asked, "unit": "Sở Khoa hoc"}).content.decode()
    assert "Có phải là: Sở Khoa học và Công nghệ" in page
    assert not User.objects.filter(email="moi@hanoi.example").exists()


def test_who_keeps_no_accounts_cannot_invite_nor_look(department: Unit, boss: User) -> None:
    client = signed_in(person("lan", "clerk", department))
    assert client.get(reverse("accounts:invite")).status_code == 403
    assert client.get(reverse("accounts:user", args=[boss.pk])).status_code == 404
    assert client.post(reverse("accounts:switch", args=[boss.pk]), {"reason": "x"}).status_code == 404


def test_roles_are_given_changed_and_ended_on_the_page(boss: User, department: Unit) -> None:
    user, client = person("minh", "officer", department), signed_in(boss)
    page = reverse("accounts:user", args=[user.pk])
    assert "Chuyên viên" in client.get(page).content.decode()
    client.post(
        reverse("accounts:give-role", args=[user.pk]), {"unit": "SKHCN", "role": "clerk", "valid_from": f"{today()}"}
    )
    first = user.memberships.get(role="officer")
    client.post(reverse("accounts:change-membership", args=[first.pk]), {"role": "unit-head", "on": f"{today()}"})
    assert {part.role for part in acting_in(User.objects.get(pk=user.pk))} == {"clerk", "unit-head"}
    client.post(reverse("accounts:switch", args=[user.pk]), {"reason": "Chuyển công tác"})
    page_after = client.get(page).content.decode()
    assert "Đã khóa từ" in page_after
    assert "boss khóa tài khoản" in page_after
    client.post(reverse("accounts:switch", args=[user.pk]))
    assert User.objects.get(pk=user.pk).is_active


def test_a_leave_is_delegated_and_called_back_on_the_profile(
    department: Unit, django_capture_on_commit_callbacks: Any
) -> None:
    head, deputy = person("hung", "unit-head", department), person("mai", "officer", department)
    client = signed_in(head)
    asked = {
        "membership": head.memberships.get().pk, "to_user": deputy.email, "valid_from": f"{today()}",
        "valid_to": f"{today()}", "reason": "Nghỉ phép",
    }  # fmt: skip
    wrong = client.post(reverse("accounts:delegate"), {**asked, "to_user": "khong@co.example"})
    assert wrong.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("accounts:delegate"), asked)
    assert "làm thay hung" in Notice.objects.get(user=deputy).subject
    assert "Bạn đang làm thay hung" in signed_in(deputy).get("/").content.decode()
    assert "thay hung" in signed_in(deputy).get(reverse("accounts:profile")).content.decode()
    delegation = deputy.received_delegations.get()
    stranger = signed_in(person("la", "officer", department))
    assert stranger.post(reverse("accounts:recall", args=[delegation.pk])).status_code == 404
    client.post(reverse("accounts:recall", args=[delegation.pk]))
    assert len(acting_in(User.objects.get(pk=deputy.pk))) == 1


def test_the_list_takes_the_same_queries_for_many(
    boss: User, department: Unit, django_assert_max_num_queries: object
) -> None:
    client = signed_in(boss)
    users = User.objects.bulk_create(
        User(email=f"u{number}@hanoi.example", full_name=f"Nguyễn Văn {number}", folded=f"nguyen van {number}")
        for number in range(70)
    )
    for user in users:
        user.memberships.create(unit=department, role="officer", valid_from=date(2025, 7, 1))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(reverse("accounts:users"))
    assert page.content.decode().count("@hanoi.example") == 50
    found = client.get(reverse("accounts:users"), {"q": "nguyễn van 69", "role": "officer"})
    assert found.content.decode().count("@hanoi.example") == 1


def test_what_a_stand_in_does_says_in_whose_place(department: Unit) -> None:
    keeper, deputy = person("hung", "administrator", department), person("mai", "officer", department)
    lent = keeper.memberships.get()
    actions.delegate(lent, to_user=deputy, valid_from=today(), valid_to=today(), reason="Nghỉ phép", by=keeper)
    client = signed_in(deputy)
    client.post(reverse("site:act"), {"part": lent.pk})
    client.post(reverse("directory:change-unit", args=[department.code]), {"kind": "department", "phone": "024 3825"})
    entry = Entry.objects.get(verb="unit.changed")
    assert (entry.actor_name, entry.acting_for) == ("mai", "(thay hung)")
    client.post(reverse("site:act"), {"part": deputy.memberships.get().pk})
    client.post(reverse("accounts:profile"), {"full_name": "Mai Anh", "language": "vi"})
    assert Entry.objects.get(verb="user.changed").acting_for == ""
