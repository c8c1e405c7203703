"""The pages of the directory, as readers and as administrators of a branch see them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.actions import add_user, give_role
from khue.accounts.models import User
from khue.core import permissions
from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.directory.actions import people as people_actions
from khue.directory.actions.places import load_places
from khue.directory.actions.units import add_unit, change_unit, end_unit
from khue.directory.models import Place, Unit
from khue.directory.search import find_units
from khue.directory.successions import successors
from khue.matching.actions import reconcile

MERGED = date(2025, 3, 1)


def unit(name: str, parent: Unit | None = None, since: date = date(2008, 8, 1), short: str = "") -> Unit:
    return add_unit(name=name, kind="department", valid_from=since, parent=parent, abbreviation=short, by=IMPORTER)


@pytest.fixture
def city(db: None) -> Unit:
    return unit("UBND thành phố Hà Nội")


@pytest.fixture
def merged(city: Unit) -> dict[str, Unit]:
    """The merger of 1 March 2025."""
    ict = unit("Sở Thông tin và Truyền thông", city, short="STTTT")
    new = unit("Sở Khoa học và Công nghệ", city, MERGED, short="SKHCN")
    end_unit(ict, on=MERGED, successors=[new], by=IMPORTER)
    return {"ict": ict, "new": new}


def account(name: str, unit: Unit, role: str) -> User:
    user = add_user(email=f"{name}@hanoi.example", full_name=name, by=IMPORTER)
    give_role(user, unit=unit, role=role, valid_from=date(2025, 7, 1), by=IMPORTER)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_administrators_change_their_own_branch_only(city: Unit) -> None:
    mine, other = unit("Sở A", city), unit("Sở B", city)
    keeper = account("Bình", mine, "administrator")
    assert permissions.may(keeper, "unit:edit", mine.pk)
    change_unit(mine, phone="024 3825 1234", by=keeper)
    with pytest.raises(Refused, match="quản trị"):
        change_unit(other, phone="0", by=keeper)
    with pytest.raises(Refused, match="quản trị"):
        change_unit(mine, parent=other, by=keeper)


def test_the_pages_of_a_unit(merged: dict[str, Unit], city: Unit) -> None:
    keeper, reader = account("Bình", city, "administrator"), account("Lan", city, "clerk")
    page = client_of(reader).get(merged["ict"].get_absolute_url()).content.decode()
    assert "kết thúc hoạt động ngày 28/02/2025" in page
    assert merged["new"].get_absolute_url() in page
    assert "Sáp nhập hoặc kết thúc" not in page
    client = client_of(keeper)
    form = reverse("directory:end-unit", args=[merged["new"].code])
    assert (
        "Không có đơn vị nào" in client.post(form, {"on": "2026-01-01", "successors": "Sở Không Có"}).content.decode()
    )
    client.post(reverse("directory:add-unit"), {"name": "Sở Mới", "kind": "department", "valid_from": "2026-01-01"})
    client.post(form, {"on": "2026-01-01", "successors": "Sở Mới", "basis": "Nghị quyết"})
    assert [each.name for each in successors(merged["ict"], date(2026, 1, 1))] == ["Sở Mới"]
    assert client_of(reader).post(form, {"on": "2026-01-01"}).status_code == 403


def test_lists_take_the_same_queries_for_many(city: Unit, django_assert_max_num_queries: object) -> None:
    client = client_of(account("Lan", city, "clerk"))
    for number in range(60):
        unit(f"Phòng số {number}", city)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get(reverse("directory:units")).content.decode()
    assert page.count("data-row>") == 50
    found = client.get(reverse("directory:units"), {"q": "phong so 59"}).content.decode()
    assert found.count("data-row>") == 1
    assert "Không có đơn vị phù hợp" in client.get(reverse("directory:units"), {"q": "zzz"}).content.decode()
    excel = client.get(reverse("directory:units"), {"excel": "1", "kind": "department"})
    assert excel.content[:2] == b"PK"
    assert client.get(reverse("directory:suggest"), {"q": "phong so 7"}).json()["units"][0]["name"] == "Phòng số 7"


def test_everything_is_found_from_the_search_of_the_site(merged: dict[str, Unit]) -> None:
    client = client_of(account("Lan", merged["new"], "clerk"))
    reconcile()
    page = client.get(reverse("site:search"), {"q": "thong tin truyen thong"}).content.decode()
    assert merged["ict"].get_absolute_url() in page
    assert find_units("STTTT")[0].unit == merged["ict"]


def test_people_their_posts_and_expertise(city: Unit) -> None:
    keeper, reader = account("Bình", city, "administrator"), account("Lan", city, "officer")
    expert = people_actions.add_person(full_name="Nguyễn Thị Hạnh", title="TS.", by=keeper)
    client = client_of(keeper)
    client.post(
        reverse("directory:hold-post", args=[expert.pk]),
        {"position": "Giám đốc", "unit": "UBND TP Hà Nội", "valid_from": "2025-07-01"},
    )
    client.post(reverse("directory:declare", args=[expert.pk]), {"topic": "Công nghệ sinh học", "since": "2004"})
    client.post(reverse("directory:declare", args=[expert.pk]), {"topic": "công nghệ SINH HỌC", "since": "2005"})
    assert [(each.topic, each.since) for each in expert.expertise.all()] == [("công nghệ SINH HỌC", 2005)]
    page = client_of(reader).get(reverse("directory:people"), {"q": "sinh hoc"}).content.decode()
    assert "TS. Nguyễn Thị Hạnh" in page
    assert "Giám đốc, UBND thành phố Hà Nội" in page
    with pytest.raises(Refused):
        people_actions.change_person(expert, phone="1", by=reader)
    own = reader.person
    assert own
    people_actions.declare_expertise(own, topic="Lưu trữ", by=reader)
    with pytest.raises(Refused):
        people_actions.hold_post(own, unit=city, position="Chủ tịch", valid_from=date(2026, 1, 1), by=reader)
    post = expert.posts.get()
    client.post(reverse("directory:leave-post", args=[post.pk]), {"last_day": "2026-02-28"})
    assert expert.posts.get().valid_to == date(2026, 2, 28)
    assert client_of(reader).get(expert.get_absolute_url()).status_code == 200


def test_the_pages_of_places(db: None, client: Client, django_assert_max_num_queries: object) -> None:
    load_places(city="01", by=IMPORTER)
    client.force_login(User.objects.create_user("lan@hanoi.example", "Lan"))
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get(reverse("directory:places")).content.decode()
    assert page.count("data-row>") == 50
    second = client.get(reverse("directory:places"), {"page": "2"}).context["page"]
    assert {place.parent.code for place in second} == {"01"}, "the second page is of the same list"
    then = client.get(reverse("directory:places"), {"q": "dong da", "on": "2024-05-02", "level": "district"})
    assert "Quận Đống Đa" in then.content.decode()
    district = Place.objects.as_of(date(2025, 6, 30)).get(name="Đống Đa", level="district")
    detail = client.get(reverse("directory:place", args=[district.pk])).content.decode()
    assert "Phường Kim Liên" in detail
    assert "chưa kiểm chứng" in detail


def test_people_are_offered_to_who_signed_in(db: None, client: Client) -> None:
    for title in ("TS.", "PGS.TS."):
        people_actions.add_person(full_name="Lê Thị Hoa", title=title, by=IMPORTER)
    address = reverse("directory:suggest-people")
    assert client.get(address, {"q": "hoa"}).status_code == 302
    client.force_login(User.objects.create_user("an@example.vn", "An"))
    told = client.get(address, {"q": "le thi hoa"}).json()["people"]
    assert {(one["name"], one["detail"], one["namesakes"]) for one in told} == {
        ("Lê Thị Hoa", "TS.", True), ("Lê Thị Hoa", "PGS.TS.", True),
    }  # fmt: skip
