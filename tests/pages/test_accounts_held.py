"""Who tries to come in where an account no longer opens, or further than it reaches."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse

from khue.accounts import actions
from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.actions.units import add_unit
from khue.directory.models import Unit

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "Sông-Hồng-chảy-2026", "Hồ-Tây-lặng-sóng-9"
DAY = date(2026, 5, 4)
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]


@pytest.fixture(autouse=True)
def _in_may() -> Iterator[None]:
    with at(DAY):
        yield


@pytest.fixture
def city() -> Unit:
    return add_unit(name="UBND thành phố", kind="authority", valid_from=date(2025, 3, 1), by=IMPORTER)


@pytest.fixture
def ward(city: Unit) -> Unit:
    return add_unit(name="UBND phường Láng", kind="commune", valid_from=date(2025, 7, 1), parent=city, by=IMPORTER)


def person(name: str, *parts: tuple[Unit, str], since: date = date(2025, 7, 1)) -> User:
    user = actions.add_user(email=f"{name}@hanoi.example", full_name=name, by=IMPORTER, password=PASSWORD)
    for unit, role in parts:
        actions.give_role(user, unit=unit, role=role, valid_from=since, by=IMPORTER)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


@pytest.fixture
def keeper(ward: Unit) -> User:
    return person("phuong", (ward, "administrator"))


def posts_of_an_administrator(user: User) -> list[tuple[str, dict[str, str]]]:
    return [
        (reverse("accounts:invite-again", args=[user.pk]), {}),
        (reverse("accounts:switch", args=[user.pk]), {"reason": "x"}),
        (reverse("accounts:forget-second-factor", args=[user.pk]), {"reason": "x"}),
    ]


def unharmed(user: User) -> bool:
    fresh = User.objects.get(pk=user.pk)
    return fresh.is_active and not fresh.invitations.exists() and fresh.authenticator_set.exists()


def test_who_keeps_a_ward_cannot_take_over_who_went_up_from_it(keeper: User, city: Unit, ward: Unit) -> None:
    risen = person("boss", (ward, "officer"))
    actions.end_membership(risen.memberships.get(), last_day=DAY - timedelta(days=30), by=IMPORTER)
    actions.give_role(risen, unit=city, role="administrator", valid_from=DAY - timedelta(days=29), by=IMPORTER)
    TOTP.activate(risen, generate_totp_secret())
    client = signed_in(keeper)
    for address, given in posts_of_an_administrator(risen):
        client.post(address, given)
        assert unharmed(risen), address


def test_who_acts_in_two_units_is_kept_by_who_keeps_both(keeper: User, city: Unit, ward: Unit) -> None:
    both, boss = person("hai", (ward, "officer"), (city, "officer")), person("boss", (city, "administrator"))
    TOTP.activate(both, generate_totp_secret())
    client = signed_in(keeper)
    for address, given in posts_of_an_administrator(both):
        client.post(address, given)
        assert unharmed(both), address
    page = client.get(reverse("accounts:user", args=[both.pk])).content.decode()
    assert page.count('data-dialog="part-') == 1, "only the role in the own unit"
    last = {"end": "1", "last_day": f"{DAY:%Y-%m-%d}"}
    upper, lower = both.memberships.get(unit=city), both.memberships.get(unit=ward)
    client.post(reverse("accounts:change-membership", args=[upper.pk]), last)
    client.post(reverse("accounts:change-membership", args=[lower.pk]), last)
    assert {one.unit: one.valid_to for one in both.memberships.all()} == {city: None, ward: DAY}
    assert actions.invite(both, by=boss)


def test_who_stands_in_higher_up_is_not_kept_from_below(keeper: User, city: Unit, ward: Unit) -> None:
    head, deputy = person("truong", (city, "unit-head")), person("pho", (ward, "officer"))
    part = head.memberships.get()
    actions.delegate(part, to_user=deputy, valid_from=DAY, valid_to=DAY, reason="Nghỉ phép", by=IMPORTER)
    with pytest.raises(Refused):
        actions.invite(deputy, by=keeper)
    with at(DAY + timedelta(days=1)):
        assert actions.invite(deputy, by=keeper)


def test_a_link_opens_once_and_only_the_last_one(ward: Unit, client: Client) -> None:
    user = person("lan", (ward, "officer"))
    old, link = (reverse("accounts:welcome", args=[actions.invite(user, by=IMPORTER)]) for _ in range(2))
    given = {"password": NEW, "again": NEW}
    assert client.post(old, given).status_code == 410
    assert client.post(link, given).status_code == 302
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_a_link_does_not_open_an_account_that_is_closed_nor_after_its_days(ward: Unit, client: Client) -> None:
    late, closed = person("lan", (ward, "officer")), person("minh", (ward, "officer"))
    links = [reverse("accounts:welcome", args=[actions.invite(user, by=IMPORTER)]) for user in (late, closed)]
    actions.deactivate(closed, by=IMPORTER, reason="Nghỉ hưu")
    actions.reactivate(closed, by=IMPORTER)
    with at(DAY + timedelta(days=60)):
        for link in links:
            assert client.post(link, {"password": NEW, "again": NEW}).status_code == 410
    assert all(User.objects.get(pk=user.pk).check_password(PASSWORD) for user in (late, closed))


def test_neither_a_link_nor_a_new_password_goes_past_the_second_factor(ward: Unit) -> None:
    user = person("lan", (ward, "officer"))
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.post(reverse("accounts:welcome", args=[actions.invite(user, by=IMPORTER)]), {"password": NEW, "again": NEW})
    assert not is_in(client)
    client.post(reverse("account_reset_password"), {"email": user.email})
    found = re.search(r"/tai-khoan/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert found
    form = client.get(found[0], follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert not is_in(client)


def test_a_new_password_ends_what_is_open_elsewhere(ward: Unit) -> None:
    user = person("lan", (ward, "officer"))
    thief = signed_in(user)
    link = reverse("accounts:welcome", args=[actions.invite(user, by=IMPORTER)])
    owner = Client()
    owner.post(link, {"password": NEW, "again": NEW})
    assert (is_in(owner), is_in(thief)) == (True, False)


def test_a_closed_account_opens_in_no_way(ward: Unit) -> None:
    user = person("lan", (ward, "officer"))
    inside, outside = signed_in(user), Client()
    actions.deactivate(user, by=IMPORTER, reason="Nghỉ hưu")
    outside.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    outside.post(reverse("account_reset_password"), {"email": user.email})
    assert (is_in(inside), is_in(outside)) == (False, False)
    assert not any("/password/reset/key/" in str(one.body) for one in mail.outbox)


def test_a_part_that_ended_yesterday_shows_nothing_more(city: Unit, ward: Unit) -> None:
    boss, helper = person("boss", (city, "administrator")), person("giup", (ward, "officer"))
    part, page = boss.memberships.get(), reverse("accounts:user", args=[boss.pk])
    actions.delegate(part, to_user=helper, valid_from=DAY, valid_to=DAY, reason="Nghỉ phép", by=boss)
    helped, own = signed_in(helper), signed_in(boss)
    helped.post(reverse("site:act"), {"part": part.pk})
    actions.end_membership(part, last_day=DAY, by=IMPORTER)
    invite = reverse("accounts:invite")
    assert [client.get(invite).status_code for client in (helped, own)] == [200, 200]
    with at(DAY + timedelta(days=1)):
        assert [client.get(invite).status_code for client in (helped, own)] == [403, 403]
        assert helped.get(page).status_code == 404


def test_who_guesses_passwords_behind_the_proxy_slows_nobody_else_down(
    ward: Unit, settings: Any, client: Client
) -> None:
    """The proxy of `deploy/` is the neighbour of every request; whom it asks for stands in a header."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = settings_behind_https()
    user, address = person("lan", (ward, "officer")), reverse("account_login")
    for number in range(12):
        given = {"login": f"x{number}@hanoi.example", "password": "sai"}
        last = client.post(address, given, headers={"X-Forwarded-For": "10.0.0.66"})
    assert "Đã nhập sai nhiều lần" in last.content.decode()
    client.post(address, {"login": user.email, "password": PASSWORD}, headers={"X-Forwarded-For": "10.0.0.7"})
    assert is_in(client)


def settings_behind_https() -> int:
    """How many proxies a site of its own address trusts, as its environment gives it."""
    told = "from khue.config import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    around = {**os.environ, "KHUE_URL": "https://khue.example", "KHUE_SECRET_KEY": "x"}
    return int(subprocess.run([sys.executable, "-c", told], env=around, check=True, capture_output=True).stdout)


def test_the_address_of_an_account_is_its_administrators_to_change(ward: Unit) -> None:
    user = person("lan", (ward, "officer"))
    given = {"action_add": "", "email": "khac@hanoi.example"}
    assert signed_in(user).post(reverse("account_email"), given).status_code == 302
    assert [one.email for one in EmailAddress.objects.all()] == [user.email]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_to_another_site(ward: Unit, address: str) -> None:
    user = person("lan", (ward, "officer"))
    client = Client()
    given = {"login": user.email, "password": PASSWORD, "next": address}
    assert client.post(f"{reverse('account_login')}?next={address}", given)["Location"] == "/"
    for name, own in (("site:act", "/"), ("site:appearance", "/"), ("documents:directives-bulk", "/van-ban/nhiem-vu/")):
        answer = client.post(reverse(name), {"next": address, "back": address})
        assert answer["Location"] == own, name
