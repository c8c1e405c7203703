"""Counting: short lists every time, long ones once a minute, each question for itself. What is asked again and again is
put into SQL once."""

from time import monotonic

import pytest
from django.db.models import Q, QuerySet
from django.test import RequestFactory
from django.urls import reverse

from khue.accounts.models import User
from khue.core import counting
from khue.core.addresses import record_address
from khue.core.counting import count_of, summed
from khue.core.described import told
from khue.core.pages import paginate, summed_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_kept", {})
    monkeypatch.setattr(counting, "MANY", 2)


def grow(first: int, last: int) -> None:
    User.objects.bulk_create(User(email=f"{n}@example.vn", full_name="Lan", text_size=16) for n in range(first, last))


def test_a_short_list_is_always_exact() -> None:
    grow(0, 1)
    assert count_of(User.objects.all()) == 1
    grow(1, 2)
    assert count_of(User.objects.all()) == 2


def test_a_long_list_is_counted_once_for_each_question(django_assert_num_queries) -> None:
    grow(0, 4)
    assert count_of(User.objects.all()) == 4
    grow(4, 6)
    with django_assert_num_queries(0):
        assert count_of(User.objects.order_by("email")) == 4, "a minute old at most; the order asks nothing else"
    assert count_of(User.objects.exclude(email="1@example.vn")) == 5, "another question"
    assert count_of(User.objects.none()) == 0


def test_a_long_list_is_counted_again_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    grow(0, 4)
    count_of(User.objects.all())
    grow(4, 6)
    later = monotonic() + counting.KEEP + 1
    monkeypatch.setattr(counting, "monotonic", lambda: later)
    assert count_of(User.objects.all()) == 6


def test_sums_come_with_the_count_in_one_query(django_assert_num_queries) -> None:
    grow(0, 4)
    with django_assert_num_queries(1):
        assert summed(User.objects.order_by("email"), {"sizes": "text_size"}, 0, 9)[0] == {"count": 4, "sizes": 64}
    with django_assert_num_queries(0):
        assert summed(User.objects.all(), {"sizes": "text_size"}, 0, 9)[0]["sizes"] == 64
    assert summed(User.objects.none(), {"sizes": "text_size"}, 0, 9) == ({"count": 0, "sizes": 0}, [])


@pytest.mark.parametrize("many", [2, 1_000])
@pytest.mark.parametrize("asked", ["", "?page=2", "?page=3", "?page=9", "?page=0", "?page=x", "?page=-1"])
def test_a_page_with_sums_is_the_page_of_the_list(monkeypatch: pytest.MonkeyPatch, many: int, asked: str) -> None:
    """Whether the sums were kept, and the rows are looked for by themselves, or are asked for with the page."""
    monkeypatch.setattr(counting, "MANY", many)
    grow(0, 120)
    rows, request = User.objects.order_by("-email", "pk"), RequestFactory().get(f"/x/{asked}")
    plain = paginate(request, rows)
    for _once_more in range(2):
        page, sums = summed_page(request, rows, User.objects.only("email"), {"sizes": "text_size"})
        assert list(page) == list(plain)
        assert sums == {"count": 120, "sizes": 1920}
        assert (page.number, page.has_next(), page.end_index()) == (plain.number, plain.has_next(), plain.end_index())


def test_the_address_of_a_record_is_the_one_that_django_gives() -> None:
    for number in (1, 987654321, 10**12):
        assert record_address("needs:need", number) == reverse("needs:need", args=[number])


def test_a_question_is_put_into_sql_once_and_answered_every_time() -> None:
    grow(0, 2)
    put: list[Q] = []

    def emails(condition: Q, start: int = 0, stop: int | None = None) -> list[str]:
        def rows() -> "QuerySet[User, tuple[str]]":
            put.append(condition)
            return User.objects.filter(condition).order_by("email").values_list("email")

        return [email for (email,) in told(("emails", condition), rows, start, stop)]

    assert emails(Q(text_size=16)) == ["0@example.vn", "1@example.vn"]
    grow(2, 3)
    assert emails(Q(text_size=16)) == ["0@example.vn", "1@example.vn", "2@example.vn"], "the answer is a new one"
    assert emails(Q(text_size=16), 1, 2) == ["1@example.vn"]
    assert emails(Q(text_size=17)) == []
    assert emails(Q(pk__in=[])) == []
    assert put == [Q(text_size=16), Q(text_size=17), Q(pk__in=[])], "each of them once"
    some = User.objects.filter(email__startswith="1")
    for hidden in (some, some.all()):
        assert emails(~Q(pk__in=hidden)) == ["0@example.vn", "2@example.vn"]
    assert len(put) == 5, "a list within a condition is like no other: it may be another one by now"
