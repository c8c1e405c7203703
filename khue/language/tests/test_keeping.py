"""How long a case file is kept, read from the words of its description."""

from datetime import date

import pytest

from khue.language.keeping import kept_for_good, kept_until, years_kept


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("20 năm", 20), ("  5 NĂM. ", 5), ("10 years", 10), ("1 year", 1), ("05 năm", 5), ("Vĩnh viễn", None),
        ("Đến khi hết hiệu lực", None), ("20 năm sau khi hết hiệu lực", None), ("0 năm", None), ("", None),
        ("6 tháng", None), ("Đến năm 2030", None),
    ],
)  # fmt: skip
def test_only_a_plain_number_of_years_is_a_period(words: str, years: int | None) -> None:
    assert years_kept(words) == years


def test_for_good_is_no_period() -> None:
    assert kept_for_good("vĩnh  viễn")
    assert not kept_for_good("20 năm")
    assert kept_until("Vĩnh viễn", date(2000, 1, 1)) is None


def test_the_years_count_from_the_day_of_the_end() -> None:
    assert kept_until("20 năm", date(2004, 3, 15)) == date(2024, 3, 15)
    assert kept_until("1 năm", date(2024, 2, 29)) == date(2025, 2, 28)
    assert kept_until("20 năm", None) is None
