"""Missions of the past come in from a sheet: once each, with every wrong cell named, thousands at a time."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core.clock import today
from khue.directory.models import Unit
from khue.journal.models import Entry
from khue.language.text import fold
from khue.matching.search import similar
from khue.missions.models import Mission
from khue.office.tests.test_exchange import enter, reasons

pytestmark = pytest.mark.django_db
ROW: dict[str, Any] = {
    "code": "01C-05/02-2021-3",
    "title": "Xây dựng mô hình trồng rau thủy canh tại huyện Gia Lâm",
    "host_name": "Viện Nghiên cứu Rau quả",
    "investigator_name": "TS. Nguyễn Văn Minh",
    "year": 2021,
    "last_year": 2023,
    "budget_state": "1.250.000.000",
    "rating": "Xuất sắc",
    "abstract": "Quy trình trồng rau ăn lá không dùng đất.",
}


def test_a_row_becomes_a_mission_that_the_duplicate_check_knows() -> None:
    host = Unit.objects.create(name="Viện Nghiên cứu Rau quả", kind=Unit.Kind.INSTITUTE, valid_from="1990-01-01")
    assert enter("missions", ROW).problems == []
    mission = Mission.objects.get()
    assert (mission.host, mission.budget_state, mission.rating, mission.imported) == (
        host,
        1_250_000_000,
        "excellent",
        True,
    )
    assert Entry.objects.filter(dossier=f"mission:{mission.pk}", verb="mission.entered").exists()
    reader = member("officer", host)
    assert [match.title for match in similar(reader, "trong rau thuy canh Gia Lam")] == [mission.title]


def test_a_second_time_changes_only_what_differs() -> None:
    enter("missions", ROW)
    assert enter("missions", ROW).count("same") == 1
    report = enter("missions", ROW | {"abstract": "Khác", "rating": ""})
    assert report.count("changed") == 1
    mission = Mission.objects.get()
    assert (mission.abstract, mission.rating) == ("Khác", "excellent")


def test_without_a_code_title_host_and_year_tell_missions_apart() -> None:
    bare = {name: value for name, value in ROW.items() if name != "code"}
    report = enter("missions", bare, bare | {"year": 2019, "last_year": 2020}, bare | {"title": ROW["title"].upper()})
    assert reasons(report) == [(4, "Tên nhiệm vụ")]
    assert Mission.objects.count() == 0  # all or nothing


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"title": ""}, "Tên nhiệm vụ"),
        ({"year": "hai nghìn"}, "Năm bắt đầu"),
        ({"last_year": 2019}, "Năm kết thúc"),
        ({"starts_on": "01/03/2021", "ends_on": "01/02/2021"}, "Ngày kết thúc"),
        ({"budget_state": "1,5 tỷ"}, "Kinh phí ngân sách (đồng)"),
        ({"budget_state": -5}, "Kinh phí ngân sách (đồng)"),
        ({"rating": "Tạm được"}, "Xếp loại"),
        ({"type": "Việc khác"}, "Loại nhiệm vụ"),
        ({"state": "Đang thực hiện"}, "Xếp loại"),
    ],
)
def test_a_wrong_cell_is_named(changes: dict[str, Any], column: str) -> None:
    assert reasons(enter("missions", ROW | changes)) == [(2, column)]
    assert not Mission.objects.exists()


def test_queries_do_not_grow_with_the_rows() -> None:
    def queries(first: int, count: int) -> int:
        rows = [ROW | {"code": f"M-{n}", "title": f"Đề tài số {n}"} for n in range(first, first + count)]
        with CaptureQueriesContext(connection) as asked:
            assert enter("missions", *rows).count("new") == count
        return len(asked)

    queries(1, 2)
    assert queries(1000, 60) == queries(100, 20)


def member(role: str, unit: Unit) -> User:
    """Somebody with a role in a unit."""
    user = User.objects.create_user(f"{role}{unit.pk}@vidu.vn", "Người Dùng")
    Membership.objects.create(user=user, unit=unit, role=role, valid_from=today())
    return user


def test_the_list_and_the_page_show_it_and_only_the_department_brings_in() -> None:
    enter("missions", ROW, ROW | {"code": "M-2", "title": "Nuôi lươn không bùn", "budget_state": 750_000_000})
    department = Unit.objects.create(
        name="Sở Khoa học và Công nghệ", kind=Unit.Kind.DEPARTMENT, valid_from="2025-03-01"
    )
    ward = Unit.objects.create(name="UBND phường Cầu Giấy", kind=Unit.Kind.COMMUNE, valid_from="2025-07-01")
    client = Client()
    for unit, brings_in in ((department, True), (ward, False)):
        client.force_login(member("officer", unit))
        page = client.get("/nhiem-vu/").content.decode()
        assert "2.000.000.000 ₫" in page
        assert (reverse("site:import-kind", args=["missions"]) in page) is brings_in
        assert "Nuôi lươn" not in client.get("/nhiem-vu/?q=thuy+canh").content.decode()
        one = Mission.objects.get(code="M-2")
        assert "Nuôi lươn không bùn" in client.get(one.get_absolute_url()).content.decode()
    sheet = client.get("/nhiem-vu/?format=xlsx&year=2021")
    assert sheet["Content-Type"].startswith("application/vnd.openxmlformats")


def test_many_that_bear_the_words_are_walked_to_and_are_the_same() -> None:
    """The first time they are counted with the page; once their number is known, they are found on a walk."""
    body = Unit.objects.create(name="Sở Tài chính", kind=Unit.Kind.DEPARTMENT, valid_from="2025-03-01")
    rows = [Mission(code=f"M-{n}", title=f"Nuôi lươn {n % 7}", year=1990 + n % 30) for n in range(700)]
    for row in rows:
        row.prepare()
    Mission.objects.bulk_create(rows)
    client = Client()
    client.force_login(member("officer", body))
    for words, walks in (("nuoi lươn", True), ("luon 3", False)):
        pages = []
        for _again in range(2):
            with CaptureQueriesContext(connection) as asked:
                pages.append(client.get("/nhiem-vu/", {"q": words}).context["page"])
        assert [one.code for one in pages[0]] == [one.code for one in pages[1]]
        assert pages[1].paginator.count == sum(all(word in row.folded for word in fold(words).split()) for row in rows)
        assert any("STRPOS" in query["sql"] for query in asked) is walks
