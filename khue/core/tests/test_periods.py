"""Periods of reports: their days come from the shelf, whatever the kind."""

from datetime import date

import pytest
from django.utils import translation

from khue.core.periods import due, lock, of_year, period
from khue.core.refusals import Refused


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-06", date(2026, 5, 15), date(2026, 6, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        ("2026-TK", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_days_of_a_period(code: str, first: date, last: date) -> None:
    found = period(code)
    assert (found.first, found.last) == (first, last)


def test_a_year_has_every_kind_once() -> None:
    kinds = [one.kind for one in of_year(2026)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "statistical-year": 1, "year": 1, "half": 1, "nine-months": 1, "quarter": 4, "month": 12,
    }  # fmt: skip
    assert len({(one.kind, one.number) for one in of_year(2026)}) == 20


def test_each_level_has_its_working_days() -> None:
    last = period("2026-Q2").last  # a Sunday
    assert last == date(2026, 6, 14)
    assert due("quarter", "commune").after(last) == date(2026, 6, 16)
    assert due("quarter", "department").after(last) == date(2026, 6, 18)
    assert due("quarter", "association").after(last) == date(2026, 6, 16), "levels without their own follow the rest"
    assert lock("quarter").after(last) > due("quarter", "authority").after(last)


@pytest.mark.parametrize("code", ["", "2026-Q5", "2026-13", "quý 2", "2026-TK2"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        period(code)


def test_a_period_is_called_as_the_reader_speaks_and_keeps_its_name_on_papers() -> None:
    named = [period(code) for code in ("2026-Q2", "2026-09", "2026-H1", "2026-TK")]
    with translation.override("en"):
        english = ["Quarter II of 2026", "Month 09 of 2026", "First 6 months of 2026", "Year 2026 (statistics)"]
        assert [one.called for one in named] == english
        assert named[0].label == "Quý II năm 2026"
    with translation.override("vi"):
        assert [one.called for one in named] == [one.label for one in named]
