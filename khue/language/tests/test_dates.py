# ruff: noqa: E501  (sentences are read whole)
from datetime import date

import pytest

from khue.language.dates import Recurrence, periods

TODAY = date(2025, 4, 17)


def first(words: str, today: date | None = TODAY) -> tuple[str, date | None, date | None, str] | None:
    found = next(periods(words, 0, len(words), today), None)
    return (words[found.start : found.end], found.first, found.last, found.role) if found else None


@pytest.mark.parametrize(
    ("words", "text", "begin", "end", "role"),
    [
        ("trong tháng 9/2019", "trong tháng 9/2019", date(2019, 9, 1), date(2019, 9, 30), "deadline"),
        ("hoàn thành trước ngày 30/6", "trước ngày 30/6", None, date(2025, 6, 30), "deadline"),
        ("trước 30/6", "trước 30/6", None, date(2025, 6, 30), "deadline"),
        ("trong quý ii năm 2025", "trong quý ii năm 2025", date(2025, 4, 1), date(2025, 6, 30), "deadline"),
        ("trong tháng 4 này", "trong tháng 4 này", date(2025, 4, 1), date(2025, 4, 30), "deadline"),
        ("hoàn thành trong 6 tháng đầu năm 2025", "trong 6 tháng đầu năm 2025", date(2025, 1, 1), date(2025, 6, 30), "deadline"),
        ("kết quả 6 tháng đầu năm", "6 tháng đầu năm", date(2025, 1, 1), date(2025, 6, 30), "span"),
        ("chậm nhất 15 ngày kể từ ngày ký", "chậm nhất 15 ngày kể từ ngày ký", None, date(2025, 5, 2), "deadline"),
        ("trong vòng 10 ngày làm việc", "trong vòng 10 ngày làm việc", None, date(2025, 5, 1), "deadline"),
        ("hết năm 2025", "hết năm 2025", None, date(2025, 12, 31), "deadline"),
        ("đến năm 2030", "đến năm 2030", None, date(2030, 12, 31), "horizon"),
        ("dịp 18/05/2025", "dịp 18/05/2025", date(2025, 5, 18), date(2025, 5, 18), "moment"),
        ("trước 17 giờ 00 ngày 20/6/2025", "trước 17 giờ 00 ngày 20/6/2025", None, date(2025, 6, 20), "deadline"),
        ("trước ngày 25 tháng 12 năm 2025", "trước ngày 25 tháng 12 năm 2025", None, date(2025, 12, 25), "deadline"),
        ("trước ngày 15/01", "trước ngày 15/01", None, date(2026, 1, 15), "deadline"),
        ("ngay trong tuần này", "ngay trong tuần này", date(2025, 4, 14), date(2025, 4, 20), "deadline"),
        ("cuối tháng 6", "cuối tháng 6", date(2025, 6, 1), date(2025, 6, 30), "deadline"),
        ("từ ngày 01/7/2025", "từ ngày 01/7/2025", date(2025, 7, 1), None, "start"),
        ("quý ii-iii/2025", "quý ii-iii/2025", date(2025, 4, 1), date(2025, 9, 30), "moment"),
        ("trong quý iii, iv năm 2025", "trong quý iii, iv năm 2025", date(2025, 7, 1), date(2025, 12, 31), "deadline"),
        ("quý ii, 3 nhiệm vụ", "quý ii", date(2025, 4, 1), date(2025, 6, 30), "moment"),
        ("tháng 8 - 9/2025", "tháng 8 - 9/2025", date(2025, 8, 1), date(2025, 9, 30), "moment"),
        ("trước ngày 20 tháng cuối quý", "trước ngày 20 tháng cuối quý", None, date(2025, 6, 20), "deadline"),
        ("ngày 25 hằng tháng", "ngày 25 hằng tháng", None, date(2025, 4, 25), "deadline"),
        ("ngày 31-12-2024", "31-12-2024", date(2024, 12, 31), date(2024, 12, 31), "moment"),
    ],
)  # fmt: skip
def test_a_period_is_read_with_its_role(words: str, text: str, begin: date | None, end: date | None, role: str) -> None:
    assert first(words) == (text, begin, end, role)


@pytest.mark.parametrize(
    ("words", "rule", "due"),
    [
        ("hằng quý, trước ngày 20 của tháng cuối quý", Recurrence("quarter", 20), date(2025, 6, 20)),
        ("trước ngày 15 hằng tháng", Recurrence("month", 15), date(2025, 5, 15)),
        ("trước ngày 20/11 hằng năm", Recurrence("year", 20, 11), date(2025, 11, 20)),
        ("định kỳ 6 tháng, báo cáo trước ngày 20/6 và 20/12", Recurrence("half-year", 20, 6), date(2025, 6, 20)),
        ("định kỳ hằng tháng", Recurrence("month"), None),
    ],
)
def test_what_comes_back_is_told_with_its_next_day(words: str, rule: Recurrence, due: date | None) -> None:
    (found,) = periods(words, 0, len(words), TODAY)
    assert (found.recurrence, found.last) == (rule, due)


def test_a_date_that_does_not_exist_is_none() -> None:
    assert first("trước ngày 31/02/2025") is None
    assert first("trước ngày 45/13/2025") is None


def test_without_a_day_to_count_from_a_relative_date_stays_open() -> None:
    assert first("trong vòng 10 ngày", None) == ("trong vòng 10 ngày", None, None, "deadline")
    assert first("trong tháng này", None) is None
