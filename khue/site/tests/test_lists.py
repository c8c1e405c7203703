"""Bringing lists in on the pages: explained, checked, entered; each only by those who may."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from khue.accounts.models import User
from khue.core import clock
from khue.core.exchange import kinds
from khue.directory.models import Unit
from khue.office.actions import uploading
from khue.office.lists import exported
from khue.office.models import Import
from khue.office.tasks import finish_import, forget_old_imports
from khue.office.tests.test_exchange import book, kind
from khue.site.tests.conftest import account

pytestmark = pytest.mark.django_db
DEPARTMENT = "Sở Khoa học và Công nghệ"


@pytest.fixture
def keeper(client: Client) -> User:
    user = account("Bùi Thị Quản", ("administrator", DEPARTMENT))
    client.force_login(user)
    return user


def division(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "division", "parent": DEPARTMENT, "valid_from": "1/3/2025", **more}


def send(client: Client, *rows: dict[str, Any], name: str = "units") -> Any:
    upload = SimpleUploadedFile("don-vi.xlsx", book(name, *rows))
    return client.post(reverse("site:import-kind", args=[name]), {"file": upload}, follow=True)


def test_from_the_file_to_the_units(client: Client, keeper: User) -> None:
    page = send(client, division("Phòng A"), division("Phòng B"))
    assert "Nhập 2 dòng" in page.content.decode()
    assert not Unit.objects.filter(name="Phòng A").exists()
    done = client.post(page.redirect_chain[-1][0], follow=True)
    assert "Đã nhập" in done.content.decode()
    assert Unit.objects.get(name="Phòng A").parent.name == DEPARTMENT
    brought = Import.objects.get()
    assert (brought.state, bytes(brought.content)) == ("applied", b"")
    client.post(page.redirect_chain[-1][0])
    assert Unit.objects.filter(name="Phòng A").count() == 1


def test_problems_are_shown_by_row_and_column_without_a_button(client: Client, keeper: User) -> None:
    page = send(client, division("Phòng A"), division("Phòng B", parent="Sở Ma")).content.decode()
    assert "Sở Ma" in page
    assert "Đơn vị cấp trên" in page
    assert "1 trong 2 dòng" in page
    assert "Nhập 2 dòng" not in page
    brought = Import.objects.get()
    client.post(reverse("site:import", args=["units", brought.pk]))
    assert not Unit.objects.filter(name="Phòng A").exists()


def test_what_is_there_already_needs_no_button(client: Client, keeper: User) -> None:
    page = send(client, division("Phòng A"))
    client.post(page.redirect_chain[-1][0])
    again = send(client, division("Phòng A")).content.decode()
    assert "đều đã có" in again


def test_a_unit_of_somebody_else_is_refused_by_its_rule(client: Client, keeper: User) -> None:
    account("Người Khác", ("administrator", "Sở Tài chính"))
    page = send(client, division("Phòng A", parent="Sở Tài chính")).content.decode()
    assert "1 trong 1 dòng" in page


@pytest.mark.parametrize(("data", "said"), [(b"", "rỗng"), (b"chu thuong", "không")])
def test_what_is_no_sheet_is_said_beside_the_field(client: Client, keeper: User, data: bytes, said: str) -> None:
    upload = SimpleUploadedFile("a.xlsx", data)
    page = client.post(reverse("site:import-kind", args=["units"]), {"file": upload})
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert not Import.objects.exists()


def test_a_long_sheet_is_left_to_a_job_that_shows_how_far_it_is(
    client: Client, keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "AT_ONCE", 1)
    page = send(client, division("Phòng A"), division("Phòng B"))
    assert "Đang kiểm tra" in page.content.decode()
    assert "hx-get" in page.content.decode()
    brought = Import.objects.get()
    finish_import(brought.pk)
    assert "Nhập 2 dòng" in client.get(page.redirect_chain[-1][0]).content.decode()
    assert "Đang nhập" in client.post(page.redirect_chain[-1][0], follow=True).content.decode()
    finish_import(brought.pk)
    assert Unit.objects.filter(name="Phòng B").exists()
    finish_import(brought.pk)
    assert "Đã nhập" in client.get(page.redirect_chain[-1][0]).content.decode()


def test_an_upload_is_its_owner_s(client: Client, keeper: User) -> None:
    address = send(client, division("Phòng A")).redirect_chain[-1][0]
    client.force_login(account("Trần Văn Khác", ("administrator", "Sở Tài chính")))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_each_sees_the_lists_that_are_theirs(client: Client, keeper: User) -> None:
    assert "units" in client.get(reverse("site:imports")).content.decode()
    client.force_login(account("Chuyên Gia", ("expert", DEPARTMENT)))
    assert "Không có danh sách nào" in client.get(reverse("site:imports")).content.decode()
    for address in ("import-kind", "import-template", "import-export"):
        assert client.get(reverse(f"site:{address}", args=["units"])).status_code == 403
    assert client.get(reverse("site:import-kind", args=["khong-co"])).status_code == 404


@pytest.mark.parametrize("address", ["import-template", "import-export"])
def test_template_and_what_is_there_are_workbooks(client: Client, keeper: User, address: str) -> None:
    answer = client.get(reverse(f"site:{address}", args=["units"]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any("Tên đơn vị" in str(cell) for row in sheet for cell in row)


def test_every_page_of_a_kind_explains_its_columns(client: Client, keeper: User) -> None:
    page = client.get(reverse("site:import-kind", args=["units"])).content.decode()
    for each in kind("units").fields:
        assert str(each.meaning) in page.replace("&#x27;", "'")
    assert exported(kind("units"), by=keeper)


def test_examples_are_what_a_sheet_may_say(keeper: User) -> None:
    for kind_ in kinds():
        for field in kind_.fields:
            if field.example not in ("", None):
                assert field.parse(field.example) not in ("", None), (kind_.name, field.key)
            assert field.kind != "date" or isinstance(field.example or date(2026, 1, 1), date), (kind_.name, field.key)


def test_a_sheet_that_nobody_enters_is_emptied_after_a_week(client: Client, keeper: User) -> None:
    address = send(client, division("Phòng A")).redirect_chain[-1][0]
    assert forget_old_imports(0) == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert forget_old_imports(0) == 1
    assert bytes(Import.objects.get().content) == b""
    assert "trong 7 ngày" in client.get(address).content.decode()
