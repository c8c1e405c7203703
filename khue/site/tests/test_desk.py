"""The desk."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from khue.accounts.models import User
from khue.core import clock
from khue.flow.models import Case, Holding
from khue.notices.actions import notify, saying
from khue.site import desk
from khue.site.demo.parts import PARTS, expert_address, missing
from khue.site.tests.conftest import DAY, account, give_work
from khue.site.views import desk as view

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with clock.at(DAY):
        yield


def _page(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_what_hurts_first_stands_first(signed_in: Client, officer: User, leader: User) -> None:
    for number, days in ((1, 30), (2, None), (3, 0), (4, -5), (5, 2)):
        give_work(leader, number, days)
    bunches = desk.bunches(officer, desk.waiting(officer)[:])
    assert [(bunch.name, [row.title for row in bunch.rows]) for bunch in bunches] == [
        ("overdue", ["Việc số 4"]),
        ("today", ["Việc số 3"]),
        ("soon", ["Việc số 5"]),
        ("later", ["Việc số 1"]),
        ("open", ["Việc số 2"]),
    ]
    page = _page(signed_in)
    places = [page.index(f"Việc số {number}") for number in (4, 3, 5, 1, 2)]
    assert places == sorted(places)
    assert "<strong>5 việc</strong> đang chờ bạn" in page
    assert "1 việc quá hạn" in page
    assert "còn 2 ngày làm việc" in page


def test_the_next_action_is_named_on_the_row(signed_in: Client, officer: User, leader: User) -> None:
    give_work(leader, 1, 3)
    (row,) = desk.rows(officer, desk.waiting(officer)[:])
    assert (row.action, row.url) == ("Xác nhận đã nhận việc", "/nhiem-vu/1/")
    assert re.search(r'href="/nhiem-vu/1/"[^>]*>\s*Xác nhận đã nhận việc', _page(signed_in))


def test_others_do_not_see_it_and_the_giver_waits_for_it(client: Client, leader: User, officer: User) -> None:
    give_work(leader, 1, 3)
    stranger = account("Lê Minh Anh", ("officer", "Sở Tài chính"))
    client.force_login(stranger)
    page = _page(client)
    assert "Việc số 1" not in page
    assert "Không có việc nào đang chờ bạn" in page
    client.force_login(leader)
    page = _page(client)
    assert page.index("Tôi đang chờ") < page.index("Việc số 1")
    assert "đang ở Sở Khoa học và Công nghệ" in page
    assert "Việc số 1" in _page(client, "/toi-dang-cho/")


def test_the_number_of_queries_does_not_grow(
    signed_in: Client, officer: User, leader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    give_work(leader, 1, 3)
    _page(signed_in)
    with django_assert_max_num_queries(25) as few:
        _page(signed_in)
    for number in range(2, 20):
        give_work(leader, number, number)
        notify([officer], key=f"n{number}", subject=saying("Việc mới"), body="", url="/")
    with django_assert_max_num_queries(25) as many:
        _page(signed_in)
    assert len(many.captured_queries) <= len(few.captured_queries) + 1  # the parties, fetched at once


def test_more_than_a_page_is_counted_and_paged(signed_in: Client, officer: User, leader: User) -> None:
    for number in range(1, 53):
        assert desk.how_many(User.objects.get(pk=officer.pk)) == number - 1, "the number at the side follows"
        give_work(leader, number, number)
    assert desk.how_many(leader) == len(desk.waiting(leader)) == 0
    page = _page(signed_in)
    assert "<strong>52 việc</strong>" in page
    assert "1–50 trong 52" in page
    assert "Việc số 52" in _page(signed_in, "/?page=2")


def test_what_is_new_stands_beside(signed_in: Client, officer: User) -> None:
    assert "Không có gì mới" in _page(signed_in)
    notify([officer], key="a", subject=saying("Sở Tài chính xin gia hạn"), body="", url="/")
    assert "Sở Tài chính xin gia hạn" in _page(signed_in)


def test_who_registers_documents_begins_it_on_the_desk(client: Client, leader: User) -> None:
    begins = 'href="/van-ban/dang-ky-den/"'
    client.force_login(account("Đỗ Văn Thư", ("clerk", "Sở Khoa học và Công nghệ")))
    assert begins in _page(client)
    assert client.get("/van-ban/dang-ky-den/").status_code == 200
    client.force_login(leader)
    assert begins not in _page(client)


def test_it_speaks_english_to_who_chose_it(signed_in: Client, officer: User, leader: User) -> None:
    officer.language = "en"
    officer.save()
    give_work(leader, 1, -1)
    page = _page(signed_in)
    assert '<html lang="en"' in page
    assert "<strong>1 piece of work</strong> waits for you" in page
    assert "1 day overdue" in page


def test_vietnamese_is_spoken_whatever_the_browser_says(client: Client) -> None:
    page = client.get("/ngoai-tuyen/", headers={"Accept-Language": "en-US,en"}).content.decode()
    assert "Không kết nối được máy chủ" in page


def test_where_step_and_whole_have_their_own_deadlines_both_are_told(
    signed_in: Client, officer: User, leader: User
) -> None:
    far, passed, stepless = (give_work(leader, number, 40) for number in (1, 2, 3))
    Holding.objects.filter(case=far).update(due_on=DAY + timedelta(1))
    Holding.objects.filter(case=passed).update(due_on=DAY + timedelta(2))
    Case.objects.filter(pk=passed.pk).update(due_on=DAY - timedelta(3))
    Holding.objects.filter(case=stepless).update(due_on=None)
    words = [" ".join(line.split()) for line in _meta(_page(signed_in))]
    assert words[0].startswith("bước này: còn 1 ngày làm việc cả việc: " + f"{DAY + timedelta(40):%d/%m/%Y}")
    assert words[1].startswith("bước này: còn 2 ngày làm việc cả việc: quá hạn 3 ngày")
    assert re.match(r"cả việc: còn \d+ ngày làm việc", words[2])


def test_one_deadline_is_told_once(signed_in: Client, leader: User) -> None:
    give_work(leader, 1, 2)
    (line,) = _meta(_page(signed_in))
    assert "bước này" not in line
    assert "cả việc" not in line


def _meta(page: str) -> list[str]:
    found = re.findall(r'<p class="work-meta">(.*?)</p>', page, re.S)
    return [re.sub(r"<[^>]+>", "", one) for one in found]


def test_a_newcomer_is_told_what_of_the_demo_city_is_still_to_come(
    signed_in: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Sắp có" not in _page(signed_in)
    monkeypatch.setitem(view._state, "whole", False)
    settings.DEMO = True
    assert f"Sắp có: {'; '.join(part.label for part in PARTS)}." in _page(signed_in)
    User.objects.create_user(expert_address(1), "Chuyên gia")
    first, *others = PARTS
    assert missing() == others
    page = _page(signed_in)
    assert first.label not in page
    assert others[0].label in page
