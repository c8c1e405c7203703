"""Opening a page reads what told of it: one's own notices only, at one write, and none where there is nothing new."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext_lazy

from khue.accounts.actions import add_user, delegate, give_role
from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.clock import today
from khue.directory.models import Unit
from khue.notices import actions
from khue.notices.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/toi/"


@pytest.fixture
def lan() -> User:
    return add_user(email="lan@hanoi.example", full_name="Trần Thị Lan", by=IMPORTER)


@pytest.fixture
def minh() -> User:
    return add_user(email="minh@hanoi.example", full_name="Lê Văn Minh", by=IMPORTER)


def tell(*users: User, key: str = "one", url: str = PAGE) -> None:
    actions.notify(users, key=key, subject=actions.saying(gettext_lazy("Reminder: %(what)s"), what="x"), url=url)


def opens(user: User, address: str = PAGE, ask: str = "get", **headers: str) -> CaptureQueriesContext:
    """The queries of opening the page."""
    client = Client(headers=headers)
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        getattr(client, ask)(address)
    return asked


def unread(user: User) -> set[str]:
    return set(Notice.objects.filter(user=user, read_at=None).values_list("key", flat=True))


def writes(asked: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in asked.captured_queries if one["sql"].startswith("UPDATE")]


def test_the_page_is_the_one_meant() -> None:
    assert reverse("accounts:profile") == PAGE


def test_own_notices_of_the_page_are_read_and_no_others(lan: User, minh: User) -> None:
    tell(lan, minh)
    tell(lan, key="part", url=f"{PAGE}#delegations")
    tell(lan, key="elsewhere", url=reverse("notices:preferences"))
    tell(lan, key="asked", url=f"{PAGE}?name=x")
    opens(lan)
    assert unread(lan) == {"elsewhere", "asked"}
    assert unread(minh) == {"one"}
    opens(lan, f"{PAGE}?name=x")
    assert unread(lan) == {"elsewhere"}


def test_whoever_stands_in_reads_own_notices_only(lan: User, minh: User) -> None:
    unit = Unit.objects.create(name="Phòng A", kind=Unit.Kind.DEPARTMENT, valid_from=today())
    part = give_role(lan, unit=unit, role="officer", valid_from=today(), by=IMPORTER)
    until = today() + timedelta(days=9)
    delegate(part, to_user=minh, valid_from=today(), valid_to=until, reason="Nghỉ phép", by=IMPORTER)
    Notice.objects.all().delete()
    tell(lan, minh)
    opens(minh)
    assert (unread(lan), unread(minh)) == ({"one"}, set())


@pytest.mark.parametrize(
    ("ask", "headers"),
    [
        ("head", {}),
        ("post", {}),
        ("get", {"Sec-Purpose": "prefetch;prerender"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"X-Moz": "prefetch"}),
        ("get", {"HX-Request": "true"}),
    ],
)
def test_what_nobody_looks_at_reads_nothing(lan: User, ask: str, headers: dict[str, str]) -> None:
    tell(lan)
    opens(lan, ask=ask, **headers)
    assert unread(lan) == {"one"}


def test_a_page_that_is_not_there_reads_nothing(lan: User) -> None:
    tell(lan, url="/van-ban/999999/")
    opens(lan, "/van-ban/999999/")
    assert unread(lan) == {"one"}


def test_one_write_where_there_is_something_new_none_elsewhere(lan: User, minh: User) -> None:
    for number in range(30):
        tell(lan, key=f"told:{number}")
    tell(minh, url=reverse("notices:preferences"))
    first, again, never = opens(lan), opens(lan), opens(minh)
    assert [len(writes(one)) for one in (first, again, never)] == [1, 0, 0]
    assert len(first) - 1 == len(again) == len(never)


def test_the_bell_no_longer_counts_what_is_being_read(lan: User) -> None:
    tell(lan)
    tell(lan, key="elsewhere", url="/x/")
    client = Client()
    client.force_login(lan)
    bell = client.get(PAGE).context["shell"].header[0]
    assert (bell.url, bell.count) == (reverse("notices:list"), 1)
