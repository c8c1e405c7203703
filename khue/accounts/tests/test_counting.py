"""Counting: short lists every time, long ones once a minute, each question for itself."""

from time import monotonic

import pytest

from khue.accounts.models import User
from khue.core import counting
from khue.core.counting import count_of, totals_of

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
        assert totals_of(User.objects.order_by("email"), {"sizes": "text_size"}) == {"count": 4, "sizes": 64}
    with django_assert_num_queries(0):
        assert totals_of(User.objects.all(), {"sizes": "text_size"})["sizes"] == 64
    assert totals_of(User.objects.none(), {"sizes": "text_size"}) == {"count": 0, "sizes": 0}
