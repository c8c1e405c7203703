"""Working days: facts of published calendars, and properties that hold for every day."""

from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import settings as running
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from khue.core.calendar import add_working_days, days_left_sentence, is_working, working_days_between

DAYS = st.dates(date(2023, 6, 1), date(2028, 6, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 4, 25), True),
        (date(2025, 4, 26), True),  # a Saturday worked for 2 May
        (date(2025, 4, 27), False),
        (date(2025, 4, 30), False),
        (date(2025, 5, 2), False),
        (date(2025, 1, 31), False),  # Tết
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 9, 2), False),
        (date(2024, 4, 18), False),  # Hùng Kings, by the moon
    ],
)
def test_days_as_the_authorities_announced_them(day: date, works: bool) -> None:
    assert is_working(day) is works


def test_a_deadline_runs_over_a_long_holiday() -> None:
    assert add_working_days(date(2025, 4, 25), 1) == date(2025, 4, 26)
    assert add_working_days(date(2025, 4, 29), 1) == date(2025, 5, 5)
    assert add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)
    assert add_working_days(date(2025, 5, 5), -1) == date(2025, 4, 29)
    assert working_days_between(date(2025, 4, 29), date(2025, 5, 4)) == 0


@running(deadline=None)
@given(DAYS, st.integers(-400, 400))
def test_adding_lands_on_a_working_day(day: date, n: int) -> None:
    assert is_working(add_working_days(day, n))


@running(deadline=None)
@given(DAYS, st.integers(-400, 400).filter(bool))
def test_counting_undoes_adding(day: date, n: int) -> None:
    assert working_days_between(day, add_working_days(day, n)) == n


@running(deadline=None)
@given(DAYS, DAYS, DAYS)
def test_the_way_through_a_third_day_is_as_long(a: date, b: date, c: date) -> None:
    a, b, c = sorted((a, b, c))
    assert working_days_between(a, b) + working_days_between(b, c) == working_days_between(a, c)


@running(deadline=None)
@given(DAYS, st.integers(0, 60))
def test_counting_agrees_with_asking_each_day(day: date, span: int) -> None:
    met = sum(is_working(day + timedelta(days=n)) for n in range(1, span + 1))
    assert working_days_between(day, day + timedelta(days=span)) == met


@pytest.mark.parametrize(
    ("due", "english", "vietnamese"),
    [
        (date(2025, 4, 28), "due today", "hạn hôm nay"),
        (date(2025, 5, 5), "2 working days left", "còn 2 ngày làm việc"),
        (date(2025, 4, 29), "1 working day left", "còn 1 ngày làm việc"),
        (date(2025, 4, 25), "3 days overdue", "quá hạn 3 ngày"),
    ],
)
def test_days_left_are_told_in_words(due: date, english: str, vietnamese: str) -> None:
    today = date(2025, 4, 28)
    with translation.override("en"):
        assert days_left_sentence(due, today) == english
    with translation.override("vi"):
        assert days_left_sentence(due, today) == vietnamese


def test_no_working_day_left_before_a_due_day_in_a_holiday() -> None:
    with translation.override("vi"):
        assert days_left_sentence(date(2025, 5, 3), date(2025, 4, 30)) == "hạn 03/05/2025, không còn ngày làm việc nào"


def test_another_shelf_has_other_swapped_days(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2025.toml").write_text("[[off]]\non = 2025-06-10\n", encoding="utf-8")
    settings.PROCESSES = tmp_path
    assert not is_working(date(2025, 6, 10))
    assert not is_working(date(2025, 4, 26))


def test_a_day_that_was_mistyped_costs_nobody_centuries_of_holidays() -> None:
    begun = process_time()
    assert working_days_between(date(2026, 11, 23), date(9999, 12, 31)) > 2_000_000
    assert working_days_between(date(2026, 11, 23), date(1, 1, 1)) < -500_000
    assert is_working(date(9999, 12, 31))
    assert add_working_days(date(9999, 12, 31), -3) == date(9999, 12, 28)
    assert process_time() - begun < 2


@running(deadline=None)
@given(st.dates(date(2095, 1, 1), date(2105, 1, 1)), st.dates(date(2095, 1, 1), date(2105, 1, 1)))
def test_counting_goes_on_where_holidays_are_no_longer_known(a: date, b: date) -> None:
    a, b = sorted((a, b))
    assert working_days_between(a, b) + working_days_between(b, a) == is_working(b) - is_working(a)
