"""Views of lists that people keep."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from khue.accounts.actions import list_views as actions
from khue.accounts.models import ListDefault, ListView, Membership, User
from khue.accounts.rules import MOST_VIEWS, views_seen_by
from khue.core.pages import known
from khue.core.refusals import Refused
from khue.directory.models import Unit

pytestmark = pytest.mark.django_db
UNITS = "directory:units"


def person(name: str, role: str) -> User:
    unit = Unit.objects.filter(name="Sở A").first() or Unit.objects.create(
        name="Sở A", kind=Unit.Kind.DEPARTMENT, valid_from=date(2020, 1, 1)
    )
    user = User.objects.create_user(f"{name}@example.vn", name)
    Membership.objects.create(user=user, unit=unit, role=role, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def lan() -> User:
    return person("lan", "officer")


@pytest.fixture
def nam() -> User:
    return person("nam", "monitor")


def keep(user: User, name: str = "Đã kết thúc", query: str = "state=ended", **wishes: bool) -> ListView:
    return actions.keep_view(UNITS, name=name, query=query, by=user, **wishes)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def test_a_view_is_kept_with_what_the_list_knows(lan: User, client: Client) -> None:
    client.force_login(lan)
    asked = {"list": reverse(UNITS), "query": "state=ended&la=1&page=3&kind=&q=s%E1%BB%9F", "name": "  Cũ   rồi "}
    answer = client.post(reverse("accounts:keep-view"), asked)
    view = ListView.objects.get()
    assert (view.page, view.name, view.query, view.user) == (UNITS, "Cũ rồi", "q=s%E1%BB%9F&state=ended", lan)
    page = client.get(answer["Location"]).content.decode()
    assert f'href="?{view.query.replace("&", "&amp;")}" aria-current="true"' in page
    assert "Đã lưu cách xem" in page


def test_order_counts_and_nothing_is_no_view() -> None:
    assert known("sort=-due&state=open&x=1&page=2", ("q", "state", "sort")) == "state=open&sort=-due"
    assert known("x=1&q=+", ("q", "state")) == ""


@pytest.mark.parametrize(
    ("name", "query", "why"),
    [
        ("", "state=ended", "view.no-name"), ("  ", "state=ended", "view.no-name"),
        ("a" * 61, "state=ended", "view.long-name"), ("Tên", "", "view.no-filters"),
        ("Tên", "q=" + "a" * 1000, "view.too-long"), ("đÃ KẾT thúc", "state=all", "view.same-name"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_says_why(lan: User, name: str, query: str, why: str) -> None:
    keep(lan)
    assert code(lambda: keep(lan, name, query)) == why


def test_names_are_one_person_s_and_few_enough(lan: User, nam: User) -> None:
    for number in range(MOST_VIEWS):
        keep(lan, f"Cách {number}")
    assert code(lambda: keep(lan, "Thêm")) == "view.too-many"
    assert keep(nam, "Cách 1").name == "Cách 1"
    first = ListView.objects.filter(user=lan).first()
    assert first is not None
    assert code(lambda: actions.rename_view(first, "cach 2", by=lan)) == "view.same-name"
    actions.rename_view(first, "CÁCH 0", by=lan)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListView.objects.create(user=lan, page=UNITS, name="cách 3", query="q=a")


def test_only_some_share_and_others_do_not_change_it(lan: User, nam: User) -> None:
    assert code(lambda: keep(lan, shared=True)) == "view.not-to-share"
    view = keep(nam, "Chung", shared=True)
    own = keep(lan)
    assert [each.name for each in views_seen_by(lan, UNITS)] == ["Đã kết thúc", "Chung"]
    assert [each.name for each in views_seen_by(nam, UNITS)] == ["Chung"]
    assert code(lambda: actions.rename_view(view, "Khác", by=lan)) == "view.not-yours"
    assert code(lambda: actions.remove_view(view, by=lan)) == "view.not-yours"
    assert code(lambda: actions.open_in(own, by=nam)) == "view.not-yours"
    actions.open_in(view, by=lan)
    actions.share_view(view, False, by=nam)
    assert not ListDefault.objects.filter(user=lan).exists()


def test_a_list_opens_in_the_chosen_view_and_still_shows_all(lan: User, client: Client) -> None:
    client.force_login(lan)
    first, second = keep(lan, default=True), keep(lan, "Mọi thời", "state=all")
    assert client.get(reverse(UNITS))["Location"] == f"{reverse(UNITS)}?{first.query}"
    actions.open_in(second, by=lan)
    assert client.get(reverse(UNITS))["Location"] == f"{reverse(UNITS)}?{second.query}"
    assert client.get(reverse(UNITS) + "?q=").status_code == 200
    assert client.get(reverse("directory:people")).status_code == 200
    client.post(reverse("accounts:change-view", args=[second.pk]), {"do": "plain", "back": reverse(UNITS)})
    assert client.get(reverse(UNITS)).status_code == 200


def test_each_verb_works_from_the_page(nam: User, client: Client) -> None:
    client.force_login(nam)
    view = keep(nam)
    address = reverse("accounts:change-view", args=[view.pk])
    for do in ("share", "default", "rename", "unshare"):
        answer = client.post(address, {"do": do, "name": "Tên mới", "back": "/don-vi/?q="})
        assert answer.status_code == 302
    view.refresh_from_db()
    assert (view.name, view.shared, ListDefault.objects.count()) == ("Tên mới", False, 1)
    assert client.post(address, {"do": "la"}).status_code == 404
    client.post(address, {"do": "remove", "back": "https://noi-khac.example/"})
    assert not ListView.objects.exists()


def test_somebody_else_s_view_is_not_there(lan: User, nam: User, client: Client) -> None:
    view = keep(nam)
    client.force_login(lan)
    assert client.post(reverse("accounts:change-view", args=[view.pk]), {"do": "remove"}).status_code == 404
    asked = {"query": "q=a", "name": "A"}
    for path in ("/khong-co/", reverse("accounts:profile"), "https://noi-khac.example/"):
        assert client.post(reverse("accounts:keep-view"), {"list": path, **asked}).status_code == 404


def test_many_views_cost_no_more_queries(lan: User, client: Client, django_assert_max_num_queries: object) -> None:
    client.force_login(lan)
    for number in range(MOST_VIEWS):
        keep(lan, f"Cách {number}", f"q={number}")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert client.get(reverse(UNITS) + "?state=all").content.decode().count("chip-kept") == MOST_VIEWS
