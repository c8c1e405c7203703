"""From an empty installation to the first administrator at work."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.site.upkeep.doctor.installation import people

pytestmark = pytest.mark.django_db
CITY = "Ủy ban nhân dân thành phố Hà Nội"
NAME = "Ngô Anh Tuấn"


def _invite(capsys: pytest.CaptureFixture[str], email: str = "tuan@vidu.gov.vn", **options: str) -> str:
    call_command("invite", email, **options)
    found = re.search(r"http\S+?(/tai-khoan/moi/\S+)", capsys.readouterr().out)
    assert found
    return found[1]


def test_sign_in_and_doctor_say_how_to_begin(client: Client) -> None:
    assert "khue invite" in client.get(reverse("account_login")).content.decode()
    assert "khue invite" in next(people()).sentence


def test_the_first_administrator_chooses_a_password_and_sees_the_first_steps(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    link = _invite(capsys, name=NAME, unit=CITY)
    chosen = "bay-con-chim-se-1"
    client.post(link, {"password": chosen, "again": chosen})
    assert client.login(username="tuan@vidu.gov.vn", password=chosen)
    desk = client.get("/").content.decode()
    assert "Việc đầu tiên" in desk
    assert reverse("site:import-kind", args=["units"]) in desk
    assert Unit.objects.get().name == CITY
    assert next(people()).level == "good"
    assert "khue invite" not in Client().get(reverse("account_login")).content.decode()


def test_the_first_steps_go_away_once_done(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    _invite(capsys, name=NAME, unit=CITY)
    administrator = User.objects.get()
    department = Unit.objects.create(name="Sở Y tế", kind="department", valid_from="2015-01-01", code="syt")
    clerk = User.objects.create_user("lan@vidu.gov.vn", "Lan", "bay-con-chim-se-2")
    client.force_login(administrator)
    assert "Việc đầu tiên" in client.get("/").content.decode()
    Membership.objects.create(user=clerk, unit=department, role="clerk", valid_from="2020-01-01")
    assert "Việc đầu tiên" not in client.get("/").content.decode()


def test_a_lost_password_needs_only_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    first = _invite(capsys, name=NAME, unit=CITY)
    second = _invite(capsys, "TUAN@vidu.gov.vn")
    assert first != second
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "options", "said"),
    [
        ("lan@vidu.gov.vn", {"name": "Lan"}, "--unit"),
        ("lan", {"name": "Lan", "unit": CITY}, "không phải là địa chỉ"),
        ("lan@vidu.gov.vn", {"name": "Lan", "unit": "Sở không có"}, "Sở không có"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    capsys: pytest.CaptureFixture[str], email: str, options: dict[str, str], said: str
) -> None:
    _invite(capsys, name=NAME, unit=CITY)
    with pytest.raises(Refused, match=re.escape(said)):
        call_command("invite", email, **options)
    assert User.objects.count() == 1
